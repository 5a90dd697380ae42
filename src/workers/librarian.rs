//! The worker that changes the library: the only writer of this process. What it says is done is on the disk.

use super::Clock;
use super::desk::Worker;
use super::newest::Newest;
use super::shelf::Shelf;
use crate::app::{Effect, Notice, Reply};
use crate::error::Result;
use crate::model::Change;

/// Applies changes one after the other, in the order they were asked for.
pub(super) struct Librarian {
    shelf: Shelf,
    clock: Clock,
    /// What the library's version was when it was last looked at.
    version: Option<i64>,
}

impl Librarian {
    pub(super) fn new(shelf: Shelf, clock: Clock) -> Self {
        Self { shelf, clock, version: None }
    }

    fn change(&mut self, effect: Effect) -> Result<Option<Reply>> {
        let now = (self.clock)();
        let library = self.shelf.library()?;
        Ok(match effect {
            Effect::Change { ids, change } => {
                let changed = library.change(&ids, &change, now.seconds)?;
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
                (before.is_some_and(|before| before != version)).then_some(Reply::LibraryChanged)
            }
            _ => None,
        })
    }
}

impl Worker for Librarian {
    fn perform(&mut self, effect: Effect, _: &Newest, reply: &mut dyn FnMut(Reply)) {
        match self.change(effect) {
            Ok(Some(answer)) => reply(answer),
            Ok(None) => {}
            Err(error) => reply(Reply::Notice(Notice::failed(error.message))),
        }
    }
}

fn reverted(undone: Option<crate::library::Undone>, redo: bool) -> Reply {
    Reply::Reverted { undone: undone.map(|undone| (said(&undone.change), undone.ids)), redo }
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
    }
}
