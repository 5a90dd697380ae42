//! What a page says of its article in JSON-LD, after schema.org.

use dom_query::Document as Tree;
use serde_json::{Map, Value};

/// Bytes of JSON-LD that are read, in all.
const LIMIT: usize = 4 * 1024 * 1024;

/// Objects that are looked at.
const OBJECTS: usize = 10_000;

/// The first object of the page that is an article, the names in it put in place of references.
pub fn article(tree: &Tree) -> Option<Map<String, Value>> {
    let mut left = LIMIT;
    let mut objects = Vec::new();
    for script in &tree.select("script[type='application/ld+json']") {
        let text = script.text();
        let text = text.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>");
        let Some(rest) = left.checked_sub(text.len()) else { break };
        left = rest;
        // Line breaks in strings are a common mistake.
        let parsed =
            serde_json::from_str(text).or_else(|_| serde_json::from_str(&text.replace(['\n', '\r', '\t'], " ")));
        if let Ok(value) = parsed {
            collect(value, &mut objects);
        }
    }
    let best = objects.iter().position(is_article)?;
    let mut article = objects.get(best)?.clone();
    for name in ["author", "publisher", "isPartOf"] {
        if let Some(value) = article.get_mut(name) {
            resolve(value, &objects);
        }
    }
    Some(article)
}

/// All objects in `value` that may describe the page, in order.
fn collect(value: Value, objects: &mut Vec<Map<String, Value>>) {
    let mut waiting = vec![value];
    while let Some(value) = waiting.pop() {
        if objects.len() >= OBJECTS {
            return;
        }
        match value {
            Value::Array(items) => waiting.extend(items.into_iter().rev()),
            Value::Object(fields) => {
                for name in ["mainEntity", "mainEntityOfPage", "@graph"] {
                    waiting.extend(fields.get(name).filter(|inner| !inner.is_string()).cloned());
                }
                objects.push(fields);
            }
            _ => {}
        }
    }
}

fn is_article(fields: &Map<String, Value>) -> bool {
    let is = |kind: &Value| {
        let kind = kind.as_str().unwrap_or_default();
        let kind = kind.rsplit(['/', ':']).next().unwrap_or(kind);
        kind.ends_with("Article")
            || kind.ends_with("BlogPosting")
            || matches!(kind, "Report" | "SocialMediaPosting" | "NewsReport")
    };
    match fields.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(is),
        Some(kind) => is(kind),
        None => false,
    }
}

/// Puts the object with the same `@id` in place of one that only refers to it.
fn resolve(value: &mut Value, objects: &[Map<String, Value>]) {
    let items = match value {
        Value::Array(items) => items.as_mut_slice(),
        value => std::slice::from_mut(value),
    };
    for item in items {
        let Some(id) = item.get("@id").filter(|_| item.get("name").is_none()) else { continue };
        if let Some(named) = objects.iter().find(|object| object.get("@id") == Some(id) && object.contains_key("name"))
        {
            *item = named.get("name").cloned().unwrap_or_default();
        }
    }
}
