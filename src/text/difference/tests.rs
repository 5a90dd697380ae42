//! Differences drawn in the merged text, and pages of them.

use super::*;
use crate::model::{BlockKind, Builder};
use crate::text::layout::{Role, Setting};

const SETTING: Setting = Setting { measure: 40, ascii: false, long_quote_rows: 5 };

fn document(text: &str) -> Document {
    Document::plain(text.split("\n\n"))
}

/// The merged text with its changes between marks.
fn merged(old: &str, new: &str) -> String {
    let (old, new) = (document(old), document(new));
    let [old, new] = [&old, &new].map(|document| Version { title: "", document, quotes: &[] });
    let spans = Difference::between(&old, &new, Marks::None);
    let written = Difference::between(&old, &new, Marks::Written);
    let mut text = spans.document.text().to_owned();
    for change in spans.changes.iter().rev() {
        let (before, behind) = if change.kind == Changed::Added { ("{+", "+}") } else { ("[-", "-]") };
        text.insert_str(change.span.end as usize, behind);
        text.insert_str(change.span.start as usize, before);
    }
    assert_eq!(text, written.document.text());
    text
}

#[test]
fn what_changed_is_shown_word_by_word() {
    let table = [
        ("The mill closes.", "The mill closes.", "The mill closes."),
        ("The mill closes in May.", "The mill closes in June.", "The mill closes in [-May-] {+June+}."),
        ("He said no.", "He said no!", "He said no[-.-]{+!+}"),
        ("“Never,” she said.", "“Always,” she said.", "“[-Never-] {+Always+},” she said."),
        ("It is sold now.", "It is now.", "It is [-sold-] now."),
        ("Now it is sold.", "It is sold.", "[-Now it-] {+It+} is sold."),
        (
            "The mill was sold to a firm.",
            "The mill may be given to the town.",
            "The mill [-was sold to a firm-] {+may be given to the town+}.",
        ),
        ("東京に行く", "京都に行く", "[-東-] 京{+都+}に行く"),
        ("One.\n\nTwo.", "One.\n\nTwo.\n\nThree.", "One.\n\nTwo.\n\n{+Three.+}"),
        ("One.\n\nTwo.\n\nThree.", "One.\n\nThree.", "One.\n\n[-Two.-]\n\nThree."),
        (
            "A first one here.\n\nTwo.",
            "Another thing instead!\n\nTwo.",
            "[-A first one here.-]\n\n{+Another thing instead!+}\n\nTwo.",
        ),
        ("One came.\n\nTwo left.", "One came. Two left.", "One came. [-¶-] Two left."),
        ("One came. Two left.", "One came.\n\nTwo left.", "One came. {+¶+}\n\nTwo left."),
        ("\"It’s over\"", "“It's over”", "“It's over”"),
        ("", "New.", "{+New.+}"),
        ("Gone.", "", "[-Gone.-]"),
        ("", "", ""),
    ];
    for (old, new, expected) in table {
        assert_eq!(merged(old, new), expected, "{old} / {new}");
    }
}

#[test]
fn a_title_that_changed_is_part_of_it_and_one_that_the_text_repeats_is_not_set_twice() {
    let (old, new) = (document("Mill closes\n\nIt rained."), document("It rained."));
    let old = Version { title: "Mill closes", document: &old, quotes: &[] };
    let new = Version { title: "Mill stays", document: &new, quotes: &[] };
    let difference = Difference::between(&old, &new, Marks::Written);
    assert_eq!(difference.document.text(), "Mill [-closes-] {+stays+}\n\nIt rained.");
    assert_eq!(difference.document.blocks()[0].kind, BlockKind::Heading(1));
    assert_eq!((difference.added, difference.removed, difference.places.len()), (1, 1, 1));
}

