//! A library for the workers' tests: three invented articles in a folder of their own.

use std::path::PathBuf;

use tempfile::TempDir;

use super::Inline;
use crate::app::{Effect, Reply};
use crate::clock::Now;
use crate::formats::{self, Format};
use crate::library::{Library, Prepared};
use crate::quotes;

/// A Sunday in November 2026, in seconds since 1970.
const NOW: i64 = 1_795_348_800;

const ARTICLES: [&str; 3] = [
    "date 2026-11-20 A quiet day.\n\n“We wait for the tide,” said Ada Brandt, the harbour master. The ferry stays.",
    "date 2026-11-18 Forty lanterns.\n\nThe council of Lower Wick bought forty lanterns for the harbour road.",
    "date 2026-11-19 Loaves.\n\nNobody knows how many loaves there were, and nobody asked.",
];

/// The workers on the library, without threads.
pub struct Fixture {
    pub workers: Inline,
    pub folder: TempDir,
}

impl Fixture {
    /// The articles 1 (the newest), 2 (the oldest) and 3.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("library.db");
        let mut library = Library::open(&path).unwrap();
        let prepared = ARTICLES.map(|text| {
            let article = formats::read(text.as_bytes(), Format::Plain).unwrap();
            let quotes = quotes::detect_in(&article);
            Prepared::new(article, &quotes).detected_by(quotes::VERSION)
        });
        library.add(&prepared, NOW).unwrap();
        Self { workers: Inline::new(&path, || Now::fixed(NOW)), folder }
    }

    /// What is replied to `effect`.
    pub fn perform(&mut self, effect: Effect) -> Vec<Reply> {
        let mut replies = Vec::new();
        self.workers.perform(effect, &mut |reply| replies.push(reply));
        replies
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("library.db")
    }
}
