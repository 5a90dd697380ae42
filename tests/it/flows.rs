//! What a reader does, from keys to what is kept.

use pullquote::app::state::Focus;
use pullquote::app::{Effect, Event};
use pullquote::config::Settings;
use pullquote::model::Change;

use crate::support::{Harness, articles};

fn open_title(harness: &Harness) -> String {
    harness.app().state().article.stored.as_ref().map(|stored| stored.summary.title.clone()).unwrap_or_default()
}

#[test]
fn opening_marks_read_and_undo_takes_it_back() {
    let harness = Harness::new(120, 40, articles::ALL);
    assert_eq!(harness.app().state().counts.unread, 4);
    let harness = harness.keys("enter");
    assert_eq!(harness.app().state().counts.unread, 3);
    let harness = harness.keys("u");
    assert_eq!(harness.app().state().counts.unread, 4);
    let harness = harness.keys("ctrl-r");
    assert_eq!(harness.app().state().counts.unread, 3);
}

#[test]
fn bookmarks_gather_in_their_place() {
    let harness = Harness::new(120, 40, articles::ALL).keys("j b g b");
    let state = harness.app().state();
    assert_eq!(state.counts.bookmarked, 1);
    assert_eq!(state.list.ids.len(), 1);
    assert!(open_title(&harness).contains("paper mill"));
    assert!(harness.frame().contains("★"));
}

#[test]
fn the_trash_takes_articles_and_gives_them_back() {
    let harness = Harness::new(120, 40, articles::ALL).keys("D");
    assert_eq!(harness.app().state().list.ids.len(), 3);
    let harness = harness.keys("g x");
    assert_eq!(harness.app().state().list.ids.len(), 1);
    let harness = harness.keys("D g l");
    assert_eq!(harness.app().state().list.ids.len(), 4);
}

#[test]
fn removing_the_welcome_leaves_other_articles_with_its_tag() {
    let harness = Harness::new(120, 40, articles::ALL).keys("t").types("welcome").keys("enter enter");
    assert!(harness.frame().contains("#welcome"), "{}", harness.frame());
    let harness = harness.keys(":").types("remove-welcome").keys("enter");
    assert!(harness.frame().contains("the welcome articles are in the trash"), "{}", harness.frame());
    assert_eq!(harness.app().state().list.ids.len(), 4);
}

#[test]
fn several_selected_articles_change_at_once_and_are_undone_at_once() {
    let harness = Harness::new(120, 40, articles::ALL).keys("v v b");
    assert_eq!(harness.app().state().counts.bookmarked, 2);
    assert_eq!(harness.keys("u").app().state().counts.bookmarked, 0);
}

#[test]
fn a_count_selects_so_many() {
    let harness = Harness::new(120, 40, articles::ALL).keys("j 2 v");
    let list = &harness.app().state().list;
    assert_eq!((list.marked.len(), list.cursor), (2, 3), "{}", harness.frame());
    let harness = harness.keys("g g 9 9 v");
    assert_eq!(harness.app().state().list.marked.len(), 4);
    assert_eq!(harness.keys("g g 9 v").app().state().list.marked.len(), 0);
}

#[test]
fn what_was_done_to_several_says_so_and_so_does_its_undoing() {
    let harness = Harness::new(120, 40, articles::ALL).keys("v v t").types("slow -fast").keys("enter");
    assert!(harness.frame().contains("2 articles tagged slow; no longer fast; u undoes each"), "{}", harness.frame());
    let harness = harness.keys("u");
    assert!(harness.frame().contains("undone: 2 articles tagged slow"), "{}", harness.frame());
    assert!(harness.keys("D u").frame().contains("undone: moved to the trash"));
}

#[test]
fn tags_are_typed_and_shown() {
    let harness = Harness::new(120, 40, articles::ALL).keys("t").types("river town").keys("enter enter");
    assert!(harness.frame().contains("#river #town"), "{}", harness.frame());
    let harness = harness.keys("t").types("-river").keys("enter");
    assert!(!harness.frame().contains("#river"));
}

#[test]
fn a_note_is_kept_with_its_article() {
    let harness = Harness::new(120, 40, articles::ALL).keys("enter c").types("ask about the bell").keys("enter");
    assert!(harness.frame().contains("Note: ask about the bell"));
}

#[test]
fn reading_goes_on_where_it_stopped() {
    let harness = Harness::new(60, 12, articles::ALL).keys("enter ctrl-f");
    let row = |harness: &Harness| harness.frame().lines().nth(1).unwrap_or_default().to_owned();
    let before = row(&harness);
    let harness = harness.restart(60, 12);
    assert_eq!(harness.app().state().focus, Focus::Article);
    assert_eq!(row(&harness), before);
}

