//! What the index is told of an article: its words, folded once for everything that wants them.
//!
//! Folding is the dear part of indexing, and it needs nothing but the article: `Words` are made on as many threads as there
//! are. Knows nothing of the library's file and decides nothing about what is searched how (`fields`).

use std::collections::HashSet;

use tantivy::schema::Field;
use tantivy::schema::document::{Document as Indexed, ReferenceValue, ReferenceValueLeaf, Value};

use super::fields::Fields;
use super::folding::{BETWEEN, LONGEST_PREFIX};
use super::room::Taken;
use crate::model::{Article, Document, Id, Quote};
use crate::text::fold;

/// What a value is in an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Any,
    Begun,
    Title,
    Url,
    Author,
    Language,
    Source,
    Said,
    Speaker,
}

/// The folded words of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    values: Vec<(Role, String)>,
    /// Words of its text, without the title.
    count: u32,
}

impl Words {
    /// The words of `article`, whose text is `document`, and of the speech among its `quotes`.
    #[must_use]
    pub fn new(article: &Article, document: &Document, quotes: &[Quote]) -> Self {
        let (title, _) = folded(&article.title);
        let (text, count) = folded(document.text());
        let mut values = vec![(Role::Begun, prefixes(&[&title, &text]))];
        values.extend([(Role::Title, title.clone()), (Role::Any, title), (Role::Any, text)]);
        let particulars = [
            (Role::Url, &article.url),
            (Role::Author, &article.author),
            (Role::Language, &article.language),
            (Role::Source, &article.source),
        ];
        for (role, value) in particulars {
            values.extend(value.as_ref().map(|value| (role, folded(value).0)));
        }
        for quote in quotes.iter().filter(|quote| quote.speech) {
            values.push((Role::Said, folded(document.slice(&quote.span)).0));
            values.extend(quote.speaker.as_ref().map(|speaker| (Role::Speaker, folded(speaker).0)));
        }
        Self { values, count }
    }

    /// Words of the text.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.count
    }

    /// The words of the text.
    pub fn text(&self) -> impl Iterator<Item = &str> {
        let text = self.values.iter().rfind(|(role, _)| *role == Role::Any);
        text.into_iter().flat_map(|(_, text)| text.split(BETWEEN)).filter(|word| !word.is_empty())
    }

    /// Bytes of all values.
    #[must_use]
    pub fn size(&self) -> usize {
        self.values.iter().map(|(_, value)| value.len()).sum()
    }
}

/// The folded words of `text` with `BETWEEN` between them, and how many they are.
fn folded(text: &str) -> (String, u32) {
    let mut all = String::with_capacity(text.len());
    let mut count = 0_u32;
    fold::words(text, |_, _, word| {
        if count > 0 {
            all.push(BETWEEN);
        }
        all.push_str(word);
        count = count.saturating_add(1);
    });
    (all, count)
}

/// The first letter and the first two letters of each of the folded words, each once.
fn prefixes(texts: &[&str]) -> String {
    // Nearly all prefixes are two bytes: for these a bit in a table is enough.
    let mut short = [0_u64; 1 << 10];
    let mut long = HashSet::new();
    let mut all = String::new();
    for word in texts.iter().flat_map(|text| text.split(BETWEEN)) {
        for (at, c) in word.char_indices().take(LONGEST_PREFIX) {
            let prefix = word.get(..at + c.len_utf8()).unwrap_or_default();
            let new = match *prefix.as_bytes() {
                [first] => mark(&mut short, u16::from(first)),
                [first, second] => mark(&mut short, u16::from_be_bytes([second, first])),
                _ => long.insert(prefix),
            };
            if new {
                if !all.is_empty() {
                    all.push(BETWEEN);
                }
                all.push_str(prefix);
            }
        }
    }
    all
}

/// Sets the bit `n`; whether it was not set.
fn mark(bits: &mut [u64], n: u16) -> bool {
    let bit = 1 << (n % 64);
    bits.get_mut(usize::from(n / 64)).is_some_and(|word| {
        let new = *word & bit == 0;
        *word |= bit;
        new
    })
}

/// An article on its way into the index.
pub struct Entry {
    fields: Fields,
    id: u64,
    place: i64,
    words: Words,
    /// Given back when the entry has been taken in.
    _room: Taken,
}

impl Entry {
    /// The article `id` at `place`.
    pub fn new(fields: Fields, id: Id, place: i64, words: Words, room: Taken) -> Self {
        Self { fields, id: id.unsigned_abs(), place, words, _room: room }
    }
}

/// A value of an entry, as the index reads it.
#[derive(Clone, Copy, Debug)]
pub enum Given<'a> {
    Number(u64),
    Place(i64),
    Words(&'a str),
}

impl Indexed for Entry {
    type Value<'a> = Given<'a>;
    type FieldsValuesIter<'a> = Box<dyn Iterator<Item = (Field, Given<'a>)> + 'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        let fields = &self.fields;
        let numbers = [(fields.id, Given::Number(self.id)), (fields.place, Given::Place(self.place))];
        let words = self.words.values.iter().map(|(role, value)| (field(fields, *role), Given::Words(value)));
        Box::new(numbers.into_iter().chain(words))
    }
}

fn field(fields: &Fields, role: Role) -> Field {
    match role {
        Role::Any => fields.any,
        Role::Begun => fields.begun,
        Role::Title => fields.title,
        Role::Url => fields.url,
        Role::Author => fields.author,
        Role::Language => fields.language,
        Role::Source => fields.source,
        Role::Said => fields.said,
        Role::Speaker => fields.speaker,
    }
}

impl<'a> Value<'a> for Given<'a> {
    type ArrayIter = std::iter::Empty<Self>;
    type ObjectIter = std::iter::Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        ReferenceValue::Leaf(match *self {
            Given::Number(number) => ReferenceValueLeaf::U64(number),
            Given::Place(place) => ReferenceValueLeaf::I64(place),
            Given::Words(words) => ReferenceValueLeaf::Str(words),
        })
    }
}