#[test]
fn a_table_is_compared_row_by_row_and_stays_one() {
    let table = |rows: &str| {
        let mut builder = Builder::default();
        builder.block(BlockKind::Table { columns: Vec::new() }, Vec::new(), false);
        builder.text(rows);
        builder.finish()
    };
    let (old, new) = (table("Year\tMills\n1990\t3\n2000\t2"), table("Year\tMills\n1990\t4\n2000\t2"));
    let [old, new] = [&old, &new].map(|document| Version { title: "", document, quotes: &[] });
    let difference = Difference::between(&old, &new, Marks::None);
    assert_eq!(difference.document.text(), "Year\tMills\n1990\t3\n1990\t4\n2000\t2");
    assert_eq!(difference.document.blocks().len(), 1);
}

/// A quotation of `text`: the words between the first marks after `from`.
fn quote(text: &str, words: &str, speaker: Option<&str>) -> Quote {
    let start = u32::try_from(text.find(words).unwrap()).unwrap();
    let span = start..start + u32::try_from(words.len()).unwrap();
    let speaker = speaker.map(str::to_owned);
    Quote { span, speech: true, cue: None, source: None, speaker, role: None, confidence: 0.9 }
}

fn quoted(old: (&str, &[(&str, Option<&str>)]), new: (&str, &[(&str, Option<&str>)])) -> Difference {
    let quotes = |(text, quotes): (&str, &[(&str, Option<&str>)])| -> Vec<Quote> {
        quotes.iter().map(|(words, speaker)| quote(text, words, *speaker)).collect()
    };
    let (a, b) = (document(old.0), document(new.0));
    let (was, is) = (quotes(old), quotes(new));
    let [a, b] = [(&a, &was), (&b, &is)].map(|(document, quotes)| Version { title: "", document, quotes });
    Difference::between(&a, &b, Marks::None)
}

#[test]
fn quotations_that_changed_are_told_and_the_others_are_not() {
    let old = "“We will sell,” said Ada Holm.\n\n“It rained,” said Bo Lind.\n\n“I left,” he said.\n\n“No,” said Eva.\n\nIt ended.";
    let new = "“We will never sell,” said Ada Holm.\n\n“It rained,” said Bo Lind.\n\n“I left,” she said.\n\nIt ended.\n\n“Now,” it said.";
    let (ada, bo) = (Some("Ada Holm"), Some("Bo Lind"));
    let difference = quoted(
        (old, &[("“We will sell,”", ada), ("“It rained,”", bo), ("“I left,”", bo), ("“No,”", Some("Eva"))]),
        (new, &[("“We will never sell,”", ada), ("“It rained,”", bo), ("“I left,”", ada), ("“Now,”", None)]),
    );
    let told = |said: &Said| (said.fate, difference.document.slice(&said.quote.span).to_owned(), said.before.clone());
    let expected = [
        (Fate::Words, "“We will never sell,”".to_owned(), None),
        (Fate::Speaker, "“I left,”".to_owned(), Some("Bo Lind".to_owned())),
        (Fate::Gone, "“No,”".to_owned(), None),
        (Fate::New, "“Now,”".to_owned(), None),
    ];
    assert_eq!(difference.said.iter().map(told).collect::<Vec<_>>(), expected);
    let now: Vec<Option<usize>> = difference.said.iter().map(|said| said.now).collect();
    assert_eq!(now, [Some(0), Some(2), None, Some(3)]);
    let spans: Vec<_> = difference.quotes.iter().map(|quote| quote.span.clone()).collect();
    assert!(spans.is_sorted_by(|a, b| a.end <= b.start), "{spans:?}");
    assert_eq!(spans.len(), 5);
}

#[test]
fn the_words_of_a_quotation_stay_with_their_commas() {
    let difference = quoted(
        ("“It rained,” he said.", &[("“It rained,”", Some("Bo"))]),
        ("He said: “It rained.”", &[("“It rained.”", Some("Bo"))]),
    );
    assert_eq!(difference.said, []);
}

