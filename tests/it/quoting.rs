//! Lists of quotes, speakers, corrections and what is kept, from keys to what stays.

use pullquote::app::state::{Focus, Overlay, Place};
use pullquote::app::{Effect, Event};
use pullquote::model::{Change, Quoted};

use crate::support::{Harness, articles};

fn selected(harness: &Harness) -> Quoted {
    harness.app().state().list.selected_quote().cloned().expect("a quote is selected")
}

fn speaker(harness: &Harness) -> String {
    selected(harness).quote.speaker.unwrap_or_default()
}

#[test]
fn a_speaker_is_corrected_and_undo_takes_it_back() {
    let harness = Harness::new(120, 40, articles::ALL).keys("g q G");
    let before = speaker(&harness);
    assert_ne!(before, "Petr Hollar");
    let harness = harness.keys("C ctrl-u").types("Petr Hollar").keys("enter");
    assert_eq!(speaker(&harness), "Petr Hollar");
    assert!(harness.frame().contains("said by Petr Hollar; u undoes"), "{}", harness.frame());
    let harness = harness.restart(120, 40).keys("g q G");
    assert_eq!(speaker(&harness), "Petr Hollar");
    assert_eq!(speaker(&harness.keys("u")), before);
}

#[test]
fn an_empty_name_removes_the_speaker() {
    let harness = Harness::new(120, 40, articles::ALL).keys("g q G C ctrl-u enter");
    assert_eq!(selected(&harness).quote.speaker, None);
    assert!(harness.keys("w").frame().contains("nobody is named as its speaker"));
}

#[test]
fn both_parts_of_a_statement_get_the_speaker() {
    let harness = Harness::new(120, 40, articles::ALL).keys("enter ) ) C ctrl-u").types("Ilse Tamm").keys("enter");
    let corrected = |effect: &&Effect| matches!(effect, Effect::Change { change: Change::Speaker { .. }, .. });
    assert_eq!(harness.effects.iter().filter(corrected).count(), 2, "{:?}", harness.effects);
    let state = harness.app().state();
    let named = state.article.quotes().iter().filter(|quote| quote.speaker.as_deref() == Some("Ilse Tamm"));
    assert_eq!(named.count(), 2);
}

#[test]
fn a_correction_completes_from_the_article_and_the_library() {
    let harness = Harness::new(120, 40, articles::ALL).keys("enter ) ) C ctrl-u").types("re").keys("tab");
    assert!(harness.frame().contains("said by Jonas Reiter"), "{}", harness.frame());
    let harness = harness.keys("ctrl-u").types("agn").keys("tab");
    assert!(harness.frame().contains("said by Agnes Morl"), "{}", harness.frame());
}

#[test]
fn what_was_corrected_leaves_the_page_of_the_wrong_speaker() {
    let harness = Harness::new(120, 40, articles::ALL).keys("g w").types("agnes").keys("enter");
    assert_eq!(speaker(&harness), "Agnes Morl");
    let harness = harness.keys("C ctrl-u").types("Petr Hollar").keys("enter");
    assert!(harness.frame().contains("Nobody of this name is quoted."), "{}", harness.frame());
}

#[test]
fn a_kept_quote_is_there_after_a_restart_and_undo_gives_it_up() {
    let harness = Harness::new(120, 40, articles::ALL).keys("g k");
    assert!(harness.frame().contains("No quotes kept yet."), "{}", harness.frame());
    let harness = harness.keys("g q j H");
    let words = selected(&harness).words;
    let harness = harness.restart(120, 40).keys("g k");
    assert_eq!(selected(&harness).words, words);
    assert!(harness.frame().contains("★"));
    // Both parts of its statement were kept.
    let harness = harness.keys("u u");
    assert!(harness.app().state().list.ids.is_empty(), "{}", harness.frame());
}

#[test]
fn a_quote_is_kept_in_its_article_too() {
    let harness = Harness::new(80, 24, articles::ALL).keys("enter ) ) H");
    assert!(harness.frame().contains("★"), "{}", harness.frame());
    assert!(!harness.keys("H").frame().contains("★"));
}

