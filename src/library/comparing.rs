//! Which articles tell one story in the same words: looked for when they are new or have another text, a few at a time, so that
//! it can be stopped anywhere.
//!
//! An article is compared with those that were published within days of it: a story is told again by other papers at once or
//! not at all, and what comes every year in the same words is news every year. That also makes these few enough for
//! all prints to be held side by side, which finds any pair that is near; tables over parts of the print would find those
//! whose differences leave one part alone, and cost more room than everything else that is kept of a story.

use std::collections::{HashMap, VecDeque};

use rusqlite::{Connection, OptionalExtension};

use super::bits::{Bits, Mark, Marked};
use super::place;
use super::store::Library;
use super::stories;
use crate::error::Result;
use crate::model::Id;
use crate::text::story::{Story, distance};

/// Seconds between two articles of one story at most.
const APART: i64 = 3 * 24 * 60 * 60;

/// Articles before and after it that one is compared with at most: of those that all carry the date of their adding, a
/// million in one second, the nearest are looked at.
const BESIDE: usize = 8_000;

/// Neighbours that are loaded at once.
const AT_ONCE: u32 = 500;

/// Texts that are read to see which tell the same story, the nearest prints first.
const READ: usize = 4;

/// Nearest prints that are looked at: where a thousand articles are alike, the first few tell.
const LOOKED: usize = 64;

/// Articles whose stories are stored in one transaction.
const HANDFUL: usize = 500;

/// An article between its neighbours.
#[derive(Clone, Copy, Debug)]
struct Placed {
    place: i64,
    id: Id,
    /// `None`: nobody made it yet.
    print: Option<u64>,
}

/// What was found out about an article.
struct Compared {
    id: Id,
    print: u64,
    /// Its print was there already.
    known: bool,
    /// Articles that tell the same story: one of each that others tell already.
    same: Vec<Id>,
}

impl Library {
    /// For how many articles nobody looked yet.
    pub fn untold(&self) -> Result<u64> {
        Ok(waiting(&self.connection)?.len())
    }

    /// Looks for the stories of at most `most` of the articles for which nobody did, and says how many are left. Looks at
    /// `stop` between articles; what was done until then is kept.
    pub fn find_stories(&mut self, most: usize, stop: &dyn Fn() -> bool) -> Result<u64> {
        let waiting = waiting(&self.connection)?;
        let mut left = waiting.len();
        let articles = placed(&self.connection, &waiting, most)?;
        let mut beside = Beside::new(&self.connection);
        let mut made = HashMap::new();
        for handful in articles.chunks(HANDFUL) {
            for article in handful.iter().filter(|article| article.print.is_none()) {
                if stop() {
                    return Ok(left);
                }
                made.insert(article.id, self.story(article.id)?.print());
            }
            let mut found = Vec::with_capacity(handful.len());
            let mut joined = Joined::default();
            let moment = self.moment()?;
            for article in handful {
                if stop() {
                    break;
                }
                let print = article.print.or_else(|| made.get(&article.id).copied()).unwrap_or(0);
                let beside = beside.of(*article)?;
                let same = self.telling_the_same(article.id, print, beside, &made, &mut joined)?;
                found.push(Compared { id: article.id, print, known: article.print.is_some(), same });
            }
            drop(moment);
            left -= store(self, &found)?;
        }
        Ok(left)
    }

