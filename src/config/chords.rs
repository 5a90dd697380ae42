//! Keys as people write them: `gg`, `g g`, `ctrl-d`, `space`, `shift-tab`, `|`. Knows no terminal.

use std::fmt::{self, Display, Formatter};

/// A key with what is held down while it is struck.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Chord {
    pub code: Code,
    pub ctrl: bool,
    pub alt: bool,
    /// Never set on a character: what shift makes of it is the character.
    pub shift: bool,
}

/// A key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    Char(char),
    Enter,
    Esc,
    Tab,
    Backspace,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    Delete,
    Insert,
    /// F1 to F12.
    F(u8),
}

/// Chords struck one after the other; never empty where it was parsed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Keys(pub Vec<Chord>);

/// What is wrong with keys as they were written, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadKeys {
    pub message: String,
    pub hint: String,
}

const NAMES: &[(&str, Code)] = &[
    ("enter", Code::Enter),
    ("esc", Code::Esc),
    ("tab", Code::Tab),
    ("backspace", Code::Backspace),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("home", Code::Home),
    ("end", Code::End),
    ("pageup", Code::PageUp),
    ("pagedown", Code::PageDown),
    ("delete", Code::Delete),
    ("insert", Code::Insert),
    ("space", Code::Char(' ')),
];

const LAST_F: u8 = 12;

/// More are no key sequence but a slip.
const MOST_CHORDS: usize = 4;

/// Letters that may not be bound with ctrl, and why.
const NEVER: &[(char, &str)] = &[
    ('i', "is Tab to a terminal"),
    ('m', "is Enter to a terminal"),
    ('h', "is Backspace to many terminals"),
    ('[', "is Esc to a terminal"),
    ('z', "suspends the program"),
    ('s', "stops the output of many terminals"),
    ('q', "starts the output of many terminals again"),
];

impl Chord {
    /// A key with nothing held down.
    #[must_use]
    pub const fn key(code: Code) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }

    /// A character with ctrl held down.
    #[must_use]
    pub const fn ctrl(c: char) -> Self {
        Self { code: Code::Char(c), ctrl: true, alt: false, shift: false }
    }

    /// The same chord as it is compared: no shift on a character, no upper case under ctrl, which terminals cannot tell
    /// from lower case.
    #[must_use]
    pub fn normal(self) -> Self {
        let Code::Char(c) = self.code else { return self };
        let c = match (self.ctrl, self.shift) {
            (true, _) => c.to_ascii_lowercase(),
            (false, true) => c.to_ascii_uppercase(),
            (false, false) => c,
        };
        Self { code: Code::Char(c), shift: false, ..self }
    }

    fn parse(word: &str) -> Result<Self, BadKeys> {
        let mut chord = Self::key(Code::Esc);
        let mut rest = word;
        while let Some((held, key)) = rest.split_once('-').filter(|(_, key)| !key.is_empty()) {
            match held.to_ascii_lowercase().as_str() {
                "ctrl" => chord.ctrl = true,
                "alt" => chord.alt = true,
                "shift" => chord.shift = true,
                _ => break,
            }
            rest = key;
        }
        chord.code = code(rest).ok_or_else(|| unknown(word, rest))?;
        if let (Code::Char(c), true) = (chord.code, chord.shift)
            && !c.is_ascii_alphabetic()
        {
            let hint = format!("write the character that it types, without shift: {c} is one");
            return Err(BadKeys { message: format!("{word} is no key of its own"), hint });
        }
        Ok(chord.normal())
    }

    fn never(self) -> Option<BadKeys> {
        let Self { code: Code::Char(c), ctrl: true, .. } = self else { return None };
        let (_, why) = NEVER.iter().find(|(never, _)| *never == c)?;
        Some(BadKeys { message: format!("{self} cannot be bound: it {why}"), hint: "choose another key".to_owned() })
    }
}

fn code(name: &str) -> Option<Code> {
    let mut chars = name.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return (!c.is_control() && !c.is_whitespace()).then_some(Code::Char(c));
    }
    let name = name.to_ascii_lowercase();
    let named = NAMES.iter().find(|(known, _)| *known == name).map(|(_, code)| *code);
    let number = || name.strip_prefix('f').filter(|n| !n.starts_with(['0', '+']))?.parse().ok();
    named.or_else(|| number().filter(|n| (1..=LAST_F).contains(n)).map(Code::F))
}

