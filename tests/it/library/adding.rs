//! Articles coming in.

use pullquote::clock::Now;
use pullquote::library::{Added, Prepared};
use pullquote::model::{Article, Change, Document, Order, Published};
use pullquote::query::Query;

use super::{NOW, Place, add, add_with, article, dated, id, speech, titles};

#[test]
fn a_stored_article_comes_back_whole() {
    let place = Place::new();
    let mut library = place.open();
    let given = Article {
        guid: Some("c1".to_owned()),
        source: Some("Harbour Courier".to_owned()),
        author: Some("Mira Tolland".to_owned()),
        published: Some(Published { seconds: 1_500_000_000 / 86_400 * 86_400, day_only: true }),
        language: Some("en".to_owned()),
        tags: vec!["rail".to_owned(), "north".to_owned()],
        ..article("Trains stop", &["Nothing moved.", "“We wait,” said Orla Finch."])
    };
    let quotes = [speech(16, 31, Some("Orla Finch"))];
    let added = add_with(&mut library, given.clone(), &quotes);
    assert_eq!(added, Added::New(1));

    let stored = library.article(1).unwrap().unwrap();
    let tags = vec!["north".to_owned(), "rail".to_owned()];
    assert_eq!(stored.article, Article { tags: tags.clone(), ..given });
    assert_eq!(stored.quotes, quotes);
    assert_eq!((stored.added, stored.position, stored.note, stored.revisions), (NOW, None, None, vec![]));
    let summary = stored.summary;
    assert_eq!((summary.words, summary.quotes, summary.read, summary.trashed), (7, 1, false, false));
    assert_eq!((summary.bookmarked, summary.tags), (None, tags));
    assert_eq!(library.article(2).unwrap(), None);
}

#[test]
fn an_article_without_a_date_stands_where_it_was_added() {
    let place = Place::new();
    let mut library = place.open();
    add(&mut library, dated(article("later", &["a"]), NOW + 10));
    add(&mut library, article("undated", &["b"]));
    add(&mut library, dated(article("earlier", &["c"]), NOW - 10));
    assert_eq!(titles(&library), ["later", "undated", "earlier"]);
    let stored = library.article(2).unwrap().unwrap();
    assert_eq!(stored.article.published, None);
    assert_eq!(stored.summary.published, Published { seconds: NOW, day_only: false });
}

#[test]
fn what_is_there_is_not_stored_twice() {
    let place = Place::new();
    let mut library = place.open();
    let nameless = |text: &str| Article { url: None, ..article("nameless", &[text]) };
    let record = |guid: &str, source: Option<&str>, title: &str| Article {
        guid: Some(guid.to_owned()),
        source: source.map(str::to_owned),
        url: None,
        ..article(title, &["text"])
    };
    let at = |url: &str, text: &str| Article { url: Some(url.to_owned()), ..article("at the top", &[text]) };
    let table = [
        (article("by address", &["one"]), true),
        (article("by address", &["one"]), false),
        (nameless("one"), true),
        (nameless("one"), false),
        (nameless("two"), true),
        (record("1", Some("Wire"), "a"), true),
        (record("1", Some("Wire"), "a"), false),
        (record("1", Some("Ledger"), "a"), true),
        // A source may have several collections that count from 1.
        (record("1", Some("Wire"), "b"), true),
        (record("1", Some("Wire"), "b"), false),
        (record("w-1", Some("Wire"), "a"), true),
        (at("https://wire.example/", "one"), true),
        (at("https://wire.example/", "one"), false),
        (at("https://wire.example/", "two"), true),
        (at("HTTP://wire.example", "one"), true),
        (at("HTTP://wire.example", "two"), true),
        (at("https://wire.example/?p=1", "one"), true),
        (at("https://wire.example/?p=1", "one"), false),
        (at("https://wire.example/?p=2", "one"), true),
        // Without a source the same number in another collection is another article.
        (record("1", None, "a"), true),
        (record("1", None, "b"), true),
        (record("1", None, "b"), false),
    ];
    // All in one batch, and again one by one.
    let batch: Vec<Prepared> = table.iter().map(|(article, _)| Prepared::new(article.clone(), &[])).collect();
    let first = library.add(&batch, NOW).unwrap();
    let new: Vec<bool> = first.iter().map(|added| matches!(added, Added::New(_))).collect();
    assert_eq!(new, table.iter().map(|(_, new)| *new).collect::<Vec<_>>());
    for ((article, _), first) in table.into_iter().zip(first) {
        assert_eq!(add(&mut library, article), Added::Known(id(first)));
    }
    // A name that is more than a number stays the article's when its title changes.
    let renamed = add(&mut library, record("w-1", Some("Wire"), "b"));
    assert!(matches!(renamed, Added::Updated(_)), "{renamed:?}");
    assert_eq!(library.counts().unwrap().all, 15);
}