    /// Articles `beside` this one that tell the same story, one of each story that is known; none that is `joined` with it.
    fn telling_the_same<'b>(
        &self,
        article: Id,
        print: u64,
        beside: impl Iterator<Item = &'b Placed>,
        made: &HashMap<Id, u64>,
        joined: &mut Joined,
    ) -> Result<Vec<Id>> {
        let mut same = Vec::new();
        let near = |other: &Placed| {
            let its = other.print.or_else(|| made.get(&other.id).copied())?;
            distance(print, its).filter(|_| other.id != article).map(|bits| (bits, other.id))
        };
        let mut near: Vec<(u32, Id)> = if print == 0 { Vec::new() } else { beside.filter_map(near).collect() };
        if near.len() > LOOKED {
            near.select_nth_unstable(LOOKED);
            near.truncate(LOOKED);
        }
        near.sort_unstable();
        let mut known: Vec<i64> = stories::of(&self.connection, article)?.into_iter().collect();
        let mut story = None;
        let mut read = 0;
        for (_, id) in near {
            let its = stories::of(&self.connection, id)?;
            if its.is_some_and(|its| known.contains(&its)) || joined.has(article, id) {
                continue;
            }
            let ours = match &mut story {
                Some(ours) => ours,
                none => none.insert(self.story(article)?),
            };
            if ours.is_told_by(&self.story(id)?) {
                same.push(id);
                joined.join(article, id);
                known.extend(its);
            }
            read += 1;
            if read == READ {
                break;
            }
        }
        Ok(same)
    }

    /// The story of the article `id`: none where it cannot be read, which `check` reports.
    fn story(&self, id: Id) -> Result<Story> {
        Ok(self.text(id)?.map_or_else(Story::default, |text| Story::read(&text)))
    }
}

/// Articles that were found to tell one story, before that is stored.
#[derive(Default)]
struct Joined(HashMap<Id, Id>);

impl Joined {
    fn join(&mut self, one: Id, other: Id) {
        let (one, other) = (self.first(one), self.first(other));
        if one != other {
            self.0.insert(one, other);
        }
    }

    fn has(&mut self, one: Id, other: Id) -> bool {
        self.first(one) == self.first(other)
    }

    /// The one that stands for all that are joined with `id`.
    fn first(&mut self, id: Id) -> Id {
        let mut first = id;
        while let Some(next) = self.0.get(&first) {
            first = *next;
        }
        // The next way is short.
        if first != id {
            self.0.insert(id, first);
        }
        first
    }
}

/// The articles for which nobody looked.
fn waiting(connection: &Connection) -> Result<Bits> {
    Ok(Bits::load(connection, Mark::Present)?.without(&Bits::load(connection, Mark::Compared)?))
}

/// At most `most` of `waiting`, the latest of them, in the order of their places.
fn placed(connection: &Connection, waiting: &Bits, most: usize) -> Result<Vec<Placed>> {
    let mut found = Vec::new();
    if waiting.len() <= most as u64 {
        let mut statement = connection.prepare_cached("SELECT place, id, print FROM article WHERE id = ?1")?;
        for id in waiting.ids() {
            found.extend(statement.query_row([id], read).optional()?);
        }
        found.sort_unstable_by_key(|article| (article.place, article.id));
        return Ok(found);
    }
    let mut all = connection.prepare_cached("SELECT id FROM article ORDER BY place DESC, id DESC")?;
    let mut one = connection.prepare_cached("SELECT place, id, print FROM article WHERE id = ?1")?;
    let mut rows = all.query([])?;
    while found.len() < most
        && let Some(row) = rows.next()?
    {
        let id = row.get(0)?;
        if waiting.has(id) {
            found.push(one.query_row([id], read)?);
        }
    }
    found.reverse();
    Ok(found)
}

fn read(row: &rusqlite::Row) -> rusqlite::Result<Placed> {
    let print: Option<i64> = row.get(2)?;
    Ok(Placed { place: row.get(0)?, id: row.get(1)?, print: print.map(i64::cast_unsigned) })
}

/// The articles around one, carried along while that moves to later places.
struct Beside<'a> {
    connection: &'a Connection,
    /// In the order of their places, without a gap.
    articles: VecDeque<Placed>,
    /// How many of them stand before the one that was asked for last.
    before: usize,
}

impl<'a> Beside<'a> {
    fn new(connection: &'a Connection) -> Self {
        Self { connection, articles: VecDeque::new(), before: 0 }
    }

