//! The index finds what the slow matcher finds, whatever happened before.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::select;
use pullquote::clock::Now;
use pullquote::library::{Added, CaughtUp, Index, Library, Prepared};
use pullquote::model::{Article, Change, Document, Id, Order, Published, Quote, Span, Stored};
use pullquote::query::{Date, Field, Is, Leaf, Node, Query, Subject, matches, parse};

use super::{NOW, Place, add, add_with, article, dated, id, speech};

const WORDS: &[&str] = &[
    "rail", "railway", "Rails", "strike", "s", "St", "the", "café", "Cafe", "Straße", "東京", "don’t", "it’s", "3",
    "2026",
];
const NAMES: &[&str] = &["Orla Finch", "Bo", "Mira Tolland-Finch", "Rail Union"];
const SOURCES: &[&str] = &["Harbour Wire", "Northern Post", "Rail Wire"];

pub(super) fn never() -> bool {
    false
}

pub(super) fn catch_up(index: &mut Index, library: &Library) {
    assert_eq!(index.catch_up(library, &never, &mut |_, _| ()).unwrap(), CaughtUp::Done);
}

pub(super) fn find(index: &mut Index, library: &Library, query: &Query, order: Order) -> Vec<Id> {
    let found = index.search(library, query, order, &Now::fixed(NOW), None, &never).unwrap();
    assert!(found.complete, "{query:?}");
    found.ids
}

/// What happens to a library.
#[derive(Clone, Debug)]
enum Event {
    /// An article comes in, new or again, under one of a few addresses.
    Add {
        address: u8,
        article: Box<Article>,
        quotes: Vec<Quote>,
        /// The index is told at once, from what is at hand.
        told: bool,
    },
    Change(Id, Change),
    /// The reader says who speaks one of its quotations, or keeps it.
    Say(Id, prop::sample::Index, Option<&'static str>),
    Keep(Id, prop::sample::Index, bool),
    Undo,
    Purge,
    CatchUp,
    /// The index is closed and opened again.
    Reopen,
    DeleteIndex,
}

fn words(count: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    prop::collection::vec(select(WORDS), count).prop_map(|words| words.join(" "))
}

fn any_article() -> impl Strategy<Value = (Box<Article>, Vec<Quote>)> {
    let paragraphs = prop::collection::vec((words(1..6), prop::option::of(select(NAMES)), any::<bool>()), 1..4);
    let particulars = (
        prop::option::of(select(SOURCES)),
        prop::option::of(select(NAMES)),
        prop::option::of((-3..3_i64, any::<bool>())),
        prop::option::of(select(&["en", "de"][..])),
        prop::collection::btree_set(select(&["rail", "the north", "Rails"][..]), 0..2),
    );
    (words(1..4), paragraphs, particulars).prop_map(|(title, paragraphs, (source, author, day, language, tags))| {
        let document = Document::plain(paragraphs.iter().map(|(text, ..)| text.as_str()));
        // Every named or spoken paragraph is a quotation as a whole.
        let mut quotes = Vec::new();
        for (block, (_, speaker, spoken)) in document.blocks().iter().zip(&paragraphs) {
            if *spoken || speaker.is_some() {
                let quote = speech(block.span.start, block.span.end, *speaker);
                quotes.push(Quote { speech: *spoken, ..quote });
            }
        }
        let article = Article {
            title,
            source: source.map(str::to_owned),
            author: author.map(str::to_owned),
            published: day.map(|(days, day_only)| Published {
                seconds: if day_only { (NOW / 86_400 + days) * 86_400 } else { NOW + days * 43_200 },
                day_only,
            }),
            language: language.map(str::to_owned),
            tags: tags.into_iter().map(str::to_owned).collect(),
            document,
            ..Article::default()
        };
        (Box::new(article), quotes)
    })
}

fn any_event() -> impl Strategy<Value = Event> {
    let change = prop_oneof![
        any::<bool>().prop_map(Change::Read),
        any::<bool>().prop_map(Change::Bookmarked),
        any::<bool>().prop_map(Change::Trashed),
        (select(&["rail", "the north"][..]), any::<bool>()).prop_map(|(name, to)| Change::Tag(name.to_owned(), to)),
        words(0..2).prop_map(Change::Note),
        (select(NAMES), select(NAMES), any::<bool>()).prop_map(|(from, to, everywhere)| {
            Change::Rename { from: from.to_owned(), to: to.to_owned(), everywhere }
        }),
    ];
    let nth = any::<prop::sample::Index>;
    prop_oneof![
        12 => (0..8_u8, any_article(), any::<bool>())
            .prop_map(|(address, (article, quotes), told)| Event::Add { address, article, quotes, told }),
        6 => (1..9_i64, change).prop_map(|(id, change)| Event::Change(id, change)),
        3 => (1..9_i64, nth(), prop::option::of(select(NAMES))).prop_map(|(id, nth, who)| Event::Say(id, nth, who)),
        1 => (1..9_i64, nth(), any::<bool>()).prop_map(|(id, nth, keep)| Event::Keep(id, nth, keep)),
        1 => Just(Event::Undo),
        1 => Just(Event::Purge),
        4 => Just(Event::CatchUp),
        1 => Just(Event::Reopen),
        1 => Just(Event::DeleteIndex),
    ]
}

fn any_leaf() -> impl Strategy<Value = Leaf> {
    let field = select(
        &[
            Field::Any,
            Field::Any,
            Field::Any,
            Field::Title,
            Field::Source,
            Field::Author,
            Field::Tag,
            Field::Url,
            Field::Lang,
            Field::Said,
            Field::Said,
            Field::Speaker,
            Field::Speaker,
        ][..],
    );
    let named = prop_oneof![
        words(1..4),
        words(1..2),
        select(NAMES).prop_map(str::to_owned),
        select(SOURCES).prop_map(str::to_owned)
    ];
    let text = prop_oneof![
        6 => named.prop_flat_map(|text| {
            let letters = text.chars().count();
            (Just(text), 1..=letters).prop_map(|(text, keep)| text.chars().take(keep).collect())
        }),
        3 => words(1..3),
        1 => Just("…".to_owned()),
        1 => select(&["en", "courier example", "the north"][..]).prop_map(str::to_owned),
    ];
    let date = (prop::option::of(1..=12_i8), 20..=31_i8).prop_map(|(month, day)| Date {
        year: 2026,
        month: month.map(|_| 5),
        day: month.filter(|month| *month > 3).map(|_| day),
    });
    prop_oneof![
        10 => (field, text, any::<[bool; 3]>())
            .prop_map(|(field, text, [prefix, quoted, exact])| Leaf::Words { field, text, quoted, exact, prefix }),
        2 => select(&[Is::Read, Is::Unread, Is::Bookmarked, Is::Trashed][..]).prop_map(Leaf::Is),
        1 => Just(Leaf::HasQuote),
        1 => Just(Leaf::HasNote),
        1 => (prop::option::of(date.clone()), prop::option::of(date)).prop_map(|(from, to)| Leaf::Dated { from, to }),
        1 => (0..200_000_i64).prop_map(Leaf::Newer),
    ]
}

fn any_query() -> impl Strategy<Value = Query> {
    let node = any_leaf().prop_map(Node::Leaf).prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(Node::All),
            prop::collection::vec(inner.clone(), 1..4).prop_map(Node::Any),
            inner.prop_map(|node| Node::Not(Box::new(node))),
        ]
    });
    node.prop_map(|root| Query { root: Some(root), order: None })
}

