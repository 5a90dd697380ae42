//! What the list shows: a place, perhaps filtered, or a search through the whole library.

use crate::config::Settings;
use crate::model::Order;
use crate::query::{self, Field, Is, Leaf, Mistake, Node, Query};

use super::super::effect::Voices;

/// A named part of the library.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Place {
    #[default]
    All,
    Unread,
    Bookmarks,
    /// Everything that anybody says, quote by quote.
    Quotes,
    /// The quotes that were kept.
    Kept,
    Trash,
    Source(String),
    Tag(String),
    /// What somebody says, quote by quote.
    Speaker(String),
    /// A search that was kept, as it was typed.
    Search(String),
}

impl Place {
    /// What the top bar calls it.
    #[must_use]
    pub fn title(&self) -> String {
        match self {
            Self::All => "All articles".to_owned(),
            Self::Unread => "Unread".to_owned(),
            Self::Bookmarks => "Bookmarks".to_owned(),
            Self::Quotes => "All quotes".to_owned(),
            Self::Kept => "Kept quotes".to_owned(),
            Self::Trash => "Trash".to_owned(),
            Self::Source(name) | Self::Speaker(name) => name.clone(),
            Self::Tag(name) => format!("#{name}"),
            Self::Search(query) => query.clone(),
        }
    }

    /// The condition that its articles meet.
    #[must_use]
    pub fn node(&self) -> Option<Node> {
        let words =
            |field, text: &str| Leaf::Words { field, text: text.to_owned(), quoted: true, exact: false, prefix: false };
        let leaf = match self {
            // What is kept is asked for in a way of its own.
            Self::All | Self::Kept => return None,
            Self::Unread => Leaf::Is(Is::Unread),
            Self::Bookmarks => Leaf::Is(Is::Bookmarked),
            Self::Quotes => Leaf::HasQuote,
            Self::Trash => Leaf::Is(Is::Trashed),
            Self::Source(name) => words(Field::Source, name),
            Self::Tag(name) => words(Field::Tag, name),
            Self::Speaker(name) => words(Field::Speaker, name),
            // What was kept could be read once; a query of another version may find nothing that way, and so all.
            Self::Search(text) => return query::parse(text).unwrap_or_default().root,
        };
        Some(Node::Leaf(leaf))
    }

    /// How it is written where it is remembered; `recall` reads it.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::All => "all".to_owned(),
            Self::Unread => "unread".to_owned(),
            Self::Bookmarks => "bookmarks".to_owned(),
            Self::Quotes => "quotes".to_owned(),
            Self::Kept => "kept".to_owned(),
            Self::Trash => "trash".to_owned(),
            Self::Source(name) => format!("source {name}"),
            Self::Tag(name) => format!("tag {name}"),
            Self::Speaker(name) => format!("speaker {name}"),
            Self::Search(query) => format!("search {query}"),
        }
    }

    /// The place that `key` wrote; `All` where it says nothing known.
    #[must_use]
    pub fn recall(key: &str) -> Self {
        let (kind, name) = key.split_once(' ').unwrap_or((key, ""));
        match kind {
            "unread" => Self::Unread,
            "bookmarks" => Self::Bookmarks,
            "quotes" => Self::Quotes,
            "kept" => Self::Kept,
            "trash" => Self::Trash,
            "source" => Self::Source(name.to_owned()),
            "tag" => Self::Tag(name.to_owned()),
            "speaker" => Self::Speaker(name.to_owned()),
            "search" => Self::Search(name.to_owned()),
            _ => Self::All,
        }
    }
}

/// What the list shows, and in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    pub place: Place,
    /// A query that narrows the place; empty for none.
    pub filter: String,
    /// A query through the whole library; it sets the place aside.
    pub search: Option<String>,
    pub order: Order,
}

impl Listing {
    /// Whose words it lists; `None` where it lists articles.
    #[must_use]
    pub fn voices(&self) -> Option<Voices> {
        match &self.place {
            _ if self.search.is_some() => None,
            Place::Quotes => Some(Voices::All),
            Place::Kept => Some(Voices::Kept),
            Place::Speaker(name) => Some(Voices::Of(name.clone())),
            _ => None,
        }
    }

    /// Whether words are searched in the whole library.
    #[must_use]
    pub fn is_search(&self) -> bool {
        self.search.as_deref().is_some_and(|search| !search.trim().is_empty())
    }

    /// Whether it is a list of quotes, not of articles.
    #[must_use]
    pub fn lists_quotes(&self) -> bool {
        self.voices().is_some()
    }

    /// Whether one article stands for all that tell the same story: where articles come in, not where they are looked
    /// for or were put.
    #[must_use]
    pub fn folds(&self, settings: &Settings) -> bool {
        let comes_in = matches!(self.place, Place::All | Place::Unread | Place::Source(_) | Place::Tag(_));
        settings.fold && comes_in && !self.is_search() && self.filter.is_empty()
    }

    /// The query to run. While `typing` the last word is a prefix; where it is `exact`, a capital letter or accent is meant.
    pub fn query(&self, typing: bool, exact: bool) -> Result<Query, Mistake> {
        let parse = if typing { query::parse_typing } else { query::parse };
        let mut query = parse(&self.filter)?;
        if self.lists_quotes() {
            query.root = query.root.map(said);
        }
        let within = match self.search.as_deref().filter(|search| !search.trim().is_empty()) {
            Some(search) => {
                let search = parse(search)?;
                query.order = query.order.or(search.order);
                search.root
            }
            None => self.place.node(),
        };
        query.root = match (within, query.root.take()) {
            (Some(within), Some(filter)) => Some(Node::All(vec![within, filter])),
            (within, filter) => within.or(filter),
        };
        Ok(if exact { query.exact_where_marked() } else { query })
    }

    /// The order that counts: what the query says, else the chosen one.
    #[must_use]
    pub fn order_of(&self, query: &Query) -> Order {
        query.order.unwrap_or(self.order)
    }
}

/// Words without a field are looked for in what is said: what narrows a list of quotes is meant for the quotes.
fn said(node: Node) -> Node {
    match node {
        Node::Leaf(Leaf::Words { field: Field::Any, text, quoted, exact, prefix }) => {
            Node::Leaf(Leaf::Words { field: Field::Said, text, quoted, exact, prefix })
        }
        Node::Leaf(leaf) => Node::Leaf(leaf),
        Node::Not(node) => Node::Not(Box::new(said(*node))),
        Node::All(nodes) => Node::All(nodes.into_iter().map(said).collect()),
        Node::Any(nodes) => Node::Any(nodes.into_iter().map(said).collect()),
    }
}
