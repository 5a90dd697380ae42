//! Whether two texts tell one story in the same words: copies of a wire report, with a word changed here and there, another
//! first paragraph, or the end cut off.
//!
//! The print of a text is a “sim-hash” of 64 bits over its triples of words (Charikar 2002, “Similarity Estimation Techniques
//! from Rounding Algorithms”; for pages of the web Manku, Jain, Das Sarma 2007, “Detecting Near-Duplicates for Web
//! Crawling”). Texts that share most of their triples have prints that differ in few bits; a pair whose prints are near is
//! then compared triple by triple. Knows nothing of articles.

use super::fold;

/// Words from which on a text can be told by its words: shorter ones are notices and forms, alike without being copies.
const TELLING: usize = 100;

/// Bits in which the prints of one story may differ. Of copies with a twelfth of their words changed at the beginning and one
/// in fifty elsewhere nine in ten differ in no more; of texts that have nothing in common one pair in 100,000.
const NEAR: u32 = 14;

/// How much of the longer text's triples the other one has, at least: two in three. Copies with all these changes share four
/// fifths; a form that is filled in with other numbers and names every day shares less.
const SHARED: (usize, usize) = (2, 3);

/// A text as its triples of words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Story {
    triples: Vec<u64>,
    words: usize,
}

impl Story {
    /// The story that `text` tells.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut story = Writing::default();
        fold::words(text, |_, _, word| story.take(word));
        story.0
    }

    /// The story of these words, which are folded already.
    #[must_use]
    pub fn of<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut story = Writing::default();
        words.for_each(|word| story.take(word));
        story.0
    }

    /// Its print; 0 where the text is too short to be told by its words.
    #[must_use]
    pub fn print(&self) -> u64 {
        if self.words < TELLING { 0 } else { print(&self.triples).max(1) }
    }

    /// Whether `other` tells it too.
    #[must_use]
    pub fn is_told_by(&self, other: &Self) -> bool {
        let (ours, theirs) = (self.distinct(), other.distinct());
        let longer = ours.len().max(theirs.len());
        let mut theirs = theirs.into_iter().peekable();
        let shared = ours.into_iter().filter(|triple| {
            while theirs.next_if(|other| other < triple).is_some() {}
            theirs.peek() == Some(triple)
        });
        self.words.min(other.words) >= TELLING && shared.count() * SHARED.1 >= longer * SHARED.0
    }

    fn distinct(&self) -> Vec<u64> {
        let mut triples = self.triples.clone();
        triples.sort_unstable();
        triples.dedup();
        triples
    }
}

/// In how many bits two prints differ, where these are few enough for one story.
#[must_use]
pub fn distance(one: u64, other: u64) -> Option<u32> {
    let bits = (one ^ other).count_ones();
    (one != 0 && other != 0 && bits <= NEAR).then_some(bits)
}

/// A story while its words come in.
#[derive(Default)]
struct Writing(Story, [u64; 2]);

impl Writing {
    fn take(&mut self, word: &str) {
        let Self(story, [first, second]) = self;
        let third = hash(word);
        story.words += 1;
        if story.words > 2 {
            story.triples.push(mixed(*first ^ second.rotate_left(21) ^ third.rotate_left(42)));
        }
        (*first, *second) = (*second, third);
    }
}

/// A hash of a word, eight bytes at a time.
fn hash(word: &str) -> u64 {
    let number = |bytes: &[u8]| bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte));
    word.as_bytes().chunks(8).fold(word.len() as u64, |hash, bytes| mixed(hash ^ number(bytes)))
}

