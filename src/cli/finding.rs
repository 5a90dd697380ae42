//! What `ID|QUERY...` names: articles by number, or all that a query finds.

use std::io::{self, Write};

use super::context::Context;
use crate::error::{Error, Exit, Result};
use crate::library::{CaughtUp, Index, Library};
use crate::model::{Id, Order};
use crate::query::{self, Query};
use crate::text::counted;

/// `text` as a query, as exact as the settings say; a mistake is shown where it stands.
pub fn parsed(context: &Context, text: &str) -> Result<Query> {
    let query = query::parse(text)
        .map_err(|mistake| Error::usage(format!("there is a mistake in the query\n{}", mistake.shown(text))))?;
    Ok(if context.settings.exact { query.exact_where_marked() } else { query })
}

/// The articles that `query` finds, in `order`: all of them, or the first `limit`.
pub fn in_order(
    context: &mut Context,
    library: &Library,
    query: &Query,
    order: Order,
    limit: Option<usize>,
) -> Result<Vec<Id>> {
    if let Some(mut ids) = library.list(query, order, &context.now)? {
        ids.truncate(limit.unwrap_or(usize::MAX));
        return Ok(ids);
    }
    let mut index = Index::open(library.path());
    if catch_up(context, library, &mut index)? == CaughtUp::Elsewhere {
        context.talk.say("another pullquote is indexing; what was added last may not be found yet");
    }
    Ok(index.search(library, query, order, &context.now, limit, &|| false)?.ids)
}

/// All articles that `query` finds, in `order`, for what changes them or takes them elsewhere: refused where the index
/// cannot tell for sure which these are.
pub fn for_certain(context: &Context, library: &Library, query: &Query, order: Order) -> Result<Vec<Id>> {
    if let Some(ids) = library.list(query, order, &context.now)? {
        return Ok(ids);
    }
    let mut index = Index::open(library.path());
    if catch_up(context, library, &mut index)? == CaughtUp::Done {
        let found = index.search(library, query, order, &context.now, None, &|| false)?;
        if found.complete {
            return Ok(found.ids);
        }
    }
    Err(Error::refused("the search index is being built by another pullquote").hint("try again when it is done"))
}

/// Brings the index up to date with the library, and shows how far it is where that takes long.
pub fn catch_up(context: &Context, library: &Library, index: &mut Index) -> Result<CaughtUp> {
    with_progress(context, |progress| index.catch_up(library, &|| false, progress))
}

/// Runs what the index does, with a line on the terminal that shows how far it is.
pub fn with_progress<T>(context: &Context, work: impl FnOnce(&mut dyn FnMut(u64, u64)) -> Result<T>) -> Result<T> {
    showing(context, "indexing", work)
}

/// Runs `work`, with a line on the terminal that shows what it is `doing` and how far it is.
pub fn showing<T>(
    context: &Context,
    doing: &str,
    work: impl FnOnce(&mut dyn FnMut(u64, u64)) -> Result<T>,
) -> Result<T> {
    let shown = context.talk.shows_progress();
    let mut drawn = false;
    let done = work(&mut |done, all| {
        if shown {
            drawn = true;
            // Progress that cannot be written is not missed.
            let articles = counted(all, "article");
            let _ = write!(io::stderr().lock(), "\r\x1b[K{doing}: {done} of {articles}");
        }
    });
    if drawn {
        let _ = write!(io::stderr().lock(), "\r\x1b[K");
    }
    done
}

/// The articles that `words` name by their numbers, and the refusals of numbers that nobody has; `None` where a word
/// is no number, and all of them are one query.
pub fn numbered(library: &Library, words: &[String]) -> Result<Option<(Vec<Id>, Vec<Error>)>> {
    if !words.iter().all(|word| is_number(word)) {
        return Ok(None);
    }
    let (mut ids, mut missing) = (Vec::new(), Vec::new());
    for word in words {
        let rows = word.parse().map_or(Ok(Vec::new()), |id| library.summaries(&[id]))?;
        match rows.first() {
            Some(row) => ids.push(row.id),
            None => missing.push(nobody(word)),
        }
    }
    Ok(Some((ids, missing)))
}

/// The refusal of a number that no article has.
pub fn nobody(id: impl std::fmt::Display) -> Error {
    Error {
        message: format!("there is no article {id}"),
        hint: Some("`pullquote list` shows the numbers".into()),
        exit: Exit::Refused,
    }
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}
