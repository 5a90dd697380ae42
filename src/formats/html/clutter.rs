//! What an element says of itself by its attributes: hidden, navigation, a pull quote, a standfirst, a byline.

use dom_query::NodeRef;

use crate::text::clean::clean_line;

/// Words in classes and ids of what is not the text of a page.
#[rustfmt::skip]
const CLUTTER: [&str; 42] = [
    "nav", "navbar", "navigation", "menu", "breadcrumb", "breadcrumbs", "sidebar", "footer", "masthead", "cookie", "cookies", "consent", "gdpr",
    "share", "sharing", "social", "comments", "respond", "related", "recommended", "recirculation", "promo", "newsletter", "signup", "subscribe",
    "subscription", "paywall", "advert", "advertisement", "ads", "ad", "sponsored", "sponsor", "outbrain", "taboola", "popup", "modal", "banner",
    "pagination", "pager", "toolbar", "skip",
];

/// Roles of what is not the text of a page.
const ROLES: [&str; 9] =
    ["navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alertdialog", "menu", "menubar"];

/// Whether a browser would not show it.
pub fn is_hidden(node: &NodeRef) -> bool {
    if node.has_attr("hidden") || node.attr("aria-hidden").is_some_and(|value| &*value == "true") {
        return true;
    }
    node.attr("style").is_some_and(|style| {
        let style: String = style.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
        style.contains("display:none") || style.contains("visibility:hidden")
    })
}

/// Whether it leads elsewhere, or is about something else than the page.
pub fn is_clutter(node: &NodeRef, name: &str) -> bool {
    if matches!(name, "aside" | "footer" | "form" | "header") && !is_pull_quote(node) {
        // The header of an article has its title and standfirst.
        return name != "header" || node.find(&["h1"]).is_empty();
    }
    says_clutter(node, name)
}

/// Whether its role, class or id says so. Those of what holds all of a page tell what else is on it.
pub fn says_clutter(node: &NodeRef, name: &str) -> bool {
    if matches!(name, "html" | "body" | "main" | "article") {
        return false;
    }
    node.attr("role").is_some_and(|role| ROLES.contains(&&*role))
        || words(node).any(|word| CLUTTER.contains(&&*word))
        || is_comment(node)
}

/// Whether it is a reader’s comment, or all of them; a section of a paper may be called so too.
pub fn is_comment(node: &NodeRef) -> bool {
    let names = [node.attr("class"), node.attr("id")].into_iter().flatten();
    names.into_iter().any(|name| {
        name.split_ascii_whitespace().any(|name| {
            name.strip_prefix("comment").is_some_and(|rest| {
                rest.chars().all(|c| c.is_ascii_digit()) || rest.starts_with(['-', '_']) || rest.starts_with("list")
            })
        })
    })
}

/// Whether it repeats a sentence of the text in large letters.
pub fn is_pull_quote(node: &NodeRef) -> bool {
    let class = node.attr("class").unwrap_or_default().to_ascii_lowercase();
    ["pullquote", "pull-quote", "pull_quote"].iter().any(|name| class.contains(name))
}

/// Whether it says under the title what the article is about.
pub fn is_standfirst(node: &NodeRef) -> bool {
    const NAMES: [&str; 8] =
        ["standfirst", "dek", "deck", "subheadline", "subhead", "subtitle", "strapline", "kicker-text"];
    words(node).any(|word| NAMES.contains(&&*word))
        || node.attr("itemprop").is_some_and(|name| matches!(&*name, "alternativeHeadline" | "description"))
}

/// Whether it names the author.
pub fn is_byline(node: &NodeRef) -> bool {
    node.attr("rel").is_some_and(|rel| &*rel == "author")
        || node.attr("itemprop").is_some_and(|name| name.contains("author"))
        || words(node).any(|word| matches!(&*word, "byline" | "author" | "dateline"))
}

/// Whether it is a sign behind a heading that leads to the heading itself.
pub fn is_anchor(node: &NodeRef) -> bool {
    node.attr("href").is_some_and(|href| href.starts_with('#'))
        && matches!(clean_line(&node.text()).as_str(), "#" | "¶" | "§" | "🔗" | "⚓")
}

/// Bytes of a language's name; what is longer is a class of something else.
const LONGEST_LANGUAGE: usize = 32;

/// The language that a block of code says it is in.
pub fn code_language(node: &NodeRef) -> Option<String> {
    let inner = node.first_element_child().filter(|child| child.has_name("code"));
    let outer = node.parent();
    let classes = [Some(*node), inner, outer].into_iter().flatten().filter_map(|node| node.attr("class"));
    let found = classes.into_iter().find_map(|class| {
        let name = class.split_ascii_whitespace().find_map(|word| {
            ["language-", "lang-", "highlight-source-", "brush:"].iter().find_map(|prefix| word.strip_prefix(prefix))
        })?;
        Some(clean_line(name))
    });
    found.filter(|name| !name.is_empty() && name.len() <= LONGEST_LANGUAGE)
}

/// The words of an element's class and id, in lower case.
pub fn words(node: &NodeRef) -> impl Iterator<Item = String> {
    let names = [node.attr("class"), node.attr("id")].into_iter().flatten();
    let names: Vec<String> = names.map(|name| name.to_ascii_lowercase()).collect();
    names.into_iter().flat_map(|name| {
        name.split(|c: char| c.is_ascii_whitespace() || c == '_' || c == '-').map(str::to_owned).collect::<Vec<_>>()
    })
}
