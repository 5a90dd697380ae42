//! `pullquote export`: articles written for other programs.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::context::Context;
use super::json::Exported;
use super::output::json;
use super::{Ended, finding};
use crate::clock::Now;
use crate::error::{Error, Exit, Result};
use crate::export::{self, Bibliography, Epub, Reference, html, markdown};
use crate::library::Library;
use crate::model::{Feed, Id, Stored};
use crate::sources::files::unreadable;
use crate::text::counted;
use crate::workers::{draft, write_folder};

/// Write articles for other programs: as text, as pages, for bibliographies
#[derive(Args)]
pub struct Export {
    /// Only those that this query finds
    query: Vec<String>,
    /// The form
    #[arg(long, value_enum, value_name = "FORM")]
    to: To,
    /// The file; for Markdown the folder, with a file for each article. Without it: standard output
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// Replace what is there
    #[arg(long, requires = "output")]
    force: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum To {
    /// Markdown with front matter
    Markdown,
    /// One page with everything in it
    Html,
    /// A book with a chapter for each, to a file
    Epub,
    /// An object an article, which `add` reads
    Jsonl,
    /// Entries of BibTeX, which BibLaTeX reads too
    Bibtex,
    /// CSL-JSON
    Csl,
    /// RIS
    Ris,
    /// The feeds that are subscribed to, and no articles
    Opml,
}

impl Export {
    pub fn run(self, context: &mut Context) -> Ended {
        if self.to == To::Epub && self.output.is_none() {
            return Err(Error::usage("an EPUB is a file").hint("name it with -o PATH"));
        }
        let library = context.library()?;
        if let Some(path) = &self.output {
            self.refuse_place(path, &library)?;
        }
        if self.to == To::Opml {
            return self.write_feeds(context, &library.feeds()?);
        }
        let query = finding::parsed(context, &self.query.join(" "))?;
        let ids = finding::for_certain(context, &library, &query, query.order.unwrap_or_default())?;
        if ids.is_empty() {
            // What an earlier export wrote stays as it is.
            return Err(Error::refused("no article is found"));
        }
        let mut scribe = Scribe::new(self.to, context.now.clone(), ids.len());
        let written = match &self.output {
            None => scribe.write(&library, &ids, &mut |text| {
                context.out.safe(text)?;
                Ok(!context.out.is_closed())
            })?,
            Some(folder) if self.to == To::Markdown => write_folder(folder, &library, &ids)?,
            Some(file) if self.to == To::Epub => write_book(file, &library, &ids, &context.now)?,
            Some(file) => to_file(file, &library, &ids, &mut scribe)?,
        };
        if let Some(path) = &self.output {
            context.talk.say(&format!("{} written to {}", counted(written, "article"), path.display()));
        }
        Ok((written == 0).then_some(Exit::Refused))
    }

    fn write_feeds(&self, context: &mut Context, feeds: &[Feed]) -> Ended {
        if !self.query.is_empty() {
            return Err(Error::usage("a query finds articles, and OPML holds feeds").hint("leave the query out"));
        }
        if feeds.is_empty() {
            return Err(Error::refused("there are no feeds to list").hint("`pullquote feed add URL` subscribes to one"));
        }
        let text = export::opml(feeds);
        match &self.output {
            None => context.out.document(&text)?,
            Some(path) => {
                whole(path, |writer| writer.write_all(text.as_bytes()).map_err(|error| failed(path, &error)))?;
                context.talk.say(&format!("{} written to {}", counted(feeds.len(), "feed"), path.display()));
            }
        }
        Ok(None)
    }

    /// Refuses to write over the library, and over anything else that was not given up.
    fn refuse_place(&self, path: &Path, library: &Library) -> Result<()> {
        if belongs_to(library.path(), path) {
            return Err(Error::refused(format!("{} belongs to the library", path.display()))
                .hint("name another file; `pullquote backup` copies the library"));
        }
        let folder = self.to == To::Markdown && path.is_dir();
        let taken = if folder { path.read_dir().is_ok_and(|mut files| files.next().is_some()) } else { path.exists() };
        if taken && !self.force {
            let state = if folder { "is not empty" } else { "is there already" };
            return Err(
                Error::refused(format!("{} {state}", path.display())).hint("--force replaces what has the same name")
            );
        }
        Ok(())
    }
}

/// Writes articles one after the other in one form.
struct Scribe {
    to: To,
    now: Now,
    /// Articles that are asked for.
    articles: usize,
    bibliography: Bibliography,
}

impl Scribe {
    fn new(to: To, now: Now, articles: usize) -> Self {
        let form = match to {
            To::Csl => export::Form::Csl,
            To::Ris => export::Form::Ris,
            _ => export::Form::Bibtex,
        };
        Self { to, now, articles, bibliography: Bibliography::new(form) }
    }

