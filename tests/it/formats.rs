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

/// All that is in a document, one after the other.
fn all(name: &str) -> String {
    let bytes = fixture(name);
    let format = formats::detect(name, &bytes[..bytes.len().min(HEAD)]).unwrap();
    let articles = formats::read_all(&bytes, format).unwrap();
    let shown = articles.iter().map(|article| match article {
        Ok(article) => picture(article),
        Err(error) => format!("refused: {error}\n"),
    });
    shown.collect::<Vec<_>>().join("\n---\n\n")
}

#[test]
fn a_feed_with_what_feeds_have() {
    insta::assert_snapshot!(all("feed.xml"));
}

#[test]
fn a_feed_in_atom_of_two_versions() {
    insta::assert_snapshot!(all("harbour.atom"));
}

#[test]
fn a_feed_in_rdf_with_prefixes_of_its_own_and_a_legacy_charset() {
    insta::assert_snapshot!(all("quay.rdf"));
}

#[test]
fn a_feed_in_json() {
    insta::assert_snapshot!(all("tide.json"));
}

#[test]
fn a_feed_with_all_that_goes_wrong_in_feeds() {
    insta::assert_snapshot!(all("broken.rss"));
}

#[test]
fn a_newsletter() {
    insta::assert_snapshot!(page("newsletter.eml"));
}

#[test]
fn a_letter_in_flowed_text() {
    insta::assert_snapshot!(page("letter.eml"));
}

#[test]
fn bookmarks_of_a_browser() {
    insta::assert_snapshot!(all("bookmarks.html"));
}
