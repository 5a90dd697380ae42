//! After every event: what is in sight is laid out, and what is in sight but not there is asked for.

use crate::model::{Id, Order, Stored};
use crate::query::{self, Query};
use crate::text::highlight::Needle;
use crate::text::layout::Setting;

use super::effect::Voices;
use super::panes::{self, Area, Panes};
use super::state::list::Rhythm;
use super::state::{ArticlePane, Focus, Listing, Place, State};
use super::{App, Effect};

/// From this many rows on the list has blank rows between articles.
const ROOMY: u16 = 16;

impl State {
    /// The screen divided.
    #[must_use]
    pub fn panes(&self) -> Panes {
        panes::panes(self.size, self)
    }

    /// The rows that show articles in the list; of no height where the list is not shown.
    #[must_use]
    pub fn list_rows(&self) -> Area {
        self.panes().list.map(|pane| panes::list_rows(pane, self)).unwrap_or_default()
    }

    /// The column of the article's text; of no height where it is not shown.
    #[must_use]
    pub fn text_column(&self) -> Area {
        self.panes().article.map(|pane| panes::text_column(pane, self.settings.measure)).unwrap_or_default()
    }

    /// The order of the list: what its query says, else the chosen one.
    #[must_use]
    pub fn order(&self) -> Order {
        self.listing.order_of(&self.query())
    }

    /// How the list's rows are set in `area`.
    #[must_use]
    pub fn rhythm(&self, area: Area) -> Rhythm {
        Rhythm {
            body: if self.listing.is_search() { 3 } else { 2 },
            gap: u16::from(area.height >= ROOMY),
            by_day: self.order() != Order::Relevance,
        }
    }

    /// Whether the prompt's text is still being typed into the list's query.
    #[must_use]
    pub fn is_typing_query(&self) -> bool {
        self.prompt.as_ref().is_some_and(|prompt| prompt.kind.is_query())
    }

    /// What a list is narrowed to, apart from its place.
    fn narrowed_to(&self) -> Vec<Needle> {
        if self.listing.filter.is_empty() {
            return Vec::new();
        }
        let filter = Listing { place: Place::All, search: None, ..self.listing.clone() };
        let query = filter.query(self.is_typing_query(), self.settings.exact);
        query.as_ref().map(query::needles).unwrap_or_default()
    }

    /// What is lit in the titles of the list: what is searched, or what the list is narrowed to.
    #[must_use]
    pub fn lit_in_titles(&self) -> Vec<Needle> {
        let listing = &self.listing;
        let searched = listing.is_search() || !listing.filter.is_empty() || matches!(listing.place, Place::Search(_));
        if searched { query::needles(&self.query()) } else { Vec::new() }
    }

    /// The query of what is listed: what was meant, else the one that is typed; an empty one where it cannot be read.
    #[must_use]
    pub fn query(&self) -> Query {
        if let Some(meant) = &self.list.meant {
            return meant.clone();
        }
        self.listing.query(self.is_typing_query(), self.settings.exact).unwrap_or_default()
    }
}

/// How far the list is read anew, where it is shown already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Renewing {
    #[default]
    Rests,
    UnderWay,
    /// The library changed again meanwhile.
    Due,
}

/// What lights up in an article for words that are typed to be found in it; nothing while they are a mistake. Where it is
/// `exact`, a capital letter or an accent is meant.
pub(super) fn found_by(typed: &str, exact: bool) -> Vec<Needle> {
    let query = query::parse_typing(typed).unwrap_or_default();
    query::needles(&if exact { query.exact_where_marked() } else { query })
}

