//! The rules for a cue that stands before its quotation, in the same sentence.

use super::cues::{FEWEST_WORDS, Found, REACH_AFTER, REACH_BEFORE, Rule};
use super::lexicon::Class;
use super::names::Sort;
use super::phrases::{Grammar, Phrase, Way};
use super::tokens::{Kind, Shape};

/// The cue before the quotation, in its sentence: the nearest verb of saying whose subject can speak, else the nearest
/// weaker sign.
pub fn before(grammar: Grammar, shape: &Shape) -> Option<Found> {
    let tokens = grammar.tokens;
    let start = search_start(grammar, shape);
    let colon = (start..shape.token).rev().find(|place| tokens.at(*place).kind != Kind::Other);
    if let Some(colon) = colon.filter(|place| tokens.at(*place).kind == Kind::Colon)
        && let Some(found) = label(grammar, start, colon)
    {
        return Some(found);
    }
    let mut cues = tokens.cues_before(shape, start).peekable();
    if cues.peek().is_none() {
        return lead(grammar, shape, start);
    }
    let semicolon = (start..shape.token).rev().find(|place| tokens.at(*place).kind == Kind::Semicolon);
    let limit = semicolon.map_or(start, |place| place + 1);
    let thick = (start..shape.token).rev().find(|place| !is_thin(grammar, *place));
    let mut search = Search { grammar, quote: shape.token, start, limit, near: true };
    let mut weak = None;
    for place in cues {
        search.near = thick.is_none_or(|thick| thick <= place);
        search.limit = if place < limit { start } else { limit };
        if let Some((found, strength)) = search.cue_at(place) {
            if strength == Strength::Strong {
                return Some(found);
            }
            weak = weak.or(Some(found));
        }
    }
    weak.or_else(|| lead(grammar, shape, start))
}

/// According to Brown, the mill was lost: whose words the tokens of `start..end` give.
pub fn according(grammar: Grammar, start: usize, end: usize) -> Option<Found> {
    let search = Search { grammar, quote: end, start, limit: start, near: false };
    let given = Class::ACCORDING | Class::POSTPOSED | Class::OPINION;
    let mut cues = grammar.tokens.cues(start..end).rev().filter(|place| grammar.tokens.at(*place).is(given));
    cues.find_map(|place| search.cue_at(place)).map(|(found, _)| found)
}

/// How many other quotations a cue may stand behind.
const PARTS: usize = 8;

/// Where the search to the left ends: with the sentence, and never far away.
fn search_start(grammar: Grammar, shape: &Shape) -> usize {
    let tokens = grammar.tokens;
    let floor = tokens.sentence_start(shape.token).max(shape.token.saturating_sub(REACH_BEFORE));
    tokens.quote_before(shape, PARTS).map_or(floor, |part| part.max(floor))
}

/// Whether a cue ends the search, or only counts if none better is found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Strength {
    Strong,
    Weak,
}

/// A search for the cue before a quotation.
struct Search<'t, 'a> {
    grammar: Grammar<'t, 'a>,
    /// Token of the quotation.
    quote: usize,
    /// Where its sentence starts.
    start: usize,
    /// Where the clause starts: no subject is looked for across a semicolon.
    limit: usize,
    /// Only thin words stand between here and the quotation.
    near: bool,
}

impl Search<'_, '_> {
    /// What the word at `place` says about the quotation.
    fn cue_at(&self, place: usize) -> Option<(Found, Strength)> {
        let grammar = self.grammar;
        let tokens = grammar.tokens;
        let token = tokens.at(place);
        if token.is(Class::ACCORDING) {
            return self.according(place);
        }
        if token.is(Class::POSTPOSED) {
            return self.postposed(place);
        }
        if token.is(Class::OPINION)
            && let Some(found) = self.opinion(place)
        {
            return Some((found, Strength::Strong));
        }
        let noun = grammar.is_noun(place);
        if token.is(Class::QUIP)
            && noun
            && let Some(owned) = self.owned(place)
        {
            return Some(owned);
        }
        if noun || token.capital && place > self.start && !token.is(Class::SAY) {
            return None;
        }
        let rule = if self.near { Rule::Before } else { Rule::BeforeApart };
        if token.is(Class::SAY | Class::REWORD) {
            return self.finite(place, rule);
        }
        if token.is(Class::SAYING) {
            let source = self.subject_of_participle(place)?;
            return Some(self.judged(Found::new(place, source, Rule::Saying)));
        }
        if token.is(Class::SPEAK) {
            return self.bare_verb(place, rule);
        }
        let ends = tokens.at(place + 2).kind != Kind::Word;
        if token.is(Class::PUT) && ends && matches!(tokens.word(place + 1), "it" | "back" | "on") {
            let source = grammar.subject(place, self.limit)?;
            return Some((Found { cue: Some((place, place + 2)), source, rule: Rule::Before }, Strength::Strong));
        }
        let claims = !token.capital && tokens.word(place).ends_with("ed") || token.is(Class::VERB);
        let claims = claims && (place + 1..place + 4).any(|place| tokens.word(place) == "that");
        if (claims || token.is(Class::THINK)) && !is_passive(grammar, place) {
            let source = grammar.subject(place, self.limit).filter(|source| grammar.can_speak(*source))?;
            return Some((Found::new(place, source, Rule::Think), Strength::Weak));
        }
        None
    }

