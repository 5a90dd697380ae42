//! Articles coming in: new ones are stored, known ones left alone, changed ones renewed with their earlier text kept.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior};

use super::bits::{Mark, Marked};
use super::detecting::Detections;
use super::packing::Packing;
use super::prepared::{Prepared, is_number};
use super::store::Library;
use super::voices::{Spoken, Voices, spoken};
use super::{change, comparing, encoding, entries, overlay, place, renaming, tags};
use crate::error::Result;
use crate::model::{Article, Id, Published};

/// What became of an article that was added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    New(Id),
    /// It was there already, and is as it was.
    Known(Id),
    /// It was there with another text, other particulars or fewer tags; it has the new ones now.
    Updated(Id),
}

impl Library {
    /// Stores `batch` in one transaction, all or nothing, and says what became of each, in the same order. `now` (seconds
    /// since 1970) is when they were added, and stands in for a date where an article has none.
    ///
    /// A call holds the library's only write lock: send about 200 at a time.
    pub fn add(&mut self, batch: &[Prepared], now: i64) -> Result<Vec<Added>> {
        self.add_all(batch, false, now)
    }

    /// Stores `page`, which has come from its address: its text counts for more than any other, and no feed replaces it.
    pub fn add_page(&mut self, page: &Prepared, now: i64) -> Result<Option<Added>> {
        Ok(self.add_all(std::slice::from_ref(page), true, now)?.into_iter().next())
    }

    fn add_all(&mut self, batch: &[Prepared], pages: bool, now: i64) -> Result<Vec<Added>> {
        let packing = self.packing.get_mut();
        packing.train_once(&self.connection, last_id(&self.connection)?)?;
        // Compressing is the slow part: it is done before the lock is taken, and not for what is there already.
        let mut packed = Vec::with_capacity(batch.len());
        for article in batch {
            let known = find(&self.connection, article)?.is_some_and(|kept| kept.content == article.content);
            packed.push(if known { None } else { Some(packing.pack(&self.connection, &article.body)?) });
        }
        let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        let mut intake = Intake::begin(&transaction, packing, now)?;
        let mut added = Vec::with_capacity(batch.len());
        for (article, packed) in batch.iter().zip(packed) {
            let became = intake.take(article, packed, pages)?;
            let (Added::New(id) | Added::Known(id) | Added::Updated(id)) = became;
            if pages {
                entries::hold_page(&transaction, id)?;
            }
            added.push(became);
        }
        intake.finish()?;
        transaction.commit()?;
        Ok(added)
    }
}

/// Words from which on title and text alone tell an article: what stands instead of an article at many addresses (log in,
/// not available, no robots) is shorter.
const TELLING: u32 = 100;

/// The article that the library has already.
pub(super) struct Kept {
    pub(super) id: Id,
    pub(super) content: i64,
    pub(super) words: u32,
    /// It has another address, and is known by title and text.
    by_content: bool,
}

/// One transaction of articles coming in.
pub(super) struct Intake<'a> {
    pub(super) connection: &'a Connection,
    pub(super) packing: &'a mut Packing,
    now: i64,
    next: Id,
    present: Marked,
    quoted: Marked,
    detections: Detections,
    voices: Voices<'a>,
    /// Articles that have another text now.
    retold: Vec<Id>,
    /// New articles that were read where they come from.
    read: Vec<Id>,
    /// Somebody is called otherwise than the texts say.
    renamed: bool,
}

impl<'a> Intake<'a> {
    pub(super) fn begin(connection: &'a Connection, packing: &'a mut Packing, now: i64) -> Result<Self> {
        let next = last_id(connection)? + 1;
        let present = Marked::load(connection, Mark::Present)?;
        let quoted = Marked::load(connection, Mark::Quoted)?;
        let detections = Detections::load(connection)?;
        let voices = Voices::new(connection, false);
        let renamed = renaming::any(connection)?;
        let (retold, read) = (Vec::new(), Vec::new());
        Ok(Self { connection, packing, now, next, present, quoted, detections, voices, retold, read, renamed })
    }