impl App {
    /// Brings the state in order for the next frame.
    pub(super) fn settle(&mut self) {
        let column = self.state.text_column();
        if column.height > 0 {
            let setting = self.setting(column.width);
            let now = self.state.now.clone();
            self.state.article.lay_out(setting, &now);
            self.note_read_to_end(column.height);
            self.ask_for_fates();
        }
        let rows = self.state.list_rows();
        if rows.height > 0 && self.state.lists_quotes() {
            let needles = self.state.narrowed_to();
            self.state.list.quotes.set(super::state::quoted::Setting::of(rows), needles);
            self.state.list.follow_quotes(rows.height);
            self.ask_for_quotes(rows.height);
        } else if rows.height > 0 {
            let rhythm = self.state.rhythm(rows);
            let now = self.state.now.clone();
            self.state.list.follow(rows.height, rhythm, &now);
            self.ask_for_rows(rows.height);
        }
        if let Some(pane) = self.state.panes().places {
            self.state.places.follow(pane.height.saturating_sub(1));
        }
        self.ask_for_article();
        self.show_quote(column.height);
        self.read_ahead(rows.height);
        // The most work, and the least missed: after all else.
        self.ask_for_snippets(rows);
        self.ask_for_names();
        self.ask_for_counts();
    }

    /// How the article is set on `width` cells.
    pub(super) fn setting(&self, width: u16) -> Setting {
        let settings = &self.state.settings;
        Setting { measure: width.max(1), ascii: settings.ascii, long_quote_rows: settings.long_quote_rows }
    }

    fn ask_for_rows(&mut self, height: u16) {
        let mut missing = self.state.list.missing(height);
        missing.retain(|id| !self.asked.contains(id));
        if !missing.is_empty() {
            self.asked.extend(&missing);
            self.push(Effect::Summaries(missing));
        }
    }

    fn ask_for_snippets(&mut self, rows: Area) {
        let rhythm = self.state.rhythm(rows);
        if rhythm.body < 3 || rows.height == 0 || self.state.lists_quotes() {
            return;
        }
        let list = &self.state.list;
        let seen = list.plan(rows.height, rhythm, &self.state.now);
        let ids: Vec<Id> = seen.iter().filter_map(|placed| list.ids.get(placed.index).copied()).collect();
        let ids: Vec<Id> = ids.into_iter().filter(|id| !list.snippets.contains_key(id)).collect();
        if ids.is_empty() || self.snippets_ticket > 0 || !self.listed {
            return;
        }
        let ticket = self.next_ticket();
        self.snippets_ticket = ticket;
        let cells = rows.width.saturating_sub(6).max(8);
        self.push(Effect::Snippets { ticket, query: self.state.query(), ids, cells });
    }

    /// Beside the list the selected article is shown; alone in its pane, only the one that was opened.
    fn ask_for_article(&mut self) {
        let state = &self.state;
        if state.panes().article.is_none() || state.focus == Focus::Article && state.article.stored.is_some() {
            return;
        }
        let Some(id) = state.list.selected() else {
            if state.list.complete && state.focus != Focus::Article {
                self.keep_position();
                self.state.article = super::state::ArticlePane::default();
                self.opening = None;
            }
            return;
        };
        self.open(id);
    }

    /// Asks for an article, where it is not open or asked for already.
    pub(super) fn open(&mut self, id: Id) {
        let open = self.state.article.stored.as_ref().map(|stored| stored.summary.id);
        if self.opening == Some(id) || (self.opening.is_none() && open == Some(id)) {
            return;
        }
        let ticket = self.next_ticket();
        // An article on its way is no longer wanted.
        self.open_ticket = ticket;
        if let Some(pane) = self.ready(id) {
            self.opening = None;
            return self.show_pane(pane);
        }
        self.opening = Some(id);
        self.push(Effect::Open { ticket, id });
    }

    /// Shows an article that is laid out already.
    fn show_pane(&mut self, pane: ArticlePane) {
        self.keep_position();
        self.kept = pane.stored.as_ref().and_then(|stored| stored.position).unwrap_or(0);
        self.state.article = pane;
        let column = self.state.text_column();
        if column.height > 0 {
            let setting = self.setting(column.width);
            let now = self.state.now.clone();
            self.state.article.lay_out(setting, &now);
        }
        self.light_search(true);
    }

    /// Shows an article that was read; the place in the one before is kept.
    pub(super) fn show(&mut self, stored: Box<Stored>) {
        let same = self.state.article.stored.as_ref().is_some_and(|open| open.summary.id == stored.summary.id);
        let width = self.state.text_column().width.max(1);
        let setting = self.setting(width);
        let now = self.state.now.clone();
        if same {
            let known = self.state.article.stored.as_ref().map_or(0, |open| open.revisions.len());
            let is_changed = known != stored.revisions.len();
            self.state.article.refresh(stored, setting, &now);
            if let Some(pair) = self.state.article.difference.as_ref().map(|shown| shown.pair).filter(|_| is_changed) {
                self.compare(pair);
            }
        } else {
            self.keep_position();
            self.kept = stored.position.unwrap_or(0);
            self.state.article.show(stored, setting, &now);
        }
        self.light_search(!same);
    }

