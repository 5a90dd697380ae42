//! Effects made real, each by the worker that it concerns: the librarian writes, the reader reads, the searcher finds, the
//! opener runs programs. `Workers` has them on threads, `Inline` performs the same on the spot.

mod desk;
pub mod ingest;
mod librarian;
mod newest;
mod opener;
mod opening;
mod reader;
mod searcher;
mod shelf;

use std::path::PathBuf;
use std::sync::Arc;

use desk::{Desk, Worker};
use librarian::Librarian;
use newest::Newest;
use reader::Reader;
use searcher::Searcher;
use shelf::Shelf;

pub use opener::browse;
pub use opening::Opening;

use crate::app::{Effect, Reply};
use crate::clock::Now;
use crate::error::{Error, Result};
use crate::library::Library;

/// Numbers what was given to a worker.
pub type Job = u64;

/// Tells the time.
pub type Clock = fn() -> Now;

/// What comes back from a worker.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    Reply(Reply),
    /// All replies to this job have been given.
    Done(Job),
}

/// Whose work an effect is.
enum Whose {
    Librarian,
    Reader,
    Searcher,
    Opener,
    /// The screen's own: copying, stopping, quitting.
    Screen,
}

fn whose(effect: &Effect) -> Whose {
    match effect {
        Effect::List { .. } | Effect::Snippets { .. } => Whose::Searcher,
        Effect::Summaries(_) | Effect::Open { .. } | Effect::Counts | Effect::Places | Effect::Cite { .. } => {
            Whose::Reader
        }
        Effect::Change { .. }
        | Effect::ChangeAll { .. }
        | Effect::Undo
        | Effect::Redo
        | Effect::KeepPosition { .. }
        | Effect::Remember { .. }
        | Effect::Watch
        | Effect::Add(_) => Whose::Librarian,
        Effect::Export { .. } | Effect::Pipe { .. } | Effect::Browse(_) => Whose::Opener,
        Effect::Copy(_) | Effect::Suspend | Effect::Quit => Whose::Screen,
    }
}

/// The workers on their threads.
pub struct Workers {
    newest: Arc<Newest>,
    librarian: Desk,
    reader: Desk,
    searcher: Desk,
    last: Job,
}

impl Workers {
    /// Starts the threads. The library that was opened goes to the reader; the others open the same file for themselves when
    /// they need it. `answer` is called on the workers' threads.
    ///
    /// # Errors
    /// The system gives no more threads.
    pub fn start(library: Library, clock: Clock, answer: impl Fn(Answer) + Clone + Send + 'static) -> Result<Self> {
        let path = library.path().to_owned();
        let newest = Arc::new(Newest::default());
        let mut given = Some(library);
        let started = || -> std::io::Result<Self> {
            let shelf = path.clone();
            let find = move || Searcher::new(Shelf::closed(shelf.clone()), clock);
            let searcher = Desk::start("searcher", Arc::clone(&newest), find, answer.clone())?;
            let shelf = path.clone();
            let write = move || Librarian::new(Shelf::closed(shelf.clone()), clock);
            let (bell, tell) = (searcher.bell(), answer.clone());
            let answer_and_ring = move |answer| {
                let done = matches!(answer, Answer::Done(_));
                tell(answer);
                if done {
                    bell.ring();
                }
            };
            let librarian = Desk::start("librarian", Arc::clone(&newest), write, answer_and_ring)?;
            let read = move || Reader::new(given.take().map_or_else(|| Shelf::closed(path.clone()), Shelf::open));
            let reader = Desk::start("reader", Arc::clone(&newest), read, answer)?;
            searcher.bell().ring();
            Ok(Self { newest, librarian, reader, searcher, last: 0 })
        };
        started().map_err(|error| Error::refused(format!("cannot start the program's threads: {error}")))
    }

    /// Gives `effect` to its worker; the number under which it will be reported done.
    pub fn give(&mut self, effect: Effect) -> Job {
        self.last += 1;
        self.newest.note(&effect);
        match whose(&effect) {
            Whose::Librarian => self.librarian.give(self.last, effect),
            Whose::Reader => self.reader.give(self.last, effect),
            Whose::Searcher => self.searcher.give(self.last, effect),
            Whose::Opener | Whose::Screen => {}
        }
        self.last
    }

    /// Waits until all changes are on the disk. What is being read or searched is given up.
    pub fn finish(self) {
        self.librarian.finish();
    }
}

/// The workers without threads: each effect is performed before the call returns.
pub struct Inline {
    newest: Newest,
    librarian: Librarian,
    reader: Reader,
    searcher: Searcher,
}

impl Inline {
    /// Workers on the library at `path`.
    #[must_use]
    pub fn new(path: PathBuf, clock: Clock) -> Self {
        Self {
            newest: Newest::default(),
            librarian: Librarian::new(Shelf::closed(path.clone()), clock),
            reader: Reader::new(Shelf::closed(path.clone())),
            searcher: Searcher::new(Shelf::closed(path), clock),
        }
    }

    /// Performs `effect` and all background work that follows from it. What concerns only the screen, and programs that
    /// would be run, are passed over.
    pub fn perform(&mut self, effect: Effect, reply: &mut dyn FnMut(Reply)) {
        self.newest.note(&effect);
        let worker: &mut dyn Worker = match whose(&effect) {
            Whose::Librarian => &mut self.librarian,
            Whose::Reader => &mut self.reader,
            Whose::Searcher => &mut self.searcher,
            Whose::Opener | Whose::Screen => return,
        };
        worker.perform(effect, &self.newest, reply);
        while self.searcher.go_on(&|| false, reply) {}
    }
}