    /// Strong if the source can speak.
    fn judged(&self, found: Found) -> (Found, Strength) {
        let strong = self.grammar.can_speak(found.source);
        (found, if strong { Strength::Strong } else { Strength::Weak })
    }

    /// According to Brown, it was “…”
    fn according(&self, place: usize) -> Option<(Found, Strength)> {
        let tokens = self.grammar.tokens;
        let to = tokens.word(place + 1) == "to";
        if !to && tokens.word(place).eq_ignore_ascii_case("according") {
            return None;
        }
        let from = place + 1 + usize::from(to);
        let marked = || self.grammar.in_marks(from).filter(|marked| marked.end <= self.quote);
        let source =
            self.grammar.phrase(from, self.quote).filter(|source| self.grammar.can_speak(*source)).or_else(marked)?;
        // “so” is a cue only where nothing else stands between: So Koller: „…“
        let so = tokens.word(place).eq_ignore_ascii_case("so");
        let apart = so && !(source.end..self.quote).all(|place| is_thin(self.grammar, place));
        let found = Found { cue: Some((place, from)), source, rule: Rule::According };
        (!apart).then_some((found, Strength::Strong))
    }

    /// In the opinion of Brown, nach Ansicht von Braun, nach den Worten der Leiterin: whose opinion it is stands behind.
    fn opinion(&self, place: usize) -> Option<Found> {
        let tokens = self.grammar.tokens;
        if tokens.lexicon.german && tokens.word(place + 1) == "nach" {
            return self.opinion_of(place);
        }
        let the = usize::from(tokens.lexicon.german && tokens.before(place).is(Class::DETERMINER | Class::OBLIQUE));
        let prep = place.checked_sub(1 + the).filter(|prep| tokens.at(*prep).is(Class::PREP))?;
        let of = usize::from(tokens.lexicon.german && tokens.at(place + 1).small(Class::HANGS));
        let source = self.grammar.phrase(place + 1 + of, self.quote)?;
        Some(Found { cue: Some((prep, place + 1)), source, rule: Rule::According })
    }

    /// “seiner Ansicht nach”, “Kollers Ansicht nach”
    fn opinion_of(&self, place: usize) -> Option<Found> {
        let tokens = self.grammar.tokens;
        let owner = place.checked_sub(1)?;
        let his = tokens.at(owner).is(Class::HIS).then(|| Phrase::new(owner, place, owner, Way::Owner));
        let named = || self.grammar.names.run_at(owner).map(|run| Phrase::new(run.first, place, run.first, Way::Owner));
        let source = his.or_else(named)?;
        Some(Found { cue: Some((place, place + 2)), source, rule: Rule::According })
    }

    /// “Koller zufolge war es „…“”: the source stands before the word.
    fn postposed(&self, place: usize) -> Option<(Found, Strength)> {
        let tokens = self.grammar.tokens;
        let mut start = place;
        while start > self.start && matches!(tokens.before(start).kind, Kind::Word | Kind::Number) {
            start -= 1;
            if tokens.at(start).is(Class::DETERMINER | Class::OBLIQUE) && tokens.at(start).kind == Kind::Word {
                break;
            }
            if self.grammar.names.run_at(start).is_some_and(|run| run.first == start)
                && !tokens.before(start).small(Class::HANGS)
            {
                break;
            }
        }
        let source = self.grammar.phrase(start, place).filter(|source| self.grammar.extended(*source).end == place)?;
        Some((Found::new(place, source, Rule::According), Strength::Strong))
    }

