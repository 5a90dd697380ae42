//! A line of text that the reader types.

use tui_input::{Input, InputRequest};

use super::feeds::Setting;
use crate::config::{Chord, Code};
use crate::model::{FeedId, Id, Span};
use crate::query::Mistake;

/// What a prompt asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromptKind {
    /// A query through the library, with hits as it is typed.
    Search,
    /// A query that narrows the list.
    Filter,
    /// Words in the open article.
    Find,
    /// A command by name.
    Command,
    /// Tags, set apart by blanks; a `-` before one removes it.
    Tags,
    Note,
    /// An address, a path or a text to store.
    Add,
    /// A folder to write articles to.
    Export,
    /// A program that reads the article's text.
    Pipe,
    /// Who said a quote; nobody where it is left empty.
    Speaker,
    /// What a speaker is called from now on, everywhere.
    SpeakerName,
    /// What a kept search is called; it is forgotten where that is left empty.
    SearchName,
    /// Whether the trash is to be emptied.
    EmptyTrash,
    /// Something about a feed.
    Setting(Setting),
}

impl PromptKind {
    /// Whether a query is typed.
    #[must_use]
    pub fn is_query(self) -> bool {
        matches!(self, Self::Search | Self::Filter)
    }

    /// What stands before the text.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Search | Self::Find => "/",
            Self::Filter => "filter ",
            Self::Command => ":",
            Self::Tags => "tags ",
            Self::Note => "note ",
            Self::Add => "add ",
            Self::Export => "export to folder ",
            Self::Pipe => "pipe to ",
            Self::Speaker => "said by ",
            Self::SpeakerName => "call the speaker ",
            Self::Setting(setting) => setting.prompt(),
            Self::SearchName => "keep the search as ",
            Self::EmptyTrash => "empty the trash? ",
        }
    }

    /// What may be typed, shown while nothing is.
    #[must_use]
    pub fn example(self) -> &'static str {
        match self {
            Self::Search | Self::Filter => "words, \"a phrase\", -not, source: date: is:unread",
            Self::Find => "words in this article",
            Self::Command => "a command; Tab completes",
            Self::Tags => "one two -without",
            Self::Note => "a line to yourself",
            Self::Add => "an address, a file or folder, or text",
            Self::Export => "a folder for Markdown files",
            Self::Pipe => "a command that reads the text",
            Self::Speaker => "a name; left empty, nobody",
            Self::SpeakerName => "a name, new or somebody else's",
            Self::SearchName => "a name; left empty, it is not kept",
            Self::EmptyTrash => "it cannot be undone: type yes",
            Self::Setting(setting) => setting.example(),
        }
    }
}

/// A prompt while it is open.
#[derive(Clone, Debug)]
pub struct Prompt {
    pub kind: PromptKind,
    pub input: Input,
    /// The text is only a proposal: what is typed or pasted first stands in its place.
    pub proposed: bool,
    /// What is wrong with what is typed, and where.
    pub mistake: Option<Mistake>,
    /// Where a filter leads back to when it is left.
    pub back: Option<Box<super::Spot>>,
    /// The row that was on top when words were begun to be looked for.
    pub from: usize,
    /// The quote that is asked about: its article, and where it stands in it.
    pub about: Option<(Id, Span)>,
    /// The speaker who is to have another name; the query of a search that is to be kept.
    pub called: String,
    /// The feed that something is decided about.
    pub feed: Option<FeedId>,
    /// What Tab goes through.
    pub offers: Vec<String>,
    /// The byte of the text from which on they stand in its place.
    pub offered_from: usize,
    /// Which of the offers Tab took last.
    pub completing: Option<usize>,
}

impl Prompt {
    /// An empty prompt, or one with text to edit.
    #[must_use]
    pub fn new(kind: PromptKind, text: &str) -> Self {
        let input = Input::new(text.to_owned());
        Self {
            kind,
            input,
            proposed: false,
            mistake: None,
            back: None,
            from: 0,
            about: None,
            called: String::new(),
            feed: None,
            offers: Vec::new(),
            offered_from: 0,
            completing: None,
        }
    }

