//! The library's file before SQLite sees it: is it ours, whole and not from the future? What is refused stays untouched.
//!
//! SQLite's header (<https://sqlite.org/fileformat2.html>): page size at byte 16, pages at 28, user version at 60,
//! application id at 68; big-endian.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::fault;
use super::schema::{APPLICATION, VERSION};
use crate::error::{Error, Result};

const HEADER: usize = 100;
const MAGIC: &[u8] = b"SQLite format 3\0";

/// The version of the schema that the file at `path` has, as far as its log says nothing newer; `None` where there is no file. An
/// error where it is one that must not be touched.
pub fn version(path: &Path) -> Result<Option<u32>> {
    let metadata = match std::fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(fault::file(path, &error)),
    };
    if !metadata.is_file() {
        return Err(Error::refused(format!("{} is not a file", path.display()))
            .hint("name the library's file with --library FILE"));
    }
    let mut header = Vec::with_capacity(HEADER);
    File::open(path)
        .and_then(|file| file.take(HEADER as u64).read_to_end(&mut header))
        .map_err(|error| fault::file(path, &error))?;
    refuse_foreign(path, &header)?;
    let version = number(&header, 60);
    refuse_newer(path, version)?;
    // With a log beside it SQLite may still have to bring the file to its full length.
    let pages = u64::from(number(&header, 28)) * page_size(&header);
    if !has_log(path) && pages > metadata.len() {
        return Err(Error::refused(format!(
            "{} is cut off: {} bytes of {pages} are there",
            path.display(),
            metadata.len()
        ))
        .hint("move it away with its -wal and -shm, then put a backup in its place or begin a new library"));
    }
    Ok(Some(version))
}

/// Refuses a library whose schema this program does not know yet.
pub fn refuse_newer(path: &Path, version: u32) -> Result<()> {
    if version > VERSION {
        return Err(Error::refused(format!("{} was written by a newer pullquote", path.display()))
            .hint("update pullquote, or name another library with --library FILE"));
    }
    Ok(())
}

/// The path beside the library's with `suffix` after its whole name.
pub fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn refuse_foreign(path: &Path, header: &[u8]) -> Result<()> {
    let what = if header.is_empty() {
        "is empty"
    } else if header.len() < HEADER || !header.starts_with(MAGIC) {
        "is not a library"
    } else if number(header, 68) != APPLICATION {
        "is a database of another program"
    } else {
        return Ok(());
    };
    Err(Error::refused(format!("{} {what}", path.display())).hint(
        "move it away with its -wal and -shm to begin a new library there, or name another one with --library FILE",
    ))
}

/// Refuses to make a library at `path` where the log of another one lies: SQLite would take it for the new one's, and
/// what is only in the log would be lost.
pub fn refuse_orphan(path: &Path) -> Result<()> {
    // Another process that just made the library there may have a log by now.
    if has_log(path) && !path.exists() {
        let log = beside(path, "-wal");
        return Err(Error::refused(format!("{} is there without its library", log.display()))
            .hint("put the library back beside it, or move the -wal and the -shm to where the library is"));
    }
    Ok(())
}

/// Whether there is anything in the log beside the library.
pub fn has_log(path: &Path) -> bool {
    std::fs::metadata(beside(path, "-wal")).is_ok_and(|log| log.len() > 0)
}

/// A page size of 65,536 is written as 1.
fn page_size(header: &[u8]) -> u64 {
    match number(header, 16) >> 16 {
        1 => 65_536,
        size => u64::from(size),
    }
}

fn number(header: &[u8], at: usize) -> u32 {
    header.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_be_bytes)
}
