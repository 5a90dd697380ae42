//! Lists of quotes and what is done to a quote: who said it, whether it is kept, all that somebody says.

use crate::model::{Bits, Id, Quote, Span, Speaker};
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
        let Some((index, span)) = selected.and_then(|quoted| Some((quoted.index?, quoted.quote.span.clone()))) else {
            return;
        };
        let shown = self.quote_shown == selected.map(|quoted| (quoted.id, span.start));
        let stays = if state.focus == Focus::Article {
            self.quote_shown.is_some()
        } else {
            shown && state.article.focus == Some(index)
        };
        if stays {
            return;
        }
        self.quote_shown = selected.map(|quoted| (quoted.id, span.start));
        self.state.article.focus = Some(index);
        self.state.article.reveal_quote(&span, height);
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
        let spans = self.statement(id, span);
        let said = if keep { "quote kept; g k shows all kept" } else { "quote no longer kept" };
        let undo = if spans.len() == 1 { "" } else { "; u undoes it for each part" };
        self.notify(Notice::said(format!("{said}{undo}")));
        for span in spans {
            self.change(vec![id], Change::Keep { span, keep });
        }
    }

    /// Asks who said the quote at hand; `name` is what was given on the command line.
    pub(super) fn ask_speaker(&mut self, name: &str) {
        if self.state.list.selected_quote().is_some_and(|quoted| quoted.index.is_none())
            && self.state.focus == Focus::List
        {
            return self.notify(Notice::failed("the article no longer has this quote: nobody can be named"));
        }
        let Some((id, quote)) = self.state.quote() else { return };
        let about = Some((id, quote.span.clone()));
        let text = if name.is_empty() { quote.speaker.clone().unwrap_or_default() } else { name.to_owned() };
        self.state.prompt = Some(Prompt { about, ..Prompt::new(PromptKind::Speaker, &text) });
        // The name is there to be replaced: all others are offered.
        self.offer_speakers("");
    }

    /// Offers names that have the typed words: those of the article at once, those of the library when it answers.
    pub(super) fn offer_speakers(&mut self, typed: &str) {
        let about = self.state.prompt.as_ref().and_then(|prompt| prompt.about.as_ref());
        let quotes = about.map(|(id, _)| self.quotes_of(*id)).unwrap_or_default();
        let wanted = fold::folded_words(typed);
        let fits = |name: &&str| {
            let words = fold::folded_words(name);
            wanted.iter().all(|want| words.iter().any(|word| word.starts_with(want.as_str())))
        };
        let names = quotes.into_iter().filter_map(|quote| quote.speaker.as_deref());
        let names: Vec<String> = names.filter(fits).map(str::to_owned).collect();
        if let Some(prompt) = &mut self.state.prompt {
            prompt.forget_offers();
            prompt.offer(names);
        }
        let ticket = self.next_ticket();
        self.speakers_ticket = ticket;
        self.push(Effect::Speakers { ticket, matching: typed.to_owned(), limit: OFFERS });
    }

    /// The quotes of an article, as far as they are there.
    fn quotes_of(&self, id: Id) -> Vec<&Quote> {
        let open = self.state.article.stored.as_ref().filter(|stored| stored.summary.id == id);
        open.map_or_else(|| self.state.list.quotes_of(id), |stored| stored.quotes.iter().collect())
    }

    /// The parts of the statement that the quote at `span` is one of, that one last.
    fn statement(&self, id: Id, span: Span) -> Vec<Span> {
        let quotes = self.quotes_of(id);
        let cue = quotes.iter().find(|quote| quote.span == span).and_then(|quote| quote.cue.clone());
        let parts = quotes.iter().filter(|quote| cue.is_some() && quote.cue == cue && quote.span != span);
        let mut spans: Vec<Span> = parts.map(|quote| quote.span.clone()).collect();
        spans.push(span);
        spans
    }

    /// Takes down who said the quote that was asked about, and the other parts of its statement; nobody where `name` is
    /// empty.
    pub(super) fn correct_speaker(&mut self, about: Option<(Id, Span)>, name: String) {
        let Some((id, span)) = about else { return };
        let spans = self.statement(id, span);
        let said = if name.is_empty() { "nobody is named any more".to_owned() } else { format!("said by {name}") };
        let undo = if spans.len() == 1 { "u undoes" } else { "u undoes it for each part" };
        self.notify(Notice::said(format!("{said}; {undo}")));
        let speaker = Some(name).filter(|name| !name.is_empty());
        for span in spans {
            self.change(vec![id], Change::Speaker { span, speaker: speaker.clone() });
        }
    }

    /// Asks what the speaker of the page, or of the quote at hand, is called; `name` is what was given on the command line.
    pub(super) fn ask_speaker_name(&mut self, name: &str) {
        let Some(called) = self.state.speaker_at_hand() else { return };
        let text = if name.is_empty() { &called } else { name };
        self.state.prompt = Some(Prompt { called: called.clone(), ..Prompt::new(PromptKind::SpeakerName, text) });
        self.offer_speakers("");
    }

    /// Calls a speaker by another name, everywhere; by that of another one, so that the two are one.
    pub(super) fn rename_speaker(&mut self, from: String, to: String) {
        if to.is_empty() {
            return self.notify(Notice::failed("a speaker has a name; C on a quote removes it from there"));
        }
        if from != to {
            self.notify(Notice::said(format!("{from} is called {to} everywhere; u undoes")));
            self.push(Effect::Change { ids: Bits::default(), change: Change::Rename { from, to, everywhere: true } });
        }
    }

    /// Opens the list of all speakers.
    pub(super) fn show_speakers(&mut self) {
        self.state.overlay =
            Some(Overlay::Picker(Picker::new(PickerKind::Speakers, "Speakers and their quotes", Vec::new())));
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
        let names = |prompt: &&mut Prompt| matches!(prompt.kind, PromptKind::Speaker | PromptKind::SpeakerName);
        if let Some(prompt) = self.state.prompt.as_mut().filter(names) {
            prompt.offer(speakers.iter().map(|speaker| speaker.name.clone()));
        } else if self.state.is_typing_query() {
            self.offer_names(speakers);
        } else if let Some(Overlay::Picker(picker)) = &mut self.state.overlay
            && picker.kind == PickerKind::Speakers
        {
            let now = &self.state.now;
            let year = |published| dates::day(published, now).year();
            // The figures take no more room than they need: names are longer than they seem.
            let digits = speakers.iter().map(|speaker| speaker.quotes.to_string().len()).max().unwrap_or(0);
            let entry = |(value, speaker): (usize, &Speaker)| {
                let (first, last) = (year(speaker.first), year(speaker.last));
                let years = if first == last { first.to_string() } else { format!("{first}–{last}") };
                let right = format!("{:>digits$}  {years}", speaker.quotes);
                Entry { left: speaker.name.clone(), right, value, also: String::new() }
            };
            picker.entries = speakers.iter().enumerate().map(entry).collect();
            picker.tallest = picker.tallest.max(picker.entries.len());
            picker.answered = true;
            picker.follow(super::picker_rows(self.state.size));
        }
    }
}

/// Stands behind a name that is doubtful.
pub const DOUBT: &str = " (?)";

/// A speaker as the screen names them: with a question mark where it is doubtful, a dash where nobody is named.
#[must_use]
pub fn speaker(quote: &Quote) -> String {
    match quote.named() {
        Some(name) if quote.is_doubtful() => name + DOUBT,
        Some(name) => name,
        None => "–".to_owned(),
    }
}