#[test]
fn the_place_in_the_text_outlives_every_width() {
    use pullquote::app::Event;
    let mut harness = Harness::new(60, 12, articles::ALL).keys("enter ctrl-f j");
    let top = |harness: &Harness| {
        let article = &harness.app().state().article;
        article.sheet.page.rows[article.sheet.top].start
    };
    let before = top(&harness);
    for columns in [25, 200, 34, 90, 60] {
        harness.event(Event::Resize(columns, 12));
        assert!(top(&harness) <= before, "row {} is below byte {before} at {columns}", top(&harness));
    }
    assert_eq!(top(&harness), before);
}

#[test]
fn escape_brings_back_what_was_before_the_search() {
    let harness = Harness::new(120, 40, articles::ALL).keys("j j");
    let selected = harness.app().state().list.selected();
    let harness = harness.keys("/").types("mill").keys("esc");
    let state = harness.app().state();
    assert_eq!(state.list.selected(), selected);
    assert_eq!(state.list.ids.len(), 4);
    assert!(state.listing.search.is_none());
}

#[test]
fn a_search_finds_as_it_is_typed_and_lights_the_article() {
    let harness = Harness::new(120, 40, articles::ALL).keys("/").types("machi");
    let state = harness.app().state();
    assert_eq!(state.list.ids.len(), 1, "{}", harness.frame());
    assert_eq!(state.article.hits.len(), 1);
    assert!(open_title(&harness).contains("paper mill"));
}

#[test]
fn words_are_found_in_the_article_and_gone_round() {
    let harness = Harness::new(120, 40, articles::ALL).keys("enter /").types("bell").keys("enter");
    assert_eq!(harness.app().state().article.hits.len(), 4);
    assert!(harness.frame().contains("hit 1 of 4"), "{}", harness.frame());
    assert!(harness.keys("N").frame().contains("hit 4 of 4"));
}

#[test]
fn a_quote_is_copied_with_its_speaker_and_source() {
    let harness = Harness::new(120, 40, articles::ALL).keys("enter \"").types("stuck").keys("enter y");
    let copied = harness.effects.iter().rev().find_map(|effect| match effect {
        Effect::Copy(text) => Some(text.clone()),
        _ => None,
    });
    let copied = copied.expect("a copy");
    for part in
        ["“Ask me again when it is stuck.”", "Jonas Reiter", "Sound Courier", "https://sound-courier.example/bridge"]
    {
        assert!(copied.contains(part), "{part} is missing in {copied}");
    }
}

#[test]
fn quit_keeps_the_place_and_then_quits() {
    let harness = Harness::new(80, 24, articles::ALL).keys("enter q q");
    assert_eq!(harness.effects.last(), Some(&Effect::Quit));
    let kept = harness.effects.iter().filter(|effect| matches!(effect, Effect::Remember { .. })).count();
    assert_eq!(kept, 4);
}

#[test]
fn a_command_line_runs_commands_and_names_the_nearest() {
    let harness = Harness::new(80, 24, articles::ALL).keys(":").types("bookmrk").keys("enter");
    assert!(harness.frame().contains("did you mean bookmark?"), "{}", harness.frame());
    let harness = harness.keys(":").types("sort oldest").keys("enter");
    assert!(harness.frame().contains("oldest first"));
    let harness = harness.keys(":").types("boo").keys("tab enter");
    assert!(
        harness.effects.iter().any(|effect| matches!(effect, Effect::Change { change: Change::Bookmarked(true), .. }))
    );
}

#[test]
fn a_click_selects_and_a_second_opens() {
    let mut harness = Harness::new(120, 40, articles::ALL);
    harness.click(6, 7);
    assert_eq!(harness.app().state().list.cursor, 1);
    assert_eq!(harness.app().state().focus, Focus::List);
    harness.click(6, 7);
    assert_eq!(harness.app().state().focus, Focus::Article);
}

#[test]
fn the_border_is_dragged() {
    use pullquote::app::{Event, Mouse, MouseKind};
    let mut harness = Harness::new(120, 40, articles::ALL);
    for (column, what) in [(43, MouseKind::Press), (60, MouseKind::Drag), (60, MouseKind::Release)] {
        harness.event(Event::Mouse(Mouse { column, row: 10, what }));
    }
    assert_eq!(harness.app().state().panes().border, Some(60));
    let harness = harness.restart(120, 40);
    assert_eq!(harness.app().state().panes().border, Some(60));
}

