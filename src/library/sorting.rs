//! Articles sorted in: what they are known by when they come again, who speaks where in them, and how often each speaker does.
//!
//! All of that is kept in the order of hashes and of speakers, so that each article belongs to pages all over the file. Of many
//! that come at once it is therefore written together, in that order, and each page once. Until then they are in `article`
//! and `voice` alone: whoever adds them keeps in memory what they are known by, and where speakers are listed these voices are
//! laid over those that are sorted in (`voices::late`). How far it went is kept in the file, in the transaction that did it:
//! whoever adds next, or tells the index, goes on from there.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension};

use super::store::Library;
use crate::error::Result;
use crate::model::Id;

/// Where the library keeps the number of the last article that is sorted in.
const SORTED: &str = "library.sorted";

/// Articles after which they are sorted in while many are added: fewer would touch nearly as many pages, and more would keep
/// other writers waiting for longer than half a second.
pub(super) const SLICE: usize = 50_000;

// What may abort keeps all pages that it touches in memory as they were before: where all of it is new, nothing is ignored.
const KNOWN: &str = "
    INSERT OR IGNORE INTO known (hash, article) SELECT hash, id FROM
        (SELECT key >> 32 AS hash, id FROM article WHERE id > ?1
         UNION ALL SELECT content >> 32, id FROM article WHERE id > ?1) ORDER BY hash, id";

const SPEAKING: &str = "
    INSERT OR IGNORE INTO speaking (speaker, place, article)
    SELECT speaker, place, article FROM voice WHERE article > ?1 ORDER BY speaker, place, article";

const COUNTS: &str = "
    UPDATE speaker SET quotes = speaker.quotes + more.quotes, articles = speaker.articles + more.articles
    FROM (SELECT speaker, sum(quotes) AS quotes, count(*) AS articles FROM voice WHERE article > ?1
          GROUP BY speaker ORDER BY speaker) AS more
    WHERE speaker.id = more.speaker";

/// What the articles are known by that came last and are not sorted in yet.
#[derive(Debug, Default)]
pub(super) struct Unsorted {
    /// All articles after this one.
    after: Id,
    /// The last of them.
    last: Id,
    hashes: BTreeSet<(i64, Id)>,
    /// The numbers of those who speak in them, by name.
    pub(super) speakers: HashMap<String, i64>,
}

impl Unsorted {
    /// None behind the last article that is sorted in: right where nobody adds many.
    pub(super) fn none(connection: &Connection) -> Result<Self> {
        let after = sorted(connection)?;
        Ok(Self { after, last: after, ..Self::default() })
    }

    /// None, since all are sorted in now. `connection` is writing.
    fn sort_all_in(connection: &Connection) -> Result<Self> {
        sort_in(connection)?;
        Self::none(connection)
    }

    /// These, where the library has them and no others; else whatever it has is sorted in. `connection` is writing.
    pub(super) fn or_sort_in(self, connection: &Connection) -> Result<Self> {
        if self.are_all(connection)? { Ok(self) } else { Self::sort_all_in(connection) }
    }

    /// Whether the library still has these and no others.
    pub(super) fn are_all(&self, connection: &Connection) -> Result<bool> {
        Ok(self.last == last_id(connection)? && self.after == sorted(connection)?)
    }

    /// Notes that `hash` stands for the article `id` too; false where that one is sorted in.
    pub(super) fn know(&mut self, id: Id, hash: i64) -> bool {
        let is_new = id > self.after;
        if is_new {
            self.last = self.last.max(id);
            self.hashes.insert((hash, id));
        }
        is_new
    }

    /// The articles that `hash` may stand for, as they came.
    pub(super) fn known(&self, hash: i64) -> impl Iterator<Item = Id> {
        self.hashes.range((hash, Id::MIN)..=(hash, Id::MAX)).map(|(_, id)| *id)
    }

    /// Sorts them in where they are as `many` as that. `connection` is writing.
    pub(super) fn sort_in_from(self, many: usize, connection: &Connection) -> Result<Self> {
        let count = usize::try_from(self.last - self.after).unwrap_or(usize::MAX);
        if count < many { Ok(self) } else { Self::sort_all_in(connection) }
    }
}

impl Library {
    /// Whether nothing is left to be sorted in.
    pub(super) fn is_sorted_in(&self) -> Result<bool> {
        Unsorted::none(&self.connection)?.are_all(&self.connection)
    }

    /// Sorts in what whoever added it did not.
    pub(super) fn sort_in(&self) -> Result<Unsorted> {
        let none = Unsorted::none(&self.connection)?;
        if none.are_all(&self.connection)? {
            return Ok(none);
        }
        let transaction = self.write()?;
        let none = Unsorted::sort_all_in(&transaction)?;
        transaction.commit()?;
        Ok(none)
    }
}

/// The number of the last article that is sorted in.
pub(super) fn sorted(connection: &Connection) -> Result<Id> {
    let mut statement = connection.prepare_cached("SELECT CAST(value AS INTEGER) FROM memory WHERE key = ?1")?;
    Ok(statement.query_row([SORTED], |row| row.get(0)).optional()?.unwrap_or(0))
}

/// The number of the article that was added last; it stays when that article is purged.
pub(super) fn last_id(connection: &Connection) -> Result<Id> {
    let mut statement = connection.prepare_cached("SELECT seq FROM sqlite_sequence WHERE name = 'article'")?;
    Ok(statement.query_row([], |row| row.get(0)).optional()?.unwrap_or(0))
}

/// Sorts in all articles. `connection` is writing.
pub(super) fn sort_in(connection: &Connection) -> Result<()> {
    let (sorted, last) = (sorted(connection)?, last_id(connection)?);
    if sorted >= last {
        return Ok(());
    }
    for sql in [KNOWN, SPEAKING, COUNTS] {
        connection.prepare_cached(sql)?.execute([sorted])?;
    }
    let sql = "INSERT OR REPLACE INTO memory (key, value) VALUES (?1, ?2)";
    connection.prepare_cached(sql)?.execute((SORTED, last.to_string()))?;
    Ok(())
}

/// Forgets by what the article `id` is known; whoever calls this changes it, or removes it.
pub(super) fn forget(connection: &Connection, id: Id) -> Result<()> {
    let sql = "DELETE FROM known WHERE article = ?1 AND hash IN
               (SELECT key >> 32 FROM article WHERE id = ?1 UNION SELECT content >> 32 FROM article WHERE id = ?1)";
    connection.prepare_cached(sql)?.execute([id])?;
    Ok(())
}

/// Notes by what the article `id` is known, which is sorted in and was forgotten.
pub(super) fn know(connection: &Connection, id: Id) -> Result<()> {
    let sql = "INSERT INTO known (hash, article)
               SELECT key >> 32, id FROM article WHERE id = ?1 UNION SELECT content >> 32, id FROM article WHERE id = ?1";
    connection.prepare_cached(sql)?.execute([id])?;
    Ok(())
}
