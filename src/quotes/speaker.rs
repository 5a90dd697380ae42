//! Makes the quote: source span, full name, role and confidence from what the earlier passes found.

use std::ops::Range;

use super::confidence::{Mention, confidence};
use super::coreference::{Speaking, Step};
use super::cues::{Found, Rule};
use super::lexicon::Class;
use super::names::{Run, Sort};
use super::phrase::{self, Verdict};
use super::phrases::{Grammar, Phrase};
use super::roles;
use super::tokens::{Kind, Shape};
use crate::model::Quote;

/// What the passes settled for one quotation: all that an explanation needs.
#[derive(Clone, Copy, Debug)]
pub struct Reasons {
    pub verdict: Verdict,
    /// Only for speech.
    pub found: Option<Found>,
    pub mention: Mention,
    /// What a pronoun was resolved by, and how many sentences back.
    pub meant: Option<(Step, u32)>,
}

/// The quote of `span`, and why it is so.
pub fn quote(
    grammar: Grammar,
    speaking: &mut Speaking,
    span: Range<u32>,
    shape: &Shape,
    found: Option<&Found>,
) -> (Quote, Reasons) {
    let verdict = phrase::judge(grammar.tokens, shape, found);
    let speech = verdict.is_speech();
    let mut quote = Quote { span, speech, cue: None, source: None, speaker: None, role: None, confidence: 0.0 };
    let mut reasons = Reasons { verdict, found: None, mention: Mention::Unnamed, meant: None };
    let Some(found) = found.filter(|_| speech) else { return (quote, reasons) };
    quote.cue = found.cue.map(|cue| grammar.tokens.span(cue.0..cue.1));
    if is_bare(grammar, found.source) {
        return (quote, reasons);
    }
    let mut speaker = speaker(grammar, speaking, found.source);
    // “Q:” and “A:” name nobody.
    let letter = grammar.tokens.word(found.source.head).trim_end_matches('.').len() == 1;
    if found.rule == Rule::Label && letter {
        speaker = Speaker { mention: Mention::Unnamed, name: None, role: None, ..speaker };
    }
    reasons = Reasons { found: Some(*found), mention: speaker.mention, meant: speaker.meant, ..reasons };
    quote.confidence = confidence(found.rule, speaker.mention, grammar.tokens.lexicon.german);
    quote.source = Some(speaker.source);
    quote.speaker = speaker.name;
    quote.role = speaker.role.map(|role| grammar.tokens.slice(role.start, role.end).to_owned());
    (quote, reasons)
}

/// “loud chants of “no””, “they prefer prices labelled “low””: one word in lower case that is none for people.
fn is_bare(grammar: Grammar, source: Phrase) -> bool {
    let head = grammar.tokens.at(source.head);
    let alone = source.end == source.start + 1 && grammar.tokens.lexicon.language == "en";
    alone && !head.capital && !head.is(Class::HIS) && !grammar.can_speak(source)
}

/// Who a phrase names.
struct Speaker {
    mention: Mention,
    meant: Option<(Step, u32)>,
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
    if head.kind == Kind::Quote {
        let name = tokens.slice(head.start, head.end).trim_matches(|mark: char| !mark.is_alphanumeric());
        let name = (!name.is_empty()).then(|| name.to_owned());
        let source = tokens.span(source.start..source.end);
        return Speaker { mention: Mention::Described, meant: None, source, name, role: None };
    }
    let run = grammar.names.run_at(source.head).filter(|run| run.sort != Sort::Role);
    let whole = grammar.extended(source);
    let known = run.is_some_and(|run| run.sort == Sort::Person || run.person.is_some());
    if !known && let Some(beside) = roles::name_beside(grammar, whole) {
        return Speaker {
            mention: Mention::Named,
            meant: None,
            source: grammar.tokens.span(source.start..beside.end),
            name: Some(full_name(grammar, beside)),
            role: Some(grammar.tokens.span(whole.start..whole.end)),
        };
    }
    // “die Sprecherin”: in German a capital makes no name.
    let noun = tokens.lexicon.german && !known && tokens.at(source.start).is(Class::DETERMINER);
    let Some(run) = run.filter(|_| !noun) else {
        let source = grammar.tokens.span(whole.start..whole.end);
        let name = Some(tokens.slice(source.start, source.end).to_owned());
        return Speaker { mention: Mention::Described, meant: None, source, name, role: None };
    };
    let named = run.person.is_some() || run.end - run.name > 1;
    // What hangs on a name is part of the phrase that names the source: “Jan Koller vom Hafenamt”.
    let where_only = matches!(tokens.word(run.end), "in" | "im" | "bei" | "beim");
    let end = if tokens.lexicon.german && !where_only {
        grammar.extended(Phrase { end: run.end, ..source }).end
    } else {
        run.end
    };
    // Where every noun has a capital, only a first name or a title tells a name.
    let named = named && (!tokens.lexicon.german || run.sort == Sort::Person);
    Speaker {
        mention: match () {
            () if run.ambiguous => Mention::Namesake,
            () if named => Mention::Named,
            () => Mention::Single,
        },
        meant: None,
        source: tokens.span(run.name..end),
        name: Some(full_name(grammar, run)),
        role: role(grammar, run),
    }
}

/// “he said”, “her promise”: whoever was the subject last.
fn pronoun(grammar: Grammar, speaking: &mut Speaking, source: Phrase) -> Speaker {
    let tokens = grammar.tokens;
    let personal = tokens.at(source.head).is(Class::HE | Class::SHE)
        || matches!(tokens.word(source.head), "his" | "her" | "His" | "Her")
        // “seiner Ansicht nach”; “ihrer” may be theirs.
        || tokens.lexicon.german && matches!(tokens.word(source.head), "seiner" | "Seiner");
    let meant = personal.then(|| speaking.antecedent(source.head)).flatten();
    let run = meant.map(|meant| meant.run);
    Speaker {
        meant: meant.map(|meant| (meant.by, meant.back)),
        mention: if meant.is_some() { Mention::Resolved } else { Mention::Unnamed },
        source: grammar.tokens.span(source.start..source.start + 1),
        name: run.map(|run| full_name(grammar, run)),
        role: run.and_then(|run| role(grammar, run)),
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
