//! What `ID|QUERY...` names: articles by number, or all that a query finds.

use super::context::Context;
use crate::error::{Error, Exit, Result};
use crate::library::Library;
use crate::model::{Id, Order};
use crate::query::{self, Query};

/// `text` as a query; a mistake is shown where it stands.
pub fn parsed(text: &str) -> Result<Query> {
    query::parse(text)
        .map_err(|mistake| Error::usage(format!("there is a mistake in the query\n{}", mistake.shown(text))))
}

/// The articles that the query `text` finds, newest first.
pub fn found(context: &Context, library: &Library, text: &str) -> Result<Vec<Id>> {
    let query = parsed(text)?;
    in_order(context, library, &query, query.order.unwrap_or_default())
}

/// The articles that `query` finds, in `order`.
pub fn in_order(context: &Context, library: &Library, query: &Query, order: Order) -> Result<Vec<Id>> {
    match library.list(query, order, &context.now)? {
        Some(ids) => Ok(ids),
        None => Err(Error::refused("not yet")),
    }
}

/// The articles that `words` name: numbers, or else one query. Numbers that nobody has are told apart.
pub fn named(context: &Context, library: &Library, words: &[String]) -> Result<(Vec<Id>, Vec<Error>)> {
    if !words.iter().all(|word| is_number(word)) {
        return Ok((found(context, library, &words.join(" "))?, Vec::new()));
    }
    let (mut ids, mut missing) = (Vec::new(), Vec::new());
    for word in words {
        match word.parse().ok().filter(|id| library.summaries(&[*id]).is_ok_and(|rows| !rows.is_empty())) {
            Some(id) => ids.push(id),
            None => missing.push(nobody(word)),
        }
    }
    Ok((ids, missing))
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
