//! Who speaks in which article, counted: the rows behind the list of speakers. They are made of the quotations as the reader
//! sees them, so that they agree with what `speaker:` finds.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension};

use super::bits::{Mark, Marked};
use super::sorting;
use super::store::Library;
use crate::error::Result;
use crate::model::{Id, Quote};
use crate::text::fold;

/// How often somebody speaks in an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    pub key: String,
    pub name: String,
    /// Quotations that are speech.
    pub quotes: i64,
}

/// The folded words of a name, a blank between them: what makes two spellings one name.
pub fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    fold::words(name, |_, _, word| {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(word);
    });
    key
}

/// Who speaks in `quotes`. Names without a word in them are nobody's.
pub fn spoken(quotes: &[Quote]) -> Vec<Spoken> {
    let mut all: Vec<Spoken> = Vec::new();
    for name in quotes.iter().filter(|quote| quote.speech).filter_map(|quote| quote.speaker.as_deref()) {
        // Nearly always it is spelt as the last time, and then folding is spared.
        let known = all.iter_mut().find(|spoken| spoken.name == name);
        if let Some(spoken) = known {
            spoken.quotes += 1;
            continue;
        }
        let key = key(name);
        match all.iter_mut().find(|spoken| spoken.key == key) {
            Some(spoken) => spoken.quotes += 1,
            None if key.is_empty() => {}
            None => all.push(Spoken { key, name: name.to_owned(), quotes: 1 }),
        }
    }
    all
}

/// The articles in which those with the name `key` speak.
pub fn articles(connection: &Connection, key: &str) -> Result<Vec<Id>> {
    let sql = "SELECT id FROM speaker WHERE key = ?1";
    let id: Option<i64> = connection.prepare_cached(sql)?.query_row([key], |row| row.get(0)).optional()?;
    let Some(id) = id else { return Ok(Vec::new()) };
    let mut articles = sorted_articles(connection, id)?;
    articles.extend(late(connection)?.remove(&id).into_iter().flatten().map(|late| late.article));
    Ok(articles)
}

/// The articles in which the speaker `id` speaks, but for those that are not sorted in yet.
pub fn sorted_articles(connection: &Connection, id: i64) -> Result<Vec<Id>> {
    let mut statement = connection.prepare_cached("SELECT article FROM speaking WHERE speaker = ?1")?;
    let rows = statement.query_map([id], |row| row.get(0))?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

/// Somebody who speaks in an article that is not sorted in yet.
pub struct Late {
    pub article: Id,
    pub place: i64,
    /// Quotations that are speech.
    pub quotes: i64,
}

/// Who speaks in the articles that are not sorted in yet, by the speaker's number: in a slice of them at most while many are
/// added, or after whoever added them ended too early; else in none.
pub fn late(connection: &Connection) -> Result<HashMap<i64, Vec<Late>>> {
    let sql = "SELECT speaker, article, place, quotes FROM voice WHERE article > ?1 ORDER BY article";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([sorting::sorted(connection)?])?;
    let mut late: HashMap<i64, Vec<Late>> = HashMap::new();
    while let Some(row) = rows.next()? {
        let one = Late { article: row.get(1)?, place: row.get(2)?, quotes: row.get(3)? };
        late.entry(row.get(0)?).or_default().push(one);
    }
    Ok(late)
}

/// Whether somebody speaks in the `quotes` of `article` and nobody was counted there.
pub fn are_missing(connection: &Connection, article: Id, quotes: &[Quote]) -> Result<bool> {
    let mut statement = connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM voice WHERE article = ?1)")?;
    let counted: bool = statement.query_row([article], |row| row.get(0))?;
    Ok(!counted && !spoken(quotes).is_empty())
}

/// Voices being written in one transaction; the speakers' own counts are written once, at its end. Those of articles that are
/// not sorted in yet are counted then (`sorting`).
pub struct Voices<'a> {
    connection: &'a Connection,
    /// The last article that is sorted in.
    sorted: Id,
    /// The reader gave the names: they are spelt as they come now.
    spelt: bool,
    speakers: HashMap<String, i64>,
    /// Quotations and articles to be counted in or out, by speaker.
    more: HashMap<i64, (i64, i64)>,
}

impl<'a> Voices<'a> {
    pub fn new(connection: &'a Connection, spelt: bool) -> Result<Self> {
        let sorted = sorting::sorted(connection)?;
        Ok(Self { connection, sorted, spelt, speakers: HashMap::new(), more: HashMap::new() })
    }

    /// With the numbers of these `speakers`, so that they need not be looked up.
    pub fn knowing(self, speakers: HashMap<String, i64>) -> Self {
        Self { speakers, ..self }
    }

    /// Adds those who speak in a new `article` at `place`.
    pub fn add(&mut self, article: Id, place: i64, spoken: &[Spoken]) -> Result<()> {
        for spoken in spoken {
            let speaker = self.speaker(spoken)?;
            self.connection
                .prepare_cached("INSERT INTO voice (article, speaker, place, quotes) VALUES (?1, ?2, ?3, ?4)")?
                .execute((article, speaker, place, spoken.quotes))?;
            if article <= self.sorted {
                self.connection
                    .prepare_cached("INSERT INTO speaking (speaker, place, article) VALUES (?1, ?2, ?3)")?
                    .execute((speaker, place, article))?;
                self.count(speaker, spoken.quotes, 1);
            }
        }
        Ok(())
    }

