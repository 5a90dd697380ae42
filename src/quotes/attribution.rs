//! For every quotation: the cue and the phrase that names the source. Rules in order, each with its name; who is meant
//! by “he” is settled in `coreference`.

use std::ops::Range;

use super::lexicon::Class;
use super::subject::{Grammar, Phrase};
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
    /// A paragraph that is only a quotation.
    Paragraph,
}

/// Cue and source of one quotation.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// Tokens of the cue.
    pub cue: Option<(usize, usize)>,
    pub source: Option<Phrase>,
    pub rule: Rule,
}

/// How far a cue behind a quotation is looked for, in tokens.
const REACH_AFTER: usize = 40;
/// How far a cue before a quotation is looked for, in tokens.
const REACH_BEFORE: usize = 80;

/// Cue and source of every quotation, in order.
pub fn attribute(grammar: Grammar, shapes: &[Shape]) -> Vec<Option<Found>> {
    let mut found: Vec<Option<Found>> = Vec::with_capacity(shapes.len());
    for (index, shape) in shapes.iter().enumerate() {
        let attribution = in_sentence(grammar, shape);
        found.push(attribution);
        if attribution.is_none()
            && let Some(slot) = carried(grammar, shapes, &found, index)
            && let Some(last) = found.last_mut()
        {
            *last = Some(slot);
        }
    }
    share_backwards(grammar, shapes, &mut found);
    found
}

fn in_sentence(grammar: Grammar, shape: &Shape) -> Option<Found> {
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
    match (earlier, later) {
        (Some(earlier), Some(later)) if later.rule == Rule::AfterBare => Some(earlier),
        (earlier, later) => later.or(earlier).or_else(|| after_apart(grammar, shape)),
    }
}

/// “…” in the valley, said Brown: the cue stands at the end of the sentence.
fn after_apart(grammar: Grammar, shape: &Shape) -> Option<Found> {
    let tokens = grammar.tokens;
    let end = tokens.sentence_end(shape.token).min(shape.token + REACH_AFTER);
    let comma = (shape.token + 1..end).rev().filter(|place| tokens.at(*place).kind == Kind::Comma);
    for comma in comma {
        let next = tokens.at(comma + 1);
        if next.small(Class::SAY)
            && let Some(source) = grammar.phrase(comma + 2, end)
            && grammar.can_speak(source)
        {
            return Some(Found { cue: Some((comma + 1, comma + 2)), source: Some(source), rule: Rule::AfterApart });
        }
        if next.is(Class::ACCORDING) && tokens.word(comma + 2) == "to" {
            let source = grammar.phrase(comma + 3, end)?;
            return Some(Found { cue: Some((comma + 1, comma + 3)), source: Some(source), rule: Rule::AfterApart });
        }
        if let Some(source) = grammar.phrase(comma + 1, end)
            && tokens.at(source.end).small(Class::SAY)
            && grammar.can_speak(source)
            && !matches!(tokens.at(source.end + 1).kind, Kind::Word)
        {
            return Some(Found {
                cue: Some((source.end, source.end + 1)),
                source: Some(source),
                rule: Rule::AfterApart,
            });
        }
    }
    None
}

