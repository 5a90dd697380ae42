//! The worker that goes to the network for the reader: feeds, pages, whole texts. What it does can be broken off from
//! another thread, also while it waits for an answer.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use super::Clock;
use super::desk::Worker;
use super::fetcher::{self, Net, Step, Told};
use super::full_text;
use super::listed::said_of_list;
use super::shelf::Shelf;
use super::subscribing::{self, Found};
use crate::app::effect::Feeds;
use crate::app::event::Refreshed;
use crate::app::state::feeds::Outcome;
use crate::app::state::refresh::Asking;
use crate::app::{Effect, Notice, Reply};
use crate::error::{Exit, Result};
use crate::library::Added;
use crate::model::{Feed, Subscription};
use crate::sources::credentials::Credentials;
use crate::sources::http::{self, Client, Limits};

/// Times that what has come is shown at once; from then on once a second, for reading a long list anew takes a while.
const SHOWN_AT_ONCE: usize = 20;

/// What breaks a refresh off.
#[derive(Clone, Debug, Default)]
pub(super) struct Brake(Arc<Mutex<Option<Arc<Client>>>>);

impl Brake {
    /// Ends what is under way.
    pub(super) fn pull(&self) {
        if let Some(client) = self.0.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            client.stop();
        }
    }

    fn hold(&self, client: Option<Arc<Client>>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = client;
    }
}

/// Asks the network, and stores what it says.
pub(super) struct Refresher {
    shelf: Shelf,
    clock: Clock,
    credentials: PathBuf,
    /// The environment's proxies are used.
    proxies: bool,
    brake: Brake,
}

impl Refresher {
    pub(super) fn new(shelf: Shelf, clock: Clock, credentials: PathBuf, proxies: bool, brake: Brake) -> Self {
        Self { shelf, clock, credentials, proxies, brake }
    }

    fn run(&mut self, effect: Effect, net: Net, reply: &mut dyn FnMut(Reply)) -> Result<()> {
        match effect {
            Effect::Refresh(feeds) => self.refresh(&feeds, net, reply),
            Effect::FullText(id) => {
                let now = (self.clock)().seconds;
                let changed = full_text::fetch_one(self.shelf.library()?, id, net, now)?;
                let said = if changed {
                    "this is the whole text now; the shorter one is kept"
                } else {
                    "the page says the same"
                };
                reply(Reply::Notice(Notice::said(said)));
                reply(Reply::LibraryChanged);
                Ok(())
            }
            Effect::AddAddress(address) => self.add(&address, net, reply),
            _ => Ok(()),
        }
    }

    /// Asks feeds, and says that this has ended whatever comes of it: the next refresh waits for that.
    fn refresh(&mut self, wanted: &Feeds, net: Net, reply: &mut dyn FnMut(Reply)) -> Result<()> {
        let mut refreshed = Refreshed { by_itself: *wanted == Feeds::Due, ..Refreshed::default() };
        let done = catch_unwind(AssertUnwindSafe(|| self.ask(wanted, net, &mut refreshed, reply)));
        if let Ok(Err(error)) = &done {
            refreshed.stopped = error.exit == Exit::Interrupted;
        }
        reply(Reply::Refreshed(refreshed));
        match done {
            Ok(Err(_)) if refreshed.stopped => Ok(()),
            Ok(done) => done,
            Err(panic) => resume_unwind(panic),
        }
    }

