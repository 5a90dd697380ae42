//! What commands do to articles: bookmarks, read marks, tags, trash, copies.

use std::collections::BTreeSet;

use crate::config::ThemeChoice;
use crate::model::{Bits, Id, Order, Summary};
use crate::query;
use crate::text::clean;
use crate::text::counted;

use super::effect::{Change, Effect};
use super::state::{Focus, Place};
use super::{App, Notice};

/// The narrowest and the widest text, in cells.
const MEASURES: std::ops::RangeInclusive<u16> = 20..=160;
const MEASURE_STEP: u16 = 2;

impl App {
    /// Applies a change: at once to what is shown, and by the librarian to what is kept.
    pub(super) fn change(&mut self, ids: Vec<Id>, change: Change) {
        self.change_these(ids.into_iter().collect(), change);
    }

    /// As `change`, for any number of articles.
    fn change_these(&mut self, ids: Bits, change: Change) {
        if ids.is_empty() {
            return;
        }
        let seconds = self.state.now.seconds;
        let apply = |row: &mut Summary| match &change {
            Change::Read(read) => row.read = *read,
            Change::Bookmarked(kept) => row.bookmarked = kept.then(|| row.bookmarked.unwrap_or(seconds)),
            Change::Trashed(trashed) => row.trashed = *trashed,
            Change::Tag(tag, add) => {
                row.tags.retain(|kept| kept != tag);
                if *add {
                    row.tags.push(tag.clone());
                    row.tags.sort();
                }
            }
            // What is said of a quote is shown as the library has it.
            Change::Note(_)
            | Change::Feeds(_)
            | Change::Speaker { .. }
            | Change::Keep { .. }
            | Change::Rename { .. } => {}
        };
        self.state.list.rows.values_mut().filter(|row| ids.has(row.id)).for_each(apply);
        if let Some(stored) = &mut self.state.article.stored
            && ids.has(stored.summary.id)
        {
            apply(&mut stored.summary);
            if let Change::Note(note) = &change {
                stored.note = Some(note.clone()).filter(|note| !note.is_empty());
            }
            self.state.article.unset();
        }
        if let Change::Trashed(trashed) = change
            && trashed != (self.state.listing.place == Place::Trash)
        {
            let gone: BTreeSet<Id> = ids.ids().collect();
            self.state.list.remove(&gone);
        }
        self.state.list.marked.clear();
        self.push(Effect::Change { ids, change });
    }

    /// Marks an article as read because it was opened or read to its end. Nobody asked for it, so no frame waits for the disk;
    /// it looks read once it is stored.
    pub(super) fn mark_read(&mut self, id: Id) {
        let listed = self.state.list.rows.get_mut(&id);
        let open = self.state.article.stored.as_mut().map(|stored| &mut stored.summary).filter(|row| row.id == id);
        listed.into_iter().chain(open).for_each(|row| row.read = true);
        self.state.list.marking.insert(id);
        self.push(Effect::MarkRead(id));
    }

    /// Applies a change to all that a query finds.
    pub(super) fn change_all(&mut self, text: &str, change: Change, said: &str) {
        if let Ok(query) = query::parse(text) {
            self.push(Effect::ChangeAll { query, change });
            self.notify(Notice::said(said));
        }
    }

    fn row(&self, id: Id) -> Option<&Summary> {
        let open = self.state.article.stored.as_ref().map(|stored| &stored.summary).filter(|row| row.id == id);
        open.or_else(|| self.state.list.rows.get(&id))
    }

    /// Whether a switch goes on: it does unless all targets have it.
    fn switches_on(&self, ids: &[Id], has: impl Fn(&Summary) -> bool) -> bool {
        !ids.iter().all(|id| self.row(*id).is_some_and(&has))
    }

    pub(super) fn toggle_bookmark(&mut self) {
        let ids = self.state.targets();
        let on = self.switches_on(&ids, |row| row.bookmarked.is_some());
        self.say_change(if on { "bookmarked" } else { "bookmark removed" }, ids.len());
        self.change(ids, Change::Bookmarked(on));
    }

