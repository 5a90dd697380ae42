//! Lists and counts that need no search index.

use rusqlite::OptionalExtension;

use super::bits::{Bits, Mark};
use super::filter::{Filter, filter};
use super::store::Library;
use super::stories::Folds;
use crate::clock::Now;
use crate::error::Result;
use crate::model::{Counts, Id, Order};
use crate::query::Query;

/// Articles that are shown before all are known: more than any screen has.
pub const FIRST: usize = 64;

/// Articles of which each is looked up rather than all walked through.
const FEW: u64 = 1000;

/// Articles whose quotations are summed up between two looks at whether to stop.
const SUMMED: Id = 1 << 16;

/// Rows between two looks at whether to stop.
const LOOK: u32 = 4096;

/// A list in which one article stands for all that tell the same story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    /// In the order asked.
    pub ids: Vec<Id>,
    /// Which articles stand under which of them: those of one together, as they came.
    pub under: Vec<(Id, Id)>,
}

impl Library {
    /// Every article that `query` finds, in `order` (relevance is newest here); `None` where it asks for words that only
    /// the index knows.
    pub fn list(&self, query: &Query, order: Order, now: &Now) -> Result<Option<Vec<Id>>> {
        let listed = self.list_telling(query, order, false, now, &|| false, &mut |_| ())?;
        Ok(listed.map(|listed| listed.ids))
    }

    /// As `list`, where `fold` says so with one article for all that tell the same story; where there are more, `tell` hears
    /// the first `FIRST` before the rest is looked for. Ends early when `stop` says so, with what it has.
    pub fn list_telling(
        &self,
        query: &Query,
        order: Order,
        fold: bool,
        now: &Now,
        stop: &dyn Fn() -> bool,
        tell: &mut dyn FnMut(&[Id]),
    ) -> Result<Option<Folded>> {
        let filter = match &query.root {
            None => Some(Filter::Everything),
            Some(root) => filter(&self.connection, root, now.seconds)?,
        };
        let Some(filter) = filter else { return Ok(None) };
        let hidden = self.hidden(query)?;
        // Where dates decide, nobody knows beforehand what will be listed: nothing is folded there.
        let listed = if fold { filter.among(&self.seen(&hidden)?) } else { None };
        let mut folds = listed.as_ref().map(|listed| Folds::new(self, listed)).transpose()?;
        if let Some(few) = filter.few(FEW) {
            let mut ids = self.in_order(few.filter(|id| !hidden.has(*id)), order)?;
            let Some(folds) = &mut folds else { return Ok(Some(Folded { ids, under: Vec::new() })) };
            let hides: Vec<bool> = ids.iter().map(|id| folds.hides(*id)).collect::<Result<_>>()?;
            let mut hides = hides.into_iter();
            ids.retain(|_| !hides.next().unwrap_or_default());
            return Ok(Some(Folded { under: folds.under(&ids)?, ids }));
        }
        let mut statement = self.connection.prepare_cached(match order {
            Order::Newest | Order::Relevance => "SELECT id, place FROM article ORDER BY place DESC, id DESC",
            Order::Oldest => "SELECT id, place FROM article ORDER BY place, id",
        })?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        let mut walked = 0_u32;
        while let Some(row) = rows.next()? {
            let id = row.get(0)?;
            let holds = !hidden.has(id) && filter.holds(id, row.get(1)?);
            if holds && !folds.as_mut().map_or(Ok(false), |folds| folds.hides(id))? {
                found.push(id);
                if found.len() == FIRST {
                    tell(&found);
                    if stop() {
                        break;
                    }
                }
            }
            walked += 1;
            if walked.is_multiple_of(LOOK) && stop() {
                break;
            }
        }
        let under = folds.map_or(Ok(Vec::new()), |mut folds| folds.under(&found))?;
        Ok(Some(Folded { ids: found, under }))
    }

    /// As `list`, in no order that means anything: for a million articles a tenth of the work, where no date is asked for.
    pub fn found(&self, query: &Query, now: &Now) -> Result<Option<Vec<Id>>> {
        let filter = match &query.root {
            None => Some(Filter::Everything),
            Some(root) => filter(&self.connection, root, now.seconds)?,
        };
        let Some(filter) = filter else { return Ok(None) };
        match filter.among(&self.seen(&self.hidden(query)?)?) {
            Some(found) => Ok(Some(found.ids().collect())),
            None => self.list(query, Order::Newest, now),
        }
    }

    /// `ids` by their places; those without one are not there.
    fn in_order(&self, ids: impl Iterator<Item = Id>, order: Order) -> Result<Vec<Id>> {
        let mut place = self.connection.prepare_cached("SELECT place FROM article WHERE id = ?1")?;
        let mut placed = Vec::new();
        for id in ids {
            let at: Option<i64> = place.query_row([id], |row| row.get(0)).optional()?;
            placed.extend(at.map(|at| (at, id)));
        }
        placed.sort_unstable();
        if order != Order::Oldest {
            placed.reverse();
        }
        Ok(placed.into_iter().map(|(_, id)| id).collect())
    }

    /// The place of the article that has `articles` others below it from the place `from` on; `None` where fewer are there.
    pub(super) fn place_behind(&self, from: i64, articles: u64) -> Result<Option<i64>> {
        let sql = "SELECT place FROM article WHERE place >= ?1 ORDER BY place LIMIT 1 OFFSET ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row((from, articles.cast_signed()), |row| row.get(0)).optional()?)
    }

