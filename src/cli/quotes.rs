//! `pullquote quotes`: the quotations of stored articles or of files, with their speakers.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use clap::Args;
use serde_json::Value;

use super::context::Context;
use super::json::{Quoted, date};
use super::output::{Paint, json};
use super::{Ended, finding};
use crate::error::{Error, Exit, Result};
use crate::model::{Article, Quote};
use crate::quotes;
use crate::sources::files::Input;
use crate::text::highlight::{Needle, hits};
use crate::workers::ingest::{self, Place};

/// Quotations with their speakers, from the library or straight from files
#[derive(Args)]
pub struct Quotes {
    /// Files (text, Markdown, JSON lines; `-` is standard input) that are read and not stored; else a query
    #[arg(value_name = "QUERY|FILE")]
    of: Vec<String>,
    /// Only those of this speaker; part of the name will do
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,
    #[command(flatten)]
    form: Form,
}

/// How the quotations are written.
#[derive(Args, Clone, Copy)]
#[group(multiple = false)]
struct Form {
    /// One object an article; offsets count Unicode code points
    #[arg(long)]
    json: bool,
    /// Comma-separated values with a head line
    #[arg(long)]
    csv: bool,
    /// Block quotations to paste
    #[arg(long)]
    markdown: bool,
    /// Each with the rules that found it, step by step
    #[arg(long)]
    explain: bool,
}

/// An article whose quotations are asked for.
struct Subject {
    id: Value,
    article: Article,
    quotes: Vec<Quote>,
}

/// Lines ready to be written, and how many quotations they hold.
struct Written {
    lines: Vec<Line>,
    quotes: usize,
}

enum Line {
    Painted(Vec<(Paint, String)>),
    Json(String),
    /// Set apart by tabs.
    Fields([String; 3]),
}

impl Line {
    fn plain(text: String) -> Self {
        Self::Painted(vec![(Paint::Plain, text)])
    }
}

impl Quotes {
    pub fn run(self, context: &mut Context) -> Ended {
        let scribe = Scribe {
            form: self.form,
            speaker: self.speaker.as_deref().map(|name| Needle::new(name, false)),
            on_terminal: context.out.columns().is_some(),
        };
        if self.form.csv {
            context.out.line("id,title,start,end,speech,speaker,confidence,quote")?;
        }
        if self.names_files() { self.of_files(context, scribe) } else { self.of_library(context, &scribe) }
    }

    fn names_files(&self) -> bool {
        self.of.iter().any(|name| name == "-" || Path::new(name).exists() || name.contains("://"))
    }

    fn of_files(self, context: &mut Context, scribe: Scribe) -> Ended {
        let inputs = self.of.iter().map(|name| Input::named(&PathBuf::from(name))).collect::<Result<Vec<_>>>()?;
        let (mut found, mut refused, mut taken) = (0, 0, 0);
        let never = Arc::new(AtomicBool::new(false));
        let write = move |place: &Place, article: Article| {
            let quotes = quotes::detect_in(&article);
            scribe.write(&Subject { id: identity(place, &article), article, quotes })
        };
        let read = ingest::read(inputs, None, &never, write, &mut |place, written| {
            if context.out.is_closed() {
                return Err(Error::refused("nobody reads any more"));
            }
            match written.and_then(|written| written) {
                Ok(written) => {
                    taken += 1;
                    found += written.quotes;
                    put(context, written)?;
                }
                Err(error) => {
                    refused += 1;
                    context.talk.refuse(&place.shown(), &error);
                }
            }
            Ok(())
        });
        if !context.out.is_closed() {
            read?;
        }
        Ok(match (taken, refused) {
            (0, 1..) => Some(Exit::Refused),
            (_, 1..) => Some(Exit::Partly),
            _ => (found == 0).then_some(Exit::Refused),
        })
    }

    fn of_library(self, context: &mut Context, scribe: &Scribe) -> Ended {
        let library = context.library()?;
        let query = finding::parsed(&self.of.join(" "))?;
        let ids = finding::in_order(context, &library, &query, query.order.unwrap_or_default(), None)?;
        let mut found = 0;
        for id in ids {
            let Some(stored) = library.article(id)? else { continue };
            let subject = Subject { id: id.into(), article: stored.article, quotes: stored.quotes };
            let written = scribe.write(&subject)?;
            found += written.quotes;
            put(context, written)?;
            if context.out.is_closed() {
                break;
            }
        }
        Ok((found == 0).then_some(Exit::Refused))
    }
}

fn put(context: &mut Context, written: Written) -> Result<()> {
    for line in written.lines {
        match line {
            Line::Painted(parts) => {
                let parts: Vec<(Paint, &str)> = parts.iter().map(|(paint, text)| (*paint, text.as_str())).collect();
                context.out.painted(&parts)?;
            }
            Line::Json(text) => context.out.line_of_json(&text)?,
            Line::Fields(fields) => context.out.fields(&fields.each_ref().map(String::as_str))?,
        }
    }
    Ok(())
}

