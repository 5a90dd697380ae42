//! `pullquote fetch`: asks feeds for news.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use clap::Args;
use serde::Serialize;

use super::context::Context;
use super::feed::named;
use super::net::Line;
use super::{Ended, finding};
use crate::app::state::dates;
use crate::clock::Now;
use crate::error::{Exit, Result};
use crate::library::{Index, Library};
use crate::model::Feed;
use crate::text::counted;
use crate::workers::fetcher::{self, Step, Tally, Told};

/// How often the line of progress is drawn.
const REDRAWN_EVERY: Duration = Duration::from_millis(100);

/// Ask feeds for news and store it
#[derive(Args)]
pub struct Fetch {
    /// These feeds, by number, address or title, due or not. Without any: all that are due
    #[arg(value_name = "FEED")]
    feeds: Vec<String>,
    /// All feeds, also those that say that nothing is new yet
    #[arg(long, conflicts_with = "feeds")]
    all: bool,
    /// Say what became of each feed, one object a line
    #[arg(long)]
    json: bool,
}

/// What became of a feed, in JSON.
#[derive(Serialize)]
struct Row<'a> {
    id: i64,
    title: &'a str,
    address: &'a str,
    outcome: &'static str,
    new: usize,
    updated: usize,
    moved: Option<&'a str>,
    reason: Option<&'a str>,
    remedy: Option<&'a str>,
}

impl Fetch {
    pub fn run(self, context: &mut Context) -> Ended {
        let mut library = context.library()?;
        let known = library.feeds()?;
        let chosen = if self.feeds.is_empty() { known } else { named(&known, &self.feeds)? };
        if chosen.is_empty() {
            context.talk.say("there are no feeds; `pullquote feed add URL` subscribes to one");
            return Ok(None);
        }
        let all = chosen.len();
        // Whoever names one wants to know why it is not asked.
        for feed in chosen.iter().filter(|_| !self.feeds.is_empty()) {
            if let Some(why) = left_alone(feed, &context.now) {
                context.talk.say(&format!("{}: {why}", feed.title()));
            }
        }
        let feeds = fetcher::due(chosen, context.now.seconds, self.feeds.is_empty() && !self.all);
        let later = all - feeds.len();
        let line = Line::open(context)?;
        let mut progress = Progress::new(context.talk.shows_progress(), feeds.len());
        let now = context.now.seconds;
        let tally = fetcher::fetch(&mut library, feeds, line.net(), now, &mut |step| {
            match step {
                Step::Feed(feed, told) => {
                    progress.count(told);
                    progress.clear();
                    tell(context, self.json, feed, told)?;
                }
                Step::Pages { done, of } => progress.pages = Some((done, of)),
                Step::Waiting => {}
            }
            progress.draw();
            Ok(())
        });
        progress.clear();
        let tally = tally?;
        if tally.offline {
            context.talk.say("offline: no feed could be reached");
            return Ok(Some(Exit::Refused));
        }
        if !self.json {
            context.talk.say(&summary(&tally, later));
        }
        index(context, &library, tally.new.len() + tally.updated);
        Ok(match (tally.failed, tally.asked) {
            (0, _) => None,
            (failed, asked) if failed == asked => Some(Exit::Refused),
            _ => Some(Exit::Partly),
        })
    }
}

/// Why a feed is not asked, not even by name.
fn left_alone(feed: &Feed, now: &Now) -> Option<String> {
    if feed.gone {
        return Some(format!("it is gone for good (410); `pullquote feed check {}` looks for another", feed.id));
    }
    let until = || format!("it asks to be left alone until {}", dates::moment(feed.wait, now));
    (feed.wait > now.seconds).then(until)
}

/// Tells what became of one feed.
pub fn tell(context: &mut Context, json: bool, feed: &Feed, told: &Told) -> Result<()> {
    if json {
        let (outcome, new, updated) = match told {
            Told::News { new, updated } => ("answered", *new, *updated),
            Told::Moved { new, updated, .. } => ("moved", *new, *updated),
            Told::Gone => ("gone", 0, 0),
            Told::Failed(_) => ("failed", 0, 0),
        };
        let error = if let Told::Failed(error) = told { Some(error) } else { None };
        context.out.json(&Row {
            id: feed.id,
            title: feed.title(),
            address: &feed.address,
            outcome,
            new,
            updated,
            moved: if let Told::Moved { to, .. } = told { Some(to) } else { None },
            reason: error.map(|error| error.message.as_str()),
            remedy: error.and_then(|error| error.hint.as_deref()),
        })?;
    }
    match told {
        Told::Failed(error) => context.talk.refuse(feed.title(), error),
        Told::Gone => context.talk.say(&format!(
            "{}: it is gone for good (410) and is not asked again; `pullquote feed check {}` looks for another",
            feed.title(),
            feed.id
        )),
        Told::Moved { to, .. } => context.talk.say(&format!("{}: it has moved for good to {to}", feed.title())),
        Told::News { new, .. } if context.talk.verbose && *new > 0 => {
            context.talk.say(&format!("{}: {new} new", feed.title()));
        }
        Told::News { .. } => {}
    }
    Ok(())
}

/// Brings the index up to date after `changed` articles came or changed.
pub fn index(context: &mut Context, library: &Library, changed: usize) {
    if changed == 0 {
        return;
    }
    let mut index = Index::open(library.path());
    let caught = finding::with_progress(context, |progress| index.catch_up(library, &|| false, progress));
    if let Err(error) = caught {
        // They are stored all the same, and the next search tries again.
        context.talk.refuse("the articles are stored, but cannot be searched yet", &error);
    }
}

/// All that happened, in a line.
fn summary(tally: &Tally, later: usize) -> String {
    let feeds = format!("{} asked", counted(tally.asked, "feed"));
    let mut said = vec![feeds, format!("{} new", tally.new.len())];
    for (count, what) in [(tally.updated, "updated"), (tally.failed, "failed"), (later, "not due")] {
        if count > 0 {
            said.push(format!("{count} {what}"));
        }
    }
    said.join(", ")
}

/// One line on the terminal, drawn over itself.
struct Progress {
    shown: bool,
    drawn: bool,
    next: Instant,
    feeds: usize,
    answered: usize,
    new: usize,
    /// Pages that are fetched, and how many there are.
    pages: Option<(usize, usize)>,
}

impl Progress {
    #[expect(clippy::disallowed_methods, reason = "how far it is is told to the reader, and to nobody else")]
    fn new(shown: bool, feeds: usize) -> Self {
        Self { shown, drawn: false, next: Instant::now(), feeds, answered: 0, new: 0, pages: None }
    }

    fn count(&mut self, told: &Told) {
        self.answered += 1;
        if let Told::News { new, .. } | Told::Moved { new, .. } = told {
            self.new += new;
        }
    }

    #[expect(clippy::disallowed_methods, reason = "how far it is is told to the reader, and to nobody else")]
    fn draw(&mut self) {
        let now = Instant::now();
        if self.shown && now >= self.next {
            self.next = now + REDRAWN_EVERY;
            self.drawn = true;
            let (answered, feeds, new) = (self.answered, counted(self.feeds, "feed"), self.new);
            let pages = self.pages.map(|(done, of)| format!(", {done} of {}", counted(of, "page"))).unwrap_or_default();
            // Progress that cannot be written is not missed.
            let _ = write!(io::stderr().lock(), "\r\x1b[K{answered} of {feeds}, {new} new{pages}");
        }
    }

    fn clear(&mut self) {
        if std::mem::take(&mut self.drawn) {
            let _ = write!(io::stderr().lock(), "\r\x1b[K");
        }
    }
}
