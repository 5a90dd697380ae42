//! The library's file opened: made where there is none, refused where it is not ours, brought up to date where it is old.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use super::origins::Origins;
use super::packing::Packing;
use super::sorting::Unsorted;
use super::stories::Stories;
use super::{fault, file, schema};
use crate::error::{Error, Result};

/// Statements kept prepared: more than the program has.
const STATEMENTS: usize = 128;

/// How long a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(5);

/// Every connection: durable when a call returns, nothing in the file's schema trusted to call functions.
const SETTINGS: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA temp_store = MEMORY;
    PRAGMA wal_autocheckpoint = 4000;
    PRAGMA journal_size_limit = 67108864;
    PRAGMA trusted_schema = OFF;
";

/// Memory for the file in KiB, as SQLite counts it, and while many articles are added.
const FEW: i64 = -8192;
const MANY: i64 = -12_288;

/// Everything that is kept, in one file. Each thread opens its own; several processes may have the same file open.
#[derive(Debug)]
pub struct Library {
    pub(super) connection: Connection,
    pub(super) packing: RefCell<Packing>,
    pub(super) stories: RefCell<Option<Arc<Stories>>>,
    pub(super) origins: RefCell<Origins>,
    /// Many articles are being added.
    pub(super) many: bool,
    /// Those that came last, where they are not sorted in.
    pub(super) unsorted: Option<Unsorted>,
    path: PathBuf,
}

impl Library {
    /// Opens the library at `path`, and makes it with its folders where there is none.
    ///
    /// # Errors
    /// A file that is not a library, is damaged or is newer than this program is refused and stays as it is.
    pub fn open(path: &Path) -> Result<Self> {
        if file::version(path)?.is_none() {
            create(path)?;
        }
        Self::connect(path)
    }

    /// Opens the library at `path`, which must be there.
    ///
    /// # Errors
    /// As for `open`.
    pub fn open_existing(path: &Path) -> Result<Self> {
        if file::version(path)?.is_none() {
            return Err(Error::refused(format!("there is no library at {}", path.display()))
                .hint("`pullquote add` makes one; --library FILE names another"));
        }
        Self::connect(path)
    }

    /// Opens the library at `path` once more in a process that has it open. Nobody but SQLite opens the file here: closing it
    /// would give up every lock that this process has on it (POSIX), those of the other connections too.
    ///
    /// # Errors
    /// The library is gone, damaged or newer.
    pub fn open_again(path: &Path) -> Result<Self> {
        Self::connect(path)
    }

    /// The library's file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Keeps little of the file in memory, for one of several that have it open: the system has it in its own.
    pub fn keep_little(&self) -> Result<()> {
        self.connection.execute_batch("PRAGMA cache_size = -1024")?;
        Ok(())
    }

    /// Brings what is in the log into the file, if nobody else reads or writes just now: whoever opens the library next would
    /// have to read all of the log first.
    pub fn settle(&self) -> Result<()> {
        self.connection.busy_timeout(Duration::ZERO)?;
        self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        self.connection.busy_timeout(PATIENCE)?;
        Ok(())
    }

    /// Changes whenever another connection has changed the library, in this process or another.
    pub fn data_version(&self) -> Result<i64> {
        version(&self.connection)
    }

    /// Makes ready for many articles to be added: they are sorted in together, and more of the file is kept in memory.
    pub fn expect_many(&mut self) -> Result<()> {
        self.many = true;
        Ok(self.connection.pragma_update(None, "cache_size", MANY)?)
    }

    /// Ends what `expect_many` began.
    pub fn expect_few(&mut self) -> Result<()> {
        self.many = false;
        self.unsorted = None;
        self.sort_in()?;
        Ok(self.connection.pragma_update(None, "cache_size", FEW)?)
    }

    /// Rows that this connection has changed since it was opened.
    pub(super) fn own_changes(&self) -> u64 {
        self.connection.total_changes()
    }

    /// Another one after any change of the library, by whomever: equal ones mean that nothing changed in between.
    pub(super) fn state(&self) -> Result<(i64, u64)> {
        Ok((self.data_version()?, self.own_changes()))
    }

