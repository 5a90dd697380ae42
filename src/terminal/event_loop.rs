//! The loop: everything that happens comes through one inbox, goes into the state machine, and what that wants done goes
//! out again; then a frame, when the pacer says so. Blocks in the inbox while nothing happens.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::clipboard::{self, Multiplexer};
use super::look::Look;
use super::pacer::{Job, Next, Pacer};
use super::screen::{Screen, Tty};
use super::session::{self, Session};
use super::signals;
use crate::app::{App, Effect, Event, Notice, Reply};
use crate::clock::Now;
use crate::config::{Chord, Code};
use crate::error::{Error, Result};
use crate::view;
use crate::workers::{Answer, Converted, Workers};

/// Something that came in.
#[derive(Debug)]
pub(super) enum Message {
    Input(Event),
    Answer(Answer),
    /// The system wants the program to end; the number of the signal.
    End(i32),
    /// The system wants it to stop until it is continued.
    Stop,
    Continue,
    /// The library was written to, perhaps by another process.
    Written,
    /// What is heard of a conversion, before there is a loop.
    Converted(Converted),
    /// No more input will come.
    Deaf(std::io::Error),
}

/// Messages handled in a row before a frame may be drawn: a flood must not hide its own effect.
const ROUND: usize = 1000;

/// How long after a frame the terminal has the processor for itself before what could wait is begun.
const LATER: Duration = Duration::from_millis(3);

/// Seconds after which an input makes us see whether another process changed the library.
const WATCH_AFTER: i64 = 2;

/// All that the loop works with.
pub(super) struct EventLoop {
    pub(super) app: App,
    pub(super) look: Look,
    pub(super) screen: Screen<Tty>,
    pub(super) session: Session,
    pub(super) inbox: Receiver<Message>,
    pub(super) workers: Workers,
    pub(super) pacer: Pacer,
    pub(super) multiplexer: Multiplexer,
    /// Another program has the terminal.
    pub(super) away: bool,
    /// When the library was last watched, in seconds since 1970.
    pub(super) watched: i64,
    /// The last list that was asked for.
    pub(super) listing: Option<Job>,
    /// What is to be done a moment after the next frame, in order: whoever works before would take the terminal's processor.
    pub(super) later: Vec<Effect>,
}

impl EventLoop {
    /// Runs until the program is to end; the exit code. What is to be kept has been kept then, and the terminal is given back.
    pub(super) fn run(mut self) -> Result<u8> {
        // For the test that looks at what a panic leaves on the terminal; nothing in a release.
        debug_assert!(super::environment("PULLQUOTE_FAIL").is_none(), "failed on purpose");
        let ended = self.turn();
        // First the terminal, so that the reader does not wait for the disk.
        drop(self.session);
        give_all(&mut self.later, &mut self.workers);
        let farewell = self.app.farewell();
        for effect in farewell {
            self.workers.give(effect);
        }
        self.workers.finish();
        ended
    }

    fn turn(&mut self) -> Result<u8> {
        loop {
            let mut message = self.wait()?;
            let mut left = ROUND;
            while let Some(next) = message {
                if let Some(exit) = self.handle(next)? {
                    return Ok(exit);
                }
                left -= 1;
                message = if left > 0 { self.inbox.try_recv().ok() } else { None };
            }
        }
    }

    /// The next message; `None` after a frame was drawn instead.
    fn wait(&mut self) -> Result<Option<Message>> {
        if self.app.take_dirty() {
            self.pacer.changed();
        }
        let next = if self.away { Next::Rest } else { self.pacer.next(now()) };
        match next {
            Next::Rest if self.later.is_empty() => self.inbox.recv().map(Some).map_err(|_| gone()),
            Next::Rest => {
                let message = within(&self.inbox, LATER)?;
                if message.is_none() {
                    give_all(&mut self.later, &mut self.workers);
                }
                Ok(message)
            }
            Next::Wait(time) => within(&self.inbox, time),
            Next::Draw => {
                self.draw()?;
                Ok(None)
            }
        }
    }

    /// Draws a frame.
    pub(super) fn draw(&mut self) -> Result<()> {
        self.look.follow(&self.app.state().settings);
        let (app, theme) = (&self.app, self.look.theme());
        self.screen.draw(|frame| view::draw(app, theme, frame)).map_err(|error| super::cannot_write(&error))?;
        self.pacer.drew(now());
        Ok(())
    }

    /// Takes a message in; the exit code if it is the last one.
    fn handle(&mut self, message: Message) -> Result<Option<u8>> {
        match message {
            Message::Input(Event::Key(Chord { code: Code::Char('z'), ctrl: true, alt: false, .. })) => {
                self.perform(Effect::Suspend)
            }
            Message::Input(event) => {
                self.pacer.typed();
                if let Event::Resize(columns, rows) = event {
                    self.screen.resize(columns, rows).map_err(|error| super::cannot_write(&error))?;
                }
                let ended = self.tell(event)?;
                self.watch();
                Ok(ended)
            }
            Message::Answer(Answer::Reply(reply)) => {
                if let (Reply::ListBegins { .. } | Reply::Listed { .. }, Some(job)) = (&reply, self.listing) {
                    // The first hits are worth a frame; the rest may take its time.
                    self.pacer.answered(job);
                }
                self.tell(Event::Reply(reply))
            }
            Message::Answer(Answer::Done(job)) => {
                self.pacer.answered(job);
                Ok(None)
            }
            Message::Written => {
                self.look();
                Ok(None)
            }
            Message::Converted(_) => Ok(None),
            Message::End(signal) => Ok(Some(signals::exit_code(signal))),
            Message::Stop => {
                if signals::can_stop() {
                    self.away = true;
                    session::restore();
                    signals::stop();
                    // Continued, which `Message::Continue` says too, also where somebody else stopped us.
                }
                Ok(None)
            }
            Message::Continue => {
                self.session.take()?;
                self.away = false;
                let (columns, rows) = super::size();
                self.screen.resize(columns, rows).map_err(|error| super::cannot_write(&error))?;
                self.tell(Event::Resize(columns, rows))
            }
            Message::Deaf(error) => Err(super::no_keys(&error)),
        }
    }

