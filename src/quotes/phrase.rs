//! Speech or phrase: whether somebody says the quoted words, or they are a title, a name or a word held with tongs.

use super::cues::{Found, Rule};
use super::lexicon::Class;
use super::tokens::{Kind, Shape, Tokens};

/// A phrase that nobody says is no longer, in words.
const LONGEST_PHRASE: u32 = 5;
/// A title is no longer, in words.
const LONGEST_TITLE: u32 = 8;

/// Whether the quotation is somebody's speech.
pub fn is_speech(tokens: &Tokens, shape: &Shape, found: Option<&Found>) -> bool {
    let before = tokens.before(shape.token);
    let named_so = before.kind == Kind::Word && before.is(Class::SO_CALLED) && !cue_is(found, shape.token);
    if named_so && shape.words <= LONGEST_PHRASE {
        return false;
    }
    let titled = shape.words > 0 && shape.words <= LONGEST_TITLE && shape.small == 0 && !shape.sentences;
    if titled && !matches!(shape.last, '?' | '!') {
        return is_introduced(tokens, shape, found);
    }
    if found.is_some() || before.kind == Kind::Colon || shape.words > LONGEST_PHRASE {
        return true;
    }
    if tokens.lexicon.german {
        return matches!(shape.last, '.' | '?' | '!' | ',') && shape.words > 2;
    }
    shape.words > 1 && !is_adjective(tokens, shape)
}

/// The word right before the quotation is its cue.
fn cue_is(found: Option<&Found>, quote: usize) -> bool {
    found.and_then(|found| found.cue).is_some_and(|cue| cue.1 == quote)
}

/// A cue stands so near that even what looks like a title is speech: said, “Never Again.”
fn is_introduced(tokens: &Tokens, shape: &Shape, found: Option<&Found>) -> bool {
    let Some(found) = found else { return false };
    let before = tokens.before(shape.token);
    let begins = tokens.sentence_start(shape.token) == shape.token;
    match found.rule {
        Rule::After | Rule::Inverted | Rule::AfterApart | Rule::According => {
            begins || !before.is(Class::PREP) && before.kind == Kind::Comma
        }
        Rule::Before | Rule::Saying => !before.is(Class::PREP | Class::TAKES_TITLE) && before.kind != Kind::Possessive,
        Rule::Label | Rule::Noun => true,
        _ => false,
    }
}

/// “the “remain” campaign”: the quoted words stand before the noun that they describe.
fn is_adjective(tokens: &Tokens, shape: &Shape) -> bool {
    let (before, after) = (tokens.before(shape.token), tokens.at(shape.token + 1));
    let determined = before.kind == Kind::Possessive || before.kind == Kind::Word && before.is(Class::DETERMINER);
    determined && after.kind == Kind::Word && !after.is(Class::FUNCTION | Class::ADVERB | Class::SAY)
}
