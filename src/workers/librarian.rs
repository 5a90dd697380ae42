//! The worker that changes the library: it and the refresher alone write to it, besides the notes of the index. What it says is done
//! is on the disk.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::Clock;
use super::desk::Worker;
use super::folder::at_home;
use super::ingest::{self, Intake, Outcome, Tally};
use super::listed::{self, said_of_list};
use super::shelf::Shelf;
use crate::app::{Effect, Reply};
use crate::error::{Error, Exit, Result};
use crate::formats::{self, Format};
use crate::library::{Added, Index, Undone};
use crate::model::{Change, Id, Order, Subscription};
use crate::query::Query;
use crate::sources::files::Input;
use crate::text::counted;

/// Applies changes one after the other, in the order they were asked for.
pub(super) struct Librarian {
    shelf: Shelf,
    clock: Clock,
    /// The program ends: what takes long is broken off.
    ending: Arc<AtomicBool>,
    /// What the library's version was when it was last looked at.
    version: Option<i64>,
}

impl Librarian {
    pub(super) fn new(shelf: Shelf, clock: Clock, ending: Arc<AtomicBool>) -> Self {
        Self { shelf, clock, ending, version: None }
    }

    fn apply(&mut self, effect: Effect) -> Result<Option<Reply>> {
        let now = (self.clock)().seconds;
        let library = self.shelf.library()?;
        Ok(match effect {
            Effect::Change { ids, change } => match library.change_all(&ids, &change, now) {
                Ok(changed) => (changed > 0).then_some(Reply::Changed { change, ids }),
                Err(error) => Some(Reply::ChangeFailed { ids, message: error.message }),
            },
            Effect::MarkRead(id) => {
                let (ids, change) = ([id].into(), Change::Read(true));
                Some(match library.change_all(&ids, &change, now) {
                    // Also where it was read already: somebody waits for it.
                    Ok(_) => Reply::Changed { change, ids },
                    Err(error) => Reply::ChangeFailed { ids, message: error.message },
                })
            }
            Effect::ChangeAll { query, change } => {
                let ids = self.find(&query)?.into_iter().collect();
                let changed = self.shelf.library()?.change_all(&ids, &change, now)?;
                (changed > 0).then_some(Reply::Changed { change, ids })
            }
            Effect::Undo => Some(reverted(library.undo()?, false)),
            Effect::Redo => Some(reverted(library.redo()?, true)),
            Effect::KeepPosition { id, offset } => {
                library.set_position(id, offset)?;
                None
            }
            Effect::Remember { key, value } => {
                library.remember(key, &value)?;
                None
            }
            Effect::Watch => {
                let version = library.data_version()?;
                let before = self.version.replace(version);
                before.is_some_and(|before| before != version).then_some(Reply::LibraryChanged)
            }
            Effect::Resubscribe { feed, to } => {
                library.resubscribe(&[(feed, to)], now)?;
                Some(Reply::Feeds(library.feeds()?))
            }
            Effect::EmptyTrash => Some(Reply::Emptied(library.purge()?)),
            Effect::Add(name) => Some(self.add(&name, now)?),
            Effect::AddText(text) => Some(self.add_text(&text, now)?),
            _ => None,
        })
    }

    /// All articles that `query` finds.
    fn find(&mut self, query: &Query) -> Result<Vec<Id>> {
        let now = (self.clock)();
        let library = self.shelf.library()?;
        if let Some(ids) = library.found(query, &now)? {
            return Ok(ids);
        }
        let found = Index::open(library.path()).search(library, query, Order::Newest, &now, None, &|| false)?;
        if found.complete {
            Ok(found.ids)
        } else {
            Err(Error::refused("the search index is not ready yet").hint("try again in a moment"))
        }
    }

    /// Stores a text that the reader gave.
    fn add_text(&mut self, text: &str, now: i64) -> Result<Reply> {
        let article = formats::read(text.as_bytes(), Format::Markdown)?;
        let title = article.title.clone();
        let (message, first) = match ingest::store(self.shelf.library()?, article, now)? {
            Some(Added::New(id)) => (format!("stored: {title}"), Some(id)),
            _ => (format!("already there: {title}"), None),
        };
        Ok(Reply::Added { message, first })
    }

