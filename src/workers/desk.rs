//! A worker on a thread of its own: takes one job after the other, survives its own panics, and does its background work
//! while nothing is asked. What the work is, the worker knows.

use std::any::Any;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender, TryRecvError};
use std::thread::{self, JoinHandle};

use super::newest::Newest;
use super::{Answer, Job};
use crate::app::{Effect, Notice, Reply};

/// Makes effects real, one kind of them.
pub(super) trait Worker {
    /// Does what `effect` says. Replies as it goes, so that a long search can show its first hits; stops early where
    /// `newest` says that nobody waits for the rest.
    fn perform(&mut self, effect: Effect, newest: &Newest, reply: &mut dyn FnMut(Reply));

    /// A piece of background work, ended as soon as `wanted` says that a job came in; whether there is more of it.
    fn go_on(&mut self, wanted: &dyn Fn() -> bool, reply: &mut dyn FnMut(Reply)) -> bool {
        let _ = (wanted, reply);
        false
    }
}

/// What lies on a desk.
enum Task {
    Perform(Job, Effect),
    /// Do a piece of background work, if there is any.
    GoOn,
}

/// The way to a worker's thread.
pub(super) struct Desk {
    tasks: Sender<Task>,
    /// Tasks that were sent and not taken yet.
    waiting: Arc<AtomicUsize>,
    thread: JoinHandle<()>,
}

/// A way to a desk that can only say that there is background work.
#[derive(Clone)]
pub(super) struct Bell {
    tasks: Sender<Task>,
    waiting: Arc<AtomicUsize>,
}

impl Bell {
    pub(super) fn ring(&self) {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        // A desk that is gone is gone because the program ends.
        let _ = self.tasks.send(Task::GoOn);
    }
}

impl Desk {
    /// Starts a thread called `name` with the worker that `make` makes there; made again after a panic.
    pub(super) fn start<W: Worker>(
        name: &'static str,
        newest: Arc<Newest>,
        make: impl FnMut() -> W + Send + 'static,
        answer: impl Fn(Answer) + Send + 'static,
    ) -> io::Result<Self> {
        let (tasks, inbox) = mpsc::channel();
        let waiting = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&waiting);
        let thread = thread::Builder::new()
            .name(name.into())
            .spawn(move || Seat { name, inbox, waiting: counter, newest, answer }.work(make))?;
        Ok(Self { tasks, waiting, thread })
    }

    pub(super) fn give(&self, job: Job, effect: Effect) {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        let _ = self.tasks.send(Task::Perform(job, effect));
    }

    pub(super) fn bell(&self) -> Bell {
        Bell { tasks: self.tasks.clone(), waiting: Arc::clone(&self.waiting) }
    }

    /// Waits until everything on the desk is done. No bell of this desk may be kept by anybody.
    pub(super) fn finish(self) {
        drop(self.tasks);
        // Its panics are caught; were one to get through, there is nobody left to tell.
        let _ = self.thread.join();
    }
}

/// The thread's side of a desk.
struct Seat<A> {
    name: &'static str,
    inbox: Receiver<Task>,
    waiting: Arc<AtomicUsize>,
    newest: Arc<Newest>,
    answer: A,
}

impl<A: Fn(Answer)> Seat<A> {
    fn work<W: Worker>(self, mut make: impl FnMut() -> W) {
        let mut worker = make();
        let mut more = false;
        while let Some(task) = self.next(more) {
            let job = if let Task::Perform(job, _) = &task { Some(*job) } else { None };
            more = match catch_unwind(AssertUnwindSafe(|| self.attend(&mut worker, task))) {
                Ok(more) => more,
                Err(panic) => {
                    // Its state may be half changed: a fresh one begins. Background work waits until it is asked for
                    // again, or it would fail for ever.
                    worker = make();
                    let text = format!("the {} failed and starts again: {}", self.name, message(&*panic));
                    (self.answer)(Answer::Reply(Reply::Notice(Notice::failed(text))));
                    false
                }
            };
            if let Some(job) = job {
                (self.answer)(Answer::Done(job));
            }
        }
    }