/// The cue behind the quotation.
fn after(grammar: Grammar, shape: &Shape) -> Option<Found> {
    let tokens = grammar.tokens;
    let mut start = shape.token + 1;
    let comma = matches!(tokens.at(start).kind, Kind::Comma | Kind::Dash);
    if comma {
        start += 1;
    }
    let open_end = comma || matches!(shape.last, ',' | '?' | '!' | '—' | '–' | '-' | '…');
    if shape.last == '.' && !comma {
        return None;
    }
    let limit = end_of_clause(grammar, start);
    let first = tokens.at(start);
    if first.kind != Kind::Word {
        return None;
    }
    let mut verb = start;
    while verb < limit
        && (tokens.at(verb).small(Class::ADVERB) || tokens.word(verb).ends_with("ly") && !tokens.at(verb).capital)
    {
        verb += 1;
    }
    if tokens.at(verb).small(Class::SAY) {
        if tokens.at(verb).is(Class::PRONOUN) {
            // « … », dit-il
            let source = Phrase { start: verb, end: verb + 1, head: verb };
            return Some(Found { cue: Some((verb, verb + 1)), source: Some(source), rule: Rule::After });
        }
        let source = (verb + 1..limit.min(verb + 4)).find_map(|place| {
            let token = tokens.at(place);
            let skipped = (verb + 1..place)
                .all(|place| tokens.at(place).is(Class::ADVERB | Class::DAY) || tokens.at(place).kind == Kind::Comma);
            (skipped && !token.is(Class::PREP)).then(|| grammar.phrase(place, limit)).flatten()
        });
        return source.map(|source| Found { cue: Some((verb, verb + 1)), source: Some(source), rule: Rule::Inverted });
    }
    if first.is(Class::ACCORDING) {
        let to = usize::from(tokens.word(start + 1) == "to");
        let source = grammar.phrase(start + 1 + to, limit)?;
        return Some(Found { cue: Some((start, start + 1 + to)), source: Some(source), rule: Rule::According });
    }
    let lead = if tokens.word(start) == "as" { start + 1 } else { start };
    let subject = grammar.phrase(lead, limit)?;
    if first.is(Class::PREP | Class::AND | Class::THAT | Class::WHO) && lead == start {
        return None;
    }
    let verb = (subject.end..limit).find(|place| {
        let token = tokens.at(*place);
        token.is(Class::SAY)
            && (!token.capital || *place == subject.end)
            && !tokens.before(*place).is(Class::DETERMINER)
    });
    if let Some(verb) = verb
        && (open_end || verb <= subject.end + 1)
    {
        let source = grammar.subject(verb, start).unwrap_or(subject);
        return Some(Found { cue: Some((verb, verb + 1)), source: Some(source), rule: Rule::After });
    }
    let direct = open_end && shape.last == ',' && shape.words >= 4;
    if direct && tokens.at(subject.end).kind == Kind::Word {
        return Some(Found { cue: Some((subject.end, subject.end + 1)), source: Some(subject), rule: Rule::AfterBare });
    }
    None
}

/// Where the search behind a quotation ends.
fn end_of_clause(grammar: Grammar, start: usize) -> usize {
    let tokens = grammar.tokens;
    (start..start + REACH_AFTER)
        .find(|place| {
            matches!(
                tokens.at(*place).kind,
                Kind::Stop | Kind::Quote | Kind::Break | Kind::Edge | Kind::Semicolon | Kind::Colon
            )
        })
        .unwrap_or(start + REACH_AFTER)
}

/// The cue before the quotation, in its sentence: the nearest verb of saying whose subject can speak, else the nearest
/// weaker sign.
fn before(grammar: Grammar, shape: &Shape) -> Option<Found> {
    let tokens = grammar.tokens;
    let start = tokens.sentence_start(shape.token).max(shape.token.saturating_sub(REACH_BEFORE));
    let mut weak = None;
    for place in (start..shape.token).rev() {
        let token = tokens.at(place);
        if token.kind == Kind::Colon
            && place + 1 == shape.token
            && let Some(found) = label(grammar, start, place)
        {
            return Some(found);
        }
        if token.kind != Kind::Word {
            continue;
        }
        let near = (place + 1..shape.token).all(|between| is_thin(grammar, between));
        let Some((found, strong)) = cue_at(grammar, shape, start, place, near) else { continue };
        if strong {
            return Some(found);
        }
        weak = weak.or(Some(found));
    }
    weak.or_else(|| lead(grammar, shape, start))
}

