//! Bytes become articles: the format is known or guessed, the charset too, and all text leaves clean (`text::clean`).
//! No IO: `sources` brings the bytes. Nothing here panics or recurses, whatever the bytes are.
#![warn(clippy::string_slice, clippy::indexing_slicing)]

mod byline;
mod charset;
mod csv;
mod dates;
mod declared;
mod detect;
mod entities;
pub mod feed;
mod html;
mod jsonl;
mod language;
mod links;
pub mod lists;
mod mail;
mod markdown;
mod marks;
mod months;
mod named;
mod paragraphs;
mod plain;
mod record;
mod title;
mod tracking;

use std::borrow::Cow;

use crate::error::{Error, Result};
use crate::model::Article;
use crate::text::clean::clean;
use crate::text::counted;
use marks::joins_what_is_before;

pub use charset::{Charset, decode, is_utf16};
pub use csv::Head as TableHead;
pub use dates::parse as parse_date;
pub use detect::{Format, HEAD, detect};
pub use named::decode_named;

/// Most bytes of one document, before and after decoding: 32 MiB.
pub const DOCUMENT_LIMIT: usize = 32 * 1024 * 1024;

/// Most bytes that are looked at for markup: 3 MiB. Markup that was written to do harm takes a hundred times its size in
/// memory, and nobody marks up a text of a thousand pages by hand: what is longer is plain text.
const MARKUP_LIMIT: usize = 3 * 1024 * 1024;

/// Containers and inlines that may stand in each other; what is deeper is set flat.
const NESTING_LIMIT: usize = 512;

/// Reads one document: a file of text, Markdown, HTML or mail, one line of JSON lines; the first entry of a feed.
///
/// Refuses lists of what has to be fetched, and what is larger than `DOCUMENT_LIMIT`, is not text, or has no text to read.
pub fn read(bytes: &[u8], format: Format) -> Result<Article> {
    within_limit(bytes.len())?;
    let text = || within(decode(bytes)?);
    let markup = || within(declared::decode(bytes)?);
    let article = match format {
        Format::Plain => plain::read(&cleaned(&text()?)?),
        Format::Markdown => {
            let text = text()?;
            let read = if text.len() > MARKUP_LIMIT { plain::read } else { markdown::read };
            read(&cleaned(&text)?)
        }
        // Cleaned field by field: the escapes of JSON may hide anything.
        Format::JsonLines | Format::Json => jsonl::read(&text()?)?,
        Format::Csv => return table(&text()?),
        Format::Html => html::read(&markup()?, None),
        Format::Feed => return feed::read(bytes, None)?.entries.into_iter().next().unwrap_or_else(|| Err(no_text())),
        // Each part of a message has a charset of its own.
        Format::Mail | Format::Mailbox => mail::read(bytes)?,
        Format::Opml => return Err(not_fetched(lists::opml(&markup()?).feeds.len())),
        Format::Urls => return Err(not_fetched(lists::urls(&text()?).feeds.len())),
        Format::Newsboat => {
            return Err(Error::refused("a cache of newsboat's is read from its file").hint("name the file itself"));
        }
        Format::Bookmarks => lists::bookmarks(&markup()?).into_iter().next().ok_or_else(no_text)?,
    };
    complete(article)
}

/// Reads one line of JSON lines, from a file whose lines are in `charset` where they are not UTF-8.
///
/// Refuses what `read` refuses.
pub fn read_line(line: &[u8], charset: Option<Charset>) -> Result<Article> {
    within_limit(line.len())?;
    complete(jsonl::read(&within(charset::decode_line(line, charset)?)?)?)
}

/// Whether `bytes` are surely a record of an article, in JSON; `several`: one of many.
#[must_use]
pub fn is_record(bytes: &[u8], several: bool) -> bool {
    charset::decode_line(bytes, None).is_ok_and(|text| jsonl::is_article(&text, several))
}

/// Reads the first row of a table, which names its columns.
///
/// Refuses one that does not name what an article has.
pub fn table_head(row: &[u8]) -> Result<TableHead> {
    TableHead::read(&charset::decode_line(row, None)?)
}

/// Reads another row of a table.
///
/// Refuses what `read` refuses.
pub fn read_row(head: &TableHead, row: &[u8]) -> Result<Article> {
    within_limit(row.len())?;
    complete(head.article(&within(charset::decode_line(row, None)?)?)?)
}

/// The article of the first row of a table.
fn table(text: &str) -> Result<Article> {
    let (head, rows) = text.split_once('\n').unwrap_or((text, ""));
    complete(TableHead::read(head)?.article(rows.lines().next().unwrap_or_default())?)
}

