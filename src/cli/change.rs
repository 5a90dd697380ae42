//! `pullquote bookmark`, `unbookmark`, `read`, `unread`, `tag`, `trash` and `restore`: the state of articles changed.

use clap::Args;

use super::context::Context;
use super::{Ended, finding};
use crate::error::{Error, Exit, Result};
use crate::library::Library;
use crate::model::{Change, Id, Order};
use crate::query::{Is, Leaf, Node, Query};
use crate::text::clean::clean_line;
use crate::text::counted;
use crate::text::fold::folded_words;

/// The articles that a change is for
#[derive(Args)]
pub struct Articles {
    /// Numbers, or one query for all that it finds
    #[arg(required = true, value_name = "ID|QUERY")]
    articles: Vec<String>,
}

/// A tag, and the articles that it is for
#[derive(Args)]
pub struct Tag {
    /// The tag
    name: String,
    #[command(flatten)]
    articles: Articles,
    /// Take the tag away instead
    #[arg(long)]
    remove: bool,
}

impl Tag {
    pub fn run(self, context: &mut Context) -> Ended {
        let name = clean_line(&self.name);
        if name.is_empty() {
            return Err(Error::usage("a tag has at least one letter"));
        }
        let (done, nothing) = if self.remove { ("untagged", "carried it") } else { ("tagged", "was without it") };
        self.articles.change(context, &Change::Tag(name, !self.remove), done, nothing)
    }
}

impl Articles {
    /// Applies `change` and says how many articles it changed: `done` is the word for that.
    pub fn change(self, context: &mut Context, change: &Change, done: &str, nothing: &str) -> Ended {
        let mut library = context.library()?;
        let restores = *change == Change::Trashed(false);
        let (ids, missing) = self.named(context, &library, restores)?;
        for error in &missing {
            context.talk.complain(error);
        }
        if ids.is_empty() {
            if missing.is_empty() {
                context.talk.complain(&Error::refused("no article is found"));
            }
            return Ok(Some(Exit::Refused));
        }
        let changed = library.change(&ids, change, context.now.seconds)?;
        let of = match changed {
            0 => format!("nothing to do: none {nothing}"),
            n => format!("{} {done}", counted(n, "article")),
        };
        context.talk.say(&of);
        Ok((!missing.is_empty()).then_some(Exit::Partly))
    }

    fn named(&self, context: &Context, library: &Library, in_trash: bool) -> Result<(Vec<Id>, Vec<Error>)> {
        if let Some(named) = finding::numbered(library, &self.articles)? {
            return Ok(named);
        }
        let mut query = finding::parsed(context, &self.articles.join(" "))?;
        refuse_wordless(&query)?;
        let Some(root) = query.root.take() else {
            return Err(Error::usage("this query finds every article").hint("say which ones, by numbers or a query"));
        };
        // What is in the trash is found only where that is asked for.
        let root = if in_trash { Node::All(vec![root, Node::Leaf(Leaf::Is(Is::Trashed))]) } else { root };
        query.root = Some(root);
        let ids = finding::for_certain(context, library, &query, Order::Newest)?;
        Ok((ids, Vec::new()))
    }
}

/// A part without a word in it finds every article, which nobody means who writes one.
fn refuse_wordless(query: &Query) -> Result<()> {
    let mut wordless = None;
    query.each_leaf(|leaf, _| {
        if matches!(leaf, Leaf::Words { text, .. } if folded_words(text).is_empty()) {
            wordless.get_or_insert(leaf);
        }
    });
    match wordless {
        Some(leaf) => Err(Error::usage(format!("there is no word in `{leaf}`: it finds every article"))
            .hint("words are made of letters and digits; say which articles, by numbers or a query")),
        None => Ok(()),
    }
}