/// What the word at `place` says about a quotation further on, and whether that is strong.
fn cue_at(grammar: Grammar, shape: &Shape, start: usize, place: usize, near: bool) -> Option<(Found, bool)> {
    let tokens = grammar.tokens;
    let token = tokens.at(place);
    let limit = clause_limit(grammar, start, place);
    let found = |cue, source, rule| Found { cue: Some(cue), source: Some(source), rule };
    if token.is(Class::ACCORDING) {
        let to = usize::from(tokens.word(place + 1) == "to");
        if to == 0 && tokens.word(place).eq_ignore_ascii_case("according") {
            return None;
        }
        let source = grammar.phrase(place + 1 + to, shape.token).filter(|source| grammar.can_speak(*source))?;
        return Some((found((place, place + 1 + to), source, Rule::According), true));
    }
    if token.is(Class::OPINION) && tokens.before(place).is(Class::PREP) {
        let source = grammar.phrase(place + 1, shape.token)?;
        return Some((found((place - 1, place + 1), source, Rule::According), true));
    }
    let noun = grammar.is_noun(place);
    if token.is(Class::QUIP)
        && noun
        && let Some(owned) = owner(grammar, place, limit)
    {
        let close =
            (place + 1..shape.token).all(|between| is_thin(grammar, between) || tokens.at(between).is(Class::PREP));
        return Some((owned, close));
    }
    if noun || token.capital && place > start && !token.is(Class::SAY) {
        return None;
    }
    let rule = if near { Rule::Before } else { Rule::BeforeApart };
    if token.is(Class::SAY | Class::REWORD) {
        if is_passive(grammar, place) {
            return passive(grammar, shape, place);
        }
        if let Some(source) = grammar.subject_around(place, limit, shape.token) {
            return Some((found((place, place + 1), source, rule), grammar.can_speak(source)));
        }
        // explained the moderator Ada Brown: “…”
        let source = token.is(Class::SAY).then(|| grammar.phrase(place + 1, shape.token)).flatten()?;
        let closes = source.end + 1 == shape.token && matches!(tokens.at(source.end).kind, Kind::Colon | Kind::Comma);
        return closes.then(|| (found((place, place + 1), source, Rule::Before), true));
    }
    if token.is(Class::SAYING) {
        let source = speaker_of_participle(grammar, place, limit)?;
        return Some((found((place, place + 1), source, Rule::Saying), grammar.can_speak(source)));
    }
    if token.is(Class::SPEAK) {
        let source = if tokens.word(place.wrapping_sub(1)) == "to" {
            grammar.main_subject(limit, place)
        } else if tokens.before(place).is(Class::AUX | Class::NOT | Class::ADVERB | Class::THEY) {
            grammar.subject(place, limit)
        } else if tokens.before(place).is(Class::AND) {
            return grammar
                .main_subject(limit, place)
                .map(|source| (found((place, place + 1), source, Rule::Think), false));
        } else {
            None
        };
        return source.map(|source| (found((place, place + 1), source, rule), grammar.can_speak(source)));
    }
    if token.is(Class::PUT) && tokens.word(place + 1) == "it" {
        let source = grammar.subject(place, limit)?;
        return Some((found((place, place + 2), source, Rule::Before), true));
    }
    let claims = !token.capital && tokens.word(place).ends_with("ed") || token.is(Class::VERB);
    if claims && tokens.word(place + 1) == "that" && !is_passive(grammar, place) {
        let source = grammar.subject(place, limit)?;
        return grammar.can_speak(source).then(|| (found((place, place + 1), source, Rule::Think), false));
    }
    if token.is(Class::THINK) && !is_passive(grammar, place) {
        let source = grammar.subject(place, limit)?;
        return grammar.can_speak(source).then(|| (found((place, place + 1), source, Rule::Think), false));
    }
    None
}

