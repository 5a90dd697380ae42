//! The worker that reads rows, articles, counts and places from the library for the screen. Changes nothing.

use std::sync::Arc;

use super::Clock;
use super::desk::Worker;
use super::newest::Newest;
use super::shelf::Shelf;
use crate::app::{Effect, Notice, Reply};
use crate::error::Result;
use crate::export::citation;

/// Reads from a connection of its own, so that it never waits for a writer.
pub(super) struct Reader {
    shelf: Shelf,
    newest: Arc<Newest>,
    clock: Clock,
}

impl Reader {
    pub(super) fn new(shelf: Shelf, newest: Arc<Newest>, clock: Clock) -> Self {
        Self { shelf, newest, clock }
    }

    fn read(&mut self, effect: Effect) -> Result<Option<Reply>> {
        let library = self.shelf.library()?;
        Ok(match effect {
            Effect::Summaries(asked) => {
                let rows = library.summaries(&asked)?;
                Some(Reply::Summaries { asked, rows })
            }
            Effect::Open { ticket, id } => Some(Reply::Opened { ticket, stored: library.article(id)?.map(Box::new) }),
            Effect::Counts => Some(Reply::Counts(library.counts()?)),
            Effect::Places => Some(Reply::Places { sources: library.sources()?, tags: library.tags()? }),
            Effect::Cite { id, quote } => {
                let stored = library.article(id)?;
                let quote = stored.as_ref().and_then(|stored| Some((stored.quotes.get(quote)?, stored)));
                quote.map(|(quote, stored)| Reply::Cited(citation(quote, stored, &(self.clock)())))
            }
            _ => None,
        })
    }
}

impl Worker for Reader {
    type Order = Effect;

    fn perform(&mut self, effect: Effect, reply: &mut dyn FnMut(Reply)) {
        if self.newest.replaced(&effect) {
            return;
        }
        match self.read(effect) {
            Ok(Some(answer)) => reply(answer),
            Ok(None) => {}
            Err(error) => reply(Reply::Notice(Notice::failed(error.message))),
        }
    }
}
