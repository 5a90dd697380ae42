//! The index being told of changes, by whoever holds its lock: in the background from the library, or while articles are
//! added, from what is at hand of them.

use std::collections::HashMap;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension};
use tantivy::indexer::{IndexWriterOptions, UserOperation};
use tantivy::{IndexWriter, Term};

use super::catch_up::{CaughtUp, behind, token};
use super::entry::{Entry, Words};
use super::fields::Fields;
use super::files::Files;
use super::room::{Room, Taken};
use super::{COMMITS, Commit, Opened, failed, folding};
use crate::error::{Error, Result};
use crate::library::renaming;
use crate::library::store::Library;
use crate::model::{Article, Document, Id};

/// Changes that are read from the library at a time.
const HANDFUL: u64 = 500;
/// Changes after which the index is made durable and searchable.
const COMMIT: u64 = 50_000;
/// Memory for articles that are being indexed, in bytes: what it holds becomes a segment, and fewer and larger segments
/// are put together less often.
const BUDGET: usize = 60_000_000;
const SMALL_BUDGET: usize = 15_000_000;
/// How often a wait is broken off to see whether the reader wants to stop.
const TICK: Duration = Duration::from_millis(100);
/// Bytes of words that may wait to be indexed.
const WAITING: usize = 8_000_000;

/// The index while it is written. One thread takes the words in, and so one after the other: articles that come in the
/// order of their dates then make segments that do not overlap, and these are put together quickly.
pub struct Writing {
    _lock: File,
    fields: Fields,
    writer: IndexWriter<Entry>,
    room: Arc<Room>,
    last: Option<Commit>,
    /// The number of the last change that the writer was told.
    known: i64,
    uncommitted: u64,
}

impl Writing {
    /// Goes on where the last commit of the index in `folder` ended. `much` is to come: that pays for more memory.
    pub(super) fn new(lock: File, folder: &Path, opened: &Opened, library: &Library, much: bool) -> Result<Self> {
        let last = opened.commit()?;
        if let Some(commit) = &last {
            forget(library, commit)?;
        }
        let files = Files::open(folder).map_err(|fault| failed(fault.into()))?;
        let index = tantivy::Index::open(files).map_err(failed)?;
        folding::register(&index);
        let budget = if much { BUDGET } else { SMALL_BUDGET };
        let options = IndexWriterOptions::builder()
            .num_worker_threads(1)
            .num_merge_threads(1)
            .memory_budget_per_thread(budget)
            .build();
        let writer = index.writer_with_options(options).map_err(failed)?;
        let known = last.as_ref().map_or(0, |commit| commit.known);
        Ok(Self { _lock: lock, fields: opened.fields, writer, room: Room::new(WAITING), last, known, uncommitted: 0 })
    }

    /// Tells the index of the next changes that it does not know, as many as are read at a time, and says how many these
    /// were. The words of an article that is new in the library are taken from `fresh` where they are there.
    pub fn follow(&mut self, library: &Library, fresh: &mut HashMap<Id, Words>) -> Result<u64> {
        let changes = changes(library, self.known)?;
        if renaming::any(&library.connection)? {
            // What is at hand does not know who is called otherwise by now.
            fresh.clear();
        }
        for change in &changes {
            self.take(library, change, fresh.remove(&change.article))?;
            self.known = change.number;
            self.uncommitted += 1;
        }
        if self.uncommitted >= COMMIT {
            self.commit(library)?;
        }
        Ok(changes.len() as u64)
    }

