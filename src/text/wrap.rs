//! Text broken into rows: where a row may end, and which ends make the best paragraph. Rows are byte ranges of the
//! text; only the white space at a break stands in none of them.

use std::ops::Range;

use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed, options::LineBreakOptions};
use textwrap::{
    core::Fragment,
    wrap_algorithms::{Penalties, wrap_optimal_fit},
};

use super::{
    segment::{Cluster, clusters},
    unbroken::may_break,
};

/// Something that layout sets behind byte `at` of the text, such as a note's number: it takes cells, and no row
/// ends between it and the text before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Added {
    pub at: usize,
    pub cells: usize,
}

/// Words from which on a paragraph is broken row by row instead of as a whole: it is no prose.
const OPTIMAL_WORDS: usize = 20_000;

/// What makes a paragraph good. The square of a row's empty cells counts against it; so does
const PENALTIES: Penalties = Penalties {
    // a row more, as much as about 30 empty cells in one row;
    nline_penalty: 1000,
    // a row too wide, more than anything;
    overflow_penalty: 1_000_000,
    // a last row of a single word shorter than a quarter of the measure, as much as 15 empty cells;
    short_last_line_fraction: 4,
    short_last_line_penalty: 225,
    // a break inside a word, as much as 8 empty cells.
    hyphen_penalty: 64,
};

/// Cells of the widest cluster that is shown as it is; wider ones are strings of joiners that no terminal draws well.
const WIDEST: usize = 8;

/// Cells of `cluster` in a row of `measure` cells; `None` where it does not fit and a mark of one cell stands for it.
#[must_use]
pub fn shown_cells(cluster: &Cluster, measure: usize) -> Option<usize> {
    (cluster.cells <= measure.min(WIDEST)).then_some(cluster.cells)
}

/// Breaks `text` into rows of at most `measure` cells (1 at least), with `added` (sorted) set into it.
/// A line feed ends a row; an empty line is an empty row.
#[must_use]
pub fn wrap(text: &str, added: &[Added], measure: usize) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let mut words = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        words.clear();
        Words { text: line, from: at, added, measure: measure.max(1) }.collect(&mut words);
        if words.is_empty() {
            rows.push(at..at);
        } else {
            fit(&words, measure.max(1), &mut rows);
        }
        at += line.len() + 1;
    }
    rows
}

/// Cells of the widest stretch of `text` without a break in it.
#[must_use]
pub fn widest_word(text: &str, added: &[Added]) -> usize {
    let mut words = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        Words { text: line, from: at, added, measure: usize::MAX }.collect(&mut words);
        at += line.len() + 1;
    }
    words.iter().map(|word| word.cells).max().unwrap_or(0)
}

/// A stretch without a break, and the blanks behind it.
#[derive(Debug)]
struct Word {
    span: Range<usize>,
    cells: usize,
    blanks: usize,
    /// It ends in a character of a word: without blanks behind it, a row that ends with it breaks a word.
    joined: bool,
}

/// Textwrap adds it to the cells of a row that ends in a broken word; too little to make the row too wide.
const HARDLY: f64 = 1e-9;

#[expect(clippy::cast_precision_loss, reason = "a row has few cells")]
impl Fragment for Word {
    fn width(&self) -> f64 {
        self.cells as f64
    }

    fn whitespace_width(&self) -> f64 {
        self.blanks as f64
    }

    fn penalty_width(&self) -> f64 {
        if self.joined && self.blanks == 0 { HARDLY } else { 0.0 }
    }
}

/// Puts `words` into rows of at most `measure` cells, the best way for the whole of them.
fn fit(words: &[Word], measure: usize, rows: &mut Vec<Range<usize>>) {
    let cells = |row: &[Word]| -> usize {
        let blanks = row.split_last().map_or(0, |(_, inner)| inner.iter().map(|word| word.blanks).sum());
        row.iter().map(|word| word.cells).sum::<usize>() + blanks
    };
    if words.len() <= OPTIMAL_WORDS
        && let Ok(measure_cells) = u32::try_from(measure)
        && let Ok(best) = wrap_optimal_fit(words, &[f64::from(measure_cells)], &PENALTIES)
        && best.iter().all(|row| cells(row) <= measure)
    {
        rows.extend(best.into_iter().filter_map(joined_span));
        return;
    }
    let mut row: Option<(Range<usize>, usize)> = None;
    for word in words {
        row = match row {
            Some((span, used)) if used + word.cells <= measure => {
                Some((span.start..word.span.end, used + word.cells + word.blanks))
            }
            full => {
                rows.extend(full.map(|(span, _)| span));
                Some((word.span.clone(), word.cells + word.blanks))
            }
        };
    }
    rows.extend(row.map(|(span, _)| span));
}

