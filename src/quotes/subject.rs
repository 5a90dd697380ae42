//! The subject of a verb: the phrase that does the saying, not merely the nearest name.

use super::lexicon::Class;
use super::names::Sort;
use super::phrases::{Grammar, Phrase, Way, is_lower_ending, is_participle, is_verb};
use super::tokens::Kind;

/// How many tokens a bracket before a verb may hold.
const BRACKET: usize = 14;
/// How many tokens may stand between an aside's comma and its noun.
const TITLES: usize = 6;

impl Grammar<'_, '_> {
    /// The subject of the finite verb at `verb`, looked for to its left and not before `limit`.
    pub fn subject(&self, verb: usize, limit: usize) -> Option<Phrase> {
        let tokens = self.tokens;
        let mut end = self.skip_modifiers(verb, limit);
        if end <= limit {
            return None;
        }
        let mut before = tokens.before(end);
        if before.kind == Kind::Close
            && let Some(open) = (limit..end).rev().take(BRACKET).find(|place| tokens.at(*place).kind == Kind::Open)
        {
            end = open;
            before = tokens.before(end);
        }
        if before.is(Class::PRONOUN) && before.kind == Kind::Word {
            return Some(Phrase::new(end - 1, end, end - 1, Way::Pronoun));
        }
        if before.small(Class::AND | Class::SAY) {
            return self.coordinated(limit, end - 1).map(|subject| subject.by(Way::Joined));
        }
        if before.kind == Kind::Word && (before.is(Class::WHO) || tokens.word(end - 1) == "that") {
            let antecedent = if tokens.before(end - 1).kind == Kind::Comma { end - 2 } else { end - 1 };
            let who = before.is(Class::WHO);
            let subject = if who { self.antecedent(antecedent, limit) } else { self.ending_at(antecedent, limit) };
            return subject.map(|subject| subject.by(Way::Relative));
        }
        if matches!(before.kind, Kind::Comma | Kind::Dash) {
            return self.before_aside(end - 1, limit);
        }
        self.ending_at(end, limit)
    }

    /// “Brown said so and added”: the verb before has the same subject; without one, the sentence's.
    fn coordinated(&self, limit: usize, and: usize) -> Option<Phrase> {
        let said = (limit..and).rev().find(|place| self.tokens.at(*place).small(Class::SAY) && !self.is_noun(*place));
        let subject = said.and_then(|said| self.subject(said, limit)).filter(|subject| self.is_named(*subject));
        subject.or_else(|| self.main_subject(limit, and))
    }

    /// Whom a relative clause behind `end` is about: the name right before it, else the whole phrase.
    fn antecedent(&self, end: usize, limit: usize) -> Option<Phrase> {
        let name = self.names.run_at(end.checked_sub(1)?).filter(|run| run.end == end && run.sort == Sort::Person);
        match name {
            Some(run) => Some(Phrase::new(run.first.max(limit), end, end - 1, Way::Relative)),
            None => self.ending_at(end, limit),
        }
    }

    /// The subject of the verb at `verb` where it comes second in its clause: behind it if something else stands first.
    pub fn subject_around(&self, verb: usize, limit: usize, end: usize) -> Option<Phrase> {
        if !self.tokens.lexicon.verb_second {
            return self.subject(verb, limit);
        }
        self.verb_second(verb, limit, end)
    }

    /// Leftward over auxiliaries, adverbs and times that stand right before the verb.
    fn skip_modifiers(&self, verb: usize, limit: usize) -> usize {
        let tokens = self.tokens;
        let mut end = verb;
        while end > limit {
            let before = tokens.before(end);
            if before.kind != Kind::Word {
                if before.kind == Kind::Possessive && end < verb {
                    break;
                }
                if before.kind == Kind::Number && tokens.before(end - 1).is(Class::DAY) {
                    end -= 1;
                    continue;
                }
                break;
            }
            let time = before.is(Class::DAY) && self.names.run_at(end - 1).is_none();
            let adverb = !before.capital && before.is(Class::AUX | Class::ADVERB | Class::NOT)
                || is_lower_ending(tokens, end - 1, "ly");
            if time {
                end -= 1;
                // “on Tuesday”, “last month”, “this week”
                while end > limit && tokens.before(end).small(Class::PREP | Class::ARTICLE | Class::ADVERB) {
                    end -= 1;
                }
            } else if adverb {
                end -= 1;
            } else {
                break;
            }
        }
        end
    }

    /// The subject in the clause that ends before `end`.
    pub fn ending_at(&self, end: usize, limit: usize) -> Option<Phrase> {
        let tokens = self.tokens;
        let begin = self.clause_start(end, limit);
        let split = begin > limit && tokens.before(begin).small(Class::AUX);
        if split && tokens.at(begin).small(Class::PREP | Class::ADVERB) {
            // “has in the past said”
            return self.subject(begin, limit);
        }
        if let Some(antecedent) = self.behind_relative(begin, limit) {
            return Some(antecedent.by(Way::Relative));
        }
        let found = self.first_subject(begin, end)?;
        // “Brown left and in a letter said”: what the preposition governs is no subject.
        let governed = tokens.at(begin).small(Class::PREP) && found.start == begin + 1;
        if governed && begin > limit && tokens.before(begin).small(Class::AND) {
            return self.coordinated(limit, begin - 1).map(|subject| subject.by(Way::Joined));
        }
        Some(self.unclosed_aside(begin, limit, found).unwrap_or(found.by(Way::Clause)))
    }

