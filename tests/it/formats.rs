//! Foreign formats as a whole: invented pages, feeds and mail in, pictures of what they become out.

#[path = "formats/picture.rs"]
mod picture;

use std::fs;
use std::path::Path;

use picture::picture;
use pullquote::formats::{self, HEAD};

fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/formats").join(name);
    fs::read(path).unwrap()
}

fn page(name: &str) -> String {
    let bytes = fixture(name);
    let format = formats::detect(name, &bytes[..bytes.len().min(HEAD)]).unwrap();
    picture(&formats::read(&bytes, format).unwrap())
}

#[test]
fn a_page_of_a_paper() {
    insta::assert_snapshot!(page("article.html"));
}

#[test]
fn a_page_that_says_nothing_of_itself() {
    insta::assert_snapshot!(page("bare.htm"));
}

#[test]
fn a_feed_with_what_feeds_have() {
    let articles = formats::read_all(&fixture("feed.xml"), formats::Format::Feed).unwrap();
    let shown = articles.iter().map(|article| match article {
        Ok(article) => picture(article),
        Err(error) => format!("refused: {error}\n"),
    });
    insta::assert_snapshot!(shown.collect::<Vec<_>>().join("\n---\n\n"));
}
