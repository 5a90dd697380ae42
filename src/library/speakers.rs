//! Who is quoted: the list of speakers, and where each of them is quoted.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use rusqlite::{Connection, OptionalExtension, Row};

use super::bits::{Bits, Mark};
use super::sorting::sorted;
use super::store::Library;
use super::voices::{Late, key};
use super::{place, voices};
use crate::error::Result;
use crate::model::{Published, Speaker};
use crate::text::fold::folded_words;

/// The speakers that the index `speaker_often` has, the most quoted first.
const OFTEN_QUOTED: &str =
    "SELECT id, quotes, articles, key, name FROM speaker WHERE quotes >= 10 ORDER BY quotes DESC";

/// The speaker of a number.
const ONE: &str = "SELECT id, quotes, articles, key, name FROM speaker WHERE id = ?1";

/// All others, in no order.
const SELDOM_QUOTED: &str = "SELECT id, quotes, articles, key, name FROM speaker WHERE quotes < 10 AND articles > 0";

/// Sources with how many of their articles quote somebody, most first.
pub type Sources = Vec<(String, u64)>;

impl Library {
    /// Who is quoted outside the trash, most quoted first and then by name, at most `limit` of them. Each word of `matching`
    /// begins a word of the name. Without one, only names are listed: what begins in lower case is a description or a
    /// pronoun.
    pub fn speakers(&self, matching: &str, limit: usize) -> Result<Vec<Speaker>> {
        let _moment = self.moment()?;
        let news = News::of(&self.connection)?;
        let ranked = self.ranked(matching, limit, &news)?.into_iter();
        ranked.map(|rank| self.speaker_of(rank, &news)).collect()
    }

    /// As `speakers`, each with their sources as `speaker_sources` tells them.
    pub fn speakers_with_sources(&self, matching: &str, limit: usize) -> Result<Vec<(Speaker, Sources)>> {
        // Locking the file for each of many would take more time than reading them.
        let _moment = self.moment()?;
        let news = News::of(&self.connection)?;
        let with_sources = |rank: Rank| {
            let sources = self.sources_quoting(rank.id, &news)?;
            Ok((self.speaker_of(rank, &news)?, sources))
        };
        self.ranked(matching, limit, &news)?.into_iter().map(with_sources).collect()
    }

    /// The speaker of the whole name `name`; `None` where nobody outside the trash quotes one.
    pub fn speaker(&self, name: &str) -> Result<Option<Speaker>> {
        let _moment = self.moment()?;
        let Some((id, quotes, articles, name)) = self.called(name)? else { return Ok(None) };
        let news = News::of(&self.connection)?;
        let (quotes, articles) = news.counted(id, quotes, articles);
        let rank = Rank { quotes, name: Reverse(name), id, articles };
        if rank.articles <= 0 { Ok(None) } else { self.speaker_of(rank, &news).map(Some) }
    }

    /// The sources whose articles quote the speaker called `name`, with how many of them do, most first. Articles without a
    /// source and those in the trash are left out.
    pub fn speaker_sources(&self, name: &str) -> Result<Sources> {
        let _moment = self.moment()?;
        let Some((id, ..)) = self.called(name)? else { return Ok(Sources::new()) };
        self.sources_quoting(id, &News::of(&self.connection)?)
    }

    /// The number, the quotations, the articles and the name of whoever has the whole name `name`, as far as they are sorted in.
    fn called(&self, name: &str) -> Result<Option<(i64, i64, i64, String)>> {
        let mut statement =
            self.connection.prepare_cached("SELECT id, quotes, articles, name FROM speaker WHERE key = ?1")?;
        let row = |row: &Row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
        Ok(statement.query_row([key(name)], row).optional()?)
    }

    fn ranked(&self, matching: &str, limit: usize, news: &News) -> Result<Vec<Rank>> {
        let mut best = Best { wanted: folded_words(matching), limit, news, ranks: BinaryHeap::new() };
        // Those whose counts do not say everything cannot be passed over by them.
        let mut statement = self.connection.prepare_cached(ONE)?;
        for id in news.late.keys() {
            let mut rows = statement.query([id])?;
            while let Some(row) = rows.next()? {
                best.weigh(row)?;
            }
        }
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
        Ok(best.ranks.into_sorted_vec().into_iter().map(|Reverse(rank)| rank).collect())
    }

