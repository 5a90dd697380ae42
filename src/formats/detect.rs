//! Which format a document has: by its name, else by how it begins. Says plainly what is not read yet.

use crate::error::{Error, Result};

/// Bytes from the beginning of a document that are enough for `detect`.
pub const HEAD: usize = 8 * 1024;

const SQLITE: &[u8] = b"SQLite format 3\x00";

/// A format that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Plain,
    Markdown,
    /// One record a line; streamed, so that a file of any size can be taken.
    JsonLines,
    /// Records in an array, or over several lines each; streamed too.
    Json,
    /// A table whose first row names the columns; streamed too.
    Csv,
    /// A page, of which the main content is read.
    Html,
    /// RSS, RDF, Atom or JSON Feed, each entry of which is an article.
    Feed,
    /// One message.
    Mail,
    /// Messages one after the other (mbox); streamed, so that a file of any size can be taken.
    Mailbox,
    /// A list of feeds in folders. There are no articles in it.
    Opml,
    /// newsboat's list of feeds.
    Urls,
    /// newsboat's cache, a database that is read from its file.
    Newsboat,
    /// Bookmarks of a browser, of Pocket or of Wallabag.
    Bookmarks,
}

impl Format {
    /// The names that the command line takes, in the order of the variants.
    pub const NAMES: [(&'static str, Self); 13] = [
        ("plain", Self::Plain),
        ("markdown", Self::Markdown),
        ("jsonl", Self::JsonLines),
        ("json", Self::Json),
        ("csv", Self::Csv),
        ("html", Self::Html),
        ("feed", Self::Feed),
        ("mail", Self::Mail),
        ("mbox", Self::Mailbox),
        ("opml", Self::Opml),
        ("urls", Self::Urls),
        ("newsboat", Self::Newsboat),
        ("bookmarks", Self::Bookmarks),
    ];
}

/// The format of the document called `name` that begins with `head` (its first `HEAD` bytes, or all of it).
/// Text of no known kind is plain text; what is not text, or is of a kind not read yet, is refused with its reason.
pub fn detect(name: &str, head: &[u8]) -> Result<Format> {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name).to_ascii_lowercase();
    if is_newsboat(head) {
        return Ok(Format::Newsboat);
    }
    if let Some(kind) = signature(head) {
        return Err(Error::refused(format!("{kind} is not read")).hint("save it as text or Markdown and add that"));
    }
    let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension {
        "md" | "markdown" | "mdown" | "mkd" => return Ok(Format::Markdown),
        "jsonl" | "ndjson" => return Ok(Format::JsonLines),
        "txt" | "text" => return Ok(Format::Plain),
        "html" | "htm" if is_bookmarks(head) => return Ok(Format::Bookmarks),
        "html" | "htm" | "xhtml" => return Ok(Format::Html),
        "eml" => return Ok(Format::Mail),
        "mbox" => return Ok(Format::Mailbox),
        "opml" => return Ok(Format::Opml),
        "rss" | "atom" | "rdf" => return Ok(Format::Feed),
        "json" if contains(head, b"jsonfeed.org/version/") => return Ok(Format::Feed),
        "json" if is_spread(head) => return Ok(Format::Json),
        "csv" | "tsv" => return Ok(Format::Csv),
        _ if file == "urls" => return Ok(Format::Urls),
        _ => {}
    }
    Ok(by_content(head))
}

fn by_content(head: &[u8]) -> Format {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let line = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let begins = |with: &str| head.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with.as_bytes()));
    if is_bookmarks(head) {
        return Format::Bookmarks;
    }
    if begins("<!doctype html") || begins("<html") || begins("<!--") && contains(&head.to_ascii_lowercase(), b"<html") {
        return Format::Html;
    }
    if begins("<?xml") || begins("<rss") || begins("<feed") || begins("<rdf:") || begins("<opml") {
        let page = contains(&head.to_ascii_lowercase(), b"<html");
        return match page {
            _ if contains(head, b"<opml") => Format::Opml,
            true => Format::Html,
            false => Format::Feed,
        };
    }
    if begins("From ") && is_mail(head) {
        return Format::Mailbox;
    }
    if is_mail(head) {
        return Format::Mail;
    }
    if begins("{\"") || begins("{ ") || begins("{}") {
        // A record that is longer than the head cannot be looked at as a whole; its beginning has to do.
        let whole = line.len() < head.len();
        if !whole || serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok() {
            return Format::JsonLines;
        }
    }
    if head.strip_prefix(b"[").is_some_and(|rest| rest.trim_ascii_start().starts_with(b"{\"")) {
        return Format::Json;
    }
    if begins("+++\n") || begins("---\n") && contains(head, b"\n---") {
        return Format::Markdown;
    }
    Format::Plain
}