fn unknown(word: &str, key: &str) -> BadKeys {
    let names = NAMES.iter().map(|(name, _)| *name);
    let hint = match (super::problem::nearest(&key.to_ascii_lowercase(), names), word.split_once('-')) {
        (Some(meant), _) => format!("did you mean {}?", word.replace(key, meant)),
        (None, Some((held, key))) if held.len() == 1 && !key.is_empty() => {
            format!("ctrl, alt and shift are written out: ctrl-{key}")
        }
        _ => "keys are characters, ctrl-d, alt-x, f1 to f12, enter, esc, tab, shift-tab, backspace, space, up, down, \
              left, right, home, end, pageup, pagedown, delete and insert"
            .to_owned(),
    };
    BadKeys { message: format!("there is no key called {word}"), hint }
}

impl Keys {
    /// Reads keys as people write them: words set apart by blanks, each a key's name or, up to three, characters.
    pub fn parse(text: &str) -> Result<Self, BadKeys> {
        let mut chords = Vec::new();
        for word in text.split_whitespace() {
            let characters = word.chars().map(|c| Chord::parse(c.encode_utf8(&mut [0; 4])));
            match Chord::parse(word) {
                Ok(chord) => chords.push(chord),
                Err(_) if is_run(word) => chords.extend(characters.collect::<Result<Vec<_>, _>>()?),
                Err(bad) => return Err(bad),
            }
        }
        if chords.is_empty() {
            let hint = "the blank key is called space".to_owned();
            return Err(BadKeys { message: "there is no key here".to_owned(), hint });
        }
        if chords.len() > MOST_CHORDS {
            let hint = "a key's name stands alone, between blanks".to_owned();
            return Err(BadKeys { message: format!("more than {MOST_CHORDS} keys one after the other"), hint });
        }
        chords.iter().find_map(|chord| chord.never()).map_or(Ok(Self(chords)), Err)
    }

    /// Whether one of the two begins with the other, so that only one of them can ever be struck.
    #[must_use]
    pub fn hides(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0) || other.0.starts_with(&self.0)
    }
}

/// Whether characters without a blank between are keys one after the other; anything longer, and what looks like `C-d`
/// or `f13`, is a slip.
fn is_run(word: &str) -> bool {
    let held = word.char_indices().any(|(at, c)| c == '-' && at == 1);
    let function = word.to_ascii_lowercase().strip_prefix('f').is_some_and(|n| n.bytes().all(|c| c.is_ascii_digit()));
    (2..=3).contains(&word.chars().count()) && !held && !function && !word.contains(char::is_control)
}

impl Display for Chord {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        for (held, name) in [(self.ctrl, "ctrl-"), (self.alt, "alt-"), (self.shift, "shift-")] {
            f.write_str(if held { name } else { "" })?;
        }
        match self.code {
            Code::F(n) => write!(f, "f{n}"),
            code => match (NAMES.iter().find(|(_, named)| *named == code), code) {
                (Some((name, _)), _) => f.write_str(name),
                (None, Code::Char(c)) => write!(f, "{c}"),
                (None, _) => Ok(()),
            },
        }
    }
}

