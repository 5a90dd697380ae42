//! Many articles that come at once: known again and counted whenever they are sorted in, and by whomever.

use pullquote::clock::Now;
use pullquote::library::{Added, CaughtUp, Index, Library, Prepared};
use pullquote::model::{Article, Change, Order};
use pullquote::query;

use super::saying::spoken;
use super::{NOW, Place, dated};

/// The article `n`, in which Ada Brandt speaks, and a witness of its own.
fn told(n: i64) -> Prepared {
    let (article, quotes) = spoken(&format!("t{n}"), &[("Ada Brandt", "“Go.”"), (&format!("Witness N{n}"), "“Stay.”")]);
    Prepared::new(dated(article, NOW + n), &quotes)
}

fn add(library: &mut Library, ns: std::ops::Range<i64>) -> Vec<Added> {
    let batch: Vec<Prepared> = ns.map(told).collect();
    library.add(&batch, NOW).unwrap()
}

/// How many articles Ada Brandt speaks in, by all that is counted and listed.
#[track_caller]
fn articles_of_ada(library: &Library) -> u64 {
    assert_eq!(library.check().unwrap(), Vec::<String>::new());
    library.speaker("Ada Brandt").unwrap().map_or(0, |speaker| speaker.articles)
}

#[test]
fn what_is_not_sorted_in_yet_is_known_to_everybody() {
    let place = Place::new();
    let mut many = place.open();
    add(&mut many, 0..2);
    many.expect_many().unwrap();
    assert_eq!(add(&mut many, 2..5), [3, 4, 5].map(Added::New));
    assert_eq!(
        add(&mut many, 1..6),
        [Added::Known(2), Added::Known(3), Added::Known(4), Added::Known(5), Added::New(6)]
    );
    assert_eq!(articles_of_ada(&many), 6, "those that are not sorted in are counted too");
    // Another one that adds, be it what is there, sorts in first.
    let mut other = place.open();
    assert_eq!(add(&mut other, 4..5), [Added::Known(5)]);
    assert_eq!(articles_of_ada(&other), 6);
    assert_eq!(add(&mut many, 5..7), [Added::Known(6), Added::New(7)]);
    // Two that add many meet what the other one added.
    other.expect_many().unwrap();
    assert_eq!(add(&mut other, 6..9), [Added::Known(7), Added::New(8), Added::New(9)]);
    assert_eq!(add(&mut many, 8..10), [Added::Known(9), Added::New(10)]);
    many.expect_few().unwrap();
    assert_eq!(articles_of_ada(&other), 10);
    assert_eq!(add(&mut many, 9..11), [Added::Known(10), Added::New(11)]);
    assert_eq!(articles_of_ada(&other), 11);
}

#[test]
fn what_nobody_sorted_in_is_made_up_for() {
    let left = |place: &Place| {
        let mut library = place.open();
        library.expect_many().unwrap();
        add(&mut library, 0..4);
    };
    let place = Place::new();
    left(&place);
    assert_eq!(add(&mut place.open(), 3..5), [Added::Known(4), Added::New(5)]);
    assert_eq!(articles_of_ada(&place.open()), 5);
    let place = Place::new();
    left(&place);
    let library = place.open();
    assert_eq!(articles_of_ada(&library), 4);
    let done = Index::open(library.path()).catch_up(&library, &|| false, &mut |_, _| ()).unwrap();
    assert_eq!((done, articles_of_ada(&library)), (CaughtUp::Done, 4));
}

#[test]
fn what_is_changed_before_it_is_sorted_in_stays_changed() {
    let place = Place::new();
    let mut many = place.open();
    many.expect_many().unwrap();
    add(&mut many, 0..6);
    let mut other = place.open();
    other.change(&[2], &Change::Trashed(true), NOW).unwrap();
    assert_eq!(other.purge().unwrap(), 1);
    assert_eq!(articles_of_ada(&other), 5);
    let detect = |_: &Article| spoken("", &[("Bo", "“Go.”")]).1;
    assert_eq!(other.detect_again(1, &detect, 1, &|| false).unwrap(), 4);
    assert_eq!(articles_of_ada(&other), 4);
    // Other dates, texts and names, from the same hand and from another one.
    let (article, quotes) = spoken("t3", &[("Ada Brandt", "“Come.”")]);
    let renewed = Prepared::new(dated(article, NOW - 5), &quotes);
    assert_eq!(many.add(std::slice::from_ref(&renewed), NOW).unwrap(), [Added::Updated(4)]);
    assert_eq!(many.add(std::slice::from_ref(&renewed), NOW).unwrap(), [Added::Known(4)]);
    assert_eq!(other.rename_speaker("Ada Brandt", "Ada Holm", None, NOW).unwrap(), 4);
    assert_eq!(articles_of_ada(&other), 0);
    assert_eq!(other.speaker("Ada Holm").unwrap().map(|speaker| (speaker.quotes, speaker.articles)), Some((4, 4)));
    assert_eq!(many.add(std::slice::from_ref(&renewed), NOW).unwrap(), [Added::Known(4)]);
    assert_eq!(add(&mut many, 1..3), [Added::New(7), Added::Known(3)], "what was purged is not known");
    many.expect_few().unwrap();
    assert_eq!(other.speaker("Ada Holm").unwrap().map(|speaker| speaker.articles), Some(5));
    assert_eq!(other.check().unwrap(), Vec::<String>::new());
}

#[test]
fn what_is_not_sorted_in_yet_is_listed_as_if_it_were() {
    let listed = |library: &Library| {
        let found = ["speaker:\"Ada Brandt\"", "speaker:\"Ada Br\"*", "speaker:\"Witness N3\"", "speaker:\"wit\"*"]
            .map(|query| {
                let query = query::parse(query).unwrap();
                library.list(&query, Order::Newest, &Now::fixed(NOW)).unwrap().unwrap()
            });
        let names = ["Ada Brandt", "Witness N1", "Witness N3", "Witness N4"];
        let one = names.map(|name| (library.speaker(name).unwrap(), library.speaker_sources(name).unwrap()));
        let all = [1, 3, 99].map(|limit| library.speakers_with_sources("", limit).unwrap());
        (found, one, all, library.speakers("n", 9).unwrap())
    };
    let place = Place::new();
    let mut many = place.open();
    // By what is counted the twins are quoted more than she is.
    let twins = |n: i64| {
        let (mut article, quotes) = spoken(&format!("twins{n}"), &[("Bo", "“Go.”"), ("Cleo", "“Stay.”")]);
        article.source = Some("Courier".to_owned());
        Prepared::new(dated(article, NOW - n), &quotes)
    };
    many.add(&[twins(1), twins(2), twins(3), told(0), told(1)], NOW).unwrap();
    many.expect_many().unwrap();
    add(&mut many, 2..6);
    many.add(&[twins(4)], NOW).unwrap();
    many.change(&[2, 7], &Change::Trashed(true), NOW).unwrap();
    let library = place.open();
    let before = listed(&library);
    assert_eq!(before.2[0][0].0.name, "Ada Brandt");
    many.expect_few().unwrap();
    assert_eq!(before, listed(&library));
    assert_eq!(library.check().unwrap(), Vec::<String>::new());
}
