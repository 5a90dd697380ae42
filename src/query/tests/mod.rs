//! The language by example, and its laws by chance.

mod meaning;
mod reading;
