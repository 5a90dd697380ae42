//! What was meant where nothing is found: words that no article has, one slip of the fingers from words that many have.

use tantivy::{Searcher, Term};

use super::prefix::PrefixQuery;
use super::translate::place_of;
use super::{Index, failed};
use crate::error::Result;
use crate::library::store::Library;
use crate::query::{Query, slips};

impl Index {
    /// `query` with each word that no article has replaced by the commonest one that is a slip of the fingers away; `None`
    /// where no word can be replaced so, or the index is not ready.
    pub fn meant(&mut self, library: &Library, query: &Query) -> Result<Option<Query>> {
        let Some(opened) = self.reach(library)? else { return Ok(None) };
        let (searcher, fields) = (opened.searcher(), opened.fields);
        let mut fault = None;
        let meant = query.with_words(|field, word, goes_on| {
            let words = Words { searcher: &searcher, field: place_of(fields, field), goes_on };
            words.meant_by(word).unwrap_or_else(|error| {
                fault = Some(error);
                None
            })
        });
        fault.map_or(Ok(meant), |fault| Err(failed(fault)))
    }
}

/// The words of a field of the index.
struct Words<'a> {
    searcher: &'a Searcher,
    field: tantivy::schema::Field,
    /// Words that go on count too.
    goes_on: bool,
}

impl Words<'_> {
    fn meant_by(&self, word: &str) -> tantivy::Result<Option<String>> {
        if self.is_known(word)? {
            return Ok(None);
        }
        let mut best = None;
        for slip in slips(word) {
            if self.is_known(&slip)? {
                let articles = self.searcher.doc_freq(&Term::from_field_text(self.field, &slip))?;
                best = best.max(Some((articles, slip)));
            }
        }
        Ok(best.map(|(_, word)| word))
    }

    fn is_known(&self, word: &str) -> tantivy::Result<bool> {
        if !self.goes_on {
            return Ok(self.searcher.doc_freq(&Term::from_field_text(self.field, word))? > 0);
        }
        let begun = PrefixQuery { field: self.field, letters: word.to_owned() };
        for segment in self.searcher.segment_readers() {
            if begun.count(segment, 1)? > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
