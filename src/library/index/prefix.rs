//! Documents with a word that begins with given letters: exact, however many words that are.

use std::io;

use tantivy::query::{BitSetDocSet, ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::termdict::TermStreamer;
use tantivy::{BitSet, DocId, InvertedIndexReader, Score, SegmentReader, TantivyError};

/// Finds documents that have in `field` a word beginning with `letters`; each scores the same.
#[derive(Clone, Debug)]
pub struct PrefixQuery {
    pub field: Field,
    pub letters: String,
}

impl PrefixQuery {
    /// The words of a segment that begin with the letters.
    fn words<'a>(&self, index: &'a InvertedIndexReader) -> io::Result<TermStreamer<'a>> {
        let words = index.terms().range().ge(&self.letters);
        match end_of(&self.letters) {
            Some(end) => words.lt(end).into_stream(),
            None => words.into_stream(),
        }
    }

    /// How many words of the segment begin with the letters, counted up to `limit`.
    pub fn count(&self, segment: &SegmentReader, limit: u32) -> tantivy::Result<u32> {
        let index = segment.inverted_index(self.field)?;
        let mut words = self.words(&index)?;
        let mut count = 0;
        while count < limit && words.advance() {
            count += 1;
        }
        Ok(count)
    }
}

/// The bytes that come after everything that begins with `letters`.
fn end_of(letters: &str) -> Option<Vec<u8>> {
    let mut end = letters.as_bytes().to_vec();
    // No byte of UTF-8 is 255, so that one more always fits.
    *end.last_mut()? += 1;
    Some(end)
}

impl Query for PrefixQuery {
    fn weight(&self, _: EnableScoring) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for PrefixQuery {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let index = segment.inverted_index(self.field)?;
        let mut found = BitSet::with_max_value(segment.max_doc());
        let mut words = self.words(&index)?;
        while words.advance() {
            let mut postings = index.read_block_postings_from_terminfo(words.value(), IndexRecordOption::Basic)?;
            while !postings.docs().is_empty() {
                for doc in postings.docs() {
                    found.insert(*doc);
                }
                postings.advance();
            }
        }
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(found), boost)))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        if self.scorer(segment, 1.0)?.seek(doc) == doc {
            Ok(Explanation::new("PrefixQuery", 1.0))
        } else {
            Err(TantivyError::InvalidArgument(format!("document {doc} does not match")))
        }
    }
}