/// A number whose bits all depend on all bits of `n` (the last step of the generator of Steele, Lea, Flood 2014, “Fast Splittable
/// Pseudorandom Number Generators”).
fn mixed(n: u64) -> u64 {
    let n = n.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let n = (n ^ n >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let n = (n ^ n >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ n >> 31
}

/// A number with those bits set that are set in more than half of `triples`.
fn print(triples: &[u64]) -> u64 {
    // All 64 bits are counted at once: the nth plane holds the nth binary digit of each count.
    let mut planes = [0_u64; u32::BITS as usize];
    for triple in triples {
        let mut carry = *triple;
        for plane in &mut planes {
            let both = *plane & carry;
            *plane ^= carry;
            carry = both;
            if carry == 0 {
                break;
            }
        }
    }
    let count = |bit: u32| planes.iter().rev().fold(0, |count, plane| count << 1 | (plane >> bit & 1));
    let half = triples.len() as u64 / 2;
    (0..u64::BITS).filter(|bit| count(*bit) > half).fold(0, |print, bit| print | 1 << bit)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Words that nobody said, drawn from `seed`.
    fn words(seed: u64, count: usize) -> Vec<String> {
        let mut state = seed;
        let mut word = || {
            state = mixed(state);
            format!("w{}", state % 5000)
        };
        (0..count).map(|_| word()).collect()
    }

    fn story(words: &[String]) -> Story {
        Story::of(words.iter().map(String::as_str))
    }

    fn is_found(one: &Story, other: &Story) -> bool {
        distance(one.print(), other.print()).is_some() && one.is_told_by(other) && other.is_told_by(one)
    }

    /// The counts of a plain loop over bits.
    fn slow_print(triples: &[u64]) -> u64 {
        let set = |bit: u32| triples.iter().filter(|triple| *triple >> bit & 1 == 1).count();
        (0..64).filter(|bit| set(*bit) * 2 > triples.len()).fold(0, |print, bit| print | 1 << bit)
    }

    #[test]
    fn a_text_is_read_as_its_folded_words() {
        let read = Story::read("The Café's 3 doors—closed.");
        assert_eq!(read, Story::of(["the", "cafe", "s", "3", "doors", "closed"].into_iter()));
        assert_eq!((read.words, read.triples.len()), (6, 4));
    }

    #[test]
    fn copies_with_changes_are_one_story_and_most_are_near() {
        let (mut near, mut told) = (0, 0);
        for seed in 0..100 {
            let first = words(seed, 400);
            let mut copy = first.clone();
            copy.splice(..40, words(seed + 1000, 30));
            for at in (50..copy.len()).step_by(70) {
                copy[at] = format!("x{at}");
            }
            let (first, copy) = (story(&first), story(&copy));
            told += usize::from(first.is_told_by(&copy) && copy.is_told_by(&first));
            near += usize::from(distance(first.print(), copy.print()).is_some());
        }
        assert_eq!(told, 100);
        assert!(near >= 85, "only {near} of 100 copies have near prints");
    }

    #[test]
    fn texts_in_other_words_and_half_a_text_are_other_stories() {
        let whole = words(1, 400);
        assert!(!story(&whole).is_told_by(&story(&words(2, 400))));
        assert!(!story(&whole).is_told_by(&story(&whole[..200])));
        // The same words in another order.
        let mut turned = whole.clone();
        turned.reverse();
        assert!(!is_found(&story(&whole), &story(&turned)));
    }

    #[test]
    fn a_form_filled_in_anew_is_another_story() {
        let form = |day: u64| {
            let line =
                |n: u64| format!("the number of line {n} is {} today and the sum is {}", day * 100 + n, day * 7 + n);
            Story::read(&(0..30).map(line).collect::<Vec<_>>().join(". "))
        };
        assert!(form(1).is_told_by(&form(1)) && !form(1).is_told_by(&form(2)));
    }

    #[test]
    fn short_texts_are_no_stories() {
        let short = words(1, TELLING - 1);
        assert_eq!(story(&short).print(), 0);
        assert!(!is_found(&story(&short), &story(&short)));
        let long = words(1, TELLING);
        assert!(is_found(&story(&long), &story(&long)));
    }

    proptest! {
        #[test]
        fn bits_are_counted_as_a_plain_loop_counts_them(triples in prop::collection::vec(any::<u64>(), 0..300)) {
            prop_assert_eq!(print(&triples), slow_print(&triples));
        }

        #[test]
        fn any_text_tells_its_own_story_and_telling_goes_both_ways(one in ".{0,900}", other in ".{0,900}") {
            let (one, other) = (Story::read(&one), Story::read(&other));
            prop_assert_eq!(one.is_told_by(&one), one.words >= TELLING);
            prop_assert_eq!(one.is_told_by(&other), other.is_told_by(&one));
        }
    }
}
