//! x
mod desk;
mod newest;
use crate::app::Reply;
/// A number.
pub type Job = u64;
/// What.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer { Reply(Reply), Done(Job) }
