//! Where the reader was, and the ways back there.

use super::App;
use super::state::{Place, Spot};

/// Spots that can be gone back to.
const HISTORY: usize = 100;

impl App {
    /// Remembers where the reader is, for the way back.
    pub(super) fn leave_mark(&mut self) {
        self.keep_position();
        let spot = self.state.spot();
        if self.state.history.last() != Some(&spot) {
            self.state.history.push(spot);
        }
        if self.state.history.len() > HISTORY {
            self.state.history.remove(0);
        }
    }

    pub(super) fn go_back(&mut self) {
        let here = self.state.spot();
        while let Some(spot) = self.state.history.pop() {
            // A mark may be where the reader came back to by another way.
            if spot != here {
                return self.restore(spot);
            }
        }
    }

    /// Back to where the reader came from to this place; to all articles where that is not known.
    pub(super) fn leave_place(&mut self) {
        let place = &self.state.listing.place;
        let from = self.state.history.iter().rposition(|spot| spot.listing.place != *place);
        match from.and_then(|from| self.state.history.drain(from..).next()) {
            Some(spot) => self.restore(spot),
            None => self.go_to(Place::All),
        }
    }

    /// Brings a spot back: its listing, its row, its article.
    pub(super) fn restore(&mut self, spot: Spot) {
        self.keep_position();
        self.state.before_search = None;
        self.state.prompt = None;
        if self.state.listing != spot.listing {
            self.show_listing(spot.listing);
        }
        self.state.list.wanted = spot.selected;
        let at = spot.selected.and_then(|id| self.state.list.ids.iter().position(|listed| *listed == id));
        if let Some(at) = at {
            self.state.list.cursor = at;
        }
        if let Some(start) = spot.quote {
            self.state.list.go_to_quote(start);
        }
        self.state.focus = spot.focus;
        if let Some(id) = spot.open {
            self.open(id);
        }
        self.light_search(false);
    }
}
