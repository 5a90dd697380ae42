//! A library of an earlier version brought to its new form: copied as it is, then converted in one transaction, while no other
//! program writes to it. Tells what it does, and leaves everything as it was where it fails or is stopped.

use std::fs::{self, File};
use std::io::{self, Seek};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};
use tempfile::TempPath;

use super::store::{self, Library};
use super::{backup, fault, file, schema};
use crate::error::{Error, Exit, Result};
use crate::model::Conversion;

/// How long one try to be the only writer takes.
const TRY: Duration = Duration::from_millis(200);

/// Tries after which it gives up: two minutes, in which another process converts a million articles several times.
const TRIES: u32 = 600;

/// SQLite's operations between two looks at whether to stop: some milliseconds.
const LOOK: i32 = 100_000;

/// Bytes that are copied between two looks.
const PIECE: u64 = 32 << 20;

/// What the conversion itself writes, as part of what is there: a tenth at a million articles.
const GROWTH: u64 = 8;

impl Library {
    /// Whether the file at `path` is a library of an earlier version, which is converted before it is used.
    ///
    /// # Errors
    /// As for `open`.
    pub fn is_older(path: &Path) -> Result<bool> {
        Ok(file::version(path)?.is_some_and(|version| version < schema::VERSION))
    }

    /// Brings the library at `path` to its new form, if it is of an earlier version; a copy of it as it was stays beside it. Waits
    /// for other programs that use it. All or nothing: where it fails, or `stop` is set meanwhile, everything is as before.
    ///
    /// # Errors
    /// There is no room for the copy; another program does not let go of the library; it was stopped.
    pub fn convert(path: &Path, stop: &Arc<AtomicBool>, tell: &mut dyn FnMut(Conversion)) -> Result<()> {
        // Closed behind the connection: closing it gives up all locks that this process has on the file (POSIX).
        let source = File::open(path).map_err(|error| fault::file(path, &error))?;
        let mut connection = store::connect(path)?;
        connection.busy_timeout(TRY)?;
        let stopped = Arc::clone(stop);
        connection.progress_handler(LOOK, Some(move || stopped.load(Ordering::Relaxed)))?;
        for _ in 0..TRIES {
            // Another process may have been first.
            if schema::version(&connection)? >= schema::VERSION {
                return Ok(());
            }
            if let Some(transaction) = begin(&connection, path)? {
                let done = convert(transaction, path, &source, stop, tell);
                return done.map_err(|error| if stop.load(Ordering::Relaxed) { stopped_at(path) } else { error });
            }
            tell(Conversion::Waiting);
            if stop.load(Ordering::Relaxed) {
                return Err(stopped_at(path));
            }
        }
        Err(Error::refused(format!(
            "{} has to be brought to its new form, and another program uses it",
            path.display()
        ))
        .hint("close the other pullquote, then try again"))
    }
}

fn stopped_at(path: &Path) -> Error {
    Error { exit: Exit::Interrupted, ..Error::refused(format!("stopped; {} is as it was", path.display())) }
}

/// Begins to write at a moment at which the file has everything and the log nothing; `None` where others do not let it. While
/// it writes, nobody else brings anything from the log into the file: the file stays as it is.
fn begin<'a>(connection: &'a Connection, path: &Path) -> Result<Option<Transaction<'a>>> {
    let emptied = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
    let begun = emptied.and_then(|()| Transaction::new_unchecked(connection, TransactionBehavior::Immediate));
    match begun {
        Ok(transaction) => Ok((!file::has_log(path)).then_some(transaction)),
        Err(fault) if fault.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => Ok(None),
        Err(fault) => Err(fault.into()),
    }
}

fn convert(
    transaction: Transaction,
    path: &Path,
    source: &File,
    stop: &AtomicBool,
    tell: &mut dyn FnMut(Conversion),
) -> Result<()> {
    let from = schema::version(&transaction)?;
    if from >= schema::VERSION {
        return Ok(());
    }
    let kept = free_name(path, from);
    let mut copying = |done, of| tell(Conversion::Copying { kept: kept.clone(), done, of });
    let copy = copied(path, source, from, stop, &mut copying)?;
    tell(Conversion::Converting { kept: kept.clone() });
    if stop.load(Ordering::Relaxed) {
        return Err(stopped_at(path));
    }
    schema::advance(&transaction)?;
    backup::keep(copy, &kept)?;
    transaction.commit().map_err(|error| {
        // It is not needed: the library is as it was.
        let _ = fs::remove_file(&kept);
        error.into()
    })
}

