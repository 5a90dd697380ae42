//! What is added to the library: read on several threads, made ready, and stored in batches by the one who asked.

mod documents;
mod reading;

pub use documents::Origin;
pub use reading::{Place, read};
