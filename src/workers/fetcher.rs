//! Feeds asked for news: many at once, politely, each for itself. One that fails is told with its remedy and changes
//! nothing for the others; what came is stored as it comes.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, TryRecvError};

use super::ingest::{find_stories, prepare};
use super::polite::{self, Host};
use super::{arrived, full_text};
use crate::error::{Error, Exit, Result};
use crate::library::{Added, Library, News};
use crate::model::{Failing, Feed, Heard, Id, Known, Subscription};
use crate::sources::credentials::Credentials;
use crate::sources::http::{self, Answer, Client, Failure, Fetched, Request, Validity};

/// Entries that are stored in one transaction, if so many are there.
const BATCH: usize = 200;

/// Seconds that a site is left alone that asks for it and does not say for how long.
const REST: u64 = 3600;

/// The longest that a feed's own word (`ttl`) is taken for, in minutes: a day.
const LONGEST_TTL: u32 = 24 * 60;

/// The way to the net.
#[derive(Clone, Copy, Debug)]
pub struct Net<'a> {
    pub client: &'a Client,
    pub credentials: &'a Credentials,
}

/// What became of a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// It answered: articles that are new, and those that changed.
    News {
        new: usize,
        updated: usize,
    },
    /// It has moved for good, and answered from there.
    Moved {
        to: String,
        new: usize,
        updated: usize,
    },
    /// It said that it is gone, and is not asked again.
    Gone,
    Failed(Error),
}

/// What is reported as it happens.
#[derive(Clone, Copy, Debug)]
pub enum Step<'a> {
    /// A feed has answered or failed.
    Feed(&'a Feed, &'a Told),
    /// All that has come is stored, and more is waited for.
    Waiting,
    /// So many of the pages that are fetched for whole texts are done.
    Pages { done: usize, of: usize },
}

/// Hears of each step; a failure there ends the work.
pub type Report<'a> = dyn FnMut(Step) -> Result<()> + 'a;

/// How many of each, and what is new.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub asked: usize,
    pub failed: usize,
    pub new: Vec<Id>,
    pub updated: usize,
    /// No feed could be reached at all.
    pub offline: bool,
}

/// The feeds among `feeds` that may be asked at the moment `now` (seconds since 1970), those due alone or any. What is
/// gone or asked to be left alone is not.
#[must_use]
pub fn due(feeds: Vec<Feed>, now: i64, only_due: bool) -> Vec<Feed> {
    feeds.into_iter().filter(|feed| !feed.gone && feed.wait <= now && (!only_due || feed.due <= now)).collect()
}

/// Asks `feeds` for news and stores it in `library`. `now` is in seconds since 1970.
///
/// Where none of several hosts can be reached, that is told in the tally alone: it is not the feeds' fault.
///
/// # Errors
/// The library's, those of `report`, and `Exit::Interrupted` where the client was stopped. What was stored before stays.
pub fn fetch(library: &mut Library, mut feeds: Vec<Feed>, net: Net, now: i64, report: &mut Report) -> Result<Tally> {
    // Those that failed last time come last: a host that is given up for them has been asked for its others.
    feeds.sort_by_key(|feed| feed.failure.is_some());
    let jobs = feeds.into_iter().map(|feed| (host(feed.place()), feed)).collect();
    let ask = |feed: Feed, given_up| {
        let got = if given_up { Got::Unreachable(silent()) } else { ask(&feed, net, now) };
        let host = if matches!(got, Got::Unreachable(_)) { Host::Silent } else { Host::Answered };
        ((feed, got), host)
    };
    let mut round = Round::new(library, now, report);
    // Those that were missed the last time.
    round.pages = full_text::postponed(round.library)?;
    let gathered = polite::each(jobs, ask, |told| round.gather(told)).and_then(|()| interrupted(net));
    if let Err(error) = gathered.and_then(|()| round.settle_unreached()) {
        let missed = round.pages.iter().map(|wanted| (wanted.id, wanted.from.id)).collect();
        full_text::postpone(round.library, &[], missed)?;
        return Err(error);
    }
    round.finish(net)
}

/// Stores what was read of one feed, with the pages of its articles where the reader wants them.
///
/// # Errors
/// As for `fetch`.
pub(super) fn take(library: &mut Library, feed: Feed, news: News, net: Net, now: i64) -> Result<Tally> {
    let mut silent = |_: Step| Ok(());
    let mut round = Round::new(library, now, &mut silent);
    round.store(vec![(feed, Got::News(Box::new(news), None, None))])?;
    round.finish(net)
}

fn interrupted(net: Net) -> Result<()> {
    let error = Error { message: "interrupted".into(), hint: None, exit: Exit::Interrupted };
    if net.client.is_stopped() { Err(error) } else { Ok(()) }
}

