//! Words put into rows so that the whole paragraph is as even as it can be. Knows cells, not text.
//!
//! The optimal line breaking of Knuth and Plass (1981) with the costs below, exact and without hyphenation: the best way
//! to set the first words of a paragraph is the best one of fewer words and one more row. A row holds few words, so
//! trying all its beginnings takes time in proportion to the text.

use std::ops::Range;

/// A stretch of cells without a break, and the blanks behind it.
#[derive(Clone, Copy, Debug)]
pub struct Stretch {
    /// Cells; no more than the measure.
    pub cells: usize,
    pub blanks: usize,
    /// A row that ends with it breaks a word.
    pub breaks_word: bool,
}

/// What counts against a paragraph: the square of the empty cells of each row but the last, and
/// a row more, as much as about 30 empty cells in one row;
const ROW: usize = 1000;
/// a last row of a single word shorter than this part of the measure, as much as 15 empty cells;
const SHORT_PART: usize = 4;
const SHORT_LAST: usize = 225;
/// a break inside a word, as much as 8 empty cells.
const BROKEN_WORD: usize = 64;

/// The most words of a row: words without cells would else make one row of a whole text, tried again for each of them.
const MOST_WORDS: usize = 1000;

/// The best way so far to set the words before a place.
#[derive(Clone, Copy)]
struct Best {
    cost: usize,
    /// Where its last row begins.
    from: usize,
}

/// The words of each row, in order, none wider than `measure` cells. Where two ways are as good, the later rows are fuller.
#[must_use]
pub fn fit(words: &[Stretch], measure: usize) -> Vec<Range<usize>> {
    // `bests[n]` is for the first `n` words.
    let mut bests = Vec::with_capacity(words.len() + 1);
    bests.push(Best { cost: 0, from: 0 });
    for (at, last) in words.iter().enumerate() {
        let ends = at + 1 == words.len();
        let mut best: Option<Best> = None;
        let mut cells = 0;
        let behind = words.get(..=at).unwrap_or_default().iter().zip(&bests).enumerate().rev().take(MOST_WORDS);
        for (from, (word, before)) in behind {
            cells += if from == at { word.cells } else { word.cells + word.blanks };
            if cells > measure && from < at {
                break;
            }
            let empty = measure.saturating_sub(cells);
            let row = match ends {
                false => empty * empty,
                true if from == at && cells * SHORT_PART < measure => SHORT_LAST,
                true => 0,
            };
            let cost = before.cost + ROW + row;
            if best.is_none_or(|best| cost <= best.cost) {
                best = Some(Best { cost, from });
            }
        }
        let broken = if last.breaks_word { BROKEN_WORD } else { 0 };
        bests.extend(best.map(|best| Best { cost: best.cost + broken, ..best }));
    }
    let mut rows = Vec::new();
    let mut end = words.len();
    while let Some(best) = bests.get(end).filter(|_| end > 0) {
        rows.push(best.from..end);
        end = best.from;
    }
    rows.reverse();
    rows
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cost(words: &[Stretch], rows: &[Range<usize>], measure: usize) -> usize {
        let of = |row: &Range<usize>| {
            let inner = &words[row.clone()];
            let blanks: usize = inner[..inner.len() - 1].iter().map(|word| word.blanks).sum();
            let cells = inner.iter().map(|word| word.cells).sum::<usize>() + blanks;
            assert!(cells <= measure, "{row:?} is too wide");
            let last = row.end == words.len();
            let short = last && inner.len() == 1 && cells * SHORT_PART < measure;
            let empty = if last { 0 } else { (measure - cells).pow(2) };
            ROW + empty
                + if short { SHORT_LAST } else { 0 }
                + if inner[inner.len() - 1].breaks_word { BROKEN_WORD } else { 0 }
        };
        rows.iter().map(of).sum()
    }

    /// Every way to set `words`, by whether a row ends behind each but the last.
    fn cheapest(words: &[Stretch], measure: usize) -> usize {
        let fits = |row: &Range<usize>| {
            let inner = &words[row.clone()];
            let blanks: usize = inner[..inner.len() - 1].iter().map(|word| word.blanks).sum();
            inner.iter().map(|word| word.cells).sum::<usize>() + blanks <= measure
        };
        let ways = (0..1_u32 << (words.len() - 1)).filter_map(|ends| {
            let mut rows = Vec::new();
            let mut from = 0;
            for at in 1..=words.len() {
                if at == words.len() || ends >> (at - 1) & 1 == 1 {
                    rows.push(from..at);
                    from = at;
                }
            }
            rows.iter().all(fits).then(|| cost(words, &rows, measure))
        });
        ways.min().expect("each word has a row of its own")
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

        #[test]
        fn no_other_way_to_set_the_words_is_better(
            words in prop::collection::vec((0..=8_usize, 0..3_usize, any::<bool>()), 1..11),
            measure in 8..30_usize,
        ) {
            let words: Vec<Stretch> = words
                .into_iter()
                .map(|(cells, blanks, breaks_word)| Stretch { cells, blanks, breaks_word })
                .collect();
            let rows = fit(&words, measure);
            let in_order: Vec<usize> = rows.iter().cloned().flatten().collect();
            prop_assert_eq!(in_order, (0..words.len()).collect::<Vec<_>>());
            prop_assert_eq!(cost(&words, &rows, measure), cheapest(&words, measure));
        }
    }

    #[test]
    fn nothing_has_no_rows_and_words_without_cells_do_not_cost_their_square() {
        assert!(fit(&[], 10).is_empty());
        let nothing = Stretch { cells: 0, blanks: 0, breaks_word: false };
        assert_eq!(fit(&vec![nothing; 50_000], 10).len(), 50);
    }
}
