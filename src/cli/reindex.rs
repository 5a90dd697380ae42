//! `pullquote reindex`: quotes of an older engine detected again, and the search index made anew.

use super::context::Context;
use super::{Ended, finding};
use crate::error::Error;
use crate::library::{CaughtUp, Index};
use crate::quotes;
use crate::text::counted;

/// Articles between two reports of how far it is.
const HANDFUL: usize = 200;

/// Runs the command.
pub fn run(context: &mut Context) -> Ended {
    let mut library = context.library_there()?;
    let older = library.detected_before(quotes::VERSION)?;
    finding::with_progress(context, |progress| {
        let mut left = older;
        while left > 0 {
            left = library.detect_again(quotes::VERSION, &quotes::detect_in, HANDFUL, &|| false)?;
            progress(older.saturating_sub(left), older);
        }
        Ok(())
    })?;
    let mut index = Index::open(library.path());
    let built = finding::with_progress(context, |progress| index.rebuild(&library, &|| false, progress))?;
    if built == CaughtUp::Elsewhere {
        return Err(Error::refused("another pullquote is indexing").hint("try again when it is done"));
    }
    context.talk.say(&format!("{} can be searched", counted(library.counts()?.all, "article")));
    Ok(None)
}
