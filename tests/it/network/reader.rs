//! Feeds in the reader: from keys to what is kept and shown.

use pullquote::app::state::feeds::Outcome;
use pullquote::app::state::refresh::Asking;
use pullquote::app::{Effect, Event, Reply};
use pullquote::library::Library;
use pullquote::model::Subscription;

use super::json_feed;
use crate::support::loopback::{Asked, Loopback, Reply as Said};
use crate::support::{Harness, articles};

fn answer(asked: &Asked) -> Said {
    match asked.path.as_str() {
        "/missing" => Said::new("404 Not Found", ""),
        "/page" => Said::new(
            "200 OK\nContent-Type: text/html",
            "<!doctype html><html><head><title>The quay</title>\
             <link rel=alternate type=application/feed+json href=/feed></head>\
             <body><article><h1>The quay</h1><p>The quay is closed to all traffic since Monday, and nobody \
             knows for how long it will be.</p><p>The harbour board met and went home again.</p></article></body></html>",
        ),
        "/entry/1" => Said::new(
            "200 OK\nContent-Type: text/html",
            "<!doctype html><html><head><title>One</title></head><body><article><h1>One</h1><p>One, told at \
             length: there is more to be said about this than fits into a feed, and here it is said.</p>\
             <p>And then some more is said about it in a second paragraph.</p></article></body></html>",
        ),
        path => Said::ok(json_feed(&format!("Feed {path}"), &[("1", "One, in short."), ("2", "Two.")])),
    }
}

fn adds(harness: Harness, text: &str) -> Harness {
    harness.keys("a").types(text).keys("enter")
}

#[test]
fn an_address_is_told_for_what_it_is_and_subscribed_to() {
    let server = Loopback::new(answer);
    let harness = Harness::new(80, 24, articles::ALL).keys("a").types(&server.at("/feed"));
    assert!(harness.frame().contains("an address: a feed or a list of feeds is subscribed to"), "{}", harness.frame());
    let harness = harness.keys("enter");
    assert!(harness.frame().contains("subscribed to Feed /feed: 2 new"), "{}", harness.frame());
    assert_eq!(harness.app().state().counts.all, 6);
    let harness = harness.keys("u");
    assert!(harness.frame().contains("undone: a feed changed"), "{}", harness.frame());
    assert_eq!(harness.app().state().counts.all, 6, "the articles stay");
}

#[test]
fn a_page_is_stored_and_its_feed_is_offered() {
    let server = Loopback::new(answer);
    let harness = adds(Harness::new(80, 24, articles::ALL), &server.at("/page"));
    let prompt = harness.app().state().prompt.as_ref().expect("an offer");
    assert_eq!(prompt.input.value(), server.at("/feed"));
    let harness = harness.keys("enter");
    assert!(harness.frame().contains("subscribed to Feed /feed"), "{}", harness.frame());
}

#[test]
fn a_pasted_text_becomes_an_article_with_its_paragraphs() {
    let mut harness = Harness::new(80, 24, articles::ALL);
    harness.event(Event::Paste("The quay is closed to all.\n\nNobody knows for how long.\u{1b}[31m".into()));
    assert!(harness.frame().contains("text: it is stored as an article"), "{}", harness.frame());
    let harness = harness.keys("enter");
    let added = harness.effects.iter().find(|effect| matches!(effect, Effect::AddText(_)));
    assert!(matches!(added, Some(Effect::AddText(text)) if text.contains("\n\n")), "{added:?}");
    assert_eq!(harness.app().state().counts.all, 5);
}

