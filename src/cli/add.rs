//! `pullquote add`: stores what files, folders and standard input hold.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use clap::Args;
use serde::Serialize;

use super::addresses::{Addresses, Became};
use super::context::Context;
use super::{Ended, finding};
use crate::text::counted;

use crate::error::{Error, Exit, Result};
use crate::formats::{Format, parse_date};
use crate::library::{Added, CaughtUp, Index, Library};
use crate::sources::files::Input;
use crate::sources::http::is_address;
use crate::text::clean::clean_line;
use crate::workers::ingest::{self, Following, Intake, Outcome, Place, Tally};
use crate::workers::{self, Cores, listed};

/// How often the line of progress is drawn.
const REDRAWN_EVERY: Duration = Duration::from_millis(100);

/// Store articles from files, folders, standard input and the web, and subscribe to feeds
#[derive(Args)]
pub struct Add {
    /// Files and folders; addresses of pages, feeds and lists of feeds; `-` is standard input
    #[arg(required = true, value_name = "PATH|URL|-")]
    things: Vec<PathBuf>,
    /// What the files are, instead of what they seem to be
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    format: Option<Format>,
    /// The source that the articles are from
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// A tag for each of them; may be given several times
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// Leave out what was published before this date
    #[arg(long, value_name = "DATE", value_parser = seconds)]
    since: Option<i64>,
    /// Read everything and store nothing
    #[arg(long)]
    dry_run: bool,
    /// Say what became of each article, one object a line
    #[arg(long)]
    json: bool,
}

fn format(name: &str) -> std::result::Result<Format, String> {
    let known = Format::NAMES.iter().find(|(known, _)| *known == name);
    let names: Vec<&str> = Format::NAMES.iter().map(|(name, _)| *name).collect();
    known.map(|(_, format)| *format).ok_or_else(|| format!("it is one of {}", names.join(", ")))
}

fn seconds(date: &str) -> std::result::Result<i64, String> {
    parse_date(date).map(|date| date.seconds).ok_or_else(|| "a date is written like 2017-09-05".to_owned())
}

/// What became of one thing, in JSON.
#[derive(Serialize)]
struct Line {
    name: String,
    outcome: &'static str,
    id: Option<i64>,
    title: Option<String>,
    reason: Option<String>,
}