    /// Forgets who speaks in `article`.
    pub fn remove(&mut self, article: Id) -> Result<()> {
        let sql = "DELETE FROM voice WHERE article = ?1 RETURNING speaker, place, quotes";
        let mut statement = self.connection.prepare_cached(sql)?;
        let gone = statement.query_map([article], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let gone: Vec<(i64, i64, i64)> = gone.collect::<std::result::Result<_, _>>()?;
        if article <= self.sorted {
            let sql = "DELETE FROM speaking WHERE speaker = ?1 AND place = ?2 AND article = ?3";
            let mut statement = self.connection.prepare_cached(sql)?;
            for (speaker, place, quotes) in gone {
                statement.execute((speaker, place, article))?;
                self.count(speaker, -quotes, -1);
            }
        }
        Ok(())
    }

    /// Moves those who speak in `article`, which stands at `place` now.
    pub fn move_to(&mut self, article: Id, place: i64) -> Result<()> {
        let sql = "UPDATE speaking SET place = ?2 WHERE (speaker, place, article) IN
                   (SELECT speaker, place, article FROM voice WHERE article = ?1)";
        self.connection.prepare_cached(sql)?.execute((article, place))?;
        self.connection.prepare_cached("UPDATE voice SET place = ?2 WHERE article = ?1")?.execute((article, place))?;
        Ok(())
    }

    /// Writes the speakers' counts, and gives the numbers of those who were met.
    pub fn finish(self) -> Result<HashMap<String, i64>> {
        let sql = "UPDATE speaker SET quotes = quotes + ?2, articles = articles + ?3 WHERE id = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut more: Vec<_> = self.more.into_iter().filter(|(_, more)| *more != (0, 0)).collect();
        more.sort_unstable();
        for (speaker, (quotes, articles)) in more {
            statement.execute((speaker, quotes, articles))?;
        }
        Ok(self.speakers)
    }

    fn count(&mut self, speaker: i64, quotes: i64, articles: i64) {
        let more = self.more.entry(speaker).or_default();
        *more = (more.0 + quotes, more.1 + articles);
    }

    /// The number of a speaker, who is new perhaps.
    fn speaker(&mut self, spoken: &Spoken) -> Result<i64> {
        if let Some(id) = self.speakers.get(&spoken.key) {
            return Ok(*id);
        }
        let mut statement = self.connection.prepare_cached("SELECT id, name FROM speaker WHERE key = ?1")?;
        let found: Option<(i64, String)> =
            statement.query_row([&spoken.key], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let id = match found {
            Some((id, name)) => {
                if self.spelt && name != spoken.name {
                    let mut statement = self.connection.prepare_cached("UPDATE speaker SET name = ?2 WHERE id = ?1")?;
                    statement.execute((id, &spoken.name))?;
                }
                id
            }
            None => self
                .connection
                .prepare_cached("INSERT INTO speaker (key, name, quotes, articles) VALUES (?1, ?2, 0, 0) RETURNING id")?
                .query_row((&spoken.key, &spoken.name), |row| row.get(0))?,
        };
        self.speakers.insert(spoken.key.clone(), id);
        Ok(id)
    }
}

/// Counts anew who speaks in these articles, after the reader said something of it, and tells the index.
pub fn renew(library: &Library, articles: impl Iterator<Item = Id>) -> Result<()> {
    let connection = &library.connection;
    let mut voices = Voices::new(connection, true)?;
    let mut quoted = Marked::load(connection, Mark::Quoted)?;
    for id in articles {
        let Some((_, quotes)) = library.readable_body(id)? else { continue };
        let speeches = quotes.iter().filter(|quote| quote.speech).count();
        let place = connection
            .prepare_cached("UPDATE article SET quotes = ?2 WHERE id = ?1 RETURNING place")?
            .query_row((id, u32::try_from(speeches).unwrap_or(u32::MAX)), |row| row.get(0))?;
        quoted.bits.set(id, speeches > 0);
        voices.remove(id)?;
        voices.add(id, place, &spoken(&quotes))?;
        connection.prepare_cached("INSERT INTO dirty (article, renewed) VALUES (?1, 1)")?.execute([id])?;
    }
    voices.finish()?;
    quoted.store(connection)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_name_are_one_speaker_and_only_speech_counts() {
        let quote = |speech, speaker: &str| Quote {
            span: 0..1,
            speech,
            cue: None,
            source: None,
            speaker: Some(speaker.to_owned()),
            role: None,
            confidence: 1.0,
        };
        let quotes = [
            quote(true, "Zoë Lund"),
            quote(true, "ZOE LUND"),
            quote(false, "Bo"),
            quote(true, "—"),
            quote(true, "Zoë Lund"),
            quote(true, "Zoë"),
        ];
        let found: Vec<_> =
            spoken(&quotes).into_iter().map(|spoken| (spoken.name, spoken.key, spoken.quotes)).collect();
        let expected = [("Zoë Lund", "zoe lund", 3), ("Zoë", "zoe", 1)];
        assert_eq!(found, expected.map(|(name, key, quotes)| (name.to_owned(), key.to_owned(), quotes)));
    }
}