#[test]
fn a_refresh_moves_nothing_and_what_failed_can_be_looked_at() {
    let server = Loopback::new(answer);
    let harness = Harness::new(120, 40, articles::ALL).keys("j");
    let selected = harness.app().state().list.selected();
    let feeds = [server.at("/feed"), server.at("/missing")];
    let path = harness.library();
    let mut library = Library::open(&path).unwrap();
    library.subscribe(&feeds.map(|at| (at, Subscription::default())), 0).unwrap();
    let harness = harness.keys("R");
    assert!(harness.frame().contains("2 new articles; a feed failed: g e says why"), "{}", harness.frame());
    assert_eq!((harness.app().state().list.selected(), harness.app().state().counts.all), (selected, 6));
    let harness = harness.keys("g e");
    let frame = harness.frame();
    assert!(frame.contains("Feeds that failed") && frame.contains("it is not there (404)"), "{frame}");
    assert!(frame.contains("check the address"), "{frame}");
    let harness = harness.keys("esc");
    assert!(!harness.frame().contains("Feeds that failed"));
}

#[test]
fn new_articles_move_nothing_that_is_read() {
    let server = Loopback::new(|asked| {
        let entries: Vec<_> = (0..20).map(|n| (format!("{}{n}", asked.path), format!("Text {n}."))).collect();
        let entries: Vec<_> = entries.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
        Said::ok(json_feed("Tide", &entries))
    });
    let old: Vec<String> = (0..60)
        .map(|n| {
            format!(
                "---\ntitle: Old article {n}\ndate: 2026-10-{:02}\n---\n\nWords {n}.\n\n{}",
                n % 28 + 1,
                "More. ".repeat(900)
            )
        })
        .collect();
    let old: Vec<&str> = old.iter().map(String::as_str).collect();
    for keys in ["", "j j j", "1 5 G", "1 5 G enter space", "/ w o r d s enter j j"] {
        let harness = Harness::new(120, 40, &old).keys(keys);
        let wanted = [(server.at("/feed"), Subscription::default())];
        Library::open(&harness.library()).unwrap().subscribe(&wanted, 0).unwrap();
        // Between the bars.
        let shown = |harness: &Harness| {
            let frame = harness.frame();
            let lines: Vec<String> = frame.lines().map(str::to_owned).collect();
            lines[1..lines.len() - 1].join("\n")
        };
        let before = shown(&harness);
        let harness = harness.keys("R");
        assert_eq!(harness.app().state().counts.all, 80);
        let after = shown(&harness);
        // A search counts what it finds.
        let counted = |frame: &str| frame.replace("80 articles", "60 articles");
        assert_eq!(counted(&after), before, "{keys}");
    }
}

#[test]
fn how_far_it_is_is_shown_and_escape_stops_it() {
    let mut harness = Harness::new(80, 24, articles::ALL);
    harness.event(Event::Reply(Reply::Refreshing(Asking { done: 3, of: 40, new: 12, pages: None })));
    assert!(harness.frame().contains("3 of 40 feeds, 12 new   esc stops"), "{}", harness.frame());
    // Everything else goes on.
    let harness = harness.keys("j");
    assert!(harness.frame().contains("3 of 40 feeds, 12 new"));
    let harness = harness.keys("R");
    assert!(harness.frame().contains("feeds are being asked already"));
    let harness = harness.keys("esc");
    assert_eq!(harness.effects.last(), Some(&Effect::StopRefresh));
}

#[test]
fn the_whole_text_is_fetched_and_the_short_one_kept() {
    let server = Loopback::new(answer);
    let harness = adds(Harness::new(120, 40, &[]), &server.at("/feed"));
    let harness = harness.keys("g g enter");
    let harness = if harness.frame().contains("One, in short.") { harness } else { harness.keys("J") };
    assert!(harness.frame().contains("One, in short."), "{}", harness.frame());
    let harness = harness.keys("x");
    let stored = harness.app().state().article.stored.as_ref().unwrap();
    assert!(stored.article.document.text().contains("One, told at length"), "{}", harness.frame());
    assert_eq!(stored.revisions.len(), 1);
}

