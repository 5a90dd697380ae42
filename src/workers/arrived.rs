//! What came over the net, as what it is: a feed, a list of feeds, or a page.

use serde_json::Value;

use crate::error::{Error, Result};
use crate::formats::{self, Format};
use crate::model::{Article, Subscription};
use crate::sources::http::Fetched;

/// A feed as it was read.
pub struct FoundFeed {
    pub named: Option<String>,
    pub site: Option<String>,
    /// Minutes for which it says that nothing new comes.
    pub ttl: Option<u64>,
    pub articles: Vec<Article>,
}

/// A page as it was read, and the feeds that it names.
pub struct Page {
    pub article: Article,
    pub feeds: Vec<Offered>,
}

/// A feed that a page names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    pub address: String,
    pub title: Option<String>,
}

/// What it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Feed,
    List,
    Page,
}

pub fn kind(fetched: &Fetched) -> Kind {
    if fetched.bytes.starts_with(b"{") { Kind::Feed } else { Kind::Page }
}

/// Reads a feed.
pub fn feed(fetched: &Fetched) -> Result<FoundFeed> {
    let value: Value =
        serde_json::from_slice(&fetched.bytes).map_err(|_| Error::refused("this is no feed").hint("x"))?;
    let text = |value: &Value, name: &str| value[name].as_str().map(str::to_owned);
    let mut articles = Vec::new();
    for item in value["items"].as_array().into_iter().flatten() {
        let mut article = formats::read(text(item, "content_text").unwrap_or_default().as_bytes(), Format::Plain)?;
        article.guid = text(item, "id");
        article.url =
            text(item, "url").and_then(|u| url::Url::parse(&fetched.address).ok()?.join(&u).ok()).map(String::from);
        article.title = text(item, "title").unwrap_or(article.title);
        articles.push(article);
    }
    Ok(FoundFeed {
        named: text(&value, "title"),
        site: text(&value, "home_page_url"),
        ttl: value["ttl"].as_u64(),
        articles,
    })
}

/// Reads a page.
pub fn page(fetched: &Fetched) -> Result<Page> {
    let mut article = formats::read(&fetched.bytes, Format::Plain)?;
    article.url = Some(fetched.address.clone());
    Ok(Page { article, feeds: Vec::new() })
}

/// Reads a list of feeds.
pub fn list(bytes: &[u8]) -> Result<Vec<(String, Subscription)>> {
    let _ = bytes;
    Ok(Vec::new())
}
