//! The place of a text that a claim fits best, word by word: an alignment of all of the claim with some of the text, with the
//! least number of words changed, added and missing (Sellers 1980, “The theory and computation of evolutionary distances”).
//! What an ellipsis, a bracket or an interruption accounts for costs next to nothing.

use super::tokens::Token;

/// The cost of a word that is missing in the claim.
const EDIT: u32 = 256;

/// The cost of a word changed. Two of them cost more than a word added and one missing, so that the words between, which are the same,
/// are found to be so.
const CHANGED: u32 = EDIT + 2;

/// The cost of a word of the claim that is not in the text: a change is likelier.
const ADDED: u32 = EDIT + 3;

/// The cost of a word that the claim may leave out: a little, so that as few as possible are.
const SKIP: u32 = 2;

/// A part of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The claim's token of this number.
    Word(usize),
    /// An ellipsis: any words of the passage.
    Gap,
    /// The claim's tokens from the first number to before the second one: any words, or none.
    Editor(usize, usize),
}

/// A token of the text, and what a claim may do about it.
#[derive(Clone, Debug)]
pub(super) struct Ground {
    pub token: Token,
    /// The claim's word it is; `None` where it is none of them.
    pub word: Option<usize>,
    /// It interrupts the speech or is an editor's: it may be left out.
    pub aside: bool,
    /// The words on both sides stand in the same passage: an ellipsis may stand for it.
    pub inside: bool,
}

/// What becomes of one word, or of one word of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Move {
    /// Step and word of the text are the same, or not.
    Match(usize, usize),
    Change(usize, usize),
    /// A step that stands for no word of the text.
    Add(usize),
    /// A word of the text that is missing in the claim.
    Miss(usize),
    /// A word of the text that may be missing: as the part of the claim says that stands there.
    Skip(usize, usize),
}

/// How to come to a cell of the table.
#[derive(Clone, Copy, PartialEq, Eq)]
enum From {
    /// From the step before and the word before.
    Both,
    /// From the step before.
    Step,
    /// From the word before.
    Word,
}

/// How the claim's `steps` fit `ground` best: the moves in order, from the first word that counts to the last one.
/// `fits` says whether a claim's token is a token of the text.
pub(super) fn align(steps: &[Step], ground: &[Ground], fits: &dyn Fn(usize, &Ground) -> bool) -> Vec<Move> {
    let table = Table { steps, ground, fits };
    let (start, end) = table.best();
    table.moves(start, end)
}

struct Table<'a> {
    steps: &'a [Step],
    ground: &'a [Ground],
    fits: &'a dyn Fn(usize, &Ground) -> bool,
}

impl Table<'_> {
    /// The words of the text, from the first number to before the second one, that the claim fits best; the first such.
    #[expect(clippy::indexing_slicing, reason = "a column has a cell for each step and one more")]
    fn best(&self) -> (usize, usize) {
        // Column by column; each cell has its cost and the word at which its alignment begins.
        let mut column: Vec<(u32, usize)> = Vec::with_capacity(self.steps.len() + 1);
        column.push((0, 0));
        self.first_column(&mut column, 0);
        let mut best = (column.last().map_or(u32::MAX, |cell| cell.0), 0, 0);
        for (i, word) in self.ground.iter().enumerate() {
            let mut diagonal = std::mem::replace(&mut column[0], (0, i + 1));
            for (j, step) in self.steps.iter().enumerate() {
                let (left, above) = (column[j + 1], column[j]);
                let (cost, from) = self.cell(*step, j, word, diagonal.0, above.0, left.0);
                let start = match from {
                    From::Both => diagonal.1,
                    From::Step => above.1,
                    From::Word => left.1,
                };
                diagonal = left;
                column[j + 1] = (cost, start);
            }
            if let Some((cost, start)) = column.last().filter(|(cost, _)| *cost < best.0) {
                best = (*cost, *start, i + 1);
            }
        }
        (best.1, best.2)
    }

    /// Costs where no word of the text is used yet.
    fn first_column(&self, column: &mut Vec<(u32, usize)>, start: usize) {
        let mut cost = 0;
        for step in self.steps {
            cost += if matches!(step, Step::Word(_)) { ADDED } else { 0 };
            column.push((cost, start));
        }
    }

    /// The least cost of a cell, and whence: `both` is the cell of the step and the word before, `above` that of the step before,
    /// `left` that of the word before.
    fn cell(&self, step: Step, j: usize, word: &Ground, both: u32, above: u32, left: u32) -> (u32, From) {
        let skipped = match step {
            Step::Gap | Step::Editor(..) if word.inside => SKIP,
            _ if word.aside => SKIP,
            // A word behind the last step is of no use.
            _ if j + 1 == self.steps.len() => EDIT + SKIP,
            _ => EDIT,
        };
        let mut least = (left.saturating_add(skipped), From::Word);
        let (added, matched) = match step {
            Step::Word(token) => (ADDED, both + if (self.fits)(token, word) { 0 } else { CHANGED }),
            _ => (0, u32::MAX),
        };
        if above.saturating_add(added) <= least.0 {
            least = (above.saturating_add(added), From::Step);
        }
        if matched <= least.0 {
            least = (matched, From::Both);
        }
        least
    }

    /// The moves over the words from `start` to before `end`.
    #[expect(clippy::indexing_slicing, reason = "a column has a cell for each step and one more")]
    fn moves(&self, start: usize, end: usize) -> Vec<Move> {
        let ground = self.ground.get(start..end).unwrap_or_default();
        let height = self.steps.len() + 1;
        let mut column: Vec<(u32, usize)> = vec![(0, 0)];
        self.first_column(&mut column, 0);
        let mut whence = vec![From::Step; height];
        whence.reserve(height * ground.len());
        for word in ground {
            // The beginning is fixed now.
            let mut diagonal = column[0];
            column[0].0 += EDIT;
            whence.push(From::Word);
            for (j, step) in self.steps.iter().enumerate() {
                let (left, above) = (column[j + 1], column[j]);
                let (cost, from) = self.cell(*step, j, word, diagonal.0, above.0, left.0);
                diagonal = left;
                column[j + 1] = (cost, 0);
                whence.push(from);
            }
        }
        let (mut i, mut j) = (ground.len(), self.steps.len());
        let mut moves = Vec::new();
        while i > 0 || j > 0 {
            let from = whence.get(i * height + j).copied().unwrap_or(From::Step);
            match from {
                From::Both => {
                    (i, j) = (i.saturating_sub(1), j.saturating_sub(1));
                    let same = match (self.steps.get(j), ground.get(i)) {
                        (Some(Step::Word(token)), Some(word)) => (self.fits)(*token, word),
                        _ => false,
                    };
                    moves.push(if same { Move::Match(j, start + i) } else { Move::Change(j, start + i) });
                }
                From::Step => {
                    j = j.saturating_sub(1);
                    moves.push(Move::Add(j));
                }
                From::Word => {
                    i = i.saturating_sub(1);
                    let step = self.steps.get(j.saturating_sub(1));
                    let loose = matches!(step, Some(Step::Gap | Step::Editor(..)));
                    let free = ground.get(i).is_some_and(|word| word.aside || loose && word.inside);
                    moves.push(if free { Move::Skip(j.saturating_sub(1), start + i) } else { Move::Miss(start + i) });
                }
            }
        }
        moves.reverse();
        moves
    }
}
