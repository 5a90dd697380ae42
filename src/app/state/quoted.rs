//! The list's pane where it lists quotes: below each article of the list those of its quotes that belong there, read as
//! they come into sight. Says how they are set one below the other; draws nothing.

use std::collections::{BTreeSet, HashMap};

use crate::model::{Id, Quote, Quoted};
use crate::text::highlight::{self, Needle};
use crate::text::{clean, segment, wrap};

use super::super::panes::Area;
use super::list::ListPane;

/// The quotes of a list and where the cursor is among those of its article.
#[derive(Clone, Debug, Default)]
pub struct Quotes {
    read: HashMap<Id, Vec<Row>>,
    /// Index of the selected one among the quotes that are listed of the selected article.
    pub cursor: usize,
    /// Index of the first one in sight among those of the first article in sight.
    pub top: usize,
    /// The cursor goes to the quote of its article that begins at this byte, or to the next one that is listed, as soon
    /// as they are read.
    pub wanted: Option<u32>,
    /// What the list is narrowed to, which is shown and lit in its quotes.
    pub needles: Vec<Needle>,
    setting: Setting,
}

/// How quotes are set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Setting {
    /// Cells of a line of words.
    pub cells: u16,
    /// Lines of words, at most; what is longer is cut.
    pub lines: u16,
    /// Blank rows between quotes.
    pub gap: u16,
}

impl Setting {
    /// For a list that is drawn in `area`.
    #[must_use]
    pub fn of(area: Area) -> Self {
        let roomy = area.height >= ROOMY;
        let cells = area.width.saturating_sub(TEXT + MARGIN).max(1);
        Self { cells, lines: if roomy { 3 } else { 2 }, gap: u16::from(roomy) }
    }
}

/// A quote and its words in lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub quoted: Quoted,
    pub lines: Vec<String>,
}

/// A place in a list of quotes: an article, and one of the quotes that are listed of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    pub article: usize,
    pub quote: usize,
}

/// A quote in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    pub at: At,
    /// The first of its rows, from the top of the list.
    pub y: u16,
    /// Its article is named in the row above.
    pub headed: bool,
}

/// The column of a row's text: bar, blank, mark, blank stand before it.
pub const TEXT: u16 = 4;
/// Cells behind it.
pub const MARGIN: u16 = 2;
/// From this many rows on a list of quotes has blank rows and longer extracts.
const ROOMY: u16 = 16;
/// Articles whose quotes are kept in memory around those in sight.
const KEPT_ARTICLES: usize = 400;
/// Articles whose quotes are read ahead of those in sight, and behind.
const AHEAD: usize = 8;
/// Rows that a quote is taken to need before it is read.
const UNREAD_ROWS: u16 = 2;

impl Quotes {
    /// Sets the quotes in lines that show `needles`, where that changes anything.
    pub fn set(&mut self, setting: Setting, needles: Vec<Needle>) {
        if self.setting == setting && self.needles == needles {
            return;
        }
        (self.setting, self.needles) = (setting, needles);
        for row in self.read.values_mut().flatten() {
            row.lines = lines(&row.quoted.words, setting, &self.needles);
        }
    }
}

impl ListPane {
    /// Where the cursor is in a list of quotes.
    #[must_use]
    pub fn at(&self) -> At {
        At { article: self.cursor, quote: self.quotes.cursor }
    }

    fn go_to(&mut self, at: At) {
        (self.cursor, self.quotes.cursor) = (at.article, at.quote);
    }

    fn top_at(&self) -> At {
        At { article: self.top, quote: self.quotes.top }
    }

    /// The quotes that are listed of an article, once they are read.
    fn rows_of(&self, article: usize) -> Option<&[Row]> {
        self.ids.get(article).and_then(|id| self.quotes.read.get(id)).map(Vec::as_slice)
    }

    /// The quote at a place, once it is read.
    #[must_use]
    pub fn quote_at(&self, at: At) -> Option<&Row> {
        self.rows_of(at.article)?.get(at.quote)
    }

    /// The selected quote, once it is read.
    #[must_use]
    pub fn selected_quote(&self) -> Option<&Quoted> {
        self.quote_at(self.at()).map(|row| &row.quoted)
    }

    /// The quotes that are listed of an article, as far as they are read.
    #[must_use]
    pub fn quotes_of(&self, id: Id) -> Vec<&Quote> {
        self.quotes.read.get(&id).into_iter().flatten().map(|row| &row.quoted.quote).collect()
    }

    /// Places of an article in the list: one where its quotes are not read yet.
    fn places_of(&self, article: usize) -> usize {
        self.rows_of(article).map_or(1, <[Row]>::len)
    }

