//! RSS, RDF and Atom, read element by element by the tokenizer of HTML, which forgives whatever feeds are guilty of: what
//! is wrong in an entry costs that entry, and no other.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use html5ever::tokenizer::{EndTag, StartTag, Tag, Token};

use super::fields::{Field, field, is_about_else, prefix};
use super::raw::{Enclosure, Entry, Feed, MOST, Text};
use super::references::whole;
use crate::formats::html::escaped;
use crate::formats::html::pieces::tokens;

/// Elements of HTML that have nothing in them and no end.
const EMPTY: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Reads a feed; `None` where no element of one is met.
pub fn read(xml: &str) -> Option<Feed> {
    let mut reader = Reader::default();
    tokens(&whole(xml), &mut |token| match token {
        Token::TagToken(tag) if tag.kind == StartTag => reader.start(&tag),
        Token::TagToken(tag) => reader.end(&tag),
        Token::CharacterTokens(text) => reader.text(&text),
        _ => {}
    });
    if let Some(entry) = reader.entry.take() {
        reader.feed.entries.push(Entry { cut: true, ..entry });
    }
    reader.known.then_some(reader.feed)
}

#[derive(Default)]
struct Reader {
    feed: Feed,
    entry: Option<Entry>,
    value: Option<Value>,
    /// The prefix of each namespace that the feed declares, by its own.
    prefixes: HashMap<String, &'static str>,
    /// An element that only feeds have was met.
    known: bool,
    /// The feed itself is RDF; otherwise that may stand in a drawing.
    rdf: bool,
}

/// The element whose value is being read.
struct Value {
    name: String,
    /// `None` for what is passed over.
    field: Option<Field>,
    text: String,
    /// Elements of the same name open in it.
    depth: usize,
    plain: bool,
    /// Tags stand in it as they are, so that its text has to be escaped.
    markup: bool,
    /// It is written in base64.
    encoded: bool,
    rel: String,
    permanent: bool,
}

impl Reader {
    fn start(&mut self, tag: &Tag) {
        self.declare(tag);
        let name = self.name(&tag.name);
        if matches!(&*name, "item" | "entry") {
            self.finish_entry();
            self.known = true;
            let entry =
                Entry { base: attribute(tag, "xml:base"), language: attribute(tag, "xml:lang"), ..Entry::default() };
            self.entry = Some(Entry { id: attribute(tag, "rdf:about"), ..entry });
            return;
        }
        if let Some(value) = &mut self.value {
            if value.name == name && !tag.self_closing {
                value.depth += 1;
            }
            if value.field.is_some() {
                value.text.push_str(&markup(tag));
            }
            return;
        }
        match &*name {
            "rss" | "feed" | "rdf:rdf" | "channel" => {
                self.known = true;
                self.rdf |= &*name == "rdf:rdf";
                if self.feed.base.is_empty() {
                    self.feed.base = attribute(tag, "xml:base");
                }
                if self.feed.language.is_empty() {
                    self.feed.language = attribute(tag, "xml:lang");
                }
            }
            "enclosure" | "media:content" => self.enclose(tag),
            "media:title" | "media:thumbnail" => {}
            name if is_about_else(name) => self.begin(tag, name, None),
            name => {
                if let Some(field) = field(name) {
                    self.begin(tag, name, Some(field));
                }
            }
        }
    }