impl Display for Keys {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        let words: Vec<_> = self.0.iter().map(ToString::to_string).collect();
        let joined = words.concat();
        let as_one = words.iter().all(|word| word.chars().count() == 1) && Self::parse(&joined).as_ref() == Ok(self);
        f.write_str(&if as_one { joined } else { words.join(" ") })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn keys_are_read_and_printed() {
        let table = [
            ("gg", "gg"),
            ("g g", "gg"),
            ("] h", "]h"),
            ("ctrl-d", "ctrl-d"),
            ("CTRL-D", "ctrl-d"),
            ("ctrl-x ctrl-c", "ctrl-x ctrl-c"),
            ("space", "space"),
            ("g space", "g space"),
            ("shift-tab", "shift-tab"),
            ("shift-q", "Q"),
            ("Q", "Q"),
            ("|", "|"),
            ("\"", "\""),
            ("-", "-"),
            ("ctrl--", "ctrl--"),
            ("alt-ctrl-up", "ctrl-alt-up"),
            ("Up", "up"),
            ("u p", "u p"),
            ("f1", "f1"),
            ("F12", "f12"),
            ("f 1", "f 1"),
            ("é", "é"),
            (":q", ":q"),
        ];
        for (text, expected) in table {
            assert_eq!(Keys::parse(text).map(|keys| keys.to_string()), Ok(expected.to_owned()), "{text}");
        }
        assert_eq!(Keys::parse("shift-tab"), Ok(Keys(vec![Chord { shift: true, ..Chord::key(Code::Tab) }])));
        assert_eq!(Keys::parse("ctrl-d"), Ok(Keys(vec![Chord::ctrl('d')])));
        assert_eq!(Keys::parse("up").map(|keys| keys.0.len()), Ok(1));
        assert_eq!(Keys::parse("u p").map(|keys| keys.0.len()), Ok(2));
    }

    #[test]
    fn what_is_no_key_is_refused_with_a_remedy() {
        let table = [
            ("", "there is no key here; the blank key is called space"),
            ("spcae", "there is no key called spcae; did you mean space?"),
            ("ctrl-entre", "there is no key called ctrl-entre; did you mean ctrl-enter?"),
            ("C-d", "there is no key called C-d; ctrl, alt and shift are written out: ctrl-d"),
            ("shift-1", "shift-1 is no key of its own; write the character that it types, without shift: 1 is one"),
            ("a b c d e", "more than 4 keys one after the other; a key's name stands alone, between blanks"),
            ("ctrl-i", "ctrl-i cannot be bound: it is Tab to a terminal; choose another key"),
            ("ctrl-M", "ctrl-m cannot be bound: it is Enter to a terminal; choose another key"),
            ("g ctrl-h", "ctrl-h cannot be bound: it is Backspace to many terminals; choose another key"),
            ("ctrl-[", "ctrl-[ cannot be bound: it is Esc to a terminal; choose another key"),
            ("ctrl-z", "ctrl-z cannot be bound: it suspends the program; choose another key"),
            ("ctrl-s", "ctrl-s cannot be bound: it stops the output of many terminals; choose another key"),
            (
                "ctrl-alt-q",
                "ctrl-alt-q cannot be bound: it starts the output of many terminals again; choose another key",
            ),
        ];
        for (text, expected) in table {
            let bad = Keys::parse(text).expect_err(text);
            assert_eq!(format!("{}; {}", bad.message, bad.hint), expected, "{text}");
        }
        for text in ["f0", "f13", "f01", "hyper-x", "\u{1b}", "a\u{7}", "abcd"] {
            assert!(Keys::parse(text).is_err(), "{text:?}");
        }
    }

    fn chord() -> impl Strategy<Value = Chord> {
        let named = prop::sample::select(NAMES.iter().map(|(_, code)| *code).collect::<Vec<_>>());
        let typed = any::<char>().prop_filter("typed", |c| !c.is_control() && !c.is_whitespace()).prop_map(Code::Char);
        let letter = prop::char::range('!', '~').prop_map(Code::Char);
        let code = prop_oneof![named, typed, letter, (1..=LAST_F).prop_map(Code::F)];
        (code, any::<bool>(), any::<bool>(), any::<bool>())
            .prop_map(|(code, ctrl, alt, shift)| Chord { code, ctrl, alt, shift }.normal())
            .prop_filter("bindable", |chord| chord.never().is_none())
    }

    proptest! {
        #[test]
        fn keys_print_what_they_parse(chords in prop::collection::vec(chord(), 1..=MOST_CHORDS)) {
            let keys = Keys(chords);
            prop_assert_eq!(Keys::parse(&keys.to_string()), Ok(keys));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "(ctrl-|alt-|shift-|f|g| |\\PC){0,6}") {
            if let Ok(keys) = Keys::parse(&text) {
                prop_assert_eq!(Keys::parse(&keys.to_string()), Ok(keys));
            }
        }
    }
}
