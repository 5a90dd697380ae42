//! The state machine: events in, effects out. Never blocks, reads no clock, does no input or output, draws nothing.

mod acting;
mod ahead;
mod asking;
mod changes;
pub mod commands;
mod completing;
mod counting;
mod details;
pub mod effect;
pub mod event;
pub mod feeds;
mod history;
pub mod keymap;
mod keys;
mod mouse;
mod moving;
mod overlays;
pub mod panes;
mod quoting;
mod replies;
mod settle;
pub mod state;
mod subscriptions;

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::clock::Now;
use crate::config::Settings;
use crate::model::{Counts, Id, Stored, Summary};

pub use effect::{Effect, Ticket};
pub use event::{Event, Mouse, MouseKind, Notice, Reply, Snippet, Voice};
use keymap::Keymap;
pub use overlays::{frame_area, overlay_rows, picker_columns, picker_frame_rows, picker_rows};
pub use quoting::{DOUBT, speaker};
use state::{Focus, Listing, Place, State};

/// What the reader begins with, read before the first frame.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// Columns and rows.
    pub size: (u16, u16),
    /// The beginning of the list, in its order; the rest is asked for.
    pub rows: Vec<Summary>,
    pub counts: Counts,
    /// The article that was open last.
    pub open: Option<Box<Stored>>,
    /// What was remembered of the last session, by the keys of `Effect::Remember`.
    pub session: Session,
    /// Nothing is kept: the library is thrown away at the end.
    pub passing: bool,
    /// The library is new, and this folder of newsboat's or list of feeds is there.
    pub elsewhere: Option<PathBuf>,
}

/// What one session leaves to the next, as the library keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Session {
    /// `state::Place::key`.
    pub place: Option<String>,
    pub article: Option<Id>,
    /// The article had the focus, not the list.
    pub reading: bool,
    /// The list's width in cells.
    pub border: Option<u16>,
    /// Searches that were kept.
    pub searches: Vec<state::Search>,
}

impl Session {
    /// The keys it is remembered under.
    pub const KEYS: [&'static str; 4] = ["place", "article", "reading", "border"];
    /// The key of the kept searches, a line each; these are kept when they change.
    pub const SEARCHES: &'static str = "searches";

    /// What `recall` says of each key.
    pub fn read(recall: impl Fn(&str) -> Option<String>) -> Self {
        let [place, article, reading, border] = Self::KEYS;
        Self {
            place: recall(place),
            article: recall(article).and_then(|text| text.parse().ok()),
            reading: recall(reading).as_deref() == Some("yes"),
            border: recall(border).and_then(|text| text.parse().ok()),
            searches: state::Search::read_all(&recall(Self::SEARCHES).unwrap_or_default()),
        }
    }

    /// Where the list begins.
    #[must_use]
    pub fn listing(&self, settings: &Settings) -> Listing {
        let place = self.place.as_deref().map_or(Place::All, Place::recall);
        Listing { place, order: settings.sort, ..Listing::default() }
    }
}

/// What is done once an article is there.
type Deferred = fn(&mut App);

/// The reader's state and what it still owes to the outside.
#[derive(Debug)]
pub struct App {
    state: State,
    keymap: Keymap,
    effects: Vec<Effect>,
    /// Something changed that a frame must show.
    dirty: bool,
    /// The last number given to a request, whatever its kind.
    ticket: Ticket,
    list_ticket: Ticket,
    /// The last list request that somebody waits for has been answered, at least in part.
    listed: bool,
    renewing: settle::Renewing,
    snippets_ticket: Ticket,
    open_ticket: Ticket,
    compare_ticket: Ticket,
    /// The article that was asked for and is not there yet.
    opening: Option<Id>,
    /// The place that was kept of the open article.
    kept: u32,
    /// The row from which on an unread article is looked for, while more rows are read.
    seeking: Option<usize>,
    /// Rows that were asked for and are not there yet.
    asked: BTreeSet<Id>,
    /// Articles whose quotes were asked for and are not there yet.
    asked_quotes: BTreeSet<Id>,
    /// The last ticket before this list of quotes: quotes asked for until then belong to another one.
    quotes_since: Ticket,
    speakers_ticket: Ticket,
    uncounted: counting::Uncounted,
    /// The beginning of a speaker's name in a query, whose names are still to be asked for.
    names_wanted: Option<String>,
    /// The quote of the list that was put into focus in its article last, by the byte it begins at.
    quote_shown: Option<(Id, u32)>,
    /// What is to be done once this article is open.
    once_open: Option<(Id, Deferred)>,
    /// What was pasted for `add`, with its lines.
    pasted: Option<String>,
    ahead: ahead::Ahead,
    /// Articles whose place was kept in this session.
    moved: BTreeSet<Id>,
}

impl App {
    /// The state machine at its start, and what it wants done first.
    #[must_use]
    pub fn new(settings: Settings, start: Start, now: &Now) -> (Self, Vec<Effect>) {
        let listing = start.session.listing(&settings);
        let mut list = state::ListPane { wanted: start.session.article, ..state::ListPane::default() };
        let ids = start.rows.iter().map(|row| row.id).collect();
        list.take_rows(&[], start.rows);
        // Which articles have kept quotes is not known at the start.
        if listing.place != Place::Kept {
            list.begin(ids);
        }
        let single = start.passing && list.ids.len() == 1;
        let focus =
            if single || (start.session.reading && start.open.is_some()) { Focus::Article } else { Focus::List };
        let keymap = Keymap::new(&settings);
        let mut app = Self {
            keymap,
            state: State {
                size: start.size,
                now: now.clone(),
                settings,
                focus,
                listing,
                list,
                article: state::ArticlePane::default(),
                places: state::PlacesPane { searches: start.session.searches, ..state::PlacesPane::default() },
                overlay: None,
                prompt: None,
                notice: None,
                counts: start.counts,
                zoomed: single,
                border: start.session.border,
                dragging_border: false,
                pending: Vec::new(),
                count: None,
                history: Vec::new(),
                before_search: None,
                passing: start.passing,
                offered: start.elsewhere,
                refresh: state::refresh::Refresh::default(),
                indexing: None,
            },
            effects: Vec::new(),
            dirty: true,
            ticket: 0,
            list_ticket: 0,
            listed: false,
            renewing: settle::Renewing::default(),
            snippets_ticket: 0,
            open_ticket: 0,
            compare_ticket: 0,
            opening: None,
            kept: 0,
            seeking: None,
            asked: BTreeSet::new(),
            asked_quotes: BTreeSet::new(),
            quotes_since: 0,
            speakers_ticket: 0,
            uncounted: counting::Uncounted::default(),
            names_wanted: None,
            quote_shown: None,
            once_open: None,
            pasted: None,
            ahead: ahead::Ahead::default(),
            moved: BTreeSet::new(),
        };
        if let Some(stored) = start.open {
            app.show(stored);
        }
        if let Some(found) = &app.state.offered {
            let list = found.extension().and(found.file_name()).map(|name| name.display());
            app.notify(Notice::said(match list {
                Some(name) => format!("{name} is here too: a subscribes to its feeds"),
                None => "newsboat is here too: a takes over its feeds and articles".to_owned(),
            }));
        }
        app.list_again();
        app.effects.extend([Effect::Counts, Effect::Places]);
        app.count_places(counting::Scope::All);
        app.settle();
        let effects = std::mem::take(&mut app.effects);
        (app, effects)
    }

