//! What the state machine wants done outside itself; plain data that workers make real and tests compare.

use crate::model::{Bits, FeedId, Id, Order, Span, Subscription};
use crate::query::Query;

use super::state::{Pair, Place};

pub use crate::model::Change;

/// Numbers requests of one kind; a reply with an older number than the last request is dropped.
pub type Ticket = u64;

/// Whose words a list of quotes shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Voices {
    /// Everybody's.
    All,
    /// Those of the speaker of this name.
    Of(String),
    /// Those that were kept, whoever said them.
    Kept,
}

/// Feeds that are asked for news.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Feeds {
    All,
    /// Those that are called as the source is; where none is, those that brought this article, whose source may have been
    /// renamed since.
    Of {
        source: Option<String>,
        article: Option<Id>,
    },
    One(FeedId),
    /// Those that are due; nobody asked for it just now.
    Due,
}

/// Work for somebody else.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Find the articles of `query`; newer requests replace older ones. Where it finds nothing and `forgiving` says so,
    /// find those of what was meant. Where `fold` says so, one stands for all that tell the same story. `again`: it is listed
    /// already and read anew, as the library changed; nobody waits for it.
    List {
        ticket: Ticket,
        query: Query,
        order: Order,
        forgiving: bool,
        fold: bool,
        again: bool,
    },
    /// A search begins: make ready what it needs, before the first letter.
    PrepareSearch,
    /// Read the rows of these articles.
    Summaries(Vec<Id>),
    /// Find the best matching words of these articles, cut to `cells` cells.
    Snippets {
        ticket: Ticket,
        query: Query,
        ids: Vec<Id>,
        cells: u16,
    },
    /// Find the articles of `query` that have kept quotes; as `List`, which it replaces and which replaces it.
    ListKept {
        ticket: Ticket,
        query: Query,
        order: Order,
    },
    /// Read those quotes of these articles that a list of `voices` narrowed by `query` shows.
    Quoted {
        ticket: Ticket,
        voices: Voices,
        query: Query,
        ids: Vec<Id>,
    },
    /// Find the most quoted speakers whose names have words that begin as those of `matching` do; newer requests
    /// replace older ones.
    Speakers {
        ticket: Ticket,
        matching: String,
        limit: usize,
    },
    /// Read who the speaker of this name is: how often they are quoted, when and where.
    Voice(String),
    /// Read an article whole; newer requests replace older ones.
    Open {
        ticket: Ticket,
        id: Id,
    },
    /// Set two texts of an article in one; newer requests replace older ones.
    Compare {
        ticket: Ticket,
        pair: Pair,
    },
    /// See which quotations of an article changed since its earlier text of the number `since`.
    Fates {
        id: Id,
        since: u32,
    },
    /// Read articles whole that may be opened next, and rows that may come into sight next; nobody waits for them, and they
    /// should keep no frame waiting.
    ReadAhead {
        ticket: Ticket,
        ids: Vec<Id>,
        rows: Vec<Id>,
    },
    /// Count the articles.
    Counts,
    /// Count what each of these places has, which takes longer; newer requests replace older ones.
    CountPlaces {
        ticket: Ticket,
        places: Vec<(Place, Query)>,
    },
    /// Read sources, tags and the most quoted speakers with their counts.
    Places,
    /// Apply a change to these articles and journal it.
    Change {
        ids: Bits,
        change: Change,
    },
    /// Mark an article as read because it was opened or read to its end, and journal it. Nobody asked for it: no frame waits
    /// for it, and it is shown once it is stored.
    MarkRead(Id),
    /// Apply a change to all articles that a query finds.
    ChangeAll {
        query: Query,
        change: Change,
    },
    Undo,
    Redo,
    /// Keep where reading stopped: a byte offset of the article's text.
    KeepPosition {
        id: Id,
        offset: u32,
    },
    /// Keep a fact of this session for the next one.
    Remember {
        key: &'static str,
        value: String,
    },
    /// See whether another process changed the library.
    Watch,
    /// Store what is at this path; `~` is the home folder.
    Add(String),
    /// Store this text as an article; not clean.
    AddText(String),
    /// Subscribe to the feed at this address, or store the page.
    AddAddress(String),
    /// Ask feeds for news.
    Refresh(Feeds),
    /// Read what is subscribed to.
    Feeds,
    /// Keep what is decided about a feed.
    Resubscribe {
        feed: FeedId,
        to: Subscription,
    },
    /// Break off what goes on over the network.
    StopRefresh,
    /// Fetch the whole text of this article from its page.
    FullText(Id),
    /// Write articles as Markdown into this folder.
    Export {
        ids: Vec<Id>,
        folder: String,
    },
    /// Give an article's text to a program; the words of its command line, no shell.
    Pipe {
        id: Id,
        command: Vec<String>,
    },
    /// Remove what is in the trash for good.
    EmptyTrash,
    /// Write out a quote with its speaker and source: the article and where the quote stands in it.
    Cite {
        id: Id,
        span: Span,
    },
    /// Open an http or https address in the browser.
    Browse(String),
    /// Put this text on the terminal's clipboard.
    Copy(String),
    /// Stop as by Ctrl-Z, to be continued by the shell.
    Suspend,
    Quit,
}
