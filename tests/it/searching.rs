//! What a search offers while it is typed, and what it shows where nothing is found.

use pullquote::app::state::Place;
use pullquote::app::{Effect, Event, Reply};
use pullquote::config::Settings;

use crate::support::{Harness, articles};

fn typed(harness: &Harness) -> &str {
    harness.app().state().prompt.as_ref().map_or("", |prompt| prompt.input.value())
}

fn offers(harness: &Harness) -> &[String] {
    harness.app().state().prompt.as_ref().map_or(&[], |prompt| &prompt.offers)
}

fn speakers_asked(harness: &Harness) -> usize {
    harness.effects.iter().filter(|effect| matches!(effect, Effect::Speakers { .. })).count()
}

#[test]
fn tab_goes_through_the_fields_that_a_word_begins() {
    let harness = Harness::new(120, 40, articles::ALL).keys("/").types("bell so");
    assert!(harness.frame().contains("tab source:  sort:"), "{}", harness.frame());
    let harness = harness.keys("tab");
    assert_eq!(typed(&harness), "bell source:");
    let harness = harness.keys("tab");
    assert_eq!(typed(&harness), "bell sort:");
    assert_eq!(typed(&harness.keys("shift-tab")), "bell source:");
}

#[test]
fn what_the_library_knows_is_completed_and_found() {
    let harness = Harness::new(120, 40, articles::ALL).keys("/").types("sour").keys("tab tab");
    assert_eq!(typed(&harness), "source:\"Evening Lantern\"");
    assert_eq!(harness.app().state().list.ids.len(), 2, "{}", harness.frame());
    let harness = harness.keys("tab");
    assert_eq!(typed(&harness), "source:\"Sound Courier\"");
    assert_eq!(harness.keys("enter").app().state().list.ids.len(), 1);
}

#[test]
fn speakers_are_looked_up_in_the_library_where_they_are_typed_and_nowhere_else() {
    // More speakers than stand among the places.
    let texts: Vec<String> = (0..20)
        .map(|n| {
            let name = char::from(b'a' + n);
            format!(
                "---\ntitle: Number {n}\n---\n\n“Take {n} of them,” said Ida {}elm, the founder.\n",
                name.to_uppercase()
            )
        })
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let harness = Harness::new(120, 40, &texts).keys("/").types("take speaker:");
    let before = speakers_asked(&harness);
    let harness = harness.types("telm");
    assert_eq!(speakers_asked(&harness), before + 4);
    assert!(harness.frame().contains("tab \"Ida Telm\""), "{}", harness.frame());
    let harness = harness.keys("tab");
    assert_eq!(typed(&harness), "take speaker:\"Ida Telm\"");
    assert_eq!(harness.app().state().list.ids.len(), 1);
    let words = Harness::new(120, 40, &texts).keys("/").types("take telm -founder");
    assert_eq!(speakers_asked(&words), 0);
}

#[test]
fn names_that_come_after_more_was_typed_are_dropped() {
    let mut harness = Harness::new(120, 40, articles::ALL).keys("/").types("speaker:agn");
    let asked = harness.effects.iter().rev().find_map(|effect| match effect {
        Effect::Speakers { ticket, .. } => Some(*ticket),
        _ => None,
    });
    let late = harness.effects.clone();
    harness = harness.types(" is:un");
    assert_eq!(offers(&harness), ["unread"]);
    let speakers = late.iter().filter(|effect| matches!(effect, Effect::Speakers { .. })).count();
    assert!(speakers > 0);
    harness.event(Event::Reply(Reply::Speakers { ticket: asked.expect("asked"), speakers: Vec::new() }));
    assert_eq!(offers(&harness), ["unread"]);
}

#[test]
fn a_filter_is_completed_too() {
    let harness = Harness::new(80, 24, articles::ALL).keys("F").types("tag:in").keys("tab");
    assert_eq!(typed(&harness), "tag:industry");
    assert_eq!(harness.app().state().list.ids.len(), 1, "{}", harness.frame());
}

#[test]
fn nothing_is_offered_in_the_middle_of_a_query() {
    let harness = Harness::new(120, 40, articles::ALL).keys("/").types("so").keys("left").types("l");
    assert_eq!(typed(&harness), "slo");
    assert!(offers(&harness).is_empty());
}

#[test]
fn a_slip_shows_what_was_meant_until_more_is_typed() {
    let harness = Harness::new(120, 40, articles::ALL).keys("/").types("macihnes").keys("enter");
    let frame = harness.frame();
    assert!(frame.contains("nothing for macihnes; showing machines"), "{frame}");
    assert_eq!(harness.app().state().list.ids.len(), 1);
    assert!(!harness.app().state().article.hits.is_empty(), "what was meant is lit");
    assert!(harness.roles().contains("hit ⟨machines⟩"), "{}", harness.roles());
    let harness = harness.keys("/").types("x");
    assert_eq!(harness.app().state().list.meant, None);
    assert!(harness.frame().contains("nothing found"), "{}", harness.frame());
    let harness = harness.keys("esc");
    assert_eq!((harness.app().state().list.ids.len(), &harness.app().state().list.meant), (4, &None));
}

