//! What leaves the library: articles as Markdown, quotations with their source, JSON that is safe to show.
//! Pure; knows the model and writes nothing itself.

mod cite;
pub mod json;
mod markdown;

pub use cite::citation;
pub use markdown::markdown;
