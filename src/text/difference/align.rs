//! What two sequences have in common, in order: the paragraphs, then the words, that a text kept when it was changed.
//!
//! Ends that are the same are set aside. The shortest way from one to the other is found as Myers 1986 does (“An O(ND)
//! Difference Algorithm and Its Variations”, the greedy one), while that takes no more steps than the length allows. Where
//! it takes more, what stands exactly once in each holds the two together (Bram Cohen’s patience diff), and what lies between
//! is compared in the same way, a few levels deep; what then has nothing in common has changed. So the time grows with the
//! length and never with its square, and the memory too.

use std::ops::Range;

use crate::text::layout::place;

/// Items taken out and added that the shortest way may have: its memory grows with the square of them.
const MOST_EDITS: usize = 1_000;

/// Steps of the search for it, for each item compared.
const STEPS_AN_ITEM: usize = 16;

/// Steps that are always worth it.
const FEW_STEPS: usize = 4_096;

/// How often a stretch is divided.
const MOST_LEVELS: u32 = 6;

/// A stretch that both have: `len` items, from `old` on in the one and from `new` on in the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Same {
    pub old: usize,
    pub new: usize,
    pub len: usize,
}

impl Same {
    pub fn old_end(&self) -> usize {
        self.old + self.len
    }

    pub fn new_end(&self) -> usize {
        self.new + self.len
    }
}

/// Two stretches to be compared, and how often what they are part of was divided.
struct Stretch {
    old: Range<usize>,
    new: Range<usize>,
    level: u32,
}

/// What `old` and `new` have in common: in order, apart from each other, each as long as it can be.
pub(super) fn same(old: &[u32], new: &[u32]) -> Vec<Same> {
    let mut once = Once::new(old, new);
    let mut found = Vec::new();
    let mut waiting = vec![Stretch { old: 0..old.len(), new: 0..new.len(), level: 0 }];
    while let Some(stretch) = waiting.pop() {
        let (a, b) = (part(old, &stretch.old), part(new, &stretch.new));
        let head = common(a.iter(), b.iter());
        let tail = common(part(a, &(head..a.len())).iter().rev(), part(b, &(head..b.len())).iter().rev());
        let (from, to) = (stretch.old.start + head, stretch.new.start + head);
        let (a, b) = (part(a, &(head..a.len() - tail)), part(b, &(head..b.len() - tail)));
        found.push(Same { old: stretch.old.start, new: stretch.new.start, len: head });
        found.push(Same { old: from + a.len(), new: to + b.len(), len: tail });
        if a.is_empty() || b.is_empty() {
            continue;
        }
        if let Some(path) = shortest(a, b) {
            found.extend(path.into_iter().map(|same| Same { old: from + same.old, new: to + same.new, ..same }));
        } else if stretch.level < MOST_LEVELS {
            let mut behind = (from, to);
            let anchors = once.in_both(a, b);
            let ends = anchors.iter().map(|(x, y)| (from + x, to + y)).chain([(from + a.len(), to + b.len())]);
            for (x, y) in ends.filter(|_| !anchors.is_empty()) {
                // An anchor is found again as the common head of what begins with it.
                waiting.push(Stretch { old: behind.0..x, new: behind.1..y, level: stretch.level + 1 });
                behind = (x, y);
            }
        }
    }
    found.retain(|same| same.len > 0);
    found.sort_unstable_by_key(|same| same.old);
    joined(found)
}

/// Stretches that follow each other on both sides are one.
fn joined(found: Vec<Same>) -> Vec<Same> {
    let mut all: Vec<Same> = Vec::with_capacity(found.len());
    for same in found {
        match all.last_mut() {
            Some(last) if last.old_end() == same.old && last.new_end() == same.new => last.len += same.len,
            _ => all.push(same),
        }
    }
    all
}

fn part<'a>(items: &'a [u32], range: &Range<usize>) -> &'a [u32] {
    items.get(range.clone()).unwrap_or_default()
}