    /// Leftward from `end` to the first word of its clause.
    fn clause_start(&self, end: usize, limit: usize) -> usize {
        let tokens = self.tokens;
        let mut begin = end;
        while begin > limit {
            let token = tokens.before(begin);
            let inside = match token.kind {
                Kind::Word => {
                    let joins_names = tokens.before(begin - 1).names() && tokens.at(begin).names();
                    let breaks = token.small(Class::THAT | Class::WHO)
                        || is_verb(tokens, begin - 1) && !self.is_noun(begin - 1)
                        || token.small(Class::AND) && !joins_names
                        || token.is(Class::PRONOUN);
                    !breaks
                }
                Kind::Number | Kind::Possessive | Kind::Close | Kind::Open => true,
                _ => false,
            };
            if !inside {
                break;
            }
            begin -= 1;
        }
        begin
    }

    /// The first phrase of `begin..end` that hangs on no preposition; behind a fronted one, the last.
    fn first_subject(&self, begin: usize, end: usize) -> Option<Phrase> {
        let tokens = self.tokens;
        let mut at = begin;
        let mut fronted = false;
        let mut found = None;
        while at < end {
            let token = tokens.at(at);
            if token.kind != Kind::Word && token.kind != Kind::Number {
                at += 1;
                continue;
            }
            if token.is(Class::PREP | Class::ACCORDING) && !(token.capital && self.names.run_at(at).is_some()) {
                if found.is_some() {
                    break;
                }
                fronted = true;
                at += 1;
                continue;
            }
            let Some(phrase) = self.phrase(at, end) else {
                at += 1;
                continue;
            };
            at = phrase.end.max(at + 1);
            if self.looks_like_verb(phrase, end) {
                found = None;
                continue;
            }
            let time = self.is_time(phrase);
            if !time {
                found = Some(phrase);
                if !fronted {
                    break;
                }
            }
            fronted = fronted && time;
        }
        found
    }

    /// “Ada Brown, chief of sales at Acme said”: the aside was never closed, its phrase is not the subject.
    fn unclosed_aside(&self, begin: usize, limit: usize, found: Phrase) -> Option<Phrase> {
        let tokens = self.tokens;
        if !self.holds(found, Class::ROLE | Class::TITLE) {
            return None;
        }
        let floor = limit.max(begin.saturating_sub(TITLES));
        let comma = (floor..begin).rev().find(|place| tokens.at(*place).kind != Kind::Word)?;
        let titles = (comma + 1..begin)
            .all(|place| tokens.at(place).is(Class::ROLE | Class::TITLE | Class::AND | Class::ADVERB));
        if tokens.at(comma).kind != Kind::Comma || !titles || comma <= limit {
            return None;
        }
        let run = self.names.run_at(comma - 1).filter(|run| run.end == comma && run.sort != Sort::Place)?;
        if self.is_fronted(Phrase::new(run.first, run.end, run.end - 1, Way::Aside), limit) {
            return None;
        }
        if self.names.run_at(found.head).is_some_and(|run| run.sort == Sort::Person) {
            return None;
        }
        let role = !tokens.at(found.head).capital
            || tokens.at(found.start).is(Class::ROLE | Class::TITLE)
            || comma + 1 < begin;
        role.then(|| Phrase::new(run.first.max(limit), run.end, run.end - 1, Way::Aside))
    }

    /// “an official who spoke quietly said”: the verb before `begin` belongs to a relative clause.
    fn behind_relative(&self, begin: usize, limit: usize) -> Option<Phrase> {
        let tokens = self.tokens;
        if begin <= limit + 2 || !is_verb(tokens, begin - 1) {
            return None;
        }
        let end = self.skip_modifiers(begin - 1, limit);
        let relative = tokens.before(end);
        if end <= limit + 1 || !relative.is(Class::WHO) || tokens.before(end - 1).kind == Kind::Comma {
            return None;
        }
        self.ending_at(end - 1, limit)
    }

    /// One word in lower case right before another phrase: “depicts one of them”.
    fn looks_like_verb(&self, phrase: Phrase, end: usize) -> bool {
        let next = self.tokens.at(phrase.end);
        phrase.end == phrase.start + 1
            && phrase.end < end
            && self.tokens.at(phrase.head).kind == Kind::Word
            && !self.tokens.at(phrase.head).capital
            && !self.tokens.at(phrase.head).is(Class::SOME | Class::ROLE | Class::PRONOUN)
            && next.is(Class::DETERMINER)
    }

