//! Tags: names in one table, who carries them in another.

use rusqlite::Connection;

use crate::error::Result;
use crate::model::Id;

/// Gives `article` the tag `name`; whether it did not have it.
pub fn tag(connection: &Connection, article: Id, name: &str) -> Result<bool> {
    connection.prepare_cached("INSERT OR IGNORE INTO tag (name) VALUES (?1)")?.execute([name])?;
    let mut statement = connection
        .prepare_cached("INSERT OR IGNORE INTO tagged (article, tag) SELECT ?1, id FROM tag WHERE name = ?2")?;
    Ok(statement.execute((article, name))? > 0)
}

/// Takes the tag `name` from `article`; whether it had it.
pub fn untag(connection: &Connection, article: Id, name: &str) -> Result<bool> {
    let mut statement = connection
        .prepare_cached("DELETE FROM tagged WHERE article = ?1 AND tag = (SELECT id FROM tag WHERE name = ?2)")?;
    Ok(statement.execute((article, name))? > 0)
}

/// The tags of `article`, by name.
pub fn of(connection: &Connection, article: Id) -> Result<Vec<String>> {
    let mut statement = connection
        .prepare_cached("SELECT name FROM tagged JOIN tag ON tag.id = tagged.tag WHERE article = ?1 ORDER BY name")?;
    let names = statement.query_map([article], |row| row.get(0))?;
    Ok(names.collect::<std::result::Result<_, _>>()?)
}