/// “Brown went on, saying”, “one of them asking”, “he is saying”.
fn speaker_of_participle(grammar: Grammar, place: usize, limit: usize) -> Option<Phrase> {
    let tokens = grammar.tokens;
    let beside = tokens.before(place);
    if beside.is(Class::AUX) {
        return grammar.subject(place, limit);
    }
    if beside.kind == Kind::Possessive && place > limit + 1 && tokens.before(place - 1).is(Class::PRONOUN) {
        return Some(Phrase { start: place - 2, end: place, head: place - 2 });
    }
    if beside.kind == Kind::Word && !beside.is(Class::FUNCTION | Class::ADVERB) && place > limit {
        let own = grammar.ending_at(place, limit).filter(|own| !tokens.at(own.head).small(Class::QUIP));
        if own.is_some() {
            return own;
        }
    }
    // “…, Brown said, adding”
    let said = (limit..place).rev().find(|at| {
        tokens.at(*at).small(Class::SAY)
            && !grammar.is_noun(*at)
            && (tokens.at(at + 1).kind == Kind::Comma || tokens.at(at + 1).is(Class::AND | Class::DAY | Class::PREP))
    });
    let sayer = said.filter(|said| !is_passive(grammar, *said)).and_then(|said| grammar.subject(said, limit));
    sayer.filter(|sayer| grammar.can_speak(*sayer)).or_else(|| grammar.main_subject(limit, place))
}

/// “was called “…” by Brown”
fn passive(grammar: Grammar, shape: &Shape, verb: usize) -> Option<(Found, bool)> {
    let tokens = grammar.tokens;
    let by = if tokens.word(verb) == "asked" && tokens.word(verb + 1) == "by" { verb + 1 } else { shape.token + 1 };
    if tokens.word(by) != "by" {
        return None;
    }
    let source = grammar.phrase(by + 1, by + 20)?;
    Some((Found { cue: Some((verb, verb + 1)), source: Some(source), rule: Rule::BeforeApart }, true))
}

/// “Billy Green hums, “…””, “Then she went further: “…””: a comma or colon leads to a sentence; the verb is in no table.
fn lead(grammar: Grammar, shape: &Shape, start: usize) -> Option<Found> {
    let tokens = grammar.tokens;
    let mark = shape.token.checked_sub(1)?;
    if !matches!(tokens.at(mark).kind, Kind::Comma | Kind::Colon) || !shape.first.is_uppercase() || shape.words < 3 {
        return None;
    }
    let source = grammar.main_subject(start, mark)?;
    grammar.can_speak(source).then_some(Found { cue: Some((mark, mark + 1)), source: Some(source), rule: Rule::Lead })
}

/// Words that may stand between a cue and what was said.
fn is_thin(grammar: Grammar, place: usize) -> bool {
    let token = grammar.tokens.at(place);
    match token.kind {
        Kind::Comma | Kind::Colon | Kind::Dash => true,
        Kind::Word => token.is(Class::THAT | Class::DETERMINER | Class::AUX | Class::PRONOUN | Class::ADVERB),
        _ => false,
    }
}

/// A subject is not looked for across a semicolon or a quotation in the same sentence that ends a clause.
fn clause_limit(grammar: Grammar, start: usize, place: usize) -> usize {
    let tokens = grammar.tokens;
    (start..place).rev().find(|place| tokens.at(*place).kind == Kind::Semicolon).map_or(start, |place| place + 1)
}

/// “was called”, “is said to be”: nobody is named by the subject.
fn is_passive(grammar: Grammar, verb: usize) -> bool {
    let tokens = grammar.tokens;
    let mut at = verb;
    while tokens.before(at).small(Class::ADVERB | Class::NOT) {
        at -= 1;
    }
    tokens.before(at).is(Class::BEING) && tokens.before(at).kind == Kind::Word
}

/// “his promise of”, “Brown's claim that”.
fn owner(grammar: Grammar, noun: usize, limit: usize) -> Option<Found> {
    let tokens = grammar.tokens;
    let source = if tokens.before(noun).kind == Kind::Possessive {
        grammar.ending_at(noun - 1, limit)
    } else if tokens.before(noun).is(Class::HIS) {
        Some(Phrase { start: noun - 1, end: noun, head: noun - 1 })
    } else {
        None
    };
    source.map(|source| Found { cue: Some((noun, noun + 1)), source: Some(source), rule: Rule::Noun })
}

