//! Earlier texts of articles. They are numbered from 1 on in the order in which they came, so that a number stays what it is.

use rusqlite::{Connection, OptionalExtension};

use super::index::Words;
use super::store::Library;
use super::{kept, overlay};
use crate::error::Result;
use crate::model::{Article, Document, Id, Quote, Revision, Stored};

impl Library {
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

    /// The article `id` as its earlier text `number` was; `None` where there is none. Its quotes are detected by `detect`, as
    /// those of the text of now were, so that the two compare; what the reader said of them counts here too.
    pub fn earlier(&self, id: Id, number: u32, detect: &dyn Fn(&Article) -> Vec<Quote>) -> Result<Option<Stored>> {
        let Some(stored) = self.article(id)? else { return Ok(None) };
        let sql = "SELECT title, bytes FROM revision WHERE article = ?1 ORDER BY id LIMIT 1 OFFSET ?2";
        let Some(before) = number.checked_sub(1) else { return Ok(None) };
        let mut statement = self.connection.prepare_cached(sql)?;
        let row = statement.query_row((id, before), |row| Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?)));
        let Some((title, packed)) = row.optional()? else { return Ok(None) };
        let (document, _) = self.decode(id, &packed)?;
        let article = Article { title: title.clone(), document, ..stored.article };
        let mut quotes = detect(&article);
        overlay::lay(&self.connection, id, article.document.text(), &mut quotes)?;
        let kept = kept::spans(&self.connection, id, article.document.text(), &quotes)?;
        let mut summary = stored.summary;
        summary.title = title;
        summary.words = Words::new(&article, &article.document, &quotes).count();
        summary.quotes = u32::try_from(quotes.iter().filter(|quote| quote.speech).count()).unwrap_or(u32::MAX);
        Ok(Some(Stored { summary, article, quotes, kept, position: None, ..stored }))
    }
}

/// The earlier texts of `article`, the first one first.
pub fn of(connection: &Connection, article: Id) -> Result<Vec<Revision>> {
    let mut statement =
        connection.prepare_cached("SELECT replaced, title FROM revision WHERE article = ?1 ORDER BY id")?;
    let rows = statement.query_map([article], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut all = Vec::new();
    for (row, number) in rows.zip(1..) {
        let (replaced, title) = row?;
        all.push(Revision { number, replaced, title });
    }
    Ok(all)
}
