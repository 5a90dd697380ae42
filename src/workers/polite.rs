//! Many requests at once, few of them to any one host, and none to a host that was found to be out of reach: one that is
//! slow or down keeps nobody else waiting.

use std::collections::{HashMap, VecDeque};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;

/// Requests under way at once.
const AT_ONCE: usize = 16;

/// Requests under way at once to one host.
const PER_HOST: usize = 2;

/// Requests that a host may leave without any answer until the others to it are given up.
const STRIKES: usize = 2;

/// Hosts without an answer after which all others are given up, if none has answered: it is the net that is not there.
const SILENT_HOSTS: usize = AT_ONCE;

/// What a request told of its host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    Answered,
    /// It could not be reached, or did not answer in time.
    Silent,
}

struct Queue<J> {
    hosts: Vec<Jobs<J>>,
    /// Hosts to which one more request may go, each as often as that.
    open: VecDeque<usize>,
    /// Jobs that nobody has begun.
    left: usize,
    /// Any host has answered.
    heard: bool,
    /// Hosts that did not.
    silent: usize,
}

struct Jobs<J> {
    waiting: VecDeque<J>,
    strikes: usize,
}

/// Does all of `jobs`, each with the host that it goes to, on threads. `work` gets a job, and whether its host is given up:
/// then it only makes up the result. `gather` takes the results on the calling thread as they come; where it returns
/// before the last one, those under way are waited for and no others are begun.
pub fn each<J: Send, R: Send, T>(
    jobs: Vec<(String, J)>,
    work: impl Fn(J, bool) -> (R, Host) + Sync,
    gather: impl FnOnce(&Receiver<R>) -> T,
) -> T {
    let threads = jobs.len().min(AT_ONCE);
    let queue = (Mutex::new(Queue::new(jobs)), Condvar::new());
    let (tell, told) = mpsc::sync_channel(AT_ONCE);
    thread::scope(|scope| {
        for _ in 0..threads {
            let (queue, work, tell) = (&queue, &work, tell.clone());
            scope.spawn(move || {
                while let Some((host, job, given_up)) = take(queue) {
                    let turn = Turn { queue, host, answered: Host::Silent };
                    let (result, answered) = work(job, given_up);
                    turn.end(answered);
                    if tell.send(result).is_err() {
                        abandon(queue);
                    }
                }
            });
        }
        drop(tell);
        let gathered = gather(&told);
        // Nobody takes any more: whoever wants to tell something ends.
        drop(told);
        gathered
    })
}

impl<J> Queue<J> {
    fn new(jobs: Vec<(String, J)>) -> Self {
        let left = jobs.len();
        let mut known = HashMap::new();
        let mut hosts: Vec<Jobs<J>> = Vec::new();
        for (host, job) in jobs {
            let index = *known.entry(host).or_insert_with(|| {
                hosts.push(Jobs { waiting: VecDeque::new(), strikes: 0 });
                hosts.len() - 1
            });
            if let Some(host) = hosts.get_mut(index) {
                host.waiting.push_back(job);
            }
        }
        let open = (0..PER_HOST)
            .flat_map(|turn| hosts.iter().enumerate().filter(move |(_, host)| host.waiting.len() > turn))
            .map(|(index, _)| index)
            .collect();
        Self { hosts, open, left, heard: false, silent: 0 }
    }
}

type Shared<J> = (Mutex<Queue<J>>, Condvar);

/// The next job whose host may be asked, once there is one; `None` when all are begun.
fn take<J>((queue, turn): &Shared<J>) -> Option<(usize, J, bool)> {
    let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        if queue.left == 0 {
            turn.notify_all();
            return None;
        }
        if let Some(index) = queue.open.pop_front() {
            let offline = !queue.heard && queue.silent >= SILENT_HOSTS;
            let host = queue.hosts.get_mut(index)?;
            let given_up = offline || host.strikes >= STRIKES;
            if let Some(job) = host.waiting.pop_front() {
                queue.left -= 1;
                return Some((index, job, given_up));
            }
        } else {
            queue = turn.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// A request to a host. It is given back also where it fails beyond all measure: the others wait for it.
struct Turn<'a, J> {
    queue: &'a Shared<J>,
    host: usize,
    answered: Host,
}

impl<J> Turn<'_, J> {
    fn end(mut self, answered: Host) {
        self.answered = answered;
    }
}

impl<J> Drop for Turn<'_, J> {
    fn drop(&mut self) {
        give_back(self.queue, self.host, self.answered);
    }
}

