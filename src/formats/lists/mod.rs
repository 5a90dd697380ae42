//! Lists of feeds and of pages that other programs write. There are no texts in them: what they name has to be fetched.

mod bookmarks;
mod opml;
mod urls;

pub use bookmarks::read as bookmarks;
pub use opml::read as opml;
pub use urls::read as urls;

use std::collections::HashSet;

use super::html::line;
use super::links::Base;
use crate::text::clean::clean_line;

/// Feeds, and what in a list of feeds is not taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    pub feeds: Vec<Subscription>,
    pub refused: Vec<Refused>,
    /// Addresses and folders of `feeds`.
    known: HashSet<(String, Vec<String>)>,
}

/// What stands where an address of the web should be, such as a command to be run: named, never followed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refused {
    /// Counted from 1, where the list is made of lines.
    pub line: Option<u64>,
    pub address: String,
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
    /// Takes the feed at `url`; `title` is what it calls itself, perhaps in HTML.
    pub fn add(&mut self, url: &str, title: &str) {
        self.take(url, None, Subscription { title: said(&line(title)), ..Subscription::default() });
    }

    /// Takes a feed at `url` with what else is known of it, once; refuses what is no address of the web.
    fn take(&mut self, url: &str, line: Option<u64>, feed: Subscription) {
        match Base::default().join(url) {
            Some(url) => {
                if self.known.insert((url.clone(), feed.folders.clone())) {
                    self.feeds.push(Subscription { url, ..feed });
                }
            }
            None => self.refused.push(Refused { line, address: clean_line(url) }),
        }
    }
}

/// Code points of a folder's name, and folders in each other, that are taken: each feed and each bookmark has a copy of all that
/// it stands in.
const LONGEST_FOLDER: usize = 100;
const FOLDERS: usize = 10;

/// The names of the folders that are open, outermost first, none longer and no more of them than anybody reads.
fn within(open: &[Option<String>]) -> impl Iterator<Item = String> {
    open.iter().flatten().take(FOLDERS).map(|name| name.chars().take(LONGEST_FOLDER).collect())
}

/// Text as one clean line, or nothing.
fn said(text: &str) -> Option<String> {
    Some(clean_line(text)).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests;