/// How many items two sequences begin with in common.
fn common<'a>(a: impl Iterator<Item = &'a u32>, b: impl Iterator<Item = &'a u32>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
}

/// The stretches in common on a shortest way from `a` to `b`; `None` where it takes too many edits or steps.
#[expect(clippy::indexing_slicing, reason = "a row has a place for each diagonal up to its number of edits")]
fn shortest(a: &[u32], b: &[u32]) -> Option<Vec<Same>> {
    let mut steps = ((a.len() + b.len()) * STEPS_AN_ITEM).max(FEW_STEPS);
    // For each number of edits, how far the way comes in `a` on the diagonals -edits, -edits + 2, … edits.
    let mut rows: Vec<Vec<usize>> = Vec::new();
    for edits in 0..=MOST_EDITS {
        let mut row: Vec<usize> = Vec::with_capacity(edits + 1);
        for at in 0..=edits {
            let mut x = match rows.last() {
                None => 0,
                Some(before) if at == 0 || at < edits && before[at - 1] < before[at] => before[at],
                Some(before) => before[at - 1] + 1,
            };
            // Beyond the end of `b` there is nothing, and the way never leads there.
            let y = (x + edits).saturating_sub(2 * at);
            let run = common(part(a, &(x..a.len())).iter(), part(b, &(y..b.len())).iter());
            x += run;
            steps = steps.checked_sub(run + 1)?;
            row.push(x);
            if x >= a.len() && y + run >= b.len() {
                rows.push(row);
                return Some(way(&rows, at));
            }
        }
        rows.push(row);
    }
    None
}

/// The way that ends at place `at` of the last row, from its beginning.
#[expect(clippy::indexing_slicing, reason = "as in the rows that it follows back")]
fn way(rows: &[Vec<usize>], mut at: usize) -> Vec<Same> {
    let mut found = Vec::new();
    for (edits, row) in rows.iter().enumerate().rev() {
        let end = row[at];
        let start = match edits.checked_sub(1).map(|before| &rows[before]) {
            None => 0,
            Some(before) if at == 0 || at < edits && before[at - 1] < before[at] => before[at],
            Some(before) => before[at - 1] + 1,
        };
        found.push(Same { old: start, new: (start + edits).saturating_sub(2 * at), len: end - start });
        if let Some(before) = edits.checked_sub(1).map(|before| &rows[before]) {
            let down = at == 0 || at < edits && before[at - 1] < before[at];
            at = if down { at } else { at - 1 };
        }
    }
    found.reverse();
    found.retain(|same| same.len > 0);
    found
}

/// Finds what stands exactly once in each of two stretches.
struct Once {
    /// For each item how often it stands in either, up to twice, and where.
    seen: Vec<[(u8, u32); 2]>,
}

impl Once {
    fn new(old: &[u32], new: &[u32]) -> Self {
        let most = old.iter().chain(new).max().map_or(0, |most| *most as usize + 1);
        Self { seen: vec![[(0, 0); 2]; most] }
    }

    /// The places of what stands once in `a` and once in `b`, rising in both: as many as there can be.
    fn in_both(&mut self, a: &[u32], b: &[u32]) -> Vec<(usize, usize)> {
        for (side, items) in [a, b].into_iter().enumerate() {
            for (at, item) in items.iter().enumerate() {
                if let Some(seen) = self.seen.get_mut(*item as usize).and_then(|seen| seen.get_mut(side)) {
                    *seen = (seen.0.saturating_add(1).min(2), place(at));
                }
            }
        }
        let seen = |item: &u32| self.seen.get(*item as usize).copied().unwrap_or_default();
        let pairs: Vec<(usize, usize)> = a
            .iter()
            .map(seen)
            .filter_map(|[old, new]| (old.0 == 1 && new.0 == 1).then_some((old.1 as usize, new.1 as usize)))
            .collect();
        for item in a.iter().chain(b) {
            self.seen.get_mut(*item as usize).into_iter().for_each(|seen| *seen = Default::default());
        }
        rising(&pairs)
    }
}