/// “Brown: “…””: a name alone before a colon.
fn label(grammar: Grammar, start: usize, colon: usize) -> Option<Found> {
    let source = grammar.phrase(start, colon)?;
    (source.end == colon
        && grammar.tokens.at(source.start).capital
        && !grammar.tokens.at(source.start).is(Class::DETERMINER))
    .then_some(Found { cue: Some((colon, colon + 1)), source: Some(source), rule: Rule::Label })
}

/// What an earlier quotation or sentence says about who goes on speaking.
fn carried(grammar: Grammar, shapes: &[Shape], found: &[Option<Found>], index: usize) -> Option<Found> {
    let tokens = grammar.tokens;
    let shape = shapes.get(index)?;
    let token = tokens.at(shape.token);
    let starts = tokens.sentence_start(shape.token) == shape.token;
    let earlier = index.checked_sub(1).and_then(|earlier| Some((shapes.get(earlier)?, (*found.get(earlier)?)?)));
    if let Some((earlier, attribution)) = earlier {
        let last = tokens.at(earlier.token);
        let cue_sentence = attribution.cue.map_or(last.sentence, |cue| tokens.at(cue.0).sentence.max(last.sentence));
        if last.paragraph == token.paragraph
            && (token.sentence == last.sentence || starts && token.sentence <= cue_sentence + 1)
        {
            return Some(Found { rule: Rule::Continued, ..attribution });
        }
    }
    if !starts {
        return None;
    }
    if token.sentence > 0 {
        let (begin, end) = tokens.sentence(token.sentence - 1);
        let begin = begin.max(end.saturating_sub(REACH_BEFORE));
        if tokens.at(begin).paragraph == token.paragraph && shape.first.is_uppercase() {
            let cue = (begin..end).rev().find(|place| {
                tokens.at(*place).is(Class::SAY | Class::REWORD | Class::SAYING) && !tokens.at(*place).capital
            });
            let source = cue.and_then(|cue| grammar.subject(cue, begin)).or_else(|| grammar.main_subject(begin, end));
            if source.is_some() {
                return Some(Found { cue: cue.map(|cue| (cue, cue + 1)), source, rule: Rule::EarlierSentence });
            }
        }
    }
    let alone = matches!(tokens.at(shape.token + 1).kind, Kind::Break | Kind::Edge | Kind::Quote);
    let first = tokens.before(shape.token).kind == Kind::Break;
    if !(first && alone) {
        return None;
    }
    if let Some((last, attribution)) = earlier
        && tokens.at(last.token).paragraph + 1 == token.paragraph
    {
        return Some(Found { rule: Rule::Paragraph, ..attribution });
    }
    let (begin, end) = tokens.sentence(tokens.before(shape.token).sentence);
    let begin = begin.max(end.saturating_sub(REACH_BEFORE));
    let colon = end.checked_sub(2).filter(|place| tokens.at(*place).kind == Kind::Colon)?;
    let cue = (begin..colon).rev().find(|place| tokens.at(*place).is(Class::SAY | Class::REWORD | Class::SAYING))?;
    let source = grammar.subject(cue, begin)?;
    Some(Found { cue: Some((cue, cue + 1)), source: Some(source), rule: Rule::Paragraph })
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
        let same = tokens.at(later.token).paragraph == tokens.at(earlier.token).paragraph
            && tokens.at(later.token).sentence <= tokens.at(earlier.token).sentence + 1;
        if after
            && same
            && let Some(slot @ None) = found.get_mut(index - 1)
        {
            *slot = Some(Found { rule: Rule::Shared, ..attribution });
        }
    }
}

/// Bytes of a stretch of tokens.
pub fn bytes(grammar: Grammar, range: Range<usize>) -> Range<u32> {
    let tokens = grammar.tokens;
    tokens.at(range.start).start..tokens.at(range.end.saturating_sub(1)).end
}