    fn after(&self, at: At) -> Option<At> {
        if at.quote + 1 < self.places_of(at.article) {
            return Some(At { quote: at.quote + 1, ..at });
        }
        let article = (at.article + 1..self.ids.len()).find(|article| self.places_of(*article) > 0)?;
        Some(At { article, quote: 0 })
    }

    fn before(&self, at: At) -> Option<At> {
        if let Some(quote) = at.quote.checked_sub(1) {
            return Some(At { quote, ..at });
        }
        let article = (0..at.article.min(self.ids.len())).rev().find(|article| self.places_of(*article) > 0)?;
        Some(At { article, quote: self.places_of(article) - 1 })
    }

    /// Moves the cursor by `steps` quotes; an article whose quotes are not read yet counts as one.
    pub fn step_quotes(&mut self, steps: isize) {
        let mut at = self.at();
        for _ in 0..steps.unsigned_abs() {
            let Some(next) = (if steps > 0 { self.after(at) } else { self.before(at) }) else { break };
            at = next;
        }
        self.go_to(at);
        self.quotes.wanted = None;
        if steps < 0 && self.rows_of(at.article).is_none() {
            // From below the last of an article's quotes is reached first.
            self.quotes.wanted = Some(u32::MAX);
        }
    }

    /// Moves the cursor to the quote of its article that begins at byte `start`, or the next one that is listed.
    pub fn go_to_quote(&mut self, start: u32) {
        let rows = self.rows_of(self.cursor);
        let at = rows.map(|rows| {
            rows.partition_point(|row| row.quoted.quote.span.start < start).min(rows.len().saturating_sub(1))
        });
        self.quotes.wanted = Some(start).filter(|_| at.is_none());
        self.quotes.cursor = at.unwrap_or(0);
    }

    /// Which of all listed quotes is selected, from 1, and how many there are; `None` while not all are read.
    #[must_use]
    pub fn quote_number(&self) -> Option<(usize, usize)> {
        if !self.complete || self.ids.len() > self.quotes.read.len() {
            return None;
        }
        let counts = self.ids.iter().map(|id| self.quotes.read.get(id).map(Vec::len));
        let counts = counts.collect::<Option<Vec<usize>>>()?;
        let above: usize = counts.iter().take(self.cursor).sum();
        Some((above + self.quotes.cursor + 1, counts.iter().sum()))
    }

    /// Rows of the screen that a quote takes: its words and its speaker.
    fn height_of(&self, at: At) -> u16 {
        let lines = self.quote_at(at).map(|row| u16::try_from(row.lines.len()).unwrap_or(u16::MAX));
        lines.map_or(UNREAD_ROWS, |lines| lines.saturating_add(1))
    }

    /// The quotes in sight in `height` rows; the last one may be cut off.
    #[must_use]
    pub fn quote_plan(&self, height: u16) -> Vec<Placed> {
        let mut placed = Vec::new();
        let mut y = 0;
        let mut next = Some(self.top_at()).filter(|top| top.article < self.ids.len());
        while let Some(at) = next {
            let headed = height > UNREAD_ROWS && (at.quote == 0 || placed.is_empty());
            y += u16::from(headed);
            if y >= height {
                break;
            }
            placed.push(Placed { at, y, headed });
            y = y.saturating_add(self.height_of(at) + self.quotes.setting.gap);
            next = self.after(at);
        }
        placed
    }

    /// Selects the quote that is drawn in row `y` of `height`; false where there is none.
    pub fn select_quote(&mut self, height: u16, y: u16) -> bool {
        let hit = |placed: &&Placed| (placed.y..placed.y + self.height_of(placed.at)).contains(&y);
        let Some(at) = self.quote_plan(height).iter().find(hit).map(|placed| placed.at) else { return false };
        self.go_to(at);
        self.quotes.wanted = None;
        true
    }

    /// Quotes that are wholly in sight; at least one.
    #[must_use]
    pub fn quote_page(&self, height: u16) -> usize {
        let whole = |placed: &&Placed| placed.y + self.height_of(placed.at) <= height;
        self.quote_plan(height).iter().filter(whole).count().max(1)
    }

    /// The highest place from which on `at` is wholly in sight.
    fn highest_top(&self, at: At, height: u16) -> At {
        let mut top = at;
        let mut used = 1 + self.height_of(at);
        while let Some(above) = self.before(top) {
            used = used.saturating_add(self.height_of(above) + self.quotes.setting.gap + u16::from(top.quote == 0));
            if used > height {
                break;
            }
            top = above;
        }
        top
    }

