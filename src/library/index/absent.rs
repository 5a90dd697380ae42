//! Documents that a query does not find. The index's own exclusion asks a phrase for documents that lie before its first hit,
//! which phrases do not bear; this asks in order.

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

/// Finds what `0` does not find; adds nothing to a score.
#[derive(Debug)]
pub struct Absent(pub Box<dyn Query>);

impl Clone for Absent {
    fn clone(&self) -> Self {
        Self(self.0.box_clone())
    }
}

impl Query for Absent {
    fn weight(&self, scoring: EnableScoring) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(AbsentWeight(self.0.weight(scoring)?)))
    }
}

struct AbsentWeight(Box<dyn Weight>);

impl Weight for AbsentWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let found = self.0.scorer(segment, boost)?;
        let mut absent = AbsentScorer { found, doc: 0, end: segment.max_doc() };
        absent.settle();
        Ok(Box::new(absent))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        if self.scorer(segment, 1.0)?.seek(doc) == doc {
            Ok(Explanation::new("Absent", 0.0))
        } else {
            Err(TantivyError::InvalidArgument(format!("document {doc} does not match")))
        }
    }
}

struct AbsentScorer {
    found: Box<dyn Scorer>,
    doc: DocId,
    end: DocId,
}

impl AbsentScorer {
    /// Goes on from `doc` to the first document that was not found.
    fn settle(&mut self) -> DocId {
        while self.doc < self.end {
            if self.found.doc() < self.doc {
                self.found.seek(self.doc);
            }
            if self.found.doc() != self.doc {
                return self.doc;
            }
            self.doc += 1;
        }
        self.doc = TERMINATED;
        TERMINATED
    }
}

impl DocSet for AbsentScorer {
    fn advance(&mut self) -> DocId {
        if self.doc != TERMINATED {
            self.doc += 1;
        }
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target > self.doc {
            self.doc = target;
        }
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.end.saturating_sub(self.found.size_hint())
    }

    fn cost(&self) -> u64 {
        // It walks over nearly everything: whatever else there is should lead.
        u64::from(self.end) * 2
    }
}

impl Scorer for AbsentScorer {
    fn score(&mut self) -> Score {
        0.0
    }
}
