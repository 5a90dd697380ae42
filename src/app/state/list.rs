//! The list's pane: ids of all rows, the rows that have been read, the cursor, what is visible.

use std::collections::{BTreeSet, HashMap};

use crate::clock::Now;
use crate::model::{Id, Summary};
use crate::query::Query;

use super::super::event::{Snippet, Voice};
use super::dates;
use super::folds::Folds;
use super::quoted::Quotes;

/// The list. Its ids are complete or the beginning of what a search will find; rows are read as they come into sight.
#[derive(Clone, Debug, Default)]
pub struct ListPane {
    pub ids: Vec<Id>,
    /// All ids are there.
    pub complete: bool,
    /// They are all that was found, and not only the beginning of it.
    pub whole: bool,
    pub rows: HashMap<Id, Summary>,
    /// What stands under the rows.
    pub folds: Folds,
    pub snippets: HashMap<Id, Snippet>,
    /// What a list of quotes shows of each article.
    pub quotes: Quotes,
    /// Index of the selected row.
    pub cursor: usize,
    /// Index of the first row in sight.
    pub top: usize,
    /// Articles selected with `v`.
    pub marked: BTreeSet<Id>,
    /// Articles whose mark as read is on its way to the disk: until it is there they look unread.
    pub marking: BTreeSet<Id>,
    /// The cursor goes to this article as soon as it is listed.
    pub wanted: Option<Id>,
    /// The next ids are another list's: the cursor goes to their top.
    pub from_top: bool,
    /// The cursor goes to the end as soon as the list is complete.
    pub to_end: bool,
    /// Who the speaker is whose page was shown last.
    pub voice: Option<Box<Voice>>,
    /// What was searched in place of what was typed, as that finds nothing.
    pub meant: Option<Query>,
    /// Why the last request found nothing, if it failed.
    pub failure: Option<String>,
}

/// How rows are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rhythm {
    /// Rows a list row takes: title, source, perhaps matching words.
    pub body: u16,
    /// Blank rows between.
    pub gap: u16,
    /// A heading before the first article of a day.
    pub by_day: bool,
}

/// A list row in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Index in the ids.
    pub index: usize,
    /// The first of its rows, from the top of the list.
    pub y: u16,
    /// What stands in the row above it.
    pub heading: Option<String>,
}

impl ListPane {
    /// The selected article.
    #[must_use]
    pub fn selected(&self) -> Option<Id> {
        self.ids.get(self.cursor).copied()
    }

    /// The selected article's row, once it is read.
    #[must_use]
    pub fn selected_row(&self) -> Option<&Summary> {
        self.selected().and_then(|id| self.rows.get(&id))
    }

    /// The rows in sight in `height` rows, from `top` on; the last one may be cut off.
    #[must_use]
    pub fn plan(&self, height: u16, rhythm: Rhythm, now: &Now) -> Vec<Placed> {
        self.plan_from(self.top, height, rhythm, now)
    }

    fn plan_from(&self, top: usize, height: u16, rhythm: Rhythm, now: &Now) -> Vec<Placed> {
        let mut placed = Vec::new();
        let mut y = 0;
        let mut day = None;
        for (index, id) in self.ids.iter().enumerate().skip(top) {
            let mut heading = None;
            // What stands under another one is of its day, whatever its own.
            if rhythm.by_day
                && !self.folds.shows(*id)
                && height > rhythm.body
                && let Some(row) = self.rows.get(id)
            {
                let its = dates::day(row.published, now);
                if day != Some(its) {
                    heading = Some(dates::heading(row.published, now));
                    day = Some(its);
                    y += 1;
                }
            }
            if y >= height {
                break;
            }
            placed.push(Placed { index, y, heading });
            y += rhythm.body + rhythm.gap;
            if y >= height {
                break;
            }
        }
        placed
    }

    /// Rows that are wholly in sight; at least one.
    #[must_use]
    pub fn page(&self, height: u16, rhythm: Rhythm, now: &Now) -> usize {
        let whole = |placed: &&Placed| placed.y + rhythm.body <= height;
        self.plan(height, rhythm, now).iter().filter(whole).count().max(1)
    }

