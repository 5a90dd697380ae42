//! The command line: one file a subcommand. Standard output is data, standard error is talk.

mod add;
mod addresses;
mod backup;
mod change;
mod completions;
mod config;
mod context;
mod doctor;
mod explain;
mod export;
mod feed;
mod fetch;
mod finding;
mod glance;
mod json;
mod keys;
mod list;
mod net;
mod open;
mod output;
mod quotes;
mod reindex;
mod revisions;
mod search;
mod show;
mod speakers;
mod verify;
mod words;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{ArgAction, Args, CommandFactory, Parser, Subcommand, ValueEnum};

use context::{Context, Talk};

use crate::error::{Error, Exit, Result};
use crate::model::Change;

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
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        help = "The library to use [env: PULLQUOTE_LIBRARY]",
        help_heading = "Global options"
    )]
    library: Option<PathBuf>,
    /// The configuration to use
    #[arg(long, global = true, value_name = "FILE", env = "PULLQUOTE_CONFIG", help_heading = "Global options")]
    config: Option<PathBuf>,
    #[arg(
        help = "Whether to use colour [env: PULLQUOTE_COLOR, NO_COLOR]",
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

#[derive(Subcommand)]
enum Command {
    Add(add::Add),
    List(list::List),
    Search(search::Search),
    Show(show::Show),
    Open(open::Open),
    Quotes(quotes::Quotes),
    Speakers(speakers::Speakers),
    Verify(verify::Verify),
    /// Bookmark articles
    Bookmark(change::Articles),
    /// Take bookmarks away
    Unbookmark(change::Articles),
    /// Mark articles as read
    Read(change::Articles),
    /// Mark articles as unread
    Unread(change::Articles),
    /// Give articles a tag, or take it away
    Tag(change::Tag),
    /// Move articles to the trash
    Trash(change::Articles),
    /// Take articles out of the trash
    Restore(change::Articles),
    #[command(subcommand)]
    Feed(feed::Command),
    Fetch(fetch::Fetch),
    Export(export::Export),
    #[command(subcommand)]
    Config(config::Config),
    /// Show the reader's keys and commands
    Keys,
    /// Check the library, the index, the configuration and the terminal
    Doctor,
    Backup(backup::Backup),
    /// Make the search index anew from the library, and detect quotes again that an older version found
    Reindex,
    Completions(completions::Completions),
    /// Write the manual page
    Man,
}

/// How a command that did not fail ended: `None` is well.
type Ended = Result<Option<Exit>>;

/// Runs the command line of this process and says its exit code.
#[must_use]
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse_from(words::told_apart(std::env::args_os().collect(), &command())) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no errors; where they cannot be printed there is nobody to read them.
            let _ = error.print();
            return code(error.use_stderr().then_some(Exit::Usage));
        }
    };
    let checks_settings = matches!(cli.command, Some(Command::Config(_) | Command::Doctor));
    let mut context = match Context::new(&cli.global, checks_settings) {
        Ok(context) => context,
        Err(error) => {
            Talk::plain().complain(&error);
            return code(Some(error.exit));
        }
    };
    let ended = perform(cli, &mut context).and_then(|ended| context.out.flush().map(|()| ended));
    ended.unwrap_or_else(|error| {
        // What was found before the failure comes first; if that cannot be written either, one complaint is enough.
        let _ = context.out.flush();
        context.talk.complain(&error);
        code(Some(error.exit))
    })
}

fn code(exit: Option<Exit>) -> ExitCode {
    ExitCode::from(exit.map_or(0, |exit| exit as u8))
}

/// The command line as a table.
fn command() -> clap::Command {
    Cli::command()
}

fn perform(cli: Cli, context: &mut Context) -> Result<ExitCode> {
    let command = match (cli.command, cli.file) {
        (Some(_), Some(file)) => {
            let stray = format!("{} stands before the command", file.display());
            return Err(Error::usage(stray).hint("give one or the other"));
        }
        (None, Some(file)) => return glance::glance(&file, context),
        (None, None) => return glance::reader(context),
        (Some(command), None) => command,
    };
    let ended = match command {
        Command::Add(add) => add.run(context),
        Command::List(list) => list.run(context),
        Command::Search(search) => search.run(context),
        Command::Show(show) => show.run(context),
        Command::Open(open) => open.run(context),
        Command::Quotes(quotes) => quotes.run(context),
        Command::Speakers(speakers) => speakers.run(context),
        Command::Verify(verify) => verify.run(context),
        Command::Bookmark(articles) => {
            articles.change(context, &Change::Bookmarked(true), "bookmarked", "was without a bookmark")
        }
        Command::Unbookmark(articles) => {
            articles.change(context, &Change::Bookmarked(false), "no longer bookmarked", "was bookmarked")
        }
        Command::Read(articles) => articles.change(context, &Change::Read(true), "marked as read", "was unread"),
        Command::Unread(articles) => articles.change(context, &Change::Read(false), "marked as unread", "was read"),
        Command::Tag(tag) => tag.run(context),
        Command::Trash(articles) => {
            articles.change(context, &Change::Trashed(true), "moved to the trash", "was outside the trash")
        }
        Command::Restore(articles) => {
            articles.change(context, &Change::Trashed(false), "taken out of the trash", "was in the trash")
        }
        Command::Feed(feed) => feed.run(context),
        Command::Fetch(fetch) => fetch.run(context),
        Command::Export(export) => export.run(context),
        Command::Config(config) => config.run(context),
        Command::Keys => keys::run(context),
        Command::Doctor => doctor::run(context),
        Command::Backup(backup) => backup.run(context),
        Command::Reindex => reindex::run(context),
        Command::Completions(completions) => completions.run(context, self::command()),
        Command::Man => completions::manual(context, &self::command()),
    };
    ended.map(code)
}
