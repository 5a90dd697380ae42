//! `pullquote FILE`: one thing read now, nothing kept. And `pullquote`: the reader.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::Ended;
use super::context::Context;
use super::json::day;
use super::net::Line;
use super::show::page;
use crate::error::{Error, Exit, Result};
use crate::library::Library;
use crate::model::{Article, Quote};
use crate::quotes;
use crate::sources::files::Input;
use crate::sources::http::{is_address, shown};
use crate::terminal;
use crate::text::layout::Role;
use crate::workers::ingest::{self, Intake, Outcome, Tally};
use crate::workers::subscribing;

/// Slips that a word may be away from the command that was meant.
const NEAR: usize = 2;

/// Opens the reader on the library.
pub fn reader(context: &Context) -> Result<ExitCode> {
    terminal::run(&context.library, context.settings.clone(), false).map(ExitCode::from)
}

/// Reads `file` and keeps nothing: in the reader on a terminal, else written out.
pub fn glance(file: &Path, context: &mut Context) -> Result<ExitCode> {
    if let Some(address) = file.to_str().filter(|name| is_address(name)) {
        return glance_at_web(address, context);
    }
    let input = named(file)?;
    if context.out.columns().is_none() {
        return write_out(input, context).map(super::code);
    }
    let (_folder, path, mut library) = for_a_moment()?;
    let intake = Intake { inputs: vec![input], ..Intake::default() };
    let mut tally = Tally::default();
    let talk = &mut context.talk;
    ingest::add(
        Some(&mut library),
        None,
        intake,
        context.now.seconds,
        &never(),
        &mut tally,
        &mut |place, _, outcome| {
            if let Outcome::Refused(error) = outcome {
                talk.refuse(&place.shown(), error);
            }
            Ok(())
        },
    )?;
    drop(library);
    if tally.taken() == 0 {
        return Ok(super::code(Some(Exit::Refused)));
    }
    match terminal::run(&path, context.settings.clone(), true)? {
        0 if tally.refused > 0 => Ok(super::code(Some(Exit::Partly))),
        code => Ok(ExitCode::from(code)),
    }
}

/// Reads what is at `address`: a page, or the entries of a feed.
fn glance_at_web(address: &str, context: &mut Context) -> Result<ExitCode> {
    let line = Line::open(context)?;
    let now = context.now.seconds;
    let articles = subscribing::articles(address, line.net(), now)
        .map_err(|error| Error { message: format!("{}: {}", shown(address), error.message), ..error })?;
    if context.out.columns().is_none() {
        for (n, article) in articles.into_iter().enumerate() {
            let quotes = quotes::detect_in(&article);
            write(context, article, &quotes, n == 0)?;
        }
        return Ok(super::code(None));
    }
    let (_folder, path, mut library) = for_a_moment()?;
    for article in articles {
        ingest::store(&mut library, article, now)?;
    }
    drop(library);
    terminal::run(&path, context.settings.clone(), true).map(ExitCode::from)
}

/// A library that is gone when the folder is.
fn for_a_moment() -> Result<(tempfile::TempDir, PathBuf, Library)> {
    let folder =
        tempfile::tempdir().map_err(|error| Error::refused(format!("there is no place for a moment: {error}")))?;
    let path = folder.path().join("library.db");
    let library = Library::open(&path)?;
    Ok((folder, path, library))
}

fn never() -> Arc<AtomicBool> {
    Arc::new(AtomicBool::new(false))
}

/// The input that `file` names; where there is none, it may be a command with a slip in it.
fn named(file: &Path) -> Result<Input> {
    let input = Input::named(file)?;
    let word = file.to_str().filter(|word| !file.exists() && !word.contains(['/', '.']) && *word != "-");
    let Some(word) = word else { return Ok(input) };
    let commands = super::command();
    let near = commands
        .get_subcommands()
        .map(|command| (strsim::damerau_levenshtein(word, command.get_name()), command.get_name()))
        .min()
        .filter(|(distance, _)| *distance <= NEAR);
    let error = Error::usage(format!("{word}: there is no such command or file"));
    Err(match near {
        Some((_, name)) => error.hint(format!("did you mean `pullquote {name}`?")),
        None => error.hint("`pullquote --help` lists the commands"),
    })
}

fn write_out(input: Input, context: &mut Context) -> Ended {
    let (mut taken, mut refused) = (0, 0);
    let look = |_: &ingest::Place, article: Article| {
        let quotes = quotes::detect_in(&article);
        (article, quotes)
    };
    ingest::read(vec![input], None, &never(), look, &mut |place, read| {
        match read {
            Ok((article, quotes)) => {
                write(context, article, &quotes, taken == 0)?;
                taken += 1;
            }
            Err(error) => {
                refused += 1;
                context.talk.refuse(&place.shown(), &error);
            }
        }
        Ok(())
    })?;
    Ok(match (taken, refused) {
        (0, _) => Some(Exit::Refused),
        (_, 1..) => Some(Exit::Partly),
        _ => None,
    })
}

/// Writes an article out, set apart from the one before it.
fn write(context: &mut Context, article: Article, quotes: &[Quote], first: bool) -> Result<()> {
    if !first {
        context.out.line("")?;
    }
    let date = article.published.map(day);
    let byline = [article.source, article.author, date];
    let byline = byline.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let mut front = vec![(Role::Title, article.title.as_str())];
    if !byline.is_empty() {
        front.push((Role::Byline, byline.as_str()));
    }
    page(context, &front, &article.document, quotes, None)
}
