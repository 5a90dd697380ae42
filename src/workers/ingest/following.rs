//! The index told of articles as they are stored, so that nothing has to be read again for it.

use std::collections::HashMap;
use std::path::Path;

use crate::error::Result;
use crate::library::{Added, CaughtUp, Index, Library, Prepared, Writing};

/// An index that follows its library while articles are added. What it misses is made up for at the end, or by whoever
/// needs the index next.
pub struct Following {
    index: Index,
    writing: Option<Writing>,
    /// Somebody else is writing it, or it failed: what is stored is stored all the same.
    gave_up: bool,
}

impl Following {
    /// The index of the library at `path`.
    #[must_use]
    pub fn new(path: &Path) -> Self {
        Self { index: Index::open(path), writing: None, gave_up: false }
    }

    /// Tells the index what became of `batch`, which has just been stored.
    pub(super) fn tell(&mut self, library: &Library, batch: Vec<Prepared>, added: &[Added]) {
        if self.writing.is_none() && !self.gave_up {
            self.writing = self.index.write(library).unwrap_or_default();
        }
        let mut fresh = HashMap::with_capacity(batch.len());
        for (prepared, added) in batch.into_iter().zip(added) {
            // What was there before may keep some of its particulars: the library knows which.
            if let Added::New(id) = added {
                fresh.insert(*id, prepared.into_words());
            }
        }
        // A handful of changes at a time.
        let told = self.writing.as_mut().is_some_and(|writing| {
            loop {
                match writing.follow(library, &mut fresh) {
                    Err(_) => break false,
                    Ok(0) => break true,
                    Ok(_) if fresh.is_empty() => break true,
                    Ok(_) => {}
                }
            }
        });
        if !told {
            self.writing = None;
            self.gave_up = true;
        }
    }

    /// Brings the index up to date, as `Index::catch_up` does.
    pub fn finish(
        mut self,
        library: &Library,
        stop: &dyn Fn() -> bool,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<CaughtUp> {
        match self.writing {
            Some(writing) => writing.drain(library, stop, progress),
            None => self.index.catch_up(library, stop, progress),
        }
    }
}
