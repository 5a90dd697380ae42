//! The figures beside the places: right at the start and after each change, whoever made it.

use std::collections::BTreeSet;

use pullquote::app::Effect;
use pullquote::app::state::places::Line;
use pullquote::app::state::{Listing, Place};
use pullquote::clock::Now;
use pullquote::library::{Index, Library};
use pullquote::model::{Id, Order};

use crate::support::{Harness, NOW, articles};

/// How many a place has, by going through all of them.
fn truth(library: &Library, place: &Place) -> u64 {
    let query = Listing { place: place.clone(), ..Listing::default() }.query(false, false).unwrap();
    let now = Now::fixed(NOW);
    let ids: Vec<Id> = library.list(&query, Order::Newest, &now).unwrap().unwrap_or_else(|| {
        let mut index = Index::open(library.path());
        index.search(library, &query, Order::Newest, &now, None, &|| false).unwrap().ids
    });
    let count = match place {
        Place::Kept => library.kept().unwrap().len(),
        Place::Quotes => library.quoted(&ids, None).unwrap().len(),
        Place::Speaker(name) => library.quoted(&ids, Some(name)).unwrap().len(),
        _ => ids.len(),
    };
    count as u64
}

/// Compares all figures that are shown with what is there; says how many.
#[track_caller]
fn right(harness: &Harness) -> usize {
    let library = Library::open(&harness.library()).unwrap();
    let state = harness.app().state();
    let lines = state.places.lines(state.counts);
    let places = lines.iter().filter_map(|line| match line {
        Line::Place { place, count, .. } => Some((place, *count)),
        _ => None,
    });
    let places: Vec<_> = places.collect();
    for (place, count) in &places {
        assert_eq!(*count, Some(truth(&library, place)), "{place:?}\n{}", harness.frame());
    }
    places.len()
}

#[test]
fn every_place_is_counted_and_stays_right() {
    let mut harness = Harness::new(160, 40, articles::ALL);
    for query in ["bridge", "is:unread", "said:bell OR mill", "has:quote -is:bookmarked"] {
        harness = harness.keys("/").types(query).keys("enter * enter esc");
    }
    let places = right(&harness);
    assert!(places > 12, "{}", harness.frame());
    for keys in [
        "m", "b", "v v b", "t", "u", "ctrl-r", "D", "u", "ctrl-r", "g q H", "g q C", "u", "g l D", "u u u", "g l A",
        "u",
    ] {
        harness = harness.keys(keys);
        match keys {
            "t" => harness = harness.types("slow").keys("enter"),
            "g q C" => harness = harness.keys("ctrl-u").types("Nora Vale").keys("enter"),
            _ => {}
        }
        right(&harness);
    }
    harness.meanwhile(articles::PIER);
    right(&harness);
    let harness = harness.restart(160, 40);
    right(&harness);
}

#[test]
fn what_takes_longer_is_counted_once_it_can_be_seen_and_no_oftener_than_it_may_change() {
    let counted = |harness: &Harness| -> Vec<BTreeSet<String>> {
        let asked = harness.effects.iter().filter_map(|effect| match effect {
            Effect::CountPlaces { places, .. } => Some(places.iter().map(|(place, _)| place.key()).collect()),
            _ => None,
        });
        asked.collect()
    };
    let sets = |sets: &[&[&str]]| -> Vec<BTreeSet<String>> {
        sets.iter().map(|keys| keys.iter().map(|key| (*key).to_owned()).collect()).collect()
    };
    let harness = Harness::new(80, 24, articles::ALL).keys("/").types("mill").keys("enter * enter esc");
    let harness = harness.keys("/").types("is:unread").keys("enter * enter esc m m");
    assert_eq!(counted(&harness), sets(&[]));
    let all: &[&str] = &["quotes", "search is:unread", "search mill"];
    let harness = harness.keys("p");
    assert_eq!(counted(&harness), sets(&[all]));
    // What is read decides one of them, a note none, the trash all.
    let harness = harness.keys("p j m");
    assert_eq!(counted(&harness), sets(&[all]));
    let harness = harness.keys("p");
    assert_eq!(counted(&harness), sets(&[all, &["search is:unread"]]));
    let harness = harness.keys("p D p");
    assert_eq!(counted(&harness), sets(&[all, &["search is:unread"], all]));
}