/// What a request for a feed brought.
enum Got {
    /// News, where the feed moved to, and whether it is the feed that failed.
    News(Box<News>, Option<String>, Option<Error>),
    Unreachable(Error),
    /// The reader wanted it to end.
    Stopped,
}

/// The results of one call, on their way into the library.
struct Round<'a> {
    library: &'a mut Library,
    now: i64,
    tally: Tally,
    /// Feeds that could not be reached, until it is known whether any could.
    unreached: Vec<(Feed, Error)>,
    /// New articles whose pages are wanted: number and address, and the feed's address.
    pages: Vec<full_text::Wanted>,
    report: &'a mut Report<'a>,
}

impl<'a> Round<'a> {
    fn new(library: &'a mut Library, now: i64, report: &'a mut Report<'a>) -> Self {
        Self { library, now, tally: Tally::default(), unreached: Vec::new(), pages: Vec::new(), report }
    }

    /// Fetches the pages that are wanted.
    fn finish(self, net: Net) -> Result<Tally> {
        full_text::fetch_all(self.library, self.pages, net, self.now, self.report)?;
        interrupted(net)?;
        Ok(self.tally)
    }

    fn gather(&mut self, told: &Receiver<(Feed, Got)>) -> Result<()> {
        loop {
            let first = match told.try_recv() {
                Err(TryRecvError::Empty) => {
                    (self.report)(Step::Waiting)?;
                    told.recv().ok()
                }
                first => first.ok(),
            };
            let Some(first) = first else { return Ok(()) };
            // As much as is there already: the more that is stored together, the fewer times the disk is waited for.
            let mut batch = vec![first];
            let entries = |batch: &[(Feed, Got)]| batch.iter().map(|(_, got)| got.entries()).sum::<usize>();
            while entries(&batch) < BATCH
                && let Ok(next) = told.try_recv()
            {
                batch.push(next);
            }
            self.store(batch)?;
        }
    }

    fn store(&mut self, batch: Vec<(Feed, Got)>) -> Result<()> {
        let (mut about, mut all) = (Vec::new(), Vec::new());
        for (feed, got) in batch {
            match got {
                Got::News(news, moved, failure) => {
                    about.push((feed, moved, failure));
                    all.push(*news);
                }
                Got::Unreachable(error) => self.unreached.push((feed, error)),
                Got::Stopped => {}
            }
        }
        let added = if all.is_empty() { Vec::new() } else { self.library.take_in(&all, self.now)? };
        let new: usize = added.iter().map(Vec::len).sum();
        find_stories(self.library, new, &|| false)?;
        for (((feed, moved, failure), news), added) in about.into_iter().zip(all).zip(added) {
            self.tell(&feed, moved, failure, &news, &added)?;
        }
        Ok(())
    }

    fn tell(
        &mut self,
        feed: &Feed,
        moved: Option<String>,
        failure: Option<Error>,
        news: &News,
        added: &[Added],
    ) -> Result<()> {
        self.tally.asked += 1;
        let updated = added.iter().filter(|added| matches!(added, Added::Updated(_))).count();
        self.tally.updated += updated;
        let before = self.tally.new.len();
        for (added, entry) in added.iter().zip(&news.entries) {
            let Added::New(id) = added else { continue };
            self.tally.new.push(*id);
            if let Some(url) = entry.url().filter(|_| feed.subscription.full_text) {
                self.pages.push(full_text::Wanted { id: *id, url: url.to_owned(), from: feed.clone() });
            }
        }
        let new = self.tally.new.len() - before;
        let told = match (failure, moved) {
            (Some(error), _) => {
                self.tally.failed += 1;
                Told::Failed(error)
            }
            (None, _) if news.heard == Heard::Gone => Told::Gone,
            (None, Some(to)) => Told::Moved { to, new, updated },
            (None, None) => Told::News { new, updated },
        };
        (self.report)(Step::Feed(feed, &told))
    }

    fn settle_unreached(&mut self) -> Result<()> {
        let unreached = std::mem::take(&mut self.unreached);
        let hosts: BTreeSet<String> = unreached.iter().map(|(feed, _)| host(feed.place())).collect();
        // One host alone may well be gone.
        if self.tally.asked == 0 && hosts.len() > 1 {
            self.tally.offline = true;
            return Ok(());
        }
        let batch = unreached.into_iter().map(|(feed, error)| {
            let news = failed(&feed, &error, 0);
            (feed, Got::News(Box::new(news), None, Some(error)))
        });
        self.store(batch.collect())
    }
}

impl Got {
    fn entries(&self) -> usize {
        match self {
            Self::News(news, ..) => news.entries.len(),
            Self::Unreachable(_) | Self::Stopped => 0,
        }
    }
}

