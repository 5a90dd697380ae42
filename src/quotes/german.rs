//! The subject of a verb in languages whose main clauses have the verb second: it stands before the verb, or behind it
//! where something else opens the clause; in a clause with a conjunction it follows that.

use super::cues::{Found, REACH_BEFORE, Rule};
use super::lexicon::Class;
use super::phrases::{Grammar, Phrase, Way};
use super::tokens::{Kind, Shape};

/// How far behind its verb a subject is looked for, in tokens.
const REACH_BEHIND: usize = 16;
/// How many clauses joined by “und” are followed to the left.
const JOINED: u32 = 3;
/// How many tokens may stand between an article and its noun: “die in Salem geborene Ada Braun”.
const ATTRIBUTE: usize = 10;

impl Grammar<'_, '_> {
    /// The subject of the verb at `verb`, between `limit` and `end`.
    pub fn verb_second(&self, verb: usize, limit: usize, end: usize) -> Option<Phrase> {
        self.second(self.finite_of(verb, limit), limit, end, JOINED)
    }

    /// “… als „Erfolg“ bezeichnet hatte”: the verb right behind the quotation ends the clause that holds it.
    pub fn verb_last(&self, shape: &Shape, start: usize, limit: usize) -> Option<Found> {
        let tokens = self.tokens;
        let rewords = start == shape.token + 1 && tokens.at(start).small(Class::REWORD) && tokens.lexicon.german;
        if !rewords {
            return None;
        }
        let opening = tokens.sentence_start(shape.token).max(shape.token.saturating_sub(REACH_BEFORE));
        let clause = self.segment_start(shape.token, opening);
        // “wird von Jan Koller als „Erfolg“ bezeichnet”, or nobody says by whom.
        let passive = (clause..shape.token).chain([start + 1]).any(|place| tokens.at(place).small(Class::BEING));
        let source =
            if passive { self.by_whom(clause, shape.token)? } else { self.verb_second(start, opening, limit)? };
        Some(Found::new(start, source, Rule::BeforeApart))
    }

    /// “von Jan Koller”, in a clause that somebody is the object of.
    fn by_whom(&self, start: usize, end: usize) -> Option<Phrase> {
        let by = (start..end).rev().find(|place| matches!(self.tokens.word(*place), "von" | "vom"))?;
        self.phrase(by + 1, end).filter(|source| self.can_speak(*source))
    }

    /// „…“, wie Jan Koller sagte
    pub fn as_said(&self, start: usize, limit: usize) -> Option<Found> {
        let tokens = self.tokens;
        if !tokens.lexicon.german || tokens.word(start) != "wie" {
            return None;
        }
        let verb = (start + 2..limit).find(|place| tokens.at(*place).small(Class::SAY))?;
        let source = self.nominative(start + 1, verb)?;
        Some(Found::new(verb, source, Rule::After))
    }

    /// „…“ Das sagte Jan Koller: the sentence behind the quotation.
    pub fn this_said(&self, shape: &Shape) -> Option<Found> {
        let tokens = self.tokens;
        let this = shape.token + 1;
        if !tokens.lexicon.german
            || !matches!(tokens.word(this), "Das" | "Dies")
            || !tokens.at(this + 1).small(Class::SAY)
        {
            return None;
        }
        let source = self.phrase(this + 2, tokens.sentence_end(this + 1))?;
        self.can_speak(source).then(|| Found::new(this + 1, source, Rule::AfterApart))
    }

