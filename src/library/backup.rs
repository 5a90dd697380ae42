//! A copy of the library in one file, made while it is in use.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};
use tempfile::TempPath;

use super::store::Library;
use super::{fault, file, schema};
use crate::error::{Error, Result};

impl Library {
    /// Writes a compact copy of the library to `to`, which must not be there yet.
    pub fn backup(&self, to: &Path) -> Result<()> {
        if to.exists() {
            return Err(
                Error::refused(format!("{} is already there", to.display())).hint("name a file that is not there")
            );
        }
        keep(draft(&self.connection, to)?, to)
    }
}

/// Writes a copy of the library at `path`, which has the schema `version`, beside it under a name that is still free.
/// Nothing where another process has brought the library to another version meanwhile.
pub fn before_migration(connection: &Connection, path: &Path, version: u32) -> Result<()> {
    let draft = draft(connection, path)?;
    if schema::version(&Connection::open_with_flags(&draft, OpenFlags::SQLITE_OPEN_READ_ONLY)?)? != version {
        return Ok(());
    }
    let mut to = file::beside(path, &format!(".version-{version}"));
    let mut number = 1;
    while to.exists() {
        number += 1;
        to = file::beside(path, &format!(".version-{version}-{number}"));
    }
    keep(draft, &to)
}

/// A copy of the library in a file of its own, in the folder of `to`, that goes when it is not kept.
fn draft(connection: &Connection, to: &Path) -> Result<TempPath> {
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let draft = tempfile::Builder::new()
        .prefix(".pullquote-")
        .tempfile_in(folder)
        .map_err(|error| fault::file(to, &error))?
        .into_temp_path();
    let name = draft.to_str().ok_or_else(|| {
        Error::refused(format!("{} is not a name in UTF-8", folder.display())).hint("name another folder")
    })?;
    connection.execute("VACUUM INTO ?1", [name])?;
    // The copy may one day take the place of a library that has gone on: an index of that one is not its own.
    let copied = Connection::open_with_flags(&draft, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    copied.execute("DELETE FROM memory WHERE key = ?1", [super::index::NAME])?;
    copied.close().map_err(|(_, error)| error)?;
    Ok(draft)
}

/// Gives the draft its name; what is there stays.
fn keep(draft: TempPath, to: &Path) -> Result<()> {
    draft.persist_noclobber(to).map_err(|error| fault::file(to, &error.error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_before_a_migration_takes_the_place_of_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let connection = Connection::open_in_memory().unwrap();
        schema::migrate(&connection, |_| Ok(())).unwrap();
        let path = folder.path().join("library.db");
        let first = folder.path().join(format!("library.db.version-{}", schema::VERSION));
        std::fs::write(&first, "the first").unwrap();
        assert!(keep(draft(&connection, &first).unwrap(), &first).is_err());
        before_migration(&connection, &path, schema::VERSION).unwrap();
        assert_eq!(std::fs::read(&first).unwrap(), b"the first");
        let second = folder.path().join(format!("library.db.version-{}-2", schema::VERSION));
        let copied = Connection::open_with_flags(second, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        assert_eq!(schema::version(&copied).unwrap(), schema::VERSION);
    }

    #[test]
    fn a_library_that_another_process_has_migrated_is_not_copied_as_the_older_one() {
        let folder = tempfile::tempdir().unwrap();
        let connection = Connection::open_in_memory().unwrap();
        schema::migrate(&connection, |_| Ok(())).unwrap();
        before_migration(&connection, &folder.path().join("library.db"), schema::VERSION - 1).unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
