//! `pullquote feed check`: how feeds are, and where they may be now.

use super::super::Ended;
use super::super::context::Context;
use super::super::fetch::tell;
use super::super::net::Line;
use super::adding::offer;
use super::named;
use crate::error::{Error, Exit};
use crate::model::{Feed, Subscription};
use crate::workers::fetcher::Told;
use crate::workers::subscribing::{self, Found};

/// Asks the feeds that `names` name, or all.
pub fn check(context: &mut Context, names: &[String]) -> Ended {
    let library = context.library()?;
    let known = library.feeds()?;
    let feeds = if names.is_empty() { known } else { named(&known, names)? };
    let line = Line::open(context)?;
    let now = context.now.seconds;
    let (all, mut failed) = (feeds.len(), 0);
    for feed in &feeds {
        // Who wants to be left alone is, by this too.
        if let Some(failing) = feed.failure.as_ref().filter(|_| feed.wait > now) {
            failed += 1;
            let error = Error { hint: failing.hint.clone(), ..Error::refused(&failing.message) };
            tell(context, false, feed, &Told::Failed(error))?;
            continue;
        }
        let found = subscribing::look(feed.place(), &feed.subscription, line.net(), now);
        let wrong = match found {
            Ok(Found::Feed(address, fetched)) => match subscribing::entries(feed, *fetched, now) {
                Ok(entries) => {
                    let entries = if entries == 1 { "1 entry".to_owned() } else { format!("{entries} entries") };
                    context.out.line(&format!("{}: well, {entries}", feed.title()))?;
                    if address != feed.place() {
                        context.out.line(&format!("  it has moved for good to {address}"))?;
                    }
                    continue;
                }
                Err(error) => error,
            },
            Ok(Found::Page(page)) if !page.feeds.is_empty() => {
                Error::refused("there is a page in its place, which names a feed").hint(offer(&page.feeds))
            }
            Ok(Found::Page(_) | Found::List(_)) => Error::refused("there is something in its place that is no feed")
                .hint("look for its feed in a browser, and use that address"),
            Err(error) => elsewhere(feed, error, &line, now),
        };
        failed += 1;
        tell(context, false, feed, &Told::Failed(wrong))?;
    }
    Ok(match failed {
        0 => None,
        failed if failed == all => Some(Exit::Refused),
        _ => Some(Exit::Partly),
    })
}

/// Looks on the feed's site for where it may be now.
fn elsewhere(feed: &Feed, error: Error, line: &Line, now: i64) -> Error {
    let Some(site) = &feed.site else { return error };
    match subscribing::follow(feed.place(), site, &Subscription::default(), line.net(), now) {
        Ok(Found::Page(page)) if !page.feeds.is_empty() => {
            Error { hint: Some(format!("its site names\n  {}", offer(&page.feeds))), ..error }
        }
        _ => error,
    }
}
