//! What the library shows of its articles: rows of the list, an opened article, counts.

use super::{Article, Published, Quote, Span};

/// An article's number: small, given in the order of arrival, stable for ever.
pub type Id = i64;

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    #[default]
    Newest,
    Oldest,
    /// Best match first; the same as newest where nothing is searched.
    Relevance,
}

/// An article's row in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    pub id: Id,
    pub title: String,
    pub url: Option<String>,
    pub source: Option<String>,
    pub author: Option<String>,
    /// When it was published, or when it was added where the article does not say.
    pub published: Published,
    /// Words of the whole text.
    pub words: u32,
    /// Quotations that are speech.
    pub quotes: u32,
    pub read: bool,
    /// When it was bookmarked, in seconds since 1970.
    pub bookmarked: Option<i64>,
    pub trashed: bool,
    /// Sorted by name.
    pub tags: Vec<String>,
}

impl Summary {
    /// Words that a practised reader takes in a minute.
    const WORDS_A_MINUTE: u32 = 230;

    /// How long the whole text takes to read, in minutes; `None` where there is no text yet.
    #[must_use]
    pub fn minutes(&self) -> Option<String> {
        let minutes = self.words.div_ceil(Self::WORDS_A_MINUTE);
        (minutes > 0).then(|| format!("{minutes} min"))
    }
}

/// An article as the library keeps it: all of it, with its quotes and its state.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    pub summary: Summary,
    pub article: Article,
    /// In the order of the text; offsets are bytes of `article.document.text()`.
    /// What the reader said about their speakers is laid over what was detected.
    pub quotes: Vec<Quote>,
    /// The spans of those quotes that are kept, in the order of the text.
    pub kept: Vec<Span>,
    /// Where reading stopped: a byte offset of `article.document.text()`.
    pub position: Option<u32>,
    pub note: Option<String>,
    /// When it was added, in seconds since 1970.
    pub added: i64,
    /// Earlier texts that are kept, the first one first.
    pub revisions: Vec<Revision>,
}

/// An earlier text of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// From 1 on, in the order in which the texts came: stable for ever.
    pub number: u32,
    /// When another text took its place, in seconds since 1970.
    pub replaced: i64,
    pub title: String,
}

/// How many articles there are, trash left out except in `trashed`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub all: u64,
    pub unread: u64,
    pub bookmarked: u64,
    pub trashed: u64,
    /// Quotations that are kept, those of articles in the trash left out.
    pub kept: u64,
}