#[test]
fn opening_a_quote_focuses_it_and_every_way_back_leads_to_its_row() {
    for columns in [60, 120] {
        for back in ["q", "esc", "ctrl-o", "h"] {
            let harness = Harness::new(columns, 20, articles::ALL).keys("g q j w j");
            let quoted = selected(&harness);
            let harness = harness.keys("enter");
            let state = harness.app().state();
            assert_eq!(state.focus, Focus::Article);
            assert_eq!(state.article.focus, quoted.index, "{}", harness.frame());
            let harness = harness.keys(back);
            assert_eq!(harness.app().state().focus, Focus::List, "{back}");
            assert_eq!(selected(&harness), quoted, "{back}");
            assert_eq!(harness.app().state().listing.place, Place::Speaker("Edda Kallas".to_owned()));
        }
    }
}

#[test]
fn beside_the_list_stands_the_article_at_the_selected_quote() {
    let harness = Harness::new(120, 14, articles::ALL).keys("g q j j j j");
    let state = harness.app().state();
    assert_eq!(state.article.focus, selected(&harness).index);
    assert!(harness.frame().matches("Ask me again when it is stuck").count() == 2, "{}", harness.frame());
}

#[test]
fn to_look_a_quote_up_does_not_move_the_place_in_the_article() {
    let harness = Harness::new(60, 12, articles::ALL).keys("g q G enter q g q G enter q");
    let kept = harness.effects.iter().filter(|effect| matches!(effect, Effect::KeepPosition { .. })).count();
    assert_eq!(kept, 0, "{:?}", harness.effects);
}

#[test]
fn the_way_back_from_a_speaker_leads_to_the_quote() {
    let harness = Harness::new(120, 40, articles::ALL).keys("g q j j j");
    let quoted = selected(&harness);
    let harness = harness.keys("w ctrl-o");
    assert_eq!(harness.app().state().listing.place, Place::Quotes);
    assert_eq!(selected(&harness), quoted);
}

#[test]
fn from_a_speaker_q_leads_back_to_the_article() {
    for columns in [60, 120] {
        let harness = Harness::new(columns, 20, articles::ALL).keys("j enter )");
        let before = harness.app().state().spot();
        assert_eq!(before.focus, Focus::Article);
        let harness = harness.keys("w q");
        assert_eq!(harness.app().state().spot(), before, "{}", harness.frame());
        // And from there to its row in the list it was opened from.
        let harness = harness.keys("q");
        assert_eq!(harness.app().state().list.selected(), before.selected);
        assert_eq!(harness.app().state().focus, Focus::List);
    }
}

#[test]
fn a_list_of_quotes_is_narrowed_by_what_is_said() {
    let harness = Harness::new(120, 40, articles::ALL).keys("g q /").types("bell").keys("enter");
    let frame = harness.frame();
    assert!(frame.contains("We asked for a bell") && !frame.contains("walked quite enough"), "{frame}");
    assert_eq!(selected(&harness).words.matches("bell").count(), 1);
    assert_eq!(harness.app().state().list.ids.len(), 1);
    let harness = harness.keys("esc G");
    assert!(selected(&harness).words.contains("walked quite enough"));
}

#[test]
fn the_selected_quote_stays_while_another_process_adds() {
    let mut harness = Harness::new(120, 40, articles::ALL).keys("g q j j j");
    let quoted = selected(&harness);
    let new = "---\ntitle: A new bell\ndate: 2026-11-22T11:00:00Z\n---\n\n“It rings,” said Ida Holm, the founder.\n";
    harness.meanwhile(new);
    assert_eq!(selected(&harness), quoted);
    assert!(harness.keys("g g").frame().contains("It rings"));
}

#[test]
fn speakers_are_found_as_their_names_are_typed() {
    let harness = Harness::new(120, 40, articles::ALL).keys("g w").types("edda").keys("enter");
    assert_eq!(harness.app().state().listing.place, Place::Speaker("Edda Kallas".to_owned()));
    assert_eq!(speaker(&harness), "Edda Kallas");
}

