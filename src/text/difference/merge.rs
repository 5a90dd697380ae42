//! The merged text: block by block, word by word, with what was removed before what stands in its place.

use std::borrow::Cow;

use super::align::{Same, same};
use super::crumbs::without_crumbs;
use super::leaves::{BREAK, Leaf, Numbers, Word, is_word, leaves};
use super::{Change, Changed, Difference, Marks, Version};
use crate::model::{Block, BlockKind, Document, Span};
use crate::text::fold::is_unspaced;
use crate::text::layout::place;

/// Stands where two paragraphs became one, or one became two.
const PILCROW: &str = "¶";

/// The merged text, and where each text is in it.
pub(super) struct Merged {
    pub difference: Difference,
    pub old: Places,
    pub new: Places,
}

/// Where stretches of a text are in the merged one, in order.
#[derive(Default)]
pub(super) struct Places(Vec<Place>);

struct Place {
    span: Span,
    /// Of the merged text; as long, but for the shape of marks.
    at: Span,
}

impl Places {
    /// Where `span` of the text is, with all that stands between its first and its last word; `None` where none of it is.
    pub fn of(&self, span: &Span) -> Option<Span> {
        let first = self.0.partition_point(|place| place.span.end <= span.start);
        let last = self.0.partition_point(|place| place.span.start < span.end).checked_sub(1)?;
        let (first, last) = (self.0.get(first)?, self.0.get(last)?);
        let start = first.upto(span.start.saturating_sub(first.span.start)).unwrap_or(first.at.start);
        let end = last.upto(span.end.min(last.span.end) - last.span.start).unwrap_or(last.at.end);
        (start < end).then_some(start..end)
    }

    /// The words `span` of the text are at `at`. Words with as much between them in both are one stretch.
    fn push(&mut self, span: Span, at: Span) {
        let as_long = |place: &Place| place.upto(0).is_some();
        let next = Place { span, at };
        match self.0.last_mut() {
            Some(last) if as_long(last) && as_long(&next) && last.shift() == next.shift() => {
                (last.span.end, last.at.end) = (next.span.end, next.at.end);
            }
            _ => self.0.push(next),
        }
    }
}

impl Place {
    /// How far behind its place in the text it is in the merged one.
    fn shift(&self) -> i64 {
        i64::from(self.at.start) - i64::from(self.span.start)
    }

    /// The place behind its first `bytes`, where that can be told.
    fn upto(&self, bytes: u32) -> Option<u32> {
        let as_long = self.span.end - self.span.start == self.at.end - self.at.start;
        as_long.then_some(self.at.start + bytes)
    }
}

/// A word or break of the merged text, with its number in the texts that have it.
#[derive(Clone, Copy)]
enum Part {
    Same(u32, u32),
    Removed(u32),
    Added(u32),
}

impl Part {
    fn changed(self) -> Changed {
        match self {
            Self::Same(..) => Changed::No,
            Self::Removed(_) => Changed::Removed,
            Self::Added(_) => Changed::Added,
        }
    }
}

/// Two versions between leaves that they have in common.
struct Sides<'a> {
    old: &'a [Leaf<'a>],
    new: &'a [Leaf<'a>],
    old_words: Vec<Word>,
    new_words: Vec<Word>,
}

/// What one block of the merged text is made of.
#[derive(Default)]
struct Piece {
    parts: Vec<Part>,
}

impl Piece {
    fn has(&self, kind: Changed) -> bool {
        self.parts.iter().any(|part| part.changed() == kind)
    }

    /// The parts that are not of this kind.
    fn without(&self, kind: Changed) -> Self {
        Self { parts: self.parts.iter().copied().filter(|part| part.changed() != kind).collect() }
    }
}

/// Sets `old` and `new` in one.
pub(super) fn merge(old: &Version, new: &Version, marks: Marks) -> Merged {
    let (old, new) = (leaves(old), leaves(new));
    let mut numbers = Numbers::default();
    let [a, b] =
        [&old, &new].map(|leaves| leaves.iter().map(|leaf| numbers.of(Cow::Borrowed(leaf.text))).collect::<Vec<u32>>());
    let mut merger = Merger::new(marks);
    let mut behind = (0, 0);
    let mut words = Numbers::default();
    let end = Same { old: old.len(), new: new.len(), len: 0 };
    for kept in same(&a, &b).into_iter().chain([end]) {
        let [was, is] = [old.get(behind.0..kept.old), new.get(behind.1..kept.new)].map(Option::unwrap_or_default);
        if !was.is_empty() || !is.is_empty() {
            let (old_words, new_words) = (words.words(was, behind.0), words.words(is, behind.1));
            merger.between(&Sides { old: &old, new: &new, old_words, new_words });
        }
        for at in 0..kept.len {
            if let (Some(was), Some(is)) = (old.get(kept.old + at), new.get(kept.new + at)) {
                merger.unchanged(was, is);
            }
        }
        behind = (kept.old_end(), kept.new_end());
    }
    merger.finish()
}

