//! The places' pane: the parts of the library that a key or click leads to.

use std::collections::HashMap;

use crate::model::Counts;
use crate::text::fold;

use super::listing::Place;

/// The places and where the cursor is among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlacesPane {
    /// Whether the reader wants the pane; `None` leaves it to the width.
    pub shown: Option<bool>,
    pub cursor: usize,
    /// The first line in sight.
    pub top: usize,
    /// Sources and tags stand by how many articles they have, and not by name.
    pub by_number: bool,
    pub sources: Vec<(String, u64)>,
    pub tags: Vec<(String, u64)>,
    /// The most quoted ones, with how many quotes each has.
    pub speakers: Vec<(String, u64)>,
    /// Searches that were kept.
    pub searches: Vec<Search>,
    /// What kept searches and all quotes come to, as far as that is counted.
    pub counted: HashMap<Place, u64>,
}

/// A search that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// What the reader calls it: the query, where they said nothing else.
    pub name: String,
    /// As it was typed.
    pub query: String,
}

impl Search {
    /// The searches that `write` wrote.
    #[must_use]
    pub fn read_all(text: &str) -> Vec<Self> {
        let read = |line: &str| {
            let (query, name) = line.split_once('\t').unwrap_or((line, line));
            Self { name: name.to_owned(), query: query.to_owned() }
        };
        text.lines().map(read).collect()
    }

    /// `searches` as text, one in a line: the query, and its name behind a tab where that is another.
    #[must_use]
    pub fn write_all(searches: &[Self]) -> String {
        let write = |search: &Self| {
            if search.name == search.query {
                search.query.clone()
            } else {
                format!("{}\t{}", search.query, search.name)
            }
        };
        searches.iter().map(write).collect::<Vec<_>>().join("\n")
    }
}

/// A line of the places' pane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    Heading(&'static str),
    Place {
        place: Place,
        name: String,
        /// `None` while it is not known.
        count: Option<u64>,
    },
    Blank,
}

impl PlacesPane {
    /// All lines from top to bottom.
    #[must_use]
    pub fn lines(&self, counts: Counts) -> Vec<Line> {
        let fixed = [
            (Place::All, "All", Some(counts.all)),
            (Place::Unread, "Unread", Some(counts.unread)),
            (Place::Bookmarks, "Bookmarks", Some(counts.bookmarked)),
            (Place::Quotes, "All quotes", self.counted.get(&Place::Quotes).copied()),
            (Place::Kept, "Kept quotes", Some(counts.kept)),
            (Place::Trash, "Trash", Some(counts.trashed)),
        ];
        let fixed = fixed.into_iter().map(|(place, name, count)| Line::Place { place, name: name.to_owned(), count });
        let mut lines: Vec<Line> = fixed.collect();
        if !self.searches.is_empty() {
            lines.extend([Line::Blank, Line::Heading("Searches")]);
            let row = |search: &Search| {
                let place = Place::Search(search.query.clone());
                let count = self.counted.get(&place).copied();
                Line::Place { place, name: search.name.clone(), count }
            };
            lines.extend(self.searches.iter().map(row));
        }
        let groups: [Group; 3] = [
            ("Speakers", counted(&self.speakers), Place::Speaker),
            ("Sources", counted(&self.sources), Place::Source),
            ("Tags", counted(&self.tags), Place::Tag),
        ];
        for (heading, rows, place) in groups.into_iter().filter(|(_, rows, _)| !rows.is_empty()) {
            lines.extend([Line::Blank, Line::Heading(heading)]);
            let row = |(name, count): Counted| Line::Place { place: place(name.clone()), name: name.clone(), count };
            lines.extend(rows.into_iter().map(row));
        }
        lines
    }

    /// Puts sources and tags into their order.
    pub fn sort(&mut self) {
        for rows in [&mut self.sources, &mut self.tags] {
            rows.sort_by_cached_key(|(name, count)| {
                let first = if self.by_number { u64::MAX - count } else { 0 };
                (first, fold::folded_words(name), name.clone())
            });
        }
    }

    /// Puts the cursor on a place, where it is among the lines; else on the first.
    pub fn select(&mut self, counts: Counts, wanted: Option<&Place>) {
        let lines = self.lines(counts);
        let at = lines.iter().position(|line| matches!(line, Line::Place { place, .. } if Some(place) == wanted));
        self.cursor = at.unwrap_or(0);
    }

    /// What a place is called.
    #[must_use]
    pub fn title(&self, place: &Place) -> String {
        let named = |query: &String| self.searches.iter().find(|search| search.query == *query);
        match place {
            Place::Search(query) => named(query).map_or_else(|| query.clone(), |search| search.name.clone()),
            place => place.title(),
        }
    }

    /// Moves the cursor by `steps` places, over headings and blanks.
    pub fn step(&mut self, counts: Counts, steps: isize) {
        let lines = self.lines(counts);
        let places: Vec<usize> =
            lines.iter().enumerate().filter(|(_, line)| matches!(line, Line::Place { .. })).map(|(at, _)| at).collect();
        let now = places.iter().position(|at| *at >= self.cursor).unwrap_or(0);
        let to = now.saturating_add_signed(steps).min(places.len().saturating_sub(1));
        self.cursor = places.get(to).copied().unwrap_or(0);
    }

    /// Moves what is in sight so that the cursor is in it.
    pub fn follow(&mut self, height: u16) {
        let height = usize::from(height).max(1);
        self.top = self.top.min(self.cursor).max((self.cursor + 1).saturating_sub(height));
    }

    /// The place under the cursor.
    #[must_use]
    pub fn selected(&self, counts: Counts) -> Option<Place> {
        match self.lines(counts).into_iter().nth(self.cursor) {
            Some(Line::Place { place, .. }) => Some(place),
            _ => None,
        }
    }
}

/// A name and how many articles or quotes it has, where that is known.
type Counted<'a> = (&'a String, Option<u64>);
/// A heading, what stands under it, and the place that a name there leads to.
type Group<'a> = (&'static str, Vec<Counted<'a>>, fn(String) -> Place);

fn counted(rows: &[(String, u64)]) -> Vec<Counted<'_>> {
    rows.iter().map(|(name, count)| (name, Some(*count))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_stand_by_name_whatever_their_case_or_by_number() {
        let row = |name: &str, count| (name.to_owned(), count);
        let mut pane = PlacesPane {
            sources: vec![row("Wire", 7), row("Evening Post", 2), row("courier", 7), row("Äther", 1)],
            ..PlacesPane::default()
        };
        let names = |pane: &PlacesPane| pane.sources.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        pane.sort();
        assert_eq!(names(&pane), ["Äther", "courier", "Evening Post", "Wire"]);
        pane.by_number = true;
        pane.sort();
        assert_eq!(names(&pane), ["courier", "Wire", "Evening Post", "Äther"]);
        pane.select(Counts::default(), Some(&Place::Source("Evening Post".to_owned())));
        assert_eq!(pane.selected(Counts::default()), Some(Place::Source("Evening Post".to_owned())));
    }
}
