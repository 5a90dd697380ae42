//! Subscriptions: what the reader decided about each feed, and what was last heard of it. A feed that is removed is only
//! no longer subscribed to: its articles stay, and it may come back as it was.
//!
//! The reader's decisions are one value, encoded in the terms of `bytes` (N number, T text), in the feed's row and in the
//! journal alike:
//!
//! ```text
//! byte 1 (version) · byte: 1 subscribed, 2 full text, 4 title, 8 keep, 16 credentials · T folder · N interval
//! title T · keep N · credentials T, each where it is there · N tags, each T · N headers, each T T
//! ```

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Row};

use super::bits::Bits;
use super::bytes::{Reader, Writer};
use super::fault::damaged;
use super::journal::{self, Entry};
use super::store::Library;
use crate::error::{Error, Result};
use crate::model::{Change, Failing, Feed, FeedId, Heard, Resubscription, Subscription};

const VERSION: u8 = 1;

/// The columns that `read` takes, in its order.
const FEED: &str =
    "SELECT id, address, settings, moved, named, site, etag, modified, fetched, failure, remedy, due, wait,
    gone, (SELECT count(*) FROM entry JOIN article ON article.id = entry.article WHERE entry.feed = feed.id) FROM feed";

/// What became of a feed that was subscribed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subscribed {
    New(FeedId),
    /// It was there already, and is as it was.
    Known(FeedId),
}

impl Library {
    /// The feeds that are subscribed to, by folder and title.
    pub fn feeds(&self) -> Result<Vec<Feed>> {
        let mut statement = self.connection.prepare_cached(FEED)?;
        let mut rows = statement.query([])?;
        let mut feeds = Vec::new();
        while let Some(row) = rows.next()? {
            let feed = read(row)?;
            if feed.subscription.subscribed {
                feeds.push(feed);
            }
        }
        feeds.sort_by_cached_key(|feed| (feed.subscription.folder.clone(), feed.title().to_lowercase(), feed.id));
        Ok(feeds)
    }

    /// What is subscribed to, by address; where the reader gave a feed no title, with its own.
    pub fn subscriptions(&self) -> Result<HashMap<String, Subscription>> {
        let mut statement = self.connection.prepare_cached("SELECT id, address, settings, named FROM feed")?;
        let mut rows = statement.query([])?;
        let mut all = HashMap::new();
        while let Some(row) = rows.next()? {
            let subscription = decoded(row.get(0)?, &row.get::<_, Vec<u8>>(2)?)?;
            if subscription.subscribed {
                let named: Option<String> = row.get(3)?;
                all.insert(row.get(1)?, Subscription { title: subscription.title.or(named), ..subscription });
            }
        }
        Ok(all)
    }

