//! Feeds in the library: subscriptions with undo, entries that are known again, what the reader did and is not undone.

use pullquote::library::{News, Subscribed};
use pullquote::model::{Change, Failing, Feed, Heard, Known, Subscription};

use super::*;

fn entry(guid: &str, url: &str, text: &str) -> Prepared {
    let url = (!url.is_empty()).then(|| url.to_owned());
    Prepared::new(Article { guid: Some(guid.to_owned()), url, ..article("Entry", &[text]) }, &[])
}

fn answered(feed: i64, entries: Vec<Prepared>) -> News {
    News { feed, heard: Heard::Answered { known: None, due: NOW + 60 }, entries }
}

fn subscribed(library: &mut Library, address: &str) -> i64 {
    match library.subscribe(&[(address.to_owned(), Subscription::default())], NOW).unwrap()[0] {
        Subscribed::New(id) | Subscribed::Known(id) => id,
    }
}

fn feed(library: &Library, id: i64) -> Feed {
    library.feeds().unwrap().into_iter().find(|feed| feed.id == id).unwrap()
}

#[test]
fn what_was_decided_about_feeds_can_be_undone_together() {
    let place = Place::new();
    let mut library = place.open();
    let wanted = ["a", "b"].map(|name| {
        let tags = vec!["daily".to_owned()];
        (
            format!("https://{name}.example/feed"),
            Subscription { tags, folder: "News".into(), ..Subscription::default() },
        )
    });
    assert_eq!(library.subscribe(&wanted, NOW).unwrap(), [Subscribed::New(1), Subscribed::New(2)]);
    assert_eq!(library.subscribe(&wanted[..1], NOW).unwrap(), [Subscribed::Known(1)]);
    let before = library.feeds().unwrap();
    assert_eq!((before.len(), before[0].title()), (2, "https://a.example/feed"));

    let renamed = Subscription { title: Some("Tide".into()), keep: Some(3), ..before[0].subscription.clone() };
    assert_eq!(library.resubscribe(&[(1, renamed.clone())], NOW).unwrap(), 1);
    assert_eq!(library.resubscribe(&[(1, renamed)], NOW).unwrap(), 0, "it was so already");
    assert_eq!(feed(&library, 1).title(), "Tide");
    assert!(matches!(library.undo().unwrap().unwrap().change, Change::Feeds(feeds) if feeds.len() == 1));
    assert_eq!(library.feeds().unwrap(), before);
    library.redo().unwrap().unwrap();
    assert_eq!(feed(&library, 1).subscription.keep, Some(3));
    library.undo().unwrap();
    library.undo().unwrap();
    assert_eq!(library.feeds().unwrap(), []);
    library.redo().unwrap();
    assert_eq!(library.feeds().unwrap(), before);
    assert!(library.resubscribe(&[(9, Subscription::default())], NOW).is_err());
}

#[test]
fn a_removed_feed_keeps_its_articles_and_comes_back() {
    let place = Place::new();
    let mut library = place.open();
    let id = subscribed(&mut library, "https://a.example/feed");
    library.take_in(&[answered(id, vec![entry("1", "", "One.")])], NOW).unwrap();
    library.resubscribe(&[(id, Subscription::default())], NOW).unwrap();
    assert_eq!((library.feeds().unwrap(), library.counts().unwrap().all), (vec![], 1));
    assert_eq!(subscribed(&mut library, "https://a.example/feed"), id);
    assert_eq!(feed(&library, id).articles, 1);
    let again = library.take_in(&[answered(id, vec![entry("1", "", "One.")])], NOW).unwrap();
    assert_eq!(again, [[Added::Known(1)]]);
}

#[test]
fn what_was_heard_is_kept() {
    let place = Place::new();
    let mut library = place.open();
    let [id, other] = ["https://a.example/feed", "https://b.example/feed"].map(|at| subscribed(&mut library, at));
    let known = Known {
        named: Some("Tide".into()),
        etag: Some("\"1\"".into()),
        moved: Some("https://a.example/new".into()),
        ..Known::default()
    };
    let heard = Heard::Answered { known: Some(known.clone()), due: NOW + 600 };
    library.take_in(&[News { feed: id, heard, entries: vec![] }], NOW).unwrap();
    let kept = feed(&library, id);
    assert_eq!((kept.title(), kept.place(), kept.etag.as_deref()), ("Tide", "https://a.example/new", Some("\"1\"")));
    assert_eq!((kept.fetched, kept.due), (Some(NOW), NOW + 600));
    assert_eq!(subscribed(&mut library, "https://a.example/new"), id, "it is known where it moved to");

    // Two feeds that lead to the same address stay two.
    let heard = Heard::Answered { known: Some(known), due: 0 };
    library.take_in(&[News { feed: other, heard, entries: vec![] }], NOW).unwrap();
    assert_eq!(feed(&library, other).moved, None);

    let failing = Failing { message: "it is not there (404)".into(), hint: Some("look for it".into()) };
    let heard = Heard::Failed { failing: failing.clone(), wait: NOW + 9 };
    library.take_in(&[News { feed: id, heard, entries: vec![] }], NOW).unwrap();
    let kept = feed(&library, id);
    assert_eq!((kept.failure, kept.wait, kept.etag.as_deref()), (Some(failing), NOW + 9, Some("\"1\"")));
    library.take_in(&[answered(id, vec![])], NOW).unwrap();
    assert_eq!((feed(&library, id).failure, feed(&library, id).wait), (None, 0));
    library.take_in(&[News { feed: id, heard: Heard::Gone, entries: vec![] }], NOW).unwrap();
    assert!(feed(&library, id).gone);
}

