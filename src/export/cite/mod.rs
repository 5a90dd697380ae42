//! Articles and quotations as they are cited, in the forms that people paste and that bibliography programs read.
//!
//! In Markdown, plain text, comma-separated values and JSON lines a quotation is an entry. In BibTeX, CSL-JSON and RIS
//! an article is one, since that is what a bibliography lists, and its quotations are its notes. The date of access is the day
//! the article was added: the text that is quoted was taken from its address then, whatever stands there today.

mod bibtex;
mod csl;
mod key;
mod lines;
mod markdown;
mod names;
mod plain;
mod ris;
mod sentence;
mod table;

use std::collections::HashSet;

use jiff::civil::Date;

use crate::clock::Now;
use crate::error::Result;
use crate::model::{Article, Published, Quote, Stored};
use crate::text::clean::shown;

pub use names::Name;
pub use plain::citation;

/// How references are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Block quotations to paste.
    Markdown,
    /// The words, and below them where they stand.
    Plain,
    Bibtex,
    /// An array of objects by the schema of the Citation Style Language, 1.0.2.
    Csl,
    Ris,
    /// RFC 4180 with a head line; lines end with a line feed.
    Csv,
    /// An object a quotation.
    Jsonl,
}

/// An article that is cited, with those of its quotations that are.
pub struct Reference<'a> {
    /// The library's number, or what a file calls it.
    id: String,
    article: &'a Article,
    /// In the order of the text; none where the article itself is cited.
    quotations: Vec<Quotation<'a>>,
    names: Vec<Name>,
    published: Option<Date>,
    accessed: Option<Date>,
}

/// A quotation that is cited.
struct Quotation<'a> {
    quote: &'a Quote,
    /// As they stand in the article, marks included.
    words: &'a str,
    /// The sentence around them, which may be they alone.
    sentence: &'a str,
}

impl<'a> Reference<'a> {
    /// A reference to `quotes` of `article`, or to the article itself where there are none. It was added at `added`, in seconds
    /// since 1970; times become days in the zone of `now`.
    pub fn new(
        id: impl Into<String>,
        article: &'a Article,
        quotes: impl IntoIterator<Item = &'a Quote>,
        added: Option<i64>,
        now: &Now,
    ) -> Self {
        let document = &article.document;
        let quoted = |quote| Quotation {
            quote,
            words: document.slice(&quote.span),
            sentence: sentence::around(document, quote),
        };
        Self {
            id: id.into(),
            article,
            quotations: quotes.into_iter().map(quoted).collect(),
            names: article.author.as_deref().map(names::names).unwrap_or_default(),
            published: article.published.map(|published| day(published, now)),
            accessed: added.map(|seconds| day(Published { seconds, day_only: false }, now)),
        }
    }

    /// A reference to `quotes` of an article of the library.
    pub fn stored(stored: &'a Stored, quotes: impl IntoIterator<Item = &'a Quote>, now: &Now) -> Self {
        Self::new(stored.summary.id.to_string(), &stored.article, quotes, Some(stored.added), now)
    }

    fn key(&self) -> String {
        let year = self.published.map(Date::year);
        key::key(&self.names, self.article.source.as_deref(), year, &self.article.title, &self.id)
    }
}

impl Quotation<'_> {
    /// The speaker as people read it; a question mark where it is doubtful.
    fn speaker(&self) -> Option<String> {
        let doubt = if self.quote.is_doubtful() { " (?)" } else { "" };
        self.quote.named().map(|speaker| speaker + doubt)
    }

    /// The sentence, where it says more than the words.
    fn context(&self) -> Option<&str> {
        Some(self.sentence).filter(|sentence| *sentence != self.words.trim())
    }

    /// Words, speaker, role and sentence in one line, for the notes of a bibliography.
    fn note(&self) -> String {
        let mut note = one_line(self.words);
        let role = self.quote.described().map(str::to_owned);
        for part in [self.speaker(), role].into_iter().flatten().enumerate() {
            note.push_str(if part.0 == 0 { " — " } else { ", " });
            note.push_str(&part.1);
        }
        if let Some(context) = self.context() {
            note.push_str(" — in the article: ");
            note.push_str(&one_line(context));
        }
        note
    }
}

/// Writes references one after the other: first `head`, then `entry` for each, then `tail`.
pub struct Bibliography {
    form: Form,
    /// The keys given so far.
    keys: HashSet<String>,
    begun: bool,
}

impl Bibliography {
    #[must_use]
    pub fn new(form: Form) -> Self {
        Self { form, keys: HashSet::new(), begun: false }
    }

    /// Whether quoted phrases, which are nobody's speech, have a place in the form: a column tells them apart.
    #[must_use]
    pub fn takes_phrases(&self) -> bool {
        matches!(self.form, Form::Csv | Form::Jsonl)
    }

    /// What stands before the first entry.
    #[must_use]
    pub fn head(&self) -> &'static str {
        match self.form {
            Form::Csv => table::HEAD,
            Form::Csl => "[",
            _ => "",
        }
    }

    /// What stands for `reference`, line ends included; safe to show, as everything that is written.
    ///
    /// # Errors
    /// A value that has no form in JSON.
    pub fn entry(&mut self, reference: &Reference) -> Result<String> {
        let first = !std::mem::replace(&mut self.begun, true);
        Ok(match self.form {
            Form::Markdown => shown(&markdown::entry(reference)).into_owned(),
            Form::Plain => shown(&plain::entry(reference)).into_owned(),
            Form::Csv => shown(&table::entry(reference)).into_owned(),
            Form::Bibtex => shown(&bibtex::entry(reference, &self.key(reference))).into_owned(),
            Form::Ris => shown(&ris::entry(reference, &self.key(reference))).into_owned(),
            Form::Csl => {
                let entry = csl::entry(reference, self.key(reference))?;
                format!("{}\n{entry}", if first { "" } else { "," })
            }
            Form::Jsonl => lines::entry(reference)?,
        })
    }

    /// What stands behind the last entry.
    #[must_use]
    pub fn tail(&self) -> &'static str {
        if self.form == Form::Csl { "\n]\n" } else { "" }
    }

    /// The key of `reference`, another one where two files have one name.
    fn key(&mut self, reference: &Reference) -> String {
        let key = reference.key();
        let others = (2_u64..).map(|n| format!("{key}-{n}"));
        let free = std::iter::once(key.clone()).chain(others).find(|key| self.keys.insert(key.clone()));
        free.unwrap_or(key)
    }
}

/// The day in the zone of `now`; a day stays the day it is.
fn day(published: Published, now: &Now) -> Date {
    let utc = Now::fixed(now.seconds);
    if published.day_only { &utc } else { now }.at(published.seconds).date()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
