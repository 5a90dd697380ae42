//! The article's pane: the open article, laid out, and the place in it.

use crate::clock::Now;
use crate::model::{Quote, Span, Stored};
use crate::text::highlight::{self, Needle};
use crate::text::layout::{self, Page, Role, Setting};

use super::dates;

/// Characters of a title that are shown; it is kept whole.
const TITLE_SHOWN: usize = 1_000;

/// The open article.
#[derive(Clone, Debug, Default)]
pub struct ArticlePane {
    pub stored: Option<Box<Stored>>,
    pub page: Page,
    /// How the page was laid out.
    setting: Option<Setting>,
    /// The first row in sight.
    pub top: usize,
    /// The byte of the text that stays in sight when the page is laid out anew; `None` at the very top.
    anchor: Option<u32>,
    /// The quote in focus: an index into the quotes.
    pub focus: Option<usize>,
    /// What is lit as found: bytes of the text, sorted.
    pub hits: Vec<Span>,
    /// The hit that was gone to last.
    pub hit: Option<usize>,
    /// What was searched in this article, as typed.
    pub find: String,
    /// The article that was asked for was not there.
    pub missing: bool,
}

impl ArticlePane {
    /// Shows `stored`, at the place where reading stopped.
    pub fn show(&mut self, stored: Box<Stored>, setting: Setting, now: &Now) {
        *self = Self { anchor: stored.position.filter(|at| *at > 0), stored: Some(stored), ..Self::default() };
        self.lay_out(setting, now);
    }

    /// Takes what the library says now about the article that is open; the place in it stays.
    pub fn refresh(&mut self, stored: Box<Stored>, setting: Setting, now: &Now) {
        let words = |stored: &Stored, at: usize| {
            stored.quotes.get(at).map(|quote| stored.article.document.slice(&quote.span).to_owned())
        };
        let before = self.focus.and_then(|at| Some((at, words(self.stored.as_ref()?, at)?)));
        // In another text the quote in focus stands elsewhere, or nowhere.
        self.focus = before.and_then(|(at, said)| {
            let same = |at: &usize| words(&stored, *at).as_ref() == Some(&said);
            Some(at).filter(same).or_else(|| (0..stored.quotes.len()).find(same))
        });
        self.stored = Some(stored);
        self.setting = None;
        self.lay_out(setting, now);
    }

    /// Lays the article out where `setting` is another one than before; the place in the text stays.
    pub fn lay_out(&mut self, setting: Setting, now: &Now) {
        let Some(stored) = &self.stored else { return };
        if self.setting == Some(setting) {
            return;
        }
        let front = front(stored, now);
        let lines: Vec<(Role, &str)> = front.iter().map(|(role, text)| (*role, text.as_str())).collect();
        self.page = layout::lay_out(&lines, &stored.article.document, &stored.quotes, setting);
        if let Some(headline) = stored.article.document.headline(&stored.summary.title) {
            self.page.leave_out(headline);
        }
        self.setting = Some(setting);
        self.top = self.anchor.filter(|at| *at > 0).map_or(0, |at| self.page.row_at(at));
    }

    /// Forgets the layout, so that the next one is made from new.
    pub fn unset(&mut self) {
        self.setting = None;
    }

    /// The quotes of the open article.
    #[must_use]
    pub fn quotes(&self) -> &[Quote] {
        self.stored.as_ref().map_or(&[], |stored| &stored.quotes)
    }

    /// The last row that may be the first in sight.
    fn last_top(&self, height: u16) -> usize {
        self.page.rows.len().saturating_sub(usize::from(height))
    }

    /// Scrolls by rows; the place in the text is where it ends.
    pub fn scroll(&mut self, rows: isize, height: u16) {
        self.go_to_row(self.top.saturating_add_signed(rows), height);
    }

    /// Brings a row to the top, as far as the end of the article allows.
    pub fn go_to_row(&mut self, row: usize, height: u16) {
        self.top = row.min(self.last_top(height));
        self.anchor = if self.top == 0 { None } else { self.page.rows.get(self.top).map(|row| row.start) };
    }

    /// Whether the end is in sight.
    #[must_use]
    pub fn at_end(&self, height: u16) -> bool {
        self.top >= self.last_top(height)
    }

    /// How much of the article is above the lower edge of the pane, in percent.
    #[must_use]
    pub fn progress(&self, height: u16) -> usize {
        let rows = self.page.rows.len();
        let seen = (self.top + usize::from(height)).min(rows);
        (seen * 100).checked_div(rows).unwrap_or(100)
    }

    /// Where reading stopped, to be kept: a byte of the text, 0 at the top.
    #[must_use]
    pub fn position(&self) -> u32 {
        self.anchor.unwrap_or(0)
    }

    /// Brings byte `offset` into sight, a third from the top where it was out of it.
    pub fn reveal(&mut self, offset: u32, height: u16) {
        let row = self.page.row_at(offset);
        let seen = self.top..self.top + usize::from(height.saturating_sub(1)).max(1);
        if !seen.contains(&row) {
            self.go_to_row(row.saturating_sub(usize::from(height) / 3), height);
        }
    }

    /// Brings a quote into sight, to its end where there is room for it.
    pub fn reveal_quote(&mut self, span: &Span, height: u16) {
        self.reveal(span.start, height);
        if self.page.row_at(span.end.saturating_sub(1)) >= self.top + usize::from(height) {
            let row = self.page.row_at(span.start);
            self.go_to_row(row.saturating_sub(usize::from(height) / 3), height);
        }
    }