    /// Brown said, “…”; explained the moderator Ada Brown: “…”; was called “…” by Brown.
    fn finite(&self, place: usize, rule: Rule) -> Option<(Found, Strength)> {
        let grammar = self.grammar;
        let quoted = grammar.tokens.at(place).is(Class::QUOTED);
        if !quoted && is_passive(grammar, place) {
            return self.passive(place);
        }
        if quoted
            && grammar.tokens.lexicon.german
            && let Some(object) = grammar.quoted_object(place + 1, self.quote).filter(|object| object.end <= self.quote)
        {
            return Some((Found::new(place, object, rule), Strength::Strong));
        }
        if let Some(source) = grammar.subject_around(place, self.limit, self.quote) {
            let found = Found::new(place, source, rule);
            let relative = place > 0 && grammar.tokens.word(place - 1) == "that";
            let plain = self.near && !relative && grammar.tokens.at(place).is(Class::SAY);
            return Some(if plain { (found, Strength::Strong) } else { self.judged(found) });
        }
        if !grammar.tokens.at(place).is(Class::SAY) {
            return None;
        }
        let source = grammar.phrase(place + 1, self.quote)?;
        let mark = grammar.tokens.at(source.end).kind;
        let closes = source.end + 1 == self.quote && matches!(mark, Kind::Colon | Kind::Comma);
        closes.then(|| (Found::new(place, source, Rule::Before), Strength::Strong))
    }

    /// “was called “…” by Brown”, “was asked by Brown whether “…””
    fn passive(&self, verb: usize) -> Option<(Found, Strength)> {
        let tokens = self.grammar.tokens;
        let asked = tokens.word(verb) == "asked" && tokens.word(verb + 1) == "by";
        let by = if asked { verb + 1 } else { self.quote + 1 };
        if tokens.word(by) != "by" {
            return None;
        }
        let source = self.grammar.phrase(by + 1, by + REACH_AFTER)?;
        Some((Found::new(verb, source, Rule::BeforeApart), Strength::Strong))
    }

    /// “went on to say”, “would say”, “and call it”
    fn bare_verb(&self, place: usize, rule: Rule) -> Option<(Found, Strength)> {
        let grammar = self.grammar;
        let before = grammar.tokens.before(place);
        if before.is(Class::AND) {
            let source = grammar.main_subject(self.limit, place)?;
            return Some((Found::new(place, source, Rule::Think), Strength::Weak));
        }
        let source = if grammar.tokens.slice(before.start, before.end) == "to" {
            // “it led Ada Brown to say”
            let led = place.checked_sub(2).and_then(|place| grammar.names.run_at(place));
            let led = led.filter(|run| run.end + 1 == place && run.sort == Sort::Person && run.first > self.limit);
            let led = led.map(|run| Phrase::new(run.first, run.end, run.end - 1, Way::Beside));
            led.or_else(|| grammar.main_subject(self.limit, place))?
        } else if before.is(Class::AUX | Class::NOT | Class::ADVERB | Class::THEY) {
            grammar.subject(place, self.limit)?
        } else {
            return None;
        };
        Some(self.judged(Found::new(place, source, rule)))
    }

    /// “he is saying”, “one of them asking”, “…, Brown said, adding”, “Brown went on, saying”.
    fn subject_of_participle(&self, place: usize) -> Option<Phrase> {
        let grammar = self.grammar;
        let tokens = grammar.tokens;
        let beside = tokens.before(place);
        if beside.is(Class::AUX) {
            return grammar.subject(place, self.limit);
        }
        if place == self.start {
            return self.subject_behind();
        }
        if beside.kind == Kind::Possessive && place > self.limit + 1 && tokens.before(place - 1).is(Class::PRONOUN) {
            return Some(Phrase::new(place - 2, place, place - 2, Way::Beside));
        }
        if beside.kind == Kind::Word && !beside.is(Class::FUNCTION | Class::ADVERB) && place > self.limit {
            // “a statement saying” leaves it to who made the statement.
            let own = grammar.ending_at(place, self.limit).filter(|own| !tokens.at(own.head).small(Class::QUIP));
            // “Brown wrote to supporters saying”, “Brown emailed supporters saying”: they were told.
            let told = |own: &Phrase| {
                let verb = own
                    .start
                    .checked_sub(1)
                    .map(|place| if tokens.at(place).small(Class::PREP) { place - 1 } else { place });
                verb.is_some_and(|verb| tokens.at(verb).small(Class::SAY | Class::TELLS) && !is_passive(grammar, verb))
            };
            if let Some(own) = own.filter(|own| !told(own)) {
                return Some(own);
            }
        }
        let said = (self.limit..place).rev().find(|at| {
            let next = tokens.at(at + 1);
            let ends = next.kind == Kind::Comma || next.is(Class::AND | Class::DAY | Class::PREP);
            tokens.at(*at).small(Class::SAY) && !grammar.is_noun(*at) && ends
        });
        let sayer = said.filter(|said| !is_passive(grammar, *said)).and_then(|said| grammar.subject(said, self.limit));
        sayer.filter(|sayer| grammar.can_speak(*sayer)).or_else(|| grammar.main_subject(self.limit, place))
    }

