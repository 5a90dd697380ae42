//! Effects made real, each by the worker that it concerns: the librarian writes, the reader reads, the searcher finds, the
//! teller counts, the indexer keeps the index up to date, errands run programs and write files. `Workers` has them on threads, `Inline` does the same on the spot.

mod arrived;
pub mod comparing;
mod converting;
mod cores;
mod desk;
mod errand;
pub mod fetcher;
#[cfg(test)]
mod fixture;
mod folder;
mod full_text;
mod indexer;
pub mod ingest;
mod inline;
mod librarian;
pub mod listed;
mod newest;
mod opener;
mod opening;
mod polite;
mod quoted;
mod reader;
mod refresher;
mod searcher;
mod shelf;
pub mod subscribing;
mod teller;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use desk::Desk;
use errand::Errand;
use indexer::{CatchUp, Indexer};
use librarian::Librarian;
use newest::Newest;
use reader::Reader;
use refresher::{Brake, Refresher};
use searcher::Searcher;
use shelf::Shelf;
use teller::Teller;

use crate::app::{Effect, Notice, Reply};
use crate::clock::Now;
use crate::error::{Error, Result};
use crate::library::{Attending, Library, attend};

pub use converting::{Converted, Converting};
pub use cores::Cores;
pub use folder::{draft, write_folder};
pub use inline::Inline;
pub use opener::Browser;
pub use opening::Opening;

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

/// How far what nobody waits for stands back, of the 19 steps that there are.
const GIVEN_WAY: i32 = 10;

/// Lets whatever else runs go first from here on: for work that goes on while somebody reads. Concerns this thread and those
/// that it starts.
pub fn give_way() {
    // Where the system refuses, keys take a little longer meanwhile.
    let _ = rustix::process::nice(GIVEN_WAY);
}

/// Whose work an effect is.
enum Whose {
    Librarian,
    Reader,
    /// The reader's too, on a thread of its own: what is counted over the whole library, behind which nothing that is in sight
    /// should wait.
    Counter,
    Searcher,
    /// The searcher's too, on a thread that gives way: the list that is shown, read anew.
    Renewer,
    Teller,
    Errand,
    Refresher,
    /// What is under way over the network is broken off.
    Brake,
    /// The screen's own: copying, stopping, quitting.
    Screen,
}

fn whose(effect: &Effect) -> Whose {
    match effect {
        Effect::List { again: true, .. } => Whose::Renewer,
        Effect::List { .. } | Effect::PrepareSearch => Whose::Searcher,
        Effect::Summaries(_)
        | Effect::Open { .. }
        | Effect::Compare { .. }
        | Effect::Fates { .. }
        | Effect::ReadAhead { .. }
        | Effect::Snippets { .. }
        | Effect::ListKept { .. }
        | Effect::Quoted { .. }
        | Effect::Cite { .. } => Whose::Reader,
        Effect::Speakers { .. } | Effect::Voice(_) | Effect::Counts | Effect::Places | Effect::Feeds => Whose::Counter,
        Effect::CountPlaces { .. } => Whose::Teller,
        Effect::Change { .. }
        | Effect::MarkRead(_)
        | Effect::ChangeAll { .. }
        | Effect::Undo
        | Effect::Redo
        | Effect::KeepPosition { .. }
        | Effect::Remember { .. }
        | Effect::Watch
        | Effect::Resubscribe { .. }
        | Effect::EmptyTrash
        | Effect::Add(_)
        | Effect::AddText(_) => Whose::Librarian,
        Effect::Refresh(_) | Effect::FullText(_) | Effect::AddAddress(_) => Whose::Refresher,
        Effect::StopRefresh => Whose::Brake,
        Effect::Export { .. } | Effect::Pipe { .. } | Effect::Browse(_) => Whose::Errand,
        Effect::Copy(_) | Effect::Suspend | Effect::Quit => Whose::Screen,
    }
}

