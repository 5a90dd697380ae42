//! The places: gone to by group, narrowed by name, put into order; and clicks on lists that are picked from.

use pullquote::app::state::Place;

use crate::support::{Harness, articles};

#[test]
fn a_group_of_places_is_gone_to_with_what_belongs_to_it() {
    let frame = Harness::new(60, 12, articles::ALL).keys("g s").frame();
    assert!(frame.contains("Sound Courier") && frame.contains("industry"), "{frame}");
}

#[test]
fn the_places_are_narrowed_by_name_and_put_into_order() {
    let harness = Harness::new(120, 40, articles::ALL).keys("g s F").types("sound").keys("enter");
    assert_eq!(harness.app().state().listing.place, Place::Source("Sound Courier".to_owned()), "{}", harness.frame());
    // What is narrowed says what it is, too.
    let harness = harness.keys("g t /").types("tag nosuch");
    assert!(harness.frame().contains("nothing matches"), "{}", harness.frame());
    let harness = harness.keys("esc S");
    assert!(harness.frame().contains("sources and tags: most articles first"), "{}", harness.frame());
    assert!(harness.keys("S").frame().contains("sources and tags by name"));
}

#[test]
fn a_click_picks_from_what_lies_over_the_panes_and_one_beside_it_closes_that() {
    let mut harness = Harness::new(80, 24, articles::ALL).keys("g w");
    let at = |harness: &Harness, text: &str| {
        let row = harness.frame().lines().position(|row| row.contains(text)).unwrap();
        u16::try_from(row).unwrap()
    };
    let row = at(&harness, "Jonas Reiter");
    harness.click(10, row);
    assert_eq!(harness.app().state().listing.place, Place::Speaker("Jonas Reiter".to_owned()), "{}", harness.frame());
    let mut harness = harness.keys("ctrl-p");
    harness.click(10, 2);
    assert!(harness.app().state().overlay.is_some(), "the line to type in is no entry");
    harness.click(0, 10);
    assert!(harness.app().state().overlay.is_none());
}
