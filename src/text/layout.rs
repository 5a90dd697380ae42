//! A document set as rows of a given width. Rows are plain data: what is drawn, where it stands in the text, in which role.

use crate::model::{Document, Quote, Span};

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
    pub start: u32,
}

/// A stretch of a row set in one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    /// Where it stands in the document's text; `None` for what layout added: bullets, labels, indents.
    /// Where it is given, `text` is that part of the document's text, character by character.
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
    /// Bullets, numbers, rules, the lines of tables and block quotations, link numbers.
    Ornament,
    Footnote,
    /// The speaker named below a long quotation.
    Attribution,
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

/// Sets `front` (lines above the document: title, byline) and `document` in rows of at most `setting.measure` cells.
/// `quotes` are sorted by start and do not overlap.
#[must_use]
pub fn lay_out(front: &[(Role, &str)], document: &Document, quotes: &[Quote], setting: Setting) -> Page {
    let _ = (front, document, quotes, setting);
    Page::default()
}

impl Page {
    /// The row that shows byte `offset` of the text.
    #[must_use]
    pub fn row_at(&self, offset: u32) -> usize {
        self.rows.partition_point(|row| row.start <= offset).saturating_sub(1)
    }
}