/// What a script calls the article of a file: a record's own id, else the file's name.
fn identity(place: &Place, article: &Article) -> Value {
    let stem = &place.origin.stem;
    match (place.line, &article.guid) {
        (Some(_), Some(guid)) => guid.as_str().into(),
        (Some(line), None) => format!("{stem}:{line}").into(),
        (None, _) => stem.as_str().into(),
    }
}

/// Writes articles in the form that is wanted.
struct Scribe {
    form: Form,
    speaker: Option<Needle>,
    on_terminal: bool,
}

impl Scribe {
    fn write(&self, subject: &Subject) -> Result<Written> {
        let Subject { id, article, quotes } = subject;
        if self.form.explain {
            let (lines, quotes) = super::explain::explain(article, |quote| self.wants(quote));
            return Ok(Written { lines: lines.into_iter().map(Line::Painted).collect(), quotes });
        }
        let wanted: Vec<Quote> = quotes.iter().filter(|quote| self.wants(quote)).cloned().collect();
        if wanted.is_empty() && (self.speaker.is_some() || !self.form.json) {
            return Ok(Written { lines: Vec::new(), quotes: 0 });
        }
        let document = &article.document;
        let lines = if self.form.json {
            let quoted = Quoted::new(id.clone(), &article.title, document, &wanted);
            vec![Line::Json(json(&quoted)?)]
        } else if self.form.csv {
            csv(id, article, &wanted)
        } else if self.form.markdown {
            speeches(&wanted).flat_map(|quote| markdown(article, quote)).collect()
        } else if self.on_terminal {
            readable(id, article, &wanted)
        } else {
            let id = plain(id);
            let fields = |quote: &Quote| [id.clone(), speaker(quote), one_line(document.slice(&quote.span))];
            speeches(&wanted).map(|quote| Line::Fields(fields(quote))).collect()
        };
        Ok(Written { lines, quotes: wanted.len() })
    }

    fn wants(&self, quote: &Quote) -> bool {
        let Some(needle) = &self.speaker else { return true };
        quote.speaker.as_deref().is_some_and(|name| !hits(name, std::slice::from_ref(needle)).is_empty())
    }
}

fn speeches(quotes: &[Quote]) -> impl Iterator<Item = &Quote> {
    quotes.iter().filter(|quote| quote.speech)
}

/// The speaker as people read it; a question mark where it is doubtful.
fn speaker(quote: &Quote) -> String {
    let name = quote.speaker.clone().unwrap_or_default();
    if quote.is_doubtful() && !name.is_empty() { format!("{name}?") } else { name }
}

fn readable(id: &Value, article: &Article, quotes: &[Quote]) -> Vec<Line> {
    let mut lines = Vec::new();
    for quote in speeches(quotes) {
        if lines.is_empty() {
            lines.push(Line::Painted(vec![
                (Paint::Dim, format!("{} ", plain(id))),
                (Paint::Strong, article.title.clone()),
            ]));
        }
        let mut line = vec![(Paint::Plain, "  ".to_owned())];
        line.push((Paint::Speech, one_line(article.document.slice(&quote.span))));
        let name = speaker(quote);
        if !name.is_empty() {
            line.extend([(Paint::Dim, " – ".to_owned()), (Paint::Speaker, name)]);
        }
        if let Some(role) = &quote.role {
            line.push((Paint::Dim, format!(", {role}")));
        }
        lines.push(Line::Painted(line));
    }
    if !lines.is_empty() {
        lines.push(Line::plain(String::new()));
    }
    lines
}

fn markdown(article: &Article, quote: &Quote) -> Vec<Line> {
    let text = article.document.slice(&quote.span);
    let mut lines: Vec<String> = text.lines().map(|line| format!("> {line}").trim_end().to_owned()).collect();
    let mut from = vec![speaker(quote)];
    from.push(format!("*{}*", article.title));
    from.extend(article.source.clone());
    from.extend(article.published.map(|published| date(published).chars().take(10).collect()));
    from.retain(|part| !part.is_empty());
    lines.extend([">".to_owned(), format!("> — {}", from.join(", ")), String::new()]);
    lines.into_iter().map(Line::plain).collect()
}

fn csv(id: &Value, article: &Article, quotes: &[Quote]) -> Vec<Line> {
    let points = super::code_points::CodePoints::new(article.document.text());
    let line = |quote: &Quote| {
        let [start, end] = points.span(&quote.span);
        let fields = [
            plain(id),
            article.title.clone(),
            start.to_string(),
            end.to_string(),
            quote.speech.to_string(),
            quote.speaker.clone().unwrap_or_default(),
            format!("{:.2}", quote.confidence),
            article.document.slice(&quote.span).to_owned(),
        ];
        Line::plain(fields.map(|field| cell(&field)).join(","))
    };
    quotes.iter().map(line).collect()
}

/// A field of comma-separated values (RFC 4180).
fn cell(text: &str) -> String {
    if text.contains(['"', ',', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

fn plain(id: &Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
