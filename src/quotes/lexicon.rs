//! The words that matter around a quotation, by language. Reads the tables in `assets/lexicon/`, decides nothing.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::BitOr;
use std::sync::OnceLock;

/// What a word can do: a set, because most words can do several things.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Class(u64);

impl Class {
    pub const NONE: Self = Self(0);

    /// Whether the two sets share anything.
    pub fn is(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }

    /// What both hold.
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl BitOr for Class {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// One constant and one section name a class; the tables' comments say what each means.
macro_rules! classes {
    ($($name:ident = $bit:literal, $section:literal;)*) => {
        impl Class {
            $(pub const $name: Self = Self(1 << $bit);)*
        }
        const SECTIONS: &[(&str, Class)] = &[$(($section, Class::$name)),*];
    };
}

classes! {
    SAY = 0, "say";
    REWORD = 1, "reword";
    SAYING = 2, "saying";
    SPEAK = 3, "speak";
    QUIP = 4, "quip";
    ACCORDING = 5, "according";
    AUX = 6, "aux";
    NOT = 7, "not";
    PREP = 8, "prep";
    FRONTS = 9, "fronts";
    ARTICLE = 10, "article";
    HIS = 11, "his";
    AND = 12, "and";
    THAT = 13, "that";
    WHO = 14, "who";
    HE = 15, "he";
    SHE = 16, "she";
    THEY = 17, "they";
    DAY = 18, "day";
    ADVERB = 19, "adverb";
    ROLE = 20, "role";
    TITLE = 21, "title";
    MADAM = 22, "madam";
    MISTER = 23, "mister";
    ABBREVIATION = 24, "abbreviation";
    GROUP = 25, "group";
    PLACE = 26, "place";
    VERB = 27, "verb";
    SO_CALLED = 28, "so-called";
    SMALL_TITLE = 29, "smalltitle";
    GUESS = 30, "guess";
    MAN = 31, "man";
    WOMAN = 32, "woman";
    PARTICLE = 33, "particle";
    MALE = 34, "first-man";
    FEMALE = 35, "first-woman";
    BEING = 36, "being";
    THINK = 37, "think";
    SOME = 38, "some";
    IT = 39, "it";
    HANGS = 40, "hangs";
    PUT = 41, "put";
    OPINION = 42, "opinion";
    TAKES_TITLE = 43, "takes-title";
    HONORIFIC = 44, "honorific";
    OBLIQUE = 45, "oblique";
    REPORTED = 46, "reported";
    POSTPOSED = 47, "postposed";
    QUOTED = 48, "quoted";
    TELLS = 49, "tells";
}

impl Class {
    /// Words that can be a cue.
    pub const CUE: Self = Self(
        Self::SAY.0
            | Self::REWORD.0
            | Self::THINK.0
            | Self::SAYING.0
            | Self::SPEAK.0
            | Self::QUIP.0
            | Self::ACCORDING.0
            | Self::OPINION.0
            | Self::PUT.0
            | Self::POSTPOSED.0,
    );
    pub const FIRST_NAME: Self = Self(Self::MALE.0 | Self::FEMALE.0);
    pub const PRONOUN: Self = Self(Self::HE.0 | Self::SHE.0 | Self::THEY.0 | Self::IT.0);
    pub const DETERMINER: Self = Self(Self::ARTICLE.0 | Self::HIS.0);
    /// Words that are no part of a name even where they are written with a capital.
    pub const FUNCTION: Self = Self(
        Self::DETERMINER.0
            | Self::PRONOUN.0
            | Self::AND.0
            | Self::THAT.0
            | Self::WHO.0
            | Self::PREP.0
            | Self::AUX.0
            | Self::ACCORDING.0
            | Self::NOT.0
            | Self::DAY.0
            | Self::FRONTS.0,
    );
}

/// The names of the sections that a class is made of.
pub fn sections(class: Class) -> impl Iterator<Item = &'static str> {
    SECTIONS.iter().filter(move |entry| class.is(entry.1)).map(|entry| entry.0)
}

/// The table of one language.
pub struct Lexicon {
    /// Words of ASCII letters that fit a key: nearly all, and what nearly every look-up ends in.
    short: HashMap<u128, Class, BuildHasherDefault<Mix>>,
    /// All others, in lower case.
    long: HashMap<&'static str, Class>,
    /// Ends of compound words and what they tell, the entries that begin with a hyphen.
    endings: Vec<(&'static str, Class)>,
    /// ISO 639-1; empty for none.
    pub language: &'static str,
    /// Every noun has a capital, so that a capital tells no name.
    pub german: bool,
    /// The verb comes second in its clause, its subject before or behind.
    pub verb_second: bool,
    /// The verb alone can tell the person: *dijo*, *dodał*.
    pub drops_subject: bool,
    /// A dash at the start of a line opens speech.
    pub dashes: bool,
}

impl Lexicon {
    /// The class of a word, whatever its case.
    pub fn class(&self, word: &str) -> Class {
        if let Some(key) = key(word) {
            return match self.short.get(&key) {
                Some(class) => *class,
                None => self.by_ending(word),
            };
        }
        if word.len() > LONGEST {
            return Class::NONE;
        }
        let lower = word.to_lowercase();
        self.long.get(lower.as_str()).copied().unwrap_or_else(|| self.by_ending(&lower))
    }