    fn take(&mut self, article: &Prepared, packed: Option<Vec<u8>>, page: bool) -> Result<Added> {
        let kept = find(self.connection, article)?;
        // A mere link has no text to put in place of one, and knows less than what is there.
        let bare = article.words.count() == 0;
        let renewed = match &kept {
            Some(kept) => {
                let shorter =
                    bare || !page && article.words.count() < kept.words && entries::is_page(self.connection, kept.id)?;
                kept.content != article.content && !shorter
            }
            None => true,
        };
        let packed = match packed {
            None if renewed => Some(self.packing.pack(self.connection, &article.body)?),
            packed => packed.filter(|_| renewed),
        };
        let Some(kept) = kept else { return self.create(article, &packed.unwrap_or_default()) };
        let mut tagged = false;
        for name in &article.article.tags {
            tagged |= tags::tag(self.connection, kept.id, name)?;
        }
        let renewed = self.renew(kept.id, article, packed, kept.by_content || bare)?;
        Ok(if renewed || tagged { Added::Updated(kept.id) } else { Added::Known(kept.id) })
    }

    /// Stores an article that is not there yet.
    pub(super) fn create(&mut self, article: &Prepared, packed: &[u8]) -> Result<Added> {
        let id = self.insert(article)?;
        self.renew_text(id, article, packed, true)?;
        self.call(id, article)?;
        self.soil(id, false)?;
        Ok(Added::New(id))
    }

    /// Brings the article `id` to what `article` says, with its body where `packed` is a new one. Whether anything changed.
    /// Of a `copy` only what was not known counts.
    pub(super) fn renew(&mut self, id: Id, article: &Prepared, packed: Option<Vec<u8>>, copy: bool) -> Result<bool> {
        let text = packed.is_some();
        if let Some(packed) = packed {
            self.keep_revision(id, article)?;
            self.renew_text(id, article, &packed, false)?;
        }
        self.call(id, article)?;
        // The index knows nothing of tags.
        let changed = self.renew_particulars(id, &article.article, copy)? || text;
        if changed {
            self.soil(id, true)?;
        }
        Ok(changed)
    }

    pub(super) fn finish(self) -> Result<()> {
        self.present.store(self.connection)?;
        self.quoted.store(self.connection)?;
        if !self.read.is_empty() {
            let mut read = Marked::load(self.connection, Mark::Read)?;
            self.read.iter().for_each(|id| read.bits.set(*id, true));
            read.store(self.connection)?;
        }
        self.detections.store(self.connection)?;
        comparing::forget(self.connection, &self.retold)?;
        self.voices.finish()
    }

