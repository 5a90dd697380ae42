//! What workers answer; answers to questions that no longer stand are dropped.

use super::App;
use super::counting::Scope;
use super::effect::{Change, Effect};
use super::event::{Notice, Reply};
use super::state::{Listing, Place};
use crate::model::Bits;
use crate::query::Query;
use crate::text::counted;

impl App {
    pub(super) fn reply(&mut self, reply: Reply) {
        match reply {
            Reply::ListBegins { ticket, ids, meant } if ticket == self.list_ticket => {
                self.state.list.begin(ids);
                self.listed = true;
                self.take_meant(meant.map(|meant| *meant));
            }
            Reply::Listed { ticket, ids, under, complete, meant } if ticket == self.list_ticket => {
                self.state.list.take_folded(ids, under, complete);
                self.listed = true;
                self.asked.clear();
                self.take_meant(meant.map(|meant| *meant));
                self.list_read();
            }
            Reply::ListFailed { ticket, message } if ticket == self.list_ticket => {
                if self.state.listing.search.is_none() {
                    self.notify(Notice::failed(message.clone()));
                }
                self.state.list.failure = Some(message);
                self.list_read();
            }
            Reply::ListBegins { .. } | Reply::Listed { .. } | Reply::ListFailed { .. } => {}
            Reply::Summaries { asked, rows } => {
                for id in &asked {
                    self.asked.remove(id);
                }
                for row in &rows {
                    self.state.article.take_row(row);
                    self.ahead.take_row(row);
                }
                self.state.list.take_rows(&asked, rows);
                if let Some(from) = self.seeking.take() {
                    self.seek_unread(from);
                }
            }
            Reply::Snippets { ticket, snippets } => {
                if ticket == self.snippets_ticket {
                    self.snippets_ticket = 0;
                    self.state.list.snippets.extend(snippets.into_iter().map(|snippet| (snippet.id, snippet)));
                }
            }
            Reply::Opened { ticket, stored } => {
                if ticket == self.open_ticket {
                    self.opening = None;
                    match stored {
                        Some(stored) => self.show(stored),
                        None => self.state.article.missing = true,
                    }
                    self.go_on_with_open();
                }
            }
            Reply::Compared { ticket, pair, difference } => {
                if ticket == self.compare_ticket {
                    self.take_compared(pair, difference.map(|difference| *difference));
                }
            }
            Reply::Fates { id, since, fates } => self.take_fates(id, since, fates),
            Reply::Quoted { ticket, asked, quoted } => {
                if ticket > self.quotes_since {
                    for id in &asked {
                        self.asked_quotes.remove(id);
                    }
                    self.state.list.take_quotes(&asked, quoted);
                }
            }
            Reply::Speakers { ticket, speakers } => {
                if ticket == self.speakers_ticket {
                    self.take_speakers(&speakers);
                }
            }
            Reply::Voice(voice) => self.state.list.voice = voice,
            Reply::ReadAhead { ticket, read, asked, rows } => self.take_ahead(ticket, read, &asked, rows),
            Reply::Counts(counts) => self.state.counts = counts,
            Reply::PlaceCounted { ticket, place, count } => self.take_count(ticket, place, count),
            Reply::Places { sources, tags, speakers, failing } => {
                self.state.refresh.failing = failing;
                self.state.places.sources = sources;
                self.state.places.tags = tags;
                self.state.places.speakers = speakers;
                self.state.places.sort();
            }
            Reply::Changed { change, ids } => {
                if let Change::Rename { from, to, .. } = change {
                    return self.renamed(&from, to);
                }
                self.push(Effect::Counts);
                self.count_places(Scope::of(&change));
                self.state.list.marking.retain(|id| !ids.has(*id));
                if matches!(change, Change::Read(_)) {
                    // Nothing else of them is otherwise than before.
                    return self.read_rows(&ids);
                }
                let speaks = matches!(change, Change::Speaker { .. });
                let quotes = speaks || matches!(change, Change::Keep { .. });
                let lists = matches!(change, Change::Trashed(_)) || quotes && self.state.lists_quotes();
                self.changed_elsewhere(&ids, lists);
                if matches!(change, Change::Tag(..) | Change::Trashed(_)) || speaks {
                    self.push(Effect::Places);
                }
            }
            Reply::ChangeFailed { ids, message } => {
                self.notify(Notice::failed(message));
                self.state.list.marking.retain(|id| !ids.has(*id));
                self.push(Effect::Counts);
                self.count_places(Scope::All);
                self.changed_elsewhere(&ids, true);
            }
            Reply::Reverted { undone: Some((what, ids)), redo } => {
                let verb = if redo { "done again" } else { "undone" };
                self.notify(Notice::said(format!("{verb}: {what}")));
                self.push(Effect::Counts);
                self.push(Effect::Places);
                self.count_places(Scope::All);
                self.changed_elsewhere(&ids, true);
            }
            Reply::Reverted { undone: None, redo } => {
                self.notify(Notice::said(if redo { "nothing to do again" } else { "nothing to undo" }));
            }
            Reply::Added { message, first } => {
                self.notify(Notice::said(message));
                self.library_changed();
                if first.is_some() && self.state.list.ids.is_empty() {
                    self.state.list.wanted = first;
                }
            }
            Reply::Indexing(built) => self.state.indexing = built,
            Reply::Feeds(feeds) => self.take_feeds(feeds),
            Reply::Asked(feeds) => self.asked(feeds),
            Reply::Told { feed, title, outcome } => self.told(feed, title, outcome),
            Reply::Refreshing(asking) => self.refreshing(asking),
            Reply::Refreshed(refreshed) => self.refreshed(&refreshed),
            Reply::RefreshDue => {
                if self.state.refresh.running.is_none() && !self.state.passing {
                    self.refresh(super::effect::Feeds::Due);
                }
            }
            Reply::Offer(address) => self.offer(&address),
            Reply::LibraryChanged => self.library_changed(),
            Reply::Emptied(articles) => {
                let are = if articles == 1 { "is" } else { "are" };
                self.notify(Notice::said(format!("{} {are} gone for good", counted(articles, "article"))));
                self.library_changed();
            }
            Reply::Cited(text) => {
                self.put_on_clipboard(&text);
                self.notify(Notice::said("quote copied, with its speaker and source"));
            }
            Reply::Notice(notice) => self.notify(notice),
        }
    }