    /// “Calling it “a marvel,” Brown left.”
    fn subject_behind(&self) -> Option<Phrase> {
        let tokens = self.grammar.tokens;
        let end = tokens.sentence_end(self.quote).min(self.quote + REACH_AFTER);
        let comma = (self.quote + 1..end).find(|place| tokens.at(*place).kind == Kind::Comma);
        let named = |near: &Phrase| self.grammar.is_named(*near) || self.grammar.names.run_at(near.head).is_some();
        let near = self.grammar.phrase(self.quote + 1, end).filter(named);
        near.or_else(|| self.grammar.phrase(comma? + 1, end)).filter(|source| self.grammar.can_speak(*source))
    }

    /// “his promise of “…””, “Brown's claim that it was “…””
    fn owned(&self, noun: usize) -> Option<(Found, Strength)> {
        let tokens = self.grammar.tokens;
        let source = if tokens.before(noun).kind == Kind::Possessive {
            self.grammar.ending_at(noun - 1, self.limit)?.by(Way::Owner)
        } else if tokens.before(noun).is(Class::HIS) {
            Phrase::new(noun - 1, noun, noun - 1, Way::Owner)
        } else {
            return None;
        };
        Some((Found::new(noun, source, Rule::Noun), Strength::Weak))
    }
}

/// “Brown: “…””: a name alone before a colon.
fn label(grammar: Grammar, start: usize, colon: usize) -> Option<Found> {
    let tokens = grammar.tokens;
    // “**Ada Brown:**”, “- Ada Brown:”
    let start = (start..colon).find(|place| !matches!(tokens.at(*place).kind, Kind::Other | Kind::Dash))?;
    // “And: “…”” goes on.
    if tokens.at(start).is(Class::AND | Class::THAT | Class::ADVERB) && start + 1 == colon {
        return None;
    }
    if start + 1 == colon && tokens.at(start).capital {
        // “Q:”, “A:”
        return Some(Found::new(colon, Phrase::new(start, colon, start, Way::Beside), Rule::Label));
    }
    let source = grammar.phrase(start, colon)?;
    let first = grammar.tokens.at(source.start);
    let described = grammar.tokens.at(source.head).is(Class::ROLE) && grammar.extended(source).end == colon;
    let named = !first.is(Class::DETERMINER) || grammar.is_named(source);
    let alone = first.capital && (source.end == colon && named || described);
    alone.then(|| Found::new(colon, source, Rule::Label))
}

/// “Für Ada Braun ist die Mühle „…“”: whose view it is.
fn view(grammar: Grammar, shape: &Shape, start: usize) -> Option<Found> {
    let tokens = grammar.tokens;
    if !tokens.lexicon.german || tokens.word(start) != "Für" {
        return None;
    }
    let source = grammar.phrase(start + 1, shape.token).filter(|source| grammar.is_named(*source))?;
    let verb = grammar.extended(source).end;
    let found = Found { cue: Some((start, start + 1)), source, rule: Rule::Think };
    (verb < shape.token && tokens.at(verb).small(Class::AUX)).then_some(found)
}

/// “Billy Green hums, “…””, “Then she went further: “…””: a comma or colon leads to a sentence; the verb is in no table.
fn lead(grammar: Grammar, shape: &Shape, start: usize) -> Option<Found> {
    if let Some(view) = view(grammar, shape, start) {
        return Some(view);
    }
    let mark = shape.token.checked_sub(1)?;
    let leads = matches!(grammar.tokens.at(mark).kind, Kind::Comma | Kind::Colon);
    if !leads || !shape.capital || shape.words + 1 < FEWEST_WORDS {
        return None;
    }
    let source = if grammar.tokens.lexicon.german {
        let verb = (start..mark).find(|place| grammar.is_finite(*place));
        let source = verb.and_then(|verb| grammar.verb_second(verb, start, mark));
        let colon = grammar.tokens.at(mark).kind == Kind::Colon;
        // “Ada Braun zur neuen Mühle: “…””
        let source = source.or_else(|| grammar.phrase(start, mark).filter(|_| verb.is_none() && colon))?;
        Some(source).filter(|source| colon || grammar.is_someone(*source))?
    } else {
        grammar.main_subject(start, mark)?
    };
    grammar.can_speak(source).then(|| Found::new(mark, source, Rule::Lead))
}

/// Words that may stand between a cue and what was said.
fn is_thin(grammar: Grammar, place: usize) -> bool {
    let token = grammar.tokens.at(place);
    match token.kind {
        Kind::Comma | Kind::Colon | Kind::Dash => true,
        Kind::Word => {
            let thin = Class::THAT | Class::DETERMINER | Class::AUX | Class::PRONOUN | Class::ADVERB | Class::DAY;
            token.is(thin) || token.is(Class::PREP) && grammar.tokens.at(place + 1).is(Class::DAY)
        }
        _ => false,
    }
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
