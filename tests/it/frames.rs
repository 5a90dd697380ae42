//! Whole frames, as text and as roles: what a reader sees at four sizes.

use pullquote::app::Event;
use pullquote::model::Conversion;
use pullquote::view;

use crate::support::{Harness, articles, drawn};

const SIZES: [(u16, u16); 4] = [(40, 12), (80, 24), (120, 40), (200, 60)];

#[test]
fn the_list_and_an_open_article() {
    for (columns, rows) in SIZES {
        let list = Harness::new(columns, rows, articles::ALL);
        insta::assert_snapshot!(format!("list_{columns}x{rows}"), list.frame());
        let open = list.keys("enter ) )");
        insta::assert_snapshot!(format!("article_{columns}x{rows}"), open.frame());
    }
}

#[test]
fn roles_tell_speech_from_phrases_and_name_the_speakers() {
    let open = Harness::new(120, 40, articles::ALL).keys("enter ) )");
    insta::assert_snapshot!("article_roles", open.roles());
}

#[test]
fn a_search_shows_its_hits_as_it_is_typed() {
    let search = Harness::new(120, 40, articles::ALL).keys("/").types("pap");
    insta::assert_snapshot!("search", search.frame());
    insta::assert_snapshot!("search_roles", search.roles());
}

#[test]
fn a_mistake_in_a_query_is_shown_at_its_place() {
    let search = Harness::new(80, 24, articles::ALL).keys("/").types("titel:mill ");
    insta::assert_snapshot!("mistake", search.frame());
    // Where not both fit, what was meant stays in sight.
    for (columns, rows) in [(40, 12), (100, 30)] {
        let search = Harness::new(columns, rows, articles::ALL).keys("/").types("rail is:unraed ");
        assert!(search.frame().contains("did you mean unread?"), "{}", search.frame());
        let filter = Harness::new(columns, rows, articles::ALL).keys("F").types("rail is:unraed ");
        assert!(filter.frame().contains("did you mean unread?"), "{}", filter.frame());
    }
}

#[test]
fn overlays() {
    let table = [("help", "?"), ("palette", "ctrl-p"), ("quotes", "enter \""), ("details", "enter i"), ("places", "p")];
    for (name, keys) in table {
        let harness = Harness::new(80, 24, articles::ALL).keys(keys);
        insta::assert_snapshot!(name, harness.frame());
    }
}

#[test]
fn a_bookmark_without_a_text_says_what_there_is_to_do() {
    let bookmark = "---\ntitle: The lantern of Skerrin\nurl: https://harbour.example/lantern\ndate: 2026-11-20\n---\n";
    for (columns, rows) in SIZES {
        let frame = Harness::new(columns, rows, &[bookmark]).keys("enter").frame();
        assert!(frame.contains("There is no text of it here yet"), "{frame}");
        assert!(!frame.contains(" min"), "{frame}");
    }
}

#[test]
fn lists_of_quotes() {
    let table = [
        ("quote_list", "g q j j"),
        ("speaker_page", "g q j w"),
        ("correction", "g q j C"),
        ("kept_quote", "g q j H g k"),
    ];
    for (columns, rows) in SIZES {
        for (name, keys) in table {
            let harness = Harness::new(columns, rows, articles::ALL).keys(keys);
            let shown = format!("{}\n{}", harness.frame(), harness.roles());
            insta::assert_snapshot!(format!("{name}_{columns}x{rows}"), shown);
        }
        let doubted = Harness::new(columns, rows, &[articles::PIER]).keys("g q");
        assert!(doubted.frame().contains("— Nora Vale (?)"), "{}", doubted.frame());
        let shown = format!("{}\n{}", doubted.frame(), doubted.roles());
        insta::assert_snapshot!(format!("doubtful_speaker_{columns}x{rows}"), shown);
    }
}

#[test]
fn speakers_are_listed_and_narrowed() {
    let speakers = Harness::new(80, 24, articles::ALL).keys("g w");
    insta::assert_snapshot!("speakers", speakers.frame());
    let narrowed = speakers.types("rei");
    insta::assert_snapshot!("speakers_narrowed", narrowed.frame());
}

#[test]
fn an_empty_library_says_what_to_do() {
    insta::assert_snapshot!("empty", Harness::new(120, 40, &[]).frame());
    for (place, keys, what) in [
        ("all quotes", "g q", "Nobody is quoted yet."),
        ("kept quotes", "g k", "H on a quote keeps it"),
        ("speakers", "g w", "nobody is quoted yet"),
        ("trash", "g x", "The trash is empty."),
    ] {
        let frame = Harness::new(80, 24, &[articles::ISLAND]).keys(keys).frame();
        assert!(frame.contains(what), "{place}:\n{frame}");
    }
}