#[test]
fn the_page_of_a_bookmark_is_fetched_and_one_that_fails_leaves_it_as_it_was() {
    let server = Loopback::new(answer);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bookmarks.html");
    let link = |path: &str, title: &str, day: i64| {
        format!("<DT><A HREF='{}' ADD_DATE='{day}' TAGS='sea'>{title}</A>", server.at(path))
    };
    let list = format!(
        "<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p>{}{}</DL>",
        link("/page", "My own title", 1_504_607_415),
        link("/missing", "Lost", 1_404_607_415)
    );
    std::fs::write(&file, list).unwrap();
    // What the reader has a feed of may lie in one's own network.
    let harness = adds(Harness::new(120, 40, &[]), &server.at("/feed"));
    let mut harness = adds(harness, file.to_str().unwrap()).keys("g b");
    for (row, title, fetched) in [("g g", "My own title", true), ("G", "Lost", false)] {
        harness = harness.keys(row).keys("enter");
        let before = harness.app().state().article.stored.clone().unwrap();
        assert_eq!((before.summary.title.as_str(), before.article.document.text()), (title, ""));
        harness = harness.keys("x");
        let after = harness.app().state().article.stored.clone().unwrap();
        assert_eq!((after.summary.title.as_str(), after.summary.bookmarked.is_some()), (title, true));
        assert_eq!(after.article.tags, ["sea"]);
        if fetched {
            assert!(after.article.document.text().starts_with("The quay is closed to all"), "{}", harness.frame());
        } else {
            assert_eq!(after.article, before.article);
            assert!(harness.frame().contains("it is not there (404)"), "{}", harness.frame());
        }
        harness = harness.keys("h");
    }
}

#[test]
fn a_page_that_fails_leaves_a_shortened_article_as_it_was() {
    // The second entry has no page of its own: what is said there is a feed.
    let server = Loopback::new(answer);
    let harness = adds(Harness::new(120, 40, &[]), &server.at("/feed")).keys("g g enter");
    let harness = if harness.frame().contains("Two.") { harness } else { harness.keys("J") };
    let before = harness.app().state().article.stored.clone().unwrap();
    assert_eq!(before.article.document.text(), "Two.");
    let harness = harness.keys("x");
    let after = harness.app().state().article.stored.clone().unwrap();
    assert_eq!((after.article, after.revisions.len()), (before.article, 0));
    assert!(harness.app().state().notice.as_ref().is_some_and(|notice| notice.error), "{}", harness.frame());
}

#[test]
fn the_feed_of_an_article_is_found_after_it_was_renamed() {
    let server = Loopback::new(answer);
    let harness = adds(Harness::new(120, 40, articles::ALL), &server.at("/feed"));
    let mut library = Library::open(&harness.library()).unwrap();
    let feed = library.feeds().unwrap().remove(0);
    let renamed = Subscription { title: Some("Another name".into()), ..feed.subscription };
    library.resubscribe(&[(feed.id, renamed)], 0).unwrap();
    drop(library);
    let asked = server.asked().len();
    let harness = harness.keys("/").types("short").keys("enter r");
    assert_eq!(server.asked().len(), asked + 1, "{}", harness.frame());
    // What no feed brought has none to ask.
    let harness = harness.keys("esc g l").keys("/").types("mill").keys("enter r");
    assert!(harness.frame().contains("there is no feed to ask"), "{}", harness.frame());
    assert_eq!(server.asked().len(), asked + 1);
}

#[test]
fn offline_is_said_once_and_quietly() {
    let harness = Harness::new(80, 24, articles::ALL);
    let mut library = Library::open(&harness.library()).unwrap();
    let feeds = ["http://nowhere.invalid/feed", "http://nobody.invalid/feed"];
    let feeds = feeds.map(|address| (address.to_owned(), Subscription::default()));
    library.subscribe(&feeds, 0).unwrap();
    let mut harness = harness.keys("R");
    let notice = harness.app().state().notice.clone().unwrap();
    assert_eq!((notice.text.as_str(), notice.error), ("offline", false));
    // By itself it says nothing at all.
    harness = harness.keys("j");
    harness.event(Event::Reply(Reply::RefreshDue));
    assert_eq!(harness.app().state().notice, None);
}

