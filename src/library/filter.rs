//! The conditions of a query that need no words: marks, tags, notes, sources, whole names of speakers and dates, ready to be tested quickly on any
//! number of articles.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil;
use jiff::tz::TimeZone;
use rusqlite::Connection;

use super::bits::{Bits, Mark};
use super::{place, voices};
use crate::error::Result;
use crate::model::Id;
use crate::query::{Date, Field, Is, Leaf, Node};
use crate::text::fold::{folded_words, written_words};

/// A condition that an article's number and place decide.
#[derive(Clone, Debug)]
pub enum Filter {
    Everything,
    In(Arc<Bits>),
    /// Places from the first to before the second.
    Between(i64, i64),
    Not(Box<Filter>),
    All(Vec<Filter>),
    Any(Vec<Filter>),
}

impl Filter {
    /// Whether the article `id` at `place` fulfils the condition.
    pub fn holds(&self, id: Id, place: i64) -> bool {
        match self {
            Self::Everything => true,
            Self::In(bits) => bits.has(id),
            Self::Between(from, to) => (*from..*to).contains(&place),
            Self::Not(filter) => !filter.holds(id, place),
            Self::All(filters) => filters.iter().all(|filter| filter.holds(id, place)),
            Self::Any(filters) => filters.iter().any(|filter| filter.holds(id, place)),
        }
    }

    /// Those of `all` that fulfil the condition; `None` where their places decide.
    pub fn among(&self, all: &Bits) -> Option<Bits> {
        Some(match self {
            Self::Everything => all.clone(),
            Self::In(bits) => all.and(bits),
            Self::Between(..) => return None,
            Self::Not(filter) => all.without(&filter.among(all)?),
            Self::All(filters) => filters.iter().try_fold(all.clone(), |found, filter| filter.among(&found))?,
            Self::Any(filters) => {
                let none =
                    filters.iter().try_fold(all.clone(), |left, filter| Some(left.without(&filter.among(&left)?)));
                all.without(&none?)
            }
        })
    }

    /// The articles themselves, where the condition names no more than `most` of them.
    pub fn few(&self, most: u64) -> Option<impl Iterator<Item = Id>> {
        match self {
            Self::In(bits) if bits.len() <= most => Some(bits.ids()),
            Self::Any(filters) if let [only] = filters.as_slice() => only.few(most),
            _ => None,
        }
    }
}

/// The filter that `node` is; `None` where it asks for words that only the index knows.
pub fn filter(connection: &Connection, node: &Node, now: i64) -> Result<Option<Filter>> {
    let all = |nodes: &[Node]| -> Result<Option<Vec<Filter>>> {
        nodes.iter().map(|node| filter(connection, node, now)).collect()
    };
    Ok(match node {
        Node::Leaf(leaf) => leaf_filter(connection, leaf, now)?,
        Node::Not(node) => filter(connection, node, now)?.map(|filter| Filter::Not(Box::new(filter))),
        Node::All(nodes) => all(nodes)?.map(Filter::All),
        Node::Any(nodes) => all(nodes)?.map(Filter::Any),
    })
}

fn leaf_filter(connection: &Connection, leaf: &Leaf, now: i64) -> Result<Option<Filter>> {
    let marked = |mark| Bits::load(connection, mark).map(within);
    Ok(Some(match leaf {
        Leaf::Is(Is::Read) => marked(Mark::Read)?,
        Leaf::Is(Is::Unread) => Filter::Not(Box::new(marked(Mark::Read)?)),
        Leaf::Is(Is::Trashed) => marked(Mark::Trashed)?,
        Leaf::Is(Is::Bookmarked) => within(ids(connection, "SELECT id FROM bookmark", [])?),
        Leaf::HasQuote => marked(Mark::Quoted)?,
        Leaf::HasNote => within(ids(connection, "SELECT id FROM note", [])?),
        Leaf::Dated { from, to } => Filter::Between(
            from.and_then(first_second).map_or(i64::MIN, place::first_of),
            to.and_then(second_after).map_or(i64::MAX, place::first_of),
        ),
        Leaf::Newer(seconds) => Filter::Between(place::first_of(now.saturating_sub(*seconds)), i64::MAX),
        Leaf::Words { field, text, exact, prefix, .. } => {
            let words = if *exact { written_words } else { folded_words };
            let (wanted, whole) = (words(text), leaf.is_whole());
            let fits = |name: &str| {
                let name = words(name);
                (!whole || name.len() == wanted.len()) && has_words(&name, &wanted, *prefix)
            };
            match field {
                _ if wanted.is_empty() => Filter::Everything,
                Field::Tag => named(connection, Names::Tags, fits)?,
                Field::Source => named(connection, Names::Sources, fits)?,
                // How each article writes a speaker's name only its text knows.
                Field::Speaker if *exact => return Ok(None),
                // Who speaks is known without the index, but not by a part of the name: too many may have it.
                Field::Speaker if whole && !prefix => {
                    within(voices::articles(connection, &wanted.join(" "))?.into_iter().collect())
                }
                Field::Speaker if whole => named(connection, Names::Speakers, fits)?,
                _ => return Ok(None),
            }
        }
    }))
}

fn within(bits: Bits) -> Filter {
    Filter::In(Arc::new(bits))
}

fn ids(connection: &Connection, sql: &str, params: impl rusqlite::Params) -> Result<Bits> {
    let mut statement = connection.prepare_cached(sql)?;
    let ids = statement.query_map(params, |row| row.get(0))?;
    Ok(ids.collect::<std::result::Result<_, _>>()?)
}

/// What articles share by name.
#[derive(Clone, Copy)]
enum Names {
    Tags,
    Sources,
    Speakers,
}

/// The articles that have a tag, source or speaker whose name `fits` accepts.
fn named(connection: &Connection, names: Names, fits: impl Fn(&str) -> bool) -> Result<Filter> {
    let (all, articles) = match names {
        Names::Tags => ("SELECT id, name FROM tag", "SELECT article FROM tagged WHERE tag = ?1"),
        Names::Sources => ("SELECT id, name FROM source", "SELECT id FROM article WHERE source = ?1"),
        Names::Speakers => ("SELECT id, key FROM speaker", "SELECT article FROM speaking WHERE speaker = ?1"),
    };
    let late = if matches!(names, Names::Speakers) { voices::late(connection)? } else { HashMap::new() };
    let mut statement = connection.prepare_cached(all)?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        if fits(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?) {
            let id: i64 = row.get(0)?;
            found.push(within(ids(connection, articles, [id])?));
            if let Some(late) = late.get(&id) {
                found.push(within(late.iter().map(|late| late.article).collect()));
            }
        }
    }
    Ok(Filter::Any(found))
}

/// Whether `wanted` stands in `words` one after the other; the last may go on where it is a `prefix`.
pub fn has_words(words: &[String], wanted: &[String], prefix: bool) -> bool {
    let Some((last, first)) = wanted.split_last() else { return true };
    words.windows(wanted.len()).any(|words| {
        words.starts_with(first)
            && words.last().is_some_and(|word| if prefix { word.starts_with(last.as_str()) } else { word == last })
    })
}

fn first_second(date: Date) -> Option<i64> {
    let (year, month, day) = date.first_day();
    midnight(civil::Date::new(year, month, day).ok()?)
}

fn second_after(date: Date) -> Option<i64> {
    let (year, month, day) = date.last_day();
    midnight(civil::Date::new(year, month, day).ok()?.tomorrow().ok()?)
}

fn midnight(day: civil::Date) -> Option<i64> {
    Some(day.to_zoned(TimeZone::UTC).ok()?.timestamp().as_second())
}
