//! A page, and which of its rows are in sight.

use crate::text::layout::Page;

/// A page that is scrolled.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    pub page: Page,
    /// The first row in sight.
    pub top: usize,
    /// The byte of the text that stays in sight when the page is laid out anew; `None` at the very top.
    anchor: Option<u32>,
}

impl Sheet {
    /// A sheet whose first page will show byte `offset`.
    #[must_use]
    pub fn at(offset: u32) -> Self {
        Self { anchor: Some(offset).filter(|at| *at > 0), ..Self::default() }
    }

    /// Takes a page in place of the one before; the place in the text stays.
    pub fn set(&mut self, page: Page) {
        self.page = page;
        self.top = self.anchor.filter(|at| *at > 0).map_or(0, |at| self.page.row_at(at));
    }

    /// The place in the text: a byte, 0 at the top.
    #[must_use]
    pub fn position(&self) -> u32 {
        self.anchor.unwrap_or(0)
    }

    /// The byte that the first row in sight begins with.
    #[must_use]
    pub fn top_byte(&self) -> u32 {
        self.page.rows.get(self.top).map_or(0, |row| row.start)
    }

    /// The last row that may be the first in sight.
    fn last_top(&self, height: u16) -> usize {
        self.page.rows.len().saturating_sub(usize::from(height))
    }

    /// Scrolls by rows; the place in the text is where it ends.
    pub fn scroll(&mut self, rows: isize, height: u16) {
        self.go_to_row(self.top.saturating_add_signed(rows), height);
    }

    /// Brings a row to the top, as far as the end of the page allows.
    pub fn go_to_row(&mut self, row: usize, height: u16) {
        self.top = row.min(self.last_top(height));
        self.anchor = if self.top == 0 { None } else { self.page.rows.get(self.top).map(|row| row.start) };
    }

    /// Whether the end is in sight.
    #[must_use]
    pub fn at_end(&self, height: u16) -> bool {
        self.top >= self.last_top(height)
    }

    /// How much of the page is above the lower edge of the pane, in percent.
    #[must_use]
    pub fn progress(&self, height: u16) -> usize {
        let rows = self.page.rows.len();
        let seen = (self.top + usize::from(height)).min(rows);
        (seen * 100).checked_div(rows).unwrap_or(100)
    }

    /// Brings byte `offset` into sight, a third from the top where it was out of it.
    pub fn reveal(&mut self, offset: u32, height: u16) {
        let row = self.page.row_at(offset);
        let seen = self.top..self.top + usize::from(height.saturating_sub(1)).max(1);
        if !seen.contains(&row) {
            self.go_to_row(row.saturating_sub(usize::from(height) / 3), height);
        }
    }
}