    /// Edits the text by a key; false where the key does not edit.
    pub fn edit(&mut self, chord: Chord) -> bool {
        let Some(request) = request(chord) else { return false };
        self.completing = None;
        let proposed = std::mem::take(&mut self.proposed);
        if proposed && matches!(request, InputRequest::InsertChar(_)) {
            self.input.reset();
        }
        self.input.handle(request);
        true
    }

    /// Offers more names to Tab; none twice, and not the one that is there already.
    pub fn offer(&mut self, names: impl IntoIterator<Item = String>) {
        for name in names {
            if self.input.value().get(self.offered_from..) != Some(&name) && !self.offers.contains(&name) {
                self.offers.push(name);
            }
        }
    }

    /// Offers nothing any more.
    pub fn forget_offers(&mut self) {
        self.offers.clear();
        self.offered_from = 0;
        self.completing = None;
    }

    /// Puts the next of what is offered (`steps` 1) or the one before (-1) in its place, round at the ends; false where
    /// nothing is offered.
    pub fn complete(&mut self, steps: isize) -> bool {
        let count = isize::try_from(self.offers.len()).unwrap_or(0);
        let next = match self.completing.and_then(|at| isize::try_from(at).ok()) {
            Some(at) => at + steps,
            None if steps > 0 => 0,
            None => count - 1,
        };
        let next = next.checked_rem_euclid(count).and_then(|next| usize::try_from(next).ok());
        let Some((next, offer)) = next.and_then(|next| Some((next, self.offers.get(next)?))) else { return false };
        let before = self.input.value().get(..self.offered_from).unwrap_or_default();
        self.input = Input::new(format!("{before}{offer}"));
        self.completing = Some(next);
        true
    }

    /// Adds pasted text as one line.
    pub fn paste(&mut self, text: &str) {
        self.completing = None;
        if std::mem::take(&mut self.proposed) {
            self.input.reset();
        }
        insert(&mut self.input, text);
    }
}

/// Puts `text` where the cursor stands, all at once: letter by letter a pasted book would take minutes.
pub fn insert(input: &mut Input, text: &str) {
    let (cursor, value) = (input.cursor(), input.value());
    let at = value.char_indices().nth(cursor).map_or(value.len(), |(at, _)| at);
    let (before, behind) = value.split_at(at);
    let value = format!("{before}{text}{behind}");
    *input = std::mem::take(input).with_value(value).with_cursor(cursor + text.chars().count());
}

/// The edit that a key asks for: the customs of readline.
#[must_use]
pub fn request(chord: Chord) -> Option<InputRequest> {
    let request = match (chord.code, chord.ctrl, chord.alt) {
        (Code::Char(c), false, false) => InputRequest::InsertChar(c),
        (Code::Backspace | Code::Char('h' | 'w'), true, false) | (Code::Backspace, false, true) => {
            InputRequest::DeletePrevWord
        }
        (Code::Backspace, false, false) => InputRequest::DeletePrevChar,
        (Code::Delete, ..) | (Code::Char('d'), true, false) => InputRequest::DeleteNextChar,
        (Code::Left, true, _) | (Code::Char('b'), false, true) => InputRequest::GoToPrevWord,
        (Code::Right, true, _) | (Code::Char('f'), false, true) => InputRequest::GoToNextWord,
        (Code::Left, ..) | (Code::Char('b'), true, false) => InputRequest::GoToPrevChar,
        (Code::Right, ..) | (Code::Char('f'), true, false) => InputRequest::GoToNextChar,
        (Code::Home, ..) | (Code::Char('a'), true, false) => InputRequest::GoToStart,
        (Code::End, ..) | (Code::Char('e'), true, false) => InputRequest::GoToEnd,
        (Code::Char('u'), true, false) => InputRequest::DeleteFromStart,
        (Code::Char('k'), true, false) => InputRequest::DeleteTillEnd,
        (Code::Char('y'), true, false) => InputRequest::Yank,
        _ => return None,
    };
    Some(request)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_pasted_stands_where_the_cursor_stood_however_much_it_is() {
        let mut input = Input::new("häfen".to_owned()).with_cursor(2);
        insert(&mut input, "一 b");
        assert_eq!((input.value(), input.cursor()), ("hä一 bfen", 5));
        insert(&mut input, &"rail ".repeat(400_000));
        assert_eq!((input.value().len(), input.cursor()), (2_000_000 + "hä一 bfen".len(), 2_000_005));
    }
}
