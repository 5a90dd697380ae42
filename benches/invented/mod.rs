//! Invented articles with their quotations, ready to be stored.
#![expect(clippy::unwrap_used, reason = "a bench that cannot set itself up must stop")]

mod article;

use pullquote::library::{Library, Prepared};
use pullquote::model::{Document, Quote};

pub use article::{NOW, article};

/// Adds `count` articles to an empty library.
pub fn fill(library: &mut Library, count: u64) {
    for from in (0..count).step_by(200) {
        library.add(&prepared(from, (from + 200).min(count)), NOW).unwrap();
    }
}

/// The articles `from..to`, ready to store.
pub fn prepared(from: u64, to: u64) -> Vec<Prepared> {
    (from..to)
        .map(|n| {
            let article = article(n);
            let quotes = quotes(&article.document);
            Prepared::new(article, &quotes)
        })
        .collect()
}

/// The quotations of an invented article.
fn quotes(document: &Document) -> Vec<Quote> {
    let mut quotes = Vec::new();
    for block in document.blocks() {
        if let Some((said, rest)) = document.slice(&block.span).split_once("” said ") {
            let end = block.span.start + u32::try_from(said.len() + "”".len()).unwrap();
            let speaker = rest.strip_suffix('.').map(str::to_owned);
            quotes.push(Quote {
                span: block.span.start..end,
                speech: true,
                cue: Some(end + 1..end + 5),
                source: Some(end + 6..block.span.end - 1),
                speaker,
                role: None,
                confidence: 0.9,
            });
        }
    }
    quotes
}
