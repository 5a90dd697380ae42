//! Speech or phrase: whether somebody says the quoted words, or they are a title, a name or a word held with tongs.

use super::attribution::{Found, Rule};
use super::lexicon::Class;
use super::tokens::{Kind, Shape, Tokens};

/// A phrase that nobody says is no longer, in words.
const LONGEST_PHRASE: u32 = 5;

/// Whether the quotation is somebody's speech.
pub fn is_speech(tokens: &Tokens, shape: &Shape, found: Option<&Found>) -> bool {
    let before = tokens.before(shape.token);
    if before.is(Class::SO_CALLED)
        && shape.words <= LONGEST_PHRASE
        && before.kind == Kind::Word
        && !before.small(Class::SAY)
    {
        return false;
    }
    let titled = shape.words > 0 && shape.words <= 8 && shape.small == 0 && !shape.sentences;
    let near = found.is_some_and(|found| {
        matches!(
            found.rule,
            Rule::After | Rule::Inverted | Rule::Before | Rule::Saying | Rule::According | Rule::Label | Rule::Noun
        )
    });
    if titled && !near && !matches!(shape.last, '?' | '!') {
        return false;
    }
    if found.is_some() {
        return true;
    }
    let sentence_like =
        shape.words > LONGEST_PHRASE || matches!(shape.last, '.' | '?' | '!' | ',') && shape.words > 2 && !titled;
    sentence_like || before.kind == Kind::Colon
}
