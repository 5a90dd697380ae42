//! Reading what is kept: rows of the list, whole articles, the places where reading stopped.

use rusqlite::{ErrorCode, OptionalExtension, Row};

use super::fault::damaged;
use super::store::Library;
use super::{encoding, kept, overlay, place, tags};
use crate::error::Result;
use crate::model::{Article, Document, Id, Quote, Stored, Summary};

/// The columns that `summary` reads, in its order. The marks are the byte that holds the article's bit.
const SUMMARY: &str = "SELECT a.id, a.title, a.url, s.name, a.author, a.place, a.words, a.quotes,
    (SELECT substr(bits, (a.id & 16383) / 8 + 1, 1) FROM mark WHERE mark.id = (a.id >> 14) * 8 + 1),
    (SELECT substr(bits, (a.id & 16383) / 8 + 1, 1) FROM mark WHERE mark.id = (a.id >> 14) * 8 + 2),
    (SELECT at FROM bookmark WHERE bookmark.id = a.id),
    a.guid, a.language, a.dated, a.added
    FROM article a LEFT JOIN source s ON s.id = a.source WHERE a.id = ?1";

impl Library {
    /// The newest `limit` articles outside the trash.
    pub fn newest(&self, limit: usize) -> Result<Vec<Summary>> {
        self.summaries(&self.newest_ids(limit)?)
    }

    /// The articles `ids` in the order asked; those that are not there are left out.
    pub fn summaries(&self, ids: &[Id]) -> Result<Vec<Summary>> {
        let mut statement = self.connection.prepare_cached(SUMMARY)?;
        let mut all = Vec::with_capacity(ids.len());
        for id in ids {
            if let Some(mut found) = statement.query_row([id], summary).optional()? {
                found.tags = tags::of(&self.connection, *id)?;
                all.push(found);
            }
        }
        Ok(all)
    }

    /// The article `id` with its text, quotes and state; `None` where it is not there.
    pub fn article(&self, id: Id) -> Result<Option<Stored>> {
        // One look at the library for all that follows: the same moment, and one lock instead of six.
        let _moment = self.connection.is_autocommit().then(|| self.connection.unchecked_transaction()).transpose()?;
        let mut statement = self.connection.prepare_cached(SUMMARY)?;
        let row = statement.query_row([id], |row| {
            let article = Article { guid: row.get(11)?, language: row.get(12)?, ..Article::default() };
            Ok((summary(row)?, article, row.get(13)?, row.get(14)?))
        });
        let Some((mut summary, mut article, dated, added)) = row.optional()? else { return Ok(None) };
        summary.tags = tags::of(&self.connection, id)?;
        let (document, quotes) = self.body(id)?.ok_or_else(|| damaged(&format!("article {id} has no text")))?;
        article.title.clone_from(&summary.title);
        article.url.clone_from(&summary.url);
        article.source.clone_from(&summary.source);
        article.author.clone_from(&summary.author);
        article.tags.clone_from(&summary.tags);
        article.published = Some(summary.published).filter(|_| dated);
        article.document = document;
        let one = |sql| self.connection.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional();
        let position = one("SELECT byte FROM position WHERE id = ?1")?;
        let revisions = one("SELECT count(*) FROM revision WHERE article = ?1")?.unwrap_or(0);
        let mut statement = self.connection.prepare_cached("SELECT text FROM note WHERE id = ?1")?;
        let note = statement.query_row([id], |row| row.get(0)).optional()?;
        let kept = kept::spans(&self.connection, id, article.document.text(), &quotes)?;
        Ok(Some(Stored { summary, article, quotes, kept, position, note, added, revisions }))
    }

    /// Earlier texts of the article `id`, the latest first: until when (seconds since 1970), title and text.
    pub fn revisions(&self, id: Id) -> Result<Vec<(i64, String, Document)>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT replaced, title, bytes FROM revision WHERE article = ?1 ORDER BY id DESC")?;
        let mut rows = statement.query([id])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let (document, _) = self.decode(id, &row.get::<_, Vec<u8>>(2)?)?;
            all.push((row.get(0)?, row.get(1)?, document));
        }
        Ok(all)
    }

    /// The text of the article `id`, and its quotes as the reader sees them.
    pub(super) fn body(&self, id: Id) -> Result<Option<(Document, Vec<Quote>)>> {
        let mut statement = self.connection.prepare_cached("SELECT bytes FROM body WHERE id = ?1")?;
        let packed: Option<Vec<u8>> = statement.query_row([id], |row| row.get(0)).optional()?;
        packed.map(|packed| self.unpack(id, &packed)).transpose()
    }

    /// The text of the article `id`, and its quotes as they were detected.
    pub(super) fn detected(&self, id: Id) -> Result<Option<(Document, Vec<Quote>)>> {
        let mut statement = self.connection.prepare_cached("SELECT bytes FROM body WHERE id = ?1")?;
        let packed: Option<Vec<u8>> = statement.query_row([id], |row| row.get(0)).optional()?;
        packed.map(|packed| self.decode(id, &packed)).transpose()
    }

    /// As `body`; `None` also where it is damaged. A disk that fails is an error.
    pub(super) fn readable_body(&self, id: Id) -> Result<Option<(Document, Vec<Quote>)>> {
        let mut statement = self.connection.prepare_cached("SELECT bytes FROM body WHERE id = ?1")?;
        let packed: rusqlite::Result<Option<Vec<u8>>> = statement.query_row([id], |row| row.get(0)).optional();
        match packed {
            Err(fault) if fault.sqlite_error_code() == Some(ErrorCode::DatabaseCorrupt) => Ok(None),
            packed => Ok(packed?.and_then(|packed| self.unpack(id, &packed).ok())),
        }
    }

    /// The title of the article `id` and its body, encoded.
    pub(super) fn title_and_body(&self, id: Id) -> Result<Option<(String, Vec<u8>)>> {
        let sql = "SELECT title, bytes FROM article JOIN body USING (id) WHERE id = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let row = statement.query_row([id], |row| Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?))).optional()?;
        let Some((title, packed)) = row else { return Ok(None) };
        let body = self.packing.borrow_mut().unpack(&self.connection, &packed)?;
        Ok(Some((title, body)))
    }

    fn unpack(&self, id: Id, packed: &[u8]) -> Result<(Document, Vec<Quote>)> {
        let (document, mut quotes) = self.decode(id, packed)?;
        overlay::lay(&self.connection, id, document.text(), &mut quotes)?;
        Ok((document, quotes))
    }

    fn decode(&self, id: Id, packed: &[u8]) -> Result<(Document, Vec<Quote>)> {
        let body = self.packing.borrow_mut().unpack(&self.connection, packed)?;
        encoding::decode(&body).ok_or_else(|| damaged(&format!("the text of article {id} cannot be read")))
    }
}

fn summary(row: &Row) -> rusqlite::Result<Summary> {
    let id: Id = row.get(0)?;
    let bit = |byte: Option<Vec<u8>>| {
        byte.and_then(|byte| byte.first().copied()).is_some_and(|byte| byte >> (id & 7) & 1 == 1)
    };
    Ok(Summary {
        id,
        title: row.get(1)?,
        url: row.get(2)?,
        source: row.get(3)?,
        author: row.get(4)?,
        published: place::published(row.get(5)?),
        words: row.get(6)?,
        quotes: row.get(7)?,
        read: bit(row.get(8)?),
        trashed: bit(row.get(9)?),
        bookmarked: row.get(10)?,
        tags: Vec::new(),
    })
}