    /// Tells the state machine, and has done what it wants.
    fn tell(&mut self, event: Event) -> Result<Option<u8>> {
        for effect in self.app.handle(event, &Now::read()) {
            if let Some(exit) = self.perform(effect)? {
                return Ok(Some(exit));
            }
        }
        Ok(None)
    }

    /// Does what belongs to the terminal, and gives the rest to the workers.
    fn perform(&mut self, effect: Effect) -> Result<Option<u8>> {
        match effect {
            Effect::Quit => Ok(Some(0)),
            Effect::Suspend if signals::ask_to_stop() => Ok(None),
            Effect::Suspend => self.refuse("there is no shell here to come back from"),
            Effect::Copy(text) => match clipboard::sequence(&text, self.multiplexer) {
                Some(bytes) => self.screen.send(&bytes).map(|()| None).map_err(|error| super::cannot_write(&error)),
                None => {
                    self.refuse(&format!("too long for the clipboard: {} kB, terminals take 74", text.len() / 1000))
                }
            },
            effect @ (Effect::ReadAhead { .. } | Effect::MarkRead(_)) => {
                self.later.push(effect);
                Ok(None)
            }
            effect => {
                if matches!(effect, Effect::Change { .. } | Effect::ChangeAll { .. } | Effect::Undo | Effect::Redo) {
                    // Changes stay in the order in which they were made.
                    give_all(&mut self.later, &mut self.workers);
                }
                let awaited = is_shown(&effect);
                let lists = matches!(effect, Effect::List { .. });
                let job = self.workers.give(effect);
                if lists {
                    self.listing = Some(job);
                }
                if awaited {
                    self.pacer.asked(job, now());
                }
                Ok(None)
            }
        }
    }

    /// Says why something is not done.
    fn refuse(&mut self, why: &str) -> Result<Option<u8>> {
        self.tell(Event::Reply(Reply::Notice(Notice::failed(why))))
    }

    /// Sees from time to time whether another process changed the library, where the system does not tell of it.
    fn watch(&mut self) {
        if Now::read().seconds >= self.watched + WATCH_AFTER {
            self.look();
        }
    }

    /// Sees whether another process changed the library.
    fn look(&mut self) {
        self.watched = Now::read().seconds;
        self.workers.give(Effect::Watch);
    }
}

/// The next message; `None` where there is none within this time.
fn within(inbox: &Receiver<Message>, time: Duration) -> Result<Option<Message>> {
    match inbox.recv_timeout(time) {
        Ok(message) => Ok(Some(message)),
        Err(RecvTimeoutError::Timeout) => Ok(None),
        Err(RecvTimeoutError::Disconnected) => Err(gone()),
    }
}

/// The input thread and the signals hold senders for as long as the process lives.
fn gone() -> Error {
    Error::refused("the program's own threads are gone")
}

/// Gives all of `effects` to their workers.
fn give_all(effects: &mut Vec<Effect>, workers: &mut Workers) {
    for effect in effects.drain(..) {
        workers.give(effect);
    }
}

/// Whether the next frame should show what becomes of `effect`, and that takes no longer than a frame may wait.
fn is_shown(effect: &Effect) -> bool {
    match effect {
        Effect::List { again: false, .. }
        | Effect::ListKept { .. }
        | Effect::Quoted { .. }
        | Effect::Speakers { .. }
        | Effect::Voice(_)
        | Effect::Summaries(_)
        | Effect::Snippets { .. }
        | Effect::Open { .. }
        | Effect::Feeds
        | Effect::Compare { .. }
        // What the screen shows as marked is on the disk, as a rule.
        | Effect::Change { .. }
        | Effect::Resubscribe { .. }
        | Effect::Undo
        | Effect::Redo
        | Effect::Cite { .. } => true,
        Effect::PrepareSearch
        | Effect::ReadAhead { .. }
        | Effect::List { again: true, .. }
        // Signs beside what is shown already.
        | Effect::Fates { .. }
        | Effect::Places
        // The counts may follow.
        | Effect::Counts
        | Effect::CountPlaces { .. }
        | Effect::ChangeAll { .. }
        // It is shown when it is stored, in a frame of its own.
        | Effect::MarkRead(_)
        | Effect::KeepPosition { .. }
        | Effect::Remember { .. }
        | Effect::Watch
        | Effect::EmptyTrash
        | Effect::Add(_)
        | Effect::AddText(_)
        | Effect::AddAddress(_)
        | Effect::Refresh(_)
        | Effect::StopRefresh
        | Effect::FullText(_)
        | Effect::Export { .. }
        | Effect::Pipe { .. }
        | Effect::Browse(_)
        | Effect::Copy(_)
        | Effect::Suspend
        | Effect::Quit => false,
    }
}

#[expect(clippy::disallowed_methods, reason = "frames are paced here, at the edge")]
fn now() -> Instant {
    Instant::now()
}
