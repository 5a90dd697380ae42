//! HTML: what is known of a page, and its main content as a document.

mod clutter;
mod element;
mod embeds;
mod json_ld;
mod main_content;
mod metadata;
mod notes;
mod offered;
mod pictures;
pub mod pieces;
mod setter;
mod shown;
mod tables;
mod tree;
mod walk;

use crate::formats::links::Base;
use crate::model::{Article, Document};
use crate::text::clean::clean_line;

pub use offered::offered;
pub use walk::Page;

#[cfg(test)]
mod tests;

/// Reads a page that was found at `address`, where that is known.
pub fn read(html: &str, address: Option<&str>) -> Article {
    let tree = tree::parse(html);
    let known = metadata::read(&tree, address);
    let base = known.base;
    let article = known.article;
    let page = Page {
        base: Some(&base),
        title: &article.title,
        author: article.author.as_deref().unwrap_or_default(),
        cluttered: false,
    };
    let document = main_content::document(&tree, page);
    Article { document, ..article }
}

/// The document of a part of a page that is all content, such as an entry of a feed.
pub fn fragment(html: &str, base: &Base, title: &str) -> Document {
    let tree = tree::parse(html);
    walk::document(&tree.root(), Page { base: Some(base), title, ..Page::default() })
}

/// The text of a line that may have tags and character references in it; clean. Scripts are none of its text.
pub fn line(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return clean_line(html);
    }
    let tree = tree::parse(html);
    if html.contains('<') {
        tree.select("script, style").remove();
    }
    clean_line(&tree.root().text())
}

/// `text` so that as HTML it means itself.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
