//! The thread that takes articles apart and writes them as a segment, beside the one that stores them.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

use tantivy::index::Segment;

use super::entry::Words;
use super::failed;
use super::fields::Fields;
use super::inverted::Inverted;
use super::room::{Room, Taken};
use super::segment;
use crate::error::{Error, Result};
use crate::model::Id;

/// How often a wait is broken off to see whether the thread is still there.
const TICK: Duration = Duration::from_millis(100);
/// Bytes of words that may wait to be taken apart.
const WAITING: usize = 8_000_000;

/// Articles being taken apart. One thread does it, and so one after the other: articles that come in the order of their dates
/// make segments that do not overlap, and these are put together quickly.
pub struct Inverting {
    tell: Sender<Told>,
    room: Arc<Room>,
    thread: JoinHandle<tantivy::Result<Option<Segment>>>,
}

enum Told {
    Article(Coming),
    /// These were all.
    All,
}

struct Coming {
    id: u64,
    place: i64,
    words: Words,
    /// Given back when the article was taken apart.
    _room: Taken,
}

impl Inverting {
    /// Begins a segment of `index`.
    pub fn start(index: &tantivy::Index, fields: Fields) -> Result<Self> {
        let (tell, told) = mpsc::channel();
        let index = index.clone();
        let thread = std::thread::Builder::new().spawn(move || invert(&told, &index, fields));
        let thread = thread.map_err(|error| Error::refused(format!("the system gives no more threads: {error}")))?;
        Ok(Self { tell, room: Room::new(WAITING), thread })
    }

    /// Hands over the article `id` at `place` as soon as there is room for it. Whether anybody took it: where the thread has
    /// ended, `finish` says why.
    pub fn take(&self, id: Id, place: i64, words: Words) -> bool {
        loop {
            if let Some(room) = self.room.take(words.size(), TICK) {
                let coming = Coming { id: id.unsigned_abs(), place, words, _room: room };
                return self.tell.send(Told::Article(coming)).is_ok();
            }
            if self.thread.is_finished() {
                return false;
            }
        }
    }

    /// Says that these were all: the segment is made of them now.
    pub fn end(&self) {
        // Nobody listens where it failed.
        let _ = self.tell.send(Told::All);
    }

    /// Whether the segment is made, or nothing comes of it.
    pub fn is_finished(&self) -> bool {
        self.thread.is_finished()
    }

    /// The segment that was made of all articles, as soon as it is.
    pub fn finish(self) -> Result<Option<Segment>> {
        self.end();
        let ended = self.thread.join();
        ended.map_err(|_| Error::refused("the search index failed: a thread ended"))?.map_err(failed)
    }
}

fn invert(told: &Receiver<Told>, index: &tantivy::Index, fields: Fields) -> tantivy::Result<Option<Segment>> {
    let mut inverted = Inverted::new();
    // Who goes away without a word gave up, and wants no segment.
    while let Ok(told) = told.recv() {
        match told {
            Told::Article(Coming { id, place, words, _room }) => inverted.add(id, place, words.values(fields)),
            Told::All if inverted.is_empty() => break,
            Told::All => return segment::write(index, fields, inverted).map(Some),
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::super::fields::{schema, settings};
    use super::*;

    #[test]
    fn a_segment_that_cannot_be_written_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let index = tantivy::Index::builder().schema(schema()).settings(settings());
        let index = index.create_in_dir(folder.path()).unwrap();
        let fields = Fields::of(&index.schema()).unwrap();
        drop(folder);
        let inverting = Inverting::start(&index, fields).unwrap();
        assert!(inverting.take(1, 0, Words::default()));
        assert!(inverting.finish().is_err());
    }
}
