//! The same story told by several papers: found, folded in lists, and let go when a text changes.

use std::collections::BTreeSet;

use proptest::prelude::*;
use pullquote::clock::Now;
use pullquote::library::{Folded, Library, Prepared};
use pullquote::model::{Article, Change, Document, Id, Order};
use pullquote::query::parse;

use super::finding::never;
use super::{NOW, Place, add, article, dated, id};

const DAY: i64 = 86_400;
const ALL: usize = 1_000_000;

/// A report of 150 words that nobody else makes of `topic`, with `changed` words of its own in the middle.
fn report(topic: u64, changed: usize) -> String {
    let word = |n: u64| format!("w{}", (topic * 1_000_003 + n).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 44);
    let mut words: Vec<String> = (0..150).map(word).collect();
    for (n, word) in words.iter_mut().skip(70).take(changed).enumerate() {
        *word = format!("changed{n}");
    }
    words.join(" ")
}

/// `topic` as the paper `name` tells it, `days` after the others.
fn told(topic: u64, name: &str, days: i64) -> Article {
    let text = report(topic, 0);
    let given = article(&format!("{name} on {topic}"), &[text.as_str()]);
    dated(Article { source: Some(name.to_owned()), ..given }, NOW + days * DAY)
}

fn find(library: &mut Library) {
    assert_eq!(library.find_stories(ALL, &never).unwrap(), 0);
}

fn folded(library: &Library, query: &str) -> Folded {
    let query = parse(query).unwrap();
    library.list_telling(&query, Order::Newest, true, &Now::fixed(NOW), &never, &mut |_| ()).unwrap().unwrap()
}

/// Folds in the whole library, as `head: others`.
fn heads(library: &Library, query: &str) -> (Vec<Id>, Vec<(Id, Id)>) {
    let Folded { ids, under } = folded(library, query);
    (ids, under)
}

#[test]
fn the_first_that_came_stands_for_the_others_and_a_list_without_it_shows_the_next() {
    let place = Place::new();
    let mut library = place.open();
    for (name, days) in [("Courier", 0), ("Herald", 1), ("Echo", -1)] {
        add(&mut library, told(1, name, days));
    }
    add(&mut library, told(2, "Courier", 0));
    find(&mut library);
    assert_eq!(heads(&library, ""), (vec![4, 1], vec![(1, 2), (1, 3)]));
    assert_eq!(library.newest_folded(9).unwrap().iter().map(|row| row.id).collect::<Vec<_>>(), [4, 1]);
    // Whoever asks for all of them gets all of them.
    assert_eq!(library.list(&parse("").unwrap(), Order::Newest, &Now::fixed(NOW)).unwrap().unwrap(), [2, 4, 1, 3]);
    library.change(&[1], &Change::Read(true), NOW).unwrap();
    assert_eq!(heads(&library, "is:unread"), (vec![2, 4], vec![(2, 3)]), "the unread ones come up");
    assert_eq!(heads(&library, "source:Echo").0, [3]);
    library.change(&[1, 4], &Change::Trashed(true), NOW).unwrap();
    assert_eq!(heads(&library, ""), (vec![2], vec![(2, 3)]));
    library.purge().unwrap();
    assert_eq!(heads(&library, ""), (vec![2], vec![(2, 3)]));
    assert_eq!(library.check().unwrap(), Vec::<String>::new());
}

#[test]
fn edited_copies_are_one_story_and_other_texts_short_ones_and_those_of_another_week_are_not() {
    let place = Place::new();
    let mut library = place.open();
    add(&mut library, told(1, "Courier", 0));
    let edited = report(1, 8);
    add(&mut library, dated(article("edited", &["A lead of its own.", edited.as_str()]), NOW));
    let rewritten = report(1, 80);
    add(&mut library, dated(article("rewritten", &[rewritten.as_str()]), NOW));
    add(&mut library, told(1, "Weekly", 7));
    for name in ["form one", "form two"] {
        add(&mut library, dated(article(name, &["Log in to read on."]), NOW));
    }
    find(&mut library);
    assert_eq!(folded(&library, "").under, [(1, 2)]);
}

#[test]
fn an_article_with_another_text_leaves_its_story_and_may_find_another() {
    let place = Place::new();
    let mut library = place.open();
    add(&mut library, told(1, "Courier", 0));
    add(&mut library, told(1, "Herald", 0));
    add(&mut library, told(2, "Echo", 0));
    find(&mut library);
    assert_eq!(folded(&library, "").under, [(1, 2)]);
    let text = report(2, 0);
    add(&mut library, Article { document: Document::plain([text.as_str()]), ..told(1, "Herald", 0) });
    assert_eq!(folded(&library, "").under, [], "nothing is said of a text that nobody looked at");
    find(&mut library);
    assert_eq!(folded(&library, "").under, [(2, 3)]);
    assert_eq!(library.check().unwrap(), Vec::<String>::new());
}