/// The workers on their threads.
pub struct Workers {
    newest: Arc<Newest>,
    ending: Arc<AtomicBool>,
    librarian: Desk<Effect>,
    reader: Desk<Effect>,
    counter: Desk<Effect>,
    searcher: Desk<Effect>,
    renewer: Desk<Effect>,
    teller: Desk<Effect>,
    errand: Errand,
    refresher: Desk<Effect>,
    brake: Brake,
    answer: Arc<dyn Fn(Answer) + Send + Sync>,
    /// Other processes are told that somebody reads.
    _attending: Option<Attending>,
    /// Errands whose result is wanted even when the program ends.
    unfinished: Vec<Desk<Effect>>,
    last: Job,
}

impl Workers {
    /// Starts the threads. The library that was opened goes to the reader; the others open the same file for themselves when
    /// they need it. `answer` is called on the workers' threads.
    ///
    /// # Errors
    /// The system gives no more threads.
    pub fn start(
        library: Library,
        browser: Browser,
        credentials: PathBuf,
        clock: Clock,
        answer: impl Fn(Answer) + Send + Sync + 'static,
    ) -> Result<Self> {
        let path = library.path().to_owned();
        let attending = attend(&path);
        let answer: Arc<dyn Fn(Answer) + Send + Sync> = Arc::new(answer);
        let tell = || {
            let answer = Arc::clone(&answer);
            move |said| answer(said)
        };
        let shelf = || {
            let path = path.clone();
            move || Shelf::closed(path.clone())
        };
        let newest = Arc::new(Newest::default());
        let ending = Arc::new(AtomicBool::new(false));
        let failed = |error| Error::refused(format!("cannot start the program's threads: {error}"));

        let (at, stop) = (shelf(), Arc::clone(&ending));
        let index = move || {
            give_way();
            Indexer::new(at(), Arc::clone(&stop))
        };
        let indexer = Desk::start("indexer", index, tell()).map_err(failed)?;
        indexer.give(0, CatchUp);

        let (at, stop, told) = (shelf(), Arc::clone(&ending), tell());
        let write = move || Librarian::new(at(), clock, Arc::clone(&stop));
        let indexer = Arc::new(indexer);
        // Whoever writes to the library has the index told of it.
        let told_and_indexed = |told: Box<dyn Fn(Answer) + Send>| {
            let indexer = Arc::clone(&indexer);
            move |said| {
                let done = matches!(said, Answer::Done(_));
                told(said);
                if done {
                    indexer.give(0, CatchUp);
                }
            }
        };
        let librarian = Desk::start("librarian", write, told_and_indexed(Box::new(told))).map_err(failed)?;

        let (at, brake) = (shelf(), Brake::default());
        let pulled = brake.clone();
        let ask = move || Refresher::new(at(), clock, credentials.clone(), true, pulled.clone());
        let refresher = Desk::start("refresher", ask, told_and_indexed(Box::new(tell()))).map_err(failed)?;

        let (at, last) = (shelf(), Arc::clone(&newest));
        let find = move || Searcher::new(at(), Arc::clone(&last), clock);
        let searcher = Desk::start("searcher", find, tell()).map_err(failed)?;

        let (at, last) = (shelf(), Arc::clone(&newest));
        let renew = move || {
            give_way();
            Searcher::new(at(), Arc::clone(&last), clock)
        };
        let renewer = Desk::start("renewer", renew, tell()).map_err(failed)?;

        let (at, last, mut opened) = (shelf(), Arc::clone(&newest), Some(library));
        let read = move || Reader::new(opened.take().map_or_else(&at, Shelf::open), Arc::clone(&last), clock);
        let reader = Desk::start("reader", read, tell()).map_err(failed)?;

        let (at, last) = (shelf(), Arc::clone(&newest));
        let count = move || Reader::new(at(), Arc::clone(&last), clock);
        let counter = Desk::start("counter", count, tell()).map_err(failed)?;

        let (at, last) = (shelf(), Arc::clone(&newest));
        let tally = move || {
            give_way();
            Teller::new(at(), Arc::clone(&last), clock)
        };
        let teller = Desk::start("teller", tally, tell()).map_err(failed)?;

        let errand = Errand { path, browser };
        Ok(Self {
            newest,
            ending,
            librarian,
            reader,
            counter,
            searcher,
            renewer,
            teller,
            errand,
            refresher,
            brake,
            answer,
            _attending: attending,
            unfinished: Vec::new(),
            last: 0,
        })
    }

