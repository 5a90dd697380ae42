//! Bookmarks as browsers, Pocket and Wallabag write them: HTML with links, folders, tags and dates.

use html5ever::tokenizer::{StartTag, Tag, Token};

use super::said;
use crate::formats::html::pieces::tokens;
use crate::formats::links::Base;
use crate::formats::{NESTING_LIMIT, dates};
use crate::model::Published;

/// A page that somebody meant to keep.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bookmark {
    /// http or https.
    pub url: String,
    pub title: Option<String>,
    pub added: Option<Published>,
    pub tags: Vec<String>,
    /// The folders that it stands in, outermost first.
    pub folders: Vec<String>,
}

/// Reads the bookmarks, in order; links that lead nowhere on the web, such as scripts, are left out.
#[must_use]
pub fn read(text: &str) -> Vec<Bookmark> {
    let mut found: Vec<Bookmark> = Vec::new();
    let mut folders: Vec<String> = Vec::new();
    // The heading that is being read; it names the list that follows it.
    let mut heading: Option<String> = None;
    let mut named = String::new();
    let mut link: Option<(Bookmark, String)> = None;
    tokens(text, &mut |token| match token {
        Token::CharacterTokens(text) => {
            if let Some((_, title)) = &mut link {
                title.push_str(&text);
            } else if let Some(heading) = &mut heading {
                heading.push_str(&text);
            }
        }
        Token::TagToken(tag) => match (&*tag.name, tag.kind == StartTag) {
            ("h3", true) => heading = Some(String::new()),
            ("h3", false) => named = heading.take().unwrap_or_default(),
            ("dl", true) if folders.len() < NESTING_LIMIT => folders.push(std::mem::take(&mut named)),
            ("dl", false) => {
                folders.pop();
            }
            ("a", true) => link = bookmark(&tag, &folders).map(|bookmark| (bookmark, String::new())),
            ("a", false) => {
                if let Some((bookmark, title)) = link.take() {
                    found.push(Bookmark { title: said(&title), ..bookmark });
                }
            }
            _ => {}
        },
        _ => {}
    });
    found
}

fn bookmark(tag: &Tag, folders: &[String]) -> Option<Bookmark> {
    let attribute = |name: &str| {
        tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| attribute.value.to_string())
    };
    let added = ["add_date", "time_added", "created"].iter().find_map(|name| attribute(name));
    let tags = attribute("tags").unwrap_or_default();
    Some(Bookmark {
        url: Base::default().join(&attribute("href")?)?,
        title: None,
        added: added.and_then(|added| dates::parse(&added)),
        tags: tags.split(',').filter_map(said).collect(),
        folders: folders.iter().filter_map(|folder| said(folder)).collect(),
    })
}