    fn second(&self, verb: usize, limit: usize, end: usize, depth: u32) -> Option<Phrase> {
        let tokens = self.tokens;
        let pronoun = Phrase::new(verb + 1, verb + 2, verb + 1, Way::Behind);
        if tokens.at(verb + 1).small(Class::HE | Class::THEY) && verb + 1 < end {
            return Some(pronoun);
        }
        let calls = tokens.at(verb).is(Class::REWORD);
        if tokens.lexicon.german
            && !calls
            && (tokens.at(verb + 1).small(Class::IT) || tokens.before(verb).is(Class::IT))
        {
            return self.impersonal(verb, limit, end);
        }
        if verb <= limit {
            return self.behind(verb, end);
        }
        if !tokens.lexicon.german {
            let start = self.segment_start(verb, limit);
            let object = matches!(tokens.word(start), "Dat" | "Det");
            let fronted = start < verb && (object || self.is_front(start));
            return if fronted { self.behind(verb, end) } else { self.subject(verb, limit) };
        }
        let start = self.segment_start(verb, limit);
        if start == verb {
            return self.behind_aside(verb, limit, end, depth);
        }
        let first = tokens.at(start);
        let after_comma = tokens.before(start).kind == Kind::Comma;
        let last = tokens.at(verb + 1).kind != Kind::Word;
        // “…, weil er es so genannt hat, …”
        let aux = verb + 1 + usize::from(tokens.at(verb + 1).small(Class::AUX));
        if after_comma && start > limit && last && (first.is(Class::WHO) || self.is_relative(start)) {
            return self.ending_at(start - 1, limit).map(|subject| subject.by(Way::Relative));
        }
        if first.is(Class::THAT) && tokens.at(aux).kind != Kind::Word {
            return self.nominative(start + 1, verb).map(|subject| subject.by(Way::Clause));
        }
        if let Some(subject) = self.joined(start, verb, limit, depth) {
            return Some(subject);
        }
        if after_comma
            && start > limit + 1
            && let Some(subject) = self.apposed(start, limit)
        {
            return Some(subject);
        }
        // “Auch der Bürgermeister sagte”
        let start =
            start + usize::from(first.is(Class::ADVERB) && tokens.at(start + 1).is(Class::DETERMINER | Class::TITLE));
        if self.is_front(start) {
            return self.behind(verb, end);
        }
        let subject = self.phrase(start, verb).map(|phrase| self.with_second_role(phrase, verb));
        match subject {
            Some(subject) if self.is_someone(subject) => Some(subject.by(Way::Clause)),
            // “Die Brücke nannte Koller eine Ruine”
            Some(subject) if self.is_nominative(start) => Some(subject.by(Way::Clause)),
            subject => self.behind(verb, end).filter(|other| self.is_someone(*other)).or(subject),
        }
    }

    /// “In dem Antrag heißt es”, “hieß es aus Salem”: what the preposition governs; “es” itself says nothing.
    pub fn impersonal(&self, verb: usize, limit: usize, end: usize) -> Option<Phrase> {
        let tokens = self.tokens;
        let governed = |from: usize, to: usize| {
            let mut at = from;
            while at < to {
                let prep = (at..to).find(|place| !tokens.at(*place).small(Class::ADVERB | Class::IT))?;
                let owner = tokens.at(prep).is(Class::PREP).then(|| self.phrase(prep + 1, to))??;
                // “am Montag”, “zur Begründung”: not where it is said.
                if !self.is_time(owner) && !tokens.word(prep).starts_with('z') {
                    return Some(owner);
                }
                at = if self.is_time(owner) { owner.end } else { self.extended(owner).end };
            }
            None
        };
        let start = self.segment_start(verb, limit);
        governed(verb + 2, end.min(verb + REACH_BEHIND))
            .or_else(|| governed(start, verb))
            .map(|owner| owner.by(Way::Behind))
    }

    /// “zitiert Ada Braun mit den Worten”, “zitiert die Zeitung Ada Braun”: whose words somebody else passes on.
    pub fn quoted_object(&self, from: usize, limit: usize) -> Option<Phrase> {
        let first = self.phrase(from, limit).or_else(|| self.in_marks(from))?;
        let second = self.phrase(first.end, first.end + REACH_BEHIND).filter(|second| self.is_named(*second));
        let with = || self.tokens.word(first.end) == "mit" && self.is_named(first);
        second.or_else(|| with().then_some(first))
    }

    /// The finite verb that a participle at the end of its clause belongs to: “hatte … betont”.
    fn finite_of(&self, verb: usize, limit: usize) -> usize {
        let tokens = self.tokens;
        if tokens.at(verb + 1).kind == Kind::Word && !tokens.at(verb + 1).is(Class::AUX) {
            return verb;
        }
        let start = self.segment_start(verb, limit);
        (start..verb).find(|place| tokens.at(*place).small(Class::AUX)).unwrap_or(verb)
    }

    /// Where the stretch between marks that holds `place` begins.
    fn segment_start(&self, place: usize, limit: usize) -> usize {
        let ends = |place: &usize| {
            let mark = self.tokens.at(*place);
            // The dash of “Nord–Süd” parts no clauses.
            let apart = mark.kind == Kind::Dash && self.tokens.before(*place).end < mark.start;
            apart
                || matches!(mark.kind, Kind::Comma | Kind::Colon | Kind::Semicolon | Kind::Break)
                || self.tokens.at(*place).kind == Kind::Quote && self.tokens.at(place + 1).kind == Kind::Comma
        };
        (limit..place).rev().find(ends).map_or(limit, |place| place + 1)
    }

