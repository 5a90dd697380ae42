//! The charset that markup declares in its first lines. What the bytes are by themselves counts for more where it is
//! beyond doubt.

use std::borrow::Cow;

use encoding_rs::{Encoding, WINDOWS_1252};

use super::charset;
use super::named::Named;
use crate::error::Result;

/// Bytes in which a declaration is looked for: browsers look at 1,024, and pages have it later than that.
const LOOKED_AT: usize = 4 * 1024;

/// Bytes of markup for each zero among them, at least; what has more is no text.
const TEXT_FOR_ZERO: usize = 100;

/// The bytes of HTML or XML as text, stray zeros left out. Refuses what is not text.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>> {
    if Encoding::for_bom(bytes).is_some() || charset::is_utf16(bytes) {
        return charset::decode(bytes).map(converted);
    }
    let zeros = memchr::memchr_iter(0, bytes).count();
    if (1..=bytes.len() / TEXT_FOR_ZERO).contains(&zeros) {
        let text: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
        return Ok(Cow::Owned(converted(unmarked(&text)?).into_owned()));
    }
    unmarked(bytes).map(converted)
}

/// `text` with what its writer never converted: the controls from 80 to 9F are letters of Windows-1252 that were taken for
/// Unicode by their numbers. HTML reads references to them in the same way.
fn converted(text: Cow<str>) -> Cow<str> {
    let bytes = text.as_bytes();
    let is_control = |at: usize| bytes.get(at + 1).is_some_and(|byte| matches!(byte, 0x80..=0x9F));
    if !memchr::memchr_iter(0xC2, bytes).any(is_control) {
        return text;
    }
    let letter = |c: char| match u8::try_from(c) {
        Ok(byte @ 0x80..=0x9F) => WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next().unwrap_or(c),
        _ => c,
    };
    Cow::Owned(text.chars().map(letter).collect())
}

fn unmarked(bytes: &[u8]) -> Result<Cow<'_, str>> {
    match declared(bytes).and_then(|named| named.decode(bytes)) {
        Some(text) => Ok(text),
        None => charset::decode(bytes),
    }
}

/// The charset that `<meta charset>`, its older form, or an XML declaration names.
fn declared(bytes: &[u8]) -> Option<Named> {
    names(bytes).iter().find_map(|name| Named::of(name))
}

/// That nobody knows the charset that markup declares, or a server (`named`), and what the bytes were read as.
pub fn doubt(bytes: &[u8], is_markup: bool, named: Option<&str>) -> Option<String> {
    if std::str::from_utf8(bytes).is_ok() || Encoding::for_bom(bytes).is_some() || charset::is_utf16(bytes) {
        return None;
    }
    let mut names = if is_markup { names(bytes) } else { Vec::new() };
    names.extend(named.map(|name| name_in(name.as_bytes())).filter(|name| !name.is_empty()));
    let unknown = names.first().filter(|_| names.iter().all(|name| Named::of(name).is_none()))?;
    let unknown = String::from_utf8_lossy(unknown);
    Some(format!("declared charset \"{unknown}\" is not known; read as {}", charset::guessed(bytes)))
}

/// All that the first lines call a charset, in lower case.
fn names(bytes: &[u8]) -> Vec<Vec<u8>> {
    let head = bytes.get(..LOOKED_AT).unwrap_or(bytes).to_ascii_lowercase();
    let is_xml = head.trim_ascii_start().starts_with(b"<?xml");
    let fields: &[&[u8]] = if is_xml { &[b"encoding", b"charset"] } else { &[b"charset"] };
    let mut names = Vec::new();
    for field in fields {
        for at in memchr::memmem::find_iter(&head, field) {
            let rest = head.get(at + field.len()..).unwrap_or_default();
            let Some(value) = rest.trim_ascii_start().strip_prefix(b"=") else { continue };
            let value = value.trim_ascii_start();
            let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
            let name = name_in(value);
            if !name.is_empty() {
                names.push(name);
            }
        }
    }
    names
}

/// The name that `value` begins with.
fn name_in(value: &[u8]) -> Vec<u8> {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.');
    value.iter().copied().take_while(is_part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_nobody_knows_is_told_where_it_matters() {
        let table: &[(&[u8], Option<&str>, Option<&str>)] = &[
            (b"<meta charset=\"x-Tide\"><p>Stra\xdfe", None, Some("x-tide")),
            (b"<?xml version='1.0' encoding='x-tide'?><rss>\xdf", None, Some("x-tide")),
            (b"<meta charset=x-tide><p>Stra\xdfe", Some("x-sea"), Some("x-tide")),
            (b"<p>Stra\xdfe", Some("x-sea"), Some("x-sea")),
            (b"<meta charset=latin1><p>Stra\xdfe", Some("x-sea"), None),
            (b"<meta charset=x-tide><p>Strasse", None, None),
            ("<meta charset=x-tide><p>Straße".as_bytes(), None, None),
            (b"<meta charset=x-tide><meta charset=latin1><p>Stra\xdfe", None, None),
            (b"<script charset = ''></script><p>Stra\xdfe", Some(""), None),
            (b"\xff\xfe<\0", None, None),
        ];
        for (bytes, named, unknown) in table {
            let told = unknown.map(|name| format!("declared charset \"{name}\" is not known; read as windows-1252"));
            assert_eq!(doubt(bytes, true, *named), told, "{bytes:?}");
        }
    }

    #[test]
    fn the_declaration_counts_where_the_bytes_leave_doubt() {
        let table: &[(&[u8], &str)] = &[
            (b"<meta charset=\"windows-1251\"><p>\xcf\xf0\xe8", "При"),
            (b"<meta http-equiv=content-type content='text/html; charset=ISO-8859-1'><p>\x80", "€"),
            (b"<?xml version='1.0' encoding='koi8-r'?><rss>\xf0\xd2\xc9", "При"),
            ("<meta charset=iso-8859-1><p>Größe".as_bytes(), "Größe"),
            (b"<meta charset=gbk><p>\xc1\xaa\xcd\xa8", "联通"),
            (b"<?xml version='1.0' encoding='windows_1251'?><rss>\xcf\xf0\xe8", "При"),
            (b"<p>don\xc2\x92t \xc2\x9d\xc2\xa0.", "don’t \u{9d}\u{a0}."),
            (b"<meta charset=utf-8><p>Gr\xc3\xb6\xdfe", "Grö\u{fffd}e"),
            (b"<meta charset=utf-8><p>Stra\xdfe, K\xfcste", "Straße, Küste"),
            (b"<meta charset=ibm850><p>Gr\x94\xe1e", "Größe"),
            (b"<meta charset=utf-16><p>a", "a"),
            (b"<meta charset=nonsense><p>a", "a"),
            (b"<meta charset", "<meta charset"),
            ("\u{feff}<meta charset=koi8-r><p>é".as_bytes(), "é"),
        ];
        for (bytes, text) in table {
            assert!(decode(bytes).unwrap().ends_with(text), "{text} in {:?}", decode(bytes));
        }
    }
}
