//! What the state machine wants done outside itself; plain data that workers make real and tests compare.

use crate::model::{Id, Order};
use crate::query::Query;

pub use crate::model::Change;

/// Numbers requests of one kind; a reply with an older number than the last request is dropped.
pub type Ticket = u64;

/// Work for somebody else.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Find the articles of `query`; newer requests replace older ones.
    List {
        ticket: Ticket,
        query: Query,
        order: Order,
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
    /// Read an article whole; newer requests replace older ones.
    Open {
        ticket: Ticket,
        id: Id,
    },
    /// Read articles whole that may be opened next; nobody waits for them.
    ReadAhead {
        ticket: Ticket,
        ids: Vec<Id>,
    },
    /// Count the articles.
    Counts,
    /// Read sources and tags with their counts.
    Places,
    /// Apply a change to these articles and journal it.
    Change {
        ids: Vec<Id>,
        change: Change,
    },
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
    /// Write out a quote with its speaker and source: the article and the index of the quote.
    Cite {
        id: Id,
        quote: usize,
    },
    /// Open an http or https address in the browser.
    Browse(String),
    /// Put this text on the terminal's clipboard.
    Copy(String),
    /// Stop as by Ctrl-Z, to be continued by the shell.
    Suspend,
    Quit,
}
