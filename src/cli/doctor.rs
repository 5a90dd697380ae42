//! `pullquote doctor`: whether all is well, in lines that help to find out why not.

use super::Ended;
use super::context::{self, Context, variable};
use super::output::Paint;
use crate::error::{Exit, Result};
use crate::library::{Index, Library};
use crate::quotes;
use crate::text::counted;

/// Runs the command.
pub fn run(context: &mut Context) -> Ended {
    let mut faults = 0;
    say(context, "pullquote", env!("CARGO_PKG_VERSION"))?;
    let path = context.library.clone();
    say(context, "library", &path.display().to_string())?;
    if path.exists() {
        let library = context.library_there();
        match examine(context, &library) {
            Ok(found) => faults += found,
            Err(error) => {
                faults += 1;
                fault(context, &error.message)?;
            }
        }
    } else {
        say(context, "", "not there yet; it is made when it is needed")?;
    }
    let config = context.config.clone();
    say(context, "config", &config.display().to_string())?;
    let (_, problems) = context::settings(&config)?;
    for problem in &problems {
        faults += 1;
        fault(context, &problem.to_string())?;
    }
    let set = |name: &str| variable(name).unwrap_or_else(|| "-".to_owned());
    let columns = context.out.columns().map_or("no terminal".to_owned(), |columns| format!("{columns} columns"));
    let terminal = format!("{columns}, TERM {}, COLORTERM {}, LANG {}", set("TERM"), set("COLORTERM"), set("LANG"));
    say(context, "terminal", &terminal)?;
    say(context, "", if faults == 0 { "all is well" } else { "not all is well" })?;
    Ok((faults > 0).then_some(Exit::Refused))
}
fn examine(context: &mut Context, library: &Result<Library>) -> Result<usize> {
    let library = library.as_ref().map_err(Clone::clone)?;
    let counts = library.counts()?;
    let known = format!(
        "{}, {} unread, {} bookmarked, {} in the trash",
        counted(counts.all, "article"),
        counts.unread,
        counts.bookmarked,
        counts.trashed
    );
    say(context, "", &known)?;
    let older = library.detected_before(quotes::VERSION)?;
    let detected = match older {
        0 => format!("rules {}, all detected by them", quotes::VERSION),
        n => format!(
            "rules {}; {} to be detected again: the reader does it, or `reindex`",
            quotes::VERSION,
            counted(n, "article")
        ),
    };
    say(context, "quotes", &detected)?;
    let faults = library.check()?;
    for found in &faults {
        fault(context, found)?;
    }
    let mut index = Index::open(library.path());
    let state = if index.needs_rebuild(library)? {
        "made when it is next needed".to_owned()
    } else {
        match index.behind(library)? {
            0 => "up to date".to_owned(),
            n => format!("{} behind; it catches up with the next search", counted(n, "change")),
        }
    };
    say(context, "index", &state)?;
    Ok(faults.len())
}

fn say(context: &mut Context, what: &str, text: &str) -> Result<()> {
    context.out.painted(&[(Paint::Strong, &format!("{what:<10}")), (Paint::Plain, text)])
}

fn fault(context: &mut Context, text: &str) -> Result<()> {
    context.out.painted(&[(Paint::Hit, "  fault:  "), (Paint::Plain, text)])
}
