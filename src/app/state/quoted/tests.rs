//! Lists of quotes on screens of any height.

use super::*;
use crate::model::Published;

const SETTING: Setting = Setting { cells: 12, lines: 3, gap: 1 };

fn quoted(id: Id, start: u32, words: &str) -> Quoted {
    let quote = Quote {
        span: start..start + 1,
        speech: true,
        cue: None,
        source: None,
        speaker: None,
        role: None,
        confidence: 1.0,
    };
    Quoted {
        id,
        index: usize::try_from(start).ok(),
        title: String::new(),
        source: None,
        author: None,
        url: None,
        published: Published { seconds: 0, day_only: true },
        words: words.to_owned(),
        quote,
        kept: None,
    }
}

/// Articles 0, 1, 2 … with so many quotes each, of one to three lines and more.
fn pane(counts: &[u32]) -> ListPane {
    let mut pane = ListPane::default();
    let ids: Vec<Id> = (0..).take(counts.len()).collect();
    pane.quotes.set(SETTING, Vec::new());
    pane.take_ids(ids.clone(), true);
    let quotes = ids
        .iter()
        .zip(counts)
        .flat_map(|(id, count)| (0..*count).map(|at| quoted(*id, at, &"a word and ".repeat(1 + at as usize % 5))));
    pane.take_quotes(&ids, quotes.collect());
    pane
}

#[test]
fn the_cursor_is_wholly_in_sight_and_goes_over_articles_without_quotes() {
    for height in 1..30 {
        let mut pane = pane(&[0, 3, 0, 0, 7, 1, 0]);
        let mut seen = Vec::new();
        for steps in std::iter::repeat_n(1, 12).chain(std::iter::repeat_n(-1, 12)).chain([isize::MAX, isize::MIN]) {
            pane.follow_quotes(height);
            let plan = pane.quote_plan(height);
            let placed = plan.iter().find(|placed| placed.at == pane.at()).expect("in sight");
            let whole = placed.y + pane.height_of(placed.at) <= height;
            assert!(whole || height < 6, "{:?} is cut off in {height} rows", pane.at());
            seen.push((pane.cursor, pane.quotes.cursor));
            pane.step_quotes(steps);
        }
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 11, "{seen:?}");
    }
}

#[test]
fn the_end_leaves_no_empty_room() {
    let mut pane = pane(&[9, 9]);
    (pane.cursor, pane.top) = (1, 1);
    pane.go_to_quote(u32::MAX);
    pane.quotes.top = 8;
    pane.follow_quotes(20);
    assert!(pane.quote_plan(20).len() > 3, "only the last quotes are shown");
}

#[test]
fn quotes_read_again_leave_the_cursor_on_its_quote() {
    let mut pane = pane(&[2, 5]);
    pane.cursor = 1;
    pane.go_to_quote(3);
    pane.take_quotes(&[1], vec![quoted(1, 1, "b"), quoted(1, 3, "d"), quoted(1, 4, "e")]);
    assert_eq!(pane.selected_quote().map(|quoted| quoted.index), Some(Some(3)));
    pane.take_quotes(&[1], vec![quoted(1, 1, "b"), quoted(1, 4, "e")]);
    assert_eq!(pane.selected_quote().map(|quoted| quoted.index), Some(Some(4)), "the next one");
}

#[test]
fn only_what_is_near_stays_in_memory() {
    let mut pane = pane(&vec![1; 3 * KEPT_ARTICLES]);
    assert!(pane.quotes.read.len() <= 3 * KEPT_ARTICLES);
    pane.top = 2 * KEPT_ARTICLES;
    pane.take_quotes(&[1], vec![]);
    assert!(pane.quotes.read.len() <= KEPT_ARTICLES, "{}", pane.quotes.read.len());
}

#[test]
fn words_are_cut_after_the_last_line() {
    assert_eq!(lines("one two three", SETTING, &[]), ["one two", "three"]);
    let cut = lines(&"word ".repeat(1000), SETTING, &[]);
    assert_eq!(cut, ["word word", "word word", "word word …"]);
    let narrow = Setting { cells: 1, lines: 2, gap: 0 };
    assert!(lines("long words", narrow, &[]).len() == 2);
}

#[test]
fn a_quote_shows_the_words_that_the_list_is_narrowed_to() {
    let words = format!("{}the tide turns here {}", "a bell rang ".repeat(20), "and on ".repeat(20));
    let found = [Needle::new("tide", false)];
    let shown = lines(&words, SETTING, &found);
    assert!(shown.iter().any(|line| line.contains("tide")) && shown[0].starts_with('…'), "{shown:?}");
    assert!(shown.len() <= 3 && shown.iter().all(|line| segment::cells(line) <= 12), "{shown:?}");
    assert_eq!(lines("the tide turns", SETTING, &found), lines("the tide turns", SETTING, &[]));
    assert_eq!(lines(&words, SETTING, &[Needle::new("absent", false)]), lines(&words, SETTING, &[]));
}
