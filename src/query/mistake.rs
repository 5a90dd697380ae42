//! A mistake in a query: where it stands, what is wrong, and what was meant.

use std::fmt::Write as _;
use std::ops::Range;

use unicode_width::UnicodeWidthStr as _;

/// Characters of a query that are shown on either side of a mistake, and of the mistake itself: who pastes a book into a search
/// wants to see where it went wrong.
const AROUND: usize = 200;
const UNDER: usize = 100;

/// What is wrong with a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Bytes of the query's text; never empty, but for a mistake at its very end.
    pub span: Range<usize>,
    /// In lower case.
    pub message: String,
    /// What to write instead.
    pub hint: Option<String>,
}

impl Mistake {
    pub(super) fn new(span: &Range<usize>, message: impl Into<String>) -> Self {
        Self { span: span.clone(), message: message.into(), hint: None }
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The query with the mistake underlined, the message behind the line and the hint below it:
    ///
    /// ```text
    /// titel:rail strike
    /// ^^^^^^ there is no field titel:
    ///        did you mean title:?
    /// ```
    #[must_use]
    pub fn shown(&self, query: &str) -> String {
        // A line break or tab would put the carets under something else.
        let plain = |text: Option<&str>| text.unwrap_or_default().replace(char::is_control, " ");
        let before = ending(&plain(query.get(..self.span.start)), AROUND);
        let under = beginning(&plain(query.get(self.span.clone())), UNDER);
        let behind = beginning(&plain(query.get(self.span.end..)), AROUND);
        let (left, carets) = (" ".repeat(before.width()), "^".repeat(under.width().max(1)));
        let mut shown = format!("{before}{under}{behind}\n{left}{carets} {}", self.message);
        if let Some(hint) = &self.hint {
            let _ = write!(shown, "\n{left}{} {hint}", " ".repeat(carets.len()));
        }
        shown
    }
}

/// The last characters of `text`, `most` at most.
fn ending(text: &str, most: usize) -> String {
    match text.char_indices().rev().nth(most) {
        Some((at, c)) => format!("…{}", text.get(at + c.len_utf8()..).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// The first characters of `text`, `most` at most.
fn beginning(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}
