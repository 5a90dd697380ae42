//! The welcome articles: the tutorial that a new library begins with.

use super::prepare;
use crate::error::Result;
use crate::formats::{self, Format};
use crate::library::Library;

const ARTICLES: [&str; 3] = [
    include_str!("../../../assets/welcome/1-how-to-read-here.md"),
    include_str!("../../../assets/welcome/2-how-a-page-is-set.md"),
    include_str!("../../../assets/welcome/3-how-to-keep-things.md"),
];

const SOURCE: &str = "pullquote";
const TAG: &str = "welcome";

/// Puts the welcome articles into `library` if it is empty and never had them; whether it did. `now` is in seconds since
/// 1970. Once they are removed they do not come back.
pub fn welcome(library: &mut Library, now: i64) -> Result<bool> {
    if !library.is_empty()? || library.recall(TAG)?.is_some() {
        return Ok(false);
    }
    let mut prepared = Vec::new();
    for text in ARTICLES {
        let mut article = formats::read(text.as_bytes(), Format::Markdown)?;
        article.source = Some(SOURCE.into());
        if !article.tags.iter().any(|tag| tag == TAG) {
            article.tags.push(TAG.into());
        }
        prepared.push(prepare(article).prepared);
    }
    library.add(&prepared, now)?;
    library.remember(TAG, "done")?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Now;
    use crate::model::{Change, Order};
    use crate::query;

    const NOW: i64 = 1_795_392_000;

    #[test]
    fn a_new_library_is_welcomed_once() {
        let folder = tempfile::tempdir().unwrap();
        let mut library = Library::open(&folder.path().join("l.db")).unwrap();
        assert!(welcome(&mut library, NOW).unwrap());
        assert!(!welcome(&mut library, NOW).unwrap());
        let tagged = query::parse("tag:welcome source:pullquote").unwrap();
        let found = library.list(&tagged, Order::Newest, &Now::fixed(NOW)).unwrap().unwrap();
        assert_eq!(found.len(), ARTICLES.len());
        let stored: Vec<_> = found.iter().map(|id| library.article(*id).unwrap().unwrap()).collect();
        assert!(stored.iter().all(|stored| stored.article.source.as_deref() == Some(SOURCE)));
        assert!(stored.iter().flat_map(|stored| &stored.quotes).any(|quote| quote.speech && quote.speaker.is_some()));
        library.change(&found, &Change::Trashed(true), NOW).unwrap();
        assert!(!welcome(&mut library, NOW).unwrap());
    }

    #[test]
    fn a_library_with_articles_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let mut library = Library::open(&folder.path().join("l.db")).unwrap();
        let article = formats::read(b"One.", Format::Plain).unwrap();
        library.add(&[prepare(article).prepared], NOW).unwrap();
        assert!(!welcome(&mut library, NOW).unwrap());
    }
}