    /// “NAME, an aside, said”: `comma` is the one before the verb.
    fn before_aside(&self, comma: usize, limit: usize) -> Option<Phrase> {
        let tokens = self.tokens;
        let mut end = comma;
        while end > limit {
            let Some(opening) =
                (limit..end).rev().find(|place| matches!(tokens.at(*place).kind, Kind::Comma | Kind::Dash))
            else {
                break;
            };
            let first = tokens.at(opening + 1);
            if tokens.before(opening).is(Class::WHO) && opening > limit + 1 {
                // “Brown, who, in a speech, said”
                let antecedent = opening - 1 - usize::from(tokens.before(opening - 1).kind == Kind::Comma);
                return self.ending_at(antecedent, limit);
            }
            let aside = first.kind == Kind::Number
                || first.kind == Kind::Word
                    && (!first.capital
                        || first.is(Class::FUNCTION | Class::TITLE | Class::ROLE | Class::PLACE | Class::GROUP)
                        || matches!(tokens.word(opening + 1).trim_end_matches('.'), "Jr" | "Sr"));
            let subject = self.ending_at(opening, limit);
            // “the club's coach, Ada Brown, said”
            let aside = aside || subject.is_some_and(|subject| self.tokens.at(subject.head).small(Class::ROLE));
            if aside
                && let Some(subject) = subject
                && !self.is_fronted(subject, limit)
            {
                return Some(subject.by(Way::Aside));
            }
            if subject.is_none() || opening <= limit {
                break;
            }
            end = opening;
        }
        self.main_subject(limit, comma)
    }

    /// The phrase stands in a fronted part of its sentence: “In Ohio, …”, “Speaking at the hall, …”.
    fn is_fronted(&self, phrase: Phrase, limit: usize) -> bool {
        let tokens = self.tokens;
        let mut start = phrase.start;
        while start > limit
            && !matches!(tokens.before(start).kind, Kind::Comma | Kind::Quote | Kind::Colon | Kind::Dash)
        {
            start -= 1;
        }
        let first = tokens.at(start);
        // “As Ada Brown, the clerk, put it”
        let clause =
            start + 1 == phrase.start && tokens.word(start).eq_ignore_ascii_case("as") && self.is_named(phrase);
        start < phrase.start && !clause && (first.is(Class::FRONTS) || is_participle(tokens, start))
    }

    /// The subject of the sentence or clause that begins at `start`, before `end`.
    pub fn main_subject(&self, start: usize, end: usize) -> Option<Phrase> {
        let tokens = self.tokens;
        let mut at = self.behind_dateline(start, end);
        while at < end {
            let token = tokens.at(at);
            match token.kind {
                Kind::Word => {
                    let named = token.capital && self.names.run_at(at).is_some();
                    if !named && (token.is(Class::FRONTS) || is_participle(tokens, at) || tokens.word(at) == "To") {
                        // The subject stands behind the comma that ends the fronted part.
                        let comma = (at..end).find(|place| tokens.at(*place).kind == Kind::Comma);
                        match comma {
                            Some(comma) => at = comma + 1,
                            None => return self.unfronted(at + 1, end),
                        }
                        continue;
                    }
                    if !named && token.is(Class::AND | Class::ADVERB | Class::THAT) && !token.is(Class::DETERMINER) {
                        at += 1;
                        continue;
                    }
                    match self.phrase(at, end) {
                        Some(phrase) if self.is_rest_of_place(phrase, start) => at = phrase.end,
                        Some(phrase) if !self.is_time(phrase) => return Some(phrase.by(Way::Sentence)),
                        Some(phrase) => at = phrase.end.max(at + 1),
                        None => at += 1,
                    }
                }
                _ => at += 1,
            }
        }
        None
    }

    /// “In Salem, Ohio, Brown …”: the second half of a place, not a subject.
    fn is_rest_of_place(&self, phrase: Phrase, start: usize) -> bool {
        let place = self.names.run_at(phrase.head).is_some_and(|run| run.sort == Sort::Place);
        let commas = [self.tokens.before(phrase.start).kind, self.tokens.at(phrase.end).kind];
        place && phrase.start > start && commas == [Kind::Comma, Kind::Comma]
    }

    /// Behind “WASHINGTON (AP) — ” at the start of a paragraph.
    fn behind_dateline(&self, start: usize, end: usize) -> usize {
        let tokens = self.tokens;
        let shouted =
            tokens.word(start).len() > 3 && tokens.word(start).chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
        let dash = (start..end.min(start + 14)).find(|place| tokens.at(*place).kind == Kind::Dash);
        match dash {
            Some(dash) if shouted && tokens.at(start).kind == Kind::Word => dash + 1,
            _ => start,
        }
    }

    /// “On Tuesday Brown said”: no comma ends the fronted part; the last phrase before a verb is the subject.
    fn unfronted(&self, start: usize, end: usize) -> Option<Phrase> {
        let verb = (start..end).find(|place| is_verb(self.tokens, *place) && !self.is_noun(*place))?;
        let subject = self.ending_at(verb, start)?;
        (!self.tokens.before(subject.start).is(Class::PREP)).then_some(subject)
    }
}
