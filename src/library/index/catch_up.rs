//! Carrying the library's changes over to the index: who may, and from where on.
//!
//! The library notes each change in `dirty`, numbered, in the transaction that makes it. The index keeps with each commit the
//! number of the last change it holds, so that after a crash between the two nothing is lost and nothing is taken
//! twice. Each commit also has a token that the library keeps, so that another copy of the library's file is not taken for
//! it. One process at a time writes: whoever holds the lock file. The others leave the changes to it.

use std::fs::File;
use std::path::Path;

use rusqlite::Connection;

use super::writing::Writing;
use super::{COMMITS, Index, NAME, failed, fields};
use crate::error::Result;
use crate::library::fault;
use crate::library::store::Library;

/// Changes from which on more memory pays.
const MANY: u64 = 5_000;

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
        let there = self.reach(library)?.is_some();
        let behind = behind(library)?;
        if there && behind == 0 && library.is_sorted_in()? {
            return Ok(CaughtUp::Done);
        }
        // Where there is none, everything is still to be noted.
        let much = !there || behind > MANY;
        let Some(writing) = self.lock(library, false, much)? else { return Ok(CaughtUp::Elsewhere) };
        // Whoever adds many holds the lock and does it in time; what is left was left by one that ended too early.
        library.sort_in()?;
        writing.drain(library, stop, progress)
    }

    /// Builds the index anew from the beginning, as `catch_up` does where there is none.
    pub fn rebuild(
        &mut self,
        library: &Library,
        stop: &dyn Fn() -> bool,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<CaughtUp> {
        let Some(writing) = self.lock(library, true, true)? else { return Ok(CaughtUp::Elsewhere) };
        writing.drain(library, stop, progress)
    }

    /// The index ready to be told of many changes; `None` where another process or thread is doing it.
    pub fn write(&mut self, library: &Library) -> Result<Option<Writing>> {
        self.lock(library, false, true)
    }

    fn lock(&mut self, library: &Library, anew: bool, much: bool) -> Result<Option<Writing>> {
        std::fs::create_dir_all(&self.root).map_err(|error| fault::file(&self.root, &error))?;
        let path = self.root.join("lock");
        let lock = File::create(&path).map_err(|error| fault::file(&path, &error))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(std::fs::TryLockError::WouldBlock) => return Ok(None),
            Err(std::fs::TryLockError::Error(error)) => return Err(fault::file(&path, &error)),
        }
        // Somebody else may have made one just before.
        if anew || self.reach(library)?.is_none() {
            self.begin(library)?;
        }
        let root = self.root.clone();
        let Some(opened) = self.reach(library)? else { return Ok(None) };
        Ok(Some(Writing::new(lock, &root.join(&opened.name), opened, library, much)?))
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
pub(super) fn token(connection: &Connection) -> Result<String> {
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