#[test]
fn the_same_text_under_another_name_is_the_same_article() {
    let place = Place::new();
    let mut library = place.open();
    let long = "The ferry came late and nobody on the quay knew why. ".repeat(10);
    let given = |guid: Option<&str>, source: Option<&str>, url: Option<&str>, text: &str| Article {
        guid: guid.map(str::to_owned),
        source: source.map(str::to_owned),
        url: url.map(|path| format!("https://{path}")),
        ..article("Ferry", &[text])
    };
    let longer = long.clone() + "It was the fog.";
    let urn = Some("urn:uuid:5f0c");
    let table = [
        // With a source and without, by its own number.
        (given(Some("f-7"), Some("Wire"), None, "Late."), Added::New(1)),
        (given(Some("f-7"), None, None, "Late."), Added::Known(1)),
        (given(Some("f-7"), Some("Ledger"), None, "Late again."), Added::New(2)),
        // A copy elsewhere, if it is long enough to be no notice; what the first one lacked is taken from it.
        (given(None, None, Some("a.example/1"), &long), Added::New(3)),
        (given(None, Some("Wire"), Some("b.example/1"), &long), Added::Updated(3)),
        (given(None, Some("Ledger"), Some("c.example/1"), &long), Added::Known(3)),
        (given(None, None, None, &long), Added::Known(3)),
        (given(None, None, Some("a.example/2"), "Log in to read on."), Added::New(4)),
        (given(None, None, Some("b.example/2"), "Log in to read on."), Added::New(5)),
        // A name that is one in the whole world holds when the address changes, and the text with it.
        (given(urn, Some("Wire"), Some("a.example/3"), "Sold."), Added::New(6)),
        (given(urn, Some("Wire"), Some("a.example/3?new"), "Sold out."), Added::Updated(6)),
        (given(urn, None, None, "Sold out."), Added::Known(6)),
        // A number does not: another collection counts too.
        (given(Some("c8"), Some("Wire"), Some("a.example/4"), "One."), Added::New(7)),
        (given(Some("c8"), Some("Wire"), Some("b.example/4"), "Two."), Added::New(8)),
        // A collection without addresses that names two records means two.
        (given(Some("day-1"), None, None, &longer), Added::New(9)),
        (given(Some("day-2"), None, None, &longer), Added::New(10)),
        (given(Some("day-2"), None, None, &longer), Added::Known(10)),
        (given(None, None, None, &longer), Added::Known(9)),
    ];
    for (article, expected) in table {
        assert_eq!(add(&mut library, article.clone()), expected, "{article:?}");
    }
    let stored = library.article(3).unwrap().unwrap();
    let summary = &stored.summary;
    assert_eq!((summary.source.as_deref(), summary.url.as_deref()), (Some("Wire"), Some("https://a.example/1")));
    assert_eq!((stored.revisions.len(), library.article(6).unwrap().unwrap().revisions.len()), (0, 1));
    assert_eq!(library.check().unwrap(), Vec::<String>::new());
    // Purged, it is unknown again.
    library.change(&[6], &Change::Trashed(true), NOW).unwrap();
    library.purge().unwrap();
    assert_eq!(library.check().unwrap(), Vec::<String>::new());
    assert_eq!(add(&mut library, given(urn, None, Some("a.example/3"), "Sold.")), Added::New(11));
}

