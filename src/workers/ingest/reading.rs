//! Many files read at once: pieces go to as many threads as there are cores, articles come back in their order.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, SyncSender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::documents::{Origin, Piece, Work, cut};
use crate::error::{Error, Exit, Result};
use crate::formats::{self, Format};
use crate::model::Article;
use crate::sources::files::Input;

/// Pieces that may be under way for each thread, so that a slow one does not let the others pile up.
const UNDER_WAY: usize = 4;

/// How often a wait for the next article is broken off to see whether the reader wants to stop.
const TICK: Duration = Duration::from_millis(100);

/// Where an article stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub origin: Arc<Origin>,
    /// Counted from 1: the line, record or row, the entry of a feed, the message of a mailbox; in a cache, the number it has
    /// there.
    pub line: Option<u64>,
    /// The address of the feed that it once came from, as a cache has it.
    pub feed: Option<String>,
    /// What may be wrong about how the file was read; said with its first article.
    pub doubt: Option<String>,
}

impl Place {
    /// The place as messages name it: `FILE` or `FILE:LINE`.
    #[must_use]
    pub fn shown(&self) -> String {
        match self.line {
            Some(line) => format!("{}:{line}", self.origin.name),
            None => self.origin.name.clone(),
        }
    }
}

/// Reads all of `inputs` in order. `make` makes of each article what is wanted, on several threads; `take` gets it with
/// its place, or the reason why it was refused. `take` ends the reading by an error.
///
/// # Errors
/// What `take` returns; `Exit::Interrupted` where `stop` was set.
pub fn read<T: Send + 'static>(
    inputs: Vec<Input>,
    format: Option<Format>,
    stop: &Arc<AtomicBool>,
    make: impl Fn(&Place, Article) -> T + Send + Sync + 'static,
    take: &mut dyn FnMut(Place, Result<T>) -> Result<()>,
) -> Result<()> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let (permit, permits) = mpsc::sync_channel(threads * UNDER_WAY);
    for _ in 0..threads * UNDER_WAY {
        // The channel was made for as many.
        let _ = permit.try_send(());
    }
    let (give, pieces) = mpsc::channel();
    let (answer, answers) = mpsc::channel();
    let pieces = Arc::new(Mutex::new(pieces));
    let make = Arc::new(make);
    // The threads are let go, not joined: where the reader stops, one may be waiting for standard input for ever.
    for _ in 0..threads {
        let (pieces, answer, make) = (Arc::clone(&pieces), answer.clone(), Arc::clone(&make));
        start(move || work(&pieces, &answer, &*make))?;
    }
    let stopped = Arc::clone(stop);
    start(move || {
        let mut number = 0;
        cut(&inputs, format, &mut |piece| {
            let on = permits.recv().is_ok() && !stopped.load(Ordering::Relaxed) && give.send((number, piece)).is_ok();
            number += 1;
            on
        });
        // Nobody listens where the reading was ended.
        let _ = answer.send(Answer::End(number));
    })?;
    in_order(&answers, &permit, stop, take)
}

fn start(body: impl FnOnce() + Send + 'static) -> Result<()> {
    let thread = thread::Builder::new().spawn(body);
    thread.map(drop).map_err(|error| Error::refused(format!("the system gives no more threads: {error}")))
}

type Made<T> = Vec<(Place, Result<T>)>;

/// What the threads tell.
enum Answer<T> {
    /// What was made of the piece with this number.
    Piece(u64, Made<T>),
    /// All files are cut, into so many pieces. A thread that fails never says it.
    End(u64),
}

/// Works on pieces until there are no more.
fn work<T>(pieces: &Mutex<Receiver<(u64, Piece)>>, answer: &Sender<Answer<T>>, make: &dyn Fn(&Place, Article) -> T) {
    loop {
        let next = pieces.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((number, piece)) = next else { return };
        if answer.send(Answer::Piece(number, perform(piece, make))).is_err() {
            return;
        }
    }
}

