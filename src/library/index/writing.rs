//! The index being told of changes, by whoever holds its lock: in the background from the library, or while articles are
//! added, from what is at hand of them.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::path::Path;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension};
use tantivy::IndexWriter;
use tantivy::index::Segment;
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};

use super::catch_up::{CaughtUp, behind, token};
use super::entry::Words;
use super::fields::Fields;
use super::files::Files;
use super::inverting::Inverting;
use super::outdated::Outdated;
use super::{COMMITS, Commit, Opened, failed};
use crate::error::{Error, Result};
use crate::library::renaming;
use crate::library::store::Library;
use crate::model::{Article, Document, Id};

/// Changes that are read from the library at a time.
const HANDFUL: u64 = 500;
/// Changes after which the index is made durable and searchable in any case …
const COMMIT: u64 = 50_000;
/// … and bytes of words after which it is. They become a segment, for which they take half of the room: fewer and larger
/// segments are put together less often.
const BUDGET: usize = 64_000_000;
const SMALL_BUDGET: usize = 20_000_000;
/// Articles from which on a segment is put together with no other: that would take as much memory as time.
const LARGE: usize = 100_000;
/// The least memory that tantivy's own buffer can be given, in bytes. It is told no documents, and takes none.
const UNUSED: usize = 15_000_000;
/// How often a wait is broken off to see whether the reader wants to stop.
const TICK: Duration = Duration::from_millis(100);

/// The index while it is written. Its segments are made here (`inverting`); tantivy keeps account of them, puts them together
/// and deletes from them.
pub struct Writing {
    _lock: File,
    fields: Fields,
    writer: IndexWriter,
    inverting: Option<Inverting>,
    /// What came before is made a segment while more is told.
    closing: Option<Closing>,
    /// Bytes of words that may be handed over before they become a segment, and those that were.
    budget: usize,
    handed: usize,
    /// Articles that were handed over and are in no segment yet.
    waiting: HashSet<Id>,
    /// Articles of which the index may hold an older state.
    outdated: Vec<u64>,
    last: Option<Commit>,
    /// The number of the last change that the writer was told.
    known: i64,
    uncommitted: u64,
}

/// Changes that are on their way to be durable and searchable.
struct Closing {
    /// A segment is being made of them.
    promised: bool,
    waiting: HashSet<Id>,
    outdated: Vec<u64>,
    /// The number of the last of them, and how many they are.
    known: i64,
    changes: u64,
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
        let options = IndexWriterOptions::builder()
            .num_worker_threads(1)
            .num_merge_threads(1)
            .memory_budget_per_thread(UNUSED)
            .build();
        let writer = index.writer_with_options(options).map_err(failed)?;
        let mut merging = LogMergePolicy::default();
        merging.set_max_docs_before_merge(LARGE);
        writer.set_merge_policy(Box::new(merging));
        let known = last.as_ref().map_or(0, |commit| commit.known);
        Ok(Self {
            _lock: lock,
            fields: opened.fields,
            writer,
            inverting: None,
            closing: None,
            budget: if much { BUDGET } else { SMALL_BUDGET },
            handed: 0,
            waiting: HashSet::new(),
            outdated: Vec::new(),
            last,
            known,
            uncommitted: 0,
        })
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
            if self.uncommitted >= COMMIT || self.handed >= self.budget {
                self.close(library)?;
            }
        }
        self.complete(library, false)?;
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
        let mut done = self.uncommitted + self.closing.as_ref().map_or(0, |closing| closing.changes);
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

    fn take(&mut self, library: &Library, change: &Changed, fresh: Option<Words>) -> Result<()> {
        if change.renewed {
            let closing = self.closing.iter().filter_map(|closing| closing.waiting.get(&change.article));
            if closing.chain(self.waiting.get(&change.article)).next().is_some() {
                // What is in no segment yet cannot be deleted.
                self.commit(library)?;
            }
            self.outdated.push(change.article.unsigned_abs());
        }
        // An article that was purged in the meantime has a later note of its own.
        let Some(place) = change.place else { return Ok(()) };
        let words = match fresh {
            Some(words) => Some(words),
            None => stored_words(library, change.article)?,
        };
        let Some(words) = words else { return Ok(()) };
        let inverting = match &mut self.inverting {
            Some(inverting) => inverting,
            none => none.insert(Inverting::start(self.writer.index(), self.fields)?),
        };
        self.waiting.insert(change.article);
        self.handed += words.size();
        if inverting.take(change.article, place, words) {
            return Ok(());
        }
        // It ended, and this says why.
        inverting.segment(true)?;
        Err(Error::refused("the search index failed: a thread ended"))
    }

    fn commit(&mut self, library: &Library) -> Result<()> {
        self.close(library)?;
        self.complete(library, true)
    }

    /// Begins to make a segment of all that was handed over. One is made at a time: the one before is waited for.
    fn close(&mut self, library: &Library) -> Result<()> {
        self.complete(library, true)?;
        if self.uncommitted > 0 {
            let inverting = self.inverting.as_ref().filter(|_| !self.waiting.is_empty());
            inverting.inspect(|inverting| inverting.end());
            self.closing = Some(Closing {
                promised: inverting.is_some(),
                waiting: std::mem::take(&mut self.waiting),
                outdated: std::mem::take(&mut self.outdated),
                known: self.known,
                changes: std::mem::take(&mut self.uncommitted),
            });
            self.handed = 0;
        }
        Ok(())
    }

    /// Puts the segment that is being made in place of what is outdated, and makes it durable and searchable, if it is made
    /// or is `awaited`.
    fn complete(&mut self, library: &Library, awaited: bool) -> Result<()> {
        let Some(closing) = &self.closing else { return Ok(()) };
        let inverting = self.inverting.as_ref().filter(|_| closing.promised);
        let segment = inverting.map(|inverting| inverting.segment(awaited)).transpose()?.flatten();
        if closing.promised && segment.is_none() {
            return Ok(());
        }
        let Some(Closing { outdated, known, .. }) = self.closing.take() else { return Ok(()) };
        if let Some(segment) = &segment {
            self.writer.add_segment(segment.meta().clone()).map_err(failed)?;
        }
        if !outdated.is_empty() {
            let newer = segment.as_ref().map(Segment::id);
            let outdated = Outdated { id: self.fields.id, articles: outdated, newer };
            self.writer.delete_query(Box::new(outdated)).map_err(failed)?;
        }
        let commit = Commit { known, token: token(&library.connection)? };
        // Both until it is made: if this ends in between, the index is at the one or the other.
        let before = self.last.as_ref().map_or("", |last| last.token.as_str());
        keep(&library.connection, format!("{before} {}", commit.token).trim_start())?;
        let mut prepared = self.writer.prepare_commit().map_err(failed)?;
        prepared.set_payload(&commit.write());
        prepared.commit().map_err(failed)?;
        forget(library, &commit)?;
        self.last = Some(commit);
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
