//! An address that the reader gives: it is looked at, and becomes a subscription, a list of them, or an article.

use super::arrived::{self, Kind, Page};
use super::fetcher::{self, Net, Told};
use super::ingest::prepare;
use super::listed::List;
use crate::error::{Error, Result};
use crate::library::{Added, Library, Subscribed};
use crate::model::{Article, Feed, FeedId, Subscription};
use crate::sources::http::{self, Answer, Fetched, Reach, Request};

pub use super::arrived::Offered;

/// What an address leads to.
pub enum Found {
    /// A feed, at this address from now on.
    Feed(String, Box<Fetched>),
    List(List),
    Page(Box<Page>),
}

impl Found {
    /// What may be wrong about how it was read.
    #[must_use]
    pub fn doubt(&self) -> Option<String> {
        match self {
            Self::Feed(_, fetched) => arrived::doubt(fetched),
            Self::List(_) => None,
            Self::Page(page) => page.doubt.clone(),
        }
    }
}

/// Looks at what `address` leads to. `wanted` says what is to be sent along.
///
/// # Errors
/// It cannot be fetched or read.
pub fn look(address: &str, wanted: &Subscription, net: Net, now: i64) -> Result<Found> {
    ask(address, wanted, &wanted.headers, Reach::Anywhere, net, now)
}

/// Looks at what `address` leads to, which what came from `from` names.
///
/// # Errors
/// As for `look`, and it leads where somebody else's links may not.
pub fn follow(from: &str, address: &str, wanted: &Subscription, net: Net, now: i64) -> Result<Found> {
    let headers = fetcher::headers(wanted, from, address);
    ask(address, wanted, headers, net.client.reach_of_link(from, address), net, now)
}

fn ask(
    address: &str,
    wanted: &Subscription,
    headers: &[(String, String)],
    reach: Reach,
    net: Net,
    now: i64,
) -> Result<Found> {
    let secret = wanted.credentials.as_deref().map(|name| net.credentials.secret(name)).transpose()?;
    let request = Request { address, headers, secret: secret.as_ref(), reach, ..Request::default() };
    let fetched = match net.client.get(&request, now).map_err(|failure| failure.error())? {
        Answer::Fetched(fetched) => fetched,
        Answer::Gone => {
            return Err(Error::refused("it is gone for good (410)").hint("open its site in a browser to find another"));
        }
        Answer::Unchanged(_) => {
            return Err(Error::refused("it says that nothing changed, to somebody who knows nothing of it (304)")
                .hint("the site is at fault; try again later"));
        }
    };
    Ok(match arrived::kind(&fetched)? {
        Kind::Feed => {
            let kept = fetched.validity.moved.clone().map_or_else(|| http::address(address).map(String::from), Ok)?;
            Found::Feed(kept, fetched)
        }
        Kind::List => Found::List(followed(arrived::list(&fetched)?, &fetched.address, net)),
        Kind::Page(_) => Found::Page(Box::new(arrived::page(&fetched)?)),
    })
}

/// A list that was found at `address`, without what leads into the reader's own network: it is somebody else's.
fn followed(list: List, address: &str, net: Net) -> List {
    let mut followed = List { refused: list.refused, ..List::default() };
    for (feed, decided) in list.feeds {
        match net.client.may_follow(address, &feed) {
            Ok(()) => followed.feeds.push((feed, decided)),
            Err(error) => followed.refused.push((feed, error)),
        }
    }
    followed
}

/// Subscribes to the feed at `address`, which said `fetched`, and stores its entries. Whether it is new; one that is
/// subscribed to already stays as it is, and what it says now is stored all the same.
///
/// # Errors
/// The feed cannot be read; then nothing is subscribed to. The library's, and `Exit::Interrupted` where the client was
/// stopped while pages were fetched.
pub fn subscribe(
    library: &mut Library,
    address: String,
    wanted: Subscription,
    fetched: Fetched,
    net: Net,
    now: i64,
) -> Result<(Feed, bool, Told)> {
    let known = library.feeds()?.into_iter().find(|feed| feed.address == address || feed.place() == address);
    // Read before it is subscribed to, so that what is no feed leaves nothing behind.
    let draft =
        known.unwrap_or_else(|| Feed { address: address.clone(), subscription: wanted.clone(), ..Feed::default() });
    let (mut news, _) = fetcher::read(&draft, fetched, now)?;
    let subscribed = library.subscribe(&[(address, wanted)], now)?;
    let (is_new, id) = match subscribed.first() {
        Some(Subscribed::New(id)) => (true, *id),
        Some(Subscribed::Known(id)) => (false, *id),
        None => return Err(Error::refused("the feed could not be kept")),
    };
    news.feed = id;
    let tally = fetcher::take(library, Feed { id, ..draft }, news, net, now)?;
    Ok((feed(library, id)?, is_new, Told::News { new: tally.new.len(), updated: tally.updated }))
}

/// The articles at `address`, for a look at them: a page's one, or a feed's entries.
///
/// # Errors
/// It cannot be fetched or read, or is a list of feeds.
pub fn articles(address: &str, net: Net, now: i64) -> Result<Vec<Article>> {
    match look(address, &Subscription::default(), net, now)? {
        Found::Feed(_, fetched) => arrived::feed(&fetched).map(|feed| feed.articles),
        Found::Page(page) => Ok(vec![page.article]),
        Found::List(_) => {
            Err(Error::refused("this is a list of feeds").hint("`pullquote feed add` subscribes to all of them"))
        }
    }
}

/// How many entries `feed` has in what it said.
///
/// # Errors
/// It cannot be read.
pub fn entries(feed: &Feed, fetched: Fetched, now: i64) -> Result<usize> {
    fetcher::read(feed, fetched, now).map(|(news, _)| news.entries.len())
}

/// The feeds among those that a page names that may be offered; none where any of them is subscribed to already: then the
/// others are its comments, or the same in another form.
///
/// # Errors
/// The library's.
pub fn offered(library: &Library, named: Vec<Offered>) -> Result<Vec<Offered>> {
    let known = library.feeds()?;
    let is_known =
        |feed: &Offered| known.iter().any(|known| known.address == feed.address || known.place() == feed.address);
    Ok(if named.iter().any(is_known) { Vec::new() } else { named })
}

/// Stores a page. Its text is its own, and no feed's teaser replaces it.
pub fn keep(library: &mut Library, page: Page, now: i64) -> Result<Added> {
    let added = library.add_page(&prepare(page.article).prepared, now)?;
    added.ok_or_else(|| Error::refused("the page could not be kept"))
}

fn feed(library: &Library, id: FeedId) -> Result<Feed> {
    let feeds = library.feeds()?;
    feeds.into_iter().find(|feed| feed.id == id).ok_or_else(|| Error::refused(format!("there is no feed {id}")))
}
