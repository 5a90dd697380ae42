//! A mistake in a query: where it stands, what is wrong, and what was meant.

use std::fmt::Write as _;
use std::ops::Range;

use unicode_width::UnicodeWidthStr as _;

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
        let before = plain(query.get(..self.span.start)).width();
        let under = plain(query.get(self.span.clone())).width().max(1);
        let mut shown = plain(Some(query));
        let _ = write!(shown, "\n{:before$}{} {}", "", "^".repeat(under), self.message);
        if let Some(hint) = &self.hint {
            let _ = write!(shown, "\n{:1$} {hint}", "", before + under);
        }
        shown
    }
}
