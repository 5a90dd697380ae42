//! `pullquote reindex`: the search index made anew.

use super::context::Context;
use super::{Ended, finding};
use crate::library::{Index, Library};

/// Runs the command.
pub fn run(context: &mut Context) -> Ended {
    let library = Library::open_existing(&context.library)?;
    let mut index = Index::open(library.path());
    finding::catch_up(context, &library, &mut index, true)?;
    context.talk.say(&format!("{} articles can be searched", library.counts()?.all));
    Ok(None)
}
