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
}

impl Class {
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

/// The table of one language.
pub struct Lexicon {
    words: HashMap<&'static str, Class, BuildHasherDefault<Fnv>>,
    /// Ends of compound words and what they tell, the entries that begin with a hyphen.
    endings: Vec<(&'static str, Class)>,
    /// Every noun has a capital, so that a capital tells no name; the verb comes second, its subject before or behind.
    pub german: bool,
}

impl Lexicon {
    /// The class of a word, whatever its case.
    pub fn class(&self, word: &str) -> Class {
        let mut lower = [0_u8; LONGEST];
        if let Some(slots) = lower.get_mut(..word.len())
            && word.is_ascii()
        {
            for (slot, byte) in slots.iter_mut().zip(word.bytes()) {
                *slot = byte.to_ascii_lowercase();
            }
            return std::str::from_utf8(slots).map_or(Class::NONE, |word| self.known(word));
        }
        if word.len() > 2 * LONGEST {
            return Class::NONE;
        }
        self.known(&word.to_lowercase())
    }

    fn known(&self, lower: &str) -> Class {
        match self.words.get(lower) {
            Some(class) => *class,
            None if self.endings.is_empty() => Class::NONE,
            None => self
                .endings
                .iter()
                .filter(|ending| lower.ends_with(ending.0))
                .fold(Class::NONE, |all, ending| all | ending.1),
        }
    }

    fn read(language: &str, tables: &[&'static str]) -> Self {
        let mut words: HashMap<&'static str, Class, BuildHasherDefault<Fnv>> = HashMap::default();
        let mut endings = Vec::new();
        for table in tables {
            let mut section = Class::NONE;
            for line in table.lines() {
                let line = line.split('#').next().unwrap_or_default();
                for word in line.split_whitespace() {
                    if let Some(name) = word.strip_prefix('[').and_then(|word| word.strip_suffix(']')) {
                        section = SECTIONS.iter().find(|entry| entry.0 == name).map_or(Class::NONE, |entry| entry.1);
                    } else if let Some(ending) = word.strip_prefix('-') {
                        endings.push((ending, section));
                    } else {
                        let class = words.entry(word).or_default();
                        *class = *class | section;
                    }
                }
            }
        }
        Self { words, endings, german: matches!(language, "de") }
    }
}

/// No word of the tables is longer, in bytes; a test says so.
const LONGEST: usize = 32;

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
    let known = language.and_then(|code| TABLES.iter().position(|table| code.get(..2) == Some(table.0)));
    let place = known.unwrap_or_else(|| guess(text));
    static ENGLISH: OnceLock<Lexicon> = OnceLock::new();
    match TABLES.get(place) {
        Some((language, table, cell)) => cell.get_or_init(|| Lexicon::read(language, &[NAMES, table])),
        None => ENGLISH.get_or_init(|| Lexicon::read("en", &[NAMES])),
    }
}

/// How many bytes of a text are read to guess its language.
const GUESSED_BYTES: usize = 3000;

/// The place in `TABLES` of the language whose frequent words occur most; the first one, English, where none does.
fn guess(text: &str) -> usize {
    static FREQUENT: OnceLock<HashMap<&'static str, u16, BuildHasherDefault<Fnv>>> = OnceLock::new();
    let frequent = FREQUENT.get_or_init(|| {
        let mut frequent: HashMap<&'static str, u16, BuildHasherDefault<Fnv>> = HashMap::default();
        for (place, table) in TABLES.iter().enumerate() {
            let section = table.1.split_once("[guess]").map_or("", |parts| parts.1);
            for word in section.split('[').next().unwrap_or_default().split_whitespace() {
                *frequent.entry(word).or_default() |= 1 << place;
            }
        }
        frequent
    });
    let mut counts = [0_u32; TABLES.len()];
    let head = text.get(..text.floor_char_boundary(GUESSED_BYTES)).unwrap_or_default();
    for word in head.split(|c: char| !c.is_alphabetic()) {
        let languages = frequent.get(word).copied().unwrap_or_default();
        for (place, count) in counts.iter_mut().enumerate() {
            *count += u32::from(languages >> place & 1);
        }
    }
    let most = counts.iter().max().copied().unwrap_or_default();
    counts.iter().position(|count| *count == most).unwrap_or_default()
}

/// FNV-1a (Fowler, Noll, Vo): short keys, no attacker chooses the table.
pub struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
