//! Sets of articles as bits: a million articles take 125 KB, wherever they are in the library.

use super::Id;

/// A set of article numbers.
#[derive(Clone, Debug, Default)]
pub struct Bits {
    words: Vec<u64>,
}

impl Bits {
    /// The set of these words of 64 bits, lowest bit first.
    #[must_use]
    pub fn of_words(words: Vec<u64>) -> Self {
        Self { words }
    }

    /// The set as words of 64 bits, lowest bit first.
    #[must_use]
    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// Whether there is none in the set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// Whether `id` is in the set.
    #[must_use]
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
    #[must_use]
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

impl PartialEq for Bits {
    fn eq(&self, other: &Self) -> bool {
        (0..self.words.len().max(other.words.len())).all(|n| self.word(n) == other.word(n))
    }
}

impl Eq for Bits {}

impl FromIterator<Id> for Bits {
    fn from_iter<T: IntoIterator<Item = Id>>(ids: T) -> Self {
        let mut bits = Self::default();
        for id in ids {
            bits.set(id, true);
        }
        bits
    }
}

impl<const N: usize> From<[Id; N]> for Bits {
    fn from(ids: [Id; N]) -> Self {
        ids.into_iter().collect()
    }
}
