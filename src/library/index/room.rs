//! How much may wait for the index: whoever brings more waits too, so that the memory stays bounded.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Room for so many bytes.
#[derive(Debug)]
pub struct Room {
    all: usize,
    free: Mutex<usize>,
    given_back: Condvar,
}

/// Room that is taken until this is dropped.
#[derive(Debug)]
pub struct Taken {
    room: Arc<Room>,
    bytes: usize,
}

impl Room {
    pub fn new(bytes: usize) -> Arc<Self> {
        Arc::new(Self { all: bytes, free: Mutex::new(bytes), given_back: Condvar::new() })
    }

    /// Waits until there are `bytes` free, and takes them; `None` where there were not within `patience`. What is larger
    /// than the whole room takes all of it.
    pub fn take(self: &Arc<Self>, bytes: usize, patience: Duration) -> Option<Taken> {
        let bytes = bytes.min(self.all);
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.given_back.wait_timeout_while(free, patience, |free| *free < bytes);
        let (mut free, _) = waited.unwrap_or_else(PoisonError::into_inner);
        *free = free.checked_sub(bytes)?;
        Some(Taken { room: Arc::clone(self), bytes })
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        *self.room.free.lock().unwrap_or_else(PoisonError::into_inner) += self.bytes;
        self.room.given_back.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_brings_too_much_waits_until_there_is_room() {
        let room = Room::new(10);
        let first = room.take(6, Duration::ZERO);
        assert!(first.is_some() && room.take(50, Duration::ZERO).is_none());
        let waiting = std::thread::spawn({
            let room = Arc::clone(&room);
            move || room.take(50, Duration::MAX).map(|taken| taken.bytes)
        });
        assert_eq!(*room.free.lock().unwrap(), 4);
        drop(first);
        assert_eq!(waiting.join().unwrap(), Some(10));
        assert_eq!(*room.free.lock().unwrap(), 10);
    }
}
