//! Whether somebody reads in a library just now, for other processes that work on it.

use std::fs::File;
use std::path::Path;

use super::file::beside;

/// Somebody reads for as long as this is held.
#[derive(Debug)]
pub struct Attending {
    _lock: File,
}

/// Says that somebody reads in the library at `path`; `None` where the system has no means for it.
#[must_use]
pub fn attend(path: &Path) -> Option<Attending> {
    std::fs::create_dir_all(beside(path, ".index")).ok()?;
    let lock = open(path)?;
    lock.try_lock_shared().ok()?;
    Some(Attending { _lock: lock })
}

/// Whether somebody reads in the library at `path`, in this process or another.
#[must_use]
pub fn is_attended(path: &Path) -> bool {
    open(path).is_some_and(|lock| lock.try_lock().is_err())
}

/// The file that readers hold, beside the index: another handle of the library's own file would undo SQLite's locks.
fn open(path: &Path) -> Option<File> {
    let file = beside(path, ".index").join("reading");
    File::options().create(true).truncate(false).write(true).open(file).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_library_is_attended_as_long_as_anybody_reads() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("l.db");
        assert!(!is_attended(&path));
        let (one, other) = (attend(&path).unwrap(), attend(&path).unwrap());
        assert!(is_attended(&path));
        drop(one);
        assert!(is_attended(&path));
        drop(other);
        assert!(!is_attended(&path));
    }
}
