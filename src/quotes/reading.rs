//! Cuts the text between quotations into tokens: where a word ends, and which dots, hyphens and apostrophes belong to it.

use super::keys::Key;
use super::lexicon::Class;
use super::tokens::{Kind, Tokens};

impl Tokens<'_> {
    /// Reads the tokens of `text[from..to]`.
    pub fn read(&mut self, from: usize, to: usize) {
        let text = self.text.get(..to).unwrap_or_default();
        let bytes = text.as_bytes();
        let mut at = from;
        while let Some(&byte) = bytes.get(at) {
            let length = if byte.is_ascii() { 1 } else { char_at(text, at).map_or(1, char::len_utf8) };
            let kind = match byte {
                b' ' | b'\t' | b'\r' => {
                    at += 1;
                    continue;
                }
                _ if byte.is_ascii_alphabetic() => {
                    at = self.read_word(text, at);
                    continue;
                }
                b'\n' => Kind::Break,
                b'0'..=b'9' => {
                    let end = at + number_length(bytes, at);
                    self.push(Kind::Number, at, end);
                    at = end;
                    continue;
                }
                b',' => Kind::Comma,
                b'.' | b'?' | b'!' => Kind::Stop,
                b':' => Kind::Colon,
                b';' => Kind::Semicolon,
                b'(' | b'[' => Kind::Open,
                b')' | b']' => Kind::Close,
                b'-' => Kind::Dash,
                b'\'' if is_possessive(text, at, 1) => Kind::Possessive,
                _ if byte.is_ascii() => Kind::Other,
                _ => match char_at(text, at).unwrap_or(' ') {
                    '’' if is_possessive(text, at, 3) => Kind::Possessive,
                    '—' | '–' | '―' => Kind::Dash,
                    '…' | '。' | '？' | '！' => Kind::Stop,
                    '，' | '、' => Kind::Comma,
                    '：' => Kind::Colon,
                    c if c.is_whitespace() => {
                        at += length;
                        continue;
                    }
                    c if c.is_alphabetic() => {
                        at = self.read_word(text, at);
                        continue;
                    }
                    _ => Kind::Other,
                },
            };
            let mut end = at + length;
            if kind == Kind::Possessive {
                end += text.get(end..).map_or(0, |rest| usize::from(rest.starts_with(['s', 'S'])));
            }
            while matches!(kind, Kind::Dash | Kind::Stop | Kind::Break)
                && bytes.get(end) == Some(&byte)
                && byte.is_ascii()
            {
                end += 1;
            }
            self.push(kind, at, end);
            at = end;
        }
    }

    /// Reads the word at `at` of `text`; returns where it ends.
    fn read_word(&mut self, text: &str, at: usize) -> usize {
        let bytes = text.as_bytes();
        let head = self.text.as_bytes().get(at..).and_then(Key::at_head).filter(|head| at + head.1 <= bytes.len());
        let letters = head.map_or(0, |head| head.1);
        let ascii = at + letters;
        // Nearly every word is nothing but ASCII letters.
        if let (Some((key, _)), Some(first)) = (head.filter(|_| ends_word(bytes.get(ascii))), bytes.get(at)) {
            let class = self.lexicon.class_of(key, text.get(at..ascii).unwrap_or_default());
            self.push_word(at, ascii, class, first.is_ascii_uppercase());
            return ascii;
        }
        let mut end = word_end(text, at, letters);
        let word = text.get(at..end).unwrap_or_default();
        let class = self.lexicon.class(word.trim_end_matches('.'));
        // “co-anchor”, “ex-mayor”
        let part = word.split_once('-').filter(|parts| class == Class::NONE && is_prefix(parts.0));
        let class = part.map_or(class, |parts| self.lexicon.class(parts.1).and(Class::ROLE | Class::TITLE));
        // An initial is no word, but “M.” may be a title.
        let initial = word.ends_with('.') && word.len() == 2;
        let class = if initial && !class.is(Class::TITLE) { Class::NONE } else { class };
        let capital = word.starts_with(char::is_uppercase) || class == Class::NONE && has_article(word);
        if bytes.get(end) == Some(&b'.') && class.is(Class::ABBREVIATION) {
            end += 1;
        }
        self.push_word(at, end, class, capital);
        end
    }
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// What stands before a hyphen and a role: co-anchor, ex-mayor.
fn is_prefix(part: &str) -> bool {
    ["co", "ex", "vice", "then"].iter().any(|prefix| prefix.eq_ignore_ascii_case(part))
}

