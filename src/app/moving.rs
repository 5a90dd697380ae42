//! Moving through the list, the article and the places, and between them.

use crate::model::{Id, Order};

use super::state::places::Line;
use super::state::{Focus, Place};
use super::{App, Effect, Notice};

/// Rows read at a time in search of an unread article.
const ROWS_SOUGHT: usize = 500;

impl App {
    /// Moves by rows in the pane that has the focus.
    pub(super) fn step(&mut self, steps: isize) {
        match self.state.focus {
            Focus::Places => self.state.places.step(self.state.counts, steps),
            Focus::List => self.step_list(steps),
            Focus::Article => self.scroll(steps),
        }
    }

    /// Moves by pages, or parts of them, in the pane that has the focus.
    pub(super) fn step_pages(&mut self, pages: isize, part: usize) {
        let rows = match self.state.focus {
            Focus::Places => usize::from(self.state.panes().status.y) / part,
            Focus::List => {
                let area = self.state.list_rows();
                let list = &self.state.list;
                let page = if self.state.lists_quotes() {
                    list.quote_page(area.height)
                } else {
                    list.page(area.height, self.state.rhythm(area), &self.state.now)
                };
                page / part
            }
            // A line or two of what was read stays in sight.
            Focus::Article => usize::from(self.state.text_column().height.saturating_sub(2)) / part,
        };
        self.step(pages.saturating_mul(isize::try_from(rows.max(1)).unwrap_or(1)));
    }

    pub(super) fn step_other(&mut self, steps: isize) {
        match self.state.focus {
            Focus::List | Focus::Places => self.scroll(steps),
            Focus::Article => {
                self.step_list(steps);
                self.open_selected();
            }
        }
    }

    fn step_list(&mut self, steps: isize) {
        let quotes = self.state.lists_quotes();
        let list = &mut self.state.list;
        list.to_end = false;
        if quotes {
            return list.step_quotes(steps);
        }
        list.cursor = list.cursor.saturating_add_signed(steps).min(list.ids.len().saturating_sub(1));
    }

    fn scroll(&mut self, rows: isize) {
        let height = self.state.text_column().height;
        self.state.article.scroll(rows, height);
    }

    pub(super) fn move_to_row(&mut self, row: usize) {
        match self.state.focus {
            Focus::Places => self.state.places.step(self.state.counts, isize::MIN),
            Focus::List => {
                self.state.list.to_end = false;
                self.state.list.cursor = row.min(self.state.list.ids.len().saturating_sub(1));
                self.state.list.go_to_quote(0);
            }
            Focus::Article => {
                let height = self.state.text_column().height;
                self.state.article.go_to_row(row, height);
            }
        }
    }

    pub(super) fn move_to_end(&mut self) {
        match self.state.focus {
            Focus::Places => self.state.places.step(self.state.counts, isize::MAX),
            Focus::List => {
                let list = &mut self.state.list;
                list.cursor = list.ids.len().saturating_sub(1);
                list.to_end = !list.complete;
                list.go_to_quote(u32::MAX);
            }
            Focus::Article => {
                let height = self.state.text_column().height;
                self.state.article.go_to_row(usize::MAX, height);
            }
        }
    }

    /// A page on in the article; at its end, the next unread article.
    pub(super) fn page_on(&mut self) {
        let height = self.state.text_column().height;
        if self.state.focus == Focus::List && height == 0 {
            return self.open_selected();
        }
        if !self.state.article.at_end(height) || self.state.article.difference.is_some() {
            let rows = isize::try_from(height.saturating_sub(2).max(1)).unwrap_or(1);
            return self.state.article.scroll(rows, height);
        }
        self.seek_unread(self.state.list.cursor + 1);
    }

    /// Opens the next unread article from index `from` on; where rows are not read yet, asks for them and goes on then.
    pub(super) fn seek_unread(&mut self, from: usize) {
        let list = &self.state.list;
        let Some((at, id)) = list.unread_from(from) else {
            return self.notify(Notice::said("no unread article below"));
        };
        if list.rows.contains_key(&id) {
            self.state.list.cursor = at;
            return self.open_selected();
        }
        let unknown = list.ids.iter().skip(at).copied().filter(|id| !list.rows.contains_key(id));
        let ids: Vec<Id> = unknown.take(ROWS_SOUGHT).collect();
        self.seeking = Some(at);
        self.push(Effect::Summaries(ids));
    }

