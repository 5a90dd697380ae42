//! The text of a block with its inlines and its speech. These may overlap, elements may not: one that is to end inside
//! another is closed with it and the other begun anew.

use std::ops::Range;

use super::blocks::note_id;
use super::escape;
use crate::model::{Document, Id, InlineKind, Quote, Span};

/// What is marked in a document, by start.
pub(super) struct Tags {
    /// Inlines and names of speakers; each inside one block.
    inside: Vec<Tag>,
    /// Speech: apart from each other, over as many blocks as it takes.
    speech: Vec<Tag>,
}

#[derive(Clone)]
struct Tag {
    span: Span,
    open: String,
    close: &'static str,
}

impl Tag {
    fn new(span: &Span, open: &str, close: &'static str) -> Self {
        Self { span: span.clone(), open: open.to_owned(), close }
    }

    fn is_link(&self) -> bool {
        self.close == "</a>"
    }
}

impl Tags {
    pub(super) fn new(document: &Document, quotes: &[Quote], id: Id) -> Self {
        let speech: Vec<&Quote> = quotes.iter().filter(|quote| quote.speech).collect();
        let mut inside: Vec<Tag> = document
            .inlines()
            .iter()
            .map(|inline| {
                let span = &inline.span;
                match inline.kind {
                    InlineKind::Emphasis => Tag::new(span, "<em>", "</em>"),
                    InlineKind::Strong => Tag::new(span, "<strong>", "</strong>"),
                    InlineKind::Strikethrough => Tag::new(span, "<s>", "</s>"),
                    InlineKind::Code => Tag::new(span, "<code>", "</code>"),
                    InlineKind::Superscript => Tag::new(span, "<sup>", "</sup>"),
                    InlineKind::Subscript => Tag::new(span, "<sub>", "</sub>"),
                    // A picture stays where it is: a page that loads it would tell that it is read.
                    InlineKind::Link(n) | InlineKind::Image(n) => {
                        let url = document.links().get(n as usize).map(|url| escape(url)).unwrap_or_default();
                        Tag::new(span, &format!("<a href=\"{url}\">"), "</a>")
                    }
                    InlineKind::NoteRef => {
                        let note = note_id(id, document.slice(span));
                        Tag::new(span, &format!("<a class=\"noteref\" href=\"#{note}\">"), "</a>")
                    }
                }
            })
            .collect();
        let mut sources: Vec<&Span> = speech.iter().filter_map(|quote| quote.source.as_ref()).collect();
        sources.sort_by_key(|span| (span.start, span.end));
        sources.dedup();
        inside.extend(sources.into_iter().map(|span| Tag::new(span, "<span class=\"speaker\">", "</span>")));
        inside.sort_by_key(|tag| (tag.span.start, u32::MAX - tag.span.end));
        let speech = speech.into_iter().map(|quote| {
            let doubt = if quote.is_doubtful() { " (?)" } else { "" };
            let speaker = quote.speaker.as_ref().map(|name| format!(" title=\"{}{doubt}\"", escape(name)));
            Tag::new(&quote.span, &format!("<span class=\"speech\"{}>", speaker.unwrap_or_default()), "</span>")
        });
        Self { inside, speech: speech.collect() }
    }

    /// What is marked under `span`, cut to it; the outer before the inner.
    fn within(&self, span: &Span) -> Vec<Tag> {
        let first = self.speech.partition_point(|tag| tag.span.end <= span.start);
        let speech = self.speech.iter().skip(first).take_while(|tag| tag.span.start < span.end);
        let first = self.inside.partition_point(|tag| tag.span.start < span.start);
        let inside = self.inside.iter().skip(first).take_while(|tag| tag.span.start < span.end);
        let mut tags: Vec<Tag> = speech.chain(inside).cloned().collect();
        for tag in &mut tags {
            tag.span = tag.span.start.max(span.start)..tag.span.end.min(span.end);
        }
        tags.retain(|tag| tag.span.start < tag.span.end);
        // Speech stays in front of what covers the same text.
        tags.sort_by_key(|tag| (tag.span.start, u32::MAX - tag.span.end));
        tags
    }
}

/// The text under `span` with its elements; a line feed is a break.
pub(super) fn write(document: &Document, span: &Span, tags: &Tags) -> String {
    let tags = tags.within(span);
    let mut out = String::new();
    let mut open: Vec<&Tag> = Vec::new();
    let mut at = span.start;
    for tag in &tags {
        close_until(tag.span.start, &mut open, &mut at, document, &mut out);
        text(document, at..tag.span.start, &mut out);
        at = tag.span.start;
        if !(tag.is_link() && open.iter().any(|open| open.is_link())) {
            out.push_str(&tag.open);
            open.push(tag);
        }
    }
    close_until(span.end, &mut open, &mut at, document, &mut out);
    text(document, at..span.end, &mut out);
    out
}

/// Closes what ends until `end`, the first first, with the text before each end.
fn close_until(end: u32, open: &mut Vec<&Tag>, at: &mut u32, document: &Document, out: &mut String) {
    while let Some(next) = open.iter().map(|tag| tag.span.end).filter(|tag| *tag <= end).min() {
        text(document, *at..next, out);
        *at = next;
        let outermost = open.iter().position(|tag| tag.span.end <= next).unwrap_or(0);
        let inner = open.split_off(outermost);
        for tag in inner.iter().rev() {
            out.push_str(tag.close);
        }
        for tag in inner.into_iter().filter(|tag| tag.span.end > next) {
            out.push_str(&tag.open);
            open.push(tag);
        }
    }
}

fn text(document: &Document, span: Range<u32>, out: &mut String) {
    out.push_str(&escape(document.slice(&span)).replace('\n', "<br/>\n"));
}
