//! `pullquote config`: where the configuration is, what it may say, whether it is right.

use std::path::Path;
use std::process::Command;

use clap::Subcommand;

use super::Ended;
use super::context::{self, Context, variable};
use crate::config::example;
use crate::error::{Error, Exit, Result};
use crate::sources::files::unreadable;

/// The configuration file
#[derive(Clone, Copy, Subcommand)]
pub enum Config {
    /// Say where it is
    Path,
    /// Write one that has every option with its default
    Example,
    /// Say what is wrong with it
    Check,
    /// Open it in $VISUAL or $EDITOR, and check it then
    Edit,
}

impl Config {
    pub fn run(self, context: &mut Context) -> Ended {
        match self {
            Self::Path => context.out.line(&context.config.display().to_string()).map(|()| None),
            Self::Example => context.out.document(&example()).map(|()| None),
            Self::Check => check(context),
            Self::Edit => {
                edit(&context.config)?;
                check(context)
            }
        }
    }
}

fn check(context: &mut Context) -> Ended {
    let (_, problems) = context::settings(&context.config)?;
    for problem in &problems {
        context.out.line(&problem.shown())?;
    }
    if problems.is_empty() {
        let path = context.config.display();
        let well = if context.config.exists() {
            format!("{path} is right")
        } else {
            format!("there is no {path}; the defaults count")
        };
        context.talk.say(&well);
    }
    Ok((!problems.is_empty()).then_some(Exit::Usage))
}

fn edit(path: &Path) -> Result<()> {
    let editor = ["VISUAL", "EDITOR"].into_iter().find_map(variable);
    let editor = editor.ok_or_else(|| {
        Error::usage("neither VISUAL nor EDITOR names an editor").hint(format!("the file is {}", path.display()))
    })?;
    let failed = |error: std::io::Error| {
        let error = unreadable(&error);
        Error { message: format!("{}: {}", path.display(), error.message), ..error }
    };
    if !path.exists() {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        std::fs::write(path, example()).map_err(failed)?;
    }
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or("vi");
    let status = Command::new(program).args(words).arg(path).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Error::refused(format!("{program} failed ({status})"))),
        Err(error) => Err(Error::refused(format!("{program}: {error}")).hint("VISUAL or EDITOR names the editor")),
    }
}
