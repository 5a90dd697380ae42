//! Speech or phrase: whether somebody says the quoted words, or they are a title, a name or a word held with tongs.

use super::cues::{Found, Rule};
use super::lexicon::Class;
use super::tokens::{Kind, MOST_WORDS, Shape, Tokens};

/// A phrase that nobody says is no longer, in words.
const LONGEST_PHRASE: u8 = 5;
/// A title is no longer, in words.
const LONGEST_TITLE: u8 = MOST_WORDS;

/// Why a quotation is speech or a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Speech: somebody is its source.
    Sourced,
    /// Speech: a colon announces it.
    Announced,
    /// Speech: a verb of saying stands behind it.
    Said,
    /// Speech: longer than what nobody says.
    Long,
    /// Speech: it reads like a sentence, and nothing makes it a phrase.
    Sentence,
    /// Phrase: “so-called”, “titled” or the like stands before it.
    SoCalled,
    /// Phrase: every word has a capital, and no cue stands near.
    Title,
    /// Phrase: it describes the noun behind it.
    Adjective,
    /// Phrase: a few words that nothing makes speech.
    Short,
}

impl Verdict {
    pub fn is_speech(self) -> bool {
        matches!(self, Self::Sourced | Self::Announced | Self::Said | Self::Long | Self::Sentence)
    }
}

/// Whether the quotation is somebody's speech, and why.
pub fn judge(tokens: &Tokens, shape: &Shape, found: Option<&Found>) -> Verdict {
    let before = tokens.before(shape.token);
    let named_so = before.kind == Kind::Word && before.is(Class::SO_CALLED) && !cue_is(found, shape.token);
    if named_so && shape.words <= LONGEST_PHRASE {
        return Verdict::SoCalled;
    }
    let german = tokens.lexicon.german;
    // „der Film „Nebel““: in German a name stands right behind the noun that says what it is.
    let apposed = german && before.kind == Kind::Word && before.capital && shape.capital && !before.is(Class::QUIP);
    if apposed && shape.words <= LONGEST_PHRASE && !cue_is(found, shape.token) {
        return Verdict::Title;
    }
    let titled = shape.words > 0 && shape.words <= LONGEST_TITLE && !shape.small && !shape.sentences;
    // Every noun has a capital there: one that somebody calls something by is a judgement.
    // The definite article goes with names.
    let definite = matches!(tokens.word(shape.token.saturating_sub(1)), "der" | "die" | "das" | "den" | "dem");
    let judged = german
        && before.kind == Kind::Word
        && !definite
        && found.is_some_and(|found| matches!(found.rule, Rule::Before | Rule::BeforeApart) && rewords(tokens, found));
    if titled && !judged && !matches!(shape.last, '?' | '!') {
        return if is_introduced(tokens, shape, found) { Verdict::Sourced } else { Verdict::Title };
    }
    let ended = matches!(shape.last, '.' | '?' | '!' | ',') && shape.words > 2;
    match () {
        () if found.is_some() => Verdict::Sourced,
        () if before.kind == Kind::Colon => Verdict::Announced,
        () if shape.words > LONGEST_PHRASE => Verdict::Long,
        () if is_said(tokens, shape.token) => Verdict::Said,
        () if tokens.lexicon.language != "en" && !ended || shape.words <= 1 => Verdict::Short,
        () if !german && is_adjective(tokens, shape) => Verdict::Adjective,
        () => Verdict::Sentence,
    }
}

/// “…” – powiedziała: whoever she is.
fn is_said(tokens: &Tokens, quote: usize) -> bool {
    let mark = matches!(tokens.at(quote + 1).kind, Kind::Comma | Kind::Dash);
    mark && tokens.at(quote + 2).small(Class::SAY)
}

/// The cue takes a quoted name or judgement.
fn rewords(tokens: &Tokens, found: &Found) -> bool {
    found.cue.is_some_and(|cue| tokens.at(cue.0).is(Class::REWORD))
}

/// The word right before the quotation is its cue.
fn cue_is(found: Option<&Found>, quote: usize) -> bool {
    found.and_then(|found| found.cue).is_some_and(|cue| cue.1 == quote)
}

/// A cue stands so near that even what looks like a title is speech: said, “Never Again.”
fn is_introduced(tokens: &Tokens, shape: &Shape, found: Option<&Found>) -> bool {
    let Some(found) = found else { return false };
    let before = tokens.before(shape.token);
    let begins = tokens.sentence_start(shape.token) == shape.token || before.kind == Kind::Dash;
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
