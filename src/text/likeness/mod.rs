//! Whether a quotation stands in a text: to the word, nearly, or not. Pure.
//!
//! Words are compared as a careful editor would. Quotation marks of any kind, case, blanks, and the shapes of apostrophes and
//! dashes say nothing. An ellipsis stands for words left out within one passage. What stands in square brackets is the
//! editor's: it may stand for a few words, or be added. `[T]he` is “the”, and `play[ed]` a form of “play…”. What interrupts the
//! speech in print (“…,” she said, “…”) may be left out. But no word that says no may get lost in any of this.

mod align;
mod negation;
mod sharing;
mod tokens;
mod weighing;

use std::collections::HashMap;

use align::{Ground, Move, Step, align};
use sharing::shares_enough;
use tokens::{Token, tokens};

use crate::error::{Error, Result};
use crate::model::Span;
use crate::text::fold::folded_words;

/// Words that a claim may have. The work grows with words of the claim times words of the text.
pub const MOST_WORDS: usize = 500;

/// The measure from which on a quotation is called nearly the same: one word changed in four. docs/citing.md says how often
/// unrelated passages reach it.
pub const NEARLY: f32 = 0.75;

/// Words that have to be the same for anything to be nearly the same: of unrelated passages, those that are near by chance
/// have three in common.
const FEWEST_SAME: usize = 4;

/// A quotation whose place is looked for.
pub struct Claim {
    text: String,
    tokens: Vec<Token>,
    steps: Vec<Step>,
    /// The number of each different word.
    known: HashMap<String, usize>,
    /// The number of each token's word.
    numbers: Vec<usize>,
}

/// How a claim stands in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Likeness {
    /// The bytes of the text that the claim is compared with, from its first word to its last.
    pub span: Span,
    /// The words are the same.
    pub verbatim: bool,
    /// Words that are the same, of all that either has: 0 to 1.
    pub measure: f32,
    /// The marks between the words are the same too.
    pub same_marks: bool,
    /// Claim and text side by side, in order.
    pub parts: Vec<Part>,
}

/// A stretch of the claim, and what is printed there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub kind: Kind,
    /// As claimed; empty where nothing is.
    pub claimed: String,
    /// As printed; empty where nothing is.
    pub printed: String,
}

/// What a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Same,
    /// Words that may be left out: at an ellipsis, or where the speech is interrupted.
    Left,
    /// An editor's words, and those that they stand for.
    Editor,
    Changed,
    /// Claimed and not printed.
    Added,
    /// Printed and not claimed.
    Missing,
}

impl Claim {
    /// Reads a quotation.
    ///
    /// # Errors
    /// It has no words of its own, or too many.
    pub fn new(text: &str) -> Result<Self> {
        let tokens = tokens(text);
        let mut steps: Vec<Step> = Vec::new();
        for (n, token) in tokens.iter().enumerate() {
            if token.gap && n > 0 {
                steps.push(Step::Gap);
            }
            match steps.last_mut() {
                Some(Step::Editor(_, end)) if token.bracketed => *end = n + 1,
                _ if token.bracketed => steps.push(Step::Editor(n, n + 1)),
                _ => steps.push(Step::Word(n)),
            }
        }
        let words = steps.iter().filter(|step| matches!(step, Step::Word(_))).count();
        if words == 0 {
            return Err(Error::usage("there are no words to look for"));
        }
        if tokens.len() > MOST_WORDS {
            return Err(Error::usage(format!("{} words are more than a quotation has", tokens.len()))
                .hint(format!("look for up to {MOST_WORDS} words at a time")));
        }
        let mut known = HashMap::new();
        let mut numbers = Vec::with_capacity(tokens.len());
        for token in &tokens {
            let next = known.len();
            numbers.push(*known.entry(token.key.clone()).or_insert(next));
        }
        Ok(Self { text: text.to_owned(), tokens, steps, known, numbers })
    }

