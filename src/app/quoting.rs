//! Lists of quotes and what is done to a quote: who said it, whether it is kept, all that somebody says.

use crate::model::{Id, Quote, Speaker};
use crate::text::{clean, fold};

use super::effect::Change;
use super::state::overlay::{Entry, Overlay, Picker, PickerKind};
use super::state::{Focus, Place, Prompt, PromptKind, dates};
use super::{App, Effect, Notice};

/// Speakers asked for at a time; more as the cursor comes to their end.
const SPEAKERS: usize = 200;
/// Names of the library that a correction offers.
const OFFERS: usize = 20;

impl App {
    /// Asks for the quotes in sight that are not read yet.
    pub(super) fn ask_for_quotes(&mut self, height: u16) {
        let mut missing = self.state.list.missing_quotes(height);
        missing.retain(|id| !self.asked_quotes.contains(id));
        self.read_quotes(missing);
    }

    /// Reads the quotes of these articles, anew where they are there already.
    pub(super) fn read_quotes(&mut self, ids: Vec<Id>) {
        let Some(voices) = self.state.listing.voices().filter(|_| !ids.is_empty()) else { return };
        self.asked_quotes.extend(&ids);
        let ticket = self.next_ticket();
        self.push(Effect::Quoted { ticket, voices, query: self.state.query(), ids });
    }

    /// Puts the selected quote of a list into focus in its article: beside the list always, over it once it is opened.
    pub(super) fn show_quote(&mut self, height: u16) {
        let state = &self.state;
        if !state.lists_quotes() || height == 0 || self.opening.is_some() {
            return;
        }
        let open = state.article.stored.as_ref().map(|stored| stored.summary.id);
        let selected = state.list.selected_quote().filter(|quoted| Some(quoted.id) == open);
        let Some((index, start)) = selected.and_then(|quoted| Some((quoted.index?, quoted.quote.span.start))) else {
            return;
        };
        let shown = self.quote_shown == selected.map(|quoted| (quoted.id, start));
        let stays = if state.focus == Focus::Article {
            self.quote_shown.is_some()
        } else {
            shown && state.article.focus == Some(index)
        };
        if stays {
            return;
        }
        self.quote_shown = selected.map(|quoted| (quoted.id, start));
        self.state.article.focus = Some(index);
        self.state.article.reveal(start, height);
        // To look a quote up is not to stop reading there.
        self.kept = self.state.article.position();
    }

    /// Shows all that the speaker of the quote at hand says.
    pub(super) fn by_speaker(&mut self) {
        let speaker = self.state.quote().and_then(|(_, quote)| quote.speaker.clone());
        match speaker {
            Some(name) => self.go_to(Place::Speaker(name)),
            None => self.notify(Notice::failed("nobody is named as its speaker; C names one")),
        }
    }

    /// Keeps the quote at hand, or no longer.
    pub(super) fn toggle_keep(&mut self) {
        let Some((id, quote)) = self.state.quote() else { return };
        let span = quote.span.clone();
        let keep = !self.state.is_kept(id, &span);
        self.notify(Notice::said(if keep { "quote kept; g k shows all kept" } else { "quote no longer kept" }));
        self.change(vec![id], Change::Keep { span, keep });
    }

    /// Asks who said the quote at hand; `name` is what was given on the command line.
    pub(super) fn ask_speaker(&mut self, name: &str) {
        let Some((id, quote)) = self.state.quote() else { return };
        let about = Some((id, quote.span.clone()));
        let text = if name.is_empty() { quote.speaker.clone().unwrap_or_default() } else { name.to_owned() };
        self.state.prompt = Some(Prompt { about, ..Prompt::new(PromptKind::Speaker, &text) });
        // The name is there to be replaced: all others of the article are offered.
        self.offer_speakers("");
    }

