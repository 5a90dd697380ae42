//! The same story from several sources under one row: what the reader sees and does.

use pullquote::app::Effect;
use pullquote::config::Settings;
use pullquote::model::Id;

use crate::support::{Harness, articles};

/// A wire report as `source` prints it under a headline of its own.
fn copy(source: &str, headline: &str, hour: u32) -> String {
    let gate = |n: u32| {
        format!("Gate {n} of the canal at Orme stands open since the night, and keeper {n} waits there for the tide.")
    };
    let gates: Vec<String> = (1..=12).map(gate).collect();
    format!(
        "---\ntitle: {headline}\nsource: {source}\ndate: 2026-11-22T{hour:02}:00:00Z\nurl: https://{}.example/locks\n---\n\n{}\n",
        source.to_lowercase(),
        gates.join(" ")
    )
}

/// Three papers with the report among other articles; the first is 5, the others are 6 and 7.
fn harness(settings: Settings) -> Harness {
    let copies = [
        copy("Courier", "Canal gates open overnight", 8),
        copy("Herald", "Why twelve gates stand open at Orme", 9),
        copy("Echo", "Keepers wait for the tide", 7),
    ];
    let all: Vec<&str> = articles::ALL.iter().copied().chain(copies.iter().map(String::as_str)).collect();
    Harness::with(120, 40, &all, settings)
}

fn ids(harness: &Harness) -> Vec<Id> {
    harness.app().state().list.ids.clone()
}

/// The list with the cursor on the row that stands for the three.
fn on_the_story(harness: Harness) -> Harness {
    let at = ids(&harness).iter().position(|id| *id == 5).unwrap_or_default();
    harness.keys(&format!("g g {}", "j ".repeat(at)))
}

#[test]
fn one_row_stands_for_the_story_and_shows_the_others_when_asked() {
    let harness = on_the_story(harness(Settings::default()));
    assert_eq!(ids(&harness).len(), articles::ALL.len() + 1);
    assert!(harness.frame().contains(" · +2"), "{}", harness.frame());
    assert!(!harness.frame().contains("Herald"), "{}", harness.frame());
    let harness = harness.keys("+");
    let frame = harness.frame();
    assert!(frame.contains("Herald") && frame.contains("Echo") && frame.contains("● Keepers wait"), "{frame}");
    let all = ids(&harness);
    let at = all.iter().position(|id| *id == 5).unwrap();
    assert_eq!(all[at..at + 3], [5, 6, 7], "as they came");
    insta::assert_snapshot!("unfolded", frame);
    // What is shown under it is an article like any other; folding from there leads back to the row.
    let harness = harness.keys("j enter h");
    assert!(harness.effects.contains(&Effect::MarkRead(6)));
    let harness = harness.keys("+");
    assert_eq!(harness.app().state().list.selected(), Some(5));
    assert_eq!(ids(&harness).len(), articles::ALL.len() + 1);
}

#[test]
fn a_row_says_when_only_what_stands_under_it_is_unread_and_all_marks_that_too() {
    let harness = on_the_story(harness(Settings::default())).keys("m");
    assert!(harness.frame().contains("○ Canal gates"), "{}", harness.frame());
    let unread = harness.app().state().counts.unread;
    assert_eq!(unread, articles::ALL.len() as u64 + 2);
    let harness = harness.keys("A");
    assert_eq!(harness.app().state().counts.unread, 0);
    assert!(!harness.frame().contains("○"), "{}", harness.frame());
    assert_eq!(harness.keys("u").app().state().counts.unread, unread);
}

#[test]
fn among_the_unread_the_next_one_stands_for_the_story() {
    let harness = on_the_story(harness(Settings::default())).keys("m g u");
    assert!(ids(&harness).contains(&6) && !ids(&harness).contains(&5), "{:?}", ids(&harness));
    assert!(harness.frame().contains(" · +1"), "{}", harness.frame());
}

#[test]
fn what_is_moved_to_the_trash_gives_its_row_to_the_next_and_takes_it_back() {
    let harness = on_the_story(harness(Settings::default())).keys("D");
    assert!(ids(&harness).contains(&6), "{:?}", ids(&harness));
    let harness = harness.keys("u");
    assert!(ids(&harness).contains(&5) && !ids(&harness).contains(&6), "{:?}", ids(&harness));
}

#[test]
fn searches_filters_and_bookmarks_show_each() {
    let harness = harness(Settings::default()).keys("/").types("keeper").keys("enter");
    assert_eq!(ids(&harness), [6, 5, 7]);
    let harness = harness.keys("esc F").types("url:locks").keys("enter");
    assert_eq!(ids(&harness), [6, 5, 7]);
    assert!(!harness.frame().contains('+'), "{}", harness.frame());
}

#[test]
fn folding_can_be_turned_off() {
    let all = articles::ALL.len() + 3;
    let unfolded = harness(Settings { fold: false, ..Settings::default() });
    assert_eq!(ids(&unfolded).len(), all);
    let folded = on_the_story(unfolded.keys(":").types("fold").keys("enter"));
    assert_eq!(ids(&folded).len(), all - 2);
    let turned = folded.keys(":").types("fold").keys("enter");
    assert_eq!((ids(&turned).len(), turned.app().state().list.selected()), (all, Some(5)));
}
