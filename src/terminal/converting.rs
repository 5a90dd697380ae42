//! The time before there is a library to read: one of an earlier version is brought to its new form, the screen says so, and the
//! keys that quit do.

use std::path::Path;
use std::sync::mpsc::{Receiver, Sender};

use super::event_loop::Message;
use super::screen::{Screen, Tty};
use super::session::{self, Session};
use super::signals;
use crate::app::Event;
use crate::config::{Chord, Code, Theme};
use crate::error::{Error, Result};
use crate::model::Conversion;
use crate::view;
use crate::workers::{Converted, Converting};

/// The terminal while it waits for the library.
pub(super) struct Waiting<'a> {
    pub(super) session: &'a mut Session,
    pub(super) screen: &'a mut Screen<Tty>,
    pub(super) inbox: &'a Receiver<Message>,
    /// Columns and rows.
    pub(super) size: (u16, u16),
}

impl Waiting<'_> {
    /// Converts the library at `library`; the exit code where the reader left before it was done, with the library as it was.
    pub(super) fn convert(
        &mut self,
        library: &Path,
        sender: &Sender<Message>,
        theme: &Theme,
        ascii: bool,
    ) -> Result<Option<u8>> {
        let mut step = None;
        self.draw(step.as_ref(), theme, ascii)?;
        let sender = sender.clone();
        let converting = Converting::start(library, move |heard| {
            // Nobody listens any more when the program ends.
            let _ = sender.send(Message::Converted(heard));
        })?;
        let left = loop {
            let message = self.inbox.recv().map_err(|_| Error::refused("the program's own threads are gone"))?;
            match message {
                Message::Converted(Converted::Step(next)) => step = Some(next),
                Message::Converted(Converted::Done(done)) => return done.map(|()| None),
                Message::Input(Event::Key(chord)) if quits(chord) => break Ok(0),
                Message::Input(Event::Resize(columns, rows)) => {
                    self.size = (columns, rows);
                    self.resize()?;
                }
                Message::End(signal) => break Ok(signals::exit_code(signal)),
                Message::Stop if signals::can_stop() => {
                    session::restore();
                    signals::stop();
                    continue;
                }
                Message::Continue => {
                    self.session.take()?;
                    self.size = super::size();
                    self.resize()?;
                }
                Message::Deaf(error) => break Err(super::no_keys(&error)),
                _ => continue,
            }
            self.draw(step.as_ref(), theme, ascii)?;
        };
        // First the terminal, so that nobody waits for the disk.
        session::restore();
        converting.stop();
        left.map(Some)
    }

    fn draw(&mut self, step: Option<&Conversion>, theme: &Theme, ascii: bool) -> Result<()> {
        self.screen
            .draw(|frame| view::draw_conversion(step, theme, ascii, frame))
            .map_err(|error| super::cannot_write(&error))
    }

    fn resize(&mut self) -> Result<()> {
        self.screen.resize(self.size.0, self.size.1).map_err(|error| super::cannot_write(&error))
    }
}

/// Whether a key quits, whatever is bound: there is nothing else to do yet.
fn quits(chord: Chord) -> bool {
    match chord.code {
        Code::Char('q' | 'Q') => !chord.ctrl && !chord.alt,
        Code::Char('c') => chord.ctrl,
        _ => false,
    }
}
