//! Two texts of an article set in one: what was added, what was removed, and which quotations changed. Pure.
//!
//! Paragraphs that are the same are found first, then the words of those between (`align`). Words in common that are fewer than
//! what changed around them are no help to a reader: they are part of the change (`crumbs`). The merged text is a document as
//! any other, and is set as one (`page`).

mod align;
mod crumbs;
mod leaves;
mod merge;
mod page;
mod quoted;
#[cfg(test)]
mod tests;

use crate::model::{Document, Quote, Span};
use crate::text::counted;

pub use crate::text::layout::Changed;
pub use page::{Page, Sign, lay_out};
pub use quoted::{Fate, Said};

/// A text as it was at one time.
#[derive(Clone, Copy, Debug)]
pub struct Version<'a> {
    pub title: &'a str,
    pub document: &'a Document,
    pub quotes: &'a [Quote],
}

/// How changes are set into the merged text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marks {
    /// As spans alone, for colours and attributes.
    None,
    /// Also between marks, for where there are none: `[-no-]{+yes+}`, as wdiff writes them.
    Written,
}

/// Two texts in one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Difference {
    /// The title as its first heading and all blocks of both texts; without links.
    pub document: Document,
    /// What was added and removed, in order; bytes of the document's text, as all that follows.
    pub changes: Vec<Change>,
    /// The places to go to: each a removal, an addition or one in place of the other.
    pub places: Vec<Span>,
    /// The speech in it, in order and apart; of one that is in both texts the newer one's.
    pub quotes: Vec<Quote>,
    /// The speech that changed, in order.
    pub said: Vec<Said>,
    /// Words, without marks.
    pub added: usize,
    pub removed: usize,
}

/// A stretch of the merged text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub span: Span,
    pub kind: Changed,
}

impl Difference {
    /// What became of `old` in `new`.
    #[must_use]
    pub fn between(old: &Version, new: &Version, marks: Marks) -> Self {
        let mut merged = merge::merge(old, new, marks);
        quoted::place_quotes(&mut merged, old, new);
        merged.difference
    }

    /// Whether no word, mark or quotation changed.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.changes.is_empty() && self.said.is_empty()
    }

    /// What changed, in a line.
    #[must_use]
    pub fn summary(&self) -> String {
        if self.is_none() {
            return "the words are the same".to_owned();
        }
        let words = match (self.added, self.removed) {
            (0, 0) if self.changes.is_empty() => "the words are the same".to_owned(),
            (0, 0) => "only marks changed".to_owned(),
            (added, 0) => format!("{} added", counted(added, "word")),
            (0, removed) => format!("{} removed", counted(removed, "word")),
            (added, removed) => format!("{} added, {removed} removed", counted(added, "word")),
        };
        let of = |fates: &[Fate]| self.said.iter().filter(|said| fates.contains(&said.fate)).count();
        let fates = [
            (of(&[Fate::Words, Fate::Speaker, Fate::Both]), "changed"),
            (of(&[Fate::Gone]), "gone"),
            (of(&[Fate::New]), "new"),
        ];
        let fates: Vec<String> =
            fates.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
        if fates.is_empty() { words } else { format!("{words} · quotes: {}", fates.join(", ")) }
    }

    /// Which change the byte `at` is part of.
    #[must_use]
    pub fn change_at(&self, at: u32) -> Option<Changed> {
        let next = self.changes.partition_point(|change| change.span.end <= at);
        self.changes.get(next).filter(|change| change.span.start <= at).map(|change| change.kind)
    }
}
