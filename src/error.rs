//! The one error of the program: what is wrong, and what to do about it.

use std::{fmt, io};

/// How a failed command ends; the number is the exit code of the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Input was refused, or nothing was found.
    Refused = 1,
    /// The command line or the configuration is wrong.
    Usage = 2,
    /// A part was done, another was not.
    Partly = 3,
    /// The reader interrupted the work.
    Interrupted = 130,
}

/// A message in lower case that names the thing and says what is wrong, and a hint that says what to do.
/// Both are interface: they are cleaned of control characters wherever they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    pub message: String,
    pub hint: Option<String>,
    pub exit: Exit,
}

/// The result of everything that can fail.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// Input that was refused, or something that is not there.
    pub fn refused(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None, exit: Exit::Refused }
    }

    /// A command line or a configuration that cannot be followed.
    pub fn usage(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None, exit: Exit::Usage }
    }

    /// The same error with what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// What the system says of a failure, in words and without its number.
#[must_use]
pub fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_lowercase()
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