fn perform<T>(Piece { origin, work }: Piece, make: &dyn Fn(&Place, Article) -> T) -> Made<T> {
    let at = |line| Place { origin: Arc::clone(&origin), line, feed: None, doubt: None };
    let read = |place: Place, article: &dyn Fn() -> Result<Article>| {
        // One article that trips over a fault in here must not take the others with it.
        let made = catch_unwind(AssertUnwindSafe(|| Ok(make(&place, article()?))));
        let made = made.unwrap_or_else(|_| Err(failed()));
        (place, made)
    };
    match work {
        Work::Document(format @ (Format::Feed | Format::Bookmarks), bytes) => several(&origin, &bytes, format, make),
        Work::Document(format, bytes) => {
            let place = Place { doubt: formats::doubt(&bytes, format, None), ..at(None) };
            vec![read(place, &|| formats::read(&bytes, format))]
        }
        Work::Message(number, bytes) => vec![read(at(Some(number)), &|| formats::read(&bytes, Format::Mail))],
        Work::Lines(first, bytes, charset) => (first..)
            .zip(bytes.split(|byte| *byte == b'\n'))
            .filter(|(_, line)| !line.trim_ascii().is_empty())
            .map(|(number, line)| read(at(Some(number)), &|| formats::read_line(line, charset)))
            .collect(),
        Work::Record(number, bytes) => vec![read(at(Some(number)), &|| formats::read_line(&bytes, None))],
        Work::Row(number, head, bytes) => vec![read(at(Some(number)), &|| formats::read_row(&head, &bytes))],
        Work::Entry(entry) => {
            let place = Place { feed: Some(entry.feed.clone()), ..at(u64::try_from(entry.number).ok()) };
            vec![read(place, &|| formats::feed::cached(&entry))]
        }
        Work::Refused(line, error) => vec![(at(line), Err(error))],
    }
}

/// What is made of each article of a document that has several.
fn several<T>(origin: &Arc<Origin>, bytes: &[u8], format: Format, make: &dyn Fn(&Place, Article) -> T) -> Made<T> {
    let at = |line| Place { origin: Arc::clone(origin), line, feed: None, doubt: None };
    let read = catch_unwind(AssertUnwindSafe(|| {
        let articles = formats::read_all(bytes, format)?;
        let made = (1..).zip(articles).map(|(n, read)| (at(Some(n)), read.map(|article| make(&at(Some(n)), article))));
        let mut made: Made<T> = made.collect();
        if let Some((first, _)) = made.first_mut() {
            first.doubt = formats::doubt(bytes, format, None);
        }
        Ok(made)
    }));
    read.unwrap_or_else(|_| Err(failed())).unwrap_or_else(|error| vec![(at(None), Err(error))])
}

fn failed() -> Error {
    Error::refused("pullquote failed on it").hint("this is a fault of pullquote: please report it with the file")
}

/// Hands on what the threads answer, in the order of the pieces.
fn in_order<T>(
    answers: &Receiver<Answer<T>>,
    permit: &SyncSender<()>,
    stop: &AtomicBool,
    take: &mut dyn FnMut(Place, Result<T>) -> Result<()>,
) -> Result<()> {
    let mut early = BTreeMap::new();
    let mut next = 0;
    let mut end = None;
    loop {
        match answers.recv_timeout(TICK) {
            Ok(Answer::Piece(number, made)) => {
                early.insert(number, made);
            }
            Ok(Answer::End(pieces)) => end = Some(pieces),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) if stop.load(Ordering::Relaxed) => return Err(interrupted()),
            Err(RecvTimeoutError::Disconnected) if end == Some(next) => return Ok(()),
            Err(RecvTimeoutError::Disconnected) => {
                return Err(Error::refused("pullquote failed before everything was read")
                    .hint("this is a fault of pullquote: please report it with what it was to read"));
            }
        }
        while let Some(made) = early.remove(&next) {
            next += 1;
            // Full or closed: there is nothing left to be allowed.
            let _ = permit.try_send(());
            for (place, made) in made {
                if stop.load(Ordering::Relaxed) {
                    return Err(interrupted());
                }
                take(place, made)?;
            }
        }
        if stop.load(Ordering::Relaxed) {
            return Err(interrupted());
        }
    }
}

