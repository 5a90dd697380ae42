//! The worker that carries the library's changes over to the search index, in the background.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::desk::Worker;
use super::shelf::Shelf;
use crate::app::{Notice, Reply};
use crate::error::Result;
use crate::library::{CaughtUp, Index};

/// Keeps the index up to date. Whatever it leaves undone is done the next time, by this process or another.
pub(super) struct Indexer {
    shelf: Shelf,
    /// The program ends.
    ending: Arc<AtomicBool>,
    /// There was an index when it was last looked for.
    found: bool,
}

/// Look what changed.
pub(super) struct CatchUp;

impl Indexer {
    pub(super) fn new(shelf: Shelf, ending: Arc<AtomicBool>) -> Self {
        Self { shelf, ending, found: false }
    }

    /// Whether the index knows more than before.
    fn catch_up(&mut self) -> Result<bool> {
        let library = self.shelf.library()?;
        // Opened for this time only: an index that is kept open keeps its memory.
        let mut index = Index::open(library.path());
        // Asked once: it means opening the index, and this runs after every change.
        self.found = self.found || !index.needs_rebuild(library)?;
        if self.found && index.behind(library)? == 0 {
            return Ok(false);
        }
        let stop = || self.ending.load(Ordering::Relaxed);
        Ok(index.catch_up(library, &stop, &mut |_, _| {})? == CaughtUp::Done)
    }
}

impl Worker for Indexer {
    type Order = CatchUp;

    fn perform(&mut self, CatchUp: CatchUp, reply: &mut dyn FnMut(Reply)) {
        match self.catch_up() {
            // A search that was made before did not find it.
            Ok(true) => reply(Reply::LibraryChanged),
            Ok(false) => {}
            Err(error) => reply(Reply::Notice(Notice::failed(error.message))),
        }
    }
}
