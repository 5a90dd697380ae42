//! How long text takes: cleaning, folding, laying out, finding words. Run with `cargo bench --bench layout`.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use pullquote::{
    model::{Document, Quote, Span},
    text::{
        clean,
        fold::words,
        highlight::{Needle, hits, snippet},
        layout::{Role, Setting, lay_out},
    },
};

const PARAGRAPH: &str = "The harbour board and the dockers’ union signed a pay agreement on Friday that both had called \
    “impossible” in September. It raises wages by nine per cent over four years. “We came for a number and we leave \
    with a calendar,” said Tomas Arrel, who leads the union.";

/// A usual article, and the largest one that is taken.
const SIZES: [(&str, usize); 2] = [("4 KB", 4 << 10), ("10 MB", 10 << 20)];

fn article(bytes: usize) -> (Document, Vec<Quote>) {
    let document = Document::plain(std::iter::repeat_n(PARAGRAPH, bytes.div_ceil(PARAGRAPH.len() + 2)));
    let marks = |mark| document.text().match_indices(mark).map(|(at, _)| u32::try_from(at).unwrap_or(u32::MAX));
    let quotes = marks('“').zip(marks('”')).map(|(start, end)| quote(start..end + 3)).collect();
    (document, quotes)
}

fn quote(span: Span) -> Quote {
    let speech = span.len() > 20;
    Quote {
        span,
        speech,
        cue: None,
        source: None,
        speaker: Some("Tomas Arrel".to_owned()),
        role: None,
        confidence: 0.9,
    }
}

fn layout(c: &mut Criterion) {
    let setting = Setting { measure: 66, ascii: false, long_quote_rows: 2 };
    let front = [(Role::Title, "Harbour board and dockers sign a four-year pay deal")];
    for (name, bytes) in SIZES {
        let (document, quotes) = article(bytes);
        let text = document.text();
        let decomposed = text.replace("September", "Se\u{301}ptember");
        let needles = [Needle::new("union", false), Needle::new("pay agr", true)];
        let found = hits(text, &needles);

        let mut group = c.benchmark_group(name);
        group.sample_size(if bytes > 1 << 20 { 10 } else { 100 });
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function("lay out", |b| b.iter(|| lay_out(&front, black_box(&document), &quotes, setting)));
        group.bench_function("clean plain text", |b| b.iter(|| clean::clean(black_box(text))));
        group.bench_function("clean decomposed text", |b| b.iter(|| clean::clean(black_box(&decomposed))));
        group.bench_function("fold", |b| b.iter(|| words(black_box(text), |_, _, word| _ = black_box(word))));
        group.bench_function("hits", |b| b.iter(|| hits(black_box(text), &needles)));
        group.bench_function("snippet", |b| b.iter(|| snippet(black_box(text), &found, 80)));
        group.finish();
    }
}

criterion_group!(benches, layout);
criterion_main!(benches);
