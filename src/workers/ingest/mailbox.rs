//! Mailboxes cut into messages one after the other, so that a file of any size can be taken.

use std::io::{BufRead, Read};

use super::documents::Work;
use crate::error::Result;
use crate::formats::{self, DOCUMENT_LIMIT};
use crate::sources::files::unreadable;

/// Bytes of a line that are looked at together; an attachment may be one line.
const PART: u64 = 64 * 1024;

/// Cuts a mailbox and gives its messages to `give`, numbered from 1, until it returns false. A message begins with a line
/// that begins with `From ` and stands behind an empty one; in the text such a line has a `>` before it.
pub fn cut_mailbox(mut reader: impl BufRead, give: &mut dyn FnMut(Work) -> bool) -> Result<bool> {
    let (mut message, mut line) = (Vec::new(), Vec::new());
    let (mut number, mut too_large) = (0, false);
    let (mut at_start, mut behind_empty) = (true, true);
    loop {
        line.clear();
        let read = reader.by_ref().take(PART).read_until(b'\n', &mut line).map_err(|error| unreadable(&error))?;
        let begins = at_start && behind_empty && line.starts_with(b"From ");
        if begins || read == 0 {
            let work = match (too_large, message.trim_ascii().is_empty()) {
                (true, _) => Some(Work::Refused(Some(number), formats::too_large())),
                (false, true) => None,
                (false, false) => Some(Work::Message(number, std::mem::take(&mut message))),
            };
            if work.is_some_and(|work| !give(work)) {
                return Ok(false);
            }
            if read == 0 {
                return Ok(true);
            }
            message.clear();
            too_large = false;
            number += 1;
        } else {
            let quoted = line.iter().take_while(|byte| **byte == b'>').count();
            let escaped = at_start && quoted > 0 && line.get(quoted..).is_some_and(|rest| rest.starts_with(b"From "));
            let kept = line.get(usize::from(escaped)..).unwrap_or_default();
            if message.len() + kept.len() > DOCUMENT_LIMIT {
                too_large = true;
                message.clear();
            }
            if !too_large {
                message.extend_from_slice(kept);
            }
        }
        behind_empty = if at_start { line.trim_ascii().is_empty() } else { false };
        at_start = line.ends_with(b"\n");
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
        assert_eq!(messages(b"From a\n\nFrom b\n\n"), [""; 0]);
    }

    #[test]
    fn a_message_beyond_the_limit_is_refused_and_the_rest_is_read() {
        let mut text = b"From a\n\n".to_vec();
        text.resize(DOCUMENT_LIMIT + 100, b'x');
        text.extend_from_slice(b"\n\nFrom b\nSubject: y\n\nz\n");
        assert_eq!(messages(&text), ["Some(1): larger than 32 MiB", "2: Subject: y\\n\\nz\\n"]);
    }
}
