//! Prompts: what is typed, what it does while it is typed and when it is done.

use crate::config::{Chord, Code};
use crate::text::{clean, fold};

use super::commands::{self, Args};
use super::counting::Scope;
use super::effect::{Change, Effect};
use super::settle::found_by;
use super::state::{Focus, Place, Prompt, PromptKind, Search};
use super::{App, Notice, Session};

/// What is typed to do what cannot be undone.
const CONFIRMED: &str = "yes";

impl App {
    /// Opens a prompt, or does at once what it would do with `text`.
    pub(super) fn ask(&mut self, kind: PromptKind, text: &str) {
        let start = match kind {
            PromptKind::Filter if text.is_empty() => self.state.listing.filter.clone(),
            PromptKind::Pipe if text.is_empty() => self.state.settings.pipe.join(" "),
            // Offered once; nothing of it is read before this is answered.
            PromptKind::Add if text.is_empty() => match self.state.offered.take() {
                Some(found) => return self.propose(kind, &found.display().to_string()),
                None => String::new(),
            },
            PromptKind::Note if text.is_empty() => match self.note() {
                Some(note) => note,
                None => return self.once_open(|app| app.ask(PromptKind::Note, "")),
            },
            _ => text.to_owned(),
        };
        let mut prompt = Prompt::new(kind, &start);
        if kind == PromptKind::Filter {
            self.push(Effect::PrepareSearch);
            prompt.back = Some(Box::new(self.state.spot()));
        }
        self.state.prompt = Some(prompt);
        if !text.is_empty() || kind == PromptKind::Command {
            self.prompt_edited();
        }
    }

    /// Opens a prompt with `text` in it, which gives way to what is typed.
    pub(super) fn propose(&mut self, kind: PromptKind, text: &str) {
        self.ask(kind, text);
        if let Some(prompt) = &mut self.state.prompt {
            prompt.proposed = true;
        }
    }

    /// Empties the trash, once it is typed that this is meant.
    pub(super) fn empty_trash(&mut self, text: &str) {
        if text == CONFIRMED {
            self.push(Effect::EmptyTrash);
            return self.notify(Notice::said("emptying the trash …"));
        }
        self.ask(PromptKind::EmptyTrash, "");
    }

    /// The note of the article that a note would be written to; `None` while it is not read.
    fn note(&self) -> Option<String> {
        let current = self.state.current();
        let open = self.state.article.stored.as_ref().filter(|stored| Some(stored.summary.id) == current)?;
        Some(open.note.clone().unwrap_or_default())
    }

    /// Begins a search through the library, from the list.
    pub(super) fn search(&mut self, text: &str) {
        if self.state.lists_quotes() {
            return self.ask(PromptKind::Filter, text);
        }
        self.keep_position();
        self.state.focus = Focus::List;
        self.state.zoomed = false;
        self.push(Effect::PrepareSearch);
        if self.state.listing.search.is_none() {
            self.state.before_search = Some(Box::new(self.state.spot()));
        }
        let last = self.state.listing.search.clone().unwrap_or_default();
        let text = if text.is_empty() { last } else { text.to_owned() };
        self.state.listing.search = Some(text.clone());
        self.state.prompt = Some(Prompt::new(PromptKind::Search, &text));
        if !text.is_empty() {
            self.prompt_edited();
        }
    }

    /// Begins to look for words in the open article.
    pub(super) fn find(&mut self, text: &str) {
        let from = self.state.article.sheet.top;
        self.state.prompt = Some(Prompt { from, ..Prompt::new(PromptKind::Find, text) });
        if !text.is_empty() {
            self.prompt_edited();
        }
    }

    pub(super) fn key_in_prompt(&mut self, chord: Chord) {
        let Some(prompt) = &mut self.state.prompt else { return };
        match (chord.code, chord.ctrl) {
            (Code::Esc, _) => self.leave_prompt(),
            (Code::Enter, _) => self.answer(),
            // An empty setting means something.
            (Code::Backspace, _)
                if matches!(prompt.kind, PromptKind::Setting(_)) && prompt.input.value().is_empty() => {}
            (Code::Backspace, _) if prompt.input.value().is_empty() => self.leave_prompt(),
            (Code::Tab, _) => {
                if prompt.complete(if chord.shift { -1 } else { 1 }) {
                    self.completed();
                }
            }
            (Code::Down, _) | (Code::Char('n'), true) if prompt.kind == PromptKind::Search => self.step(1),
            (Code::Up, _) | (Code::Char('p'), true) if prompt.kind == PromptKind::Search => self.step(-1),
            (Code::PageDown, _) if prompt.kind == PromptKind::Search => self.step_pages(1, 1),
            (Code::PageUp, _) if prompt.kind == PromptKind::Search => self.step_pages(-1, 1),
            _ => {
                let before = prompt.input.value().to_owned();
                if prompt.edit(chord) && prompt.input.value() != before {
                    self.prompt_edited();
                }
            }
        }
    }

