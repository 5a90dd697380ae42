//! What lies over the panes: lists to pick from as one types, and the details of an article.

use tui_input::Input;

use crate::model::FeedId;
use crate::text::fold;
use crate::text::segment::cells;
use crate::text::wrap::wrap;

/// Something over the panes, closed by Esc.
#[derive(Clone, Debug)]
pub enum Overlay {
    Picker(Picker),
    Details(Details),
    /// Letters over the links in sight; each with the link's number and what is typed so far.
    Links {
        labels: Vec<(String, u32)>,
        typed: String,
    },
}

/// Names and values, set one below the other, scrolled where they are more than fit.
#[derive(Clone, Debug)]
pub struct Details {
    pub rows: Vec<(String, String)>,
    /// The first line in sight.
    pub top: usize,
}

impl Details {
    /// Cells of the names on `width` cells.
    #[must_use]
    pub fn left(&self, width: u16) -> u16 {
        let widest = self.rows.iter().map(|(name, _)| cells(name)).max().unwrap_or(0);
        u16::try_from(widest).unwrap_or(u16::MAX).min(width / 3)
    }

    /// Its lines on `width` cells: a value that is longer than a line goes on below, beside no name.
    #[must_use]
    pub fn lines(&self, width: u16) -> Vec<(&str, &str)> {
        let room = usize::from(width.saturating_sub(self.left(width) + 2)).max(1);
        let mut lines = Vec::new();
        for (name, value) in &self.rows {
            for (at, row) in wrap(value, &[], room).into_iter().enumerate() {
                lines.push((if at == 0 { name.as_str() } else { "" }, value.get(row).unwrap_or_default()));
            }
        }
        lines
    }
}

/// What picking an entry does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PickerKind {
    /// Runs a command; the keys of one place.
    Help,
    /// Runs a command.
    Palette,
    /// Goes to a quote.
    Quotes,
    /// Shows what a speaker says; the library narrows them.
    Speakers,
    /// Goes to a place.
    Places,
    /// Nothing: the feeds that failed.
    Failing,
    /// Shows how a feed is kept.
    Feeds,
    /// Changes something about this feed.
    Feed(FeedId),
}

/// A list to pick from, narrowed by typing.
#[derive(Clone, Debug)]
pub struct Picker {
    pub kind: PickerKind,
    pub title: String,
    pub input: Input,
    pub entries: Vec<Entry>,
    /// What signs in the entries mean, each time in fewer words: the first that fits is shown.
    pub legend: Vec<String>,
    /// The most entries it had: its height, so that it does not jump while the library narrows it.
    pub tallest: usize,
    /// Its entries are there; those of the library come with an answer.
    pub answered: bool,
    /// Index among the entries that match.
    pub cursor: usize,
    /// The first entry in sight, among those that match.
    pub top: usize,
}

/// A line of a picker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Set apart on the left: keys, a speaker.
    pub left: String,
    pub right: String,
    /// What picking it means: a command's index, a quote's index.
    pub value: usize,
    /// Other words by which it is found.
    pub also: String,
}

impl Picker {
    /// A picker over `entries`.
    #[must_use]
    pub fn new(kind: PickerKind, title: impl Into<String>, entries: Vec<Entry>) -> Self {
        let answered = kind != PickerKind::Speakers;
        let (title, tallest) = (title.into(), entries.len());
        let (input, legend) = (Input::default(), Vec::new());
        Self { kind, title, input, entries, legend, tallest, answered, cursor: 0, top: 0 }
    }

    /// The entries that have all typed words, each as the beginning of one of theirs.
    #[must_use]
    pub fn matching(&self) -> Vec<&Entry> {
        if self.kind == PickerKind::Speakers {
            return self.entries.iter().collect();
        }
        let typed = self.input.value();
        let wanted = fold::folded_words(typed);
        let exact = typed.trim();
        let matches = |entry: &&Entry| {
            let mut words = fold::folded_words(&entry.left);
            words.extend(fold::folded_words(&entry.right));
            words.extend(fold::folded_words(&entry.also));
            // A key such as `)` has no words: it is found as it is written.
            (!exact.is_empty() && entry.left.split(' ').any(|key| key == exact))
                || (!wanted.is_empty() || exact.is_empty())
                    && wanted.iter().all(|want| words.iter().any(|word| word.starts_with(want.as_str())))
        };
        self.entries.iter().filter(matches).collect()
    }

    /// Moves the cursor by `steps` among the matching entries.
    pub fn step(&mut self, steps: isize) {
        let last = self.matching().len().saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(steps).min(last);
    }

    /// Moves what is in sight so that the cursor is in it.
    pub fn follow(&mut self, height: u16) {
        let height = usize::from(height).max(1);
        self.cursor = self.cursor.min(self.matching().len().saturating_sub(1));
        self.top = self.top.min(self.cursor).max((self.cursor + 1).saturating_sub(height));
    }
}
