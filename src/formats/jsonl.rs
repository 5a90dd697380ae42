//! JSON lines: one record, one article. Mistakes that common programs make in writing JSON are forgiven.

use std::fmt;

use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};

use super::html::{escaped, fragment};
use super::links::Base;
use super::plain;
use super::record::Record;
use crate::error::{Error, Result};
use crate::model::Article;

/// Reads one line.
pub fn read(line: &str) -> Result<Article> {
    article(&Record::new(fields(line)?))
}

/// Whether `json` is surely a record of an article; `several`: it is one of many.
pub fn is_article(json: &str, several: bool) -> bool {
    fields(json).is_ok_and(|fields| Record::new(fields).is_article(several))
}

/// The article that a record is.
pub fn article(record: &Record) -> Result<Article> {
    let mut article = record.article();
    let text = record.text();
    if text.is_none() && article.title.is_empty() {
        return Err(Error::refused("the record has neither text nor title")
            .hint("the text is looked for under text, body, content and article, the title under title and headline"));
    }
    let (text, is_html) = text.unwrap_or_default();
    let standfirst = record.standfirst();
    super::within_limit(text.len())?;
    article.document = if is_html {
        let base = Base::new(article.url.as_deref());
        let above = if standfirst.is_empty() { String::new() } else { format!("<p>{}</p>", escaped(&standfirst)) };
        fragment(&(above + &text), &base, &article.title)
    } else {
        plain::document(&standfirst, &super::cleaned(&text)?)
    };
    Ok(article)
}

fn fields(line: &str) -> Result<Map<String, Value>> {
    match known(line).or_else(|error| known(&repaired(line)).map_err(|_| error)) {
        Ok(fields) => Ok(fields),
        Err(error) if error.is_data() => Err(Error::refused("the line is JSON, but not a record in braces")),
        Err(error) => {
            let column = error.column();
            let what = error.to_string();
            let what = what.split(" at line ").next().unwrap_or_default();
            Err(Error::refused(format!("the line is not JSON: {what}, at byte {column}"))
                .hint("JSON lines have one whole record on each line"))
        }
    }
}

/// The fields of `line` that an article is made of. The others are passed over: as values they would take many times
/// their size.
fn known(line: &str) -> serde_json::Result<Map<String, Value>> {
    struct Known;

    impl<'de> Visitor<'de> for Known {
        type Value = Map<String, Value>;

        fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
            f.write_str("a record in braces")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Self::Value, A::Error> {
            let mut fields = Map::new();
            while let Some(name) = map.next_key::<String>()? {
                if Record::knows(&name) {
                    fields.insert(name, map.next_value()?);
                } else {
                    map.next_value::<IgnoredAny>()?;
                }
            }
            Ok(fields)
        }
    }

    let mut json = serde_json::Deserializer::from_str(line);
    let fields = json.deserialize_map(Known)?;
    json.end()?;
    Ok(fields)
}

/// `line` with lone halves of surrogate pairs made replacement characters, and `NaN` and `Infinity` made `null`.
fn repaired(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    let mut inside = false;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '"' => {
                inside = !inside;
                1
            }
            '\\' => match (unit(rest), rest.get(6..).and_then(unit)) {
                (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
                (Some(0xD800..=0xDFFF), _) => {
                    out.push_str("\\ufffd");
                    rest = rest.get(6..).unwrap_or_default();
                    continue;
                }
                _ => 1 + rest.chars().nth(1).map_or(0, char::len_utf8),
            },
            'N' | 'I' | '-' if !inside => {
                match ["NaN", "Infinity", "-Infinity"].iter().find(|word| rest.starts_with(**word)) {
                    Some(word) => {
                        out.push_str("null");
                        rest = rest.get(word.len()..).unwrap_or_default();
                        continue;
                    }
                    None => 1,
                }
            }
            c => c.len_utf8(),
        };
        out.push_str(rest.get(..length).unwrap_or_default());
        rest = rest.get(length..).unwrap_or_default();
    }
    out
}

/// The value of an escape `\uXXXX` that `text` begins with.
fn unit(text: &str) -> Option<u32> {
    u32::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::BlockKind;

    #[test]
    fn a_record_is_an_article() {
        let article = read(r#"{"title": "Fish", "text": "Dear.\n\nVery dear.", "standfirst": "On prices"}"#).unwrap();
        assert_eq!(article.document.text(), "On prices\n\nDear.\n\nVery dear.");
        let kinds: Vec<_> = article.document.blocks().iter().map(|block| &block.kind).collect();
        assert_eq!(kinds, [&BlockKind::Standfirst, &BlockKind::Paragraph, &BlockKind::Paragraph]);
        assert_eq!(read(r#"{"title": "Fish"}"#).unwrap().document.text(), "");
    }

    #[test]
    fn a_text_in_html_is_walked() {
        let line = r#"{"title": "Fish", "url": "https://a.example/1", "content": "<p>Dear, <a href='/2'>see</a>.</p><ul><li>Cod</ul>", "dek": "R&D"}"#;
        let article = read(line).unwrap();
        assert_eq!(article.document.text(), "R&D\n\nDear, see.\n\nCod");
        assert_eq!(article.document.links(), ["https://a.example/2"]);
    }

    #[test]
    fn fields_that_say_nothing_are_passed_over() {
        let junk = r#""junk": [{}, [[{"text": "b"}]]], "Body_Html": {"text": "c"}"#;
        for line in [
            format!(r#"{{{junk}, "Full-Text": "a"}}"#),
            format!(r#"{{"a": NaN, {junk}, "b\ud83d": Infinity, "Full-Text": "a"}}"#),
        ] {
            let kept: Vec<_> = fields(&line).unwrap().into_iter().collect();
            assert_eq!(kept, [("Full-Text".to_owned(), Value::from("a"))], "{line}");
        }
        assert_eq!(fields(r#"{"text": "a", "text": "b"}"#).unwrap()["text"], "b");
    }

    #[test]
    fn what_programs_write_by_mistake_is_forgiven() {
        let table = [
            (r#"{"author": NaN, "n": -Infinity, "text": "NaN \\ \" Infinity"}"#, "NaN \\ \" Infinity"),
            (r#"{"text": "a\ud83d b\udc00c \ud83d\ude00"}"#, "a\u{fffd} b\u{fffd}c 😀"),
        ];
        for (line, text) in table {
            assert_eq!(read(line).unwrap().document.text(), text, "{line}");
        }
    }

    #[test]
    fn a_bad_line_says_what_is_wrong() {
        for (line, message) in [
            ("{\"text\": \"a\"", "the line is not JSON: EOF while parsing an object, at byte 12"),
            ("[1]", "the line is JSON, but not a record in braces"),
            ("17", "the line is JSON, but not a record in braces"),
            ("{\"text\": \"a\"} {}", "the line is not JSON: trailing characters, at byte 15"),
            ("{\"a\": [1, \"text\": 1}", "the line is not JSON: expected `,` or `]`, at byte 17"),
            ("{\"id\": 1}", "the record has neither text nor title"),
            ("{\"text\": 1 \\", "the line is not JSON: expected `,` or `}`, at byte 12"),
        ] {
            assert_eq!(read(line).unwrap_err().message, message, "{line}");
        }
        // Deeper than any honest record: refused, without recursing.
        assert!(read(&"[".repeat(100_000)).is_err());
    }
}
