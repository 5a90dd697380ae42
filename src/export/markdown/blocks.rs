//! The blocks of a document as Markdown: what a block is shows in its lines, what it stands in before them.

use std::fmt::Write as _;

use super::escape::Place;
use super::inlines::{self, label};
use crate::model::{Align, Block, BlockKind, Container, Document, InlineKind, Marker, Span};

/// The largest number that may stand before an item.
const LAST_NUMBER: u64 = 999_999_999;

/// Writes the blocks of `document` but for the first `skipped`, each behind a blank line that sets it apart; but for the
/// parts of a tight list, which a blank line would make a loose one.
pub(super) fn write(document: &Document, skipped: usize, out: &mut String) {
    let mut open: Vec<Open> = Vec::new();
    for (n, block) in document.blocks().iter().enumerate().skip(skipped) {
        let kept = block.within.iter().zip(&open).take_while(|(container, open)| open.goes_on(container)).count();
        let sibling = open.get(kept).and_then(|open| open.number);
        open.truncate(kept);
        let in_tight_item = open.last().is_some_and(|open| open.tight);
        let mut begun: Vec<Open> =
            block.within.iter().skip(kept).map(|container| Open::new(container, sibling)).collect();
        if n == skipped || !(block.tight || in_tight_item) || !may_follow_at_once(block, &begun, sibling) {
            push_line(&prefix(&open), "", out);
        }
        let first = prefix(&open) + &begun.iter().map(|open| open.first.as_str()).collect::<String>();
        if let Some(item) = begun.last_mut() {
            item.tight = item.kind == Kind::Item && (block.tight || next_is_tight(document, n));
        }
        open.extend(begun);
        let rest = prefix(&open);
        for (n, line) in lines(document, block).iter().enumerate() {
            push_line(if n == 0 { &first } else { &rest }, line, out);
        }
    }
}

/// Whether the item that block `n` begins is followed by another one without a blank line.
fn next_is_tight(document: &Document, n: usize) -> bool {
    let depth = document.blocks().get(n).map_or(0, |block| block.within.len());
    let inside = document.blocks().iter().skip(n + 1).take_while(|block| block.within.len() >= depth);
    let mut next = inside.filter(|block| block.within.len() == depth);
    next.find(|block| matches!(block.within.last(), Some(Container::Item(Some(_))))).is_some_and(|block| block.tight)
}

/// A container that is open.
struct Open {
    /// What stands before the lines of its first block and before all others.
    first: String,
    rest: String,
    kind: Kind,
    /// An item of a tight list.
    tight: bool,
    /// The number of an item, and whether a parenthesis stands behind it.
    number: Option<(u64, bool)>,
}

#[derive(PartialEq, Eq)]
enum Kind {
    Quotation,
    Item,
    Note,
}

impl Open {
    /// `sibling` is the numbered item that ended where this container begins.
    fn new(container: &Container, sibling: Option<(u64, bool)>) -> Self {
        let (kind, first, number) = match container {
            Container::Quotation => (Kind::Quotation, "> ".to_owned(), None),
            Container::Item(Some(Marker::Number(n))) => {
                let n = (*n).min(LAST_NUMBER);
                // Another sign begins another list; with the same one its numbers would go on from the last one's.
                let parenthesis = sibling.is_some_and(|(last, parenthesis)| parenthesis != (last + 1 != n));
                (Kind::Item, format!("{n}{} ", if parenthesis { ')' } else { '.' }), Some((n, parenthesis)))
            }
            Container::Item(Some(Marker::Bullet)) => (Kind::Item, "- ".to_owned(), None),
            Container::Note(Some(name)) => (Kind::Note, format!("[^{}]: ", label(name)), None),
            // The first block was left out or has none: nothing can show the container.
            Container::Item(None) => (Kind::Item, String::new(), None),
            Container::Note(None) => (Kind::Note, String::new(), None),
        };
        let rest = match kind {
            Kind::Quotation => first.clone(),
            Kind::Item => " ".repeat(first.len()),
            Kind::Note => "    ".to_owned(),
        };
        Self { rest: if first.is_empty() { String::new() } else { rest }, first, kind, tight: false, number }
    }