    fn insert(&mut self, article: &Prepared) -> Result<Id> {
        let id = self.next;
        self.next += 1;
        let given = &article.article;
        let published = given.published.unwrap_or(Published { seconds: self.now, day_only: false });
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO article
             (id, place, dated, added, key, content, words, quotes, source, title, url, guid, author, language)
             VALUES (?1, ?2, ?3, ?4, ?5, 0, 0, 0, ?6, '', ?7, ?8, ?9, ?10)",
        )?;
        statement.execute((
            id,
            place::place(published, id),
            given.published.is_some(),
            self.now,
            article.key,
            self.source(given.source.as_deref(), 1)?,
            &given.url,
            &given.guid,
            &given.author,
            &given.language,
        ))?;
        for name in &given.tags {
            tags::tag(self.connection, id, name)?;
        }
        self.present.bits.set(id, true);
        if given.read {
            self.read.push(id);
        }
        if given.bookmarked {
            change::bookmark(self.connection, id, self.now)?;
        }
        Ok(id)
    }

    /// Puts title, body and what is counted in them in place of what is there.
    fn renew_text(&mut self, id: Id, article: &Prepared, packed: &[u8], new: bool) -> Result<()> {
        self.connection
            .prepare_cached("INSERT OR REPLACE INTO body (id, bytes) VALUES (?1, ?2)")?
            .execute((id, packed))?;
        // Of a new article the reader can have said nothing yet.
        let seen = if new && !self.renamed { None } else { Some(self.seen(id, article)?) };
        let (speeches, spoken) = seen.as_ref().map_or((article.speeches, &article.spoken), |(n, spoken)| (*n, spoken));
        let place = self
            .connection
            .prepare_cached(
                "UPDATE article SET content = ?2, words = ?3, quotes = ?4, title = ?5, print = ?6 WHERE id = ?1 RETURNING place",
            )?
            .query_row(
                (id, article.content, article.words.count(), speeches, &article.article.title, article.print.cast_signed()),
                |row| row.get(0),
            )?;
        self.quoted.bits.set(id, speeches > 0);
        self.detections.note(id, article.engine);
        if !new {
            self.voices.remove(id)?;
            self.retold.push(id);
        }
        self.voices.add(id, place, spoken)
    }

    /// How many quotations of `article` are speech and who speaks, with what the reader said of them.
    fn seen(&self, id: Id, article: &Prepared) -> Result<(u32, Vec<Spoken>)> {
        let (document, mut quotes) = encoding::decode(&article.body).unwrap_or_default();
        overlay::lay(self.connection, id, document.text(), &mut quotes)?;
        let speeches = quotes.iter().filter(|quote| quote.speech).count();
        Ok((u32::try_from(speeches).unwrap_or(u32::MAX), spoken(&quotes)))
    }

    /// Keeps what is about to be replaced, unless only structure or quotes changed and no word of it.
    fn keep_revision(&mut self, id: Id, article: &Prepared) -> Result<()> {
        let (title, packed): (String, Vec<u8>) = self
            .connection
            .prepare_cached("SELECT title, bytes FROM article JOIN body USING (id) WHERE id = ?1")?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let body = self.packing.unpack(self.connection, &packed)?;
        let before = encoding::text(&body);
        let same = title == article.article.title && before == encoding::text(&article.body);
        // Of a mere link there is nothing to keep.
        if !same && before != Some("") {
            self.connection
                .prepare_cached("INSERT INTO revision (article, replaced, title, bytes) VALUES (?1, ?2, ?3, ?4)")?
                .execute((id, self.now, title, packed))?;
        }
        Ok(())
    }

    /// Notes what else the article is called; what another one is called already stays with that one.
    fn call(&self, id: Id, article: &Prepared) -> Result<()> {
        if let Some(alias) = article.alias {
            let mut statement =
                self.connection.prepare_cached("INSERT OR IGNORE INTO alias (key, article) VALUES (?1, ?2)")?;
            statement.execute((alias, id))?;
        }
        Ok(())
    }

    /// Takes over what `given` says and the library does not; what `given` leaves out stays. Of a `copy`, which has an
    /// address of its own, only what was not known is taken. Whether anything changed.
    fn renew_particulars(&mut self, id: Id, given: &Article, copy: bool) -> Result<bool> {
        let (place, dated, old_source, old): (i64, bool, Option<String>, [Option<String>; 3]) = self
            .connection
            .prepare_cached(
                "SELECT place, dated, source.name, guid, author, language
                 FROM article LEFT JOIN source ON source.id = article.source WHERE article.id = ?1",
            )?
            .query_row([id], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, [row.get(3)?, row.get(4)?, row.get(5)?]))
            })?;
        let published = given.published.filter(|_| !(copy && dated));
        let new_place = published.map_or(place, |published| place::place(published, id));
        let new_source = newer(copy, given.source.as_ref(), old_source.as_ref());
        let [guid, author, language] = &old;
        let new = [
            newer(copy, given.guid.as_ref(), guid.as_ref()),
            newer(copy, given.author.as_ref(), author.as_ref()),
            newer(copy, given.language.as_ref(), language.as_ref()),
        ];
        let same_words = new.into_iter().eq(old.iter().map(Option::as_ref));
        let dated_now = dated || given.published.is_some();
        if same_words && place == new_place && dated == dated_now && new_source == old_source.as_ref() {
            return Ok(false);
        }
        self.source(old_source.as_deref(), -1)?;
        let source = self.source(new_source.map(String::as_str), 1)?;
        let [guid, author, language] = new;
        self.connection
            .prepare_cached(
                "UPDATE article SET place = ?2, dated = ?3, source = ?4, guid = ?5, author = ?6, language = ?7 WHERE id = ?1",
            )?
            .execute((id, new_place, dated_now, source, guid, author, language))?;
        if new_place != place {
            self.connection
                .prepare_cached("UPDATE voice SET place = ?2 WHERE article = ?1")?
                .execute((id, new_place))?;
        }
        Ok(true)
    }

    /// The number of the source `name`, counting `more` articles in or out.
    fn source(&self, name: Option<&str>, more: i64) -> Result<Option<i64>> {
        let Some(name) = name else { return Ok(None) };
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO source (name, articles) VALUES (?1, ?2)
             ON CONFLICT (name) DO UPDATE SET articles = articles + ?2 RETURNING id",
        )?;
        Ok(Some(statement.query_row((name, more), |row| row.get(0))?))
    }

    /// Tells the index that it does not know the article as it is now.
    fn soil(&self, id: Id, renewed: bool) -> Result<()> {
        let mut statement = self.connection.prepare_cached("INSERT INTO dirty (article, renewed) VALUES (?1, ?2)")?;
        statement.execute((id, renewed))?;
        Ok(())
    }
}

