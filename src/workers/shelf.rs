//! A worker's own connection to the library, opened when it is first needed.

use std::path::PathBuf;

use crate::error::Result;
use crate::library::Library;

/// Where the library is, and the library once it is open.
#[derive(Debug)]
pub struct Shelf {
    path: PathBuf,
    library: Option<Library>,
}

impl Shelf {
    /// The library at `path`, not opened yet.
    #[must_use]
    pub fn closed(path: PathBuf) -> Self {
        Self { path, library: None }
    }

    /// A library that is open already.
    #[must_use]
    pub fn open(library: Library) -> Self {
        // Were it not to work, it would keep more in memory.
        let _ = library.keep_little();
        Self { path: library.path().to_owned(), library: Some(library) }
    }

    /// The library. Where it could not be opened it is tried again next time: the disk may be back.
    pub fn library(&mut self) -> Result<&mut Library> {
        match &mut self.library {
            Some(library) => Ok(library),
            empty => {
                let library = Library::open_again(&self.path)?;
                library.keep_little()?;
                Ok(empty.insert(library))
            }
        }
    }
}
