//! How a query goes on while it is typed: what Tab offers of the language and of the names in the library.

use crate::model::Speaker;
use crate::query::{self, Field};
use crate::text::clean;

use super::state::PromptKind;
use super::{App, Effect};

/// Names of the library that are offered.
const OFFERS: usize = 20;

impl App {
    /// Offers how the query may go on; speakers that the library knows follow when it answers.
    pub(super) fn offer_completion(&mut self) {
        self.names_wanted = None;
        let Some(prompt) = &mut self.state.prompt else { return };
        prompt.forget_offers();
        let text = prompt.input.value();
        if prompt.input.cursor() < text.chars().count() {
            return;
        }
        self.names_wanted =
            query::names_wanted(text).filter(|(field, _)| *field == Field::Speaker).map(|(_, name)| name);
        let places = &self.state.places;
        let names = |field| {
            let known = match field {
                Field::Source => &places.sources,
                Field::Tag => &places.tags,
                Field::Speaker => &places.speakers,
                _ => return Vec::new(),
            };
            known.iter().map(|(name, _)| name.clone()).collect()
        };
        let completion = query::completion(text, names);
        prompt.offered_from = completion.span.start;
        prompt.offer(completion.choices);
    }

    /// What follows from a query that Tab completed. Where that was the only way, the next step is offered.
    pub(super) fn completed(&mut self) {
        let Some(prompt) = self.state.prompt.as_ref().filter(|prompt| prompt.kind.is_query()) else { return };
        let only = prompt.offers.len() == 1;
        let text = clean::clean_line(prompt.input.value());
        self.names_wanted = None;
        self.type_query(text);
        if only {
            self.offer_completion();
        }
    }

    /// Asks for the speakers whose names begin as typed, once the rows of the list are there: these are waited for.
    pub(super) fn ask_for_names(&mut self) {
        let busy = !self.listed || !self.asked.is_empty() || self.snippets_ticket > 0;
        if busy || self.state.prompt.as_ref().is_none_or(|prompt| !prompt.kind.is_query()) {
            return;
        }
        let Some(matching) = self.names_wanted.take() else { return };
        let ticket = self.next_ticket();
        self.speakers_ticket = ticket;
        self.push(Effect::Speakers { ticket, matching: clean::clean_line(&matching), limit: OFFERS });
    }

    /// Offers the speakers of the library behind those that are offered already.
    pub(super) fn offer_names(&mut self, speakers: &[Speaker]) {
        let Some(prompt) = self.state.prompt.as_mut().filter(|prompt| prompt.completing.is_none()) else { return };
        let names = |field| match field {
            Field::Speaker => speakers.iter().map(|speaker| speaker.name.clone()).collect(),
            _ => Vec::new(),
        };
        let completion = query::completion(prompt.input.value(), names);
        if completion.span.start == prompt.offered_from {
            prompt.offer(completion.choices);
        }
    }

    /// Shows what the query that is typed finds.
    pub(super) fn type_query(&mut self, text: String) {
        let mut listing = self.state.listing.clone();
        match self.state.prompt.as_ref().map(|prompt| prompt.kind) {
            Some(PromptKind::Search) => listing.search = Some(text),
            Some(PromptKind::Filter) => listing.filter = text,
            _ => return,
        }
        self.show_listing(listing);
    }
}
