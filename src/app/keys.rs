//! Keys: to the prompt or overlay that is open, else through the keymap, with counts and sequences.

use crate::config::{Chord, Code};
use crate::text::clean;

use super::commands::{Args, Command, Context};
use super::keymap::Meaning;
use super::state::Overlay;
use super::state::prompt::insert;
use super::{App, Notice};

/// Larger counts are of no use and would only be slips.
const LARGEST_COUNT: usize = 9_999_999;

impl App {
    pub(super) fn key(&mut self, chord: Chord) {
        self.state.notice = None;
        self.seeking = None;
        self.once_open = None;
        if chord == Chord::ctrl('c') {
            return self.quit();
        }
        if self.state.prompt.is_some() {
            return self.key_in_prompt(chord);
        }
        if self.state.overlay.is_some() {
            return self.key_in_overlay(chord);
        }
        if self.state.pending.is_empty() && self.counts(chord) {
            return;
        }
        self.state.pending.push(chord);
        let contexts = Context::of(&self.state);
        match self.keymap.meaning(contexts, &self.state.pending) {
            Meaning::Begun => {}
            Meaning::Nothing => {
                let typed: Vec<String> = self.state.pending.iter().map(ToString::to_string).collect();
                let fresh = typed.len() == 1;
                self.forget_keys();
                if !fresh || !matches!(chord.code, Code::Esc) {
                    self.notify(Notice::failed(format!("{} does nothing here; ? shows the keys", typed.join(" "))));
                }
            }
            Meaning::Command(command) => {
                // A sequence that ends in a digit says which one.
                let digit = if let Code::Char(c) = chord.code { c.to_digit(10) } else { None };
                let count = self.state.count.or(digit.and_then(|digit| usize::try_from(digit).ok()));
                self.forget_keys();
                if (command.ready)(&self.state) {
                    (command.run)(self, &Args { count, text: "" });
                } else {
                    self.refuse(command);
                }
            }
        }
    }

    /// Says what a command lacks that is not ready.
    pub(super) fn refuse(&mut self, command: &Command) {
        self.notify(Notice::failed(format!("{}: {}", command.name, command.lacking)));
    }

    fn forget_keys(&mut self) {
        self.state.pending.clear();
        self.state.count = None;
    }

    /// Takes a digit of a count. A nought begins none.
    fn counts(&mut self, chord: Chord) -> bool {
        let (Code::Char(c), false, false) = (chord.code, chord.ctrl, chord.alt) else { return false };
        let Some(digit) = c.to_digit(10).and_then(|digit| usize::try_from(digit).ok()) else { return false };
        if digit == 0 && self.state.count.is_none() {
            return false;
        }
        let count = self.state.count.unwrap_or(0).saturating_mul(10).saturating_add(digit);
        self.state.count = Some(count.min(LARGEST_COUNT));
        true
    }

    pub(super) fn paste(&mut self, text: &str) {
        let line = clean::clean_line(text);
        if let Some(prompt) = &mut self.state.prompt {
            prompt.paste(&line);
            self.prompt_edited();
        } else if let Some(Overlay::Picker(picker)) = &mut self.state.overlay {
            insert(&mut picker.input, &line);
            picker.cursor = 0;
            self.picker_moved(true);
        } else if !line.is_empty() && !self.state.passing {
            self.pasted = Some(text.to_owned());
            self.ask(super::state::PromptKind::Add, &line);
        }
    }
}