/// The longest part of `pairs`, whose first places rise, whose second places rise too (as patience sorting finds it).
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let second = |at: &usize| pairs.get(*at).map_or(0, |pair| pair.1);
    // The pair that ends the best part of each length, and for each pair the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| second(end) < pair.1);
        before.push(length.checked_sub(1).and_then(|shorter| ends.get(shorter).copied()));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut found = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied();
    while let Some(now) = at {
        found.extend(pairs.get(now).copied());
        at = before.get(now).copied().flatten();
    }
    found.reverse();
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn items(text: &str) -> Vec<u32> {
        text.chars().map(u32::from).collect()
    }

    fn kept(old: &str, new: &str) -> String {
        let (a, chars) = (items(old), old.chars().collect::<Vec<_>>());
        let found = same(&a, &items(new));
        found
            .iter()
            .map(|same| chars[same.old..same.old_end()].iter().collect::<String>())
            .collect::<Vec<_>>()
            .join("|")
    }

    #[test]
    fn the_longest_common_part_is_found() {
        let table = [
            ("", "", ""),
            ("abc", "", ""),
            ("", "abc", ""),
            ("abc", "abc", "abc"),
            ("abcabba", "cbabac", "b|ab|a"),
            ("abxcd", "abycd", "ab|cd"),
            ("abcd", "cdab", "ab"),
            ("xabcy", "abc", "abc"),
        ];
        for (old, new, expected) in table {
            let found = kept(old, new);
            let length = |text: &str| text.replace('|', "").len();
            assert_eq!(length(&found), length(expected), "{old} {new}: {found}");
        }
    }

    #[test]
    fn what_is_rising_is_found() {
        assert_eq!(rising(&[(0, 3), (1, 0), (2, 1), (3, 4), (4, 2)]), [(1, 0), (2, 1), (4, 2)]);
        assert_eq!(rising(&[]), []);
    }

    #[test]
    fn what_takes_too_many_edits_is_held_together_by_what_stands_once() {
        // Each third item is another one: more edits than the shortest way may have.
        let old: Vec<u32> = (0..9_000).collect();
        let new: Vec<u32> = (0..9_000).map(|n| if n % 3 == 0 { n + 100_000 } else { n }).collect();
        let common: usize = same(&old, &new).iter().map(|same| same.len).sum();
        assert_eq!(common, 6_000);
    }

    #[test]
    fn what_repeats_without_end_is_compared_in_bounded_steps() {
        let old: Vec<u32> = (0..200_000).map(|n| n % 2).collect();
        let new: Vec<u32> = (0..200_000).map(|n| (n / 3) % 2).collect();
        sound(&old, &new);
    }

    fn sound(old: &[u32], new: &[u32]) {
        let (mut a, mut b) = (0, 0);
        for same in same(old, new) {
            assert!(same.len > 0 && same.old >= a && same.new >= b, "{same:?}");
            assert_eq!(old[same.old..same.old_end()], new[same.new..same.new_end()]);
            (a, b) = (same.old_end(), same.new_end());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

        #[test]
        fn what_is_found_stands_in_both_and_is_as_long_as_it_can_be(
            old in prop::collection::vec(0..5u32, 0..30), new in prop::collection::vec(0..5u32, 0..30),
        ) {
            sound(&old, &new);
            let found: usize = same(&old, &new).iter().map(|same| same.len).sum();
            let mut row = vec![0; new.len() + 1];
            for a in &old {
                let mut diagonal = 0;
                for (at, b) in new.iter().enumerate() {
                    let here = if a == b { diagonal + 1 } else { row[at + 1].max(row[at]) };
                    diagonal = std::mem::replace(&mut row[at + 1], here);
                }
            }
            prop_assert_eq!(found, row[new.len()]);
        }
    }
}