    /// What follows from a prompt's text while it is typed.
    pub(super) fn prompt_edited(&mut self) {
        let Some(prompt) = &self.state.prompt else { return };
        let text = clean::clean_line(prompt.input.value());
        // A blank at the end says that the last word is whole.
        let text = if prompt.input.value().ends_with(' ') { text + " " } else { text };
        match prompt.kind {
            PromptKind::Search | PromptKind::Filter => {
                self.type_query(text);
                self.offer_completion();
            }
            PromptKind::Find => {
                text.trim().clone_into(&mut self.state.article.find);
                let needles = found_by(&text, self.state.settings.exact);
                self.state.article.light(&needles);
                let height = self.state.text_column().height;
                let from = prompt.from;
                self.state.article.go_to_row(from, height);
                let top = self.state.article.sheet.page.rows.get(from).map_or(0, |row| row.start);
                let first = self.state.article.hits.iter().find(|hit| hit.start >= top);
                if let Some(start) = first.map(|hit| hit.start) {
                    self.state.article.reveal(start, height);
                }
            }
            PromptKind::Speaker | PromptKind::SpeakerName => self.offer_speakers(&text),
            PromptKind::Command => {
                let offers = completions(prompt.input.value()).into_iter().map(str::to_owned).collect();
                if let Some(prompt) = &mut self.state.prompt {
                    prompt.offers = offers;
                }
            }
            _ => {}
        }
    }

    /// A click beside a prompt: a query is settled, anything else is left.
    pub(super) fn click_in_prompt(&mut self) {
        if self.state.is_typing_query() { self.answer() } else { self.leave_prompt() }
    }

    /// Leaves a prompt without doing what it asks; what it changed while typing is taken back.
    fn leave_prompt(&mut self) {
        let Some(prompt) = self.state.prompt.take() else { return };
        match prompt.kind {
            PromptKind::Search => {
                if let Some(spot) = self.state.before_search.take() {
                    self.restore(*spot);
                }
            }
            PromptKind::Filter => {
                let before = self.state.before_search.take();
                if let Some(spot) = prompt.back {
                    self.restore(*spot);
                }
                self.state.before_search = before;
            }
            PromptKind::Find => {
                let height = self.state.text_column().height;
                self.state.article.go_to_row(prompt.from, height);
                self.forget_find();
            }
            PromptKind::Setting(setting) => {
                if let Some(feed) = prompt.feed {
                    self.show_setting(feed, setting);
                }
            }
            _ => {}
        }
    }

    /// No words are looked for in the article any more.
    pub(super) fn forget_find(&mut self) {
        self.state.article.find.clear();
        self.state.article.hits.clear();
        self.light_search(false);
    }

    /// Does what the prompt's text asks for.
    fn answer(&mut self) {
        let Some(prompt) = self.state.prompt.take() else { return };
        let text = clean::clean_line(prompt.input.value());
        let empty = text.is_empty();
        match prompt.kind {
            PromptKind::Search if empty => {
                if let Some(spot) = self.state.before_search.take() {
                    self.restore(*spot);
                }
            }
            PromptKind::Search | PromptKind::Filter => self.settle_query(prompt),
            PromptKind::Find => {
                if empty {
                    self.forget_find();
                } else if self.state.article.hits.is_empty() {
                    self.notify(Notice::failed(format!("“{text}” is not in this article")));
                } else {
                    self.step_hit(1);
                }
            }
            PromptKind::Command => self.run_line(&text),
            PromptKind::Tags => self.tag(&text),
            PromptKind::Note if self.note().as_ref() == Some(&text) => {}
            PromptKind::Note => {
                let ids: Vec<_> = self.state.current().into_iter().collect();
                self.change(ids, Change::Note(text));
                self.notify(Notice::said(if empty { "note removed" } else { "note kept" }));
            }
            PromptKind::Setting(setting) => {
                if let Some(feed) = prompt.feed {
                    self.decide(feed, setting, &text);
                }
            }
            PromptKind::Add if !empty => self.add(text),
            PromptKind::Export if !empty => {
                let ids = self.state.targets();
                self.push(Effect::Export { ids, folder: text });
            }
            PromptKind::Pipe if !empty => {
                let command = text.split(' ').map(str::to_owned).collect();
                if let Some(id) = self.state.current() {
                    self.push(Effect::Pipe { id, command });
                }
            }
            PromptKind::Speaker => self.correct_speaker(prompt.about, text),
            PromptKind::SpeakerName => self.rename_speaker(prompt.called, text),
            PromptKind::SearchName => self.name_search(prompt.called, text),
            PromptKind::EmptyTrash if text == CONFIRMED => self.empty_trash(&text),
            PromptKind::EmptyTrash => self.notify(Notice::said("the trash stays as it is")),
            PromptKind::Add | PromptKind::Export | PromptKind::Pipe => {}
        }
    }

