//! What the system tells a program: end, stop, go on, and that the terminal went away. Two threads that block and send
//! what they hear; nothing is done here but to end a program whose screen no longer answers.

use std::io;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::process::{Signal, getpgrp, getsid, kill_current_process_group};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;
use signal_hook::low_level;

use super::event_loop::Message;
use super::session;

/// How long the program may take to end after it was asked to. A second signal within this time says the same again: where
/// a terminal is closed, the system and the shell both send theirs.
const PATIENCE: Duration = Duration::from_secs(3);

/// Starts both threads. From here on the signals do nothing by themselves.
pub(super) fn listen(inbox: &Sender<Message>) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT])?;
    let sender = inbox.clone();
    thread::Builder::new().name("signals".into()).spawn(move || {
        let mut asked: Option<Instant> = None;
        for signal in signals.forever() {
            let message = match signal {
                SIGTSTP => Message::Stop,
                SIGCONT => Message::Continue,
                _ => {
                    if now().duration_since(*asked.get_or_insert_with(now)) > PATIENCE {
                        end_now(signal);
                    }
                    Message::End(signal)
                }
            };
            if sender.send(message).is_err() {
                return;
            }
        }
    })?;
    let sender = inbox.clone();
    thread::Builder::new().name("hang-up".into()).spawn(move || {
        if wait_for_hang_up() {
            // Nobody is left to tell if this fails.
            let _ = sender.send(Message::End(SIGHUP));
        }
    })?;
    Ok(())
}

/// Blocks until the terminal on standard output is gone. A terminal closed while nobody sends a signal (its shell
/// ignores them) shows only here: reading from it spins in crossterm. `false` where the system cannot say.
fn wait_for_hang_up() -> bool {
    let stdout = io::stdout();
    loop {
        // No flag of interest: hang-up and error are reported always, and nothing else may wake this thread.
        let mut watched = [PollFd::new(&stdout, PollFlags::empty())];
        match poll(&mut watched, None) {
            Ok(_) => {
                let [watched] = &watched;
                return watched.revents().intersects(PollFlags::HUP | PollFlags::ERR);
            }
            Err(Errno::INTR) => {}
            Err(_) => return false,
        }
    }
}

/// Ends the process from the thread that hears signals: the screen's own hangs, in a terminal that takes no bytes perhaps.
fn end_now(signal: i32) -> ! {
    session::restore();
    low_level::exit(exit_code(signal).into())
}

#[expect(clippy::disallowed_methods, reason = "how long an end takes is measured here, at the edge")]
fn now() -> Instant {
    Instant::now()
}

/// How a process says that a signal ended it, as shells count: 128 and the signal's number.
pub(super) fn exit_code(signal: i32) -> u8 {
    u8::try_from(signal).unwrap_or(0).saturating_add(128)
}

/// Asks the whole process group to stop, as the terminal does for Ctrl-Z outside raw mode; the signal comes back to us as
/// `Message::Stop`. The group, because a program that started us must stop too, or the shell never gets its turn.
/// `false` where it cannot be.
pub(super) fn ask_to_stop() -> bool {
    can_stop() && kill_current_process_group(Signal::TSTP).is_ok()
}

/// Whether there is a shell that could continue us: not where our group holds the session's leader. The system does not
/// stop such a group by this signal either.
pub(super) fn can_stop() -> bool {
    getsid(None).is_ok_and(|session| session != getpgrp())
}

/// Stops this process until it is continued; the terminal must have been given back.
pub(super) fn stop() {
    // Cannot fail for this signal; were it to, we would go on as if continued.
    let _ = low_level::emulate_default_handler(SIGTSTP);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exit_codes_are_those_of_shells() {
        assert_eq!([SIGHUP, SIGINT, SIGTERM].map(exit_code), [129, 130, 143]);
    }
}
