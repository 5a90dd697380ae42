//! The article's pane: the open article, laid out, and the place in it.

use crate::clock::Now;
use crate::model::{Quote, Span, Stored, Summary};
use crate::text::counted;
use crate::text::difference::Fate;
use crate::text::highlight::{self, Needle};
use crate::text::layout::{self, Role, Setting};

use super::{DifferencePane, Sheet, dates};

/// Characters of a title that are shown; it is kept whole.
const TITLE_SHOWN: usize = 1_000;

/// The open article.
#[derive(Clone, Debug, Default)]
pub struct ArticlePane {
    pub stored: Option<Box<Stored>>,
    pub sheet: Sheet,
    /// How its page was laid out.
    setting: Option<Setting>,
    /// Two of its texts in one, shown in its place.
    pub difference: Option<Box<DifferencePane>>,
    /// Its quotes that changed since the text before, by their index, as far as that is known.
    pub fates: Vec<(usize, Fate)>,
    /// The earlier text since which they were asked for.
    pub fates_since: Option<u32>,
    /// The quote in focus: an index into the quotes.
    pub focus: Option<usize>,
    /// What is lit as found: bytes of the text, sorted.
    pub hits: Vec<Span>,
    /// The hit that was gone to last.
    pub hit: Option<usize>,
    /// What was searched in this article, as typed.
    pub find: String,
    /// It was read to its end, as far as that counts for its mark.
    pub ended: bool,
    /// The article that was asked for was not there.
    pub missing: bool,
}

impl ArticlePane {
    /// Shows `stored`, at the place where reading stopped.
    pub fn show(&mut self, stored: Box<Stored>, setting: Setting, now: &Now) {
        *self = Self { sheet: Sheet::at(stored.position.unwrap_or(0)), stored: Some(stored), ..Self::default() };
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
        let is_same = |now: &Stored| now.quotes == stored.quotes && now.revisions == stored.revisions;
        if !self.stored.as_deref().is_some_and(is_same) {
            (self.fates, self.fates_since) = (Vec::new(), None);
        }
        self.stored = Some(stored);
        self.setting = None;
        self.lay_out(setting, now);
    }

    /// Takes over from its row whether the open article is read; nothing of that stands in its text.
    pub fn take_row(&mut self, row: &Summary) {
        if let Some(stored) = self.stored.as_mut().filter(|stored| stored.summary.id == row.id) {
            stored.summary.read = row.read;
        }
    }

