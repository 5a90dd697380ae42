//! The index finds what the slow matcher finds, whatever happened before.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::select;
use pullquote::clock::Now;
use pullquote::library::{Added, CaughtUp, Index, Library, Prepared};
use pullquote::model::{Article, Change, Document, Id, Order, Published, Quote, Span, Stored};
use pullquote::query::{Date, Field, Is, Leaf, Node, Query, Subject, matches, parse_typing};

use super::{NOW, Place, id, speech};

const WORDS: &[&str] = &[
    "rail",
    "railway",
    "Rails",
    "strike",
    "s",
    "St",
    "the",
    "café",
    "Cafe",
    "Straße",
    "東京",
    "don’t",
    "it’s",
    "3",
    "2026",
    "+5",
    "3.5%",
    "한국",
    "x-ray",
    "½",
    "👩\u{200d}🚀",
    "O’Neill",
];
/// What people type, and what they do not.
const TYPED: &[&str] = &[
    "rail",
    "Strike",
    "caf",
    "cafe\u{301}",
    "STRASSE",
    "東",
    "京",
    "don't",
    "’s",
    "-3",
    "+5",
    "3.5%",
    "½",
    "2026",
    "-",
    "--",
    "=",
    "\"",
    "“",
    "”",
    "(",
    ")",
    "[",
    "OR",
    "NOT ",
    "*",
    "|",
    " ",
    " ",
    " ",
    "title:",
    "said:",
    "speaker:",
    "tag:",
    "source:",
    "is:unread",
    "has:quote",
    "is:trashed",
    "Orla",
    "👩\u{200d}🚀",
    "\u{301}",
    "\u{0}",
    "한",
    "\u{1112}\u{1161}\u{11ab}",
    "x-ray",
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
    let typed = prop::collection::vec(select(TYPED), 1..8).prop_map(|pieces| pieces.concat());
    prop_oneof![
        4 => node.prop_map(|root| Query { root: Some(root), order: None }),
        1 => typed.prop_filter_map("a mistake", |text| parse_typing(&text).ok()),
    ]
}

/// What the slow matcher finds, newest first.
pub(super) fn slowly(all: &[Stored], query: &Query) -> Vec<Id> {
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
