//! The state machine: events in, effects out. Never blocks, reads no clock, does no input or output, draws nothing.

pub mod effect;
pub mod event;

pub use effect::{Effect, Ticket};
pub use event::{Event, Mouse, MouseKind, Notice, Reply, Snippet};