#[test]
fn what_was_marked_in_a_place_leads_back() {
    let harness = Harness::new(120, 40, articles::ALL).keys("j j g b ctrl-o");
    let state = harness.app().state();
    assert_eq!(state.list.ids.len(), 4);
    assert_eq!(state.list.cursor, 2);
}

#[test]
fn a_search_is_kept_among_the_places_and_outlives_the_session() {
    let harness = Harness::new(120, 40, articles::ALL).keys("/").types("is:unread").keys("enter * enter p");
    assert!(harness.frame().contains("Searches"), "{}", harness.frame());
    let harness = harness.restart(160, 40);
    assert!(harness.frame().contains("is:unread"), "{}", harness.frame());
}

#[test]
fn only_what_is_searched_now_is_lit() {
    let harness = Harness::new(120, 40, articles::ALL).keys("/").types("b");
    assert!(harness.app().state().article.hits.len() > 4);
    let harness = harness.types("ell");
    assert_eq!(harness.app().state().article.hits.len(), 4, "{}", harness.frame());
    let harness = harness.keys("esc");
    assert_eq!(harness.app().state().article.hits.len(), 0);
}

#[test]
fn a_headline_that_is_the_title_is_set_once() {
    let text = "Goats outnumber people.\n\nThere are nine more of them.\n";
    let frame = Harness::new(120, 40, &[text]).frame();
    assert_eq!(frame.matches("Goats outnumber people.").count(), 2, "once in the list, once above the text:\n{frame}");
}

#[test]
fn what_is_found_in_the_article_stays_lit_through_a_bookmark() {
    let harness = Harness::new(120, 40, articles::ALL).keys("enter /").types("bell").keys("enter b n");
    assert!(harness.frame().contains("hit 2 of 4"), "{}", harness.frame());
}

#[test]
fn leaving_the_words_looked_for_brings_back_the_place() {
    let harness = Harness::new(60, 12, articles::ALL).keys("enter");
    let top = harness.app().state().article.sheet.top;
    let harness = harness.keys("/").types("agreement");
    assert_ne!(harness.app().state().article.sheet.top, top);
    assert_eq!(harness.keys("esc").app().state().article.sheet.top, top);
}

#[test]
fn a_note_is_edited_and_not_lost() {
    let harness = Harness::new(120, 40, articles::ALL).keys("enter c").types("ask").keys("enter c enter");
    assert!(harness.frame().contains("Note: ask"), "{}", harness.frame());
    let harness = harness.keys("c").types(" again").keys("enter");
    assert!(harness.frame().contains("Note: ask again"));
}

#[test]
fn a_filter_is_given_on_the_command_line_and_narrows_a_search_too() {
    let harness = Harness::new(120, 40, articles::ALL).keys(":").types("filter tag:industry").keys("enter");
    assert_eq!(harness.app().state().list.ids.len(), 1);
    let harness = harness.keys("esc /").types("the").keys("enter F").types("source:lantern").keys("enter");
    assert_eq!(harness.app().state().list.ids.len(), 2, "{}", harness.frame());
    assert_eq!(harness.keys("esc").app().state().list.ids.len(), 4);
}

#[test]
fn a_new_order_begins_at_its_top() {
    let harness = Harness::new(120, 40, articles::ALL).keys("S");
    assert_eq!(harness.app().state().list.cursor, 0);
    assert!(open_title(&harness).contains("goats"));
}

#[test]
fn escape_leads_out_of_the_article_before_it_ends_the_search() {
    let harness = Harness::new(120, 40, articles::ALL).keys("/").types("mill").keys("enter enter esc");
    assert_eq!(harness.app().state().list.ids.len(), 1);
    assert_eq!(harness.keys("esc").app().state().list.ids.len(), 4);
}

#[test]
fn space_finds_the_next_unread_article_however_far_below() {
    let many: Vec<String> =
        (0..300).map(|n| format!("---\ntitle: Number {n}\ndate: 2020-01-01\n---\n\nShort {n}.\n")).collect();
    let texts: Vec<&str> = many.iter().map(String::as_str).collect();
    let harness = Harness::new(120, 40, &texts).keys("A G m g g enter space");
    assert_eq!(harness.app().state().list.cursor, 299, "{}", harness.frame());
}

#[test]
fn a_click_beside_a_prompt_does_nothing_else() {
    let mut harness = Harness::new(120, 40, articles::ALL).keys("t").types("river");
    harness.click(6, 7);
    assert_eq!(harness.app().state().list.cursor, 0);
    assert!(harness.app().state().prompt.is_none());
}

