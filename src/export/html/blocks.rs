//! The blocks of a document as elements, and the lists, quotations and footnotes that they stand in.

use std::fmt::Write as _;

use super::escape;
use super::inlines::{Tags, write as inline};
use crate::model::{Align, Block, BlockKind, Container, Document, Id, Marker, Quote};

/// An element that is open around the blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Quotation,
    /// An item, and the list around it: its number where it has one.
    Item(Option<u64>),
    Note,
}

impl Open {
    /// Whether `container` is this one, and a block in it another one of its blocks.
    fn goes_on(self, container: &Container) -> bool {
        match container {
            Container::Quotation => self == Self::Quotation,
            Container::Item(marker) => matches!(self, Self::Item(_)) && marker.is_none(),
            Container::Note(label) => self == Self::Note && label.is_none(),
        }
    }

    fn close(self) -> &'static str {
        match self {
            Self::Quotation => "</blockquote>\n",
            Self::Item(Some(_)) => "</li>\n</ol>\n",
            Self::Item(None) => "</li>\n</ul>\n",
            Self::Note => "</aside>\n",
        }
    }
}

/// Writes the blocks of the article `id` with their inlines and speech.
pub(super) fn write(document: &Document, quotes: &[Quote], id: Id, out: &mut String) {
    let tags = Tags::new(document, quotes, id);
    let mut open: Vec<Open> = Vec::new();
    for block in document.blocks() {
        let kept = block.within.iter().zip(&open).take_while(|(container, open)| open.goes_on(container)).count();
        let next = next_item(open.get(kept).copied(), block.within.get(kept));
        let left = kept + usize::from(next.is_some());
        while open.len() > left {
            out.push_str(open.pop().map_or("", Open::close));
        }
        if let (Some(item), Some(last)) = (next, open.last_mut()) {
            out.push_str("</li>\n");
            begin_item(item, *last, out);
            *last = item;
        }
        for container in block.within.iter().skip(left) {
            open.push(begin(container, id, out));
        }
        write_block(document, block, &tags, out);
    }
    while let Some(last) = open.pop() {
        out.push_str(last.close());
    }
}

/// The item that `container` begins, where it belongs to the list of the item that is open.
fn next_item(open: Option<Open>, container: Option<&Container>) -> Option<Open> {
    match (open?, container?) {
        (Open::Item(Some(_)), Container::Item(Some(Marker::Number(n)))) => Some(Open::Item(Some(*n))),
        (Open::Item(None), Container::Item(Some(Marker::Bullet))) => Some(Open::Item(None)),
        _ => None,
    }
}

fn begin(container: &Container, id: Id, out: &mut String) -> Open {
    match container {
        Container::Quotation => {
            out.push_str("<blockquote>\n");
            Open::Quotation
        }
        Container::Item(Some(Marker::Number(n))) => {
            let start = if *n == 1 { String::new() } else { format!(" start=\"{n}\"") };
            let _ = write!(out, "<ol{start}>\n<li>");
            Open::Item(Some(*n))
        }
        // What goes on and was never begun has lost its marker.
        Container::Item(_) => {
            out.push_str("<ul>\n<li>");
            Open::Item(None)
        }
        Container::Note(label) => {
            let label = label.as_deref().unwrap_or_default();
            let _ = writeln!(out, "<aside class=\"note\" id=\"{}\">", note_id(id, label));
            Open::Note
        }
    }
}

/// Begins `item` behind `last` of the same list.
fn begin_item(item: Open, last: Open, out: &mut String) {
    match (item, last) {
        (Open::Item(Some(n)), Open::Item(Some(before))) if before.checked_add(1) != Some(n) => {
            let _ = write!(out, "<li value=\"{n}\">");
        }
        _ => out.push_str("<li>"),
    }
}

/// The name of a footnote's element: the same for its reference and its text.
pub(super) fn note_id(article: Id, label: &str) -> String {
    let kept = |c: char| if c.is_alphanumeric() { c } else { '-' };
    format!("note-{article}-{}", label.chars().map(kept).collect::<String>())
}

fn write_block(document: &Document, block: &Block, tags: &Tags, out: &mut String) {
    let text = || inline(document, &block.span, tags);
    let _ = match &block.kind {
        BlockKind::Paragraph => writeln!(out, "<p>{}</p>", text()),
        BlockKind::Standfirst => writeln!(out, "<p class=\"standfirst\">{}</p>", text()),
        BlockKind::Heading(level) => {
            // The title is the heading of the first level.
            let level = level.saturating_add(1).clamp(2, 6);
            writeln!(out, "<h{level}>{}</h{level}>", text())
        }
        BlockKind::Code { language } => {
            let class =
                language.as_ref().map(|name| format!(" class=\"language-{}\"", escape(name))).unwrap_or_default();
            writeln!(out, "<pre><code{class}>{}</code></pre>", escape(document.slice(&block.span)))
        }
        BlockKind::Caption => writeln!(out, "<figure><figcaption>{}</figcaption></figure>", text()),
        BlockKind::Rule => writeln!(out, "<hr/>"),
        BlockKind::Table { columns } => {
            table(document, block, columns, tags, out);
            Ok(())
        }
    };
}

fn table(document: &Document, block: &Block, columns: &[Align], tags: &Tags, out: &mut String) {
    out.push_str("<table>\n");
    let mut at = block.span.start;
    for (row, line) in document.slice(&block.span).split('\n').enumerate() {
        let cell = if row == 0 { "th" } else { "td" };
        out.push_str("<tr>");
        for (n, text) in line.split('\t').enumerate() {
            let end = at + u32::try_from(text.len()).unwrap_or(0);
            let class = match columns.get(n) {
                Some(Align::Right) => " class=\"right\"",
                Some(Align::Centre) => " class=\"centre\"",
                _ => "",
            };
            let _ = write!(out, "<{cell}{class}>{}</{cell}>", inline(document, &(at..end), tags));
            // Behind each cell a sign that sets it apart.
            at = end + 1;
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table>\n");
}
