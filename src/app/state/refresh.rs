//! Feeds under way, and those that did not answer.

use std::collections::HashMap;

use super::feeds::Outcome;
use crate::model::{Feed, FeedId};
use crate::text::counted;

/// What is known of the feeds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refresh {
    /// Feeds are being asked.
    pub running: Option<Asking>,
    /// Feeds that did not answer when they were last asked, by title.
    pub failing: Vec<FailingFeed>,
    /// What is subscribed to, as far as it was looked at.
    pub feeds: Option<Vec<Feed>>,
    /// What became of each feed that was asked in the refresh under way, or in the last one.
    pub outcomes: HashMap<FeedId, Outcome>,
    /// The feed that answered or failed last, by title.
    pub last: Option<(String, Outcome)>,
}

/// How far a refresh is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asking {
    pub done: usize,
    /// Feeds in all; 0 while that is not known.
    pub of: usize,
    /// Articles that came.
    pub new: usize,
    /// Pages that are fetched for whole texts: those that are done, and all.
    pub pages: Option<(usize, usize)>,
}

/// A feed that did not answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailingFeed {
    pub title: String,
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

impl Refresh {
    /// How far it is: what matters most first.
    #[must_use]
    pub fn parts(&self) -> Option<Vec<String>> {
        let Asking { done, of, new, pages } = self.running?;
        let feeds =
            if of == 0 { "asking …".to_owned() } else { format!("{done} of {}, {new} new", counted(of, "feed")) };
        let pages = pages.map(|(done, of)| format!(", {done} of {}", counted(of, "page"))).unwrap_or_default();
        let last = self.last.as_ref().map(|(title, outcome)| format!("{title}: {}", outcome.line()));
        Some([format!("{feeds}{pages}"), "esc stops".to_owned()].into_iter().chain(last).collect())
    }

    /// What became of a feed, while feeds are asked.
    #[must_use]
    pub fn outcome(&self, feed: FeedId) -> Option<&Outcome> {
        self.outcomes.get(&feed).filter(|_| self.running.is_some())
    }

    /// Whether the feed of this title failed.
    #[must_use]
    pub fn fails(&self, title: &str) -> bool {
        self.failing.iter().any(|feed| feed.title == title)
    }
}