    /// The list shows what was meant, or what was typed: the same words are lit in its rows and in the article.
    fn take_meant(&mut self, meant: Option<Query>) {
        if self.state.list.meant != meant {
            self.state.list.meant = meant;
            self.state.list.snippets.clear();
            self.snippets_ticket = 0;
            self.light_search(false);
        }
    }

    /// Reads again what these articles' rows say now, and the list where they may have come or gone.
    fn changed_elsewhere(&mut self, ids: &Bits, lists: bool) {
        self.forget_ahead();
        self.read_rows(ids);
        let open = self.state.article.stored.as_ref().map(|stored| stored.summary.id);
        if let Some(id) = open.filter(|id| ids.has(*id)) {
            self.open_again(id);
        }
        let read = self.state.list.quotes_read();
        self.read_quotes(read.into_iter().filter(|id| ids.has(*id)).collect());
        if lists {
            self.list_again();
        }
    }

    /// Reads the rows of these articles again: of those that are listed, open or read ahead.
    fn read_rows(&mut self, ids: &Bits) {
        let listed = self.state.list.rows.keys().copied();
        let open = self.state.article.stored.as_ref().map(|stored| stored.summary.id);
        let mut known: Vec<_> = listed.chain(open).chain(self.ahead.ids()).filter(|id| ids.has(*id)).collect();
        known.sort_unstable();
        known.dedup();
        if !known.is_empty() {
            self.push(Effect::Summaries(known));
        }
    }

    /// Reads all that is shown anew; nothing that is read moves.
    pub(super) fn library_changed(&mut self) {
        self.forget_ahead();
        self.push(Effect::Counts);
        self.push(Effect::Places);
        self.count_places(Scope::All);
        self.renew_list();
        // The others are read again when they come into sight.
        let height = self.state.list_rows().height;
        let seen = self.state.list.keep_sight(height);
        self.push(Effect::Summaries(seen));
        self.read_quotes(self.state.list.quotes_read());
        if let Some(id) = self.state.article.stored.as_ref().map(|stored| stored.summary.id) {
            self.open_again(id);
        }
    }

    /// A speaker has another name: their page goes with it.
    fn renamed(&mut self, from: &str, to: String) {
        if self.state.listing.place == Place::Speaker(from.to_owned()) {
            self.leave_mark();
            self.show_listing(Listing { place: Place::Speaker(to), ..self.state.listing.clone() });
        }
        self.library_changed();
    }

    fn open_again(&mut self, id: crate::model::Id) {
        if self.opening.is_none() {
            let ticket = self.next_ticket();
            self.open_ticket = ticket;
            self.push(Effect::Open { ticket, id });
        }
    }
}
