//! What of a query is lit where it is found.

use super::{Field, Leaf, Query};
use crate::text::fold::{folded_words, written_words};
use crate::text::highlight::Needle;

/// The words that `query` wants to be there in title, text, speech or a speaker's name.
#[must_use]
pub fn needles(query: &Query) -> Vec<Needle> {
    let mut needles = Vec::new();
    query.each_leaf(|leaf, positive| {
        if let Leaf::Words {
            field: Field::Any | Field::Title | Field::Said | Field::Speaker, text, exact, prefix, ..
        } = leaf
            && positive
        {
            let words = if *exact { written_words(text) } else { folded_words(text) };
            let needle = Needle { words, exact: *exact, prefix: *prefix };
            if !needle.words.is_empty() && !needles.contains(&needle) {
                needles.push(needle);
            }
        }
    });
    needles
}
