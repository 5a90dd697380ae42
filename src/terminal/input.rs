//! What the terminal sends, as events of the program. Knows crossterm's events and the keys of `config`; decides nothing.

use std::io;
use std::panic::catch_unwind;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use crossterm::event::{
    self, Event as Sent, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

use super::event_loop::Message;
use crate::app::{Event, Mouse, MouseKind};
use crate::config::{Chord, Code};

/// Begins to listen, so that a change of size from here on is heard, before anything was read.
pub(super) fn open() -> io::Result<()> {
    // Makes crossterm's source of events; without time it reads nothing.
    event::poll(Duration::ZERO).map(drop)
}

/// Starts the thread that waits for input and sends it on. It blocks without waking up. A terminal that went away may make
/// crossterm spin for ever, which is why `signals` watches for that and ends the program.
pub(super) fn listen(inbox: Sender<Message>, mut late: LateAnswer) -> io::Result<()> {
    thread::Builder::new().name("input".into()).spawn(move || {
        loop {
            // No byte that a terminal sends may make the program deaf without a word.
            let read = catch_unwind(read).unwrap_or_else(|_| Err(io::Error::other("what it sent cannot be read")));
            let last = read.is_err();
            let message = match read {
                Ok(event) if late.swallows(&event) => continue,
                Ok(event) => Message::Input(event),
                Err(error) => Message::Deaf(error),
            };
            if inbox.send(message).is_err() || last {
                return;
            }
        }
    })?;
    Ok(())
}

/// Waits for the next event that means something to us.
fn read() -> io::Result<Event> {
    loop {
        if let Some(event) = translate(event::read()?) {
            return Ok(event);
        }
    }
}

/// The event as the program knows it; `None` where it means nothing to us.
fn translate(sent: Sent) -> Option<Event> {
    match sent {
        Sent::Key(key) => chord(key).map(Event::Key),
        Sent::Mouse(mouse) => self::mouse(mouse).map(Event::Mouse),
        Sent::Paste(text) => Some(Event::Paste(text)),
        Sent::Resize(columns, rows) => Some(Event::Resize(columns, rows)),
        Sent::FocusGained | Sent::FocusLost => None,
    }
}

fn chord(key: KeyEvent) -> Option<Chord> {
    // Super, hyper and meta belong to the window system: their key must not act as if it came alone.
    let known = KeyModifiers::SHIFT | KeyModifiers::CONTROL | KeyModifiers::ALT;
    if key.kind == KeyEventKind::Release || !known.contains(key.modifiers) {
        return None;
    }
    let code = match key.code {
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab | KeyCode::BackTab => Code::Tab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::Delete => Code::Delete,
        KeyCode::Insert => Code::Insert,
        KeyCode::F(number) => Code::F(number),
        _ => return None,
    };
    let shift = key.modifiers.contains(KeyModifiers::SHIFT) || key.code == KeyCode::BackTab;
    Some(Chord {
        code,
        ctrl: key.modifiers.contains(KeyModifiers::CONTROL),
        alt: key.modifiers.contains(KeyModifiers::ALT),
        // The character says it already.
        shift: shift && !matches!(code, Code::Char(_)),
    })
}

fn mouse(mouse: MouseEvent) -> Option<Mouse> {
    let what = match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => MouseKind::Press,
        MouseEventKind::Drag(MouseButton::Left) => MouseKind::Drag,
        MouseEventKind::Up(MouseButton::Left) => MouseKind::Release,
        MouseEventKind::ScrollUp => MouseKind::WheelUp,
        MouseEventKind::ScrollDown => MouseKind::WheelDown,
        _ => return None,
    };
    Some(Mouse { column: mouse.column, row: mouse.row, what })
}

/// Swallows the answer to a question about colours that came after we stopped waiting for it: crossterm reads
/// `ESC ] 11;rgb:1e1e/1e1e/1e1e BEL` as Alt-] and keys typed after it, and each of them may be a command.
pub(super) struct LateAnswer {
    /// Keys that may still be swallowed.
    left: u8,
    inside: bool,
}

impl LateAnswer {
    /// Longer than any answer, so that a reader who really typed Alt-] gets their keys back soon.
    const LONGEST: u8 = 40;

    /// `expected` says that a question was left without an answer.
    pub(super) fn new(expected: bool) -> Self {
        Self { left: if expected { Self::LONGEST } else { 0 }, inside: false }
    }

