//! Words as numbers, and the tables that are looked up by them: every word of a text goes through here. Knows no language.

use std::hash::Hasher;

/// An ASCII word of at most 16 bytes in lower case; different words have different keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The first eight bytes.
    low: u64,
    /// The others.
    high: u64,
}

/// The high bit of every byte: set in none where a word is ASCII.
const HIGH: u64 = u64::from_le_bytes([0x80; 8]);
/// The bit that tells the case of a letter; digits, hyphens and apostrophes have it set.
const CASE: u64 = u64::from_le_bytes([0x20; 8]);

impl Key {
    /// The key of a word, if it has one.
    pub fn of(word: &str) -> Option<Self> {
        let bytes = word.as_bytes();
        let length = bytes.len();
        // Two reads that overlap in the middle do for every length: both put the same bytes to the same place.
        let (low, high) = match (length, bytes.first_chunk(), bytes.last_chunk()) {
            (8..=16, Some(head), Some(tail)) => {
                (u64::from_le_bytes(*head), u64::from_le_bytes(*tail).unbounded_shr(bits(16 - length)))
            }
            (17.., ..) => return None,
            _ => match (bytes.first_chunk(), bytes.last_chunk()) {
                (Some(head), Some(tail)) => {
                    let tail = u64::from(u32::from_le_bytes(*tail)) << bits(length - 4);
                    (u64::from(u32::from_le_bytes(*head)) | tail, 0)
                }
                _ => (bytes.iter().rev().fold(0, |key, byte| key << 8 | u64::from(*byte)), 0),
            },
        };
        ((low | high) & HIGH == 0).then_some(Self::lower(low, high, length))
    }

    /// The key of the letters and digits at the head of `bytes`, and how many they are; none where they may be more than
    /// 16, or fewer than 16 bytes are left.
    pub fn at_head(bytes: &[u8]) -> Option<(Self, usize)> {
        let (head, rest) = bytes.split_first_chunk()?;
        let (low, rest) = (u64::from_le_bytes(*head), rest.first_chunk()?);
        let length = letters(low);
        if length < 8 {
            return Some((Self::lower(low & !u64::MAX.unbounded_shl(bits(length)), 0, length), length));
        }
        let high = u64::from_le_bytes(*rest);
        let more = letters(high);
        let whole = Self::lower(low, high & !u64::MAX.unbounded_shl(bits(more)), 8 + more);
        (more < 8).then_some((whole, 8 + more))
    }

    /// The last four bytes of a word that has so many; of others than letters more than one may have the same key.
    pub fn of_ending(word: &str) -> Option<Self> {
        let tail = u32::from_le_bytes(*word.as_bytes().last_chunk()?);
        Some(Self::lower(u64::from(tail), 0, 4))
    }

    fn lower(low: u64, high: u64, length: usize) -> Self {
        let inside = |length: usize| CASE & !u64::MAX.unbounded_shl(bits(length));
        Self { low: low | inside(length), high: high | inside(length.saturating_sub(8)) }
    }

    fn hash(self) -> u64 {
        (self.low ^ self.high.rotate_left(29).wrapping_mul(MULTIPLIER)).wrapping_mul(MULTIPLIER)
    }
}

/// The keys of the words of `text` that have one: letters and digits of any alphabet, and nothing else, make a word.
pub fn words(text: &str) -> impl Iterator<Item = Key> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let byte = *bytes.get(at)?;
            if byte.is_ascii() && !byte.is_ascii_alphanumeric() {
                at += 1;
                continue;
            }
            let begin = at;
            let head = bytes.get(at..).and_then(Key::at_head);
            at += head.map_or(0, |head| head.1);
            if bytes.get(at).is_some_and(u8::is_ascii)
                && let Some((key, _)) = head
            {
                return Some(key);
            }
            let rest = text.get(at..).unwrap_or_default();
            at += rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            let key = text.get(begin..at).and_then(Key::of);
            at += usize::from(begin == at) * rest.chars().next().map_or(1, char::len_utf8);
            if key.is_some() && begin < at {
                return key;
            }
        }
    })
}

/// The bits of so many bytes, at most 16.
fn bits(bytes: usize) -> u32 {
    u32::try_from(8 * bytes).unwrap_or_default()
}

/// How many of the eight bytes, from the first one on, are ASCII letters or digits: all eight are compared at once, each
/// comparison a sum that sets a byte's high bit (Hacker's Delight, 2nd edition, chapter 6: finding a byte in a word).
fn letters(bytes: u64) -> usize {
    let each = |byte: u8| u64::from_le_bytes([0x80 - byte; 8]);
    let within = |value: u64, first: u8, last: u8| (value + each(first)) & !(value + each(last + 1));
    let ascii = bytes & !HIGH;
    let inside = within(ascii | CASE, b'a', b'z') | within(ascii, b'0', b'9');
    let outside = (!inside | bytes) & HIGH;
    outside.trailing_zeros() as usize / 8
}

