//! What was changed between the texts of an article, from keys to frames.

use pullquote::app::state::{Focus, Overlay, Pair};
use pullquote::app::{Effect, Event};

use crate::support::{Harness, articles};

/// A reader of the bridge report, which was changed twice.
fn changed(columns: u16, rows: u16) -> Harness {
    let mut harness = Harness::new(columns, rows, &articles::BRIDGE_TEXTS[..1]);
    for text in &articles::BRIDGE_TEXTS[1..] {
        harness.meanwhile(text);
    }
    harness
}

fn pair(harness: &Harness) -> Option<Pair> {
    harness.app().state().article.difference.as_ref().map(|difference| difference.pair)
}

#[test]
fn the_details_list_earlier_texts_and_lead_to_what_was_changed() {
    let harness = changed(80, 24).keys("enter i");
    let frame = harness.frame();
    for part in
        ["changed    2 times; d shows what", "text 2     until 22 Nov 2026, 12:00", "titled “Ferrymen of Ostrava"]
    {
        assert!(frame.contains(part), "{part}\n{frame}");
    }
    let harness = harness.keys("d");
    assert!(harness.app().state().overlay.is_none());
    assert_eq!(pair(&harness), Some(Pair { id: 1, from: 2, to: None }));
}

#[test]
fn what_was_changed_is_gone_through_and_left_as_it_was_entered() {
    let harness = changed(80, 24).keys("enter ctrl-d");
    let before = harness.frame();
    let harness = harness.keys("d n");
    assert!(harness.frame().contains("change 1 of"), "{}", harness.frame());
    let last = harness.keys("9 9 n");
    assert!(last.frame().contains("the last change"), "{}", last.frame());
    let harness = last.keys("N N esc");
    assert_eq!(pair(&harness), None);
    assert_eq!(harness.app().state().focus, Focus::Article);
    assert_eq!(harness.frame(), before);
    let harness = harness.keys("d q");
    assert_eq!((pair(&harness), harness.app().state().focus), (None, Focus::Article));
}

#[test]
fn quotations_that_changed_are_one_key_apart() {
    let harness = changed(80, 24).keys("enter d )");
    assert!(harness.frame().contains("changed quotation 1 of 4"), "{}", harness.frame());
    let harness = harness.keys(") ) )");
    let frame = harness.frame();
    assert!(frame.contains("— another speaker: the harbour master → Jonas Reiter"), "{frame}");
    assert!(harness.keys(")").frame().contains("no changed quotation further"));
}

#[test]
fn the_list_of_quotations_marks_those_that_changed_and_says_how() {
    let harness = changed(80, 24).keys("enter \"");
    let frame = harness.frame();
    insta::assert_snapshot!("quotes_changed_80x24", frame);
    insta::assert_snapshot!("quotes_changed_40x12", changed(40, 12).keys("enter \"").frame());
    // They are found by what became of them, too.
    let narrowed = harness.types("changed").frame();
    assert!(narrowed.contains("→ “It is a bridge") && !narrowed.contains("Nobody ever"), "{narrowed}");
    // Once one of them is in focus, the bar below says what became of it.
    let harness = changed(80, 24).keys("enter ) )");
    assert!(harness.frame().contains("quote 2 of 5 · quoted in other words · "), "{}", harness.frame());
    // Where there is no room for both, the key that leads to all others is worth more.
    let narrow = changed(40, 12).keys("enter ) )").frame();
    assert!(narrow.contains("? keys") && !narrow.contains("other words"), "{narrow}");
}

#[test]
fn nothing_is_marked_where_nothing_changed_or_all_is_new() {
    let harness = Harness::new(80, 24, &[articles::BRIDGE_TEXTS[0]]).keys("enter \"");
    assert!(harness.effects.iter().all(|effect| !matches!(effect, Effect::Fates { .. })));
    assert!(!harness.frame().contains("since 22 Nov"), "{}", harness.frame());
    // A feed gave the first lines alone, which quote nobody.
    let (front, _) = articles::BRIDGE_TEXTS[0].split_once("\n\nThe ferrymen").unwrap();
    let mut harness = Harness::new(80, 24, &[&format!("{front}\n\nThe ferrymen voted.\n")]);
    harness.meanwhile(articles::BRIDGE_TEXTS[0]);
    let frame = harness.keys("enter \"").frame();
    assert!(frame.contains("We asked for a bell") && !frame.contains('+'), "{frame}");
}