    /// Gives `effect` to its worker; the number under which it will be reported done.
    pub fn give(&mut self, effect: Effect) -> Job {
        self.last += 1;
        self.newest.note(&effect);
        match whose(&effect) {
            Whose::Librarian => self.librarian.give(self.last, effect),
            Whose::Reader => self.reader.give(self.last, effect),
            Whose::Counter => self.counter.give(self.last, effect),
            Whose::Searcher => self.searcher.give(self.last, effect),
            Whose::Renewer => self.renewer.give(self.last, effect),
            Whose::Teller => self.teller.give(self.last, effect),
            Whose::Errand => self.run(effect),
            Whose::Refresher => self.refresher.give(self.last, effect),
            Whose::Brake => self.brake.pull(),
            Whose::Screen => {}
        }
        self.last
    }

    /// Runs an errand on a thread of its own.
    fn run(&mut self, effect: Effect) {
        let (errand, answer) = (self.errand.clone(), Arc::clone(&self.answer));
        let wanted = matches!(effect, Effect::Export { .. });
        match Desk::start("errand", move || errand.clone(), move |said| answer(said)) {
            Ok(desk) => {
                desk.give(self.last, effect);
                if wanted {
                    self.unfinished.push(desk);
                }
            }
            Err(error) => (self.answer)(Answer::Reply(Reply::Notice(Notice::failed(error.to_string())))),
        }
    }

    /// Waits until all changes are on the disk and all exports are written. What is being read or searched, and programs
    /// that run, are left alone.
    pub fn finish(self) {
        self.ending.store(true, Ordering::Relaxed);
        // What came is stored; what has not come is not waited for.
        self.brake.pull();
        self.librarian.finish();
        for errand in self.unfinished {
            errand.finish();
        }
        // The next start is the quicker for it, and not needed for anything else.
        if let Ok(library) = Library::open_again(&self.errand.path) {
            let _ = library.settle();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;
    use crate::model::Change;
    use fixture::Fixture;

    #[test]
    fn what_was_asked_before_the_end_is_on_the_disk_and_every_job_is_answered() {
        let fixture = Fixture::new();
        let (sender, answers) = mpsc::channel();
        let sender = std::sync::Mutex::new(sender);
        let answer = move |said| sender.lock().unwrap().send(said).unwrap();
        let library = Library::open(&fixture.path()).unwrap();
        let mut workers = Workers::start(library, Browser::default(), PathBuf::new(), Now::read, answer).unwrap();
        let mut jobs = vec![workers.give(Effect::Counts)];
        for id in 1..=3 {
            jobs.push(workers.give(Effect::Change { ids: [id].into(), change: Change::Bookmarked(true) }));
        }
        jobs.push(
            workers
                .give(Effect::Export { ids: vec![1], folder: fixture.folder.path().join("out").display().to_string() }),
        );
        workers.finish();
        let library = Library::open(&fixture.path()).unwrap();
        assert_eq!(library.counts().unwrap().bookmarked, 3);
        assert_eq!(std::fs::read_dir(fixture.folder.path().join("out")).unwrap().count(), 1);
        // Ends when the last thread has ended.
        let said: Vec<Answer> = answers.iter().collect();
        assert!(said.iter().any(|said| matches!(said, Answer::Reply(Reply::Counts(_)))), "{said:?}");
        assert!(jobs.iter().all(|job| said.contains(&Answer::Done(*job))), "{jobs:?} {said:?}");
    }
}
