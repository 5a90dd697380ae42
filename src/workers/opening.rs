//! What the first frame shows, read before anything else: the beginning of the list, the counts, the article that was open
//! last. Only what the library answers at once; the rest is asked for afterwards.

use std::path::Path;

use super::{Clock, ingest, listed};
use crate::app::{Session, Start};
use crate::config::Settings;
use crate::error::Result;
use crate::library::Library;
use crate::model::{Order, Summary};
use crate::query::Query;

/// An open library, and what the state machine begins with.
#[derive(Debug)]
pub struct Opening {
    pub library: Library,
    pub start: Start,
}

impl Opening {
    /// Opens the library at `path`, which is made where there is none, and reads what a screen of `size` (columns and rows)
    /// shows first. `passing` says that the library is thrown away at the end.
    ///
    /// # Errors
    /// The library is refused: it is damaged, newer, or no library.
    pub fn read(path: &Path, settings: &Settings, size: (u16, u16), passing: bool, clock: Clock) -> Result<Self> {
        let mut library = Library::open(path)?;
        let is_first = !passing && ingest::welcome(&mut library, clock().seconds)?;
        // What cannot be recalled is no reason not to open.
        let session = Session::read(|key| library.recall(key).ok().flatten());
        let listing = session.listing(settings);
        let query = listing.query(false, settings.exact).unwrap_or_default();
        let order = listing.order_of(&query);
        // A row of the list takes two rows of the screen at least.
        let rows = usize::from(size.1 / 2) + 1;
        let fold = listing.folds(settings);
        let start = Start {
            size,
            rows: beginning(&library, &query, order, fold, rows, clock)?,
            counts: library.counts()?,
            open: session.article.and_then(|id| library.article(id).ok().flatten()).map(Box::new),
            session,
            passing,
            elsewhere: if is_first { listed::first_among(&settings.elsewhere) } else { None },
        };
        Ok(Self { library, start })
    }
}

/// The first `rows` articles of a list, as far as they are met at once: what stands far down is not waited for. None where
/// only the index could tell, which is not opened before the first frame.
fn beginning(
    library: &Library,
    query: &Query,
    order: Order,
    fold: bool,
    rows: usize,
    clock: Clock,
) -> Result<Vec<Summary>> {
    if query.root.is_none() && order != Order::Oldest {
        return if fold { library.newest_folded(rows) } else { library.newest(rows) };
    }
    let listed = library.list_telling(query, order, fold, &clock(), &|| true, &mut |_| ())?;
    let mut ids = listed.unwrap_or_default().ids;
    ids.truncate(rows);
    library.summaries(&ids)
}
