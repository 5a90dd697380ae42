//! Who speaks a quotation, where the reader said so: kept by the quotation's words, apart from the body.

use rusqlite::Connection;

use super::bytes::{Reader, Writer};
use super::overlay::{self, Rank};
use super::store::Library;
use crate::error::Result;
use crate::model::{Id, Quote, Span};

/// What the reader said of one quotation.
#[derive(Debug)]
pub struct Correction {
    /// Where it stood when the reader said so, in bytes.
    pub start: u32,
    pub words: String,
    pub rank: Rank,
    /// Who speaks it; `None`: nobody.
    pub speaker: Option<String>,
}

impl Correction {
    /// Lays it over what was detected.
    pub fn lay(self, quote: &mut Quote) {
        // Where the text names somebody else, that is no longer where it names the speaker.
        if quote.speaker != self.speaker {
            (quote.source, quote.role) = (None, None);
        }
        quote.speech |= self.speaker.is_some();
        quote.speaker = self.speaker;
        quote.confidence = 1.0;
    }
}

/// What the reader said of the quotations of `article`.
pub fn of(connection: &Connection, article: Id) -> Result<Vec<Correction>> {
    let mut statement =
        connection.prepare_cached("SELECT start, words, speaker, nth, twins FROM correction WHERE article = ?1")?;
    let rows = statement.query_map([article], |row| {
        let rank = Rank { nth: row.get(3)?, twins: row.get(4)? };
        Ok(Correction { start: row.get(0)?, words: row.get(1)?, rank, speaker: row.get(2)? })
    })?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

/// Says who speaks the quotation at `span`; whether that is news. What was said of it before goes to `before`: N where it
/// stood, T its words, a byte: 0 nothing, 1 nobody, 2 and T a speaker.
pub fn correct(
    library: &Library,
    article: Id,
    span: &Span,
    speaker: Option<&str>,
    before: &mut Writer,
) -> Result<bool> {
    let Some((document, quotes)) = library.body(article)? else { return Ok(false) };
    let text = document.text();
    let Some(at) = quotes.iter().position(|quote| quote.span == *span) else { return Ok(false) };
    let said = of(&library.connection, article)?;
    let said =
        said.into_iter().rfind(|said| overlay::find(&said.words, said.start, said.rank, text, &quotes) == Some(at));
    let (start, words, old) = match said {
        Some(said) if said.speaker.as_deref() == speaker => return Ok(false),
        Some(said) => (said.start, said.words, Some(said.speaker)),
        None => (span.start, document.slice(span).to_owned(), None),
    };
    put(&library.connection, article, (start, &words), Rank::of(at, text, &quotes), speaker)?;
    before.number(u64::from(start));
    before.text(&words);
    match old {
        None => before.byte(0),
        Some(None) => before.byte(1),
        Some(Some(name)) => {
            before.byte(2);
            before.text(&name);
        }
    }
    Ok(true)
}

/// Does again what `correct` did and was taken back, from what it put into `before`: whether the text still has the words.
/// `None` where that cannot be read. Nothing is written of an article that is no longer `there`.
pub fn say_again(
    library: &Library,
    article: Id,
    there: bool,
    speaker: Option<&str>,
    before: &mut Reader,
) -> Result<Option<bool>> {
    let mut read = || {
        let (start, words) = (before.small()?, before.text()?);
        // Who spoke it before is of no interest here.
        if before.byte()? == 2 {
            before.text()?;
        }
        Some((start, words))
    };
    let Some((start, words)) = read() else { return Ok(None) };
    if !there {
        return Ok(Some(false));
    }
    let body = library.body(article)?;
    let at = body.as_ref().and_then(|(document, quotes)| {
        overlay::find(words, start, Rank::default(), document.text(), quotes).map(|at| (at, document, quotes))
    });
    let rank = at.map(|(at, document, quotes)| Rank::of(at, document.text(), quotes));
    put(&library.connection, article, (start, words), rank.unwrap_or_default(), speaker)?;
    Ok(Some(rank.is_some()))
}

/// Takes back what `correct` did, from what it put into `before`; `None` where that cannot be read. Nothing is written of
/// an article that is no longer `there`.
pub fn take_back(connection: &Connection, article: Id, there: bool, before: &mut Reader) -> Result<Option<()>> {
    let mut read = || {
        let at = (before.small()?, before.text()?);
        Some((at, before.byte()?))
    };
    let Some((at, old)) = read() else { return Ok(None) };
    let name = if old == 2 { before.text() } else { None };
    match (there, old) {
        (false, _) => {}
        (true, 0) => remove(connection, article, at)?,
        (true, _) => put(connection, article, at, Rank::default(), name)?,
    }
    Ok(Some(()))
}

/// Says of the quotation that stood at a byte, in these words, who speaks it; `None`: nobody. Of what is said already the rank
/// stays.
pub fn put(
    connection: &Connection,
    article: Id,
    (start, words): (u32, &str),
    rank: Rank,
    speaker: Option<&str>,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO correction (article, start, words, speaker, nth, twins) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (article, start, words) DO UPDATE SET speaker = ?4",
        )?
        .execute((article, start, words, speaker, rank.nth, rank.twins))?;
    Ok(())
}

fn remove(connection: &Connection, article: Id, (start, words): (u32, &str)) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM correction WHERE article = ?1 AND start = ?2 AND words = ?3")?
        .execute((article, start, words))?;
    Ok(())
}

/// The articles of which the reader said anything.
pub fn articles(connection: &Connection) -> Result<Vec<Id>> {
    let mut statement = connection.prepare_cached("SELECT DISTINCT article FROM correction")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}
