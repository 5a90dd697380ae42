//! Feeds in the reader: asked for news while everything else goes on, broken off by Esc, with what failed to look at. And
//! what is given to `add`: said what it is before anything happens.

use super::App;
use super::effect::{Effect, Feeds};
use super::event::{Notice, Refreshed};
use super::overlays::picker_columns;
use super::state::overlay::{Entry, Overlay, Picker, PickerKind};
use super::state::refresh::Asking;
use super::state::{Place, PromptKind};
use crate::text::counted;
use crate::text::segment::cells;
use crate::text::wrap::wrap;

/// Words from which on something that is no address and looks like no path is taken for text.
const TEXT_WORDS: usize = 6;

/// What is given to `add`, as far as one can tell without looking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    Address,
    Path,
    Text,
}

impl Given {
    /// What `text` is.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let text = text.trim();
        let begins = |with: &str| text.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
        if (begins("http://") || begins("https://")) && !text.contains(char::is_whitespace) {
            Self::Address
        } else if !text.starts_with(['/', '~', '.']) && text.split_whitespace().count() >= TEXT_WORDS {
            Self::Text
        } else {
            Self::Path
        }
    }

    /// What will happen with it.
    #[must_use]
    pub fn fate(self) -> &'static str {
        match self {
            Self::Address => "an address: a feed or a list of feeds is subscribed to, a page is stored",
            Self::Path => "a file or folder: its articles are stored, a list of feeds is subscribed to",
            Self::Text => "text: it is stored as an article",
        }
    }
}

impl App {
    /// Asks the feed that the list or the article is from.
    pub(super) fn refresh_source(&mut self) {
        let article = self.state.current();
        let source = match &self.state.listing.place {
            Place::Source(name) => Some(name.clone()),
            _ => article.and_then(|id| self.state.list.rows.get(&id)?.source.clone()),
        };
        if source.is_none() && article.is_none() {
            return self.notify(Notice::failed("no source is selected; R asks all feeds"));
        }
        self.refresh(Feeds::Of { source, article });
    }

    /// Asks `feeds` for news.
    pub(super) fn refresh(&mut self, feeds: Feeds) {
        if self.state.refresh.running.is_some() {
            return self.notify(Notice::said("feeds are being asked already; esc stops"));
        }
        self.state.refresh.running = Some(Asking::default());
        self.push(Effect::Refresh(feeds));
    }

    /// Breaks a refresh off where one is under way; else closes what is nearest.
    pub(super) fn escape(&mut self) {
        if self.state.refresh.running.is_some() {
            self.push(Effect::StopRefresh);
        } else {
            self.close();
        }
    }

    pub(super) fn refreshing(&mut self, asking: Asking) {
        self.state.refresh.running = Some(asking);
    }

    pub(super) fn refreshed(&mut self, refreshed: &Refreshed) {
        self.state.refresh.running = None;
        if self.state.refresh.feeds.is_some() {
            self.push(Effect::Feeds);
        }
        let Refreshed { new, updated, failed, asked, barred, offline, stopped, by_itself } = *refreshed;
        if new + updated > 0 {
            self.library_changed();
        } else {
            self.push(Effect::Places);
        }
        let articles = counted(new, "new article");
        let articles = if updated == 0 { articles } else { format!("{articles}, {updated} changed") };
        let notice = match (offline, stopped, failed) {
            (true, ..) => Notice::said("offline"),
            (_, true, _) => Notice::said(format!("stopped; {articles}")),
            _ if asked == 0 && barred > 0 => Notice::said("no feed may be asked now: g f says why"),
            _ if asked == 0 => Notice::said("there is no feed to ask; a adds one"),
            (_, _, 0) => Notice::said(articles),
            (_, _, 1) => Notice::failed(format!("{articles}; a feed failed: g e says why")),
            (_, _, failed) => Notice::failed(format!("{articles}; {failed} feeds failed: g e says why")),
        };
        // What goes on by itself is quiet, unless it brought something.
        if !by_itself || new > 0 {
            self.notify(notice);
        }
    }

    /// Shows the feeds that failed, and what to do about each.
    pub(super) fn show_failing(&mut self) {
        let failing = &self.state.refresh.failing;
        let columns = usize::from(picker_columns(self.state.size));
        let widest = failing.iter().map(|feed| cells(&feed.title)).max().unwrap_or(0);
        let measure = columns.saturating_sub(widest.min(columns / 3) + 2);
        let mut entries = Vec::new();
        for (value, feed) in failing.iter().enumerate() {
            // A remedy is of no use where it is cut off.
            let rows = [&feed.message, &feed.hint].map(|text| {
                wrap(text, &[], measure).into_iter().filter_map(|row| text.get(row)).filter(|row| !row.is_empty())
            });
            for (at, row) in rows.into_iter().flatten().enumerate() {
                let left = if at == 0 { feed.title.clone() } else { String::new() };
                entries.push(Entry { left, right: row.to_owned(), value, also: feed.title.clone() });
            }
        }
        if entries.is_empty() {
            return self.notify(Notice::said("no feed failed"));
        }
        self.state.overlay = Some(Overlay::Picker(Picker::new(PickerKind::Failing, "Feeds that failed", entries)));
    }

    /// Fetches the page of the current article for its whole text.
    pub(super) fn fetch_full_text(&mut self) {
        if let Some(id) = self.state.current() {
            self.notify(Notice::said("fetching the page …"));
            self.push(Effect::FullText(id));
        }
    }

    /// Stores what was given to `add`.
    pub(super) fn add(&mut self, text: String) {
        let given = Given::of(&text);
        // A pasted text keeps its paragraphs; the prompt shows it in one line.
        let pasted = self.pasted.take().filter(|pasted| crate::text::clean::clean_line(pasted) == text);
        match given {
            Given::Text => {
                self.notify(Notice::said("storing the text …"));
                self.push(Effect::AddText(pasted.unwrap_or(text)));
            }
            Given::Address => {
                self.notify(Notice::said(format!("fetching {text} …")));
                self.push(Effect::AddAddress(text));
            }
            Given::Path => {
                self.notify(Notice::said(format!("adding {text} …")));
                self.push(Effect::Add(text));
            }
        }
    }

    /// Offers to add an address, if nothing else has the reader's attention.
    pub(super) fn offer(&mut self, address: &str) {
        if self.state.prompt.is_none() && self.state.overlay.is_none() {
            self.propose(PromptKind::Add, address);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_is_told_by_its_look() {
        for (text, expected) in [
            ("https://a.example/feed", Given::Address),
            (" HTTP://a.example ", Given::Address),
            ("~/clippings", Given::Path),
            ("notes.md", Given::Path),
            ("my old notes", Given::Path),
            ("/a folder with a very long name indeed", Given::Path),
            ("The quay is closed to all traffic.", Given::Text),
            ("See https://a.example/ for what the board said.", Given::Text),
            ("ftp://a.example/x", Given::Path),
        ] {
            assert_eq!(Given::of(text), expected, "{text}");
        }
    }
}
