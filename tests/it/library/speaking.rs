//! Who is quoted, and by which names.

use pullquote::library::{Library, Prepared};
use pullquote::model::{Article, Change, Id, Published};
use pullquote::query::{Query, Subject, matches, parse};

use super::saying::{add_spoken, correct, spoken};
use super::{NOW, Place, dated};

/// The speakers that are found: name, quotes, articles.
fn listed(library: &Library, matching: &str) -> Vec<(String, u64, u64)> {
    let all = library.speakers(matching, 100).unwrap();
    all.into_iter().map(|speaker| (speaker.name, speaker.quotes, speaker.articles)).collect()
}

#[track_caller]
fn lists(library: &Library, expected: &[(&str, u64, u64)]) {
    let expected = expected.iter().map(|(name, quotes, articles)| ((*name).to_owned(), *quotes, *articles));
    assert_eq!(listed(library, ""), expected.collect::<Vec<_>>());
    agrees(library);
    assert_eq!(library.check().unwrap(), Vec::<String>::new());
}

/// What the list counts is what `speaker:` finds in the articles as the reader sees them.
#[track_caller]
fn agrees(library: &Library) {
    for speaker in library.speakers("", 100).unwrap() {
        let query: Query = parse(&format!("speaker:\"{}\"", speaker.name)).unwrap();
        let stored = (1..20).filter_map(|id| library.article(id).unwrap());
        let found: Vec<_> = stored.filter(|stored| matches(&query, &Subject::from(stored), NOW)).collect();
        assert_eq!(found.len() as u64, speaker.articles, "{}", speaker.name);
        let ids: Vec<Id> = found.iter().map(|stored| stored.summary.id).collect();
        assert_eq!(library.quoted(&ids, Some(&speaker.name)).unwrap().len() as u64, speaker.quotes, "{}", speaker.name);
        let times = found.iter().map(|stored| stored.summary.published);
        assert_eq!((times.clone().min(), times.max()), (Some(speaker.first), Some(speaker.last)), "{}", speaker.name);
    }
}

fn three(place: &Place) -> Library {
    let mut library = place.open();
    let sources = [Some("Harbour Wire"), Some("Northern Post"), None];
    let says: [&[(&str, &str)]; 3] = [
        &[("Zoë Lund", "“One.”"), ("ZOE LUND", "“Two.”"), ("Bo Marr", "“Three.”"), ("?", "“so”")],
        &[("Zoë Lund", "“Four.”"), ("a spokesman", "“Five.”")],
        &[("Bo Marr", "“Six.”"), ("Harbour Board", "“Seven.”"), ("Bo Lund", "“Eight.”")],
    ];
    for ((n, says), source) in (0..).zip(says).zip(sources) {
        let (given, quotes) = spoken(&format!("t{n}"), says);
        let given = Article { source: source.map(str::to_owned), ..dated(given, NOW - n * 86_400) };
        library.add(&[Prepared::new(given, &quotes)], NOW).unwrap();
    }
    library
}

#[test]
fn those_quoted_often_are_ranked_by_what_is_outside_the_trash() {
    let place = Place::new();
    let mut library = place.open();
    let words: Vec<String> = (0..24).map(|n| format!("“Number {n}.”")).collect();
    let mut say = |title: &str, counts: &[(&str, usize)]| {
        let names = counts.iter().flat_map(|(name, count)| std::iter::repeat_n(*name, *count));
        let says: Vec<_> = names.zip(words.iter().map(String::as_str)).collect();
        add_spoken(&mut library, title, &says);
    };
    say("a", &[("Ada Brandt", 7), ("Bo Marr", 11)]);
    say("b", &[("Ada Brandt", 5), ("Ida Holm", 9), ("Zoë Lund", 10)]);
    lists(&library, &[("Ada Brandt", 12, 2), ("Bo Marr", 11, 1), ("Zoë Lund", 10, 1), ("Ida Holm", 9, 1)]);
    let first = |library: &Library, limit| {
        library.speakers("", limit).unwrap().into_iter().map(|speaker| speaker.name).collect::<Vec<_>>()
    };
    assert_eq!(first(&library, 3), ["Ada Brandt", "Bo Marr", "Zoë Lund"]);
    assert_eq!(library.speaker("ada brandt").unwrap().map(|ada| (ada.quotes, ada.articles)), Some((12, 2)));
    library.change(&[1], &Change::Trashed(true), NOW).unwrap();
    assert_eq!(first(&library, 2), ["Zoë Lund", "Ida Holm"]);
    lists(&library, &[("Zoë Lund", 10, 1), ("Ida Holm", 9, 1), ("Ada Brandt", 5, 1)]);
    assert_eq!(library.speaker("ada brandt").unwrap().map(|ada| (ada.quotes, ada.articles)), Some((5, 1)));
    assert_eq!(library.speaker("bo marr").unwrap(), None);
}

