//! The trash emptied: the only way in which an article ever leaves the library, and only when the reader asks.

use super::bits::{Mark, Marked};
use super::store::Library;
use super::voices::Voices;
use super::{sorting, stories};
use crate::error::Result;

/// What is removed of each article; the article itself last.
const REMOVED: &[&str] = &[
    "UPDATE source SET articles = articles - 1 WHERE id = (SELECT source FROM article WHERE id = ?1)",
    "INSERT INTO dirty (article, renewed) VALUES (?1, 1)",
    "DELETE FROM body WHERE id = ?1",
    "DELETE FROM revision WHERE article = ?1",
    "DELETE FROM bookmark WHERE id = ?1",
    "DELETE FROM position WHERE id = ?1",
    "DELETE FROM note WHERE id = ?1",
    "DELETE FROM page WHERE id = ?1",
    "DELETE FROM tagged WHERE article = ?1",
    "DELETE FROM correction WHERE article = ?1",
    "DELETE FROM kept WHERE article = ?1",
    "DELETE FROM renaming WHERE article = ?1",
    "DELETE FROM story WHERE article = ?1",
    "DELETE FROM article WHERE id = ?1",
];

impl Library {
    /// Removes everything in the trash for good and says how many articles that were. Cannot be undone.
    pub fn purge(&mut self) -> Result<u64> {
        let transaction = self.write()?;
        let trashed = Marked::load(&transaction, Mark::Trashed)?.bits;
        for id in trashed.ids() {
            sorting::forget(&transaction, id)?;
        }
        for sql in REMOVED {
            let mut statement = transaction.prepare_cached(sql)?;
            for id in trashed.ids() {
                statement.execute([id])?;
            }
        }
        transaction.execute("DELETE FROM alias WHERE article NOT IN (SELECT id FROM article)", [])?;
        let mut voices = Voices::new(&transaction, false)?;
        for id in trashed.ids() {
            voices.remove(id)?;
        }
        voices.finish()?;
        stories::note_change(&transaction)?;
        for mark in [Mark::Present, Mark::Read, Mark::Quoted, Mark::Detected, Mark::Compared, Mark::Trashed] {
            let mut marked = Marked::load(&transaction, mark)?;
            marked.bits = marked.bits.without(&trashed);
            marked.store(&transaction)?;
        }
        transaction.commit()?;
        Ok(trashed.len())
    }
}
