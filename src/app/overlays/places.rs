//! The places to pick from by their names, and the order in which they stand.

use super::super::state::overlay::{Entry, Overlay, Picker, PickerKind};
use super::super::state::places::Line;
use super::super::{App, Notice};

impl App {
    /// Lists the places to pick from, the one under the cursor selected.
    pub(in super::super) fn show_places(&mut self) {
        let lines = self.state.places.lines(self.state.counts);
        let place = |(value, line): (usize, &Line)| match line {
            Line::Place { place, name, count } => {
                let right = count.map(|count| count.to_string()).unwrap_or_default();
                // Its kind is found, too: "source", "tag".
                Some(Entry { left: name.clone(), right, value, also: place.key() })
            }
            Line::Heading(_) | Line::Blank => None,
        };
        let entries = lines.iter().enumerate().filter_map(place).collect();
        let mut picker = Picker::new(PickerKind::Places, "Places", entries);
        picker.cursor = picker.entries.iter().position(|entry| entry.value == self.state.places.cursor).unwrap_or(0);
        picker.follow(super::picker_rows(self.state.size));
        self.state.overlay = Some(Overlay::Picker(picker));
    }

    /// Sources and tags by name, or by how many articles they have; the cursor stays on its place.
    pub(in super::super) fn sort_places(&mut self) {
        let here = self.state.places.selected(self.state.counts);
        self.state.places.by_number = !self.state.places.by_number;
        self.state.places.sort();
        self.state.places.select(self.state.counts, here.as_ref());
        let by_number = self.state.places.by_number;
        self.notify(Notice::said(if by_number {
            "sources and tags: most articles first"
        } else {
            "sources and tags by name"
        }));
    }
}