#[test]
fn what_is_said_of_an_empty_list_is_not_cut_off() {
    for (keys, ends) in [("g f", "one"), ("g w", "or folder"), ("g q", "file or folder."), ("g k", "all quotes.")] {
        let frame = Harness::new(40, 12, &[articles::ISLAND]).keys(keys).frame();
        assert!(frame.contains(ends) && !frame.contains('…'), "{frame}");
    }
}

#[test]
fn a_notice_that_is_longer_than_the_bar_takes_rows_above_it() {
    let frame = Harness::new(40, 12, articles::ALL).keys("w").frame();
    let rows: Vec<&str> = frame.lines().rev().take(2).collect();
    assert_eq!(rows, ["  in an article goes to the next", "  by-speaker: no quote is in focus; )"], "{frame}");
    let typed = format!("theme {}", "a ".repeat(100));
    let long = Harness::new(30, 12, articles::ALL).keys(":").types(&typed).keys("enter").frame();
    assert!(long.lines().rev().nth(2).unwrap().contains("no theme"), "{long}");
    assert!(long.lines().last().unwrap().ends_with('…'), "{long}");
}

#[test]
fn what_has_no_room_gives_way_to_what_matters_more() {
    // The doubt stays where the name is cut.
    let frame = Harness::new(40, 12, &[articles::PIER]).keys("enter \"").frame();
    assert!(frame.contains("… (?)"), "{frame}");
    // Years in place of days, and nothing in place of years.
    let old = "---\ntitle: Old\ndate: 2011-03-14\n---\n\n“We wait,” said Edda Kallas, who leads the guild.\n";
    let page =
        |columns| Harness::new(columns, 12, &[articles::BRIDGE, old]).keys("g w").types("edda").keys("enter").frame();
    assert!(page(60).contains("3 quotes in 2 articles · 14 Mar 2011 – 22 Nov 2026"), "{}", page(60));
    assert!(page(40).contains("3 quotes in 2 articles · 2011–2026"), "{}", page(40));
    assert!(page(30).contains("3 quotes in 2 articles\n"), "{}", page(30));
}

#[test]
fn names_of_speakers_have_the_room_that_figures_leave() {
    let corrected = Harness::new(40, 12, articles::ALL).keys("g q G C ctrl-u").types("A passenger at the depot");
    let frame = corrected.keys("enter g w").frame();
    assert!(frame.contains("A passenger at the dep…  1  2026"), "{frame}");
}

#[test]
fn any_size_draws_in_any_state() {
    let states = [
        "",
        "enter",
        "/",
        "?",
        "ctrl-p",
        "enter \"",
        "enter i",
        "p",
        "enter f",
        ":",
        "t",
        "v v",
        "g q G",
        "g q j H C",
        "g w",
        "g f",
        "g k",
        "g q j w",
        "/ m a h c i n",
        "/ s o",
        "F s o",
        "g q j : r e n a m e - s p e a k e r enter",
    ];
    for keys in states {
        let mut harness = Harness::new(80, 24, articles::ALL).keys(keys);
        for (columns, rows) in (1..30).map(|n| (n, n)).chain([(1, 60), (200, 1), (2, 3), (300, 100), (24, 6)]) {
            harness.event(Event::Resize(columns, rows));
            let frame = harness.frame();
            assert_eq!(frame.lines().count(), usize::from(rows), "{keys} at {columns}x{rows}");
        }
    }
}

#[test]
fn a_library_that_gets_its_new_form() {
    let kept = std::path::PathBuf::from("/somewhere/library.db.version-7");
    let steps = [
        ("begun", None),
        ("waiting", Some(Conversion::Waiting)),
        ("copying", Some(Conversion::Copying { kept: kept.clone(), done: 1_200_000_000, of: 2_000_000_000 })),
        ("converting", Some(Conversion::Converting { kept })),
    ];
    for (name, step) in &steps {
        for (columns, rows) in [(40, 12), (80, 24)] {
            let frame = drawn(columns, rows, |frame, theme| view::draw_conversion(step.as_ref(), theme, false, frame));
            assert!(frame.contains("q quits"), "{frame}");
            insta::assert_snapshot!(format!("{name}_{columns}x{rows}"), frame);
        }
        for (columns, rows) in [(1, 1), (2, 9), (9, 2), (30, 5)] {
            drawn(columns, rows, |frame, theme| view::draw_conversion(step.as_ref(), theme, true, frame));
        }
    }
}
