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
    let mut seen = HashSet::new();
    fold::words(text, |_, _, word| {
        let mut key = 0_u64;
        for (at, c) in word.char_indices().take(LONGEST_PREFIX) {
            key = (key << 32) | (u64::from(c) + 1);
            if seen.insert(key) {
                tokens.push(word.get(..at + c.len_utf8()).unwrap_or_default());
            }
        }
    });
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
