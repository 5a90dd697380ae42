//! A segment of the index written from articles that were taken apart (`inverted`): what tantivy's own writer would make of
//! them, in a third of the time and of the memory.
//!
//! The runs are put together word by word, as they are sorted already. What words begin with is not told to it but comes out on
//! the way.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

use tantivy::directory::TerminatingWrite;
use tantivy::fastfield::FastFieldsWriter;
use tantivy::fieldnorm::{FieldNormReader, FieldNormReaders, FieldNormsSerializer};
use tantivy::index::{Segment, SegmentComponent};
use tantivy::postings::{FieldSerializer, InvertedIndexSerializer};
use tantivy::schema::Field;
use tantivy::store::StoreWriter;
use tantivy::{TantivyDocument, Term};

use super::begun::Begun;
use super::fields::Fields;
use super::inverted::{Inverted, Places, Taken, Walk};
use super::terms::beginning;

/// Writes a segment of `index` that holds the articles of `inverted`, newest first. Nobody knows it until it is added.
pub fn write(index: &tantivy::Index, fields: Fields, inverted: Inverted) -> tantivy::Result<Segment> {
    let segment = index.new_segment();
    let (articles, runs) = inverted.finish();
    let mut newest: Vec<(u32, &Taken)> = (0..).zip(&articles).collect();
    newest.sort_by_key(|(_, article)| Reverse(article.place));
    let mut docs = vec![0; newest.len()];
    for (doc, (article, _)) in (0..).zip(&newest) {
        if let Some(its) = docs.get_mut(*article as usize) {
            *its = doc;
        }
    }
    let newest: Vec<&Taken> = newest.into_iter().map(|(_, article)| article).collect();
    write_lengths(&segment, fields, &newest)?;
    let lengths = FieldNormReaders::open(segment.open_read(SegmentComponent::FieldNorms)?)?;
    let mut out = InvertedIndexSerializer::open(&segment)?;
    write_ids(&mut out, fields, &newest, &lengths)?;
    write_words(&mut out, fields, &newest, &lengths, &runs, &docs)?;
    out.close()?;
    write_columns(&segment, fields, &newest)?;
    let count = u32::try_from(newest.len()).unwrap_or(u32::MAX);
    let segment = segment.with_max_doc(count);
    // No document was kept in between.
    segment.meta().untrack_temp_docstore();
    Ok(segment)
}

/// How many words the fields have that this counts for, and the numbers, which have one each.
fn write_lengths(segment: &Segment, fields: Fields, newest: &[&Taken]) -> tantivy::Result<()> {
    let mut out = FieldNormsSerializer::from_write(segment.open_write(SegmentComponent::FieldNorms)?)?;
    for field in [fields.id, fields.any, fields.title] {
        let length = |article: &&Taken| if field == fields.id { 1 } else { words(article, field) };
        let lengths: Vec<u8> = newest.iter().map(|article| FieldNormReader::fieldnorm_to_id(length(article))).collect();
        out.serialize_field(field, &lengths)?;
    }
    Ok(out.close()?)
}

fn words(article: &Taken, field: Field) -> u32 {
    article.words.get(field.field_id() as usize).copied().unwrap_or_default()
}

fn write_ids(
    out: &mut InvertedIndexSerializer,
    fields: Fields,
    newest: &[&Taken],
    lengths: &FieldNormReaders,
) -> tantivy::Result<()> {
    let mut out = out.new_field(fields.id, newest.len() as u64, lengths.get_field(fields.id)?)?;
    let mut ids: Vec<(u64, u32)> = newest.iter().map(|article| article.id).zip(0..).collect();
    ids.sort_unstable();
    for (id, doc) in ids {
        out.new_term_without_freq(Term::from_field_u64(fields.id, id).serialized_value_bytes())?;
        out.write_doc(doc, 0, &[]);
        out.close_term()?;
    }
    Ok(out.close()?)
}

/// The next word of a run; the smallest of all runs is written next.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Head<'a> {
    /// Of the word, so that it need not be looked at.
    beginning: u64,
    word: &'a [u8],
    run: usize,
}

impl<'a> Head<'a> {
    fn new(word: &'a [u8], run: usize) -> Self {
        Self { beginning: beginning(word), word, run }
    }
}

