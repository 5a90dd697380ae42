//! An alignment weighed: what is the same, what an editor may do, and what is different.

use super::align::{Ground, Move, Step};
use super::negation::negates;
use super::{Claim, Kind, Likeness, Part};
use crate::model::Span;

/// Words that an ellipsis may stand for. Beyond, it is another passage.
const MOST_LEFT_OUT: usize = 150;

/// Words that a bracket may stand for.
const MOST_REPLACED: usize = 6;

/// Weighs the `moves` by which `steps` of the claim fit the text.
pub(super) fn weigh(claim: &Claim, steps: &[Step], text: &str, ground: &[Ground], moves: &[Move]) -> Likeness {
    let mut scale = Scale { claim, steps, text, ground, parts: Vec::new(), same: 0, edits: 0, same_marks: true };
    let mut last = None;
    let mut between: Vec<Move> = Vec::new();
    for step in moves {
        match *step {
            Move::Match(j, i) => {
                let next_to = between.is_empty() && last.is_some();
                scale.settle(&between);
                between.clear();
                scale.matched(j, i, next_to);
                last = Some(i);
            }
            other => between.push(other),
        }
    }
    scale.settle(&between);
    let used = |step: &Move| match *step {
        Move::Match(_, i) | Move::Change(_, i) | Move::Miss(i) => Some(i),
        Move::Add(_) | Move::Skip(..) => None,
    };
    let bytes = |n: Option<usize>| n.and_then(|n| ground.get(n)).map(|word| word.token.span.clone());
    let (first, last) = (bytes(moves.iter().find_map(used)), bytes(moves.iter().rev().find_map(used)));
    let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let span: Span = first.zip(last).map_or(0..0, |(first, last)| byte(first.start)..byte(last.end));
    let count = |n: usize| f32::from(u16::try_from(n).unwrap_or(u16::MAX));
    let all = count(scale.same + scale.edits);
    let measure = if all > 0.0 { count(scale.same) / all } else { 0.0 };
    Likeness {
        span,
        verbatim: scale.edits == 0 && scale.same > 0,
        measure,
        same_marks: scale.same_marks,
        parts: scale.parts,
    }
}

struct Scale<'a> {
    claim: &'a Claim,
    steps: &'a [Step],
    text: &'a str,
    ground: &'a [Ground],
    parts: Vec<Part>,
    /// Words that are the same.
    same: usize,
    /// Words changed, added and missing.
    edits: usize,
    same_marks: bool,
}