    /// Lights the words of the search in the open article, and goes to the first where reading did not stop elsewhere.
    pub(super) fn light_search(&mut self, fresh: bool) {
        let state = &mut self.state;
        if !state.article.find.is_empty() && !fresh {
            let needles = found_by(&state.article.find, state.settings.exact);
            let hit = state.article.hit;
            state.article.light(&needles);
            state.article.hit = hit.filter(|hit| *hit < state.article.hits.len());
            return;
        }
        if state.listing.search.is_none() && state.listing.filter.is_empty() {
            state.article.light(&[]);
            return;
        }
        let needles = crate::query::needles(&state.query());
        state.article.light(&needles);
        let height = state.text_column().height;
        if fresh
            && self.kept == 0
            && let Some(first) = state.article.hits.first().map(|span| span.start)
        {
            state.article.reveal(first, height.max(1));
        }
    }

    /// Keeps where reading stopped in the open article, if that changed.
    pub(super) fn keep_position(&mut self) {
        let Some(stored) = &self.state.article.stored else { return };
        let offset = self.state.article.position();
        if self.state.focus == Focus::Article && offset != self.kept {
            self.kept = offset;
            let id = stored.summary.id;
            self.moved.insert(id);
            self.push(Effect::KeepPosition { id, offset });
        }
    }

    /// Asks for the list, for which somebody waits.
    pub(super) fn list_again(&mut self) {
        self.renewing = Renewing::Rests;
        self.ask_for_list(false);
    }

    /// Has the list that is shown read anew behind all that somebody waits for; once more where that is under way.
    pub(super) fn renew_list(&mut self) {
        if !self.listed {
            // It is not shown yet.
            return self.list_again();
        }
        match self.renewing {
            Renewing::Rests => {
                self.renewing = Renewing::UnderWay;
                self.ask_for_list(true);
            }
            Renewing::UnderWay | Renewing::Due => self.renewing = Renewing::Due,
        }
    }

    /// The list was read; whether that was the last time for now.
    pub(super) fn list_read(&mut self) {
        if std::mem::take(&mut self.renewing) == Renewing::Due {
            self.renew_list();
        }
    }

    fn ask_for_list(&mut self, again: bool) {
        let typing = self.state.is_typing_query();
        let query = match self.state.listing.query(typing, self.state.settings.exact) {
            Ok(query) => query,
            Err(mistake) => {
                if let Some(prompt) = &mut self.state.prompt {
                    prompt.mistake = Some(mistake);
                }
                return;
            }
        };
        if let Some(prompt) = &mut self.state.prompt {
            prompt.mistake = None;
        }
        if let Some(Voices::Of(name)) = self.state.listing.voices().filter(|_| !typing) {
            self.push(Effect::Voice(name));
        }
        let order = self.state.listing.order_of(&query);
        let ticket = self.next_ticket();
        self.list_ticket = ticket;
        self.listed &= again;
        self.push(if self.state.listing.voices() == Some(Voices::Kept) {
            Effect::ListKept { ticket, query, order }
        } else {
            let forgiving = self.state.listing.is_search();
            let fold = self.state.listing.folds(&self.state.settings);
            Effect::List { ticket, query, order, forgiving, fold, again }
        });
        self.light_search(false);
    }

    /// Shows another listing, from its top.
    pub(super) fn show_listing(&mut self, listing: Listing) {
        self.state.listing = listing;
        self.asked_quotes.clear();
        self.quotes_since = self.ticket;
        let list = &mut self.state.list;
        list.forget_quotes();
        list.marked.clear();
        list.folds.clear();
        list.snippets.clear();
        list.cursor = 0;
        list.top = 0;
        list.to_end = false;
        list.wanted = None;
        list.meant = None;
        list.from_top = true;
        self.snippets_ticket = 0;
        self.list_again();
    }
}
