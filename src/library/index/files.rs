//! The index's files as its writer reads them: piece by piece instead of mapped.
//!
//! Putting segments together goes once through all of them. Mapped, everything it went through would count as the program's
//! memory until the end; read in windows, it is a window for each file. Searching maps its files, as ever.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::HasLen;
use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, OwnedBytes, WatchCallback, WatchHandle, WritePtr,
};

/// Bytes that are read at a time.
const WINDOW: usize = 128 * 1024;

/// A folder whose files are read in windows.
#[derive(Clone, Debug)]
pub struct Files {
    folder: PathBuf,
    rest: MmapDirectory,
}

impl Files {
    pub fn open(folder: &Path) -> Result<Self, OpenDirectoryError> {
        Ok(Self { folder: folder.to_owned(), rest: MmapDirectory::open(folder)? })
    }
}

impl Directory for Files {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let failed = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => OpenReadError::FileDoesNotExist(path.to_owned()),
            _ => OpenReadError::wrap_io_error(error, path.to_owned()),
        };
        let file = File::open(self.folder.join(path)).map_err(failed)?;
        let length = file.metadata().map_err(failed)?.len();
        let length = usize::try_from(length).map_err(|error| failed(io::Error::other(error)))?;
        Ok(Arc::new(Windowed { length, window: Mutex::new(Window { file, start: 0, bytes: OwnedBytes::empty() }) }))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.rest.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.rest.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.rest.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.rest.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.rest.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.rest.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.rest.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.rest.watch(callback)
    }
}

/// A file and the piece of it that was read last: what is read next mostly begins in it.
#[derive(Debug)]
struct Windowed {
    length: usize,
    window: Mutex<Window>,
}

#[derive(Debug)]
struct Window {
    file: File,
    start: usize,
    bytes: OwnedBytes,
}

impl Window {
    fn fill(&mut self, range: Range<usize>) -> io::Result<()> {
        let mut bytes = vec![0; range.len()];
        self.file.seek(SeekFrom::Start(range.start as u64))?;
        self.file.read_exact(&mut bytes)?;
        self.start = range.start;
        self.bytes = OwnedBytes::new(bytes);
        Ok(())
    }

    fn holds(&self, range: &Range<usize>) -> bool {
        self.start <= range.start && range.end <= self.start + self.bytes.len()
    }
}

impl FileHandle for Windowed {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        if !window.holds(&range) {
            let end = range.end.max(range.start.saturating_add(WINDOW)).min(self.length);
            window.fill(range.start..end)?;
        }
        let start = range.start.saturating_sub(window.start);
        if start + range.len() > window.bytes.len() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(window.bytes.slice(start..start + range.len()))
    }
}

impl HasLen for Windowed {
    fn len(&self) -> usize {
        self.length
    }
}