fn joined_span(row: &[Word]) -> Option<Range<usize>> {
    Some(row.first()?.span.start..row.last()?.span.end)
}

/// A line and how it is cut into words.
struct Words<'a> {
    text: &'a str,
    /// The line's first byte in the text that it is part of; spans and `added` count from the text's.
    from: usize,
    added: &'a [Added],
    measure: usize,
}

/// A cluster with what is set behind it.
struct Unit<'a> {
    cluster: Cluster<'a>,
    cells: usize,
    blank: bool,
    /// Something is set at its beginning: no break there.
    held: bool,
}

impl<'a> Words<'a> {
    fn collect(&self, words: &mut Vec<Word>) {
        let segmenter: LineSegmenterBorrowed<'static> = LineSegmenter::new_dictionary(LineBreakOptions::default());
        let mut breaks = segmenter.segment_str(self.text).peekable();
        let mut word: Option<Word> = None;
        for unit in self.units(0..self.text.len()) {
            let at = unit.cluster.at;
            // A break inside a cluster is none.
            while breaks.next_if(|next| *next < at).is_some() {}
            if breaks.peek() == Some(&at) && !unit.held && may_break(self.text, at) {
                self.close(word.take(), words);
            }
            let place = self.from + at;
            if unit.blank {
                // White space at the beginning of the line belongs to no word.
                if let Some(word) = word.as_mut().or(words.last_mut()) {
                    word.blanks += unit.cells;
                }
                continue;
            }
            let word = word.get_or_insert(Word { span: place..place, cells: 0, blanks: 0, joined: false });
            word.span.end = self.from + unit.cluster.end();
            word.cells += word.blanks + unit.cells;
            word.blanks = 0;
            word.joined = unit.cluster.cells < 2;
        }
        self.close(word, words);
    }

    /// The clusters of a part of the line.
    fn units(&self, part: Range<usize>) -> impl Iterator<Item = Unit<'a>> {
        let (added, measure, begin, from) = (self.added, self.measure, part.start, self.from + part.start);
        let mut next = added.partition_point(|added| added.at <= from);
        // What is set before the first cluster of the text counts with it.
        let before = added.get(..next).unwrap_or_default().iter().rev().take_while(|added| added.at == from);
        let mut waiting: usize = if begin == 0 { before.map(|added| added.cells).sum() } else { 0 };
        let mut held = false;
        clusters(self.text.get(part).unwrap_or_default()).map(move |cluster| {
            let mut cells = shown_cells(&cluster, measure).unwrap_or(1) + std::mem::take(&mut waiting);
            let mut blank = cluster.is_blank() && cells == cluster.cells;
            let was_held = std::mem::take(&mut held);
            while let Some(added) = added.get(next).filter(|added| added.at <= from + cluster.end()) {
                cells += added.cells;
                held = true;
                blank = false;
                next += 1;
            }
            Unit { cluster: Cluster { at: begin + cluster.at, ..cluster }, cells, blank, held: was_held }
        })
    }

    /// Adds `word` to `words`, cut where it is wider than a row.
    fn close(&self, word: Option<Word>, words: &mut Vec<Word>) {
        let Some(word) = word else { return };
        if word.cells <= self.measure {
            words.push(word);
            return;
        }
        let mut part = Word { span: word.span.start..word.span.start, cells: 0, ..word };
        // The last places in the part where it is better cut than anywhere: at a blank, behind a mark.
        let (mut blank, mut mark): (Option<Cut>, Option<Cut>) = (None, None);
        for unit in self.units(word.span.start - self.from..word.span.end - self.from) {
            let (begin, end) = (self.from + unit.cluster.at, self.from + unit.cluster.end());
            if part.cells + unit.cells > self.measure && part.cells > 0 {
                let anywhere = Cut { end: begin, next: begin, cells: part.cells, blanks: 0 };
                // A mark near the beginning would leave most of the row empty.
                let mark = mark.take().filter(|mark| mark.cells * 2 >= self.measure);
                let cut = mark.into_iter().chain(blank.take()).max_by_key(|cut| cut.end).unwrap_or(anywhere);
                let left = part.cells - cut.cells - cut.blanks;
                words.push(Word { span: part.span.start..cut.end, cells: cut.cells, blanks: cut.blanks, joined: true });
                part = Word { span: cut.next..begin, cells: left, ..word };
            }
            if unit.blank && part.cells > 0 {
                blank = Some(Cut { end: begin, next: end, cells: part.cells, blanks: unit.cells });
            }
            part.cells += unit.cells;
            part.span.end = end;
            if matches!(unit.cluster.text, "/" | "." | "-" | "?" | "&" | "=" | "_" | "," | "+" | "#") && !unit.held {
                mark = Some(Cut { end, next: end, cells: part.cells, blanks: 0 });
            }
        }
        words.push(part);
    }
}

