//! Tables: columns fitted to the measure, or a line for each cell, led by its column's head, where they do not fit.

use std::ops::Range;

use super::{
    Setter, bytes,
    frame::Frame,
    page::{Piece, Role, Row},
    place,
};
use crate::{
    model::{Align, Block},
    text::{
        segment::{cells, clusters, shorten_with},
        wrap::{shown_cells, widest_word},
    },
};

/// Cells between two columns.
const GAP: usize = 2;

/// Cells that a column keeps while wider ones give way, if its text is that wide.
const LEAST_COLUMN: usize = 8;

/// Cells of the longest word that a column makes room for; longer ones are cut.
const LONGEST_WORD: usize = 24;

/// A table's rows as the byte ranges of their cells.
type Cells = Vec<Vec<Range<usize>>>;

impl Setter<'_> {
    pub(super) fn table(&mut self, block: &Block, aligns: &[Align], frame: &Frame) {
        let cells = self.cells_of(block);
        let measure = self.measure() - frame.cells;
        let first_row = self.rows.len();
        match self.columns(&cells, measure) {
            Some(widths) => self.columned(&cells, &widths, aligns, frame),
            None => self.listed(&cells, measure, frame),
        }
        // The table may begin inside a list's item.
        if let Some(marker) = self.rows.get_mut(first_row).and_then(|row| row.pieces.first_mut())
            && frame.cells > 0
        {
            marker.text.clone_from(&frame.first);
        }
    }

    fn cells_of(&self, block: &Block) -> Cells {
        let mut at = block.span.start as usize;
        let mut rows = Vec::new();
        for line in self.document.text().get(bytes(&block.span)).unwrap_or_default().split('\n') {
            let mut row = Vec::new();
            for cell in line.split('\t') {
                row.push(at..at + cell.len());
                at += cell.len() + 1;
            }
            rows.push(row);
        }
        rows
    }

    /// The columns' cells; `None` where the words do not fit beside each other.
    fn columns(&self, table: &Cells, measure: usize) -> Option<Vec<usize>> {
        let columns = table.iter().map(Vec::len).max().unwrap_or(0);
        let room = measure.checked_sub(GAP * columns.saturating_sub(1))?;
        if columns > room {
            return None;
        }
        let (mut natural, mut least) = (vec![1; columns], vec![1; columns]);
        for row in table {
            for ((cell, natural), least) in row.iter().zip(&mut natural).zip(&mut least) {
                let (text, added) = (self.text(cell), self.runs.added_within(cell));
                let wide: usize = clusters(text).map(|cluster| shown_cells(&cluster, measure).unwrap_or(1)).sum();
                let added_cells: usize = added.iter().map(|added| added.cells).sum();
                *natural = (wide + added_cells).max(*natural);
                *least = widest_word(text, &added).min(LONGEST_WORD).max(*least);
            }
        }
        for (least, natural) in least.iter_mut().zip(&natural) {
            *least = (*least).max(LEAST_COLUMN.min(*natural));
        }
        if least.iter().sum::<usize>() > room {
            return None;
        }
        // The widest columns give way, down to their longest words, until all fit.
        let fits = |limit: usize| {
            natural.iter().zip(&least).map(|(natural, least)| (*natural).min(limit).max(*least)).sum::<usize>() <= room
        };
        let (mut low, mut high) = (0, natural.iter().copied().max().unwrap_or(0) + 1);
        while low + 1 < high {
            let limit = usize::midpoint(low, high);
            if fits(limit) { low = limit } else { high = limit }
        }
        Some(natural.iter().zip(&least).map(|(natural, least)| (*natural).min(low).max(*least)).collect())
    }

    /// The table in columns of `widths` cells.
    fn columned(&mut self, table: &Cells, widths: &[usize], aligns: &[Align], frame: &Frame) {
        let set: Vec<Vec<Vec<Range<usize>>>> = table
            .iter()
            .map(|row| row.iter().zip(widths).map(|(cell, width)| self.wrapped_to(cell.clone(), *width)).collect())
            .collect();
        let is_airy = set.iter().skip(1).flatten().any(|cell| cell.len() > 1);
        for (at, (row, cells)) in set.iter().zip(table).enumerate() {
            if is_airy && at > 1 {
                self.ornament(frame.rest.trim_end());
            }
            let role = if at == 0 { Role::TableHead } else { Role::Body };
            let start = place(cells.first().map_or(0, |cell| cell.start));
            for line in 0..row.iter().map(Vec::len).max().unwrap_or(0) {
                let mut pieces = Vec::new();
                frame.push(false, &mut pieces);
                let mut blanks = 0;
                for (column, (cell, width)) in row.iter().zip(widths).enumerate() {
                    let mut inner = cell.get(line).map_or_else(Vec::new, |part| self.pieces(part.clone(), role));
                    let free = width.saturating_sub(drawn_cells(&inner));
                    let before = match aligns.get(column) {
                        None | Some(Align::Left) => 0,
                        Some(Align::Centre) => free / 2,
                        Some(Align::Right) => free,
                    };
                    blanks += before;
                    if !inner.is_empty() {
                        push_blanks(std::mem::take(&mut blanks), &mut pieces);
                        pieces.append(&mut inner);
                    }
                    blanks += free - before + GAP;
                }
                self.rows.push(Row { pieces, bar: None, start });
            }
            if at == 0 {
                let lines: Vec<String> = widths.iter().map(|width| self.line(*width)).collect();
                self.ornament(&format!("{}{}", frame.rest, lines.join(&" ".repeat(GAP))));
            }
        }
    }

    /// The table as `head: cell`, one below the other, its rows set apart.
    fn listed(&mut self, table: &Cells, measure: usize, frame: &Frame) {
        let Some((head, rows)) = table.split_first() else { return };
        // Heads without rows are listed as well.
        let records = if rows.is_empty() { &[Vec::new()][..] } else { rows };
        for (at, record) in records.iter().enumerate() {
            if at > 0 {
                self.ornament(frame.rest.trim_end());
            }
            // The first record has the heads themselves, so that every part of the text has its place.
            let is_first = at == 0;
            let first_cell = if is_first { head.first() } else { record.first() };
            let start = place(first_cell.map_or(0, |cell| cell.start));
            let columns = if is_first { record.len().max(head.len()) } else { record.len() };
            for column in 0..columns {
                let label = head.get(column).map_or_else(Vec::new, |name| self.label(name, is_first, measure));
                self.entry(label, record.get(column), measure, frame, start);
            }
        }
    }

    /// A column's head with a colon, as rows; `whole` and with its place in the text, or shortened to a row.
    fn label(&self, name: &Range<usize>, whole: bool, measure: usize) -> Vec<Vec<Piece>> {
        let text = self.text(name);
        let colon = if measure > LEAST_COLUMN { ":" } else { "" };
        let room = measure - cells(colon);
        let mut rows: Vec<Vec<Piece>> = if whole {
            let rows = self.wrapped_to(name.clone(), room).into_iter();
            rows.map(|row| self.pieces(row, Role::TableHead)).filter(|row| !row.is_empty()).collect()
        } else {
            let shown = shorten_with(text, room, if self.setting.ascii { "..." } else { "…" });
            Some(vec![Piece::added(shown, Role::TableHead)]).filter(|_| !text.trim().is_empty()).into_iter().collect()
        };
        if let Some(last) = rows.last_mut().filter(|_| !colon.is_empty()) {
            last.push(Piece::added(colon, Role::Ornament));
        }
        rows
    }

    /// A cell behind its label, or indented below it where both do not fit into a row.
    fn entry(
        &mut self,
        label: Vec<Vec<Piece>>,
        cell: Option<&Range<usize>>,
        measure: usize,
        frame: &Frame,
        start: u32,
    ) {
        let set = |setter: &Self, measure| -> Vec<Vec<Piece>> {
            let rows = cell.map_or_else(Vec::new, |cell| setter.wrapped_to(cell.clone(), measure));
            rows.into_iter().map(|row| setter.pieces(row, Role::Body)).collect()
        };
        let whole = set(self, measure);
        let mut rows = label;
        if let ([label], [text]) = (rows.as_mut_slice(), whole.as_slice())
            && drawn_cells(label) + 1 + drawn_cells(text) <= measure
        {
            push_blanks(1, label);
            label.extend_from_slice(text);
        } else {
            let indent = if rows.is_empty() || measure < LEAST_COLUMN + GAP { 0 } else { GAP };
            rows.extend(set(self, measure - indent).into_iter().map(|mut text| {
                if indent > 0 {
                    text.insert(0, Piece::added(" ".repeat(indent), Role::Ornament));
                }
                text
            }));
        }
        for mut text in rows {
            let mut pieces = Vec::new();
            frame.push(false, &mut pieces);
            pieces.append(&mut text);
            self.rows.push(Row { pieces, bar: None, start });
        }
    }

    fn pieces(&self, row: Range<usize>, role: Role) -> Vec<Piece> {
        let mut pieces = Vec::new();
        self.push_pieces(row, role, &mut pieces);
        pieces
    }

    fn text(&self, cell: &Range<usize>) -> &str {
        self.document.text().get(cell.clone()).unwrap_or_default()
    }
}

fn drawn_cells(pieces: &[Piece]) -> usize {
    pieces.iter().map(|piece| cells(&piece.text)).sum()
}

fn push_blanks(count: usize, pieces: &mut Vec<Piece>) {
    if count > 0 {
        pieces.push(Piece::added(" ".repeat(count), Role::Ornament));
    }
}
