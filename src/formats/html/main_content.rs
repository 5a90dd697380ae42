//! Which part of a page is the article: what readability finds, or where it finds little, all that is not navigation.

use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_query::Document as Tree;
use dom_smoothie::{Config, Readability};

use super::clutter;
use super::walk::{self, Page};
use crate::model::{BlockKind, Document};

/// Nodes beyond which readability, which weighs each against all around it, takes too long.
const READABILITY_LIMIT: usize = 150_000;

/// Bytes of text below which readability may have missed the article.
const LITTLE: usize = 600;

/// The main content of the page.
pub fn document(tree: &Tree, page: Page) -> Document {
    // Addresses are made whole by the walk, from what is known of the page.
    tree.select("base").remove();
    let whole = Page { cluttered: true, ..page };
    if tree.tree.len() > READABILITY_LIMIT {
        return walk::document(&tree.root(), whole);
    }
    let found = readable(tree.clone(), page).unwrap_or_default();
    if words(&found) >= LITTLE {
        return found;
    }
    let rest = walk::document(&tree.root(), whole);
    if words(&rest) > words(&found) * 2 || words(&found) == 0 {
        if words(&rest) > 0 { rest } else { walk::document(&tree.root(), page) }
    } else {
        found
    }
}

/// What readability takes for the article.
fn readable(tree: Tree, page: Page) -> Option<Document> {
    let config = Config { keep_classes: true, disable_json_ld: true, ..Config::default() };
    for aside in tree.select("aside").nodes().iter().filter(|aside| clutter::is_pull_quote(aside)) {
        // It drops whatever stands aside.
        aside.rename("blockquote");
    }
    // A fault in there costs the better of two ways, and no more.
    let parsed = catch_unwind(AssertUnwindSafe(move || {
        let mut readability = Readability::with_document(tree, None, Some(config)).ok()?;
        readability.parse().ok()?;
        Some(readability.doc)
    }));
    let tree = parsed.ok().flatten()?;
    let content = tree.select_single("#readability-page-1");
    content.nodes().first().map(|root| walk::document(root, page))
}

/// Bytes of text in blocks that are no captions.
fn words(document: &Document) -> usize {
    let text = document.blocks().iter().filter(|block| block.kind != BlockKind::Caption);
    text.map(|block| block.span.len()).sum()
}
