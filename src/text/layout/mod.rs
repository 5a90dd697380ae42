//! A document set as rows of a given width. Pure: the same document, quotes and setting make the same page.
//!
//! Blocks are broken into rows one after the other (`prose`, `code`, `table`), inside the indents and lines of their
//! containers (`frame`). What the rows show is cut into pieces by `runs`. At last, when the rows of every quotation
//! are known, the long ones get their bars and speakers (`bars`).

mod bars;
mod code;
mod frame;
mod page;
mod prose;
mod runs;
mod table;
#[cfg(test)]
mod tests;
mod voices;

use std::ops::Range;

pub use page::{Changed, Page, Piece, Role, Row, Setting, Style, Voice};

use self::{
    bars::Placed,
    frame::{Frame, Frames},
    runs::Runs,
};
use super::wrap::wrap;
use crate::model::{Block, BlockKind, Container, Document, Quote};

/// A row whose place is the next one's.
const UNPLACED: u32 = u32::MAX;

/// Cells of the rule above footnotes and links.
const SHORT_RULE: usize = 12;

/// Sets `front` (lines above the document: title, byline) and `document` in rows of at most `setting.measure` cells.
/// `quotes` are sorted by start and do not overlap.
#[must_use]
pub fn lay_out(front: &[(Role, &str)], document: &Document, quotes: &[Quote], setting: Setting) -> Page {
    let setting = Setting { measure: setting.measure.max(1), ..setting };
    let mut setter = Setter::new(document, quotes, setting);
    setter.front(front);
    let mut placed = Vec::with_capacity(document.blocks().len());
    let mut frames = Frames::new(document.blocks(), setting);
    let mut before: Option<&Block> = None;
    for block in document.blocks() {
        setter.gap(before, block);
        let frame = frames.next(block);
        setter.block(block, &frame);
        placed.push(Placed { rows_end: setter.rows.len(), frame });
        before = Some(block);
    }
    setter.links();
    let mut rows = bars::mark_long(setter.rows, &placed, document, quotes, setting);
    let mut start = u32::try_from(document.text().len()).unwrap_or(u32::MAX);
    for row in rows.iter_mut().rev() {
        row.pieces.retain(|piece| !piece.text.is_empty());
        if row.start == UNPLACED {
            row.start = start;
        }
        start = row.start;
    }
    Page { rows }
}

/// Sets rows one below the other.
struct Setter<'a> {
    document: &'a Document,
    runs: Runs,
    setting: Setting,
    rows: Vec<Row>,
}

impl<'a> Setter<'a> {
    fn new(document: &'a Document, quotes: &[Quote], setting: Setting) -> Self {
        let runs = Runs::new(document, quotes, usize::from(setting.measure), setting.ascii);
        Self { document, runs, setting, rows: Vec::new() }
    }

    fn measure(&self) -> usize {
        usize::from(self.setting.measure)
    }

    fn front(&mut self, lines: &[(Role, &str)]) {
        for (role, text) in lines {
            for row in wrap(text, &[], self.measure()) {
                let piece = Piece::added(self.legible(text.get(row).unwrap_or_default()), *role);
                self.rows.push(Row { pieces: vec![piece], bar: None, start: UNPLACED });
            }
        }
    }

    /// The empty rows before `block`.
    fn gap(&mut self, before: Option<&Block>, block: &Block) {
        if self.rows.is_empty() {
            return;
        }
        let is_heading = |block: &Block| matches!(block.kind, BlockKind::Heading(_));
        let rows = match before {
            Some(before) if is_heading(block) && !is_heading(before) => 2,
            Some(_) if block.tight && !is_heading(block) => 0,
            _ => 1,
        };
        let lines = before.map_or_else(String::new, |before| frame::shared(before, block, self.setting));
        for _ in 0..rows {
            self.ornament(&lines);
        }
        let is_note = |block: &Block| block.within.iter().any(|container| matches!(container, Container::Note(_)));
        if is_note(block) && !before.is_some_and(is_note) {
            self.short_rule();
        }
    }

    fn block(&mut self, block: &Block, frame: &Frame) {
        match &block.kind {
            BlockKind::Code { .. } => self.code(block, frame),
            BlockKind::Table { columns } => self.table(block, columns, frame),
            BlockKind::Rule => self.rule(frame),
            _ => self.prose(block, frame),
        }
    }

    /// A line across.
    fn rule(&mut self, frame: &Frame) {
        let line = self.line(self.measure().saturating_sub(frame.cells));
        self.ornament(&format!("{}{line}", frame.first));
    }

    fn short_rule(&mut self) {
        let line = self.line(self.measure().min(SHORT_RULE));
        self.ornament(&line);
    }

    fn line(&self, cells: usize) -> String {
        (if self.setting.ascii { "-" } else { "─" }).repeat(cells)
    }

    /// A row of nothing but ornament; an empty one where `text` is empty.
    fn ornament(&mut self, text: &str) {
        let pieces = if text.is_empty() { Vec::new() } else { vec![Piece::added(text, Role::Ornament)] };
        self.rows.push(Row { pieces, bar: None, start: UNPLACED });
    }

    /// The addresses of the links, under a rule.
    fn links(&mut self) {
        let links = self.document.links();
        if links.is_empty() {
            return;
        }
        self.ornament("");
        self.short_rule();
        let widest = links.len().to_string().len() + 3;
        let (label, indent) = if widest * 3 <= self.measure() { (widest, widest) } else { (0, 0) };
        for (number, address) in (0..).zip(links) {
            let rows = wrap(address, &[], self.measure() - indent);
            for (at, row) in rows.into_iter().enumerate() {
                let before =
                    if at == 0 { format!("{:>label$}", format!("[{}] ", number + 1)) } else { " ".repeat(indent) };
                let mut pieces = Vec::new();
                if label > 0 {
                    pieces.push(Piece::added(before, Role::Ornament));
                }
                let mut piece = Piece::added(self.legible(address.get(row).unwrap_or_default()), Role::Footnote);
                piece.style.link = Some(number);
                pieces.push(piece);
                self.rows.push(Row { pieces, bar: None, start: UNPLACED });
            }
        }
    }

    /// The role of a block's text.
    fn role(block: &Block) -> Role {
        let is_quotation = |container: &Container| *container == Container::Quotation;
        match block.kind {
            BlockKind::Heading(level) => Role::Heading(level),
            BlockKind::Code { .. } => Role::Code,
            BlockKind::Caption => Role::Caption,
            _ if block.within.iter().any(|container| matches!(container, Container::Note(_))) => Role::Footnote,
            _ if block.within.iter().any(is_quotation) => Role::Quotation,
            BlockKind::Standfirst => Role::Standfirst,
            _ => Role::Body,
        }
    }
}

/// A byte of the text as rows and spans have it.
pub(super) fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn bytes(span: &crate::model::Span) -> Range<usize> {
    span.start as usize..span.end as usize
}
