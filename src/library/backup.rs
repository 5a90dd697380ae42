//! A copy of the library in one file, made while it is in use.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};
use tempfile::TempPath;

use super::fault;
use super::store::Library;
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
    disown_index(&draft)?;
    Ok(draft)
}

/// Makes a copy of the library a library of its own: it may one day take the place of one that has gone on, whose index is not
/// the copy's.
pub(super) fn disown_index(copy: &Path) -> Result<()> {
    let copied = Connection::open_with_flags(copy, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    copied.execute("DELETE FROM memory WHERE key = ?1", [super::index::NAME])?;
    Ok(copied.close().map_err(|(_, error)| error)?)
}

/// Gives the draft its name; what is there stays.
pub(super) fn keep(draft: TempPath, to: &Path) -> Result<()> {
    draft.persist_noclobber(to).map_err(|error| fault::file(to, &error.error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::schema;

    #[test]
    fn a_copy_takes_the_place_of_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let connection = Connection::open_in_memory().unwrap();
        schema::make(&connection).unwrap();
        let path = folder.path().join("copy.db");
        std::fs::write(&path, "the first").unwrap();
        assert!(keep(draft(&connection, &path).unwrap(), &path).is_err());
        assert_eq!(std::fs::read(&path).unwrap(), b"the first");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
