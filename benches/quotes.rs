//! Bytes a second of `quotes::detect`: news-like text, text without quotations, and what an adversary would send.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use pullquote::quotes::detect;

/// Bytes of each text.
const SIZE: usize = 1_000_000;

/// One invented article: as many quotations a paragraph as news has.
const ARTICLE: &str = "Mayor Tom Reed met Ada Brown, head of the town library, at the old mill on Monday to talk about the roof, \
the river and the money that neither of them has. The roof has leaked since May and the books are wet.\n\n\
“The river is ours,” he said. “It was ours before the mill was built, and it will be ours when nobody knows what a mill is for.”\n\n\
Brown, who has run the library for twenty years, called the plan “a gift to the valley” and said that it would bring “more bread, \
more light and more songs” to a town of nine thousand people. The council votes next week, after the fair and before the harvest.\n\n\
“We open at nine,” said a spokesman for the harbor board, which owns the bridge and two of the three boats that still sail.\n\n\
According to the Northmill Herald, the board spent most of last year's budget on ropes. Nobody at the board wanted to comment on \
that, and the Herald's own reporters could not find the ropes either. The harbor itself was empty on Tuesday afternoon.\n\n";

fn repeated(piece: &str) -> String {
    piece.repeat(SIZE / piece.len() + 1)
}

fn speed(bench: &mut Criterion) {
    let texts = [
        ("news", repeated(ARTICLE)),
        ("no quotations", repeated(&ARTICLE.replace(['“', '”'], ""))),
        ("only marks", repeated("\"“”„«»‘’'")),
        ("never closed", repeated("“a ")),
        ("nested", repeated("“a ") + &repeated("b” ")),
        ("one sentence", repeated("Brown said “we go” and ")),
        ("one line of cues", repeated("said ") + "“x”"),
        ("a list", "Brown said ".to_owned() + &repeated("“a” ")),
        ("tiny quotations in lines", repeated("“x”\n")),
        ("a mark a byte", repeated("\"")),
        ("as dense as a text may be", repeated("“We go,” he said today. ")),
        ("namesakes", repeated("“We go,” Ada Brown said. “We go,” Tom Brown said. ")),
    ];
    let mut group = bench.benchmark_group("quotes");
    group.sample_size(10);
    for (name, text) in texts {
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |bench| bench.iter(|| detect(black_box(&text), Some("en"))));
    }
    group.finish();
}

criterion_group!(benches, speed);
criterion_main!(benches);
