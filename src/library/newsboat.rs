//! newsboat's cache: another program's file, read a handful of rows at a time and never written.
//!
//! Its tables are `rss_feed (rssurl, title, …)` and `rss_item (id, guid, title, author, url, feedurl, pubDate, content, unread,
//! …)`, as newsboat has made them since 2.9; columns that other versions have or lack are looked for. Whoever wrote the
//! file, nothing in it runs: its schema may call no function, and what is no plain table is refused.

use std::path::Path;
use std::time::Duration;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, OpenFlags, Row};

use crate::error::{Error, Result};
use crate::model::CachedEntry;

/// How long a reading waits while newsboat writes.
const PATIENCE: Duration = Duration::from_secs(5);

/// Bytes of a name, an address or a title beyond which it is taken for nothing.
const FIELD_LIMIT: usize = 64 * 1024;

/// Entries that are read together at most, and bytes of content after which there are no more.
const HANDFUL: (usize, usize) = (200, 4 * 1024 * 1024);

const SETTINGS: &str = "
    PRAGMA trusted_schema = OFF;
    PRAGMA query_only = ON;
    PRAGMA cell_size_check = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -8192;
";

/// What every version has.
const FEED: [&str; 2] = ["rssurl", "title"];
const ENTRY: [&str; 9] = ["id", "guid", "title", "author", "url", "feedurl", "pubDate", "content", "unread"];

/// A cache, opened for reading alone.
#[derive(Debug)]
pub struct Newsboat {
    connection: Connection,
    entries: String,
}

impl Newsboat {
    /// Opens the cache at `path`. Contents of more than `limit` bytes will be left out.
    ///
    /// # Errors
    /// It cannot be read, is damaged, or is no cache of newsboat's.
    pub fn open(path: &Path, limit: usize) -> Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(|fault| refused(&fault))?;
        connection.busy_timeout(PATIENCE).map_err(|fault| refused(&fault))?;
        connection.execute_batch(SETTINGS).map_err(|fault| refused(&fault))?;
        let [feed, entry] =
            ["rss_feed", "rss_item"].map(|table| columns(&connection, table).map_err(|fault| refused(&fault)));
        let (feed, entry) = (feed?, entry?);
        let has = |columns: &[String], wanted: &[&str]| wanted.iter().all(|name| columns.iter().any(|c| c == name));
        if !has(&feed, &FEED) || !has(&entry, &ENTRY) {
            return Err(Error::refused("it is no cache that newsboat wrote")
                .hint("newsboat keeps its own in ~/.newsboat/cache.db"));
        }
        Ok(Self { entries: select(&entry, limit), connection })
    }

    /// Addresses and titles of the feeds, in newsboat's order. An address may be a command or a file: nothing here follows it.
    ///
    /// # Errors
    /// The cache is damaged, or newsboat writes to it without end.
    pub fn feeds(&self) -> Result<Vec<(String, String)>> {
        let sql = format!("SELECT {}, {} FROM rss_feed ORDER BY rowid", short("rssurl"), short("title"));
        let read = || -> rusqlite::Result<_> {
            let mut statement = self.connection.prepare(&sql)?;
            statement.query_map([], |row| Ok((text(row, 0)?, text(row, 1)?)))?.collect()
        };
        read().map_err(|fault| refused(&fault))
    }

    /// The next entries whose numbers are above `behind`, by number, without those that were deleted; none where there are no
    /// more. The file is free for newsboat between two calls.
    ///
    /// # Errors
    /// As for `feeds`.
    pub fn entries(&self, behind: i64) -> Result<Vec<CachedEntry>> {
        self.read(behind).map_err(|fault| refused(&fault))
    }

    fn read(&self, behind: i64) -> rusqlite::Result<Vec<CachedEntry>> {
        let mut statement = self.connection.prepare_cached(&self.entries)?;
        let mut rows = statement.query([behind])?;
        let (mut entries, mut bytes) = (Vec::new(), 0);
        while let Some(row) = rows.next()? {
            let too_large = row.get_ref(14)? != ValueRef::Integer(0);
            let entry = CachedEntry {
                number: row.get(0)?,
                guid: text(row, 1)?,
                title: text(row, 2)?,
                author: text(row, 3)?,
                url: text(row, 4)?,
                feed: text(row, 5)?,
                published: number(row, 6)?,
                read: number(row, 7)? == 0,
                content: if too_large { None } else { Some(text(row, 8)?) },
                flags: text(row, 9)?,
                base: text(row, 10)?,
                enclosure: (text(row, 11)?, text(row, 12)?),
                plain: text(row, 13)? == "text/plain",
                source: text(row, 15)?,
            };
            bytes += entry.content.as_ref().map_or(0, String::len);
            entries.push(entry);
            if entries.len() >= HANDFUL.0 || bytes >= HANDFUL.1 {
                break;
            }
        }
        Ok(entries)
    }
}

