//! What is being done so that a library of an earlier version can be used, to be said while somebody waits for it.

use std::path::PathBuf;

/// A step on the way of a library to its new form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conversion {
    /// Another program uses the library, and perhaps does the same.
    Waiting,
    /// It is copied as it is, to be kept at `kept`: `done` bytes of `of`.
    Copying { kept: PathBuf, done: u64, of: u64 },
    /// It gets its new form; as it was it will be at `kept`.
    Converting { kept: PathBuf },
}
