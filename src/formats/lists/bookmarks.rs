//! Bookmarks as browsers and Pocket write them: HTML with links, folders, tags and dates. Each is an article without a text:
//! what it says has to be fetched, when the reader wants it.

use html5ever::tokenizer::{StartTag, Tag, Token};

use super::{said, within};
use crate::formats::html::pieces::tokens;
use crate::formats::links::Base;
use crate::formats::{NESTING_LIMIT, dates};
use crate::model::Article;

/// Folders that browsers make themselves: their names, in whatever language, say nothing.
const MADE: [&str; 2] = ["personal_toolbar_folder", "unfiled_bookmarks_folder"];

/// Reads the bookmarks, in order, with the names of their folders as tags; links that lead nowhere on the web, such as scripts,
/// are left out.
#[must_use]
pub fn read(text: &str) -> Vec<Article> {
    let mut found: Vec<Article> = Vec::new();
    let mut folders: Vec<Option<String>> = Vec::new();
    // The heading that is being read; it names the list that follows it.
    let mut heading: Option<String> = None;
    let (mut named, mut made, mut archive) = (None, false, false);
    let mut link: Option<(Article, String)> = None;
    tokens(text, &mut |token| match token {
        Token::CharacterTokens(text) => {
            if let Some((_, title)) = &mut link {
                title.push_str(&text);
            } else if let Some(heading) = &mut heading {
                heading.push_str(&text);
            }
        }
        Token::TagToken(tag) => match (&*tag.name, tag.kind == StartTag) {
            ("h1" | "h3", true) => {
                heading = Some(String::new());
                made = MADE.iter().any(|name| attribute(&tag, name).is_some());
            }
            // Pocket puts what was read under a heading of its own.
            ("h1", false) => archive = heading.take().is_some_and(|heading| heading.to_lowercase().contains("archive")),
            ("h3", false) => named = heading.take().filter(|_| !made).and_then(|heading| said(&heading)),
            ("dl", true) if folders.len() < NESTING_LIMIT => folders.push(named.take()),
            ("dl", false) => {
                folders.pop();
            }
            ("a", true) => {
                link = bookmark(&tag, &folders).map(|bookmark| (Article { read: archive, ..bookmark }, String::new()));
            }
            ("a", false) => {
                if let Some((bookmark, title)) = link.take() {
                    let title = said(&title).or_else(|| bookmark.url.clone()).unwrap_or_default();
                    found.push(Article { title, ..bookmark });
                }
            }
            _ => {}
        },
        _ => {}
    });
    found
}

fn bookmark(tag: &Tag, folders: &[Option<String>]) -> Option<Article> {
    let added = ["add_date", "time_added", "created"].iter().find_map(|name| attribute(tag, name));
    let mut tags: Vec<String> = Vec::new();
    let given = attribute(tag, "tags").unwrap_or_default();
    for tag in given.split(',').filter_map(said).chain(within(folders)) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    Some(Article {
        url: Some(Base::default().join(&attribute(tag, "href")?)?),
        published: added.and_then(|added| dates::parse(&added)),
        tags,
        bookmarked: true,
        ..Article::default()
    })
}

fn attribute(tag: &Tag, name: &str) -> Option<String> {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| attribute.value.to_string())
}
