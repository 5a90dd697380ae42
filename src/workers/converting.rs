//! A library of an earlier version brought to its new form on a thread of its own, so that the screen can say so meanwhile and
//! keys still count.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use crate::error::{Error, Result};
use crate::library::Library;
use crate::model::Conversion;

/// What is heard of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Converted {
    Step(Conversion),
    Done(Result<()>),
}

/// A conversion under way.
#[derive(Debug)]
pub struct Converting {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Converting {
    /// Whether the library at `path` has to be converted before it is used.
    ///
    /// # Errors
    /// The library is refused: it is damaged, newer, or no library.
    pub fn is_due(path: &Path) -> Result<bool> {
        Library::is_older(path)
    }

    /// Begins; `tell` is called on another thread, at last with `Converted::Done`.
    ///
    /// # Errors
    /// The system gives no more threads.
    pub fn start(path: &Path, mut tell: impl FnMut(Converted) + Send + 'static) -> Result<Self> {
        let (path, stop) = (path.to_owned(), Arc::<AtomicBool>::default());
        let asked = Arc::clone(&stop);
        let work = move || {
            let mut convert = || Library::convert(&path, &asked, &mut |step| tell(Converted::Step(step)));
            let done = catch_unwind(AssertUnwindSafe(&mut convert));
            let done = done.unwrap_or_else(|_| Err(Error::refused("bringing the library to its new form failed")));
            tell(Converted::Done(done));
        };
        let started = thread::Builder::new().name("conversion".into()).spawn(work);
        let thread = started.map_err(|error| Error::refused(format!("cannot start the program's threads: {error}")))?;
        Ok(Self { stop, thread })
    }

    /// Ends it, with the library as it was, where it is not done.
    pub fn stop(self) {
        self.stop.store(true, Ordering::Relaxed);
        // Its panics are caught.
        let _ = self.thread.join();
    }
}