#[test]
fn an_entry_is_known_again_and_its_changes_are_revisions() {
    let place = Place::new();
    let mut library = place.open();
    let id = subscribed(&mut library, "https://a.example/feed");
    let mut take = |entries| library.take_in(&[answered(id, entries)], NOW).unwrap().remove(0);
    let url = "https://a.example/1";
    assert_eq!(take(vec![entry("1", url, "Old."), entry("2", "", "Two.")]), [Added::New(1), Added::New(2)]);
    assert_eq!(take(vec![entry("1", url, "Old."), entry("2", "", "Two.")]), [Added::Known(1), Added::Known(2)]);
    assert_eq!(take(vec![entry("1", url, "New.")]), [Added::Updated(1)]);
    // Its address changed, its name did not.
    assert_eq!(take(vec![entry("1", "https://a.example/one", "New.")]), [Added::Known(1)]);
    assert_eq!(library.article(1).unwrap().unwrap().revisions.len(), 1);
}

#[test]
fn two_feeds_with_one_article_do_not_quarrel() {
    let place = Place::new();
    let mut library = place.open();
    let [one, two] = ["https://a.example/feed", "https://b.example/feed"].map(|at| subscribed(&mut library, at));
    let url = "https://a.example/1";
    let mut take = |feed, text| library.take_in(&[answered(feed, vec![entry("1", url, text)])], NOW).unwrap().remove(0);
    assert_eq!(take(one, "Short."), [Added::New(1)]);
    // The fuller text is the better one, and stays.
    assert_eq!(take(two, "Short at first and then not at all."), [Added::Updated(1)]);
    for _ in 0..3 {
        assert_eq!(take(one, "Short."), [Added::Known(1)]);
        assert_eq!(take(two, "Short at first and then not at all."), [Added::Known(1)]);
    }
    let kept = library.article(1).unwrap().unwrap();
    assert_eq!((kept.article.document.text(), kept.revisions.len()), ("Short at first and then not at all.", 1));
}

#[test]
fn the_text_of_the_page_is_not_replaced_by_the_feeds() {
    let place = Place::new();
    let mut library = place.open();
    let id = subscribed(&mut library, "https://a.example/feed");
    let url = "https://a.example/1";
    library.take_in(&[answered(id, vec![entry("1", url, "Teaser.")])], NOW).unwrap();
    assert!(library.take_page(1, &entry("1", url, "All of it, told at length."), NOW).unwrap());
    for text in ["Teaser.", "Another teaser that is much longer than the text of the page itself ever was."] {
        let taken = library.take_in(&[answered(id, vec![entry("1", url, text)])], NOW).unwrap();
        assert_eq!(taken, [[Added::Known(1)]]);
    }
    let kept = library.article(1).unwrap().unwrap();
    assert_eq!((kept.article.document.text(), kept.revisions.len()), ("All of it, told at length.", 1));
    let revisions = library.revisions(1).unwrap();
    assert_eq!(revisions[0].2.text(), "Teaser.");
    assert!(!library.take_page(99, &entry("1", url, "x"), NOW).unwrap());
}

#[test]
fn what_the_reader_did_is_not_undone_by_a_feed() {
    let place = Place::new();
    let mut library = place.open();
    let tags = vec!["daily".to_owned()];
    library
        .subscribe(&[("https://a.example/feed".into(), Subscription { tags, ..Subscription::default() })], NOW)
        .unwrap();
    let tagged = |text| {
        let article = Article { guid: Some("1".into()), tags: vec!["daily".into()], ..article("Entry", &[text]) };
        Prepared::new(article, &[])
    };
    library.take_in(&[answered(1, vec![tagged("One.")])], NOW).unwrap();
    library.change(&[1], &Change::Tag("daily".into(), false), NOW).unwrap();
    library.change(&[1], &Change::Trashed(true), NOW).unwrap();
    library.take_in(&[answered(1, vec![tagged("One, again.")])], NOW).unwrap();
    let kept = library.article(1).unwrap().unwrap();
    assert_eq!((kept.summary.tags, kept.summary.trashed), (vec![], true));
    library.purge().unwrap();
    for text in ["One, again.", "One, quite new."] {
        assert_eq!(library.take_in(&[answered(1, vec![tagged(text)])], NOW).unwrap(), [[Added::Known(1)]]);
    }
    assert_eq!(library.counts().unwrap().all, 0, "what was purged does not come back");
}

#[test]
fn beyond_the_number_that_is_kept_the_oldest_go_to_the_trash() {
    let place = Place::new();
    let mut library = place.open();
    let keep = Subscription { keep: Some(2), ..Subscription::default() };
    library.subscribe(&[("https://a.example/feed".into(), keep)], NOW).unwrap();
    let numbered = |n: i64| Prepared::new(dated(article(&format!("Number {n}"), &["Text."]), n * 1000), &[]);
    library.take_in(&[answered(1, (1..=2).map(numbered).collect())], NOW).unwrap();
    library.change(&[1], &Change::Bookmarked(true), NOW).unwrap();
    library.take_in(&[answered(1, (3..=5).map(numbered).collect())], NOW).unwrap();
    let trashed: Vec<bool> = library.summaries(&[1, 2, 3, 4, 5]).unwrap().iter().map(|row| row.trashed).collect();
    assert_eq!(trashed, [false, true, true, false, false]);
}
