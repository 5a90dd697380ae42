//! A number for each word: what a word is found by while articles are taken apart (`inverted`). Knows no articles.

/// Slots that a table begins with.
const FIRST_SLOTS: usize = 1 << 13;

/// The words of a handful of articles, each with its field and a number, in the order in which they came.
pub struct Terms {
    /// Open addressing with linear probing, a power of two of slots, at most half of them full. A slot is 0, or the word's
    /// hash in the upper half and its number and one in the lower.
    slots: Vec<u64>,
    /// The words one behind the other, each after its field.
    spelt: Vec<u8>,
    /// Where in `spelt` each word ends.
    ends: Vec<u32>,
    /// How often each came.
    counts: Vec<u32>,
}

impl Terms {
    pub fn new() -> Self {
        Self { slots: vec![0; FIRST_SLOTS], spelt: Vec::new(), ends: Vec::new(), counts: Vec::new() }
    }

    /// The number of `word` in `field`, which came once more.
    pub fn count(&mut self, field: u8, word: &str) -> u32 {
        let hash = hash(field, word.as_bytes());
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let slot = self.slots.get(at).copied().unwrap_or_default();
            if slot == 0 {
                return self.add(field, word, hash, at);
            }
            let (stored, number) = taken_apart(slot);
            if stored == hash
                && let Some([its_field, spelling @ ..]) = self.get(number)
                && *its_field == field
                && spelling == word.as_bytes()
            {
                if let Some(count) = self.counts.get_mut(number as usize) {
                    *count += 1;
                }
                return number;
            }
            at = (at + 1) & mask;
        }
    }

    /// The word `number` after its field.
    pub fn get(&self, number: u32) -> Option<&[u8]> {
        let number = number as usize;
        let start = number.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.spelt.get(start as usize..*self.ends.get(number)? as usize)
    }

    /// All in the order of fields and spelling: number and how often it came.
    pub fn sorted(&self) -> Vec<(u32, u32)> {
        // The first bytes tell most of them apart, and lie side by side.
        let numbers = (0..).zip(&self.counts);
        let mut all: Vec<(u64, u32, u32)> =
            numbers.map(|(number, count)| (beginning(self.get(number).unwrap_or_default()), number, *count)).collect();
        all.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| self.get(a.1).cmp(&self.get(b.1))));
        all.into_iter().map(|(_, number, count)| (number, count)).collect()
    }

    /// Forgets all of them and keeps the room.
    pub fn clear(&mut self) {
        self.slots.fill(0);
        self.spelt.clear();
        self.ends.clear();
        self.counts.clear();
    }

    #[expect(clippy::cast_possible_truncation, reason = "a run of articles is far smaller than 4 GB")]
    fn add(&mut self, field: u8, word: &str, hash: u32, at: usize) -> u32 {
        let number = self.ends.len() as u32;
        self.spelt.push(field);
        self.spelt.extend_from_slice(word.as_bytes());
        self.ends.push(self.spelt.len() as u32);
        self.counts.push(1);
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = put_together(hash, number);
        }
        if self.ends.len() * 2 > self.slots.len() {
            self.grow();
        }
        number
    }

    fn grow(&mut self) {
        let mask = self.slots.len() * 2 - 1;
        let old = std::mem::replace(&mut self.slots, vec![0; mask + 1]);
        for slot in old.into_iter().filter(|slot| *slot != 0) {
            let mut at = taken_apart(slot).0 as usize & mask;
            while self.slots.get(at).is_some_and(|there| *there != 0) {
                at = (at + 1) & mask;
            }
            if let Some(there) = self.slots.get_mut(at) {
                *there = slot;
            }
        }
    }
}

fn put_together(hash: u32, number: u32) -> u64 {
    (u64::from(hash) << 32) | (u64::from(number) + 1)
}

#[expect(clippy::cast_possible_truncation, reason = "the halves are what is wanted")]
fn taken_apart(slot: u64) -> (u32, u32) {
    ((slot >> 32) as u32, (slot as u32).wrapping_sub(1))
}

/// The first eight bytes as a number that sorts as they do.
pub fn beginning(key: &[u8]) -> u64 {
    let mut first = [0; 8];
    for (to, from) in first.iter_mut().zip(key) {
        *to = *from;
    }
    u64::from_be_bytes(first)
}

/// Eight bytes at a time are multiplied, and the halves of the product put together (as in Yi Wang’s wyhash).
#[expect(clippy::cast_possible_truncation, reason = "the halves are what is wanted")]
fn hash(field: u8, word: &[u8]) -> u32 {
    let mix = |hash: u64, eight: u64| {
        let product = u128::from(hash ^ eight) * 0x9e37_79b9_7f4a_7c15;
        (product >> 64) as u64 ^ product as u64
    };
    let (whole, rest) = word.as_chunks::<8>();
    let mut hash = (u64::from(field) << 32) | word.len() as u64;
    for eight in whole {
        hash = mix(hash, u64::from_le_bytes(*eight));
    }
    let rest = rest.iter().fold(0, |all, byte| (all << 8) | u64::from(*byte));
    (mix(mix(hash, rest), 0) >> 32) as u32
}
