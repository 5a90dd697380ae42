//! Cuts a query's text into tokens. Never fails: what is wrong with a token is for the parser to say.

use std::ops::Range;

use super::fields::{FieldName, Key as Meaning, Named, named};
use crate::text::fold::written;

/// A piece of a query and where it stands (bytes).
#[derive(Debug)]
pub(super) struct Token {
    pub kind: Kind,
    pub span: Range<usize>,
}

#[derive(Debug)]
pub(super) enum Kind {
    Open,
    Close,
    /// `OR` or `|`.
    Or,
    /// `AND`: the same as nothing between two conditions.
    And,
    /// `NOT`, or dashes at the beginning of a condition: how many.
    Not(usize),
    Term(Term),
}

/// A condition as it is written.
#[derive(Debug)]
pub(super) struct Term {
    pub key: Key,
    /// The value: without `=`, quotation marks and star, escapes resolved.
    pub text: String,
    pub quoted: bool,
    /// A `=` stands before it.
    pub exact: bool,
    /// A quotation mark was opened and never closed.
    pub unclosed: bool,
    /// A `*` stands behind it: the last word may go on.
    pub star: bool,
    /// Where the value stands, with its marks.
    pub value: Range<usize>,
}

/// What stands before the colon.
#[derive(Debug)]
pub(super) enum Key {
    None,
    Field(&'static FieldName),
    /// Where a misspelt name and its colon stand, and the name that was meant.
    Misspelt(Range<usize>, &'static str),
}

/// The tokens of `text`, in order.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut lexer = Lexer { text, at: 0 };
    let mut tokens = Vec::new();
    loop {
        lexer.skip_while(char::is_whitespace);
        let start = lexer.at;
        let Some(kind) = lexer.kind() else { return tokens };
        tokens.push(Token { kind, span: start..lexer.at });
    }
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    fn kind(&mut self) -> Option<Kind> {
        let next = self.rest().chars().next()?;
        let sign = match next {
            '(' => Some(Kind::Open),
            ')' => Some(Kind::Close),
            '|' => Some(Kind::Or),
            _ => None,
        };
        if let Some(sign) = sign {
            self.at += next.len_utf8();
            return Some(sign);
        }
        let dashes = self.negations();
        if dashes > 0 {
            self.at += dashes;
            return Some(Kind::Not(dashes));
        }
        let term = self.term();
        let operator = if term.quoted || term.star || term.exact || !matches!(term.key, Key::None) {
            None
        } else {
            match term.text.as_str() {
                "OR" => Some(Kind::Or),
                "AND" => Some(Kind::And),
                "NOT" => Some(Kind::Not(1)),
                _ => None,
            }
        };
        Some(operator.unwrap_or(Kind::Term(term)))
    }

    fn term(&mut self) -> Term {
        let key = self.key();
        let exact = self.exact(&key);
        let start = self.at;
        let (text, quoted, unclosed, star) = match self.rest().chars().next() {
            Some(mark) if closing(mark).is_some() => {
                self.at += mark.len_utf8();
                let (text, closed) = self.phrase(closing(mark).unwrap_or_default());
                let star = closed && self.rest().starts_with('*');
                self.at += usize::from(star);
                (text, true, !closed, star)
            }
            _ => {
                let word = self.word();
                match word.strip_suffix('*').filter(|bare| !bare.is_empty()) {
                    Some(bare) => (bare.to_owned(), false, false, true),
                    None => (word.to_owned(), false, false, false),
                }
            }
        };
        // As texts are stored: composed.
        let text = written(&text).into_owned();
        Term { key, text, quoted, exact, unclosed, star, value: start..self.at }
    }

    /// Takes a `=` that stands before words.
    fn exact(&mut self, key: &Key) -> bool {
        let has_words = match key {
            Key::Field(field) => matches!(field.key, Meaning::Words(_)),
            Key::None | Key::Misspelt(..) => true,
        };
        let before = |rest: &str| rest.starts_with(|c: char| !c.is_whitespace() && c != ')' && c != '|');
        let exact = has_words && self.rest().strip_prefix('=').is_some_and(before);
        self.at += usize::from(exact);
        exact
    }

    /// Takes a name and its colon, where one that means something stands here.
    fn key(&mut self) -> Key {
        let rest = self.rest();
        let behind = rest.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let name = rest.strip_suffix(behind).unwrap_or_default();
        if name.is_empty() || !behind.starts_with(':') {
            return Key::None;
        }
        let span = self.at..self.at + name.len() + 1;
        let key = match named(name) {
            Named::Field(field) => Key::Field(field),
            Named::Meant(meant) => Key::Misspelt(span.clone(), meant),
            Named::Word => return Key::None,
        };
        self.at = span.end;
        key
    }

    /// Takes a phrase behind its opening mark, up to one of `closing`; says whether one came.
    fn phrase(&mut self, closing: &[char]) -> (String, bool) {
        let mut text = String::new();
        let mut chars = self.rest().char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if closing.contains(&c) {
                self.at += at + c.len_utf8();
                return (text, true);
            }
            let escaped = chars.next_if(|(_, next)| c == '\\' && (*next == '\\' || *next == '"'));
            text.push(escaped.map_or(c, |(_, next)| next));
        }
        self.at = self.text.len();
        (text, false)
    }

    /// Takes a word: up to a blank, a `|`, or a parenthesis that was opened before it.
    fn word(&mut self) -> &'a str {
        let rest = self.rest();
        let mut open = 0_usize;
        let end = rest.find(|c: char| match c {
            '(' => {
                open += 1;
                false
            }
            ')' => {
                let ours = open > 0;
                open = open.saturating_sub(1);
                !ours
            }
            c => c == '|' || c.is_whitespace(),
        });
        let word = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        self.at += word.len();
        word
    }

    /// How many dashes stand here before a condition; dashes before nothing are a word.
    fn negations(&self) -> usize {
        let behind = self.rest().trim_start_matches('-');
        let negates = behind.starts_with(|c: char| !c.is_whitespace() && c != ')' && c != '|');
        if negates { self.rest().len() - behind.len() } else { 0 }
    }

    fn skip_while(&mut self, skipped: impl Fn(char) -> bool) {
        self.at = self.text.len() - self.rest().trim_start_matches(skipped).len();
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }
}

/// The marks that close a phrase which `mark` opens.
fn closing(mark: char) -> Option<&'static [char]> {
    match mark {
        '"' => Some(&['"']),
        '“' | '„' => Some(&['”', '“']),
        '«' => Some(&['»']),
        '»' => Some(&['«']),
        _ => None,
    }
}
