//! Mailboxes cut into messages one after the other, so that a file of any size can be taken.

use std::io::{BufRead, Read};

use super::documents::Work;
use crate::error::Result;
use crate::formats::{self, DOCUMENT_LIMIT};
use crate::sources::files::unreadable;

/// Bytes of a line that are looked at together; an attachment may be one line.
const PART: u64 = 64 * 1024;

/// Cuts a mailbox and gives its messages to `give`, numbered from 1, until it returns false. A message begins with a line
/// that begins with `From `, stands behind an empty one, and has a field of a header below it. In the text such a line ought to
/// have a `>` before it, and often has none.
pub fn cut_mailbox(mut reader: impl BufRead, give: &mut dyn FnMut(Work) -> bool) -> Result<bool> {
    let (mut message, mut line, mut border) = (Message::default(), Vec::new(), Vec::new());
    let mut number = 0;
    let (mut at_start, mut behind_empty) = (true, true);
    loop {
        line.clear();
        let read = reader.by_ref().take(PART).read_until(b'\n', &mut line).map_err(|error| unreadable(&error))?;
        if !border.is_empty() {
            let is_first = number == 0 && message.bytes.is_empty();
            if is_first || is_field(&line) {
                if message.take(number).is_some_and(|work| !give(work)) {
                    return Ok(false);
                }
                number += 1;
            } else {
                message.push(&border);
            }
            border.clear();
        }
        if read == 0 {
            return Ok(message.take(number).is_none_or(give));
        }
        if at_start && behind_empty && line.starts_with(b"From ") && line.ends_with(b"\n") {
            std::mem::swap(&mut border, &mut line);
            behind_empty = false;
            continue;
        }
        let quoted = line.iter().take_while(|byte| **byte == b'>').count();
        let escaped = at_start && quoted > 0 && line.get(quoted..).is_some_and(|rest| rest.starts_with(b"From "));
        message.push(line.get(usize::from(escaped)..).unwrap_or_default());
        behind_empty = at_start && line.trim_ascii().is_empty();
        at_start = line.ends_with(b"\n");
    }
}

/// Whether a line is a field of a message's header (RFC 5322, 2.2).
fn is_field(line: &[u8]) -> bool {
    memchr::memchr(b':', line)
        .is_some_and(|colon| colon > 0 && line.get(..colon).is_some_and(|name| name.iter().all(u8::is_ascii_graphic)))
}

/// A message as far as it was read.
#[derive(Default)]
struct Message {
    bytes: Vec<u8>,
    too_large: bool,
}

impl Message {
    fn push(&mut self, line: &[u8]) {
        if self.bytes.len() + line.len() > DOCUMENT_LIMIT {
            self.too_large = true;
            self.bytes.clear();
        }
        if !self.too_large {
            self.bytes.extend_from_slice(line);
        }
    }

    /// What becomes of it; nothing where nothing is in it.
    fn take(&mut self, number: u64) -> Option<Work> {
        let Self { bytes, too_large } = std::mem::take(self);
        match (too_large, bytes.trim_ascii().is_empty()) {
            (true, _) => Some(Work::Refused(Some(number), formats::too_large())),
            (false, true) => None,
            (false, false) => Some(Work::Message(number, bytes)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    fn messages(text: &[u8]) -> Vec<String> {
        let mut found = Vec::new();
        let on = cut_mailbox(BufReader::with_capacity(7, text), &mut |work| {
            found.push(match work {
                Work::Message(number, bytes) => format!("{number}: {}", String::from_utf8_lossy(&bytes).escape_debug()),
                Work::Refused(number, error) => format!("{number:?}: {error}"),
                _ => "another".to_owned(),
            });
            true
        });
        assert!(on.unwrap());
        found
    }

    #[test]
    fn messages_are_told_apart_by_their_first_line() {
        let text = b"From a Tue\nSubject: x\n\nOne\n>From here\n>>From there\nFrom now on\n\nFrom b\r\nSubject: y\r\n\r\nTwo\n";
        assert_eq!(
            messages(text),
            ["1: Subject: x\\n\\nOne\\nFrom here\\n>From there\\nFrom now on\\n\\n", "2: Subject: y\\r\\n\\r\\nTwo\\n"]
        );
        assert_eq!(messages(b""), [""; 0]);
        assert_eq!(messages(b"From a\n\n"), [""; 0]);
        // Nobody wrote a `>` before a line of the text, be it the first or the last.
        let text = b"From a\nA: b\n\nFrom here on\nit goes up.\n\nFrom there\n\nFrom c\nX-D: e\n\nFrom";
        let expected = ["1: A: b\\n\\nFrom here on\\nit goes up.\\n\\nFrom there\\n\\n", "2: X-D: e\\n\\nFrom"];
        assert_eq!(messages(text), expected);
        assert_eq!(messages(b"From a\nA: b\n\nFrom c\n"), ["1: A: b\\n\\nFrom c\\n"]);
    }

    #[test]
    fn a_message_beyond_the_limit_is_refused_and_the_rest_is_read() {
        let mut text = b"From a\n\n".to_vec();
        text.resize(DOCUMENT_LIMIT + 100, b'x');
        text.extend_from_slice(b"\n\nFrom b\nSubject: y\n\nz\n");
        assert_eq!(messages(&text), ["Some(1): larger than 32 MiB", "2: Subject: y\\n\\nz\\n"]);
    }
}