    /// The words that have to stand one after the other, folded as search folds them: from one ellipsis, bracket or changed
    /// word to the next.
    #[must_use]
    pub fn runs(&self) -> Vec<Vec<String>> {
        let mut runs = vec![Vec::new()];
        for step in &self.steps {
            let token = match step {
                Step::Word(n) => self.tokens.get(*n),
                _ => None,
            };
            let printed = token.and_then(|token| self.text.get(token.span.clone())).unwrap_or("[");
            match runs.last_mut() {
                Some(run) if !printed.contains('[') => run.extend(folded_words(printed)),
                _ => runs.push(Vec::new()),
            }
        }
        runs.retain(|run| !run.is_empty());
        runs
    }

    /// Whether anything can be nearly the same: it has enough words for that.
    #[must_use]
    pub fn can_be_near(&self) -> bool {
        self.tokens.len() >= FEWEST_SAME
    }

    /// Whether the claim's word `n` is `ground`.
    fn fits(&self, n: usize, ground: &Ground) -> bool {
        let Some(token) = self.tokens.get(n) else { return false };
        // The beginning of a word is enough only where it tells which word it is.
        let stem = token.stem.and_then(|stem| token.key.get(..stem)).filter(|stem| stem.chars().count() >= 3);
        ground.word.is_some() && self.numbers.get(n).copied() == ground.word
            || stem.is_some_and(|stem| ground.token.key.starts_with(stem))
    }
}

/// Where `claim` stands in `text`: word for word, else as near as it comes; `None` where that is not near. `passages` are the
/// stretches within which an ellipsis may leave words out, `asides` those that interrupt a speech; both sorted and apart.
#[must_use]
pub fn compare(claim: &Claim, text: &str, passages: &[Span], asides: &[Span]) -> Option<Likeness> {
    let ground = ground(claim, text, passages, asides);
    if let Some(at) = exact(claim, &ground) {
        let moves: Vec<Move> = (0..claim.tokens.len()).map(|n| Move::Match(n, at + n)).collect();
        let words: Vec<Step> = (0..claim.tokens.len()).map(Step::Word).collect();
        return Some(weighing::weigh(claim, &words, text, &ground, &moves));
    }
    if shares_enough(claim, &ground) { aligned(claim, text, &ground) } else { None }
}

/// Where the claim fits best, if that is near.
fn aligned(claim: &Claim, text: &str, ground: &[Ground]) -> Option<Likeness> {
    let moves = align(&claim.steps, ground, &|n, ground| claim.fits(n, ground));
    let likeness = weighing::weigh(claim, &claim.steps, text, ground, &moves);
    let same = moves.iter().filter(|step| matches!(step, Move::Match(..))).count();
    let near = likeness.measure >= NEARLY && same >= FEWEST_SAME;
    (likeness.verbatim || near).then_some(likeness)
}

fn ground(claim: &Claim, text: &str, passages: &[Span], asides: &[Span]) -> Vec<Ground> {
    let tokens = tokens(text);
    let number = |spans: &[Span], at: usize| {
        let n = spans.partition_point(|span| span.end as usize <= at);
        spans.get(n).filter(|span| span.start as usize <= at).map(|_| n)
    };
    let homes: Vec<Option<usize>> = tokens.iter().map(|token| number(passages, token.span.start)).collect();
    let inside = |n: usize| {
        let home = homes.get(n).copied().flatten();
        let same = |n: Option<usize>| n.and_then(|n| homes.get(n)).is_some_and(|other| *other == home);
        home.is_some() && same(n.checked_sub(1)) && same(n.checked_add(1))
    };
    let inside: Vec<bool> = (0..tokens.len()).map(inside).collect();
    let placed = tokens.into_iter().zip(inside);
    let ground = placed.map(|(token, inside)| Ground {
        word: claim.known.get(&token.key).copied(),
        aside: token.bracketed || number(asides, token.span.start).is_some(),
        inside,
        token,
    });
    ground.collect()
}

/// The word of the text from which on all of the claim stands, brackets and all.
fn exact(claim: &Claim, ground: &[Ground]) -> Option<usize> {
    let wanted = &claim.numbers;
    let same = |words: &[Ground]| words.iter().zip(wanted).all(|(word, wanted)| word.word == Some(*wanted));
    ground.windows(wanted.len().max(1)).position(same)
}

#[cfg(test)]
mod tests;
