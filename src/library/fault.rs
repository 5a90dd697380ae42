//! What SQLite and the disk report, as errors that a reader can act on.

use std::path::Path;

use rusqlite::ErrorCode;

use crate::error::Error;

impl From<rusqlite::Error> for Error {
    fn from(fault: rusqlite::Error) -> Self {
        match fault.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                Self::refused("the library is busy: another program is writing to it").hint("try again in a moment")
            }
            Some(ErrorCode::DiskFull) => {
                Self::refused("the disk is full").hint("make room and try again; what was stored before is kept")
            }
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::refused(format!("the library cannot be written: {fault}"))
                    .hint("check the rights of the file and of its folder, or name another library with --library FILE")
            }
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => damaged(&fault.to_string()),
            Some(ErrorCode::SystemIoFailure) => {
                Self::refused(format!("the disk failed: {fault}")).hint("check the disk, then run `pullquote doctor`")
            }
            _ => Self::refused(format!("the library failed: {fault}")).hint("run `pullquote doctor`"),
        }
    }
}

/// The library's file is broken inside.
pub fn damaged(what: &str) -> Error {
    Error::refused(format!("the library is damaged: {what}"))
        .hint("move the file away with its -wal and -shm, then put a backup in its place; `pullquote doctor` says more")
}

/// `path` could not be used.
pub fn file(path: &Path, fault: &std::io::Error) -> Error {
    let hint = match fault.kind() {
        std::io::ErrorKind::PermissionDenied => "check the rights of the file and of its folder",
        std::io::ErrorKind::StorageFull => "make room on the disk and try again",
        _ => "name another library with --library FILE",
    };
    Error::refused(format!("{}: {fault}", path.display())).hint(hint)
}
