//! Lists of feeds and of pages that other programs write. There are no articles in them: what they name has to be fetched.

mod bookmarks;
mod opml;
mod urls;

pub use bookmarks::{Bookmark, read as bookmarks};
pub use opml::read as opml;
pub use urls::read as urls;

use super::links::Base;
use crate::text::clean::clean_line;

/// Feeds, and what in a list of feeds is not taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    pub feeds: Vec<Subscription>,
    /// Addresses that are none of the web, such as commands to be run: named, never followed.
    pub refused: Vec<String>,
}

/// A feed that a list names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subscription {
    /// http or https.
    pub url: String,
    pub title: Option<String>,
    /// The page that it belongs to.
    pub site: Option<String>,
    /// The folders that it stands in, outermost first.
    pub folders: Vec<String>,
    pub tags: Vec<String>,
}

impl Outline {
    /// Takes a feed at `url` with what else is known of it, once; refuses what is no address of the web.
    fn add(&mut self, url: &str, feed: Subscription) {
        match Base::default().join(url) {
            Some(url) if self.feeds.iter().any(|known| known.url == url && known.folders == feed.folders) => {}
            Some(url) => self.feeds.push(Subscription { url, ..feed }),
            None => self.refused.push(clean_line(url)),
        }
    }
}

/// Text as one clean line, or nothing.
fn said(text: &str) -> Option<String> {
    Some(clean_line(text)).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests;