/// Feeds that a page names: address, and title where it says one.
pub type NamedFeeds = Vec<(String, Option<String>)>;

/// Reads the page that was found at `address`; and the feeds that it names, each with its title where it says one.
///
/// Refuses what `read` refuses.
pub fn page(bytes: &[u8], address: &str) -> Result<(Article, NamedFeeds)> {
    within_limit(bytes.len())?;
    let text = declared::decode(bytes)?;
    within_limit(text.len())?;
    let article = complete(html::read(&text, Some(address)))?;
    Ok((article, html::offered(&text, address)))
}

/// `text` made clean. What tabs are widened to may be longer than a document is to be.
fn cleaned(text: &str) -> Result<String> {
    let text = clean(text);
    within_limit(text.len())?;
    Ok(text)
}

fn within(text: Cow<str>) -> Result<Cow<str>> {
    within_limit(text.len()).map(|()| text)
}

fn within_limit(bytes: usize) -> Result<()> {
    if bytes > DOCUMENT_LIMIT { Err(too_large()) } else { Ok(()) }
}

/// The refusal of a document beyond `DOCUMENT_LIMIT`.
#[must_use]
pub fn too_large() -> Error {
    Error::refused("larger than 32 MiB").hint("split it, or give one article a line as JSON lines (.jsonl)")
}

fn no_text() -> Error {
    Error::refused("there is no text in it")
}

/// The refusal of a list of things that have to be fetched.
fn not_fetched(count: usize) -> Error {
    Error::refused(format!("it is a list of {}, not an article", counted(count, "feed")))
        .hint("`pullquote add` with the name of the file, not of its folder, subscribes to them")
}

/// Reads everything in a document: one article of most formats, all entries of a feed, all bookmarks.
///
/// Refuses what `read` refuses; what is wrong in one entry is said in its place.
pub fn read_all(bytes: &[u8], format: Format) -> Result<Vec<Result<Article>>> {
    match format {
        Format::Feed => Ok(feed::read(bytes, None)?.entries),
        Format::Bookmarks => {
            within_limit(bytes.len())?;
            Ok(lists::bookmarks(&within(declared::decode(bytes)?)?).into_iter().map(complete).collect())
        }
        format => Ok(vec![read(bytes, format)]),
    }
}

/// That the charset of `bytes` had to be guessed, since nobody knows the one that they or a server (`named`) declare.
#[must_use]
pub fn doubt(bytes: &[u8], format: Format, named: Option<&str>) -> Option<String> {
    let is_markup = matches!(format, Format::Html | Format::Feed | Format::Opml | Format::Bookmarks);
    declared::doubt(bytes, is_markup, named)
}

