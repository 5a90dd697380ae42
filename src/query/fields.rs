//! The one table of names that may stand before a colon, and what a misspelt one was meant to be.

use super::Field;

/// A name that may stand before a colon in a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldName {
    /// In lower case, without the colon; a query may write it in any case.
    pub name: &'static str,
    /// What may stand behind the colon, as an example.
    pub example: &'static str,
    /// What it finds.
    pub help: &'static str,
    pub(super) key: Key,
}

/// What the value of a field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Words(Field),
    Is,
    Has,
    Date,
    After,
    Before,
    Newer,
    Sort,
}

/// Every field of the query language, in the order of its help.
pub const FIELDS: &[FieldName] = &[
    field("title", "strike", "words of the title", Key::Words(Field::Title)),
    field("author", "marlow", "words of the author's name", Key::Words(Field::Author)),
    field(
        "source",
        "courier",
        "words of the paper's, site's or feed's name; \"…\": the whole name",
        Key::Words(Field::Source),
    ),
    field("tag", "harbour", "a whole tag", Key::Words(Field::Tag)),
    field("url", "example.org", "words of the address", Key::Words(Field::Url)),
    field("lang", "en", "the language, by its code", Key::Words(Field::Lang)),
    field("said", "\"four cranes\"", "words that somebody says", Key::Words(Field::Said)),
    field(
        "speaker",
        "arrel",
        "words of a speaker's name, \"…\": the whole name; beside said: in the same quotation",
        Key::Words(Field::Speaker),
    ),
    field("is", "unread", "unread, read, bookmarked or trashed", Key::Is),
    field("has", "quote", "a quote or a note", Key::Has),
    field("date", "2017-09..2018", "published on a day, in a month, in a year, or between two", Key::Date),
    field("after", "2017-09", "published when that began, or later", Key::After),
    field("before", "2018", "published earlier than that began", Key::Before),
    field("newer", "7d", "published at most so many h, d, w, m (30 days) or y (365 days) ago", Key::Newer),
    field("sort", "relevance", "the order: newest, oldest or relevance", Key::Sort),
];

/// Names that people bring from elsewhere, and ours for them.
const BROUGHT: &[(&str, &str)] = &[
    ("by", "author"),
    ("from", "source"),
    ("site", "source"),
    ("label", "tag"),
    ("link", "url"),
    ("language", "lang"),
    ("quote", "said"),
    ("who", "speaker"),
    ("since", "after"),
    ("until", "before"),
    ("order", "sort"),
];

const fn field(name: &'static str, example: &'static str, help: &'static str, key: Key) -> FieldName {
    FieldName { name, example, help, key }
}

/// What a name before a colon is.
pub(super) enum Named {
    Field(&'static FieldName),
    /// No field, but one was meant.
    Meant(&'static str),
    /// A word that happens to have a colon in it.
    Word,
}

/// What `name` is, in any case.
pub(super) fn named(name: &str) -> Named {
    let name = name.to_ascii_lowercase();
    if let Some(field) = FIELDS.iter().find(|field| field.name == name) {
        return Named::Field(field);
    }
    if let Some((_, meant)) = BROUGHT.iter().find(|(brought, _)| *brought == name) {
        return Named::Meant(meant);
    }
    match nearest(&name, FIELDS.iter().map(|field| field.name)) {
        Some(meant) => Named::Meant(meant),
        None => Named::Word,
    }
}

/// The one of `names` that `text` is a slip of the fingers away from: one letter added, left out, changed or swapped
/// with its neighbour, two in words of six letters and more.
pub(super) fn nearest<'a>(text: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let slips = if text.chars().count() < 6 { 1 } else { 2 };
    names
        .map(|name| (strsim::damerau_levenshtein(text, name), name))
        .filter(|(distance, _)| *distance <= slips)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}