    /// Moves what is in sight so that the cursor is in it, and the cursor off articles that turned out to have no quote here.
    pub fn follow_quotes(&mut self, height: u16) {
        self.cursor = self.cursor.min(self.ids.len().saturating_sub(1));
        match self.places_of(self.cursor) {
            0 => {
                let at = self.at();
                let near = self.after(At { quote: 0, ..at }).or_else(|| self.before(At { quote: 0, ..at }));
                self.go_to(near.unwrap_or_default());
            }
            count => self.quotes.cursor = self.quotes.cursor.min(count - 1),
        }
        let cursor = self.at();
        let highest = self.highest_top(cursor, height);
        let mut top = self.top_at().min(cursor).max(highest);
        if self.complete
            && let Some(last) = self.before(At { article: self.ids.len(), quote: 0 })
        {
            // No empty room below the last quote while there are quotes above.
            top = top.min(self.highest_top(last, height)).max(highest);
        }
        top.quote = top.quote.min(self.places_of(top.article).saturating_sub(1));
        (self.top, self.quotes.top) = (top.article, top.quote);
    }

    /// The articles in sight and around whose quotes are not read yet; none while all in sight are.
    #[must_use]
    pub fn missing_quotes(&self, height: u16) -> Vec<Id> {
        let last = self.quote_plan(height).last().map_or(self.top, |placed| placed.at.article);
        let unread = |article: &usize| self.rows_of(*article).is_none();
        let in_sight = (self.top..=last).chain([self.cursor]);
        if !in_sight.filter(|article| *article < self.ids.len()).any(|article| unread(&article)) {
            return Vec::new();
        }
        let around = self.top.min(self.cursor).saturating_sub(AHEAD)..=last.max(self.cursor) + AHEAD;
        around.filter(unread).filter_map(|article| self.ids.get(article).copied()).collect()
    }

    /// Takes in the quotes of the articles `asked`, and drops those far from sight when there are many. The cursor stays
    /// on its quote.
    pub fn take_quotes(&mut self, asked: &[Id], quoted: Vec<Quoted>) {
        let stays = self.quotes.wanted.or_else(|| self.selected_quote().map(|quoted| quoted.quote.span.start));
        if self.quotes.read.len() + asked.len() > KEPT_ARTICLES {
            let from = self.top.saturating_sub(KEPT_ARTICLES / 4);
            let near: BTreeSet<Id> = self.ids.iter().skip(from).take(KEPT_ARTICLES / 2).copied().collect();
            self.quotes.read.retain(|id, _| near.contains(id));
        }
        for id in asked {
            self.quotes.read.insert(*id, Vec::new());
        }
        let setting = self.quotes.setting;
        for quoted in quoted {
            let lines = lines(&quoted.words, setting, &self.quotes.needles);
            self.quotes.read.entry(quoted.id).or_default().push(Row { quoted, lines });
        }
        let rows = self.rows_of(self.cursor).unwrap_or_default();
        let at = stays.map(|start| rows.partition_point(|row| row.quoted.quote.span.start < start));
        if let Some(last) = rows.len().checked_sub(1) {
            self.quotes.wanted = None;
            self.quotes.cursor = at.unwrap_or(self.quotes.cursor).min(last);
        }
    }

    /// The articles whose quotes are in memory.
    #[must_use]
    pub fn quotes_read(&self) -> Vec<Id> {
        self.quotes.read.keys().copied().collect()
    }

    /// Forgets all quotes: another list begins, from its top.
    pub fn forget_quotes(&mut self) {
        self.quotes = Quotes { setting: self.quotes.setting, ..Quotes::default() };
    }
}

/// Words in lines of a width, the last of them ending in an ellipsis where there are more than fit: the first ones, or those
/// around the `needles` where these come later.
fn lines(words: &str, setting: Setting, needles: &[Needle]) -> Vec<String> {
    let line = clean::clean_line(words);
    let first = set_lines(&line, setting);
    let hits = highlight::hits(&line, needles);
    if hits.is_empty() || first.iter().any(|line| !highlight::hits(line, needles).is_empty()) {
        return first;
    }
    // Rows are ragged: less than all their cells are filled.
    let room = usize::from(setting.cells) * usize::from(setting.lines) * 4 / 5;
    set_lines(&highlight::snippet(&line, &hits, room).0, setting)
}

fn set_lines(line: &str, setting: Setting) -> Vec<String> {
    let cells = usize::from(setting.cells.max(1));
    let most = usize::from(setting.lines.max(1));
    // A very long quotation is not broken to its end for the sake of its beginning.
    let enough = segment::shorten(line, cells * (most + 1));
    let rows = wrap::wrap(&enough, &[], cells);
    let text = |row: &std::ops::Range<usize>| enough.get(row.clone()).unwrap_or_default().trim_end().to_owned();
    let mut set: Vec<String> = rows.iter().take(most).map(text).collect();
    if rows.len() > most
        && let Some(last) = set.last_mut()
    {
        *last = segment::shorten(&format!("{last} …"), cells).into_owned();
    }
    set
}

#[cfg(test)]
mod tests;