    fn ask(&mut self, wanted: &Feeds, net: Net, refreshed: &mut Refreshed, reply: &mut dyn FnMut(Reply)) -> Result<()> {
        let now = (self.clock)().seconds;
        let library = self.shelf.library()?;
        let mut feeds = library.feeds()?;
        if let Feeds::Of { source, article } = wanted {
            let called = |feed: &Feed| source.as_deref() == Some(feed.title());
            if feeds.iter().any(called) {
                feeds.retain(called);
            } else {
                let from = article.map(|id| library.feeds_of(id)).transpose()?.unwrap_or_default();
                feeds.retain(|feed| from.contains(&feed.id));
            }
        } else if let Feeds::One(wanted) = wanted {
            feeds.retain(|feed| feed.id == *wanted);
        }
        let all = feeds.len();
        let feeds = fetcher::due(feeds, now, *wanted == Feeds::Due);
        refreshed.barred = all - feeds.len();
        let mut asking = Asking { of: feeds.len(), ..Asking::default() };
        reply(Reply::Refreshing(asking));
        reply(Reply::Asked(feeds.iter().map(|feed| feed.id).collect()));
        let clock = self.clock;
        let (mut shown, mut times, mut second) = (0, 0, now);
        let tally = fetcher::fetch(library, feeds, net, now, &mut |step| {
            match step {
                Step::Feed(feed, told) => {
                    asking.done += 1;
                    refreshed.asked += 1;
                    let outcome = match told {
                        Told::News { new, updated } | Told::Moved { new, updated, .. } => {
                            asking.new += new;
                            refreshed.updated += updated;
                            Outcome::News { new: *new, updated: *updated }
                        }
                        Told::Failed(error) => Outcome::Failed(error.message.clone()),
                        Told::Gone => Outcome::Failed("it is gone for good".to_owned()),
                    };
                    refreshed.failed += usize::from(matches!(outcome, Outcome::Failed(_)));
                    reply(Reply::Told { feed: feed.id, title: feed.title().to_owned(), outcome });
                }
                Step::Pages { done, of } => asking.pages = Some((done, of)),
                Step::Waiting if asking.new > shown && (times < SHOWN_AT_ONCE || clock().seconds > second) => {
                    (shown, times, second) = (asking.new, times + 1, clock().seconds);
                    reply(Reply::LibraryChanged);
                }
                Step::Waiting => return Ok(()),
            }
            refreshed.new = asking.new;
            reply(Reply::Refreshing(asking));
            Ok(())
        })?;
        refreshed.offline = tally.offline;
        Ok(())
    }

    /// Takes what is at `address`. Where only a site is given, it is its feed that is meant.
    fn add(&mut self, address: &str, net: Net, reply: &mut dyn FnMut(Reply)) -> Result<()> {
        let now = (self.clock)().seconds;
        let nothing = Subscription::default();
        let mut found = subscribing::look(address, &nothing, net, now)?;
        if let Found::Page(page) = &found
            && let Some(feed) = page.feeds.first().filter(|_| is_site(address))
        {
            found = subscribing::follow(&page.address, &feed.address, &nothing, net, now)?;
        }
        let doubt = found.doubt().map(|doubt| format!("; {doubt}")).unwrap_or_default();
        let library = self.shelf.library()?;
        let (message, first, offer) = match found {
            Found::Feed(address, fetched) => {
                let (feed, is_new, told) = subscribing::subscribe(library, address, nothing, *fetched, net, now)?;
                (subscribed(&feed, is_new, &told), None, None)
            }
            Found::List(list) => {
                let refused = list.refused.len();
                let (new, known) = list.subscribe(library, &nothing, now)?;
                (said_of_list(new, known, refused), None, None)
            }
            Found::Page(mut page) => {
                let feeds = subscribing::offered(library, std::mem::take(&mut page.feeds))?;
                let title = page.article.title.clone();
                let (what, first) = match subscribing::keep(library, *page, now)? {
                    Added::New(id) => ("stored", Some(id)),
                    Added::Updated(_) => ("renewed", None),
                    Added::Known(_) => ("already there", None),
                };
                (format!("{what}: {title}"), first, feeds.into_iter().next().map(|feed| feed.address))
            }
        };
        reply(Reply::Added { message: message + &doubt, first });
        if let Some(address) = offer {
            reply(Reply::Offer(address));
        }
        Ok(())
    }
}

fn subscribed(feed: &Feed, is_new: bool, told: &Told) -> String {
    let new = if let Told::News { new, .. } = told { *new } else { 0 };
    let what = if is_new { "subscribed to" } else { "already subscribed to" };
    format!("{what} {}: {new} new", feed.title())
}

/// Whether an address names a host and nothing on it.
fn is_site(address: &str) -> bool {
    http::address(address).is_ok_and(|url| url.path() == "/" && url.query().is_none())
}

impl Worker for Refresher {
    type Order = Effect;

    fn perform(&mut self, effect: Effect, reply: &mut dyn FnMut(Reply)) {
        // One for each order: a client that was stopped is of no more use.
        let client = Arc::new(Client::new(Limits::default(), self.proxies));
        self.brake.hold(Some(Arc::clone(&client)));
        // Read each time: the reader may have just written it.
        let credentials = Credentials::new(self.credentials.clone());
        let done = self.run(effect, Net { client: &client, credentials: &credentials }, reply);
        self.brake.hold(None);
        if let Err(error) = done {
            let hint = error.hint.map(|hint| format!(": {hint}")).unwrap_or_default();
            reply(Reply::Notice(Notice::failed(format!("{}{hint}", error.message))));
        }
    }
}
