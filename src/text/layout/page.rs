//! A page as plain data: what is drawn, where it stands in the text, in which role. Knows no colours.

use crate::model::Span;

/// How an article is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Cells a row may take, hanging bars left out (they stand in the margin left of the row). At least 1.
    pub measure: u16,
    /// Only ASCII for bullets, bars, rules and dashes that are not the text's own.
    pub ascii: bool,
    /// Rows from which on a quotation gets a bar and its speaker below it.
    pub long_quote_rows: u16,
}

/// An article laid out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    pub rows: Vec<Row>,
}

/// A row of cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// From left to right; blanks between are pieces too, so that the row is the pieces one after the other.
    pub pieces: Vec<Piece>,
    /// The quote whose bar stands in the margin: an index into the quotes.
    pub bar: Option<u32>,
    /// The byte of the text that the row begins with; a row without text of its own has the next one's. Never falls.
    /// All rows of one row of a table have that one's.
    pub start: u32,
}

/// A stretch of a row set in one style. It never begins or ends inside a cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    /// Where it stands in the document's text; `None` for what layout added: bullets, labels, indents.
    /// Where it is given, `text` is that part of the document's text, byte by byte, but for characters that cannot be
    /// shown as they are (raised or lowered figures, control characters, a wide character in a row of one cell): they
    /// are a piece of their own that shows what stands for them.
    pub span: Option<Span>,
    pub style: Style,
}

/// How a piece is set; a theme makes colours and attributes of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    pub role: Role,
    pub voice: Voice,
    pub emphasis: bool,
    pub strong: bool,
    pub strikethrough: bool,
    pub code: bool,
    /// An index into the document's links.
    pub link: Option<u32>,
    pub changed: Changed,
}

/// Which of two texts set in one has a piece.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Changed {
    /// Both, or there is only one.
    #[default]
    No,
    Removed,
    Added,
}

/// What a piece is part of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    #[default]
    Body,
    Title,
    /// Source, author, date below the title.
    Byline,
    Standfirst,
    Heading(u8),
    /// Inside a quotation set as a block.
    Quotation,
    Caption,
    Code,
    TableHead,
    /// Bullets, numbers, rules, the lines of tables and block quotations, link numbers, blanks.
    Ornament,
    Footnote,
    /// The speaker named below a long quotation.
    Attribution,
    /// The same where it may be the wrong one.
    Doubtful,
}

/// Whose words a piece is; numbers are indices into the quotes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Voice {
    #[default]
    Author,
    Speech(u32),
    /// Speech long enough for a bar.
    LongSpeech(u32),
    Phrase(u32),
    /// Where the text names who speaks.
    Speaker(u32),
}

impl Page {
    /// The row that shows byte `offset` of the text.
    #[must_use]
    pub fn row_at(&self, offset: u32) -> usize {
        let behind = self.rows.partition_point(|row| row.start <= offset);
        let Some(last) = behind.checked_sub(1) else { return 0 };
        // Only the rows of a table's row, and rows without text, share their start.
        let start = self.rows.get(last).map_or(0, |row| row.start);
        let first = self.rows.partition_point(|row| row.start < start);
        (first..=last).rev().find(|at| self.rows.get(*at).is_some_and(|row| row.shows(offset))).unwrap_or(last)
    }

    /// The row to stand on top again when the one that stood there had `start`: with the title or the blank rows
    /// above a paragraph where they were on top, else the row that shows the byte.
    #[must_use]
    pub fn top_row(&self, start: u32) -> usize {
        let first = self.rows.partition_point(|row| row.start < start);
        if self.rows.get(first).is_some_and(|row| row.start == start) { first } else { self.row_at(start) }
    }

    /// Takes out the rows of the block that ends at byte `block.end` of the text and is the first, who says it, and the blank
    /// row below; unless nothing would be left.
    pub fn leave_out(&mut self, block: &Span) {
        let shows =
            |row: &Row| row.pieces.iter().any(|piece| piece.span.as_ref().is_some_and(|at| at.start < block.end));
        let names =
            |row: &Row| row.pieces.iter().any(|piece| matches!(piece.style.role, Role::Attribution | Role::Doubtful));
        let Some(begin) = self.rows.iter().position(shows) else { return };
        let end = self.rows.iter().skip(begin).take_while(|row| shows(row) || names(row)).count() + begin;
        let blank = usize::from(self.rows.get(end).is_some_and(|row| row.pieces.is_empty()));
        if end + blank < self.rows.len() {
            self.rows.drain(begin..end + blank);
        }
    }
}

impl Row {
    /// Whether one of its pieces shows byte `offset` of the text.
    #[must_use]
    pub fn shows(&self, offset: u32) -> bool {
        self.pieces.iter().any(|piece| piece.span.as_ref().is_some_and(|span| span.contains(&offset)))
    }
}

impl Piece {
    /// Something that layout adds and the text does not have.
    pub(in crate::text) fn added(text: impl Into<String>, role: Role) -> Self {
        Self { text: text.into(), span: None, style: Style { role, ..Style::default() } }
    }
}
