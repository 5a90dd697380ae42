//! Small facts that outlive a session: where reading stopped, what the reader last looked at.

use rusqlite::OptionalExtension;

use super::store::Library;
use crate::error::Result;
use crate::model::Id;

impl Library {
    /// Keeps where reading of the article `id` stopped: a byte offset of its text. 0 forgets it.
    pub fn set_position(&mut self, id: Id, position: u32) -> Result<()> {
        let sql = if position == 0 {
            "DELETE FROM position WHERE id = ?1 AND ?2 = 0"
        } else {
            "INSERT OR REPLACE INTO position (id, byte) SELECT id, ?2 FROM article WHERE id = ?1"
        };
        self.connection.prepare_cached(sql)?.execute((id, position))?;
        Ok(())
    }

    /// Keeps `value` under `key`.
    pub fn remember(&mut self, key: &str, value: &str) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO memory (key, value) VALUES (?1, ?2)";
        self.connection.prepare_cached(sql)?.execute((key, value))?;
        Ok(())
    }

    /// What was last kept under `key`.
    pub fn recall(&self, key: &str) -> Result<Option<String>> {
        let mut statement = self.connection.prepare_cached("SELECT value FROM memory WHERE key = ?1")?;
        Ok(statement.query_row([key], |row| row.get(0)).optional()?)
    }
}