    /// Stores what is at the path `name`.
    fn add(&mut self, name: &str, now: i64) -> Result<Reply> {
        let (lists, things) = listed::sorted(vec![at_home(name)], None);
        let mut said = Vec::new();
        for path in lists {
            let list = listed::read(&path, None)?;
            let refused = list.refused.len();
            let (new, known) = list.subscribe(self.shelf.library()?, &Subscription::default(), now)?;
            said.push(said_of_list(new, known, refused));
        }
        if things.is_empty() {
            return Ok(Reply::Added { message: said.join("; "), first: None });
        }
        let inputs = things.iter().map(|thing| Input::named(thing)).collect::<Result<_>>()?;
        let intake = Intake { inputs, ..Intake::default() };
        let ending = Arc::clone(&self.ending);
        let mut tally = Tally::default();
        let mut first = None;
        let mut refused: Option<String> = None;
        let mut report = |place: &ingest::Place, _: &str, outcome: Outcome| {
            said.extend(place.doubt.clone());
            match outcome {
                Outcome::Stored(Added::New(id)) => first = first.or(Some(id)),
                Outcome::Refused(error) if refused.is_none() => {
                    refused = Some(format!("{}: {}", place.shown(), error.message));
                }
                _ => {}
            }
            Ok(())
        };
        let library = self.shelf.library()?;
        match ingest::add(Some(library), None, intake, now, &ending, &mut tally, &mut report) {
            Ok(()) => {}
            Err(error) if error.exit == Exit::Interrupted => {}
            Err(error) => return Err(error),
        }
        match refused {
            Some(refused) if tally.taken() == 0 && said.is_empty() => Err(Error::refused(refused)),
            refused => {
                said.insert(0, tallied(tally, refused));
                Ok(Reply::Added { message: said.join("; "), first })
            }
        }
    }
}

impl Worker for Librarian {
    type Order = Effect;

    fn perform(&mut self, effect: Effect, reply: &mut dyn FnMut(Reply)) {
        match self.apply(effect) {
            Ok(Some(answer)) => reply(answer),
            Ok(None) => {}
            Err(error) => reply(Reply::Notice(error.into())),
        }
    }
}

/// What became of all that was to be added, in a line; `refused` is the first reason of those that were not taken.
fn tallied(tally: Tally, refused: Option<String>) -> String {
    let mut parts = vec![format!("{} added", counted(tally.new, "article"))];
    for (number, what) in [(tally.updated, "renewed"), (tally.known, "already there")] {
        if number > 0 {
            parts.push(format!("{number} {what}"));
        }
    }
    if let Some(reason) = refused {
        parts.push(format!("{} refused ({reason})", tally.refused));
    }
    parts.join(", ")
}

fn reverted(undone: Option<Undone>, redo: bool) -> Reply {
    let told = |undone: Undone| {
        let waits = if undone.waits { "; waits for its words, which are gone" } else { "" };
        let several = match (&undone.change, undone.ids.len()) {
            (Change::Rename { .. }, _) | (_, ..=1) => String::new(),
            (_, articles) => format!("{} ", counted(articles, "article")),
        };
        (format!("{several}{}{waits}", said(&undone.change)), undone.ids)
    };
    Reply::Reverted { undone: undone.map(told), redo }
}