    /// Lays the article out where `setting` is another one than before; the place in the text stays.
    pub fn lay_out(&mut self, setting: Setting, now: &Now) {
        if let Some(difference) = &mut self.difference {
            difference.lay_out(setting);
        }
        let Some(stored) = &self.stored else { return };
        if self.setting == Some(setting) {
            return;
        }
        let front = front(stored, now);
        let lines: Vec<(Role, &str)> = front.iter().map(|(role, text)| (*role, text.as_str())).collect();
        let mut page = layout::lay_out(&lines, &stored.article.document, &stored.quotes, setting);
        if let Some(headline) = stored.article.document.headline(&stored.summary.title) {
            page.leave_out(headline);
        }
        self.setting = Some(setting);
        self.sheet.set(page);
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

    /// What became of a quote since the text before, where it changed.
    #[must_use]
    pub fn fate(&self, quote: usize) -> Option<Fate> {
        self.fates.iter().find(|(at, _)| *at == quote).map(|(_, fate)| *fate)
    }

    /// What is in sight: the article, or the difference in its place.
    fn shown(&self) -> &Sheet {
        self.difference.as_ref().map_or(&self.sheet, |difference| &difference.sheet)
    }

    fn shown_mut(&mut self) -> &mut Sheet {
        self.difference.as_mut().map_or(&mut self.sheet, |difference| &mut difference.sheet)
    }

    /// Scrolls what is in sight by rows.
    pub fn scroll(&mut self, rows: isize, height: u16) {
        self.shown_mut().scroll(rows, height);
    }

    /// Brings a row of what is in sight to the top, as far as its end allows.
    pub fn go_to_row(&mut self, row: usize, height: u16) {
        self.shown_mut().go_to_row(row, height);
    }

    /// Whether the end is in sight.
    #[must_use]
    pub fn at_end(&self, height: u16) -> bool {
        self.shown().at_end(height)
    }

    /// How much of what is in sight is above the lower edge of the pane, in percent.
    #[must_use]
    pub fn progress(&self, height: u16) -> usize {
        self.shown().progress(height)
    }

    /// Where reading stopped, to be kept: a byte of the text, 0 at the top.
    #[must_use]
    pub fn position(&self) -> u32 {
        self.sheet.position()
    }

    /// Brings byte `offset` of the article into sight, a third from the top where it was out of it.
    pub fn reveal(&mut self, offset: u32, height: u16) {
        self.sheet.reveal(offset, height);
    }

    /// Brings a quote into sight, to its end where there is room for it.
    pub fn reveal_quote(&mut self, span: &Span, height: u16) {
        self.reveal(span.start, height);
        if self.sheet.page.row_at(span.end.saturating_sub(1)) >= self.sheet.top + usize::from(height) {
            let row = self.sheet.page.row_at(span.start);
            self.sheet.go_to_row(row.saturating_sub(usize::from(height) / 3), height);
        }
    }

    /// Moves the focus by `steps` among the quotes that are speech; from the top of what is in sight where none has it.
    /// False where there is none further.
    pub fn step_quote(&mut self, steps: isize, height: u16) -> bool {
        let quotes = self.quotes().iter().enumerate();
        let speech: Vec<(usize, Span)> =
            quotes.filter(|(_, quote)| quote.speech).map(|(at, quote)| (at, quote.span.clone())).collect();
        let top = self.sheet.top_byte();
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
        let top = self.sheet.top_byte();
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
        let mut rows = starts.map(|block| self.sheet.page.row_at(block.span.start));
        if forward {
            rows.find(|row| *row > self.sheet.top)
        } else {
            rows.take_while(|row| *row < self.sheet.top).last()
        }
    }

    /// The links in sight from the top on: number and first row.
    #[must_use]
    pub fn links_in_sight(&self, height: u16) -> Vec<u32> {
        let rows = self.sheet.page.rows.iter().skip(self.sheet.top).take(usize::from(height));
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
        let mut rows = self.sheet.page.rows.iter().enumerate().filter(|(_, row)| has_link(row)).map(|(at, _)| at);
        if forward {
            rows.find(|row| *row > self.sheet.top)
        } else {
            rows.take_while(|row| *row < self.sheet.top).last()
        }
    }
}

/// The lines above the text: title; source, author, date, minutes, quotes, whether it changed; tags; note.
fn front(stored: &Stored, now: &Now) -> Vec<(Role, String)> {
    let summary = &stored.summary;
    let speech = stored.quotes.iter().filter(|quote| quote.speech).count();
    let quotes = match speech {
        0 => String::new(),
        n => counted(n, "quote"),
    };
    // A number stays with what it counts, and the dot with what is before it.
    let whole = |part: String| part.replace(' ', "\u{a0}");
    let parts = [
        summary.source.clone().unwrap_or_default(),
        summary.author.clone().unwrap_or_default(),
        whole(dates::date(summary.published, now)),
        whole(summary.minutes().unwrap_or_default()),
        whole(quotes),
        if stored.revisions.is_empty() { String::new() } else { "changed".to_owned() },
    ];
    let byline: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let title = summary.title.chars().take(TITLE_SHOWN).collect();
    let mut front = vec![(Role::Title, title), (Role::Byline, byline.join("\u{a0}· "))];
    if !summary.tags.is_empty() {
        let tags: Vec<String> = summary.tags.iter().map(|tag| format!("#{tag}")).collect();
        front.push((Role::Byline, tags.join(" ")));
    }
    if let Some(note) = &stored.note {
        front.push((Role::Byline, format!("Note: {note}")));
    }
    front
}
