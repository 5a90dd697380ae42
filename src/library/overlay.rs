//! What the reader said about speakers, laid over what was detected. A body keeps what the engine found; whoever reads it
//! sees it through this, so that nothing that is detected again can undo what the reader said.
//!
//! First the speakers get the names that the reader gave them, then single quotations the speakers that the reader named.
//! A quotation is known again by its words, wherever they now stand; where they are gone, what was said of it waits.

use rusqlite::Connection;

use super::{correction, renaming};
use crate::error::Result;
use crate::model::{Id, Quote};
use crate::text::fold::folded_words;

/// Lays what the reader said of the article `id` over the `quotes` of its `text`.
pub fn lay(connection: &Connection, id: Id, text: &str, quotes: &mut [Quote]) -> Result<()> {
    renaming::lay(connection, id, quotes)?;
    for corrected in correction::of(connection, id)? {
        let at = find(&corrected.words, corrected.start, corrected.rank, text, quotes);
        if let Some(quote) = at.and_then(|at| quotes.get_mut(at)) {
            corrected.lay(quote);
        }
    }
    Ok(())
}

/// Which of the quotations with its words one is, from 1, and how many there are. Both are 0 where nobody counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rank {
    pub nth: u32,
    pub twins: u32,
}

impl Rank {
    /// The rank of the quotation `at` among the `quotes` of `text`.
    pub fn of(at: usize, text: &str, quotes: &[Quote]) -> Self {
        let own = quotes.get(at).map(|quote| words(text, quote));
        let twins: Vec<usize> =
            (0..).zip(quotes).filter(|(_, q)| own == Some(words(text, q))).map(|(n, _)| n).collect();
        let count = |twins: &[usize]| u32::try_from(twins.len()).unwrap_or(u32::MAX);
        Self { nth: count(twins.get(..=twins.partition_point(|n| *n < at)).unwrap_or_default()), twins: count(&twins) }
    }
}

/// Which of the `quotes` of `text` has these `words`, with the same marks if there is one. Of several it is the one of the
/// same `rank`, where they are as many as they were; else the nearest to the byte `start`.
pub fn find(words: &str, start: u32, rank: Rank, text: &str, quotes: &[Quote]) -> Option<usize> {
    let nearest = |fits: &dyn Fn(&str) -> bool| {
        let standing = quotes.iter().enumerate().filter(|(_, quote)| fits(self::words(text, quote)));
        let standing: Vec<_> = standing.map(|(at, quote)| (at, quote.span.start.abs_diff(start))).collect();
        let same = if standing.len() == rank.twins as usize { rank.nth.checked_sub(1) } else { None };
        let same = same.and_then(|nth| standing.get(nth as usize));
        same.or_else(|| standing.iter().min_by_key(|(_, away)| *away)).map(|(at, _)| *at)
    };
    nearest(&|standing| standing == words).or_else(|| {
        let wanted = folded_words(words);
        nearest(&|standing| folded_words(standing) == wanted)
    })
}

/// The words of `quote` as they stand in `text`, marks included.
pub fn words<'a>(text: &'a str, quote: &Quote) -> &'a str {
    text.get(quote.span.start as usize..quote.span.end as usize).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_is_known_again_by_its_words() {
        let text = "“Go,” he said. “Go,” she said. ‘No!’";
        let at = |words: &str, nth: usize| {
            let start = text.match_indices(words).nth(nth).unwrap().0;
            let span = u32::try_from(start).unwrap()..u32::try_from(start + words.len()).unwrap();
            Quote { span, speech: true, cue: None, source: None, speaker: None, role: None, confidence: 0.5 }
        };
        let quotes = [at("“Go,”", 0), at("“Go,”", 1), at("‘No!’", 0)];
        let table = [
            ("“Go,”", 0, (0, 0), Some(0)),
            ("“Go,”", 19, (0, 0), Some(1)),
            ("“Go,”", 0, (2, 2), Some(1)),
            ("“Go,”", 99, (1, 2), Some(0)),
            ("“Go,”", 0, (2, 3), Some(0)),
            ("\"Go\"", 9, (0, 0), Some(0)),
            ("\"Go\"", 0, (2, 2), Some(1)),
            ("“No”", 0, (1, 1), Some(2)),
            ("“Go on”", 0, (1, 1), None),
        ];
        for (words, start, (nth, twins), expected) in table {
            assert_eq!(find(words, start, Rank { nth, twins }, text, &quotes), expected, "{words} at {start}");
        }
        let ranks: Vec<_> = (0..3).map(|at| Rank::of(at, text, &quotes)).map(|rank| (rank.nth, rank.twins)).collect();
        assert_eq!(ranks, [(1, 2), (2, 2), (1, 1)]);
    }
}