    /// “NAME, chief of Acme, sagte”: the mark before the verb ends an aside, or a clause that opens the sentence.
    fn behind_aside(&self, verb: usize, limit: usize, end: usize, depth: u32) -> Option<Phrase> {
        let tokens = self.tokens;
        if tokens.before(verb).kind != Kind::Comma {
            return self.behind(verb, end);
        }
        if let Some(subject) = self.named_behind_role(verb - 1, limit) {
            return Some(subject);
        }
        let first = (limit..verb).find(|place| tokens.at(*place).kind == Kind::Word)?;
        let adverb = tokens.at(first).is(Class::ADVERB) && tokens.at(first + 1).is(Class::DETERMINER);
        let first = first + usize::from(adverb);
        // “Wie der Richter, Jan Koller, ausführte, …”
        if tokens.at(first).is(Class::THAT) && tokens.at(verb + 1).kind == Kind::Comma {
            return self.nominative(first + 1, verb).map(|subject| subject.by(Way::Clause));
        }
        if self.is_front(first) {
            return self.behind(verb, end);
        }
        let comma = (first..verb).find(|place| tokens.at(*place).kind == Kind::Comma)?;
        if let Some(earlier) = (first..comma).find(|place| self.is_finite(*place))
            && depth > 0
        {
            return self.second(earlier, limit, comma, depth - 1).map(|subject| subject.by(Way::Joined));
        }
        self.phrase(first, comma).map(|subject| subject.by(Way::Aside))
    }

    /// “…, die Leiterin der Bücherei, Ada Braun (Grüne), sagte”: the role, where a name is all that `comma` ends.
    fn named_behind_role(&self, comma: usize, limit: usize) -> Option<Phrase> {
        let tokens = self.tokens;
        let opening = self.segment_start(comma, limit);
        let name = self.names.run_at(opening).filter(|run| run.first == opening && run.person.is_some())?;
        let bracket = tokens.at(name.end).kind == Kind::Open && tokens.before(comma).kind == Kind::Close;
        let start = self.segment_start(opening.checked_sub(1)?, limit);
        let role = self.phrase(start, opening - 1)?;
        let whole = tokens.at(start).is(Class::DETERMINER) && self.extended(role).end + 1 == opening;
        let apposed = whole && (name.end == comma || bracket) && tokens.at(role.head).is(Class::ROLE | Class::TITLE);
        apposed.then(|| role.by(Way::Aside))
    }

    /// “kam und sagte”: without a subject of its own the verb has that of the one before.
    fn joined(&self, start: usize, verb: usize, limit: usize, depth: u32) -> Option<Phrase> {
        let tokens = self.tokens;
        let and = (start..verb).rev().find(|place| tokens.at(*place).small(Class::AND))?;
        let earlier = |class| (limit..and).rev().find(|place| self.is_finite(*place) && tokens.at(*place).is(class));
        let earlier = earlier(Class::SAY).or_else(|| (limit..and).rev().find(|place| self.is_finite(*place)))?;
        if depth == 0 {
            return None;
        }
        if and + 1 < verb && !self.is_front(and + 1) {
            let own = self.phrase(and + 1, verb).filter(|own| self.is_someone(*own));
            return own.map(|own| own.by(Way::Clause));
        }
        self.second(earlier, limit, and, depth - 1).map(|subject| subject.by(Way::Joined))
    }

    /// “Ada Braun, die Leiterin der Bücherei sagte”: the aside that begins at `start` was never closed.
    fn apposed(&self, start: usize, limit: usize) -> Option<Phrase> {
        let tokens = self.tokens;
        let first = tokens.at(start);
        if !first.is(Class::DETERMINER | Class::ROLE | Class::TITLE) {
            return None;
        }
        let from = self.segment_start(start - 1, limit);
        if self.is_front(from) || (from..start).any(|place| self.is_finite(place)) {
            return None;
        }
        let subject = self.phrase(from, start)?;
        (subject.end + 1 == start && self.is_named(subject)).then(|| subject.by(Way::Aside))
    }

    /// The first phrase behind the verb that hangs on nothing and can be a subject.
    fn behind(&self, verb: usize, end: usize) -> Option<Phrase> {
        let subject = self.nominative(verb + 1, end.min(verb + REACH_BEHIND))?;
        Some(self.with_second_role(subject, end).by(Way::Behind))
    }

    /// The first phrase of `from..end` that hangs on no preposition and is no object by its form.
    fn nominative(&self, from: usize, end: usize) -> Option<Phrase> {
        let tokens = self.tokens;
        let mut at = from;
        while at < end {
            let token = tokens.at(at);
            match token.kind {
                Kind::Word | Kind::Number => {}
                _ => return None,
            }
            let named = token.capital && self.names.run_at(at).is_some();
            if token.is(Class::OBLIQUE) && !token.is(Class::DETERMINER) {
                at += 1;
            } else if token.is(Class::PREP | Class::OBLIQUE) && !named {
                at = self.phrase(at + 1, end).map_or(at + 1, |phrase| self.extended(phrase).end);
            } else if token.small(Class::ADVERB | Class::NOT | Class::AUX | Class::AND) && !token.is(Class::DETERMINER)
            {
                at += 1;
            } else {
                match self.phrase(at, end) {
                    Some(phrase) if !self.is_time(phrase) => return Some(phrase),
                    Some(phrase) => at = phrase.end.max(at + 1),
                    None => at += 1,
                }
            }
        }
        None
    }

