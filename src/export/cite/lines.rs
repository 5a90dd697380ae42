//! Quotations as JSON lines: an object each, with all that a citation needs. What is not known is null.

use serde::Serialize;

use super::Reference;
use crate::error::{Error, Result};
use crate::export::json;
use crate::text::code_points::CodePoints;

/// Offsets count code points of the article's text.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    key: &'a str,
    quote: &'a str,
    start: usize,
    end: usize,
    speech: bool,
    speaker: Option<&'a str>,
    doubtful: bool,
    confidence: f64,
    role: Option<&'a str>,
    sentence: &'a str,
    title: &'a str,
    author: Option<&'a str>,
    source: Option<&'a str>,
    date: Option<String>,
    url: Option<&'a str>,
    accessed: Option<String>,
    language: Option<&'a str>,
}

pub(super) fn entry(reference: &Reference) -> Result<String> {
    let article = reference.article;
    let points = CodePoints::new(article.document.text());
    let key = reference.key();
    let mut out = String::new();
    for quotation in &reference.quotations {
        let quote = quotation.quote;
        let [start, end] = points.span(&quote.span);
        let line = Line {
            id: &reference.id,
            key: &key,
            quote: quotation.words,
            start,
            end,
            speech: quote.speech,
            speaker: quote.speaker.as_deref(),
            doubtful: quote.speaker.is_some() && quote.is_doubtful(),
            // Two places: more would only show how a computer counts.
            confidence: (f64::from(quote.confidence) * 100.0).round() / 100.0,
            role: quote.role.as_deref(),
            sentence: quotation.sentence,
            title: &article.title,
            author: article.author.as_deref(),
            source: article.source.as_deref(),
            date: reference.published.map(|date| date.to_string()),
            url: article.url.as_deref(),
            accessed: reference.accessed.map(|date| date.to_string()),
            language: article.language.as_deref(),
        };
        let line = json::to_string(&line).map_err(|error| Error::refused(format!("this is not JSON: {error}")))?;
        out.push_str(&line);
        out.push('\n');
    }
    Ok(out)
}
