//! What the reader calls the speakers: names that stand in place of those that were detected, in one article or everywhere.
//!
//! A name is known by its folded words, its key. One look finds what somebody is called: a renaming of a name that is
//! itself a new one is written into the old renaming, so that there are no chains. Calling a name by itself takes back
//! what it was called.

use rusqlite::{Connection, OptionalExtension};

use super::bits::Bits;
use super::bytes::{Reader, Writer};
use super::correction;
use super::overlay::Rank;
use super::sorting;
use super::store::Library;
use super::voices::{self, key};
use crate::error::Result;
use crate::model::{Change, Id, Quote};

/// The article of what counts everywhere.
const EVERYWHERE: Id = 0;

impl Library {
    /// Calls the speaker `from` by the name `to`, so that the two are one from now on: everywhere, also in articles that
    /// come later; or only in the articles `ids`, so that two people of one name are told apart. `now` is in seconds since
    /// 1970. Says how many articles that concerns; `undo` takes it back, and so does calling a name by itself.
    pub fn rename_speaker(&mut self, from: &str, to: &str, ids: Option<&[Id]>, now: i64) -> Result<u64> {
        let change = Change::Rename { from: from.to_owned(), to: to.to_owned(), everywhere: ids.is_none() };
        self.change(ids.unwrap_or_default(), &change, now)
    }
}

/// Gives the speakers of the detected `quotes` of `article` the names that the reader gave them.
pub fn lay(connection: &Connection, article: Id, quotes: &mut [Quote]) -> Result<()> {
    if !any(connection)? {
        return Ok(());
    }
    for name in quotes.iter_mut().filter_map(|quote| quote.speaker.as_mut()) {
        if let Some(called) = called(connection, article, &key(name))? {
            *name = called;
        }
    }
    Ok(())
}

/// Whether anybody is called otherwise than the texts say.
pub fn any(connection: &Connection) -> Result<bool> {
    let mut statement = connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM renaming)")?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

/// What those with the detected name `key` are called in `article`.
fn called(connection: &Connection, article: Id, key: &str) -> Result<Option<String>> {
    let mut statement = connection.prepare_cached(
        "SELECT name FROM renaming WHERE key = ?1 AND article IN (?2, 0) ORDER BY article DESC LIMIT 1",
    )?;
    Ok(statement.query_row((key, article), |row| row.get(0)).optional()?)
}

/// Calls the speaker `from` by the name `to`, everywhere or only in the articles `within`. Says which articles are
/// concerned; what was before goes to `before`: N renamings, each T key, N article, a byte: 1 and T what it was called, or
/// 0; N corrections, each N article, N start, T words, T speaker.
pub fn rename(library: &Library, (from, to): (&str, &str), within: Option<&Bits>, before: &mut Writer) -> Result<Bits> {
    let connection = &library.connection;
    let (from, back) = (key(from), key(from) == key(to));
    // Those that somebody is just adding are concerned too.
    sorting::sort_in(connection)?;
    let mut concerned = voices::articles(connection, &from)?;
    if back && let Some(name) = called(connection, EVERYWHERE, &from)? {
        concerned.extend(voices::articles(connection, &key(&name))?);
    }
    let concerned: Bits = concerned.into_iter().filter(|id| within.is_none_or(|within| within.has(*id))).collect();
    if concerned.is_empty() {
        return Ok(concerned);
    }
    let mut renamed = Vec::new();
    match within {
        None => {
            for (key, article, name) in all(connection)? {
                if voices::key(&name) == from && name != to {
                    renamed.push((key, article, Some(name)));
                }
            }
            let name = called(connection, EVERYWHERE, &from)?;
            if name.as_ref().is_none_or(|name| back && voices::key(name) != from) {
                renamed.push((from.clone(), EVERYWHERE, name));
            }
        }
        Some(_) => {
            for id in concerned.ids() {
                for key in detected(library, id)? {
                    let name = called(connection, id, &key)?;
                    let now = name.as_deref().map_or_else(|| key.clone(), voices::key);
                    if now == from || back && key == from {
                        let old = called_only(connection, id, &key)?;
                        renamed.push((key, id, old));
                    }
                }
            }
        }
    }
    before.number(renamed.len() as u64);
    for (key, article, old) in &renamed {
        before.text(key);
        before.number(article.unsigned_abs());
        before.byte(u8::from(old.is_some()));
        if let Some(old) = old {
            before.text(old);
        }
        put(connection, key, *article, Some(to))?;
    }
    rename_corrections(connection, &from, to, &concerned, before)?;
    Ok(concerned)
}

