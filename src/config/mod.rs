//! Settings: what the reader's file says, checked.

pub mod chords;
mod problem;
mod stub;

pub use chords::{Chord, Code, Keys};
pub use stub::*;
