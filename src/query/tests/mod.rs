//! The language by example, and its laws by chance.

mod laws;
mod meaning;
mod reading;
