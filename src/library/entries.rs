//! What feeds bring: entries become articles, are known again whatever else changed, and never undo what the reader did.
//!
//! An entry that says what it said last time is passed over, whatever its article looks like now: it may have the text of
//! its page, or that of another feed. A purged article does not come back.

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};

use super::add::{Added, Intake};
use super::bits::{Mark, Marked};
use super::feeds;
use super::prepared::Prepared;
use super::sorting::{self, Unsorted};
use super::store::Library;
use crate::error::Result;
use crate::model::{FeedId, Heard, Id};

/// What was heard of one feed.
#[derive(Debug)]
pub struct News {
    pub feed: FeedId,
    pub heard: Heard,
    pub entries: Vec<Prepared>,
}

/// What a feed said before under the same name.
struct Before {
    article: Id,
    content: i64,
    /// What the article is now; `None`: it was purged.
    now: Option<i64>,
}

impl Library {
    /// Keeps all of `news` in one transaction, all or nothing, and says what became of each entry. `now` is in seconds since
    /// 1970. As for `add`: about 200 entries at a time.
    pub fn take_in(&mut self, news: &[News], now: i64) -> Result<Vec<Vec<Added>>> {
        let packing = self.packing.get_mut();
        packing.train_once(&self.connection, sorting::last_id(&self.connection)?)?;
        // Compressed before the lock is taken, as far as it is wanted.
        let mut packed = Vec::new();
        for News { feed, entries, .. } in news {
            for entry in entries {
                let known = before(&self.connection, *feed, entry)?.is_some_and(|kept| kept.content == entry.content);
                packed.push(if known { None } else { Some(packing.pack(&self.connection, &entry.body)?) });
            }
        }
        let mut packed = packed.into_iter();
        let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        let mut intake = Intake::begin(&transaction, packing, Unsorted::default(), now)?;
        let mut all = Vec::with_capacity(news.len());
        for News { feed, heard, entries } in news {
            let mut added = Vec::with_capacity(entries.len());
            for entry in entries {
                added.push(take(&mut intake, *feed, entry, packed.next().flatten())?);
            }
            feeds::hear(&transaction, *feed, heard, now)?;
            all.push(added);
        }
        intake.finish(0)?;
        for (News { feed, .. }, added) in news.iter().zip(&all) {
            if added.iter().any(|added| matches!(added, Added::New(_))) {
                cut(&transaction, *feed)?;
            }
        }
        transaction.commit()?;
        Ok(all)
    }

    /// The feeds that brought the article `id`. Looks through all that feeds ever brought.
    ///
    /// # Errors
    /// The library's.
    pub fn feeds_of(&self, id: Id) -> Result<Vec<FeedId>> {
        let mut statement = self.connection.prepare_cached("SELECT DISTINCT feed FROM entry WHERE article = ?1")?;
        let feeds = statement.query_map([id], |row| row.get(0))?.collect::<std::result::Result<_, _>>()?;
        Ok(feeds)
    }

    /// Gives the article `id` the text of its page; what it had becomes a revision, and no feed puts it back. Whether that
    /// changed anything. Of `page` only the document and its quotes are taken, and what the article does not say itself.
    pub fn take_page(&mut self, id: Id, page: &Prepared, now: i64) -> Result<bool> {
        let packing = self.packing.get_mut();
        let packed = packing.pack(&self.connection, &page.body)?;
        let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        let mut statement = transaction.prepare_cached("SELECT content FROM article WHERE id = ?1")?;
        let content: Option<i64> = statement.query_row([id], |row| row.get(0)).optional()?;
        drop(statement);
        let Some(content) = content else { return Ok(false) };
        let mut intake = Intake::begin(&transaction, packing, Unsorted::default(), now)?;
        let changed = intake.renew(id, page, (content != page.content).then_some(packed), false)?;
        intake.finish(0)?;
        hold_page(&transaction, id)?;
        transaction.commit()?;
        Ok(changed)
    }
}