/// Whether a word surely ends where, behind its letters, this byte follows.
fn ends_word(next: Option<&u8>) -> bool {
    next.is_none_or(|byte| byte.is_ascii() && !matches!(byte, b'-' | b'&' | b'\'' | b'.'))
}

/// Where the word at `at` ends, which begins with so many ASCII letters or digits.
fn word_end(text: &str, at: usize, mut letters: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = at + letters;
    while let Some(&byte) = bytes.get(end) {
        let length = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => {
                letters += 1;
                1
            }
            b'-' | b'&' if follows_letter(bytes, end + 1) => {
                letters = 0;
                1
            }
            b'\'' if follows_letter(bytes, end + 1) && !is_possessive(text, end, 1) => 1,
            // A web address: example.org
            b'.' if letters > 1 && bytes.get(end + 1).is_some_and(u8::is_ascii_lowercase) => 1,
            // An initial (J. or U.S.): the full stop belongs to it.
            b'.' if letters == 1 && bytes.get(end - 1).is_some_and(u8::is_ascii_alphabetic) => {
                let initial =
                    bytes.get(at).is_some_and(u8::is_ascii_uppercase) || follows_letter(bytes, end + 1) || end - at > 1;
                if !initial {
                    break;
                }
                letters = 0;
                1
            }
            byte if byte.is_ascii() => break,
            _ => match char_at(text, end) {
                Some('’') if follows_letter(bytes, end + 3) && !is_possessive(text, end, 3) => 3,
                Some(c) if c.is_alphanumeric() => {
                    letters += 1;
                    c.len_utf8()
                }
                _ => break,
            },
        };
        end += length;
    }
    end
}

/// “al-Sayed”: a name behind an article that has no capital.
fn has_article(word: &str) -> bool {
    if !word.as_bytes().get(2..4).is_some_and(|bytes| bytes.contains(&b'-')) {
        return false;
    }
    let parts = word.split_once('-').filter(|parts| parts.0.len() <= 3 && parts.1.starts_with(char::is_uppercase));
    parts.is_some_and(|parts| matches!(parts.0, "al" | "el" | "ad" | "an" | "ar" | "as" | "ash" | "at" | "az" | "ul"))
}

fn number_length(bytes: &[u8], at: usize) -> usize {
    let mut end = at;
    while let Some(byte) = bytes.get(end) {
        let inside = byte.is_ascii_alphanumeric()
            || matches!(byte, b',' | b'.' | b':' | b'-') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit)
            || *byte == b'-' && bytes.get(end + 1).is_some_and(u8::is_ascii_alphabetic);
        if !inside {
            break;
        }
        end += 1;
    }
    end - at
}

/// Letters of other alphabets count; general punctuation, which UTF-8 starts with 0xE2, does not.
fn follows_letter(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || (*byte >= 0x80 && *byte != 0xE2 && *byte != 0xC2))
}

/// 's behind a word, or the apostrophe behind a plural.
fn is_possessive(text: &str, at: usize, length: usize) -> bool {
    let before = text.get(..at).and_then(|head| head.chars().next_back()).unwrap_or(' ');
    let mut rest = text.get(at + length..).unwrap_or_default().chars();
    match rest.next() {
        Some('s' | 'S') => before.is_alphanumeric() && !rest.next().is_some_and(char::is_alphanumeric),
        next => (before == 's' || before == 'z' || before == 'x') && !next.is_some_and(char::is_alphanumeric),
    }
}
