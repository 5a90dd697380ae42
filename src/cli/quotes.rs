//! `pullquote quotes`: the quotations of stored articles or of files, with their speakers.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use clap::{Args, ValueEnum};
use serde_json::Value;

use super::context::Context;
use super::json::Quoted;
use super::list::Sort;
use super::output::{Out, Paint};
use super::{Ended, finding};
use crate::clock::Now;
use crate::error::{Error, Exit, Result};
use crate::export::{Bibliography, Form, Reference};
use crate::model::{Article, Order, Quote};
use crate::query::{Field, Leaf, Node};
use crate::quotes;
use crate::sources::files::Input;
use crate::text::highlight::{Needle, hits};
use crate::workers::ingest::{self, Place};

/// Names that end like this are files, whether they are there or not.
const FILES: &[&str] = &[
    ".txt",
    ".text",
    ".md",
    ".markdown",
    ".jsonl",
    ".ndjson",
    ".json",
    ".html",
    ".htm",
    ".eml",
    ".xml",
    ".csv",
    ".pdf",
];

/// Quotations with their speakers, from the library or straight from files
#[derive(Args)]
pub struct Quotes {
    /// Files (text, Markdown, JSON lines; `-` is standard input) that are read and not stored; else a query
    #[arg(value_name = "QUERY|FILE")]
    of: Vec<String>,
    /// Only those of this speaker; part of the name will do
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,
    /// At most so many quotations
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// The order of the library's articles
    #[arg(long, value_enum, value_name = "ORDER")]
    sort: Option<Sort>,
    #[command(flatten)]
    form: Wanted,
}

/// How the quotations are written.
#[derive(Args, Clone, Copy)]
#[group(multiple = false)]
struct Wanted {
    /// One object an article; offsets count Unicode code points
    #[arg(long)]
    json: bool,
    /// With citation: to paste, for tables, for bibliographies
    #[arg(long, value_enum, value_name = "FORM")]
    to: Option<To>,
    /// The same as --to csv
    #[arg(long)]
    csv: bool,
    /// The same as --to markdown
    #[arg(long)]
    markdown: bool,
    /// Each with the rules that found it, step by step
    #[arg(long)]
    explain: bool,
}

/// A form with citation, as the command line has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum To {
    /// Block quotations to paste
    Markdown,
    /// The words, and below them where they stand
    Plain,
    /// Comma-separated values with a head line
    Csv,
    /// An object a quotation
    Jsonl,
    /// An entry an article, its quotations in a note
    Bibtex,
    /// CSL-JSON: an item an article, its quotations in a note
    Csl,
    /// A record an article, a note for each quotation
    Ris,
}

impl Wanted {
    /// The form with citation that is wanted, if any.
    fn cited(self) -> Option<Form> {
        let to = self.to.or(self.csv.then_some(To::Csv)).or(self.markdown.then_some(To::Markdown))?;
        Some(match to {
            To::Markdown => Form::Markdown,
            To::Plain => Form::Plain,
            To::Csv => Form::Csv,
            To::Jsonl => Form::Jsonl,
            To::Bibtex => Form::Bibtex,
            To::Csl => Form::Csl,
            To::Ris => Form::Ris,
        })
    }
}

/// An article whose quotations are asked for.
struct Subject {
    id: Value,
    article: Article,
    quotes: Vec<Quote>,
    /// When it was added, in seconds since 1970; `None` for a file, which is not.
    added: Option<i64>,
}

impl Quotes {
    pub fn run(self, context: &mut Context) -> Ended {
        self.refuse_missing_files()?;
        let cited = self.form.cited().map(Bibliography::new);
        let mut scribe = Scribe {
            json: self.form.json,
            explain: self.form.explain,
            cited,
            speaker: self.speaker.as_deref().map(|name| Needle::new(name, false)),
            now: context.now.clone(),
            left: self.limit.unwrap_or(usize::MAX),
            found: 0,
            phrases: 0,
        };
        if let Some(bibliography) = &scribe.cited {
            context.out.document(bibliography.head())?;
        }
        let ended = if self.names_files() {
            self.of_files(context, &mut scribe)
        } else {
            self.of_library(context, &mut scribe)
        }?;
        if let Some(bibliography) = &scribe.cited {
            context.out.document(bibliography.tail())?;
        }
        if ended.is_some() || scribe.found > 0 {
            return Ok(ended);
        }
        context.talk.say(match scribe.phrases {
            0 => "no quotation is found",
            _ => "no speech is found, only quoted phrases; --json shows these too",
        });
        Ok(Some(Exit::Refused))
    }

    fn names_files(&self) -> bool {
        self.of.iter().any(|name| name == "-" || Path::new(name).exists() || name.contains("://"))
    }

    /// A name of a file that is not there would be a query that finds nothing, or the wrong thing.
    fn refuse_missing_files(&self) -> Result<()> {
        let is_file = |name: &str| {
            let path = ["/", "./", "../", "~/"].iter().any(|start| name.starts_with(start));
            let lower = name.to_lowercase();
            path || !name.contains([' ', ':'])
                && FILES.iter().any(|end| lower.len() > end.len() && lower.ends_with(end))
        };
        match self.of.iter().find(|name| is_file(name) && !Path::new(name).exists()) {
            Some(name) => Err(Error::refused(format!("{name}: there is no such file or folder"))
                .hint("a query with a word like this stands in quotation marks: '\"…\"'")),
            None => Ok(()),
        }
    }

