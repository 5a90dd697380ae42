//! A copy of the library in one file, made while it is in use.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

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
        copy(&self.connection, to)
    }
}

/// Writes a copy of the library to `to`, in place of what may be there, when it is whole.
pub fn copy(connection: &Connection, to: &Path) -> Result<()> {
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
    draft.persist(to).map_err(|error| fault::file(to, &error.error))
}
