//! What is indexed of an article: the schema of the search index.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::{IndexSettings, IndexSortByField, Order};

use super::folding::{PREFIXES, WORDS};

/// The fields by role. Nothing is stored: what is shown comes from the library.
#[derive(Clone, Copy, Debug)]
pub struct Fields {
    /// The article's number.
    pub id: Field,
    /// Its place among all others; documents are sorted by it, newest first.
    pub place: Field,
    /// Title and text, with a gap between them that no phrase crosses.
    pub any: Field,
    /// The first letter and the first two letters of each word of title and text.
    pub begun: Field,
    pub title: Field,
    pub source: Field,
    pub author: Field,
    pub url: Field,
    pub language: Field,
    /// The words of each quotation that is speech, with gaps between them that no phrase crosses.
    pub said: Field,
    /// The speaker of each quotation that is speech.
    pub speaker: Field,
}

impl Fields {
    /// The fields of `schema`; `None` where it is not this program's.
    pub fn of(schema: &Schema) -> Option<Self> {
        (*schema == self::schema()).then_some(())?;
        let field = |name| schema.get_field(name).ok();
        Some(Self {
            id: field("id")?,
            place: field("place")?,
            any: field("any")?,
            begun: field("begun")?,
            title: field("title")?,
            source: field("source")?,
            author: field("author")?,
            url: field("url")?,
            language: field("language")?,
            said: field("said")?,
            speaker: field("speaker")?,
        })
    }
}

/// The schema. An index with another one is built anew.
pub fn schema() -> Schema {
    let mut schema = Schema::builder();
    schema.add_u64_field("id", NumericOptions::from(INDEXED | FAST));
    schema.add_i64_field("place", NumericOptions::from(FAST));
    let text = |record, norms| {
        let indexing = TextFieldIndexing::default().set_tokenizer(WORDS).set_index_option(record);
        TextOptions::default().set_indexing_options(indexing.set_fieldnorms(norms))
    };
    schema.add_text_field("any", text(IndexRecordOption::WithFreqsAndPositions, true));
    let begun = TextFieldIndexing::default()
        .set_tokenizer(PREFIXES)
        .set_index_option(IndexRecordOption::Basic)
        .set_fieldnorms(false);
    schema.add_text_field("begun", TextOptions::default().set_indexing_options(begun));
    schema.add_text_field("title", text(IndexRecordOption::WithFreqsAndPositions, true));
    for name in ["source", "author", "url", "said", "speaker"] {
        schema.add_text_field(name, text(IndexRecordOption::WithFreqsAndPositions, false));
    }
    schema.add_text_field("language", text(IndexRecordOption::Basic, false));
    schema.build()
}

/// Sorted by place, newest first, so that the first hits of a walk are the newest.
pub fn settings() -> IndexSettings {
    let by_place = IndexSortByField { field: "place".to_owned(), order: Order::Desc };
    IndexSettings { sort_by_field: Some(by_place), ..IndexSettings::default() }
}
