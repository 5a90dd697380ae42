//! The mouse: clicks select, open and focus; the wheel scrolls what is under it; the border can be dragged.

use super::event::{Mouse, MouseKind};
use super::state::Focus;
use super::state::overlay::Overlay;
use super::state::places::Line;
use super::{App, panes};

/// Rows a step of the wheel moves.
const WHEEL: isize = 3;

impl App {
    pub(super) fn mouse(&mut self, mouse: Mouse) {
        match mouse.what {
            MouseKind::Release => self.state.dragging_border = false,
            MouseKind::Drag => self.drag(mouse.column),
            MouseKind::Press => self.press(mouse),
            MouseKind::WheelUp => self.wheel(mouse, -1),
            MouseKind::WheelDown => self.wheel(mouse, 1),
        }
    }

    fn drag(&mut self, column: u16) {
        if self.state.dragging_border
            && let Some(list) = self.state.panes().list
        {
            self.state.border = Some(column.saturating_sub(list.x).max(1));
        }
    }

    fn wheel(&mut self, mouse: Mouse, direction: isize) {
        if let Some(Overlay::Picker(picker)) = &mut self.state.overlay {
            picker.step(direction);
            picker.follow(super::overlays::picker_rows(self.state.size));
            return self.picker_moved(false);
        }
        let panes = self.state.panes();
        let under = |pane: Option<panes::Area>| pane.is_some_and(|pane| pane.contains(mouse.column, mouse.row));
        let focus = self.state.focus;
        if under(panes.article) {
            self.state.focus = Focus::Article;
            self.step(direction * WHEEL);
        } else if under(panes.list) {
            self.state.focus = Focus::List;
            self.step(direction);
        } else if under(panes.places) {
            self.state.focus = Focus::Places;
            self.step(direction);
        }
        self.state.focus = focus;
    }

    fn press(&mut self, mouse: Mouse) {
        self.state.notice = None;
        if self.state.overlay.is_some() {
            return self.press_overlay(mouse.column, mouse.row);
        }
        if self.state.prompt.is_some() {
            // What is typed for one article must not be done to another.
            return self.click_in_prompt();
        }
        self.keep_position();
        let panes = self.state.panes();
        if panes.border == Some(mouse.column) && mouse.row > 0 {
            self.state.dragging_border = true;
        } else if panes.list.is_some_and(|pane| pane.contains(mouse.column, mouse.row)) {
            self.press_list(mouse);
        } else if panes.article.is_some_and(|pane| pane.contains(mouse.column, mouse.row)) {
            self.press_article(mouse);
        } else if let Some(pane) = panes.places.filter(|pane| pane.contains(mouse.column, mouse.row)) {
            // The pane's first row is blank.
            let line = self.state.places.top + usize::from(mouse.row - pane.y).saturating_sub(1);
            let lines = self.state.places.lines(self.state.counts);
            if let Some(Line::Place { place, .. }) = lines.into_iter().nth(line) {
                self.state.places.cursor = line;
                self.go_to(place);
            }
        }
    }

    /// A click selects; one on the selected row opens it.
    fn press_list(&mut self, mouse: Mouse) {
        let area = self.state.list_rows();
        let Some(y) = mouse.row.checked_sub(area.y) else { return };
        let list = &mut self.state.list;
        let (article, quote) = (list.cursor, list.quotes.cursor);
        if self.state.listing.lists_quotes() {
            if !list.select_quote(area.height, y) {
                return;
            }
        } else {
            let rhythm = self.state.rhythm(area);
            let plan = self.state.list.plan(area.height, rhythm, &self.state.now);
            let Some(row) = plan.iter().find(|row| (row.y..row.y + rhythm.body).contains(&y)) else { return };
            self.state.list.cursor = row.index;
        }
        self.state.focus = Focus::List;
        if (article, quote) == (self.state.list.cursor, self.state.list.quotes.cursor) {
            self.open_selected();
        }
    }

    /// A click on a link follows it, one on a quote focuses it.
    fn press_article(&mut self, mouse: Mouse) {
        if self.state.article.stored.is_none() || self.state.article.difference.is_some() {
            return;
        }
        self.state.focus = Focus::Article;
        let column = self.state.text_column();
        let (Some(x), Some(y)) = (mouse.column.checked_sub(column.x), mouse.row.checked_sub(column.y)) else { return };
        let article = &self.state.article;
        let Some(row) = article.sheet.page.rows.get(article.sheet.top + usize::from(y)) else { return };
        let mut begin = 0;
        for piece in &row.pieces {
            let end = begin + crate::text::segment::cells(&piece.text);
            if (begin..end).contains(&usize::from(x)) {
                if let Some(link) = piece.style.link {
                    return self.follow(link);
                }
                let quote = piece
                    .span
                    .as_ref()
                    .and_then(|span| article.quotes().iter().position(|q| q.speech && q.span.contains(&span.start)));
                if quote.is_some() {
                    self.state.article.focus = quote;
                }
                return;
            }
            begin = end;
        }
    }
}
