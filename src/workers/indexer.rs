//! The worker that does in the background what nobody waits for: carries the library's changes over to the search index,
//! detects quotes again that an older engine found, and looks for stories that several articles tell.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::desk::Worker;
use super::shelf::Shelf;
use crate::app::Reply;
use crate::error::Result;
use crate::library::{CaughtUp, Index};
use crate::quotes;

/// Articles whose quotes are detected again before the index is looked after again: a second or two of work.
const SLICE: usize = 2000;

/// Keeps the index up to date. Whatever it leaves undone is done the next time, by this process or another.
pub(super) struct Indexer {
    shelf: Shelf,
    /// The program ends.
    ending: Arc<AtomicBool>,
    /// There was an index when it was last looked for.
    found: bool,
}

/// Look what changed.
pub(super) struct CatchUp;

impl Indexer {
    pub(super) fn new(shelf: Shelf, ending: Arc<AtomicBool>) -> Self {
        Self { shelf, ending, found: false }
    }

    /// Brings the index up to date; `None` where it is. Where it has to be built first, tells how far that is.
    fn catch_up(&mut self, reply: &mut dyn FnMut(Reply)) -> Result<Option<CaughtUp>> {
        let library = self.shelf.library()?;
        // Opened for this time only: an index that is kept open keeps its memory.
        let mut index = Index::open(library.path());
        // Asked once: it means opening the index, and this runs after every change.
        self.found = self.found || !index.needs_rebuild(library)?;
        if self.found && index.behind(library)? == 0 {
            return Ok(None);
        }
        let stop = || self.ending.load(Ordering::Relaxed);
        let anew = !self.found;
        let mut told = None;
        let mut progress = |done: u64, all: u64| {
            let built = Some(done * 100 / all.max(1));
            if anew && told != built {
                told = built;
                reply(Reply::Indexing(built));
            }
        };
        progress(0, 1);
        let done = index.catch_up(library, &stop, &mut progress);
        if anew {
            reply(Reply::Indexing(None));
        }
        done.map(Some)
    }

    /// Looks for the stories of articles for which nobody did, as many as are a moment's work; whether that led on.
    fn find_stories(&mut self) -> Result<bool> {
        let stop = || self.ending.load(Ordering::Relaxed);
        let library = self.shelf.library()?;
        let waiting = library.untold()?;
        // Nobody is told: rows that fold under the reader's eyes would be worse than those that do so with the next list.
        Ok(waiting > 0 && !stop() && library.find_stories(SLICE, &stop)? < waiting)
    }

    /// Detects quotes of an older engine again, as many as are a moment's work; whether there were any.
    fn detect(&mut self) -> Result<bool> {
        let library = self.shelf.library()?;
        let stop = || self.ending.load(Ordering::Relaxed);
        if stop() || library.detected_before(quotes::VERSION)? == 0 {
            return Ok(false);
        }
        library.detect_again(quotes::VERSION, &quotes::detect_in, SLICE, &stop)?;
        Ok(true)
    }
}

impl Worker for Indexer {
    type Order = CatchUp;

    fn perform(&mut self, CatchUp: CatchUp, reply: &mut dyn FnMut(Reply)) {
        loop {
            match self.catch_up(reply) {
                // A search that was made before did not find it.
                Ok(Some(CaughtUp::Done)) => reply(Reply::LibraryChanged),
                // Whoever adds many does the rest, too; what it leaves is done when it has ended.
                Ok(Some(CaughtUp::Elsewhere)) => break,
                Ok(Some(CaughtUp::Stopped) | None) => {}
                Err(error) => reply(Reply::Notice(error.into())),
            }
            match self.find_stories().and_then(|found| Ok(self.detect()? || found)) {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    reply(Reply::Notice(error.into()));
                    break;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Effect;
    use crate::library::{Library, Prepared};
    use crate::model::{Article, Document};
    use crate::workers::fixture::Fixture;

    #[test]
    fn quotes_of_an_older_engine_are_detected_again_and_can_be_found() {
        let mut fixture = Fixture::new();
        let document = Document::plain(["“The tide turns,” said Ida Holm."]);
        let article = Article { title: "Tides".to_owned(), document, ..Article::default() };
        Library::open(&fixture.path()).unwrap().add(&[Prepared::new(article, &[])], 0).unwrap();
        // Whatever is asked of the librarian, the indexer looks after it.
        fixture.perform(Effect::Watch);
        let library = Library::open(&fixture.path()).unwrap();
        assert_eq!(library.detected_before(quotes::VERSION).unwrap(), 0);
        let query = crate::query::parse("said:turns speaker:holm").unwrap();
        let found = Effect::List {
            ticket: 1,
            query,
            order: crate::model::Order::Newest,
            forgiving: false,
            fold: false,
            again: false,
        };
        assert_eq!(
            fixture.perform(found),
            [Reply::Listed { ticket: 1, ids: vec![4], under: Vec::new(), complete: true, meant: None }]
        );
    }
}