/// What is known about some words. Open addressing with much room: a word that is not in it mostly costs one look at a
/// list of two bytes a place.
pub struct Keyed<V> {
    /// Places in `entries`, counted from 1; 0 is free. A power of two, of which at least one in two is free.
    slots: Vec<u16>,
    entries: Vec<(Key, V)>,
}

impl<V> Keyed<V> {
    /// Keeps at most the first 65,535 words; what is said of one word in several entries is added up by `merge`.
    pub fn new(mut entries: Vec<(Key, V)>, merge: impl Fn(&mut V, &mut V)) -> Self {
        entries.sort_by_key(|entry| entry.0);
        entries.dedup_by(|later, earlier| {
            let same = later.0 == earlier.0;
            if same {
                merge(&mut earlier.1, &mut later.1);
            }
            same
        });
        entries.truncate(u16::MAX.into());
        let mut table = Self { slots: vec![0; (2 * entries.len()).next_power_of_two()], entries };
        for (place, (key, _)) in (1..=u16::MAX).zip(&table.entries) {
            let home = table.home(*key);
            let (before, behind) = table.slots.split_at_mut(home);
            if let Some(free) = behind.iter_mut().chain(before).find(|slot| **slot == 0) {
                *free = place;
            }
        }
        table
    }

    /// Nothing is known about any word.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// What is known about a word.
    pub fn get(&self, key: Key) -> Option<&V> {
        let mut slot = self.home(key);
        loop {
            let place = *self.slots.get(slot & (self.slots.len() - 1))?;
            let (known, value) = self.entries.get(usize::from(place).checked_sub(1)?)?;
            if *known == key {
                return Some(value);
            }
            slot += 1;
        }
    }

    /// The slot in which a word stands, or behind which it does.
    fn home(&self, key: Key) -> usize {
        (key.hash() >> 40) as usize & (self.slots.len() - 1)
    }
}

/// Mixes words by multiplication, for maps whose words a text chooses: slow for nobody but for who made that text.
#[derive(Default)]
pub struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }

    fn write(&mut self, bytes: &[u8]) {
        let (chunks, rest) = bytes.as_chunks();
        for chunk in chunks {
            self.write_u64(u64::from_le_bytes(*chunk));
        }
        self.write_u64(rest.iter().rev().fold(0, |rest, byte| rest << 8 | u64::from(*byte)));
    }

    fn write_u8(&mut self, byte: u8) {
        self.write_u64(u64::from(byte));
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(29) ^ word).wrapping_mul(MULTIPLIER);
    }
}

/// An odd number without a pattern: 2^64 divided by the golden ratio.
const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_the_word_in_lower_case() {
        let words = [
            "",
            "a",
            "The",
            "said",
            "spoke",
            "replied",
            "retorted",
            "according",
            "administrations",
            "characteristics!",
        ];
        for word in words {
            let mut bytes = [0; 16];
            bytes[..word.len()].copy_from_slice(word.to_lowercase().as_bytes());
            let (low, high) = bytes.split_at(8);
            let [low, high] = [low, high].map(|half| u64::from_le_bytes(half.try_into().unwrap()));
            assert_eq!(Key::of(word), Some(Key { low, high }), "{word}");
        }
        assert_eq!(Key::of("seventeen letters"), None);
        assert_eq!(Key::of("café"), None);
    }

    #[test]
    fn the_word_at_the_head_ends_with_its_letters_and_digits() {
        for byte in 0..=u8::MAX {
            for length in 0..16 {
                let word = "Administrations9".get(..length).unwrap();
                let mut bytes = [byte; 24];
                bytes[..length].copy_from_slice(word.as_bytes());
                let found = Key::at_head(&bytes);
                if byte.is_ascii_alphanumeric() {
                    assert_eq!(found, None, "{byte}");
                } else {
                    assert_eq!(found, Key::of(word).map(|key| (key, length)), "{byte} {word}");
                }
            }
        }
        assert_eq!(Key::at_head(b"fifteen bytes ,"), None);
    }

    #[test]
    fn what_is_put_into_a_table_is_found_again_and_nothing_else() {
        let words: Vec<String> = (0..2000).map(|number| format!("w{number}")).collect();
        let entries = words.iter().chain(&words).map(|word| (Key::of(word).unwrap(), 1)).collect();
        let table = Keyed::new(entries, |earlier, later| *earlier += *later);
        for word in &words {
            assert_eq!(table.get(Key::of(word).unwrap()), Some(&2), "{word}");
            assert_eq!(table.get(Key::of(&format!("x{word}")).unwrap()), None);
        }
        assert_eq!(Keyed::new(Vec::<(Key, u8)>::new(), |_, _| ()).get(Key::of("a").unwrap()), None);
    }
}
