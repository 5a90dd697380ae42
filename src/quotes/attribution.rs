//! Cue and source of every quotation: by its own sentence, or carried over from the quotations and sentences around it.
//! Who is meant by “he” is settled in `coreference`.

use super::cues::{Found, REACH_BEFORE, Rule, in_sentence};
use super::cues_before::according;
use super::dialogue::turn;
use super::headlines;
use super::lexicon::Class;
use super::names::Sort;
use super::phrase;
use super::phrases::{Grammar, Phrase};
use super::tokens::{Kind, Shape};

/// Cue and source of every quotation, in order.
pub fn attribute(grammar: Grammar, shapes: &[Shape]) -> Vec<Option<Found>> {
    let mut found: Vec<Option<Found>> = Vec::with_capacity(shapes.len());
    for (index, shape) in shapes.iter().enumerate() {
        if shape.words == 0 {
            found.push(None);
            continue;
        }
        let attribution =
            in_sentence(grammar, shape).filter(|found| !headlines::misleads(grammar, shape, found.source));
        found.push(attribution);
        if attribution.is_none()
            && let Some(slot) = carried(grammar, shapes, &found, index)
            && let Some(last) = found.last_mut()
        {
            *last = Some(slot);
        }
    }
    share_backwards(grammar, shapes, &mut found);
    for (shape, slot) in shapes.iter().zip(&mut found) {
        if slot.is_none() && shape.words > 0 && phrase::judge(grammar.tokens, shape, None).is_speech() {
            *slot = subject_alone(grammar, shape);
        }
    }
    found
}

/// “Brown lived through “a good day””: no word of saying, but the sentence is about what Brown does.
fn subject_alone(grammar: Grammar, shape: &Shape) -> Option<Found> {
    let tokens = grammar.tokens;
    if tokens.lexicon.language != "en" {
        return None;
    }
    let start = tokens.sentence_start(shape.token).max(shape.token.saturating_sub(REACH_BEFORE));
    let source = main_subject(grammar, start, shape.token)?;
    let person = grammar.names.run_at(source.head).is_some_and(|run| run.sort == Sort::Person);
    if !person && !tokens.at(source.head).is(Class::HE | Class::SHE) {
        return None;
    }
    Some(Found { cue: None, source, rule: Rule::Subject })
}

/// What an earlier quotation or sentence says about who goes on speaking.
fn carried(grammar: Grammar, shapes: &[Shape], found: &[Option<Found>], index: usize) -> Option<Found> {
    let shape = shapes.get(index)?;
    let earlier = index.checked_sub(1).and_then(|earlier| Some((shapes.get(earlier)?, (*found.get(earlier)?)?)));
    if let Some(continued) = earlier.and_then(|(last, found)| continued(grammar, shape, last, found)) {
        return Some(continued);
    }
    let tokens = grammar.tokens;
    if let Some(implied) = implied(grammar, shape, earlier) {
        return Some(implied);
    }
    if let Some(said) = grammar.this_said(shape) {
        return Some(said);
    }
    if let Some(headline) = headlines::label(grammar, shape) {
        return Some(headline);
    }
    if let Some(indirect) = indirect(grammar, shape, earlier) {
        return Some(indirect);
    }
    if tokens.sentence_start(shape.token) != shape.token {
        return None;
    }
    signature(grammar, shape)
        .or_else(|| earlier_sentence(grammar, shape))
        .or_else(|| own_paragraph(grammar, shapes, found, index))
}

/// «…», dijo; Dijo que «…»: no subject stands beside the verb, and whoever spoke last goes on.
fn implied(grammar: Grammar, shape: &Shape, earlier: Option<(&Shape, Found)>) -> Option<Found> {
    let tokens = grammar.tokens;
    let token = tokens.at(shape.token);
    let (last, found) = earlier.filter(|_| tokens.lexicon.drops_subject)?;
    let near = tokens.at(last.token);
    if tokens.paragraph(last.token) + 1 < tokens.paragraph(shape.token) || near.sentence + 2 < token.sentence {
        return None;
    }
    let mark = usize::from(matches!(tokens.at(shape.token + 1).kind, Kind::Comma | Kind::Dash));
    let behind = shape.token + 1 + mark;
    let says = |place: &usize| tokens.at(*place).is(Class::SAY | Class::REWORD);
    let bare = |place: &usize| tokens.at(*place).is(Class::AUX | Class::ADVERB);
    let behind = (behind..behind + 3).find(|place| !bare(place)).filter(says);
    let opening = || (tokens.sentence_start(shape.token)..shape.token).find(|place| !bare(place)).filter(says);
    let verb = behind.or_else(opening)?;
    Some(Found { cue: Some((verb, verb + 1)), rule: Rule::Implied, ..found })
}

