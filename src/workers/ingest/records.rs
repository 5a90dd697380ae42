//! Files of JSON and tables cut into their records one after the other, so that a file of any size can be taken.

use std::io::BufRead;
use std::sync::Arc;

use super::documents::Work;
use crate::error::{Error, Result};
use crate::formats::{self, DOCUMENT_LIMIT, TableHead};
use crate::sources::files::unreadable;

/// What a byte of JSON means for where a record ends.
#[derive(Default)]
struct Depth {
    /// Braces and brackets that are open.
    open: usize,
    in_string: bool,
    escaped: bool,
}

impl Depth {
    /// Takes the next byte of a record; whether the record ends with it.
    fn ends(&mut self, byte: u8) -> bool {
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_string = false,
                _ => {}
            }
            return false;
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.open += 1,
            b'}' | b']' => self.open = self.open.saturating_sub(1),
            _ => {}
        }
        self.open == 0
    }
}

/// Cuts the objects out of a file of JSON, whether they stand in an array or one after the other, over however many lines,
/// and gives them to `give`, numbered from 1, until it returns false. A file whose first object is no article has none.
pub fn cut_records(mut reader: impl BufRead, give: &mut dyn FnMut(Work) -> bool) -> Result<bool> {
    let mut record: Option<(Depth, Vec<u8>, bool)> = None;
    let (mut number, mut in_array) = (0, false);
    loop {
        let buffer = reader.fill_buf().map_err(|error| unreadable(&error))?;
        if buffer.is_empty() {
            let cut = record.is_some().then(|| Error::refused("the file ends in the middle of it"));
            return Ok(cut.is_none_or(|error| give(Work::Refused(Some(number), error))));
        }
        let length = buffer.len();
        for byte in buffer {
            let Some((depth, bytes, too_large)) = &mut record else {
                match byte {
                    b'{' => {
                        number += 1;
                        record = Some((Depth { open: 1, ..Depth::default() }, vec![b'{'], false));
                    }
                    b'[' if number == 0 && !in_array => in_array = true,
                    b']' if in_array => {}
                    b',' | b'\n' | b'\r' | b'\t' | b' ' | 0xEF | 0xBB | 0xBF => {}
                    _ if number == 0 => return Err(strange()),
                    _ => return Ok(give(Work::Refused(Some(number + 1), Error::refused("it is no record in braces")))),
                }
                continue;
            };
            if bytes.len() == DOCUMENT_LIMIT && !*too_large {
                (*bytes, *too_large) = (Vec::new(), true);
            }
            if !*too_large {
                bytes.push(*byte);
            }
            if !depth.ends(*byte) {
                continue;
            }
            let (bytes, too_large) = (std::mem::take(bytes), *too_large);
            record = None;
            if number == 1 && !too_large && !formats::is_record(&bytes, in_array) {
                return Err(strange());
            }
            let work =
                if too_large { Work::Refused(Some(number), formats::too_large()) } else { Work::Record(number, bytes) };
            if !give(work) {
                return Ok(false);
            }
        }
        reader.consume(length);
    }
}

fn strange() -> Error {
    Error::refused("JSON that has no articles in it is not read")
        .hint("articles are records with a title and a text, in an array or one on each line (.jsonl)")
}

