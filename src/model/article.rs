//! An article as a format reads it, before the library knows it.

use super::Document;

/// When an article was published, in seconds since 1970-01-01 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Published {
    pub seconds: i64,
    /// Only the day is known: `seconds` is its midnight in UTC, and no zone may move it to another day.
    pub day_only: bool,
}

/// What a format makes of one article's bytes. All text is clean (`text::clean`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// One line; never empty once a format has done its work.
    pub title: String,
    /// http or https.
    pub url: Option<String>,
    /// What the origin calls it: a feed's guid, a record's `id`.
    pub guid: Option<String>,
    /// The name of the paper, site or feed.
    pub source: Option<String>,
    pub author: Option<String>,
    pub published: Option<Published>,
    /// ISO 639-1, such as `en`.
    pub language: Option<String>,
    pub tags: Vec<String>,
    /// It was read where it comes from. That counts for an article that is new here: afterwards it is the reader who says.
    pub read: bool,
    /// It was marked to be kept where it comes from; counts as `read` does.
    pub bookmarked: bool,
    pub document: Document,
}
