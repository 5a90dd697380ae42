//! Storing and indexing invented articles. `cargo bench --bench ingest`; the figures are for 1,000 articles.
#![expect(clippy::unwrap_used, reason = "a bench that cannot set itself up must stop")]

mod invented;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use pullquote::library::{Index, Library};

const ARTICLES: u64 = 1000;

fn ingest(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("ingest");
    group.throughput(Throughput::Elements(ARTICLES)).sample_size(10);
    let empty = || {
        let folder = tempfile::tempdir().unwrap();
        let library = Library::open(&folder.path().join("library.db")).unwrap();
        (folder, library)
    };
    let filled = || {
        let (folder, mut library) = empty();
        invented::fill(&mut library, ARTICLES);
        (folder, library)
    };
    group.bench_function("prepare", |bencher| bencher.iter(|| invented::prepared(0, ARTICLES)));
    let batch = invented::prepared(0, ARTICLES);
    group.bench_function("add", |bencher| {
        bencher.iter_batched(
            empty,
            |(folder, mut library)| {
                for part in batch.chunks(200) {
                    library.add(part, invented::NOW).unwrap();
                }
                (folder, library)
            },
            BatchSize::PerIteration,
        );
    });
    group.bench_function("add again", |bencher| {
        bencher.iter_batched(
            filled,
            |(folder, mut library)| {
                for part in batch.chunks(200) {
                    library.add(part, invented::NOW).unwrap();
                }
                (folder, library)
            },
            BatchSize::PerIteration,
        );
    });
    group.bench_function("index", |bencher| {
        bencher.iter_batched(
            filled,
            |(folder, library)| {
                let mut index = Index::open(library.path());
                index.catch_up(&library, &|| false, &mut |_, _| ()).unwrap();
                (folder, library)
            },
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

criterion_group!(benches, ingest);
criterion_main!(benches);
