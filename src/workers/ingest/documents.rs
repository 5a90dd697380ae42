//! Opened files cut into pieces of work: a document, a run of lines of JSON, a record, a message, an entry of a cache.

use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::sync::Arc;

use crate::error::{Error, Result};
use crate::formats::{self, Charset, DOCUMENT_LIMIT, Format, TableHead};
use crate::library::Newsboat;
use crate::model::CachedEntry;
use crate::sources::files::{Input, Opened, unreadable};

use super::mailbox::cut_mailbox;
use super::records::{cut_records, cut_rows};

/// Bytes of JSON lines that are handed over together.
const RUN: usize = 256 * 1024;

/// A file that articles come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// As messages name it.
    pub name: String,
    /// Its name without folders and extension.
    pub stem: String,
}

/// A piece of work for one thread.
pub struct Piece {
    pub origin: Arc<Origin>,
    pub work: Work,
}

pub enum Work {
    /// A whole document.
    Document(Format, Vec<u8>),
    /// Lines of JSON, the number of the first one, and the charset of those that are not UTF-8 where it is known.
    Lines(u64, Vec<u8>, Option<Charset>),
    /// A record of JSON, and its number.
    Record(u64, Vec<u8>),
    /// A row of a table, its number, and what stands on top of the table.
    Row(u64, Arc<TableHead>, Vec<u8>),
    /// A message of a mailbox, and its number.
    Message(u64, Vec<u8>),
    /// An entry of another reader's cache.
    Entry(Box<CachedEntry>),
    /// Nothing to do: why the file, or the line with this number, cannot be read.
    Refused(Option<u64>, Error),
}

/// Cuts the files of `inputs` into pieces and gives them to `send`, in order, until it returns false.
pub fn cut(inputs: &[Input], format: Option<Format>, send: &mut dyn FnMut(Piece) -> bool) {
    for file in inputs.iter().flat_map(Input::files) {
        let on = match file {
            Ok(file) => {
                let origin = Arc::new(Origin { name: file.name.clone(), stem: file.stem.clone() });
                let mut give = |work| send(Piece { origin: Arc::clone(&origin), work });
                match cut_file(file, format, &mut give) {
                    Ok(on) => on,
                    Err(error) => give(Work::Refused(None, error)),
                }
            }
            Err((name, error)) => {
                let origin = Arc::new(Origin { stem: name.clone(), name });
                send(Piece { origin, work: Work::Refused(None, error) })
            }
        };
        if !on {
            return;
        }
    }
}

fn cut_file(file: Opened, format: Option<Format>, give: &mut dyn FnMut(Work) -> bool) -> Result<bool> {
    let Opened { name, size, mut reader, path, .. } = file;
    let mut head = Vec::new();
    reader.by_ref().take(formats::HEAD as u64).read_to_end(&mut head).map_err(|error| unreadable(&error))?;
    let format = format.map_or_else(|| formats::detect(&name, &head), Ok)?;
    let wide = formats::is_utf16(&head);
    let reader = Cursor::new(head).chain(reader);
    if let (Format::Newsboat, Some(path)) = (format, path) {
        return cut_cache(&path, give);
    }
    let is_stream = matches!(format, Format::JsonLines | Format::Json | Format::Csv);
    if is_stream && !wide || format == Format::Mailbox {
        return cut_stream(format, BufReader::with_capacity(RUN, reader), give);
    }
    if size.is_some_and(|size| size > DOCUMENT_LIMIT as u64) {
        return Err(formats::too_large());
    }
    let mut bytes = Vec::new();
    reader.take(DOCUMENT_LIMIT as u64 + 1).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
    if bytes.len() > DOCUMENT_LIMIT {
        return Err(formats::too_large());
    }
    if is_stream {
        return cut_stream(format, formats::decode(&bytes)?.as_bytes(), give);
    }
    Ok(give(Work::Document(format, bytes)))
}

/// Cuts what may have any size.
fn cut_stream(format: Format, reader: impl BufRead, give: &mut dyn FnMut(Work) -> bool) -> Result<bool> {
    match format {
        Format::Mailbox => cut_mailbox(reader, give),
        Format::Json => cut_records(reader, give),
        Format::Csv => cut_rows(reader, give),
        _ => cut_lines(reader, give),
    }
}

/// Takes a cache of newsboat's apart.
fn cut_cache(path: &Path, give: &mut dyn FnMut(Work) -> bool) -> Result<bool> {
    let cache = Newsboat::open(path, DOCUMENT_LIMIT)?;
    let mut behind = i64::MIN;
    loop {
        let entries = cache.entries(behind)?;
        let Some(last) = entries.last() else { return Ok(true) };
        behind = last.number;
        for entry in entries {
            if !give(Work::Entry(Box::new(entry))) {
                return Ok(false);
            }
        }
    }
}

fn cut_lines(mut reader: impl BufRead, give: &mut dyn FnMut(Work) -> bool) -> Result<bool> {
    let mut run = Vec::new();
    let (mut first, mut next) = (1, 1);
    // Told once, from the first run that tells, and kept: a file has one charset.
    let mut charset = None;
    let mut give_lines = |first, run: Vec<u8>, give: &mut dyn FnMut(Work) -> bool| {
        charset = charset.or_else(|| Charset::of_lines(&run));
        run.is_empty() || give(Work::Lines(first, run, charset))
    };
    loop {
        let start = run.len();
        let limit = DOCUMENT_LIMIT as u64 + 1;
        let read = reader.by_ref().take(limit).read_until(b'\n', &mut run).map_err(|error| unreadable(&error))?;
        let too_long = read > DOCUMENT_LIMIT;
        if too_long {
            run.truncate(start);
            if !give_lines(first, std::mem::take(&mut run), give) {
                return Ok(false);
            }
            if !give(Work::Refused(Some(next), formats::too_large())) {
                return Ok(false);
            }
            reader.skip_until(b'\n').map_err(|error| unreadable(&error))?;
        }
        next += u64::from(read > 0);
        if read == 0 || run.len() >= RUN || too_long {
            if !give_lines(first, std::mem::take(&mut run), give) {
                return Ok(false);
            }
            first = next;
        }
        if read == 0 {
            return Ok(true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &[u8]) -> Vec<String> {
        let mut found = Vec::new();
        let on = cut_lines(BufReader::with_capacity(7, text), &mut |work| {
            found.push(match work {
                Work::Lines(first, run, _) => {
                    format!("{first}: {} lines", run.split(|byte| *byte == b'\n').filter(|l| !l.is_empty()).count())
                }
                Work::Refused(line, error) => format!("{line:?}: {error}"),
                _ => "document".to_owned(),
            });
            true
        });
        assert!(on.unwrap());
        found
    }

    #[test]
    fn lines_are_cut_into_runs_that_know_their_place() {
        assert_eq!(lines(b""), [""; 0]);
        assert_eq!(lines(b"a\n\nb"), ["1: 2 lines"]);
        let long = "x".repeat(RUN / 2);
        assert_eq!(lines(format!("{long}\n{long}\nshort\n").as_bytes()), ["1: 2 lines", "3: 1 lines"]);
    }

    #[test]
    fn a_line_beyond_the_limit_is_refused_and_the_rest_is_read() {
        let mut text = b"a\n".to_vec();
        text.resize(DOCUMENT_LIMIT + 100, b'x');
        text.extend_from_slice(b"\nb\n");
        assert_eq!(lines(&text), ["1: 1 lines", "Some(2): larger than 32 MiB", "3: 1 lines"]);
    }
}
