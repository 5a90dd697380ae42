//! Two texts of the open article set in one, over the article, and the place in them.

use super::Sheet;
use crate::model::Id;
use crate::text::difference::{self, Difference, Sign};
use crate::text::layout::{Role, Setting};

/// Which two texts of an article are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    pub id: Id,
    /// The number of the earlier one.
    pub from: u32,
    /// The number of the later one; `None`: the text of now.
    pub to: Option<u32>,
}

/// What the reader goes through in a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stops {
    Changes,
    /// Quotations that changed.
    Quotes,
}

/// A difference that is shown.
#[derive(Clone, Debug)]
pub struct DifferencePane {
    pub pair: Pair,
    /// Lines above it: which texts, and how much.
    front: Vec<String>,
    difference: Difference,
    pub sheet: Sheet,
    signs: Vec<Sign>,
    /// What did not change is folded away.
    pub folded: bool,
    /// Something is, or could be.
    pub folds: bool,
    setting: Option<(Setting, bool)>,
    /// The byte that was gone to last.
    pub at: Option<u32>,
}

impl DifferencePane {
    /// Shows `difference` below a line that says which texts it compares.
    #[must_use]
    pub fn new(pair: Pair, which: String, difference: Difference) -> Self {
        let front = vec![which, difference.summary()];
        let (sheet, signs) = (Sheet::default(), Vec::new());
        Self { pair, front, difference, sheet, signs, folded: true, folds: false, setting: None, at: None }
    }

    /// Lays it out where it is not yet as `setting` says; the place in it stays.
    pub fn lay_out(&mut self, setting: Setting) {
        if self.setting.replace((setting, self.folded)) == Some((setting, self.folded)) {
            return;
        }
        let front: Vec<(Role, &str)> = self.front.iter().map(|line| (Role::Byline, line.as_str())).collect();
        let laid = difference::lay_out(&self.difference, &front, setting, self.folded);
        self.sheet.set(laid.page);
        (self.signs, self.folds) = (laid.signs, laid.folds);
    }

    /// What stands in the margin of a row.
    #[must_use]
    pub fn sign(&self, row: usize) -> Sign {
        self.signs.get(row).copied().unwrap_or_default()
    }

    /// The row that was gone to last.
    #[must_use]
    pub fn row_at_hand(&self) -> Option<usize> {
        self.at.map(|at| self.sheet.page.row_at(at))
    }

    fn stops(&self, what: Stops) -> Vec<u32> {
        match what {
            Stops::Changes => self.difference.places.iter().map(|place| place.start).collect(),
            Stops::Quotes => {
                let mut starts: Vec<u32> = self.difference.said.iter().map(|said| said.quote.span.start).collect();
                starts.dedup();
                starts
            }
        }
    }

    /// Which change is at hand, from 1, and how many there are.
    #[must_use]
    pub fn number(&self) -> (Option<usize>, usize) {
        let stops = self.stops(Stops::Changes);
        (self.at.map(|at| stops.partition_point(|stop| *stop <= at)).filter(|number| *number > 0), stops.len())
    }

    /// Goes `steps` further: from the one at hand, else from the top of what is in sight. Says which one of how many it
    /// is, from 1; `None` where there is none further.
    pub fn step(&mut self, what: Stops, steps: isize, height: u16) -> Option<(usize, usize)> {
        let stops = self.stops(what);
        let to = match (self.at, steps > 0) {
            (Some(at), true) => stops.partition_point(|stop| *stop <= at).checked_add_signed(steps - 1),
            (Some(at), false) => stops.partition_point(|stop| *stop < at).checked_add_signed(steps),
            (None, true) => {
                let top = self.sheet.top_byte();
                stops.partition_point(|stop| *stop < top).checked_add_signed(steps - 1)
            }
            (None, false) => {
                let top = self.sheet.top_byte();
                stops.partition_point(|stop| *stop < top).checked_add_signed(steps)
            }
        }?;
        let at = *stops.get(to)?;
        self.at = Some(at);
        self.sheet.reveal(at, height);
        Some((to + 1, stops.len()))
    }
}
