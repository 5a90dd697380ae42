//! The feeds that a page names in its head, as the RSS board's "autodiscovery" has it and all sites do it:
//! `<link rel="alternate" type="application/rss+xml" href="…">`.

use super::tree;
use crate::formats::links::Base;
use crate::text::clean::clean_line;

/// Types of feeds.
const TYPES: [&str; 4] =
    ["application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"];

/// Feeds of one page beyond which nobody chooses.
const MOST: usize = 12;

/// Address and title of each feed that the page at `address` names, in its order, once. Those of comments come last.
pub fn offered(html: &str, address: &str) -> Vec<(String, Option<String>)> {
    let tree = tree::parse(html);
    let base = tree.select("base[href]").attr("href").unwrap_or_default();
    let base = Base::new(Some(address)).moved(&base);
    let mut found: Vec<(String, Option<String>)> = Vec::new();
    for node in tree.select("link[rel][type][href]").nodes() {
        let attribute = |name| node.attr(name).unwrap_or_default().to_ascii_lowercase();
        let is_alternate = attribute("rel").split_ascii_whitespace().any(|rel| rel == "alternate");
        let kind = attribute("type");
        let is_feed = TYPES.contains(&kind.split(';').next().unwrap_or_default().trim());
        let href = base.join(&node.attr("href").unwrap_or_default()).filter(|_| is_alternate && is_feed);
        let Some(href) = href.filter(|href| found.iter().all(|(known, _)| known != href)) else { continue };
        let title = node.attr("title").map(|title| clean_line(&title)).filter(|title| !title.is_empty());
        found.push((href, title));
        if found.len() == MOST {
            break;
        }
    }
    found.sort_by_key(|(href, title)| {
        let comments = |text: &str| text.to_lowercase().contains("comment");
        comments(href) || title.as_deref().is_some_and(comments)
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_feeds_of_a_page_are_found_and_nothing_else() {
        let html = "<html><head><base href='/blog/'>
            <link rel=stylesheet type=text/css href=a.css>
            <link rel=alternate type='application/rss+xml' title='Comments' href='comments.xml'>
            <link rel='alternate home' type='application/RSS+xml; charset=utf-8' title=' The\n\u{202e}quay ' href='feed.xml'>
            <link rel=alternate type='application/rss+xml' href='feed.xml'>
            <link rel=alternate type='application/atom+xml' href='https://b.example/atom'>
            <link rel=alternate type='application/rss+xml' href='javascript:alert(1)'>
            <link rel=alternate hreflang=de type=text/html href='/de'>
            </head><body><p>x</p></body></html>";
        let expected = [
            ("https://a.example/blog/feed.xml", Some("The quay")),
            ("https://b.example/atom", None),
            ("https://a.example/blog/comments.xml", Some("Comments")),
        ];
        let expected = expected.map(|(href, title)| (href.to_owned(), title.map(str::to_owned)));
        assert_eq!(offered(html, "https://a.example/x/y"), expected);
        assert_eq!(offered("", "https://a.example/"), []);
    }
}
