//! The cue of a quotation in its own sentence, and the phrase that it makes the source: which rule wins, and the rules
//! for a cue behind the quotation. What other sentences say is settled in `attribution`.

use super::cues_before::before;
use super::lexicon::Class;
use super::phrases::{Grammar, Phrase, Way, is_participle};
use super::tokens::{Kind, Shape};

/// Which rule found the source; confidence goes by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    /// “…,” Brown said
    After,
    /// “…,” said Brown
    Inverted,
    /// “…,” according to Brown
    According,
    /// “…,” she laughed: the verb is in no table.
    AfterBare,
    /// “…” in the valley, Brown said
    AfterApart,
    /// Brown said, “…”
    Before,
    /// Brown said that it was “…”
    BeforeApart,
    /// …, saying “…”
    Saying,
    /// her promise of “…”
    Noun,
    /// Brown thought it “…”
    Think,
    /// Brown went further: “…”
    Lead,
    /// Brown: “…”
    Label,
    /// “…,” Brown said. “…”
    Continued,
    /// Another part of a list or sentence, whose cue comes later.
    Shared,
    /// Brown was blunt. “…”
    EarlierSentence,
    /// Brown sagte, sie gehe. Es sei „…“: the mood alone tells that somebody is heard.
    Indirect,
    /// A paragraph that is only a quotation.
    Paragraph,
    /// A paragraph that is only a quotation, and answers the one before.
    Turn,
    /// «…», dijo: the verb alone tells the person.
    Implied,
    /// “…” and, in the next line, – Brown
    Signature,
    /// Brown lived through “…”: the subject of the sentence, and no word of saying.
    Subject,
}

/// Cue and source of one quotation.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// Tokens of the cue.
    pub cue: Option<(usize, usize)>,
    pub source: Phrase,
    pub rule: Rule,
}

impl Found {
    pub fn new(cue: usize, source: Phrase, rule: Rule) -> Self {
        Self { cue: Some((cue, cue + 1)), source, rule }
    }
}

/// How far a cue behind a quotation is looked for, in tokens.
pub const REACH_AFTER: usize = 40;
/// How far a cue before a quotation is looked for, in tokens.
pub const REACH_BEFORE: usize = 80;
/// A quotation of fewer words is taken for a sentence only where a verb of saying stands.
pub const FEWEST_WORDS: u8 = 4;

/// Cue and source by the quotation's own sentence.
pub fn in_sentence(grammar: Grammar, shape: &Shape) -> Option<Found> {
    let tokens = grammar.tokens;
    let begins = shape.token == tokens.sentence_start(shape.token) || tokens.before(shape.token).kind == Kind::Dash;
    if begins {
        return after(grammar, shape).or_else(|| before(grammar, shape)).or_else(|| after_apart(grammar, shape));
    }
    let earlier = before(grammar, shape);
    if earlier.is_some_and(|found| matches!(found.rule, Rule::Before | Rule::Saying | Rule::Label)) {
        return earlier;
    }
    let later = after(grammar, shape);
    if earlier.is_some_and(|found| found.rule == Rule::BeforeApart && has_own_clause(grammar, shape, found)) {
        return earlier;
    }
    match (earlier, later) {
        (Some(earlier), Some(later)) if later.rule == Rule::AfterBare => Some(earlier),
        (earlier, later) => later.or(earlier).or_else(|| after_apart(grammar, shape)),
    }
}

/// “Brown wrote to Reed, “…”” and “As Brown said it was “…,” Reed left”: what follows the quotation is another clause.
fn has_own_clause(grammar: Grammar, shape: &Shape, found: Found) -> bool {
    let tokens = grammar.tokens;
    if tokens.before(shape.token).kind == Kind::Comma && shape.last != ',' {
        return true;
    }
    let start = tokens.sentence_start(shape.token).max(shape.token.saturating_sub(REACH_BEFORE));
    let marked = || (start..shape.token).any(|place| matches!(tokens.at(place).kind, Kind::Comma | Kind::Colon));
    tokens.at(start).is(Class::FRONTS) && shape.last == ',' && grammar.is_named(found.source) && !marked()
}

