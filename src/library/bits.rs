//! Sets of articles as bits, in memory and in the `mark` table.
//!
//! A bit for each article number makes a mark of a million articles 125 KB, so that marking all of them read, counting and
//! filtering are all small work. In the file a set is cut into chunks of 16,384 bits, lowest bit of the first byte
//! first; the chunk's row is `chunk * 8 + mark`.

use rusqlite::Connection;

use crate::error::Result;
pub use crate::model::Bits;

/// A property that an article has or has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It is in the library.
    Present = 0,
    Read = 1,
    Trashed = 2,
    /// It has at least one quotation that is speech.
    Quoted = 3,
    /// Its quotes were detected by the newest engine that was used on the library.
    Detected = 4,
    /// Those that tell its story in the same words were looked for.
    Compared = 5,
}

const CHUNK_BYTES: usize = 2048;
const CHUNK_WORDS: usize = CHUNK_BYTES / 8;

impl Bits {
    /// The articles that have `mark`.
    pub fn load(connection: &Connection, mark: Mark) -> Result<Self> {
        let mut words = Vec::new();
        let mut statement = connection.prepare_cached("SELECT id >> 3, bits FROM mark WHERE id & 7 = ?1")?;
        let mut rows = statement.query([mark as i64])?;
        while let Some(row) = rows.next()? {
            let chunk = usize::try_from(row.get::<_, i64>(0)?).unwrap_or_default();
            words.resize(words.len().max((chunk + 1) * CHUNK_WORDS), 0);
            let stored = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
            let places = words.iter_mut().skip(chunk * CHUNK_WORDS);
            for (word, bytes) in places.zip(stored.chunks_exact(8)) {
                *word = bytes.try_into().map(u64::from_le_bytes).unwrap_or_default();
            }
        }
        Ok(Self::of_words(words))
    }
}

/// The articles that have a mark, as they are and as the file has them.
#[derive(Clone, Debug)]
pub struct Marked {
    pub bits: Bits,
    mark: Mark,
    stored: Bits,
}

impl Marked {
    /// The articles that have `mark`.
    pub fn load(connection: &Connection, mark: Mark) -> Result<Self> {
        let stored = Bits::load(connection, mark)?;
        Ok(Self { bits: stored.clone(), mark, stored })
    }

    /// Writes the chunks that have changed.
    pub fn store(&self, connection: &Connection) -> Result<()> {
        let mut write = connection.prepare_cached("INSERT OR REPLACE INTO mark (id, bits) VALUES (?1, ?2)")?;
        for (chunk, words) in (0_i64..).zip(self.bits.words().chunks(CHUNK_WORDS)) {
            let stored = self.stored.words().chunks(CHUNK_WORDS).nth(usize::try_from(chunk).unwrap_or_default());
            if stored != Some(words) {
                let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
                write.execute((chunk * 8 + self.mark as i64, bytes))?;
            }
        }
        Ok(())
    }
}