/// Beside the library at `path`, a name for a copy of the version `from` that nothing has yet.
fn free_name(path: &Path, from: u32) -> PathBuf {
    let mut name = file::beside(path, &format!(".version-{from}"));
    let mut number = 1;
    while name.exists() {
        number += 1;
        name = file::beside(path, &format!(".version-{from}-{number}"));
    }
    name
}

/// A copy of the library at `path`, which is `source` and whose log is empty, in a file that goes when it is not kept. Its name is always the same, so
/// that what a killed process left is written over.
fn copied(
    path: &Path,
    mut source: &File,
    from: u32,
    stop: &AtomicBool,
    tell: &mut dyn FnMut(u64, u64),
) -> Result<TempPath> {
    let name = file::beside(path, &format!(".version-{from}.part"));
    let failed = |error: &io::Error| fault::file(&name, error);
    let draft = TempPath::try_from_path(&name).map_err(|error| failed(&error))?;
    source.rewind().map_err(|error| fault::file(path, &error))?;
    let copy = File::create(&name).map_err(|error| failed(&error))?;
    let metadata = source.metadata().map_err(|error| fault::file(path, &error))?;
    // Readable by those who may read the library, before there is anything in it.
    let rights = fs::Permissions::from_mode(metadata.permissions().mode());
    copy.set_permissions(rights).map_err(|error| failed(&error))?;
    let of = metadata.len();
    tell(0, of);
    if !shared(source, &copy) {
        refuse_without_room(path, free(&name), of)?;
        let mut done = 0;
        while done < of {
            if stop.load(Ordering::Relaxed) {
                return Err(stopped_at(path));
            }
            let piece = io::copy(&mut io::Read::take(source, PIECE), &mut &copy).map_err(|error| failed(&error))?;
            if piece == 0 {
                return Err(fault::damaged(&format!("{done} bytes of {of} are there")));
            }
            done += piece;
            tell(done, of);
        }
    }
    copy.sync_all().map_err(|error| failed(&error))?;
    // Before SQLite opens it.
    drop(copy);
    backup::disown_index(&name)?;
    Ok(draft)
}

/// Whether `copy` now shares what `source` holds: where the file system can do that, it takes neither time nor room.
#[cfg(target_os = "linux")]
fn shared(source: &File, copy: &File) -> bool {
    rustix::fs::ioctl_ficlone(copy, source).is_ok()
}

#[cfg(not(target_os = "linux"))]
fn shared(_: &File, _: &File) -> bool {
    false
}