fn write_words(
    out: &mut InvertedIndexSerializer,
    fields: Fields,
    newest: &[&Taken],
    lengths: &FieldNormReaders,
    runs: &[Box<[u8]>],
    docs: &[u32],
) -> tantivy::Result<()> {
    let mut walks: Vec<Walk> = runs.iter().map(|run| Walk::new(run)).collect();
    let first = walks.iter_mut().enumerate().filter_map(|(run, walk)| Some(Head::new(walk.word()?, run)));
    let mut heads: BinaryHeap<Reverse<Head>> = first.map(Reverse).collect();
    let mut places = Places::default();
    let mut begun = Begun::new(newest.len());
    for field in fields.of_words() {
        let all = newest.iter().map(|article| u64::from(words(article, field))).sum();
        let mut written = out.new_field(field, all, lengths.get_field(field)?)?;
        while let Some(Reverse(head)) = heads.peek()
            && let Some((its_field, word)) = head.word.split_first()
            && u32::from(*its_field) == field.field_id()
        {
            let key = head.word;
            places.clear();
            while let Some(mut head) = heads.peek_mut().filter(|head| head.0.word == key) {
                let run = head.0.run;
                let Some(walk) = walks.get_mut(run) else { break };
                walk.places(&mut places);
                match walk.word() {
                    Some(next) => head.0 = Head::new(next, run),
                    None => drop(PeekMut::pop(head)),
                }
            }
            for standing in &mut places.articles {
                standing.article = docs.get(standing.article as usize).copied().unwrap_or_default();
            }
            // Mostly they came oldest first, and are turned around.
            places.articles.sort_unstable_by_key(|standing| standing.article);
            if field == fields.any {
                begun.take(word, &places.articles);
            }
            write_word(&mut written, word, &places, field != fields.language)?;
        }
        written.close()?;
    }
    begun.write(out, fields.begun)
}

/// A word with its articles, and with its places where the field has `phrases`.
fn write_word(out: &mut FieldSerializer, word: &[u8], places: &Places, phrases: bool) -> tantivy::Result<()> {
    if !phrases {
        out.new_term_without_freq(word)?;
        for standing in &places.articles {
            out.write_doc(standing.article, 0, &[]);
        }
        return Ok(out.close_term()?);
    }
    out.new_term(word, u32::try_from(places.articles.len()).unwrap_or(u32::MAX), true)?;
    for standing in &places.articles {
        let steps = places.steps.get(standing.start..standing.start + standing.count as usize).unwrap_or_default();
        out.write_doc(standing.article, standing.count, steps);
    }
    Ok(out.close_term()?)
}

