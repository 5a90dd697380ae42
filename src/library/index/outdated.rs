//! Documents that hold an older state of an article: what is deleted when newer ones are added.

use tantivy::index::SegmentId;
use tantivy::query::{BitSetDocSet, ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{BitSet, DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError, Term};

/// Finds the documents of `articles`, but not in the segment that is `newer`: tantivy would delete there too.
#[derive(Clone, Debug)]
pub struct Outdated {
    pub id: Field,
    pub articles: Vec<u64>,
    pub newer: Option<SegmentId>,
}

impl Query for Outdated {
    fn weight(&self, _: EnableScoring) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Outdated {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut found = BitSet::with_max_value(segment.max_doc());
        if self.newer != Some(segment.segment_id()) {
            let index = segment.inverted_index(self.id)?;
            for article in &self.articles {
                let term = Term::from_field_u64(self.id, *article);
                let Some(mut docs) = index.read_postings(&term, IndexRecordOption::Basic)? else { continue };
                while docs.doc() != TERMINATED {
                    found.insert(docs.doc());
                    docs.advance();
                }
            }
        }
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(found), boost)))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        if self.scorer(segment, 1.0)?.seek(doc) == doc {
            Ok(Explanation::new("Outdated", 1.0))
        } else {
            Err(TantivyError::InvalidArgument(format!("document {doc} does not match")))
        }
    }
}
