//! What is added to the library: read on several threads, made ready, and stored in batches by the one who asked.

mod documents;
mod following;
mod mailbox;
mod reading;
mod records;
mod welcome;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

pub use documents::Origin;
pub use following::Following;
pub use reading::{Place, read};
pub use welcome::welcome;

use crate::error::{Error, Exit, Result};
use crate::formats::Format;
use crate::library::{Added, Library, Prepared};
use crate::model::{Article, Published};
use crate::quotes;
use crate::sources::files::Input;

/// Articles stored in one transaction: enough to be fast, few enough that another writer need not wait long …
const BATCH: usize = 200;
/// … and of very many, where each wait for the disk counts, a tenth of those that came already, and at most these.
const LARGE_BATCH: usize = 500;

/// Articles whose stories are looked for in one go, while more are read: they are held in memory, and looked for from the
/// latest on.
const STORIES: usize = 5_000;

/// Bytes of text from which on fewer articles are stored together: books that wait must not fill the memory.
const BATCH_TEXT: usize = 16 * 1024 * 1024;

/// What is to be added, and what is to be changed on the way.
#[derive(Clone, Debug, Default)]
pub struct Intake {
    pub inputs: Vec<Input>,
    /// Instead of the format that each file seems to have.
    pub format: Option<Format>,
    /// Instead of the source that an article names.
    pub source: Option<String>,
    /// Besides the tags that an article has.
    pub tags: Vec<String>,
    /// Articles known to be older are left out: seconds since 1970.
    pub since: Option<i64>,
}

/// What became of one thing that was to be added.
#[derive(Debug)]
pub enum Outcome<'a> {
    Stored(Added),
    /// It was read, and was not to be stored.
    Readable,
    /// It is older than wanted.
    TooOld,
    Refused(&'a Error),
}

/// How many of each outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub new: u64,
    pub updated: u64,
    pub known: u64,
    pub readable: u64,
    pub too_old: u64,
    pub refused: u64,
}

impl Tally {
    /// Articles that could be read, whatever became of them.
    #[must_use]
    pub fn taken(&self) -> u64 {
        self.new + self.updated + self.known + self.readable + self.too_old
    }

    fn count(&mut self, outcome: &Outcome) {
        let counter = match outcome {
            Outcome::Stored(Added::New(_)) => &mut self.new,
            Outcome::Stored(Added::Updated(_)) => &mut self.updated,
            Outcome::Stored(Added::Known(_)) => &mut self.known,
            Outcome::Readable => &mut self.readable,
            Outcome::TooOld => &mut self.too_old,
            Outcome::Refused(_) => &mut self.refused,
        };
        *counter += 1;
    }
}

/// An article on its way into the library.
pub(super) struct Ready {
    title: String,
    published: Option<Published>,
    /// Bytes of its text.
    size: usize,
    pub(super) prepared: Prepared,
}

/// Adds all of `intake` to `library`, or only reads it where there is none. `now` is in seconds since 1970. `report` hears
/// of each article and file in order, with its title where it has one; a failure there ends the work. `following` is told of
/// what is stored as soon as it is, where that is much.
///
/// # Errors
/// The library's, and `Exit::Interrupted` where `stop` was set. What was stored before stays, and `tally` counts it.
pub fn add(
    library: Option<&mut Library>,
    following: Option<&mut Following>,
    intake: Intake,
    now: i64,
    stop: &Arc<AtomicBool>,
    tally: &mut Tally,
    report: &mut dyn FnMut(&Place, &str, Outcome) -> Result<()>,
) -> Result<()> {
    let Intake { inputs, format, source, tags, since } = intake;
    let feeds = library.as_deref().map(Library::subscriptions).transpose()?.unwrap_or_default();
    let ready = move |place: &Place, mut article: Article| {
        // What comes from a cache stands beside what its feed will bring.
        let feed = place.feed.as_ref().and_then(|address| feeds.get(address));
        let (title, of_feed) = feed.map_or((None, &[][..]), |feed| (feed.title.as_ref(), &feed.tags));
        if let Some(source) = source.as_ref().or(title) {
            article.source = Some(source.clone());
        }
        for tag in tags.iter().chain(of_feed) {
            if !article.tags.contains(tag) {
                article.tags.push(tag.clone());
            }
        }
        prepare(article)
    };
    let mut batch =
        Batch { library, following, now, waiting: Vec::new(), text: 0, much: false, untold: 0, tally, report };
    let read = read(inputs, format, stop, ready, &mut |place, made| match made {
        Ok(ready) if since.is_some_and(|since| ready.published.is_some_and(|at| at.seconds < since)) => {
            batch.settle(&place, &ready.title, Outcome::TooOld)
        }
        Ok(ready) => batch.push(place, ready),
        Err(error) => {
            // What came before it is reported before it.
            batch.store()?;
            batch.settle(&place, "", Outcome::Refused(&error))
        }
    });
    let stored = match read {
        // What was read before the interruption is kept.
        Ok(()) | Err(Error { exit: Exit::Interrupted, .. }) => batch.store().and(read),
        failed => failed,
    };
    let Batch { library, much, untold, .. } = batch;
    let Some(library) = library else { return stored };
    let settled = if much { library.expect_few() } else { Ok(()) };
    stored.and(settled)?;
    find_stories(library, untold, &|| stop.load(Ordering::Relaxed))
}

