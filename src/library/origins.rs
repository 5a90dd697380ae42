//! Which sources some articles come from, counted. For many articles the sources of all are read in one go, in the order of an
//! index, and kept until the library changes: to look up each is many times the work.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension};

use super::store::Library;
use crate::error::Result;
use crate::model::Id;

/// Articles from which on the sources of all are read.
const MANY: usize = 1000;

/// The source of each article, by its number; 0 is none.
#[derive(Debug, Default)]
pub struct Origins {
    of: Vec<u32>,
    /// What the library was when they were read.
    read: Option<(i64, u64)>,
}

impl Library {
    /// The sources of `articles` with how many of them each has, in no order; articles without one are left out.
    pub(super) fn sources_of(&self, articles: &[Id]) -> Result<Vec<(String, u64)>> {
        let mut origins = self.origins.borrow_mut();
        let now = Some(self.state()?);
        if origins.read != now && articles.len() >= MANY {
            *origins = Origins { of: all(&self.connection)?, read: now };
        }
        let mut one = self.connection.prepare_cached("SELECT source FROM article WHERE id = ?1")?;
        let mut counts = HashMap::<u32, u64>::new();
        for id in articles {
            let source = if origins.read == now {
                usize::try_from(*id).ok().and_then(|id| origins.of.get(id).copied())
            } else {
                one.query_row([id], |row| row.get(0)).optional()?.flatten()
            };
            *counts.entry(source.unwrap_or_default()).or_default() += 1;
        }
        let mut name = self.connection.prepare_cached("SELECT name FROM source WHERE id = ?1")?;
        let mut all = Vec::with_capacity(counts.len());
        for (source, count) in counts {
            let name: Option<String> = name.query_row([source], |row| row.get(0)).optional()?;
            all.extend(name.map(|name| (name, count)));
        }
        Ok(all)
    }
}

/// The source of each article.
fn all(connection: &Connection) -> Result<Vec<u32>> {
    let mut statement = connection.prepare_cached("SELECT id, source FROM article WHERE source IS NOT NULL")?;
    let mut rows = statement.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let id = usize::try_from(row.get::<_, Id>(0)?).unwrap_or_default();
        if all.len() <= id {
            all.resize(id + 1, 0);
        }
        if let Some(source) = all.get_mut(id) {
            *source = row.get(1)?;
        }
    }
    Ok(all)
}