/// Bytes that are free where `path` is; `None` where the system does not say.
fn free(path: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(path).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

fn refuse_without_room(path: &Path, free: Option<u64>, size: u64) -> Result<()> {
    let needed = size + size / GROWTH;
    let Some(free) = free.filter(|free| *free < needed) else { return Ok(()) };
    let megabytes = |bytes: u64| bytes.div_ceil(1_000_000);
    Err(Error::refused(format!(
        "there is no room to bring {} to its new form: it is copied first, which takes {} MB, and {} MB are free",
        path.display(),
        megabytes(needed),
        megabytes(free)
    ))
    .hint("make room there, or move the library to a larger disk and name it with --library FILE; it is as it was"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn never() -> Arc<AtomicBool> {
        Arc::default()
    }

    /// A library of the version before this one, with nothing of the last step in it: enough for whoever looks at the number.
    fn older(folder: &Path) -> PathBuf {
        let path = folder.join("l.db");
        let library = Library::open(&path).unwrap();
        let undo = "DROP TABLE known; DROP TABLE speaking; CREATE INDEX article_key ON article (key);
                    CREATE INDEX article_content ON article (content);
                    CREATE INDEX voice_speaker ON voice (speaker, place);";
        library.connection.execute_batch(undo).unwrap();
        library.connection.pragma_update(None, "user_version", schema::VERSION - 1).unwrap();
        path
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn version_of(path: &Path) -> u32 {
        schema::version(&Connection::open(path).unwrap()).unwrap()
    }

    #[test]
    fn it_is_told_what_is_done_and_the_copy_takes_the_place_of_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = older(folder.path());
        assert!(Library::is_older(&path).unwrap());
        let before = schema::VERSION - 1;
        let [first, second] = ["", "-2"].map(|end| folder.path().join(format!("l.db.version-{before}{end}")));
        fs::write(&first, "the first").unwrap();
        // What a killed process left is written over.
        fs::write(folder.path().join(format!("l.db.version-{before}.part")), "half of it").unwrap();
        let size = fs::metadata(&path).unwrap().len();
        let mut told = Vec::new();
        Library::convert(&path, &never(), &mut |step| told.push(step)).unwrap();
        assert_eq!(told.first(), Some(&Conversion::Copying { kept: second.clone(), done: 0, of: size }));
        assert_eq!(told.last(), Some(&Conversion::Converting { kept: second.clone() }));
        assert_eq!(fs::read(&first).unwrap(), b"the first");
        assert_eq!((version_of(&second), version_of(&path)), (before, schema::VERSION));
        assert!(!Library::is_older(&path).unwrap());
        let of = |end: &str| format!("l.db.version-{before}{end}");
        assert_eq!(names(folder.path()), ["l.db".to_owned(), of(""), of("-2")]);
        let rights = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(rights(&second), rights(&path));
    }

    #[test]
    fn stopped_at_any_step_it_leaves_everything_as_it_was() {
        for after in 0..3 {
            let folder = tempfile::tempdir().unwrap();
            let path = older(folder.path());
            let (stop, mut left) = (never(), after);
            let stopped = Library::convert(&path, &stop, &mut |_| {
                stop.fetch_or(left == 0, Ordering::Relaxed);
                left -= 1;
            });
            assert_eq!(stopped.unwrap_err().exit, Exit::Interrupted);
            assert_eq!((version_of(&path), names(folder.path())), (schema::VERSION - 1, vec!["l.db".into()]));
        }
    }

    #[test]
    fn a_step_that_fails_changes_nothing_and_leaves_no_copy() {
        let folder = tempfile::tempdir().unwrap();
        let path = older(folder.path());
        Connection::open(&path).unwrap().execute_batch("CREATE TABLE known (in_the_way)").unwrap();
        assert!(Library::convert(&path, &never(), &mut |_| ()).is_err());
        assert_eq!((version_of(&path), names(folder.path())), (schema::VERSION - 1, vec!["l.db".into()]));
    }

    #[test]
    fn it_waits_for_another_program_and_finds_its_work_done() {
        let folder = tempfile::tempdir().unwrap();
        let path = older(folder.path());
        let other = store::connect(&path).unwrap();
        let mut theirs = begin(&other, &path).unwrap();
        let mut told = Vec::new();
        Library::convert(&path, &never(), &mut |step| {
            told.push(step);
            if let Some(transaction) = theirs.take() {
                schema::advance(&transaction).unwrap();
                transaction.commit().unwrap();
            }
        })
        .unwrap();
        assert_eq!(told, [Conversion::Waiting]);
        assert_eq!(version_of(&path), schema::VERSION);
        assert!(!names(folder.path()).iter().any(|name| name.contains("version")));
    }

    #[test]
    fn without_room_nothing_is_begun_and_the_remedy_is_named() {
        let path = Path::new("l.db");
        assert!(refuse_without_room(path, Some(4_500_000), 4_000_000).is_ok());
        assert!(refuse_without_room(path, None, 4_000_000).is_ok());
        let error = refuse_without_room(path, Some(4_499_999), 4_000_000).unwrap_err();
        assert!(error.message.contains("takes 5 MB, and 5 MB are free"), "{error}");
        assert!(error.hint.unwrap().contains("make room"));
    }
}