impl Scale<'_> {
    /// Step `j` is the word `i`; `next_to` says that the same holds for the step and the word before.
    fn matched(&mut self, j: usize, i: usize, next_to: bool) {
        self.same += 1;
        let claimed = self.token(j).and_then(|n| self.claim.tokens.get(n));
        let printed = self.ground.get(i).map(|word| &word.token);
        if let (Some(claimed), Some(printed), true) = (claimed, printed, next_to) {
            self.same_marks &= claimed.marks == printed.marks;
        }
        let claimed = claimed.and_then(|token| self.claim.text.get(token.span.clone())).unwrap_or_default().to_owned();
        let Some(span) = printed.map(|token| token.span.clone()) else { return };
        match self.parts.last_mut() {
            Some(part) if part.kind == Kind::Same && next_to => {
                part.claimed.push(' ');
                part.claimed.push_str(&claimed);
                let start = self.ground.get(i.saturating_sub(1)).map_or(span.start, |before| before.token.span.end);
                part.printed.push_str(self.text.get(start..span.end).unwrap_or_default());
            }
            _ => {
                let printed = self.text.get(span).unwrap_or_default().to_owned();
                self.parts.push(Part { kind: Kind::Same, claimed, printed });
            }
        }
    }

    /// What stands between two words that are the same.
    fn settle(&mut self, between: &[Move]) {
        let (mut skipped, mut editor, mut gap) = (Vec::new(), Vec::new(), false);
        let mut edits: Vec<Part> = Vec::new();
        for step in between {
            match *step {
                Move::Skip(_, i) => skipped.push(i),
                Move::Add(j) => match self.steps.get(j) {
                    Some(Step::Gap) => gap = true,
                    Some(Step::Editor(from, to)) => editor.extend(*from..*to),
                    _ => push(&mut edits, Kind::Added, &self.claimed(self.token(j)), ""),
                },
                Move::Change(j, i) => {
                    push(&mut edits, Kind::Changed, &self.claimed(self.token(j)), &self.printed(i, i))
                }
                Move::Miss(i) => push(&mut edits, Kind::Missing, "", &self.printed(i, i)),
                Move::Match(..) => {}
            }
            self.edits += usize::from(matches!(*step, Move::Change(..) | Move::Miss(_)));
            if let Move::Add(j) = *step {
                self.edits += usize::from(matches!(self.steps.get(j), Some(Step::Word(_))));
            }
        }
        if !skipped.is_empty() || !editor.is_empty() {
            let part = self.allowed(&skipped, &editor, gap);
            self.parts.push(part);
        }
        self.parts.append(&mut edits);
    }

    /// The words of the text that an editor left out or replaced, and whether that is allowed.
    fn allowed(&mut self, skipped: &[usize], editor: &[usize], gap: bool) -> Part {
        let own: Vec<&str> =
            editor.iter().filter_map(|n| self.claim.tokens.get(*n)).map(|token| token.key.as_str()).collect();
        let key = |i: &usize| self.ground.get(*i).map(|word| word.token.key.as_str());
        let copied = skipped.iter().filter_map(key).eq(own.iter().copied());
        // Words of the speech itself; an interruption may be as long as it likes.
        let spoken = skipped.iter().filter(|i| self.ground.get(**i).is_some_and(|word| !word.aside)).count();
        let most = match (gap, editor.is_empty()) {
            (true, _) => MOST_LEFT_OUT,
            (false, false) => MOST_REPLACED,
            (false, true) => 0,
        };
        let lost = skipped.iter().filter(|i| self.loses(**i, skipped, gap)).count();
        let brought = own.iter().filter(|key| negates(key)).count();
        let wrong = if copied { 0 } else { spoken.saturating_sub(most) + lost.abs_diff(brought) };
        self.edits += wrong;
        let kind = match (wrong, editor.is_empty()) {
            (0, true) => Kind::Left,
            (0, false) => Kind::Editor,
            (_, true) => Kind::Missing,
            (_, false) => Kind::Changed,
        };
        let claimed: Vec<String> = editor.iter().map(|n| self.claimed(Some(*n))).collect();
        let claimed = if claimed.is_empty() { String::new() } else { format!("[{}]", claimed.join(" ")) };
        let printed = match (skipped.first(), skipped.last()) {
            (Some(first), Some(last)) => self.printed(*first, *last),
            _ => String::new(),
        };
        Part { kind, claimed, printed }
    }

    /// Whether leaving out the word `i` among the words `skipped` takes a no from a sentence that is quoted. A sentence that is left
    /// out whole takes its own with it.
    fn loses(&self, i: usize, skipped: &[usize], gap: bool) -> bool {
        let Some(word) = self.ground.get(i).filter(|word| negates(&word.token.key)) else { return false };
        if word.aside && !word.token.bracketed {
            return false;
        }
        let ends = |n: usize| self.ground.get(n).is_some_and(|word| word.token.marks.contains(['.', '!', '?', '…']));
        let (first, last) = (skipped.first().copied().unwrap_or(i), skipped.last().copied().unwrap_or(i));
        let whole = (first..=i).any(ends) && (i + 1..=last + 1).any(ends);
        !(gap && whole)
    }

    /// The claim's token that step `j` is.
    fn token(&self, j: usize) -> Option<usize> {
        match self.steps.get(j) {
            Some(Step::Word(n)) => Some(*n),
            _ => None,
        }
    }

    fn claimed(&self, token: Option<usize>) -> String {
        let token = token.and_then(|n| self.claim.tokens.get(n));
        token.and_then(|token| self.claim.text.get(token.span.clone())).unwrap_or_default().to_owned()
    }

    /// The text from the word `first` to the word `last`.
    fn printed(&self, first: usize, last: usize) -> String {
        let bytes = self.ground.get(first).zip(self.ground.get(last));
        let bytes = bytes.map(|(first, last)| first.token.span.start..last.token.span.end);
        bytes.and_then(|bytes| self.text.get(bytes)).unwrap_or_default().to_owned()
    }
}

/// Adds words to the last part where it is of the same kind.
fn push(parts: &mut Vec<Part>, kind: Kind, claimed: &str, printed: &str) {
    let join = |words: &mut String, more: &str| {
        if !words.is_empty() && !more.is_empty() {
            words.push(' ');
        }
        words.push_str(more);
    };
    match parts.last_mut() {
        Some(part) if part.kind == kind => {
            join(&mut part.claimed, claimed);
            join(&mut part.printed, printed);
        }
        _ => parts.push(Part { kind, claimed: claimed.to_owned(), printed: printed.to_owned() }),
    }
}