#[test]
fn oldest_quotes_come_first_when_asked() {
    let harness = Harness::new(120, 40, articles::ALL).keys("g q S");
    assert!(selected(&harness).words.contains("walked quite enough"), "{}", harness.frame());
}

#[test]
fn a_quote_is_clicked_copied_and_scrolled() {
    let mut harness = Harness::new(120, 40, articles::ALL).keys("g q");
    harness.click(6, 7);
    let clicked = selected(&harness);
    assert!(clicked.words.contains("We asked for a bell"), "{}", harness.frame());
    assert_eq!(harness.app().state().focus, Focus::List);
    let mut harness = harness.keys("y");
    let copied = |effect: &Effect| matches!(effect, Effect::Copy(text) if text.contains("We asked for a bell"));
    assert!(harness.effects.iter().any(copied), "{:?}", harness.effects);
    harness.click(6, 7);
    assert_eq!(harness.app().state().focus, Focus::Article);
    assert_eq!(harness.app().state().article.focus, clicked.index);
}

#[test]
fn the_trash_is_emptied_only_when_that_is_confirmed() {
    let trashed = |harness: &Harness| harness.app().state().counts.trashed;
    let harness = Harness::new(80, 24, articles::ALL).keys("D :").types("empty-trash").keys("enter");
    assert!(harness.frame().contains("only in the trash"), "{}", harness.frame());
    let harness = harness.keys("g x");
    assert!(harness.frame().contains(":empty-trash for good"), "{}", harness.frame());
    let harness = harness.keys(":").types("empty-trash").keys("enter").types("no").keys("enter");
    assert_eq!(trashed(&harness), 1);
    let harness = harness.keys(":").types("empty-trash").keys("enter").types("yes").keys("enter");
    assert_eq!(trashed(&harness), 0);
    assert!(harness.frame().contains("1 article is gone for good"), "{}", harness.frame());
    assert!(harness.app().state().list.ids.is_empty());
    assert_eq!(harness.keys("g l").app().state().list.ids.len(), 3);
}

#[test]
fn details_and_text_are_there_without_opening_the_article_first() {
    let harness = Harness::new(60, 20, articles::ALL).keys("j i");
    assert!(matches!(harness.app().state().overlay, Some(Overlay::Details(_))), "{}", harness.frame());
    assert!(harness.frame().contains("The last paper mill"));
    let harness = harness.keys("esc k Y");
    let copied = |effect: &Effect| matches!(effect, Effect::Copy(text) if text.contains("swing bridge"));
    assert!(harness.effects.iter().any(copied));
    assert_eq!(harness.app().state().focus, Focus::List);
}

#[test]
fn many_quotes_are_read_in_portions_as_they_come_into_sight() {
    let texts: Vec<String> = (0..300)
        .map(|n| format!("---\ntitle: Number {n}\ndate: 2020-01-01\n---\n\n“Take {n},” said Ida Holm, the founder.\n"))
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let harness = Harness::new(80, 24, &texts).keys("g q");
    let asked = |harness: &Harness| -> usize {
        let ids = harness.effects.iter().map(|effect| match effect {
            Effect::Quoted { ids, .. } => ids.len(),
            _ => 0,
        });
        ids.sum()
    };
    assert!(asked(&harness) < 60, "{} articles are read for one screen", asked(&harness));
    let last = harness.keys("G");
    assert!(asked(&last) < 120, "{}", asked(&last));
    assert!(last.app().state().list.at().article == 299 && last.app().state().list.selected_quote().is_some());
    let mut up = last.keys("ctrl-b ctrl-b k");
    assert!(up.app().state().list.selected_quote().is_some(), "{}", up.frame());
    up.event(Event::Resize(1, 1));
    up.frame();
}

#[test]
fn both_parts_of_a_statement_are_kept_and_given_up() {
    let harness = Harness::new(120, 40, articles::ALL).keys("enter ) ) H");
    let kept = |harness: &Harness| harness.app().state().article.stored.as_ref().map_or(0, |stored| stored.kept.len());
    assert_eq!(kept(&harness), 2);
    assert!(harness.frame().contains("u undoes it for each part"), "{}", harness.frame());
    assert_eq!(kept(&harness.keys(") H")), 0);
}

