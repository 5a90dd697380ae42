//! `pullquote feed`: what is subscribed to, and how.

mod adding;
mod checking;
mod listing;
mod wishes;

use clap::{Args, Subcommand};

use super::Ended;
use super::context::Context;
use crate::error::{Error, Result};
use crate::model::{Feed, Subscription};
use crate::sources::http;
use crate::text::counted;
use wishes::Wishes;

pub use adding::{offer, refuse_some, subscribe_to_list, subscribed};

/// Subscribe to feeds, and say how they are kept
#[derive(Subcommand)]
pub enum Command {
    Add(Add),
    List(List),
    /// Subscribe no longer; what came from the feeds stays
    Remove {
        /// By number, address or title
        #[arg(required = true, value_name = "FEED")]
        feeds: Vec<String>,
    },
    /// Give a feed a title of your own
    Rename {
        /// By number, address or title
        #[arg(value_name = "FEED")]
        feed: String,
        /// An empty one is the feed's own again
        title: String,
    },
    Set(Set),
    /// Ask feeds how they are, and store nothing
    Check {
        /// By number, address or title. Without any: all
        #[arg(value_name = "FEED")]
        feeds: Vec<String>,
    },
}

/// Subscribe to feeds; of a page, to the feed that it names
#[derive(Args)]
pub struct Add {
    /// Addresses of feeds, pages or lists of feeds
    #[arg(required = true, value_name = "URL")]
    addresses: Vec<String>,
    #[command(flatten)]
    wishes: Wishes,
}

/// Change how feeds are kept
#[derive(Args)]
pub struct Set {
    /// By number, address or title
    #[arg(required = true, value_name = "FEED")]
    feeds: Vec<String>,
    #[command(flatten)]
    wishes: Wishes,
}

/// Show what is subscribed to
#[derive(Args)]
pub struct List {
    /// One object a line
    #[arg(long)]
    json: bool,
}

impl Command {
    pub fn run(self, context: &mut Context) -> Ended {
        match self {
            Self::Add(Add { addresses, wishes }) => adding::add(context, &addresses, &wishes),
            Self::List(List { json }) => listing::list(context, json),
            Self::Remove { feeds } => {
                let removed = change(context, &feeds, |subscription| subscription.subscribed = false)?;
                let removed = counted(removed, "feed");
                context.talk.say(&format!("{removed} removed; the articles stay, and `u` in the reader takes it back"));
                Ok(None)
            }
            Self::Rename { feed, title } => {
                let wishes = Wishes::title(title);
                let changed = change(context, &[feed], |subscription| wishes.apply(subscription))?;
                say_changed(context, changed);
                Ok(None)
            }
            Self::Set(Set { feeds, wishes }) => {
                let changed = change(context, &feeds, |subscription| wishes.apply(subscription))?;
                say_changed(context, changed);
                Ok(None)
            }
            Self::Check { feeds } => checking::check(context, &feeds),
        }
    }
}

fn say_changed(context: &mut Context, changed: usize) {
    context.talk.say(&format!("{} changed", counted(changed, "feed")));
}

/// Changes what was decided about the feeds that `names` name; how many really changed.
fn change(context: &mut Context, names: &[String], change: impl Fn(&mut Subscription)) -> Result<usize> {
    let mut library = context.library()?;
    let feeds = named(&library.feeds()?, names)?;
    let wanted: Vec<_> = feeds
        .into_iter()
        .map(|mut feed| {
            change(&mut feed.subscription);
            (feed.id, feed.subscription)
        })
        .collect();
    library.resubscribe(&wanted, context.now.seconds)
}

/// The feeds that `names` name: by number, address, title, or a part of the title that only one has.
pub fn named(feeds: &[Feed], names: &[String]) -> Result<Vec<Feed>> {
    let mut chosen = Vec::new();
    for name in names {
        let exact = |feed: &&Feed| {
            feed.id.to_string() == *name
                || feed.address == *name
                || feed.place() == name
                || feed.title().to_lowercase() == name.to_lowercase()
        };
        let part = |feed: &&Feed| feed.title().to_lowercase().contains(&name.to_lowercase());
        let mut found: Vec<&Feed> = feeds.iter().filter(exact).collect();
        if found.is_empty() {
            found = feeds.iter().filter(part).collect();
        }
        match found.as_slice() {
            [one] => chosen.push((*one).clone()),
            [] => {
                return Err(Error::refused(format!("{}: there is no such feed", http::shown(name)))
                    .hint("`pullquote feed list` shows what is subscribed to"));
            }
            several => {
                let numbers: Vec<String> = several.iter().map(|feed| feed.id.to_string()).collect();
                return Err(Error::refused(format!("{name}: several feeds are called so"))
                    .hint(format!("give the number: {}", numbers.join(", "))));
            }
        }
    }
    chosen.sort_by_key(|feed| feed.id);
    chosen.dedup_by_key(|feed| feed.id);
    Ok(chosen)
}
