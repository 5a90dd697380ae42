//! The text outside quotations as tokens with their classes, cut into sentences; a quotation is one token.

use std::ops::Range;

use super::lexicon::{Class, Lexicon};
use super::pairing::Span;
use super::sentences;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Word,
    Number,
    Comma,
    /// . ? ! and their like.
    Stop,
    Colon,
    Semicolon,
    Dash,
    Open,
    Close,
    /// The 's behind a name.
    Possessive,
    /// An outermost quotation.
    Quote,
    /// A line break.
    Break,
    Other,
    /// Before the first token and behind the last.
    Edge,
}

#[derive(Clone, Copy, Debug)]
pub struct Token {
    pub start: u32,
    pub end: u32,
    pub kind: Kind,
    pub class: Class,
    /// The first letter is upper case.
    pub capital: bool,
    pub sentence: u32,
}

/// Where a sentence begins, and which paragraph it stands in.
#[derive(Clone, Copy, Debug)]
pub struct Sentence {
    /// Place of its first token.
    pub first: u32,
    pub paragraph: u32,
}

impl Token {
    pub const EDGE: Self =
        Self { start: 0, end: 0, kind: Kind::Edge, class: Class::NONE, capital: false, sentence: u32::MAX };

    pub fn is(&self, class: Class) -> bool {
        self.class.is(class)
    }

    /// A word in lower case of this class.
    pub fn small(&self, class: Class) -> bool {
        !self.capital && self.class.is(class)
    }

    /// A word with a capital that could be part of a name.
    pub fn names(&self) -> bool {
        self.kind == Kind::Word && self.capital && !self.is(Class::FUNCTION)
    }
}

/// What a quotation looks like from inside.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Place of its token.
    pub token: usize,
    /// The last character before the closing mark that is not blank.
    pub last: char,
    /// The first character behind the opening mark that is not blank.
    pub first: char,
    /// How many words it has; of more than `MOST_WORDS` the rest is not counted.
    pub words: u32,
    /// Some word has no capital that would have one in the title of a work.
    pub small: bool,
    /// A sentence ends inside it.
    pub sentences: bool,
}

/// No rule tells longer quotations apart by their words.
pub const MOST_WORDS: u32 = 8;

pub struct Tokens<'a> {
    pub text: &'a str,
    pub lexicon: &'static Lexicon,
    list: Vec<Token>,
    /// One for every quotation, in order.
    pub shapes: Vec<Shape>,
    /// A line break ends its sentence: no token needs to know its paragraph.
    sentences: Vec<Sentence>,
    /// The words that may be a cue, in order: nearly every search for one ends here.
    cues: Vec<u32>,
}

impl<'a> Tokens<'a> {
    pub fn new(text: &'a str, spans: &[Span], lexicon: &'static Lexicon) -> Self {
        let mut tokens =
            Self { text, lexicon, list: Vec::new(), shapes: Vec::new(), sentences: Vec::new(), cues: Vec::new() };
        tokens.list.reserve(text.len() / 5);
        let mut at = 0;
        for span in spans {
            tokens.read(at, span.range.start as usize);
            let shape = tokens.shape(span);
            tokens.shapes.push(shape);
            tokens.push(Kind::Quote, span.range.start as usize, span.range.end as usize, Class::NONE);
            at = span.range.end as usize;
        }
        tokens.read(at, text.len().min(u32::MAX as usize));
        tokens.sentences = sentences::cut(text, &mut tokens.list, &tokens.shapes);
        tokens
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// The token at `place`; an edge outside.
    pub fn at(&self, place: usize) -> Token {
        self.list.get(place).copied().unwrap_or(Token::EDGE)
    }

    /// The token before `place`.
    pub fn before(&self, place: usize) -> Token {
        place.checked_sub(1).map_or(Token::EDGE, |place| self.at(place))
    }

    pub fn word(&self, place: usize) -> &'a str {
        let token = self.at(place);
        self.slice(token.start, token.end)
    }

    pub fn slice(&self, start: u32, end: u32) -> &'a str {
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// Bytes of a stretch of tokens.
    pub fn span(&self, places: Range<usize>) -> Range<u32> {
        self.at(places.start).start..self.at(places.end.saturating_sub(1)).end
    }

    /// The place of the first token of the sentence around `place`.
    pub fn sentence_start(&self, place: usize) -> usize {
        self.sentence(self.at(place).sentence).0
    }

    /// The place behind the last token of the sentence around `place`.
    pub fn sentence_end(&self, place: usize) -> usize {
        self.sentence(self.at(place).sentence).1
    }

    /// The places of `places` at which a cue may stand, in order.
    pub fn cues(&self, places: Range<usize>) -> impl DoubleEndedIterator<Item = usize> {
        let from = self.cues.partition_point(|cue| (*cue as usize) < places.start);
        let cues = self.cues.get(from..).unwrap_or_default();
        let to = cues.partition_point(|cue| (*cue as usize) < places.end);
        cues.iter().take(to).map(|cue| *cue as usize)
    }