    /// Takes an event in; what is to be done outside comes back, in order.
    pub fn handle(&mut self, event: Event, now: &Now) -> Vec<Effect> {
        self.state.now = now.clone();
        // What is made ready shows nothing yet.
        let shows = !matches!(event, Event::Reply(Reply::ReadAhead { .. }));
        match event {
            Event::Key(chord) => self.key(chord),
            Event::Paste(text) => self.paste(&text),
            Event::Mouse(mouse) => self.mouse(mouse),
            Event::Resize(columns, rows) => self.state.size = (columns, rows),
            Event::Reply(reply) => self.reply(reply),
        }
        self.settle();
        self.dirty |= shows;
        std::mem::take(&mut self.effects)
    }

    /// What the screen shows.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The keys as they are bound.
    #[must_use]
    pub fn keymap(&self) -> &Keymap {
        &self.keymap
    }

    /// Whether a frame is due since this was last asked.
    pub fn take_dirty(&mut self) -> bool {
        std::mem::take(&mut self.dirty)
    }

    /// What must be kept when the program ends, however it ends.
    pub fn farewell(&mut self) -> Vec<Effect> {
        self.keep_position();
        if !self.state.passing {
            let [place, article, reading, border] = Session::KEYS;
            let open = self.state.article.stored.as_ref().map(|stored| stored.summary.id);
            let article_id = open.or_else(|| self.state.list.selected());
            let read = if self.state.focus == Focus::Article { "yes" } else { "no" };
            let remember = |key, value| Effect::Remember { key, value };
            self.effects.extend([
                remember(place, self.state.listing.place.key()),
                remember(article, article_id.map(|id| id.to_string()).unwrap_or_default()),
                remember(reading, read.to_owned()),
                remember(border, self.state.border.map(|cells| cells.to_string()).unwrap_or_default()),
            ]);
        }
        std::mem::take(&mut self.effects)
    }

    pub(crate) fn push(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    fn notify(&mut self, notice: Notice) {
        self.state.notice = Some(notice);
    }

    fn next_ticket(&mut self) -> Ticket {
        self.ticket += 1;
        self.ticket
    }
}
