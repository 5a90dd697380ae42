//! A library's filter inside an index query, for conditions that stand under `OR` or `-` next to words.

use std::sync::Arc;

use tantivy::SegmentReader;
use tantivy::columnar::ColumnValues;
use tantivy::query::Query;
use tantivy::query::doc_predicate_query::{DocPredicateQuery, FunctionPredicate};

use crate::library::filter::Filter;
use crate::model::Id;

/// Which article each document of a segment is.
#[derive(Clone)]
pub struct Articles {
    ids: Arc<dyn ColumnValues<u64>>,
    places: Arc<dyn ColumnValues<i64>>,
}

impl Articles {
    pub fn of(segment: &SegmentReader) -> tantivy::Result<Self> {
        Ok(Self {
            ids: segment.fast_fields().column_first_or_default("id")?,
            places: segment.fast_fields().column_first_or_default("place")?,
        })
    }

    pub fn id(&self, doc: u32) -> Id {
        Id::try_from(self.ids.get_val(doc)).unwrap_or_default()
    }

    pub fn place(&self, doc: u32) -> i64 {
        self.places.get_val(doc)
    }
}

/// Finds the documents of the articles for which `filter` holds.
pub fn query(filter: Filter) -> Box<dyn Query> {
    let filter = Arc::new(filter);
    let predicate = FunctionPredicate::from(move |segment: &SegmentReader| {
        let articles = Articles::of(segment)?;
        let filter = Arc::clone(&filter);
        Ok(move |doc| filter.holds(articles.id(doc), articles.place(doc)))
    });
    Box::new(DocPredicateQuery::from(predicate))
}
