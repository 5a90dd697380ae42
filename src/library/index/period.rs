//! Documents of a stretch of time. Documents are sorted by place, so that these are all those between two of them.

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

use super::filtered::Articles;

/// Finds the documents whose place is at least `from` and below `to`; adds nothing to a score.
#[derive(Clone, Debug)]
pub struct Period {
    pub from: i64,
    pub to: i64,
}

impl Query for Period {
    fn weight(&self, _: EnableScoring) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Period {
    fn scorer(&self, segment: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let articles = Articles::of(segment)?;
        // The newest document is the first.
        let first_below = |place| {
            let (mut low, mut high) = (0, segment.max_doc());
            while low < high {
                let middle = low + (high - low) / 2;
                if articles.place(middle) < place {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            low
        };
        let end = first_below(self.from);
        let mut run = Run { doc: first_below(self.to), end };
        run.settle();
        Ok(Box::new(run))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        if self.scorer(segment, 1.0)?.seek(doc) == doc {
            Ok(Explanation::new("Period", 0.0))
        } else {
            Err(TantivyError::InvalidArgument(format!("document {doc} does not match")))
        }
    }
}

/// Documents one after the other.
struct Run {
    doc: DocId,
    end: DocId,
}

impl Run {
    fn settle(&mut self) -> DocId {
        if self.doc >= self.end {
            self.doc = TERMINATED;
        }
        self.doc
    }
}

impl DocSet for Run {
    fn advance(&mut self) -> DocId {
        self.doc = self.doc.saturating_add(1);
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.doc = self.doc.max(target);
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.end.saturating_sub(self.doc)
    }
}

impl Scorer for Run {
    fn score(&mut self) -> Score {
        0.0
    }
}
