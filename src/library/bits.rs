//! Sets of articles as bits, in memory and in the `mark` table.
//!
//! A bit for each article number makes a mark of a million articles 125 KB, so that marking all of them read, counting and
//! filtering are all small work. In the file a set is cut into chunks of 16,384 bits, lowest bit of the first byte
//! first; the chunk's row is `chunk * 8 + mark`.

use rusqlite::Connection;

use crate::error::Result;
use crate::model::Id;

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

/// A set of article numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bits {
    words: Vec<u64>,
}

impl Bits {
    /// The articles that have `mark`.
    pub fn load(connection: &Connection, mark: Mark) -> Result<Self> {
        let mut bits = Self::default();
        let mut statement = connection.prepare_cached("SELECT id >> 3, bits FROM mark WHERE id & 7 = ?1")?;
        let mut rows = statement.query([mark as i64])?;
        while let Some(row) = rows.next()? {
            let chunk = usize::try_from(row.get::<_, i64>(0)?).unwrap_or_default();
            bits.reserve((chunk + 1) * CHUNK_WORDS);
            let stored = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
            let words = bits.words.iter_mut().skip(chunk * CHUNK_WORDS);
            for (word, bytes) in words.zip(stored.chunks_exact(8)) {
                *word = bytes.try_into().map(u64::from_le_bytes).unwrap_or_default();
            }
        }
        Ok(bits)
    }

    /// Whether `id` is in the set.
    pub fn has(&self, id: Id) -> bool {
        usize::try_from(id).is_ok_and(|n| self.word(n / 64) >> (n % 64) & 1 == 1)
    }

    /// Puts `id` in or takes it out; numbers below zero are nobody's.
    pub fn set(&mut self, id: Id, to: bool) {
        let Ok(n) = usize::try_from(id) else { return };
        if to {
            self.reserve(n / 64 + 1);
        }
        if let Some(word) = self.words.get_mut(n / 64) {
            let bit = 1 << (n % 64);
            *word = if to { *word | bit } else { *word & !bit };
        }
    }

    /// How many are in the set.
    pub fn len(&self) -> u64 {
        self.words.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    /// Those of `self` that are not in `other`.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        Self { words: self.words.iter().enumerate().map(|(n, word)| word & !other.word(n)).collect() }
    }

    /// Those that are in both.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self { words: self.words.iter().enumerate().map(|(n, word)| word & other.word(n)).collect() }
    }

    /// The numbers in the set, in order.
    pub fn ids(&self) -> impl Iterator<Item = Id> {
        (0..).step_by(64).zip(&self.words).flat_map(|(first, word)| {
            let word = *word;
            (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| first + bit)
        })
    }

    fn word(&self, n: usize) -> u64 {
        self.words.get(n).copied().unwrap_or_default()
    }

    fn reserve(&mut self, words: usize) {
        if self.words.len() < words {
            self.words.resize(words, 0);
        }
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
        for (chunk, words) in (0_i64..).zip(self.bits.words.chunks(CHUNK_WORDS)) {
            let stored = self.stored.words.chunks(CHUNK_WORDS).nth(usize::try_from(chunk).unwrap_or_default());
            if stored != Some(words) {
                let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
                write.execute((chunk * 8 + self.mark as i64, bytes))?;
            }
        }
        Ok(())
    }
}

impl FromIterator<Id> for Bits {
    fn from_iter<T: IntoIterator<Item = Id>>(ids: T) -> Self {
        let mut bits = Self::default();
        for id in ids {
            bits.set(id, true);
        }
        bits
    }
}
