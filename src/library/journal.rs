//! What was changed, so that it can be undone and done again, also after a restart.
//!
//! An entry holds the change, the articles for which it was one, and how they were where the change does not tell: when they
//! were bookmarked, what their notes were. A new change forgets what was undone.

use rusqlite::{Connection, OptionalExtension};

use super::bits::{Bits, Mark};
use super::bytes::{Reader, Writer};
use super::fault::damaged;
use super::store::Library;
use super::{change, correction, feeds, kept, renaming, sorting, voices};
use crate::error::Result;
use crate::model::{Change, Id, Span};

/// Changes that can be undone; older ones are forgotten.
const KEPT: i64 = 1000;

/// The byte of a change of feeds.
const FEEDS: u8 = 32;

/// What `undo` or `redo` did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undone {
    /// The change as it was first made.
    pub change: Change,
    /// The articles it was taken back for, or done again for.
    pub ids: Bits,
    /// It was done again.
    pub redo: bool,
    /// It is about a quotation whose words no text of them has any more: it counts again when they come back.
    pub waits: bool,
}

/// A change as it happened.
#[derive(Clone, Debug)]
pub struct Entry {
    pub change: Change,
    pub articles: Bits,
    /// For each article in order what the change alone does not tell: S when it was bookmarked, T its note; for what is said
    /// of quotes and speakers as `correction`, `kept` and `renaming` have it.
    pub before: Vec<u8>,
}

impl Library {
    /// Takes back the last change that was not undone yet; `None` where there is none.
    pub fn undo(&mut self) -> Result<Option<Undone>> {
        self.turn(
            "SELECT id, at, change, articles, before FROM journal WHERE undone = 0 ORDER BY id DESC LIMIT 1",
            false,
        )
    }

    /// Does again what was undone last; `None` where nothing was, or something else was changed since.
    pub fn redo(&mut self) -> Result<Option<Undone>> {
        self.turn("SELECT id, at, change, articles, before FROM journal WHERE undone = 1 ORDER BY id LIMIT 1", true)
    }

    fn turn(&mut self, find: &str, redo: bool) -> Result<Option<Undone>> {
        let transaction = self.write()?;
        let found = transaction
            .prepare_cached(find)?
            .query_row([], |row| {
                let entry = read_entry(&row.get::<_, Vec<u8>>(2)?, &row.get::<_, Vec<u8>>(3)?, row.get(4)?);
                Ok((row.get(0)?, row.get(1)?, entry))
            })
            .optional()?;
        let Some((number, at, entry)): Option<(i64, i64, Option<Entry>)> = found else { return Ok(None) };
        let broken = || damaged(&format!("entry {number} of the journal cannot be read"));
        let entry = entry.ok_or_else(broken)?;
        let stands = if redo {
            again(self, &entry, at)?.ok_or_else(broken)?
        } else {
            take_back(self, &entry)?.ok_or_else(broken)?;
            true
        };
        transaction.execute("UPDATE journal SET undone = ?2 WHERE id = ?1", (number, !redo))?;
        transaction.commit()?;
        Ok(Some(Undone { change: entry.change, ids: entry.articles, redo, waits: !stands }))
    }
}

/// Keeps what was done; what had been undone can no longer be done again.
pub fn record(connection: &Connection, entry: &Entry, now: i64) -> Result<()> {
    connection.execute("DELETE FROM journal WHERE undone = 1", [])?;
    let mut statement = connection
        .prepare_cached("INSERT INTO journal (at, undone, change, articles, before) VALUES (?1, 0, ?2, ?3, ?4)")?;
    statement.execute((now, write_change(&entry.change), write_articles(&entry.articles), &entry.before))?;
    connection.execute("DELETE FROM journal WHERE id <= ?1", [connection.last_insert_rowid() - KEPT])?;
    Ok(())
}

