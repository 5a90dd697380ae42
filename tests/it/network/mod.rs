//! The network, with a server on this machine: no test needs another one, or waits longer than its own limits.

mod commands;
mod fetching;
mod http;
mod proxies;
mod reader;
mod subscribing;
mod tls;

use serde_json::json;

/// A JSON Feed of entries: what each is called, and its text. The pages of its entries lie beside it.
fn json_feed(title: &str, entries: &[(&str, &str)]) -> String {
    let items: Vec<_> = entries
        .iter()
        .map(|(id, text)| json!({"id": id, "url": format!("entry/{id}"), "title": format!("Entry {id}"), "content_text": text}))
        .collect();
    json!({"version": "https://jsonfeed.org/version/1.1", "title": title, "items": items}).to_string()
}
