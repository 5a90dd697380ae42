//! What is read ahead is shown when it is wanted, and never when it is no longer true.

use pullquote::app::{Effect, Event, Reply};
use pullquote::model::Id;

use crate::support::{Harness, articles};

/// The articles that were asked for because somebody waited for them, and those that were read ahead.
fn asked(harness: &Harness) -> (Vec<Id>, Vec<Id>) {
    let waited = harness.effects.iter().filter_map(|effect| match effect {
        Effect::Open { id, .. } => Some(*id),
        _ => None,
    });
    let ahead = harness.effects.iter().filter_map(|effect| match effect {
        Effect::ReadAhead { ids, .. } => Some(ids.clone()),
        _ => None,
    });
    (waited.collect(), ahead.flatten().collect())
}

fn fresh(mut harness: Harness) -> Harness {
    harness.effects.clear();
    harness
}

fn open_id(harness: &Harness) -> Option<Id> {
    harness.app().state().article.stored.as_ref().map(|stored| stored.summary.id)
}

#[test]
fn a_step_in_the_list_shows_the_next_article_without_asking_for_it() {
    let harness = fresh(Harness::new(120, 40, articles::ALL));
    let ids = harness.app().state().list.ids.clone();
    let harness = fresh(harness.keys("j"));
    assert_eq!((open_id(&harness), asked(&harness).0), (Some(ids[1]), vec![]));
    let harness = harness.keys("j k");
    assert_eq!((open_id(&harness), asked(&harness).0), (Some(ids[1]), vec![]));
    // What is shown is what opening it would have shown.
    let opened = Harness::new(120, 40, articles::ALL).keys("j j j k k");
    assert_eq!(harness.frame(), opened.frame());
}

#[test]
fn the_next_article_and_the_next_unread_one_are_shown_from_an_article_without_asking() {
    let harness = Harness::new(120, 40, articles::ALL);
    let ids = harness.app().state().list.ids.clone();
    // The second one is read already: behind the first one the third is the next unread.
    let harness = fresh(harness.keys("j m k enter"));
    let harness = harness.keys("end space");
    assert_eq!((open_id(&harness), asked(&harness).0), (Some(ids[2]), vec![]));
    let harness = harness.keys("J K K");
    assert_eq!((open_id(&harness), asked(&harness).0), (Some(ids[1]), vec![]));
    let opened = Harness::new(120, 40, articles::ALL).keys("j m k enter h j j enter h j enter h k k enter");
    assert_eq!(harness.frame(), opened.frame());
}

#[test]
fn nothing_is_asked_again_for_an_event_that_moves_nothing() {
    let mut harness = fresh(Harness::new(120, 40, articles::ALL).keys("j"));
    for _ in 0..3 {
        harness.event(Event::Resize(120, 40));
    }
    assert_eq!(asked(&harness), (vec![], vec![]));
}

#[test]
fn what_was_read_before_a_change_is_not_shown_after_it() {
    let harness = Harness::new(120, 40, articles::ALL);
    let second = harness.app().state().list.ids[1];
    // Both are selected; the second one has been read ahead as unread.
    let harness = harness.keys("v v m k k j");
    assert_eq!(open_id(&harness), Some(second));
    let shown = harness.app().state().article.stored.as_ref().expect("an article is open");
    assert!(shown.summary.read);
}

#[test]
fn an_answer_from_before_a_change_is_dropped() {
    let mut harness = Harness::new(120, 40, articles::ALL);
    let stale = harness.effects.iter().rev().find_map(|effect| match effect {
        Effect::ReadAhead { ticket, .. } => Some(*ticket),
        _ => None,
    });
    let first = harness.app().state().article.stored.clone().expect("an article is open");
    harness.event(Event::Reply(Reply::LibraryChanged));
    let mut old = *first;
    old.summary.id = harness.app().state().list.ids[1];
    old.summary.title = "What it said before".to_owned();
    let ticket = stale.expect("asked");
    harness.event(Event::Reply(Reply::ReadAhead { ticket, read: vec![old], asked: Vec::new(), rows: Vec::new() }));
    assert!(!harness.keys("j").frame().contains("What it said before"));
}

#[test]
fn a_list_that_is_shown_is_read_anew_once_at_a_time_and_nobody_waits_for_it() {
    let lists = |effects: &[Effect]| -> Vec<bool> {
        let again = effects.iter().filter_map(|effect| match effect {
            Effect::List { again, .. } => Some(*again),
            _ => None,
        });
        again.collect()
    };
    let mut harness = fresh(Harness::new(120, 40, articles::ALL));
    let changed = || Event::Reply(Reply::LibraryChanged);
    let first = harness.only(changed());
    assert_eq!(lists(&first), [true]);
    // However often it changes meanwhile, it is read once more behind that.
    for _ in 0..3 {
        let more = harness.only(changed());
        assert!(lists(&more).is_empty());
    }
    harness.perform(first);
    assert_eq!(lists(&harness.effects), [true, true]);
    let harness = fresh(harness).keys("g u");
    assert_eq!(lists(&harness.effects), [false], "another list is waited for");
}