#[test]
fn speakers_are_listed_most_quoted_first_and_found_by_what_their_names_begin_with() {
    let place = Place::new();
    let mut library = three(&place);
    lists(&library, &[("Zoë Lund", 3, 2), ("Bo Marr", 2, 2), ("Bo Lund", 1, 1), ("Harbour Board", 1, 1)]);
    let names = |matching: &str, limit| -> Vec<String> {
        library.speakers(matching, limit).unwrap().into_iter().map(|speaker| speaker.name).collect()
    };
    assert_eq!(names("", 2), ["Zoë Lund", "Bo Marr"]);
    assert_eq!(names("", 0), [""; 0]);
    assert_eq!(names("lu", 9), ["Zoë Lund", "Bo Lund"]);
    assert_eq!(names("LÜND b", 9), ["Bo Lund"]);
    assert_eq!(names("spokes", 9), ["a spokesman"]);
    assert_eq!(names("und", 9), [""; 0]);
    let zoe = library.speakers("zoe", 1).unwrap().remove(0);
    let at = |seconds| Published { seconds, day_only: false };
    assert_eq!((zoe.first, zoe.last), (at(NOW - 86_400), at(NOW)));
    let sources = |name| library.speaker_sources(name).unwrap();
    assert_eq!(sources("zoe lund"), [("Harbour Wire".to_owned(), 1), ("Northern Post".to_owned(), 1)]);
    assert_eq!(sources("Bo Marr"), [("Harbour Wire".to_owned(), 1)]);
    assert_eq!(sources("Lund"), []);
    library.change(&[1], &Change::Trashed(true), NOW).unwrap();
    lists(&library, &[("Bo Lund", 1, 1), ("Bo Marr", 1, 1), ("Harbour Board", 1, 1), ("Zoë Lund", 1, 1)]);
    library.purge().unwrap();
    lists(&library, &[("Bo Lund", 1, 1), ("Bo Marr", 1, 1), ("Harbour Board", 1, 1), ("Zoë Lund", 1, 1)]);
    assert!(library.change(&[2, 3], &Change::Trashed(true), NOW).is_ok());
    lists(&library, &[]);
}

#[test]
fn the_list_follows_corrections_and_new_texts() {
    let place = Place::new();
    let mut library = three(&place);
    correct(&mut library, 1, "“Three.”", Some("Ida Holm"));
    correct(&mut library, 1, "“so”", Some("Ida Holm"));
    correct(&mut library, 2, "“Four.”", None);
    let corrected =
        [("Ida Holm", 2, 1), ("Zoë Lund", 2, 1), ("Bo Lund", 1, 1), ("Bo Marr", 1, 1), ("Harbour Board", 1, 1)];
    lists(&library, &corrected);
    assert_eq!(library.summaries(&[1]).unwrap()[0].quotes, 4);
    let (given, quotes) = spoken("t0", &[("Bo Marr", "“Three.”"), ("Harbour Board", "“More.”")]);
    library.add(&[Prepared::new(given, &quotes)], NOW).unwrap();
    lists(&library, &[("Harbour Board", 2, 2), ("Bo Lund", 1, 1), ("Bo Marr", 1, 1), ("Ida Holm", 1, 1)]);
    // A text that is as it was, with another date.
    let (given, quotes) = spoken("t0", &[("Bo Marr", "“Three.”"), ("Harbour Board", "“More.”")]);
    library.add(&[Prepared::new(dated(given, NOW + 500), &quotes)], NOW).unwrap();
    lists(&library, &[("Harbour Board", 2, 2), ("Bo Lund", 1, 1), ("Bo Marr", 1, 1), ("Ida Holm", 1, 1)]);
}