#[test]
fn articles_that_nobody_looked_at_are_read() {
    let place = Place::new();
    let mut library = place.open();
    for name in ["Courier", "Herald"] {
        add(&mut library, told(1, name, 0));
    }
    add(&mut library, article("short", &["Log in to read on."]));
    drop(library);
    // As a library is that was made before there were prints.
    let connection = rusqlite::Connection::open(place.file()).unwrap();
    connection.execute_batch("UPDATE article SET print = NULL").unwrap();
    connection.close().unwrap();
    let mut library = place.open();
    find(&mut library);
    assert_eq!(folded(&library, "").under, [(1, 2)]);
    add(&mut library, told(1, "Echo", 0));
    find(&mut library);
    assert_eq!(folded(&library, "").under, [(1, 2), (1, 4)], "what was read is kept");
}

#[test]
fn the_search_can_be_stopped_and_goes_on_with_what_is_left() {
    let place = Place::new();
    let mut library = place.open();
    let copies: Vec<Prepared> = (0..9).map(|n| Prepared::new(told(n / 3, &format!("paper {n}"), 0), &[])).collect();
    library.add(&copies, NOW).unwrap();
    assert_eq!(library.find_stories(ALL, &|| true).unwrap(), 9);
    assert_eq!(library.find_stories(4, &never).unwrap(), 5);
    assert_eq!(library.find_stories(4, &never).unwrap(), 1);
    find(&mut library);
    assert_eq!(folded(&library, "").under, [(7, 8), (7, 9), (4, 5), (4, 6), (1, 2), (1, 3)]);
}

#[test]
fn of_many_articles_all_are_folded_alike() {
    let place = Place::new();
    let mut library = place.open();
    let copies: Vec<Prepared> =
        (0..300).map(|n| Prepared::new(told(n % 150, &format!("paper {}", n / 150), 0), &[])).collect();
    library.add(&copies, NOW).unwrap();
    find(&mut library);
    let Folded { ids, under } = folded(&library, "");
    assert_eq!(ids, (1..=150).rev().collect::<Vec<Id>>());
    assert_eq!(under, (1..=150).rev().map(|id| (id, id + 150)).collect::<Vec<_>>());
    // A second look uses what the first one read, until that changes.
    library.change(&[1], &Change::Trashed(true), NOW).unwrap();
    assert!(folded(&library, "").ids.contains(&151));
    let last = id(add(&mut library, told(7, "paper 2", 0)));
    find(&mut library);
    assert!(folded(&library, "").under.contains(&(8, last)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    /// Whatever comes when and is looked at in whatever slices: who has a copy within three days is in a story with one,
    /// and a list shows exactly the first that came of each story that it has.
    #[test]
    fn copies_are_found_and_every_list_folds_them(
        given in prop::collection::vec((0..3_u64, -6..6_i64, any::<bool>(), any::<bool>()), 1..14),
        slice in 1..5_usize,
    ) {
        let place = Place::new();
        let mut library = place.open();
        for (n, (topic, days, read, look)) in given.iter().enumerate() {
            let id = id(add(&mut library, told(*topic, &format!("paper {n}"), *days)));
            library.change(&[id], &Change::Read(*read), NOW).unwrap();
            if *look {
                library.find_stories(slice, &never).unwrap();
            }
        }
        while library.find_stories(slice, &never).unwrap() > 0 {}
        let at = |id: Id| given[usize::try_from(id).unwrap() - 1];
        let count = Id::try_from(given.len()).unwrap();
        for query in ["", "is:unread", "is:read"] {
            let all = library.list(&parse(query).unwrap(), Order::Newest, &Now::fixed(NOW)).unwrap().unwrap();
            let Folded { ids, under } = folded(&library, query);
            let shown: BTreeSet<Id> = ids.iter().copied().collect();
            let hidden: BTreeSet<Id> = under.iter().map(|(_, id)| *id).collect();
            prop_assert!(shown.is_disjoint(&hidden));
            prop_assert_eq!(shown.union(&hidden).copied().collect::<BTreeSet<_>>(), all.iter().copied().collect());
            prop_assert_eq!(all.into_iter().filter(|id| shown.contains(id)).collect::<Vec<_>>(), ids);
            for (head, other) in &under {
                prop_assert!(shown.contains(head) && head < other && at(*head).0 == at(*other).0);
            }
            if query.is_empty() {
                for id in 1..=count {
                    let is_copy = |other: &Id| {
                        let (one, two) = (at(id), at(*other));
                        *other != id && one.0 == two.0 && (one.1 - two.1).abs() <= 3
                    };
                    let has_copy = (1..=count).any(|other| is_copy(&other));
                    let told = hidden.contains(&id) || under.iter().any(|(head, _)| *head == id);
                    prop_assert_eq!(has_copy, told, "article {}", id);
                }
            }
        }
    }
}
