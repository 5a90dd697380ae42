//! Work that is done once, on a thread of its own: a browser may take as long as it is open, an export as long as a disk.

use std::path::PathBuf;

use super::desk::Worker;
use super::folder::{at_home, write_folder};
use super::opener::{self, Browser};
use super::shelf::Shelf;
use crate::app::{Effect, Notice, Reply};
use crate::error::{Error, Result};
use crate::text::counted;

/// Runs programs and writes files for the reader.
#[derive(Clone, Debug)]
pub(super) struct Errand {
    /// The library's file.
    pub(super) path: PathBuf,
    pub(super) browser: Browser,
}

impl Errand {
    fn run(&self, effect: Effect) -> Result<Option<Notice>> {
        let mut shelf = Shelf::closed(self.path.clone());
        Ok(match effect {
            Effect::Export { ids, folder } => {
                let folder = at_home(&folder);
                let written = write_folder(&folder, shelf.library()?, &ids)?;
                Some(Notice::said(format!("{} written to {}", counted(written, "article"), folder.display())))
            }
            Effect::Browse(address) => {
                self.browser.open(&address)?;
                None
            }
            Effect::Pipe { id, command } => {
                let stored = shelf.library()?.article(id)?;
                let stored = stored.ok_or_else(|| Error::refused(format!("article {id} is no longer there")))?;
                let line = opener::pipe(stored.article.document.text(), &command)?;
                let program = command.first().map_or("it", String::as_str);
                Some(Notice::said(if line.is_empty() { format!("{program} is done") } else { line }))
            }
            _ => None,
        })
    }
}

impl Worker for Errand {
    type Order = Effect;

    fn perform(&mut self, effect: Effect, reply: &mut dyn FnMut(Reply)) {
        match self.run(effect) {
            Ok(Some(notice)) => reply(Reply::Notice(notice)),
            Ok(None) => {}
            Err(error) => reply(Reply::Notice(error.into())),
        }
    }
}