impl Add {
    pub fn run(self, context: &mut Context) -> Ended {
        workers::give_way();
        // The articles that come in are the welcome: the library is opened as it is.
        let mut library = if self.dry_run { None } else { Some(context.bare_library()?) };
        let (addresses, things): (Vec<PathBuf>, Vec<PathBuf>) =
            self.things.iter().cloned().partition(|thing| thing.to_str().is_some_and(is_address));
        let (lists, things) = listed::sorted(things, self.format);
        let web = self.add_addresses(context, &addresses, lists, library.as_mut())?;
        if things.is_empty() {
            return Ok(exit(web.taken, web.refused));
        }
        let (mut inputs, mut refused) = (Vec::new(), 0);
        for thing in things {
            match Input::named(&thing) {
                Ok(input) => inputs.push(input),
                Err(error) => {
                    refused += 1;
                    if self.json {
                        context.out.json(&Line {
                            name: thing.display().to_string(),
                            outcome: "refused",
                            id: None,
                            title: None,
                            reason: Some(error.message.clone()),
                        })?;
                    }
                    context.talk.complain(&error);
                }
            }
        }
        let stop = Arc::new(AtomicBool::new(false));
        signal_hook::flag::register(signal_hook::consts::SIGINT, Arc::clone(&stop))
            .map_err(|error| Error::refused(format!("Ctrl-C cannot be caught: {error}")))?;
        let tags = self.tags.iter().map(|tag| clean_line(tag)).filter(|tag| !tag.is_empty()).collect();
        let source = self.source.as_deref().map(clean_line).filter(|source| !source.is_empty());
        let intake = Intake { inputs, format: self.format, source, tags, since: self.since };
        let mut progress = Progress::new(context.talk.shows_progress());
        let mut cores = library.as_ref().map(|library| Cores::beside(library.path()));
        let mut tally = Tally { refused, ..Tally::default() };
        let mut report = |place: &Place, title: &str, outcome: Outcome| -> Result<()> {
            progress.count(place, &outcome);
            cores.iter_mut().for_each(Cores::count);
            if let Some(doubt) = &place.doubt {
                progress.clear();
                context.talk.say(&format!("{}: {doubt}", place.origin.name));
            }
            if self.json {
                context.out.json(&line(place, title, &outcome))?;
            }
            match outcome {
                Outcome::Refused(error) => {
                    progress.clear();
                    context.talk.refuse(&place.shown(), error);
                }
                Outcome::Stored(Added::New(id) | Added::Updated(id)) if context.talk.verbose => {
                    progress.clear();
                    context.talk.say(&format!("{id} {title}"));
                }
                _ => {}
            }
            progress.draw();
            Ok(())
        };
        let mut following = library.as_ref().map(|library| Following::new(library.path()));
        let (into, index) = (library.as_mut(), following.as_mut());
        let added = ingest::add(into, index, intake, context.now.seconds, &stop, &mut tally, &mut report);
        progress.clear();
        if !self.json {
            context.talk.say(&summary(&tally));
        }
        if let Err(error) = &added
            && error.exit != Exit::Interrupted
        {
            // What comes before it is in the library; the next one who searches or adds tells the index.
            return added.map(|()| None);
        }
        if let (Some(library), Some(following)) = (&library, following)
            && tally.new + tally.updated > 0
        {
            bring_up_to_date(context, library, following, &stop)?;
        }
        added?;
        if stop.load(Ordering::Relaxed) {
            return Ok(Some(Exit::Interrupted));
        }
        Ok(exit(tally.taken() + web.taken, tally.refused + web.refused))
    }

    /// Takes what is at `addresses`, and the feeds of `lists`.
    fn add_addresses(
        &self,
        context: &mut Context,
        addresses: &[PathBuf],
        lists: Vec<PathBuf>,
        library: Option<&mut Library>,
    ) -> Result<Web> {
        let addresses = Addresses {
            wanted: addresses.iter().map(|address| address.display().to_string()).collect(),
            lists,
            format: self.format,
            source: self.source.as_deref().map(clean_line).filter(|source| !source.is_empty()),
            tags: self.tags.iter().map(|tag| clean_line(tag)).filter(|tag| !tag.is_empty()).collect(),
        };
        let (json, mut web) = (self.json, Web::default());
        addresses.take(context, library, &mut |context, became| {
            let line = match became {
                Ok(Became { address, outcome, id, title, refused }) => {
                    web.taken += 1;
                    web.refused += refused;
                    if let Some(title) = title.as_deref().filter(|_| !json && id.is_some()) {
                        context.talk.say(&format!("{outcome}: {title}"));
                    }
                    json.then_some(Line { name: address, outcome, id, title, reason: None })
                }
                Err((address, error)) => {
                    web.refused += 1;
                    context.talk.refuse(&address, &error);
                    json.then_some(Line {
                        name: address,
                        outcome: "refused",
                        id: None,
                        title: None,
                        reason: Some(error.message),
                    })
                }
            };
            line.map_or(Ok(()), |line| context.out.json(&line))
        })?;
        Ok(web)
    }
}

/// Brings the index up to date. Here it has the machine for itself; later it would be the reader's search that waits.
fn bring_up_to_date(context: &mut Context, library: &Library, following: Following, stop: &AtomicBool) -> Result<()> {
    let stopped = || stop.load(Ordering::Relaxed);
    match finding::with_progress(context, |progress| following.finish(library, &stopped, progress)) {
        Ok(CaughtUp::Stopped) => {
            let behind = Index::open(library.path()).behind(library)?;
            context.talk.say(&format!(
                "the index is {} behind: the reader, a search or the next add brings it up to date",
                counted(behind, "article")
            ));
        }
        Ok(CaughtUp::Done | CaughtUp::Elsewhere) => {}
        // They are stored all the same, and the next search tries again.
        Err(error) => context.talk.refuse("the articles are stored, but cannot be searched yet", &error),
    }
    Ok(())
}

