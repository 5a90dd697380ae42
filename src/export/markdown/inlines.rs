//! The inlines of a block in the signs of Markdown. A sign that Markdown would not see as one where it stands is left
//! out: better an emphasis lost than an asterisk in the text.

use std::fmt::Write as _;

use super::escape::{Place, push_escaped};
use crate::model::{Document, Inline, InlineKind, Span};

/// The text under `span` with its inlines.
pub(super) fn write(document: &Document, span: &Span, place: Place) -> String {
    let mut writer = Writer { document, span, place, out: String::new(), at: span.start, open: Vec::new(), closed: 0 };
    for inline in within(document, span) {
        writer.close_until(inline.span.start);
        if inline.span.start >= writer.at {
            writer.begin(&inline);
        }
    }
    writer.close_until(span.end);
    writer.text_until(span.end);
    writer.out
}

/// The inlines under `span`, those that are set between signs without the blanks at their ends, which would hide them.
fn within(document: &Document, span: &Span) -> Vec<Inline> {
    let first = document.inlines().partition_point(|inline| inline.span.start < span.start);
    let inside = document.inlines().iter().skip(first).take_while(|inline| inline.span.start < span.end);
    let mut inlines: Vec<Inline> = inside.filter(|inline| inline.span.end <= span.end).cloned().collect();
    for inline in &mut inlines {
        let text = document.slice(&inline.span);
        let blank = |trimmed: &str| u32::try_from(text.len() - trimmed.len()).unwrap_or(0);
        if sign(inline.kind).is_some() {
            let (before, behind) = (blank(text.trim_start()), blank(text.trim_end()));
            inline.span = inline.span.start + before..(inline.span.end - behind).max(inline.span.start + before);
        }
    }
    inlines.retain(|inline| !inline.span.is_empty());
    inlines.sort_by_key(|inline| (inline.span.start, u32::MAX - inline.span.end));
    inlines
}

fn sign(kind: InlineKind) -> Option<&'static str> {
    match kind {
        InlineKind::Emphasis => Some("*"),
        InlineKind::Strong => Some("**"),
        InlineKind::Strikethrough => Some("~~"),
        _ => None,
    }
}

struct Writer<'a> {
    document: &'a Document,
    span: &'a Span,
    place: Place,
    out: String,
    /// Up to where the text is written.
    at: u32,
    /// What is open, the innermost last: its kind, where it ends, what closes it.
    open: Vec<(InlineKind, u32, String)>,
    /// The length of `out` when an inline was closed last.
    closed: usize,
}

impl Writer<'_> {
    fn begin(&mut self, inline: &Inline) {
        // An inline that ends behind the one around it ends with it.
        let end = self.open.last().map_or(inline.span.end, |(_, end, _)| inline.span.end.min(*end));
        let is_open = |kind: fn(&InlineKind) -> bool| self.open.iter().any(|(open, ..)| kind(open));
        match inline.kind {
            InlineKind::Code => {
                self.text_until(inline.span.start);
                // Behind another piece of code its signs would run into the other's.
                if !(self.closed == self.out.len() && self.out.ends_with('`')) {
                    self.code(end);
                    self.closed = self.out.len();
                }
            }
            InlineKind::NoteRef => {
                self.text_until(inline.span.start);
                let label = label(self.document.slice(&inline.span));
                let _ = write!(self.out, "[^{label}]");
                self.at = end;
            }
            InlineKind::Link(_) if is_open(|kind| matches!(kind, InlineKind::Link(_))) => {}
            InlineKind::Link(n) | InlineKind::Image(n) => {
                self.text_until(inline.span.start);
                let image = matches!(inline.kind, InlineKind::Image(_));
                if !image && self.out.ends_with('!') {
                    // It would make a picture of the link.
                    self.out.pop();
                    self.out.push_str("\\!");
                }
                self.out.push_str(if image { "![" } else { "[" });
                let url = self.document.links().get(n as usize).map_or("", String::as_str);
                self.open.push((inline.kind, end, format!("]({})", target(url))));
            }
            kind => {
                if self.open.iter().any(|(open, ..)| *open == kind) {
                    return;
                }
                self.text_until(inline.span.start);
                if let Some(sign) = self.fitting_sign(kind, inline.span.start..end) {
                    self.out.push_str(sign);
                    self.open.push((kind, end, sign.to_owned()));
                }
            }
        }
    }

    /// The sign for an inline over `span` that Markdown sees as such at both ends, by the rules of
    /// `CommonMark` 0.31, section 6.2.
    fn fitting_sign(&self, kind: InlineKind, span: Span) -> Option<&'static str> {
        let inner = self.document.slice(&span);
        // A blank line's beginning and end count as blanks.
        let before = self.out.chars().next_back().unwrap_or(' ');
        let behind = self.document.slice(&(span.end..self.span.end)).chars().next().unwrap_or(' ');
        // A line feed is written as a sign; what closes or opens at the same place is one too.
        let behind =
            if behind == '\n' || self.open.last().is_some_and(|(_, end, _)| *end == span.end) { '*' } else { behind };
        let (first, last) = (inner.chars().next()?, inner.chars().next_back()?);
        let apart = |c: char| c.is_whitespace() || is_punctuation(c);
        let opens = !is_punctuation(first) || apart(before);
        let closes = !is_punctuation(last) || apart(behind);
        if !opens || !closes {
            return None;
        }
        let after_close = self.closed == self.out.len() && self.closed > 0;
        match kind {
            InlineKind::Emphasis if !before.is_alphanumeric() && !behind.is_alphanumeric() && before == '*' => {
                Some("_")
            }
            _ => sign(kind).filter(|sign| !(after_close && self.out.ends_with(sign.get(..1).unwrap_or_default()))),
        }
    }

    fn code(&mut self, end: u32) {
        let code = self.document.slice(&(self.at..end)).replace('\n', " ");
        let code = if self.place == Place::Cell { code.replace('|', "\\|") } else { code };
        let run = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(run + 1);
        let blank = code.starts_with('`') || code.ends_with('`') || (code.starts_with(' ') && code.ends_with(' '));
        let blank = if blank { " " } else { "" };
        let _ = write!(self.out, "{fence}{blank}{code}{blank}{fence}");
        self.at = end;
    }

    fn close_until(&mut self, offset: u32) {
        while let Some((_, end, close)) = self.open.pop_if(|(_, end, _)| *end <= offset) {
            self.text_until(end);
            self.out.push_str(&close);
            self.closed = self.out.len();
        }
    }

    fn text_until(&mut self, end: u32) {
        if self.at < end {
            push_escaped(self.document.slice(&(self.at..end)), self.place, &mut self.out);
            self.at = end;
        }
    }
}

/// As `CommonMark` sees it: punctuation and symbols; whatever is neither letter, digit, mark nor blank will do.
fn is_punctuation(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    !c.is_alphanumeric() && !c.is_whitespace() && !unicode_normalization::char::is_combining_mark(c)
}

/// A footnote's label without what would end it.
pub(super) fn label(label: &str) -> String {
    let kept = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '*') { c } else { '-' };
    let label: String = label.chars().map(kept).collect();
    if label.is_empty() { "note".to_owned() } else { label }
}

/// An address as the target of a link.
fn target(url: &str) -> String {
    let mut target = String::new();
    for c in url.chars() {
        if matches!(c, '\\' | '(' | ')' | '<' | '>' | '&' | '|' | '*' | '_') {
            target.push('\\');
        }
        target.push(c);
    }
    if url.contains(char::is_whitespace) { format!("<{target}>") } else { target }
}
