//! The worker that counts what takes longer: what kept searches find, and all that anybody says. Nothing waits for it and it
//! lets all others go first; the latest request wins.

use std::sync::Arc;

use super::Clock;
use super::desk::Worker;
use super::newest::Newest;
use super::shelf::Shelf;
use crate::app::state::Place;
use crate::app::{Effect, Reply};
use crate::error::Result;
use crate::library::Index;
use crate::model::Order;
use crate::query::Query;

/// Counts in the library alone where that can be, else in its index.
pub(super) struct Teller {
    shelf: Shelf,
    /// Open while there is something to count.
    index: Option<Index>,
    newest: Arc<Newest>,
    clock: Clock,
}

impl Teller {
    pub(super) fn new(shelf: Shelf, newest: Arc<Newest>, clock: Clock) -> Self {
        Self { shelf, index: None, newest, clock }
    }

    /// What `place` has, whose articles `query` finds; `None` where the index cannot tell yet.
    fn count(&mut self, place: &Place, query: &Query, stop: &dyn Fn() -> bool) -> Result<Option<u64>> {
        let now = (self.clock)();
        let library = self.shelf.library()?;
        if *place == Place::Quotes {
            return library.speeches(stop);
        }
        if let Some(found) = library.found(query, &now)? {
            return Ok(Some(found.len() as u64));
        }
        let index = self.index.get_or_insert_with(|| Index::open(library.path()));
        if index.needs_rebuild(library)? {
            // Then titles would be looked through, for a number that is not right.
            return Ok(None);
        }
        let found = index.search(library, query, Order::Newest, &now, None, stop)?;
        Ok(found.complete.then_some(found.ids.len() as u64))
    }
}

impl Worker for Teller {
    type Order = Effect;

    fn perform(&mut self, effect: Effect, reply: &mut dyn FnMut(Reply)) {
        let newest = Arc::clone(&self.newest);
        let stop = || newest.replaced(&effect);
        let Effect::CountPlaces { ticket, places } = &effect else { return };
        for (place, query) in places {
            if stop() {
                return;
            }
            match self.count(place, query, &stop) {
                Ok(count) => {
                    // What the next one goes through should not come on top of what this one did.
                    self.rest();
                    reply(Reply::PlaceCounted { ticket: *ticket, place: place.clone(), count });
                }
                Err(error) => return reply(Reply::Notice(error.into())),
            }
        }
    }

    fn is_tired(&self) -> bool {
        self.index.is_some()
    }

    fn rest(&mut self) {
        self.index = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query;
    use crate::workers::fixture::Fixture;

    fn counted(fixture: &mut Fixture, ticket: u64, places: &[(Place, &str)]) -> Vec<(Place, Option<u64>)> {
        let places = places.iter().map(|(place, text)| (place.clone(), query::parse(text).unwrap())).collect();
        let replies = fixture.perform(Effect::CountPlaces { ticket, places });
        let counts = replies.into_iter().filter_map(|reply| match reply {
            Reply::PlaceCounted { place, count, .. } => Some((place, count)),
            _ => None,
        });
        counts.collect()
    }

    #[test]
    fn places_are_counted_in_the_library_or_in_its_index() {
        let mut fixture = Fixture::new();
        let search = |text: &str| Place::Search(text.to_owned());
        let places = [
            (Place::Quotes, "has:quote"),
            (search("harbour"), "harbour"),
            (search("is:unread"), "is:unread"),
            (search("elephant"), "elephant"),
        ];
        let expected = [
            (Place::Quotes, Some(1)),
            (search("harbour"), Some(2)),
            (search("is:unread"), Some(3)),
            (search("elephant"), Some(0)),
        ];
        assert_eq!(counted(&mut fixture, 1, &places), expected);
    }

    #[test]
    fn what_the_index_does_not_know_yet_is_not_counted() {
        let fixture = Fixture::new();
        std::fs::remove_dir_all(fixture.folder.path().join("library.db.index")).unwrap();
        let query = query::parse("harbour").unwrap();
        let mut teller = Teller::new(Shelf::closed(fixture.path()), Arc::default(), crate::clock::Now::read);
        let count = teller.count(&Place::Search("harbour".to_owned()), &query, &|| false).unwrap();
        assert_eq!(count, None);
    }

    #[test]
    fn a_request_that_was_replaced_is_not_gone_on_with() {
        let fixture = Fixture::new();
        let newest = Arc::new(Newest::default());
        let request = |ticket| Effect::CountPlaces { ticket, places: vec![(Place::Quotes, Query::default())] };
        let mut teller = Teller::new(Shelf::closed(fixture.path()), Arc::clone(&newest), crate::clock::Now::read);
        newest.note(&request(2));
        let mut replies = Vec::new();
        teller.perform(request(1), &mut |reply| replies.push(reply));
        assert_eq!(replies, []);
        teller.perform(request(2), &mut |reply| replies.push(reply));
        assert_eq!(replies.len(), 1);
    }
}