    /// Whether `event` is part of the answer.
    pub(super) fn swallows(&mut self, event: &Event) -> bool {
        let Event::Key(Chord { code: Code::Char(c), ctrl, alt, .. }) = *event else { return false };
        if self.left == 0 || !(self.inside || (alt && c == ']')) {
            return false;
        }
        self.inside = true;
        self.left -= 1;
        if (ctrl && c == 'g') || (alt && c == '\\') {
            self.left = 0;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pressed(code: KeyCode, modifiers: KeyModifiers) -> Option<Chord> {
        chord(KeyEvent::new(code, modifiers))
    }

    fn plain(code: Code) -> Chord {
        Chord { code, ctrl: false, alt: false, shift: false }
    }

    #[test]
    fn keys_become_chords() {
        let (none, shift, ctrl, alt) =
            (KeyModifiers::NONE, KeyModifiers::SHIFT, KeyModifiers::CONTROL, KeyModifiers::ALT);
        let table = [
            (KeyCode::Char('q'), none, plain(Code::Char('q'))),
            (KeyCode::Char('Q'), shift, plain(Code::Char('Q'))),
            (KeyCode::Char('ß'), none, plain(Code::Char('ß'))),
            (KeyCode::Char('d'), ctrl, Chord { ctrl: true, ..plain(Code::Char('d')) }),
            (KeyCode::Enter, alt, Chord { alt: true, ..plain(Code::Enter) }),
            (KeyCode::BackTab, shift, Chord { shift: true, ..plain(Code::Tab) }),
            (KeyCode::BackTab, none, Chord { shift: true, ..plain(Code::Tab) }),
            (KeyCode::Up, shift | ctrl, Chord { shift: true, ctrl: true, ..plain(Code::Up) }),
            (KeyCode::F(5), none, plain(Code::F(5))),
        ];
        for (code, modifiers, expected) in table {
            assert_eq!(pressed(code, modifiers), Some(expected), "{code:?} {modifiers:?}");
        }
    }

    #[test]
    fn releases_keys_of_the_window_system_and_unknown_keys_are_nothing() {
        let release = KeyEvent { kind: KeyEventKind::Release, ..KeyEvent::from(KeyCode::Char('q')) };
        assert_eq!(chord(release), None);
        assert_eq!(pressed(KeyCode::Char('q'), KeyModifiers::SUPER), None);
        assert_eq!(pressed(KeyCode::CapsLock, KeyModifiers::NONE), None);
    }

    #[test]
    fn the_left_button_and_the_wheel_are_heard_and_motion_is_not() {
        let at = |kind| mouse(MouseEvent { kind, column: 7, row: 2, modifiers: KeyModifiers::NONE });
        let press = Mouse { column: 7, row: 2, what: MouseKind::Press };
        assert_eq!(at(MouseEventKind::Down(MouseButton::Left)), Some(press));
        assert_eq!(at(MouseEventKind::ScrollDown), Some(Mouse { what: MouseKind::WheelDown, ..press }));
        assert_eq!(at(MouseEventKind::Down(MouseButton::Right)), None);
        assert_eq!(at(MouseEventKind::Moved), None);
    }

    /// What is left of `typed` after the filter; `<` stands for Alt-], `>` for Ctrl-G, `!` for Alt-\.
    fn filtered(expected: bool, typed: &str) -> String {
        let mut late = LateAnswer::new(expected);
        typed
            .chars()
            .filter(|&c| {
                let chord = match c {
                    '<' => Chord { alt: true, ..plain(Code::Char(']')) },
                    '>' => Chord { ctrl: true, ..plain(Code::Char('g')) },
                    '!' => Chord { alt: true, ..plain(Code::Char('\\')) },
                    c => plain(Code::Char(c)),
                };
                !late.swallows(&Event::Key(chord))
            })
            .collect()
    }

    #[test]
    fn a_late_answer_is_swallowed_once_and_only_when_one_is_expected() {
        assert_eq!(filtered(true, "j<11;rgb:1e1e/1e1e/1e1e>k"), "jk");
        assert_eq!(filtered(true, "j<11;rgb:1e1e/1e1e/1e1e!k<q"), "jk<q");
        assert_eq!(filtered(false, "j<11>k"), "j<11>k");
        assert_eq!(filtered(true, &format!("<{}", "j".repeat(60))), "j".repeat(21));
    }
}
