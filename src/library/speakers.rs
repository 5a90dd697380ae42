//! Who is quoted: the list of speakers, and where each of them is quoted.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use rusqlite::{Connection, OptionalExtension};

use super::bits::{Bits, Mark};
use super::place;
use super::store::Library;
use super::voices::key;
use crate::error::Result;
use crate::model::{Published, Speaker};
use crate::text::fold::folded_words;

/// Quotations and articles in the trash, by speaker.
type Gone = HashMap<i64, (i64, i64)>;

impl Library {
    /// Who is quoted outside the trash, most quoted first and then by name, at most `limit` of them. Each word of `matching`
    /// begins a word of the name. Without one, only names are listed: what begins in lower case is a description or a
    /// pronoun.
    pub fn speakers(&self, matching: &str, limit: usize) -> Result<Vec<Speaker>> {
        let trashed = Bits::load(&self.connection, Mark::Trashed)?;
        let gone = gone(&self.connection, &trashed)?;
        let wanted = folded_words(matching);
        let mut best = BinaryHeap::<Reverse<Rank>>::new();
        let sql = "SELECT id, quotes, articles, key, name FROM speaker WHERE articles > 0";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (id, quotes, articles): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let (less, fewer) = gone.get(&id).copied().unwrap_or_default();
            let (quotes, articles) = (quotes - less, articles - fewer);
            // Most are quoted once or twice: their names need not be looked at.
            let low = best.len() >= limit && best.peek().is_none_or(|Reverse(worst)| quotes < worst.quotes);
            if articles <= 0 || low {
                continue;
            }
            let name = row.get_ref(4)?.as_str().map_err(rusqlite::Error::from)?;
            let fits = if wanted.is_empty() {
                !name.starts_with(char::is_lowercase)
            } else {
                let key = row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?;
                wanted.iter().all(|wanted| key.split(' ').any(|word| word.starts_with(wanted.as_str())))
            };
            if fits {
                best.push(Reverse(Rank { quotes, name: Reverse(name.to_owned()), id, articles }));
                if best.len() > limit {
                    best.pop();
                }
            }
        }
        let ranked = best.into_sorted_vec().into_iter();
        ranked.map(|Reverse(rank)| self.speaker_of(rank, &trashed)).collect()
    }

    /// The speaker of the whole name `name`; `None` where nobody outside the trash quotes one.
    pub fn speaker(&self, name: &str) -> Result<Option<Speaker>> {
        let trashed = Bits::load(&self.connection, Mark::Trashed)?;
        let sql = "SELECT id, name FROM speaker WHERE key = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let known = statement.query_row([key(name)], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let Some((id, name)) = known else { return Ok(None) };
        let mut rank = Rank { quotes: 0, name: Reverse(name), id, articles: 0 };
        let mut statement = self.connection.prepare_cached("SELECT article, quotes FROM voice WHERE speaker = ?1")?;
        let mut rows = statement.query([id])?;
        while let Some(row) = rows.next()? {
            if !trashed.has(row.get(0)?) {
                rank.quotes += row.get::<_, i64>(1)?;
                rank.articles += 1;
            }
        }
        if rank.articles == 0 { Ok(None) } else { self.speaker_of(rank, &trashed).map(Some) }
    }

    /// The sources whose articles quote the speaker called `name`, with how many of them do, most first. Articles without a
    /// source and those in the trash are left out.
    pub fn speaker_sources(&self, name: &str) -> Result<Vec<(String, u64)>> {
        let trashed = Bits::load(&self.connection, Mark::Trashed)?;
        let mut statement = self.connection.prepare_cached(
            "SELECT article.id, source.name FROM voice
             JOIN article ON article.id = voice.article JOIN source ON source.id = article.source
             WHERE speaker = (SELECT id FROM speaker WHERE key = ?1)",
        )?;
        let mut rows = statement.query([key(name)])?;
        let mut counts = HashMap::<String, u64>::new();
        while let Some(row) = rows.next()? {
            if !trashed.has(row.get(0)?) {
                *counts.entry(row.get(1)?).or_default() += 1;
            }
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
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
            first: end("SELECT article, place FROM voice WHERE speaker = ?1 ORDER BY place")?,
            last: end("SELECT article, place FROM voice WHERE speaker = ?1 ORDER BY place DESC")?,
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

fn gone(connection: &Connection, trashed: &Bits) -> Result<Gone> {
    let mut gone = Gone::new();
    let mut statement = connection.prepare_cached("SELECT speaker, quotes FROM voice WHERE article = ?1")?;
    for id in trashed.ids() {
        let mut rows = statement.query([id])?;
        while let Some(row) = rows.next()? {
            let speaker = gone.entry(row.get(0)?).or_default();
            *speaker = (speaker.0 + row.get::<_, i64>(1)?, speaker.1 + 1);
        }
    }
    Ok(gone)
}