#[test]
fn what_is_found_as_it_is_typed_is_what_was_meant() {
    let harness = Harness::new(120, 40, articles::ALL).keys("/").types("mahcin");
    assert!(harness.frame().contains("nothing for mahcin; showing machin*"), "{}", harness.frame());
}

#[test]
fn a_slip_outlives_news_from_elsewhere_and_gives_way_to_what_was_typed() {
    let mut harness = Harness::new(120, 40, articles::ALL).keys("/").types("macihnes").keys("enter");
    harness.meanwhile("---\ntitle: Boats\n---\n\nThere are boats.\n");
    assert!(harness.frame().contains("showing machines"), "{}", harness.frame());
    harness.meanwhile("---\ntitle: Slips\n---\n\nSomebody wrote macihnes.\n");
    assert!(!harness.frame().contains("showing machines"), "{}", harness.frame());
    assert_eq!(harness.app().state().list.ids.len(), 1);
    assert!(harness.roles().contains("hit ⟨macihnes⟩"), "{}", harness.roles());
}

#[test]
fn a_capital_letter_is_meant_where_the_settings_say_so() {
    let found = |exact: bool, query: &str| {
        let settings = Settings { exact, ..Settings::default() };
        let harness = Harness::with(120, 40, articles::ALL, settings).keys("/").types(query).keys("enter");
        let lit = harness.roles().matches("hit ⟨").count();
        (harness.app().state().list.ids.len(), lit > 0)
    };
    // The bell tower and a bell; nobody is called Bell.
    assert_eq!(found(false, "Bell"), (1, true));
    assert_eq!(found(true, "Bell"), (0, false));
    assert_eq!(found(true, "bell"), (1, true));
    assert_eq!(found(false, "=Bell"), (0, false));
    assert_eq!(found(false, "=bell"), (1, true));
    // So it is in an article, in a kept search and its figure.
    let settings = Settings { exact: true, ..Settings::default() };
    let harness = Harness::with(160, 40, articles::ALL, settings).keys("enter /").types("Bell").keys("enter");
    assert!(harness.frame().contains("“Bell” is not in this article"), "{}", harness.frame());
    let harness = harness.keys("h /").types("Bell OR Agnes").keys("enter * enter esc g 1");
    assert_eq!(harness.app().state().list.ids.len(), 1, "{}", harness.frame());
    assert_eq!(harness.app().state().places.counted.get(&Place::Search("Bell OR Agnes".to_owned())), Some(&1));
}

#[test]
fn a_kept_search_is_the_one_that_finds_something() {
    let harness = Harness::new(120, 40, articles::ALL).keys("/").types("macihnes").keys("enter * enter");
    assert_eq!(kept(&harness), [("machines", "machines")]);
}

/// The kept searches with their names.
fn kept(harness: &Harness) -> Vec<(&str, &str)> {
    let searches = &harness.app().state().places.searches;
    searches.iter().map(|search| (search.name.as_str(), search.query.as_str())).collect()
}

#[test]
fn kept_searches_have_names_and_keys_after_a_restart_too() {
    let harness = Harness::new(120, 40, articles::ALL).keys("/").types("mill").keys("enter *");
    assert!(harness.frame().contains("keep the search as mill"), "{}", harness.frame());
    let harness = harness.types("s and more").keys("enter");
    assert!(harness.frame().contains("search kept; g 1 leads to it"), "{}", harness.frame());
    let harness = harness.keys("esc /").types("tide").keys("enter * enter").restart(120, 40);
    assert_eq!(kept(&harness), [("mills and more", "mill"), ("tide", "tide")]);
    let harness = harness.keys("g 1");
    assert_eq!(harness.app().state().listing.place, Place::Search("mill".to_owned()));
    assert!(harness.frame().contains("  mills and more · "), "{}", harness.frame());
    let harness = harness.keys(":").types("kept-search Tide").keys("enter");
    assert_eq!(harness.app().state().listing.place, Place::Search("tide".to_owned()));
    let harness = harness.keys("g 7");
    assert!(harness.frame().contains("2 are kept"), "{}", harness.frame());
}

#[test]
fn a_kept_search_gets_another_name_or_is_forgotten() {
    let harness = Harness::new(120, 40, articles::ALL).keys("/").types("mill").keys("enter * enter g 1 *");
    let harness = harness.keys("ctrl-u").types("paper").keys("enter");
    assert_eq!(kept(&harness), [("paper", "mill")]);
    let harness = harness.keys("* esc");
    assert_eq!(kept(&harness).len(), 1);
    let harness = harness.keys("* ctrl-u enter");
    assert!(harness.frame().contains("search forgotten"), "{}", harness.frame());
    assert!(kept(&harness).is_empty());
}
