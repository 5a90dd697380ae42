//! Looking for damage: the file itself, and whether its parts agree with each other.

use super::bits::{Bits, Mark};
use super::store::Library;
use crate::error::Result;

/// Counts of what should not be there, and what it is.
const FAULTS: &[(&str, &str)] = &[
    ("SELECT count(*) FROM article WHERE id NOT IN (SELECT id FROM body)", "articles have no text"),
    ("SELECT count(*) FROM body WHERE id NOT IN (SELECT id FROM article)", "texts have no article"),
    ("SELECT count(*) FROM revision WHERE article NOT IN (SELECT id FROM article)", "earlier texts have no article"),
    ("SELECT count(*) FROM tagged WHERE article NOT IN (SELECT id FROM article)", "tags are on no article"),
    ("SELECT count(*) FROM alias WHERE article NOT IN (SELECT id FROM article)", "names are of no article"),
    ("SELECT count(*) FROM bookmark WHERE id NOT IN (SELECT id FROM article)", "bookmarks are on no article"),
    ("SELECT count(*) FROM note WHERE id NOT IN (SELECT id FROM article)", "notes are on no article"),
    ("SELECT count(*) FROM story WHERE article NOT IN (SELECT id FROM article)", "stories are told by no article"),
    (
        "SELECT (SELECT count(*) FROM correction WHERE article NOT IN (SELECT id FROM article))
         + (SELECT count(*) FROM kept WHERE article NOT IN (SELECT id FROM article))
         + (SELECT count(*) FROM renaming WHERE article NOT IN (SELECT id FROM article UNION SELECT 0))",
        "things said of quotes are of no article",
    ),
    (
        "SELECT count(*) FROM voice LEFT JOIN article ON article.id = voice.article
         WHERE article.place IS NOT voice.place OR speaker NOT IN (SELECT id FROM speaker)",
        "voices are of no article or no speaker, or stand in another place",
    ),
    (
        "SELECT count(*) FROM speaker s LEFT JOIN
         (SELECT speaker, count(*) AS articles, sum(quotes) AS quotes FROM voice
          WHERE article <= (SELECT CAST(value AS INTEGER) FROM memory WHERE key = 'library.sorted') GROUP BY speaker) v
         ON v.speaker = s.id
         WHERE s.articles <> ifnull(v.articles, 0) OR s.quotes <> ifnull(v.quotes, 0)",
        "speakers have wrong numbers of quotes",
    ),
    (
        "WITH sorted AS (SELECT speaker, place, article FROM voice
          WHERE article <= (SELECT CAST(value AS INTEGER) FROM memory WHERE key = 'library.sorted'))
         SELECT (SELECT count(*) FROM (SELECT * FROM sorted EXCEPT SELECT * FROM speaking))
         + (SELECT count(*) FROM (SELECT * FROM speaking EXCEPT SELECT * FROM sorted))",
        "voices are not with their speakers, or not in their articles",
    ),
    (
        "WITH sorted AS (SELECT * FROM (SELECT key >> 32, id FROM article UNION SELECT content >> 32, id FROM article)
          WHERE id <= (SELECT CAST(value AS INTEGER) FROM memory WHERE key = 'library.sorted'))
         SELECT (SELECT count(*) FROM (SELECT * FROM sorted EXCEPT SELECT * FROM known))
         + (SELECT count(*) FROM (SELECT * FROM known EXCEPT SELECT * FROM sorted))",
        "articles are not known by what they are",
    ),
    (
        "SELECT count(*) FROM source s WHERE articles <> (SELECT count(*) FROM article WHERE source = s.id)",
        "sources have a wrong number of articles",
    ),
];

impl Library {
    /// Reads everything and describes each fault found; nothing where all is well. Takes about a second for each 20,000
    /// articles.
    pub fn check(&self) -> Result<Vec<String>> {
        let mut found = Vec::new();
        let mut statement = self.connection.prepare("PRAGMA integrity_check(20)")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            found.push(row.get::<_, String>(0)?);
        }
        found.retain(|line| line != "ok");
        if !found.is_empty() {
            return Ok(found);
        }
        for (sql, what) in FAULTS {
            let count: u32 = self.connection.query_row(sql, [], |row| row.get(0))?;
            if count > 0 {
                found.push(format!("{count} {what}"));
            }
        }
        let mut present = Bits::default();
        let mut statement = self.connection.prepare("SELECT id FROM article ORDER BY id")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let id = row.get(0)?;
            present.set(id, true);
            if let Err(error) = self.article(id).and_then(|_| self.revisions(id)) {
                found.push(format!("article {id}: {}", error.message));
            }
        }
        let marked = Bits::load(&self.connection, Mark::Present)?;
        if !present.ids().eq(marked.ids()) {
            found.push("the set of articles does not agree with the articles".to_owned());
        }
        Ok(found)
    }
}
