//! Running text set as rows: paragraphs, headings, captions, and the pieces of any row.

use std::ops::Range;

use super::{
    Setter,
    frame::Frame,
    page::{Piece, Role, Row, Style},
    place,
    runs::Position,
};
use crate::{
    model::Block,
    text::{
        clean::is_plain,
        segment::{Cluster, clusters},
        wrap::{shown_cells, wrap},
    },
};

impl Setter<'_> {
    pub(super) fn prose(&mut self, block: &Block, frame: &Frame) {
        let role = Self::role(block);
        // A line break at the end is no row of its own.
        let text = self.document.slice(&block.span).trim_end();
        let start = block.span.start as usize;
        let rows = self.wrapped_to(start..start + text.len(), self.measure().saturating_sub(frame.cells));
        for (at, row) in rows.into_iter().enumerate() {
            let mut pieces = Vec::new();
            frame.push(at == 0, &mut pieces);
            let start = place(row.start);
            self.push_pieces(row, role, &mut pieces);
            self.rows.push(Row { pieces, bar: None, start });
        }
    }

    /// A part of the text broken into rows of `measure` cells.
    pub(super) fn wrapped_to(&self, part: Range<usize>, measure: usize) -> Vec<Range<usize>> {
        let text = self.document.text().get(part.clone()).unwrap_or_default();
        let rows = wrap(text, &self.runs.added_within(&part), measure);
        rows.into_iter().map(|row| part.start + row.start..part.start + row.end).collect()
    }

    /// Adds the pieces that show `row`, a part of the text without a line feed.
    pub(super) fn push_pieces(&self, row: Range<usize>, role: Role, pieces: &mut Vec<Piece>) {
        let text = self.document.text();
        let begins_line = row.start == 0 || text.as_bytes().get(row.start - 1).is_none_or(|byte| *byte < b' ');
        let mut marks = self.runs.marks_within(&row, begins_line).iter().peekable();
        let mut push_mark = |upto: usize, pieces: &mut Vec<Piece>| {
            while let Some(mark) = marks.next_if(|mark| mark.at <= upto) {
                pieces.push(Piece { text: mark.text.clone(), span: None, style: mark.style });
            }
        };
        let mut end = row.start;
        push_mark(end, pieces);
        for (span, run) in self.runs.within(row) {
            end = span.end;
            self.push_run(span, Style { role, ..run.style }, run.position, pieces);
            push_mark(end, pieces);
        }
        push_mark(end, pieces);
    }

    /// Adds the pieces that show `row` in one style: code has no emphasis and no voices.
    pub(super) fn push_plain(&self, row: Range<usize>, role: Role, pieces: &mut Vec<Piece>) {
        self.push_run(row, Style { role, ..Style::default() }, Position::Normal, pieces);
    }

    /// Adds a part of a run; what cannot be shown as it is becomes a piece of its own.
    fn push_run(&self, span: Range<usize>, style: Style, position: Position, pieces: &mut Vec<Piece>) {
        let text = self.document.text().get(span.clone()).unwrap_or_default();
        let mut push = |text: String, span: Range<usize>| {
            if !text.is_empty() {
                pieces.push(Piece { text, span: Some(place(span.start)..place(span.end)), style });
            }
        };
        if let Some(shifted) = position.shift(text) {
            return push(shifted, span);
        }
        if self.measure() > 1 && is_plain(text) {
            return push(text.to_owned(), span);
        }
        let mut begin = 0;
        for cluster in clusters(text) {
            if let Some(mark) = self.stand_in(&cluster) {
                let at = span.start + cluster.at;
                push(text.get(begin..cluster.at).unwrap_or_default().to_owned(), span.start + begin..at);
                push(mark.to_owned(), at..span.start + cluster.end());
                begin = cluster.end();
            }
        }
        push(text.get(begin..).unwrap_or_default().to_owned(), span.start + begin..span.end);
    }

    /// What stands for a cluster that cannot be shown as it is: a blank for a control character, a mark of one cell
    /// for what is wider than a row.
    fn stand_in(&self, cluster: &Cluster) -> Option<&'static str> {
        if cluster.text.contains(char::is_control) {
            return Some(" ");
        }
        let mark = if self.setting.ascii { "?" } else { "▯" };
        shown_cells(cluster, self.measure()).is_none().then_some(mark)
    }

    /// A row of text that the document does not have.
    pub(super) fn legible(&self, row: &str) -> String {
        clusters(row).map(|cluster| self.stand_in(&cluster).unwrap_or(cluster.text)).collect()
    }
}
