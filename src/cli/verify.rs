//! `pullquote verify`: whether a quotation is in the library, to the word or nearly, where first, and who said it.

use std::io::{self, Read};

use clap::Args;
use serde::Serialize;

use super::Ended;
use super::context::Context;
use super::finding::{catch_up, showing};
use super::json::{date, day};
use super::output::{Out, Paint};
use crate::error::{Error, Exit, Result};
use crate::library::{CaughtUp, Index, Sighting};
use crate::sources::files::unreadable;
use crate::text::clean::clean;
use crate::text::code_points::CodePoints;
use crate::text::likeness::{Claim, Kind, Part};

/// Bytes of standard input that are read: a quotation is not longer.
const MOST_BYTES: u64 = 1 << 20;

/// Say whether a quotation is in the library: to the word, nearly, or not
///
/// Case, blanks and the shapes of quotation marks, apostrophes and dashes do not matter. An ellipsis (… or ...) stands for words left out
/// within a passage; what stands in [brackets] is the editor's. Differences are shown as [-claimed-] and {+printed+}.
///
/// Exit codes: 0 to the word, 3 nearly, 1 not found.
#[derive(Args)]
pub struct Verify {
    /// The quotation; `-` is standard input
    #[arg(required = true, value_name = "TEXT")]
    text: Vec<String>,
    /// One object with all places; offsets count Unicode code points
    #[arg(long)]
    json: bool,
}

/// What `--json` says.
#[derive(Serialize)]
struct Answer<'a> {
    verdict: &'static str,
    /// Every place is told.
    complete: bool,
    found: Vec<Place<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    id: i64,
    title: &'a str,
    url: Option<&'a str>,
    source: Option<&'a str>,
    author: Option<&'a str>,
    published: String,
    start: usize,
    end: usize,
    printed: &'a str,
    speaker: Option<&'a str>,
    role: Option<&'a str>,
    doubtful: bool,
    /// It stands in quotation marks.
    quoted: bool,
    measure: f64,
    same_marks: bool,
    parts: Vec<Piece<'a>>,
}

#[derive(Serialize)]
struct Piece<'a> {
    kind: &'static str,
    claimed: &'a str,
    printed: &'a str,
}

impl Verify {
    pub fn run(self, context: &mut Context) -> Ended {
        let claim = Claim::new(&self.claimed()?)?;
        let library = context.library()?;
        let mut index = Index::open(library.path());
        let elsewhere = catch_up(context, &library, &mut index)? == CaughtUp::Elsewhere;
        let now = context.now.clone();
        let verified = showing(context, "looking", |progress| library.verify(&mut index, &claim, &now, progress))?;
        if verified.walked {
            context.talk.say("another pullquote is building the index; all articles were read instead");
        } else if elsewhere {
            context.talk.say("another pullquote is indexing; what was added last may not be found yet");
        }
        let (verdict, exit) = match verified.found.first() {
            Some(first) if first.likeness.verbatim => ("verbatim", None),
            Some(_) => ("nearly", Some(Exit::Partly)),
            None => ("absent", Some(Exit::Refused)),
        };
        if self.json {
            let found = verified.found.iter().map(Place::new).collect();
            context.out.json(&Answer { verdict, complete: verified.complete, found })?;
            return Ok(exit);
        }
        if context.out.columns().is_some() {
            readable(&mut context.out, verdict, &verified.found)?;
        } else {
            for sighting in &verified.found {
                fields(&mut context.out, verdict, sighting)?;
            }
        }
        if verified.found.is_empty() {
            context.talk.say("it is not in the library");
        } else if !verified.complete {
            context.talk.say("there are more places than these");
        }
        Ok(exit)
    }

    fn claimed(&self) -> Result<String> {
        if self.text != ["-"] {
            return Ok(clean(&self.text.join(" ")));
        }
        let mut bytes = Vec::new();
        io::stdin().lock().take(MOST_BYTES).read_to_end(&mut bytes).map_err(|error| {
            let error = unreadable(&error);
            Error { message: format!("standard input: {}", error.message), ..error }
        })?;
        Ok(clean(&String::from_utf8_lossy(&bytes)))
    }
}

