//! Makes the quote: source span, full name, role and confidence from what the earlier passes found.

use std::ops::Range;

use super::attribution::bytes;
use super::confidence::{Mention, confidence};
use super::coreference::Speaking;
use super::cues::Found;
use super::lexicon::Class;
use super::names::{Run, Sort};
use super::phrase;
use super::phrases::{Grammar, Phrase};
use super::roles;
use super::tokens::Shape;
use crate::model::Quote;

/// The quote of `span`.
pub fn quote(
    grammar: Grammar,
    speaking: &mut Speaking,
    span: Range<u32>,
    shape: &Shape,
    found: Option<&Found>,
) -> Quote {
    let speech = phrase::is_speech(grammar.tokens, shape, found);
    let mut quote = Quote { span, speech, cue: None, source: None, speaker: None, role: None, confidence: 0.0 };
    let Some(found) = found.filter(|_| speech) else { return quote };
    quote.cue = found.cue.map(|cue| bytes(grammar, cue.0..cue.1));
    let speaker = speaker(grammar, speaking, found.source);
    quote.confidence = confidence(found.rule, speaker.mention);
    quote.source = Some(speaker.source);
    quote.speaker = speaker.name;
    quote.role = speaker.role.map(|role| grammar.tokens.slice(role.start, role.end).to_owned());
    quote
}

/// Who a phrase names.
struct Speaker {
    mention: Mention,
    source: Range<u32>,
    name: Option<String>,
    role: Option<Range<u32>>,
}

fn speaker(grammar: Grammar, speaking: &mut Speaking, source: Phrase) -> Speaker {
    let tokens = grammar.tokens;
    let head = tokens.at(source.head);
    let alone = source.end == source.start + 1;
    if alone && head.is(Class::PRONOUN | Class::HIS) {
        return pronoun(grammar, speaking, source);
    }
    let run = grammar.names.run_at(source.head).filter(|run| run.sort != Sort::Role);
    let whole = grammar.extended(source);
    let known = run.is_some_and(|run| run.sort == Sort::Person || run.person.is_some());
    if !known && let Some(beside) = roles::name_beside(grammar, whole) {
        return Speaker {
            mention: Mention::Named,
            source: bytes(grammar, source.start..beside.end),
            name: Some(full_name(grammar, beside)),
            role: Some(bytes(grammar, whole.start..whole.end)),
        };
    }
    let Some(run) = run else {
        let source = bytes(grammar, whole.start..whole.end);
        let name = Some(tokens.slice(source.start, source.end).to_owned());
        return Speaker { mention: Mention::Described, source, name, role: None };
    };
    let named = run.person.is_some() || run.end - run.name > 1;
    Speaker {
        mention: if named { Mention::Named } else { Mention::Single },
        source: bytes(grammar, run.name..run.end),
        name: Some(full_name(grammar, run)),
        role: role(grammar, run),
    }
}

/// “he said”, “her promise”: whoever was the subject last.
fn pronoun(grammar: Grammar, speaking: &mut Speaking, source: Phrase) -> Speaker {
    let tokens = grammar.tokens;
    let personal = tokens.at(source.head).is(Class::HE | Class::SHE)
        || matches!(tokens.word(source.head), "his" | "her" | "His" | "Her");
    let meant = personal.then(|| speaking.antecedent(source.head)).flatten();
    Speaker {
        mention: if meant.is_some() { Mention::Resolved } else { Mention::Unnamed },
        source: bytes(grammar, source.start..source.start + 1),
        name: meant.map(|run| full_name(grammar, run)),
        role: meant.and_then(|run| role(grammar, run)),
    }
}

/// The role where the speaker is named here, else where the article names them first.
fn role(grammar: Grammar, run: &Run) -> Option<Range<u32>> {
    roles::role_at(grammar, run).or_else(|| {
        let person = grammar.names.people.get(run.person?)?;
        roles::role_at(grammar, grammar.names.run_at(person.token)?)
    })
}

fn full_name(grammar: Grammar, run: &Run) -> String {
    let tokens = grammar.tokens;
    match run.person.and_then(|person| grammar.names.people.get(person)) {
        Some(person) => person.full.to_owned(),
        None => tokens.slice(tokens.at(run.name).start, tokens.at(run.end - 1).end).to_owned(),
    }
}
