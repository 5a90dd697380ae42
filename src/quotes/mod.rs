//! Who said it: finds the quotations in a text and their speakers. Pure and deterministic; `detect` is the one door.
#![warn(clippy::string_slice, clippy::indexing_slicing)]

mod marks;
mod pairing;

use crate::model::Quote;

/// Grows with every change of the rules that changes results, so that stored quotes can be detected anew.
pub const VERSION: u32 = 1;

/// The outermost quotations of `text`, sorted and not overlapping; offsets are bytes of `text`.
/// Paragraphs are set apart by line breaks. `language` is ISO 639-1 where it is known.
#[must_use]
pub fn detect(text: &str, language: Option<&str>) -> Vec<Quote> {
    let _ = language;
    let (marks, lines) = marks::find(text);
    let spans = pairing::pair(text, &marks, &lines);
    spans
        .into_iter()
        .map(|span| Quote {
            span: span.range,
            speech: true,
            cue: None,
            source: None,
            speaker: None,
            role: None,
            confidence: 0.0,
        })
        .collect()
}
