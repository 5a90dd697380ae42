//! What holds for every query, by chance.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization as _;

use crate::query::*;

/// Pieces that mean something, glued with and without blanks.
fn query_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "(",
            ")",
            "-",
            "--",
            "|",
            "OR",
            "AND",
            "NOT",
            "\"",
            "“",
            "”",
            "*",
            "\\",
            "=",
            "==",
            " ",
            "  ",
            ":",
            "..",
            "a",
            "Rail",
            "東京",
            "é",
            "title:",
            "said:",
            "speaker:",
            "tag:",
            "url:",
            "is:",
            "is:unread",
            "has:quote",
            "date:",
            "2017",
            "-09",
            "-05",
            "after:2017-01",
            "before:2017-01-01",
            "newer:",
            "7d",
            "36h",
            "sort:oldest",
            "titel:",
            "\n",
            "\u{1b}",
            "\u{0}",
            "\u{9b}",
            "\u{202e}",
            "-3",
            "+5",
            "3.5%",
            "1,000",
            "’s",
            "don't",
            "x-ray",
            "e\u{301}",
            "\u{301}",
            "=\u{338}",
            "\u{1112}\u{1161}",
            "ガ",
            "ｶﾞ",
            "½",
            "👩\u{200d}🚀",
            "„",
            "«",
            "[",
            "]",
            "'",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,3}",
        "[\\x00-\\x1f\\x7f-\\x9f]{0,2}",
    ];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn a_query_prints_what_it_parses(text in query_text()) {
        for query in [parse(&text), parse_typing(&text)].into_iter().flatten() {
            prop_assert_eq!(parse(&query.to_string()), Ok(query));
        }
    }

    #[test]
    fn a_mistake_stands_in_the_text_and_can_be_shown(text in query_text()) {
        for mistake in [parse(&text), parse_typing(&text)].into_iter().filter_map(Result::err) {
            prop_assert!(text.get(mistake.span.clone()).is_some_and(|under| !under.is_empty()), "{:?}", mistake);
            prop_assert!(mistake.shown(&text).lines().count() >= 2);
        }
    }

    #[test]
    fn what_is_finished_means_the_same_while_typing(text in query_text()) {
        if let Ok(query) = parse(&text) {
            let typed = parse_typing(&(text + " "));
            prop_assert!(typed.is_err() || typed == Ok(query));
        }
    }

    /// How letters with accents are put together makes no difference, in the query or in the text.
    #[test]
    fn both_normal_forms_are_one(
        text in "([a-cé ÅüñёйガＧ한½ﬁ’-]|e\u{301}){0,12}",
        wanted in "=?([a-cé ÅüñёйガＧ한½ﬁ’]|e\u{301}){1,4}",
    ) {
        let found = |wanted: &str, text: &str| match parse(wanted) {
            Ok(Query { root: Some(Node::Leaf(leaf)), .. }) => leaf.is_in(text),
            _ => false,
        };
        let (composed, apart): (String, String) = (wanted.nfc().collect(), wanted.nfd().collect());
        let expected = found(&wanted, &text);
        for text in [text.clone(), text.nfc().collect()] {
            for wanted in [&composed, &apart] {
                prop_assert_eq!(found(wanted, &text), expected, "{} in {}", wanted, text);
            }
        }
    }
}
