//! What the index is told of an article: its words, folded once for everything that wants them.
//!
//! Folding is the dear part of indexing, and it needs nothing but the article: `Words` are made on as many threads as there
//! are. Knows nothing of the library's file and decides nothing about what is searched how (`fields`).

use tantivy::schema::Field;

use super::fields::Fields;
use crate::model::{Article, Document, Quote};
use crate::text::fold;

/// Stands between two words and in none.
pub const BETWEEN: char = '\n';

/// Bytes of names and addresses that most articles have besides title and text.
const PARTICULARS: usize = 256;

/// What a value is in an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Any,
    Title,
    Url,
    Author,
    Language,
    Source,
    Said,
    Speaker,
}

/// The folded words of an article, in one piece: they are made on one thread and end on another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    folded: String,
    /// What each value is, and where in `folded` it ends.
    values: Vec<(Role, usize)>,
    /// Words of its text, without the title.
    count: u32,
}

impl Words {
    /// The words of `article`, whose text is `document`, and of the speech among its `quotes`.
    #[must_use]
    pub fn new(article: &Article, document: &Document, quotes: &[Quote]) -> Self {
        let speech = || quotes.iter().filter(|quote| quote.speech);
        let said: usize = speech().map(|quote| document.slice(&quote.span).len()).sum();
        let size = 2 * article.title.len() + document.text().len() + said;
        let mut words = Self {
            folded: String::with_capacity(size + PARTICULARS),
            values: Vec::with_capacity(7 + 2 * speech().count()),
            count: 0,
        };
        words.add(Role::Title, &article.title);
        words.add(Role::Any, &article.title);
        let count = words.add(Role::Any, document.text());
        let particulars = [
            (Role::Url, &article.url),
            (Role::Author, &article.author),
            (Role::Language, &article.language),
            (Role::Source, &article.source),
        ];
        for (role, value) in particulars {
            if let Some(value) = value {
                words.add(role, value);
            }
        }
        for quote in speech() {
            words.add(Role::Said, document.slice(&quote.span));
            if let Some(speaker) = &quote.speaker {
                words.add(Role::Speaker, speaker);
            }
        }
        Self { count, ..words }
    }

    /// Words of the text.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.count
    }

    /// The words of the text.
    pub fn text(&self) -> impl Iterator<Item = &str> {
        let text = self.spelt().filter(|(role, _)| *role == Role::Any).last();
        text.into_iter().flat_map(|(_, text)| text.split(BETWEEN)).filter(|word| !word.is_empty())
    }

    /// Bytes that they take.
    #[must_use]
    pub(super) fn size(&self) -> usize {
        self.folded.len() + self.values.len() * size_of::<(Role, usize)>()
    }

    /// The values with their fields.
    pub(super) fn values(&self, fields: Fields) -> impl Iterator<Item = (Field, &str)> {
        self.spelt().map(move |(role, value)| (field(fields, role), value))
    }

    fn spelt(&self) -> impl Iterator<Item = (Role, &str)> {
        self.values.iter().scan(0, |start, (role, end)| {
            let value = self.folded.get(*start..*end).unwrap_or_default();
            *start = *end;
            Some((*role, value))
        })
    }

    /// Adds a value: its folded words with `BETWEEN` between them. Says how many they are.
    fn add(&mut self, role: Role, value: &str) -> u32 {
        let mut count = 0_u32;
        fold::words(value, |_, _, word| {
            if count > 0 {
                self.folded.push(BETWEEN);
            }
            self.folded.push_str(word);
            count = count.saturating_add(1);
        });
        self.values.push((role, self.folded.len()));
        count
    }
}

fn field(fields: Fields, role: Role) -> Field {
    match role {
        Role::Any => fields.any,
        Role::Title => fields.title,
        Role::Url => fields.url,
        Role::Author => fields.author,
        Role::Language => fields.language,
        Role::Source => fields.source,
        Role::Said => fields.said,
        Role::Speaker => fields.speaker,
    }
}