    fn sources_quoting(&self, id: i64, news: &News) -> Result<Sources> {
        let mut articles = voices::sorted_articles(&self.connection, id)?;
        articles.extend(news.late(id).map(|late| late.article));
        articles.retain(|id| !news.trashed.has(*id));
        let mut counts = self.sources_of(&articles)?;
        counts.sort_by(|(a, more), (b, less)| less.cmp(more).then_with(|| a.cmp(b)));
        Ok(counts)
    }

    fn speaker_of(&self, rank: Rank, news: &News) -> Result<Speaker> {
        let end = |sql| -> Result<Option<i64>> {
            let mut statement = self.connection.prepare_cached(sql)?;
            let mut rows = statement.query([rank.id])?;
            while let Some(row) = rows.next()? {
                if !news.trashed.has(row.get(0)?) {
                    return Ok(Some(row.get(1)?));
                }
            }
            Ok(None)
        };
        let late = || news.late(rank.id).map(|late| late.place);
        let first = end("SELECT article, place FROM speaking WHERE speaker = ?1 ORDER BY place")?;
        let last = end("SELECT article, place FROM speaking WHERE speaker = ?1 ORDER BY place DESC")?;
        let published = |place: Option<i64>| place.map_or(Published { seconds: 0, day_only: false }, place::published);
        Ok(Speaker {
            first: published(first.into_iter().chain(late()).min()),
            last: published(last.into_iter().chain(late()).max()),
            name: rank.name.0,
            quotes: rank.quotes.unsigned_abs(),
            articles: rank.articles.unsigned_abs(),
        })
    }
}

/// What the counts of the speakers do not say.
struct News {
    trashed: Bits,
    /// Quotations and articles in the trash, by speaker.
    gone: HashMap<i64, (i64, i64)>,
    /// What is not sorted in yet, outside the trash.
    late: HashMap<i64, Vec<Late>>,
}

impl News {
    fn of(connection: &Connection) -> Result<Self> {
        let trashed = Bits::load(connection, Mark::Trashed)?;
        let gone = gone(connection, &trashed)?;
        let mut late = voices::late(connection)?;
        late.retain(|_, late| {
            late.retain(|late| !trashed.has(late.article));
            !late.is_empty()
        });
        Ok(Self { trashed, gone, late })
    }

    fn late(&self, id: i64) -> impl Iterator<Item = &Late> {
        self.late.get(&id).into_iter().flatten()
    }

    /// The quotations and articles of the speaker `id`, who has so many by the counts.
    fn counted(&self, id: i64, quotes: i64, articles: i64) -> (i64, i64) {
        let (less, fewer) = self.gone.get(&id).copied().unwrap_or_default();
        let late = self.late(id).fold((0, 0), |(quotes, articles), late| (quotes + late.quotes, articles + 1));
        (quotes - less + late.0, articles - fewer + late.1)
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
struct Best<'a> {
    wanted: Vec<String>,
    limit: usize,
    news: &'a News,
    ranks: BinaryHeap<Reverse<Rank>>,
}

impl Best<'_> {
    /// Takes the speaker of a row whose counts say everything, if that is one of the best; false where it is quoted so seldom that nobody quoted as
    /// seldom can be.
    fn take(&mut self, row: &Row) -> Result<bool> {
        let id: i64 = row.get(0)?;
        if self.has_too_few(row.get(1)?) {
            return Ok(false);
        }
        if !self.news.late.contains_key(&id) {
            self.weigh(row)?;
        }
        Ok(true)
    }

    fn has_too_few(&self, quotes: i64) -> bool {
        let full = self.ranks.len() >= self.limit;
        full && self.ranks.peek().is_none_or(|Reverse(worst)| quotes < worst.quotes)
    }

    /// Takes the speaker of a row, if that is one of the best so far.
    fn weigh(&mut self, row: &Row) -> Result<()> {
        let id: i64 = row.get(0)?;
        let (quotes, articles) = self.news.counted(id, row.get(1)?, row.get(2)?);
        // Most are quoted once or twice: their names need not be looked at.
        if articles <= 0 || self.has_too_few(quotes) {
            return Ok(());
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
        Ok(())
    }
}

fn gone(connection: &Connection, trashed: &Bits) -> Result<HashMap<i64, (i64, i64)>> {
    let mut gone: HashMap<i64, (i64, i64)> = HashMap::new();
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
