//! Finding in a library of invented articles: what a letter typed into the search costs. `cargo bench --bench search`;
//! `PULLQUOTE_BENCH_ARTICLES` sets how many articles (20,000 unless told).
#![expect(clippy::unwrap_used, reason = "a bench that cannot set itself up must stop")]

mod invented;

use criterion::{Criterion, criterion_group, criterion_main};
use pullquote::clock::Now;
use pullquote::library::{Index, Library};
use pullquote::model::Order;
use pullquote::query::parse_typing;

/// What is typed, from the first letter on.
const TYPED: &[&str] = &[
    "h",
    "ha",
    "har",
    "harbour",
    "harbour ",
    "harbour str",
    "\"the harbour\" ",
    "it's",
    "harbour -strike ",
    "harbour OR strike ",
    "title:harbour ",
    "source:wire harbour ",
    "is:unread harbour ",
    "said:harbour speaker:tolland ",
    "zyx ",
];

/// How many articles are searched.
fn count() -> u64 {
    #[expect(clippy::disallowed_methods, reason = "a bench is told its size by its environment")]
    let told = std::env::var("PULLQUOTE_BENCH_ARTICLES").ok();
    told.and_then(|text| text.parse().ok()).unwrap_or(20_000)
}

fn search(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    let mut library = Library::open(&path).unwrap();
    invented::fill(&mut library, count());
    let mut index = Index::open(&path);
    index.catch_up(&library, &|| false, &mut |_, _| ()).unwrap();
    let now = Now::fixed(invented::NOW);
    for (name, order) in [("newest", Order::Newest), ("relevance", Order::Relevance)] {
        let mut group = criterion.benchmark_group(name);
        for typed in TYPED {
            let query = parse_typing(typed).unwrap();
            group.bench_function(*typed, |bencher| {
                bencher.iter(|| index.search(&library, &query, order, &now, Some(200), &|| false).unwrap());
            });
        }
        group.finish();
    }
    criterion.bench_function("open and read the first page", |bencher| {
        bencher.iter(|| Library::open(&path).unwrap().newest(50).unwrap());
    });
    criterion.bench_function("list all", |bencher| {
        bencher.iter(|| library.list(&parse_typing("").unwrap(), Order::Newest, &now).unwrap());
    });
}

criterion_group! { name = benches; config = Criterion::default().sample_size(20); targets = search }
criterion_main!(benches);