    /// The neighbours of `article`, and itself; it stands at no earlier place than the one before.
    fn of(&mut self, article: Placed) -> Result<impl Iterator<Item = &Placed>> {
        let key = |placed: &Placed| (placed.place, placed.id);
        let at = place::published(article.place).seconds;
        let (from, to) = (place::first_of(at.saturating_sub(APART)), place::first_of(at.saturating_add(APART + 1)));
        if self.articles.back().is_none_or(|last| key(last) < key(&article)) {
            self.articles.clear();
            self.before = 0;
            self.load_before(from, key(&article))?;
        }
        while self.articles.get(self.before).is_some_and(|placed| key(placed) < key(&article)) {
            self.before += 1;
        }
        self.load_behind(to)?;
        let past = self.articles.iter().take_while(|placed| placed.place < from).count();
        let past = past.max(self.before.saturating_sub(BESIDE));
        self.articles.drain(..past);
        self.before -= past;
        Ok(self.articles.iter().take(self.before + 1 + BESIDE).take_while(move |placed| placed.place <= to))
    }

    /// Loads the articles from the place `from` to the one with this key.
    fn load_before(&mut self, from: i64, (place, id): (i64, Id)) -> Result<()> {
        let sql = "SELECT place, id, print FROM article WHERE place BETWEEN ?1 AND ?2 AND (place, id) <= (?2, ?3)
                   ORDER BY place DESC, id DESC LIMIT ?4";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map((from, place, id, i64::try_from(BESIDE).unwrap_or(i64::MAX)), read)?;
        for row in rows {
            self.articles.push_front(row?);
        }
        Ok(())
    }

    /// Loads what stands behind those that are there, as far as it may be needed; more at once than a step needs.
    fn load_behind(&mut self, to: i64) -> Result<()> {
        let sql = "SELECT place, id, print FROM article WHERE place >= ?1 AND (place, id) > (?1, ?2)
                   ORDER BY place, id LIMIT ?3";
        while self.articles.len() <= self.before + BESIDE
            && let Some(last) = self.articles.back().copied().filter(|last| last.place <= to)
        {
            let loaded = self.articles.len();
            let mut statement = self.connection.prepare_cached(sql)?;
            for row in statement.query_map((last.place, last.id, AT_ONCE), read)? {
                self.articles.push_back(row?);
            }
            if self.articles.len() == loaded {
                break;
            }
        }
        Ok(())
    }
}

/// Stores what was found out, and says for how many articles; those that were changed meanwhile wait for the next time.
fn store(library: &Library, found: &[Compared]) -> Result<u64> {
    let transaction = library.write()?;
    let mut compared = Marked::load(&transaction, Mark::Compared)?;
    let mut stored = 0;
    let mut told = false;
    for article in found {
        let mut statement = transaction.prepare_cached("SELECT print FROM article WHERE id = ?1")?;
        let now: Option<Option<i64>> = statement.query_row([article.id], |row| row.get(0)).optional()?;
        let expected = article.known.then_some(article.print.cast_signed());
        if now != Some(expected) || compared.bits.has(article.id) {
            continue;
        }
        if !article.known {
            let mut statement = transaction.prepare_cached("UPDATE article SET print = ?2 WHERE id = ?1")?;
            statement.execute((article.id, article.print.cast_signed()))?;
        }
        for same in &article.same {
            told |= stories::join(&transaction, article.id, *same)?;
        }
        compared.bits.set(article.id, true);
        stored += 1;
    }
    compared.store(&transaction)?;
    if told {
        stories::note_change(&transaction)?;
    }
    transaction.commit()?;
    Ok(stored)
}

/// What was found out about these articles no longer holds: they have another text.
pub fn forget(connection: &Connection, ids: &[Id]) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let mut compared = Marked::load(connection, Mark::Compared)?;
    for id in ids {
        compared.bits.set(*id, false);
        stories::leave(connection, *id)?;
    }
    stories::note_change(connection)?;
    compared.store(connection)
}
