//! Help, palette, quote list, letters over links.

mod places;
mod quotes;

use crate::config::{Chord, Code};

use super::commands::{self, Args, Context};
use super::panes::Area;
use super::state::overlay::{Entry, Overlay, Picker, PickerKind};
use super::state::{Focus, Place, prompt};
use super::{App, Effect, Notice};

/// The widest frame of an overlay, in cells.
const WIDEST: u16 = 92;

/// Letters for links, those under the fingers first.
const LETTERS: &[u8] = b"asdfjkleiowcmpghruvnbtyqzx";

/// Rows above a picker's entries, inside its frame.
const PICKER_HEAD: u16 = 2;

/// Keys of one command that help shows all of.
const FEW_KEYS: usize = 4;

impl App {
    pub(super) fn show_help(&mut self) {
        let contexts = Context::of(&self.state);
        let mut entries = Vec::new();
        for context in contexts {
            for (value, command) in commands::all().enumerate().filter(|(_, command)| command.context == *context) {
                let keys = self.keymap.keys_of(command);
                if !keys.is_empty() {
                    let left = match keys.as_slice() {
                        // A key for each of several things.
                        [first, .., last] if keys.len() > FEW_KEYS => format!("{first} … {last}"),
                        _ => keys.join("  "),
                    };
                    entries.push(Entry { left, right: command.help.to_owned(), value, also: command.name.to_owned() });
                }
            }
        }
        let place = match self.state.focus {
            Focus::Places => "in the places",
            Focus::List => "in the list",
            Focus::Article => "in the article",
        };
        self.state.overlay = Some(Overlay::Picker(Picker::new(PickerKind::Help, format!("Keys {place}"), entries)));
    }

    pub(super) fn show_palette(&mut self) {
        let ready = commands::all().enumerate().filter(|(_, command)| (command.ready)(&self.state));
        let entries = ready.map(|(value, command)| Entry {
            left: command.name.to_owned(),
            right: command.help.to_owned(),
            value,
            also: self.keymap.keys_of(command).join(" "),
        });
        self.state.overlay = Some(Overlay::Picker(Picker::new(PickerKind::Palette, "Commands", entries.collect())));
    }

    pub(super) fn show_quotes(&mut self) {
        let (entries, legend) = quotes::entries(&self.state);
        if entries.is_empty() {
            return self.notify(Notice::said("no quotes in this article"));
        }
        let mut picker = Picker { legend, ..Picker::new(PickerKind::Quotes, "Quotes of this article", entries) };
        let focus = self.state.article.focus;
        picker.cursor = picker.entries.iter().position(|entry| Some(entry.value) == focus).unwrap_or(0);
        self.state.overlay = Some(Overlay::Picker(picker));
    }

    /// Lists the quotes of the article anew where they are listed: more is known of them.
    pub(super) fn list_quotes_again(&mut self) {
        let (entries, legend) = quotes::entries(&self.state);
        if let Some(Overlay::Picker(picker)) = &mut self.state.overlay
            && picker.kind == PickerKind::Quotes
        {
            (picker.entries, picker.legend) = (entries, legend);
        }
    }

    pub(super) fn follow_links(&mut self) {
        let height = self.state.text_column().height;
        let links = self.state.article.links_in_sight(height);
        match links.as_slice() {
            [] => self.notify(Notice::said("no link in sight")),
            links => {
                let labels = labels(links.len()).into_iter().zip(links.iter().copied()).collect();
                self.state.overlay = Some(Overlay::Links { labels, typed: String::new() });
            }
        }
    }

    pub(super) fn key_in_overlay(&mut self, chord: Chord) {
        if chord.code == Code::Esc {
            if let Some(Overlay::Picker(Picker { kind: PickerKind::Feed(feed), .. })) = self.state.overlay.take() {
                self.leave_feed(feed);
            }
            return;
        }
        match self.state.overlay.take() {
            Some(Overlay::Picker(picker)) => self.key_in_picker(picker, chord),
            Some(Overlay::Links { labels, typed }) => self.key_in_links(labels, typed, chord),
            Some(Overlay::Details(details)) => self.key_in_details(details, chord),
            None => {}
        }
    }

    fn key_in_picker(&mut self, mut picker: Picker, chord: Chord) {
        let mut typed = false;
        let page = isize::try_from(self.state.size.1 / 2).unwrap_or(1);
        match (chord.code, chord.ctrl) {
            (Code::Enter, _) => {
                if let Some(entry) = picker.matching().get(picker.cursor).copied() {
                    return self.pick(picker.kind, entry);
                }
            }
            (Code::Down | Code::Tab, _) | (Code::Char('n'), true) => picker.step(1),
            (Code::Up, _) | (Code::Char('p'), true) => picker.step(-1),
            (Code::PageDown, _) | (Code::Char('d' | 'f'), true) => picker.step(page),
            (Code::PageUp, _) | (Code::Char('b'), true) => picker.step(-page),
            (Code::Home, _) => picker.cursor = 0,
            (Code::End, _) => picker.step(isize::MAX),
            // The quote list is read more than searched: its keys move, once nothing is typed.
            (Code::Char('j'), false) if self.moves_by_letters(&picker) => picker.step(1),
            (Code::Char('k'), false) if self.moves_by_letters(&picker) => picker.step(-1),
            (Code::Char('q'), false) if self.moves_by_letters(&picker) => return,
            _ => {
                let before = picker.input.value().to_owned();
                if let Some(request) = prompt::request(chord) {
                    picker.input.handle(request);
                    picker.cursor = 0;
                }
                typed = picker.input.value() != before;
            }
        }
        let height = crate::app::overlays::picker_rows(self.state.size);
        picker.follow(height);
        self.state.overlay = Some(Overlay::Picker(picker));
        self.picker_moved(typed);
    }

