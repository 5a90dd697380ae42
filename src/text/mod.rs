//! Pure work on text: making it safe, folding it for search, breaking it into lines, laying it out.
//! Knows the model; never reads a file, a clock or a terminal.
#![warn(clippy::string_slice, clippy::indexing_slicing)]

pub mod clean;
pub mod code_points;
mod counted;
pub mod difference;
mod fit;
pub mod fold;
pub mod highlight;
pub mod layout;
pub mod likeness;
pub mod segment;
pub mod story;
mod unbroken;
pub mod wrap;

pub use counted::counted;
