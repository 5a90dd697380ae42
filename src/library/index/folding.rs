//! How the index takes text apart: the words of `text::fold`, or what they begin with.

use std::collections::HashSet;

use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};

use crate::text::fold;

/// The name of the tokenizer that gives folded words.
pub const WORDS: &str = "words";
/// The name of the tokenizer that gives what folded words begin with.
pub const PREFIXES: &str = "prefixes";
/// The letters that a prefix has at most to be indexed by itself. Longer ones are few enough words to be put together.
pub const LONGEST_PREFIX: usize = 2;

/// Makes the tokenizers known to `index`.
pub fn register(index: &tantivy::Index) {
    index.tokenizers().register(WORDS, TextAnalyzer::from(Folding { cut: each_word, ..Folding::default() }));
    index.tokenizers().register(PREFIXES, TextAnalyzer::from(Folding { cut: each_prefix, ..Folding::default() }));
}

type Cut = fn(&str, &mut Tokens);

/// Takes a whole text apart at once and hands its tokens out one by one.
#[derive(Clone)]
struct Folding {
    cut: Cut,
    tokens: Tokens,
}

/// Tokens one after the other in one string.
#[derive(Clone, Default)]
struct Tokens {
    text: String,
    ends: Vec<usize>,
}

impl Tokens {
    fn push(&mut self, token: &str) {
        self.text.push_str(token);
        self.ends.push(self.text.len());
    }
}

impl Default for Folding {
    fn default() -> Self {
        Self { cut: each_word, tokens: Tokens::default() }
    }
}

fn each_word(text: &str, tokens: &mut Tokens) {
    fold::words(text, |_, _, word| tokens.push(word));
}

fn each_prefix(text: &str, tokens: &mut Tokens) {
    // Nearly all prefixes are two bytes: for these a bit in a table is enough.
    let mut short = [0_u64; 1 << 10];
    let mut long = HashSet::new();
    fold::words(text, |_, _, word| {
        for (at, c) in word.char_indices().take(LONGEST_PREFIX) {
            let prefix = word.get(..at + c.len_utf8()).unwrap_or_default();
            let new = match *prefix.as_bytes() {
                [first] => mark(&mut short, u16::from(first)),
                [first, second] => mark(&mut short, u16::from_be_bytes([second, first])),
                _ => !long.contains(prefix) && long.insert(prefix.to_owned()),
            };
            if new {
                tokens.push(prefix);
            }
        }
    });
}

/// Sets the bit `n`; whether it was not set.
fn mark(bits: &mut [u64], n: u16) -> bool {
    let bit = 1 << (n % 64);
    bits.get_mut(usize::from(n / 64)).is_some_and(|word| {
        let new = *word & bit == 0;
        *word |= bit;
        new
    })
}

impl Tokenizer for Folding {
    type TokenStream<'a> = Handed<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Handed<'a> {
        self.tokens.text.clear();
        self.tokens.ends.clear();
        (self.cut)(text, &mut self.tokens);
        Handed { tokens: &self.tokens, next: 0, start: 0, token: Token::default() }
    }
}

/// The tokens of one text being handed out.
struct Handed<'a> {
    tokens: &'a Tokens,
    next: usize,
    start: usize,
    token: Token,
}

impl TokenStream for Handed<'_> {
    fn advance(&mut self) -> bool {
        let Some(end) = self.tokens.ends.get(self.next).copied() else { return false };
        self.token.text.clear();
        self.token.text.push_str(self.tokens.text.get(self.start..end).unwrap_or_default());
        self.token.position = self.next;
        self.next += 1;
        self.start = end;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
