//! What the reader says of quotations: who speaks them, which are kept, what speakers are called.

use pullquote::library::{Library, Prepared};
use pullquote::model::{Article, Change, Id, Quote, Span, Stored};

use super::{NOW, Place, article};

/// An article whose quotations are spoken by those named before them: `Ada: “Go.” / Bo: “No.”`
pub(super) fn spoken(title: &str, says: &[(&str, &str)]) -> (Article, Vec<Quote>) {
    let paragraphs: Vec<String> = says.iter().map(|(who, words)| format!("{who}: {words}")).collect();
    let given = article(title, &paragraphs.iter().map(String::as_str).collect::<Vec<_>>());
    let mut quotes = Vec::new();
    for (block, (who, words)) in given.document.blocks().iter().zip(says) {
        let start = block.span.end - u32::try_from(words.len()).unwrap();
        let speaker = Some((*who).to_owned()).filter(|who| who != "?");
        let (span, confidence) = (start..block.span.end, 0.5);
        quotes.push(Quote {
            span,
            speech: speaker.is_some(),
            cue: None,
            source: None,
            speaker,
            role: None,
            confidence,
        });
    }
    (given, quotes)
}

pub(super) fn add_spoken(library: &mut Library, title: &str, says: &[(&str, &str)]) {
    let (given, quotes) = spoken(title, says);
    library.add(&[Prepared::new(given, &quotes)], NOW).unwrap();
}

/// Who speaks which words, as the reader sees it; kept ones with a star.
fn seen(library: &Library, id: Id) -> Vec<String> {
    let stored = library.article(id).unwrap().unwrap();
    let line = |quote: &Quote| {
        let star = if stored.kept.contains(&quote.span) { "*" } else { "" };
        let who = quote.speaker.as_deref().unwrap_or("nobody");
        format!("{}{star} {who} {}", stored.article.document.slice(&quote.span), quote.confidence)
    };
    stored.quotes.iter().map(line).collect()
}

fn span(library: &Library, id: Id, words: &str) -> Span {
    let Stored { article, quotes, .. } = library.article(id).unwrap().unwrap();
    quotes.into_iter().find(|quote| article.document.slice(&quote.span) == words).unwrap().span
}

pub(super) fn correct(library: &mut Library, id: Id, words: &str, speaker: Option<&str>) -> u64 {
    let change = Change::Speaker { span: span(library, id, words), speaker: speaker.map(str::to_owned) };
    library.change(&[id], &change, NOW).unwrap()
}

fn keep(library: &mut Library, id: Id, words: &str, keep: bool) -> u64 {
    let change = Change::Keep { span: span(library, id, words), keep };
    library.change(&[id], &change, NOW).unwrap()
}

#[test]
fn corrections_and_kept_quotes_are_undone_and_done_again_after_a_restart() {
    let place = Place::new();
    add_spoken(&mut place.open(), "a", &[("Ada", "“Go.”"), ("?", "“so”"), ("Bo", "“No.”")]);
    let mut states = vec![seen(&place.open(), 1)];
    let steps: [(&str, Option<&str>); 5] =
        [("“Go.”", Some("Bo")), ("“so”", Some("Bo")), ("“Go.”", None), ("“No.”", Some("Bo")), ("“Go.”", Some("Ada"))];
    for (words, speaker) in steps {
        assert_eq!(correct(&mut place.open(), 1, words, speaker), 1, "{words}");
        assert_eq!(correct(&mut place.open(), 1, words, speaker), 0, "{words}");
        states.push(seen(&place.open(), 1));
    }
    for (words, to) in [("“so”", true), ("“No.”", true), ("“so”", false)] {
        assert_eq!(keep(&mut place.open(), 1, words, to), 1, "{words}");
        assert_eq!(keep(&mut place.open(), 1, words, to), 0, "{words}");
        states.push(seen(&place.open(), 1));
    }
    assert_eq!(states[2], ["“Go.” Bo 1", "“so” Bo 1", "“No.” Bo 0.5"]);
    assert_eq!(states[3], ["“Go.” nobody 1", "“so” Bo 1", "“No.” Bo 0.5"]);
    assert_eq!(states[7], ["“Go.” Ada 1", "“so”* Bo 1", "“No.”* Bo 1"]);
    for n in (0..states.len() - 1).rev() {
        assert!(!place.open().undo().unwrap().unwrap().redo);
        assert_eq!(seen(&place.open(), 1), states[n]);
    }
    assert_eq!(place.open().undo().unwrap(), None);
    for state in &states[1..] {
        assert!(place.open().redo().unwrap().unwrap().redo);
        assert_eq!(seen(&place.open(), 1), *state);
    }
    assert_eq!(place.open().check().unwrap(), Vec::<String>::new());
}