    pub(super) fn toggle_read(&mut self) {
        let ids = self.state.targets();
        let on = self.switches_on(&ids, |row| row.read);
        self.say_change(if on { "marked read" } else { "marked unread" }, ids.len());
        self.change(ids, Change::Read(on));
    }

    pub(super) fn toggle_trash(&mut self) {
        self.keep_position();
        let ids = self.state.targets();
        let on = self.switches_on(&ids, |row| row.trashed);
        self.say_change(if on { "moved to the trash; u undoes" } else { "brought back from the trash" }, ids.len());
        self.change(ids, Change::Trashed(on));
        if self.state.focus == Focus::Article {
            self.state.focus = Focus::List;
            self.state.zoomed = false;
        }
    }

    pub(super) fn mark_all_read(&mut self) {
        if !self.state.list.complete {
            return self.notify(Notice::failed("the list is still being read; once more in a moment"));
        }
        let list = &self.state.list;
        let ids: Bits = list.ids.iter().copied().chain(list.folds.hidden()).collect();
        if ids.is_empty() {
            return self.notify(Notice::said("nothing is listed"));
        }
        let count = usize::try_from(ids.len()).unwrap_or(usize::MAX);
        self.say_change("marked read; u undoes", count);
        self.change_these(ids, Change::Read(true));
    }

    fn say_change(&mut self, what: &str, count: usize) {
        let text = if count == 1 { what.to_owned() } else { format!("{} {what}", counted(count, "article")) };
        self.notify(Notice::said(text));
    }

    pub(super) fn tag(&mut self, text: &str) {
        let ids = self.state.targets();
        let (mut on, mut off) = (Vec::new(), Vec::new());
        for word in text.split([' ', ',']).filter(|word| !word.is_empty()) {
            let (name, add) = word.strip_prefix('-').map_or((word, true), |name| (name, false));
            let name = name.trim_start_matches(['#', '+']);
            if !name.is_empty() {
                (if add { &mut on } else { &mut off }).push(name);
                self.change(ids.clone(), Change::Tag(name.to_owned(), add));
            }
        }
        let several = if on.len() + off.len() > 1 { "; u undoes each" } else { "" };
        let parts = [("tagged", on), ("no longer", off)].into_iter().filter(|(_, names)| !names.is_empty());
        let said: Vec<String> = parts.map(|(what, names)| format!("{what} {}", names.join(", "))).collect();
        if !said.is_empty() {
            self.say_change(&(said.join("; ") + several), ids.len());
        }
        self.push(Effect::Places);
    }

    /// Selects so many articles from the cursor on, or no longer, as the first one is, and goes behind them.
    pub(super) fn toggle_mark(&mut self, count: usize) {
        let list = &mut self.state.list;
        let Some(first) = list.selected() else { return };
        let on = !list.marked.contains(&first);
        for id in list.ids.iter().skip(list.cursor).take(count) {
            if on {
                list.marked.insert(*id);
            } else {
                list.marked.remove(id);
            }
        }
        list.cursor = list.cursor.saturating_add(count).min(list.ids.len().saturating_sub(1));
    }

    pub(super) fn browse(&mut self) {
        let url = self.state.current().and_then(|id| self.row(id)).and_then(|row| row.url.clone());
        match url {
            Some(url) => {
                self.notify(Notice::said(format!("opening {url}")));
                self.push(Effect::Browse(url));
            }
            None => self.notify(Notice::failed("this article has no address")),
        }
    }

    pub(super) fn copy(&mut self) {
        let gone = self.state.list.selected_quote().filter(|quoted| quoted.index.is_none());
        if let Some(quoted) = gone.filter(|_| self.state.lists_quotes() && self.state.focus == Focus::List) {
            // The article's text no longer has it: its words are what is left to copy.
            let text = format!("{}\n— {}", quoted.words, super::speaker(&quoted.quote));
            self.put_on_clipboard(&text);
            return self.notify(Notice::said("words copied; the article no longer has them"));
        }
        if let Some((id, quote)) = self.state.quote() {
            let span = quote.span.clone();
            return self.push(Effect::Cite { id, span });
        }
        let Some(row) = self.state.current().and_then(|id| self.row(id)) else { return };
        let (text, said) = match &row.url {
            Some(url) => (url.clone(), "link copied"),
            None => (row.title.clone(), "no link; title copied"),
        };
        self.put_on_clipboard(&text);
        self.notify(Notice::said(said));
    }