/// A change in words, as "undone: …" goes on.
fn said(change: &Change) -> String {
    match change {
        Change::Read(true) => "marked as read".into(),
        Change::Read(false) => "marked as unread".into(),
        Change::Bookmarked(true) => "bookmarked".into(),
        Change::Bookmarked(false) => "bookmark removed".into(),
        Change::Trashed(true) => "moved to the trash".into(),
        Change::Trashed(false) => "taken out of the trash".into(),
        Change::Tag(name, true) => format!("tagged {name}"),
        Change::Tag(name, false) => format!("tag {name} removed"),
        Change::Note(text) if text.is_empty() => "note removed".into(),
        Change::Note(_) => "note kept".into(),
        Change::Speaker { speaker: Some(name), .. } => format!("spoken by {name}"),
        Change::Speaker { speaker: None, .. } => "spoken by nobody".into(),
        Change::Keep { keep: true, .. } => "quote kept".into(),
        Change::Keep { keep: false, .. } => "quote no longer kept".into(),
        Change::Rename { from, to, .. } => format!("{from} called {to}"),
        Change::Feeds(feeds) if feeds.len() == 1 => "a feed changed".into(),
        Change::Feeds(feeds) => format!("{} changed", counted(feeds.len(), "feed")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Notice;
    use crate::library::Library;
    use crate::query;
    use crate::workers::fixture::Fixture;

    #[test]
    fn changes_are_stored_told_and_taken_back() {
        let mut fixture = Fixture::new();
        let change = Change::Bookmarked(true);
        let told = fixture.perform(Effect::Change { ids: [1, 3].into(), change: change.clone() });
        assert_eq!(told, [Reply::Changed { change: change.clone(), ids: [1, 3].into() }]);
        assert_eq!(fixture.perform(Effect::Change { ids: [1].into(), change }), [], "nothing changed");
        let undone = Some(("2 articles bookmarked".to_owned(), [1, 3].into()));
        assert_eq!(fixture.perform(Effect::Undo), [Reply::Reverted { undone: undone.clone(), redo: false }]);
        assert_eq!(fixture.perform(Effect::Redo), [Reply::Reverted { undone, redo: true }]);
        assert_eq!(fixture.perform(Effect::Redo), [Reply::Reverted { undone: None, redo: true }]);
    }

    #[test]
    fn a_change_reaches_all_that_a_query_finds_with_words_too() {
        let mut fixture = Fixture::new();
        let query = query::parse("harbour").unwrap();
        let change = Change::Read(true);
        let told = fixture.perform(Effect::ChangeAll { query, change: change.clone() });
        assert_eq!(told, [Reply::Changed { change, ids: [1, 2].into() }]);
    }

    #[test]
    fn what_is_added_can_be_found_and_what_was_refused_is_named() {
        let mut fixture = Fixture::new();
        let folder = fixture.folder.path().join("new");
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join("a.txt"), "date 2026-11-21 An elephant came.\n\nIt was grey.").unwrap();
        std::fs::write(folder.join("b.txt"), "").unwrap();
        let told = fixture.perform(Effect::Add(folder.to_str().unwrap().to_owned()));
        let [Reply::Added { message, first: Some(4) }, Reply::LibraryChanged] = told.as_slice() else {
            panic!("{told:?}")
        };
        assert!(message.starts_with("1 article added, 1 refused (") && message.contains("b.txt"), "{message}");
        let query = query::parse("elephant").unwrap();
        let list = Effect::List { ticket: 1, query, order: Order::Newest, forgiving: false, fold: false, again: false };
        assert_eq!(
            fixture.perform(list),
            [Reply::Listed { ticket: 1, ids: vec![4], under: Vec::new(), complete: true, meant: None }]
        );
        let nothing = fixture.perform(Effect::Add("/no/such/file".to_owned()));
        assert!(matches!(nothing.as_slice(), [Reply::Notice(Notice { error: true, .. })]), "{nothing:?}");
    }

    #[test]
    fn another_process_is_noticed_and_our_own_changes_are_not() {
        let mut fixture = Fixture::new();
        assert_eq!(fixture.perform(Effect::Watch), []);
        fixture.perform(Effect::Change { ids: [1].into(), change: Change::Read(true) });
        assert_eq!(fixture.perform(Effect::Watch), []);
        Library::open(&fixture.path()).unwrap().change(&[2], &Change::Read(true), 0).unwrap();
        assert_eq!(fixture.perform(Effect::Watch), [Reply::LibraryChanged]);
        assert_eq!(fixture.perform(Effect::Watch), []);
    }
}
