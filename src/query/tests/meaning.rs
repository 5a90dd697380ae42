//! What a query finds, and what of it is lit.

use crate::model::{Published, Quote};
use crate::query::*;

const TEXT: &str =
    "The harbour board signed on Friday. “Four cranes at night,” said Ines Marlow. “We wait,” said Tomas Arrel.";

fn quote(words: &str, speech: bool, speaker: Option<&str>) -> Quote {
    let start = TEXT.find(words).expect("the words are in the text");
    let span = u32::try_from(start).unwrap()..u32::try_from(start + words.len()).unwrap();
    Quote { span, speech, cue: None, source: None, speaker: speaker.map(str::to_owned), role: None, confidence: 1.0 }
}

/// 2017-09-05 at 23:30 UTC.
const PUBLISHED: i64 = 1_504_654_200;

fn finds(query: &str, change: impl FnOnce(&mut Subject)) -> bool {
    let quotes = [
        quote("“Four cranes at night,”", true, Some("Ines Marlow")),
        quote("“We wait,”", true, Some("Tomas Arrel")),
        quote("harbour board", false, None),
    ];
    let tags = ["ports".to_owned(), "night work".to_owned()];
    let mut subject = Subject {
        title: "Rail strike enters its second week",
        text: TEXT,
        source: Some("Northern Courier"),
        author: Some("Zoë Lund"),
        url: Some("https://courier.example/rail/2017"),
        language: Some("en"),
        tags: &tags,
        published: Published { seconds: PUBLISHED, day_only: false },
        read: false,
        bookmarked: false,
        trashed: false,
        note: None,
        quotes: &quotes,
    };
    change(&mut subject);
    matches(&parse(query).expect(query), &subject, PUBLISHED + 86_400)
}

#[test]
fn a_query_finds_what_it_says() {
    let found = [
        "",
        "rail",
        "RAIL",
        "rail cranes",
        "\"rail strike\"",
        "\"second WEEK\"",
        "\"board signed\"",
        "harb*",
        "\"on friday four\"",
        "-football",
        "rail -football",
        "cats OR cranes",
        "-(rail football)",
        "—",
        "author:—",
        "title:rail",
        "title:\"strike enters\"",
        "author:zoe",
        "author:LUND",
        "source:courier",
        "source:\"northern courier\"",
        "source:\"northern cour\"*",
        "source:northern-courier",
        "url:courier.example",
        "lang:en",
        "tag:ports",
        "tag:night-work",
        "tag:por*",
        "tag:\"night wo\"*",
        "said:cranes",
        "speaker:marlow",
        "speaker:\"ines marlow\"",
        "said:cranes speaker:ines",
        "speaker:marlow speaker:arrel",
        "said:cranes said:wait",
        "(said:cranes speaker:marlow) (said:wait speaker:arrel)",
        "said:cranes -speaker:brown",
        "is:unread",
        "-is:read",
        "-is:bookmarked",
        "has:quote",
        "-has:note",
        "date:2017",
        "date:2017-09",
        "date:2017-09-05",
        "date:2016..2018",
        "date:..2017-09-05",
        "after:2017-09-05",
        "before:2017-09-06",
        "newer:1d",
        "newer:1y",
        "-is:trashed",
        "=Rail",
        "=\"Rail strike\"",
        "=Fri*",
        "-=rail",
        "title:=Rail",
        "said:=\"Four cranes\"",
        "speaker:=Marlow",
        "speaker:=\"Ines Marlow\"",
        "author:=Zoë",
        "author:=Zoe\u{308}",
        "source:=\"Northern Courier\"",
        "tag:=ports",
        "=—",
    ];
    for query in found {
        assert!(finds(query, |_| ()), "{query} should find it");
    }
    let missed = [
        "football",
        "rail football",
        "\"strike rail\"",
        "\"week the\"",
        "har",
        "-rail",
        "cats OR dogs",
        "-—",
        "title:cranes",
        "author:courier",
        "source:lund",
        "source:\"courier\"",
        "source:\"northern\"*",
        "lang:de",
        "tag:night",
        "tag:work",
        "tag:port",
        "said:signed",
        "said:rail",
        "speaker:lund",
        "speaker:\"marlow\"",
        "said:cranes speaker:\"ines\"",
        "said:cranes speaker:arrel",
        "said:cranes said:wait speaker:arrel",
        "said:board",
        "is:read",
        "is:bookmarked",
        "is:trashed",
        "-is:unread",
        "has:note",
        "date:2016",
        "date:2017-08",
        "date:2017-09-04",
        "date:2017-09-06..",
        "after:2017-10",
        "before:2017-09-05",
        "newer:23h",
        "=rail",
        "=RAIL",
        "=\"Rail Strike\"",
        "=fri*",
        "-=Rail",
        "said:=four",
        "speaker:=marlow",
        "speaker:=Marlow said:=\"we wait\"",
        "author:=Zoe",
        "source:=\"northern Courier\"",
        "tag:=Ports",
    ];
    for query in missed {
        assert!(!finds(query, |_| ()), "{query} should not find it");
    }
}

