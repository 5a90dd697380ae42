//! JSON Feed, versions 1 and 1.1; values of the wrong type are read as what they mean.

use serde_json::Value;

use super::raw::{Enclosure, Entry, Feed, MOST, Text};

/// Reads a feed; `None` where it is none.
pub fn read(json: &str) -> Option<Feed> {
    let value: Value = serde_json::from_str(json).ok()?;
    let items = value.get("items")?.as_array()?;
    let hubs = value.get("hubs").and_then(Value::as_array);
    Some(Feed {
        title: Text { value: text(&value, "title"), plain: true },
        link: text(&value, "home_page_url"),
        language: text(&value, "language"),
        hub: hubs.and_then(|hubs| hubs.first()).map(|hub| text(hub, "url")).unwrap_or_default(),
        authors: authors(&value),
        entries: items.iter().map(entry).collect(),
        ..Feed::default()
    })
}

fn entry(item: &Value) -> Entry {
    let html = text(item, "content_html");
    let plain = html.trim().is_empty();
    let links = ["url", "external_url"].map(|name| text(item, name)).into_iter().filter(|link| !link.is_empty());
    let attachments = item.get("attachments").and_then(Value::as_array).into_iter().flatten().take(MOST);
    Entry {
        title: Text { value: text(item, "title"), plain: true },
        links: links.collect(),
        id: text(item, "id"),
        published: vec![text(item, "date_published")],
        updated: vec![text(item, "date_modified")],
        content: Text { value: if plain { text(item, "content_text") } else { html }, plain },
        summary: Text { value: text(item, "summary"), plain: true },
        authors: authors(item),
        categories: item.get("tags").and_then(Value::as_array).into_iter().flatten().take(MOST).map(line).collect(),
        enclosures: attachments
            .map(|file| Enclosure {
                href: text(file, "url"),
                kind: text(file, "mime_type"),
                title: text(file, "title"),
            })
            .collect(),
        language: text(item, "language"),
        ..Entry::default()
    }
}

fn authors(value: &Value) -> Vec<String> {
    let several = value.get("authors").and_then(Value::as_array).into_iter().flatten();
    several
        .chain(value.get("author"))
        .take(MOST)
        .map(|author| if author.is_object() { text(author, "name") } else { line(author) })
        .collect()
}

fn text(value: &Value, name: &str) -> String {
    value.get(name).map(line).unwrap_or_default()
}

fn line(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}