/// Cuts a table into its rows and gives them to `give`, numbered from 1 for the row below the names of the columns, until it
/// returns false.
pub fn cut_rows(mut reader: impl BufRead, give: &mut dyn FnMut(Work) -> bool) -> Result<bool> {
    let (mut row, mut number, mut too_large) = (Vec::new(), 0, false);
    let mut head: Option<Arc<TableHead>> = None;
    // In quotation marks a break is no end of a row. They begin a cell, and any other mark stands for itself.
    let (mut quoted, mut fresh) = (false, true);
    loop {
        let buffer = reader.fill_buf().map_err(|error| unreadable(&error))?;
        let at_end = buffer.is_empty();
        let (mut length, mut ended) = (0, at_end);
        for byte in buffer {
            length += 1;
            too_large |= row.len() == DOCUMENT_LIMIT;
            if !too_large {
                row.push(*byte);
            }
            match byte {
                b'"' if quoted || fresh => quoted = !quoted,
                b'\n' if !quoted => {
                    ended = true;
                    break;
                }
                _ => {}
            }
            // A mark right behind a closing one opens again: the two stand for one.
            let separates = head.as_ref().map_or(b",;\t".contains(byte), |head| head.separates(*byte));
            fresh = separates || *byte == b'"' && !quoted;
        }
        reader.consume(length);
        if !ended {
            continue;
        }
        (quoted, fresh) = (false, true);
        let (bytes, large) = (std::mem::take(&mut row), std::mem::take(&mut too_large));
        let work = match &head {
            _ if bytes.trim_ascii().is_empty() => None,
            _ if large => Some(Work::Refused(Some(number + 1), formats::too_large())),
            None => {
                head = Some(Arc::new(formats::table_head(&bytes)?));
                None
            }
            Some(head) => Some(Work::Row(number + 1, Arc::clone(head), bytes)),
        };
        number += u64::from(work.is_some());
        if work.is_some_and(|work| !give(work)) {
            return Ok(false);
        }
        if at_end {
            return Ok(true);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    fn cut(rows: bool, text: &[u8]) -> Vec<String> {
        let mut found = Vec::new();
        let mut give = |work| {
            found.push(match work {
                Work::Record(number, bytes) | Work::Row(number, _, bytes) => {
                    format!("{number}: {}", String::from_utf8_lossy(&bytes).escape_debug())
                }
                Work::Refused(number, error) => format!("{number:?}: {error}"),
                _ => "another".to_owned(),
            });
            true
        };
        let reader = BufReader::with_capacity(7, text);
        match if rows { cut_rows(reader, &mut give) } else { cut_records(reader, &mut give) } {
            Ok(on) => assert!(on),
            Err(error) => found.push(format!("refused: {error}")),
        }
        found
    }

    #[test]
    fn records_are_cut_wherever_they_stand() {
        let (a, b) = (r#"{"title": "A]}", "text": "\\\"{"}"#, "{\"title\": \"B\",\n \"tags\": [{}]}");
        let expected = [format!("1: {}", a.escape_debug()), format!("2: {}", b.escape_debug())];
        for text in [format!("[{a},{b}]"), format!("\u{feff}[\n {a} ,\n{b}\n]\n"), format!("{a}\n{b}\n")] {
            assert_eq!(cut(false, text.as_bytes()), expected, "{text}");
        }
        assert_eq!(cut(false, format!("[{a}, 7, {b}]").as_bytes())[1..], ["Some(2): it is no record in braces"]);
        assert_eq!(cut(false, b"[]"), [""; 0]);
        let ended = cut(false, format!("[{a}, {{\"title\": \"B").as_bytes());
        assert_eq!(ended[1..], ["Some(2): the file ends in the middle of it"]);
    }

    #[test]
    fn json_of_another_kind_is_refused_as_a_whole() {
        let package = r#"{"name": "x", "description": "y", "version": "1"}"#;
        for text in ["[1, 2]", "[[1]]", "true", package, &format!("[{package}, {package}]")] {
            assert_eq!(cut(false, text.as_bytes()), ["refused: JSON that has no articles in it is not read"], "{text}");
        }
    }

    #[test]
    fn a_record_beyond_the_limit_is_refused_and_the_rest_is_read() {
        let record = b"{\"title\": \"A\", \"text\": \"b\"}";
        let mut large = b"[".to_vec();
        large.extend_from_slice(record);
        large.extend_from_slice(b",{\"text\": \"");
        large.resize(DOCUMENT_LIMIT + 100, b'x');
        large.extend_from_slice(b"\"},");
        large.extend_from_slice(record);
        let found = cut(false, &large);
        assert_eq!((found.len(), found[1].as_str()), (3, "Some(2): larger than 32 MiB"));
    }

    #[test]
    fn rows_end_where_they_end() {
        let rows = "title,text\r\nA,\"one\ntwo \"\"three\"\"\"\r\n\nB,\"\"\nC;\"D,x";
        assert_eq!(
            cut(true, rows.as_bytes()),
            ["1: A,\\\"one\\ntwo \\\"\\\"three\\\"\\\"\\\"\\r\\n", "2: B,\\\"\\\"\\n", "3: C;\\\"D,x"]
        );
        assert_eq!(cut(true, b"title,text\nA,\"never\nends"), ["1: A,\\\"never\\nends"]);
        assert_eq!(cut(true, b""), [""; 0]);
        assert_eq!(cut(true, b"a,b\n1,2\n").len(), 1);
    }
}