/// Does `entry` again. What is said of a quotation is said of the words that it was said of, wherever they stand by now; says
/// whether any article still has them. `None` where the entry cannot be read.
fn again(library: &Library, entry: &Entry, at: i64) -> Result<Option<bool>> {
    let present = Bits::load(&library.connection, Mark::Present)?;
    let mut before = Reader::new(&entry.before);
    let mut stands = false;
    match &entry.change {
        Change::Keep { keep, .. } => {
            for id in entry.articles.ids() {
                let Some(found) = kept::keep_again(library, id, *keep, present.has(id), &mut before)? else {
                    return Ok(None);
                };
                stands |= found;
            }
        }
        Change::Speaker { speaker, .. } => {
            for id in entry.articles.ids() {
                let (there, name) = (present.has(id), speaker.as_deref().map(str::trim));
                let Some(found) = correction::say_again(library, id, there, name, &mut before)? else {
                    return Ok(None);
                };
                stands |= found;
            }
            voices::renew(library, entry.articles.ids().filter(|id| present.has(*id)))?;
        }
        change => {
            change::apply(library, &entry.articles, change, at)?;
            stands = true;
        }
    }
    Ok(Some(stands))
}

/// Puts the articles back to how they were, those that are still there; `None` where the entry cannot be read.
fn take_back(library: &Library, entry: &Entry) -> Result<Option<()>> {
    let connection = &library.connection;
    let present = Bits::load(connection, Mark::Present)?;
    let mut before = Reader::new(&entry.before);
    let apply = |change| change::apply(library, &entry.articles, &change, 0).map(drop);
    let there = entry.articles.ids().filter(|id| present.has(*id));
    match &entry.change {
        Change::Read(to) => apply(Change::Read(!to))?,
        Change::Trashed(to) => apply(Change::Trashed(!to))?,
        Change::Bookmarked(true) => apply(Change::Bookmarked(false))?,
        Change::Tag(name, to) => apply(Change::Tag(name.clone(), !to))?,
        Change::Bookmarked(false) => {
            for id in entry.articles.ids() {
                let Some(at) = before.signed() else { return Ok(None) };
                if present.has(id) {
                    change::bookmark(connection, id, at)?;
                }
            }
        }
        Change::Note(_) => {
            for id in entry.articles.ids() {
                let Some(text) = before.text() else { return Ok(None) };
                if present.has(id) {
                    change::note(connection, id, text)?;
                }
            }
        }
        Change::Feeds(feeds) => feeds::settle(connection, feeds.iter().map(|feed| (feed.feed, &feed.from)))?,
        Change::Keep { keep, .. } => {
            for id in entry.articles.ids() {
                let Some(()) = kept::take_back(connection, id, *keep, present.has(id), &mut before)? else {
                    return Ok(None);
                };
            }
        }
        Change::Speaker { .. } => {
            for id in entry.articles.ids() {
                let Some(()) = correction::take_back(connection, id, present.has(id), &mut before)? else {
                    return Ok(None);
                };
            }
            voices::renew(library, there)?;
        }
        Change::Rename { to, everywhere, .. } => {
            let Some(()) = renaming::take_back(connection, &present, &mut before)? else { return Ok(None) };
            let mut concerned: Bits = there.collect();
            // Also those that came later and were given the name, be it just now.
            sorting::sort_in(connection)?;
            for id in voices::articles(connection, &voices::key(to))?.into_iter().filter(|_| *everywhere) {
                concerned.set(id, true);
            }
            voices::renew(library, concerned.ids())?;
        }
    }
    Ok(Some(()))
}

fn read_entry(change: &[u8], articles: &[u8], before: Vec<u8>) -> Option<Entry> {
    Some(Entry { change: read_change(change)?, articles: read_articles(articles)?, before })
}

