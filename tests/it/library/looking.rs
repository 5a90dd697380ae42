//! Finding by example: in which order, in many segments, with how many texts read, and where one is damaged.

use pullquote::clock::Now;
use pullquote::library::{Index, Library};
use pullquote::model::{Id, Order, Stored};
use pullquote::query::{parse, parse_typing};

use super::finding::{catch_up, find, never, slowly};
use super::{NOW, Place, add, add_with, article, dated, speech};

#[test]
fn words_as_they_are_written_are_found_so_and_the_others_in_any_spelling() {
    let place = Place::new();
    let mut library = place.open();
    let quotes = [speech(0, 15, Some("Bo Brown"))];
    add_with(&mut library, dated(article("Brown bears", &["“It is for us.” The cafe closed."]), NOW), &quotes);
    add(&mut library, dated(article("Brown, not brown", &["A Café in the US."]), NOW - 100));
    add(&mut library, dated(article("Bears", &["They are brown. Us too."]), NOW - 200));
    let mut index = Index::open(&place.file());
    catch_up(&mut index, &library);
    let table: &[(&str, &[Id])] = &[
        ("brown", &[1, 2, 3]),
        ("=Brown", &[1, 2]),
        ("=brown", &[2, 3]),
        ("=brown -title:=Brown", &[3]),
        ("title:=brown", &[2]),
        ("=us", &[1]),
        ("=US OR =Us", &[2, 3]),
        ("=Café", &[2]),
        ("=cafe", &[1]),
        ("=\"the cafe\"", &[]),
        ("=\"The cafe\"", &[1]),
        ("=Caf*", &[2]),
        ("said:=us", &[1]),
        ("said:=Us", &[]),
        ("said:=It speaker:=Brown", &[1]),
        ("speaker:=\"Bo Brown\"", &[1]),
        ("speaker:=\"bo brown\"", &[]),
        ("-speaker:=\"bo brown\" =us", &[1]),
    ];
    for (text, expected) in table {
        let query = parse(text).unwrap();
        assert_eq!(find(&mut index, &library, &query, Order::Newest), *expected, "{text}");
        let mut best = find(&mut index, &library, &query, Order::Relevance);
        best.sort_unstable();
        assert_eq!(best, *expected, "{text}");
    }
}

#[test]
fn words_and_speaker_are_looked_for_in_one_quotation() {
    let place = Place::new();
    let mut library = place.open();
    let text = "“We go now,” said Bo. “We stay here,” said Orla Finch.";
    let quotes = [speech(0, 16, Some("Bo")), speech(27, 47, Some("Orla Finch"))];
    add_with(&mut library, article("a", &[text]), &quotes);
    let mut index = Index::open(&place.file());
    catch_up(&mut index, &library);
    let table = [
        ("said:go", 1),
        ("said:said", 0),
        ("said:\"we go\"", 1),
        ("said:\"now we\"", 0),
        ("speaker:finch", 1),
        ("said:go speaker:bo", 1),
        ("said:stay speaker:bo", 0),
        ("-(said:stay speaker:bo)", 1),
    ];
    for (text, count) in table {
        assert_eq!(find(&mut index, &library, &parse(text).unwrap(), Order::Newest).len(), count, "{text}");
    }
}

#[test]
fn the_best_come_first() {
    let place = Place::new();
    let mut library = place.open();
    let filler = "the boats came in and the market opened under a low sky";
    add(&mut library, dated(article("Boats", &[filler, filler, "a strike was mentioned", filler]), NOW));
    add(&mut library, dated(article("Strike at the harbour", &["The strike began."]), NOW - 500));
    add(&mut library, dated(article("Walkout", &["strike strike strike"]), NOW - 900));
    add(&mut library, dated(article("Striker scores", &[filler]), NOW + 5));
    let mut index = Index::open(&place.file());
    catch_up(&mut index, &library);
    let table: &[(&str, &[Id])] = &[("strike", &[2, 3, 1]), ("\"strike began\"", &[2]), ("boats", &[1, 4])];
    for (text, expected) in table {
        assert_eq!(find(&mut index, &library, &parse(text).unwrap(), Order::Relevance), *expected, "{text}");
    }
    // What is typed may go on; whole words count more.
    let typed = parse_typing("strike").unwrap();
    assert_eq!(find(&mut index, &library, &typed, Order::Relevance).last(), Some(&1));
    assert_eq!(find(&mut index, &library, &typed, Order::Newest), [4, 1, 2, 3]);
}

