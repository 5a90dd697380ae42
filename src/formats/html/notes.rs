//! Footnotes: which links lead to one, and which elements are one.

use std::collections::HashMap;

use dom_query::{NodeId, NodeRef};

use crate::text::clean::clean_line;

/// Characters that the number or sign of a footnote may have.
const LABEL: usize = 4;

/// The footnotes of a page.
#[derive(Default)]
pub struct Notes {
    references: HashMap<NodeId, String>,
    targets: HashMap<NodeId, String>,
}

impl Notes {
    /// Looks for links to footnotes under `root`: short ones that say that they are, or that lead to what says so.
    pub fn find(root: &NodeRef) -> Self {
        let mut ids: HashMap<String, NodeRef> = HashMap::new();
        let mut links = Vec::new();
        for node in root.descendants_it().filter(NodeRef::is_element) {
            for id in [node.attr("id"), node.attr("name")].into_iter().flatten() {
                ids.entry(id.to_string()).or_insert(node);
            }
            if node.has_name("a")
                && let Some(label) = label(&node)
                && let Some(id) = node.attr("href").and_then(|href| Some(href.split_once('#')?.1.to_owned()))
            {
                links.push((node, label, id));
            }
        }
        let mut notes = Self::default();
        for (link, label, id) in links {
            let Some(target) = ids.get(&id).and_then(note_around) else { continue };
            let known = notes.targets.get(&target.id);
            if known.is_some_and(|known| *known != label) || contains(&target, &link) {
                continue;
            }
            if says_so(&link) || link.parent().is_some_and(|parent| parent.has_name("sup")) || says_so(&target) {
                notes.references.insert(link.id, label.clone());
                notes.targets.insert(target.id, label);
            }
        }
        notes
    }

    /// The label of the footnote that a link leads to.
    pub fn reference(&self, link: NodeId) -> Option<&str> {
        self.references.get(&link).map(String::as_str)
    }

    /// The label of the footnote that an element is.
    pub fn target(&self, node: NodeId) -> Option<&str> {
        self.targets.get(&node).map(String::as_str)
    }

    /// Whether a link leads from a footnote back into the text.
    pub fn is_back_link(&self, link: &NodeRef) -> bool {
        let role = link.attr("role").is_some_and(|role| &*role == "doc-backlink");
        let class = link.attr("class").unwrap_or_default();
        let named =
            ["backref", "backlink", "reversefootnote", "footnote-return"].iter().any(|name| class.contains(name));
        role || named
            || !self.targets.is_empty()
                && link.attr("href").is_some_and(|href| href.starts_with('#'))
                && matches!(
                    clean_line(&link.text()).trim_matches(['\u{FE0E}', '\u{FE0F}', '[', ']']),
                    "↩" | "↑" | "^" | "⤴" | "⏎" | "back" | "Back"
                )
    }
}

/// What a link to a footnote shows: a number or a sign, without its brackets.
fn label(link: &NodeRef) -> Option<String> {
    let text = clean_line(&link.text());
    let text = text.trim_matches(['[', ']', '(', ')', ' ']);
    let short = !text.is_empty() && text.chars().count() <= LABEL;
    let sign =
        text.chars().all(|c| c.is_ascii_digit() || c.is_ascii_lowercase() || matches!(c, '*' | '†' | '‡' | '§' | '¶'));
    (short && sign).then(|| text.to_owned())
}

/// The element that a footnote fills, of which `target` may be a small part.
fn note_around<'a>(target: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    const FILLED: [&str; 8] = ["li", "p", "div", "aside", "section", "dd", "td", "figure"];
    let is_filled = |node: &NodeRef<'a>| FILLED.iter().any(|name| node.has_name(name));
    if is_filled(target) {
        return Some(*target);
    }
    target.ancestors_it(Some(3)).find(is_filled)
}

/// Whether an element names itself a footnote, or a link to one.
fn says_so(node: &NodeRef) -> bool {
    let own = ["role", "class", "rel", "epub:type", "id", "href"].iter().filter_map(|name| node.attr(name));
    own.map(|value| value.to_ascii_lowercase()).any(|value| {
        ["footnote", "endnote", "noteref", "cite_note", "#fn", "sidenote"].iter().any(|name| value.contains(name))
            || value.starts_with("fn")
    })
}

fn contains(outer: &NodeRef, inner: &NodeRef) -> bool {
    inner.ancestors_it(None).any(|node| node.id == outer.id)
}