/// A page as text: the sign, then the row.
fn drawn(difference: &Difference, folded: bool) -> String {
    let page = lay_out(difference, &[(Role::Byline, "text 1 → now")], SETTING, folded);
    let rows = page.page.rows.iter().zip(&page.signs).map(|(row, sign)| {
        let sign = match sign {
            Sign::None => ' ',
            Sign::Added => '+',
            Sign::Removed => '-',
            Sign::Both => '±',
            Sign::Quote => '”',
        };
        let text: String = row.pieces.iter().map(|piece| piece.text.as_str()).collect();
        format!("{sign} {text}").trim_end().to_owned()
    });
    rows.collect::<Vec<_>>().join("\n")
}

#[test]
fn what_did_not_change_is_folded_but_for_the_rows_around() {
    let filler: Vec<String> =
        (1..=6).map(|n| format!("Paragraph {n} says what it has always said and goes on.")).collect();
    let old = format!("{}\n\nThe vote is on Monday.\n\n{}", filler.join("\n\n"), filler[..3].join("\n\n"));
    let new = old.replace("Monday", "Friday");
    let (old, new) = (document(&old), document(&new));
    let [old, new] = [&old, &new].map(|document| Version { title: "A vote", document, quotes: &[] });
    let difference = Difference::between(&old, &new, Marks::None);
    let expected = "  text 1 → now

  A vote

  ⋯ 5 paragraphs unchanged

  Paragraph 6 says what it has always said
  and goes on.

± The vote is on Monday Friday.

  Paragraph 1 says what it has always said
  and goes on.

  ⋯ 2 paragraphs unchanged";
    assert_eq!(drawn(&difference, true), expected);
    assert!(!drawn(&difference, false).contains('⋯'));
}

#[test]
fn a_line_below_its_paragraph_says_what_became_of_a_quotation() {
    let difference = quoted(
        ("“We will sell,” said Ada Holm.\n\nIt rained.", &[("“We will sell,”", Some("Ada Holm"))]),
        ("“We will sell,” said Bo Lind.\n\nIt rained.", &[("“We will sell,”", Some("Bo Lind"))]),
    );
    let expected = "  text 1 → now

± “We will sell,” said Ada Holm Bo Lind.
”    — another speaker: Ada Holm → Bo Lind

  It rained.";
    assert_eq!(drawn(&difference, true), expected);
}

mod properties {
    use proptest::prelude::*;

    use super::*;

    fn text() -> impl Strategy<Value = String> {
        prop::collection::vec("(a|b|c|d)( (a|b|“c|d”|e\\.|日本)){0,6}", 0..6)
            .prop_map(|paragraphs| paragraphs.join("\n\n"))
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

        /// Without what was added the merged text has the words of the old one, without what was removed those of the new.
        #[test]
        fn both_texts_are_in_the_merged_one(old in text(), new in text(), measure in 1..30u16) {
            let (a, b) = (document(&old), document(&new));
            let [a, b] = [&a, &b].map(|document| Version { title: "", document, quotes: &[] });
            let difference = Difference::between(&a, &b, Marks::None);
            let plain = |text: &str| text.replace(['“', '”'], "").split_whitespace().collect::<String>();
            let words = |without: Changed| {
                let mut text = difference.document.text().to_owned();
                for change in difference.changes.iter().rev().filter(|change| change.kind == without) {
                    text.replace_range(change.span.start as usize..change.span.end as usize, "");
                }
                plain(&text.replace('¶', ""))
            };
            prop_assert_eq!(words(Changed::Added), plain(&old));
            prop_assert_eq!(words(Changed::Removed), plain(&new));
            prop_assert!(difference.changes.is_sorted_by(|a, b| a.span.end <= b.span.start));
            let page = lay_out(&difference, &[], Setting { measure, ..SETTING }, true);
            prop_assert_eq!(page.page.rows.len(), page.signs.len());
        }
    }
}
