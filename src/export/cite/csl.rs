//! An article as an item of CSL-JSON, by the schema of the Citation Style Language 1.0.2 (`csl-data.json`).

use jiff::civil::Date;
use serde::Serialize;

use super::{Name, Reference};
use crate::error::{Error, Result};
use crate::export::json;

/// What is not known is left out.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Item<'a> {
    id: String,
    r#type: &'static str,
    title: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    container_title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<Day>,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accessed: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    /// The quotations, a line each.
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Author<'a> {
    #[serde(rename_all = "kebab-case")]
    Person {
        family: &'a str,
        given: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        non_dropping_particle: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        suffix: Option<&'a str>,
    },
    Whole {
        literal: &'a str,
    },
}

impl<'a> Author<'a> {
    fn new(name: &'a Name) -> Self {
        match name {
            Name::Person { given, particle, family, suffix } => {
                Self::Person { family, given, non_dropping_particle: particle.as_deref(), suffix: suffix.as_deref() }
            }
            Name::Whole(literal) => Self::Whole { literal },
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Day {
    date_parts: [[i16; 3]; 1],
}

impl Day {
    fn new(date: Date) -> Self {
        Self { date_parts: [[date.year(), date.month().into(), date.day().into()]] }
    }
}

pub(super) fn entry(reference: &Reference, key: String) -> Result<String> {
    let article = reference.article;
    let notes: Vec<String> = reference.quotations.iter().map(super::Quotation::note).collect();
    let item = Item {
        id: key,
        r#type: match (&article.source, &article.url) {
            (Some(_), _) => "article-newspaper",
            (None, Some(_)) => "webpage",
            (None, None) => "document",
        },
        title: &article.title,
        author: reference.names.iter().map(Author::new).collect(),
        container_title: article.source.as_deref(),
        issued: reference.published.map(Day::new),
        url: article.url.as_deref(),
        accessed: reference.accessed.filter(|_| article.url.is_some()).map(Day::new),
        language: article.language.as_deref(),
        note: notes.join("\n"),
    };
    json::to_string(&item).map_err(|error| Error::refused(format!("this is not JSON: {error}")))
}
