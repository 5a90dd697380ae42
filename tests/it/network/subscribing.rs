//! Subscribing: what is decided counts from the first entry, and what a page names is followed with care.

use pullquote::model::Subscription;
use pullquote::workers::subscribing::{self, Found};

use super::fetching::World;
use super::json_feed;
use crate::support::NOW;
use crate::support::loopback::{Asked, Reply};

fn answer(asked: &Asked) -> Reply {
    let port = asked.header("host").unwrap().rsplit_once(':').unwrap().1;
    match asked.path.as_str() {
        "/entry/1" => Reply::ok("One, at length: there is more to be said about this than fits into a feed."),
        "/here" => Reply::ok("<!doctype html><link rel=alternate type=application/rss+xml href=/feed><p>Here."),
        "/there" => Reply::ok(format!(
            "<!doctype html><link rel=alternate type=application/rss+xml href=http://localhost:{port}/feed><p>There."
        )),
        "/unchanged" => Reply::new("304 Not Modified", ""),
        _ => Reply::ok(json_feed("Tide", &[("1", "One, in short.")])),
    }
}

fn subscribe(world: &World, path: &str, wanted: &Subscription) -> (bool, String) {
    let address = world.server.at(path);
    let found = subscribing::look(&address, wanted, world.net(), NOW).unwrap();
    let Found::Feed(address, fetched) = found else { panic!("no feed") };
    let library = &mut world.library();
    let (feed, is_new, _) =
        subscribing::subscribe(library, address, wanted.clone(), *fetched, world.net(), NOW).unwrap();
    (is_new, feed.title().to_owned())
}

#[test]
fn the_first_entries_have_their_whole_text_too() {
    let world = World::new(answer);
    subscribe(&world, "/feed", &Subscription { full_text: true, ..Subscription::default() });
    let library = world.library();
    let stored = library.article(1).unwrap().unwrap();
    assert!(stored.article.document.text().starts_with("One, at length"));
    assert_eq!(stored.revisions.len(), 1);
}

#[test]
fn what_is_subscribed_to_already_keeps_its_title_and_tags() {
    let world = World::new(answer);
    let own = Subscription { title: Some("Mine".into()), tags: vec!["sea".into()], ..Subscription::default() };
    world.subscribe(&["/feed"], &own);
    assert_eq!(subscribe(&world, "/feed", &Subscription::default()), (false, "Mine".into()));
    let row = &world.library().summaries(&[1]).unwrap()[0];
    assert_eq!((row.source.as_deref(), row.tags.as_slice()), (Some("Mine"), ["sea".to_owned()].as_slice()));
}

#[test]
fn what_has_come_back_is_asked_again() {
    let world = World::new(|asked| match asked.header("x-late") {
        Some(_) => answer(asked),
        None => Reply::new("410 Gone", ""),
    });
    world.subscribe(&["/feed"], &Subscription::default());
    world.fetch();
    assert!(world.feed("/feed").gone);
    let late = Subscription { headers: vec![("X-Late".into(), "1".into())], ..Subscription::default() };
    subscribe(&world, "/feed", &late);
    assert!(!world.feed("/feed").gone);
}

#[test]
fn a_page_names_feeds_of_its_own_host_and_none_elsewhere_in_ones_own_network() {
    let world = World::new(answer);
    let club = Subscription { headers: vec![("X-Club".into(), "7".into())], ..Subscription::default() };
    let follow = |path| {
        let found = subscribing::look(&world.server.at(path), &club, world.net(), NOW).unwrap();
        let Found::Page(page) = found else { panic!("no page") };
        let feed = &page.feeds[0].address;
        subscribing::follow(&page.address, feed, &club, world.net(), NOW)
    };
    assert!(matches!(follow("/here"), Ok(Found::Feed(..))));
    assert!(world.server.asked().iter().all(|asked| asked.header("x-club").is_some()));
    let Err(error) = follow("/there") else { panic!("followed") };
    assert!(error.message.contains("your own network"), "{error:?}");
    assert_eq!(world.asked("/feed"), 1);
}

#[test]
fn unchanged_is_no_answer_to_somebody_new() {
    let world = World::new(answer);
    let Err(error) = subscribing::look(&world.server.at("/unchanged"), &Subscription::default(), world.net(), NOW)
    else {
        panic!("found")
    };
    assert!(error.message.contains("(304)"), "{error:?}");
}
