//! The only way to standard output: cleaned of everything that could command a terminal, painted where colour is
//! wanted, quiet when nobody listens any more.

use std::io::{self, BufWriter, IsTerminal, Write};

use serde::Serialize;

use crate::error::{Error, Result};
use crate::export;
use crate::text::clean::shown;

/// How a part of a line is painted, where there is colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    Plain,
    Strong,
    Dim,
    Emphasis,
    /// What was searched for.
    Hit,
    Speech,
    Speaker,
    /// Words that a newer text has, and those that only an older one had.
    Added,
    Removed,
}

impl Paint {
    /// SGR parameters; the colours are the terminal's own palette.
    const fn code(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Strong => Some("1"),
            Self::Dim => Some("2"),
            Self::Emphasis => Some("3"),
            Self::Hit => Some("1;4"),
            Self::Speech => Some("33"),
            Self::Speaker => Some("1;36"),
            Self::Added => Some("4;32"),
            Self::Removed => Some("9;31"),
        }
    }
}

/// Standard output.
pub struct Out {
    writer: BufWriter<Box<dyn Write>>,
    colour: bool,
    columns: Option<usize>,
    closed: bool,
}

impl Out {
    /// Standard output; whether there is colour is left to the terminal where `colour` is `None`.
    #[must_use]
    pub fn standard(colour: Option<bool>) -> Self {
        let is_terminal = io::stdout().is_terminal();
        let columns = is_terminal.then(|| terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0)));
        Self::new(Box::new(io::stdout()), colour.unwrap_or(is_terminal), columns)
    }

    fn new(writer: Box<dyn Write>, colour: bool, columns: Option<usize>) -> Self {
        Self { writer: BufWriter::with_capacity(64 * 1024, writer), colour, columns, closed: false }
    }

    /// Columns of the terminal; `None` where what is written goes elsewhere and is not to be fitted to anything.
    #[must_use]
    pub fn columns(&self) -> Option<usize> {
        self.columns
    }

    /// Whether there is colour.
    #[must_use]
    pub fn is_coloured(&self) -> bool {
        self.colour
    }

    /// Nobody reads any more: a loop may as well end.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.closed
    }

    /// Writes a line.
    pub fn line(&mut self, text: &str) -> Result<()> {
        self.painted(&[(Paint::Plain, text)])
    }

    /// Writes a line of parts.
    pub fn painted(&mut self, parts: &[(Paint, &str)]) -> Result<()> {
        for (paint, text) in parts {
            let text = shown(text);
            match paint.code().filter(|_| self.colour && !text.is_empty()) {
                // Attributes end with each line: a pager shows lines alone.
                Some(code) => {
                    let lines: Vec<String> =
                        text.split('\n').map(|line| format!("\x1b[{code}m{line}\x1b[0m")).collect();
                    self.write(lines.join("\n").as_bytes())?;
                }
                None => self.write(text.as_bytes())?,
            }
        }
        self.write(b"\n")
    }

    /// Writes a line of fields set apart by tabs; blanks in place of what would break it.
    pub fn fields(&mut self, fields: &[&str]) -> Result<()> {
        for (n, field) in fields.iter().enumerate() {
            if n > 0 {
                self.write(b"\t")?;
            }
            self.write(shown(field).replace('\n', " ").as_bytes())?;
        }
        self.write(b"\n")
    }

    /// Writes `value` as a line of JSON.
    pub fn json(&mut self, value: &impl Serialize) -> Result<()> {
        self.write(json(value)?.as_bytes())?;
        self.write(b"\n")
    }

    /// Writes text that `export` made safe to show. Cleaning it again could move what the offsets in it point to.
    pub fn safe(&mut self, text: &str) -> Result<()> {
        self.write(text.as_bytes())
    }

    /// Writes a document made elsewhere, such as a page of the manual, as it is but for control characters.
    pub fn document(&mut self, text: &str) -> Result<()> {
        self.write(shown(text).as_bytes())
    }

    /// Writes what is still held back.
    pub fn flush(&mut self) -> Result<()> {
        let flushed = self.writer.flush();
        self.judged(flushed)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        if self.closed {
            return Ok(());
        }
        let written = self.writer.write_all(bytes);
        self.judged(written)
    }

    /// A reader that went away (`| head`) is no failure; a full disk is one.
    fn judged(&mut self, written: io::Result<()>) -> Result<()> {
        match written {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            Err(error) => Err(Error::refused(format!("standard output: {error}"))),
        }
    }
}

/// `value` as one line of JSON that is safe to show.
pub fn json(value: &impl Serialize) -> Result<String> {
    export::json::to_string(value).map_err(|error| Error::refused(format!("this is not JSON: {error}")))
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Page(Arc<Mutex<Vec<u8>>>);

    impl Write for Page {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    struct Gone;

    impl Write for Gone {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
    }

    fn written(colour: bool, write: impl Fn(&mut Out) -> Result<()>) -> String {
        let page = Page::default();
        let mut out = Out::new(Box::new(page.clone()), colour, None);
        write(&mut out).unwrap();
        out.flush().unwrap();
        String::from_utf8(page.0.lock().unwrap().clone()).unwrap()
    }

    #[test]
    fn nothing_written_can_command_a_terminal() {
        let evil = "a\u{1b}]0;x\u{7}b\u{9b}31m\u{202e}c\n";
        assert_eq!(written(false, |out| out.line(evil)), "a]0;xb31mc\n\n");
        assert_eq!(written(false, |out| out.fields(&["1", "a\tb\nc", evil])), "1\ta   b c\ta]0;xb31mc \n");
        let json = written(false, |out| out.json(&evil));
        assert_eq!(json, "\"a\\u001b]0;x\\u0007b\\u009b31m\\u202ec\\n\"\n");
    }

    #[test]
    fn paint_is_put_on_line_by_line_and_only_where_wanted() {
        let parts = [(Paint::Strong, "a\nb"), (Paint::Plain, "c"), (Paint::Dim, "")];
        assert_eq!(written(true, |out| out.painted(&parts)), "\x1b[1ma\x1b[0m\n\x1b[1mb\x1b[0mc\n");
        assert_eq!(written(false, |out| out.painted(&parts)), "a\nbc\n");
    }

    #[test]
    fn a_reader_that_went_away_is_no_failure() {
        let mut out = Out::new(Box::new(Gone), false, None);
        out.line(&"x".repeat(200_000)).unwrap();
        assert!(out.is_closed());
        out.line("more").unwrap();
        out.flush().unwrap();
    }
}