    /// Moves what is in sight so that the cursor is in it.
    pub fn follow(&mut self, height: u16, rhythm: Rhythm, now: &Now) {
        self.cursor = self.cursor.min(self.ids.len().saturating_sub(1));
        let shows = |top: usize| {
            self.plan_from(top, height, rhythm, now)
                .iter()
                .any(|placed| placed.index == self.cursor && (placed.y + rhythm.body <= height || placed.y <= 1))
        };
        if self.cursor <= self.top {
            self.top = self.cursor;
        } else if !shows(self.top) {
            let mut top = self.cursor;
            while top > 0 && shows(top - 1) {
                top -= 1;
            }
            self.top = top;
        }
        // No empty room below the last row while there are rows above.
        if self.complete {
            let last = self.ids.len().saturating_sub(1);
            let ends = |top: usize| {
                self.plan_from(top, height, rhythm, now)
                    .iter()
                    .any(|placed| placed.index == last && placed.y + rhythm.body <= height)
            };
            let mut top = self.top;
            while top > 0 && ends(top - 1) {
                top -= 1;
            }
            self.top = top;
        }
    }

    /// The first article from the index `from` on that is unread, or whose row is not there.
    #[must_use]
    pub fn unread_from(&self, from: usize) -> Option<(usize, Id)> {
        let mut below = self.ids.iter().copied().enumerate().skip(from);
        below.find(|(_, id)| self.rows.get(id).is_none_or(|row| !row.read))
    }

    /// Whether the article of `row` looks read: its mark is on the disk.
    #[must_use]
    pub fn looks_read(&self, row: &Summary) -> bool {
        row.read && !self.marking.contains(&row.id)
    }

    /// Whether nothing that stands under `head` is shown, and some of it is unread.
    #[must_use]
    pub fn hides_unread(&self, head: Id) -> bool {
        let unread = |id: Id| self.rows.get(&id).is_some_and(|row| !self.looks_read(row));
        self.folds.under(head).any(|id| unread(id) && !self.folds.shows(id))
    }

    /// Shows or hides what tells the same story as the selected article; whether anything does.
    pub fn turn_fold(&mut self) -> bool {
        let head = self.selected().and_then(|id| self.folds.turn(id, &mut self.ids));
        if let Some(at) = head.and_then(|head| self.ids.iter().position(|id| *id == head)) {
            self.cursor = at;
            self.top = self.top.min(at);
        }
        head.is_some()
    }

    /// Takes articles out of the list; the cursor stays on its article, or on the one that follows.
    pub fn remove(&mut self, gone: &BTreeSet<Id>) {
        let before = self.ids.iter().take(self.cursor).filter(|id| gone.contains(id)).count();
        self.ids.retain(|id| !gone.contains(id));
        self.folds.remove(|id| gone.contains(&id));
        self.cursor = (self.cursor - before).min(self.ids.len().saturating_sub(1));
        self.top = self.top.min(self.cursor);
        self.marked.retain(|id| !gone.contains(id));
    }

    /// Takes the beginning of the ids, the others of which are still looked for. Where the same list is there already it stays
    /// until all are known: a beginning in its place would move what is in sight, and lose the cursor's article.
    pub fn begin(&mut self, ids: Vec<Id>) {
        if self.from_top || (!self.whole && ids.len() >= self.ids.len()) {
            self.take_ids(ids, false);
            self.whole = false;
        }
    }

    /// Replaces the ids, under which others stand: as `take_ids`.
    pub fn take_folded(&mut self, mut ids: Vec<Id>, under: Vec<(Id, Id)>, complete: bool) {
        self.folds.take(under, &mut ids);
        self.take_ids(ids, complete);
    }

