//! The whole text of an article that came shortened, taken from its page. What the feed said stays as an earlier text.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::arrived;
use super::fetcher::{Net, Report, Step, host};
use super::ingest::prepare;
use super::polite::{self, Host};
use crate::error::{Error, Result};
use crate::library::{Library, Prepared};
use crate::model::{Article, Feed, FeedId, Id};
use crate::sources::http::{self, Answer, Failure, Reach, Request};

/// A page is worth having where it says at least as much as this part of what is there: less is a wall, not a page.
const LEAST: f64 = 0.8;

/// An article whose page is wanted.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub id: Id,
    pub url: String,
    /// The feed that it came from.
    pub from: Feed,
}

/// Fetches the pages of all `wanted`. One that cannot be had leaves its article as it is; where nobody answered, or the reader
/// broke it off, it is wanted the next time too.
pub(super) fn fetch_all(
    library: &mut Library,
    wanted: Vec<Wanted>,
    net: Net,
    now: i64,
    report: &mut Report,
) -> Result<()> {
    let of = wanted.len();
    let mut missed: BTreeMap<Id, FeedId> = wanted.iter().map(|wanted| (wanted.id, wanted.from.id)).collect();
    let settled: Vec<Id> = missed.keys().copied().collect();
    let jobs = wanted.into_iter().map(|wanted| (host(&wanted.url), wanted)).collect();
    let get = |wanted: Wanted, given_up: bool| {
        if given_up {
            return ((wanted.id, Got::Nothing), Host::Silent);
        }
        match page(&wanted.url, Some(&wanted.from), net, now) {
            Ok(page) => ((wanted.id, Got::Page(Box::new(page))), Host::Answered),
            Err(Failure::Unreachable(_) | Failure::Silent(_)) => ((wanted.id, Got::Nothing), Host::Silent),
            Err(Failure::Stopped | Failure::Later(..)) => ((wanted.id, Got::Nothing), Host::Answered),
            Err(_) => ((wanted.id, Got::Refused), Host::Answered),
        }
    };
    let done = polite::each(jobs, get, |told| {
        for (done, (id, got)) in (1..).zip(told) {
            if !matches!(got, Got::Nothing) {
                missed.remove(&id);
            }
            if let Got::Page(page) = got {
                put(library, id, *page, now)?;
            }
            report(Step::Pages { done, of })?;
        }
        Ok(())
    });
    postpone(library, &settled, missed)?;
    done
}

/// What a request for a page brought.
enum Got {
    Page(Box<Article>),
    Refused,
    /// No answer: it may come another time.
    Nothing,
}

/// Where the pages are kept that are still wanted: article and feed, a line each.
const POSTPONED: &str = "pages";

/// Pages that are kept for another time; of more, the newest.
const MOST_POSTPONED: usize = 10_000;

/// Keeps the pages in `missed` for another time; nothing is wanted any more of `settled`.
pub(super) fn postpone(library: &mut Library, settled: &[Id], missed: BTreeMap<Id, FeedId>) -> Result<()> {
    let before = library.recall(POSTPONED)?.unwrap_or_default();
    let mut pages: BTreeMap<Id, FeedId> = before.lines().filter_map(line).collect();
    pages.retain(|id, _| !settled.contains(id));
    pages.extend(missed);
    let dropped = pages.len().saturating_sub(MOST_POSTPONED);
    let lines = pages.iter().skip(dropped).fold(String::new(), |lines, (id, feed)| lines + &format!("{id} {feed}\n"));
    if lines == before { Ok(()) } else { library.remember(POSTPONED, &lines) }
}

fn line(line: &str) -> Option<(Id, FeedId)> {
    let (id, feed) = line.split_once(' ')?;
    Some((id.parse().ok()?, feed.parse().ok()?))
}

/// The pages that were kept for another time, of feeds that are still subscribed to.
pub(super) fn postponed(library: &Library) -> Result<Vec<Wanted>> {
    let Some(lines) = library.recall(POSTPONED)?.filter(|lines| !lines.is_empty()) else { return Ok(Vec::new()) };
    let feeds = library.feeds()?;
    let pages: Vec<(Id, FeedId)> = lines.lines().filter_map(line).collect();
    let ids: Vec<Id> = pages.iter().map(|(id, _)| *id).collect();
    let urls: BTreeMap<Id, String> =
        library.summaries(&ids)?.into_iter().filter_map(|summary| Some((summary.id, summary.url?))).collect();
    let wanted = pages.into_iter().filter_map(|(id, feed)| {
        let from = feeds.iter().find(|known| known.id == feed)?.clone();
        Some(Wanted { id, url: urls.get(&id)?.clone(), from })
    });
    Ok(wanted.collect())
}

/// Fetches the page of the article `id` and gives it that text; whether that changed anything.
///
/// # Errors
/// The article has no address, the page cannot be had, or says less than what is there.
pub fn fetch_one(library: &mut Library, id: Id, net: Net, now: i64) -> Result<bool> {
    let stored = library.article(id)?.ok_or_else(|| Error::refused(format!("article {id} is no longer there")))?;
    let url = stored.summary.url.as_deref().ok_or_else(|| {
        Error::refused("the article has no address").hint("only what came from the web has more text there")
    })?;
    // Somebody else wrote the address: only to a host that the reader has a feed of may it lead in one's own network.
    let near = library.feeds()?.into_iter().find(|feed| host(feed.place()) == host(url));
    let page = page(url, near.as_ref(), net, now).map_err(|failure| failure.error())?;
    put(library, id, page, now)?.ok_or_else(|| {
        Error::refused("the page says less than what is here").hint("it may need a login: `o` opens it in the browser")
    })
}

/// The page at `url`. A feed named it: it may lie in one's own network only on the host of the feed itself.
fn page(url: &str, feed: Option<&Feed>, net: Net, now: i64) -> std::result::Result<Article, Failure> {
    let reach = feed.map_or(Reach::Public, |feed| net.client.reach_of_link(feed.place(), url));
    match net.client.get(&Request { address: url, reach, ..Request::default() }, now)? {
        Answer::Fetched(fetched) => {
            let read = catch_unwind(AssertUnwindSafe(|| arrived::page(&fetched)));
            let read = read.unwrap_or_else(|_| {
                Err(Error::refused("pullquote failed on it")
                    .hint("this is a fault of pullquote: please report it with the address"))
            });
            read.map(|page| page.article).map_err(Failure::Refused)
        }
        Answer::Unchanged(_) | Answer::Gone => {
            Err(Failure::Refused(Error::refused(format!("{}: it is gone (410)", http::shown(url)))))
        }
    }
}

/// Puts the text of `page` in place of that of the article `id`; `None` where it says too little.
fn put(library: &mut Library, id: Id, page: Article, now: i64) -> Result<Option<bool>> {
    let Some(stored) = library.article(id)? else { return Ok(Some(false)) };
    let length = |article: &Article| article.document.text().len();
    #[expect(clippy::cast_precision_loss, reason = "texts are far shorter than 2^52 bytes")]
    if (length(&page) as f64) < length(&stored.article) as f64 * LEAST {
        return Ok(None);
    }
    // What else is known of the article stays as it is; of a mere link, only when it was kept was known.
    let bare = length(&stored.article) == 0;
    let article = Article {
        title: stored.article.title,
        author: stored.article.author.is_none().then_some(page.author).flatten(),
        language: stored.article.language.is_none().then_some(page.language).flatten(),
        published: page.published.filter(|_| bare),
        document: page.document,
        ..Article::default()
    };
    let prepared: Prepared = prepare(article).prepared;
    library.take_page(id, &prepared, now).map(Some)
}
