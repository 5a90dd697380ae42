//! The article that the library has already, where one comes that it may be.

use rusqlite::{Connection, OptionalExtension, Row};

use super::prepared::{Prepared, is_number};
use super::sorting::Unsorted;
use crate::error::Result;
use crate::model::Id;

/// Words from which on title and text alone tell an article: what stands instead of an article at many addresses (log in,
/// not available, no robots) is shorter.
const TELLING: u32 = 100;

/// The article that the library has already.
pub(super) struct Kept {
    pub(super) id: Id,
    pub(super) content: i64,
    pub(super) words: u32,
    /// It has another address, and is known by title and text.
    pub(super) by_content: bool,
}

/// What an article is found by.
pub(super) fn hashes(article: &Prepared) -> impl Iterator<Item = i64> {
    [article.key, article.content].into_iter().chain(article.alias)
}

/// The article that `article` is, if it is there: by its address, else by what it is called, else by its content. Keys are
/// hashes: the address itself is compared too, and so are title and length. `unsorted` are those that came last.
pub(super) fn find(connection: &Connection, article: &Prepared, unsorted: &Unsorted) -> Result<Option<Kept>> {
    let kept = |by_content| {
        move |row: &Row| {
            let (id, content, words) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(Kept { id, content, words, by_content })
        }
    };
    let given = &article.article;
    for id in candidates(connection, article.key, unsorted)? {
        let mut statement = connection
            .prepare_cached("SELECT id, content, words FROM article WHERE id = ?1 AND key = ?2 AND url IS ?3")?;
        let found = statement.query_row((id, article.key, &given.url), kept(false)).optional()?;
        if found.is_some() {
            return Ok(found);
        }
    }
    if let Some(alias) = article.alias {
        let mut statement = connection.prepare_cached(
            "SELECT id, content, words FROM article WHERE id = (SELECT article FROM alias WHERE key = ?1) AND guid = ?2",
        )?;
        let found = statement.query_row((alias, &given.guid), kept(false)).optional()?;
        if found.is_some() {
            return Ok(found);
        }
    }
    // Two records without addresses whose collection gives them two names are two: it knows better than their words.
    let name = given.guid.as_ref().filter(|guid| !is_number(guid));
    for id in candidates(connection, article.content, unsorted)? {
        let mut statement = connection.prepare_cached(
            "SELECT id, content, words FROM article
             WHERE id = ?7 AND content = ?1 AND title = ?2 AND words = ?3 AND (words >= ?4 OR guid = ?5)
             AND (url IS NOT NULL OR ?6 IS NOT NULL OR guid IS NULL OR ?5 IS NULL OR guid = ?5)",
        )?;
        let row = (article.content, &given.title, article.words.count(), TELLING, name, &given.url, id);
        let found = statement.query_row(row, kept(true)).optional()?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// The articles that `hash` may stand for, as they came.
fn candidates(connection: &Connection, hash: i64, unsorted: &Unsorted) -> Result<Vec<Id>> {
    let mut statement = connection.prepare_cached("SELECT article FROM known WHERE hash = ?1 ORDER BY article")?;
    let sorted = statement.query_map([hash >> 32], |row| row.get(0))?;
    let mut all = sorted.collect::<std::result::Result<Vec<Id>, _>>()?;
    all.extend(unsorted.known(hash));
    Ok(all)
}