/// What the slow matcher finds, newest first.
fn slowly(all: &[Stored], query: &Query) -> Vec<Id> {
    let found = all.iter().filter(|stored| matches(query, &Subject::from(*stored), NOW));
    let mut found: Vec<_> = found.map(|stored| (stored.summary.published.seconds, stored.summary.id)).collect();
    found.sort_unstable();
    found.into_iter().rev().map(|(_, id)| id).collect()
}

fn happen(event: Event, library: &mut Library, index: &mut Index, place: &Place) {
    match event {
        Event::Add { address, article, quotes, told } => {
            let url = Some(format!("https://courier.example/{address}/rail"));
            let prepared = Prepared::new(Article { url, ..*article }, &quotes);
            let added = library.add(std::slice::from_ref(&prepared), NOW).unwrap()[0];
            if told {
                let new = matches!(added, Added::New(_)).then(|| (id(added), prepared.into_words()));
                let mut writing = index.write(library).unwrap().unwrap();
                writing.follow(library, &mut new.into_iter().collect()).unwrap();
                assert_eq!(writing.drain(library, &never, &mut |_, _| ()).unwrap(), CaughtUp::Done);
            }
        }
        Event::Change(id, change) => drop(library.change(&[id], &change, NOW).unwrap()),
        Event::Say(id, nth, speaker) => {
            let speaker = speaker.map(str::to_owned);
            change_quote(library, id, nth, |span| Change::Speaker { span, speaker });
        }
        Event::Keep(id, nth, keep) => change_quote(library, id, nth, |span| Change::Keep { span, keep }),
        Event::Undo => drop(library.undo().unwrap()),
        Event::Purge => drop(library.purge().unwrap()),
        Event::CatchUp => catch_up(index, library),
        Event::Reopen => *index = Index::open(&place.file()),
        Event::DeleteIndex => {
            *index = Index::open(&place.file());
            // There may be none yet.
            let _ = std::fs::remove_dir_all(place.0.path().join("library.db.index"));
        }
    }
}

