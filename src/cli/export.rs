//! `pullquote export`: articles written for other programs.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::context::Context;
use super::json::Exported;
use super::output::json;
use super::{Ended, finding};
use crate::error::{Error, Exit, Result};
use crate::export::markdown;
use crate::library::Library;
use crate::model::{Id, Stored};
use crate::sources::files::unreadable;
use crate::workers::{draft, write_folder};

/// Write articles as Markdown or JSON lines
#[derive(Args)]
pub struct Export {
    /// Only those that this query finds
    query: Vec<String>,
    /// The form
    #[arg(long, value_enum, value_name = "FORM")]
    to: Form,
    /// The file; for Markdown the folder, with a file for each article. Without it: standard output
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    Markdown,
    Jsonl,
}

impl Export {
    pub fn run(self, context: &mut Context) -> Ended {
        let library = context.library()?;
        if let Some(path) = self.output.as_deref().filter(|path| belongs_to(library.path(), path)) {
            return Err(Error::refused(format!("{} belongs to the library", path.display()))
                .hint("name another file; `pullquote backup` copies the library"));
        }
        let query = finding::parsed(&self.query.join(" "))?;
        let ids = finding::for_certain(context, &library, &query, query.order.unwrap_or_default())?;
        if ids.is_empty() {
            // What an earlier export wrote stays as it is.
            return Err(Error::refused("no article is found"));
        }
        let written = match (&self.output, self.to) {
            (None, form) => to_standard_output(context, &library, &ids, form)?,
            (Some(folder), Form::Markdown) => write_folder(folder, &library, &ids)?,
            (Some(file), Form::Jsonl) => to_file(file, &library, &ids)?,
        };
        if let Some(path) = &self.output {
            let articles = if written == 1 { "article" } else { "articles" };
            context.talk.say(&format!("{written} {articles} written to {}", path.display()));
        }
        Ok((written == 0).then_some(Exit::Refused))
    }
}

/// Calls `write` for each article that is still there, as long as it returns true; how many.
fn each(library: &Library, ids: &[Id], mut write: impl FnMut(&Stored) -> Result<bool>) -> Result<usize> {
    let mut written = 0;
    for id in ids {
        let Some(stored) = library.article(*id)? else { continue };
        written += 1;
        if !write(&stored)? {
            break;
        }
    }
    Ok(written)
}

fn to_standard_output(context: &mut Context, library: &Library, ids: &[Id], form: Form) -> Result<usize> {
    let mut first = true;
    each(library, ids, |stored| {
        match form {
            Form::Jsonl => context.out.json(&Exported::new(stored))?,
            Form::Markdown => {
                if !std::mem::take(&mut first) {
                    context.out.line("")?;
                }
                context.out.document(&markdown(&stored.article, &stored.summary.tags))?;
            }
        }
        Ok(!context.out.is_closed())
    })
}

/// The file appears when it is whole, in place of what may be there.
fn to_file(path: &Path, library: &Library, ids: &[Id]) -> Result<usize> {
    let failed = |error: io::Error| failed(path, &error);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut draft = draft(folder).map_err(failed)?;
    let mut writer = BufWriter::new(draft.as_file_mut());
    let written = each(library, ids, |stored| {
        writeln!(writer, "{}", json(&Exported::new(stored))?).map_err(failed)?;
        Ok(true)
    })?;
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