/// A byte for what is changed and to what, then a tag's name, a note, the names of speakers; of a span N where it begins and
/// N where it ends.
fn write_change(change: &Change) -> Vec<u8> {
    let mut out = Writer::default();
    match change {
        Change::Read(to) => out.byte(u8::from(*to)),
        Change::Bookmarked(to) => out.byte(2 + u8::from(*to)),
        Change::Trashed(to) => out.byte(4 + u8::from(*to)),
        Change::Tag(name, to) => {
            out.byte(6 + u8::from(*to));
            out.text(name);
        }
        Change::Note(text) => {
            out.byte(8);
            out.text(text);
        }
        Change::Feeds(feeds) => {
            out.byte(FEEDS);
            feeds::write_changes(&mut out, feeds);
        }
        Change::Keep { span, keep } => {
            out.byte(10 + u8::from(*keep));
            write_span(&mut out, span);
        }
        Change::Speaker { span, speaker } => {
            out.byte(12 + u8::from(speaker.is_some()));
            write_span(&mut out, span);
            out.text(speaker.as_deref().unwrap_or_default());
        }
        Change::Rename { from, to, everywhere } => {
            out.byte(14 + u8::from(*everywhere));
            out.text(from);
            out.text(to);
        }
    }
    out.finish()
}

fn read_change(bytes: &[u8]) -> Option<Change> {
    let mut from = Reader::new(bytes);
    let byte = from.byte()?;
    let to = byte & 1 == 1;
    Some(match byte {
        0 | 1 => Change::Read(to),
        2 | 3 => Change::Bookmarked(to),
        4 | 5 => Change::Trashed(to),
        6 | 7 => Change::Tag(from.text()?.to_owned(), to),
        8 => Change::Note(from.text()?.to_owned()),
        FEEDS => Change::Feeds(feeds::read_changes(&mut from)?),
        10 | 11 => Change::Keep { span: read_span(&mut from)?, keep: to },
        12 | 13 => {
            let (span, name) = (read_span(&mut from)?, from.text()?);
            Change::Speaker { span, speaker: to.then(|| name.to_owned()) }
        }
        14 | 15 => Change::Rename { from: from.text()?.to_owned(), to: from.text()?.to_owned(), everywhere: to },
        _ => return None,
    })
}

fn write_span(out: &mut Writer, span: &Span) {
    out.number(u64::from(span.start));
    out.number(u64::from(span.end));
}

fn read_span(from: &mut Reader) -> Option<Span> {
    Some(from.small()?..from.small()?)
}

/// Runs of numbers: how many are left out, how many follow.
fn write_articles(articles: &Bits) -> Vec<u8> {
    let mut out = Writer::default();
    let mut run: Option<(Id, Id)> = None;
    let mut end = 0;
    let mut put = |(start, next): (Id, Id)| {
        out.number((start - end).unsigned_abs());
        out.number((next - start).unsigned_abs());
        end = next;
    };
    for id in articles.ids() {
        match &mut run {
            Some((_, next)) if *next == id => *next += 1,
            _ => drop(run.replace((id, id + 1)).map(&mut put)),
        }
    }
    run.map(put);
    out.finish()
}

fn read_articles(bytes: &[u8]) -> Option<Bits> {
    let mut from = Reader::new(bytes);
    let mut articles = Bits::default();
    let mut next = 0_u32;
    while !from.is_done() {
        let start = next.checked_add(from.small()?)?;
        next = start.checked_add(from.small()?)?;
        for id in start..next {
            articles.set(Id::from(id), true);
        }
    }
    Some(articles)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn articles_are_read_as_they_were_written(ids in prop::collection::vec(0..300i64, 0..200)) {
            let articles: Bits = ids.into_iter().collect();
            let read = read_articles(&write_articles(&articles)).unwrap();
            prop_assert!(read.ids().eq(articles.ids()));
        }
    }

    #[test]
    fn a_broken_entry_is_refused_and_cannot_take_all_memory() {
        assert!(read_articles(&[0x80]).is_none());
        assert!(read_articles(&[0xff, 0xff, 0xff, 0xff, 0x1f, 1]).is_none());
        assert_eq!(read_change(&[9]), None);
    }
}
