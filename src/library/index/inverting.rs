//! The thread that takes articles apart and writes them as a segment, beside the one that stores them.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender, TryRecvError};
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
/// Bytes of words that may wait to be taken apart: most of what comes while a segment is written.
const WAITING: usize = 12_000_000;

/// Articles being taken apart. One thread does it, and so one after the other: articles that come in the order of their dates
/// make segments that do not overlap, and these are put together quickly. It is the same for all segments, since the memory
/// that one gives back is the next one's.
pub struct Inverting {
    tell: Sender<Told>,
    room: Arc<Room>,
    made: Receiver<tantivy::Result<Segment>>,
    thread: JoinHandle<()>,
}

enum Told {
    Article(Coming),
    /// These were all of a segment.
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
    /// Begins with segments of `index`.
    pub fn start(index: &tantivy::Index, fields: Fields) -> Result<Self> {
        let (tell, told) = mpsc::channel();
        let (make, made) = mpsc::channel();
        let index = index.clone();
        let invert = move || {
            while let Some(inverted) = invert(&told, fields) {
                let segment = segment::write(&index, fields, inverted);
                let failed = segment.is_err();
                if make.send(segment).is_err() || failed {
                    break;
                }
            }
        };
        let thread = std::thread::Builder::new().spawn(invert);
        let thread = thread.map_err(|error| Error::refused(format!("the system gives no more threads: {error}")))?;
        Ok(Self { tell, room: Room::new(WAITING), made, thread })
    }

    /// Hands over the article `id` at `place` as soon as there is room for it. Whether anybody took it: where the thread has
    /// ended, `segment` says why.
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

    /// Says that these were all of a segment; the next ones are of another. Of none, none is made.
    pub fn end(&self) {
        // Nobody listens where it failed.
        let _ = self.tell.send(Told::All);
    }

    /// The next segment, in the order of their ends. Waits for it where it is to be `awaited`; else `None` where it is not
    /// made yet.
    pub fn segment(&self, awaited: bool) -> Result<Option<Segment>> {
        let made =
            if awaited { self.made.recv().map_err(|_| TryRecvError::Disconnected) } else { self.made.try_recv() };
        match made {
            Ok(made) => made.map(Some).map_err(failed),
            Err(TryRecvError::Empty) => Ok(None),
            Err(TryRecvError::Disconnected) => Err(Error::refused("the search index failed: a thread ended")),
        }
    }
}

/// The articles of the next segment taken apart; `None` where no more is wanted: who goes away without a word gave up.
fn invert(told: &Receiver<Told>, fields: Fields) -> Option<Inverted> {
    let mut inverted = Inverted::new();
    loop {
        match told.recv().ok()? {
            Told::Article(Coming { id, place, words, _room }) => inverted.add(id, place, words.values(fields)),
            Told::All if inverted.is_empty() => {}
            Told::All => return Some(inverted),
        }
    }
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
        inverting.end();
        assert!(inverting.segment(true).is_err());
        assert!(inverting.segment(true).is_err(), "and no other is made");
    }

    #[test]
    fn segments_come_in_their_order_with_the_articles_between_two_ends() {
        let index = tantivy::Index::builder().schema(schema()).settings(settings()).create_in_ram().unwrap();
        let inverting = Inverting::start(&index, Fields::of(&index.schema()).unwrap()).unwrap();
        for articles in [2, 0, 3] {
            assert!((0..articles).all(|id| inverting.take(id, id, Words::default())));
            inverting.end();
        }
        let docs =
            [true, true, false].map(|awaited| inverting.segment(awaited).unwrap().map(|made| made.meta().num_docs()));
        assert_eq!(docs, [Some(2), Some(3), None]);
    }
}
