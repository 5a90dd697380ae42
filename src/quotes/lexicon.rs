//! The words that matter around a quotation, by language. Reads the tables in `assets/lexicon/`, decides nothing.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::BitOr;
use std::sync::OnceLock;

use super::keys::{self, Key, Keyed, Mix};

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
    /// Words that have a key: nearly all, and what nearly every look-up ends in.
    short: Keyed<Class>,
    /// All others, in lower case.
    long: HashMap<&'static str, Class, BuildHasherDefault<Mix>>,
    /// Ends of compound words and what they tell, the entries that begin with a hyphen, by their last letters.
    endings: Keyed<Vec<(&'static str, Class)>>,
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
        if let Some(key) = Key::of(word) {
            return self.class_of(key, word);
        }
        if word.len() > LONGEST {
            return Class::NONE;
        }
        let lower = word.to_lowercase();
        self.long.get(lower.as_str()).copied().unwrap_or_else(|| self.by_ending(&lower))
    }

    /// The class of a word whose key is known.
    pub fn class_of(&self, key: Key, word: &str) -> Class {
        self.short.get(key).copied().unwrap_or_else(|| self.by_ending(word))
    }

    fn by_ending(&self, word: &str) -> Class {
        if self.endings.is_empty() {
            return Class::NONE;
        }
        let ends = |ending: &&(&str, Class)| {
            let tail = word.len().checked_sub(ending.0.len()).and_then(|from| word.get(from..));
            tail.is_some_and(|tail| tail.eq_ignore_ascii_case(ending.0))
        };
        let alike = Key::of_ending(word).and_then(|key| self.endings.get(key));
        alike.into_iter().flatten().filter(ends).fold(Class::NONE, |all, ending| all | ending.1)
    }

    fn read(language: &'static str, tables: &[&'static str]) -> Self {
        let (mut short, mut endings) = (Vec::new(), Vec::new());
        let mut long: HashMap<_, Class, _> = HashMap::default();
        for (word, class) in tables.iter().flat_map(|table| words(table)) {
            if let Some(ending) = word.strip_prefix('-') {
                endings.extend(Key::of_ending(ending).map(|key| (key, vec![(ending, class)])));
            } else if let Some(key) = Key::of(word) {
                short.push((key, class));
            } else {
                let known = long.entry(word).or_default();
                *known = *known | class;
            }
        }
        let drops_subject = matches!(language, "es" | "it" | "pt" | "pl");
        Self {
            short: Keyed::new(short, |earlier, later| *earlier = *earlier | *later),
            long,
            endings: Keyed::new(endings, Vec::append),
            language,
            german: language == "de",
            verb_second: matches!(language, "de" | "nl" | "sv"),
            drops_subject,
            dashes: drops_subject || matches!(language, "sv" | "fr"),
        }
    }
}

/// The words of a table with the class of the section they stand in.
fn words(table: &'static str) -> impl Iterator<Item = (&'static str, Class)> {
    let lines = table.lines().flat_map(|line| line.split('#').next().unwrap_or_default().split_whitespace());
    lines
        .scan(Class::NONE, |section, word| {
            let name = word.strip_prefix('[').and_then(|word| word.strip_suffix(']'));
            if let Some(name) = name {
                *section = SECTIONS.iter().find(|entry| entry.0 == name).map_or(Class::NONE, |entry| entry.1);
            }
            Some(name.is_none().then_some((word, *section)))
        })
        .flatten()
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
    let end = (0..=GUESSED_BYTES.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    let head = text.get(..end).unwrap_or_default();
    let lanes = keys::words(head).filter_map(|key| frequent.get(key)).sum::<u128>();
    let counts = (0..TABLES.len()).map(|place| lanes >> (LANE * place) & ((1 << LANE) - 1));
    counts.rev().enumerate().max_by_key(|count| count.1).map_or(0, |count| TABLES.len() - 1 - count.0)
}

/// The bits of a language's count: more than `GUESSED_BYTES` has words, and few enough for all languages to be counted at once.
const LANE: usize = 14;

/// The frequent words of all languages, each with a one in the lanes of its languages, in the order of `TABLES`.
fn frequent() -> &'static Keyed<u128> {
    static FREQUENT: OnceLock<Keyed<u128>> = OnceLock::new();
    FREQUENT.get_or_init(|| {
        let frequent = TABLES.iter().enumerate().flat_map(|(place, table)| {
            let words = words(table.1).filter(|entry| entry.1 == Class::GUESS);
            words.filter_map(move |(word, _)| Some((Key::of(word)?, 1 << (LANE * place))))
        });
        Keyed::new(frequent.collect(), |earlier, later| *earlier |= *later)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