/// The cue behind the quotation: “…,” Brown said; “…,” said Brown; “…,” according to Brown.
fn after(grammar: Grammar, shape: &Shape) -> Option<Found> {
    let tokens = grammar.tokens;
    let mut start = shape.token + 1;
    let comma = matches!(tokens.at(start).kind, Kind::Comma | Kind::Dash);
    start += usize::from(comma);
    let first = tokens.at(start);
    // “We won.” said Brown
    let goes_on = first.small(Class::SAY);
    if shape.last == '.' && !comma && !goes_on
        || first.kind != Kind::Word
        || !first.capital && is_participle(tokens, start) && !first.is(Class::ACCORDING)
    {
        return None;
    }
    let open_end = comma || matches!(shape.last, ',' | '?' | '!' | '—' | '–' | '-' | '…');
    let limit = clause_end(grammar, start);
    let german = || grammar.verb_last(shape, start, limit).or_else(|| grammar.as_said(start, limit));
    if let Some(found) = inverted(grammar, start, limit).or_else(german) {
        return Some(found);
    }
    if first.is(Class::ACCORDING) {
        let source = start + 1 + usize::from(tokens.word(start + 1) == "to");
        let phrase = grammar.phrase(source, limit).or_else(|| grammar.in_marks(source))?;
        return Some(Found { cue: Some((start, source)), source: phrase, rule: Rule::According });
    }
    // “…” was how Brown put it
    if first.small(Class::BEING) && tokens.word(start + 1) == "how" {
        let subject = grammar.phrase(start + 2, limit)?;
        return Some(Found { cue: Some((subject.end, subject.end + 1)), source: subject, rule: Rule::After });
    }
    // “…,” as Brown put it
    let lead = start + usize::from(tokens.word(start) == "as");
    if lead == start && first.is(Class::PREP | Class::AND | Class::THAT | Class::WHO) {
        return None;
    }
    let subject = grammar.phrase(lead, limit)?;
    let verb = (subject.end..limit).find(|place| {
        let token = tokens.at(*place);
        token.is(Class::SAY)
            && (!token.capital || *place == subject.end || tokens.before(*place).kind == Kind::Comma)
            && !tokens.before(*place).is(Class::DETERMINER)
    });
    // In German the verb stands second: what is far from its subject is another clause's.
    let open_end = open_end && !tokens.lexicon.german;
    if let Some(verb) = verb.filter(|verb| open_end || *verb <= subject.end + 1) {
        // “…,” the senator and would-be mayor said
        let joined = tokens.at(subject.end).is(Class::AND);
        let own = joined || grammar.is_named(subject);
        let source = if own { Some(subject) } else { grammar.subject(verb, start) };
        return Some(Found::new(verb, source.unwrap_or(subject), Rule::After));
    }
    let sentence = shape.last == ',' && shape.words >= FEWEST_WORDS;
    let bare = open_end && sentence && tokens.at(subject.end).kind == Kind::Word;
    bare.then(|| Found::new(subject.end, subject, Rule::AfterBare))
}

/// “…,” said Brown; « … », a dit Brown; « … », dit-il
fn inverted(grammar: Grammar, start: usize, limit: usize) -> Option<Found> {
    let tokens = grammar.tokens;
    let modifies = |place: usize| {
        let token = tokens.at(place);
        token.small(Class::ADVERB | Class::AUX) && !token.is(Class::PRONOUN)
            || !token.capital && tokens.word(place).ends_with("ly")
    };
    let verb = (start..limit).find(|place| !modifies(*place))?;
    // “…” were declared the winners: nobody says it.
    let passive = tokens.lexicon.language == "en" && verb > start && tokens.before(verb).is(Class::BEING);
    if passive || !tokens.at(verb).small(Class::SAY) {
        return None;
    }
    // „…“, heißt es in der Rede
    if tokens.lexicon.german && tokens.at(verb + 1).small(Class::IT) {
        return Some(Found::new(verb, grammar.impersonal(verb, start, limit)?, Rule::Inverted));
    }
    if tokens.at(verb).is(Class::PRONOUN) {
        return Some(Found::new(verb, Phrase::new(verb, verb + 1, verb, Way::Beside), Rule::Inverted));
    }
    if tokens.lexicon.german
        && tokens.at(verb).is(Class::QUOTED)
        && let Some(object) = grammar.quoted_object(verb + 1, limit)
    {
        return Some(Found::new(verb, object, Rule::Inverted));
    }
    let idle = |place: usize| {
        let token = tokens.at(place);
        token.is(Class::ADVERB | Class::DAY) || token.kind == Kind::Comma
    };
    // «…», ha declarado a la prensa Juan Soto: what a preposition governs is nobody's subject.
    let mut from = verb + 1;
    while tokens.at(from).is(Class::PREP) && !tokens.at(from).is(Class::DETERMINER) && tokens.lexicon.language != "en" {
        let governed = grammar.phrase(from + 1, limit)?;
        // “a la prensa Juan Soto”: two phrases.
        let person = grammar.names.run_at(governed.head).filter(|run| run.first > governed.start);
        from = person.map_or(governed.end, |run| run.first);
        if person.is_some() {
            break;
        }
    }
    let source = (from..limit.min(from + 3))
        .take_while(|place| *place == from || idle(place - 1))
        .filter(|place| !tokens.at(*place).is(Class::PREP) || tokens.at(*place).is(Class::DETERMINER))
        .find_map(|place| grammar.phrase(place, limit))
        .or_else(|| grammar.in_marks(from))?;
    if tokens.lexicon.drops_subject && !grammar.can_speak(source) {
        return None;
    }
    Some(Found::new(verb, source, Rule::Inverted))
}

