//! Articles that tell one story in the same words, and lists in which one of them stands for the others.
//!
//! Which one stands for the others is not kept: it is the first that came of those that a list has. So none hides an
//! unread article in a list of unread ones, or one in the trash everything else; and a copy that comes later moves nothing.

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension};

use super::bits::Bits;
use super::store::Library;
use crate::error::Result;
use crate::model::Id;

/// Where the library counts changes of its stories.
const CHANGES: &str = "stories.changes";

/// Articles that are looked up one by one; from then on all stories are read at once.
const LOOKS: usize = 200;

/// All stories, in memory.
#[derive(Debug)]
pub struct Stories {
    changes: i64,
    /// The articles that tell one.
    tellers: Bits,
    /// These with their stories, in their own order.
    of: Vec<(Id, i64)>,
    /// The same in the order of the stories, those of one as they came.
    told: Vec<(i64, Id)>,
}

/// A list in which an article stands under the first that came of those that tell its story.
pub struct Folds<'a> {
    library: &'a Library,
    /// The articles of the list.
    listed: &'a Bits,
    all: Option<Arc<Stories>>,
    looks: usize,
}

impl<'a> Folds<'a> {
    /// Folds in the list of the articles `listed`, in whatever order.
    pub fn new(library: &'a Library, listed: &'a Bits) -> Result<Self> {
        Ok(Self { library, listed, all: library.stories_at_hand()?, looks: 0 })
    }

    /// Whether `id`, which is listed, stands under another one.
    pub fn hides(&mut self, id: Id) -> Result<bool> {
        self.look()?;
        Ok(match &self.all {
            Some(all) => all.telling(id).find(|id| self.listed.has(*id)).is_some_and(|first| first != id),
            None => self.looked_up(id)?.first().is_some_and(|first| *first != id),
        })
    }

    /// Which others stand under which of `ids`, in that order; those of one as they came.
    pub fn under(&mut self, ids: &[Id]) -> Result<Vec<(Id, Id)>> {
        let mut under = Vec::new();
        for id in ids {
            self.look()?;
            let others = match &self.all {
                Some(all) if !all.tellers.has(*id) => continue,
                Some(all) => all.telling(*id).filter(|id| self.listed.has(*id)).collect(),
                None => self.looked_up(*id)?,
            };
            under.extend(others.into_iter().skip(1).map(|other| (*id, other)));
        }
        Ok(under)
    }

    /// Counts a look, and reads all stories when there were many.
    fn look(&mut self) -> Result<()> {
        self.looks += 1;
        if self.all.is_none() && self.looks > LOOKS {
            self.all = Some(self.library.stories()?);
        }
        Ok(())
    }

    /// The articles of the list that tell the story of `id`, as they came.
    fn looked_up(&self, id: Id) -> Result<Vec<Id>> {
        let all = telling(&self.library.connection, id)?;
        Ok(all.into_iter().filter(|id| self.listed.has(*id)).collect())
    }
}

impl Stories {
    fn load(connection: &Connection, changes: i64) -> Result<Self> {
        let mut statement = connection.prepare_cached("SELECT story, article FROM story ORDER BY story, article")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let told: Vec<(i64, Id)> = rows.collect::<std::result::Result<_, _>>()?;
        let mut of: Vec<(Id, i64)> = told.iter().map(|(story, id)| (*id, *story)).collect();
        of.sort_unstable();
        Ok(Self { changes, tellers: of.iter().map(|(id, _)| *id).collect(), of, told })
    }

    /// The articles that tell the story of `id`, as they came.
    fn telling(&self, id: Id) -> impl Iterator<Item = Id> {
        let at = if self.tellers.has(id) { self.of.binary_search_by_key(&id, |(id, _)| *id).ok() } else { None };
        let story = at.and_then(|at| self.of.get(at)).map(|(_, story)| *story);
        let from = story.map_or(self.told.len(), |story| self.told.partition_point(|(other, _)| *other < story));
        let rest = self.told.get(from..).unwrap_or_default().iter();
        rest.take_while(move |(other, _)| Some(*other) == story).map(|(_, id)| *id)
    }
}

impl Library {
    /// All stories, where they are in memory and have not changed since.
    fn stories_at_hand(&self) -> Result<Option<Arc<Stories>>> {
        let changes = changes(&self.connection)?;
        Ok(self.stories.borrow().as_ref().filter(|kept| kept.changes == changes).map(Arc::clone))
    }

    /// All stories as they are now.
    fn stories(&self) -> Result<Arc<Stories>> {
        let all = Arc::new(Stories::load(&self.connection, changes(&self.connection)?)?);
        *self.stories.borrow_mut() = Some(Arc::clone(&all));
        Ok(all)
    }
}

/// All articles that tell the story of `id`, as they came; none where it is the only one.
fn telling(connection: &Connection, id: Id) -> Result<Vec<Id>> {
    let Some(story) = of(connection, id)? else { return Ok(Vec::new()) };
    let mut statement = connection.prepare_cached("SELECT article FROM story WHERE story = ?1 ORDER BY article")?;
    let ids = statement.query_map([story], |row| row.get(0))?;
    Ok(ids.collect::<std::result::Result<_, _>>()?)
}

/// The story that `id` tells with others.
pub fn of(connection: &Connection, id: Id) -> Result<Option<i64>> {
    let mut statement = connection.prepare_cached("SELECT story FROM story WHERE article = ?1")?;
    Ok(statement.query_row([id], |row| row.get(0)).optional()?)
}

/// Notes that `one` and `other` tell the same story, which makes one of the two that they tell; whether that was new.
pub fn join(connection: &Connection, one: Id, other: Id) -> Result<bool> {
    let mut insert = connection.prepare_cached("INSERT INTO story (article, story) VALUES (?1, ?2)")?;
    match (of(connection, one)?, of(connection, other)?) {
        (Some(one), Some(other)) if one == other => return Ok(false),
        (Some(one), Some(other)) => {
            let mut merge = connection.prepare_cached("UPDATE story SET story = ?1 WHERE story = ?2")?;
            merge.execute((one.min(other), one.max(other)))?;
        }
        (Some(story), None) => drop(insert.execute((other, story))?),
        (None, Some(story)) => drop(insert.execute((one, story))?),
        (None, None) => {
            let mut next = connection.prepare_cached("SELECT ifnull(max(story), 0) + 1 FROM story")?;
            let story: i64 = next.query_row([], |row| row.get(0))?;
            insert.execute((one, story))?;
            insert.execute((other, story))?;
        }
    }
    Ok(true)
}

/// Takes `id` out of its story.
pub fn leave(connection: &Connection, id: Id) -> Result<()> {
    connection.prepare_cached("DELETE FROM story WHERE article = ?1")?.execute([id])?;
    Ok(())
}

/// Tells whoever holds the stories in memory that they have changed.
pub fn note_change(connection: &Connection) -> Result<()> {
    let sql = "INSERT INTO memory (key, value) VALUES (?1, '1') ON CONFLICT (key) DO UPDATE SET value = value + 1";
    connection.prepare_cached(sql)?.execute([CHANGES])?;
    Ok(())
}

fn changes(connection: &Connection) -> Result<i64> {
    let mut statement = connection.prepare_cached("SELECT CAST(value AS INTEGER) FROM memory WHERE key = ?1")?;
    Ok(statement.query_row([CHANGES], |row| row.get(0)).optional()?.unwrap_or(0))
}