    /// Moves the focus by `steps` among the quotes that are speech; from the top of what is in sight where none has it.
    /// False where there is none further.
    pub fn step_quote(&mut self, steps: isize, height: u16) -> bool {
        let quotes = self.quotes().iter().enumerate();
        let speech: Vec<(usize, Span)> =
            quotes.filter(|(_, quote)| quote.speech).map(|(at, quote)| (at, quote.span.clone())).collect();
        let top = self.page.rows.get(self.top).map_or(0, |row| row.start);
        let now = self.focus.and_then(|focus| speech.iter().position(|(at, _)| *at == focus));
        let first_below = speech.partition_point(|(_, span)| span.start < top);
        let to = match (now, steps > 0) {
            (Some(now), _) => now.checked_add_signed(steps),
            (None, true) => first_below.checked_add_signed(steps - 1),
            (None, false) => first_below.checked_add_signed(steps),
        };
        let Some((quote, span)) = to.and_then(|to| speech.get(to)) else { return false };
        self.focus = Some(*quote);
        self.reveal_quote(span, height);
        true
    }

    /// Which of the speech quotes has the focus, from 1, and how many there are.
    #[must_use]
    pub fn quote_number(&self) -> (Option<usize>, usize) {
        let speech = self.quotes().iter().enumerate().filter(|(_, quote)| quote.speech);
        let number = self.focus.map(|focus| speech.clone().take_while(|(at, _)| *at <= focus).count());
        (number, speech.count())
    }

    /// Lights what `needles` find.
    pub fn light(&mut self, needles: &[Needle]) {
        self.hits.clear();
        self.hit = None;
        if let Some(stored) = self.stored.as_ref().filter(|_| !needles.is_empty()) {
            self.hits = highlight::hits(stored.article.document.text(), needles);
        }
    }

    /// Goes to the hit `steps` further, round at the ends; says which one of how many, from 1.
    pub fn step_hit(&mut self, steps: isize, height: u16) -> Option<(usize, usize)> {
        let count = self.hits.len();
        let top = self.page.rows.get(self.top).map_or(0, |row| row.start);
        let first_below = self.hits.partition_point(|span| span.start < top);
        let from = match (self.hit, steps > 0) {
            (Some(hit), _) => isize::try_from(hit).ok()?.checked_add(steps)?,
            (None, true) => isize::try_from(first_below).ok()?.checked_add(steps - 1)?,
            (None, false) => isize::try_from(first_below).ok()?.checked_add(steps)?,
        };
        let to = usize::try_from(from.rem_euclid(isize::try_from(count).ok().filter(|count| *count > 0)?)).ok()?;
        self.hit = Some(to);
        let start = self.hits.get(to)?.start;
        self.reveal(start, height);
        Some((to + 1, count))
    }

    /// The first row of the next (or the one before) heading, paragraph or other block, from the top in sight.
    #[must_use]
    pub fn block_row(&self, forward: bool, headings: bool) -> Option<usize> {
        let stored = self.stored.as_ref()?;
        let is_heading = |kind: &crate::model::BlockKind| matches!(kind, crate::model::BlockKind::Heading(_));
        let starts = stored.article.document.blocks().iter().filter(|block| !headings || is_heading(&block.kind));
        let mut rows = starts.map(|block| self.page.row_at(block.span.start));
        if forward { rows.find(|row| *row > self.top) } else { rows.take_while(|row| *row < self.top).last() }
    }

    /// The links in sight from the top on: number and first row.
    #[must_use]
    pub fn links_in_sight(&self, height: u16) -> Vec<u32> {
        let rows = self.page.rows.iter().skip(self.top).take(usize::from(height));
        let mut links: Vec<u32> = rows.flat_map(|row| row.pieces.iter().filter_map(|piece| piece.style.link)).collect();
        links.dedup();
        let mut seen = std::collections::BTreeSet::new();
        links.retain(|link| seen.insert(*link));
        links
    }

    /// The first row of the next link (or the one before) out of the rows that begin the view.
    #[must_use]
    pub fn link_row(&self, forward: bool) -> Option<usize> {
        let has_link = |row: &layout::Row| row.pieces.iter().any(|piece| piece.style.link.is_some());
        let mut rows = self.page.rows.iter().enumerate().filter(|(_, row)| has_link(row)).map(|(at, _)| at);
        if forward { rows.find(|row| *row > self.top) } else { rows.take_while(|row| *row < self.top).last() }
    }
}

/// The lines above the text: title; source, author, date, minutes, quotes; tags; note.
fn front(stored: &Stored, now: &Now) -> Vec<(Role, String)> {
    let summary = &stored.summary;
    let speech = stored.quotes.iter().filter(|quote| quote.speech).count();
    let quotes = match speech {
        0 => String::new(),
        1 => "1 quote".to_owned(),
        n => format!("{n} quotes"),
    };
    let parts = [
        summary.source.clone().unwrap_or_default(),
        summary.author.clone().unwrap_or_default(),
        dates::date(summary.published, now),
        format!("{} min", summary.minutes()),
        quotes,
    ];
    let byline: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let title = summary.title.chars().take(TITLE_SHOWN).collect();
    let mut front = vec![(Role::Title, title), (Role::Byline, byline.join(" · "))];
    if !summary.tags.is_empty() {
        let tags: Vec<String> = summary.tags.iter().map(|tag| format!("#{tag}")).collect();
        front.push((Role::Byline, tags.join(" ")));
    }
    if let Some(note) = &stored.note {
        front.push((Role::Byline, format!("Note: {note}")));
    }
    front
}