    /// How many articles there are.
    pub fn counts(&self) -> Result<Counts> {
        let trashed = Bits::load(&self.connection, Mark::Trashed)?;
        let all = Bits::load(&self.connection, Mark::Present)?.without(&trashed);
        let unread = all.without(&Bits::load(&self.connection, Mark::Read)?);
        let mut statement = self.connection.prepare_cached("SELECT id FROM bookmark")?;
        let mut rows = statement.query([])?;
        let mut bookmarked = 0;
        while let Some(row) = rows.next()? {
            bookmarked += u64::from(all.has(row.get(0)?));
        }
        let mut statement = self.connection.prepare_cached("SELECT article FROM kept")?;
        let mut rows = statement.query([])?;
        let mut kept = 0;
        while let Some(row) = rows.next()? {
            kept += u64::from(all.has(row.get(0)?));
        }
        Ok(Counts { all: all.len(), unread: unread.len(), bookmarked, trashed: trashed.len(), kept })
    }

    /// How many quotations outside the trash are speech. Every article is looked at; `None` where `stop` said so meanwhile.
    pub fn speeches(&self, stop: &dyn Fn() -> bool) -> Result<Option<u64>> {
        let sum = "SELECT coalesce(sum(quotes), 0) FROM article WHERE id >= ?1 AND id < ?2";
        let mut sum = self.connection.prepare_cached(sum)?;
        let mut sum = |from: Id, to: Id| -> Result<i64> { Ok(sum.query_row([from, to], |row| row.get(0))?) };
        let last: Option<Id> = self.connection.query_row("SELECT max(id) FROM article", [], |row| row.get(0))?;
        let (mut all, mut from) = (0, 0);
        while last.is_some_and(|last| from <= last) {
            if stop() {
                return Ok(None);
            }
            all += sum(from, from + SUMMED)?;
            from += SUMMED;
        }
        for id in Bits::load(&self.connection, Mark::Trashed)?.ids() {
            all -= sum(id, id + 1)?;
        }
        Ok(Some(all.unsigned_abs()))
    }

    /// Whether it holds no article, not even in the trash.
    pub fn is_empty(&self) -> Result<bool> {
        let mut statement = self.connection.prepare_cached("SELECT NOT EXISTS (SELECT 1 FROM article)")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// The sources by name, with the number of their articles outside the trash; those without any are left out.
    pub fn sources(&self) -> Result<Vec<(String, u64)>> {
        let trashed = Bits::load(&self.connection, Mark::Trashed)?;
        let mut statement = self.connection.prepare_cached("SELECT source FROM article WHERE id = ?1")?;
        let mut gone = std::collections::HashMap::<Option<i64>, u64>::new();
        for id in trashed.ids() {
            *gone.entry(statement.query_row([id], |row| row.get(0))?).or_default() += 1;
        }
        let mut statement = self.connection.prepare_cached("SELECT id, name, articles FROM source ORDER BY name")?;
        let mut rows = statement.query([])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let articles: u32 = row.get(2)?;
            let left = u64::from(articles).saturating_sub(gone.get(&Some(row.get(0)?)).copied().unwrap_or(0));
            if left > 0 {
                all.push((row.get(1)?, left));
            }
        }
        Ok(all)
    }

    /// The tags by name, with the number of their articles outside the trash; those without any are left out.
    pub fn tags(&self) -> Result<Vec<(String, u64)>> {
        let trashed = Bits::load(&self.connection, Mark::Trashed)?;
        let mut names = self.connection.prepare_cached("SELECT id, name FROM tag ORDER BY name")?;
        let mut carriers = self.connection.prepare_cached("SELECT article FROM tagged WHERE tag = ?1")?;
        let mut rows = names.query([])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let articles: Bits = carriers
                .query_map([row.get::<_, i64>(0)?], |row| row.get(0))?
                .collect::<std::result::Result<_, _>>()?;
            let left = articles.without(&trashed).len();
            if left > 0 {
                all.push((row.get(1)?, left));
            }
        }
        Ok(all)
    }

    /// The articles that `query` does not see because they are in the trash.
    pub(super) fn hidden(&self, query: &Query) -> Result<Bits> {
        if query.reaches_trash() { Ok(Bits::default()) } else { Bits::load(&self.connection, Mark::Trashed) }
    }

    /// All articles but those that are `hidden`.
    fn seen(&self, hidden: &Bits) -> Result<Bits> {
        Ok(Bits::load(&self.connection, Mark::Present)?.without(hidden))
    }

    /// The newest `limit` articles outside the trash; where `fold` says so, one for all that tell the same story.
    pub(super) fn newest_ids(&self, limit: usize, fold: bool) -> Result<Vec<Id>> {
        let seen = self.seen(&Bits::load(&self.connection, Mark::Trashed)?)?;
        let mut folds = if fold { Some(Folds::new(self, &seen)?) } else { None };
        let mut statement = self.connection.prepare_cached("SELECT id FROM article ORDER BY place DESC, id DESC")?;
        let mut rows = statement.query([])?;
        let mut ids = Vec::new();
        while ids.len() < limit
            && let Some(row) = rows.next()?
        {
            let id = row.get(0)?;
            if seen.has(id) && !folds.as_mut().map_or(Ok(false), |folds| folds.hides(id))? {
                ids.push(id);
            }
        }
        Ok(ids)
    }
}
