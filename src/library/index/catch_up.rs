//! Carrying the library's changes over to the index.
//!
//! The library notes each change in `dirty`, numbered, in the transaction that makes it. The index keeps with each commit the
//! number of the last change it holds, so that after a crash between the two nothing is lost and nothing is taken
//! twice. Each commit also has a token that the library keeps, so that another copy of the library's file is not taken for
//! it. One process at a time writes: whoever holds the lock file. The others leave the changes to it.

use std::fs::File;
use std::path::Path;

use rusqlite::{Connection, OptionalExtension};
use tantivy::{IndexWriter, TantivyDocument, Term};

use super::fields::{self, Fields};
use super::{COMMITS, Commit, Index, NAME, Opened, failed};
use crate::error::Result;
use crate::library::fault;
use crate::library::store::Library;
use crate::model::{Document, Id, Quote};

/// Changes that are read from the library at a time.
const HANDFUL: usize = 500;
/// Changes after which the index is made durable and searchable.
const COMMIT: u64 = 20_000;
/// Changes from which on two threads and more memory pay.
const MANY: u64 = 5_000;
/// Memory for articles that are being indexed, in bytes.
const BUDGET: usize = 30_000_000;

/// How far `catch_up` came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaughtUp {
    /// The index knows the library as it is.
    Done,
    /// It was stopped; what it did is kept.
    Stopped,
    /// Another process or thread is doing it.
    Elsewhere,
}