#[test]
fn a_quotation_that_is_not_there_and_a_name_without_letters_are_refused() {
    let place = Place::new();
    let mut library = place.open();
    add_spoken(&mut library, "a", &[("Ada", "“Go.”")]);
    let nowhere = Change::Speaker { span: 1..3, speaker: Some("Bo".to_owned()) };
    assert_eq!(library.change(&[1, 7], &nowhere, NOW).unwrap(), 0);
    assert_eq!(library.change(&[1], &Change::Keep { span: 1..3, keep: true }, NOW).unwrap(), 0);
    assert_eq!(library.undo().unwrap(), None);
    let nameless = Change::Speaker { span: span(&library, 1, "“Go.”"), speaker: Some(" … ".to_owned()) };
    assert!(library.change(&[1], &nameless, NOW).unwrap_err().hint.is_some());
}

#[test]
fn of_two_with_the_same_words_each_keeps_what_was_said_of_it() {
    let place = Place::new();
    let mut library = place.open();
    add_spoken(&mut library, "a", &[("Ada", "“Go.”"), ("Bo", "“Go.”")]);
    let second = library.article(1).unwrap().unwrap().quotes[1].span.clone();
    let corrected = Change::Speaker { span: second.clone(), speaker: Some("Cleo".to_owned()) };
    for change in [corrected, Change::Keep { span: second, keep: true }] {
        assert_eq!(library.change(&[1], &change, NOW).unwrap(), 1);
    }
    assert_eq!(seen(&library, 1), ["“Go.” Ada 0.5", "“Go.”* Cleo 1"]);
    // What comes before pushes the first to where the second was, and further.
    let before = "“A long beginning that nobody expected, and that was not there before.”";
    add_spoken(&mut library, "a", &[("Dora", before), ("Ada", "“Go.”"), ("Bo", "“Go.”")]);
    assert_eq!(seen(&library, 1)[1..], ["“Go.” Ada 0.5", "“Go.”* Cleo 1"]);
    library.undo().unwrap();
    assert_eq!(seen(&library, 1)[1..], ["“Go.” Ada 0.5", "“Go.” Cleo 1"]);
    library.undo().unwrap();
    assert_eq!(seen(&library, 1)[1..], ["“Go.” Ada 0.5", "“Go.” Bo 0.5"]);
}

#[test]
fn what_was_said_of_a_quotation_follows_its_words_into_a_new_text() {
    let place = Place::new();
    let mut library = place.open();
    add_spoken(&mut library, "a", &[("Ada", "“Go.”"), ("Ada", "“Stay.”")]);
    correct(&mut library, 1, "“Go.”", Some("Bo"));
    correct(&mut library, 1, "“Stay.”", Some("Cleo"));
    keep(&mut library, 1, "“Go.”", true);
    add_spoken(&mut library, "a", &[("Dora", "“New.”"), ("Ada", "“Go.”")]);
    assert_eq!(seen(&library, 1), ["“New.” Dora 0.5", "“Go.”* Bo 1"]);
    // Words that come back are known again, in other marks too.
    add_spoken(&mut library, "a", &[("Ada", "‘Stay’")]);
    assert_eq!(seen(&library, 1), ["‘Stay’ Cleo 1"]);
    add_spoken(&mut library, "a", &[("Ada", "“Go.”")]);
    assert_eq!(seen(&library, 1), ["“Go.”* Bo 1"]);
}
