//! Changes of state, applied to any number of articles at once; what really changed goes into the journal.

use rusqlite::{Connection, OptionalExtension};

use super::bits::{Bits, Mark, Marked};
use super::bytes::Writer;
use super::journal::{self, Entry};
use super::store::Library;
use super::voices::{self, key};
use super::{correction, feeds, kept, renaming, tags};
use crate::error::{Error, Result};
use crate::model::{Change, Id};

impl Library {
    /// Applies `change` to the articles `ids` at the moment `now` (seconds since 1970) and says how many it really changed;
    /// `undo` takes it back. Numbers that are nobody's are passed over.
    pub fn change(&mut self, ids: &[Id], change: &Change, now: i64) -> Result<u64> {
        self.change_all(&ids.iter().copied().collect(), change, now)
    }

    /// As `change`, for any number of articles.
    pub fn change_all(&mut self, ids: &Bits, change: &Change, now: i64) -> Result<u64> {
        check(change)?;
        let transaction = self.write()?;
        let entry = apply(self, ids, change, now)?;
        let changed = entry.articles.len();
        if changed > 0 {
            journal::record(&transaction, &entry, now)?;
        }
        transaction.commit()?;
        Ok(changed)
    }
}

fn check(change: &Change) -> Result<()> {
    match change {
        Change::Tag(name, _) if name.trim().is_empty() => {
            Err(Error::refused("a tag needs a name").hint("write at least one letter"))
        }
        Change::Speaker { speaker: Some(name), .. } | Change::Rename { to: name, .. } if key(name).is_empty() => {
            Err(Error::refused("a speaker needs a name").hint("write at least one letter"))
        }
        _ => Ok(()),
    }
}

/// Applies `change` and says what it did: the articles that were otherwise before, and how they were where the
/// change alone does not tell.
pub fn apply(library: &Library, ids: &Bits, change: &Change, now: i64) -> Result<Entry> {
    let connection = &library.connection;
    let present = Bits::load(connection, Mark::Present)?;
    let asked = ids.and(&present);
    let mut before = Writer::default();
    let articles = match change {
        Change::Read(to) => mark(connection, Mark::Read, &asked, *to)?,
        Change::Trashed(to) => mark(connection, Mark::Trashed, &asked, *to)?,
        Change::Bookmarked(true) => each(&asked, |id| bookmark(connection, id, now))?,
        Change::Bookmarked(false) => each(&asked, |id| {
            let mut statement = connection.prepare_cached("DELETE FROM bookmark WHERE id = ?1 RETURNING at")?;
            let at: Option<i64> = statement.query_row([id], |row| row.get(0)).optional()?;
            at.inspect(|at| before.signed(*at));
            Ok(at.is_some())
        })?,
        Change::Tag(name, true) => each(&asked, |id| tags::tag(connection, id, name))?,
        Change::Tag(name, false) => each(&asked, |id| tags::untag(connection, id, name))?,
        Change::Note(text) => each(&asked, |id| {
            let old = note(connection, id, text)?;
            old.as_deref().inspect(|old| before.text(old));
            Ok(old.is_some())
        })?,
        Change::Feeds(feeds) => {
            feeds::settle(connection, feeds.iter().map(|feed| (feed.feed, &feed.to)))?;
            Bits::default()
        }
        Change::Speaker { span, speaker } => {
            let speaker = speaker.as_deref().map(str::trim);
            each(&asked, |id| correction::correct(library, id, span, speaker, &mut before))?
        }
        Change::Keep { span, keep } => each(&asked, |id| kept::keep(library, id, span, *keep, now, &mut before))?,
        Change::Rename { from, to, everywhere } => {
            renaming::rename(library, (from, to.trim()), (!everywhere).then_some(&asked), &mut before)?
        }
    };
    if matches!(change, Change::Speaker { .. } | Change::Rename { .. }) {
        voices::renew(library, articles.ids())?;
    }
    Ok(Entry { change: change.clone(), articles, before: before.finish() })
}

/// Bookmarks `id` since `at`; whether it was not.
pub fn bookmark(connection: &Connection, id: Id, at: i64) -> Result<bool> {
    let mut statement = connection.prepare_cached("INSERT OR IGNORE INTO bookmark (id, at) VALUES (?1, ?2)")?;
    Ok(statement.execute((id, at))? > 0)
}

/// Sets the note of `id`; an empty one removes it. What it was, where that was something else.
pub fn note(connection: &Connection, id: Id, text: &str) -> Result<Option<String>> {
    let mut statement = connection.prepare_cached("SELECT text FROM note WHERE id = ?1")?;
    let old: String = statement.query_row([id], |row| row.get(0)).optional()?.unwrap_or_default();
    if old == text {
        return Ok(None);
    }
    if text.is_empty() {
        connection.prepare_cached("DELETE FROM note WHERE id = ?1")?.execute([id])?;
    } else {
        let mut statement = connection.prepare_cached("INSERT OR REPLACE INTO note (id, text) VALUES (?1, ?2)")?;
        statement.execute((id, text))?;
    }
    Ok(Some(old))
}

/// Gives or takes a mark; the articles for which that is a change.
fn mark(connection: &Connection, mark: Mark, asked: &Bits, to: bool) -> Result<Bits> {
    let mut marked = Marked::load(connection, mark)?;
    let changed = if to { asked.without(&marked.bits) } else { asked.and(&marked.bits) };
    for id in changed.ids() {
        marked.bits.set(id, to);
    }
    marked.store(connection)?;
    Ok(changed)
}

fn each(asked: &Bits, mut change: impl FnMut(Id) -> Result<bool>) -> Result<Bits> {
    let mut changed = Bits::default();
    for id in asked.ids() {
        if change(id)? {
            changed.set(id, true);
        }
    }
    Ok(changed)
}