    fn end(&mut self, tag: &Tag) {
        let name = self.name(&tag.name);
        let closes_entry = matches!(&*name, "item" | "entry");
        if closes_entry || matches!(&*name, "channel" | "rss" | "feed") || self.rdf && name == "rdf:rdf" {
            self.finish_entry();
            return;
        }
        let Some(value) = &mut self.value else { return };
        if value.name == name {
            if value.depth == 0 {
                self.finish_value();
                return;
            }
            value.depth -= 1;
        }
        if value.field.is_some() {
            value.text.push_str(&markup(tag));
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(value) = self.value.as_mut().filter(|value| value.field.is_some()) {
            if value.markup { value.text.push_str(&escaped(text)) } else { value.text.push_str(text) }
        }
    }

    /// Notes which prefixes the feed gives to namespaces.
    fn declare(&mut self, tag: &Tag) {
        for attribute in &tag.attrs {
            if let Some(own) = attribute.name.local.strip_prefix("xmlns:")
                && let Some(known) = prefix(&attribute.value)
                && self.prefixes.len() < 64
            {
                self.prefixes.insert(own.to_owned(), known);
            }
        }
    }

    /// The name of an element with the prefix by which it is known here.
    fn name(&self, name: &str) -> String {
        let Some((own, local)) = name.split_once(':') else { return name.to_owned() };
        match self.prefixes.get(own).copied().unwrap_or(if own == "atom" || own == "xhtml" { "" } else { own }) {
            "" => local.to_owned(),
            prefix => format!("{prefix}:{local}"),
        }
    }

    fn begin(&mut self, tag: &Tag, name: &str, field: Option<Field>) {
        let kind = attribute(tag, "type").to_ascii_lowercase();
        let is_atom_text = matches!(field, Some(Field::Title | Field::Summary | Field::Content)) && !kind.is_empty();
        let escaped_mode = attribute(tag, "mode") == "escaped";
        let mut value = Value {
            name: name.to_owned(),
            field,
            text: String::new(),
            depth: 0,
            plain: is_atom_text && matches!(kind.as_str(), "text" | "text/plain") && !escaped_mode,
            markup: kind.contains("xhtml") && !escaped_mode || attribute(tag, "mode") == "xml",
            encoded: attribute(tag, "mode") == "base64" || kind == "application/octet-stream",
            rel: attribute(tag, "rel").to_ascii_lowercase(),
            permanent: attribute(tag, "ispermalink") != "false",
        };
        match field {
            Some(Field::Link) => value.text = attribute(tag, "href"),
            Some(Field::Category) => {
                let label = attribute(tag, "label");
                value.text = if label.is_empty() { attribute(tag, "term") } else { label };
            }
            _ => {}
        }
        if value.rel == "enclosure" {
            self.enclose(tag);
        }
        self.value = Some(value);
        if tag.self_closing {
            self.finish_value();
        }
    }

    fn enclose(&mut self, tag: &Tag) {
        let href = ["url", "href"].map(|name| attribute(tag, name)).into_iter().find(|href| !href.is_empty());
        if let Some((entry, href)) = self.entry.as_mut().zip(href)
            && entry.enclosures.len() < MOST
            && !entry.enclosures.iter().any(|known| known.href == href)
        {
            let kind = ["type", "medium"].map(|name| attribute(tag, name)).into_iter().find(|kind| !kind.is_empty());
            entry.enclosures.push(Enclosure { href, kind: kind.unwrap_or_default(), title: attribute(tag, "title") });
        }
    }

    fn finish_entry(&mut self) {
        self.finish_value();
        self.feed.entries.extend(self.entry.take());
    }

    fn finish_value(&mut self) {
        let Some(Value { field: Some(field), text, plain, encoded, rel, permanent, .. }) = self.value.take() else {
            return;
        };
        let text = if encoded { decoded(text) } else { text };
        let line = || text.trim().to_owned();
        let said = !text.trim().is_empty();
        let is_page = matches!(rel.as_str(), "" | "alternate" | "none");
        let Some(entry) = &mut self.entry else {
            let feed = &mut self.feed;
            match field {
                Field::Title => Entry::first(&mut feed.title, Text { value: text, plain }),
                Field::Link if rel == "hub" => feed.hub = line(),
                Field::Link if is_page && feed.link.is_empty() => feed.link = line(),
                Field::Language if feed.language.is_empty() => feed.language = line(),
                Field::Ttl => feed.ttl = line(),
                Field::Author if said => Entry::more(&mut feed.authors, text),
                _ => {}
            }
            return;
        };
        match field {
            Field::Title => Entry::first(&mut entry.title, Text { value: text, plain }),
            Field::Content if text.trim().len() > entry.content.value.trim().len() => {
                entry.content = Text { value: line(), plain }
            }
            Field::Summary => Entry::first(&mut entry.summary, Text { value: text, plain }),
            Field::Fallback if text.trim().len() > entry.fallback.value.len() => {
                entry.fallback = Text { value: line(), plain }
            }
            Field::Original if said => {
                entry.links.truncate(MOST);
                entry.links.insert(0, line());
            }
            Field::Link if is_page && said => Entry::more(&mut entry.links, line()),
            Field::Id if said => {
                if permanent && line().contains("://") {
                    Entry::more(&mut entry.links, line());
                }
                entry.id = line();
            }
            Field::Published => Entry::more(&mut entry.published, line()),
            Field::Updated => Entry::more(&mut entry.updated, line()),
            Field::Author if said => Entry::more(&mut entry.authors, text),
            Field::Category if said => Entry::more(&mut entry.categories, line()),
            Field::Language => entry.language = line(),
            Field::Source if !text.contains('<') => entry.source = line(),
            _ => {}
        }
    }
}

fn attribute(tag: &Tag, name: &str) -> String {
    let found = tag.attrs.iter().find(|attribute| &*attribute.name.local == name);
    found.map(|attribute| attribute.value.trim().to_owned()).unwrap_or_default()
}

/// A name without its prefix: what stands in the text of an entry is HTML, under whatever prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// What `text` says in base64, or itself where it is none (Atom 0.3, and what Atom 1.0 does with types that are no text).
fn decoded(text: String) -> String {
    let packed: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    STANDARD.decode(packed).ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or(text)
}

/// A tag as it is written. HTML has no elements that close themselves, so that one which may have something in it would
/// swallow what follows: it is closed here.
fn markup(tag: &Tag) -> String {
    let (mark, name) = (if tag.kind == EndTag { "/" } else { "" }, local(&tag.name));
    let attributes = tag.attrs.iter().map(|a| format!(" {}=\"{}\"", &*a.name.local, escaped(&a.value)));
    let opened = format!("<{mark}{name}{}>", attributes.collect::<String>());
    if tag.self_closing && !EMPTY.contains(&name) { format!("{opened}</{name}>") } else { opened }
}