    /// Begins writing. The lock is taken at once: a reader that turns writer could not wait for another one.
    pub(super) fn write(&self) -> Result<Transaction<'_>> {
        Ok(Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?)
    }

    fn connect(path: &Path) -> Result<Self> {
        let mut connection = connect(path)?;
        let version = schema::version(&connection)?;
        file::refuse_newer(path, version)?;
        if version < schema::VERSION {
            drop(connection);
            Self::convert(path, &Arc::default(), &mut |_| ())?;
            connection = connect(path)?;
        }
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        Ok(Self {
            connection,
            packing: RefCell::default(),
            stories: RefCell::default(),
            origins: RefCell::default(),
            many: false,
            unsorted: None,
            path: path.to_owned(),
        })
    }
}

/// As `Library::data_version`.
pub(super) fn version(connection: &Connection) -> Result<i64> {
    let mut statement = connection.prepare_cached("PRAGMA data_version")?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

/// A connection to the library at `path`, whatever version it has.
pub(super) fn connect(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    // Before anything else, so that even the first statement waits for another process.
    connection.busy_timeout(PATIENCE)?;
    // A plan for any value: otherwise some statements are planned anew each time they are given another one.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.execute_batch(SETTINGS)?;
    connection.pragma_update(None, "cache_size", FEW)?;
    Ok(connection)
}

/// Makes a new library under another name and moves it into place when it is whole, so that nobody ever meets half of one.
fn create(path: &Path) -> Result<()> {
    file::refuse_orphan(path)?;
    let failed = |error: &std::io::Error| fault::file(path, error);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(|error| failed(&error))?;
    let draft = tempfile::Builder::new()
        .prefix(".pullquote-")
        .tempfile_in(folder)
        .map_err(|error| failed(&error))?
        .into_temp_path();
    let connection = Connection::open_with_flags(&draft, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.execute_batch("PRAGMA page_size = 8192")?;
    connection.execute_batch(SETTINGS)?;
    schema::make(&connection)?;
    connection.close().map_err(|(_, error)| error)?;
    match draft.persist_noclobber(path) {
        Ok(()) => Ok(()),
        // Another process was first: theirs is as good.
        Err(_) if path.exists() => file::version(path).map(drop),
        Err(error) => Err(failed(&error.error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Added, Prepared};
    use crate::model::{Article, Document};

    #[test]
    fn the_log_is_empty_once_it_is_settled() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("l.db");
        let library = Library::open(&path).unwrap();
        library.connection.execute_batch("INSERT INTO tag (name) VALUES ('boats')").unwrap();
        let log = || std::fs::metadata(file::beside(&path, "-wal")).unwrap().len();
        assert!(log() > 0);
        library.settle().unwrap();
        assert_eq!(log(), 0);
    }

    #[test]
    fn a_full_disk_is_an_error_and_what_was_stored_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("l.db");
        let mut library = Library::open(&path).unwrap();
        let pages: i64 = library.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
        library.connection.execute_batch(&format!("PRAGMA max_page_count = {}", pages + 40)).unwrap();
        let mut stored = 0;
        let error = (0..100_u64)
            .find_map(|n| {
                // Noise, which takes room however it is packed.
                let words = (0..2000_u64).map(|at| (n * 2000 + at + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15).to_string());
                let title = format!("t{n}");
                let article = Article {
                    title: title.clone(),
                    document: Document::plain([words.collect::<Vec<_>>().join(" ").as_str()]),
                    ..Article::default()
                };
                let added = library.add(&[Prepared::new(article, &[])], 0);
                stored += added.iter().flatten().filter(|added| matches!(added, Added::New(_))).count();
                added.err()
            })
            .unwrap();
        assert_eq!(error.message, "the disk is full");
        assert!(stored > 0);
        drop(library);
        let library = Library::open_existing(&path).unwrap();
        assert_eq!(library.check().unwrap(), Vec::<String>::new());
        assert_eq!(library.counts().unwrap().all, stored as u64);
    }

    /// The locks that this process has on the file at `path`, as Linux tells them; none where nobody tells.
    fn locks(path: &Path) -> usize {
        use std::os::unix::fs::MetadataExt;
        let file = format!(":{} ", std::fs::metadata(path).unwrap().ino());
        let own = format!(" {} ", std::process::id());
        let all = std::fs::read_to_string("/proc/locks").unwrap_or_default();
        all.lines().filter(|line| line.contains(&file) && line.contains(&own)).count()
    }

    #[test]
    fn opened_again_and_closed_it_takes_no_lock_from_who_has_it_open() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("l.db");
        let library = Library::open(&path).unwrap();
        library.counts().unwrap();
        let before = locks(&path);
        let again = Library::open_again(&path).unwrap();
        again.counts().unwrap();
        assert_eq!(locks(&path), before);
        drop(again);
        assert_eq!(locks(&path), before);
    }
}
