//! What is indexed of an article: the schema of the search index.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::{IndexSettings, IndexSortByField, Order};

/// How many fields there are.
pub const FIELDS: usize = 11;

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

impl Fields {
    /// Those that hold words, in order, but for `begun`, which follows from `any`.
    pub fn of_words(self) -> [Field; 8] {
        [self.any, self.title, self.source, self.author, self.url, self.said, self.speaker, self.language]
    }
}

/// The schema. An index with another one is built anew. No tokenizer is ever asked: words come apart (`entry`).
pub fn schema() -> Schema {
    let mut schema = Schema::builder();
    schema.add_u64_field("id", NumericOptions::from(INDEXED | FAST));
    schema.add_i64_field("place", NumericOptions::from(FAST));
    let text = |record, norms| {
        let indexing = TextFieldIndexing::default().set_index_option(record).set_fieldnorms(norms);
        TextOptions::default().set_indexing_options(indexing)
    };
    schema.add_text_field("any", text(IndexRecordOption::WithFreqsAndPositions, true));
    schema.add_text_field("begun", text(IndexRecordOption::Basic, false));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fields_of_words_are_in_order_and_all_there() {
        let schema = schema();
        assert_eq!(schema.num_fields(), FIELDS);
        let fields = Fields::of(&schema).unwrap();
        let others = [fields.id, fields.place, fields.begun];
        let words: Vec<Field> =
            schema.fields().map(|(field, _)| field).filter(|field| !others.contains(field)).collect();
        assert_eq!(fields.of_words().as_slice(), words);
    }
}