/// How many sentences of indirect speech are followed to the left.
const INDIRECT: u32 = 6;

/// „Die Mühle sei „ein Haufen Holz““: goes on with who spoke last in the paragraph, over sentences in the same mood.
fn indirect(grammar: Grammar, shape: &Shape, earlier: Option<(&Shape, Found)>) -> Option<Found> {
    let tokens = grammar.tokens;
    let token = tokens.at(shape.token);
    let reported = |sentence: u32| {
        let (begin, end) = tokens.sentence(sentence);
        (begin..end.min(begin + REACH_BEFORE)).any(|place| tokens.at(place).small(Class::REPORTED))
    };
    // „Die Mühle sei alt. „Wir geben sie nicht auf.““: a sentence of its own between those.
    let own = || {
        let starts = tokens.sentence_start(shape.token) == shape.token && shape.capital;
        starts && token.sentence.checked_sub(1).is_some_and(reported)
    };
    if !tokens.lexicon.german || !reported(token.sentence) && !own() {
        return None;
    }
    for sentence in (token.sentence.saturating_sub(INDIRECT)..token.sentence).rev() {
        let (begin, end) = tokens.sentence(sentence);
        if tokens.paragraph(begin) != tokens.paragraph(shape.token) {
            return None;
        }
        if let Some((last, found)) = earlier
            && tokens.at(last.token).sentence == sentence
        {
            return Some(Found { rule: Rule::Indirect, ..found });
        }
        let begin = begin.max(end.saturating_sub(REACH_BEFORE));
        let cue = last_cue(grammar, begin, end);
        if let Some(source) =
            cue.and_then(|cue| grammar.subject_around(cue, begin, end)).filter(|source| grammar.can_speak(*source))
        {
            return Some(Found { cue: cue.map(|cue| (cue, cue + 1)), source, rule: Rule::Indirect });
        }
        if !reported(sentence) {
            return None;
        }
    }
    None
}

/// “…” and, in the next line, – Ada Brown
fn signature(grammar: Grammar, shape: &Shape) -> Option<Found> {
    let tokens = grammar.tokens;
    let (line, dash) = (shape.token + 1, shape.token + 2);
    if tokens.at(line).kind != Kind::Break || tokens.at(dash).kind != Kind::Dash {
        return None;
    }
    let source = grammar.phrase(dash + 1, dash + REACH_BEFORE)?;
    let next = tokens.at(source.end);
    // A date may follow: “— Ada Brown (@ada) May 3”
    let ends = matches!(next.kind, Kind::Break | Kind::Edge | Kind::Stop | Kind::Comma | Kind::Number);
    let named = tokens.at(source.head).capital && (ends || next.is(Class::DAY));
    named.then(|| Found::new(dash, source, Rule::Signature))
}

/// “…,” Brown said. “…”: the same paragraph, and nothing but the cue between the two.
fn continued(grammar: Grammar, shape: &Shape, last: &Shape, found: Found) -> Option<Found> {
    let tokens = grammar.tokens;
    let same = tokens.paragraph(last.token) == tokens.paragraph(shape.token);
    let (token, last) = (tokens.at(shape.token), tokens.at(last.token));
    let cue_sentence = found.cue.map_or(last.sentence, |cue| tokens.at(cue.0).sentence.max(last.sentence));
    let starts = tokens.sentence_start(shape.token) == shape.token;
    // “Adding: “…”” has no subject of its own either.
    let floor = tokens.sentence_start(shape.token).max(shape.token.saturating_sub(REACH_BEFORE));
    let participle = || {
        (floor..shape.token)
            .all(|place| tokens.at(place).is(Class::SAYING | Class::AND) || tokens.at(place).kind != Kind::Word)
    };
    let near = token.sentence == last.sentence || (starts || participle()) && token.sentence <= cue_sentence + 1;
    (same && near).then_some(Found { rule: Rule::Continued, ..found })
}

