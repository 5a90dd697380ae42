//! Which rows of the list are read: those in sight, and those that may come into sight next.

use std::collections::BTreeSet;

use super::ListPane;
use crate::model::{Id, Summary};

/// Rows kept in memory around the ones in sight.
const KEPT_ROWS: usize = 2_000;
/// Rows read before and behind the ones in sight.
const AHEAD: usize = 12;

/// Rows of the list that `height` rows show at most.
fn in_sight(height: u16) -> usize {
    usize::from(height / 2) + 1
}

impl ListPane {
    /// The ids in sight and around that have no row yet, where one of those in sight has none.
    #[must_use]
    pub fn missing(&self, height: u16) -> Vec<Id> {
        self.missing_within(height, 0)
    }

    /// The ids around those in sight that have no row yet, where a page further one has none.
    #[must_use]
    pub fn ahead(&self, height: u16) -> Vec<Id> {
        if height == 0 { Vec::new() } else { self.missing_within(height, in_sight(height)) }
    }

    /// Where some of the rows in sight or up to `near` from them are missing: those, and more around them.
    fn missing_within(&self, height: u16, near: usize) -> Vec<Id> {
        let missing = |beside: usize| {
            let from = self.top.saturating_sub(beside);
            let rows = self.with_folded(from, self.top - from + in_sight(height) + beside);
            rows.filter(|id| !self.rows.contains_key(id))
        };
        if missing(near).next().is_none() {
            return Vec::new();
        }
        let mut around: Vec<Id> = missing(near + AHEAD).collect();
        // What is shown under another one comes twice.
        around.sort_unstable();
        around.dedup();
        around
    }

    /// The articles of `count` rows from the index `from` on, and those that stand under them.
    fn with_folded(&self, from: usize, count: usize) -> impl Iterator<Item = Id> {
        let rows = self.ids.iter().skip(from).take(count);
        rows.flat_map(|id| std::iter::once(*id).chain(self.folds.under(*id)))
    }

    /// Forgets the rows that are out of sight in `height` rows; the articles of the others.
    pub fn keep_sight(&mut self, height: u16) -> Vec<Id> {
        let sight = self.with_folded(self.top, in_sight(height));
        let seen: Vec<Id> = sight.filter(|id| self.rows.contains_key(id)).collect();
        self.rows.retain(|id, _| seen.contains(id));
        seen
    }

    /// Takes rows in, and drops those far from sight when there are many.
    pub fn take_rows(&mut self, asked: &[Id], rows: Vec<Summary>) {
        if self.rows.len() + rows.len() > KEPT_ROWS {
            let near: BTreeSet<Id> = self.with_folded(self.top.saturating_sub(KEPT_ROWS / 4), KEPT_ROWS / 2).collect();
            self.rows.retain(|id, _| near.contains(id));
        }
        let found: BTreeSet<Id> = rows.iter().map(|row| row.id).collect();
        let gone: BTreeSet<Id> = asked.iter().copied().filter(|id| !found.contains(id)).collect();
        self.rows.extend(rows.into_iter().map(|row| (row.id, row)));
        if !gone.is_empty() {
            self.remove(&gone);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::list::tests::pane;

    #[test]
    fn rows_are_asked_for_before_they_come_into_sight() {
        let mut pane = pane(200);
        // The first 60 are there.
        pane.rows.retain(|id, _| *id > 140);
        let asked = |top: usize| {
            let pane = ListPane { top, ..pane.clone() };
            (pane.missing(20).len(), pane.ahead(20))
        };
        assert_eq!(asked(38), (0, vec![]), "a page of 11 rows further all is there");
        assert_eq!(asked(39), (0, (128..=140).collect()));
        assert_eq!(asked(50).0, 13, "one in sight is missing");
        assert!(pane.ahead(0).is_empty(), "no list is shown");
    }
}