/// Forty articles, each in a segment of the index of its own until these are merged; every fourth says the phrase aloud.
fn in_many_segments(place: &Place) -> (Library, Index) {
    let mut library = place.open();
    let mut index = Index::open(&place.file());
    for at in 0..40 {
        let text =
            if at % 4 == 0 { "“The rail strikes end,” said Bo." } else { "The rail. “It strikes,” said Bo." };
        let end = u32::try_from(text.find("said").unwrap()).unwrap() - 1;
        let start = u32::try_from(text.find('“').unwrap()).unwrap();
        let article = dated(article(&format!("Notes {at}"), &[text]), NOW - at * 1000);
        add_with(&mut library, article, &[speech(start, end, Some("Bo"))]);
        catch_up(&mut index, &library);
    }
    (library, index)
}

#[test]
fn many_segments_give_the_hits_in_one_order() {
    let place = Place::new();
    let (library, mut index) = in_many_segments(&place);
    let table = [
        ("rail", 40),
        ("\"rail strikes\"", 10),
        ("said:\"rail strikes\"", 10),
        ("said:\"the rail\"", 10),
        ("said:strikes speaker:bo", 40),
        ("said:\"it strikes\" speaker:bo", 30),
        ("-said:\"rail strikes\"", 30),
    ];
    let all: Vec<Stored> = (1..=40).filter_map(|id| library.article(id).unwrap()).collect();
    for (text, count) in table {
        let query = parse(text).unwrap();
        let found = find(&mut index, &library, &query, Order::Newest);
        assert_eq!((found.len(), &found), (count, &slowly(&all, &query)), "{text}");
        assert_eq!(find(&mut index, &library, &query, Order::Relevance).len(), count, "{text}");
    }
}

#[test]
fn the_first_answer_to_a_letter_reads_few_texts() {
    let place = Place::new();
    let (library, mut index) = in_many_segments(&place);
    // What is typed, hits that a screen has room for, texts that may be read for them. Only quotations of one speaker are
    // looked at one by one.
    let table = [
        ("r", 10, 0),
        ("rail stri", 10, 0),
        ("\"rail stri", 10, 0),
        ("-football ", 10, 0),
        ("rail OR elephant ", 10, 0),
        ("is:unread rail ", 10, 0),
        ("said:\"rail strikes\" ", 10, 0),
        ("speaker:bo ", 10, 0),
        ("said:strikes speaker:bo ", 10, 11),
        ("said:rail speaker:bo ", 5, 6),
    ];
    for (typed, hits, most) in table {
        let query = parse_typing(typed).unwrap();
        for order in [Order::Newest, Order::Relevance] {
            let found = index.search(&library, &query, order, &Now::fixed(NOW), Some(hits), &never).unwrap();
            assert_eq!(found.ids.len(), hits, "{typed}");
            assert!(found.texts <= most, "{typed}: {} texts read", found.texts);
        }
    }
}

#[test]
fn a_damaged_text_is_left_out_and_named_and_spoils_nothing_else() {
    let place = Place::new();
    let (library, mut index) = in_many_segments(&place);
    let connection = rusqlite::Connection::open(place.file()).unwrap();
    connection.execute("UPDATE body SET bytes = x'00' WHERE id = 5", []).unwrap();
    let query = parse("said:strikes speaker:bo").unwrap();
    for order in [Order::Newest, Order::Oldest, Order::Relevance] {
        let found = index.search(&library, &query, order, &Now::fixed(NOW), None, &never).unwrap();
        assert_eq!((found.ids.len(), found.damaged, found.complete), (39, vec![5], true), "{order:?}");
    }
    // What the index knows without the text is found as before.
    let query = parse("said:strikes").unwrap();
    assert_eq!(find(&mut index, &library, &query, Order::Newest).len(), 40);
}
