//! The loop.
use crate::app::Event;
pub(super) enum Message { Event(Event), Performed(u64), End(i32), Stop, Continue }
