//! Who is quoted: the list of speakers, and where each of them is quoted.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use rusqlite::{Connection, OptionalExtension, Row};

use super::bits::{Bits, Mark};
use super::sorting::sorted;
use super::store::Library;
use super::voices::key;
use super::{place, voices};
use crate::error::Result;
use crate::model::{Published, Speaker};
use crate::text::fold::folded_words;

/// The speakers that the index `speaker_often` has, the most quoted first.
const OFTEN_QUOTED: &str =
    "SELECT id, quotes, articles, key, name FROM speaker WHERE quotes >= 10 ORDER BY quotes DESC";

/// All others, in no order.
const SELDOM_QUOTED: &str = "SELECT id, quotes, articles, key, name FROM speaker WHERE quotes < 10 AND articles > 0";

/// Sources with how many of their articles quote somebody, most first.
pub type Sources = Vec<(String, u64)>;

/// Quotations and articles in the trash, by speaker.
type Gone = HashMap<i64, (i64, i64)>;

impl Library {
    /// Who is quoted outside the trash, most quoted first and then by name, at most `limit` of them. Each word of `matching`
    /// begins a word of the name. Without one, only names are listed: what begins in lower case is a description or a
    /// pronoun.
    pub fn speakers(&self, matching: &str, limit: usize) -> Result<Vec<Speaker>> {
        let _moment = self.moment()?;
        let trashed = Bits::load(&self.connection, Mark::Trashed)?;
        let gone = gone(&self.connection, &trashed)?;
        let mut best = Best { wanted: folded_words(matching), limit, gone, ranks: BinaryHeap::new() };
        let mut statement = self.connection.prepare_cached(OFTEN_QUOTED)?;
        let mut rows = statement.query([])?;
        let mut settled = false;
        while !settled && let Some(row) = rows.next()? {
            settled = !best.take(row)?;
        }
        if !settled {
            let mut statement = self.connection.prepare_cached(SELDOM_QUOTED)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                best.take(row)?;
            }
        }
        let ranked = best.ranks.into_sorted_vec().into_iter();
        ranked.map(|Reverse(rank)| self.speaker_of(rank, &trashed)).collect()
    }

    /// As `speakers`, each with their sources as `speaker_sources` tells them.
    pub fn speakers_with_sources(&self, matching: &str, limit: usize) -> Result<Vec<(Speaker, Sources)>> {
        // Locking the file for each of many would take more time than reading them.
        let _moment = self.moment()?;
        let trashed = Bits::load(&self.connection, Mark::Trashed)?;
        let with_sources = |speaker: Speaker| {
            let sources = self.sources_quoting(&speaker.name, &trashed)?;
            Ok((speaker, sources))
        };
        self.speakers(matching, limit)?.into_iter().map(with_sources).collect()
    }

    /// The speaker of the whole name `name`; `None` where nobody outside the trash quotes one.
    pub fn speaker(&self, name: &str) -> Result<Option<Speaker>> {
        let trashed = Bits::load(&self.connection, Mark::Trashed)?;
        let sql = "SELECT id, quotes, articles, name FROM speaker WHERE key = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let row = |row: &Row| {
            Ok(Rank { id: row.get(0)?, quotes: row.get(1)?, articles: row.get(2)?, name: Reverse(row.get(3)?) })
        };
        let Some(mut rank) = statement.query_row([key(name)], row).optional()? else { return Ok(None) };
        let sql = "SELECT quotes FROM voice WHERE article = ?1 AND speaker = ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let sorted = sorted(&self.connection)?;
        for id in trashed.ids().take_while(|id| *id <= sorted) {
            let gone: Option<i64> = statement.query_row((id, rank.id), |row| row.get(0)).optional()?;
            rank.quotes -= gone.unwrap_or(0);
            rank.articles -= i64::from(gone.is_some());
        }
        if rank.articles <= 0 { Ok(None) } else { self.speaker_of(rank, &trashed).map(Some) }
    }

    /// The sources whose articles quote the speaker called `name`, with how many of them do, most first. Articles without a
    /// source and those in the trash are left out.
    pub fn speaker_sources(&self, name: &str) -> Result<Sources> {
        self.sources_quoting(name, &Bits::load(&self.connection, Mark::Trashed)?)
    }

    fn sources_quoting(&self, name: &str, trashed: &Bits) -> Result<Sources> {
        let mut articles = voices::articles(&self.connection, &key(name))?;
        articles.retain(|id| !trashed.has(*id));
        let mut counts = self.sources_of(&articles)?;
        counts.sort_by(|(a, more), (b, less)| less.cmp(more).then_with(|| a.cmp(b)));
        Ok(counts)
    }

    fn speaker_of(&self, rank: Rank, trashed: &Bits) -> Result<Speaker> {
        let end = |sql| -> Result<Published> {
            let mut statement = self.connection.prepare_cached(sql)?;
            let mut rows = statement.query([rank.id])?;
            while let Some(row) = rows.next()? {
                if !trashed.has(row.get(0)?) {
                    return Ok(place::published(row.get(1)?));
                }
            }
            Ok(Published { seconds: 0, day_only: false })
        };
        Ok(Speaker {
            first: end("SELECT article, place FROM speaking WHERE speaker = ?1 ORDER BY place")?,
            last: end("SELECT article, place FROM speaking WHERE speaker = ?1 ORDER BY place DESC")?,
            name: rank.name.0,
            quotes: rank.quotes.unsigned_abs(),
            articles: rank.articles.unsigned_abs(),
        })
    }
}

