//! Words in common that are no help: single ones between longer changes, which would tear a new sentence into pieces of the
//! old one. As in the “semantic cleanup” of Neil Fraser’s diff-match-patch, they become part of the change.

use std::ops::Range;

use super::align::Same;
use super::leaves::Word;

/// More words and marks than this are always worth showing as kept.
const MOST: usize = 6;

/// What changed on either side has to be so many times as long as a crumb.
const HEAVY: u64 = 2;

/// The bytes up to each word, so that those of any stretch are known at once.
struct Weights(Vec<u64>);

impl Weights {
    fn new(words: &[Word]) -> Self {
        let mut sum = 0;
        let sums = words.iter().map(|word| {
            sum += u64::from(word.end - word.start);
            sum
        });
        Self(std::iter::once(0).chain(sums).collect())
    }

    fn of(&self, words: Range<usize>) -> u64 {
        let upto = |at: usize| self.0.get(at).copied().unwrap_or_default();
        upto(words.end).saturating_sub(upto(words.start))
    }
}

/// What of `same` is worth showing as kept.
pub(super) fn without_crumbs(same: Vec<Same>, old: &[Word], new: &[Word]) -> Vec<Same> {
    let (a, b) = (Weights::new(old), Weights::new(new));
    // The larger part of what changed between two stretches.
    let between = |before: Option<&Same>, after: &Same| {
        let (x, y) = before.map_or((0, 0), |before| (before.old_end(), before.new_end()));
        a.of(x..after.old).max(b.of(y..after.new))
    };
    let end = Same { old: old.len(), new: new.len(), len: 0 };
    let mut kept: Vec<Same> = Vec::with_capacity(same.len() + 1);
    for next in same.into_iter().chain([end]) {
        while let Some(last) = kept.last() {
            let weight = HEAVY * a.of(last.old..last.old_end());
            let before = between(kept.len().checked_sub(2).and_then(|at| kept.get(at)), last);
            let is_crumb = last.len <= MOST && weight <= before && weight <= between(Some(last), &next);
            if !is_crumb {
                break;
            }
            kept.pop();
        }
        kept.push(next);
    }
    kept.pop();
    kept
}
