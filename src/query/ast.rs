//! A query as a tree.

use crate::model::Order;

/// A parsed query; an empty one (`root` is `None`) finds everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pub root: Option<Node>,
    /// What `sort:` asks for.
    pub order: Option<Order>,
}

/// A part of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    Leaf(Leaf),
}

/// A single condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leaf {
    /// The folded words (`text::fold`) of `text` one after the other in `field`; in `Field::Any` title or body.
    /// Text without a word in it finds everything.
    Words {
        field: Field,
        /// As it was written.
        text: String,
        /// It was written in quotation marks. Does not change what is found: several words are always a phrase.
        quoted: bool,
        /// The last word may go on: it was typed without a blank after it.
        prefix: bool,
    },
    Is(Is),
    /// At least one quotation that is speech.
    HasQuote,
    HasNote,
    /// Published on one of the days `from..=to`; an open side has no limit.
    Dated {
        from: Option<Date>,
        to: Option<Date>,
    },
    /// Published at most this many seconds ago.
    Newer(i64),
}

/// Where words are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    Any,
    Title,
    Source,
    Author,
    /// A tag as a whole: all of its words and no others.
    Tag,
    Url,
    /// An ISO 639-1 code.
    Lang,
    /// Inside speech.
    Said,
    /// In a speaker's name.
    Speaker,
}

/// A state of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Is {
    Read,
    Unread,
    Bookmarked,
    Trashed,
}

/// A day, a month or a year, as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    pub year: i16,
    pub month: Option<i8>,
    pub day: Option<i8>,
}