#[test]
fn a_name_is_given_everywhere_also_later_and_taken_back() {
    let place = Place::new();
    let mut library = three(&place);
    let before = listed(&library, "");
    assert_eq!(library.rename_speaker("bo marr", " Bo Lund ", None, NOW).unwrap(), 2);
    let merged = [("Bo Lund", 3, 2), ("Zoë Lund", 3, 2), ("Harbour Board", 1, 1)];
    lists(&library, &merged);
    add_spoken(&mut library, "later", &[("Bo Marr", "“Nine.”"), ("Bo Lund", "“Ten.”")]);
    lists(&library, &[("Bo Lund", 5, 3), ("Zoë Lund", 3, 2), ("Harbour Board", 1, 1)]);
    // A name that was given is renamed in its turn, and so are corrections.
    correct(&mut library, 2, "“Four.”", Some("Bo Lund"));
    assert_eq!(library.rename_speaker("Bo Lund", "Robert Lund", None, NOW).unwrap(), 4);
    lists(&library, &[("Robert Lund", 6, 4), ("Zoë Lund", 2, 1), ("Harbour Board", 1, 1)]);
    library.undo().unwrap();
    lists(&library, &[("Bo Lund", 6, 4), ("Zoë Lund", 2, 1), ("Harbour Board", 1, 1)]);
    library.redo().unwrap();
    lists(&library, &[("Robert Lund", 6, 4), ("Zoë Lund", 2, 1), ("Harbour Board", 1, 1)]);
    for _ in 0..3 {
        library.undo().unwrap();
    }
    library.change(&[4], &Change::Trashed(true), NOW).unwrap();
    assert_eq!(listed(&library, ""), before);
    // Nobody is called that.
    assert_eq!(library.rename_speaker("Robert Lund", "Bo", None, NOW).unwrap(), 0);
    assert!(library.rename_speaker("Bo Lund", "…", None, NOW).is_err());
}

#[test]
fn calling_a_name_by_itself_takes_it_out_of_another_and_spells_it() {
    let place = Place::new();
    let mut library = three(&place);
    let before = listed(&library, "");
    library.rename_speaker("Bo Marr", "Zoë Lund", None, NOW).unwrap();
    lists(&library, &[("Zoë Lund", 5, 3), ("Bo Lund", 1, 1), ("Harbour Board", 1, 1)]);
    library.rename_speaker("Bo Marr", "Bo Marr", None, NOW).unwrap();
    assert_eq!(listed(&library, ""), before);
    library.rename_speaker("Bo Marr", "BO MARR", None, NOW).unwrap();
    lists(&library, &[("Zoë Lund", 3, 2), ("BO MARR", 2, 2), ("Bo Lund", 1, 1), ("Harbour Board", 1, 1)]);
    library.undo().unwrap();
    assert_eq!(listed(&library, ""), before);
}

#[test]
fn two_people_of_one_name_are_told_apart_within_articles() {
    let place = Place::new();
    let mut library = three(&place);
    assert_eq!(library.rename_speaker("Bo Marr", "Bo Marr (Lee)", Some(&[3, 9]), NOW).unwrap(), 1);
    let apart =
        [("Zoë Lund", 3, 2), ("Bo Lund", 1, 1), ("Bo Marr", 1, 1), ("Bo Marr (Lee)", 1, 1), ("Harbour Board", 1, 1)];
    lists(&library, &apart);
    // What is said of one article counts more than what is said of all.
    library.rename_speaker("Bo Marr", "Bo", None, NOW).unwrap();
    let one = [("Zoë Lund", 3, 2), ("Bo", 1, 1), ("Bo Lund", 1, 1), ("Bo Marr (Lee)", 1, 1), ("Harbour Board", 1, 1)];
    lists(&library, &one);
    // Back to what everybody of that name is called.
    library.rename_speaker("Bo Marr (Lee)", "Bo", Some(&[3]), NOW).unwrap();
    lists(&library, &[("Zoë Lund", 3, 2), ("Bo", 2, 2), ("Bo Lund", 1, 1), ("Harbour Board", 1, 1)]);
    for _ in 0..3 {
        library.undo().unwrap();
    }
    lists(&library, &[("Zoë Lund", 3, 2), ("Bo Marr", 2, 2), ("Bo Lund", 1, 1), ("Harbour Board", 1, 1)]);
}