#[test]
fn a_feed_that_wants_to_be_left_alone_is_not_called_missing() {
    let server = Loopback::new(|_| Said::new("429 Too Many Requests", ""));
    let harness = Harness::new(80, 24, articles::ALL);
    let feed = (server.at("/feed"), Subscription::default());
    Library::open(&harness.library()).unwrap().subscribe(&[feed], 0).unwrap();
    let harness = harness.keys("R").keys("R");
    assert!(harness.frame().contains("no feed may be asked now: g f says why"), "{}", harness.frame());
    assert_eq!(server.asked().len(), 1);
}

/// A reader with three feeds that nobody has asked yet.
fn with_feeds(columns: u16, rows: u16) -> Harness {
    let harness = Harness::new(columns, rows, articles::ALL);
    let feed = |n: u8, title: &str, folder: &str| {
        let wanted = Subscription { title: Some(title.into()), folder: folder.into(), ..Subscription::default() };
        (format!("http://127.0.0.{n}:9/feed"), wanted)
    };
    let feeds = [feed(1, "Tide Watch", "News/Local"), feed(2, "Paper Trade Weekly", ""), feed(3, "Islands", "News")];
    Library::open(&harness.library()).unwrap().subscribe(&feeds, 0).unwrap();
    harness
}

fn reply(mut harness: Harness, replies: impl IntoIterator<Item = Reply>) -> Harness {
    for reply in replies {
        harness.event(Event::Reply(reply));
    }
    harness
}

/// A refresh in which one feed has brought something, one has failed, and one is waited for.
fn under_way(harness: Harness) -> Harness {
    let told = |feed, title: &str, outcome| Reply::Told { feed, title: title.into(), outcome };
    reply(
        harness,
        [
            Reply::Refreshing(Asking { of: 3, ..Asking::default() }),
            Reply::Asked(vec![1, 2, 3]),
            told(2, "Paper Trade Weekly", Outcome::News { new: 12, updated: 0 }),
            told(1, "Tide Watch", Outcome::Failed("it did not answer within 30 s".into())),
            Reply::Refreshing(Asking { done: 2, of: 3, new: 12, pages: None }),
        ],
    )
}

#[test]
fn frames_of_feeds() {
    let server = Loopback::new(answer);
    for (columns, rows) in [(40, 12), (80, 24), (120, 40)] {
        let size = format!("{columns}x{rows}");
        let typed = Harness::new(columns, rows, articles::ALL).keys("a").types("https://news.example/feed.xml");
        insta::assert_snapshot!(format!("subscribing_{size}"), typed.frame());
        let listed = with_feeds(columns, rows).keys("g f");
        insta::assert_snapshot!(format!("feeds_{size}"), listed.frame());
        let asked = under_way(with_feeds(columns, rows));
        insta::assert_snapshot!(format!("refreshing_{size}"), asked.frame());
        let asked = asked.keys("g f");
        insta::assert_snapshot!(format!("refreshing_feeds_{size}"), asked.frame());
        let kept = with_feeds(columns, rows).keys("g f").types("tide").keys("enter");
        insta::assert_snapshot!(format!("feed_{size}"), kept.frame());

        let harness = Harness::new(columns, rows, articles::ALL);
        let feeds = ["/feed", "/missing"].map(|path| {
            (server.at(path), Subscription { title: Some(format!("Feed {path}")), ..Subscription::default() })
        });
        Library::open(&harness.library()).unwrap().subscribe(&feeds, 0).unwrap();
        let failed = harness.keys("R g e");
        insta::assert_snapshot!(format!("failed_feeds_{size}"), failed.frame());
    }
}

#[test]
fn how_each_feed_is_can_be_followed_while_they_are_asked() {
    let harness = under_way(with_feeds(80, 24).keys("g f"));
    let frame = harness.frame();
    for line in ["12 new", "! it did not answer within 30 s", "waiting …"] {
        assert!(frame.contains(line), "{line}:\n{frame}");
    }
    // The first Esc closes what is shown, the second stops the refresh, and then it is over.
    let harness = harness.keys("esc");
    assert_ne!(harness.effects.last(), Some(&Effect::StopRefresh));
    let harness = harness.keys("esc");
    assert_eq!(harness.effects.last(), Some(&Effect::StopRefresh));
    let stopped = pullquote::app::event::Refreshed { new: 12, stopped: true, ..Default::default() };
    let harness = reply(harness, [Reply::Refreshed(stopped)]);
    assert!(harness.frame().contains("stopped; 12 new articles"), "{}", harness.frame());
    assert!(!harness.keys("g f").frame().contains("waiting"));
}