/// The host that an address leads to.
pub(super) fn host(address: &str) -> String {
    http::address(address).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
}

fn silent() -> Error {
    Error::refused("its host did not answer")
        .hint("check the address, and whether you are online; it is tried next time")
}

/// Asks one feed.
fn ask(feed: &Feed, net: Net, now: i64) -> Got {
    let failed = |error: Error, wait| Got::News(Box::new(failed(feed, &error, wait)), None, Some(error));
    let secret = feed.subscription.credentials.as_deref().map(|name| net.credentials.secret(name)).transpose();
    let secret = match secret {
        Ok(secret) => secret,
        Err(error) => return failed(error, 0),
    };
    let request = Request {
        address: feed.place(),
        etag: feed.etag.as_deref(),
        modified: feed.modified.as_deref(),
        headers: headers(&feed.subscription, &feed.address, feed.place()),
        secret: secret.as_ref(),
        ..Request::default()
    };
    let news = |heard, entries| Box::new(News { feed: feed.id, heard, entries });
    match net.client.get(&request, now) {
        Ok(Answer::Fetched(fetched)) => match read(feed, *fetched, now) {
            Ok((news, moved)) => Got::News(Box::new(news), moved, None),
            Err(error) => failed(error, 0),
        },
        Ok(Answer::Unchanged(validity)) => {
            let due = next(feed, &validity, None, now);
            let moved = validity.moved.filter(|to| to != feed.place());
            let known = moved.as_ref().map(|to| Known {
                named: feed.named.clone(),
                site: feed.site.clone(),
                moved: Some(to.clone()),
                etag: feed.etag.clone(),
                modified: feed.modified.clone(),
            });
            Got::News(news(Heard::Answered { known, due }, Vec::new()), moved, None)
        }
        Ok(Answer::Gone) => Got::News(news(Heard::Gone, Vec::new()), None, None),
        Err(Failure::Stopped) => Got::Stopped,
        Err(Failure::Unreachable(error) | Failure::Silent(error)) => Got::Unreachable(error),
        Err(Failure::Later(error, wait)) => failed(error, now.saturating_add_unsigned(wait.unwrap_or(REST))),
        Err(Failure::Refused(error)) => failed(error, 0),
    }
}

/// The headers for `to`, which somebody else may have put in place of the address that the reader decided them for.
pub(super) fn headers<'a>(subscription: &'a Subscription, decided: &str, to: &str) -> &'a [(String, String)] {
    let (Ok(decided), Ok(to)) = (http::address(decided), http::address(to)) else { return &[] };
    if http::goes_along(&decided, &to) { &subscription.headers } else { &[] }
}

fn failed(feed: &Feed, error: &Error, wait: i64) -> News {
    let failing = Failing { message: error.message.clone(), hint: error.hint.clone() };
    News { feed: feed.id, heard: Heard::Failed { failing, wait }, entries: Vec::new() }
}

/// Makes news of what `feed` answered, and says where it moved to.
pub(super) fn read(feed: &Feed, fetched: Fetched, now: i64) -> Result<(News, Option<String>)> {
    // A feed that trips over a fault in here must not take the others with it.
    let made = catch_unwind(AssertUnwindSafe(|| {
        let found = arrived::feed(&fetched)?;
        let title = feed.subscription.title.clone().or_else(|| found.named.clone());
        let entries = found.articles.into_iter().map(|mut article| {
            article.source = title.clone().or(article.source);
            for tag in &feed.subscription.tags {
                if !article.tags.contains(tag) {
                    article.tags.push(tag.clone());
                }
            }
            prepare(article).prepared
        });
        Ok((entries.collect(), found.named, found.site, found.ttl))
    }));
    let (entries, named, site, ttl) = made.unwrap_or_else(|_| {
        Err(Error::refused("pullquote failed on it")
            .hint("this is a fault of pullquote: please report it with the feed's address"))
    })?;
    let validity = fetched.validity;
    let due = next(feed, &validity, ttl, now);
    let moved = validity.moved.filter(|to| to != feed.place());
    let known = Known { named, site, moved: moved.clone(), etag: validity.etag, modified: validity.modified };
    Ok((News { feed: feed.id, heard: Heard::Answered { known: Some(known), due }, entries }, moved))
}

/// When a feed is asked next: as the reader wishes, or later, if it says that it has nothing new before.
fn next(feed: &Feed, validity: &Validity, ttl: Option<u32>, now: i64) -> i64 {
    let own = u64::from(feed.subscription.interval) * 60;
    let said = validity.fresh.unwrap_or(0).max(u64::from(ttl.unwrap_or(0).min(LONGEST_TTL)) * 60);
    now.saturating_add_unsigned(own.max(said))
}
