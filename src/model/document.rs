//! An article's body: one plain text, and what its parts are.
//!
//! The text is flat and everything else points into it by byte ranges: blocks in reading order, inlines over them.
//! Quotes, anchors, hits and highlights use the same offsets, and no walk over a document ever recurses.

use std::collections::HashMap;
use std::ops::Range;

/// A byte range of `Document::text()`, on character boundaries.
pub type Span = Range<u32>;

/// Blocks and inlines over one plain text. Blocks are in order, do not overlap, and are set apart by a blank line
/// (`\n\n`) in the text; inside a block `\n` is a line break that was meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    text: String,
    blocks: Vec<Block>,
    inlines: Vec<Inline>,
    links: Vec<String>,
}

/// A paragraph, heading, line of code and so on: a leaf of the document's structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    pub span: Span,
    pub kind: BlockKind,
    /// The containers around it, outermost first.
    pub within: Vec<Container>,
    /// No blank row before it (the items of a tight list).
    pub tight: bool,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockKind {
    Paragraph,
    /// The lines under the title that say what the article is about.
    Standfirst,
    /// Level 1 to 6.
    Heading(u8),
    /// Text as it is, with its line breaks and blanks.
    Code {
        language: Option<String>,
    },
    /// Rows set apart by `\n`, cells by `\t`; the first row is the head.
    Table {
        columns: Vec<Align>,
    },
    /// What stands under a picture; a picture itself is a link in it.
    Caption,
    /// A line across; its span is empty.
    Rule,
}

/// How a table's column is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Left,
    Centre,
    Right,
}

/// What a block stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Container {
    /// A quotation set as a block.
    Quotation,
    /// A list's item: its first block carries the marker, later ones `None`.
    Item(Option<Marker>),
    /// A footnote: its first block carries the label, later ones `None`.
    Note(Option<String>),
}

/// What stands before a list's item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    Bullet,
    Number(u64),
}

/// A stretch of text set in another way. Inlines are sorted by start; an inner one comes after the one around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inline {
    pub span: Span,
    pub kind: InlineKind,
}

/// How an inline is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InlineKind {
    Emphasis,
    Strong,
    Strikethrough,
    Code,
    Superscript,
    Subscript,
    /// Leads to `Document::links()[n]`; numbered from 1 where it is shown.
    Link(u32),
    /// A picture, its text being the description; leads to `Document::links()[n]`.
    Image(u32),
    /// Points to the footnote whose label is the text.
    NoteRef,
}

impl Document {
    /// The plain text to which every offset refers.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The blocks in reading order.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The inlines, by start.
    #[must_use]
    pub fn inlines(&self) -> &[Inline] {
        &self.inlines
    }

    /// The addresses that links and pictures lead to: http and https only.
    #[must_use]
    pub fn links(&self) -> &[String] {
        &self.links
    }

    /// The text under `span`; empty where the span does not fit.
    #[must_use]
    pub fn slice(&self, span: &Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// The first block, where it is `title` over again: below the title nobody wants to read it a second time.
    #[must_use]
    pub fn headline(&self, title: &str) -> Option<&Span> {
        self.blocks.first().map(|block| &block.span).filter(|span| self.slice(span).trim() == title)
    }

    /// A document of plain paragraphs, each one item of `paragraphs`.
    pub fn plain<'a>(paragraphs: impl IntoIterator<Item = &'a str>) -> Self {
        let mut builder = Builder::default();
        for paragraph in paragraphs {
            builder.block(BlockKind::Paragraph, Vec::new(), false);
            builder.text(paragraph);
        }
        builder.finish()
    }

    /// A document of the parts that `text()`, `blocks()`, `inlines()` and `links()` give, as a library read them back.
    /// `None` where a span does not fit the text or the order is broken.
    #[must_use]
    pub fn from_parts(text: String, blocks: Vec<Block>, inlines: Vec<Inline>, links: Vec<String>) -> Option<Self> {
        let fits = |span: &Span| span.start <= span.end && text.get(span.start as usize..span.end as usize).is_some();
        let sound = blocks.iter().all(|block| fits(&block.span))
            && blocks.is_sorted_by(|a, b| a.span.end <= b.span.start)
            && inlines.iter().all(|inline| fits(&inline.span) && reaches(inline.kind, links.len()))
            && inlines.is_sorted_by_key(|inline| inline.span.start);
        sound.then_some(Self { text, blocks, inlines, links })
    }
}

fn reaches(kind: InlineKind, links: usize) -> bool {
    match kind {
        InlineKind::Link(n) | InlineKind::Image(n) => (n as usize) < links,
        _ => true,
    }
}

/// Puts a document together in reading order.
#[derive(Debug, Default)]
pub struct Builder {
    document: Document,
    open: Vec<(InlineKind, u32)>,
    /// The number of each address kept: a text may have a million links.
    known: HashMap<String, u32>,
}

impl Builder {
    /// Begins a block; what `text` adds belongs to it until the next one begins. Open inlines are closed.
    pub fn block(&mut self, kind: BlockKind, within: Vec<Container>, tight: bool) {
        self.end_block();
        if !self.document.blocks.is_empty() {
            self.document.text.push_str("\n\n");
        }
        let at = self.at();
        self.document.blocks.push(Block { span: at..at, kind, within, tight });
    }

    /// Adds clean text to the block that is open; a paragraph is begun where none is.
    pub fn text(&mut self, text: &str) {
        if self.document.blocks.is_empty() {
            self.block(BlockKind::Paragraph, Vec::new(), false);
        }
        self.document.text.push_str(text);
        let at = self.at();
        if let Some(block) = self.document.blocks.last_mut() {
            block.span.end = at;
        }
    }

    /// Opens an inline at the end of the text so far.
    pub fn open(&mut self, kind: InlineKind) {
        let at = self.at();
        self.open.push((kind, at));
    }

    /// Closes the innermost inline; an empty one leaves no trace.
    pub fn close(&mut self) {
        let at = self.at();
        if let Some((kind, start)) = self.open.pop()
            && start < at
        {
            self.document.inlines.push(Inline { span: start..at, kind });
        }
    }

    /// Keeps an address for a link or picture and says its number.
    pub fn link(&mut self, url: String) -> u32 {
        let links = &mut self.document.links;
        *self.known.entry(url).or_insert_with_key(|url| {
            links.push(url.clone());
            u32::try_from(links.len() - 1).unwrap_or(u32::MAX)
        })
    }

    /// Whether the block that is open has no text yet, or none is open.
    #[must_use]
    pub fn is_block_empty(&self) -> bool {
        self.document.blocks.last().is_none_or(|block| block.span.is_empty())
    }

    /// The document, blocks without text left out but for rules.
    #[must_use]
    pub fn finish(mut self) -> Document {
        self.end_block();
        // An outer inline closes after the inner ones: put it before them, also where both cover the same text.
        self.document.inlines.reverse();
        self.document.inlines.sort_by(|a, b| a.span.start.cmp(&b.span.start).then(b.span.end.cmp(&a.span.end)));
        self.document
    }

    fn end_block(&mut self) {
        while !self.open.is_empty() {
            self.close();
        }
        let empty = self.document.blocks.last().is_some_and(|b| b.span.is_empty() && b.kind != BlockKind::Rule);
        if empty {
            self.document.blocks.pop();
            let end = self.document.blocks.last().map_or(0, |block| block.span.end as usize);
            self.document.text.truncate(end);
        }
    }

    fn at(&self) -> u32 {
        u32::try_from(self.document.text.len()).unwrap_or(u32::MAX)
    }
}