fn rename_corrections(
    connection: &Connection,
    from: &str,
    to: &str,
    concerned: &Bits,
    before: &mut Writer,
) -> Result<()> {
    let mut corrected = Vec::new();
    for id in correction::articles(connection)?.into_iter().filter(|id| concerned.has(*id)) {
        let said = correction::of(connection, id)?.into_iter();
        let named = said.filter_map(|said| Some((id, said.start, said.words, said.speaker?)));
        corrected.extend(named.filter(|(.., name)| key(name) == from));
    }
    before.number(corrected.len() as u64);
    for (article, start, words, name) in &corrected {
        before.number(article.unsigned_abs());
        before.number(u64::from(*start));
        before.text(words);
        before.text(name);
        correction::put(connection, *article, (*start, words), Rank::default(), Some(to))?;
    }
    Ok(())
}

/// Takes back what `rename` did, from what it put into `before`; `None` where that cannot be read. Nothing is written of
/// articles that are not `present` any more.
pub fn take_back(connection: &Connection, present: &Bits, before: &mut Reader) -> Result<Option<()>> {
    let Some(renamed) = before.number() else { return Ok(None) };
    for _ in 0..renamed {
        let mut read = || {
            let (key, article) = (before.text()?, Id::from(before.small()?));
            Some((key, article, if before.byte()? == 0 { None } else { Some(before.text()?) }))
        };
        let Some((key, article, old)) = read() else { return Ok(None) };
        if article == EVERYWHERE || present.has(article) {
            put(connection, key, article, old)?;
        }
    }
    let Some(corrected) = before.number() else { return Ok(None) };
    for _ in 0..corrected {
        let mut read = || Some((Id::from(before.small()?), (before.small()?, before.text()?), before.text()?));
        let Some((article, at, name)) = read() else { return Ok(None) };
        if present.has(article) {
            correction::put(connection, article, at, Rank::default(), Some(name))?;
        }
    }
    Ok(Some(()))
}

fn put(connection: &Connection, key: &str, article: Id, name: Option<&str>) -> Result<()> {
    match name {
        Some(name) => connection
            .prepare_cached("INSERT OR REPLACE INTO renaming (key, article, name) VALUES (?1, ?2, ?3)")?
            .execute((key, article, name))?,
        None => connection
            .prepare_cached("DELETE FROM renaming WHERE key = ?1 AND article = ?2")?
            .execute((key, article))?,
    };
    Ok(())
}

fn all(connection: &Connection) -> Result<Vec<(String, Id, String)>> {
    let mut statement = connection.prepare_cached("SELECT key, article, name FROM renaming")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

fn called_only(connection: &Connection, article: Id, key: &str) -> Result<Option<String>> {
    let mut statement = connection.prepare_cached("SELECT name FROM renaming WHERE key = ?1 AND article = ?2")?;
    Ok(statement.query_row((key, article), |row| row.get(0)).optional()?)
}

/// The keys of the speakers that were detected in `article`.
fn detected(library: &Library, article: Id) -> Result<Vec<String>> {
    let quotes = library.detected(article)?.map(|(_, quotes)| quotes).unwrap_or_default();
    let mut keys: Vec<String> = quotes.iter().filter_map(|quote| quote.speaker.as_deref()).map(key).collect();
    keys.sort();
    keys.dedup();
    keys.retain(|key| !key.is_empty());
    Ok(keys)
}