#[test]
fn what_became_of_quotations_is_asked_once_for_each_text() {
    let mut harness = changed(80, 24).keys("enter j k ) (");
    let asked = |harness: &Harness| -> Vec<u32> {
        let since = harness.effects.iter().filter_map(|effect| match effect {
            Effect::Fates { since, .. } => Some(*since),
            _ => None,
        });
        since.collect()
    };
    assert_eq!(asked(&harness), [2]);
    harness.meanwhile(articles::BRIDGE_TEXTS[0]);
    assert_eq!(asked(&harness), [2, 3]);
}

#[test]
fn other_texts_are_compared_and_the_one_that_came_next() {
    let harness = changed(80, 24).keys("enter d");
    let harness = harness.keys("[");
    assert_eq!(pair(&harness), Some(Pair { id: 1, from: 1, to: None }));
    assert!(harness.keys("[").frame().contains("the first text"));
    let harness = changed(80, 24).keys("enter d [ =");
    assert_eq!(pair(&harness), Some(Pair { id: 1, from: 1, to: Some(2) }));
    assert!(harness.frame().contains("1 word added, 1 removed"), "{}", harness.frame());
    assert_eq!(pair(&harness.keys("=")), Some(Pair { id: 1, from: 1, to: None }));
    let harness = changed(80, 24).keys("enter :").types("changes 1").keys("enter");
    assert_eq!(pair(&harness), Some(Pair { id: 1, from: 1, to: None }));
    let harness = changed(80, 24).keys("enter :").types("changes 7").keys("enter");
    assert!(harness.frame().contains("there are 2 earlier texts, from 1 to 2"), "{}", harness.frame());
}

#[test]
fn what_did_not_change_is_unfolded_by_a_key() {
    let harness = changed(80, 40).keys("enter d");
    assert!(harness.frame().contains("unchanged") && !harness.frame().contains("forty times"), "{}", harness.frame());
    assert!(harness.keys("F").frame().contains("forty times"));
}

#[test]
fn from_the_list_the_changes_of_the_selected_article_are_shown() {
    for columns in [80, 120] {
        let harness = changed(columns, 24).keys("d");
        assert_eq!(pair(&harness), Some(Pair { id: 1, from: 2, to: None }));
        assert_eq!(harness.app().state().focus, Focus::Article);
    }
}

#[test]
fn an_article_that_never_changed_says_so() {
    let harness = Harness::new(80, 24, &[articles::ISLAND]).keys("enter d");
    assert!(harness.frame().contains("the text is as it came"), "{}", harness.frame());
    assert!(!harness.keys("i").frame().contains("changed"));
}

#[test]
fn another_text_that_comes_meanwhile_is_compared_too() {
    let mut harness = Harness::new(80, 24, &articles::BRIDGE_TEXTS[..1]);
    harness.meanwhile(articles::BRIDGE_TEXTS[1]);
    let mut harness = harness.keys("enter d");
    assert!(!harness.frame().contains("at night"), "{}", harness.frame());
    harness.meanwhile(articles::BRIDGE_TEXTS[2]);
    assert!(harness.frame().contains("open at night"), "{}", harness.frame());
}

#[test]
fn commands_on_what_is_hidden_do_nothing_under_a_difference() {
    let harness = changed(80, 24).keys("enter ) d y");
    assert!(harness.frame().contains("link copied"), "{}", harness.frame());
    assert!(harness.keys("/").app().state().prompt.is_none());
}

#[test]
fn details_are_wrapped_and_scrolled() {
    let harness = changed(40, 12).keys("enter i");
    insta::assert_snapshot!("details_40x12", harness.frame());
    let harness = harness.keys("j j G");
    assert!(matches!(harness.app().state().overlay, Some(Overlay::Details(_))));
    assert!(harness.frame().contains("text 1"), "{}", harness.frame());
    assert!(harness.keys("x").app().state().overlay.is_none());
}

#[test]
fn frames_of_a_difference() {
    for (columns, rows) in [(40, 12), (80, 24), (120, 40), (200, 60)] {
        let harness = changed(columns, rows).keys("enter d n");
        insta::assert_snapshot!(
            format!("changes_{columns}x{rows}"),
            format!("{}\n{}", harness.frame(), harness.roles())
        );
    }
}

#[test]
fn any_size_draws() {
    let mut harness = changed(80, 24).keys("enter d n");
    for (columns, rows) in (1..30).map(|n| (n, n)).chain([(1, 60), (200, 1), (2, 3), (300, 100), (24, 6)]) {
        harness.event(Event::Resize(columns, rows));
        assert_eq!(harness.frame().lines().count(), usize::from(rows));
    }
}