fn change_quote(library: &mut Library, id: Id, nth: prop::sample::Index, change: impl FnOnce(Span) -> Change) {
    let quotes = library.article(id).unwrap().map(|stored| stored.quotes).unwrap_or_default();
    if !quotes.is_empty() {
        library.change(&[id], &change(nth.get(&quotes).span.clone()), NOW).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, max_shrink_iters: 400, ..ProptestConfig::default() })]

    #[test]
    fn the_index_finds_what_the_slow_matcher_finds(
        events in prop::collection::vec(any_event(), 1..40),
        queries in prop::collection::vec(any_query(), 30),
    ) {
        let place = Place::new();
        let mut library = place.open();
        let mut index = Index::open(&place.file());
        for event in events {
            happen(event, &mut library, &mut index, &place);
        }
        catch_up(&mut index, &library);
        let all: Vec<Stored> = (1..=40).filter_map(|id| library.article(id).unwrap()).collect();
        for query in queries {
            let slow = slowly(&all, &query);
            prop_assert_eq!(find(&mut index, &library, &query, Order::Newest), slow.clone(), "{:?}", &query);
            let oldest: Vec<Id> = slow.iter().rev().copied().collect();
            prop_assert_eq!(find(&mut index, &library, &query, Order::Oldest), oldest, "{:?}", &query);
            let best: BTreeSet<Id> = find(&mut index, &library, &query, Order::Relevance).into_iter().collect();
            prop_assert_eq!(best, slow.iter().copied().collect::<BTreeSet<_>>(), "{:?}", &query);
            let now = Now::fixed(NOW);
            let first = index.search(&library, &query, Order::Newest, &now, Some(2), &never).unwrap();
            prop_assert_eq!(&first.ids, &slow[..slow.len().min(2)]);
            prop_assert_eq!(first.complete, slow.len() <= 2);
            if let Some(listed) = library.list(&query, Order::Newest, &now).unwrap() {
                prop_assert_eq!(&listed, &slow, "{:?}", &query);
                let found: BTreeSet<Id> = library.found(&query, &now).unwrap().into_iter().flatten().collect();
                prop_assert_eq!(found, slow.into_iter().collect::<BTreeSet<_>>(), "{:?}", &query);
            }
        }
        prop_assert_eq!(library.check().unwrap(), Vec::<String>::new());
    }
}

#[test]
fn the_best_come_first() {
    let place = Place::new();
    let mut library = place.open();
    let filler = "the boats came in and the market opened under a low sky";
    add(&mut library, dated(article("Boats", &[filler, filler, "a strike was mentioned", filler]), NOW));
    add(&mut library, dated(article("Strike at the harbour", &["The strike began."]), NOW - 500));
    add(&mut library, dated(article("Walkout", &["strike strike strike"]), NOW - 900));
    add(&mut library, dated(article("Striker scores", &[filler]), NOW + 5));
    let mut index = Index::open(&place.file());
    catch_up(&mut index, &library);
    let table: &[(&str, &[Id])] = &[("strike", &[2, 3, 1]), ("\"strike began\"", &[2]), ("boats", &[1, 4])];
    for (text, expected) in table {
        assert_eq!(find(&mut index, &library, &parse(text).unwrap(), Order::Relevance), *expected, "{text}");
    }
    // What is typed may go on; whole words count more.
    let typed = pullquote::query::parse_typing("strike").unwrap();
    assert_eq!(find(&mut index, &library, &typed, Order::Relevance).last(), Some(&1));
    assert_eq!(find(&mut index, &library, &typed, Order::Newest), [4, 1, 2, 3]);
}