/// What an article says now, where it was `old` and `given` comes in; of a copy only what was not known counts.
fn newer<'a>(copy: bool, given: Option<&'a String>, old: Option<&'a String>) -> Option<&'a String> {
    if copy { old.or(given) } else { given.or(old) }
}

/// The article that `article` is, if it is there: by its address, else by what it is called, else by its content. Keys are
/// hashes: the address itself is compared too, and so are title and length.
pub(super) fn find(connection: &Connection, article: &Prepared) -> Result<Option<Kept>> {
    let kept = |by_content| {
        move |row: &Row| {
            let (id, content, words) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(Kept { id, content, words, by_content })
        }
    };
    let mut statement =
        connection.prepare_cached("SELECT id, content, words FROM article WHERE key = ?1 AND url IS ?2 LIMIT 1")?;
    let found = statement.query_row((article.key, &article.article.url), kept(false)).optional()?;
    if found.is_some() {
        return Ok(found);
    }
    if let Some(alias) = article.alias {
        let mut statement = connection.prepare_cached(
            "SELECT id, content, words FROM article WHERE id = (SELECT article FROM alias WHERE key = ?1) AND guid = ?2",
        )?;
        let found = statement.query_row((alias, &article.article.guid), kept(false)).optional()?;
        if found.is_some() {
            return Ok(found);
        }
    }
    let mut statement = connection.prepare_cached(
        "SELECT id, content, words FROM article
         WHERE content = ?1 AND title = ?2 AND words = ?3 AND (words >= ?4 OR guid = ?5)
         AND (url IS NOT NULL OR ?6 IS NOT NULL OR guid IS NULL OR ?5 IS NULL OR guid = ?5) ORDER BY id LIMIT 1",
    )?;
    // Two records without addresses whose collection gives them two names are two: it knows better than their words.
    let given = &article.article;
    let name = given.guid.as_ref().filter(|guid| !is_number(guid));
    let row = (article.content, &given.title, article.words.count(), TELLING, name, &given.url);
    Ok(statement.query_row(row, kept(true)).optional()?)
}

/// The number of the article that was added last; it stays when that article is purged.
pub(super) fn last_id(connection: &Connection) -> Result<Id> {
    let mut statement = connection.prepare_cached("SELECT seq FROM sqlite_sequence WHERE name = 'article'")?;
    Ok(statement.query_row([], |row| row.get(0)).optional()?.unwrap_or(0))
}
