//! `pullquote FILE`: one thing read now, nothing kept. And `pullquote`: the reader.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::Ended;
use super::context::Context;
use super::json::date;
use super::show::page;
use crate::error::{Error, Exit, Result};
use crate::library::Library;
use crate::model::Article;
use crate::quotes;
use crate::sources::files::Input;
use crate::terminal;
use crate::text::layout::Role;
use crate::workers::ingest::{self, Intake, Outcome, Tally};

/// Slips that a word may be away from the command that was meant.
const NEAR: usize = 2;

/// Opens the reader on the library.
pub fn reader(context: &Context) -> Result<ExitCode> {
    terminal::run(&context.library, context.settings.clone(), false).map(ExitCode::from)
}

/// Reads `file` and keeps nothing: in the reader on a terminal, else written out.
pub fn glance(file: &Path, context: &mut Context) -> Result<ExitCode> {
    let input = named(file)?;
    if context.out.columns().is_none() {
        return write_out(input, context).map(super::code);
    }
    let folder =
        tempfile::tempdir().map_err(|error| Error::refused(format!("there is no place for a moment: {error}")))?;
    let path = folder.path().join("library.db");
    let mut library = Library::open(&path)?;
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
                if taken > 0 {
                    context.out.line("")?;
                }
                taken += 1;
                let date = article.published.map(|published| date(published).chars().take(10).collect());
                let byline = [article.source, article.author, date];
                let byline = byline.into_iter().flatten().collect::<Vec<_>>().join(" · ");
                let mut front = vec![(Role::Title, article.title.as_str())];
                if !byline.is_empty() {
                    front.push((Role::Byline, byline.as_str()));
                }
                page(context, &front, &article.document, &quotes, None)?;
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
