//! What is read while nobody waits: the articles next to the selected one, laid out too, and the rows around those in sight. The
//! next step in the list shows them at once, without a worker.

use crate::model::{Id, Stored, Summary};

use super::state::{ArticlePane, Focus};
use super::{App, Effect, Ticket};

/// What is kept ready.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    ready: Vec<(Id, ArticlePane)>,
    /// The last request, and the articles and rows it asked for.
    ticket: Ticket,
    asked: (Vec<Id>, Vec<Id>),
}

impl Ahead {
    /// The articles that are ready.
    pub(super) fn ids(&self) -> impl Iterator<Item = Id> {
        self.ready.iter().map(|(id, _)| *id)
    }

    /// As `ArticlePane::take_row`, for each article that is ready.
    pub(super) fn take_row(&mut self, row: &Summary) {
        self.ready.iter_mut().for_each(|(_, pane)| pane.take_row(row));
    }
}

impl App {
    /// Asks for the rows around those in sight, and for the articles next to the selected one.
    pub(super) fn read_ahead(&mut self, height: u16) {
        // With the next letter the list is another one.
        if self.state.is_typing_query() {
            return;
        }
        let mut rows = if self.state.lists_quotes() { Vec::new() } else { self.state.list.ahead(height) };
        rows.retain(|id| !self.asked.contains(id));
        let missing = (self.articles_ahead(), rows);
        if missing == self.ahead.asked || missing == Default::default() {
            return;
        }
        let ticket = self.next_ticket();
        self.ahead.ticket = ticket;
        self.ahead.asked.clone_from(&missing);
        let (ids, rows) = missing;
        self.push(Effect::ReadAhead { ticket, ids, rows });
    }

    /// The articles that are not ready of those above and below the selected one, and of the next unread one where an article is
    /// read; forgets all others.
    fn articles_ahead(&mut self) -> Vec<Id> {
        let state = &self.state;
        if state.focus == Focus::Places || state.panes().article.is_none() || self.opening.is_some() {
            return Vec::new();
        }
        let (list, at) = (&state.list, state.list.cursor);
        let beside = [at.checked_add(1), at.checked_sub(1)].into_iter().flatten();
        let beside = beside.filter_map(|at| list.ids.get(at).copied());
        let unread = list.unread_from(at.saturating_add(1)).map(|(_, id)| id);
        let unread = unread.filter(|id| state.focus == Focus::Article && list.rows.contains_key(id));
        // Where reading stopped in an article of this session may still be on its way to the disk.
        let mut wanted: Vec<Id> = beside.chain(unread).filter(|id| !self.moved.contains(id)).collect();
        wanted.sort_unstable();
        wanted.dedup();
        self.ahead.ready.retain(|(id, _)| wanted.contains(id));
        let is_ready = |id: &Id| self.ahead.ready.iter().any(|(ready, _)| ready == id);
        wanted.into_iter().filter(|id| !is_ready(id)).collect()
    }

    /// Takes in what was read ahead, and lays the articles out.
    pub(super) fn take_ahead(&mut self, ticket: Ticket, read: Vec<Stored>, asked: &[Id], rows: Vec<Summary>) {
        if ticket != self.ahead.ticket {
            return;
        }
        // An article that is gone is out of the list, and out of its number.
        self.dirty |= rows.len() < asked.len();
        self.state.list.take_rows(asked, rows);
        let setting = self.setting(self.state.text_column().width);
        for stored in read {
            let mut pane = ArticlePane::default();
            let id = stored.summary.id;
            pane.show(Box::new(stored), setting, &self.state.now);
            self.ahead.ready.push((id, pane));
        }
    }

    /// The article `id`, where it is ready.
    pub(super) fn ready(&mut self, id: Id) -> Option<ArticlePane> {
        let at = self.ahead.ready.iter().position(|(ready, _)| *ready == id)?;
        Some(self.ahead.ready.swap_remove(at).1)
    }

    /// Forgets what was read ahead, and what is on its way: the library changed.
    pub(super) fn forget_ahead(&mut self) {
        self.ahead = Ahead::default();
    }
}