#[test]
fn what_is_decided_about_a_feed_is_kept_and_taken_back() {
    let harness = with_feeds(80, 24).keys("g f").types("tide").keys("enter");
    let decided = |harness: &Harness| {
        let feeds = Library::open(&harness.library()).unwrap().feeds().unwrap();
        feeds.into_iter().find(|feed| feed.id == 1).map(|feed| feed.subscription)
    };
    // Title, folder, tags and interval are written; whole texts are switched on.
    let harness = harness.keys("enter ctrl-u").types("Tides").keys("enter");
    assert!(harness.frame().contains("Tides: title changed; u takes it back"), "{}", harness.frame());
    let harness = harness.keys("j enter ctrl-u").types("Sea / Local").keys("enter");
    let harness = harness.keys("j enter").types("sea daily").keys("enter");
    let harness = harness.keys("j enter").types("soon").keys("enter");
    assert!(harness.frame().contains("a number is wanted here"), "{}", harness.frame());
    let harness = harness.keys("enter").types("90").keys("enter j enter j enter").types("500").keys("enter");
    let kept = decided(&harness).unwrap();
    let expected = Subscription {
        subscribed: true,
        title: Some("Tides".into()),
        folder: "Sea/Local".into(),
        tags: vec!["sea".into(), "daily".into()],
        interval: 90,
        full_text: true,
        keep: Some(500),
        ..Subscription::default()
    };
    assert_eq!(kept, expected);
    assert!(harness.frame().contains("the newest 500; older ones go to the trash"), "{}", harness.frame());
    // A prompt that is left changes nothing; an empty one takes away what was decided.
    let harness = harness.keys("enter ctrl-u esc k k enter ctrl-u enter");
    let kept = decided(&harness).unwrap();
    assert_eq!((kept.keep, kept.interval), (Some(500), 0));
    // No longer subscribed to, and again, with all that was decided.
    let harness = harness.keys("end").keys("k enter");
    assert_eq!(decided(&harness), None, "{}", harness.frame());
    let harness = harness.keys("esc u");
    assert_eq!(decided(&harness).map(|kept| kept.folder), Some("Sea/Local".into()));
}

#[test]
fn what_changed_is_told_besides_what_is_new() {
    let server = Loopback::new(|asked| {
        let again = asked.header("if-none-match").is_some();
        let entries = [("1", if again { "One, corrected." } else { "One." }), ("2", "Two.")];
        Said::new("200 OK\nETag: \"a\"", json_feed("Tide", &entries))
    });
    let harness = adds(Harness::new(80, 24, articles::ALL), &server.at("/feed")).keys("R");
    assert!(harness.frame().contains("0 new articles, 1 changed"), "{}", harness.frame());
    let line = |new, updated| Outcome::News { new, updated }.line();
    assert_eq!(
        [line(0, 0), line(2, 0), line(0, 1), line(2, 1)],
        ["nothing new", "2 new", "1 changed", "2 new, 1 changed"]
    );
}

#[test]
fn one_feed_is_asked_from_the_list_of_feeds() {
    let server = Loopback::new(answer);
    let harness = Harness::new(80, 24, articles::ALL);
    let feeds = ["/feed", "/other"].map(|path| (server.at(path), Subscription::default()));
    Library::open(&harness.library()).unwrap().subscribe(&feeds, 0).unwrap();
    let harness = harness.keys("g f").types("other").keys("enter").types("ask").keys("enter");
    assert_eq!(harness.app().state().counts.all, 6, "{}", harness.frame());
    assert_eq!(server.asked().iter().map(|asked| asked.path.as_str()).collect::<Vec<_>>(), ["/other"]);
    assert!(harness.frame().contains("2 articles, asked 22 Nov 2026"), "{}", harness.frame());
}
