//! What became of an article's text: an earlier one and a later one set in one.

use crate::error::Result;
use crate::library::Library;
use crate::model::{Id, Stored};
use crate::quotes;
use crate::text::difference::{Difference, Fate, Marks, Version};

/// The article `id` as its earlier text `number` was, or as it is now where that is `None`.
///
/// # Errors
/// The library cannot be read.
pub fn text_of(library: &Library, id: Id, number: Option<u32>) -> Result<Option<Stored>> {
    match number {
        Some(number) => library.earlier(id, number, &quotes::detect_in),
        None => library.article(id),
    }
}

/// What became of the text `from` of the article `id` in the text `to`, `None` being that of now; nothing where one of them
/// is not there.
///
/// # Errors
/// The library cannot be read.
pub fn compare(library: &Library, id: Id, from: u32, to: Option<u32>, marks: Marks) -> Result<Option<Difference>> {
    let (Some(old), Some(new)) = (text_of(library, id, Some(from))?, text_of(library, id, to)?) else {
        return Ok(None);
    };
    Ok(Some(Difference::between(&version(&old), &version(&new), marks)))
}

/// Which quotations of the article `id` changed since its text `since`, by their index, and what became of each. None where
/// that text quotes nobody, as the few lines do that a feed has of an article: all of them would be new.
///
/// # Errors
/// The library cannot be read.
pub fn fates(library: &Library, id: Id, since: u32) -> Result<Vec<(usize, Fate)>> {
    let (Some(old), Some(new)) = (text_of(library, id, Some(since))?, text_of(library, id, None)?) else {
        return Ok(Vec::new());
    };
    if !old.quotes.iter().any(|quote| quote.speech) {
        return Ok(Vec::new());
    }
    let said = Difference::between(&version(&old), &version(&new), Marks::None).said;
    Ok(said.into_iter().filter_map(|said| Some((said.now?, said.fate))).collect())
}

fn version(stored: &Stored) -> Version<'_> {
    Version { title: &stored.summary.title, document: &stored.article.document, quotes: &stored.quotes }
}
