//! The command line: one file a subcommand. Standard output is data, standard error is talk.

mod add;
mod code_points;
mod context;
mod finding;
mod json;
mod output;
mod quotes;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use context::{Context, Talk};

use crate::error::{Error, Exit, Result};

/// A reading room in the terminal: articles with their quotations lit and their speakers named.
#[derive(Parser)]
#[command(name = "pullquote", version, disable_help_subcommand = true, subcommand_precedence_over_arg = true)]
#[command(max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Option<Command>,
    /// Read this now and keep nothing; `-` is standard input. Without it: open the reader
    file: Option<PathBuf>,
}

/// Flags that every command takes.
#[derive(Args)]
struct Global {
    /// The library to use [env: PULLQUOTE_LIBRARY]
    #[arg(long, global = true, value_name = "FILE", help_heading = "Global options")]
    library: Option<PathBuf>,
    /// The configuration to use
    #[arg(long, global = true, value_name = "FILE", env = "PULLQUOTE_CONFIG", help_heading = "Global options")]
    config: Option<PathBuf>,
    /// Whether to use colour [env: PULLQUOTE_COLOR, NO_COLOR]
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "WHEN",
        default_value = "auto",
        help_heading = "Global options"
    )]
    color: Colour,
    /// Say only what went wrong
    #[arg(short, long, global = true, help_heading = "Global options")]
    quiet: bool,
    /// Say more
    #[arg(short, long, global = true, action = ArgAction::Count, help_heading = "Global options")]
    verbose: u8,
    /// Also write messages to the end of this file
    #[arg(long, global = true, value_name = "FILE", env = "PULLQUOTE_LOG", help_heading = "Global options")]
    log: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Colour {
    /// On a terminal
    Auto,
    Always,
    Never,
}

impl Colour {
    fn wanted(self) -> Option<bool> {
        match self {
            Self::Auto => None,
            Self::Always => Some(true),
            Self::Never => Some(false),
        }
    }
}

#[derive(Subcommand)]
enum Command {
    Add(add::Add),
    Quotes(quotes::Quotes),
}

/// How a command that did not fail ended: `None` is well.
type Ended = Result<Option<Exit>>;

/// Runs the command line of this process and says its exit code.
#[must_use]
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no errors; where they cannot be printed there is nobody to read them.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { Exit::Usage as u8 } else { 0 });
        }
    };
    let mut context = match Context::new(&cli.global) {
        Ok(context) => context,
        Err(error) => {
            Talk::plain().complain(&error);
            return ExitCode::from(error.exit as u8);
        }
    };
    let ended = perform(cli, &mut context).and_then(|ended| context.out.flush().map(|()| ended));
    match ended {
        Ok(ended) => ExitCode::from(ended.map_or(0, |exit| exit as u8)),
        Err(error) => {
            // What was found before the failure comes first.
            let _ = context.out.flush();
            context.talk.complain(&error);
            ExitCode::from(error.exit as u8)
        }
    }
}

fn perform(cli: Cli, context: &mut Context) -> Ended {
    match (cli.command, cli.file) {
        (Some(_), Some(file)) => {
            Err(Error::usage(format!("{} stands before the command", file.display())).hint("give one or the other"))
        }
        (Some(Command::Add(add)), None) => add.run(context),
        (Some(Command::Quotes(quotes)), None) => quotes.run(context),
        (None, Some(_)) | (None, None) => Err(Error::refused("not yet")),
    }
}
