//! `pullquote backup`: a copy of the library in one file.

use std::path::PathBuf;

use clap::Args;

use super::Ended;
use super::context::Context;

/// Copy the library into a new file, also while it is in use
#[derive(Args)]
pub struct Backup {
    /// The file, which must not be there yet
    file: PathBuf,
}

impl Backup {
    pub fn run(self, context: &mut Context) -> Ended {
        context.library_there()?.backup(&self.file)?;
        context.talk.say(&format!("the library is copied to {}", self.file.display()));
        Ok(None)
    }
}
