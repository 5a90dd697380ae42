//! What a reader may change about articles they keep, and about their feeds.

use super::{Resubscription, Span};

/// A change of state, applied to any number of articles at once; each can be undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Read(bool),
    Bookmarked(bool),
    Trashed(bool),
    /// Adds (true) or removes (false) a tag.
    Tag(String, bool),
    /// Sets the note; an empty one removes it.
    Note(String),
    /// Says who speaks the quotation at `span` (bytes of the text), for one article; `None`: nobody. A quotation with a
    /// speaker is speech.
    Speaker {
        span: Span,
        speaker: Option<String>,
    },
    /// Keeps the quotation at `span` (bytes of the text) of one article, or no longer.
    Keep {
        span: Span,
        keep: bool,
    },
    /// Calls the speaker `from` by the name `to`: in these articles, or `everywhere`, whichever articles are given, and
    /// in those that come later.
    Rename {
        from: String,
        to: String,
        everywhere: bool,
    },
    /// Changes feeds, and no article.
    Feeds(Vec<Resubscription>),
}