    /// Opens what is selected: the article in its pane, or the place in the list.
    pub(super) fn open_selected(&mut self) {
        match self.state.focus {
            Focus::Places => {
                if let Some(place) = self.state.places.selected(self.state.counts) {
                    self.go_to(place);
                }
            }
            Focus::List | Focus::Article => {
                let Some(id) = self.state.list.selected() else { return };
                if self.state.lists_quotes() && self.state.focus == Focus::List {
                    self.leave_mark();
                }
                self.keep_position();
                self.open(id);
                self.quote_shown = None;
                self.state.focus = Focus::Article;
                self.mark_opened(id);
            }
        }
    }

    /// An opened article is read, where the settings say so.
    fn mark_opened(&mut self, id: Id) {
        let unread = self.state.list.rows.get(&id).is_some_and(|row| !row.read);
        if unread && self.state.settings.mark_read == crate::config::MarkRead::Open && !self.state.passing {
            self.mark_read(id);
        }
    }

    /// An article read to its end is read, where the settings say so.
    pub(super) fn note_read_to_end(&mut self, height: u16) {
        let state = &self.state;
        let differs = state.article.difference.is_some();
        if state.settings.mark_read != crate::config::MarkRead::End
            || differs
            || state.focus != Focus::Article
            || state.passing
        {
            return;
        }
        if self.opening.is_some() || !state.article.at_end(height) {
            return;
        }
        let article = &mut self.state.article;
        // Once: behind it the reader may say otherwise, and the disk may refuse it.
        let again = std::mem::replace(&mut article.ended, true);
        let unread = article.stored.as_ref().filter(|stored| !stored.summary.read && !again);
        if let Some(id) = unread.map(|stored| stored.summary.id) {
            self.mark_read(id);
        }
    }

    pub(super) fn go_left(&mut self) {
        match self.state.focus {
            Focus::Article if self.state.zoomed && self.state.list.ids.len() < 2 => {}
            Focus::Article => {
                self.keep_position();
                self.state.focus = Focus::List;
                self.state.zoomed = false;
            }
            Focus::List if self.state.panes().places.is_some() || self.state.panes().article.is_none() => {
                self.enter_places();
            }
            Focus::List | Focus::Places => {}
        }
    }

    pub(super) fn go_right(&mut self) {
        match self.state.focus {
            Focus::Places => self.state.focus = Focus::List,
            Focus::List => self.open_selected(),
            Focus::Article => {}
        }
    }

    pub(super) fn next_pane(&mut self) {
        match self.state.focus {
            Focus::Article if self.state.panes().places.is_some() => {
                self.keep_position();
                self.enter_places();
            }
            Focus::Article => self.go_left(),
            Focus::List | Focus::Places => self.go_right(),
        }
    }

    fn enter_places(&mut self) {
        if self.state.passing {
            return;
        }
        self.state.places.select(self.state.counts, Some(&self.state.listing.place));
        self.state.focus = Focus::Places;
    }

    pub(super) fn toggle_places(&mut self) {
        self.keep_position();
        let seen = self.state.panes().places.is_some();
        if seen && self.state.focus == Focus::Places {
            self.state.focus = Focus::List;
        }
        self.state.places.shown = Some(!seen);
        if !seen && self.state.panes().places.is_none() {
            // One pane at a time: the places take the list's.
            self.enter_places();
        }
    }

    /// Shows a place in the list; the way back is kept.
    pub(super) fn go_to(&mut self, place: Place) {
        self.leave_mark();
        self.leave_search();
        self.state.focus = Focus::List;
        self.state.zoomed = false;
        let order = self.state.listing.order;
        let order = if order == Order::Relevance { self.state.settings.sort } else { order };
        let listing = super::state::Listing { place, order, ..super::state::Listing::default() };
        self.show_listing(listing);
    }

