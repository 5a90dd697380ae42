//! Films, sounds, other pages and formulas: what is shown in their place.

use dom_query::NodeRef;

use crate::formats::links;
use crate::text::clean::clean_line;

/// Where something embedded is, and what it is called.
pub fn embed(node: &NodeRef, join: &dyn Fn(&str) -> Option<String>) -> Option<(String, String)> {
    let sources = node.find(&["source"]);
    let inner = sources.first().and_then(|source| source.attr("src"));
    let hrefs = [node.attr("src"), inner, node.attr("data-src"), node.attr("data"), node.attr("poster")];
    let url = hrefs.into_iter().flatten().find_map(|href| join(&href))?;
    let title = ["title", "aria-label"].iter().find_map(|name| {
        let text = clean_line(&node.attr(name)?);
        (!text.is_empty()).then_some(text)
    });
    let name = title.or_else(|| links::domain(&url)).unwrap_or_else(|| url.clone());
    Some((url, name))
}

/// A formula in one line: as its author wrote it where the page says so, else its letters.
pub fn formula(node: &NodeRef) -> String {
    let alt = node.attr("alttext").map(|alt| clean_line(&alt)).filter(|alt| !alt.is_empty());
    let written = || {
        let notes = node.find(&["annotation"]);
        let tex = notes.iter().find(|note| note.attr("encoding").is_some_and(|kind| kind.contains("tex")))?;
        Some(clean_line(&tex.text()))
    };
    alt.or_else(written).unwrap_or_else(|| clean_line(&node.text()))
}