/// What became of addresses.
#[derive(Default)]
struct Web {
    taken: u64,
    refused: u64,
}

fn exit(taken: u64, refused: u64) -> Option<Exit> {
    match (taken, refused) {
        (0, 1..) => Some(Exit::Refused),
        (_, 1..) => Some(Exit::Partly),
        _ => None,
    }
}

fn line(place: &Place, title: &str, outcome: &Outcome) -> Line {
    let (word, id, reason) = match outcome {
        Outcome::Stored(Added::New(id)) => ("new", Some(*id), None),
        Outcome::Stored(Added::Updated(id)) => ("updated", Some(*id), None),
        Outcome::Stored(Added::Known(id)) => ("known", Some(*id), None),
        Outcome::Readable => ("readable", None, None),
        Outcome::TooOld => ("too old", None, None),
        Outcome::Refused(error) => ("refused", None, Some(error.message.clone())),
    };
    Line {
        name: place.shown(),
        outcome: word,
        id,
        title: Some(title.to_owned()).filter(|title| !title.is_empty()),
        reason,
    }
}

/// All that happened, in a line.
fn summary(tally: &Tally) -> String {
    let parts = [
        (tally.new, "added"),
        (tally.updated, "updated"),
        (tally.known, "already there"),
        (tally.readable, "can be added"),
        (tally.too_old, "left out as too old"),
        (tally.refused, "refused"),
    ];
    let said: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    if said.is_empty() { "nothing was added".to_owned() } else { said.join(", ") }
}

/// One line on the terminal, drawn over itself.
struct Progress {
    shown: bool,
    drawn: bool,
    begun: Instant,
    next: Instant,
    articles: u64,
    files: u64,
    name: String,
}

impl Progress {
    #[expect(clippy::disallowed_methods, reason = "how fast it goes is told to the reader, and to nobody else")]
    fn new(shown: bool) -> Self {
        let begun = Instant::now();
        Self { shown, drawn: false, begun, next: begun + REDRAWN_EVERY, articles: 0, files: 0, name: String::new() }
    }

    fn count(&mut self, place: &Place, outcome: &Outcome) {
        self.articles += u64::from(!matches!(outcome, Outcome::Refused(_)));
        if self.name != place.origin.name {
            self.name.clone_from(&place.origin.name);
            self.files += 1;
        }
    }

    #[expect(clippy::disallowed_methods, reason = "how fast it goes is told to the reader, and to nobody else")]
    #[expect(clippy::cast_precision_loss, reason = "a rate that is shown in whole numbers")]
    fn draw(&mut self) {
        if !self.shown {
            return;
        }
        let now = Instant::now();
        if now < self.next {
            return;
        }
        self.next = now + REDRAWN_EVERY;
        let rate = self.articles as f64 / (now - self.begun).as_secs_f64();
        let line = format!("articles {}, files {}, {rate:.0} a second: {}", self.articles, self.files, self.name);
        let columns = terminal_size::terminal_size_of(io::stderr()).map_or(80, |(width, _)| usize::from(width.0));
        let line = crate::text::clean::clean_line(&line);
        let line = crate::text::highlight::shorten(&line, columns.saturating_sub(1));
        // Progress that cannot be written is not missed.
        let _ = write!(io::stderr().lock(), "\r\x1b[K{line}");
        let _ = io::stderr().flush();
        self.drawn = true;
    }

    fn clear(&mut self) {
        if std::mem::take(&mut self.drawn) {
            let _ = write!(io::stderr().lock(), "\r\x1b[K");
        }
    }
}