fn interrupted() -> Error {
    Error { message: "interrupted".into(), hint: None, exit: Exit::Interrupted }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    fn read_all(inputs: Vec<Input>, stop: bool) -> (Vec<String>, Result<()>) {
        let mut taken = Vec::new();
        let stop = Arc::new(AtomicBool::new(stop));
        let result = read(inputs, None, &stop, |_, article| article.title, &mut |place, made| {
            let name = place.shown();
            let name = name.rsplit('/').next().unwrap_or_default();
            taken.push(match made {
                Ok(title) => format!("{name} {title}"),
                Err(error) => format!("{name}: {error}"),
            });
            Ok(())
        });
        (taken, result)
    }

    #[test]
    fn articles_come_in_order_whatever_the_threads_do() {
        let folder = tempfile::tempdir().unwrap();
        let (mut records, mut expected) = (String::new(), Vec::new());
        for n in 1..=3000 {
            // Long and short ones, so that runs take different times.
            let text = "Words and words. ".repeat(n % 7 * 20 + 1);
            writeln!(records, "{{\"title\": \"T{n}\", \"text\": \"{text}\"}}").unwrap();
            expected.push(format!("b.jsonl:{n} T{n}"));
        }
        std::fs::write(folder.path().join("b.jsonl"), records).unwrap();
        std::fs::write(folder.path().join("a.txt"), "First.").unwrap();
        std::fs::write(folder.path().join("c.opml"), "<p>").unwrap();
        expected.insert(0, "a.txt First.".into());
        expected.push("c.opml: it is a list of 0 feeds, not an article".into());
        let (taken, result) = read_all(vec![Input::Path(folder.path().to_owned())], false);
        assert_eq!(result, Ok(()));
        assert_eq!(taken, expected);
    }

    #[test]
    fn a_bad_line_is_named_and_the_others_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        std::fs::write(&path, "{\"text\": \"One.\"}\n\n{\"text\": \n{\"text\": \"Four.\"}").unwrap();
        let (taken, _) = read_all(vec![Input::Path(path)], false);
        assert_eq!(
            taken,
            [
                "a.jsonl:1 One.",
                "a.jsonl:3: the line is not JSON: EOF while parsing a value, at byte 9",
                "a.jsonl:4 Four."
            ]
        );
    }

    #[test]
    fn the_lines_of_a_file_share_a_charset() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        let lines = "{\"text\": \"Портовый совет закрыл причал на год, и никто не знает почему.\"}\n".repeat(3)
            + "{\"text\": \"5 Ф\"}\n";
        std::fs::write(&path, encoding_rs::KOI8_R.encode(&lines).0).unwrap();
        let (taken, _) = read_all(vec![Input::Path(path)], false);
        assert_eq!(taken.last().map(String::as_str), Some("a.jsonl:4 5 Ф"));
        assert!(taken[0].starts_with("a.jsonl:1 Портовый совет"), "{taken:?}");
    }

    /// How reading ends that hears these answers and then nothing more.
    fn ended(heard: Vec<Answer<()>>) -> Result<()> {
        let (answer, answers) = mpsc::channel();
        for told in heard {
            answer.send(told).unwrap();
        }
        drop(answer);
        let (permit, _permits) = mpsc::sync_channel(1);
        in_order(&answers, &permit, &AtomicBool::new(false), &mut |_, _| Ok(()))
    }

    #[test]
    fn a_thread_that_failed_is_no_success() {
        let piece = |number| Answer::Piece(number, Vec::new());
        assert_eq!(ended(vec![Answer::End(0)]), Ok(()));
        assert_eq!(ended(vec![piece(1), Answer::End(2), piece(0)]), Ok(()));
        for heard in [vec![], vec![piece(0)], vec![Answer::End(1)], vec![piece(1), Answer::End(2)]] {
            let error = ended(heard).unwrap_err();
            assert_eq!(error.message, "pullquote failed before everything was read");
        }
    }

    #[test]
    fn what_is_interrupted_ends_and_says_so() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.txt"), "First.").unwrap();
        let (_, result) = read_all(vec![Input::Path(folder.path().to_owned())], true);
        assert_eq!(result.unwrap_err().exit, Exit::Interrupted);
    }
}
