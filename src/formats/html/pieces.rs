//! Markup given to a tokenizer piece by piece, so that a tag without an end can be noticed.

use std::cell::{Cell, RefCell};

use html5ever::TokenizerResult;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

/// Bytes given at once, and bytes in which nothing is found before the tokenizer is suspected to be in a tag without end.
const PIECE: usize = 4 * 1024;

/// Quotation marks in such a tag, beyond which none ends an attribute.
const QUOTES_IN_A_TAG: usize = 1024;

/// Gives all of `text` to `tokenizer` and tells it the end. `tokens` counts what its sink has met.
pub fn feed<S: TokenSink>(text: &str, tokenizer: &Tokenizer<S>, tokens: &dyn Fn(&S) -> u64) {
    let input = BufferQueue::default();
    let mut rest = text;
    let (mut quiet, mut quotes) = (0, 0);
    while !rest.is_empty() {
        let in_a_tag = quiet >= PIECE;
        let end = match memchr::memchr(b'>', rest.as_bytes()) {
            Some(at) if in_a_tag => at + 1,
            _ => rest.floor_char_boundary(PIECE),
        };
        let (piece, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        rest = after;
        input.push_back(if in_a_tag { joined(piece, &mut quotes) } else { StrTendril::from(piece) });
        let before = tokens(&tokenizer.sink);
        // A script is not run, and the charset is known: there is nothing to wait for.
        while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
        if tokens(&tokenizer.sink) == before {
            quiet += piece.len();
        } else {
            (quiet, quotes) = (0, 0);
        }
    }
    tokenizer.end();
}

/// A piece of a tag, attribute or comment without an end, its blanks made letters: the tokenizer compares each attribute
/// with all before it, so that a million of them would take hours.
fn joined(piece: &str, quotes: &mut usize) -> StrTendril {
    let letter = |c: char| match c {
        '"' | '\'' => {
            *quotes += 1;
            if *quotes > QUOTES_IN_A_TAG { '_' } else { c }
        }
        '/' => '_',
        c if c.is_ascii_whitespace() => '_',
        c => c,
    };
    piece.chars().map(letter).collect::<String>().into()
}

/// Gives `take` each token of `text` but mistakes, as it is written: no tree is built, and CDATA is text.
pub fn tokens(text: &str, take: &mut dyn FnMut(Token)) {
    let sink = Sink { take: RefCell::new(take), count: Cell::new(0) };
    feed(text, &Tokenizer::new(sink, TokenizerOpts::default()), &|sink| sink.count.get());
}

struct Sink<'a> {
    take: RefCell<&'a mut dyn FnMut(Token)>,
    count: Cell<u64>,
}

impl TokenSink for Sink<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        if !matches!(token, Token::ParseError(_)) {
            self.count.update(|count| count + 1);
            (self.take.borrow_mut())(token);
        }
        TokenSinkResult::Continue
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        // Or CDATA would be a comment.
        true
    }
}