#[test]
fn nothing_is_written_of_what_was_purged() {
    let place = Place::new();
    let mut library = three(&place);
    correct(&mut library, 1, "“One.”", Some("Bo Marr"));
    correct(&mut library, 1, "“One.”", Some("Ida Holm"));
    let keep = |library: &mut Library, keep| {
        let span = library.article(1).unwrap().unwrap().quotes[0].span.clone();
        library.change(&[1], &Change::Keep { span, keep }, NOW).unwrap();
    };
    keep(&mut library, true);
    keep(&mut library, false);
    library.rename_speaker("Zoë Lund", "Zoe Marr", Some(&[1, 2]), NOW).unwrap();
    for change in [Change::Bookmarked(true), Change::Tag("x".to_owned(), true), Change::Note("n".to_owned())] {
        library.change(&[1, 2], &change, NOW).unwrap();
    }
    for change in [Change::Bookmarked(false), Change::Tag("x".to_owned(), false), Change::Note("m".to_owned())] {
        library.change(&[1, 2], &change, NOW).unwrap();
    }
    library.change(&[1], &Change::Trashed(true), NOW).unwrap();
    library.purge().unwrap();
    let mut undone = 0;
    while library.undo().unwrap().is_some() {
        undone += 1;
        assert_eq!(library.check().unwrap(), Vec::<String>::new());
    }
    assert_eq!(undone, 12);
    while library.redo().unwrap().is_some() {
        assert_eq!(library.check().unwrap(), Vec::<String>::new());
    }
    assert_eq!(library.article(2).unwrap().unwrap().note.as_deref(), Some("m"));
}

#[test]
fn kept_quotes_are_listed_latest_first_and_stay_when_their_text_goes() {
    let place = Place::new();
    let mut library = three(&place);
    for (now, id, index) in [(5, 1, 1), (9, 3, 0), (7, 1, 2)] {
        let span = library.article(id).unwrap().unwrap().quotes[index].span.clone();
        library.change(&[id], &Change::Keep { span, keep: true }, now).unwrap();
    }
    let kept = |library: &Library| -> Vec<_> {
        let all = library.kept().unwrap().into_iter();
        all.map(|row| (row.kept.unwrap(), row.id, row.index, row.words, row.quote.speaker.unwrap())).collect()
    };
    let row = |at, id, index, words: &str, speaker: &str| (at, id, index, words.to_owned(), speaker.to_owned());
    let last = row(9, 3, Some(0), "“Six.”", "Bo Marr");
    let first = [last.clone(), row(7, 1, Some(2), "“Three.”", "Bo Marr"), row(5, 1, Some(1), "“Two.”", "ZOE LUND")];
    assert_eq!(kept(&library), first);
    let quoted = library.quoted(&[3, 1], None).unwrap();
    let stars: Vec<Option<i64>> = quoted.iter().map(|row| row.kept).collect();
    assert_eq!(stars, [Some(9), None, None, None, Some(5), Some(7)]);
    assert_eq!((quoted[0].title.as_str(), quoted[3].source.as_deref()), ("t2", Some("Harbour Wire")));
    let (given, quotes) = spoken("t0", &[("Ida Holm", "“New.”"), ("Bo Lund", "“Three.”")]);
    library.add(&[Prepared::new(given, &quotes)], NOW).unwrap();
    let after = [last, row(7, 1, Some(1), "“Three.”", "Bo Lund"), row(5, 1, None, "“Two.”", "ZOE LUND")];
    assert_eq!(kept(&library), after);
    library.change(&[3], &Change::Trashed(true), NOW).unwrap();
    assert_eq!(kept(&library), after[1..]);
}
