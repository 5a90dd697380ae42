//! Text broken into rows: where a row may end, and which ends make the best paragraph. Rows are byte ranges of the
//! text; only the white space at a break stands in none of them.

use std::{ops::Range, sync::LazyLock};

use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed, options::LineBreakOptions};

use super::{
    fit::{Stretch, fit},
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
            let cells: Vec<Stretch> = words.iter().map(Word::stretch).collect();
            let best = fit(&cells, measure.max(1));
            rows.extend(best.into_iter().filter_map(|row| joined_span(words.get(row)?)));
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

/// Unicode's rules for line breaks; made once, since it looks its tables up.
static SEGMENTER: LazyLock<LineSegmenterBorrowed<'static>> =
    LazyLock::new(|| LineSegmenter::new_dictionary(LineBreakOptions::default()));

/// A stretch without a break, and the blanks behind it.
#[derive(Debug)]
struct Word {
    span: Range<usize>,
    cells: usize,
    blanks: usize,
    /// It ends in a character of a word: without blanks behind it, a row that ends with it breaks a word.
    joined: bool,
}

impl Word {
    fn stretch(&self) -> Stretch {
        Stretch { cells: self.cells, blanks: self.blanks, breaks_word: self.joined && self.blanks == 0 }
    }
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

/// A mark that clings to the letters on both its sides (UAX 14: class IS).
fn is_point(byte: u8) -> bool {
    matches!(byte, b'.' | b',' | b':' | b';')
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
        let mut word: Option<Word> = None;
        let mut begin = 0;
        while begin < self.text.len() {
            let (end, is_plain) = self.part(begin);
            if begin > 0 && may_break(self.text, begin) {
                self.close(word.take(), words);
            }
            if is_plain {
                // A blank at its end, and a cell for every byte before it.
                let place = self.from + begin;
                let word = word.get_or_insert(Word { span: place..place, cells: 0, blanks: 0, joined: true });
                word.cells += word.blanks + (end - begin - 1);
                word.span.end = self.from + end - 1;
                (word.blanks, word.joined) = (1, true);
            } else {
                self.collect_part(begin..end, &mut word, words);
            }
            begin = end;
        }
        self.close(word, words);
    }

    /// Where the part of the line that begins at `begin` ends, and whether it is plain: nothing but letters, perhaps with
    /// full stops, commas and colons behind them, and one blank.
    ///
    /// Behind a letter or one of these marks, a blank and before a letter there always is a break by Unicode's rules
    /// (UAX 14: LB18, and no rule before it speaks of these), and what stands on one side of it decides nothing on the
    /// other. Between letters and such marks there is none (LB13, LB28, LB29). With `added` the line is one part.
    fn part(&self, begin: usize) -> (usize, bool) {
        let bytes = self.text.as_bytes();
        if !self.added.is_empty() {
            return (bytes.len(), false);
        }
        let is_letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
        let is_plain = |at: usize| bytes.get(at).is_some_and(|byte| byte.is_ascii_alphabetic() || is_point(*byte));
        let mut run = begin;
        while is_plain(run) {
            run += 1;
        }
        if is_letter(begin) && bytes.get(run) == Some(&b' ') && is_letter(run + 1) {
            return (run + 1, true);
        }
        let blanks = memchr::memchr_iter(b' ', bytes.get(run..).unwrap_or_default()).map(|blank| run + blank);
        let is_break = |blank: &usize| *blank > begin && is_plain(blank - 1) && is_letter(blank + 1);
        (blanks.into_iter().find(is_break).map_or(bytes.len(), |blank| blank + 1), false)
    }

    /// The words of a part of the line, the first of which goes on with `word`, the last of which stays in it.
    fn collect_part(&self, part: Range<usize>, word: &mut Option<Word>, words: &mut Vec<Word>) {
        let mut breaks = SEGMENTER.segment_str(self.text.get(part.clone()).unwrap_or_default()).peekable();
        for unit in self.units(part.clone()) {
            let at = unit.cluster.at;
            // A break inside a cluster is none.
            while breaks.next_if(|next| part.start + *next < at).is_some() {}
            let is_break = at > part.start && breaks.peek() == Some(&(at - part.start));
            if is_break && !unit.held && may_break(self.text, at) {
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
            // Twice where what is left behind a blank and the wide cluster that comes do not fit one row either.
            while part.cells + unit.cells > self.measure && part.cells > 0 {
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
            ("aaaa \u{FEFF}é\u{600}\u{600}a", 3, &["aaa", "a \u{FEFF}é", "\u{600}\u{600}a"]),
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
        fn a_line_taken_in_parts_is_broken_where_the_whole_one_is(
            text in "([a-z]{1,9}[.,:;]{0,2}|[A-Za-z’“” .,:;!?()0-9/%-]{1,6}|é|日本|\u{301}|\u{A0}|—)( ([a-z]|Mr\\. ?|per |“)?| {2}|){0,12}",
            more in wild(),
            measure in 1..=40usize,
        ) {
            let text = format!("{text}{more}");
            // Something without cells behind the end changes nothing but that the line is taken as a whole.
            let nothing = [Added { at: text.len() + 1, cells: 0 }];
            prop_assert_eq!(wrap(&text, &[], measure), wrap(&text, &nothing, measure));
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