/// Whatever is struck, clicked and resized, in whatever order: a frame is drawn, and nothing panics.
#[test]
fn no_input_panics() {
    use proptest::prelude::*;
    use pullquote::app::{Event, Mouse, MouseKind};

    const KEYS: &str = "j k g g G ctrl-d ctrl-u ctrl-f ctrl-b space enter esc tab h l J K / n N : ? ctrl-p z < > ctrl-o u \
                        ctrl-r b m t c y e | D i a F S * v A ) ( \" w H C f ] [ p 3 0 q backspace up down left right home end \
                        pageup pagedown a b x -";
    let keys: Vec<&str> = KEYS.split_whitespace().filter(|key| *key != "q").collect();
    let event = prop_oneof![
        8 => (0..keys.len()).prop_map(|at| (at, 0, 0)),
        1 => (1..150_u16, 1..50_u16).prop_map(|(columns, rows)| (usize::MAX, columns, rows)),
        1 => (0..150_u16, 0..50_u16).prop_map(|(column, row)| (usize::MAX - 1, column, row)),
    ];
    let events = proptest::collection::vec(event, 1..60);
    proptest!(ProptestConfig::with_cases(12), |(events in events)| {
        let start = if events.len() % 2 == 0 { "" } else { "g q" };
        let mut harness = Harness::new(100, 30, articles::ALL).keys(start);
        for (key, x, y) in events {
            match keys.get(key) {
                Some(key) => harness = harness.keys(key),
                None if key == usize::MAX => harness.event(Event::Resize(x, y)),
                None => {
                    for what in [MouseKind::Press, MouseKind::Drag, MouseKind::WheelDown, MouseKind::Release] {
                        harness.event(Event::Mouse(Mouse { column: x, row: y, what }));
                    }
                }
            }
            harness.frame();
        }
    });
}

#[test]
fn what_newsboat_has_is_offered_at_the_first_start_and_taken_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let newsboat = folder.path().join(".newsboat");
    std::fs::create_dir(&newsboat).unwrap();
    std::fs::write(newsboat.join("urls"), "https://tide.invalid/feed \"~Tide Watch\"\n").unwrap();
    let settings =
        Settings { elsewhere: vec![folder.path().join("newsboat"), newsboat.clone()], ..Settings::default() };
    let harness = Harness::with(80, 24, &[], settings.clone());
    assert!(
        harness.frame().contains("newsboat is here too: a takes over its feeds and articles"),
        "{}",
        harness.frame()
    );
    assert!(!harness.effects.iter().any(|effect| matches!(effect, Effect::Add(_))));
    // Whoever has something else in mind is asked once.
    let harness = harness.keys("a");
    let typed = |harness: &Harness| harness.app().state().prompt.as_ref().map(|prompt| prompt.input.value().to_owned());
    assert_eq!(typed(&harness), Some(newsboat.display().to_string()));
    let harness = harness.keys("esc a");
    assert_eq!(typed(&harness).as_deref(), Some(""));
    // What is offered gives way to what is typed, and may be edited.
    let again = || Harness::with(80, 24, &[], settings.clone()).keys("a");
    assert_eq!(typed(&again().types("https")).as_deref(), Some("https"));
    let mut pasted = again();
    pasted.event(Event::Paste("https://tide.invalid".into()));
    assert_eq!(typed(&pasted).as_deref(), Some("https://tide.invalid"));
    let edited = newsboat.join("urls").display().to_string();
    assert_eq!(typed(&again().keys("backspace").types("t/urls")), Some(edited));
    let harness = harness.types(newsboat.to_str().unwrap()).keys("enter");
    assert!(harness.frame().contains("1 feed subscribed to"), "{}", harness.frame());
    // The second start says nothing, and so does a first one without newsboat.
    let harness = harness.restart(80, 24);
    assert!(!harness.frame().contains("newsboat is here"), "{}", harness.frame());
    let known = Harness::with(80, 24, articles::ALL, settings);
    assert!(!known.frame().contains("newsboat is here"), "{}", known.frame());
}

#[test]
fn a_list_of_feeds_in_the_working_folder_is_offered_at_the_first_start() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("feeds.opml"),
        "<opml><body><outline xmlUrl='https://tide.invalid/'/></body></opml>",
    )
    .unwrap();
    let settings = Settings { elsewhere: vec![folder.path().to_owned()], ..Settings::default() };
    let harness = Harness::with(80, 24, &[], settings);
    assert!(harness.frame().contains("feeds.opml is here too: a subscribes to its feeds"), "{}", harness.frame());
    let harness = harness.keys("a enter");
    assert!(harness.frame().contains("1 feed subscribed to"), "{}", harness.frame());
}