    fn by_ending(&self, word: &str) -> Class {
        let ends = |ending: &&(&str, Class)| {
            let tail = word.len().checked_sub(ending.0.len()).and_then(|from| word.get(from..));
            tail.is_some_and(|tail| tail.eq_ignore_ascii_case(ending.0))
        };
        self.endings.iter().filter(ends).fold(Class::NONE, |all, ending| all | ending.1)
    }

    fn add(&mut self, word: &'static str, class: Class) {
        if let Some(ending) = word.strip_prefix('-') {
            self.endings.push((ending, class));
            return;
        }
        let known = match key(word) {
            Some(key) => self.short.entry(key).or_default(),
            None => self.long.entry(word).or_default(),
        };
        *known = *known | class;
    }

    fn read(language: &'static str, tables: &[&'static str]) -> Self {
        let german = language == "de";
        let verb_second = matches!(language, "de" | "nl" | "sv");
        let drops_subject = matches!(language, "es" | "it" | "pt" | "pl");
        let dashes = drops_subject || matches!(language, "sv" | "fr");
        let (short, long, endings) = Default::default();
        let mut lexicon = Self { short, long, endings, language, german, verb_second, drops_subject, dashes };
        for table in tables {
            let mut section = Class::NONE;
            for line in table.lines() {
                let line = line.split('#').next().unwrap_or_default();
                for word in line.split_whitespace() {
                    if let Some(name) = word.strip_prefix('[').and_then(|word| word.strip_suffix(']')) {
                        section = SECTIONS.iter().find(|entry| entry.0 == name).map_or(Class::NONE, |entry| entry.1);
                    } else {
                        lexicon.add(word, section);
                    }
                }
            }
        }
        lexicon
    }
}

/// The high bit of every byte of a key: set in none where the word is ASCII.
const HIGH: u128 = u128::from_le_bytes([0x80; 16]);
/// The bit that tells the case of a letter; digits, hyphens and apostrophes have it set.
const CASE: u128 = u128::from_le_bytes([0x20; 16]);

/// An ASCII word of at most 16 bytes, in lower case, as a number; different words give different numbers.
fn key(word: &str) -> Option<u128> {
    let bytes = word.as_bytes();
    let length = bytes.len();
    // Two reads that overlap in the middle do for every length: both put the same bytes to the same place.
    let key = match (length, bytes.first_chunk(), bytes.last_chunk()) {
        (8..=16, Some(head), Some(tail)) => {
            u128::from(u64::from_le_bytes(*head)) | u128::from(u64::from_le_bytes(*tail)) << (8 * (length - 8))
        }
        (17.., ..) => return None,
        _ => match (bytes.first_chunk(), bytes.last_chunk()) {
            (Some(head), Some(tail)) => {
                u128::from(u32::from_le_bytes(*head)) | u128::from(u32::from_le_bytes(*tail)) << (8 * (length - 4))
            }
            _ => bytes.iter().rev().fold(0, |key, byte| key << 8 | u128::from(*byte)),
        },
    };
    let inside = if length == 16 { u128::MAX } else { !(u128::MAX << (8 * length)) };
    (key & HIGH == 0).then_some(key | CASE & inside)
}

/// Longer words are in no table, in bytes; a test says so.
const LONGEST: usize = 64;

const NAMES: &str = include_str!("../../assets/lexicon/names.txt");

/// A language's code, its table as it is written, and as it is read on first use.
type Table = (&'static str, &'static str, OnceLock<Lexicon>);

static TABLES: [Table; 9] = [
    ("en", include_str!("../../assets/lexicon/en.txt"), OnceLock::new()),
    ("de", include_str!("../../assets/lexicon/de.txt"), OnceLock::new()),
    ("fr", include_str!("../../assets/lexicon/fr.txt"), OnceLock::new()),
    ("es", include_str!("../../assets/lexicon/es.txt"), OnceLock::new()),
    ("it", include_str!("../../assets/lexicon/it.txt"), OnceLock::new()),
    ("nl", include_str!("../../assets/lexicon/nl.txt"), OnceLock::new()),
    ("pt", include_str!("../../assets/lexicon/pt.txt"), OnceLock::new()),
    ("sv", include_str!("../../assets/lexicon/sv.txt"), OnceLock::new()),
    ("pl", include_str!("../../assets/lexicon/pl.txt"), OnceLock::new()),
];

/// The table of `language`, or of the language that `text` seems to be written in; English where none is known.
#[must_use]
pub fn of(language: Option<&str>, text: &str) -> &'static Lexicon {
    static NONE: OnceLock<Lexicon> = OnceLock::new();
    let known = language.and_then(|code| TABLES.iter().position(|table| code.get(..2) == Some(table.0)));
    match TABLES.get(known.unwrap_or_else(|| guess(text))) {
        Some((language, table, cell)) => cell.get_or_init(|| Lexicon::read(language, &[NAMES, table])),
        None => NONE.get_or_init(|| Lexicon::read("", &[NAMES])),
    }
}