#[test]
fn a_kept_quote_that_its_article_lost_can_be_copied_and_given_up() {
    let mut harness = Harness::new(120, 40, articles::ALL).keys("g q j j H g k");
    let before = selected(&harness);
    let corrected = articles::BRIDGE.replace(before.words.as_str(), "“No comment,”");
    assert_ne!(corrected, articles::BRIDGE);
    harness.meanwhile(&corrected);
    let gone = selected(&harness);
    assert_eq!((gone.index, &gone.words), (None, &before.words), "{}", harness.frame());
    assert!(harness.frame().contains("no longer in the"), "{}", harness.frame());
    let harness = harness.keys("y");
    let copied = |effect: &Effect| matches!(effect, Effect::Copy(text) if text.starts_with(&before.words));
    assert!(harness.effects.iter().any(copied), "{:?}", harness.effects.last());
    let harness = harness.keys("C");
    assert!(harness.frame().contains("no longer has this quote"), "{}", harness.frame());
    let harness = harness.keys("H");
    assert_ne!(selected(&harness).words, before.words);
    assert_eq!(selected(&harness.keys("u g g")).words, before.words);
}

#[test]
fn a_speakers_page_says_how_often_when_and_where_they_speak() {
    let harness = Harness::new(120, 40, articles::ALL).keys("g w").types("edda").keys("enter");
    let frame = harness.frame();
    assert!(frame.contains("2 quotes in 1 article · 22 Nov 2026"), "{frame}");
    assert!(frame.contains("Sound Courier 1"), "{frame}");
    let harness = harness.keys("C ctrl-u").types("Jonas Reiter").keys("enter");
    assert!(!harness.frame().contains("2 quotes in 1 article"), "{}", harness.frame());
}

#[test]
fn what_a_list_of_quotes_is_narrowed_to_is_lit_in_them() {
    let harness = Harness::new(120, 40, articles::ALL).keys("g q F").types("bell").keys("enter");
    assert!(harness.roles().contains("hit ⟨bell⟩"), "{}", harness.roles());
    assert!(!harness.keys("esc").roles().contains("hit ⟨bell⟩"));
}

#[test]
fn a_page_without_sources_has_no_line_for_them() {
    let row = |article: &str| {
        let harness = Harness::new(120, 40, &[article]).keys("g w enter");
        let frame = harness.frame();
        frame.lines().position(|line| line.contains("“We wait,”")).unwrap()
    };
    let text = "“We wait,” said Ida Holm.\n";
    let (named, nameless) =
        (format!("---\ntitle: A\nsource: Post\n---\n\n{text}"), format!("---\ntitle: A\n---\n\n{text}"));
    assert_eq!(row(&nameless) + 1, row(&named));
}

#[test]
fn a_speaker_gets_another_name_everywhere_and_undo_gives_the_old_one_back() {
    let rename = |harness: Harness, name: &str| {
        harness.keys(":").types("rename-speaker").keys("enter ctrl-u").types(name).keys("enter")
    };
    let page = |harness: Harness| harness.keys("g w").types("edda").keys("enter");
    let harness = rename(page(Harness::new(120, 40, articles::ALL)), "Edda Kallas-Ruus");
    let place = |harness: &Harness| harness.app().state().listing.place.clone();
    assert_eq!(place(&harness), Place::Speaker("Edda Kallas-Ruus".to_owned()));
    assert_eq!(speaker(&harness), "Edda Kallas-Ruus", "{}", harness.frame());
    let harness = harness.keys("u ctrl-o");
    assert_eq!(place(&harness), Place::Speaker("Edda Kallas".to_owned()));
    assert_eq!(speaker(&harness), "Edda Kallas", "{}", harness.frame());
    // By the name of another one, who is offered, the two become one.
    let harness = harness.keys(":").types("rename-speaker").keys("enter ctrl-u").types("jonas").keys("tab enter");
    assert_eq!(place(&harness), Place::Speaker("Jonas Reiter".to_owned()));
    assert!(harness.frame().contains("4 quotes in 1 article"), "{}", harness.frame());
}