/// The columns of a plain table; none where there is no such table. Columns that are computed are not among them.
fn columns(connection: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    let plain = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1 AND sql LIKE 'CREATE TABLE%'";
    if !connection.prepare(plain)?.exists([table])? {
        return Ok(Vec::new());
    }
    let mut statement = connection.prepare("SELECT name FROM pragma_table_info(?1)")?;
    statement.query_map([table], |row| row.get(0))?.collect()
}

/// How the entries are read from a table that has these columns.
fn select(columns: &[String], limit: usize) -> String {
    let has = |name: &str| columns.iter().any(|column| column == name);
    let optional = |name: &str| if has(name) { short(name) } else { "NULL".to_owned() };
    let there = if has("deleted") { "AND NOT coalesce(deleted, 0)" } else { "" };
    format!(
        "SELECT id, {}, {}, {}, {}, {}, pubDate, unread, CASE WHEN octet_length(content) <= {limit} THEN content END,
         {}, {}, {}, {}, {}, coalesce(octet_length(content) > {limit}, 0),
         (SELECT {} FROM rss_feed WHERE rssurl = feedurl LIMIT 1)
         FROM rss_item AS item WHERE id > ?1 {there} ORDER BY id",
        short("guid"),
        short("item.title"),
        short("author"),
        short("item.url"),
        short("feedurl"),
        optional("flags"),
        optional("base"),
        optional("enclosure_url"),
        optional("enclosure_type"),
        optional("content_mime_type"),
        short("rss_feed.title"),
    )
}

/// A column that is looked at before it is read.
fn short(column: &str) -> String {
    format!("CASE WHEN octet_length({column}) <= {FIELD_LIMIT} THEN {column} END")
}

/// A value as text: columns of SQLite hold what was put into them.
fn text(row: &Row, column: usize) -> rusqlite::Result<String> {
    Ok(match row.get_ref(column)? {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Null => String::new(),
    })
}

fn number(row: &Row, column: usize) -> rusqlite::Result<i64> {
    Ok(match row.get_ref(column)? {
        ValueRef::Integer(number) => number,
        ValueRef::Text(bytes) => std::str::from_utf8(bytes).ok().and_then(|text| text.parse().ok()).unwrap_or_default(),
        _ => 0,
    })
}

/// Why a cache cannot be read, in words that do not speak of the library.
fn refused(fault: &rusqlite::Error) -> Error {
    match fault.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            Error::refused("newsboat is writing to its cache").hint("wait until it has finished, or quit it")
        }
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
            Error::refused(format!("the cache cannot be opened: {fault}"))
                .hint("start newsboat and quit it, so that it finishes what it was writing; then try again")
        }
        _ => Error::refused(format!("the cache is damaged: {fault}"))
            .hint("`sqlite3 cache.db .recover | sqlite3 mended.db` saves what can be saved; add that"),
    }
}
