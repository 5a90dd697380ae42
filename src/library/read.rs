//! Reading what is kept: rows of the list, whole articles, the places where reading stopped.

use rusqlite::{ErrorCode, OptionalExtension, Row, Transaction};

use super::fault::damaged;
use super::store::Library;
use super::{encoding, kept, overlay, place, revision, tags};
use crate::error::Result;
use crate::model::{Article, Document, Id, Quote, Stored, Summary};

/// The columns that `summary` reads, in its order, and more. The marks are the byte that holds the article's bit.
macro_rules! select {
    ($more:literal) => {
        concat!(
            "SELECT a.id, a.title, a.url, s.name, a.author, a.place, a.words, a.quotes,
            (SELECT substr(bits, (a.id & 16383) / 8 + 1, 1) FROM mark WHERE mark.id = (a.id >> 14) * 8 + 1),
            (SELECT substr(bits, (a.id & 16383) / 8 + 1, 1) FROM mark WHERE mark.id = (a.id >> 14) * 8 + 2),
            (SELECT at FROM bookmark WHERE bookmark.id = a.id),
            EXISTS (SELECT 1 FROM tagged WHERE tagged.article = a.id)",
            $more,
            " FROM article a LEFT JOIN source s ON s.id = a.source WHERE a.id = ?1"
        )
    };
}

const SUMMARY: &str = select!("");

/// All of an article in one look.
const ARTICLE: &str = select!(
    ", a.guid, a.language, a.dated, a.added,
    (SELECT byte FROM position WHERE position.id = a.id),
    EXISTS (SELECT 1 FROM revision WHERE revision.article = a.id),
    (SELECT text FROM note WHERE note.id = a.id),
    (SELECT bytes FROM body WHERE body.id = a.id)"
);

/// What there is of an article's body.
pub(super) enum Body {
    /// Encoded, with the article's title.
    There {
        title: String,
        body: Vec<u8>,
    },
    Gone,
    Damaged,
}

impl Library {
    /// The newest `limit` articles outside the trash.
    pub fn newest(&self, limit: usize) -> Result<Vec<Summary>> {
        self.summaries(&self.newest_ids(limit, false)?)
    }

    /// As `newest`, with one article for all that tell the same story.
    pub fn newest_folded(&self, limit: usize) -> Result<Vec<Summary>> {
        self.summaries(&self.newest_ids(limit, true)?)
    }

    /// One look at the library for all that is read while it is held: the same moment, and one lock instead of many.
    pub(super) fn moment(&self) -> Result<Option<Transaction<'_>>> {
        Ok(self.connection.is_autocommit().then(|| self.connection.unchecked_transaction()).transpose()?)
    }

    /// The articles `ids` in the order asked; those that are not there are left out.
    pub fn summaries(&self, ids: &[Id]) -> Result<Vec<Summary>> {
        let _moment = self.moment()?;
        let mut statement = self.connection.prepare_cached(SUMMARY)?;
        let mut all = Vec::with_capacity(ids.len());
        for id in ids {
            if let Some(found) = statement.query_row([id], summary).optional()? {
                all.push(self.with_tags(found)?);
            }
        }
        Ok(all)
    }

    /// The article `id` with its text, quotes and state; `None` where it is not there.
    pub fn article(&self, id: Id) -> Result<Option<Stored>> {
        let _moment = self.moment()?;
        let mut statement = self.connection.prepare_cached(ARTICLE)?;
        let row = statement.query_row([id], |row| {
            let article = Article { guid: row.get(12)?, language: row.get(13)?, ..Article::default() };
            let (summary, packed): (_, Option<Vec<u8>>) = (summary(row)?, row.get(19)?);
            Ok((summary, article, row.get(14)?, row.get(15)?, row.get(16)?, row.get(17)?, row.get(18)?, packed))
        });
        let Some((summary, mut article, dated, added, position, changed, note, packed)) = row.optional()? else {
            return Ok(None);
        };
        let summary = self.with_tags(summary)?;
        let packed = packed.ok_or_else(|| damaged(&format!("article {id} has no text")))?;
        let (document, quotes) = self.unpack(id, &packed)?;
        article.title.clone_from(&summary.title);
        article.url.clone_from(&summary.url);
        article.source.clone_from(&summary.source);
        article.author.clone_from(&summary.author);
        article.tags.clone_from(&summary.tags);
        article.published = Some(summary.published).filter(|_| dated);
        article.document = document;
        let revisions = if changed { revision::of(&self.connection, id)? } else { Vec::new() };
        let kept = kept::spans(&self.connection, id, article.document.text(), &quotes)?;
        Ok(Some(Stored { summary, article, quotes, kept, position, note, added, revisions }))
    }

    /// `found` with the names of its tags, where it has any.
    fn with_tags(&self, (found, is_tagged): (Summary, bool)) -> Result<Summary> {
        let tags = if is_tagged { tags::of(&self.connection, found.id)? } else { Vec::new() };
        Ok(Summary { tags, ..found })
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

    /// The title of the article `id` and its body, encoded. A disk that fails is an error.
    pub(super) fn title_and_body(&self, id: Id) -> Result<Body> {
        let sql = "SELECT title, bytes FROM article JOIN body USING (id) WHERE id = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let row = statement.query_row([id], |row| Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?))).optional();
        let (title, packed) = match row {
            Ok(Some(row)) => row,
            Ok(None) => return Ok(Body::Gone),
            Err(fault) if fault.sqlite_error_code() == Some(ErrorCode::DatabaseCorrupt) => return Ok(Body::Damaged),
            Err(fault) => return Err(fault.into()),
        };
        let body = self.packing.borrow_mut().unpack(&self.connection, &packed);
        Ok(body.map_or(Body::Damaged, |body| Body::There { title, body }))
    }

    /// The text of the article `id`: all that a line of it needs. `None` where it is not there or damaged.
    pub fn text(&self, id: Id) -> Result<Option<String>> {
        Ok(match self.title_and_body(id)? {
            Body::There { body, .. } => encoding::text(&body).map(str::to_owned),
            Body::Gone | Body::Damaged => None,
        })
    }

    fn unpack(&self, id: Id, packed: &[u8]) -> Result<(Document, Vec<Quote>)> {
        let (document, mut quotes) = self.decode(id, packed)?;
        overlay::lay(&self.connection, id, document.text(), &mut quotes)?;
        Ok((document, quotes))
    }

    pub(super) fn decode(&self, id: Id, packed: &[u8]) -> Result<(Document, Vec<Quote>)> {
        let body = self.packing.borrow_mut().unpack(&self.connection, packed)?;
        encoding::decode(&body).ok_or_else(|| damaged(&format!("the text of article {id} cannot be read")))
    }
}

/// A row of the list without its tags, and whether it has any.
fn summary(row: &Row) -> rusqlite::Result<(Summary, bool)> {
    let id: Id = row.get(0)?;
    let bit = |byte: Option<Vec<u8>>| {
        byte.and_then(|byte| byte.first().copied()).is_some_and(|byte| byte >> (id & 7) & 1 == 1)
    };
    let summary = Summary {
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
    };
    Ok((summary, row.get(11)?))
}
