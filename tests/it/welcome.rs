//! The welcome articles are read as they were meant: they are the tutorial, so what they show has to work.

use pullquote::formats::{Format, read};
use pullquote::model::{Article, BlockKind, Container, InlineKind};
use pullquote::quotes;

const ARTICLES: [&str; 3] = [
    include_str!("../../assets/welcome/1-how-to-read-here.md"),
    include_str!("../../assets/welcome/2-how-a-page-is-set.md"),
    include_str!("../../assets/welcome/3-how-to-keep-things.md"),
];

fn articles() -> [Article; 3] {
    ARTICLES.map(|text| read(text.as_bytes(), Format::Markdown).unwrap())
}

#[test]
fn dump() {
    for a in articles() {
        println!("{:?} {:?} {:?} {:?} {:?} {:?}", a.title, a.author, a.source, a.published, a.tags, a.language);
        let d = &a.document;
        for b in d.blocks() {
            println!("{:?} {:?} {} {:.90?}", b.kind, b.within, b.tight, d.slice(&b.span));
        }
        for i in d.inlines() {
            println!("{:?} {:.50?}", i.kind, d.slice(&i.span));
        }
        for q in quotes::detect(d.text(), a.language.as_deref()) {
            println!("Q {} {:?} {:?} {:.80?}", q.speech, q.speaker, q.role, d.slice(&q.span));
        }
    }
}