    /// Names that have the typed words: those of the article at once, those of the library when it answers.
    pub(super) fn offer_speakers(&mut self, typed: &str) {
        let Some((id, _)) = self.state.prompt.as_ref().and_then(|prompt| prompt.about.clone()) else { return };
        let wanted = fold::folded_words(typed);
        let mut names: Vec<String> = Vec::new();
        for name in self.speakers_of(id) {
            let words = fold::folded_words(&name);
            let fits = wanted.iter().all(|want| words.iter().any(|word| word.starts_with(want.as_str())));
            if fits && !names.contains(&name) {
                names.push(name);
            }
        }
        let ticket = self.next_ticket();
        self.speakers_ticket = ticket;
        self.push(Effect::Speakers { ticket, matching: typed.to_owned(), limit: OFFERS });
        if let Some(prompt) = &mut self.state.prompt {
            prompt.offers = names;
        }
    }

    /// The speakers of an article's quotes, as far as they are there.
    fn speakers_of(&self, id: Id) -> Vec<String> {
        let open = self.state.article.stored.as_ref().filter(|stored| stored.summary.id == id);
        let quotes = open.map(|stored| stored.quotes.as_slice()).unwrap_or_default();
        quotes.iter().filter_map(|quote| quote.speaker.clone()).collect()
    }

    /// Takes down who said the quote that was asked about; nobody where `name` is empty.
    pub(super) fn correct_speaker(&mut self, about: Option<(Id, crate::model::Span)>, name: String) {
        let Some((id, span)) = about else { return };
        let said = if name.is_empty() {
            "the quote has no speaker now; u undoes".to_owned()
        } else {
            format!("said by {name}; u undoes")
        };
        self.notify(Notice::said(said));
        self.change(vec![id], Change::Speaker { span, speaker: Some(name).filter(|name| !name.is_empty()) });
    }

    /// Opens the list of all speakers.
    pub(super) fn show_speakers(&mut self) {
        self.state.overlay = Some(Overlay::Picker(Picker::new(PickerKind::Speakers, "Speakers", Vec::new())));
        self.find_speakers();
    }

    /// Asks for the speakers whose names have the words typed in their list.
    pub(super) fn find_speakers(&mut self) {
        self.find_so_many_speakers(SPEAKERS);
    }

    fn find_so_many_speakers(&mut self, limit: usize) {
        let Some(Overlay::Picker(picker)) = &self.state.overlay else { return };
        let matching = clean::clean_line(picker.input.value());
        let ticket = self.next_ticket();
        self.speakers_ticket = ticket;
        self.push(Effect::Speakers { ticket, matching, limit });
    }

    /// Asks for more speakers where the cursor is at the end of those that are there.
    pub(super) fn find_more_speakers(&mut self) {
        let Some(Overlay::Picker(picker)) = &self.state.overlay else { return };
        let count = picker.entries.len();
        if count > 0 && picker.cursor + 1 == count && count.is_multiple_of(SPEAKERS) {
            self.find_so_many_speakers(count + SPEAKERS);
        }
    }

    /// Takes in the speakers that were asked for: by their list, or by a correction.
    pub(super) fn take_speakers(&mut self, speakers: &[Speaker]) {
        if let Some(prompt) = self.state.prompt.as_mut().filter(|prompt| prompt.kind == PromptKind::Speaker) {
            for speaker in speakers {
                if !prompt.offers.contains(&speaker.name) {
                    prompt.offers.push(speaker.name.clone());
                }
            }
        } else if let Some(Overlay::Picker(picker)) = &mut self.state.overlay
            && picker.kind == PickerKind::Speakers
        {
            let now = &self.state.now;
            let year = |published| dates::day(published, now).year();
            let entry = |(value, speaker): (usize, &Speaker)| {
                let (first, last) = (year(speaker.first), year(speaker.last));
                let years = if first == last { first.to_string() } else { format!("{first}–{last}") };
                let quotes = if speaker.quotes == 1 { "quote " } else { "quotes" };
                let right = format!("{:>6} {quotes}  {years}", speaker.quotes);
                Entry { left: speaker.name.clone(), right, value, also: String::new() }
            };
            picker.entries = speakers.iter().enumerate().map(entry).collect();
            picker.answered = true;
            picker.follow(super::picker_rows(self.state.size));
        }
    }
}

/// A speaker as the screen names them: with a question mark where it is doubtful, a dash where nobody is named.
#[must_use]
pub fn speaker(quote: &Quote) -> String {
    match &quote.speaker {
        Some(name) if quote.is_doubtful() => format!("{name} (?)"),
        Some(name) => name.clone(),
        None => "–".to_owned(),
    }
}
