//! Who is quoted in the library, and quotations with the article that each stands in.

use super::{Id, Published, Quote};

/// Somebody who is quoted in the library, the trash left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    pub name: String,
    /// Quotations that are speech.
    pub quotes: u64,
    /// Articles that these stand in.
    pub articles: u64,
    /// When the oldest of these articles was published.
    pub first: Published,
    /// When the newest was.
    pub last: Published,
}

/// A quotation with the article that it stands in: a row of a list of quotations.
#[derive(Clone, Debug, PartialEq)]
pub struct Quoted {
    /// The article.
    pub id: Id,
    /// Which of `Stored::quotes` it is; `None` for one that was kept and that the article's text no longer has.
    pub index: Option<usize>,
    pub title: String,
    pub source: Option<String>,
    pub author: Option<String>,
    pub url: Option<String>,
    /// When the article was published, or when it was added where it does not say.
    pub published: Published,
    /// The quotation as printed, marks included.
    pub words: String,
    /// Its offsets are bytes of the article's text; where `index` is `None`, of the text that it was kept from.
    pub quote: Quote,
    /// When it was kept, in seconds since 1970.
    pub kept: Option<i64>,
}