/// How many bytes of a text are read to guess its language.
const GUESSED_BYTES: usize = 1500;

/// The place in `TABLES` of the language whose frequent words occur most; the first one, English, where none does.
fn guess(text: &str) -> usize {
    let frequent = frequent();
    let mut counts = [0_u32; TABLES.len()];
    let end = (0..=GUESSED_BYTES.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    let head = text.get(..end).unwrap_or_default();
    for word in head.split(|c: char| !c.is_alphanumeric()) {
        let Some(languages) = key(word).and_then(|key| frequent.get(&key)) else { continue };
        for (place, count) in counts.iter_mut().enumerate() {
            *count += u32::from(languages >> place & 1);
        }
    }
    let most = counts.iter().max().copied().unwrap_or_default();
    counts.iter().position(|count| *count == most).unwrap_or_default()
}

/// The frequent words of all languages by their keys, each with one bit a language, in the order of `TABLES`.
fn frequent() -> &'static HashMap<u128, u16, BuildHasherDefault<Mix>> {
    static FREQUENT: OnceLock<HashMap<u128, u16, BuildHasherDefault<Mix>>> = OnceLock::new();
    FREQUENT.get_or_init(|| {
        let mut frequent: HashMap<u128, u16, BuildHasherDefault<Mix>> = HashMap::default();
        for (place, table) in TABLES.iter().enumerate() {
            let section = table.1.split_once("[guess]").map_or("", |parts| parts.1);
            let words = section.split('[').next().unwrap_or_default().split_whitespace();
            for key in words.filter_map(key) {
                *frequent.entry(key).or_default() |= 1 << place;
            }
        }
        frequent
    })
}

/// Mixes a word's key by multiplication: no attacker chooses what is in the table.
#[derive(Default)]
pub struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(MULTIPLIER);
        }
    }

    fn write_u128(&mut self, key: u128) {
        let [low, high] = [key, key >> 64].map(|half| u64::try_from(half & u128::from(u64::MAX)).unwrap_or_default());
        let mixed = (low ^ high.rotate_left(29).wrapping_mul(MULTIPLIER)).wrapping_mul(MULTIPLIER);
        self.0 = mixed ^ (mixed >> 32);
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
            assert_eq!(key(word), Some(u128::from_le_bytes(bytes)), "{word}");
        }
        assert_eq!(key("seventeen letters"), None);
        assert_eq!(key("café"), None);
    }

    #[test]
    fn every_section_of_every_table_is_known_and_every_word_can_be_found() {
        for (language, table, _) in TABLES.iter().chain([&("names", NAMES, OnceLock::new())]) {
            let mut section = None;
            for word in table.lines().flat_map(|line| line.split('#').next().unwrap_or_default().split_whitespace()) {
                if let Some(name) = word.strip_prefix('[') {
                    let name = name.trim_end_matches(']');
                    section = SECTIONS.iter().find(|entry| entry.0 == name).map(|entry| entry.1);
                    assert!(section.is_some(), "{language}: [{name}]");
                } else if !word.starts_with('-') {
                    let code = if *language == "names" { "en" } else { language };
                    let class = of(Some(code), "").class(word);
                    assert!(class.is(section.expect(word)), "{language}: {word}");
                }
            }
        }
    }
}
