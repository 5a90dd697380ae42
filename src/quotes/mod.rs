//! Who said it: finds the quotations in a text and their speakers. Pure and deterministic; `detect` is the one door for
//! a text, and `detect_in` leads an article to it.
#![warn(clippy::string_slice, clippy::indexing_slicing)]

mod article;
mod attribution;
mod confidence;
mod coreference;
mod cues;
mod cues_before;
mod dialogue;
mod explain;
mod german;
mod headlines;
mod keys;
mod lexicon;
mod marks;
mod names;
mod pairing;
mod phrase;
mod phrases;
mod reading;
mod roles;
mod sentences;
mod speaker;
mod subject;
#[cfg(test)]
mod tests;
mod tokens;
mod transcripts;
mod unmarked;

use crate::model::{Quote, Span};

pub use article::{detect_in, explain_in};
pub use explain::Explained;

/// Grows with every change of the rules that changes results, so that stored quotes can be detected anew.
pub const VERSION: u32 = 6;

/// The outermost quotations of `text`, sorted and not overlapping; offsets are bytes of `text`.
/// Paragraphs are set apart by line breaks. `language` is ISO 639-1 where it is known.
#[must_use]
pub fn detect(text: &str, language: Option<&str>) -> Vec<Quote> {
    passes(text, &[], language, |_, quote, _| quote)
}

/// The quotes that `detect` gives, each with the rules that fired.
#[must_use]
pub fn explain(text: &str, language: Option<&str>) -> Vec<Explained> {
    passes(text, &[], language, explain::explained)
}

/// Runs the passes, with `blocks` as quotations that have no marks, and gives each quote, with the reasons that they settled, to `keep`.
fn passes<T>(
    text: &str,
    blocks: &[Span],
    language: Option<&str>,
    keep: impl Fn(&tokens::Tokens, Quote, &speaker::Reasons) -> T,
) -> Vec<T> {
    let (spans, lines) = {
        let (marks, lines) = marks::find(text);
        (pairing::with_blocks(pairing::pair(text, &marks, &lines), blocks), lines)
    };
    let labelled = transcripts::labelled(text, &lines);
    if spans.is_empty() && labelled.is_empty() && !lines.iter().any(|line| unmarked::is_dashed(text, *line)) {
        return Vec::new();
    }
    let lexicon = lexicon::of(language, text);
    let spans = unmarked::with_unmarked(text, &lines, spans, lexicon);
    let spans = pairing::with_blocks(spans, &transcripts::spoken(&labelled, lexicon));
    if spans.is_empty() {
        return Vec::new();
    }
    let tokens = tokens::Tokens::new(text, &spans, lexicon);
    let names = names::Names::new(&tokens);
    let grammar = phrases::Grammar { tokens: &tokens, names: &names };
    let found = attribution::attribute(grammar, &tokens.shapes);
    let mut speaking = coreference::Speaking::new(grammar, &found);
    spans
        .into_iter()
        .zip(&tokens.shapes)
        .zip(&found)
        .map(|((span, shape), found)| {
            let (quote, reasons) = speaker::quote(grammar, &mut speaking, span.range, shape, found.as_ref());
            keep(&tokens, quote, &reasons)
        })
        .collect()
}