/// Lets the next request go to a host.
fn give_back<J>((queue, turn): &Shared<J>, index: usize, answered: Host) {
    let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(host) = queue.hosts.get_mut(index) else { return };
    let first = host.strikes == 0;
    host.strikes = if answered == Host::Answered { 0 } else { host.strikes + 1 };
    let waits = !host.waiting.is_empty();
    match answered {
        Host::Answered => queue.heard = true,
        Host::Silent if first => queue.silent += 1,
        Host::Silent => {}
    }
    if waits {
        queue.open.push_back(index);
        turn.notify_one();
    }
}

fn abandon<J>((queue, turn): &Shared<J>) {
    let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
    queue.left = 0;
    turn.notify_all();
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn jobs(hosts: &[(&str, usize)]) -> Vec<(String, String)> {
        let of = |(host, count): &(&str, usize)| {
            let host = (*host).to_owned();
            (0..*count).map(move |n| (host.clone(), format!("{host}{n}")))
        };
        hosts.iter().flat_map(of).collect()
    }

    #[test]
    fn every_job_is_done_once_and_no_host_is_asked_by_more_than_two() {
        let under_way = AtomicUsize::new(0);
        let most = AtomicUsize::new(0);
        let work = |job: String, _| {
            if job.starts_with('a') {
                most.fetch_max(under_way.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                thread::yield_now();
                under_way.fetch_sub(1, Ordering::SeqCst);
            }
            (job, Host::Answered)
        };
        let wanted = jobs(&[("a", 200), ("b", 1), ("c", 50)]);
        let mut done: Vec<String> = each(wanted.clone(), work, |told| told.iter().collect());
        let mut expected: Vec<String> = wanted.into_iter().map(|(_, job)| job).collect();
        done.sort();
        expected.sort();
        assert_eq!(done, expected);
        assert!(most.load(Ordering::SeqCst) <= PER_HOST);
        assert_eq!(each(Vec::<(String, ())>::new(), |(), _| ((), Host::Answered), |told| told.iter().count()), 0);
    }

    #[test]
    fn a_silent_host_keeps_nobody_waiting() {
        // The jobs of `a` wait until everything of `b` is done, as those of a host that stalls do.
        let (release, released) = mpsc::channel::<()>();
        let released = Mutex::new(released);
        let work = |job: String, given_up: bool| {
            if job.starts_with('a') && !given_up {
                let _ = released.lock().unwrap().recv();
                return (format!("{job} silent"), Host::Silent);
            }
            (job, if given_up { Host::Silent } else { Host::Answered })
        };
        let (early, late) = each(jobs(&[("a", 20), ("b", 20)]), work, |told| {
            let early: Vec<String> = told.iter().take(20).collect();
            drop(release);
            (early, told.iter().collect::<Vec<String>>())
        });
        assert!(early.iter().all(|job| job.starts_with('b')), "{early:?}");
        // Where the first one is given back, one more may begin before the second is.
        let asked = late.iter().filter(|job| job.ends_with("silent")).count();
        assert!((STRIKES..STRIKES + PER_HOST).contains(&asked), "{asked}");
        assert_eq!(late.len(), 20, "the rest were given up");
    }

    #[test]
    fn where_no_host_answers_the_others_are_not_waited_for() {
        let hosts: Vec<(String, usize)> = (0..500).map(|n| (format!("h{n}"), 1)).collect();
        let hosts: Vec<(&str, usize)> = hosts.iter().map(|(host, count)| (host.as_str(), *count)).collect();
        let asked = |answering: &str| {
            let work =
                |job: String, given_up: bool| (!given_up, if job == answering { Host::Answered } else { Host::Silent });
            each(jobs(&hosts), work, |told| told.iter().filter(|asked| *asked).count())
        };
        assert!((SILENT_HOSTS..SILENT_HOSTS + AT_ONCE).contains(&asked("nobody")));
        assert_eq!(asked("h00"), 500, "with one that answers each has its chance");
    }

    #[test]
    fn a_request_that_panics_keeps_nobody_waiting() {
        let work = |job: String, _| {
            assert!(job != "a1", "as asked");
            (job, Host::Answered)
        };
        let all = std::panic::catch_unwind(|| each(jobs(&[("a", 50)]), work, |told| told.iter().count()));
        assert!(all.is_err());
    }

    #[test]
    fn where_nobody_listens_any_more_the_work_ends() {
        let begun = AtomicUsize::new(0);
        let work = |job, _| {
            begun.fetch_add(1, Ordering::SeqCst);
            (job, Host::Answered)
        };
        let first: Option<String> = each(jobs(&[("a", 10_000)]), work, |told| told.iter().next());
        assert!(first.is_some());
        assert!(begun.load(Ordering::SeqCst) < 1_000);
    }
}
