//! The worker that finds lists of articles. The latest request wins.

use std::sync::Arc;

use super::Clock;
use super::desk::Worker;
use super::newest::Newest;
use super::shelf::Shelf;
use crate::app::{Effect, Reply, Ticket};
use crate::error::Result;
use crate::library::Index;
use crate::model::Order;
use crate::query::Query;

/// Hits that are shown before all are known: more than any screen has rows.
const FIRST: usize = 200;

/// Finds articles, in the library alone where that can be, else in its index.
pub(super) struct Searcher {
    shelf: Shelf,
    /// Open while words are searched for; its memory is given back as soon as a list needs none.
    index: Option<Index>,
    newest: Arc<Newest>,
    clock: Clock,
}

impl Searcher {
    pub(super) fn new(shelf: Shelf, newest: Arc<Newest>, clock: Clock) -> Self {
        Self { shelf, index: None, newest, clock }
    }

    fn list(
        &mut self,
        ticket: Ticket,
        query: &Query,
        order: Order,
        stop: &dyn Fn() -> bool,
        reply: &mut dyn FnMut(Reply),
    ) -> Result<()> {
        let now = (self.clock)();
        let library = self.shelf.library()?;
        if let Some(ids) = library.list(query, order, &now)? {
            self.index = None;
            reply(Reply::Listed { ticket, ids, complete: true });
            return Ok(());
        }
        let index = self.index.get_or_insert_with(|| Index::open(library.path()));
        let first = index.search(library, query, order, &now, Some(FIRST), stop)?;
        if stop() {
            return Ok(());
        }
        let complete = first.complete;
        reply(Reply::Listed { ticket, ids: first.ids, complete });
        if !complete {
            let all = index.search(library, query, order, &now, None, stop)?;
            if !stop() {
                reply(Reply::Listed { ticket, ids: all.ids, complete: all.complete });
            }
        }
        Ok(())
    }
}

impl Searcher {
    /// Opens the index, so that the first letter need not wait for it.
    fn prepare(&mut self) -> Result<()> {
        let library = self.shelf.library()?;
        let index = self.index.get_or_insert_with(|| Index::open(library.path()));
        index.needs_rebuild(library).map(drop)
    }
}

impl Worker for Searcher {
    type Order = Effect;

    fn perform(&mut self, effect: Effect, reply: &mut dyn FnMut(Reply)) {
        let newest = Arc::clone(&self.newest);
        let stop = || newest.replaced(&effect);
        if stop() {
            return;
        }
        match &effect {
            Effect::List { ticket, query, order } => {
                if let Err(error) = self.list(*ticket, query, *order, &stop, reply) {
                    reply(Reply::ListFailed { ticket: *ticket, message: error.message });
                }
            }
            Effect::PrepareSearch => {
                // What fails here fails again in the search itself, and is said there.
                let _ = self.prepare();
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query;
    use crate::workers::fixture::Fixture;

    fn listed(fixture: &mut Fixture, ticket: Ticket, text: &str) -> Vec<Reply> {
        let query = query::parse(text).unwrap();
        fixture.perform(Effect::List { ticket, query, order: Order::Newest })
    }

    #[test]
    fn lists_come_from_the_library_or_from_the_index() {
        let mut fixture = Fixture::new();
        for (ticket, text, expected) in
            [(1, "", vec![1, 3, 2]), (2, "harbour", vec![1, 2]), (3, "is:read", vec![]), (4, "elephant", vec![])]
        {
            let expected = Reply::Listed { ticket, ids: expected, complete: true };
            assert_eq!(listed(&mut fixture, ticket, text), [expected], "{text}");
        }
    }

    #[test]
    fn a_request_that_was_replaced_is_dropped() {
        let mut fixture = Fixture::new();
        let newest = Arc::new(Newest::default());
        let path = fixture.path();
        let mut searcher = Searcher::new(Shelf::closed(path), Arc::clone(&newest), crate::clock::Now::read);
        let list = |ticket| Effect::List { ticket, query: Query::default(), order: Order::Newest };
        newest.note(&list(2));
        let mut replies = Vec::new();
        searcher.perform(list(1), &mut |reply| replies.push(reply));
        assert_eq!(replies, []);
        assert_eq!(listed(&mut fixture, 2, "").len(), 1);
    }
}
