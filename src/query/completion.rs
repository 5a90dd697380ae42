//! How a query that is being typed may go on: names of fields, states, and the names that the library knows.

use std::ops::Range;

use super::fields::{FIELDS, Key as Meaning};
use super::lexer::{Key, Kind, Term, tokens};
use super::values::{ORDERS, PARTS, STATES};
use super::{Field, Leaf};
use crate::text::fold::folded_words;

/// Fewer letters are the beginning of too many words to offer the name of a field.
const SHORTEST: usize = 2;

/// What may stand in place of the end of a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// Bytes of the query's text.
    pub span: Range<usize>,
    /// What may take its place, the likeliest first; ready to be put there.
    pub choices: Vec<String>,
}

/// The field whose names the end of `text` asks for: where these are many, they are looked up by what is typed of them.
#[must_use]
pub fn names_wanted(text: &str) -> Option<(Field, String)> {
    let term = last_term(text)?;
    match term.key {
        Key::Field(name) => match name.key {
            Meaning::Words(field @ (Field::Source | Field::Tag | Field::Speaker)) => Some((field, term.text)),
            _ => None,
        },
        _ => None,
    }
}

/// How `text` may go on at its end. `names` gives the names that the library knows for a field, the commonest first.
#[must_use]
pub fn completion(text: &str, names: impl Fn(Field) -> Vec<String>) -> Completion {
    let Some(term) = last_term(text) else { return Completion::default() };
    let begun = term.text.to_lowercase();
    let beginning = |name: &&str| name.starts_with(&begun) && (name.len() > begun.len());
    let choices: Vec<String> = match term.key {
        Key::None if !term.quoted && !term.exact && term.text.len() >= SHORTEST => {
            FIELDS.iter().map(|field| field.name).filter(beginning).map(|name| format!("{name}:")).collect()
        }
        Key::Field(field) if !term.quoted || matches!(field.key, Meaning::Words(_)) => match field.key {
            Meaning::Is => chosen(STATES, beginning),
            Meaning::Has => chosen(PARTS, beginning),
            Meaning::Sort => chosen(ORDERS, beginning),
            Meaning::Words(field) => {
                let known = names(field).into_iter().filter(|name| continues(name, &term.text));
                known.map(|name| written(&name)).collect()
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    Completion { span: term.value.start..text.len(), choices }
}

/// The condition that the text ends with, if it may go on.
fn last_term(text: &str) -> Option<Term> {
    let last = tokens(text).pop().filter(|token| token.span.end == text.len())?;
    match last.kind {
        Kind::Term(term) if !term.star && (!term.quoted || term.unclosed) => Some(term),
        _ => None,
    }
}

fn chosen<T>(table: &[(&'static str, T)], beginning: impl Fn(&&str) -> bool) -> Vec<String> {
    table.iter().map(|(name, _)| *name).filter(beginning).map(str::to_owned).collect()
}

/// Whether each word of `begun` begins a word of `name`, and something is missing.
fn continues(name: &str, begun: &str) -> bool {
    let words = folded_words(name);
    let begun = folded_words(begun);
    begun != words && begun.iter().all(|begun| words.iter().any(|word| word.starts_with(begun)))
}

/// `name` as the value of a field, in quotation marks where it would fall apart without.
fn written(name: &str) -> String {
    let plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '_'));
    Leaf::Words { field: Field::Any, text: name.to_owned(), quoted: !plain, exact: false, prefix: false }.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    fn known(field: Field) -> Vec<String> {
        let names: &[&str] = match field {
            Field::Source => &["Harbour Wire", "Northern Post", "wire"],
            Field::Tag => &["harbour", "said \"so\""],
            Field::Speaker => &["Orla Finch", "Bo Orlan"],
            _ => &[],
        };
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn what_is_being_typed_can_be_completed() {
        for (text, expected) in [
            ("", &[][..]),
            ("s", &[]),
            ("so", &["source:", "sort:"]),
            ("tide so", &["tide source:", "tide sort:"]),
            ("(tide OR -TI", &["(tide OR -title:"]),
            ("so ", &[]),
            ("\"so", &[]),
            ("is:", &["is:unread", "is:read", "is:bookmarked", "is:trashed"]),
            ("tide is:UN", &["tide is:unread"]),
            ("is:unread", &[]),
            ("sort:re", &["sort:relevance"]),
            ("source:wir", &["source:\"Harbour Wire\"", "source:wire"]),
            ("source:wire", &["source:\"Harbour Wire\""]),
            ("-source:\"harb w", &["-source:\"Harbour Wire\""]),
            ("tag:sai", &["tag:\"said \\\"so\\\"\""]),
            ("speaker:orl", &["speaker:\"Orla Finch\"", "speaker:\"Bo Orlan\""]),
            ("speaker:orl*", &[]),
            ("title:so", &[]),
            ("date:20", &[]),
            ("source:\"Harbour Wire\"", &[]),
            ("source:=wir", &["source:=\"Harbour Wire\"", "source:=wire"]),
            ("=so", &[]),
        ] {
            let completion = completion(text, known);
            let completed: Vec<String> =
                completion.choices.iter().map(|choice| format!("{}{choice}", &text[..completion.span.start])).collect();
            assert_eq!(completed, expected, "{text}");
            for query in completed.iter().filter(|query| !query.ends_with(':') && !query.starts_with('(')) {
                assert!(parse(query).is_ok(), "{query}");
            }
        }
    }

    #[test]
    fn names_are_asked_for_where_there_are_many() {
        assert_eq!(names_wanted("tide speaker:or"), Some((Field::Speaker, "or".to_owned())));
        assert_eq!(names_wanted("speaker:\"orla f"), Some((Field::Speaker, "orla f".to_owned())));
        for text in ["", "title:or", "speaker:or ", "speaker:\"orla\"", "or"] {
            assert_eq!(names_wanted(text), None, "{text}");
        }
    }
}
