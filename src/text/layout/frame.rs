//! What stands left of a block: the lines of block quotations, the markers of lists, the labels of footnotes, and the
//! blanks under them.

use std::mem::{Discriminant, discriminant};

use super::page::{Piece, Role, Setting};
use crate::{
    model::{Block, Container, Marker},
    text::{
        layout::runs::raised_label,
        segment::{cells, shorten_with},
    },
};

/// Cells that containers leave for the text; deeper ones are not indented any further.
pub(super) const LEAST_MEASURE: usize = 12;

/// Cells of the longest label of a footnote.
const LONGEST_LABEL: usize = 8;

/// Left of a block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Frame {
    /// Left of its first row.
    pub first: String,
    /// Left of the others.
    pub rest: String,
    /// Cells of each of them.
    pub cells: usize,
}

impl Frame {
    pub(super) fn push(&self, is_first: bool, pieces: &mut Vec<Piece>) {
        if self.cells > 0 {
            pieces.push(Piece::added(if is_first { &self.first } else { &self.rest }.as_str(), Role::Ornament));
        }
    }
}

/// The frames of a document's blocks, one after the other.
pub(super) struct Frames {
    setting: Setting,
    /// For every container of every block in reading order: the cells that it takes.
    indents: std::vec::IntoIter<usize>,
}

/// A list or container that further blocks may belong to.
struct Open {
    kind: Discriminant<Container>,
    number: Option<u64>,
    /// Its place among the widths.
    width: usize,
}

impl Frames {
    pub(super) fn new(blocks: &[Block], setting: Setting) -> Self {
        // The numbers of one list are set flush right, so a marker's width depends on the items below it.
        let mut widths: Vec<usize> = Vec::new();
        let mut users: Vec<usize> = Vec::new();
        let mut open: Vec<Open> = Vec::new();
        for block in blocks {
            for (depth, container) in block.within.iter().enumerate() {
                let number = match container {
                    Container::Item(Some(Marker::Number(number))) => Some(*number),
                    _ => None,
                };
                let own = width(container, setting);
                let begins = matches!(container, Container::Item(Some(_)) | Container::Note(Some(_)));
                let known = open.get(depth).filter(|open| open.kind == discriminant(container));
                let goes_on = match known {
                    Some(_) if !begins => true,
                    // The next item of the same numbered list.
                    Some(open) => number.is_some_and(|number| open.number.is_some_and(|last| last < number)),
                    None => false,
                };
                let width = match known {
                    Some(open) if goes_on => open.width,
                    _ => {
                        widths.push(0);
                        widths.len() - 1
                    }
                };
                if begins || !goes_on {
                    open.truncate(depth);
                    open.push(Open { kind: discriminant(container), number, width });
                }
                if let Some(widest) = widths.get_mut(width) {
                    *widest = own.max(*widest);
                }
                users.push(width);
            }
            open.truncate(block.within.len());
        }
        let indents: Vec<usize> = users.iter().map(|user| widths.get(*user).copied().unwrap_or(0)).collect();
        Self { setting, indents: indents.into_iter() }
    }

    /// The frame of the next block.
    pub(super) fn next(&mut self, block: &Block) -> Frame {
        let measure = usize::from(self.setting.measure);
        let mut frame = Frame::default();
        let mut bullets = 0;
        for container in &block.within {
            let indent = self.indents.next().unwrap_or(0);
            if frame.cells + indent + LEAST_MEASURE > measure {
                continue;
            }
            let (first, rest) = match container {
                Container::Quotation => (quotation(self.setting.ascii).to_owned(), quotation(self.setting.ascii)),
                Container::Item(Some(Marker::Bullet)) => (bullet(bullets, self.setting.ascii).to_owned(), ""),
                Container::Item(Some(Marker::Number(number))) => (format!("{number}. "), ""),
                Container::Note(Some(label)) => (note_label(label, self.setting.ascii), ""),
                Container::Item(None) | Container::Note(None) => (String::new(), ""),
            };
            bullets += usize::from(matches!(container, Container::Item(_)));
            let is_number = matches!(container, Container::Item(Some(Marker::Number(_))));
            let blanks = " ".repeat(indent.saturating_sub(cells(&first)));
            let (left, right) = if is_number { (&blanks, &first) } else { (&first, &blanks) };
            frame.first.extend([left.as_str(), right.as_str()]);
            frame.rest += rest;
            frame.rest += &" ".repeat(indent.saturating_sub(cells(rest)));
            frame.cells += indent;
        }
        frame
    }
}

/// What stands left of the empty rows between two blocks: the lines of quotations that go on.
pub(super) fn shared(before: &Block, block: &Block, setting: Setting) -> String {
    let mut shared = String::new();
    for (above, below) in before.within.iter().zip(&block.within) {
        if *above != Container::Quotation || *below != Container::Quotation {
            break;
        }
        if cells(&shared) + cells(quotation(setting.ascii)) + LEAST_MEASURE > usize::from(setting.measure) {
            break;
        }
        shared += quotation(setting.ascii);
    }
    shared.trim_end().to_owned()
}

fn width(container: &Container, setting: Setting) -> usize {
    match container {
        Container::Quotation => cells(quotation(setting.ascii)),
        Container::Item(Some(Marker::Number(number))) => number.to_string().len() + 2,
        Container::Item(Some(Marker::Bullet)) => cells(bullet(0, setting.ascii)),
        Container::Note(Some(label)) => cells(&note_label(label, setting.ascii)),
        // Under a marker that the document does not have.
        Container::Item(None) | Container::Note(None) => 2,
    }
}

fn quotation(ascii: bool) -> &'static str {
    if ascii { "| " } else { "│ " }
}

fn bullet(depth: usize, ascii: bool) -> &'static str {
    match (depth % 3, ascii) {
        (0, false) => "• ",
        (1, false) => "◦ ",
        (_, false) => "▪ ",
        (0, true) => "* ",
        (1, true) => "- ",
        (_, true) => "+ ",
    }
}

fn note_label(label: &str, ascii: bool) -> String {
    let label = raised_label(label, ascii);
    format!("{} ", shorten_with(&label, LONGEST_LABEL, ""))
}