    /// The feeds that did not answer when they were last asked, or are gone, by title, and why.
    pub fn failing(&self) -> Result<Vec<(String, Failing)>> {
        let sql = "SELECT id, address, settings, named, failure, remedy FROM feed WHERE gone OR failure IS NOT NULL";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let subscription = decoded(row.get(0)?, &row.get::<_, Vec<u8>>(2)?)?;
            let feed = Feed { address: row.get(1)?, named: row.get(3)?, subscription, ..Feed::default() };
            if !feed.subscription.subscribed {
                continue;
            }
            let message: Option<String> = row.get(4)?;
            let failing = match message {
                Some(message) => Failing { message, hint: row.get(5)? },
                None => Failing {
                    message: "it is gone for good (410)".to_owned(),
                    hint: Some("`pullquote feed check` looks for another".to_owned()),
                },
            };
            all.push((feed.title().to_owned(), failing));
        }
        all.sort_by(|(a, _), (b, _)| a.cmp(b));
        Ok(all)
    }

    /// Subscribes to each address that is not subscribed to yet; `undo` takes back all of them together. One that was
    /// removed begins anew with what is decided here. `now` is in seconds since 1970.
    pub fn subscribe(&mut self, wanted: &[(String, Subscription)], now: i64) -> Result<Vec<Subscribed>> {
        let transaction = self.write()?;
        let (mut all, mut changes) = (Vec::with_capacity(wanted.len()), Vec::new());
        // Few feeds have moved: looked for one by one in a long list, they would be read through for each of it.
        let moved: HashMap<String, FeedId> = transaction
            .prepare("SELECT moved, id FROM feed WHERE moved IS NOT NULL")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (address, to) in wanted {
            let mut statement =
                transaction.prepare_cached("SELECT id, settings FROM feed WHERE address = ?1 OR id = ?2")?;
            let found = statement
                .query_row((address, moved.get(address)), |row| Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?)))
                .optional()?;
            let (feed, from) = if let Some((id, settings)) = found {
                (id, decoded(id, &settings)?)
            } else {
                let from = Subscription::default();
                let mut statement = transaction
                    .prepare_cached("INSERT INTO feed (address, settings, due, wait, gone) VALUES (?1, ?2, 0, 0, 0)")?;
                statement.execute((address, encode(&from)))?;
                (transaction.last_insert_rowid(), from)
            };
            if from.subscribed {
                all.push(Subscribed::Known(feed));
                continue;
            }
            let to = Subscription { subscribed: true, ..to.clone() };
            // What it last said may have been thrown away since: it is asked for all of it.
            let mut statement = transaction.prepare_cached(
                "UPDATE feed SET etag = NULL, modified = NULL, gone = 0, due = 0, failure = NULL, remedy = NULL WHERE id = ?1",
            )?;
            statement.execute([feed])?;
            all.push(Subscribed::New(feed));
            changes.push(Resubscription { feed, from, to });
        }
        change(&transaction, changes, now)?;
        transaction.commit()?;
        Ok(all)
    }

    /// Changes what was decided about feeds; `undo` takes it back for all of them together. How many really changed.
    ///
    /// # Errors
    /// A feed that is not there.
    pub fn resubscribe(&mut self, wanted: &[(FeedId, Subscription)], now: i64) -> Result<usize> {
        let transaction = self.write()?;
        let mut changes = Vec::new();
        for (feed, to) in wanted {
            let mut statement = transaction.prepare_cached("SELECT settings FROM feed WHERE id = ?1")?;
            let settings: Option<Vec<u8>> = statement.query_row([feed], |row| row.get(0)).optional()?;
            let settings = settings.ok_or_else(|| Error::refused(format!("there is no feed {feed}")))?;
            let from = decoded(*feed, &settings)?;
            if from != *to {
                changes.push(Resubscription { feed: *feed, from, to: to.clone() });
            }
        }
        let changed = changes.len();
        change(&transaction, changes, now)?;
        transaction.commit()?;
        Ok(changed)
    }
}

fn change(connection: &Connection, changes: Vec<Resubscription>, now: i64) -> Result<()> {
    if changes.is_empty() {
        return Ok(());
    }
    settle(connection, changes.iter().map(|change| (change.feed, &change.to)))?;
    let entry = Entry { change: Change::Feeds(changes), articles: Bits::default(), before: Vec::new() };
    journal::record(connection, &entry, now)
}

/// Puts what was decided about feeds in place of what is there.
pub fn settle<'a>(connection: &Connection, feeds: impl Iterator<Item = (FeedId, &'a Subscription)>) -> Result<()> {
    let mut statement = connection.prepare_cached("UPDATE feed SET settings = ?2 WHERE id = ?1")?;
    for (feed, to) in feeds {
        statement.execute((feed, encode(to)))?;
    }
    Ok(())
}

/// How many articles of `feed` the reader wants kept; `None`: all.
pub fn keep(connection: &Connection, feed: FeedId) -> Result<Option<u32>> {
    let mut statement = connection.prepare_cached("SELECT settings FROM feed WHERE id = ?1")?;
    let settings: Option<Vec<u8>> = statement.query_row([feed], |row| row.get(0)).optional()?;
    Ok(settings.map(|settings| decoded(feed, &settings)).transpose()?.and_then(|subscription| subscription.keep))
}

/// Keeps what was heard of a feed at the moment `now`.
pub fn hear(connection: &Connection, feed: FeedId, heard: &Heard, now: i64) -> Result<()> {
    match heard {
        Heard::Answered { known, due } => {
            if let Some(known) = known {
                // An address that another feed has already would make two of one.
                let mut statement = connection.prepare_cached(
                    "UPDATE feed SET named = ?2, site = ?3, etag = ?4, modified = ?5, moved = CASE WHEN EXISTS
                     (SELECT 1 FROM feed other WHERE other.id <> ?1 AND ?6 IN (other.address, other.moved))
                     THEN moved ELSE coalesce(?6, moved) END WHERE id = ?1",
                )?;
                statement.execute((feed, &known.named, &known.site, &known.etag, &known.modified, &known.moved))?;
            }
            let mut statement = connection.prepare_cached(
                "UPDATE feed SET fetched = ?2, due = ?3, wait = 0, gone = 0, failure = NULL, remedy = NULL
                 WHERE id = ?1",
            )?;
            statement.execute((feed, now, due))?;
        }
        Heard::Gone => {
            let mut statement =
                connection.prepare_cached("UPDATE feed SET gone = 1, failure = NULL, remedy = NULL WHERE id = ?1")?;
            statement.execute([feed])?;
        }
        Heard::Failed { failing, wait } => {
            let mut statement =
                connection.prepare_cached("UPDATE feed SET failure = ?2, remedy = ?3, wait = ?4 WHERE id = ?1")?;
            statement.execute((feed, &failing.message, &failing.hint, wait))?;
        }
    }
    Ok(())
}