    /// The place of the quotation that stands `parts` quotations before the one at `place`.
    pub fn quote_before(&self, place: usize, parts: usize) -> Option<usize> {
        let after = self.shapes.partition_point(|shape| shape.token < place);
        self.shapes.get(after.checked_sub(parts)?).map(|shape| shape.token)
    }

    /// First place of a sentence, and the place behind its last.
    pub fn sentence(&self, number: u32) -> (usize, usize) {
        let first =
            |number: usize| self.sentences.get(number).map_or(self.list.len(), |sentence| sentence.first as usize);
        (first(number as usize), first(number as usize + 1))
    }

    /// The paragraph of the token at `place`, counted from 0; `u32::MAX` outside the text.
    pub fn paragraph(&self, place: usize) -> u32 {
        self.sentences.get(self.at(place).sentence as usize).map_or(u32::MAX, |sentence| sentence.paragraph)
    }

    fn push(&mut self, kind: Kind, start: usize, end: usize, class: Class) {
        let word = if kind == Kind::Word { self.text.get(start..end).unwrap_or_default() } else { "" };
        let capital = word.starts_with(char::is_uppercase) || class == Class::NONE && has_article(word);
        if class.is(Class::CUE | Class::VERB) || !capital && word.len() > 2 && word.ends_with("ed") {
            self.cues.extend(u32::try_from(self.list.len()));
        }
        let (start, end) = (u32::try_from(start).unwrap_or(u32::MAX), u32::try_from(end).unwrap_or(u32::MAX));
        self.list.push(Token { start, end, kind, class, capital, sentence: 0 });
    }

    /// Reads the tokens of `text[from..to]`.
    fn read(&mut self, from: usize, to: usize) {
        let text = self.text.get(from..to).unwrap_or_default();
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let length = if byte.is_ascii() {
                1
            } else {
                text.get(at..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8)
            };
            let kind = match byte {
                b'\n' => Kind::Break,
                b' ' | b'\t' | b'\r' => {
                    at += 1;
                    continue;
                }
                b'0'..=b'9' => {
                    let end = at + number_length(bytes, at);
                    self.push(Kind::Number, from + at, from + end, Class::NONE);
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
                _ if byte.is_ascii_alphabetic() => {
                    at = self.read_word(text, from, at);
                    continue;
                }
                _ if byte.is_ascii() => Kind::Other,
                _ => match text.get(at..).and_then(|t| t.chars().next()).unwrap_or(' ') {
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
                        at = self.read_word(text, from, at);
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
            self.push(kind, from + at, from + end, Class::NONE);
            at = end;
        }
    }

    /// Reads the word at `at` of `text`, which begins at `from`; returns where it ends.
    fn read_word(&mut self, text: &str, from: usize, at: usize) -> usize {
        let bytes = text.as_bytes();
        let mut end = at;
        let mut letters = 0;
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
                    let initial = bytes.get(at).is_some_and(u8::is_ascii_uppercase)
                        || follows_letter(bytes, end + 1)
                        || end - at > 1;
                    if !initial {
                        break;
                    }
                    letters = 0;
                    1
                }
                byte if byte.is_ascii() => break,
                _ => match text.get(end..).and_then(|rest| rest.chars().next()) {
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
        let word = text.get(at..end).unwrap_or_default();
        let initial = word.ends_with('.') && word.len() == 2;
        let class = self.lexicon.class(word.trim_end_matches('.'));
        // An initial is no word, but “M.” may be a title.
        let class = if initial && !class.is(Class::TITLE) { Class::NONE } else { class };
        if bytes.get(end) == Some(&b'.') && class.is(Class::ABBREVIATION) {
            end += 1;
        }
        self.push(Kind::Word, from + at, from + end, class);
        end
    }

    fn shape(&self, span: &Span) -> Shape {
        let inner = self.text.get((span.range.start + span.opening) as usize..(span.range.end - span.closing) as usize);
        let inner = inner.unwrap_or_default().trim();
        let mut shape = Shape {
            token: self.list.len(),
            last: inner.trim_end_matches(['’', '\'', '”', '"', '“']).chars().next_back().unwrap_or(' '),
            first: inner.chars().next().unwrap_or(' '),
            words: 0,
            small: false,
            sentences: false,
        };
        let mut ended = false;
        for word in inner.split_ascii_whitespace() {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            let Some(first) = bare.chars().next() else { continue };
            shape.words += 1;
            if shape.words > MOST_WORDS {
                break;
            }
            shape.sentences |= ended;
            ended = word.ends_with(['.', '?', '!']) && bare.len() > 3;
            shape.small = shape.small
                || !first.is_uppercase()
                    && !first.is_numeric()
                    && (shape.words == 1 || !self.lexicon.class(bare).is(Class::SMALL_TITLE));
        }
        shape
    }
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
