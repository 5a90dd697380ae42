//! What holds for any text.

use proptest::prelude::*;

use crate::model::Span;
use crate::quotes::{detect, explain};

/// Texts of marks, words that the tables know, and anything else.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "“", "”", "\"", "'", "‘", "’", "„", "‚", "«", "»", "「", "」", "『", "』", "``", "''", "\n", "\n\n", " ", " ", " ", ", ",
            ". ", "? ", ": ", "; ", " — ", "\n– ", "(", ")", "'s", "’s", "5", "6'2\"",
        ]).prop_map(str::to_owned),
        4 => prop::sample::select(vec![
            "said", "Said", "saying", "according to", "called", "was", "who", "Ada Brown", "Brown", "Mr.", "U.S.", "he", "She",
            "the mayor", "a spokesman", "for", "and", "on Tuesday", "In", "put it", "their", "claim", "sagte", "der", "dit-il",
            "que", "by", "to", "say", "some", "asked", "säger", "dijo", "a", "affirme", "elle",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// Paragraphs that close whatever they open.
fn paragraphs() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "“We go,” ",
        "\"It's late,\" ",
        "«Oui» ",
        "he said. ",
        "Ada Brown said ",
        "that it was “over.” ",
        "The mill stands. ",
        "According to Tom Reed, ",
        "It's the workers' day. ",
        "„Nein“ ",
    ]);
    prop::collection::vec(piece, 1..6).prop_map(|pieces| pieces.concat())
}

fn fits(text: &str, span: &Span) -> bool {
    span.start < span.end && text.get(span.start as usize..span.end as usize).is_some()
}

proptest! {
    #[test]
    fn quotes_are_in_order_apart_and_on_boundaries(
        text in texts(), language in prop::sample::select(vec![None, Some("fr"), Some("sv"), Some("es")])
    ) {
        let mut last = 0;
        for quote in detect(&text, language) {
            prop_assert!(fits(&text, &quote.span));
            prop_assert!(quote.span.start >= last);
            last = quote.span.end;
            for span in [&quote.cue, &quote.source].into_iter().flatten() {
                prop_assert!(fits(&text, span), "{span:?}");
                prop_assert!(span.end <= quote.span.start || span.start >= quote.span.end || quote.span.start > span.start);
            }
            prop_assert!((0.0..=1.0).contains(&quote.confidence));
            prop_assert_eq!(quote.confidence > 0.0, quote.source.is_some());
            prop_assert!(quote.speech || quote.speaker.is_none());
        }
    }

    #[test]
    fn any_text_gives_the_same_quotes_twice(text in texts(), language in prop::option::of("[a-z]{0,3}")) {
        let language = language.as_deref();
        prop_assert_eq!(detect(&text, language), detect(&text, language));
    }

    #[test]
    fn what_is_explained_is_what_is_given(text in texts()) {
        let explained: Vec<_> = explain(&text, None).into_iter().map(|explained| explained.quote).collect();
        prop_assert_eq!(explained, detect(&text, None));
    }

    /// A paragraph break that no quotation runs over parts nothing: the halves of a text have the quotations that the
    /// whole has. Speakers may differ, as a name in one half explains a pronoun in the other.
    #[test]
    fn a_text_cut_between_paragraphs_has_the_same_quotations(paragraphs in prop::collection::vec(paragraphs(), 0..6), cut in 0_usize..6) {
        let cut = cut.min(paragraphs.len());
        let spans = |paragraphs: &[String]| -> Vec<String> {
            let text = paragraphs.join("\n\n");
            detect(&text, Some("en")).iter().map(|quote| text[quote.span.start as usize..quote.span.end as usize].to_owned()).collect()
        };
        let (head, tail) = paragraphs.split_at(cut);
        prop_assert_eq!([spans(head), spans(tail)].concat(), spans(&paragraphs));
    }

    #[test]
    fn paragraphs_behind_do_not_change_the_marks_before(text in texts()) {
        let spans = |text: &str| detect(text, Some("en")).into_iter().map(|quote| quote.span).collect::<Vec<_>>();
        let alone = spans(&text);
        let longer = spans(&format!("{text}\n\nA last line without marks.\n"));
        prop_assert_eq!(alone, longer);
    }
}
