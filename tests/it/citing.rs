//! Invented quotations in every form of citation, beside files that were read by eye and by the programs they are for. When a
//! form changes on purpose, the test writes what is made now beside the other build products, to be looked at and copied.

use std::path::Path;

use pullquote::clock::Now;
use pullquote::export::{Bibliography, Form, Reference};
use pullquote::model::{Article, Document, Published, Quote};

/// 2026-11-22 12:00 UTC.
const NOW: i64 = 1_795_348_800;

/// The quotation of `article` from the word `from` to the word `to`.
fn quote(article: &Article, from: &str, to: &str, speaker: Option<&str>, role: Option<&str>, confidence: f32) -> Quote {
    let text = article.document.text();
    let (start, end) = (text.find(from).unwrap(), text.find(to).unwrap() + to.len());
    Quote {
        span: u32::try_from(start).unwrap()..u32::try_from(end).unwrap(),
        speech: confidence > 0.0,
        cue: None,
        source: None,
        speaker: speaker.map(str::to_owned),
        role: role.map(str::to_owned),
        confidence,
    }
}

/// Articles that have what is hard to write: names of all kinds, signs of every form, speech over paragraphs, doubt.
fn articles() -> Vec<(Article, Vec<Quote>)> {
    let day = |seconds, day_only| Some(Published { seconds, day_only });
    let harbour = Article {
        title: "Harbour & Sons: 50% of {nothing} at $1_000".into(),
        author: Some("Ines Marlow and Jan van der Berg".into()),
        source: Some("Northern Courier".into()),
        published: day(1_795_132_800, true),
        url: Some("https://courier.example/a_b?q=1&r=%7B2%7D#top".into()),
        language: Some("en".into()),
        document: Document::plain([
            "“It is a beginning, no more,” said Ruth Okafor, the board’s \"chair\". The ferry was late.",
            "“Nobody asked.",
            "“Nobody will,” Arrel added.",
        ]),
        ..Article::default()
    };
    let said = vec![
        quote(&harbour, "“It", "more,”", Some("Ruth Okafor"), Some("the board’s \"chair\""), 0.95),
        quote(&harbour, "\"chair\"", "\"chair\"", None, None, 0.0),
        quote(&harbour, "“Nobody asked", "will,”", Some("Tomas Arrel"), None, 0.4),
    ];
    let formula = Article {
        title: "=SUM(A1) is no headline".into(),
        author: Some("Skerrin Press Agency".into()),
        published: day(1_795_303_800, false),
        document: Document::plain(["Who called the plan “a *star* in #1 <place>”? A spokesman did."]),
        ..Article::default()
    };
    let called = vec![quote(&formula, "“a", "place>”", Some("A spokesman"), None, 0.8)];
    let sea =
        Article { title: "海の話".into(), document: Document::plain(["“It rains.”"]), ..Article::default() };
    let rains = vec![quote(&sea, "“It", "rains.”", None, None, 0.8)];
    vec![(harbour, said), (formula, called), (sea, rains)]
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
