//! `pullquote reindex`: the search index made anew.

use super::context::Context;
use super::{Ended, finding};
use crate::error::Error;
use crate::library::{CaughtUp, Index, Library};

/// Runs the command.
pub fn run(context: &mut Context) -> Ended {
    let library = Library::open_existing(&context.library)?;
    let mut index = Index::open(library.path());
    let built = finding::with_progress(context, |progress| index.rebuild(&library, &|| false, progress))?;
    if built == CaughtUp::Elsewhere {
        return Err(Error::refused("another pullquote is indexing").hint("try again when it is done"));
    }
    context.talk.say(&format!("{} articles can be searched", library.counts()?.all));
    Ok(None)
}
