//! What is written to the terminal while the reader is on it: whole frames, each in one write and inside a
//! synchronized update, so that no half of a frame is ever seen. The only writer besides `session`.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::rc::Rc;

use ratatui::layout::Rect;
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};
use rustix::event::{PollFd, PollFlags, poll};

use super::pen::{self, Pen};

/// Synchronized update, DEC private mode 2026; terminals without it ignore it.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";

/// The terminal as frames are drawn on it.
pub(super) struct Screen<W> {
    terminal: Terminal<Pen<Pending>>,
    pending: Pending,
    /// What the last frame said of the cursor; `None` where the next one has to be written whole.
    cursor: Option<Vec<u8>>,
    out: W,
}

/// Bytes of the frame being made. Flushing does nothing: ratatui flushes several times a frame.
#[derive(Clone, Default)]
struct Pending(Rc<RefCell<Vec<u8>>>);

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Screen<Tty> {
    /// The terminal on standard output; `columns` and `rows` in cells.
    pub(super) fn on_stdout(columns: u16, rows: u16) -> io::Result<Self> {
        // A descriptor of our own: standard output of the library keeps lines back and may be locked by a panic.
        let tty = File::from(io::stdout().as_fd().try_clone_to_owned()?);
        Screen::new(Tty(tty), columns, rows)
    }
}

impl<W: Write> Screen<W> {
    fn new(out: W, columns: u16, rows: u16) -> io::Result<Self> {
        let pending = Pending::default();
        // A fixed area, because ratatui would otherwise ask for the size at each frame, and the state machine must
        // have heard of a new size before a frame has it.
        let viewport = Viewport::Fixed(Rect::new(0, 0, columns, rows));
        let terminal = Terminal::with_options(Pen::new(pending.clone()), TerminalOptions { viewport })?;
        Ok(Self { terminal, pending, cursor: None, out })
    }

    /// Draws a frame and shows it, as far as it differs from the one before.
    pub(super) fn draw(&mut self, draw: impl FnOnce(&mut Frame)) -> io::Result<()> {
        // Clearing for a new size may have been put there already: it belongs to this frame.
        self.pending.0.borrow_mut().splice(..0, BEGIN.iter().copied());
        self.terminal.draw(|frame| {
            draw(frame);
            pen::mark_halves(frame.buffer_mut());
        })?;
        // The cells that changed, then the cursor.
        let cells = self.terminal.backend().written();
        let cursor = self.pending.0.borrow().get(BEGIN.len() + cells..).unwrap_or_default().to_vec();
        if cells == 0 && self.cursor.as_ref() == Some(&cursor) {
            self.pending.0.borrow_mut().clear();
            return Ok(());
        }
        self.cursor = Some(cursor);
        self.send(END)
    }

    /// Has the next frame drawn whole, at this size in cells: it changed, or somebody else wrote on the terminal.
    pub(super) fn resize(&mut self, columns: u16, rows: u16) -> io::Result<()> {
        self.cursor = None;
        self.terminal.resize(Rect::new(0, 0, columns, rows))
    }

    /// Writes `bytes`, a complete control sequence of our own making, behind what is pending.
    pub(super) fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut pending = self.pending.0.borrow_mut();
        pending.extend_from_slice(bytes);
        let written = self.out.write_all(&pending).and_then(|()| self.out.flush());
        pending.clear();
        written
    }
}

/// The terminal's descriptor. Waits where it is full: another program may have made it non-blocking for all who share it.
pub(super) struct Tty(File);

impl Write for Tty {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        loop {
            match self.0.write(bytes) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    match poll(&mut [PollFd::new(&self.0, PollFlags::OUT)], None) {
                        Ok(_) | Err(rustix::io::Errno::INTR) => {}
                        Err(errno) => return Err(errno.into()),
                    }
                }
                written => return written,
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keeps apart what was written by each call.
    #[derive(Default)]
    struct Writes(Vec<Vec<u8>>);

    impl Write for Writes {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.push(bytes.to_vec());
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn screen() -> Screen<Writes> {
        Screen::new(Writes::default(), 20, 4).unwrap()
    }

    #[test]
    fn a_frame_is_one_write_inside_a_synchronized_update() {
        let mut screen = screen();
        for cursor in [None, Some((3, 1))] {
            screen.out.0.clear();
            screen
                .draw(|frame| {
                    frame.render_widget(if cursor.is_some() { "Harbour" } else { "Lantern" }, frame.area());
                    if let Some(cursor) = cursor {
                        frame.set_cursor_position(cursor);
                    }
                })
                .unwrap();
            let [frame] = screen.out.0.as_slice() else { panic!("{} writes", screen.out.0.len()) };
            assert!(frame.starts_with(BEGIN) && frame.ends_with(END), "{}", frame.escape_ascii());
        }
    }

    #[test]
    fn a_frame_that_changes_nothing_is_not_written() {
        let mut screen = screen();
        let mut writes = Vec::new();
        for text in ["Lantern", "Lantern", "Lantern", "Lanterns", "Lantern"] {
            screen.draw(|frame| frame.render_widget(text, frame.area())).unwrap();
            writes.push(screen.out.0.len());
        }
        assert_eq!(writes, [1, 1, 1, 2, 3]);
    }

    #[test]
    fn a_second_frame_carries_only_what_changed_and_all_of_it_after_a_resize() {
        let mut screen = screen();
        screen.draw(|frame| frame.render_widget("Lantern", frame.area())).unwrap();
        screen.draw(|frame| frame.render_widget("Lanterns", frame.area())).unwrap();
        let second = screen.out.0.last().unwrap().escape_ascii().to_string();
        assert!(second.contains('s') && !second.contains("Lan"), "{second}");
        screen.resize(20, 4).unwrap();
        screen.draw(|frame| frame.render_widget("Lanterns", frame.area())).unwrap();
        let third = screen.out.0.last().unwrap();
        assert!(third.starts_with(BEGIN) && third.escape_ascii().to_string().contains("Lanterns"));
    }
}