/// “…” in the valley, said Brown: the cue stands at the end of the sentence.
fn after_apart(grammar: Grammar, shape: &Shape) -> Option<Found> {
    let tokens = grammar.tokens;
    let end = tokens.sentence_end(shape.token).min(shape.token + REACH_AFTER);
    tokens.cue_behind(shape).filter(|cue| *cue < end)?;
    let commas = (shape.token + 1..end).rev().filter(|place| tokens.at(*place).kind == Kind::Comma);
    for comma in commas {
        // “…, so heißt es in der Erklärung”
        let so = usize::from(tokens.at(comma + 3).small(Class::IT) && tokens.at(comma + 2).small(Class::SAY));
        let next = tokens.at(comma + 1);
        if so == 1
            && tokens.lexicon.german
            && let Some(source) = grammar.impersonal(comma + 2, comma + 2, end)
        {
            return Some(Found::new(comma + 2, source, Rule::AfterApart));
        }
        let to = usize::from(tokens.word(comma + 2) == "to");
        if next.is(Class::ACCORDING) && (to == 1 || tokens.lexicon.german) {
            let Some(source) = grammar.phrase(comma + 2 + to, end) else { continue };
            return Some(Found { cue: Some((comma + 1, comma + 2 + to)), source, rule: Rule::AfterApart });
        }
        if next.small(Class::AUX)
            && tokens.lexicon.german
            && let Some(verb) = (comma + 2..end).find(|place| tokens.at(*place).small(Class::SAY))
            && let Some(source) = grammar.phrase(comma + 2, verb)
        {
            return Some(Found::new(verb, source, Rule::AfterApart));
        }
        let verb_first = next.small(Class::SAY);
        let Some(source) = grammar.phrase(comma + 1 + usize::from(verb_first), end) else { continue };
        let behind = tokens.at(source.end + 1);
        let closes = behind.kind != Kind::Word || behind.is(Class::PREP | Class::DAY);
        let verb_behind = tokens.at(source.end).small(Class::SAY) && closes;
        let it = tokens.lexicon.german && tokens.at(source.head).small(Class::IT);
        if grammar.can_speak(source) && !it && (verb_first || verb_behind) {
            let verb = if verb_first { comma + 1 } else { source.end };
            return Some(Found::new(verb, source, Rule::AfterApart));
        }
    }
    None
}

/// Where the search behind a quotation ends. A full stop in a bracket or before a comma, “R-Nev., said”, ends nothing.
fn clause_end(grammar: Grammar, start: usize) -> usize {
    let mut bracket = false;
    for place in start..start + REACH_AFTER {
        match grammar.tokens.at(place).kind {
            Kind::Open => bracket = true,
            Kind::Close => bracket = false,
            Kind::Stop | Kind::Colon if bracket => {}
            Kind::Stop if grammar.tokens.at(place + 1).kind == Kind::Comma => {}
            Kind::Stop | Kind::Quote | Kind::Break | Kind::Edge | Kind::Semicolon | Kind::Colon => return place,
            _ => {}
        }
    }
    start + REACH_AFTER
}
