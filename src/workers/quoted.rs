//! Reading for lists of quotes: which articles have kept ones, and which of an article's quotes a list shows.

use std::collections::BTreeSet;

use crate::app::effect::Voices;
use crate::error::Result;
use crate::library::Library;
use crate::model::{Id, Order, Quote, Quoted};
use crate::query::{Field, Leaf, Node, Query, Subject, matches};

/// The quotes of the articles `ids` that a list of `voices` narrowed by `query` shows, in the order of `ids`.
pub(super) fn quoted(library: &Library, voices: &Voices, query: &Query, ids: &[Id], now: i64) -> Result<Vec<Quoted>> {
    let mut all = match voices {
        Voices::All => library.quoted(ids, None)?,
        Voices::Of(name) => library.quoted(ids, Some(name))?,
        Voices::Kept => {
            let asked: BTreeSet<Id> = ids.iter().copied().collect();
            let mut kept = library.kept()?;
            kept.retain(|quoted| asked.contains(&quoted.id));
            kept.sort_by_key(|quoted| (quoted.id, quoted.quote.span.start));
            kept
        }
    };
    let spoken = Query { root: query.root.as_ref().and_then(spoken), order: None };
    if spoken.root.is_some() {
        all.retain(|quoted| says(quoted, &spoken, now));
    }
    Ok(all)
}

/// The articles with kept quotes that `query` finds, each once, by when the last of them was kept: that one first, or, in
/// the order of the oldest, last.
pub(super) fn with_kept(library: &Library, query: &Query, order: Order, now: i64) -> Result<Vec<Id>> {
    let mut seen = BTreeSet::new();
    let mut ids: Vec<Id> = library.kept()?.into_iter().map(|quoted| quoted.id).filter(|id| seen.insert(*id)).collect();
    if order == Order::Oldest {
        ids.reverse();
    }
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        // Few quotes are kept: each article can be looked at.
        if query.root.is_none() || library.article(id)?.is_some_and(|stored| matches(query, &(&stored).into(), now)) {
            found.push(id);
        }
    }
    Ok(found)
}

/// What of `node` a single quotation decides: the rest was decided when its article was found. `None`: nothing.
fn spoken(node: &Node) -> Option<Node> {
    match node {
        Node::Leaf(Leaf::Words { field: Field::Said | Field::Speaker, .. }) => Some(node.clone()),
        Node::Leaf(_) => None,
        Node::Not(node) => spoken(node).map(|node| Node::Not(Box::new(node))),
        Node::All(nodes) => {
            Some(nodes.iter().filter_map(spoken).collect::<Vec<_>>()).filter(|all| !all.is_empty()).map(Node::All)
        }
        // Something else may have found the article.
        Node::Any(nodes) => nodes.iter().map(spoken).collect::<Option<Vec<_>>>().map(Node::Any),
    }
}

/// Whether a quotation alone fulfils what is asked of quotations.
fn says(quoted: &Quoted, spoken: &Query, now: i64) -> bool {
    let end = u32::try_from(quoted.words.len()).unwrap_or(u32::MAX);
    let quote = [Quote { span: 0..end, speech: true, ..quoted.quote.clone() }];
    let subject = Subject {
        title: "",
        text: &quoted.words,
        source: None,
        author: None,
        url: None,
        language: None,
        tags: &[],
        published: quoted.published,
        read: false,
        bookmarked: false,
        trashed: false,
        note: None,
        quotes: &quote,
    };
    matches(spoken, &subject, now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{self, Format};
    use crate::library::Prepared;
    use crate::model::Change;
    use crate::quotes;

    #[test]
    fn what_was_kept_last_comes_first() {
        let folder = tempfile::tempdir().unwrap();
        let mut library = Library::open(&folder.path().join("library.db")).unwrap();
        let texts = ["One", "Two", "Three"].map(|word| {
            let text = format!("date 2026-11-20 {word}.\n\n“{word} came,” said Ida Holm, the founder. “{word} left.”");
            let article = formats::read(text.as_bytes(), Format::Plain).unwrap();
            let found = quotes::detect_in(&article);
            Prepared::new(article, &found).detected_by(quotes::VERSION)
        });
        library.add(&texts, 0).unwrap();
        for (id, quote, moment) in [(2, 0, 10), (1, 0, 20), (3, 0, 30), (2, 1, 40)] {
            let span = library.article(id).unwrap().unwrap().quotes[quote].span.clone();
            library.change(&[id], &Change::Keep { span, keep: true }, moment).unwrap();
        }
        let kept = |order| with_kept(&library, &Query::default(), order, 0).unwrap();
        assert_eq!(kept(Order::Newest), [2, 3, 1]);
        assert_eq!(kept(Order::Oldest), [1, 3, 2]);
    }
}