    /// Goes to the places, to the first of a group.
    pub(super) fn go_to_group(&mut self, heading: &str) {
        let lines = self.state.places.lines(self.state.counts);
        let at = lines.iter().position(|line| matches!(line, Line::Heading(name) if *name == heading));
        match at {
            Some(at) => {
                self.keep_position();
                self.state.focus = Focus::Places;
                self.state.places.cursor = at + 1;
                // The group stands on top, as far as what is below it fills the pane.
                let height = self.state.panes().places.map_or(0, |pane| usize::from(pane.height.saturating_sub(1)));
                self.state.places.top = at.min(lines.len().saturating_sub(height));
            }
            None => self.notify(Notice::said(format!("no {} yet", heading.to_lowercase()))),
        }
    }

    pub(super) fn move_to_block(&mut self, forward: bool, headings: bool) {
        let height = self.state.text_column().height;
        match self.state.article.block_row(forward, headings) {
            Some(row) => self.state.article.go_to_row(row, height),
            None => self.notify(Notice::said(if forward { "none further" } else { "none before" })),
        }
    }

    pub(super) fn move_to_link(&mut self, forward: bool) {
        let height = self.state.text_column().height;
        match self.state.article.link_row(forward) {
            Some(row) => self.state.article.go_to_row(row, height),
            None => self.notify(Notice::said(if forward { "no link further" } else { "no link before" })),
        }
    }

    pub(super) fn step_quote(&mut self, steps: isize) {
        let height = self.state.text_column().height;
        if !self.state.article.step_quote(steps, height) {
            let none = self.state.article.quote_number().1 == 0;
            let which = if none {
                "no quotes in this article"
            } else if steps > 0 {
                "the last quote"
            } else {
                "the first quote"
            };
            self.notify(Notice::said(which));
        }
    }

    pub(super) fn step_hit(&mut self, steps: isize) {
        let height = self.state.text_column().height;
        match self.state.article.step_hit(steps, height) {
            Some((hit, count)) => self.notify(Notice::said(format!("hit {hit} of {count}"))),
            None => self.notify(Notice::said("nothing is searched here; / finds words")),
        }
    }
}

impl App {
    /// Leaves a search or filter without going back to what was before.
    fn leave_search(&mut self) {
        self.state.before_search = None;
        self.state.prompt = None;
        self.forget_find();
    }

    /// Closes or clears the nearest thing; never quits.
    pub(super) fn close(&mut self) {
        let state = &mut self.state;
        if state.focus == Focus::Article {
            if state.article.difference.take().is_some() {
                return;
            }
            // What a list of quotes put into focus stays so: it is what is selected there.
            if !state.lists_quotes() && state.article.focus.take().is_some() {
                return;
            }
            if !state.article.find.is_empty() {
                return self.forget_find();
            }
            // Out of the article first; only from the list is a search left.
            if state.list.ids.len() > 1 || !state.passing {
                self.keep_position();
                self.state.zoomed = false;
                self.state.focus = Focus::List;
            }
            return;
        }
        if !state.list.marked.is_empty() {
            state.list.marked.clear();
        } else if state.listing.search.is_some() || !state.listing.filter.is_empty() {
            if let Some(spot) = state.before_search.take() {
                self.restore(*spot);
            } else {
                let listing = super::state::Listing { search: None, filter: String::new(), ..state.listing.clone() };
                self.show_listing(listing);
            }
        } else if state.focus == Focus::Places {
            state.focus = Focus::List;
        }
    }

    /// Back by one step; at the top, out.
    pub(super) fn back(&mut self) {
        let state = &self.state;
        match state.focus {
            Focus::Article if state.article.difference.is_some() => self.close(),
            Focus::Article if state.list.ids.len() > 1 || !state.passing => {
                self.keep_position();
                self.state.zoomed = false;
                self.state.focus = Focus::List;
            }
            Focus::Places => self.state.focus = Focus::List,
            Focus::List if state.listing.search.is_some() || !state.listing.filter.is_empty() => self.close(),
            Focus::List if state.listing.place != Place::All => self.leave_place(),
            Focus::Article | Focus::List => self.quit(),
        }
    }
}
