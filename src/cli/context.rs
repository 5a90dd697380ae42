//! What every command has at hand: where things are, what the reader set, the clock, and the two ways out.

use std::fs::{File, OpenOptions};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::output::Out;
use super::{Colour, Global};
use crate::app::commands;
use crate::clock::Now;
use crate::config::{ColorChoice, Problem, Settings};
use crate::error::{Error, Result};
use crate::library::Library;
use crate::model::Conversion;
use crate::paths::Paths;
use crate::sources::files::unreadable;
use crate::text::clean::shown;
use crate::workers::ingest;

/// What may go on without a word.
const A_MOMENT: Duration = Duration::from_millis(300);

/// The surroundings of a command.
pub struct Context {
    pub out: Out,
    pub talk: Talk,
    pub now: Now,
    pub settings: Settings,
    pub library: PathBuf,
    pub config: PathBuf,
}

/// Messages to the reader, on standard error and in the log.
pub struct Talk {
    quiet: bool,
    pub verbose: bool,
    log: Option<File>,
}

impl Context {
    /// What flags, environment and settings ask for. What is wrong with the settings is said, but for a command that
    /// `checks_settings` itself.
    pub fn new(global: &Global, checks_settings: bool) -> Result<Self> {
        let paths = Paths::standard();
        let config = global.config.clone().unwrap_or(paths.config);
        let (mut settings, problems) = settings(&config)?;
        settings.credentials = config.with_file_name("credentials.toml");
        settings.elsewhere = paths.elsewhere;
        match global.color {
            Colour::Auto => {}
            Colour::Always => settings.color = ColorChoice::Always,
            Colour::Never => settings.color = ColorChoice::Never,
        }
        let log = global.log.as_ref().map(|path| {
            let opened = OpenOptions::new().create(true).append(true).open(path);
            opened.map_err(|error| {
                Error::usage(format!("{}: {error}", path.display())).hint("name another file with --log")
            })
        });
        let mut talk = Talk { quiet: global.quiet, verbose: global.verbose > 0, log: log.transpose()? };
        for problem in problems.iter().filter(|_| !checks_settings) {
            talk.say(&format!("pullquote: {problem}"));
        }
        Ok(Self {
            out: Out::standard(colour(&settings)),
            talk,
            now: Now::read(),
            library: global.library.clone().or_else(|| settings.library.clone()).unwrap_or(paths.library),
            settings,
            config,
        })
    }

    /// The library; one that is made for this gets the welcome articles.
    pub fn library(&mut self) -> Result<Library> {
        let is_new = !self.library.exists();
        let mut library = self.bare_library()?;
        if is_new {
            ingest::welcome(&mut library, self.now.seconds)?;
        }
        Ok(library)
    }

    /// The library, made empty where there is none.
    pub fn bare_library(&mut self) -> Result<Library> {
        self.convert()?;
        Library::open(&self.library)
    }

    /// The library, which must be there.
    pub fn library_there(&mut self) -> Result<Library> {
        self.convert()?;
        Library::open_existing(&self.library)
    }

    /// Brings a library of an earlier version to its new form, and says so where that takes longer than a moment.
    fn convert(&mut self) -> Result<()> {
        if !Library::is_older(&self.library)? {
            return Ok(());
        }
        let shown = self.talk.shows_progress();
        let began = now();
        let mut kept_at = None;
        let converted = Library::convert(&self.library, &Arc::default(), &mut |step| {
            if !shown || now().duration_since(began) < A_MOMENT {
                return;
            }
            let doing = match step {
                Conversion::Waiting => "waiting for another pullquote that uses the library".to_owned(),
                Conversion::Copying { kept, done, of } => {
                    let percent = done * 100 / of.max(1);
                    let doing = format!("bringing the library to its new form: copied to {percent} %");
                    kept_at = Some(kept);
                    doing
                }
                Conversion::Converting { kept } => {
                    kept_at = Some(kept);
                    "bringing the library to its new form: sorting what it has".to_owned()
                }
            };
            // What cannot be written is not missed.
            let _ = write!(io::stderr().lock(), "\r\x1b[K{doing}");
        });
        if shown && now().duration_since(began) >= A_MOMENT {
            let _ = write!(io::stderr().lock(), "\r\x1b[K");
        }
        if let (Ok(()), Some(kept)) = (&converted, kept_at) {
            self.talk.say(&format!("the library has its new form; as it was it is kept at {}", kept.display()));
        }
        converted
    }
}

#[expect(clippy::disallowed_methods, reason = "how long somebody waits is measured here, at the edge")]
fn now() -> Instant {
    Instant::now()
}

/// Whether there is colour, where it is not left to the terminal: what the flag and the settings say, then `NO_COLOR` as
/// on no-color.org.
fn colour(settings: &Settings) -> Option<bool> {
    match settings.color {
        ColorChoice::Always => Some(true),
        ColorChoice::Never => Some(false),
        ColorChoice::Auto => {
            let plain = variable("NO_COLOR").is_some() || variable("TERM").is_some_and(|term| term == "dumb");
            plain.then_some(false)
        }
    }
}

/// The settings of the file at `path` and of the environment, and what is wrong with them.
pub fn settings(path: &Path) -> Result<(Settings, Vec<Problem>)> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => {
            let error = unreadable(&error);
            return Err(Error::usage(format!("{}: {}", path.display(), error.message)));
        }
    };
    let names: Vec<_> = commands::all().map(|command| (command.context.name(), command.name)).collect();
    Ok(Settings::load(path, text.as_deref(), &variable, &names))
}

/// A variable of the environment, where it says anything.
#[expect(clippy::disallowed_methods, reason = "the command line is the edge where the environment is read")]
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

impl Talk {
    /// To standard error alone, before the reader's wishes are known.
    #[must_use]
    pub fn plain() -> Self {
        Self { quiet: false, verbose: false, log: None }
    }

    /// Says something that is worth knowing.
    pub fn say(&mut self, text: &str) {
        if !self.quiet {
            self.write(text);
        }
    }

    /// Says what could not be done, and what to do about it.
    pub fn complain(&mut self, error: &Error) {
        self.write(&format!("pullquote: {}", error.message));
        if let Some(hint) = &error.hint {
            self.write(&format!("  {hint}"));
        }
    }

    /// Says why `name` was refused, and what to do about it.
    pub fn refuse(&mut self, name: &str, error: &Error) {
        self.complain(&Error { message: format!("{name}: {}", error.message), ..error.clone() });
    }

    /// Whether progress can be shown: somebody looks, and wants to know.
    #[must_use]
    pub fn shows_progress(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }

    fn write(&mut self, text: &str) {
        let text = shown(text);
        // Where even this cannot be written there is nobody to tell.
        let _ = writeln!(io::stderr().lock(), "{text}");
        if let Some(log) = &mut self.log {
            let _ = writeln!(log, "{text}");
        }
    }
}
