//! `pullquote speakers`: who is quoted in the library, how often, when and where; and what they are called.

use clap::Args;
use serde::Serialize;

use super::context::Context;
use super::json::{date, day};
use super::output::Paint;
use super::{Ended, finding};
use crate::error::{Error, Exit, Result};
use crate::library::Library;
use crate::model::{Id, Order, Speaker};
use crate::quotes;
use crate::text::clean::clean_line;
use crate::text::counted;
use crate::text::highlight::{cells, shorten};

/// Speakers that a terminal gets where no limit is given: the most quoted are on top, and should stay in sight.
const ON_TERMINAL: usize = 50;
/// Cells that a name may take on a terminal.
const NAME: usize = 32;
/// Names that are proposed where nobody has the one that was given.
const PROPOSED: usize = 3;

/// Who is quoted, how often, when first and last, and where
#[derive(Args)]
pub struct Speakers {
    /// Only those with such a name; the beginnings of its words will do
    name: Vec<String>,
    /// At most so many
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// One object a line
    #[arg(long)]
    json: bool,
    /// Call the speaker of this whole name otherwise, also in what comes later: two names become one. The name itself
    /// takes that back, but for speakers that were corrected by hand
    #[arg(long, value_name = "NEW", requires = "name", conflicts_with_all = ["limit", "json"])]
    rename: Option<String>,
    /// Only in the articles that this query finds: two people of one name are told apart
    #[arg(long = "in", value_name = "QUERY", requires = "rename")]
    within: Option<String>,
}

/// A line of `speakers --json`.
#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    quotes: u64,
    articles: u64,
    first: String,
    last: String,
    sources: Vec<Place<'a>>,
}

/// A source, and how many of its articles quote the speaker.
#[derive(Serialize)]
struct Place<'a> {
    name: &'a str,
    articles: u64,
}

impl Speakers {
    pub fn run(self, context: &mut Context) -> Ended {
        let mut library = context.library()?;
        let name = clean_line(&self.name.join(" "));
        if let Some(to) = &self.rename {
            return rename(context, &mut library, &name, &clean_line(to), self.within.as_deref());
        }
        let waiting = library.detected_before(quotes::VERSION)?;
        if waiting > 0 {
            let hint = "`pullquote reindex` does it now, the reader in the background";
            context
                .talk
                .say(&format!("the quotes of {} are to be detected again: {hint}", counted(waiting, "article")));
        }
        let usual = context.out.columns().filter(|_| !self.json).map(|_| ON_TERMINAL);
        let speakers = library.speakers_with_sources(&name, self.limit.or(usual).unwrap_or(usize::MAX))?;
        let widest = speakers.iter().map(|(speaker, _)| cells(&speaker.name)).max().unwrap_or(0).min(NAME);
        for (speaker, sources) in &speakers {
            if context.out.is_closed() {
                break;
            }
            self.write(context, speaker, sources, widest)?;
        }
        Ok(speakers.is_empty().then_some(Exit::Refused))
    }

    fn write(&self, context: &mut Context, speaker: &Speaker, sources: &[(String, u64)], widest: usize) -> Result<()> {
        let Speaker { name, quotes, articles, first, last } = speaker;
        if self.json {
            let sources = sources.iter().map(|(name, articles)| Place { name, articles: *articles }).collect();
            let (first, last) = (date(*first), date(*last));
            return context.out.json(&Row { name, quotes: *quotes, articles: *articles, first, last, sources });
        }
        let sources: Vec<&str> = sources.iter().map(|(name, _)| name.as_str()).collect();
        let sources = sources.join("; ");
        let Some(columns) = context.out.columns() else {
            let (quotes, articles) = (quotes.to_string(), articles.to_string());
            return context.out.fields(&[name, &quotes, &articles, &date(*first), &date(*last), &sources]);
        };
        let (first, last) = (day(*first), day(*last));
        let days = if first == last { first } else { format!("{first} to {last}") };
        let count = format!("{quotes:>5}  ");
        let shown = shorten(name, widest.max(1));
        let rest = format!("{}  {days}  ", " ".repeat(widest.saturating_sub(cells(&shown))));
        let room = columns.saturating_sub(cells(&count) + cells(&shown) + cells(&rest));
        context.out.painted(&[
            (Paint::Plain, &count),
            (Paint::Speaker, &shown),
            (Paint::Dim, &rest),
            (Paint::Dim, &shorten(&sources, room.max(1))),
        ])
    }
}

fn rename(context: &mut Context, library: &mut Library, name: &str, to: &str, within: Option<&str>) -> Ended {
    let ids: Option<Vec<Id>> = match within {
        Some(query) => Some(finding::for_certain(context, library, &finding::parsed(context, query)?, Order::Newest)?),
        None => None,
    };
    let changed = library.rename_speaker(name, to, ids.as_deref(), context.now.seconds)?;
    if changed == 0 {
        let meant = library.speakers(name, PROPOSED)?;
        let meant: Vec<String> = meant.into_iter().map(|speaker| speaker.name).filter(|meant| meant != name).collect();
        let there = if within.is_some() { " in these articles" } else { "" };
        let refused = Error::refused(format!("nobody is called {name}{there}"));
        return Err(match meant.as_slice() {
            [] => refused.hint("`pullquote speakers` lists who is quoted"),
            meant => refused.hint(format!("write the whole name, perhaps {}", meant.join(" or "))),
        });
    }
    context.talk.say(&format!("{name} is called {to} in {}", counted(changed, "article")));
    context.talk.say("  `u` in the reader takes this back as the last change");
    Ok(None)
}
