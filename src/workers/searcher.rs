//! The worker that finds lists of articles. The latest request wins.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Clock;
use super::desk::Worker;
use super::newest::Newest;
use super::shelf::Shelf;
use crate::app::{Effect, Notice, Reply, Ticket};
use crate::error::Result;
use crate::library::{Found, Index};
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

    /// Answers a request for a list: with what it finds, or else, where that is wished, with what was meant.
    fn list(&mut self, asked: &Asked, stop: &dyn Fn() -> bool, reply: &mut dyn FnMut(Reply)) -> Result<()> {
        let (found, under) = self.find(asked, asked.query, None, stop, reply)?;
        if asked.forgiving
            && found.ids.is_empty()
            && !stop()
            && let Some(meant) = self.meant(asked.query)?
        {
            let (instead, under) = self.find(asked, &meant, Some(&meant), stop, reply)?;
            if !instead.ids.is_empty() {
                asked.answer(instead, under, Some(&meant), stop, reply);
                return Ok(());
            }
        }
        asked.answer(found, under, None, stop, reply);
        Ok(())
    }

    /// The articles that `query` finds, and which others stand under them; tells of the first ones where all take longer.
    fn find(
        &mut self,
        asked: &Asked,
        query: &Query,
        meant: Option<&Query>,
        stop: &dyn Fn() -> bool,
        reply: &mut dyn FnMut(Reply),
    ) -> Result<(Found, Vec<(Id, Id)>)> {
        let now = (self.clock)();
        let library = self.shelf.library()?;
        let mut tell = |ids: &[Id]| {
            if !stop() {
                asked.begin(ids, meant, reply);
            }
        };
        if let Some(listed) = library.list_telling(query, asked.order, asked.fold, &now, stop, &mut tell)? {
            self.index = None;
            return Ok((Found { ids: listed.ids, complete: true, ..Found::default() }, listed.under));
        }
        let index = self.index.get_or_insert_with(|| Index::open(library.path()));
        let found = index.search_telling(library, query, asked.order, &now, None, stop, &mut tell)?;
        for id in &found.damaged {
            if self.damaged.insert(*id) {
                let text = format!("article {id} is damaged and left out; pullquote doctor says more");
                reply(Reply::Notice(Notice::failed(text)));
            }
        }
        Ok((found, Vec::new()))
    }

    /// The query that was meant by one that finds nothing.
    fn meant(&mut self, query: &Query) -> Result<Option<Query>> {
        let library = self.shelf.library()?;
        self.index.get_or_insert_with(|| Index::open(library.path())).meant(library, query)
    }
}

/// A request for a list.
struct Asked<'a> {
    ticket: Ticket,
    query: &'a Query,
    order: Order,
    forgiving: bool,
    fold: bool,
}

impl Asked<'_> {
    /// Replies with the first that were found.
    fn begin(&self, ids: &[Id], meant: Option<&Query>, reply: &mut dyn FnMut(Reply)) {
        reply(Reply::ListBegins { ticket: self.ticket, ids: ids.to_vec(), meant: meant.cloned().map(Box::new) });
    }

    /// Replies with all that was found, while somebody waits for it.
    fn answer(
        &self,
        found: Found,
        under: Vec<(Id, Id)>,
        meant: Option<&Query>,
        stop: &dyn Fn() -> bool,
        reply: &mut dyn FnMut(Reply),
    ) {
        if !stop() {
            let Found { ids, complete, .. } = found;
            reply(Reply::Listed { ticket: self.ticket, ids, under, complete, meant: meant.cloned().map(Box::new) });
        }
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
            Effect::List { ticket, query, order, forgiving, fold, again: _ } => {
                let asked = Asked { ticket: *ticket, query, order: *order, forgiving: *forgiving, fold: *fold };
                if let Err(error) = self.list(&asked, &stop, reply) {
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
        fixture.perform(Effect::List {
            ticket,
            query,
            order: Order::Newest,
            forgiving: true,
            fold: false,
            again: false,
        })
    }

    #[test]
    fn lists_come_from_the_library_or_from_the_index() {
        let mut fixture = Fixture::new();
        for (ticket, text, expected) in
            [(1, "", vec![1, 3, 2]), (2, "harbour", vec![1, 2]), (3, "is:read", vec![]), (4, "elephant", vec![])]
        {
            let expected = Reply::Listed { ticket, ids: expected, under: Vec::new(), complete: true, meant: None };
            assert_eq!(listed(&mut fixture, ticket, text), [expected], "{text}");
        }
    }

    #[test]
    fn what_was_meant_is_listed_where_nothing_is_found_and_that_finds_something() {
        let mut fixture = Fixture::new();
        for (ticket, text, expected) in [
            (1, "harbuor", Some(("harbour", vec![1, 2]))),
            (2, "speaker:barndt", Some(("speaker:brandt", vec![1]))),
            // The words are there, but not in one article.
            (3, "loavse lanterns", None),
            (4, "elephant", None),
        ] {
            let (meant, ids) =
                expected.map_or((None, Vec::new()), |(meant, ids)| (Some(Box::new(query::parse(meant).unwrap())), ids));
            let expected = Reply::Listed { ticket, ids, under: Vec::new(), complete: true, meant };
            assert_eq!(listed(&mut fixture, ticket, text), [expected], "{text}");
        }
        let query = query::parse("harbuor").unwrap();
        let exact =
            Effect::List { ticket: 5, query, order: Order::Newest, forgiving: false, fold: false, again: false };
        let nothing = Reply::Listed { ticket: 5, ids: Vec::new(), under: Vec::new(), complete: true, meant: None };
        assert_eq!(fixture.perform(exact), [nothing]);
    }

    #[test]
    fn what_was_meant_is_not_looked_for_once_something_else_is_typed() {
        let fixture = Fixture::new();
        let newest = Arc::new(Newest::default());
        let mut searcher = Searcher::new(Shelf::closed(fixture.path()), newest, crate::clock::Now::read);
        let query = query::parse("harbuor").unwrap();
        let asked = Asked { ticket: 1, query: &query, order: Order::Newest, forgiving: true, fold: false };
        let mut replies = Vec::new();
        searcher.list(&asked, &|| true, &mut |reply| replies.push(reply)).unwrap();
        assert_eq!(replies, []);
        searcher.list(&asked, &|| false, &mut |reply| replies.push(reply)).unwrap();
        assert_eq!(replies.len(), 1);
    }

    #[test]
    fn a_request_that_was_replaced_is_dropped() {
        let mut fixture = Fixture::new();
        let newest = Arc::new(Newest::default());
        let path = fixture.path();
        let mut searcher = Searcher::new(Shelf::closed(path), Arc::clone(&newest), crate::clock::Now::read);
        let list = |ticket| Effect::List {
            ticket,
            query: Query::default(),
            order: Order::Newest,
            forgiving: false,
            fold: false,
            again: false,
        };
        newest.note(&list(2));
        let mut replies = Vec::new();
        searcher.perform(list(1), &mut |reply| replies.push(reply));
        assert_eq!(replies, []);
        assert_eq!(listed(&mut fixture, 2, "").len(), 1);
    }
}