/// Whether the lines on top are the header of a message: a file of a maildir has no extension.
fn is_mail(head: &[u8]) -> bool {
    const NAMES: [&str; 6] = ["received", "return-path", "message-id", "mime-version", "delivered-to", "from"];
    let mut found = 0;
    for (n, line) in head.split(|&byte| byte == b'\n').take_while(|line| !line.trim_ascii().is_empty()).enumerate() {
        // The line that sets messages of a mailbox apart says as much as a field.
        let is_border = n == 0 && line.starts_with(b"From ");
        if line.starts_with(b" ") || line.starts_with(b"\t") || is_border {
            found += usize::from(is_border);
            continue;
        }
        let Some(colon) = memchr::memchr(b':', line) else { return false };
        let name = line.get(..colon).unwrap_or_default();
        if !name.iter().all(u8::is_ascii_graphic) {
            return false;
        }
        found += usize::from(NAMES.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes())));
    }
    found > 1
}

/// Whether a database has the tables of newsboat's cache: their names stand on its first page.
fn is_newsboat(head: &[u8]) -> bool {
    head.starts_with(SQLITE) && contains(head, b"rss_feed") && contains(head, b"rss_item")
}

/// Whether a page is the bookmarks of a browser, or what Pocket or Wallabag export.
fn is_bookmarks(head: &[u8]) -> bool {
    contains(head, b"NETSCAPE-Bookmark-file") || contains(head, b"<title>Pocket Export</title>")
}

/// Whether JSON has not one record on each line.
fn is_spread(head: &[u8]) -> bool {
    let Ok(text) = super::decode(head) else { return false };
    let text = text.trim_start();
    let line = text.lines().next().unwrap_or_default();
    // A record that is longer than the head cannot be looked at as a whole.
    let whole = line.len() < text.len() || head.len() < HEAD;
    let is_record = !whole || serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok();
    text.starts_with('[') || text.starts_with('{') && !is_record
}

fn signature(head: &[u8]) -> Option<&'static str> {
    const SIGNATURES: [(&[u8], &str); 9] = [
        (b"%PDF-", "a PDF"),
        (b"PK\x03\x04", "an archive or office document"),
        (b"\x1f\x8b", "a compressed file"),
        (b"\x28\xb5\x2f\xfd", "a compressed file"),
        (b"BZh", "a compressed file"),
        (b"\xfd7zXZ\x00", "a compressed file"),
        (SQLITE, "a database"),
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
            ("page.HTM", b"", Format::Html),
            ("page.xml", b"<?xml version='1.0'?>\n<!DOCTYPE html><HTML>", Format::Html),
            ("feed.xml", b"<?xml version='1.0'?><rss>", Format::Feed),
            ("-", b"<feed xmlns='x'>", Format::Feed),
            ("news.rdf", b"", Format::Feed),
            ("x", b"<?xml version='1.0'?><opml>", Format::Opml),
            ("letter.eml", b"", Format::Mail),
            ("1504607415.M1P2.host:2,S", b"Received: by a\n\tfor b\nFrom: c\nSubject: d\n\ne", Format::Mail),
            ("Inbox", b"From a@b Tue Sep 5 2017\nFrom: c\nMessage-ID: <d>\n\ne", Format::Mailbox),
            ("-", b"From a@b Tue Sep 5 2017\nFrom: c\nSubject: d\n\ne", Format::Mailbox),
            ("story", b"From here on\nAuthor: Ada\n\nFrom: x", Format::Plain),
            ("story", b"From: Ada\nTo all of you: hello\n\nMessage-ID: x", Format::Plain),
            ("urls", b"https://a.example/feed", Format::Urls),
            ("cache.db", b"SQLite format 3\0.CREATE TABLE rss_feed.CREATE TABLE rss_item", Format::Newsboat),
            ("b.html", b"<!DOCTYPE NETSCAPE-Bookmark-file-1>", Format::Bookmarks),
            ("feed.json", b"{\n\"version\": \"https://jsonfeed.org/version/1\"", Format::Feed),
            ("page", b"\n<!DOCTYPE html><p>", Format::Html),
            ("page", b"\xEF\xBB\xBF<!-- saved --><html>", Format::Html),
            ("a.json", b"{\"text\": \"a\"}\n{\"text\": \"b\"}\n", Format::JsonLines),
            ("a.json", b"{\"text\": \"a\"}", Format::JsonLines),
            ("a.json", b"{\n  \"text\": \"a\"\n}\n", Format::Json),
            ("a.json", b"{\"text\":\n\"a\"}", Format::Json),
            ("a.json", b"\xEF\xBB\xBF\n[\n  {\"text\": \"a\"}\n]", Format::Json),
            ("a.json", b"[{\"text\": \"a\"}, {\"text\": \"b\"}]", Format::Json),
            ("a.JSON", b"\xFF\xFE{\0\n\0\"\0a\0", Format::Json),
            ("-", b"[\n  {\"text\": \"a\"}\n]", Format::Json),
            ("-", b"[a note] on fish", Format::Plain),
            ("b.CSV", b"title,text\n", Format::Csv),
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