    /// Whether `container` is this one, and a block in it another one of its blocks.
    fn goes_on(&self, container: &Container) -> bool {
        match container {
            Container::Quotation => self.kind == Kind::Quotation,
            Container::Item(marker) => self.kind == Kind::Item && marker.is_none(),
            Container::Note(name) => self.kind == Kind::Note && name.is_none(),
        }
    }
}

/// Whether `block`, which begins these containers, is told from the block before it without a blank line.
fn may_follow_at_once(block: &Block, begun: &[Open], sibling: Option<(u64, bool)>) -> bool {
    match begun.first() {
        // Inside a paragraph, a list begins with a bullet or with 1.
        Some(Open { kind: Kind::Item, first, number, .. }) => {
            !first.is_empty() && (sibling.is_some() || number.is_none_or(|(n, _)| n == 1))
        }
        Some(Open { kind, .. }) => *kind == Kind::Quotation,
        None => matches!(block.kind, BlockKind::Code { .. } | BlockKind::Heading(_) | BlockKind::Rule),
    }
}

fn prefix(open: &[Open]) -> String {
    open.iter().map(|open| open.rest.as_str()).collect()
}

fn push_line(prefix: &str, line: &str, out: &mut String) {
    out.push_str(if line.is_empty() { prefix.trim_end() } else { prefix });
    out.push_str(line);
    out.push('\n');
}

fn lines(document: &Document, block: &Block) -> Vec<String> {
    let text = document.slice(&block.span);
    let set = || inlines::write(document, &block.span, Place::Paragraph);
    match &block.kind {
        BlockKind::Paragraph | BlockKind::Standfirst => set().lines().map(str::to_owned).collect(),
        BlockKind::Caption if is_picture(document, &block.span) => vec![set()],
        // A picture that leads nowhere is what its description is left of.
        BlockKind::Caption => vec![format!("![{}]()", inlines::write(document, &block.span, Place::Heading))],
        BlockKind::Heading(level) => {
            let heading = inlines::write(document, &block.span, Place::Heading);
            vec![format!("{} {heading}", "#".repeat(usize::from(*level).clamp(1, 6)))]
        }
        BlockKind::Code { language } => code(text, language.as_deref().unwrap_or_default()),
        BlockKind::Table { columns } => table(document, &block.span, columns),
        BlockKind::Rule => vec!["***".to_owned()],
    }
}

fn is_picture(document: &Document, span: &Span) -> bool {
    let first = document.inlines().partition_point(|inline| inline.span.start < span.start);
    let mut here = document.inlines().iter().skip(first).take_while(|inline| inline.span.start == span.start);
    here.any(|inline| matches!(inline.kind, InlineKind::Image(_)) && inline.span == *span)
}

fn code(text: &str, language: &str) -> Vec<String> {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat((longest + 1).max(3));
    let language = super::escape::escape(language, Place::Heading);
    let mut lines = vec![format!("{fence}{language}")];
    lines.extend(text.split('\n').map(str::to_owned));
    lines.push(fence);
    lines
}

/// A table with as many cells in each row as it has columns; cells beyond go into the last one.
fn table(document: &Document, span: &Span, columns: &[Align]) -> Vec<String> {
    let width = columns.len().max(1);
    let mut lines = Vec::new();
    let length = |text: &str| u32::try_from(text.len()).unwrap_or(0);
    let mut at = span.start;
    for row in document.slice(span).split('\n') {
        let mut line = String::from("|");
        let mut cell_at = at;
        for cell in row.splitn(width, '\t').chain(std::iter::repeat("")).take(width) {
            let cell_end = (cell_at + length(cell)).min(span.end);
            let _ = write!(line, " {} |", inlines::write(document, &(cell_at..cell_end), Place::Cell));
            cell_at = (cell_end + 1).min(at + length(row));
        }
        at += length(row) + 1;
        lines.push(line);
        if lines.len() == 1 {
            let sign = |column: &Align| match column {
                Align::Left => " --- |",
                Align::Centre => " :-: |",
                Align::Right => " --: |",
            };
            let signs: String =
                if columns.is_empty() { " --- |".to_owned() } else { columns.iter().map(sign).collect() };
            lines.push(format!("|{signs}"));
        }
    }
    lines
}