/// Brown was blunt. “…”
fn earlier_sentence(grammar: Grammar, shape: &Shape) -> Option<Found> {
    let tokens = grammar.tokens;
    let token = tokens.at(shape.token);
    let (begin, end) = tokens.sentence(token.sentence.checked_sub(1)?);
    let begin = begin.max(end.saturating_sub(REACH_BEFORE));
    if tokens.paragraph(begin) != tokens.paragraph(shape.token) || !shape.capital {
        return None;
    }
    let cue = last_cue(grammar, begin, end);
    let said = cue.and_then(|cue| grammar.subject_around(cue, begin, end));
    if said.is_none()
        && let Some(found) = according(grammar, begin, end)
    {
        return Some(Found { rule: Rule::EarlierSentence, ..found });
    }
    let source = said.or_else(|| main_subject(grammar, begin, end))?;
    Some(Found { cue: cue.map(|cue| (cue, cue + 1)), source, rule: Rule::EarlierSentence })
}

/// The subject of the whole sentence; where every noun has a capital, only somebody who can be told for a person.
fn main_subject(grammar: Grammar, begin: usize, end: usize) -> Option<Phrase> {
    if !grammar.tokens.lexicon.german {
        return grammar.main_subject(begin, end);
    }
    let verb = (begin..end).find(|place| grammar.is_finite(*place))?;
    grammar.verb_second(verb, begin, end).filter(|source| grammar.is_someone(*source))
}

/// A paragraph that is only a quotation goes on with who spoke in the one before, or was announced there by a colon.
fn own_paragraph(grammar: Grammar, shapes: &[Shape], found: &[Option<Found>], index: usize) -> Option<Found> {
    let tokens = grammar.tokens;
    let shape = shapes.get(index)?;
    let earlier = index.checked_sub(1).and_then(|earlier| Some((shapes.get(earlier)?, (*found.get(earlier)?)?)));
    let alone = matches!(tokens.at(shape.token + 1).kind, Kind::Break | Kind::Edge | Kind::Quote);
    let before = tokens.before(shape.token);
    if !alone || before.kind != Kind::Break {
        return None;
    }
    if let Some(answer) = turn(grammar, shapes, found, index) {
        return Some(answer);
    }
    if let Some((last, found)) = earlier
        && tokens.paragraph(last.token) + 1 == tokens.paragraph(shape.token)
    {
        return Some(Found { rule: Rule::Paragraph, ..found });
    }
    let (begin, end) = tokens.sentence(before.sentence);
    let begin = begin.max(end.saturating_sub(REACH_BEFORE));
    let colon = end.checked_sub(2).filter(|place| tokens.at(*place).kind == Kind::Colon)?;
    let cue = last_cue(grammar, begin, colon)?;
    Some(Found { cue: Some((cue, cue + 1)), source: grammar.subject(cue, begin)?, rule: Rule::Paragraph })
}

/// The last word of saying in `begin..end`.
fn last_cue(grammar: Grammar, begin: usize, end: usize) -> Option<usize> {
    grammar
        .tokens
        .cues(begin..end)
        .rev()
        .find(|place| grammar.tokens.at(*place).small(Class::SAY | Class::REWORD | Class::SAYING))
}

/// “A” and “B,” she said: the cue of the last part serves the earlier ones.
fn share_backwards(grammar: Grammar, shapes: &[Shape], found: &mut [Option<Found>]) {
    let tokens = grammar.tokens;
    for index in (1..shapes.len()).rev() {
        let (Some(later), Some(earlier)) = (shapes.get(index), shapes.get(index - 1)) else { continue };
        let Some(Some(attribution)) = found.get(index).copied() else { continue };
        let after = matches!(
            attribution.rule,
            Rule::After | Rule::Inverted | Rule::According | Rule::AfterBare | Rule::AfterApart | Rule::Shared
        );
        let same = tokens.paragraph(later.token) == tokens.paragraph(earlier.token)
            && tokens.at(later.token).sentence <= tokens.at(earlier.token).sentence + 1;
        let behind = attribution.cue.is_some_and(|cue| cue.0 > later.token);
        if after
            && behind
            && same
            && let Some(slot @ None) = found.get_mut(index - 1)
        {
            *slot = Some(Found { rule: Rule::Shared, ..attribution });
        }
    }
}
