//! Articles that are marked as read because they were opened: shown once it is stored, and not before.

use pullquote::app::{Effect, Event, Reply};
use pullquote::config::{Keys, MarkRead, Settings};
use pullquote::model::{Change, Id};

use crate::support::{Harness, articles};

/// What a key does, of which nothing is performed yet.
fn strike(harness: &mut Harness, key: &str) -> Vec<Effect> {
    let chords = Keys::parse(key).map(|keys| keys.0).unwrap_or_default();
    chords.into_iter().flat_map(|chord| harness.only(Event::Key(chord))).collect()
}

/// Unread articles in sight.
fn dots(harness: &Harness) -> usize {
    harness.frame().matches('●').count()
}

fn selected(harness: &Harness) -> Id {
    harness.app().state().list.selected().unwrap_or_default()
}

#[test]
fn an_opened_article_looks_unread_until_its_mark_is_stored() {
    let mut harness = Harness::new(120, 40, articles::ALL);
    let (id, before) = (selected(&harness), dots(&harness));
    let effects = strike(&mut harness, "enter");
    assert!(effects.contains(&Effect::MarkRead(id)), "{effects:?}");
    assert_eq!(dots(&harness), before);
    harness.perform(effects);
    assert_eq!(dots(&harness), before - 1);
    assert_eq!(harness.app().state().counts.unread, articles::ALL.len() as u64 - 1);
    let harness = harness.keys("u");
    assert_eq!(dots(&harness), before, "{}", harness.frame());
}

#[test]
fn what_is_struck_before_it_is_stored_counts_the_article_as_read() {
    let mut harness = Harness::new(120, 40, articles::ALL);
    let before = dots(&harness);
    let mut effects = strike(&mut harness, "enter");
    effects.extend(strike(&mut harness, "m"));
    harness.perform(effects);
    assert_eq!(dots(&harness), before, "marked unread again");
    assert!(harness.frame().contains("marked unread"), "{}", harness.frame());
}

#[test]
fn what_was_opened_is_marked_when_the_program_ends_at_once() {
    let mut harness = Harness::new(120, 40, articles::ALL);
    let id = selected(&harness);
    let effects = strike(&mut harness, "enter");
    harness.perform(effects.into_iter().filter(|effect| matches!(effect, Effect::MarkRead(_))).collect());
    let harness = harness.restart(120, 40);
    assert!(harness.app().state().list.rows[&id].read);
}

#[test]
fn a_mark_that_cannot_be_stored_is_said_and_never_shown() {
    for (mark_read, keys) in [(MarkRead::Open, &["enter"][..]), (MarkRead::End, &["enter", "end"])] {
        let settings = Settings { mark_read, ..Settings::default() };
        let mut harness = Harness::with(120, 40, articles::ALL, settings);
        let (id, before) = (selected(&harness), dots(&harness));
        let mut effects: Vec<Effect> = keys.iter().flat_map(|key| strike(&mut harness, key)).collect();
        effects.retain(|effect| *effect != Effect::MarkRead(id));
        harness.perform(effects);
        harness.effects.clear();
        let message = "the disk is full".to_owned();
        harness.event(Event::Reply(Reply::ChangeFailed { ids: [id].into(), message: message.clone() }));
        assert_eq!(dots(&harness), before);
        assert!(harness.frame().contains(&message), "{}", harness.frame());
        // Nobody tries it again and again.
        assert!(!harness.effects.contains(&Effect::MarkRead(id)), "{:?}", harness.effects);
        assert_eq!(harness.keys("m").app().state().counts.unread, articles::ALL.len() as u64 - 1);
    }
}

#[test]
fn an_article_read_to_its_end_stays_unread_where_the_reader_says_so() {
    let settings = Settings { mark_read: MarkRead::End, ..Settings::default() };
    let harness = Harness::with(120, 40, articles::ALL, settings);
    let id = selected(&harness);
    let harness = harness.keys("enter end");
    assert!(harness.effects.contains(&Effect::MarkRead(id)));
    let harness = harness.keys("m k j");
    assert!(!harness.app().state().list.rows[&id].read);
    assert!(harness.effects.contains(&Effect::Change { ids: [id].into(), change: Change::Read(false) }));
}