fn read(row: &Row) -> Result<Feed> {
    let id = row.get(0)?;
    let failure: Option<String> = row.get(9)?;
    let hint = row.get(10)?;
    Ok(Feed {
        id,
        address: row.get(1)?,
        subscription: decoded(id, &row.get::<_, Vec<u8>>(2)?)?,
        moved: row.get(3)?,
        named: row.get(4)?,
        site: row.get(5)?,
        etag: row.get(6)?,
        modified: row.get(7)?,
        fetched: row.get(8)?,
        failure: failure.map(|message| Failing { message, hint }),
        due: row.get(11)?,
        wait: row.get(12)?,
        gone: row.get(13)?,
        articles: row.get(14)?,
    })
}

/// For the journal: each feed, what was and what is.
pub fn write_changes(out: &mut Writer, changes: &[Resubscription]) {
    out.number(changes.len() as u64);
    for change in changes {
        out.signed(change.feed);
        write(out, &change.from);
        write(out, &change.to);
    }
}

/// What `write_changes` wrote; `None` where it cannot be read.
pub fn read_changes(from: &mut Reader) -> Option<Vec<Resubscription>> {
    let changes = from.number()?;
    (0..changes)
        .map(|_| Some(Resubscription { feed: from.signed()?, from: subscription(from)?, to: subscription(from)? }))
        .collect()
}

fn decoded(feed: FeedId, settings: &[u8]) -> Result<Subscription> {
    subscription(&mut Reader::new(settings)).ok_or_else(|| damaged(&format!("feed {feed} cannot be read")))
}

fn encode(subscription: &Subscription) -> Vec<u8> {
    let mut out = Writer::default();
    write(&mut out, subscription);
    out.finish()
}

fn write(out: &mut Writer, subscription: &Subscription) {
    let Subscription { subscribed, title, folder, tags, interval, full_text, keep, headers, credentials } =
        subscription;
    out.byte(VERSION);
    let flags = [*subscribed, *full_text, title.is_some(), keep.is_some(), credentials.is_some()];
    out.byte(flags.iter().rev().fold(0, |byte, flag| byte << 1 | u8::from(*flag)));
    out.text(folder);
    out.number(u64::from(*interval));
    if let Some(title) = title {
        out.text(title);
    }
    if let Some(keep) = keep {
        out.number(u64::from(*keep));
    }
    if let Some(name) = credentials {
        out.text(name);
    }
    out.number(tags.len() as u64);
    for tag in tags {
        out.text(tag);
    }
    out.number(headers.len() as u64);
    for (name, value) in headers {
        out.text(name);
        out.text(value);
    }
}

fn subscription(from: &mut Reader) -> Option<Subscription> {
    if from.byte()? != VERSION {
        return None;
    }
    let flags = from.byte()?;
    let has = |bit: u8| flags >> bit & 1 == 1;
    Some(Subscription {
        subscribed: has(0),
        full_text: has(1),
        folder: from.text()?.to_owned(),
        interval: from.small()?,
        title: if has(2) { Some(from.text()?.to_owned()) } else { None },
        keep: if has(3) { Some(from.small()?) } else { None },
        credentials: if has(4) { Some(from.text()?.to_owned()) } else { None },
        tags: (0..from.number()?).map(|_| from.text().map(str::to_owned)).collect::<Option<_>>()?,
        headers: (0..from.number()?)
            .map(|_| Some((from.text()?.to_owned(), from.text()?.to_owned())))
            .collect::<Option<_>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_was_decided_is_read_as_it_was_written(
            flags: [bool; 2], title: Option<String>, folder: String, tags: Vec<String>, interval: u32,
            keep: Option<u32>, headers: Vec<(String, String)>, credentials: Option<String>,
        ) {
            let [subscribed, full_text] = flags;
            let to = Subscription {
                subscribed, title, folder, tags, interval, full_text, keep, headers, credentials,
            };
            let changes = vec![Resubscription { feed: 7, from: Subscription::default(), to }];
            let mut out = Writer::default();
            write_changes(&mut out, &changes);
            prop_assert_eq!(read_changes(&mut Reader::new(&out.finish())), Some(changes));
        }

        #[test]
        fn no_bytes_panic(bytes: Vec<u8>) {
            let _ = read_changes(&mut Reader::new(&bytes));
        }
    }
}
