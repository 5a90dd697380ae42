//! What can be found without an index: the query's words in titles, article by article. Reads no text.

use super::candidates::LOOK;
use super::progress::Progress;
use crate::clock::Now;
use crate::error::Result;
use crate::library::bits::{Bits, Mark};
use crate::library::store::Library;
use crate::library::{place, tags};
use crate::model::{Id, Order};
use crate::query::{Query, Subject, matches};

/// All that is known of an article but its text.
macro_rules! select {
    () => {
        "SELECT a.id, a.title, a.url, s.name, a.author, a.place FROM article a LEFT JOIN source s ON s.id = a.source "
    };
}

/// Takes the articles that `query` finds where only their titles are known, in `order` (relevance is newest here), until `stop`
/// says so.
pub fn titles(
    library: &Library,
    query: &Query,
    order: Order,
    now: &Now,
    stop: &dyn Fn() -> bool,
    progress: &mut Progress,
) -> Result<()> {
    if let Some(ids) = library.list(query, order, now)? {
        ids.into_iter().take_while(|id| progress.push(*id)).for_each(drop);
        return Ok(());
    }
    let connection = &library.connection;
    let hidden = library.hidden(query)?;
    let (read, trashed) = (Bits::load(connection, Mark::Read)?, Bits::load(connection, Mark::Trashed)?);
    let set = |sql| -> Result<Bits> {
        let mut statement = connection.prepare_cached(sql)?;
        let ids = statement.query_map([], |row| row.get::<_, Id>(0))?;
        Ok(ids.collect::<std::result::Result<_, _>>()?)
    };
    let (bookmarked, tagged) = (set("SELECT id FROM bookmark")?, set("SELECT DISTINCT article FROM tagged")?);
    let mut statement = connection.prepare_cached(match order {
        Order::Newest | Order::Relevance => concat!(select!(), "ORDER BY a.place DESC, a.id DESC"),
        Order::Oldest => concat!(select!(), "ORDER BY a.place, a.id"),
    })?;
    let mut rows = statement.query([])?;
    let mut walked = 0_u32;
    while let Some(row) = rows.next()? {
        walked += 1;
        if walked.is_multiple_of(LOOK) && stop() {
            break;
        }
        let id: Id = row.get(0)?;
        if hidden.has(id) {
            continue;
        }
        let text = |column| -> Result<Option<&str>> {
            Ok(row.get_ref(column)?.as_str_or_null().map_err(rusqlite::Error::from)?)
        };
        let tags = if tagged.has(id) { tags::of(connection, id)? } else { Vec::new() };
        let subject = Subject {
            title: text(1)?.unwrap_or_default(),
            text: "",
            source: text(3)?,
            author: text(4)?,
            url: text(2)?,
            language: None,
            tags: &tags,
            published: place::published(row.get(5)?),
            read: read.has(id),
            bookmarked: bookmarked.has(id),
            trashed: trashed.has(id),
            note: None,
            quotes: &[],
        };
        if matches(query, &subject, now.seconds) && !progress.push(id) {
            return Ok(());
        }
        progress.look();
    }
    Ok(())
}
