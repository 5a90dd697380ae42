//! State, undo, the trash, what is remembered; several connections at once.

use pullquote::clock::Now;
use pullquote::library::{Library, Undone};
use pullquote::model::{Article, Change, Counts, Id, Order};
use pullquote::query::parse;

use super::{NOW, Place, add, add_with, article, dated, speech, titles};

fn library_of(place: &Place, count: i64) -> Library {
    let mut library = place.open();
    for n in 0..count {
        let tags = if n % 2 == 0 { vec!["even".to_owned()] } else { Vec::new() };
        let quotes = if n % 3 == 0 { vec![speech(0, 3, None)] } else { Vec::new() };
        let source = Some(["Harbour Wire", "Northern Post"][usize::from(n >= 2)].to_owned());
        let given = Article { tags, source, ..dated(article(&format!("t{n}"), &["text here"]), NOW - 86_400 * n) };
        add_with(&mut library, given, &quotes);
    }
    library
}

#[test]
fn each_change_can_be_undone_and_done_again_after_a_restart() {
    let place = Place::new();
    drop(library_of(&place, 4));
    let changes = [
        Change::Read(true),
        Change::Bookmarked(true),
        Change::Tag("even".to_owned(), true),
        Change::Tag("even".to_owned(), false),
        Change::Note("look again".to_owned()),
        Change::Note("enough".to_owned()),
        Change::Note(String::new()),
        Change::Bookmarked(false),
        Change::Read(false),
        Change::Trashed(true),
        Change::Trashed(false),
    ];
    let state = |library: &Library| -> Vec<_> {
        let whole = (1..=4).map(|id| library.article(id).unwrap().unwrap());
        whole.map(|stored| (stored.summary, stored.note)).collect()
    };
    let mut states = vec![state(&place.open())];
    let mut effects = Vec::new();
    for (n, change) in (0..).zip(&changes) {
        let mut library = place.open();
        effects.push(library.change(&[1, 2, 3, 77], change, NOW + n).unwrap());
        states.push(state(&library));
    }
    assert_eq!(effects, [3, 3, 1, 3, 3, 3, 3, 3, 3, 3, 3]);
    for n in (0..changes.len()).rev() {
        let undone = place.open().undo().unwrap().unwrap();
        assert_eq!((&undone.change, undone.redo), (&changes[n], false));
        assert_eq!(state(&place.open()), states[n], "undoing {:?}", changes[n]);
    }
    assert_eq!(place.open().undo().unwrap(), None);
    for (n, change) in changes.iter().enumerate() {
        let redone = place.open().redo().unwrap().unwrap();
        assert_eq!((&redone.change, redone.redo), (change, true));
        assert_eq!(state(&place.open()), states[n + 1], "doing {change:?} again");
    }
    assert_eq!(place.open().redo().unwrap(), None);
}

#[test]
fn undo_touches_only_what_the_change_did() {
    let place = Place::new();
    let mut library = library_of(&place, 3);
    library.change(&[2], &Change::Read(true), NOW).unwrap();
    assert_eq!(library.change(&[1, 2, 3], &Change::Read(true), NOW).unwrap(), 2);
    assert_eq!(library.change(&[1, 2, 3], &Change::Read(true), NOW).unwrap(), 0);
    let undone = library.undo().unwrap();
    assert_eq!(undone, Some(Undone { change: Change::Read(true), ids: [1, 3].into(), redo: false, waits: false }));
    let read: Vec<bool> = library.summaries(&[1, 2, 3]).unwrap().iter().map(|summary| summary.read).collect();
    assert_eq!(read, [false, true, false]);
    // A new change forgets what was undone.
    library.change(&[3], &Change::Read(true), NOW).unwrap();
    assert_eq!(library.redo().unwrap(), None);
}