    fn of_files(self, context: &mut Context, scribe: &mut Scribe) -> Ended {
        let inputs = self.of.iter().map(|name| Input::named(&PathBuf::from(name))).collect::<Result<Vec<_>>>()?;
        let (mut refused, mut taken) = (0, 0);
        let never = Arc::new(AtomicBool::new(false));
        let detect = |place: &Place, article: Article| {
            let quotes = quotes::detect_in(&article);
            Subject { id: identity(place, &article), article, quotes, added: None }
        };
        let read = ingest::read(inputs, None, &never, detect, &mut |place, subject| {
            if context.out.is_closed() || scribe.left == 0 {
                return Err(Error::refused("nobody reads any more"));
            }
            match subject {
                Ok(subject) => {
                    taken += 1;
                    scribe.write(&mut context.out, &subject)?;
                }
                Err(error) => {
                    refused += 1;
                    context.talk.refuse(&place.shown(), &error);
                }
            }
            Ok(())
        });
        if !context.out.is_closed() && scribe.left > 0 {
            read?;
        }
        Ok(match (taken, refused) {
            (0, 1..) => Some(Exit::Refused),
            (_, 1..) => Some(Exit::Partly),
            _ => None,
        })
    }

    fn of_library(self, context: &mut Context, scribe: &mut Scribe) -> Ended {
        let library = context.library()?;
        let mut query = finding::parsed(context, &self.of.join(" "))?;
        if let Some(name) = self.speaker {
            // The index knows the articles: nobody need look through all of them.
            let by = Leaf::Words { field: Field::Speaker, text: name, quoted: false, exact: false, prefix: false };
            query.root = Some(Node::All(query.root.into_iter().chain([Node::Leaf(by)]).collect()));
        }
        let order = self.sort.map(Order::from).or(query.order).unwrap_or_default();
        let ids = finding::in_order(context, &library, &query, order, None)?;
        for id in ids {
            let Some(stored) = library.article(id)? else { continue };
            let added = Some(stored.added);
            let subject = Subject { id: id.into(), article: stored.article, quotes: stored.quotes, added };
            scribe.write(&mut context.out, &subject)?;
            if context.out.is_closed() || scribe.left == 0 {
                break;
            }
        }
        Ok(None)
    }
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

/// Writes the quotations of one article after the other in the form that is wanted.
struct Scribe {
    json: bool,
    explain: bool,
    cited: Option<Bibliography>,
    speaker: Option<Needle>,
    now: Now,
    /// Quotations that may still be written.
    left: usize,
    /// Quotations written.
    found: usize,
    /// Quotations passed over, since they are nobody's speech.
    phrases: usize,
}

impl Scribe {
    fn write(&mut self, out: &mut Out, subject: &Subject) -> Result<()> {
        if self.explain {
            let (lines, found) = super::explain::explain(&subject.article, self.left, |quote| self.wants(quote));
            self.found += found;
            self.left -= found;
            for line in lines {
                let parts: Vec<(Paint, &str)> = line.iter().map(|(paint, text)| (*paint, text.as_str())).collect();
                out.painted(&parts)?;
            }
            return Ok(());
        }
        let mut wanted: Vec<Quote> = subject.quotes.iter().filter(|quote| self.wants(quote)).cloned().collect();
        if !self.json && !self.cited.as_ref().is_some_and(Bibliography::takes_phrases) {
            let all = wanted.len();
            wanted.retain(|quote| quote.speech);
            self.phrases += all - wanted.len();
        }
        wanted.truncate(self.left);
        self.found += wanted.len();
        self.left -= wanted.len();
        let Subject { id, article, added, .. } = subject;
        // Whoever reads objects wants one for each article, but not for those that have nothing by a speaker.
        if wanted.is_empty() && (self.speaker.is_some() || !self.json) {
            return Ok(());
        }
        if self.json {
            return out.json(&Quoted::new(id.clone(), &article.title, &article.document, &wanted));
        }
        if let Some(bibliography) = &mut self.cited {
            let reference = Reference::new(plain(id), article, &wanted, *added, &self.now);
            return out.safe(&bibliography.entry(&reference)?);
        }
        if out.columns().is_some() {
            return readable(out, id, article, &wanted);
        }
        let id = plain(id);
        for quote in &wanted {
            out.fields(&[&id, &speaker(quote), &one_line(article.document.slice(&quote.span))])?;
        }
        Ok(())
    }

    fn wants(&self, quote: &Quote) -> bool {
        let Some(needle) = &self.speaker else { return true };
        quote.speaker.as_deref().is_some_and(|name| !hits(name, std::slice::from_ref(needle)).is_empty())
    }
}

/// The speaker as people read it; a question mark where it is doubtful.
fn speaker(quote: &Quote) -> String {
    let name = quote.named().unwrap_or_default();
    if quote.is_doubtful() && !name.is_empty() { format!("{name}?") } else { name }
}

fn readable(out: &mut Out, id: &Value, article: &Article, quotes: &[Quote]) -> Result<()> {
    out.painted(&[(Paint::Dim, &format!("{} ", plain(id))), (Paint::Strong, &article.title)])?;
    for quote in quotes {
        let words = one_line(article.document.slice(&quote.span));
        let (name, role) = (speaker(quote), quote.described().map(|role| format!(", {role}")));
        let mut line = vec![(Paint::Plain, "  "), (Paint::Speech, words.as_str())];
        if !name.is_empty() {
            line.extend([(Paint::Dim, " – "), (Paint::Speaker, name.as_str())]);
        }
        line.extend(role.as_deref().map(|role| (Paint::Dim, role)));
        out.painted(&line)?;
    }
    out.line("")
}

fn plain(id: &Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
