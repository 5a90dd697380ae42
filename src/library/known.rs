//! The article that the library has already, where one comes that it may be.

use rusqlite::{Connection, OptionalExtension, Row};

use super::prepared::{Prepared, is_number};
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
/// hashes: the address itself is compared too, and so are title and length.
pub(super) fn find(connection: &Connection, article: &Prepared) -> Result<Option<Kept>> {
    let kept = |by_content| {
        move |row: &Row| {
            let (id, content, words) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(Kept { id, content, words, by_content })
        }
    };
    let mut statement =
        connection.prepare_cached("SELECT id, content, words FROM article WHERE key = ?1 AND url IS ?2 LIMIT 1")?;
    let found = statement.query_row((article.key, &article.article.url), kept(false)).optional()?;
    if found.is_some() {
        return Ok(found);
    }
    if let Some(alias) = article.alias {
        let mut statement = connection.prepare_cached(
            "SELECT id, content, words FROM article WHERE id = (SELECT article FROM alias WHERE key = ?1) AND guid = ?2",
        )?;
        let found = statement.query_row((alias, &article.article.guid), kept(false)).optional()?;
        if found.is_some() {
            return Ok(found);
        }
    }
    let mut statement = connection.prepare_cached(
        "SELECT id, content, words FROM article
         WHERE content = ?1 AND title = ?2 AND words = ?3 AND (words >= ?4 OR guid = ?5)
         AND (url IS NOT NULL OR ?6 IS NOT NULL OR guid IS NULL OR ?5 IS NULL OR guid = ?5) ORDER BY id LIMIT 1",
    )?;
    // Two records without addresses whose collection gives them two names are two: it knows better than their words.
    let given = &article.article;
    let name = given.guid.as_ref().filter(|guid| !is_number(guid));
    let row = (article.content, &given.title, article.words.count(), TELLING, name, &given.url);
    Ok(statement.query_row(row, kept(true)).optional()?)
}
