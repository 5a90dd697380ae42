//! Quotations with the articles that they stand in: those of a speaker, those of some articles, those that are kept.

use std::cmp::Reverse;

use rusqlite::OptionalExtension;

use super::bits::{Bits, Mark};
use super::kept::{self, Kept};
use super::store::Library;
use super::voices::key;
use super::{overlay, place};
use crate::error::Result;
use crate::model::{Id, Quote, Quoted};

/// An article that quotations stand in: a row for each is made from it.
struct Article {
    text: String,
    quotes: Vec<Quote>,
    kept: Vec<Kept>,
    /// The row of a quotation, without it.
    row: Quoted,
}

impl Library {
    /// The speech in the articles `ids`, in their order and that of the text; only that of `speaker`, where one is named by
    /// the whole name. Articles that are not there are left out.
    pub fn quoted(&self, ids: &[Id], speaker: Option<&str>) -> Result<Vec<Quoted>> {
        let speaker = speaker.map(key);
        let mut all = Vec::new();
        for id in ids {
            let Some(article) = self.quoting(*id)? else { continue };
            for (index, quote) in article.quotes.iter().enumerate().filter(|(_, quote)| quote.speech) {
                let by = |wanted: &String| quote.speaker.as_deref().is_some_and(|name| key(name) == *wanted);
                if speaker.as_ref().is_none_or(by) {
                    all.push(article.row(index, quote));
                }
            }
        }
        Ok(all)
    }

    /// All quotations that are kept, the one kept last first; those of articles in the trash are left out.
    pub fn kept(&self) -> Result<Vec<Quoted>> {
        let trashed = Bits::load(&self.connection, Mark::Trashed)?;
        let mut statement = self.connection.prepare_cached("SELECT DISTINCT article FROM kept")?;
        let ids: Vec<Id> = statement.query_map([], |row| row.get(0))?.collect::<std::result::Result<_, _>>()?;
        let mut all = Vec::new();
        for id in ids.into_iter().filter(|id| !trashed.has(*id)) {
            let Some(article) = self.quoting(id)? else { continue };
            for kept in &article.kept {
                let index = overlay::find(&kept.words, kept.start, kept.rank, &article.text, &article.quotes);
                let found = index.and_then(|index| Some((index, article.quotes.get(index)?)));
                all.push(match found {
                    Some((index, quote)) => Quoted { kept: Some(kept.at), ..article.row(index, quote) },
                    None => article.gone(kept),
                });
            }
        }
        all.sort_by_key(|quoted| (Reverse(quoted.kept), quoted.id, quoted.quote.span.start));
        Ok(all)
    }

    fn quoting(&self, id: Id) -> Result<Option<Article>> {
        let sql = "SELECT title, name, author, url, place FROM article
                   LEFT JOIN source ON source.id = article.source WHERE article.id = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let row = statement.query_row([id], |row| {
            Ok(Quoted {
                id,
                index: None,
                title: row.get(0)?,
                source: row.get(1)?,
                author: row.get(2)?,
                url: row.get(3)?,
                published: place::published(row.get(4)?),
                words: String::new(),
                quote: Quote {
                    span: 0..0,
                    speech: true,
                    cue: None,
                    source: None,
                    speaker: None,
                    role: None,
                    confidence: 1.0,
                },
                kept: None,
            })
        });
        let (Some(row), Some((document, quotes))) = (row.optional()?, self.body(id)?) else { return Ok(None) };
        let kept = kept::of(&self.connection, id)?;
        Ok(Some(Article { text: document.text().to_owned(), quotes, kept, row }))
    }
}

impl Article {
    fn row(&self, index: usize, quote: &Quote) -> Quoted {
        let found =
            |kept: &&Kept| overlay::find(&kept.words, kept.start, kept.rank, &self.text, &self.quotes) == Some(index);
        Quoted {
            index: Some(index),
            words: overlay::words(&self.text, quote).to_owned(),
            quote: quote.clone(),
            kept: self.kept.iter().find(found).map(|kept| kept.at),
            ..self.row.clone()
        }
    }

    /// The row of a quotation that the text no longer has.
    fn gone(&self, kept: &Kept) -> Quoted {
        let end = kept.start.saturating_add(u32::try_from(kept.words.len()).unwrap_or(u32::MAX));
        let quote = Quote { span: kept.start..end, speaker: kept.speaker.clone(), ..self.row.quote.clone() };
        Quoted { words: kept.words.clone(), quote, kept: Some(kept.at), ..self.row.clone() }
    }
}