#[test]
fn what_is_in_the_trash_is_out_of_sight_and_comes_back() {
    let place = Place::new();
    let mut library = library_of(&place, 4);
    library.change(&[1, 2], &Change::Bookmarked(true), NOW).unwrap();
    library.change(&[1, 3], &Change::Trashed(true), NOW).unwrap();
    assert_eq!(titles(&library), ["t1", "t3"]);
    assert_eq!(library.counts().unwrap(), Counts { all: 2, unread: 2, bookmarked: 1, trashed: 2, kept: 0 });
    assert_eq!(library.sources().unwrap(), [("Harbour Wire".to_owned(), 1), ("Northern Post".to_owned(), 1)]);
    assert_eq!(library.tags().unwrap(), []);
    library.undo().unwrap();
    assert_eq!(titles(&library), ["t0", "t1", "t2", "t3"]);
    assert_eq!(library.tags().unwrap(), [("even".to_owned(), 2)]);
}

#[test]
fn lists_without_words_need_no_index() {
    let place = Place::new();
    let mut library = library_of(&place, 6);
    library.change(&[1, 2], &Change::Read(true), NOW).unwrap();
    library.change(&[2, 4], &Change::Bookmarked(true), NOW).unwrap();
    library.change(&[5], &Change::Note("n".to_owned()), NOW).unwrap();
    library.change(&[6], &Change::Trashed(true), NOW).unwrap();
    let table: &[(&str, &[Id])] = &[
        ("", &[1, 2, 3, 4, 5]),
        ("is:read", &[1, 2]),
        ("is:unread", &[3, 4, 5]),
        ("is:bookmarked", &[2, 4]),
        ("is:trashed", &[6]),
        ("has:quote", &[1, 4]),
        ("has:note", &[5]),
        ("tag:even -is:read", &[3, 5]),
        ("tag:eve", &[]),
        ("source:wire", &[1, 2]),
        ("source:north OR is:read", &[1, 2]),
        ("source:north* OR source:\"northern post\"", &[3, 4, 5]),
        ("newer:2d", &[1, 2, 3]),
        ("date:2026-05-26", &[3]),
        ("before:2026-05-26", &[4, 5]),
        ("date:2026-05-25..2026-05-27", &[2, 3, 4]),
    ];
    let now = Now::fixed(NOW);
    for (text, expected) in table {
        let query = parse(text).unwrap();
        let found = library.list(&query, Order::Newest, &now).unwrap().unwrap();
        assert_eq!(found, *expected, "{text}");
        let mut oldest = library.list(&query, Order::Oldest, &now).unwrap().unwrap();
        oldest.reverse();
        assert_eq!(oldest, *expected, "{text}");
    }
    for text in ["rail", "title:rail", "is:read rail", "-said:x", "lang:en"] {
        assert_eq!(library.list(&parse(text).unwrap(), Order::Newest, &now).unwrap(), None, "{text}");
    }
}

#[test]
fn small_facts_and_positions_outlive_the_session() {
    let place = Place::new();
    let mut library = library_of(&place, 1);
    library.set_position(1, 4).unwrap();
    library.set_position(9, 4).unwrap();
    library.remember("last", "1").unwrap();
    library.remember("last", "2").unwrap();
    drop(library);
    let mut library = place.open();
    assert_eq!(library.article(1).unwrap().unwrap().position, Some(4));
    assert_eq!(library.recall("last").unwrap().as_deref(), Some("2"));
    assert_eq!(library.recall("never").unwrap(), None);
    library.set_position(1, 0).unwrap();
    assert_eq!(library.article(1).unwrap().unwrap().position, None);
}

#[test]
fn two_connections_see_and_do_not_lose_each_others_work() {
    let place = Place::new();
    let mut one = library_of(&place, 2);
    let mut two = place.open();
    let before = two.data_version().unwrap();
    add(&mut one, article("third", &["x"]));
    assert_ne!(two.data_version().unwrap(), before);
    two.change(&[3], &Change::Read(true), NOW).unwrap();
    one.change(&[1], &Change::Read(true), NOW).unwrap();
    add(&mut two, article("fourth", &["y"]));
    let counts = Counts { all: 4, unread: 2, bookmarked: 0, trashed: 0, kept: 0 };
    assert_eq!((one.counts().unwrap(), two.counts().unwrap()), (counts, counts));
}

#[test]
fn a_tag_needs_a_name() {
    let place = Place::new();
    let mut library = library_of(&place, 1);
    assert!(library.change(&[1], &Change::Tag("  ".to_owned(), true), NOW).unwrap_err().hint.is_some());
}
