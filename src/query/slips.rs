//! Words one slip of the fingers apart, and a query with other words in place of those that nobody wrote.

use std::collections::BTreeSet;

use super::{Field, Leaf, Node, Query};
use crate::text::fold;

/// Shorter words have too many neighbours for any of them to be meant.
const SHORTEST: usize = 4;
/// What may stand in place of a letter, or between two: other letters than these are only left out and swapped.
const LETTERS: std::ops::RangeInclusive<char> = 'a'..='z';

/// The words that `word` (folded) becomes by one slip: a letter left out, added or changed, or two neighbours swapped.
/// The first letter stays unless it is swapped: it is hardly ever the wrong one, and a wrong one is seen. None for words
/// shorter than four letters and for those with a digit, which mean what they say.
#[must_use]
pub fn slips(word: &str) -> BTreeSet<String> {
    let letters: Vec<char> = word.chars().collect();
    let mut all = BTreeSet::new();
    if letters.len() < SHORTEST || !letters.iter().all(|c| c.is_alphabetic()) {
        return all;
    }
    let mut add = |from: usize, to: usize, between: &[char]| {
        let parts = [letters.get(..from).unwrap_or_default(), between, letters.get(to..).unwrap_or_default()];
        all.insert(parts.concat().into_iter().collect());
    };
    for at in 0..letters.len() {
        let next = at + 1;
        if at > 0 {
            add(at, next, &[]);
            LETTERS.for_each(|letter| add(at, next, &[letter]));
        }
        LETTERS.for_each(|letter| add(next, next, &[letter]));
        if let Some([one, other]) = letters.get(at..at + 2) {
            add(at, at + 2, &[*other, *one]);
        }
    }
    all.remove(word);
    all
}

impl Query {
    /// The query with other words where `instead` gives one for a folded word in a field (and whether the word may go on);
    /// `None` where it gives none. What is negated, and codes and tags, which are chosen and not written, stay as they are.
    pub fn with_words(&self, mut instead: impl FnMut(Field, &str, bool) -> Option<String>) -> Option<Self> {
        let mut changed = false;
        let root = renewed(self.root.as_ref()?, &mut |leaf| {
            let Leaf::Words { field, text, quoted, exact, prefix } = leaf else { return leaf.clone() };
            if *exact || matches!(field, Field::Tag | Field::Lang | Field::Url) {
                return leaf.clone();
            }
            let mut words = fold::folded_words(text);
            let last = words.len().saturating_sub(1);
            let mut other = false;
            for (at, word) in words.iter_mut().enumerate() {
                if let Some(better) = instead(*field, word, *prefix && at == last) {
                    *word = better;
                    other = true;
                }
            }
            changed |= other;
            let text = if other { words.join(" ") } else { text.clone() };
            let quoted = *quoted || text.contains(' ');
            Leaf::Words { field: *field, quoted, text, exact: false, prefix: *prefix }
        });
        changed.then_some(Self { root: Some(root), order: self.order })
    }
}

/// `node` with other conditions; what is negated stays. The parser bounds how deep it goes.
fn renewed(node: &Node, leaf: &mut impl FnMut(&Leaf) -> Leaf) -> Node {
    let mut all = |nodes: &[Node]| nodes.iter().map(|node| renewed(node, leaf)).collect();
    match node {
        Node::All(nodes) => Node::All(all(nodes)),
        Node::Any(nodes) => Node::Any(all(nodes)),
        Node::Not(_) => node.clone(),
        Node::Leaf(found) => Node::Leaf(leaf(found)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    #[test]
    fn a_slip_leads_back_to_the_word_that_was_meant() {
        for (typed, meant) in [
            ("harbuor", "harbour"),
            ("harbor", "harbour"),
            ("harrbour", "harbour"),
            ("hatbour", "harbour"),
            ("ahrbour", "harbour"),
            ("harbou", "harbour"),
            ("größe", "größer"),
        ] {
            assert!(slips(typed).contains(meant), "{typed}");
        }
        assert!(!slips("harbour").contains("harbour"));
        assert!(!slips("harbour").contains("arbour"), "the first letter is meant");
    }

    #[test]
    fn short_words_and_numbers_mean_what_they_say() {
        for word in ["", "cat", "2017", "b747s", "日本語版"] {
            assert!(!slips(word).iter().any(|slip| slip.is_ascii()), "{word}");
        }
    }

    #[test]
    fn words_are_replaced_where_they_are_asked_for_and_nowhere_else() {
        let swap = |_, word: &str, _| (word == "tied").then(|| "tide".to_owned());
        for (query, expected) in [
            ("tied", Some("tide")),
            ("said:tied harbour", Some("said:tide harbour")),
            ("\"the tied line\"", Some("\"the tide line\"")),
            ("(tied OR boat) -tied", Some("(tide OR boat) -tied")),
            ("-tied", None),
            ("tag:tied", None),
            ("=tied", None),
            ("harbour", None),
            ("", None),
        ] {
            let meant = parse(query).unwrap().with_words(swap).map(|query| query.to_string());
            assert_eq!(meant.as_deref(), expected, "{query}");
        }
    }
}
