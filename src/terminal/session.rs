//! The terminal while the reader is on the screen: taken by `Session::enter`, given back by `restore`, which is the
//! one way out for a normal end, an error, a panic, a signal and a suspension. Draws nothing and reads no input.

use std::io::{self, Write};
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

use crate::error::Result;

/// Whether the terminal is ours at the moment, so that it is given back once and never without having been taken.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Keeps the window's title (XTWINOPS 22), sets ours (OSC 2), then: alternate screen, cleared, paste marked, no cursor.
const TAKE: &[u8] = b"\x1b[22;2t\x1b]2;pullquote\x07\x1b[?1049h\x1b[2J\x1b[?2004h\x1b[?25l";

/// Presses, releases, drags and the wheel in SGR coordinates. Not mode 1003: plain motion would wake the program.
const MOUSE: &[u8] = b"\x1b[?1000h\x1b[?1002h\x1b[?1006h";

/// Everything of `TAKE` and `MOUSE` undone, a frame that was cut off ended, colours plain.
/// Undoing what was never done is harmless, so that there is one sequence for every way out.
const GIVE_BACK: &[u8] =
    b"\x1b[?2026l\x1b[0m\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[?2004l\x1b[?1049l\x1b[?25h\x1b[23;2t";

/// The terminal in our hands; given back when dropped.
pub(super) struct Session {
    mouse: bool,
}

impl Session {
    /// Takes the terminal: raw mode, alternate screen, bracketed paste, hidden cursor, and the mouse where `mouse` says so.
    /// A later panic of the calling thread gives it back before the message is printed.
    pub(super) fn enter(mouse: bool) -> Result<Self> {
        restore_before_panic_message();
        let session = Self { mouse };
        session.take()?;
        Ok(session)
    }

    /// Takes the terminal again after a stop, or makes sure that it still is as we need it.
    pub(super) fn take(&self) -> Result<()> {
        // Where a stop came that no program can hear of, it is still ours, but somebody may have changed its modes.
        restore();
        TAKEN.store(true, Ordering::SeqCst);
        enable_raw_mode().map_err(|error| {
            TAKEN.store(false, Ordering::SeqCst);
            super::no_keys(&error)
        })?;
        let mut out = io::stdout();
        out.write_all(TAKE)
            .and_then(|()| if self.mouse { out.write_all(MOUSE) } else { Ok(()) })
            .and_then(|()| out.flush())
            .map_err(|error| super::cannot_write(&error))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        restore();
    }
}

/// Gives the terminal back as it was; does nothing where it is not ours. Errors are of no use here: the terminal may be gone.
pub(super) fn restore() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let mut out = io::stdout();
        let _ = out.write_all(GIVE_BACK).and_then(|()| out.flush());
        let _ = disable_raw_mode();
    }
}

/// Panics of this thread end the program: their message must find a restored terminal. Panics of workers are caught
/// and told inside the screen: printing them would tear it.
fn restore_before_panic_message() {
    let ui = thread::current().id();
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if thread::current().id() == ui {
            restore();
        }
        if !TAKEN.load(Ordering::SeqCst) {
            before(panic);
        }
    }));
}
