//! `pullquote feed list`: what is subscribed to, and how it is.

use serde::Serialize;

use super::super::Ended;
use super::super::context::Context;
use super::super::output::Paint;
use crate::text::counted;

/// A feed in JSON. Values of headers and what credentials hold are nobody's business.
#[derive(Serialize)]
struct Row<'a> {
    id: i64,
    title: &'a str,
    address: &'a str,
    moved: Option<&'a str>,
    site: Option<&'a str>,
    folder: &'a str,
    tags: &'a [String],
    interval: u32,
    full_text: bool,
    keep: Option<u32>,
    headers: Vec<&'a str>,
    credentials: Option<&'a str>,
    articles: u32,
    fetched: Option<String>,
    due: Option<String>,
    gone: bool,
    failure: Option<&'a str>,
    remedy: Option<&'a str>,
}

/// Writes what is subscribed to.
pub fn list(context: &mut Context, json: bool) -> Ended {
    let feeds = context.library()?.feeds()?;
    let moment = |seconds: i64| context.now.at(seconds).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
    for feed in &feeds {
        let subscription = &feed.subscription;
        let fetched = feed.fetched.map(&moment);
        if json {
            context.out.json(&Row {
                id: feed.id,
                title: feed.title(),
                address: &feed.address,
                moved: feed.moved.as_deref(),
                site: feed.site.as_deref(),
                folder: &subscription.folder,
                tags: &subscription.tags,
                interval: subscription.interval,
                full_text: subscription.full_text,
                keep: subscription.keep,
                headers: subscription.headers.iter().map(|(name, _)| name.as_str()).collect(),
                credentials: subscription.credentials.as_deref(),
                articles: feed.articles,
                fetched,
                due: Some(feed.due.max(feed.wait)).filter(|due| *due > 0).map(&moment),
                gone: feed.gone,
                failure: feed.failure.as_ref().map(|failing| failing.message.as_str()),
                remedy: feed.failure.as_ref().and_then(|failing| failing.hint.as_deref()),
            })?;
            continue;
        }
        let state = match (&feed.failure, feed.gone) {
            (_, true) => "gone",
            (Some(failing), _) => failing.message.as_str(),
            (None, _) => "",
        };
        let day = fetched.as_deref().and_then(|moment| moment.get(..10)).unwrap_or("never");
        let (id, articles) = (feed.id.to_string(), feed.articles.to_string());
        if context.out.columns().is_none() {
            context.out.fields(&[&id, feed.title(), &feed.address, &subscription.folder, &articles, day, state])?;
            continue;
        }
        let folder = if subscription.folder.is_empty() { String::new() } else { format!("{}/", subscription.folder) };
        context.out.painted(&[
            (Paint::Dim, &format!("{id:>4} ")),
            (Paint::Dim, &folder),
            (Paint::Strong, feed.title()),
            (Paint::Plain, &format!("  {}, {day}  ", counted(feed.articles, "article"))),
            (Paint::Emphasis, state),
        ])?;
        if feed.title() != feed.address {
            context.out.painted(&[(Paint::Dim, &format!("     {}", feed.address))])?;
        }
    }
    if feeds.is_empty() {
        context.talk.say("there are no feeds; `pullquote feed add URL` subscribes to one");
    }
    Ok(None)
}
