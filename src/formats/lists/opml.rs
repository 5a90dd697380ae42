//! OPML: feeds in folders, forgiving whatever is wrong around them.

use html5ever::tokenizer::{StartTag, Tag, Token};

use super::{Outline, Subscription, said, within};
use crate::formats::NESTING_LIMIT;
use crate::formats::html::pieces::tokens;

/// Reads the feeds of an OPML document, in order.
#[must_use]
pub fn read(text: &str) -> Outline {
    let mut outline = Outline::default();
    // The folders that are open; a feed may have others in it, and is then no folder.
    let mut open: Vec<Option<String>> = Vec::new();
    tokens(text, &mut |token| {
        let Token::TagToken(tag) = token else { return };
        if &*tag.name != "outline" {
            return;
        }
        if tag.kind != StartTag {
            open.pop();
            return;
        }
        let title = ["title", "text"].iter().find_map(|name| said(&attribute(&tag, name)?));
        let url = attribute(&tag, "xmlurl").filter(|url| !url.trim().is_empty());
        if let Some(url) = &url {
            let tags = attribute(&tag, "category").unwrap_or_default();
            let feed = Subscription {
                url: String::new(),
                title: title.clone(),
                site: attribute(&tag, "htmlurl").and_then(|site| crate::formats::links::web(&site)),
                folders: within(&open).collect(),
                tags: tags.split(',').filter_map(|tag| said(tag.trim_matches('/'))).collect(),
            };
            outline.take(url, None, feed);
        }
        if !tag.self_closing && open.len() < NESTING_LIMIT {
            open.push(title.filter(|_| url.is_none()));
        }
    });
    outline
}

fn attribute(tag: &Tag, name: &str) -> Option<String> {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| attribute.value.to_string())
}