    /// Gives what stands for each article that is still there to `put`, as long as that returns true; how many.
    fn write(&mut self, library: &Library, ids: &[Id], put: &mut dyn FnMut(&str) -> Result<bool>) -> Result<usize> {
        let mut written = 0;
        for id in ids {
            let Some(stored) = library.article(*id)? else { continue };
            if written == 0 {
                put(&self.head(&stored))?;
            }
            written += 1;
            if !put(&self.article(&stored, written)?)? {
                break;
            }
        }
        put(match self.to {
            To::Html => html::TAIL,
            To::Csl => self.bibliography.tail(),
            _ => "",
        })?;
        Ok(written)
    }

    fn head(&self, first: &Stored) -> String {
        match self.to {
            To::Html => html::head(&title(first, self.articles)),
            To::Csl => self.bibliography.head().to_owned(),
            _ => String::new(),
        }
    }

    /// What stands for `stored`, the `n`th article.
    fn article(&mut self, stored: &Stored, n: usize) -> Result<String> {
        Ok(match self.to {
            To::Markdown => {
                let gap = if n > 1 { "\n" } else { "" };
                format!("{gap}{}", markdown(&stored.article, &stored.summary.tags))
            }
            To::Html => html::article(stored, &self.now),
            To::Jsonl => json(&Exported::new(stored))? + "\n",
            To::Bibtex | To::Csl | To::Ris => self.bibliography.entry(&Reference::stored(stored, [], &self.now))?,
            // These are no text of articles.
            To::Epub | To::Opml => String::new(),
        })
    }
}

/// What `articles` together are called.
fn title(first: &Stored, articles: usize) -> String {
    if articles == 1 { first.summary.title.clone() } else { counted(articles, "article") }
}

fn write_book(path: &Path, library: &Library, ids: &[Id], now: &Now) -> Result<usize> {
    let too_much = || Error::refused("an EPUB holds no more than 65,000 articles and 4 GiB").hint("narrow the query");
    whole(path, |writer| {
        let mut put = |bytes: Vec<u8>| writer.write_all(&bytes).map_err(|error| failed(path, &error));
        let mut book = None;
        let mut written = 0;
        for id in ids {
            let Some(stored) = library.article(*id)? else { continue };
            if book.is_none() {
                let (begun, bytes) = Epub::begin(&title(&stored, ids.len()), now).ok_or_else(too_much)?;
                put(bytes)?;
                book = Some(begun);
            }
            if let Some(book) = &mut book {
                put(book.article(&stored).ok_or_else(too_much)?)?;
                written += 1;
            }
        }
        if let Some(book) = book {
            put(book.end().ok_or_else(too_much)?)?;
        }
        Ok(written)
    })
}

fn to_file(path: &Path, library: &Library, ids: &[Id], scribe: &mut Scribe) -> Result<usize> {
    whole(path, |writer| {
        scribe.write(library, ids, &mut |text| {
            writer.write_all(text.as_bytes()).map_err(|error| failed(path, &error))?;
            Ok(true)
        })
    })
}

/// The file at `path` appears when `write` has written all of it, in place of what may be there.
fn whole<T>(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<T>) -> Result<T> {
    let failed = |error: io::Error| failed(path, &error);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut draft = draft(folder).map_err(failed)?;
    let mut writer = BufWriter::new(draft.as_file_mut());
    let written = write(&mut writer)?;
    writer.flush().map_err(failed)?;
    drop(writer);
    draft.persist(path).map_err(|error| failed(error.error))?;
    Ok(written)
}

/// Whether `path` is the library, one of the files that SQLite keeps beside it, or its index or something in there.
fn belongs_to(library: &Path, path: &Path) -> bool {
    let (library, path) = (resolved(library), resolved(path));
    ["", "-wal", "-shm", "-journal", ".index"].iter().any(|suffix| {
        let mut own = library.as_os_str().to_owned();
        own.push(suffix);
        path.starts_with(own)
    })
}

/// `path` without links; where it does not exist, as far as it does.
fn resolved(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let known = path.ancestors().find_map(|known| Some((known, known.canonicalize().ok()?)));
    let whole = known.and_then(|(known, real)| {
        let rest = path.strip_prefix(known).ok()?;
        // A joined empty path would leave a slash at the end.
        Some(if rest.as_os_str().is_empty() { real } else { real.join(rest) })
    });
    whole.unwrap_or(path)
}

fn failed(path: &Path, error: &io::Error) -> Error {
    let error = unreadable(error);
    Error { message: format!("{}: {}", path.display(), error.message), ..error }
}
