//! Whole texts with their quotations drawn in: the fixture is the text, the marks in it are what must be found.
//!
//! ⟪“speech”⟫ ⦃“phrase”⦄ ⟦source⟧ ‹cue›; below each text a line `> speaker | role` for every speech, `-` for none.

use crate::model::Quote;
use crate::quotes::detect;

const GOLDEN: &str = include_str!("../../../tests/fixtures/quotes/golden.txt");

/// The text with everything drawn in that was found.
fn drawn(text: &str, quotes: &[Quote]) -> String {
    let mut signs = Vec::new();
    for quote in quotes {
        let (open, close) = if quote.speech { ("⟪", "⟫") } else { ("⦃", "⦄") };
        signs.push((quote.span.start, 1, open));
        signs.push((quote.span.end, 0, close));
        if let Some(source) = &quote.source {
            signs.push((source.start, 1, "⟦"));
            signs.push((source.end, 0, "⟧"));
        }
        if let Some(cue) = &quote.cue {
            signs.push((cue.start, 1, "‹"));
            signs.push((cue.end, 0, "›"));
        }
    }
    // The parts of a split quotation share cue and source: drawn once.
    signs.sort_unstable();
    signs.dedup();
    let mut drawn = String::new();
    let mut at = 0;
    for (place, _, sign) in signs {
        drawn += &text[at..place as usize];
        drawn += sign;
        at = place as usize;
    }
    drawn += &text[at..];
    for quote in quotes.iter().filter(|quote| quote.speech) {
        drawn += "\n> ";
        drawn += quote.speaker.as_deref().unwrap_or("-");
        if let Some(role) = &quote.role {
            drawn += " | ";
            drawn += role;
        }
    }
    drawn
}

#[test]
fn the_quotations_of_the_golden_file_are_found_as_drawn() {
    let mut cases = 0;
    for case in GOLDEN.split("\n== ").skip(1) {
        let (head, picture) = case.split_once('\n').expect(case);
        let (language, title) = head.split_once(": ").expect(head);
        let picture = picture.trim();
        let body = picture.split("\n> ").next().unwrap_or_default();
        let text = body.replace(['⟪', '⟫', '⦃', '⦄', '⟦', '⟧', '‹', '›'], "");
        let found = drawn(&text, &detect(&text, Some(language)));
        assert_eq!(found, picture, "\n{title}: found\n{found}\n");
        cases += 1;
    }
    assert!(cases >= 20, "the golden file was cut: {cases} cases");
}
