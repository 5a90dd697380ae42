//! What every command has at hand: where things are, what the reader set, the clock, and the two ways out.

use std::fs::{File, OpenOptions};
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use super::Global;
use super::output::Out;
use crate::clock::Now;
use crate::error::{Error, Result};
use crate::library::Library;
use crate::paths::Paths;
use crate::text::clean::shown;
use crate::workers::ingest;

/// The surroundings of a command.
pub struct Context {
    pub out: Out,
    pub talk: Talk,
    pub now: Now,
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
    /// What flags and environment ask for.
    pub fn new(global: &Global) -> Result<Self> {
        let paths = Paths::standard();
        let log = global.log.as_ref().map(|path| {
            let opened = OpenOptions::new().create(true).append(true).open(path);
            opened.map_err(|error| {
                Error::usage(format!("{}: {error}", path.display())).hint("name another file with --log")
            })
        });
        Ok(Self {
            out: Out::standard(global.color.wanted()),
            talk: Talk { quiet: global.quiet, verbose: global.verbose > 0, log: log.transpose()? },
            now: Now::read(),
            library: global.library.clone().unwrap_or(paths.library),
            config: global.config.clone().unwrap_or(paths.config),
        })
    }

    /// The library; one that is made for this gets the welcome articles.
    pub fn library(&self) -> Result<Library> {
        let is_new = !self.library.exists();
        let mut library = Library::open(&self.library)?;
        if is_new {
            ingest::welcome(&mut library, self.now.seconds)?;
        }
        Ok(library)
    }
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
