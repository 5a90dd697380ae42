//! Feeds in the reader: from keys to what is kept and shown.

use pullquote::app::state::refresh::Asking;
use pullquote::app::{Effect, Event, Reply};

use super::json_feed;
use crate::support::loopback::{Asked, Loopback, Reply as Said};
use crate::support::{Harness, articles};

fn answer(asked: &Asked) -> Said {
    match asked.path.as_str() {
        "/missing" => Said::new("404 Not Found", ""),
        "/page" => Said::new(
            "200 OK\nContent-Type: text/html",
            "<!doctype html><html><head><title>The quay</title>\
             <link rel=alternate type=application/feed+json href=/feed></head>\
             <body><article><h1>The quay</h1><p>The quay is closed to all traffic since Monday, and nobody \
             knows for how long it will be.</p><p>The harbour board met and went home again.</p></article></body></html>",
        ),
        "/entry/1" => Said::new(
            "200 OK\nContent-Type: text/html",
            "<!doctype html><html><head><title>One</title></head><body><article><h1>One</h1><p>One, told at \
             length: there is more to be said about this than fits into a feed, and here it is said.</p>\
             <p>And then some more is said about it in a second paragraph.</p></article></body></html>",
        ),
        path => Said::ok(json_feed(&format!("Feed {path}"), &[("1", "One, in short."), ("2", "Two.")])),
    }
}

fn adds(harness: Harness, text: &str) -> Harness {
    harness.keys("a").types(text).keys("enter")
}

#[test]
fn an_address_is_told_for_what_it_is_and_subscribed_to() {
    let server = Loopback::new(answer);
    let harness = Harness::new(80, 24, articles::ALL).keys("a").types(&server.at("/feed"));
    assert!(harness.frame().contains("an address: a feed or a list of feeds is subscribed to"), "{}", harness.frame());
    let harness = harness.keys("enter");
    assert!(harness.frame().contains("subscribed to Feed /feed: 2 new"), "{}", harness.frame());
    assert_eq!(harness.app().state().counts.all, 6);
    let harness = harness.keys("u");
    assert!(harness.frame().contains("undone: a feed changed"), "{}", harness.frame());
    assert_eq!(harness.app().state().counts.all, 6, "the articles stay");
}

#[test]
fn a_page_is_stored_and_its_feed_is_offered() {
    let server = Loopback::new(answer);
    let harness = adds(Harness::new(80, 24, articles::ALL), &server.at("/page"));
    let prompt = harness.app().state().prompt.as_ref().expect("an offer");
    assert_eq!(prompt.input.value(), server.at("/feed"));
    let harness = harness.keys("enter");
    assert!(harness.frame().contains("subscribed to Feed /feed"), "{}", harness.frame());
}

#[test]
fn a_pasted_text_becomes_an_article_with_its_paragraphs() {
    let mut harness = Harness::new(80, 24, articles::ALL);
    harness.event(Event::Paste("The quay is closed to all.\n\nNobody knows for how long.\u{1b}[31m".into()));
    assert!(harness.frame().contains("text: it is stored as an article"), "{}", harness.frame());
    let harness = harness.keys("enter");
    let added = harness.effects.iter().find(|effect| matches!(effect, Effect::AddText(_)));
    assert!(matches!(added, Some(Effect::AddText(text)) if text.contains("\n\n")), "{added:?}");
    assert_eq!(harness.app().state().counts.all, 5);
}

#[test]
fn a_refresh_moves_nothing_and_what_failed_can_be_looked_at() {
    let server = Loopback::new(answer);
    let harness = Harness::new(120, 40, articles::ALL).keys("j");
    let selected = harness.app().state().list.selected();
    let feeds = [server.at("/feed"), server.at("/missing")];
    let path = harness.library();
    let mut library = pullquote::library::Library::open(&path).unwrap();
    library.subscribe(&feeds.map(|at| (at, pullquote::model::Subscription::default())), 0).unwrap();
    let harness = harness.keys("R");
    assert!(harness.frame().contains("2 new articles; a feed failed: g e says why"), "{}", harness.frame());
    assert_eq!((harness.app().state().list.selected(), harness.app().state().counts.all), (selected, 6));
    let harness = harness.keys("g e");
    let frame = harness.frame();
    assert!(frame.contains("Feeds that failed") && frame.contains("it is not there (404)"), "{frame}");
    assert!(frame.contains("check the address"), "{frame}");
    let harness = harness.keys("esc");
    assert!(!harness.frame().contains("Feeds that failed"));
}

#[test]
fn how_far_it_is_is_shown_and_escape_stops_it() {
    let mut harness = Harness::new(80, 24, articles::ALL);
    harness.event(Event::Reply(Reply::Refreshing(Asking { done: 3, of: 40, new: 12, pages: None })));
    assert!(harness.frame().contains("3 of 40 feeds, 12 new   esc stops"), "{}", harness.frame());
    // Everything else goes on.
    let harness = harness.keys("j");
    assert!(harness.frame().contains("3 of 40 feeds, 12 new"));
    let harness = harness.keys("R");
    assert!(harness.frame().contains("feeds are being asked already"));
    let harness = harness.keys("esc");
    assert_eq!(harness.effects.last(), Some(&Effect::StopRefresh));
}

#[test]
fn the_whole_text_is_fetched_and_the_short_one_kept() {
    let server = Loopback::new(answer);
    let harness = adds(Harness::new(120, 40, &[]), &server.at("/feed"));
    let harness = harness.keys("g g enter");
    let harness = if harness.frame().contains("One, in short.") { harness } else { harness.keys("J") };
    assert!(harness.frame().contains("One, in short."), "{}", harness.frame());
    let harness = harness.keys("x");
    let stored = harness.app().state().article.stored.as_ref().unwrap();
    assert!(stored.article.document.text().contains("One, told at length"), "{}", harness.frame());
    assert_eq!(stored.revisions.len(), 1);
}

#[test]
fn offline_is_said_once_and_quietly() {
    let harness = Harness::new(80, 24, articles::ALL);
    let mut library = pullquote::library::Library::open(&harness.library()).unwrap();
    let feeds = ["http://nowhere.invalid/feed", "http://nobody.invalid/feed"];
    let feeds = feeds.map(|address| (address.to_owned(), pullquote::model::Subscription::default()));
    library.subscribe(&feeds, 0).unwrap();
    let mut harness = harness.keys("R");
    let notice = harness.app().state().notice.clone().unwrap();
    assert_eq!((notice.text.as_str(), notice.error), ("offline", false));
    // By itself it says nothing at all.
    harness = harness.keys("j");
    harness.event(Event::Reply(Reply::RefreshDue));
    assert_eq!(harness.app().state().notice, None);
}
