//! Sets text that comes in pieces as a document: white space folded as browsers do, blocks begun when their first word
//! comes, inlines opened around words only. Knows nothing of elements.

use crate::formats::{NESTING_LIMIT, joins_what_is_before};
use crate::model::{BlockKind, Builder, Container, Document, InlineKind};
use crate::text::clean::{clean, clean_line};

/// Containers around all blocks of a document, counted for each block. A page may have a million blocks, each five
/// hundred lists deep: beyond this they are set flat.
const CONTAINERS: usize = 2_000_000;

/// An inline that may have to be opened again in the next block.
#[derive(Clone, Debug)]
pub enum Style {
    Plain(InlineKind),
    /// An address, numbered when the first word of it is set.
    Link(String),
    Image(String),
}

/// What has been set so far, and what the next word will stand in.
#[derive(Default)]
pub struct Setter {
    builder: Builder,
    within: Vec<Container>,
    /// Containers beyond the limit that are open and left out.
    left_out: usize,
    spent: usize,
    lists: Vec<bool>,
    /// What the next block is, where an element said so.
    leaf: Option<BlockKind>,
    /// A block is begun and not ended.
    begun: bool,
    blocks: usize,
    styles: Vec<Style>,
    /// How many of `styles` are open in the document.
    opened: usize,
    /// White space or line breaks stand before the next word: what is set for it.
    blank: Option<char>,
    breaks: usize,
    /// The text of a block that is set as it is.
    verbatim: Option<String>,
    /// A table whose first row has not come yet.
    table: Option<BlockKind>,
    /// Cells begun in the row of the table that is being set; `None` outside of its rows.
    cells: Option<usize>,
}

impl Setter {
    /// The document, and nothing more to set.
    pub fn finish(self) -> Document {
        self.builder.finish()
    }

    /// Blocks begun so far.
    pub fn blocks(&self) -> usize {
        self.blocks
    }

    /// Whether the next word begins a block.
    pub fn is_at_start(&self) -> bool {
        !self.begun && self.cells.is_none() && self.verbatim.is_none()
    }

    /// Adds text as the source has it.
    pub fn text(&mut self, text: &str) {
        if let Some(verbatim) = &mut self.verbatim {
            verbatim.push_str(text);
            return;
        }
        let line = clean_line(text);
        let (before, after) = (text.len() - text.trim_start().len(), text.trim_end().len());
        self.space(text.get(..before).unwrap_or_default());
        // What would sit on the character before it, in another inline, is out of the reach of cleaning.
        let line = line.trim_start_matches(joins_what_is_before);
        if line.is_empty() {
            return;
        }
        self.separate();
        self.builder.text(line);
        self.blank = None;
        self.space(text.get(after..).unwrap_or_default());
    }

    /// White space at the edge of a text. Where all of it forbids a break, as before a colon in French, so does what is
    /// set for it.
    fn space(&mut self, space: &str) {
        for c in space.chars() {
            let breaks = !matches!(c, '\u{A0}' | '\u{2007}' | '\u{202F}');
            if breaks || self.blank.is_none() {
                self.blank = Some(if breaks { ' ' } else { c });
            }
        }
    }

    /// Brings what stands before the next word: a new block, a line break, a blank, and the inlines around it.
    fn separate(&mut self) {
        if self.breaks > 1 && self.begun && matches!(self.leaf, None | Some(BlockKind::Paragraph)) {
            self.end();
        }
        if !self.begun {
            self.begin();
        } else if self.breaks > 0 && matches!(self.leaf, None | Some(BlockKind::Paragraph)) {
            self.builder.text("\n");
        } else if !self.builder.is_block_empty()
            && let Some(blank) = self.blank.or((self.breaks > 0).then_some(' '))
        {
            self.builder.text(blank.encode_utf8(&mut [0; 4]));
        }
        (self.blank, self.breaks) = (None, 0);
        for style in self.styles.iter().skip(self.opened).take(NESTING_LIMIT) {
            let kind = match style {
                Style::Plain(kind) => *kind,
                Style::Link(url) => InlineKind::Link(self.builder.link(url.clone())),
                Style::Image(url) => InlineKind::Image(self.builder.link(url.clone())),
            };
            self.builder.open(kind);
        }
        self.opened = self.styles.len();
    }

    fn begin(&mut self) {
        let kind = self.leaf.clone().unwrap_or(BlockKind::Paragraph);
        // Only the first item of an outermost list stands apart from what is before it.
        let listed = self.lists.len() > 1 || self.lists.last().is_some_and(|fresh| !fresh);
        self.put(kind, self.leaf.is_none() && listed);
        self.begun = true;
    }

