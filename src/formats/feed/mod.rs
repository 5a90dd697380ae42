//! Feeds: RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed.

mod cached;
mod entry;
mod fields;
mod json;
mod raw;
mod references;
mod xml;

pub use cached::cached;

use super::links::Base;
use super::{complete, declared, within_limit};
use crate::error::{Error, Result};
use crate::model::Article;

/// What a feed says about itself, and its entries in its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    pub title: Option<String>,
    /// The page that the feed belongs to.
    pub link: Option<String>,
    /// Minutes for which it need not be asked again.
    pub ttl: Option<u32>,
    /// Where it can be subscribed to be told of changes (`WebSub`).
    pub hub: Option<String>,
    /// Each entry as an article, or why it cannot be read.
    pub entries: Vec<Result<Article>>,
}

/// Reads the feed that was found at `address`, where that is known. What is wrong in one entry costs no other.
///
/// Refuses what is larger than `DOCUMENT_LIMIT`, is not text, or is no feed.
pub fn read(bytes: &[u8], address: Option<&str>) -> Result<Feed> {
    within_limit(bytes.len())?;
    let text = declared::decode(bytes)?;
    within_limit(text.len())?;
    let raw = if text.trim_start().starts_with('{') { json::read(&text) } else { xml::read(&text) };
    let raw = raw.ok_or_else(|| {
        Error::refused("there is no feed in it").hint("a feed is RSS, RDF, Atom or JSON Feed; give a page as .html")
    })?;
    let base = Base::new(address).moved(&raw.link).moved(&raw.base);
    let named = entry::named(&raw);
    let article = |entry| entry::article(entry, &raw, named.as_deref(), &base).and_then(complete);
    let entries = raw.entries.iter().map(article);
    let link = base.join(&raw.link);
    Ok(Feed { entries: entries.collect(), title: named, ttl: raw.ttl.parse().ok(), hub: base.join(&raw.hub), link })
}

#[cfg(test)]
mod tests;
