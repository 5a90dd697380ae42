//! A text as it is compared: its title and blocks one after the other, each in words and marks.

use std::borrow::Cow;
use std::collections::HashMap;

use unicode_segmentation::UnicodeSegmentation;

use super::Version;
use crate::model::{Block, BlockKind};
use crate::text::layout::place;

/// The number of the break between two leaves.
pub(super) const BREAK: u32 = 0;

/// The title, or a block.
#[derive(Clone, Copy)]
pub(super) struct Leaf<'a> {
    pub text: &'a str,
    /// `None`: the title.
    pub block: Option<&'a Block>,
}

impl Leaf<'_> {
    /// Whether its rows are compared whole: in a table and in code a row is what a word is elsewhere.
    fn is_by_rows(&self) -> bool {
        self.block.is_some_and(|block| matches!(block.kind, BlockKind::Table { .. } | BlockKind::Code { .. }))
    }
}

/// The leaves of a version. A first block that is the title again is left out.
pub(super) fn leaves<'a>(version: &Version<'a>) -> Vec<Leaf<'a>> {
    let document = version.document;
    let title = Leaf { text: version.title, block: None };
    let again = document.headline(version.title.trim());
    let blocks = document.blocks().iter().filter(|block| Some(&block.span) != again);
    let blocks = blocks.map(|block| Leaf { text: document.slice(&block.span), block: Some(block) });
    std::iter::once(title).chain(blocks).filter(|leaf| !leaf.text.trim().is_empty()).collect()
}

/// A word, a mark, a row of a table; or the break between two leaves.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// Which leaf it stands in; for a break the one that it begins.
    pub leaf: u32,
    /// Its bytes in the leaf.
    pub start: u32,
    pub end: u32,
    /// The same number is the same word.
    pub number: u32,
}

/// Gives words their numbers.
#[derive(Default)]
pub(super) struct Numbers<'a> {
    known: HashMap<Cow<'a, str>, u32>,
}

impl<'a> Numbers<'a> {
    /// The number of `text`, never that of a break.
    pub fn of(&mut self, text: Cow<'a, str>) -> u32 {
        let next = place(self.known.len()).saturating_add(1);
        *self.known.entry(text).or_insert(next)
    }

    /// The words of `leaves`, of which the first is number `first`, with breaks between.
    pub fn words(&mut self, leaves: &[Leaf<'a>], first: usize) -> Vec<Word> {
        let mut words = Vec::new();
        for (leaf, at) in leaves.iter().zip(first..) {
            if at > first {
                words.push(Word { leaf: place(at), start: 0, end: 0, number: BREAK });
            }
            let mut push = |start: usize, text: &'a str| {
                if !text.trim().is_empty() {
                    let number = self.of(shape(text));
                    words.push(Word { leaf: place(at), start: place(start), end: place(start + text.len()), number });
                }
            };
            if leaf.is_by_rows() {
                let mut start = 0;
                for row in leaf.text.split('\n') {
                    push(start, row);
                    start += row.len() + 1;
                }
            } else {
                leaf.text.split_word_bound_indices().for_each(|(start, word)| push(start, word));
            }
        }
        words
    }
}

/// A word as it is compared: what shape its quotation marks and apostrophes have says nothing.
fn shape(word: &str) -> Cow<'_, str> {
    if word.is_ascii() || !word.contains(is_mark) {
        return Cow::Borrowed(word);
    }
    let straight = |c| match c {
        '‘' | '’' | '‚' | '‹' | '›' => '\'',
        c if is_mark(c) => '"',
        c => c,
    };
    Cow::Owned(word.chars().map(straight).collect())
}

fn is_mark(c: char) -> bool {
    matches!(c, '“' | '”' | '„' | '‟' | '«' | '»' | '‘' | '’' | '‚' | '‹' | '›')
}

/// Whether a word has letters or digits: marks are not counted.
pub(super) fn is_word(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_from_marks_and_the_shape_of_marks_says_nothing() {
        let mut numbers = Numbers::default();
        let table = [
            ("“No,” he said.", "\"No,\" he said.", true),
            ("it’s 3.50 now", "it's 3.50 now", true),
            ("東京へ", "東京へ", true),
            ("no break", "no\u{a0}break", true),
            ("Yes", "yes", false),
            ("a, b", "a b", false),
        ];
        for (old, new, same) in table {
            let [a, b] = [old, new].map(|text| {
                let leaf = Leaf { text, block: None };
                numbers.words(&[leaf], 0).iter().map(|word| word.number).collect::<Vec<_>>()
            });
            assert_eq!(a == b, same, "{old} / {new}");
        }
        let leaf = Leaf { text: "東京, it’s", block: None };
        let spans: Vec<_> = numbers.words(&[leaf], 3).iter().map(|word| (word.leaf, word.start, word.end)).collect();
        assert_eq!(spans, [(3, 0, 3), (3, 3, 6), (3, 6, 7), (3, 8, 14)]);
    }
}
