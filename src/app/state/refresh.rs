//! Feeds under way, and those that did not answer.

/// What is known of the feeds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refresh {
    /// Feeds are being asked.
    pub running: Option<Asking>,
    /// Feeds that did not answer when they were last asked, by title.
    pub failing: Vec<FailingFeed>,
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
    /// How far it is, in a line.
    #[must_use]
    pub fn line(&self) -> Option<String> {
        let Asking { done, of, new, pages } = self.running?;
        let feeds = if of == 0 { "asking …".to_owned() } else { format!("{done} of {of} feeds, {new} new") };
        let pages = pages.map(|(done, of)| format!(", {done} of {of} pages")).unwrap_or_default();
        Some(format!("{feeds}{pages}   esc stops"))
    }

    /// Whether the feed of this title failed.
    #[must_use]
    pub fn fails(&self, title: &str) -> bool {
        self.failing.iter().any(|feed| feed.title == title)
    }
}
