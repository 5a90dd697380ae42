//! Which articles have quotes of the newest engine, and detecting those of the others again: a few at a time, so that it can
//! be stopped anywhere and nobody waits for it.
//!
//! The library knows the newest engine that anybody used on it, and has a mark for the articles whose quotes come from it.
//! That stays right where programs of different versions use one library, and costs a bit an article. What the reader
//! said of quotes is kept apart from them and stays; so do the text, its revisions and the place in it.

use rusqlite::{Connection, ErrorCode, OptionalExtension};

use super::bits::{Bits, Mark, Marked};
use super::store::Library;
use super::{encoding, voices};
use crate::error::Result;
use crate::model::{Article, Id, Quote};

/// Where the library keeps the version of the newest engine.
const ENGINE: &str = "quotes.engine";
/// Articles that are stored in one transaction.
const HANDFUL: usize = 50;

/// An article whose quotes were detected again.
struct Detected {
    id: Id,
    content: i64,
    quotes: Vec<Quote>,
    /// Its new body, compressed; `None` where it is as it was.
    packed: Option<Vec<u8>>,
}

impl Library {
    /// How many articles have quotes of an engine older than the version `engine`, or of nobody knows which.
    pub fn detected_before(&self, engine: u32) -> Result<u64> {
        Ok(older(&self.connection, engine)?.len())
    }

    /// Detects the quotes of at most `most` of these articles again, with the engine of that version, and says how many are
    /// left. Looks at `stop` between handfuls; what was done until then is kept.
    pub fn detect_again(
        &mut self,
        engine: u32,
        detect: &dyn Fn(&Article) -> Vec<Quote>,
        most: usize,
        stop: &dyn Fn() -> bool,
    ) -> Result<u64> {
        let old = older(&self.connection, engine)?;
        let ids: Vec<Id> = old.ids().take(most).collect();
        let mut left = old.len();
        for handful in ids.chunks(HANDFUL) {
            if stop() {
                break;
            }
            let mut detected = Vec::with_capacity(handful.len());
            for id in handful {
                detected.extend(self.detected_again(*id, detect)?);
            }
            self.store(engine, handful, detected)?;
            left -= handful.len() as u64;
        }
        Ok(left)
    }

    /// `None` where the article is gone, or damaged: what cannot be read has no quotes to find, and `check` reports it.
    fn detected_again(&self, id: Id, detect: &dyn Fn(&Article) -> Vec<Quote>) -> Result<Option<Detected>> {
        let sql = "SELECT title, language, content, bytes FROM article JOIN body USING (id) WHERE id = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let row = statement.query_row([id], |row| {
            let article = Article { title: row.get(0)?, language: row.get(1)?, ..Article::default() };
            Ok((article, row.get(2)?, row.get::<_, Vec<u8>>(3)?))
        });
        let row = match row {
            Err(fault) if fault.sqlite_error_code() == Some(ErrorCode::DatabaseCorrupt) => None,
            row => row.optional()?,
        };
        let Some((mut article, content, packed)) = row else { return Ok(None) };
        let packing = &mut *self.packing.borrow_mut();
        let Ok(body) = packing.unpack(&self.connection, &packed) else { return Ok(None) };
        let Some((document, _)) = encoding::decode(&body) else { return Ok(None) };
        article.document = document;
        let quotes = detect(&article);
        let renewed = encoding::encode(&article.document, &quotes);
        let packed = if renewed == body { None } else { Some(packing.pack(&self.connection, &renewed)?) };
        Ok(Some(Detected { id, content, quotes, packed }))
    }

    /// Stores what was detected; an article that was changed meanwhile waits for the next time.
    fn store(&self, engine: u32, handful: &[Id], detected: Vec<Detected>) -> Result<()> {
        let transaction = self.write()?;
        let mut detections = Detections::load(&transaction)?;
        for id in handful {
            detections.note(*id, engine);
        }
        let mut changed = Bits::default();
        for article in detected {
            let sql = "SELECT content FROM article WHERE id = ?1";
            let content: Option<i64> =
                transaction.prepare_cached(sql)?.query_row([article.id], |row| row.get(0)).optional()?;
            if content != Some(article.content) {
                detections.forget(article.id);
            } else if let Some(packed) = article.packed {
                let mut statement = transaction.prepare_cached("UPDATE body SET bytes = ?2 WHERE id = ?1")?;
                statement.execute((article.id, packed))?;
                changed.set(article.id, true);
            } else if voices::are_missing(&transaction, article.id, &article.quotes)? {
                changed.set(article.id, true);
            }
        }
        voices::renew(self, changed.ids())?;
        detections.store(&transaction)?;
        transaction.commit()?;
        Ok(())
    }
}

/// Which articles have quotes of the newest engine, while it changes.
pub struct Detections {
    newest: u32,
    by_newest: Marked,
}

impl Detections {
    pub fn load(connection: &Connection) -> Result<Self> {
        Ok(Self { newest: newest(connection)?, by_newest: Marked::load(connection, Mark::Detected)? })
    }

    /// The quotes of `article` now come from the version `engine`.
    pub fn note(&mut self, article: Id, engine: u32) {
        if engine > self.newest {
            self.newest = engine;
            self.by_newest.bits = self.by_newest.bits.without(&self.by_newest.bits);
        }
        self.by_newest.bits.set(article, engine == self.newest);
    }

    /// It is not known where the quotes of `article` come from.
    pub fn forget(&mut self, article: Id) {
        self.by_newest.bits.set(article, false);
    }

    pub fn store(&self, connection: &Connection) -> Result<()> {
        if newest(connection)? < self.newest {
            let sql = "INSERT OR REPLACE INTO memory (key, value) VALUES (?1, ?2)";
            connection.prepare_cached(sql)?.execute((ENGINE, self.newest.to_string()))?;
        }
        self.by_newest.store(connection)
    }
}

/// The version of the newest engine that was used on the library; 0 before any was.
fn newest(connection: &Connection) -> Result<u32> {
    let mut statement = connection.prepare_cached("SELECT value FROM memory WHERE key = ?1")?;
    let version: Option<String> = statement.query_row([ENGINE], |row| row.get(0)).optional()?;
    Ok(version.and_then(|version| version.parse().ok()).unwrap_or(0))
}

/// The articles whose quotes are not those of the version `engine` or of a newer one.
fn older(connection: &Connection, engine: u32) -> Result<Bits> {
    let newest = newest(connection)?;
    if newest > engine {
        return Ok(Bits::default());
    }
    let present = Bits::load(connection, Mark::Present)?;
    Ok(if newest < engine { present } else { present.without(&Bits::load(connection, Mark::Detected)?) })
}
