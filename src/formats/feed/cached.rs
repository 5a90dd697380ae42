//! An entry from another reader's cache becomes an article, as it would have from its feed.

use super::entry;
use super::raw::{Enclosure, Entry, Feed, Text};
use crate::error::Result;
use crate::formats::links::Base;
use crate::formats::{complete, too_large};
use crate::model::{Article, CachedEntry, Published};

/// Reads `cached`. What its reader flagged is bookmarked, and each flag is a tag.
///
/// Refuses what `formats::read` refuses.
pub fn cached(cached: &CachedEntry) -> Result<Article> {
    let html = |value: &str| Text { value: value.to_owned(), plain: false };
    let content = cached.content.clone().ok_or_else(too_large)?;
    let (href, kind) = cached.enclosure.clone();
    let entry = Entry {
        title: html(&cached.title),
        links: vec![cached.url.clone()],
        id: cached.guid.clone(),
        content: Text { value: content, plain: cached.plain },
        authors: vec![cached.author.clone()],
        enclosures: vec![Enclosure { href, kind, title: String::new() }],
        base: cached.base.clone(),
        ..Entry::default()
    };
    let feed = Feed { title: html(&cached.source), ..Feed::default() };
    let mut article = entry::article(&entry, &feed, entry::named(&feed).as_deref(), &Base::default())?;
    article.published = (cached.published > 0).then_some(Published { seconds: cached.published, day_only: false });
    article.read = cached.read;
    let flags = cached.flags.chars().filter(char::is_ascii_alphabetic);
    article.tags.extend(flags.map(|flag| format!("flag-{flag}")));
    article.bookmarked = !article.tags.is_empty();
    complete(article)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_cached_is_read_as_its_feed_would_be() {
        let cached = |content: Option<&str>| CachedEntry {
            title: "Nets &amp; <i>boats</i>".to_owned(),
            url: "https://quay.example/1?utm_source=x".to_owned(),
            guid: "q-1".to_owned(),
            author: "Ada Brandt".to_owned(),
            source: "Tide &amp; Quay".to_owned(),
            published: 1_504_607_415,
            content: content.map(str::to_owned),
            enclosure: ("https://quay.example/1.mp3".to_owned(), "audio/mpeg".to_owned()),
            flags: "sA!".to_owned(),
            read: true,
            ..CachedEntry::default()
        };
        let article = super::cached(&cached(Some("<p>Dear <a href='/2'>fish</a>.</p>"))).unwrap();
        assert_eq!((article.title.as_str(), article.url.as_deref()), ("Nets & boats", Some("https://quay.example/1")));
        assert_eq!(article.source.as_deref(), Some("Tide & Quay"));
        assert_eq!(article.document.text(), "Dear fish.\n\n1.mp3");
        assert_eq!(article.document.links(), ["https://quay.example/2", "https://quay.example/1.mp3"]);
        assert_eq!(
            (article.tags.join(" "), article.read, article.bookmarked),
            ("flag-s flag-A".to_owned(), true, true)
        );
        assert_eq!(super::cached(&cached(None)), Err(too_large()));
        let bare = CachedEntry { content: Some("Only words.".to_owned()), ..CachedEntry::default() };
        let article = super::cached(&bare).unwrap();
        assert_eq!((article.title.as_str(), article.published, article.bookmarked), ("Only words.", None, false));
    }
}
