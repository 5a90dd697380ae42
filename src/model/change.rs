//! What a reader may change about articles they keep, and about their feeds.

use super::Resubscription;

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
    /// Changes feeds, and no article.
    Feeds(Vec<Resubscription>),
}
