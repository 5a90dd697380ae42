//! Comparing the texts of an article: what was changed since an earlier one.

use crate::model::{Id, Revision};
use crate::text::difference::{Difference, Fate};

use super::state::{DifferencePane, Focus, Pair, Stops, dates};
use super::{App, Effect, Notice};

impl App {
    /// Shows what was changed since the earlier text that `text` numbers; since the last one where it names none.
    pub(super) fn show_changes(&mut self, text: &str) {
        let current = self.state.current();
        let open = self.state.article.stored.as_ref().filter(|stored| Some(stored.summary.id) == current);
        let Some(stored) = open else {
            return self.once_open(|app| app.show_changes(""));
        };
        let (id, last) = (stored.summary.id, stored.revisions.len());
        let number = if text.is_empty() { u32::try_from(last).ok() } else { text.parse().ok() };
        let from = number.filter(|number| stored.revisions.iter().any(|revision| revision.number == *number));
        let Some(from) = from else {
            return self.notify(match last {
                0 => Notice::said("the text is as it came: no earlier one is kept"),
                1 => Notice::failed(format!("changes {text}: there is one earlier text, number 1")),
                n => Notice::failed(format!("changes {text}: there are {n} earlier texts, from 1 to {n}")),
            });
        };
        self.keep_position();
        self.state.focus = Focus::Article;
        self.compare(Pair { id, from, to: None });
    }

    pub(super) fn compare(&mut self, pair: Pair) {
        let ticket = self.next_ticket();
        self.compare_ticket = ticket;
        self.push(Effect::Compare { ticket, pair });
    }

    /// Takes in what was compared, unless another article is open by now.
    pub(super) fn take_compared(&mut self, pair: Pair, difference: Option<Difference>) {
        let Some(stored) = self.state.article.stored.as_ref().filter(|stored| stored.summary.id == pair.id) else {
            return;
        };
        let Some(difference) = difference else {
            return self.notify(Notice::failed("this earlier text is no longer in the library"));
        };
        let until = |number: u32| {
            let found = stored.revisions.iter().find(|revision: &&Revision| revision.number == number);
            let moment = found.map(|revision| dates::moment(revision.replaced, &self.state.now)).unwrap_or_default();
            format!("text {number}, until {moment}")
        };
        let then = pair.to.map_or_else(|| "the text of now".to_owned(), until);
        let arrow = if self.state.settings.ascii { "->" } else { "→" };
        let which = format!("{} {arrow} {then}", until(pair.from));
        let before = self.state.article.difference.take();
        let mut pane = DifferencePane::new(pair, which, difference);
        pane.folded = before.is_none_or(|before| before.folded);
        self.state.article.difference = Some(Box::new(pane));
    }

    /// Asks what became of the quotes of the article that is read since the text before, once.
    pub(super) fn ask_for_fates(&mut self) {
        let article = &mut self.state.article;
        let read = article.stored.as_ref().filter(|_| self.state.focus == Focus::Article && self.opening.is_none());
        let Some((id, last)) = read.and_then(|stored| Some((stored.summary.id, stored.revisions.last()?.number)))
        else {
            return;
        };
        if article.fates_since.replace(last) != Some(last) {
            self.push(Effect::Fates { id, since: last });
        }
    }

    /// Takes in what became of the quotes of an article, unless another one is open by now.
    pub(super) fn take_fates(&mut self, id: Id, since: u32, fates: Vec<(usize, Fate)>) {
        let article = &mut self.state.article;
        let open = article.stored.as_ref().is_some_and(|stored| stored.summary.id == id);
        if open && article.fates_since == Some(since) {
            article.fates = fates;
            self.list_quotes_again();
        }
    }

    pub(super) fn step_change(&mut self, what: Stops, steps: isize) {
        let height = self.state.text_column().height;
        let Some(difference) = &mut self.state.article.difference else { return };
        let number = difference.step(what, steps, height);
        let said = match (what, number, steps > 0) {
            (Stops::Changes, Some(_), _) => return,
            (Stops::Quotes, Some((at, all)), _) => format!("changed quotation {at} of {all}"),
            (Stops::Changes, None, true) => "the last change".to_owned(),
            (Stops::Changes, None, false) => "the first change".to_owned(),
            (Stops::Quotes, None, true) => "no changed quotation further".to_owned(),
            (Stops::Quotes, None, false) => "no changed quotation before".to_owned(),
        };
        self.notify(Notice::said(said));
    }

    pub(super) fn toggle_fold(&mut self) {
        if let Some(difference) = &mut self.state.article.difference {
            difference.folded = !difference.folded;
        }
    }

    /// Compares the text `steps` later than the one that is compared.
    pub(super) fn other_text(&mut self, steps: isize) {
        let (Some(pair), Some(stored)) = (self.pair(), &self.state.article.stored) else { return };
        let last = i64::try_from(stored.revisions.len()).unwrap_or(i64::MAX);
        let wanted = i64::from(pair.from).saturating_add(i64::try_from(steps).unwrap_or(0)).clamp(1, last.max(1));
        let from = u32::try_from(wanted).unwrap_or(pair.from);
        if from == pair.from {
            return self.notify(Notice::said(if steps > 0 {
                "the last of the earlier texts"
            } else {
                "the first text"
            }));
        }
        self.compare(Pair { from, to: pair.to.and(self.next_text(from)), ..pair });
    }

    /// Compares with the text that came next, or again with that of now.
    pub(super) fn toggle_later_text(&mut self) {
        let Some(pair) = self.pair() else { return };
        let to = if pair.to.is_some() { None } else { self.next_text(pair.from) };
        if to == pair.to {
            return self.notify(Notice::said("the text of now came next"));
        }
        self.compare(Pair { to, ..pair });
    }

    fn pair(&self) -> Option<Pair> {
        self.state.article.difference.as_ref().map(|difference| difference.pair)
    }

    /// The earlier text that came after the one with this number.
    fn next_text(&self, number: u32) -> Option<u32> {
        let revisions = &self.state.article.stored.as_ref()?.revisions;
        revisions.iter().map(|revision| revision.number).find(|next| *next > number)
    }
}