    /// Asks for a name under which to keep the search or filter of the list, or the kept search that is shown.
    pub(super) fn keep_search(&mut self, name: &str) {
        let listing = &self.state.listing;
        let typed = listing.search.as_deref().unwrap_or(&listing.filter).trim();
        let typed = self.state.list.meant.as_ref().map_or(typed.to_owned(), ToString::to_string);
        let query = match &listing.place {
            Place::Search(kept) if typed.is_empty() => kept.clone(),
            _ if typed.is_empty() => return self.notify(Notice::failed("nothing is searched; / begins a search")),
            _ => typed,
        };
        let kept = self.state.places.title(&Place::Search(query.clone()));
        let name = if name.is_empty() { kept.as_str() } else { name };
        self.state.prompt = Some(Prompt { called: query, ..Prompt::new(PromptKind::SearchName, name) });
    }

    /// Keeps a search under a name; under none it is forgotten.
    fn name_search(&mut self, query: String, name: String) {
        let searches = &mut self.state.places.searches;
        let at = searches.iter().position(|search| search.query == query);
        let said = match (at, name.is_empty()) {
            (Some(at), true) => {
                searches.remove(at);
                "search forgotten".to_owned()
            }
            (None, true) => return self.notify(Notice::said("the search is not kept")),
            (Some(at), false) => {
                let said = format!("this search is called {name} now");
                searches.splice(at..=at, [Search { name, query }]);
                said
            }
            (None, false) => {
                searches.push(Search { name, query });
                match searches.len() {
                    number @ 1..=9 => format!("search kept; g {number} leads to it"),
                    _ => "search kept; p shows the places".to_owned(),
                }
            }
        };
        let value = Search::write_all(&self.state.places.searches);
        self.push(Effect::Remember { key: Session::SEARCHES, value });
        self.count_places(Scope::All);
        self.notify(Notice::said(said));
    }

    /// Goes to the kept search of this number, counted from 1, or of this name.
    pub(super) fn go_to_search(&mut self, number: Option<usize>, name: &str) {
        let searches = &self.state.places.searches;
        let numbered = number.and_then(|number| searches.get(number.checked_sub(1)?));
        let folded = fold::folded_words(name);
        let named = || searches.iter().find(|search| !name.is_empty() && fold::folded_words(&search.name) == folded);
        match numbered.or_else(named).map(|search| search.query.clone()) {
            Some(query) => self.go_to(Place::Search(query)),
            None if searches.is_empty() => self.notify(Notice::failed("no search is kept yet; * in a search keeps it")),
            None => {
                let kept = if searches.len() == 1 { "1 is".to_owned() } else { format!("{} are", searches.len()) };
                self.notify(Notice::failed(format!("no search has this number or name; {kept} kept, p shows them")));
            }
        }
    }

    /// The query is typed to its end: the last word is whole now. A mistake keeps the prompt open.
    fn settle_query(&mut self, prompt: Prompt) {
        match self.state.listing.query(false, self.state.settings.exact) {
            Ok(_) => {
                self.list_again();
                if prompt.kind == PromptKind::Filter && self.state.before_search.is_none() {
                    self.state.before_search = prompt.back.filter(|_| !self.state.listing.filter.is_empty());
                }
            }
            Err(mistake) => self.state.prompt = Some(Prompt { mistake: Some(mistake), ..prompt }),
        }
    }

    fn run_line(&mut self, line: &str) {
        let (name, text) = line.split_once(' ').unwrap_or((line, ""));
        if name.is_empty() {
            return;
        }
        // The way out that hands know from vi.
        let name = if name == "q" { "quit" } else { name };
        let Some(command) = commands::named(name) else {
            let distance = |known: &str| strsim::damerau_levenshtein(known, name);
            let nearest = commands::all().map(|command| command.name).min_by_key(|known| distance(known));
            let hint = nearest.filter(|known| distance(known) <= 3).map(|known| format!("; did you mean {known}?"));
            return self.notify(Notice::failed(format!("no command is called {name}{}", hint.unwrap_or_default())));
        };
        if !(command.ready)(&self.state) {
            return self.refuse(command);
        }
        let count = text.parse().ok();
        (command.run)(self, &Args { count, text });
        // A command that asks for a line has it already.
        if !text.is_empty() && self.state.prompt.is_some() {
            self.answer();
        }
    }

    /// Does `then` to the article at hand as soon as it is read.
    pub(super) fn once_open(&mut self, then: super::Deferred) {
        if let Some(id) = self.state.current() {
            self.open(id);
            self.once_open = Some((id, then));
        }
    }

    /// Does what was put off until the open article was there.
    pub(super) fn go_on_with_open(&mut self) {
        let open = self.state.article.stored.as_ref().map(|stored| stored.summary.id);
        if let Some((_, then)) =
            self.once_open.take().filter(|(id, _)| Some(*id) == open && self.state.current() == open)
        {
            then(self);
        }
    }
}

/// The commands whose names begin with `stem`.
#[must_use]
pub fn completions(stem: &str) -> Vec<&'static str> {
    commands::all().map(|command| command.name).filter(|name| name.starts_with(stem)).collect()
}
