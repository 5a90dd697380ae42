//! The worker that finds: lists and the words of each article that match best. The latest request wins.

use super::Clock;
use super::desk::Worker;
use super::newest::Newest;
use super::shelf::Shelf;
use crate::app::{Effect, Reply};
use crate::error::Result;

/// Finds articles, in the library alone where that can be, else in its index.
pub(super) struct Searcher {
    shelf: Shelf,
    clock: Clock,
}

impl Searcher {
    pub(super) fn new(shelf: Shelf, clock: Clock) -> Self {
        Self { shelf, clock }
    }

    fn list(&mut self, effect: &Effect) -> Result<Option<Reply>> {
        let Effect::List { ticket, query, order } = effect else { return Ok(None) };
        let library = self.shelf.library()?;
        let found = library.list(query, *order, &(self.clock)())?;
        Ok(found.map(|ids| Reply::Listed { ticket: *ticket, ids, complete: true }))
    }
}

impl Worker for Searcher {
    fn perform(&mut self, effect: Effect, _newest: &Newest, reply: &mut dyn FnMut(Reply)) {
        match self.list(&effect) {
            Ok(Some(answer)) => reply(answer),
            Ok(None) => {}
            Err(error) => {
                if let Effect::List { ticket, .. } = effect {
                    reply(Reply::ListFailed { ticket, message: error.message });
                }
            }
        }
    }
}
