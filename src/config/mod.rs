//! Settings: what the reader's file says, checked.

pub mod chords;

pub use chords::{Chord, Code, Keys};