    pub(super) fn copy_text(&mut self) {
        let current = self.state.current();
        let open = self.state.article.stored.as_ref().filter(|stored| Some(stored.summary.id) == current);
        let Some(text) = open.map(|stored| stored.article.document.text().to_owned()) else {
            return self.once_open(Self::copy_text);
        };
        self.put_on_clipboard(&text);
        self.notify(Notice::said("text copied"));
    }

    /// Gives text to the clipboard; cleaned once more, as it leaves the program.
    pub(super) fn put_on_clipboard(&mut self, text: &str) {
        self.push(Effect::Copy(clean::shown(text).into_owned()));
    }

    pub(super) fn widen(&mut self, steps: isize) {
        let step = i32::from(MEASURE_STEP).saturating_mul(i32::try_from(steps).unwrap_or(0));
        let wanted = i32::from(self.state.settings.measure).saturating_add(step);
        let wanted = wanted.clamp(i32::from(*MEASURES.start()), i32::from(*MEASURES.end()));
        self.state.settings.measure = u16::try_from(wanted).unwrap_or(*MEASURES.start());
        self.notify(Notice::said(format!("text {} columns wide", self.state.settings.measure)));
    }

    pub(super) fn toggle_zoom(&mut self) {
        if self.state.focus != Focus::Article {
            self.open_selected();
        }
        self.state.zoomed = !self.state.zoomed && self.state.focus == Focus::Article;
    }

    pub(super) fn set_theme(&mut self, text: &str) {
        let choices = ThemeChoice::ALL;
        let now = self.state.settings.theme;
        let chosen = if text.is_empty() {
            let at = choices.iter().position(|choice| *choice == now).unwrap_or(0);
            choices.get((at + 1) % choices.len()).copied()
        } else {
            choices.into_iter().find(|choice| choice.name() == text)
        };
        match chosen {
            Some(choice) => {
                self.state.settings.theme = choice;
                self.notify(Notice::said(format!("theme {}", choice.name())));
            }
            None => {
                self.notify(Notice::failed(format!("no theme is called {text}; there are auto, dark, light, plain")));
            }
        }
    }

    pub(super) fn sort(&mut self, text: &str) {
        let orders: &[Order] = if self.state.listing.search.is_some() {
            &[Order::Newest, Order::Oldest, Order::Relevance]
        } else {
            &[Order::Newest, Order::Oldest]
        };
        let at = orders.iter().position(|order| *order == self.state.listing.order).unwrap_or(0);
        let next = orders.get((at + 1) % orders.len()).copied().unwrap_or_default();
        let order = match text {
            "" => next,
            "newest" => Order::Newest,
            "oldest" => Order::Oldest,
            "relevance" => Order::Relevance,
            other => {
                return self.notify(Notice::failed(format!(
                    "no order is called {other}; there are newest, oldest, relevance"
                )));
            }
        };
        self.state.listing.order = order;
        self.state.list.wanted = None;
        self.state.list.from_top = true;
        self.list_again();
    }

    /// Shows or hides what tells the same story as the selected article.
    pub(super) fn turn_fold(&mut self) {
        if !self.state.list.turn_fold() {
            self.notify(Notice::said("nothing else here tells this story in the same words"));
        }
    }

    /// One row for each story from now on, or one for each article.
    pub(super) fn turn_folding(&mut self) {
        let fold = !self.state.settings.fold;
        self.state.settings.fold = fold;
        self.notify(Notice::said(if fold { "one row for each story" } else { "a row for each article" }));
        self.state.list.wanted = self.state.list.selected();
        self.list_again();
    }

    pub(super) fn quit(&mut self) {
        let farewell = self.farewell();
        self.effects = farewell;
        self.push(Effect::Quit);
    }
}