impl Index {
    /// Tells the index what changed in the library since it last heard, from the beginning where there is none. Looks at `stop`
    /// between handfuls of articles, and reports to `progress` how many changes are done and how many there are.
    pub fn catch_up(
        &mut self,
        library: &Library,
        stop: &dyn Fn() -> bool,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<CaughtUp> {
        if self.reach(library)?.is_some() && behind(library)? == 0 {
            return Ok(CaughtUp::Done);
        }
        self.write(library, false, stop, progress)
    }

    /// Builds the index anew from the beginning, as `catch_up` does where there is none.
    pub fn rebuild(
        &mut self,
        library: &Library,
        stop: &dyn Fn() -> bool,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<CaughtUp> {
        self.write(library, true, stop, progress)
    }

    fn write(
        &mut self,
        library: &Library,
        anew: bool,
        stop: &dyn Fn() -> bool,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<CaughtUp> {
        std::fs::create_dir_all(&self.root).map_err(|error| fault::file(&self.root, &error))?;
        let path = self.root.join("lock");
        let lock = File::create(&path).map_err(|error| fault::file(&path, &error))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(std::fs::TryLockError::WouldBlock) => return Ok(CaughtUp::Elsewhere),
            Err(std::fs::TryLockError::Error(error)) => return Err(fault::file(&path, &error)),
        }
        // Somebody else may have made one just before.
        if anew || self.reach(library)?.is_none() {
            self.begin(library)?;
        }
        let Some(opened) = self.reach(library)? else { return Ok(CaughtUp::Stopped) };
        drain(opened, library, stop, progress)
    }

    /// Forgets the index and makes an empty one, with every article still to be told.
    fn begin(&mut self, library: &Library) -> Result<()> {
        self.opened = None;
        let transaction = library.write()?;
        transaction.execute_batch(
            "DELETE FROM dirty;
             INSERT INTO dirty (article, renewed) SELECT id, 0 FROM article ORDER BY id;",
        )?;
        let name = token(&transaction)?;
        transaction.execute("DELETE FROM memory WHERE key = ?1", [COMMITS])?;
        transaction.execute("INSERT OR REPLACE INTO memory (key, value) VALUES (?1, ?2)", (NAME, &name))?;
        let folder = self.root.join(&name);
        std::fs::create_dir_all(&folder).map_err(|error| fault::file(&folder, &error))?;
        let index = tantivy::Index::builder().schema(fields::schema()).settings(fields::settings());
        index.create_in_dir(&folder).map_err(failed)?;
        transaction.commit()?;
        clear(&self.root, &name);
        Ok(())
    }
}

/// How many changes the index does not know yet, as far as the library knows.
pub fn behind(library: &Library) -> Result<u64> {
    let mut statement = library.connection.prepare_cached("SELECT count(*) FROM dirty")?;
    Ok(u64::from(statement.query_row([], |row| row.get::<_, u32>(0))?))
}

/// A name that is nobody's yet.
fn token(connection: &Connection) -> Result<String> {
    Ok(connection.query_row("SELECT lower(hex(randomblob(8)))", [], |row| row.get(0))?)
}

/// Removes the folders of indexes that are no longer in use. One that cannot be removed does no harm.
fn clear(root: &Path, name: &str) {
    for entry in std::fs::read_dir(root).into_iter().flatten().flatten() {
        if entry.file_name() != name && entry.path().is_dir() {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

fn drain(
    opened: &Opened,
    library: &Library,
    stop: &dyn Fn() -> bool,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<CaughtUp> {
    let mut last = opened.commit()?;
    if let Some(commit) = &last {
        forget(library, commit)?;
    }
    let mut known = last.as_ref().map_or(0, |commit| commit.known);
    let total = behind(library)?;
    let threads = if total > MANY { 2 } else { 1 };
    let mut writer: IndexWriter = opened.index.writer_with_num_threads(threads, BUDGET * threads).map_err(failed)?;
    let mut done = 0;
    let mut uncommitted = 0;
    let mut stopped = false;
    loop {
        stopped |= stop();
        let changes = if stopped { Vec::new() } else { changes(library, known)? };
        for change in &changes {
            take(&writer, opened.fields, library, *change)?;
            known = change.number;
            uncommitted += 1;
        }
        if uncommitted >= COMMIT || changes.is_empty() && uncommitted > 0 {
            let commit = Commit { known, token: token(&library.connection)? };
            // Both until it is made: if this ends in between, the index is at the one or the other.
            let before = last.as_ref().map_or("", |last| last.token.as_str());
            keep(&library.connection, format!("{before} {}", commit.token).trim_start())?;
            let mut prepared = writer.prepare_commit().map_err(failed)?;
            prepared.set_payload(&commit.write());
            prepared.commit().map_err(failed)?;
            forget(library, &commit)?;
            last = Some(commit);
            done += uncommitted;
            uncommitted = 0;
        }
        progress(done + uncommitted, total.max(done + uncommitted));
        if changes.is_empty() {
            break;
        }
    }
    // Small segments are put together in the background; a writer that is dropped would leave them as they are.
    writer.wait_merging_threads().map_err(failed)?;
    Ok(if stopped { CaughtUp::Stopped } else { CaughtUp::Done })
}

#[derive(Clone, Copy)]
struct Changed {
    number: i64,
    article: Id,
    /// The index may hold an older state of the article.
    renewed: bool,
}

fn changes(library: &Library, known: i64) -> Result<Vec<Changed>> {
    let sql = "SELECT id, article, renewed FROM dirty WHERE id > ?1 ORDER BY id LIMIT ?2";
    let mut statement = library.connection.prepare_cached(sql)?;
    let changes = statement.query_map((known, u32::try_from(HANDFUL).unwrap_or(u32::MAX)), |row| {
        Ok(Changed { number: row.get(0)?, article: row.get(1)?, renewed: row.get(2)? })
    })?;
    Ok(changes.collect::<std::result::Result<_, _>>()?)
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

fn take(writer: &IndexWriter, fields: Fields, library: &Library, change: Changed) -> Result<()> {
    let number = change.article.unsigned_abs();
    if change.renewed {
        writer.delete_term(Term::from_field_u64(fields.id, number));
    }
    let sql = "SELECT place, title, url, author, language, name FROM article
               LEFT JOIN source ON source.id = article.source WHERE article.id = ?1";
    let mut statement = library.connection.prepare_cached(sql)?;
    let row = statement.query_row([change.article], |row| {
        let mut document = TantivyDocument::default();
        document.add_u64(fields.id, number);
        document.add_i64(fields.place, row.get(0)?);
        let title = row.get_ref(1)?.as_str()?;
        for field in [fields.title, fields.any, fields.begun] {
            document.add_text(field, title);
        }
        let rest = [(2, fields.url), (3, fields.author), (4, fields.language), (5, fields.source)];
        for (column, field) in rest {
            if let Some(text) = row.get_ref(column)?.as_str_or_null()? {
                document.add_text(field, text);
            }
        }
        Ok(document)
    });
    // An article that was purged in the meantime has a later note of its own.
    let Some(mut document) = row.optional()? else { return Ok(()) };
    // Of an article whose text is damaged the rest is still found; `Library::check` reports the damage.
    if let Some((body, quotes)) = library.readable_body(change.article)? {
        add_body(&mut document, fields, &body, &quotes);
    }
    writer.add_document(document).map_err(failed)?;
    Ok(())
}

fn add_body(document: &mut TantivyDocument, fields: Fields, body: &Document, quotes: &[Quote]) {
    document.add_text(fields.any, body.text());
    document.add_text(fields.begun, body.text());
    for quote in quotes.iter().filter(|quote| quote.speech) {
        document.add_text(fields.said, body.slice(&quote.span));
        if let Some(speaker) = &quote.speaker {
            document.add_text(fields.speaker, speaker);
        }
    }
}