    /// Tells the index of all changes and makes them durable and searchable. Looks at `stop` between handfuls of articles,
    /// and reports to `progress` how many changes are done and how many there are.
    pub fn drain(
        mut self,
        library: &Library,
        stop: &dyn Fn() -> bool,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<CaughtUp> {
        let total = behind(library)?;
        let mut done = self.uncommitted;
        loop {
            let more = if stop() { 0 } else { self.follow(library, &mut HashMap::new())? };
            done += more;
            progress(done, total.max(done));
            if more == 0 {
                break;
            }
        }
        self.commit(library)?;
        let known = self.known;
        self.settle(stop)?;
        let all = !stop() || changes(library, known)?.is_empty();
        Ok(if all { CaughtUp::Done } else { CaughtUp::Stopped })
    }

    /// Waits until small segments are put together, which the writer would leave as they are if it were dropped; or until
    /// `stop` says so: nothing is lost with them.
    fn settle(self, stop: &dyn Fn() -> bool) -> Result<()> {
        let (tell, told) = mpsc::channel();
        let Self { _lock: lock, writer, .. } = self;
        let wait = move || {
            let settled = writer.wait_merging_threads();
            // First of all: who is told that it is done may want to write at once.
            drop(lock);
            // Nobody listens where it was stopped.
            let _ = tell.send(settled);
        };
        let thread = std::thread::Builder::new().spawn(wait);
        thread.map_err(|error| Error::refused(format!("the system gives no more threads: {error}")))?;
        loop {
            match told.recv_timeout(TICK) {
                Ok(settled) => return settled.map_err(failed),
                Err(RecvTimeoutError::Timeout) if !stop() => {}
                Err(_) => return Ok(()),
            }
        }
    }

    fn take(&self, library: &Library, change: &Changed, fresh: Option<Words>) -> Result<()> {
        if change.renewed {
            self.writer.delete_term(Term::from_field_u64(self.fields.id, change.article.unsigned_abs()));
        }
        // An article that was purged in the meantime has a later note of its own.
        let Some(place) = change.place else { return Ok(()) };
        let words = match fresh {
            Some(words) => Some(words),
            None => stored_words(library, change.article)?,
        };
        let Some(words) = words else { return Ok(()) };
        let room = self.room_for(words.size())?;
        let entry = Entry::new(self.fields, change.article, place, words, room);
        self.writer.add_document(entry).map_err(failed)?;
        Ok(())
    }

    /// Waits until the thread that takes words in has made room for `bytes` more. Where that thread has ended, what waits
    /// for it is never given back: a deletion of nobody finds that out.
    fn room_for(&self, bytes: usize) -> Result<Taken> {
        loop {
            if let Some(room) = self.room.take(bytes, TICK) {
                return Ok(room);
            }
            let nobody = Term::from_field_u64(self.fields.id, u64::MAX);
            self.writer.run([UserOperation::Delete(nobody)]).map_err(failed)?;
        }
    }

    fn commit(&mut self, library: &Library) -> Result<()> {
        if self.uncommitted == 0 {
            return Ok(());
        }
        let commit = Commit { known: self.known, token: token(&library.connection)? };
        // Both until it is made: if this ends in between, the index is at the one or the other.
        let before = self.last.as_ref().map_or("", |last| last.token.as_str());
        keep(&library.connection, format!("{before} {}", commit.token).trim_start())?;
        let mut prepared = self.writer.prepare_commit().map_err(failed)?;
        prepared.set_payload(&commit.write());
        prepared.commit().map_err(failed)?;
        forget(library, &commit)?;
        self.last = Some(commit);
        self.uncommitted = 0;
        Ok(())
    }
}

struct Changed {
    number: i64,
    article: Id,
    /// The index may hold an older state of the article.
    renewed: bool,
    /// Where the article stands; `None` where it is no longer there.
    place: Option<i64>,
}

fn changes(library: &Library, known: i64) -> Result<Vec<Changed>> {
    let sql =
        "SELECT dirty.id, dirty.article, renewed, place FROM dirty LEFT JOIN article ON article.id = dirty.article
               WHERE dirty.id > ?1 ORDER BY dirty.id LIMIT ?2";
    let mut statement = library.connection.prepare_cached(sql)?;
    let changes = statement.query_map((known, HANDFUL.cast_signed()), |row| {
        Ok(Changed { number: row.get(0)?, article: row.get(1)?, renewed: row.get(2)?, place: row.get(3)? })
    })?;
    Ok(changes.collect::<std::result::Result<_, _>>()?)
}

/// The words of the article `id` as the library has it.
fn stored_words(library: &Library, id: Id) -> Result<Option<Words>> {
    let sql = "SELECT title, url, author, language, name FROM article
               LEFT JOIN source ON source.id = article.source WHERE article.id = ?1";
    let mut statement = library.connection.prepare_cached(sql)?;
    let row = statement.query_row([id], |row| {
        Ok(Article {
            title: row.get(0)?,
            url: row.get(1)?,
            author: row.get(2)?,
            language: row.get(3)?,
            source: row.get(4)?,
            ..Article::default()
        })
    });
    let Some(article) = row.optional()? else { return Ok(None) };
    // Of an article whose text is damaged the rest is still found; `Library::check` reports the damage.
    let (document, quotes) = library.readable_body(id)?.unwrap_or_else(|| (Document::default(), Vec::new()));
    Ok(Some(Words::new(&article, &document, &quotes)))
}

/// Drops the notes of changes that the index holds since `commit`, and the tokens of others.
fn forget(library: &Library, commit: &Commit) -> Result<()> {
    let transaction = library.write()?;
    transaction.execute("DELETE FROM dirty WHERE id <= ?1", [commit.known])?;
    keep(&transaction, &commit.token)?;
    transaction.commit()?;
    Ok(())
}

/// Keeps the tokens of the commits that the index may be at; writes nothing where they are kept already.
fn keep(connection: &Connection, tokens: &str) -> Result<()> {
    let sql = "INSERT INTO memory (key, value) VALUES (?1, ?2)
               ON CONFLICT (key) DO UPDATE SET value = ?2 WHERE value <> ?2";
    connection.execute(sql, (COMMITS, tokens))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::Index;
    use super::*;
    use crate::library::Prepared;

    #[test]
    fn a_thread_that_ended_is_an_error_and_not_a_wait() {
        let folder = tempfile::tempdir().unwrap();
        let mut library = Library::open(&folder.path().join("l.db")).unwrap();
        let article = Article { title: "one".to_owned(), ..Article::default() };
        library.add(&[Prepared::new(article, &[])], 0).unwrap();
        let mut index = Index::open(library.path());
        let mut writing = index.write(&library).unwrap().unwrap();
        // It cannot write the segment that this begins, and ends.
        std::fs::remove_dir_all(folder.path().join("l.db.index")).unwrap();
        let nothing = writing.room_for(0).unwrap();
        writing.writer.add_document(Entry::new(writing.fields, 1, 0, Words::default(), nothing)).unwrap();
        // All that waits for it, and will wait for ever.
        let _waiting = writing.room_for(WAITING).unwrap();
        assert!(writing.follow(&library, &mut HashMap::new()).is_err());
    }
}
