//! What leaves the library: articles as Markdown, HTML and EPUB, articles and quotations as they are cited, feeds as OPML, JSON that is safe to show.
//! Pure; knows the model and writes nothing itself.

mod cite;
mod epub;
pub mod html;
pub mod json;
mod markdown;
mod opml;

pub use cite::{Bibliography, Form, Name, Reference, citation};
pub use epub::Epub;
pub use markdown::markdown;
pub use opml::opml;
