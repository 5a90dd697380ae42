//! The workers without threads, for whoever wants everything done when a call returns.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::desk::Worker;
use super::indexer::{CatchUp, Indexer};
use super::librarian::Librarian;
use super::newest::Newest;
use super::reader::Reader;
use super::refresher::{Brake, Refresher};
use super::searcher::Searcher;
use super::shelf::Shelf;
use super::teller::Teller;
use super::{Clock, Whose, whose};
use crate::app::{Effect, Reply};

/// The same workers as on the threads, and what they do is the same.
pub struct Inline {
    newest: Arc<Newest>,
    librarian: Librarian,
    reader: Reader,
    searcher: Searcher,
    teller: Teller,
    indexer: Indexer,
    refresher: Refresher,
}

impl Inline {
    /// Workers on the library at `path`, which must be there; its index is brought up to date.
    #[must_use]
    pub fn new(path: &Path, clock: Clock) -> Self {
        let newest = Arc::new(Newest::default());
        let ending = Arc::new(AtomicBool::new(false));
        let shelf = || Shelf::closed(path.to_owned());
        let mut all = Self {
            librarian: Librarian::new(shelf(), clock, Arc::clone(&ending)),
            reader: Reader::new(shelf(), Arc::clone(&newest), clock),
            searcher: Searcher::new(shelf(), Arc::clone(&newest), clock),
            teller: Teller::new(shelf(), Arc::clone(&newest), clock),
            indexer: Indexer::new(shelf(), ending),
            refresher: Refresher::new(shelf(), clock, path.with_file_name("credentials.toml"), false, Brake::default()),
            newest,
        };
        all.indexer.perform(CatchUp, &mut |_| {});
        all
    }

    /// Performs `effect`, and after a change brings the index up to date. What concerns only the screen, and programs that
    /// would be run, are passed over.
    pub fn perform(&mut self, effect: Effect, reply: &mut dyn FnMut(Reply)) {
        self.newest.note(&effect);
        match whose(&effect) {
            Whose::Librarian => {
                self.librarian.perform(effect, reply);
                self.indexer.perform(CatchUp, reply);
            }
            Whose::Reader | Whose::Counter => self.reader.perform(effect, reply),
            Whose::Searcher | Whose::Renewer => self.searcher.perform(effect, reply),
            Whose::Teller => self.teller.perform(effect, reply),
            Whose::Refresher => {
                self.refresher.perform(effect, reply);
                self.indexer.perform(CatchUp, reply);
            }
            Whose::Errand | Whose::Brake | Whose::Screen => {}
        }
    }
}
