//! A query as a tree.

use crate::model::Order;
use crate::text::fold;

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
        /// It was written in quotation marks: of a source or speaker that is the whole name, as a tag always is, so that
        /// `"BBC"` is not `BBC News`. Elsewhere it does not change what is found: several words are always a phrase.
        quoted: bool,
        /// Case and accents count: the words stand there as they are written here.
        exact: bool,
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

impl Leaf {
    /// Whether it asks for a name with all of its words and no others.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        match self {
            Self::Words { field: Field::Tag, .. } => true,
            Self::Words { field: Field::Source | Field::Speaker, quoted, .. } => *quoted,
            _ => false,
        }
    }
}

impl Query {
    /// The query where words of title, text and speech that have a capital letter or an accent are wanted exactly so. Names,
    /// addresses and codes are chosen rather than written, and stay as they are.
    #[must_use]
    pub fn exact_where_marked(mut self) -> Self {
        let mut open: Vec<&mut Node> = self.root.iter_mut().collect();
        while let Some(node) = open.pop() {
            match node {
                Node::All(nodes) | Node::Any(nodes) => open.extend(nodes),
                Node::Not(node) => open.push(node),
                Node::Leaf(Leaf::Words { field: Field::Any | Field::Title | Field::Said, text, exact, .. }) => {
                    *exact |= !fold::is_plain(text);
                }
                Node::Leaf(_) => {}
            }
        }
        self
    }

    /// Whether the query speaks of the trash: some `is:trashed` stands under an even number of negations.
    /// Only then may it find what is trashed.
    #[must_use]
    pub fn reaches_trash(&self) -> bool {
        let mut reaches = false;
        self.each_leaf(|leaf, positive| reaches |= positive && *leaf == Leaf::Is(Is::Trashed));
        reaches
    }

    /// Whether read, bookmarked, tagged or noted decides anything in it.
    #[must_use]
    pub fn depends_on_marks(&self) -> bool {
        let mut depends = false;
        self.each_leaf(|leaf, _| {
            depends |= matches!(leaf, Leaf::Is(_) | Leaf::HasNote | Leaf::Words { field: Field::Tag, .. });
        });
        depends
    }

    /// Calls `each` for every condition from left to right, with whether it stands under an even number of negations.
    pub fn each_leaf<'a>(&'a self, mut each: impl FnMut(&'a Leaf, bool)) {
        let mut open: Vec<(&Node, bool)> = self.root.iter().map(|root| (root, true)).collect();
        while let Some((node, positive)) = open.pop() {
            match node {
                Node::All(nodes) | Node::Any(nodes) => open.extend(nodes.iter().rev().map(|node| (node, positive))),
                Node::Not(node) => open.push((node, !positive)),
                Node::Leaf(leaf) => each(leaf, positive),
            }
        }
    }
}

impl Date {
    /// The first day it covers: year, month, day; they compare in the order of time.
    #[must_use]
    pub fn first_day(self) -> (i16, i8, i8) {
        (self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The last day it covers.
    #[must_use]
    pub fn last_day(self) -> (i16, i8, i8) {
        let month = self.month.unwrap_or(12);
        (self.year, month, self.day.unwrap_or_else(|| days_in(self.year, month)))
    }

    /// The year, month or day that ends where this one begins; `None` before the year 0.
    pub(super) fn before(self) -> Option<Self> {
        match self {
            Self { year, month: Some(month), day: Some(day @ 2..) } => {
                Some(Self { year, month: Some(month), day: Some(day - 1) })
            }
            Self { year, month: Some(month), day: Some(_) } => {
                let last = Self { year, month: Some(month), day: None }.before()?;
                Some(Self { day: Some(last.last_day().2), ..last })
            }
            Self { year, month: Some(month @ 2..), day: None } => {
                Some(Self { year, month: Some(month - 1), day: None })
            }
            Self { year, month: Some(_), day: None } => {
                Some(Self { year: year - 1, month: Some(12), day: None }).filter(|_| year > 0)
            }
            Self { year, month: None, .. } => {
                Some(Self { year: year - 1, month: None, day: None }).filter(|_| year > 0)
            }
        }
    }

    pub(super) fn is_real(self) -> bool {
        let month = self.month.unwrap_or(1);
        (0..=9999).contains(&self.year)
            && (1..=12).contains(&month)
            && (1..=days_in(self.year, month)).contains(&self.day.unwrap_or(1))
    }
}

/// Days of a month by the calendar of today, at any time.
fn days_in(year: i16, month: i8) -> i8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}