/// A place where a word that is wider than a row is cut.
struct Cut {
    /// Where the part before it ends, where the one behind it begins.
    end: usize,
    next: usize,
    /// The cells of the part before it, and of the blank between.
    cells: usize,
    blanks: usize,
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a range that does not fit fails the test")]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::segment::cells;

    fn set(text: &str, measure: usize) -> Vec<&str> {
        wrap(text, &[], measure).into_iter().map(|row| &text[row]).collect()
    }

    #[test]
    fn rows_are_ragged_and_even() {
        let text = "The harbour board and the dockers’ union signed a pay agreement on Friday that both had called \
                    “impossible” in September. It raises wages by nine per cent over four years.";
        assert_eq!(
            set(text, 36),
            [
                "The harbour board and the dockers’",
                "union signed a pay agreement",
                "on Friday that both had called",
                "“impossible” in September. It",
                "raises wages by nine per cent over",
                "four years.",
            ]
        );
    }

    #[test]
    fn words_wider_than_a_row_are_cut() {
        let table: &[(&str, usize, &[&str])] = &[
            (
                "see https://harbour.example/deal/2026/pay?year=4",
                16,
                &["see https://", "harbour.example/", "deal/2026/pay?", "year=4"],
            ),
            ("Donaudampfschifffahrt", 8, &["Donaudam", "pfschiff", "fahrt"]),
            ("日本語の文", 4, &["日本", "語の", "文"]),
            ("日本", 1, &["日", "本"]),
            ("a\n\n b  c \n", 1, &["a", "", "b", "c", ""]),
            ("e\u{301}e\u{301}", 1, &["e\u{301}", "e\u{301}"]),
            ("", 5, &[""]),
        ];
        for (text, measure, expected) in table {
            assert_eq!(set(text, *measure), *expected, "{text:?} in {measure}");
        }
    }

    #[test]
    fn what_is_added_takes_its_cells_and_stays_with_its_word() {
        let text = "to be public. Shares closed";
        let row = |added: &[Added]| wrap(text, added, 14).into_iter().map(|row| &text[row]).collect::<Vec<_>>();
        assert_eq!(row(&[]), ["to be public.", "Shares closed"]);
        assert_eq!(row(&[Added { at: 13, cells: 1 }]), ["to be public.", "Shares closed"]);
        assert_eq!(row(&[Added { at: 13, cells: 2 }]), ["to be", "public.", "Shares closed"]);
        assert_eq!(widest_word(text, &[Added { at: 12, cells: 3 }]), 10);
    }

    fn wild() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            4 => "[a-z]{1,12}",
            4 => Just(" ".to_owned()),
            1 => "[0-9.,]{1,5} (km|million|%)",
            1 => "(Mr\\.|No\\.|—|…|–|\\. \\. \\.) ?",
            1 => "https://[a-z]{1,20}/[a-z./?&=-]{0,40}",
            1 => "[日本語ｶﾞ한글ไทย]{1,8}",
            1 => "(👩\u{200D}🚀|🇫🇷|é|e\u{301}|\u{200B}|\u{A0}|\u{600}|क्ष|\u{1F3FB}){1,4}",
            1 => any::<char>().prop_map(String::from),
            1 => Just("\n".to_owned()),
        ];
        prop::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

        #[test]
        fn no_row_is_too_wide_and_only_white_space_is_dropped(text in wild(), measure in 1..=120usize) {
            let rows = wrap(&text, &[], measure);
            let mut at = 0;
            for row in &rows {
                prop_assert!(text[at..row.start].chars().all(char::is_whitespace), "lost before {row:?}");
                at = row.end;
                let shown: usize = clusters(&text[row.clone()]).map(|c| shown_cells(&c, measure).unwrap_or(1)).sum();
                prop_assert!(shown <= measure, "{:?} in {measure}", &text[row.clone()]);
                prop_assert!(!text[row.clone()].contains('\n'));
            }
            prop_assert!(text[at..].chars().all(char::is_whitespace));
        }

        #[test]
        fn no_row_could_take_the_next_word_in_vain(text in "([a-z]{1,9} ){1,60}", measure in 9..40usize) {
            // The best paragraph has no more rows than the greedy one.
            let mut greedy = 1;
            let mut used = 0;
            for word in text.split_whitespace() {
                if used > 0 && used + 1 + cells(word) > measure {
                    greedy += 1;
                    used = 0;
                }
                used += cells(word) + usize::from(used > 0);
            }
            prop_assert!(wrap(&text, &[], measure).len() <= greedy + 1);
        }
    }
}
