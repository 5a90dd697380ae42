//! The places: gone to by group, narrowed by name, put into order.

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
