//! `pullquote reindex`: the search index made anew.

use clap::Args;

use super::context::Context;
use super::{Ended, finding};
use crate::library::{Index, Library};

/// Make the search index anew from the library
#[derive(Args)]
pub struct Reindex {}

impl Reindex {
    pub fn run(self, context: &mut Context) -> Ended {
        let library = Library::open_existing(&context.library)?;
        let mut index = Index::open(library.path());
        index.begin(&library)?;
        finding::catch_up(context, &library, &mut index)?;
        context.talk.say(&format!("{} articles can be searched", library.counts()?.all));
        Ok(None)
    }
}
