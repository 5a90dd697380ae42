//! Markdown: front matter says what the article is, the rest becomes its document.

mod body;
mod front;

use super::record::Record;
use crate::model::Article;

/// Reads clean Markdown. The first heading of level 1 is the title where the front matter gives none, and is left out
/// of the body where it repeats the title.
pub fn read(text: &str) -> Article {
    let (fields, rest) = front::split(text);
    let record = Record::new(fields);
    let mut article = record.article();
    let body = body::read(rest, &record.standfirst(), &article.title);
    if article.title.is_empty() {
        article.title = body.title.unwrap_or_default();
    }
    article.document = body.document;
    article
}
