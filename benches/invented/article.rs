//! An invented article, the same for everyone who asks for its number: some 500 words, a paragraph in three with a quotation, common
//! words common and rare ones rare.
#![expect(clippy::unwrap_used, reason = "small numbers")]

use pullquote::model::{Article, Document, Published};

/// A moment in 2026.
pub const NOW: i64 = 1_780_000_000;

const COMMON: &[&str] = &[
    "the", "of", "and", "a", "to", "in", "harbour", "council", "it's", "was", "said", "new", "strike", "rail",
    "market", "boats", "winter", "people", "north", "after", "before", "plan", "vote", "bridge", "school", "river",
    "price",
];
const SYLLABLES: &[&str] =
    &["ka", "lo", "mi", "ren", "sa", "tor", "vel", "nya", "dor", "ish", "bel", "gra", "hun", "jo"];
const SOURCES: &[&str] = &["Harbour Wire", "Northern Post", "Evening Ledger", "Cloud Courier"];
const SPEAKERS: &[&str] = &["Mira Tolland", "Orla Finch", "Bo Harker"];

/// The article of this number; the higher it is, the older.
pub fn article(n: u64) -> Article {
    let mut dice = Dice(n.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let mut paragraphs = Vec::new();
    for paragraph in 0..9 {
        let words: Vec<String> = (0..55).map(|_| dice.word()).collect();
        let text = words.join(" ");
        let speaker = SPEAKERS[dice.below(SPEAKERS.len())];
        paragraphs.push(if paragraph % 3 == 1 { format!("“{text},” said {speaker}.") } else { format!("{text}.") });
    }
    let document = Document::plain(paragraphs.iter().map(String::as_str));
    Article {
        title: format!("{} {} {}", dice.word(), dice.word(), dice.name()),
        url: Some(format!("https://courier.example/{n}")),
        source: Some(SOURCES[dice.below(SOURCES.len())].to_owned()),
        author: Some(dice.name()),
        published: Some(Published { seconds: NOW - 600 * i64::try_from(n).unwrap(), day_only: false }),
        document,
        ..Article::default()
    }
}

/// Numbers that look random (xorshift, Marsaglia 2003).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn name(&mut self) -> String {
        (0..2 + self.below(3)).map(|_| SYLLABLES[self.below(SYLLABLES.len())]).collect()
    }

    /// One word in six is made up; the smaller of two throws makes the first words of the list the common ones.
    fn word(&mut self) -> String {
        if self.below(6) == 0 {
            return self.name();
        }
        let at = self.below(COMMON.len()).min(self.below(COMMON.len()));
        COMMON[at].to_owned()
    }
}