/// Ids and places by document; and the documents themselves, of which nothing is kept.
fn write_columns(segment: &Segment, fields: Fields, newest: &[&Taken]) -> tantivy::Result<()> {
    let index = segment.index();
    let schema = segment.schema();
    let mut columns = FastFieldsWriter::from_schema_and_tokenizer_manager(&schema, index.tokenizers().clone())?;
    let kept = segment.open_write(SegmentComponent::Store)?;
    let settings = index.settings();
    let mut kept = StoreWriter::new(kept, settings.docstore_compression, settings.docstore_blocksize, false)?;
    for article in newest {
        let mut document = TantivyDocument::default();
        document.add_u64(fields.id, article.id);
        document.add_i64(fields.place, article.place);
        columns.add_document(&document)?;
        kept.store(&document, &schema)?;
    }
    kept.close()?;
    let mut out = segment.open_write(SegmentComponent::FastFields)?;
    columns.serialize(&mut out, None)?;
    Ok(out.terminate()?)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use tantivy::postings::Postings;
    use tantivy::schema::IndexRecordOption;
    use tantivy::{DocSet, IndexWriter, SegmentReader, TERMINATED};

    use super::super::begun::LONGEST_PREFIX;
    use super::super::fields::{schema, settings};
    use super::*;

    /// Values of fields, each some words: `any` twice, so that there is a gap between them.
    type Values = [Vec<String>; 3];

    /// Articles and places by field and word; places are left out where the field has none.
    type Told = BTreeMap<(Field, String), Vec<(u64, Vec<u32>)>>;

    fn values(fields: Fields, values: &Values) -> Vec<(Field, String)> {
        [fields.any, fields.any, fields.language].into_iter().zip(values.iter().map(|words| words.join("\n"))).collect()
    }

    fn expected(fields: Fields, articles: &[(u64, Values)]) -> Told {
        let mut told = Told::new();
        for (id, [first, second, language]) in articles {
            let gap = u32::try_from(first.len()).unwrap() + 1;
            let places = (0..).zip(first).chain((gap..).zip(second));
            let mut note = |field, word: &str, place| {
                let articles = told.entry((field, word.to_owned())).or_default();
                match articles.last_mut().filter(|(last, _)| last == id) {
                    Some((_, places)) => places.extend(place),
                    None => articles.push((*id, Vec::from_iter(place))),
                }
            };
            for (place, word) in places {
                note(fields.any, word, Some(place));
                for (length, (at, c)) in (1..).zip(word.char_indices()) {
                    if length <= LONGEST_PREFIX {
                        note(fields.begun, word.get(..at + c.len_utf8()).unwrap(), None);
                    }
                }
            }
            for word in language {
                note(fields.language, word, None);
            }
        }
        told
    }

    fn told(segment: &SegmentReader, fields: Fields) -> Told {
        let ids = segment.fast_fields().u64("id").unwrap();
        let mut told = Told::new();
        for field in [fields.any, fields.begun, fields.language] {
            let index = segment.inverted_index(field).unwrap();
            let mut words = index.terms().stream().unwrap();
            while words.advance() {
                let option = if field == fields.any {
                    IndexRecordOption::WithFreqsAndPositions
                } else {
                    IndexRecordOption::Basic
                };
                let mut postings = index.read_postings_from_terminfo(words.value(), option).unwrap();
                let mut articles = Vec::new();
                while postings.doc() != TERMINATED {
                    let mut places = Vec::new();
                    if field == fields.any {
                        postings.positions(&mut places);
                        assert_eq!(postings.term_freq() as usize, places.len());
                    }
                    articles.push((ids.first(postings.doc()).unwrap(), places));
                    postings.advance();
                }
                told.insert((field, String::from_utf8(words.key().to_vec()).unwrap()), articles);
            }
        }
        told
    }

    fn words() -> impl Strategy<Value = Vec<String>> {
        prop::collection::vec(prop_oneof!["[ab]{1,3}", "[é東a]{1,2}", "z"], 0..12)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(40) })]

        #[test]
        fn a_segment_says_what_it_was_told(
            articles in prop::collection::vec(([words(), words(), words()], any::<i32>()), 1..12), run in 1..40usize,
        ) {
            let index = tantivy::Index::builder().schema(schema()).settings(settings()).create_in_ram().unwrap();
            let fields = Fields::of(&index.schema()).unwrap();
            let mut inverted = Inverted::by_runs(run);
            let mut newest = Vec::new();
            for (id, (its, place)) in (1..).zip(&articles) {
                let place = i64::from(*place) * 100 + i64::try_from(id).unwrap();
                inverted.add(id, place, values(fields, its).iter().map(|(field, value)| (*field, value.as_str())));
                newest.push((place, id, its.clone()));
            }
            newest.sort_by_key(|(place, ..)| Reverse(*place));
            let mut writer: IndexWriter = index.writer_with_num_threads(1, 15_000_000).unwrap();
            writer.add_segment(write(&index, fields, inverted).unwrap().meta().clone()).unwrap();
            writer.commit().unwrap();
            let searcher = index.reader().unwrap().searcher();
            let segment = searcher.segment_reader(0);
            prop_assert_eq!(segment.num_docs() as usize, articles.len());
            let places = segment.fast_fields().i64("place").unwrap();
            let stored: Vec<i64> = (0..segment.max_doc()).filter_map(|doc| places.first(doc)).collect();
            prop_assert_eq!(stored, newest.iter().map(|(place, ..)| *place).collect::<Vec<_>>());
            let lengths = segment.get_fieldnorms_reader(fields.any).unwrap();
            for (doc, (_, id, [first, second, _])) in (0..).zip(&newest) {
                prop_assert_eq!(lengths.fieldnorm(doc) as usize, first.len() + second.len());
                let of_id = Term::from_field_u64(fields.id, *id);
                let mut found = segment.inverted_index(fields.id).unwrap().read_postings(&of_id, IndexRecordOption::Basic).unwrap().unwrap();
                prop_assert_eq!((found.doc(), found.advance()), (doc, TERMINATED));
            }
            let newest: Vec<_> = newest.into_iter().map(|(_, id, its)| (id, its)).collect();
            prop_assert_eq!(told(segment, fields), expected(fields, &newest));
        }
    }
}