#[test]
fn state_and_absence_count() {
    let bare = |subject: &mut Subject| {
        (subject.source, subject.author, subject.url, subject.language) = (None, None, None, None);
        (subject.tags, subject.quotes) = (&[], &[]);
    };
    for query in [
        "source:courier",
        "author:lund",
        "url:courier",
        "lang:en",
        "tag:ports",
        "said:cranes",
        "speaker:ines",
        "has:quote",
    ] {
        assert!(!finds(query, bare), "{query}");
    }
    for query in ["author:—", "said:—", "said:— speaker:—"] {
        assert!(finds(query, bare), "{query}");
    }
    assert!(finds("has:note is:read is:bookmarked", |subject| {
        (subject.note, subject.read, subject.bookmarked) = (Some("ring her"), true, true);
    }));
    assert!(!finds("has:note", |subject| subject.note = Some("")));
    assert!(!finds("has:quote", |subject| subject.quotes = subject.quotes.get(2..).unwrap_or_default()));
}

#[test]
fn the_trash_is_found_only_where_the_query_speaks_of_it() {
    let table = [
        ("", false),
        ("rail", false),
        ("-is:trashed", false),
        ("is:trashed", true),
        ("is:trashed rail", true),
        ("is:trashed football", false),
        ("is:trashed OR rail", true),
        ("-(football -is:trashed)", true),
        ("-(is:trashed OR football)", false),
    ];
    for (query, expected) in table {
        assert_eq!(finds(query, |subject| subject.trashed = true), expected, "{query}");
    }
}

#[test]
fn a_time_that_no_calendar_knows_breaks_nothing() {
    for (seconds, query) in [(i64::MAX, "after:2017"), (i64::MIN, "before:2017")] {
        assert!(finds(query, |subject| subject.published.seconds = seconds), "{query}");
    }
}

#[test]
fn a_capital_or_an_accent_is_meant_where_that_is_wished() {
    for (text, expected) in [
        ("Rail strike", "=Rail strike"),
        ("café \"the Café\" stri*", "=café =\"the Café\" stri*"),
        ("title:Rail said:US -Rail OR a B", "title:=Rail said:=US -=Rail OR a =B"),
        ("speaker:Brown source:\"BBC\" tag:Ports lang:EN", "speaker:Brown source:\"BBC\" tag:Ports lang:EN"),
        ("=us 2017 東京", "=us 2017 東京"),
    ] {
        assert_eq!(parse(text).unwrap().exact_where_marked().to_string(), expected, "{text}");
    }
}

#[test]
fn what_is_wanted_is_lit() {
    let lit = |text| -> Vec<String> {
        let query = parse_typing(text).expect(text);
        needles(&query).iter().map(|needle| needle.words.join("+") + if needle.prefix { "*" } else { "" }).collect()
    };
    assert_eq!(lit("Rail \"Four cranes\" -football stri"), ["rail", "four+cranes", "stri*"]);
    assert_eq!(lit("(rail OR title:rail) said:Böse speaker:x "), ["rail", "bose", "x"]);
    assert_eq!(lit("tag:a source:b author:c url:d lang:e is:read — -deep "), Vec::<String>::new());
    assert_eq!(lit("-(a -deep) "), ["deep"]);
}
