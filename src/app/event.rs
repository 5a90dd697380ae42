//! What happens to the program: input, and replies from workers.

use crate::config::Chord;
use crate::error::Error;
use crate::model::{Bits, Counts, Feed, FeedId, Id, Quoted, Speaker, Stored, Summary};
use crate::query::Query;
use crate::text::difference::{Difference, Fate};

use super::effect::{Change, Ticket};
use super::state::feeds::Outcome;
use super::state::refresh::{Asking, FailingFeed};
use super::state::{Pair, Place};

/// Something the state machine must hear of.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    Key(Chord),
    /// Text that the terminal says was pasted; not clean.
    Paste(String),
    Mouse(Mouse),
    /// The terminal's size in cells, columns and rows.
    Resize(u16, u16),
    Reply(Reply),
}

/// A mouse event at a cell, counted from 0 at the top left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    pub column: u16,
    pub row: u16,
    pub what: MouseKind,
}

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseKind {
    Press,
    Drag,
    Release,
    WheelUp,
    WheelDown,
}

/// What a worker found or did.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// The first articles that a list request found, while the others are looked for. Best first, these may stand in
    /// another order at the end.
    ListBegins {
        ticket: Ticket,
        ids: Vec<Id>,
        /// As in `Listed`.
        meant: Option<Box<Query>>,
    },
    /// All articles that a list request found, in the order asked. Where it is not `complete` there may be more that nobody
    /// can tell yet.
    Listed {
        ticket: Ticket,
        ids: Vec<Id>,
        /// Which other articles stand under which of them, as they tell the same story.
        under: Vec<(Id, Id)>,
        complete: bool,
        /// They are those of this query, as the one that was asked finds nothing.
        meant: Option<Box<Query>>,
    },
    /// A list request could not be answered.
    ListFailed {
        ticket: Ticket,
        message: String,
    },
    /// Rows that were asked for; ids without a row are no longer there.
    Summaries {
        asked: Vec<Id>,
        rows: Vec<Summary>,
    },
    /// The best matching words of articles in a search.
    Snippets {
        ticket: Ticket,
        snippets: Vec<Snippet>,
    },
    /// The quotes of the articles that were asked for; those of one article stand together, in the order of its text.
    Quoted {
        ticket: Ticket,
        asked: Vec<Id>,
        quoted: Vec<Quoted>,
    },
    /// Speakers that were asked for, the most quoted first.
    Speakers {
        ticket: Ticket,
        speakers: Vec<Speaker>,
    },
    /// The speaker that was asked for; `None` where nobody of that name is quoted.
    Voice(Option<Box<Voice>>),
    /// The article that was asked for last; `None` when it is gone.
    Opened {
        ticket: Ticket,
        stored: Option<Box<Stored>>,
    },
    /// Two texts in one; `None` where one of them is gone.
    Compared {
        ticket: Ticket,
        pair: Pair,
        difference: Option<Box<Difference>>,
    },
    /// The quotations of an article that changed since an earlier text, by their index, and what became of each.
    Fates {
        id: Id,
        since: u32,
        fates: Vec<(usize, Fate)>,
    },
    /// Articles that may be opened next; those that are gone are left out. Rows that may come into sight, as `Summaries`.
    ReadAhead {
        ticket: Ticket,
        read: Vec<Stored>,
        asked: Vec<Id>,
        rows: Vec<Summary>,
    },
    Counts(Counts),
    /// What a place has: articles, or quotations where it lists these. `None` while nobody can tell.
    PlaceCounted {
        ticket: Ticket,
        place: Place,
        count: Option<u64>,
    },
    /// Sources and tags with how many articles each has, speakers with how many quotes, feeds that failed.
    Places {
        sources: Vec<(String, u64)>,
        tags: Vec<(String, u64)>,
        speakers: Vec<(String, u64)>,
        failing: Vec<FailingFeed>,
    },
    /// A change is stored; `ids` are the articles that really changed.
    Changed {
        change: Change,
        ids: Bits,
    },
    /// A change could not be stored: these articles are as they were.
    ChangeFailed {
        ids: Bits,
        message: String,
    },
    /// Something was undone or done again: what, and on which articles. `None`: nothing left to undo.
    Reverted {
        undone: Option<(String, Bits)>,
        redo: bool,
    },
    /// Articles were added; the list may be loaded again.
    Added {
        message: String,
        first: Option<Id>,
    },
    /// How much of the search index is built, in percent, where there was none; `None` once that is over.
    Indexing(Option<u64>),
    /// What is subscribed to.
    Feeds(Vec<Feed>),
    /// A refresh has begun and asks these feeds.
    Asked(Vec<FeedId>),
    /// What became of one of them.
    Told {
        feed: FeedId,
        title: String,
        outcome: Outcome,
    },
    /// How far a refresh is.
    Refreshing(Asking),
    /// A refresh has ended.
    Refreshed(Refreshed),
    /// It is time to ask the feeds that are due, as the settings say.
    RefreshDue,
    /// An address that may be added.
    Offer(String),
    /// The trash was emptied of so many articles.
    Emptied(u64),
    /// A quote with its speaker and source, to be copied.
    Cited(String),
    /// Another process changed the library.
    LibraryChanged,
    /// Something to tell the reader.
    Notice(Notice),
}

/// How a refresh ended: articles and feeds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Refreshed {
    pub new: usize,
    pub updated: usize,
    pub asked: usize,
    pub failed: usize,
    /// Feeds that may not be asked: they are gone, or want to be left alone.
    pub barred: usize,
    /// No feed could be reached.
    pub offline: bool,
    /// The reader broke it off.
    pub stopped: bool,
    /// Nobody asked for it just then.
    pub by_itself: bool,
}

/// The words of an article that match a search best, in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    pub id: Id,
    pub text: String,
    /// Byte ranges of `text`.
    pub hits: Vec<std::ops::Range<usize>>,
}

/// A speaker, and where they are quoted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// The name that was asked for; the library may write it in another way.
    pub asked: String,
    pub speaker: Speaker,
    /// Sources with how many of their articles quote the speaker, most first.
    pub sources: Vec<(String, u64)>,
}

/// A message to the reader, in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub text: String,
    pub error: bool,
}

impl Notice {
    /// Something that went well.
    pub fn said(text: impl Into<String>) -> Self {
        Self { text: text.into(), error: false }
    }

    /// Something that did not.
    pub fn failed(text: impl Into<String>) -> Self {
        Self { text: text.into(), error: true }
    }
}

impl From<Error> for Notice {
    /// What is wrong, and what to do about it.
    fn from(error: Error) -> Self {
        Self::failed(match error.hint {
            Some(hint) => format!("{}; {hint}", error.message),
            None => error.message,
        })
    }
}
