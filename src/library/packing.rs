//! Bodies made small: zstd, with a dictionary that the library trains once from its own first articles.
//!
//! News bodies are short, and most of what one could leave out stands in other articles: a dictionary takes a sixth off.
//! It is kept in the file; each frame names the one it needs.

use std::collections::HashMap;
use std::fmt;

use rusqlite::{Connection, OptionalExtension};
use zstd::bulk::{Compressor, Decompressor};
use zstd::zstd_safe;

use super::fault::damaged;
use crate::error::{Error, Result};

const LEVEL: i32 = 3;
/// Articles from which on a dictionary pays.
const ENOUGH: i64 = 400;
/// The most articles that training looks at, and their bytes.
const SAMPLES: i64 = 1000;
const SAMPLE_BYTES: usize = 4 << 20;
const DICTIONARY_BYTES: usize = 110 << 10;
/// A body is at most 32 MiB of text when it comes in; structure and quotes may add to that.
const LIMIT: usize = 256 << 20;

/// Compresses and decompresses for one connection; contexts are made when first needed and kept.
#[derive(Default)]
pub struct Packing {
    compressor: Option<Compressor<'static>>,
    trained: bool,
    /// By the number of the dictionary; 0 is none.
    decompressors: HashMap<u32, Decompressor<'static>>,
}

impl Packing {
    /// `bytes` compressed.
    pub fn pack(&mut self, connection: &Connection, bytes: &[u8]) -> Result<Vec<u8>> {
        let compressor = match &mut self.compressor {
            Some(compressor) => compressor,
            none => none.insert(make_compressor(connection)?),
        };
        compressor.compress(bytes).map_err(|error| Error::refused(format!("a body cannot be compressed: {error}")))
    }

    /// What `pack` made `packed` of.
    pub fn unpack(&mut self, connection: &Connection, packed: &[u8]) -> Result<Vec<u8>> {
        let number = zstd_safe::get_dict_id_from_frame(packed).map_or(0, std::num::NonZeroU32::get);
        let broken = |error: std::io::Error| damaged(&format!("a body cannot be decompressed: {error}"));
        let decompressor = match self.decompressors.entry(number) {
            std::collections::hash_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::hash_map::Entry::Vacant(entry) => {
                let dictionary = load(connection, number)?;
                entry.insert(Decompressor::with_dictionary(&dictionary).map_err(broken)?)
            }
        };
        decompressor.decompress(packed, LIMIT).map_err(broken)
    }

    /// Trains the dictionary when there are enough articles for the first time. `stored` is the number of the last one.
    pub fn train_once(&mut self, connection: &Connection, stored: i64) -> Result<()> {
        if self.trained || stored < ENOUGH {
            return Ok(());
        }
        self.trained = true;
        if connection.query_row("SELECT EXISTS (SELECT 1 FROM dictionary)", [], |row| row.get(0))? {
            return Ok(());
        }
        let dictionary = self.train(connection)?;
        let number = zstd_safe::get_dict_id_from_dict(&dictionary).map_or(0, std::num::NonZeroU32::get);
        connection.execute("INSERT OR IGNORE INTO dictionary (id, bytes) VALUES (?1, ?2)", (number, dictionary))?;
        self.compressor = None;
        Ok(())
    }

    /// A dictionary from the newest articles; empty where they give none (all alike, or too small).
    fn train(&mut self, connection: &Connection) -> Result<Vec<u8>> {
        let mut all = Vec::new();
        let mut sizes = Vec::new();
        let mut statement = connection.prepare("SELECT bytes FROM body ORDER BY id DESC LIMIT ?1")?;
        let mut rows = statement.query([SAMPLES])?;
        while let Some(row) = rows.next()?
            && all.len() < SAMPLE_BYTES
        {
            let packed: Vec<u8> = row.get(0)?;
            let body = self.unpack(connection, &packed)?;
            sizes.push(body.len());
            all.extend(body);
        }
        Ok(zstd::dict::from_continuous(&all, &sizes, DICTIONARY_BYTES).unwrap_or_default())
    }
}

fn make_compressor(connection: &Connection) -> Result<Compressor<'static>> {
    let newest = "SELECT bytes FROM dictionary ORDER BY rowid DESC LIMIT 1";
    let dictionary: Option<Vec<u8>> = connection.query_row(newest, [], |row| row.get(0)).optional()?;
    Compressor::with_dictionary(LEVEL, &dictionary.unwrap_or_default())
        .map_err(|error| damaged(&format!("its dictionary cannot be used: {error}")))
}

fn load(connection: &Connection, number: u32) -> Result<Vec<u8>> {
    if number == 0 {
        return Ok(Vec::new());
    }
    connection
        .query_row("SELECT bytes FROM dictionary WHERE id = ?1", [number], |row| row.get(0))
        .optional()?
        .ok_or_else(|| damaged(&format!("dictionary {number} is missing")))
}

impl fmt::Debug for Packing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Packing").field("trained", &self.trained).finish_non_exhaustive()
    }
}
