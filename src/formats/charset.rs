//! Bytes become text: by byte order mark, as UTF-16, as UTF-8, else in the legacy charset that fits best.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use crate::error::{Error, Result};

/// Bytes that are looked at to tell text from anything else.
const SAMPLE: usize = 8 * 1024;

/// Bytes, from the first one that is not ASCII on, that the charset is guessed from.
const GUESSED_FROM: usize = 256 * 1024;

/// Characters of UTF-8 that must be whole for each broken one, before text with faults counts as UTF-8.
const WHOLE_FOR_BROKEN: usize = 20;

/// The legacy charset of a file of lines. A line by itself may have a single letter that tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Charset(&'static Encoding);

impl Charset {
    /// The charset of the lines in `run` that are not UTF-8; `None` where all are.
    #[must_use]
    pub fn of_lines(run: &[u8]) -> Option<Self> {
        if std::str::from_utf8(run).is_ok() {
            return None;
        }
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        let mut looked_at = 0;
        for line in run.split_inclusive(|byte| *byte == b'\n').filter(|line| is_legacy(line)) {
            detector.feed(line, false);
            looked_at += line.len();
            if looked_at >= GUESSED_FROM {
                break;
            }
        }
        (looked_at > 0).then(|| Self(detector.guess(None, Utf8Detection::Deny)))
    }
}

/// As `decode`, for a line of a file whose other lines are in `charset`: it is too, unless it is UTF-8 or does not fit.
pub fn decode_line(line: &[u8], charset: Option<Charset>) -> Result<Cow<'_, str>> {
    let shared = charset.filter(|_| is_legacy(line) && memchr::memchr(0, line).is_none());
    let read = shared.and_then(|charset| charset.0.decode_without_bom_handling_and_without_replacement(line));
    read.map_or_else(|| decode(line), Ok)
}

/// Whether `line` is neither UTF-8 nor UTF-8 with a few faults.
fn is_legacy(line: &[u8]) -> bool {
    std::str::from_utf8(line).is_err() && !is_damaged_utf8(line)
}

/// `bytes` as text, without a byte order mark. Refuses what is not text.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0);
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return Ok(encoding.decode_without_bom_handling(bytes).0);
    }
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let controls = sample.iter().filter(|byte| matches!(byte, 1..=8 | 14..=26 | 28..=31)).count();
    if sample.contains(&0) || controls * 10 > sample.len().max(100) {
        return Err(Error::refused("not text").hint("pullquote reads plain text, Markdown and JSON lines"));
    }
    // Japanese mail switches character sets by escape sequences, which are UTF-8 all the same.
    let shifts = memchr::memmem::find(bytes, b"\x1b$").is_some();
    match std::str::from_utf8(bytes) {
        Ok(text) if !shifts => Ok(Cow::Borrowed(text)),
        _ if !shifts && is_damaged_utf8(bytes) => Ok(String::from_utf8_lossy(bytes)),
        _ => Ok(guess(bytes).decode_without_bom_handling(bytes).0),
    }
}

/// What `decode` takes `bytes` for that nothing is known of, as it is called.
pub fn guessed(bytes: &[u8]) -> &'static str {
    if is_damaged_utf8(bytes) { encoding_rs::UTF_8.name() } else { guess(bytes).name() }
}

/// Whether text that begins so is UTF-16, whose lines cannot be told apart byte by byte.
#[must_use]
pub fn is_utf16(head: &[u8]) -> bool {
    let marked = Encoding::for_bom(head).map(|(encoding, _)| encoding);
    marked.or_else(|| unmarked_utf16(head)).is_some_and(|encoding| encoding == UTF_16LE || encoding == UTF_16BE)
}

/// UTF-16 without its mark shows by the zero half of its Latin letters, blanks and line breaks.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let (mut pairs, mut first, mut second) = (0usize, 0usize, 0usize);
    for pair in sample.chunks_exact(2) {
        pairs += 1;
        first += usize::from(pair.first() == Some(&0));
        second += usize::from(pair.last() == Some(&0));
    }
    let often = |zeros: usize| pairs > 0 && zeros * 2 > pairs;
    match (first, second) {
        (0, zeros) if often(zeros) => Some(UTF_16LE),
        (zeros, 0) if often(zeros) => Some(UTF_16BE),
        _ => None,
    }
}

fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (whole, broken) = whole_and_broken(bytes);
    whole >= broken * WHOLE_FOR_BROKEN
}

/// `bytes` that are said to be UTF-8 as text; `None` where more of what is not ASCII is broken than whole.
pub fn mostly_utf8(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let (whole, broken) = whole_and_broken(bytes);
    (whole >= broken).then(|| String::from_utf8_lossy(bytes))
}

/// Characters beyond ASCII that are whole in UTF-8, and places where bytes are none.
fn whole_and_broken(bytes: &[u8]) -> (usize, usize) {
    let (mut whole, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    (whole, broken)
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let telling = |byte: &u8| !byte.is_ascii() || *byte == 0x1b;
    let start = bytes.iter().position(telling).unwrap_or(0);
    let sample = bytes.get(start..).unwrap_or_default();
    let sample = sample.get(..GUESSED_FROM).unwrap_or(sample);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(sample, true);
    detector.guess(None, Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charsets_are_known_or_guessed() {
        let windows = b"Der B\xFCrgermeister sagte, die Stra\xDFe sei gesperrt und bleibe es bis zum M\xE4rz. \x84Wir \
                        bitten um Geduld\x93, sagte er, und die \xDCbrigen nickten.";
        let utf16: Vec<u8> = "\u{feff}Größe".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let unmarked: Vec<u8> = "Grösse\nZwei".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let japanese = b"\x1b$B$3$s$K$A$O\x1b(B";
        let table: &[(&[u8], &str)] = &[
            ("Größe".as_bytes(), "Größe"),
            ("\u{feff}Größe".as_bytes(), "Größe"),
            (&utf16, "Größe"),
            (&unmarked, "Grösse\nZwei"),
            (japanese, "こんにちは"),
            (
                windows,
                "Der Bürgermeister sagte, die Straße sei gesperrt und bleibe es bis zum März. „Wir bitten um Geduld“, \
                 sagte er, und die Übrigen nickten.",
            ),
        ];
        for (bytes, text) in table {
            assert_eq!(decode(bytes).unwrap(), *text);
        }
        assert!(is_utf16(&utf16) && is_utf16(&unmarked) && !is_utf16(windows));
    }

    #[test]
    fn a_broken_byte_does_not_turn_the_rest_to_mojibake() {
        let mut bytes = "„Schön“, sagte Käthe Öl. ".repeat(10).into_bytes();
        bytes.push(0xE2);
        let text = decode(&bytes).unwrap();
        assert!(text.starts_with("„Schön“, sagte Käthe Öl. ") && text.ends_with(". \u{fffd}"));
    }

    #[test]
    fn a_line_is_read_in_the_charset_of_its_file() {
        let russian = "{\"text\": \"Портовый совет закрыл причал на год, и никто не знает почему.\"}\n";
        let encode = |text: &str| encoding_rs::KOI8_R.encode(text).0.into_owned();
        let run = [encode(&russian.repeat(3)), "{\"text\": \"Größe\"}\n".into()].concat();
        let charset = Charset::of_lines(&run);
        assert_eq!(charset, Some(Charset(encoding_rs::KOI8_U)));
        // Alone this letter would be taken for something else.
        let short = encode("{\"text\": \"5 Ф\"}");
        assert_ne!(decode(&short).unwrap(), "{\"text\": \"5 Ф\"}");
        assert_eq!(decode_line(&short, charset).unwrap(), "{\"text\": \"5 Ф\"}");
        // What is UTF-8 stays what it is, whole or with a fault.
        assert_eq!(decode_line("Größe".as_bytes(), charset).unwrap(), "Größe");
        let broken = [&"Größe ".repeat(30).into_bytes()[..], b"\xE2"].concat();
        assert!(decode_line(&broken, charset).unwrap().ends_with("Größe \u{fffd}"));
        assert_eq!(Charset::of_lines("Größe\nPlain\n".as_bytes()), None);
        assert_eq!(decode_line(b"\xFCber\0all in", charset).unwrap_err().message, "not text");
    }

    #[test]
    fn what_is_not_text_is_refused() {
        assert_eq!(decode(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0").unwrap_err().message, "not text");
        assert!(decode(&[1, 2, 3, 4, 5, 6, 7, 8, 14, 15, 16, 17]).is_err());
    }
}