#[test]
fn words_and_speaker_are_looked_for_in_one_quotation() {
    let place = Place::new();
    let mut library = place.open();
    let text = "“We go now,” said Bo. “We stay here,” said Orla Finch.";
    let quotes = [speech(0, 16, Some("Bo")), speech(27, 47, Some("Orla Finch"))];
    add_with(&mut library, article("a", &[text]), &quotes);
    let mut index = Index::open(&place.file());
    catch_up(&mut index, &library);
    let table = [
        ("said:go", 1),
        ("said:said", 0),
        ("said:\"we go\"", 1),
        ("said:\"now we\"", 0),
        ("speaker:finch", 1),
        ("said:go speaker:bo", 1),
        ("said:stay speaker:bo", 0),
        ("-(said:stay speaker:bo)", 1),
    ];
    for (text, count) in table {
        assert_eq!(find(&mut index, &library, &parse(text).unwrap(), Order::Newest).len(), count, "{text}");
    }
}

/// Forty articles, each in a segment of the index of its own until these are merged; every fourth says the phrase aloud.
fn in_many_segments(place: &Place) -> (Library, Index) {
    let mut library = place.open();
    let mut index = Index::open(&place.file());
    for at in 0..40 {
        let text =
            if at % 4 == 0 { "“The rail strikes end,” said Bo." } else { "The rail. “It strikes,” said Bo." };
        let end = u32::try_from(text.find("said").unwrap()).unwrap() - 1;
        let start = u32::try_from(text.find('“').unwrap()).unwrap();
        let article = dated(article(&format!("Notes {at}"), &[text]), NOW - at * 1000);
        add_with(&mut library, article, &[speech(start, end, Some("Bo"))]);
        catch_up(&mut index, &library);
    }
    (library, index)
}

#[test]
fn many_segments_give_the_hits_in_one_order() {
    let place = Place::new();
    let (library, mut index) = in_many_segments(&place);
    let table = [
        ("rail", 40),
        ("\"rail strikes\"", 10),
        ("said:\"rail strikes\"", 10),
        ("said:\"the rail\"", 10),
        ("said:strikes speaker:bo", 40),
        ("said:\"it strikes\" speaker:bo", 30),
        ("-said:\"rail strikes\"", 30),
    ];
    let all: Vec<Stored> = (1..=40).filter_map(|id| library.article(id).unwrap()).collect();
    for (text, count) in table {
        let query = parse(text).unwrap();
        let found = find(&mut index, &library, &query, Order::Newest);
        assert_eq!((found.len(), &found), (count, &slowly(&all, &query)), "{text}");
        assert_eq!(find(&mut index, &library, &query, Order::Relevance).len(), count, "{text}");
    }
}

#[test]
fn the_first_answer_to_a_letter_reads_few_texts() {
    let place = Place::new();
    let (library, mut index) = in_many_segments(&place);
    // What is typed, hits that a screen has room for, texts that may be read for them. Only quotations of one speaker are
    // looked at one by one.
    let table = [
        ("r", 10, 0),
        ("rail stri", 10, 0),
        ("\"rail stri", 10, 0),
        ("-football ", 10, 0),
        ("rail OR elephant ", 10, 0),
        ("is:unread rail ", 10, 0),
        ("said:\"rail strikes\" ", 10, 0),
        ("speaker:bo ", 10, 0),
        ("said:strikes speaker:bo ", 10, 11),
        ("said:rail speaker:bo ", 5, 6),
    ];
    for (typed, hits, most) in table {
        let query = pullquote::query::parse_typing(typed).unwrap();
        for order in [Order::Newest, Order::Relevance] {
            let found = index.search(&library, &query, order, &Now::fixed(NOW), Some(hits), &never).unwrap();
            assert_eq!(found.ids.len(), hits, "{typed}");
            assert!(found.texts <= most, "{typed}: {} texts read", found.texts);
        }
    }
}

#[test]
fn a_damaged_text_is_left_out_and_named_and_spoils_nothing_else() {
    let place = Place::new();
    let (library, mut index) = in_many_segments(&place);
    let connection = rusqlite::Connection::open(place.file()).unwrap();
    connection.execute("UPDATE body SET bytes = x'00' WHERE id = 5", []).unwrap();
    let query = parse("said:strikes speaker:bo").unwrap();
    for order in [Order::Newest, Order::Oldest, Order::Relevance] {
        let found = index.search(&library, &query, order, &Now::fixed(NOW), None, &never).unwrap();
        assert_eq!((found.ids.len(), found.damaged, found.complete), (39, vec![5], true), "{order:?}");
    }
    // What the index knows without the text is found as before.
    let query = parse("said:strikes").unwrap();
    assert_eq!(find(&mut index, &library, &query, Order::Newest).len(), 40);
}