#[test]
fn the_speaker_of_a_quote_in_focus_is_renamed_in_the_open_article() {
    let harness =
        Harness::new(120, 40, articles::ALL).keys("enter ) ) :").types("rename-speaker Ilse Tamm").keys("enter");
    let quotes = harness.app().state().article.quotes();
    assert!(quotes.iter().any(|quote| quote.speaker.as_deref() == Some("Ilse Tamm")), "{}", harness.frame());
    assert!(harness.frame().contains("is called Ilse Tamm everywhere"), "{}", harness.frame());
}

#[test]
fn the_quote_in_focus_stays_in_focus_when_the_article_gets_another_text() {
    let mut harness = Harness::new(120, 40, articles::ALL).keys("enter ) ) )");
    let focused = |harness: &Harness| {
        let article = &harness.app().state().article;
        let quote = article.focus.and_then(|at| article.quotes().get(at)).map(|quote| quote.span.clone());
        let stored = article.stored.as_ref().expect("an article is open");
        quote.map(|span| stored.article.document.slice(&span).to_owned())
    };
    let before = focused(&harness);
    assert!(before.is_some());
    let first = "“Nobody slept,” said Ida Holm, the founder.\n\nThe ferrymen’s guild voted";
    harness.meanwhile(&articles::BRIDGE.replace("The ferrymen’s guild voted", first));
    assert!(harness.frame().contains("Nobody slept"), "{}", harness.frame());
    assert_eq!(focused(&harness), before);
}

#[test]
fn a_doubtful_speaker_has_a_page_too() {
    let harness = Harness::new(120, 40, &[articles::PIER]).keys("g q w");
    assert_eq!(harness.app().state().listing.place, Place::Speaker("Nora Vale".to_owned()));
    assert!(selected(&harness).quote.is_doubtful(), "{}", harness.frame());
}

#[test]
fn what_is_done_again_finds_its_words_in_a_text_that_changed() {
    let [first, _, last] = articles::BRIDGE_TEXTS;
    let named = |harness: &Harness| {
        let quotes = harness.app().state().article.quotes();
        quotes.iter().filter(|quote| quote.speaker.as_deref() == Some("Ilse Tamm")).count()
    };
    let corrected = |keys: &str| {
        let harness = Harness::new(80, 24, &[first]).keys(keys);
        harness.keys("C ctrl-u").types("Ilse Tamm").keys("enter u u")
    };
    // The mayor's words stand elsewhere in the last text, and are still there.
    let mut harness = corrected("enter 4 )");
    assert_eq!(named(&harness), 0);
    harness.meanwhile(last);
    let harness = harness.keys("ctrl-r ctrl-r");
    assert_eq!(named(&harness), 2, "{}", harness.frame());
    assert!(harness.frame().contains("done again: spoken by Ilse Tamm"), "{}", harness.frame());
    // Those of the guild are not.
    let mut harness = corrected("enter 2 )");
    harness.meanwhile(last);
    let harness = harness.keys("ctrl-r");
    assert!(harness.frame().contains("waits for its words, which are gone"), "{}", harness.frame());
    assert_eq!(named(&harness), 0);
    let mut harness = harness;
    harness.meanwhile(first);
    assert_eq!(named(&harness), 1, "{}", harness.frame());
}

#[test]
fn a_quote_is_kept_again_where_its_words_stand_by_now() {
    let [first, _, last] = articles::BRIDGE_TEXTS;
    let mut harness = Harness::new(80, 24, &[first]).keys("enter 4 ) H u u");
    harness.meanwhile(last);
    let harness = harness.keys("ctrl-r");
    let state = harness.app().state();
    assert_eq!(state.article.stored.as_ref().map(|stored| stored.kept.len()), Some(1), "{}", harness.frame());
}
