//! The cores that adding takes: all but one while somebody reads in the library. A lower priority alone does not do, since many
//! systems give each terminal the same share of a core, whatever the priorities of what runs there.

use std::path::{Path, PathBuf};

use system::Set;

use crate::library::is_attended;

/// Articles between two looks at whether somebody reads.
const LOOK: u64 = 100;

/// The cores of a process that adds many articles.
pub struct Cores {
    library: PathBuf,
    articles: u64,
    /// What the system gave, while one of them is left to a reader.
    given: Option<Set>,
}

impl Cores {
    /// All of them, as long as nobody reads in the library at `library`.
    #[must_use]
    pub fn beside(library: &Path) -> Self {
        Self { library: library.to_owned(), articles: 0, given: None }
    }

    /// One more article was added: looks from time to time whether somebody reads.
    pub fn count(&mut self) {
        self.articles += 1;
        if self.articles % LOOK != 1 {
            return;
        }
        match (is_attended(&self.library), self.given.take()) {
            (true, None) => self.given = system::leave_one(),
            (true, given) => self.given = given,
            (false, given) => drop(given.as_ref().map(system::take)),
        }
    }
}

#[cfg(target_os = "linux")]
mod system {
    use rustix::thread::{CpuSet, Pid, sched_getaffinity, sched_setaffinity};

    pub(super) type Set = CpuSet;

    /// Leaves a core to others where there are several; those that were given.
    pub(super) fn leave_one() -> Option<Set> {
        let given = sched_getaffinity(None).ok()?;
        take(&without_last(given)?);
        Some(given)
    }

    /// Runs on these cores, with all threads of this process and those to come. Where the system refuses, all stays as it is.
    pub(super) fn take(cores: &Set) {
        let threads = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
        let numbers = threads.filter_map(|thread| thread.file_name().to_str()?.parse().ok());
        for thread in numbers.filter_map(Pid::from_raw) {
            let _ = sched_setaffinity(Some(thread), cores);
        }
    }

    /// All but one of several.
    pub(super) fn without_last(mut cores: Set) -> Option<Set> {
        let last = (0..CpuSet::MAX_CPU).rev().find(|core| cores.is_set(*core))?;
        cores.unset(last);
        (cores.count() > 0).then_some(cores)
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    pub(super) type Set = ();

    pub(super) fn leave_one() -> Option<Set> {
        None
    }

    pub(super) fn take((): &Set) {}
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use rustix::thread::CpuSet;

    use super::*;

    #[test]
    fn one_of_several_cores_is_left_and_an_only_one_is_kept() {
        let cores = |numbers: &[usize]| {
            let mut set = CpuSet::new();
            for number in numbers {
                set.set(*number);
            }
            set
        };
        assert_eq!(system::without_last(cores(&[0, 1])), Some(cores(&[0])));
        assert_eq!(system::without_last(cores(&[2, 5, 7])), Some(cores(&[2, 5])));
        assert_eq!(system::without_last(cores(&[3])), None);
        assert_eq!(system::without_last(cores(&[])), None);
    }

    #[test]
    fn a_core_is_left_while_somebody_reads_and_taken_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("l.db");
        let several = rustix::thread::sched_getaffinity(None).unwrap().count() > 1;
        let mut cores = Cores::beside(&path);
        cores.count();
        assert!(cores.given.is_none());
        let reading = crate::library::attend(&path).unwrap();
        (0..LOOK).for_each(|_| cores.count());
        assert_eq!(cores.given.is_some(), several);
        drop(reading);
        (0..LOOK).for_each(|_| cores.count());
        assert!(cores.given.is_none());
    }
}