/// Gives an article what can be told from the rest of it: title, source and language.
fn complete(mut article: Article) -> Result<Article> {
    if article.title.is_empty() {
        article.title = title::from_document(&article.document);
    }
    if article.title.is_empty() {
        return Err(no_text());
    }
    if article.source.is_none() {
        article.source = article.url.as_deref().and_then(links::domain);
    }
    if article.language.is_none() {
        article.language = language::guess(article.document.text());
    }
    Ok(article)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_missing_is_told_from_the_rest() {
        let text = "The harbour board met on Monday to talk about the price of fish, the state of the quay and the \
                    plans for a new light at the end of the pier.\n\nNobody left before the tea was cold.";
        let article = read(text.as_bytes(), Format::Plain).unwrap();
        assert_eq!(
            article.title,
            "The harbour board met on Monday to talk about the price of fish, the state of the quay and the plans…"
        );
        assert_eq!(article.language.as_deref(), Some("en"));
        assert_eq!(article.source, None);

        let article = read(b"url: https://www.harbour.example/fish\n\nFish is dear.", Format::Plain).unwrap();
        assert_eq!(article.source.as_deref(), Some("harbour.example"));
    }

    #[test]
    fn what_has_no_text_is_refused() {
        for (bytes, format) in [
            (&b""[..], Format::Plain),
            (b" \n\n\t", Format::Plain),
            (b"---\nauthor: Ada\n---\n", Format::Markdown),
            (b"\x1b\x07", Format::Plain),
            (b"{\"author\": \"Ada\"}", Format::JsonLines),
        ] {
            assert!(read(bytes, format).is_err(), "{bytes:?}");
        }
        let large = vec![b'a'; DOCUMENT_LIMIT + 1];
        assert_eq!(read(&large, Format::Plain).unwrap_err().message, "larger than 32 MiB");
    }

    #[test]
    fn the_limit_holds_after_decoding_and_cleaning() {
        let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
        let many = [0x6E, 0x2F].repeat(DOCUMENT_LIMIT / 3 + 1);
        let wide = [utf16("\u{feff}"), many].concat();
        // The long field is none that is kept: the line as a whole is too long.
        let record = [utf16("\u{feff}{\"title\": \"a\", \"x\": \""), wide[2..].to_vec(), utf16("\"}")].concat();
        let tabs = "a\t".repeat(DOCUMENT_LIMIT / 4 + 1);
        let json = format!("{{\"text\": \"{tabs}\"}}").replace('\t', "\\t");
        for (bytes, format) in [
            (&wide[..], Format::Plain),
            (&record, Format::JsonLines),
            (tabs.as_bytes(), Format::Plain),
            (json.as_bytes(), Format::JsonLines),
        ] {
            assert!(bytes.len() <= DOCUMENT_LIMIT);
            assert_eq!(read(bytes, format), Err(too_large()), "{format:?}");
        }
    }

    #[test]
    fn markup_beyond_its_limit_is_plain_text() {
        let text = format!("# A\n\n{}", "*b* ".repeat(MARKUP_LIMIT / 4));
        let article = read(text.as_bytes(), Format::Markdown).unwrap();
        assert!(article.document.inlines().is_empty() && article.document.text().starts_with("# A\n\n*b* *b*"));
        let short = read(b"# A\n\n*b*", Format::Markdown).unwrap();
        assert_eq!((short.title.as_str(), short.document.text()), ("A", "b"));
    }

    fn fragments() -> impl Strategy<Value = String> {
        let parts = prop::sample::select(vec![
            "date ",
            "2017-09-05",
            "title: ",
            "\n",
            "\n\n",
            "---\n",
            "+++\n",
            "# ",
            "> ",
            "- ",
            "1. ",
            "```",
            "|a|b|\n|-|-|\n",
            "[x](http://a.example)",
            "![p](https://b.example/c.png)",
            "[^1]",
            "[^1]: ",
            "**",
            "_",
            "`",
            "<br>",
            "<div>",
            "<p class=byline>",
            "</p>",
            "<b><i>",
            "</b>",
            "<li>",
            "<table><tr><td>",
            "<td>",
            "</table>",
            "<blockquote>",
            "<pre>",
            "<a href='https://c.example#1'>",
            "</a>",
            "<sup>",
            "<img alt='",
            "' src=x>",
            "<h1>",
            "From: a <b@c.example>\nList-Id: <d>\n",
            "Subject: =?utf-8?q?e=0A=1B?=\n",
            "Content-Type: text/html\n",
            "> > ",
            "-- \n",
            "<outline text='f' xmlUrl='https://g.example'>",
            "<DL><H3>",
            "<item>",
            "</item>",
            "<title>",
            "</title>",
            "<description>",
            "<![CDATA[",
            "]]>",
            "<entry xml:base='https://c.example'>",
            "<category>",
            "<link href='/x'/>",
            "<enclosure url='y'/>",
            "&#x202e;&#x301;&#0;",
            "<script>",
            "</script>",
            "“",
            "”",
            "\"",
            "{\"text\": \"",
            "\\ud800",
            "\"}",
            "word ",
            "Übung ",
            "東京",
            "\u{202e}",
            "\u{301}",
            "\u{0}",
            "\u{9b}",
            "    ",
            "\t",
            ".",
            "&#27;",
        ]);
        prop::collection::vec(parts, 0..60).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
            let _ = detect("a", &bytes);
            for (_, format) in Format::NAMES {
                let _ = read(&bytes, format);
            }
        }

        #[test]
        fn documents_are_sound_and_clean(text in fragments()) {
            for (_, format) in Format::NAMES {
                let Ok(article) = read(text.as_bytes(), format) else { continue };
                let d = &article.document;
                prop_assert!(!article.title.is_empty());
                prop_assert_eq!(clean(&article.title), article.title.as_str());
                prop_assert!(!article.title.contains('\n'));
                // The cells of a table are set apart by tabs, which would be widened.
                let text = d.text().replace('\t', " ");
                prop_assert_eq!(clean(&text), text);
                let parts = (d.text().to_owned(), d.blocks().to_vec(), d.inlines().to_vec(), d.links().to_vec());
                let again = crate::model::Document::from_parts(parts.0, parts.1, parts.2, parts.3);
                prop_assert_eq!(again.as_ref(), Some(d));
            }
        }
    }
}
