//! The details of an article: what is known of it, and its earlier texts.

use crate::config::{Chord, Code};
use crate::text::counted;

use super::App;
use super::commands;
use super::overlays::{frame_columns, overlay_rows};
use super::state::dates;
use super::state::overlay::{Details, Overlay};

impl App {
    pub(super) fn show_details(&mut self) {
        let current = self.state.current();
        let Some(stored) = self.state.article.stored.as_ref().filter(|stored| Some(stored.summary.id) == current)
        else {
            return self.once_open(Self::show_details);
        };
        let (summary, now) = (&stored.summary, &self.state.now);
        let time = dates::time(summary.published, now);
        let comma = if time.is_empty() { "" } else { ", " };
        let speech = stored.quotes.iter().filter(|quote| quote.speech).count();
        let phrases = stored.quotes.len() - speech;
        let rows = [
            ("title", summary.title.clone()),
            ("source", summary.source.clone().unwrap_or_default()),
            ("author", summary.author.clone().unwrap_or_default()),
            ("published", format!("{}{comma}{time}", dates::date(summary.published, now))),
            ("added", dates::moment(stored.added, now)),
            ("address", summary.url.clone().unwrap_or_default()),
            ("language", stored.article.language.clone().unwrap_or_default()),
            (
                "length",
                summary
                    .minutes()
                    .map(|minutes| format!("{}, {minutes}", counted(summary.words, "word")))
                    .unwrap_or_default(),
            ),
            ("quotes", format!("{speech} of speech, {}", counted(phrases, "phrase"))),
            ("tags", summary.tags.join(" ")),
            ("note", stored.note.clone().unwrap_or_default()),
            ("bookmarked", summary.bookmarked.map(|at| dates::moment(at, now)).unwrap_or_default()),
            ("number", summary.id.to_string()),
        ];
        let mut rows: Vec<(String, String)> = rows.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        if !stored.revisions.is_empty() {
            let times = if stored.revisions.len() == 1 {
                "once".to_owned()
            } else {
                format!("{} times", stored.revisions.len())
            };
            let keys = commands::named("changes").map(|command| self.keymap.keys_of(command)).unwrap_or_default();
            let key = keys.into_iter().next().unwrap_or_else(|| ":changes".to_owned());
            rows.push(("changed".to_owned(), format!("{times}; {key} shows what")));
        }
        // The latest first. A title is named where the text that came next has another one.
        let mut next = summary.title.as_str();
        for revision in stored.revisions.iter().rev() {
            let title =
                if revision.title == next { String::new() } else { format!(", titled “{}”", revision.title) };
            let until = dates::moment(revision.replaced, now);
            rows.push((format!("text {}", revision.number), format!("until {until}{title}")));
            next = &revision.title;
        }
        rows.retain(|(_, value)| !value.is_empty());
        self.state.overlay = Some(Overlay::Details(Details { rows, top: 0 }));
    }

    /// Keys that scroll do so where there is more than fits; all others close the details.
    pub(super) fn key_in_details(&mut self, mut details: Details, chord: Chord) {
        let height = usize::from(overlay_rows(self.state.size));
        let last = details.lines(frame_columns(self.state.size).saturating_sub(4)).len().saturating_sub(height);
        let page = height.max(2) - 1;
        let top = match (chord.code, chord.ctrl) {
            (Code::Down | Code::Char('j'), false) => details.top + 1,
            (Code::Up | Code::Char('k'), false) => details.top.saturating_sub(1),
            (Code::PageDown | Code::Char(' '), false) | (Code::Char('d' | 'f'), true) => details.top + page,
            (Code::PageUp, _) | (Code::Char('u' | 'b'), true) => details.top.saturating_sub(page),
            (Code::Home | Code::Char('g'), false) => 0,
            (Code::End | Code::Char('G'), false) => last,
            _ => {
                // The key that the details name.
                let changes = commands::named("changes");
                if let Some(command) =
                    changes.filter(|command| self.keymap.keys_of(command).contains(&chord.to_string()))
                {
                    (command.run)(self, &commands::Args::default());
                }
                return;
            }
        };
        if last > 0 {
            details.top = top.min(last);
            self.state.overlay = Some(Overlay::Details(details));
        }
    }
}