/// A speaker among others: more quotations are more, and of two alike the earlier name.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    quotes: i64,
    name: Reverse<String>,
    id: i64,
    articles: i64,
}

/// The speakers that are quoted most, as far as they were looked at.
struct Best {
    wanted: Vec<String>,
    limit: usize,
    gone: Gone,
    ranks: BinaryHeap<Reverse<Rank>>,
}

impl Best {
    /// Takes the speaker of a row, if that is one of the best; false where it is quoted so seldom that nobody quoted as
    /// seldom can be.
    fn take(&mut self, row: &Row) -> Result<bool> {
        let (id, quotes, articles): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let full = self.ranks.len() >= self.limit;
        let too_few = |quotes: i64| full && self.ranks.peek().is_none_or(|Reverse(worst)| quotes < worst.quotes);
        if too_few(quotes) {
            return Ok(false);
        }
        let (less, fewer) = self.gone.get(&id).copied().unwrap_or_default();
        let (quotes, articles) = (quotes - less, articles - fewer);
        // Most are quoted once or twice: their names need not be looked at.
        if articles <= 0 || too_few(quotes) {
            return Ok(true);
        }
        let name = row.get_ref(4)?.as_str().map_err(rusqlite::Error::from)?;
        let fits = if self.wanted.is_empty() {
            !name.starts_with(char::is_lowercase)
        } else {
            let key = row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?;
            self.wanted.iter().all(|wanted| key.split(' ').any(|word| word.starts_with(wanted.as_str())))
        };
        if fits {
            self.ranks.push(Reverse(Rank { quotes, name: Reverse(name.to_owned()), id, articles }));
            if self.ranks.len() > self.limit {
                self.ranks.pop();
            }
        }
        Ok(true)
    }
}

fn gone(connection: &Connection, trashed: &Bits) -> Result<Gone> {
    let mut gone = Gone::new();
    let mut statement = connection.prepare_cached("SELECT speaker, quotes FROM voice WHERE article = ?1")?;
    let sorted = sorted(connection)?;
    for id in trashed.ids().take_while(|id| *id <= sorted) {
        let mut rows = statement.query([id])?;
        while let Some(row) = rows.next()? {
            let speaker = gone.entry(row.get(0)?).or_default();
            *speaker = (speaker.0 + row.get::<_, i64>(1)?, speaker.1 + 1);
        }
    }
    Ok(gone)
}