/// Puts the merged text together.
struct Merger {
    marks: Marks,
    text: String,
    blocks: Vec<Block>,
    merged: Merged,
    /// The change that is being written: what it is, and where it begins.
    open: (Changed, usize),
    /// Something was kept since the last change.
    kept: bool,
    /// The last character of the block, but for marks of changes.
    last: Option<char>,
}

impl Merger {
    fn new(marks: Marks) -> Self {
        let merged = Merged { difference: Difference::default(), old: Places::default(), new: Places::default() };
        Self { marks, text: String::new(), blocks: Vec::new(), merged, open: (Changed::No, 0), kept: true, last: None }
    }

    fn finish(self) -> Merged {
        let Self { text, blocks, mut merged, .. } = self;
        merged.difference.document = Document::from_parts(text, blocks, Vec::new(), Vec::new()).unwrap_or_default();
        merged
    }

    /// Begins the block that `leaf` is.
    fn begin(&mut self, leaf: &Leaf) {
        if !self.blocks.is_empty() {
            self.text.push_str("\n\n");
        }
        let at = place(self.text.len());
        self.blocks.push(match leaf.block {
            Some(block) => Block { span: at..at, ..block.clone() },
            None => Block { span: at..at, kind: BlockKind::Heading(1), within: Vec::new(), tight: false },
        });
    }

    fn end(&mut self) {
        self.turn(Changed::No);
        if let Some(block) = self.blocks.last_mut() {
            block.span.end = place(self.text.len());
        }
    }

    fn unchanged(&mut self, was: &Leaf, is: &Leaf) {
        self.begin(is);
        let at = place(self.text.len());
        self.text.push_str(is.text);
        let at = at..place(self.text.len());
        for (leaf, places) in [(was, &mut self.merged.old), (is, &mut self.merged.new)] {
            if let Some(block) = leaf.block {
                places.push(block.span.start..block.span.start + (at.end - at.start), at.clone());
            }
        }
        self.kept = true;
        self.end();
    }

    /// The blocks between two that are the same in both.
    fn between(&mut self, sides: &Sides) {
        for mut piece in pieces(sides) {
            if piece.has(Changed::No) || !(piece.has(Changed::Removed) && piece.has(Changed::Added)) {
                self.piece(&mut piece, sides);
            } else {
                // Nothing is left of the old paragraph: the new one stands below it.
                self.piece(&mut piece.without(Changed::Added), sides);
                self.piece(&mut piece.without(Changed::Removed), sides);
            }
        }
    }

    fn piece(&mut self, piece: &mut Piece, sides: &Sides) {
        let is_word = |part: &&Part| sides.word(**part).is_some_and(|(word, _)| word.number != BREAK);
        let words = || piece.parts.iter().filter(is_word);
        let newest = words().find(|part| part.changed() != Changed::Removed).or_else(|| words().next());
        let Some((_, leaf)) = newest.and_then(|part| sides.word(*part)) else { return };
        self.begin(leaf);
        self.last = None;
        for part in &piece.parts {
            self.part(*part, sides);
        }
        self.end();
    }

    /// Writes a part of a block.
    fn part(&mut self, part: Part, sides: &Sides) {
        let Some((word, leaf)) = sides.word(part) else { return };
        let shown = if word.number == BREAK {
            PILCROW
        } else {
            leaf.text.get(word.start as usize..word.end as usize).unwrap_or_default()
        };
        let kind = part.changed();
        let glue = if self.last.is_none() { "" } else { sides.glue(part) };
        if kind == self.open.0 {
            self.text.push_str(glue);
        } else {
            self.turn(kind);
            // What stands in another text's place may follow it without a blank of its own.
            let glue = if glue.is_empty() && self.runs_into(shown) { " " } else { glue };
            self.text.push_str(glue);
            self.begin_change(kind);
        }
        let at = place(self.text.len());
        self.text.push_str(shown);
        self.last = shown.chars().next_back();
        let at = at..place(self.text.len());
        if word.number != BREAK {
            let merged = &mut self.merged;
            for (side, places) in [(sides.old_word(part), &mut merged.old), (sides.new_word(part), &mut merged.new)] {
                if let Some((word, leaf)) = side
                    && let Some(block) = leaf.block
                {
                    places.push(block.span.start + word.start..block.span.start + word.end, at.clone());
                }
            }
            let count = usize::from(is_word(shown));
            match kind {
                Changed::Removed => self.merged.difference.removed += count,
                Changed::Added => self.merged.difference.added += count,
                Changed::No => self.kept |= count > 0,
            }
        }
    }

    /// Whether `shown` would run into the word before it.
    fn runs_into(&self, shown: &str) -> bool {
        let (Some(before), Some(next)) = (self.last, shown.chars().next()) else { return false };
        let ends = before.is_alphanumeric() || matches!(before, '.' | '?' | '!' | '…' | ')' | ']' | '”' | '’' | '»');
        let begins = next.is_alphanumeric() || matches!(next, '(' | '[' | '“' | '‘' | '„' | '«' | '¶');
        ends && begins && !(is_unspaced(before) && is_unspaced(next))
    }