    /// Does the task; whether there may be background work afterwards.
    fn attend(&self, worker: &mut impl Worker, task: Task) -> bool {
        let reply = &mut |reply| (self.answer)(Answer::Reply(reply));
        match task {
            Task::Perform(_, effect) => {
                if !self.newest.replaced(&effect) {
                    worker.perform(effect, &self.newest, reply);
                }
                true
            }
            Task::GoOn => worker.go_on(&|| self.waiting.load(Ordering::SeqCst) > 0, reply),
        }
    }

    /// The next task; where nothing lies on the desk and there is `more` background work, that. `None` at the end.
    fn next(&self, more: bool) -> Option<Task> {
        let task = if more {
            match self.inbox.try_recv() {
                Err(TryRecvError::Empty) => return Some(Task::GoOn),
                task => task.ok()?,
            }
        } else {
            self.inbox.recv().ok()?
        };
        self.waiting.fetch_sub(1, Ordering::SeqCst);
        Some(task)
    }
}

/// What a panic says.
fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no reason given")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Repeats counts as notices, fails at `Quit`, and has as many pieces of background work as it was asked for counts.
    #[derive(Default)]
    struct Echo {
        performed: usize,
        owed: usize,
    }

    impl Worker for Echo {
        fn perform(&mut self, effect: Effect, _: &Newest, reply: &mut dyn FnMut(Reply)) {
            assert!(effect != Effect::Quit, "as asked");
            self.performed += 1;
            self.owed += 1;
            reply(Reply::Notice(Notice::said(format!("performed {}", self.performed))));
        }

        fn go_on(&mut self, _: &dyn Fn() -> bool, reply: &mut dyn FnMut(Reply)) -> bool {
            if self.owed == 0 {
                return false;
            }
            self.owed -= 1;
            reply(Reply::LibraryChanged);
            true
        }
    }

    fn answers(effects: &[Effect]) -> Vec<Answer> {
        let newest = Arc::new(Newest::default());
        let (sender, inbox) = mpsc::channel();
        let answer = move |answer| sender.send(answer).unwrap();
        let desk = Desk::start("echo", newest, Echo::default, answer).unwrap();
        for (job, effect) in (0..).zip(effects) {
            desk.give(job, effect.clone());
        }
        desk.finish();
        inbox.iter().filter(|answer| *answer != Answer::Reply(Reply::LibraryChanged)).collect()
    }

    fn said(text: &str) -> Answer {
        Answer::Reply(Reply::Notice(Notice::said(text)))
    }

    #[test]
    fn jobs_are_done_in_order_and_each_is_reported_done() {
        let expected = [said("performed 1"), Answer::Done(0), said("performed 2"), Answer::Done(1)];
        assert_eq!(answers(&[Effect::Counts, Effect::Counts]), expected);
    }

    #[test]
    fn a_panic_becomes_a_notice_and_a_fresh_worker_takes_the_next_job() {
        let failed = Answer::Reply(Reply::Notice(Notice::failed("the echo failed and starts again: as asked")));
        let expected =
            [said("performed 1"), Answer::Done(0), failed, Answer::Done(1), said("performed 1"), Answer::Done(2)];
        assert_eq!(answers(&[Effect::Counts, Effect::Quit, Effect::Counts]), expected);
    }

    #[test]
    fn what_was_replaced_is_not_done() {
        let newest = Arc::new(Newest::default());
        let (sender, inbox) = mpsc::channel();
        let answer = move |answer| sender.send(answer).unwrap();
        newest.note(&Effect::Open { ticket: 2, id: 1 });
        let desk = Desk::start("echo", newest, Echo::default, answer).unwrap();
        desk.give(7, Effect::Open { ticket: 1, id: 1 });
        desk.finish();
        assert_eq!(inbox.iter().collect::<Vec<_>>(), [Answer::Done(7)]);
    }

    #[test]
    fn background_work_goes_on_while_nothing_is_asked_until_there_is_no_more() {
        let newest = Arc::new(Newest::default());
        let (sender, inbox) = mpsc::channel();
        let answer = move |answer| sender.send(answer).unwrap();
        let desk = Desk::start("echo", newest, Echo::default, answer).unwrap();
        desk.give(0, Effect::Counts);
        let heard: Vec<_> = inbox.iter().take(3).collect();
        assert_eq!(heard, [said("performed 1"), Answer::Done(0), Answer::Reply(Reply::LibraryChanged)]);
        desk.bell().ring();
        desk.finish();
        assert_eq!(inbox.iter().count(), 0, "one piece was owed");
    }
}
