//! `pullquote feed add`: feeds subscribed to, by their own address, a page's or a list's.

use super::super::Ended;
use super::super::context::Context;
use super::super::fetch::index;
use super::super::net::Line;
use super::wishes::Wishes;
use crate::error::{Error, Exit, Result};
use crate::library::Library;
use crate::model::{Feed, Subscription};
use crate::sources::http;
use crate::text::counted;
use crate::workers::fetcher::Told;
use crate::workers::listed::List;
use crate::workers::subscribing::{self, Found, Offered};

/// Subscribes to what is at `addresses`.
pub fn add(context: &mut Context, addresses: &[String], wishes: &Wishes) -> Ended {
    let mut library = context.bare_library()?;
    let line = Line::open(context)?;
    let mut wanted = Subscription::default();
    wishes.apply(&mut wanted);
    let (mut taken, mut refused) = (0, 0);
    for address in addresses {
        match subscribe(context, &mut library, &line, address, &wanted) {
            Ok(()) => taken += 1,
            Err(error) => {
                refused += 1;
                context.talk.refuse(&http::shown(address), &error);
            }
        }
    }
    Ok(match (taken, refused) {
        (_, 0) => None,
        (0, _) => Some(Exit::Refused),
        _ => Some(Exit::Partly),
    })
}

fn subscribe(
    context: &mut Context,
    library: &mut Library,
    line: &Line,
    address: &str,
    wanted: &Subscription,
) -> Result<()> {
    let now = context.now.seconds;
    let found = match subscribing::look(address, wanted, line.net(), now)? {
        Found::Page(page) => match page.feeds.as_slice() {
            [] => {
                return Err(Error::refused("this is a page, and it names no feed")
                    .hint("`pullquote add` stores the page itself"));
            }
            [one] => {
                context.talk.say(&format!("the page names a feed: {}", one.address));
                subscribing::follow(&page.address, &one.address, wanted, line.net(), now)?
            }
            several => {
                return Err(Error::refused("the page names several feeds").hint(offer(several)));
            }
        },
        found => found,
    };
    match found {
        Found::Feed(address, fetched) => {
            let (feed, is_new, told) =
                subscribing::subscribe(library, address, wanted.clone(), *fetched, line.net(), now)?;
            subscribed(context, library, &feed, is_new, &told);
            if !is_new && *wanted != Subscription::default() {
                context.talk.say(&format!("it stays as it is kept; `pullquote feed set {}` changes that", feed.id));
            }
            Ok(())
        }
        Found::List(list) => subscribe_to_list(context, library, list, wanted).map(drop),
        Found::Page(_) => Err(Error::refused("the page names something as its feed that is none")
            .hint("look for its feed in a browser, and use that address")),
    }
}

/// Says that a feed was subscribed to.
pub fn subscribed(context: &mut Context, library: &Library, feed: &Feed, is_new: bool, told: &Told) {
    let (Told::News { new, updated } | Told::Moved { new, updated, .. }) = told else { return };
    let what = if is_new { "subscribed to" } else { "already subscribed to" };
    context.talk.say(&format!("{what} {} ({}): {new} new", feed.title(), feed.address));
    index(context, library, new + updated);
}

/// Subscribes to all of a list; what is decided for all of them counts where the list says nothing. How many were refused.
pub fn subscribe_to_list(
    context: &mut Context,
    library: &mut Library,
    list: List,
    wanted: &Subscription,
) -> Result<u64> {
    let refused = refuse_some(context, &list);
    let (new, known) = list.subscribe(library, wanted, context.now.seconds)?;
    context
        .talk
        .say(&format!("{} subscribed to, {known} already; `pullquote fetch` asks for articles", counted(new, "feed")));
    Ok(refused)
}

/// Names what in a list is not taken; how many.
pub fn refuse_some(context: &mut Context, list: &List) -> u64 {
    for (name, error) in &list.refused {
        context.talk.refuse(name, error);
    }
    list.refused.len() as u64
}

/// Feeds that a page names, as a hint.
pub fn offer(feeds: &[Offered]) -> String {
    let lines: Vec<String> = feeds
        .iter()
        .map(|feed| match &feed.title {
            Some(title) => format!("pullquote feed add {}  ({title})", feed.address),
            None => format!("pullquote feed add {}", feed.address),
        })
        .collect();
    lines.join("\n  ")
}