    /// A click on an entry of a picker picks it; one outside of what lies over the panes closes that.
    pub(super) fn press_overlay(&mut self, column: u16, row: u16) {
        let Some(Overlay::Picker(picker)) = &mut self.state.overlay else {
            self.state.overlay = None;
            return;
        };
        let area = frame_area(self.state.size, picker_frame_rows(self.state.size, picker.tallest));
        if !area.contains(column, row) {
            self.state.overlay = None;
            return;
        }
        let entries = area.y + 1 + PICKER_HEAD..area.bottom().saturating_sub(1);
        let picked = picker.top + usize::from(row.saturating_sub(entries.start));
        if entries.contains(&row) && picked < picker.matching().len() {
            picker.cursor = picked;
            self.key_in_overlay(Chord::key(Code::Enter));
        }
    }

    /// What a picker shows of the library follows what is typed, and the cursor at its end.
    pub(super) fn picker_moved(&mut self, typed: bool) {
        if let Some(Overlay::Picker(Picker { kind: PickerKind::Speakers, .. })) = self.state.overlay {
            if typed { self.find_speakers() } else { self.find_more_speakers() }
        }
    }

    #[expect(clippy::unused_self, reason = "reads as a question about the reader's state")]
    fn moves_by_letters(&self, picker: &Picker) -> bool {
        let read =
            matches!(picker.kind, PickerKind::Quotes | PickerKind::Failing | PickerKind::Feeds | PickerKind::Feed(_));
        read && picker.input.value().is_empty()
    }

    fn pick(&mut self, kind: PickerKind, entry: &Entry) {
        let value = entry.value;
        match kind {
            // To be read, not to be chosen.
            PickerKind::Failing => {}
            PickerKind::Feeds => self.pick_feed(value),
            PickerKind::Feed(feed) => self.pick_setting(feed, value),
            PickerKind::Places => self.go_to(Place::recall(&entry.also)),
            PickerKind::Speakers => self.go_to(Place::Speaker(entry.left.clone())),
            PickerKind::Help | PickerKind::Palette => {
                if let Some(command) = commands::all().nth(value) {
                    if (command.ready)(&self.state) {
                        (command.run)(self, &Args::default());
                    } else {
                        self.refuse(command);
                    }
                }
            }
            PickerKind::Quotes => {
                let span = self.state.article.quotes().get(value).map(|quote| quote.span.clone());
                if let Some(span) = span {
                    let height = self.state.text_column().height;
                    self.state.article.focus = Some(value);
                    self.state.article.reveal_quote(&span, height);
                }
            }
        }
    }

    fn key_in_links(&mut self, labels: Vec<(String, u32)>, mut typed: String, chord: Chord) {
        let Code::Char(c) = chord.code else { return };
        typed.push(c);
        if let Some((_, link)) = labels.iter().find(|(label, _)| *label == typed) {
            return self.follow(*link);
        }
        if labels.iter().any(|(label, _)| label.starts_with(&typed)) {
            self.state.overlay = Some(Overlay::Links { labels, typed });
        }
    }

    /// Opens a link of the open article in the browser.
    pub(super) fn follow(&mut self, link: u32) {
        let url = self
            .state
            .article
            .stored
            .as_ref()
            .and_then(|stored| stored.article.document.links().get(usize::try_from(link).ok()?).cloned());
        if let Some(url) = url {
            self.notify(Notice::said(format!("opening {url}")));
            self.push(Effect::Browse(url));
        }
    }
}

/// The most rows inside it.
#[must_use]
pub fn overlay_rows(size: (u16, u16)) -> u16 {
    size.1.saturating_sub(4).max(1)
}

/// Rows of entries in a picker on a screen of this size.
#[must_use]
pub fn picker_rows(size: (u16, u16)) -> u16 {
    // A frame, the line to type in and a rule take four rows.
    size.1.saturating_sub(2).min(34).saturating_sub(4).max(1)
}

/// Cells across the entries of a picker on a screen of this size: the frame and a blank on both sides stand around them.
#[must_use]
pub fn picker_columns(size: (u16, u16)) -> u16 {
    frame_columns(size).saturating_sub(4)
}

/// The frame of an overlay with `rows` rows inside, in the middle of a screen of this size.
#[must_use]
pub fn frame_area(size: (u16, u16), rows: u16) -> Area {
    let width = frame_columns(size);
    let height = rows.saturating_add(2).min(size.1.saturating_sub(2)).max(3).min(size.1);
    Area { x: (size.0 - width) / 2, y: (size.1 - height) / 2, width, height }
}

/// Rows inside the frame of a picker that shows `entries` entries: the line to type in and a rule stand above them.
#[must_use]
pub fn picker_frame_rows(size: (u16, u16), entries: usize) -> u16 {
    u16::try_from(entries).unwrap_or(u16::MAX).clamp(1, picker_rows(size)) + PICKER_HEAD
}

/// Cells across the frame of an overlay.
#[must_use]
pub fn frame_columns(size: (u16, u16)) -> u16 {
    size.0.saturating_sub(4).clamp(1, WIDEST).max(size.0.min(20))
}

/// One letter for each link while they suffice, else two.
fn labels(count: usize) -> Vec<String> {
    let letter = |at: usize| char::from(LETTERS.get(at % LETTERS.len()).copied().unwrap_or(b'a'));
    (0..count)
        .map(|at| {
            if count <= LETTERS.len() {
                letter(at).to_string()
            } else {
                format!("{}{}", letter(at / LETTERS.len()), letter(at))
            }
        })
        .collect()
}
