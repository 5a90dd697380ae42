//! The quotations that the reader keeps, by their words: a text that loses them does not lose what was kept.

use rusqlite::Connection;

use super::bytes::{Reader, Writer};
use super::overlay::{self, Rank};
use super::store::Library;
use crate::error::Result;
use crate::model::{Id, Quote, Span};

/// A quotation that is kept.
#[derive(Debug)]
pub struct Kept {
    /// Where it stood when it was kept, in bytes.
    pub start: u32,
    pub words: String,
    pub rank: Rank,
    /// Since when, in seconds since 1970.
    pub at: i64,
    /// Who spoke it when it was kept.
    pub speaker: Option<String>,
}

/// What is kept of `article`.
pub fn of(connection: &Connection, article: Id) -> Result<Vec<Kept>> {
    let mut statement =
        connection.prepare_cached("SELECT start, words, at, speaker, nth, twins FROM kept WHERE article = ?1")?;
    let rows = statement.query_map([article], |row| {
        let rank = Rank { nth: row.get(4)?, twins: row.get(5)? };
        Ok(Kept { start: row.get(0)?, words: row.get(1)?, rank, at: row.get(2)?, speaker: row.get(3)? })
    })?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

/// The spans of the `quotes` of `article` that are kept, in the order of its `text`.
pub fn spans(connection: &Connection, article: Id, text: &str, quotes: &[Quote]) -> Result<Vec<Span>> {
    let kept = of(connection, article)?;
    let found = kept.iter().filter_map(|kept| overlay::find(&kept.words, kept.start, kept.rank, text, quotes));
    let mut spans: Vec<Span> = found.filter_map(|at| quotes.get(at)).map(|quote| quote.span.clone()).collect();
    spans.sort_by_key(|span| span.start);
    spans.dedup();
    Ok(spans)
}

/// Keeps the quotation at `span` since the moment `now`, or no longer; whether that is a change. What was kept goes to
/// `before`: N how many, each N where it stood, T its words, S since when, a byte: 1 and T its speaker, or 0; then N and N its
/// rank.
pub fn keep(library: &Library, article: Id, span: &Span, keep: bool, now: i64, before: &mut Writer) -> Result<bool> {
    let Some((document, quotes)) = library.body(article)? else { return Ok(false) };
    let text = document.text();
    let at = quotes.iter().position(|quote| quote.span == *span);
    if keep && at.is_none() {
        return Ok(false);
    }
    let mut kept = of(&library.connection, article)?;
    // One that the text no longer has is known by where it stood.
    kept.retain(|kept| {
        overlay::find(&kept.words, kept.start, kept.rank, text, &quotes) == at
            && (at.is_some() || kept.start == span.start)
    });
    if keep != kept.is_empty() {
        return Ok(false);
    }
    if keep {
        let speaker = at.and_then(|at| quotes.get(at)).and_then(|quote| quote.speaker.clone());
        let rank = at.map(|at| Rank::of(at, text, &quotes)).unwrap_or_default();
        kept.push(Kept { start: span.start, words: document.slice(span).to_owned(), rank, at: now, speaker });
    }
    before.number(kept.len() as u64);
    for kept in kept {
        if keep {
            put(&library.connection, article, &kept)?;
        } else {
            remove(&library.connection, article, &kept)?;
        }
        write(&kept, before);
    }
    Ok(true)
}

/// Does again what `keep` did and was taken back, from what it put into `before`: whether the text still has the words. `None`
/// where that cannot be read. Nothing is written of an article that is no longer `there`.
pub fn keep_again(
    library: &Library,
    article: Id,
    keep: bool,
    there: bool,
    before: &mut Reader,
) -> Result<Option<bool>> {
    let Some(count) = before.number() else { return Ok(None) };
    let body = if there { library.body(article)? } else { None };
    let mut stands = false;
    for _ in 0..count {
        let Some(kept) = read(before) else { return Ok(None) };
        let Some((document, quotes)) = &body else { continue };
        stands |= overlay::find(&kept.words, kept.start, kept.rank, document.text(), quotes).is_some();
        if keep { put(&library.connection, article, &kept)? } else { remove(&library.connection, article, &kept)? }
    }
    Ok(Some(stands))
}

/// Takes back what `keep` did, from what it put into `before`; `None` where that cannot be read. Nothing is written of an
/// article that is no longer `there`.
pub fn take_back(
    connection: &Connection,
    article: Id,
    keep: bool,
    there: bool,
    before: &mut Reader,
) -> Result<Option<()>> {
    let Some(count) = before.number() else { return Ok(None) };
    for _ in 0..count {
        let Some(kept) = read(before) else { return Ok(None) };
        match (there, keep) {
            (false, _) => {}
            (true, true) => remove(connection, article, &kept)?,
            (true, false) => put(connection, article, &kept)?,
        }
    }
    Ok(Some(()))
}

fn put(connection: &Connection, article: Id, kept: &Kept) -> Result<()> {
    let sql = "INSERT OR IGNORE INTO kept (article, start, words, at, speaker, nth, twins)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let Rank { nth, twins } = kept.rank;
    connection.prepare_cached(sql)?.execute((article, kept.start, &kept.words, kept.at, &kept.speaker, nth, twins))?;
    Ok(())
}

fn remove(connection: &Connection, article: Id, kept: &Kept) -> Result<()> {
    let sql = "DELETE FROM kept WHERE article = ?1 AND start = ?2 AND words = ?3";
    connection.prepare_cached(sql)?.execute((article, kept.start, &kept.words))?;
    Ok(())
}

fn write(kept: &Kept, to: &mut Writer) {
    to.number(u64::from(kept.start));
    to.text(&kept.words);
    to.signed(kept.at);
    to.byte(u8::from(kept.speaker.is_some()));
    if let Some(name) = &kept.speaker {
        to.text(name);
    }
    to.number(u64::from(kept.rank.nth));
    to.number(u64::from(kept.rank.twins));
}

fn read(from: &mut Reader) -> Option<Kept> {
    let (start, words, at) = (from.small()?, from.text()?.to_owned(), from.signed()?);
    let speaker = if from.byte()? == 0 { None } else { Some(from.text()?.to_owned()) };
    let rank = Rank { nth: from.small()?, twins: from.small()? };
    Some(Kept { start, words, rank, at, speaker })
}
