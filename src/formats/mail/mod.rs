//! Mail: one message, a letter or a newsletter, becomes an article. What is attached is named and never opened.

mod flowed;

use mail_parser::{Address, HeaderValue, Message, MessageParser, MimeHeaders, PartType};

use super::html::{escaped, fragment};
use super::links::{self, Base};
use super::{dates, within_limit};
use crate::error::{Error, Result};
use crate::model::{Article, Document, Published};
use crate::text::clean::clean_line;

/// Tags of HTML that plain text has nothing for.
const STRUCTURE: [&str; 9] = ["<table", "<h1", "<h2", "<h3", "<ul", "<ol", "<blockquote", "<img", "<figure"];

/// Reads a message. The first line of one from a mailbox may still be there.
pub fn read(bytes: &[u8]) -> Result<Article> {
    let bytes = match bytes.strip_prefix(b"From ") {
        Some(_) => {
            bytes.iter().position(|byte| *byte == b'\n').and_then(|end| bytes.get(end + 1..)).unwrap_or_default()
        }
        None => bytes,
    };
    let message = MessageParser::default().parse(bytes).filter(|message| !message.headers().is_empty());
    let message = message.ok_or_else(|| Error::refused("there is no mail in it"))?;
    let title = clean_line(message.subject().unwrap_or_default());
    let document = document(&message, &title)?;
    let (name, address) = sender(message.from());
    let list = list(&message);
    let domain = address.rsplit_once('@').map(|(_, domain)| domain.to_ascii_lowercase());
    Ok(Article {
        url: header(&message, "Archived-At").and_then(|url| links::web(url.trim_matches(['<', '>', ' ']))),
        guid: message.message_id().map(clean_line).filter(|id| !id.is_empty()),
        source: list.or(domain).map(|source| clean_line(&source)).filter(|source| !source.is_empty()),
        author: Some(if name.is_empty() { address } else { name }).filter(|author| !author.is_empty()),
        published: published(&message),
        title,
        document,
        ..Article::default()
    })
}

fn document(message: &Message, title: &str) -> Result<Document> {
    let html = message.html_bodies().find_map(|part| match &part.body {
        PartType::Html(html) => Some(html.as_ref()),
        _ => None,
    });
    let plain = message.text_bodies().find_map(|part| match &part.body {
        PartType::Text(text) => Some((part, text.as_ref())),
        _ => None,
    });
    let attached = attached(message);
    let structured = html.is_some_and(|html| {
        let html = html.to_ascii_lowercase();
        message.header("List-Unsubscribe").is_some() || STRUCTURE.iter().any(|tag| html.contains(tag))
    });
    match (html, plain) {
        (Some(html), plain) if structured || plain.is_none_or(|(_, text)| text.trim().is_empty()) => {
            within_limit(html.len())?;
            let end = attached.map(|line| format!("<p>{}</p>", escaped(&line))).unwrap_or_default();
            Ok(fragment(&format!("{html}{end}"), &Base::default(), title))
        }
        (_, Some((part, text))) => {
            within_limit(text.len())?;
            let kind = part.content_type();
            let has = |name, value: &str| {
                let given = kind.and_then(|kind| kind.attribute(name));
                given.is_some_and(|given| given.eq_ignore_ascii_case(value))
            };
            Ok(flowed::document(text, has("format", "flowed"), has("delsp", "yes"), attached.as_deref()))
        }
        (_, None) => Ok(Document::plain(attached.iter().map(String::as_str))),
    }
}

/// A line with the names of what is attached.
fn attached(message: &Message) -> Option<String> {
    let names = message.attachments().map(|part| {
        let name = clean_line(part.attachment_name().unwrap_or_default());
        let kind = part.content_type().map(|kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or("*")));
        if name.is_empty() { clean_line(&kind.unwrap_or_else(|| "a file".to_owned())) } else { name }
    });
    let names: Vec<String> = names.collect();
    (!names.is_empty()).then(|| format!("Attached: {}", names.join(", ")))
}

/// The name and the address of who wrote it.
fn sender(from: Option<&Address>) -> (String, String) {
    let first = from.and_then(Address::first);
    let part = |text: Option<&str>| clean_line(text.unwrap_or_default());
    (part(first.and_then(|from| from.name())), part(first.and_then(|from| from.address())))
}

/// The name of the list that it came by, or what stands for one.
fn list(message: &Message) -> Option<String> {
    let line = match message.list_id() {
        HeaderValue::Address(list) => {
            let (name, id) = sender(Some(list));
            if name.is_empty() { id } else { name }
        }
        HeaderValue::Text(text) => text.to_string(),
        _ => header(message, "List-Id").unwrap_or_default(),
    };
    let name = line.split('<').next().unwrap_or_default().trim().trim_matches('"');
    let name = if name.is_empty() { line.trim_matches(['<', '>', ' ']) } else { name };
    Some(clean_line(name)).filter(|name| !name.is_empty())
}

fn published(message: &Message) -> Option<Published> {
    let written = header(message, "Date").and_then(|date| dates::parse(&clean_line(date.split('(').next()?)));
    written.or_else(|| {
        let date = message.date().filter(|date| date.is_valid())?;
        Some(Published { seconds: date.to_timestamp(), day_only: false })
    })
}

fn header(message: &Message, name: &str) -> Option<String> {
    message.header_raw(name).map(|value| value.trim().to_owned())
}

#[cfg(test)]
mod tests;
