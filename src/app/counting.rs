//! The counts of the places that take longer to count: what kept searches find, and all quotes. They are asked for when the
//! places are in sight and the list is there, and again after whatever may have changed them.

use super::App;
use super::effect::{Change, Effect, Ticket};
use super::state::{Listing, Place};
use crate::query::Query;

/// What has to be counted again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    Nothing,
    /// What depends on what is read, bookmarked, tagged or noted.
    Marks,
    All,
}

impl Scope {
    /// What a change may have changed.
    pub(super) fn of(change: &Change) -> Self {
        match change {
            Change::Keep { .. } | Change::Feeds(_) => Self::Nothing,
            Change::Read(_) | Change::Bookmarked(_) | Change::Tag(..) | Change::Note(_) => Self::Marks,
            Change::Trashed(_) | Change::Speaker { .. } | Change::Rename { .. } => Self::All,
        }
    }
}

/// Places that wait to be counted.
#[derive(Debug, Default)]
pub(super) struct Uncounted {
    places: Vec<Place>,
    /// The last request.
    ticket: Ticket,
    /// More waits than that asked for.
    due: bool,
}

impl App {
    /// Has places counted, anew where they were already.
    pub(super) fn count_places(&mut self, scope: Scope) {
        let searches = self.state.places.searches.iter().map(|search| Place::Search(search.query.clone()));
        let wanted: Vec<Place> = match scope {
            Scope::Nothing => return,
            Scope::Marks => searches.filter(|place| self.query_of(place).depends_on_marks()).collect(),
            Scope::All => searches.chain([Place::Quotes]).collect(),
        };
        let uncounted = &mut self.uncounted;
        uncounted.due |= !wanted.is_empty();
        for place in wanted {
            if !uncounted.places.contains(&place) {
                uncounted.places.push(place);
            }
        }
    }

    /// Asks for the counts that are missing, once somebody can see them.
    pub(super) fn ask_for_counts(&mut self) {
        if !self.uncounted.due || !self.listed || self.state.panes().places.is_none() {
            return;
        }
        self.uncounted.due = false;
        let ticket = self.next_ticket();
        self.uncounted.ticket = ticket;
        let places = self.uncounted.places.iter().map(|place| (place.clone(), self.query_of(place))).collect();
        self.push(Effect::CountPlaces { ticket, places });
    }

    /// Takes in what a place has. Where nobody can tell yet it stays as it was: the end of that is a change of the library.
    pub(super) fn take_count(&mut self, ticket: Ticket, place: Place, count: Option<u64>) {
        if ticket != self.uncounted.ticket {
            return;
        }
        self.uncounted.places.retain(|waiting| *waiting != place);
        if let Some(count) = count {
            self.state.places.counted.insert(place, count);
        }
    }

    fn query_of(&self, place: &Place) -> Query {
        let listing = Listing { place: place.clone(), ..Listing::default() };
        listing.query(false, self.state.settings.exact).unwrap_or_default()
    }
}
