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
        let mut values = vec![(Role::Title, title.clone()), (Role::Any, title), (Role::Any, text)];
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

    /// Bytes that they take.
    #[must_use]
    pub(super) fn size(&self) -> usize {
        self.values.iter().map(|(_, value)| value.len() + size_of::<(Role, String)>()).sum()
    }

    /// The values with their fields.
    pub(super) fn values(&self, fields: Fields) -> impl Iterator<Item = (Field, &str)> {
        self.values.iter().map(move |(role, value)| (field(fields, *role), value.as_str()))
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