    /// “der Abgeordnete und Fraktionschef Jan Koller”: two roles of one person.
    fn with_second_role(&self, phrase: Phrase, limit: usize) -> Phrase {
        let tokens = self.tokens;
        let role = self.names.run_at(phrase.head).is_none_or(|run| run.person.is_none());
        if !role || !tokens.at(phrase.end).small(Class::AND) {
            return phrase;
        }
        let second = self.phrase(phrase.end + 1, limit).filter(|second| self.is_named(*second));
        let titled = |second: &Phrase| {
            self.names.run_at(second.head).is_some_and(|run| run.first < run.name && run.first == second.start)
        };
        second.filter(titled).map_or(phrase, |second| Phrase { start: phrase.start, ..second })
    }

    /// What opens a clause without being its subject.
    fn is_front(&self, place: usize) -> bool {
        let token = self.tokens.at(place);
        if token.kind != Kind::Word || token.capital && self.names.run_at(place).is_some_and(|run| run.person.is_some())
        {
            return token.kind == Kind::Quote;
        }
        let front =
            Class::PREP | Class::ADVERB | Class::THAT | Class::DAY | Class::AND | Class::OBLIQUE | Class::ACCORDING;
        let article = Class::DETERMINER | Class::PRONOUN | Class::ROLE | Class::TITLE;
        token.is(front) && (token.is(Class::OBLIQUE) || !token.is(Class::DETERMINER))
            || !token.capital && !token.is(article)
            || is_no_noun(self.tokens.word(place))
    }

    /// “Der Richter”: only a subject has this article.
    fn is_nominative(&self, place: usize) -> bool {
        matches!(self.tokens.word(place), "Der" | "Ein" | "der" | "ein")
    }

    /// “der”, “die”, “das” behind a comma.
    fn is_relative(&self, place: usize) -> bool {
        matches!(self.tokens.word(place), "der" | "die" | "das" | "welche" | "welcher" | "welches")
    }

    pub fn is_finite(&self, place: usize) -> bool {
        let tokens = self.tokens;
        let token = tokens.at(place);
        let word = tokens.word(place);
        let past = word.len() > 4 && (word.ends_with("te") || word.ends_with("ten"));
        let owned = tokens.before(place).is(Class::DETERMINER | Class::PREP | Class::OBLIQUE);
        token.kind == Kind::Word
            && !token.capital
            && (token.is(Class::SAY | Class::REWORD | Class::AUX | Class::VERB) || past && !owned)
    }

    /// A pronoun, a name or a role.
    pub fn is_someone(&self, phrase: Phrase) -> bool {
        let head = self.tokens.at(phrase.head);
        head.is(Class::PRONOUN | Class::ROLE | Class::TITLE | Class::GROUP | Class::MAN | Class::WOMAN | Class::SOME)
            || self.names.run_at(phrase.head).is_some_and(|run| run.person.is_some())
    }

    /// Behind an article whose noun has a whole phrase before it: the place of the participle that ends that phrase.
    pub fn attribute(&self, start: usize, limit: usize) -> Option<usize> {
        let tokens = self.tokens;
        let second = tokens.at(start + 1);
        if !tokens.at(start).is(Class::DETERMINER)
            || !second.is(Class::PREP | Class::DETERMINER | Class::ADVERB | Class::OBLIQUE)
        {
            return None;
        }
        let mut stretch =
            (start + 2..limit.min(start + ATTRIBUTE)).take_while(|place| tokens.at(*place).kind == Kind::Word);
        let participle = |place: &usize| {
            let word = tokens.word(*place);
            let ends = ["ende", "enden", "ender", "ene", "enen", "ener", "te", "ten", "ter"];
            !tokens.at(*place).capital && tokens.at(place + 1).capital && ends.iter().any(|end| word.ends_with(end))
        };
        stretch.find(participle)
    }
}

/// Words that open a sentence with a capital and are neither noun nor name, by their endings.
fn is_no_noun(word: &str) -> bool {
    word.len() > 6
        && (word.ends_with("lich") || word.ends_with("isch") || word.ends_with("gemäß") || word.ends_with("weise"))
        || word.len() > 5 && word.ends_with("end")
}