/// Stores one article.
pub fn store(library: &mut Library, article: Article, now: i64) -> Result<Option<Added>> {
    let added = library.add(&[prepare(article).prepared], now)?;
    find_stories(library, 1, &|| false)?;
    Ok(added.into_iter().next())
}

/// Looks for the stories of as many articles as were just added, so that no list shows a copy by itself first.
pub(super) fn find_stories(library: &mut Library, added: usize, stop: &dyn Fn() -> bool) -> Result<()> {
    let mut todo = added;
    while todo > 0 && !stop() {
        let most = todo.min(STORIES);
        if library.find_stories(most, stop)? == 0 {
            break;
        }
        todo -= most;
    }
    Ok(())
}

pub(super) fn prepare(article: Article) -> Ready {
    let quotes = quotes::detect_in(&article);
    Ready {
        title: article.title.clone(),
        published: article.published,
        size: article.document.text().len(),
        prepared: Prepared::new(article, &quotes).detected_by(quotes::VERSION),
    }
}

/// Articles that wait to be stored together.
struct Batch<'a> {
    library: Option<&'a mut Library>,
    following: Option<&'a mut Following>,
    now: i64,
    waiting: Vec<(Place, String, Prepared)>,
    /// Bytes of text in `waiting`.
    text: usize,
    /// A whole batch came together.
    much: bool,
    /// Articles that were stored, and whose stories were not looked for yet.
    untold: usize,
    tally: &'a mut Tally,
    report: &'a mut dyn FnMut(&Place, &str, Outcome) -> Result<()>,
}

impl Batch<'_> {
    fn push(&mut self, place: Place, ready: Ready) -> Result<()> {
        if self.library.is_none() {
            return self.settle(&place, &ready.title, Outcome::Readable);
        }
        self.waiting.push((place, ready.title, ready.prepared));
        self.text += ready.size;
        let batch = usize::try_from(self.tally.taken() / 10).unwrap_or(LARGE_BATCH).clamp(BATCH, LARGE_BATCH);
        if self.waiting.len() >= batch || self.text >= BATCH_TEXT { self.store() } else { Ok(()) }
    }

    fn store(&mut self) -> Result<()> {
        let waiting = std::mem::take(&mut self.waiting);
        self.text = 0;
        let Some(library) = self.library.as_mut().filter(|_| !waiting.is_empty()) else { return Ok(()) };
        let (told, prepared): (Vec<_>, Vec<_>) =
            waiting.into_iter().map(|(place, title, prepared)| ((place, title), prepared)).unzip();
        let added = library.add(&prepared, self.now)?;
        // Of a few articles it is told when all are stored: opening it costs more than reading them again.
        if !self.much && prepared.len() >= BATCH {
            self.much = true;
            library.expect_many()?;
        }
        if let Some(following) = self.following.as_mut().filter(|_| self.much) {
            following.tell(library, prepared, &added);
        }
        self.untold += added.iter().filter(|added| !matches!(added, Added::Known(_))).count();
        for ((place, title), added) in told.into_iter().zip(added) {
            self.settle(&place, &title, Outcome::Stored(added))?;
        }
        match self.library.as_mut().filter(|_| self.untold >= STORIES) {
            Some(library) => find_stories(library, std::mem::take(&mut self.untold), &|| false),
            None => Ok(()),
        }
    }

    fn settle(&mut self, place: &Place, title: &str, outcome: Outcome) -> Result<()> {
        self.tally.count(&outcome);
        (self.report)(place, title, outcome)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_do_not_wait_for_many_others() {
        let folder = tempfile::tempdir().unwrap();
        let mut library = Library::open(&folder.path().join("l.db")).unwrap();
        let (mut tally, mut report) = (Tally::default(), |_: &Place, _: &str, _: Outcome| Ok(()));
        let mut batch = Batch {
            library: Some(&mut library),
            following: None,
            now: 0,
            waiting: Vec::new(),
            text: 0,
            much: false,
            untold: 0,
            tally: &mut tally,
            report: &mut report,
        };
        let mut waiting = Vec::new();
        for n in 0..5 {
            let article = crate::formats::read(format!("Book {n}.").as_bytes(), Format::Plain).unwrap();
            let origin = Arc::new(Origin { name: "a".into(), stem: "a".into() });
            let ready = prepare(article);
            assert_eq!(ready.size, 7);
            batch
                .push(Place { origin, line: None, feed: None, doubt: None }, Ready { size: BATCH_TEXT / 2, ..ready })
                .unwrap();
            waiting.push(batch.waiting.len());
        }
        assert_eq!(waiting, [1, 0, 1, 0, 1]);
        assert_eq!(tally.new, 4);
    }
}
