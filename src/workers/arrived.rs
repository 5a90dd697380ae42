//! What came over the net, as what it is: a feed, a list of feeds, or a page. What the bytes are counts for more than what
//! the server calls them: feeds come as `text/html` every day.

use std::borrow::Cow;

use super::listed::List;
use crate::error::{Error, Result};
use crate::formats::{self, Format, feed, lists};
use crate::model::Article;
use crate::sources::http::Fetched;

/// A feed as it was read.
pub struct FoundFeed {
    pub named: Option<String>,
    pub site: Option<String>,
    /// Minutes for which it says that nothing new comes.
    pub ttl: Option<u32>,
    pub articles: Vec<Article>,
}

/// A page as it was read, and the feeds that it names.
pub struct Page {
    /// Where it was found.
    pub address: String,
    pub article: Article,
    pub feeds: Vec<Offered>,
    /// What may be wrong about how it was read.
    pub doubt: Option<String>,
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
    Page(Format),
}

/// What came.
///
/// # Errors
/// It is something that nobody reads here, such as a picture.
pub fn kind(fetched: &Fetched) -> Result<Kind> {
    let bytes = fetched.bytes.as_slice();
    let head = bytes.get(..formats::HEAD).unwrap_or(bytes);
    // One object of JSON is a feed or nothing; lines of them are told by their name alone.
    let name = if head.trim_ascii_start().starts_with(b"{") { "feed.json" } else { "" };
    Ok(match formats::detect(name, head)? {
        Format::Feed => Kind::Feed,
        Format::Opml => Kind::List,
        format => Kind::Page(format),
    })
}

/// Reads a feed. Entries that cannot be read are left out.
pub fn feed(fetched: &Fetched) -> Result<FoundFeed> {
    if kind(fetched)? != Kind::Feed {
        return Err(Error::refused("this is no feed").hint("`pullquote feed check` looks for the feed of its site"));
    }
    let found = feed::read(&in_utf8(fetched), Some(&fetched.address))?;
    let (title, link, ttl) = (found.title, found.link, found.ttl);
    Ok(FoundFeed { named: title, site: link, ttl, articles: found.entries.into_iter().flatten().collect() })
}

/// Reads a page.
pub fn page(fetched: &Fetched) -> Result<Page> {
    let (bytes, doubt) = (in_utf8(fetched), doubt(fetched));
    match kind(fetched)? {
        Kind::Page(Format::Html) => {
            let (article, feeds) = formats::page(&bytes, &fetched.address)?;
            let feeds = feeds.into_iter().map(|(address, title)| Offered { address, title }).collect();
            Ok(Page { address: fetched.address.clone(), article, feeds, doubt })
        }
        Kind::Page(format @ (Format::Plain | Format::Markdown)) => {
            let article = formats::read(&bytes, format)?;
            let url = article.url.or_else(|| Some(fetched.address.clone()));
            let article = Article { url, ..article };
            Ok(Page { address: fetched.address.clone(), article, feeds: Vec::new(), doubt })
        }
        _ => Err(Error::refused("this is no page").hint("save it as a file, and add that")),
    }
}

/// Reads a list of feeds.
pub fn list(fetched: &Fetched) -> Result<List> {
    Ok(List::of(lists::opml(&formats::decode(&in_utf8(fetched))?), &fetched.address))
}

/// The body in UTF-8 where the server says which charset it has, and the bytes leave doubt.
fn in_utf8(fetched: &Fetched) -> Cow<'_, [u8]> {
    let bytes = fetched.bytes.as_slice();
    let named = fetched.content_type.as_deref().and_then(charset);
    // A byte order mark is above what is said, and no UTF-8 begins with that of UTF-16.
    let marked = [&b"\xef\xbb\xbf"[..], b"\xff\xfe", b"\xfe\xff"].iter().any(|mark| bytes.starts_with(mark));
    match named.filter(|_| !marked && std::str::from_utf8(bytes).is_err()) {
        Some(name) => formats::decode_named(name, bytes)
            .map_or(Cow::Borrowed(bytes), |text| Cow::Owned(text.into_owned().into_bytes())),
        None => Cow::Borrowed(bytes),
    }
}

/// What may be wrong about how its letters were read.
#[must_use]
pub fn doubt(fetched: &Fetched) -> Option<String> {
    let format = match kind(fetched).ok()? {
        Kind::Feed => Format::Feed,
        Kind::List => Format::Opml,
        Kind::Page(format) => format,
    };
    let named = fetched.content_type.as_deref().and_then(charset);
    match in_utf8(fetched) {
        Cow::Borrowed(bytes) => formats::doubt(bytes, format, named),
        Cow::Owned(_) => None,
    }
}

/// The charset that a content type names.
fn charset(content_type: &str) -> Option<&str> {
    let parameters = content_type.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let name = parameters.into_iter().find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?.1;
    Some(name.trim().trim_matches(['"', '\'']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fetched(bytes: &[u8], content_type: &str) -> Fetched {
        Fetched {
            bytes: bytes.to_owned(),
            address: "https://tide.example/x".to_owned(),
            content_type: Some(content_type.to_owned()),
            ..Fetched::default()
        }
    }

    #[test]
    fn what_came_is_told_by_its_bytes() {
        for (bytes, expected) in [
            (&b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>"[..], Kind::Feed),
            (b"\n<feed xmlns='http://www.w3.org/2005/Atom'/>", Kind::Feed),
            (b"{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": []}", Kind::Feed),
            (b"<?xml version='1.0'?><opml/>", Kind::List),
            (b"<!doctype html><p>x", Kind::Page(Format::Html)),
            (b"Some words.", Kind::Page(Format::Plain)),
        ] {
            assert_eq!(kind(&fetched(bytes, "text/html")).unwrap(), expected, "{bytes:?}");
        }
        assert!(kind(&fetched(b"\x89PNG\r\n", "text/html")).is_err());
    }

    #[test]
    fn the_charset_of_the_header_counts_where_the_bytes_leave_doubt() {
        for (bytes, content_type, expected) in [
            (&b"caf\xe9 \xa4"[..], "text/plain; charset=iso-8859-15", "café €"),
            (b"caf\xc3\xa9", "text/plain; charset=iso-8859-15", "café"),
            (b"\xd2\xe5\xea\xf1\xf2", "text/html; a=b; Charset=\"windows-1251\"", "Текст"),
            (b"caf\xc3\xa9", "text/plain; charset=nonsense", "café"),
            (b"caf\xc3\xa9 \xe9", "text/plain; charset=UTF-8", "café \u{fffd}"),
            (b"caf\x82", "text/plain; charset=cp437", "café"),
        ] {
            let came = fetched(bytes, content_type);
            assert_eq!(in_utf8(&came), expected.as_bytes(), "{content_type}");
        }
    }
}
