//! Pictures: where they are, and what is said about them.

use dom_query::NodeRef;

use super::element::meaning;
use crate::formats::links;
use crate::text::clean::clean_line;

/// Nodes behind a picture among which text is looked for.
const LOOKED_AT: usize = 32;

/// Pixels up to which a picture is not there to be seen.
const TRACKER: u32 = 2;

/// A picture as a link with a description.
pub struct Picture {
    pub url: Option<String>,
    pub description: String,
}

/// The picture that an `img` shows, or `None` where there is nothing to say about it. One that stands `alone` counts
/// for more than one in the text, where pictures without a description are ornaments.
pub fn picture(node: &NodeRef, alone: bool, join: &dyn Fn(&str) -> Option<String>) -> Option<Picture> {
    let small = |name| {
        let size = node.attr(name).and_then(|size| size.trim().trim_end_matches("px").parse::<u32>().ok());
        size.is_some_and(|size| size <= TRACKER)
    };
    if small("width") || small("height") {
        return None;
    }
    let said = ["alt", "title"].iter().find_map(|name| {
        let text = clean_line(&node.attr(name)?);
        (!text.is_empty()).then_some(text)
    });
    let url = address(node).and_then(|href| join(&href));
    let description = match (said, &url) {
        (Some(said), _) => said,
        (None, Some(url)) if alone => clean_line(&links::file_name(url)?),
        _ => return None,
    };
    Some(Picture { url, description }).filter(|picture| !picture.description.is_empty())
}

/// The address of a picture that may be loaded late: what stands in `src` is then a placeholder.
fn address(node: &NodeRef) -> Option<String> {
    const NAMES: [&str; 6] = ["data-src", "data-original", "data-lazy-src", "data-hi-res-src", "data-srcset", "src"];
    let usable = |value: &str| !value.is_empty() && !value.starts_with("data:") && !value.starts_with("blob:");
    let first = |value: &str| value.trim().split([',', ' ', '\n', '\t']).next().unwrap_or_default().to_owned();
    let named = NAMES.iter().find_map(|name| {
        let value = node.attr(name)?;
        let value = if name.ends_with("srcset") { first(&value) } else { value.trim().to_owned() };
        usable(&value).then_some(value)
    });
    named.or_else(|| node.attr("srcset").map(|set| first(&set)).filter(|value| usable(value)))
}

/// Whether text follows in the block that the picture stands in.
pub fn is_followed_by_text(node: &NodeRef) -> bool {
    let mut node = *node;
    for _ in 0..LOOKED_AT {
        if let Some(next) = node.next_sibling() {
            node = next;
            if let Some(name) = node.node_name() {
                let meaning = meaning(&name);
                if meaning.is_block() {
                    return false;
                }
            }
            if node.is_text() || node.is_element() {
                let said = node.text();
                if !said.trim().is_empty() {
                    return true;
                }
            }
            continue;
        }
        let Some(parent) = node.parent() else { return false };
        if parent.node_name().is_none_or(|name| meaning(&name).is_block()) {
            return false;
        }
        node = parent;
    }
    false
}

/// Whether a caption says what the description of the picture above it says.
pub fn repeats_description(caption: &NodeRef) -> bool {
    let Some(figure) = caption.parent().filter(|node| node.has_name("figure")) else { return false };
    let images = figure.find(&["img"]);
    let Some(alt) = images.first().and_then(|image| image.attr("alt")) else { return false };
    let alt = clean_line(&alt);
    !alt.is_empty() && alt == clean_line(&caption.text())
}
