//! Articles coming in: new ones are stored, known ones left alone, changed ones renewed with their earlier text kept.

use std::collections::HashSet;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::bits::{Mark, Marked};
use super::detecting::Detections;
use super::known::{Kept, find, hashes};
use super::packing::Packing;
use super::prepared::Prepared;
use super::sorting::{self, SLICE, Unsorted, last_id};
use super::store::{Library, version};
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
        let before = self.data_version()?;
        let unsorted = self.unsorted()?;
        let packing = self.packing.get_mut();
        packing.train_once(&self.connection, last_id(&self.connection)?)?;
        // Compressing is the slow part: it is done before the lock is taken, and not for what is there already.
        let mut looked = Vec::with_capacity(batch.len());
        let reading = self.connection.unchecked_transaction()?;
        for article in batch {
            let kept = find(&reading, article, &unsorted)?;
            let known = kept.as_ref().is_some_and(|kept| kept.content == article.content);
            let packed = if known { None } else { Some(packing.pack(&reading, &article.body)?) };
            looked.push((kept.is_none(), packed));
        }
        reading.finish()?;
        let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        let alone = version(&transaction)? == before;
        let mut intake = Intake::begin(&transaction, packing, unsorted, now)?;
        let mut added = Vec::with_capacity(batch.len());
        for (article, (new, packed)) in batch.iter().zip(looked) {
            let kept = if new && alone && !intake.resembles(article) { None } else { intake.find(article)? };
            let became = intake.take(article, kept, packed, pages)?;
            let (Added::New(id) | Added::Known(id) | Added::Updated(id)) = became;
            if pages {
                entries::hold_page(&transaction, id)?;
            }
            added.push(became);
        }
        let unsorted = intake.finish(if self.many { SLICE } else { 0 })?;
        transaction.commit()?;
        self.unsorted = Some(unsorted);
        Ok(added)
    }

    /// Those that came last and are not sorted in; what others left so is sorted in now.
    fn unsorted(&mut self) -> Result<Unsorted> {
        match self.unsorted.take() {
            Some(unsorted) if unsorted.are_all(&self.connection)? => Ok(unsorted),
            _ => self.sort_in(),
        }
    }
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
    unsorted: Unsorted,
    /// The hashes that those which came so far are found by.
    came: HashSet<i64>,
    /// Articles that have another text now.
    retold: Vec<Id>,
    /// New articles that were read where they come from.
    read: Vec<Id>,
    /// Somebody is called otherwise than the texts say.
    renamed: bool,
}

impl<'a> Intake<'a> {
    /// `unsorted` are those that the library had last, as far as the caller knows.
    pub(super) fn begin(
        connection: &'a Connection,
        packing: &'a mut Packing,
        unsorted: Unsorted,
        now: i64,
    ) -> Result<Self> {
        let mut unsorted = unsorted.or_sort_in(connection)?;
        Ok(Self {
            connection,
            packing,
            now,
            next: last_id(connection)? + 1,
            present: Marked::load(connection, Mark::Present)?,
            quoted: Marked::load(connection, Mark::Quoted)?,
            detections: Detections::load(connection)?,
            voices: Voices::new(connection, false)?.knowing(std::mem::take(&mut unsorted.speakers)),
            unsorted,
            came: HashSet::new(),
            retold: Vec::new(),
            read: Vec::new(),
            renamed: renaming::any(connection)?,
        })
    }

    /// The article that `article` is, if it is there.
    pub(super) fn find(&self, article: &Prepared) -> Result<Option<Kept>> {
        find(self.connection, article, &self.unsorted)
    }

    /// Whether `article` may be one that came in this transaction.
    fn resembles(&self, article: &Prepared) -> bool {
        hashes(article).any(|hash| self.came.contains(&hash))
    }

    fn take(&mut self, article: &Prepared, kept: Option<Kept>, packed: Option<Vec<u8>>, page: bool) -> Result<Added> {
        self.came.extend(hashes(article));
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
        let id = self.insert(article, packed)?;
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
            self.renew_text(id, article, &packed)?;
        }
        self.call(id, article)?;
        // The index knows nothing of tags.
        let changed = self.renew_particulars(id, &article.article, copy)? || text;
        if changed {
            self.soil(id, true)?;
        }
        Ok(changed)
    }

    /// Writes what is written once for all. New articles are sorted in where they are as `many` as that; else they are given
    /// back with those that were not sorted in before.
    pub(super) fn finish(mut self, many: usize) -> Result<Unsorted> {
        self.present.store(self.connection)?;
        self.quoted.store(self.connection)?;
        if !self.read.is_empty() {
            let mut read = Marked::load(self.connection, Mark::Read)?;
            self.read.iter().for_each(|id| read.bits.set(*id, true));
            read.store(self.connection)?;
        }
        self.detections.store(self.connection)?;
        comparing::forget(self.connection, &self.retold)?;
        self.unsorted.speakers = self.voices.finish()?;
        self.unsorted.sort_in_from(many, self.connection)
    }

    fn insert(&mut self, article: &Prepared, packed: &[u8]) -> Result<Id> {
        let id = self.next;
        self.next += 1;
        let given = &article.article;
        let published = given.published.unwrap_or(Published { seconds: self.now, day_only: false });
        let place = place::place(published, id);
        // Of a new article the reader can have said nothing yet.
        let seen = if self.renamed { Some(self.seen(id, article)?) } else { None };
        let (speeches, spoken) = seen.as_ref().map_or((article.speeches, &article.spoken), |(n, spoken)| (*n, spoken));
        let source = self.source(given.source.as_deref(), 1)?;
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO article
             (id, place, dated, added, key, content, words, quotes, source, title, url, guid, author, language, print)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        )?;
        statement.execute((
            id,
            place,
            given.published.is_some(),
            self.now,
            article.key,
            article.content,
            article.words.count(),
            speeches,
            source,
            &given.title,
            &given.url,
            &given.guid,
            &given.author,
            &given.language,
            article.print.cast_signed(),
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
        self.put_body(id, article, packed, speeches)?;
        self.voices.add(id, place, spoken)?;
        self.unsorted.know(id, article.key);
        self.unsorted.know(id, article.content);
        Ok(id)
    }

    /// Puts title, body and what is counted in them in place of what is there.
    fn renew_text(&mut self, id: Id, article: &Prepared, packed: &[u8]) -> Result<()> {
        let (speeches, spoken) = self.seen(id, article)?;
        sorting::forget(self.connection, id)?;
        let place = self
            .connection
            .prepare_cached(
                "UPDATE article SET content = ?2, words = ?3, quotes = ?4, title = ?5, print = ?6 WHERE id = ?1 RETURNING place",
            )?
            .query_row(
                (id, article.content, article.words.count(), speeches, &article.article.title, article.print.cast_signed()),
                |row| row.get(0),
            )?;
        if !self.unsorted.know(id, article.content) {
            sorting::know(self.connection, id)?;
        }
        self.put_body(id, article, packed, speeches)?;
        self.retold.push(id);
        self.voices.remove(id)?;
        self.voices.add(id, place, &spoken)
    }

    fn put_body(&mut self, id: Id, article: &Prepared, packed: &[u8], speeches: u32) -> Result<()> {
        self.connection
            .prepare_cached("INSERT OR REPLACE INTO body (id, bytes) VALUES (?1, ?2)")?
            .execute((id, packed))?;
        self.quoted.bits.set(id, speeches > 0);
        self.detections.note(id, article.engine);
        Ok(())
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
            self.voices.move_to(id, new_place)?;
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