/// Stores one entry of `feed`.
fn take(intake: &mut Intake, feed: FeedId, entry: &Prepared, packed: Option<Vec<u8>>) -> Result<Added> {
    let added = if let Some(before) = before(intake.connection, feed, entry)? {
        let Some(now) = before.now.filter(|_| before.content != entry.content) else {
            return Ok(Added::Known(before.article));
        };
        if now == entry.content || is_page(intake.connection, before.article)? {
            Added::Known(before.article)
        } else {
            let packed = pack(intake, entry, packed)?;
            intake.renew(before.article, entry, Some(packed), false)?;
            Added::Updated(before.article)
        }
    } else if let Some(kept) = intake.find(entry)? {
        // It came from elsewhere before: the fuller text is the better one.
        if kept.content == entry.content || entry.words.count() <= kept.words || is_page(intake.connection, kept.id)? {
            Added::Known(kept.id)
        } else {
            let packed = pack(intake, entry, packed)?;
            intake.renew(kept.id, entry, Some(packed), false)?;
            Added::Updated(kept.id)
        }
    } else {
        let packed = pack(intake, entry, packed)?;
        intake.create(entry, &packed)?
    };
    let (Added::New(article) | Added::Known(article) | Added::Updated(article)) = added;
    let mut statement = intake
        .connection
        .prepare_cached("INSERT OR REPLACE INTO entry (feed, entry, article, content) VALUES (?1, ?2, ?3, ?4)")?;
    statement.execute((feed, entry.entry, article, entry.content))?;
    Ok(added)
}

/// The body of `entry`, compressed if it is not yet.
fn pack(intake: &mut Intake, entry: &Prepared, packed: Option<Vec<u8>>) -> Result<Vec<u8>> {
    packed.map_or_else(|| intake.packing.pack(intake.connection, &entry.body), Ok)
}

fn before(connection: &Connection, feed: FeedId, entry: &Prepared) -> Result<Option<Before>> {
    let mut statement = connection.prepare_cached(
        "SELECT entry.article, entry.content, article.content FROM entry
         LEFT JOIN article ON article.id = entry.article WHERE feed = ?1 AND entry = ?2",
    )?;
    let row = statement.query_row((feed, entry.entry), |row| {
        Ok(Before { article: row.get(0)?, content: row.get(1)?, now: row.get(2)? })
    });
    Ok(row.optional()?)
}

/// Notes that the article `id` has the text of its page, so that no feed puts its own in place of it.
pub(super) fn hold_page(connection: &Connection, id: Id) -> Result<()> {
    connection.prepare_cached("INSERT OR IGNORE INTO page (id) VALUES (?1)")?.execute([id])?;
    Ok(())
}

pub(super) fn is_page(connection: &Connection, article: Id) -> Result<bool> {
    Ok(connection.prepare_cached("SELECT 1 FROM page WHERE id = ?1")?.exists([article])?)
}

/// Moves what is beyond the number that the reader wants kept of `feed` to the trash, the oldest first. What is bookmarked
/// or has a note stays.
fn cut(connection: &Connection, feed: FeedId) -> Result<()> {
    let Some(keep) = feeds::keep(connection, feed)? else { return Ok(()) };
    let mut trashed = Marked::load(connection, Mark::Trashed)?;
    let mut statement = connection.prepare_cached(
        "SELECT article.id, EXISTS (SELECT 1 FROM bookmark WHERE bookmark.id = article.id)
             OR EXISTS (SELECT 1 FROM note WHERE note.id = article.id)
         FROM article WHERE id IN (SELECT article FROM entry WHERE feed = ?1) ORDER BY place DESC",
    )?;
    let mut rows = statement.query([feed])?;
    let mut kept = 0;
    while let Some(row) = rows.next()? {
        let (id, dear): (Id, bool) = (row.get(0)?, row.get(1)?);
        if trashed.bits.has(id) {
            continue;
        }
        kept += 1;
        if kept > keep && !dear {
            trashed.bits.set(id, true);
        }
    }
    trashed.store(connection)
}
