//! Invented quotations in every form of citation, beside files that were read by eye and by the programs they are for. When a
//! form changes on purpose, the test writes what is made now beside the other build products, to be looked at and copied.

use std::path::Path;

use pullquote::clock::Now;
use pullquote::export::{Bibliography, Form, Reference};
use pullquote::formats::{self, Format};
use pullquote::model::{Article, Quote};
use pullquote::quotes;

use crate::support::NOW;

/// Articles that have what is hard to write: names of all kinds, signs of every form, speech over paragraphs, doubt.
const ARTICLES: [&str; 3] = [
    "---\ntitle: \"Harbour & Sons: 50% of {nothing} at $1_000\"\nauthor: Ines Marlow and Jan van der Berg\n\
     source: Northern Courier\ndate: 2026-11-20\nurl: https://courier.example/a_b?q=1&r=%7B2%7D#top\nlanguage: en\n---\n\n\
     “It is a \"beginning\", no more,” said Ruth Okafor, the board’s chair. “We sell half,\n\nThe ferry was late.\n\n\
     “This was never promised,” said Tomas Arrel.\n\n“Nobody asked.\n\n“Nobody will,” Arrel added.\n",
    "---\ntitle: =SUM(A1) is no headline\nauthor: Skerrin Press Agency\ndate: 2026-11-21T23:30:00Z\n---\n\n\
     A spokesman called the plan “a *star* in #1 <place>”, and left.\n",
    "---\ntitle: 海の話\n---\n\n“It rains,” somebody said.\n",
];

fn articles() -> Vec<(Article, Vec<Quote>)> {
    let read = |text: &str| {
        let article = formats::read(text.as_bytes(), Format::Markdown).unwrap();
        let quotes = quotes::detect_in(&article);
        (article, quotes)
    };
    ARTICLES.iter().map(|text| read(text)).collect()
}

#[test]
fn every_form_is_as_it_was_read_by_eye() {
    let articles = articles();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/citations");
    let mut changed = Vec::new();
    for (form, name) in [
        (Form::Markdown, "quotes.md"),
        (Form::Plain, "quotes.txt"),
        (Form::Csv, "quotes.csv"),
        (Form::Jsonl, "quotes.jsonl"),
        (Form::Bibtex, "quotes.bib"),
        (Form::Csl, "quotes.csl.json"),
        (Form::Ris, "quotes.ris"),
    ] {
        let mut bibliography = Bibliography::new(form);
        let mut written = bibliography.head().to_owned();
        for (n, (article, quotes)) in (1..).zip(&articles) {
            let cited: Vec<&Quote> =
                quotes.iter().filter(|quote| quote.speech || bibliography.takes_phrases()).collect();
            let reference = Reference::new(n.to_string(), article, cited, Some(NOW), &Now::fixed(NOW));
            written.push_str(&bibliography.entry(&reference).unwrap());
        }
        written.push_str(bibliography.tail());
        if std::fs::read_to_string(folder.join(name)).unwrap_or_default() != written {
            let made = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
            std::fs::write(&made, &written).unwrap();
            changed.push(format!("{name} is another: compare it with {}", made.display()));
        }
    }
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}
