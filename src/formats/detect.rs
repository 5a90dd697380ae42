//! Which format a document has: by its name, else by how it begins. Says plainly what is not read yet.

use crate::error::{Error, Result};

/// Bytes from the beginning of a document that are enough for `detect`.
pub const HEAD: usize = 8 * 1024;

/// A format that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Plain,
    Markdown,
    /// One record a line; streamed, so that a file of any size can be taken.
    JsonLines,
}

impl Format {
    /// The names that the command line takes, in the order of the variants.
    pub const NAMES: [(&'static str, Self); 3] =
        [("plain", Self::Plain), ("markdown", Self::Markdown), ("jsonl", Self::JsonLines)];
}

/// The format of the document called `name` that begins with `head` (its first `HEAD` bytes, or all of it).
/// Text of no known kind is plain text; what is not text, or is of a kind not read yet, is refused with its reason.
pub fn detect(name: &str, head: &[u8]) -> Result<Format> {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name).to_ascii_lowercase();
    if let Some(kind) = signature(head) {
        return Err(Error::refused(format!("{kind} is not read")).hint("save it as text or Markdown and add that"));
    }
    let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension {
        "md" | "markdown" | "mdown" | "mkd" => return Ok(Format::Markdown),
        "jsonl" | "ndjson" => return Ok(Format::JsonLines),
        "txt" | "text" => return Ok(Format::Plain),
        "html" | "htm" | "xhtml" | "mht" => return Err(not_yet("HTML")),
        "eml" | "mbox" => return Err(not_yet("mail")),
        "opml" => return Err(not_yet("OPML")),
        "rss" | "atom" | "rdf" => return Err(not_yet("a feed")),
        "json" => refuse_spread(head)?,
        _ if file == "urls" => return Err(not_yet("newsboat's list of feeds")),
        _ => {}
    }
    by_content(head)
}

/// The refusal of something that a later version takes.
#[must_use]
pub fn not_yet(kind: &str) -> Error {
    Error::refused(format!("not yet: {kind} is read by a later version"))
        .hint("this version reads plain text (.txt), Markdown (.md) and JSON lines (.jsonl)")
}

fn by_content(head: &[u8]) -> Result<Format> {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let line = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let begins = |with: &str| head.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with.as_bytes()));
    if begins("<!doctype html") || begins("<html") {
        return Err(not_yet("HTML"));
    }
    if begins("<?xml") || begins("<rss") || begins("<feed") || begins("<rdf:") || begins("<opml") {
        return Err(not_yet(if contains(head, b"<opml") { "OPML" } else { "a feed" }));
    }
    if begins("From ") && contains(head, b"\nSubject:") || begins("Return-Path:") || begins("Received:") {
        return Err(not_yet("mail"));
    }
    if begins("{\"") || begins("{ ") || begins("{}") {
        // A record that is longer than the head cannot be looked at as a whole; its beginning has to do.
        let whole = line.len() < head.len();
        if !whole || serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok() {
            return Ok(Format::JsonLines);
        }
    }
    if begins("+++\n") || begins("---\n") && contains(head, b"\n---") {
        return Ok(Format::Markdown);
    }
    Ok(Format::Plain)
}

/// JSON that has not one record on each line would be taken for prose.
fn refuse_spread(head: &[u8]) -> Result<()> {
    let Ok(text) = super::decode(head) else { return Ok(()) };
    let text = text.trim_start();
    let line = text.lines().next().unwrap_or_default();
    // A record that is longer than the head cannot be looked at as a whole.
    let whole = line.len() < text.len() || head.len() < HEAD;
    let is_record = !whole || serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok();
    if text.starts_with('[') || text.starts_with('{') && !is_record {
        return Err(Error::refused("JSON that has not one record on each line is not read")
            .hint("write each record on a line of its own, as `jq -c` does, and add that as .jsonl"));
    }
    Ok(())
}

fn signature(head: &[u8]) -> Option<&'static str> {
    const SIGNATURES: [(&[u8], &str); 9] = [
        (b"%PDF-", "a PDF"),
        (b"PK\x03\x04", "an archive or office document"),
        (b"\x1f\x8b", "a compressed file"),
        (b"\x28\xb5\x2f\xfd", "a compressed file"),
        (b"BZh", "a compressed file"),
        (b"\xfd7zXZ\x00", "a compressed file"),
        (b"SQLite format 3\x00", "a database"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
    ];
    SIGNATURES.iter().find(|(bytes, _)| head.starts_with(bytes)).map(|(_, kind)| *kind)
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    memchr::memmem::find(text, part).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPREAD: &str = "JSON that has not one record on each line is not read";

    #[test]
    fn formats_are_known_by_name_or_content() {
        let table: &[(&str, &[u8], Format)] = &[
            ("a.txt", b"# not a heading", Format::Plain),
            ("notes/A.MD", b"plain words", Format::Markdown),
            ("c.ndjson", b"", Format::JsonLines),
            ("-", b"{\"text\": \"a\"}\n{\"text\": \"b\"}\n", Format::JsonLines),
            ("-", b"{ so it began", Format::JsonLines),
            ("-", b"{ so it began\nand went on", Format::Plain),
            ("-", b"---\ntitle: a\n---\ntext", Format::Markdown),
            ("-", b"A line.\n\nAnother.", Format::Plain),
            ("README", b"words", Format::Plain),
            ("a.json", b"{\"text\": \"a\"}\n{\"text\": \"b\"}\n", Format::JsonLines),
            ("a.json", b"{\"text\": \"a\"}", Format::JsonLines),
        ];
        for (name, head, format) in table {
            assert_eq!(detect(name, head).unwrap(), *format, "{name} {head:?}");
        }
    }

    #[test]
    fn a_record_longer_than_the_head_is_one_line() {
        let head = format!("{{\"text\": \"{}", "a".repeat(HEAD));
        assert_eq!(detect("a.json", head.get(..HEAD).unwrap().as_bytes()), Ok(Format::JsonLines));
    }

    #[test]
    fn what_is_not_read_is_refused_with_its_reason() {
        let table: &[(&str, &[u8], &str)] = &[
            ("page.html", b"", "not yet: HTML is read by a later version"),
            ("page", b"\n<!DOCTYPE html><p>", "not yet: HTML is read by a later version"),
            ("feed.xml", b"<?xml version='1.0'?><rss>", "not yet: a feed is read by a later version"),
            ("x", b"<?xml version='1.0'?><opml>", "not yet: OPML is read by a later version"),
            ("letter.eml", b"", "not yet: mail is read by a later version"),
            ("urls", b"https://a.example/feed", "not yet: newsboat's list of feeds is read by a later version"),
            ("a.json", b"{\n  \"text\": \"a\"\n}\n", SPREAD),
            ("a.json", b"{\"text\":\n\"a\"}", SPREAD),
            ("a.json", b"\xEF\xBB\xBF\n[\n  {\"text\": \"a\"}\n]", SPREAD),
            ("a.json", b"[{\"text\": \"a\"}, {\"text\": \"b\"}]", SPREAD),
            ("a.JSON", b"\xFF\xFE{\0\n\0\"\0a\0", SPREAD),
            ("paper.txt", b"%PDF-1.7", "a PDF is not read"),
            ("cache.db", b"SQLite format 3\0...", "a database is not read"),
        ];
        for (name, head, message) in table {
            let error = detect(name, head).unwrap_err();
            assert_eq!(error.message, *message, "{name}");
            assert!(error.hint.is_some());
        }
    }
}