    fn put(&mut self, kind: BlockKind, tight: bool) {
        self.spent += self.within.len();
        let within = if self.spent > CONTAINERS { Vec::new() } else { self.within.clone() };
        self.builder.block(kind, within, tight);
        self.blocks += 1;
        // The containers have shown their markers and labels.
        for container in &mut self.within {
            match container {
                Container::Item(marker) => *marker = None,
                Container::Note(label) => *label = None,
                Container::Quotation => {}
            }
        }
        self.lists.iter_mut().for_each(|fresh| *fresh = false);
    }

    /// Ends the block that is open, if any; in a cell of a table a blank is all that is left of it.
    pub fn end(&mut self) {
        (self.blank, self.breaks) = (Some(' '), 0);
        if self.cells.is_some() || self.verbatim.is_some() {
            return;
        }
        self.begun = false;
        self.leaf = None;
        self.opened = 0;
    }

    /// The next word begins a block of this kind.
    pub fn begin_leaf(&mut self, kind: BlockKind) {
        self.end();
        if self.cells.is_none() {
            self.leaf = Some(kind);
        }
    }

    /// A break of the line; two make a new paragraph.
    pub fn line_break(&mut self) {
        match &mut self.verbatim {
            Some(verbatim) => verbatim.push('\n'),
            None if self.cells.is_some() => self.blank = Some(' '),
            None => self.breaks += 1,
        }
    }

    /// A line across.
    pub fn rule(&mut self) {
        self.end();
        if self.cells.is_none() && self.verbatim.is_none() {
            self.put(BlockKind::Rule, false);
        }
    }

    /// Opens an inline around the words that come.
    pub fn open(&mut self, style: Style) {
        self.styles.push(style);
    }

    /// Closes the innermost inline.
    pub fn close(&mut self) {
        if self.opened == self.styles.len() && self.opened > 0 {
            self.builder.close();
            self.opened -= 1;
        }
        self.styles.pop();
    }

    /// What comes stands in `container`.
    pub fn enter(&mut self, container: Container) {
        self.end();
        if self.within.len() < NESTING_LIMIT {
            self.within.push(container);
        } else {
            self.left_out += 1;
        }
    }

    /// Leaves the innermost container.
    pub fn leave(&mut self) {
        self.end();
        if self.left_out > 0 {
            self.left_out -= 1;
        } else {
            self.within.pop();
        }
    }

    /// Items come that stand close to each other.
    pub fn begin_list(&mut self) {
        self.end();
        self.lists.push(true);
    }

    /// The end of the innermost list.
    pub fn end_list(&mut self) {
        self.end();
        self.lists.pop();
    }

    /// What comes is set as it is.
    pub fn begin_verbatim(&mut self) {
        self.end();
        if self.cells.is_none() {
            self.verbatim = Some(String::new());
        }
    }

    /// Sets what came since `begin_verbatim` as a block.
    pub fn end_verbatim(&mut self, language: Option<String>) {
        let Some(verbatim) = self.verbatim.take() else { return };
        let code = clean(&verbatim);
        let code = code.strip_prefix('\n').unwrap_or(&code).trim_end();
        if !code.trim().is_empty() {
            self.put(BlockKind::Code { language }, false);
            self.builder.text(code);
        }
        self.end();
    }

    /// What comes are the rows of a table, after its caption.
    pub fn begin_table(&mut self, kind: BlockKind) {
        self.end();
        self.table = Some(kind);
    }

    /// Whether what comes stands in a table.
    pub fn is_in_table(&self) -> bool {
        self.table.is_some() || self.cells.is_some()
    }

    /// The next row of the table; a block of its own outside tables.
    pub fn row(&mut self) {
        self.end();
        if let Some(kind) = self.table.take() {
            self.put(kind, false);
            self.begun = true;
            self.cells = Some(0);
        } else if let Some(cells) = &mut self.cells {
            self.builder.text("\n");
            *cells = 0;
        }
        self.blank = None;
    }

    /// The next cell of the row, `span` columns wide; a block of its own outside tables.
    pub fn cell(&mut self, span: usize) {
        self.end();
        if let Some(cells) = &mut self.cells {
            if *cells > 0 {
                self.builder.text("\t");
            }
            *cells += span;
            self.blank = None;
        }
    }

    /// The end of the table.
    pub fn end_table(&mut self) {
        (self.table, self.cells) = (None, None);
        self.end();
    }
}