    /// Replaces the ids. The cursor stays on its article where that is still listed.
    pub fn take_ids(&mut self, ids: Vec<Id>, complete: bool) {
        self.whole = true;
        let stays = if std::mem::take(&mut self.from_top) { None } else { self.selected() };
        if stays.is_none() {
            self.cursor = 0;
            self.top = 0;
            self.quotes.cursor = 0;
            self.quotes.top = 0;
        }
        let wanted = self.wanted.or(stays);
        let offset = self.cursor.saturating_sub(self.top);
        self.ids = ids;
        self.complete = complete;
        self.failure = None;
        let at = |id: Id| self.ids.iter().position(|listed| *listed == id);
        let found = wanted.and_then(|id| at(id).or_else(|| at(self.folds.head(id)?)));
        if let Some(at) = found {
            self.cursor = at;
            self.top = at.saturating_sub(offset);
            self.wanted = None;
        } else if complete {
            self.wanted = None;
        }
        if complete && self.to_end {
            self.to_end = false;
            self.cursor = self.ids.len().saturating_sub(1);
            self.go_to_quote(u32::MAX);
        }
        self.cursor = self.cursor.min(self.ids.len().saturating_sub(1));
        self.top = self.top.min(self.cursor);
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::model::Published;

    const NOW: i64 = 1_795_348_800;
    const RHYTHM: Rhythm = Rhythm { body: 2, gap: 1, by_day: true };

    /// Articles numbered downwards from `count`, three a day.
    pub(in crate::app::state) fn pane(count: i64) -> ListPane {
        let mut pane = ListPane::default();
        let ids: Vec<Id> = (1..=count).rev().collect();
        let row = |id: Id| Summary {
            id,
            title: format!("Article {id}"),
            url: None,
            source: None,
            author: None,
            published: Published { seconds: NOW - (count - id) / 3 * 86_400, day_only: false },
            words: 100,
            quotes: 0,
            read: false,
            bookmarked: None,
            trashed: false,
            tags: Vec::new(),
        };
        pane.take_rows(&[], ids.iter().map(|id| row(*id)).collect());
        pane.take_ids(ids, true);
        pane
    }

    fn drawn(pane: &ListPane, height: u16) -> Vec<(usize, u16, bool)> {
        let plan = pane.plan(height, RHYTHM, &Now::fixed(NOW));
        plan.into_iter().map(|placed| (placed.index, placed.y, placed.heading.is_some())).collect()
    }

    #[test]
    fn rows_stand_under_their_day() {
        assert_eq!(drawn(&pane(9), 14), [(0, 1, true), (1, 4, false), (2, 7, false), (3, 11, true)]);
    }

    #[test]
    fn the_cursor_is_always_wholly_in_sight() {
        for height in 1..30 {
            let mut pane = pane(30);
            let now = Now::fixed(NOW);
            for cursor in (0..30).chain((0..30).rev()).chain([29, 0, 15]) {
                pane.cursor = cursor;
                pane.follow(height, RHYTHM, &now);
                let seen = pane.plan(height, RHYTHM, &now);
                let placed = seen.iter().find(|placed| placed.index == cursor).expect("in sight");
                assert!(height < 4 || placed.y + 2 <= height, "row {cursor} is cut off in {height} rows");
            }
        }
    }

    #[test]
    fn the_end_leaves_no_empty_room() {
        let mut pane = pane(30);
        pane.cursor = 29;
        pane.top = 29;
        pane.follow(12, RHYTHM, &Now::fixed(NOW));
        assert!(pane.top <= 27, "only the last row is shown, from row {}", pane.top);
    }

    #[test]
    fn new_ids_leave_the_cursor_on_its_article() {
        let mut pane = pane(5);
        pane.cursor = 2;
        let article = pane.selected();
        pane.take_ids(vec![9, 8, 7, 5, 4, 3, 2, 1], true);
        assert_eq!(pane.selected(), article);
    }

    #[test]
    fn the_beginning_of_the_same_list_does_not_take_the_place_of_all_of_it() {
        let mut pane = pane(9);
        pane.cursor = 6;
        let (article, ids) = (pane.selected(), pane.ids.clone());
        pane.begin(vec![10, 9, 8]);
        assert_eq!((pane.selected(), &pane.ids), (article, &ids));
        pane.take_ids((1..=10).rev().collect(), true);
        assert_eq!((pane.selected(), pane.cursor), (article, 7));
        // Another list begins with what is known of it, and goes on with more.
        pane.from_top = true;
        for known in [vec![5, 4], vec![5, 4, 2, 1], vec![5]] {
            pane.begin(known);
        }
        assert_eq!((pane.ids.as_slice(), pane.cursor), ([5, 4, 2, 1].as_slice(), 0));
    }

    #[test]
    fn articles_that_are_gone_give_the_cursor_to_the_next() {
        let mut pane = pane(5);
        pane.cursor = 2;
        pane.remove(&BTreeSet::from([5, 3]));
        assert_eq!(pane.selected(), Some(2));
        pane.remove(&BTreeSet::from([4, 2, 1]));
        assert_eq!(pane.selected(), None);
    }
}
