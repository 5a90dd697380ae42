//! A worker on a thread of its own: takes one order after the other and survives its own panics. What the work is, the
//! worker knows.

use std::any::Any;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::{Answer, Job};
use crate::app::{Notice, Reply};

/// Does one kind of work.
pub(super) trait Worker {
    /// What it is told to do.
    type Order: Send + 'static;

    /// Does what `order` says. Replies as it goes, so that a long search can show its first hits.
    fn perform(&mut self, order: Self::Order, reply: &mut dyn FnMut(Reply));

    /// Whether it holds something that it should give back when it is told nothing for a while.
    fn is_tired(&self) -> bool {
        false
    }

    /// Gives that back. It is not tired then.
    fn rest(&mut self) {}
}

/// How long a worker waits for the next order before it rests: longer than people stop typing in a word.
const A_WHILE: Duration = Duration::from_secs(2);

/// The way to a worker's thread.
pub(super) struct Desk<O> {
    orders: Sender<(Job, O)>,
    thread: JoinHandle<()>,
}

impl<O: Send + 'static> Desk<O> {
    /// Starts a thread called `name` with the worker that `make` makes there; made again after a panic.
    pub(super) fn start<W: Worker<Order = O>>(
        name: &'static str,
        mut make: impl FnMut() -> W + Send + 'static,
        answer: impl Fn(Answer) + Send + 'static,
    ) -> io::Result<Self> {
        let (orders, inbox) = mpsc::channel();
        let work = move || {
            let mut worker = make();
            while let Some((job, order)) = next(&inbox, &mut worker, A_WHILE) {
                let reply = &mut |reply| answer(Answer::Reply(reply));
                if let Err(panic) = catch_unwind(AssertUnwindSafe(|| worker.perform(order, reply))) {
                    // Its state may be half changed: a fresh one takes its place.
                    worker = make();
                    let text = format!("the {name} failed and starts again: {}", message(&*panic));
                    answer(Answer::Reply(Reply::Notice(Notice::failed(text))));
                }
                answer(Answer::Done(job));
            }
        };
        Ok(Self { orders, thread: thread::Builder::new().name(name.into()).spawn(work)? })
    }

    /// Puts an order on the desk.
    pub(super) fn give(&self, job: Job, order: O) {
        // The thread ends only when this desk is gone.
        let _ = self.orders.send((job, order));
    }

    /// Waits until everything on the desk is done.
    pub(super) fn finish(self) {
        drop(self.orders);
        // Its panics are caught; were one to get through, there is nobody left to tell.
        let _ = self.thread.join();
    }
}

/// The next order, however long that takes; `None` where there will be none. A tired worker rests once, after `a_while`.
fn next<W: Worker>(inbox: &Receiver<(Job, W::Order)>, worker: &mut W, a_while: Duration) -> Option<(Job, W::Order)> {
    if worker.is_tired() {
        match inbox.recv_timeout(a_while) {
            Err(RecvTimeoutError::Timeout) => worker.rest(),
            order => return order.ok(),
        }
    }
    inbox.recv().ok()
}

/// What a panic says.
fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no reason given")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts what it is told, and fails at 13.
    #[derive(Default)]
    struct Counter(u32);

    impl Worker for Counter {
        type Order = u32;

        fn perform(&mut self, order: u32, reply: &mut dyn FnMut(Reply)) {
            assert!(order != 13, "as asked");
            self.0 += order;
            reply(Reply::Notice(Notice::said(format!("{} in all", self.0))));
        }
    }

    fn answers(orders: &[u32]) -> Vec<Answer> {
        let (sender, inbox) = mpsc::channel();
        let desk = Desk::start("counter", Counter::default, move |answer| sender.send(answer).unwrap()).unwrap();
        for (job, order) in (0..).zip(orders) {
            desk.give(job, *order);
        }
        desk.finish();
        inbox.iter().collect()
    }

    fn said(text: &str) -> Answer {
        Answer::Reply(Reply::Notice(Notice::said(text)))
    }

    #[test]
    fn orders_are_done_one_after_the_other_and_each_is_reported_done() {
        assert_eq!(answers(&[2, 3]), [said("2 in all"), Answer::Done(0), said("5 in all"), Answer::Done(1)]);
    }

    /// Gives back its sender when it rests.
    struct Sleeper(Option<Sender<(Job, u32)>>);

    impl Worker for Sleeper {
        type Order = u32;

        fn perform(&mut self, _: u32, _: &mut dyn FnMut(Reply)) {}

        fn is_tired(&self) -> bool {
            self.0.is_some()
        }

        fn rest(&mut self) {
            self.0 = None;
        }
    }

    #[test]
    fn a_tired_worker_takes_what_is_there_and_rests_when_nothing_is() {
        let (sender, inbox) = mpsc::channel();
        sender.send((1, 5)).unwrap();
        let mut sleeper = Sleeper(Some(sender));
        assert_eq!(next(&inbox, &mut sleeper, Duration::ZERO), Some((1, 5)));
        assert!(sleeper.is_tired());
        // Nothing more will come as soon as it rests.
        assert_eq!(next(&inbox, &mut sleeper, Duration::ZERO), None);
        assert!(!sleeper.is_tired());
    }

    #[test]
    fn a_panic_becomes_a_notice_and_a_fresh_worker_takes_the_next_order() {
        let failed = Answer::Reply(Reply::Notice(Notice::failed("the counter failed and starts again: as asked")));
        let expected = [said("2 in all"), Answer::Done(0), failed, Answer::Done(1), said("4 in all"), Answer::Done(2)];
        assert_eq!(answers(&[2, 13, 4]), expected);
    }
}