#[test]
fn a_changed_text_is_taken_over_and_the_earlier_one_kept() {
    let place = Place::new();
    let mut library = place.open();
    let first = add(&mut library, article("story", &["It rained."]));
    library.change(&[1], &Change::Read(true), NOW).unwrap();
    library.change(&[1], &Change::Bookmarked(true), NOW).unwrap();
    let renewed =
        Article { author: Some("Ada Pell".to_owned()), ..article("story", &["It rained.", "“Much,” said Bo."]) };
    assert_eq!(add_with(&mut library, renewed, &[speech(12, 21, Some("Bo"))]), Added::Updated(id(first)));

    let stored = library.article(1).unwrap().unwrap();
    assert_eq!(stored.article.document.text(), "It rained.\n\n“Much,” said Bo.");
    assert_eq!((stored.summary.words, stored.summary.quotes, stored.revisions.len()), (5, 1, 1));
    assert_eq!(stored.summary.author.as_deref(), Some("Ada Pell"));
    assert!(stored.summary.read && stored.summary.bookmarked == Some(NOW));
    let revisions = library.revisions(1).unwrap();
    assert_eq!(revisions, [(NOW, "story".to_owned(), Document::plain(["It rained."]))]);
}

#[test]
fn particulars_alone_change_without_a_revision_and_are_not_lost() {
    let place = Place::new();
    let mut library = place.open();
    let full = Article { source: Some("Wire".to_owned()), author: Some("A".to_owned()), ..article("story", &["x"]) };
    add(&mut library, full.clone());
    // A poorer copy takes nothing away.
    assert_eq!(add(&mut library, article("story", &["x"])), Added::Known(1));
    let moved = Article { source: Some("Ledger".to_owned()), ..dated(full, 5) };
    assert_eq!(add(&mut library, moved.clone()), Added::Updated(1));
    assert_eq!(add(&mut library, moved), Added::Known(1));
    let stored = library.article(1).unwrap().unwrap();
    assert_eq!((stored.article.source.as_deref(), stored.article.author.as_deref()), (Some("Ledger"), Some("A")));
    assert_eq!((stored.summary.published.seconds, stored.revisions.len()), (5, 0));
    assert_eq!(library.sources().unwrap(), [("Ledger".to_owned(), 1)]);
}

#[test]
fn tags_that_come_later_are_added_and_none_is_taken_away() {
    let place = Place::new();
    let mut library = place.open();
    let tagged = |tags: &[&str]| Article {
        tags: tags.iter().copied().map(str::to_owned).collect(),
        ..article("story", &["It rained."])
    };
    assert_eq!(add(&mut library, tagged(&["rail"])), Added::New(1));
    assert_eq!(add(&mut library, tagged(&["rail"])), Added::Known(1));
    assert_eq!(add(&mut library, tagged(&["rail", "north"])), Added::Updated(1));
    assert_eq!(add(&mut library, tagged(&["north"])), Added::Known(1));
    let stored = library.article(1).unwrap().unwrap();
    assert_eq!((stored.summary.tags, stored.revisions.len()), (vec!["north".to_owned(), "rail".to_owned()], 0));
}

#[test]
fn many_alike_and_many_different_bodies_are_kept_through_training() {
    let place = Place::new();
    let mut library = place.open();
    let body = |n: usize| {
        format!("The harbour of Nor{n} opened on day {} with {} boats and a band that played.", n % 30, n * 7)
    };
    for batch in 0..5 {
        let articles: Vec<Prepared> = (batch * 200..batch * 200 + 200)
            .map(|n| Prepared::new(article(&format!("t{n}"), &[&body(n), &body(n / 2), &body(n / 3)]), &[]))
            .collect();
        library.add(&articles, NOW).unwrap();
    }
    drop(library);
    let library = place.open();
    for n in [0, 399, 400, 401, 999] {
        let stored = library.article(n + 1).unwrap().unwrap();
        assert!(stored.article.document.text().starts_with(&body(usize::try_from(n).unwrap())));
    }
    let all = library.list(&Query::default(), Order::Oldest, &Now::fixed(NOW)).unwrap().unwrap();
    assert_eq!(all, (1..=1000).collect::<Vec<_>>());
}