    fn begin_change(&mut self, kind: Changed) {
        self.open = (kind, self.text.len());
        if let (Marks::Written, Some((mark, _))) = (self.marks, written(kind)) {
            self.text.push_str(mark);
        }
    }

    /// Ends the change that is being written, where the next part is of another kind.
    fn turn(&mut self, to: Changed) {
        let (kind, start) = self.open;
        if kind == Changed::No || kind == to {
            return;
        }
        if let (Marks::Written, Some((_, mark))) = (self.marks, written(kind)) {
            self.text.push_str(mark);
        }
        let span = place(start)..place(self.text.len());
        let difference = &mut self.merged.difference;
        match difference.places.last_mut() {
            Some(last) if !self.kept => last.end = span.end,
            _ => difference.places.push(span.clone()),
        }
        difference.changes.push(Change { span, kind });
        (self.open, self.kept) = ((Changed::No, 0), false);
    }
}

/// What stands before and behind a change where it is written.
fn written(kind: Changed) -> Option<(&'static str, &'static str)> {
    match kind {
        Changed::No => None,
        Changed::Removed => Some(("[-", "-]")),
        Changed::Added => Some(("{+", "+}")),
    }
}

impl<'a> Sides<'a> {
    fn old_word(&self, part: Part) -> Option<(&Word, &Leaf<'a>)> {
        let (Part::Same(at, _) | Part::Removed(at)) = part else { return None };
        let word = self.old_words.get(at as usize)?;
        Some((word, self.old.get(word.leaf as usize)?))
    }

    fn new_word(&self, part: Part) -> Option<(&Word, &Leaf<'a>)> {
        let (Part::Same(_, at) | Part::Added(at)) = part else { return None };
        let word = self.new_words.get(at as usize)?;
        Some((word, self.new.get(word.leaf as usize)?))
    }

    /// A part's word and leaf, as the newer text has them if it does.
    fn word(&self, part: Part) -> Option<(&Word, &Leaf<'a>)> {
        self.new_word(part).or_else(|| self.old_word(part))
    }

    /// What stands between a part's word and the one before it in its text; a blank at a leaf's beginning.
    fn glue(&self, part: Part) -> &'static str {
        let (words, at) = match part {
            Part::Same(_, at) | Part::Added(at) => (&self.new_words, at),
            Part::Removed(at) => (&self.old_words, at),
        };
        let before = at.checked_sub(1).and_then(|before| words.get(before as usize));
        let (Some(before), Some((word, leaf))) = (before, self.word(part)) else { return " " };
        if before.number == BREAK || word.number == BREAK {
            return " ";
        }
        let gap = leaf.text.get(before.end as usize..word.start as usize).unwrap_or(" ");
        match gap {
            "" => "",
            gap if gap.contains('\n') => "\n",
            _ => " ",
        }
    }

    /// The parts of both texts in order.
    fn parts(&self) -> Vec<Part> {
        let numbers = |words: &[Word]| words.iter().map(|word| word.number).collect::<Vec<u32>>();
        let found = same(&numbers(&self.old_words), &numbers(&self.new_words));
        let found = without_crumbs(found, &self.old_words, &self.new_words);
        let mut parts = Vec::with_capacity(self.old_words.len() + self.new_words.len());
        let mut behind = (0, 0);
        let end = Same { old: self.old_words.len(), new: self.new_words.len(), len: 0 };
        for kept in found.into_iter().chain([end]) {
            parts.extend((place(behind.0)..place(kept.old)).map(Part::Removed));
            parts.extend((place(behind.1)..place(kept.new)).map(Part::Added));
            parts.extend((0..kept.len).map(|at| Part::Same(place(kept.old + at), place(kept.new + at))));
            behind = (kept.old_end(), kept.new_end());
        }
        parts
    }
}

/// The parts cut where a block ends. A break that only one of the texts has ends none where words are kept on both sides of it:
/// there two paragraphs became one, or one became two.
fn pieces(sides: &Sides) -> Vec<Piece> {
    let mut all: Vec<Piece> = Vec::new();
    let mut piece = Piece::default();
    // The break before `piece`, and what it was.
    let mut before: Option<Part> = None;
    let mut close = |piece: Piece, before: Option<Part>| match (before, all.last_mut()) {
        (Some(Part::Removed(at)), Some(last)) if last.has(Changed::No) && piece.has(Changed::No) => {
            last.parts.push(Part::Removed(at));
            last.parts.extend(piece.parts);
        }
        (Some(Part::Added(at)), Some(last)) if last.has(Changed::No) && piece.has(Changed::No) => {
            last.parts.push(Part::Added(at));
            all.push(piece);
        }
        _ => all.push(piece),
    };
    for part in sides.parts() {
        if sides.word(part).is_some_and(|(word, _)| word.number == BREAK) {
            close(std::mem::take(&mut piece), before.replace(part));
        } else {
            piece.parts.push(part);
        }
    }
    close(piece, before);
    all
}