impl<'a> Place<'a> {
    fn new(sighting: &'a Sighting) -> Self {
        let Sighting { summary, text, quote, likeness } = sighting;
        let [start, end] = CodePoints::new(text).span(&likeness.span);
        Self {
            id: summary.id,
            title: &summary.title,
            url: summary.url.as_deref(),
            source: summary.source.as_deref(),
            author: summary.author.as_deref(),
            published: date(summary.published),
            start,
            end,
            printed: printed(sighting),
            speaker: quote.as_ref().and_then(|quote| quote.speaker.as_deref()),
            role: quote.as_ref().and_then(|quote| quote.role.as_deref()),
            doubtful: quote.as_ref().is_some_and(|quote| quote.speaker.is_some() && quote.is_doubtful()),
            quoted: quote.is_some(),
            // Two places: more would only show how a computer counts.
            measure: (f64::from(likeness.measure) * 100.0).round() / 100.0,
            same_marks: likeness.same_marks,
            parts: likeness.parts.iter().map(Piece::new).collect(),
        }
    }
}

impl<'a> Piece<'a> {
    fn new(part: &'a Part) -> Self {
        let kind = match part.kind {
            Kind::Same => "same",
            Kind::Left => "left out",
            Kind::Editor => "editor",
            Kind::Changed => "changed",
            Kind::Added => "added",
            Kind::Missing => "missing",
        };
        Self { kind, claimed: &part.claimed, printed: &part.printed }
    }
}

/// The words in print.
fn printed(sighting: &Sighting) -> &str {
    let span = &sighting.likeness.span;
    sighting.text.get(span.start as usize..span.end as usize).unwrap_or_default()
}

/// The words in print, and where they differ what was claimed: `[-claimed-]{+printed+}`.
fn compared(sighting: &Sighting) -> Vec<(Paint, String)> {
    if sighting.likeness.verbatim {
        return vec![(Paint::Speech, one_line(printed(sighting)))];
    }
    let mut line = Vec::new();
    for part in &sighting.likeness.parts {
        if !line.is_empty() {
            line.push((Paint::Plain, " ".to_owned()));
        }
        let (claimed, printed) = (one_line(&part.claimed), one_line(&part.printed));
        match part.kind {
            Kind::Same => line.push((Paint::Speech, printed)),
            Kind::Left => line.push((Paint::Dim, "…".to_owned())),
            Kind::Editor => line.push((Paint::Dim, claimed)),
            Kind::Changed | Kind::Added | Kind::Missing => {
                if !claimed.is_empty() {
                    line.push((Paint::Emphasis, format!("[-{claimed}-]")));
                }
                if !printed.is_empty() {
                    line.push((Paint::Hit, format!("{{+{printed}+}}")));
                }
            }
        }
    }
    line
}

fn speaker(sighting: &Sighting) -> Option<String> {
    let quote = sighting.quote.as_ref()?;
    let doubt = if quote.is_doubtful() { "?" } else { "" };
    quote.speaker.as_ref().map(|name| format!("{name}{doubt}"))
}

fn fields(out: &mut Out, verdict: &str, sighting: &Sighting) -> Result<()> {
    let summary = &sighting.summary;
    let words: String = compared(sighting).into_iter().map(|(_, text)| text).collect();
    out.fields(&[
        verdict,
        &format!("{:.2}", sighting.likeness.measure),
        &summary.id.to_string(),
        &date(summary.published),
        summary.source.as_deref().unwrap_or_default(),
        &summary.title,
        &speaker(sighting).unwrap_or_default(),
        &words,
    ])
}

fn readable(out: &mut Out, verdict: &str, found: &[Sighting]) -> Result<()> {
    for (n, sighting) in found.iter().enumerate() {
        let summary = &sighting.summary;
        if n == 0 {
            let marks = if sighting.likeness.same_marks { "" } else { ", but for the marks between the words" };
            let measure = format!(" ({:.0} %)", sighting.likeness.measure * 100.0);
            let verdict = match verdict {
                "verbatim" => format!("to the word{marks}; first:"),
                _ => format!("nearly{measure}; nearest:"),
            };
            out.painted(&[(Paint::Strong, &verdict)])?;
        } else if n == 1 {
            out.painted(&[(Paint::Strong, "also:")])?;
        }
        let day = day(summary.published);
        let origin = [Some(day), summary.source.clone()].into_iter().flatten().collect::<Vec<_>>().join(", ");
        let id = format!("  {}  ", summary.id);
        let origin = format!(", {origin}");
        out.painted(&[(Paint::Dim, &id), (Paint::Strong, &summary.title), (Paint::Dim, &origin)])?;
        let words = compared(sighting);
        let mut line = vec![(Paint::Plain, "     ")];
        line.extend(words.iter().map(|(paint, text)| (*paint, text.as_str())));
        let speaker = speaker(sighting).unwrap_or_else(|| match sighting.quote {
            Some(_) => "speaker unknown".to_owned(),
            None => "not in quotation marks".to_owned(),
        });
        line.extend([(Paint::Dim, " – "), (Paint::Speaker, speaker.as_str())]);
        out.painted(&line)?;
    }
    Ok(())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
