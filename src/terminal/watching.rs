//! News of the library from other processes: a thread that sleeps until somebody writes to it. Where the system has no such
//! means, the loop looks after input now and then.

use std::path::Path;
use std::sync::mpsc::Sender;

use super::event_loop::Message;

/// Tells `sender` when the library at `library` was written to, by whomever: at once, and then no more than every few seconds
/// while it goes on. Where that cannot be had nothing is told.
#[cfg(target_os = "linux")]
pub(super) fn listen(library: &Path, sender: Sender<Message>) {
    use std::mem::MaybeUninit;
    use std::thread;

    use rustix::fs::inotify::{self, CreateFlags, Reader, WatchFlags};

    let Ok(inotify) = inotify::init(CreateFlags::CLOEXEC) else { return };
    // What is written goes into the log first.
    let mut log = library.as_os_str().to_owned();
    log.push("-wal");
    if inotify::add_watch(&inotify, Path::new(&log), WatchFlags::MODIFY).is_err() {
        return;
    }
    let watch = move || {
        let mut buffer = [MaybeUninit::uninit(); 1024];
        let mut events = Reader::new(inotify, &mut buffer);
        // What came while this slept is read at once then, and told together.
        while events.next().is_ok() {
            while !events.is_buffer_empty() && events.next().is_ok() {}
            if sender.send(Message::Written).is_err() {
                return;
            }
            thread::sleep(BETWEEN);
        }
    };
    // Without the thread it is as where the system has no such means.
    let _ = thread::Builder::new().name("watcher".into()).spawn(watch);
}

/// How long nothing is told after something was: what is shown is read anew each time.
#[cfg(target_os = "linux")]
const BETWEEN: std::time::Duration = std::time::Duration::from_secs(2);

#[cfg(not(target_os = "linux"))]
pub(super) fn listen(_: &Path, _: Sender<Message>) {}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn whoever_writes_is_heard() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("l.db-wal");
        std::fs::write(&log, "").unwrap();
        let (sender, inbox) = mpsc::channel();
        listen(&folder.path().join("l.db"), sender);
        std::fs::write(&log, "boats").unwrap();
        assert!(matches!(inbox.recv(), Ok(Message::Written)));
    }
}
