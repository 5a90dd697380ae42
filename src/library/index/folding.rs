//! How the index takes apart what it is told: words come folded already (`entry`), with `BETWEEN` between them.

use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};

/// The name of the tokenizer of words.
pub const WORDS: &str = "words";
/// The name of the tokenizer of what words begin with.
pub const PREFIXES: &str = "prefixes";
/// The letters that a prefix has at most to be indexed by itself. Longer ones are few enough words to be put together.
pub const LONGEST_PREFIX: usize = 2;
/// Stands between two words and in none.
pub const BETWEEN: char = '\n';

/// Makes the tokenizers known to `index`. Both take apart in the same way; what they are given differs.
pub fn register(index: &tantivy::Index) {
    for name in [WORDS, PREFIXES] {
        index.tokenizers().register(name, TextAnalyzer::from(Apart));
    }
}

#[derive(Clone)]
struct Apart;

impl Tokenizer for Apart {
    type TokenStream<'a> = Handed<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Handed<'a> {
        Handed { rest: Some(text).filter(|text| !text.is_empty()), next: 0, token: Token::default() }
    }
}

/// The words of one text being handed out.
struct Handed<'a> {
    rest: Option<&'a str>,
    next: usize,
    token: Token,
}

impl TokenStream for Handed<'_> {
    fn advance(&mut self) -> bool {
        let Some(rest) = self.rest else { return false };
        // Words are short: a plain walk finds their end sooner than a search that is made for long texts.
        let end = rest.bytes().position(|byte| byte == BETWEEN as u8).unwrap_or(rest.len());
        let word = rest.get(..end).unwrap_or_default();
        self.rest = rest.get(end + 1..);
        self.token.text.clear();
        self.token.text.push_str(word);
        self.token.position = self.next;
        self.next += 1;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
