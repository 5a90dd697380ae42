//! All that the screen shows, as plain data.

pub mod article;
pub mod dates;
pub mod difference;
pub mod feeds;
pub mod folds;
pub mod list;
pub mod listing;
pub mod overlay;
pub mod places;
pub mod prompt;
pub mod quoted;
pub mod refresh;
mod rows;
pub mod sheet;

use std::path::PathBuf;

use crate::clock::Now;
use crate::config::{Chord, Settings};
use crate::model::{Counts, Id, Quote, Span};

use super::effect::Voices;
use super::event::{Notice, Voice};

pub use article::ArticlePane;
pub use difference::{DifferencePane, Pair, Stops};
pub use list::ListPane;
pub use listing::{Listing, Place};
pub use overlay::{Entry, Overlay, Picker, PickerKind};
pub use places::{PlacesPane, Search};
pub use prompt::{Prompt, PromptKind};
pub use sheet::Sheet;

/// The pane that keys go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    Places,
    List,
    Article,
}

/// The whole state of the reader's screen.
#[derive(Clone, Debug)]
pub struct State {
    /// Columns and rows.
    pub size: (u16, u16),
    pub now: Now,
    pub settings: Settings,
    pub focus: Focus,
    pub listing: Listing,
    pub list: ListPane,
    pub article: ArticlePane,
    pub places: PlacesPane,
    pub overlay: Option<Overlay>,
    pub prompt: Option<Prompt>,
    pub notice: Option<Notice>,
    pub counts: Counts,
    /// Only the article is shown.
    pub zoomed: bool,
    /// The list's width in cells, where the reader chose one.
    pub border: Option<u16>,
    pub dragging_border: bool,
    /// The beginning of a key sequence.
    pub pending: Vec<Chord>,
    /// The count typed before a command.
    pub count: Option<usize>,
    /// Where the reader was, for the way back.
    pub history: Vec<Spot>,
    /// What a search or filter will return to.
    pub before_search: Option<Box<Spot>>,
    /// Nothing is kept: the library is thrown away at the end.
    pub passing: bool,
    /// A folder of newsboat's, or a list of feeds, that `a` offers, once.
    pub offered: Option<PathBuf>,
    pub refresh: refresh::Refresh,
    /// How much of the search index is built, in percent, while there is none: searches find titles only.
    pub indexing: Option<u64>,
}

/// A place in the library to come back to.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    pub listing: Listing,
    pub selected: Option<Id>,
    /// The quote of that article, in a list of quotes: the byte it begins at.
    pub quote: Option<u32>,
    pub open: Option<Id>,
    pub focus: Focus,
}

impl State {
    /// The article that commands act on: the open one in the article pane, else the selected row's.
    #[must_use]
    pub fn current(&self) -> Option<Id> {
        match self.focus {
            Focus::Article => self.article.stored.as_ref().map(|stored| stored.summary.id),
            Focus::List | Focus::Places => self.list.selected(),
        }
    }

    /// The articles that commands act on: the marked ones from the list, else the current one.
    #[must_use]
    pub fn targets(&self) -> Vec<Id> {
        if self.focus == Focus::Article || self.list.marked.is_empty() {
            return self.current().into_iter().collect();
        }
        self.list.ids.iter().copied().filter(|id| self.list.marked.contains(id)).collect()
    }

    /// The speaker whose page the list is, once they are known.
    #[must_use]
    pub fn voice(&self) -> Option<&Voice> {
        match self.listing.voices()? {
            Voices::Of(name) => self.list.voice.as_deref().filter(|voice| voice.asked == name),
            _ => None,
        }
    }

    /// Whether the list shows quotes, not articles.
    #[must_use]
    pub fn lists_quotes(&self) -> bool {
        self.listing.lists_quotes()
    }

    /// The quote that commands act on, and its article: the one in focus in the article, else the one selected in a
    /// list of quotes.
    #[must_use]
    pub fn quote(&self) -> Option<(Id, &Quote)> {
        if self.focus == Focus::Article {
            // Over a difference none is in sight.
            let stored = self.article.stored.as_ref().filter(|_| self.article.difference.is_none())?;
            return Some((stored.summary.id, stored.quotes.get(self.article.focus?)?));
        }
        let quoted = self.list.selected_quote().filter(|_| self.lists_quotes())?;
        Some((quoted.id, &quoted.quote))
    }

    /// The speaker that commands act on: the one of the quote at hand, else the one whose page is shown.
    #[must_use]
    pub fn speaker_at_hand(&self) -> Option<String> {
        let quoted = self.quote().and_then(|(_, quote)| quote.speaker.clone());
        quoted.or_else(|| match &self.listing.place {
            Place::Speaker(name) if self.lists_quotes() => Some(name.clone()),
            _ => None,
        })
    }

    /// Whether a quote of an article is kept, as far as that is read.
    #[must_use]
    pub fn is_kept(&self, id: Id, span: &Span) -> bool {
        let open = self.article.stored.as_ref().filter(|stored| stored.summary.id == id);
        let listed = self.list.selected_quote().filter(|quoted| quoted.id == id && quoted.quote.span == *span);
        // What the article's text no longer has is kept where it is listed, or it would be nowhere.
        let gone = listed.is_some_and(|quoted| quoted.index.is_none());
        open.filter(|_| !gone)
            .map_or(listed.is_some_and(|quoted| quoted.kept.is_some()), |stored| stored.kept.contains(span))
    }

    /// Where the reader is now.
    #[must_use]
    pub fn spot(&self) -> Spot {
        Spot {
            listing: self.listing.clone(),
            selected: self.list.selected(),
            quote: self.list.selected_quote().filter(|_| self.lists_quotes()).map(|quoted| quoted.quote.span.start),
            open: self.article.stored.as_ref().map(|stored| stored.summary.id),
            focus: self.focus,
        }
    }
}
