//! The worker that finds lists of articles. The latest request wins.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Clock;
use super::desk::Worker;
use super::newest::Newest;
use super::shelf::Shelf;
use crate::app::{Effect, Notice, Reply, Ticket};
use crate::error::Result;
use crate::library::Index;
use crate::model::{Id, Order};
use crate::query::Query;

/// Finds articles, in the library alone where that can be, else in its index.
pub(super) struct Searcher {
    shelf: Shelf,
    /// Open while words are searched for; its memory is given back when a list needs none, or no more is typed.
    index: Option<Index>,
    newest: Arc<Newest>,
    clock: Clock,
    /// Damaged articles that were left out and have been told of.
    damaged: BTreeSet<Id>,
}

impl Searcher {
    pub(super) fn new(shelf: Shelf, newest: Arc<Newest>, clock: Clock) -> Self {
        Self { shelf, index: None, newest, clock, damaged: BTreeSet::new() }
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
        let mut tell = |ids: &[Id]| {
            if !stop() {
                reply(Reply::Listed { ticket, ids: ids.to_vec(), complete: false });
            }
        };
        if let Some(ids) = library.list_telling(query, order, &now, stop, &mut tell)? {
            self.index = None;
            if !stop() {
                reply(Reply::Listed { ticket, ids, complete: true });
            }
            return Ok(());
        }
        let index = self.index.get_or_insert_with(|| Index::open(library.path()));
        let found = index.search_telling(library, query, order, &now, None, stop, &mut tell)?;
        if !stop() {
            reply(Reply::Listed { ticket, ids: found.ids, complete: found.complete });
        }
        for id in found.damaged {
            if self.damaged.insert(id) {
                let text = format!("article {id} is damaged and left out; pullquote doctor says more");
                reply(Reply::Notice(Notice::failed(text)));
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

    fn is_tired(&self) -> bool {
        self.index.is_some()
    }

    /// Gives back the memory of the index, tens of megabytes of it that a search went through; the next letter opens it
    /// again, which takes a few milliseconds.
    fn rest(&mut self) {
        self.index = None;
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
