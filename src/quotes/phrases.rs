//! Noun phrases: where one starts, ends and what its head is; whether such a one can speak.

use super::lexicon::Class;
use super::names::{Names, Sort};
use super::tokens::{Kind, Token, Tokens};

/// A noun phrase or pronoun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// First token.
    pub start: usize,
    /// Behind the last token.
    pub end: usize,
    /// The token that the rest belongs to.
    pub head: usize,
    /// How it was reached from the cue.
    pub way: Way,
}

impl Phrase {
    pub fn new(start: usize, end: usize, head: usize, way: Way) -> Self {
        Self { start, end, head, way }
    }

    /// The same phrase, reached in this way.
    pub fn by(self, way: Way) -> Self {
        Self { way, ..self }
    }
}

/// How the source was reached from its cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It stands beside the cue or the mark.
    Beside,
    /// A pronoun right before the verb.
    Pronoun,
    /// The first phrase of the verb's clause that hangs on no preposition.
    Clause,
    /// The verb is joined by “and” to an earlier one.
    Joined,
    /// The verb stands in a relative clause about it.
    Relative,
    /// An aside stands between it and the verb.
    Aside,
    /// The subject of the whole sentence.
    Sentence,
    /// The verb comes second and its subject third.
    Behind,
    /// The owner of the words: “his promise”.
    Owner,
}

/// Tokens and names together, as every search here needs both.
#[derive(Clone, Copy)]
pub struct Grammar<'t, 'a> {
    pub tokens: &'t Tokens<'a>,
    pub names: &'t Names<'a>,
}

impl Grammar<'_, '_> {
    /// The noun phrase that starts at `start`, before `limit`.
    pub fn phrase(&self, start: usize, limit: usize) -> Option<Phrase> {
        let tokens = self.tokens;
        let first = tokens.at(start);
        if first.is(Class::PRONOUN) && first.kind == Kind::Word {
            return Some(Phrase::new(start, start + 1, start, Way::Beside));
        }
        let mut head = None;
        let mut at = start;
        if tokens.lexicon.german
            && let Some(participle) = self.attribute(start, limit)
        {
            at = participle;
        }
        while at < limit {
            match self.role_in_phrase(start, at, head) {
                Part::Head => head = Some(at),
                Part::Inside => {}
                Part::Bracket => match self.skip_bracket(at, limit) {
                    Some(end) => {
                        at = end;
                        continue;
                    }
                    None => break,
                },
                Part::Ends => break,
                Part::Forbids => return None,
            }
            at += 1;
        }
        let head = head.or_else(|| first.is(Class::SOME).then_some(start))?;
        Some(Phrase::new(start, at.max(head + 1), head, Way::Beside))
    }

    /// A paper or the like that stands in marks: “die „Tagespost“”.
    pub fn in_marks(&self, start: usize) -> Option<Phrase> {
        let mark = start + usize::from(self.tokens.at(start).is(Class::DETERMINER));
        let quote = self.tokens.at(mark);
        let short = quote.kind == Kind::Quote && quote.end - quote.start <= LONGEST_IN_MARKS;
        short.then(|| Phrase::new(start, mark + 1, mark, Way::Beside))
    }

    /// What the token at `at` does to the phrase that starts at `start` and whose head so far is `head`.
    fn role_in_phrase(&self, start: usize, at: usize, head: Option<usize>) -> Part {
        let tokens = self.tokens;
        let token = tokens.at(at);
        let owned = tokens.before(at).kind == Kind::Possessive;
        match token.kind {
            // “the 46-year-old”
            Kind::Number if head.is_none() && tokens.word(at).ends_with("-old") => return Part::Head,
            Kind::Number => return Part::Inside,
            Kind::Possessive if head.is_some() => return Part::Inside,
            Kind::Open if head.is_some() => return Part::Bracket,
            Kind::Word => {}
            _ => return Part::Ends,
        }
        let behind_time = head.is_some_and(|head| tokens.at(head).is(Class::DAY) && self.names.run_at(head).is_none());
        if token.capital && self.names.run_at(at).is_some() {
            // “Tuesday Ada Brown”: a time and a name are two phrases.
            return if behind_time { Part::Ends } else { Part::Head };
        }
        let ends = Class::AND
            | Class::THAT
            | Class::WHO
            | Class::AUX
            | Class::PREP
            | Class::ACCORDING
            | Class::NOT
            | Class::PRONOUN;
        // “Secretary of State Ada Brown”: one phrase with the name that ends it.
        let office = || self.names.run_at(at + 1).is_some_and(|run| run.sort == Sort::Person && run.name > run.first);
        if token.small(Class::HANGS) && tokens.before(at).is(Class::TITLE | Class::ROLE) && head.is_some() && office() {
            return Part::Inside;
        }
        // “a prefeita”: in Portuguese the article looks like a preposition.
        let article = at == start && token.is(Class::DETERMINER) && !token.is(Class::THAT);
        if at > start && (token.capital || token.is(Class::DETERMINER) && !owned) || token.is(ends) && !article {
            return Part::Ends;
        }
        if token.is(Class::DETERMINER) {
            return Part::Inside;
        }
        // Nouns have a capital in German: a word in lower case is none.
        if tokens.lexicon.german && !token.capital {
            return if head.is_some() { Part::Ends } else { Part::Inside };
        }
        let determined = tokens.at(start).is(Class::DETERMINER);
        let Some(head) = head else {
            let next = tokens.at(at + 1);
            // “retired teacher Ada Brown”
            let adjective = next.capital || next.is(Class::ROLE | Class::TITLE);
            let verb = token.is(Class::SAY | Class::REWORD) || is_lower_ending(tokens, at, "ed") && !adjective;
            let modifier = is_lower_ending(tokens, at, "ing") || is_lower_ending(tokens, at, "ly");
            return match () {
                () if verb && !determined => Part::Forbids,
                () if token.is(Class::ADVERB) || modifier && !determined => Part::Inside,
                () => Part::Head,
            };
        };
        if token.is(Class::ROLE) {
            return Part::Head;
        }
        // “director of political advertising,”
        let closes = tokens.at(at + 1).kind == Kind::Comma;
        let verbal = token.is(Class::SAY | Class::REWORD | Class::SAYING | Class::VERB | Class::ADVERB)
            || ["ed", "ly"].iter().any(|ending| is_lower_ending(tokens, at, ending))
            || is_lower_ending(tokens, at, "ing") && !closes;
        let behind_name = tokens.at(head).capital && !owned && !determined;
        if verbal || behind_name && !self.leads_on(at + 1) { Part::Ends } else { Part::Head }
    }

    /// “the Brown campaign manager”, “county clerk Ada Brown”: a role or a known first name follows.
    fn leads_on(&self, place: usize) -> bool {
        (place..place + 2).any(|place| {
            let token = self.tokens.at(place);
            let first = || self.names.run_at(place).is_some_and(|run| run.first == place);
            token.small(Class::ROLE) || token.is(Class::FIRST_NAME) && first()
        })
    }

    /// Behind the bracket that opens at `at`.
    fn skip_bracket(&self, at: usize, limit: usize) -> Option<usize> {
        (at..limit.min(at + BRACKET)).find(|place| self.tokens.at(*place).kind == Kind::Close).map(|place| place + 1)
    }

    /// A phrase whose head is a word of time.
    pub fn is_time(&self, phrase: Phrase) -> bool {
        self.tokens.at(phrase.head).is(Class::DAY) && self.names.run_at(phrase.head).is_none()
    }

    /// People, roles, names and pronouns can speak; “the fact” cannot.
    pub fn can_speak(&self, phrase: Phrase) -> bool {
        let head = self.tokens.at(phrase.head);
        let run = self.names.run_at(phrase.head);
        if self.tokens.lexicon.german {
            return head.is(Class::PRONOUN | Class::ROLE | Class::TITLE | Class::GROUP | Class::MAN | Class::WOMAN)
                || run.is_some_and(|run| run.sort == Sort::Person || run.person.is_some())
                || head.capital && !self.tokens.at(phrase.start).is(Class::DETERMINER);
        }
        head.capital || head.is(Class::PRONOUN | Class::ROLE | Class::SOME | Class::MAN | Class::WOMAN) || run.is_some()
    }

    /// A pronoun, or a phrase whose head is a person's name.
    pub fn is_named(&self, phrase: Phrase) -> bool {
        self.tokens.at(phrase.head).is(Class::HE | Class::SHE)
            || self.names.run_at(phrase.head).is_some_and(|run| run.person.is_some())
    }

    /// Whether any word of the phrase is of this class.
    pub fn holds(&self, phrase: Phrase, class: Class) -> bool {
        (phrase.start..phrase.end).any(|place| self.tokens.at(place).is(class))
    }

    /// A verb's form that here is a noun or an adjective: “the claims”, “his accused brother”.
    pub fn is_noun(&self, place: usize) -> bool {
        let before = self.tokens.before(place);
        before.is(Class::DETERMINER) && !before.is(Class::SOME | Class::THAT) || before.kind == Kind::Possessive
    }

    /// The phrase with the phrases that hang on it: “a spokesman for the mayor”.
    pub fn extended(&self, phrase: Phrase) -> Phrase {
        let tokens = self.tokens;
        let mut end = phrase.end;
        for _ in 0..HANGING {
            let genitive = tokens.lexicon.german && matches!(tokens.word(end), "des" | "der" | "eines" | "einer");
            let start = match () {
                () if genitive => end,
                () if tokens.at(end).small(Class::HANGS) => end + 1,
                () => break,
            };
            match self.phrase(start, start + LONGEST) {
                Some(next) if !self.is_time(next) && !tokens.at(next.start).is(Class::PRONOUN) => end = next.end,
                _ => break,
            }
        }
        Phrase { end, ..phrase }
    }
}

/// What a token is to the phrase that is being read.
enum Part {
    /// The head, until a later one is found.
    Head,
    Inside,
    /// A bracket opens: it is skipped.
    Bracket,
    /// The phrase ends before it.
    Ends,
    /// There is no phrase here at all.
    Forbids,
}

/// How many tokens a bracket may hold: “(D-Ohio)”, not a sentence.
const BRACKET: usize = 12;
/// How many phrases may hang on one another: “the head of the union of the workers of …”.
const HANGING: usize = 3;
/// How many tokens one of them may have.
const LONGEST: usize = 12;

/// How long a name in marks may be, marks included, in bytes.
const LONGEST_IN_MARKS: u32 = 40;

/// A finite verb (or a participle) in lower case.
pub fn is_verb(tokens: &Tokens, place: usize) -> bool {
    let token = tokens.at(place);
    let verbs = Class::SAY | Class::REWORD | Class::THINK | Class::VERB | Class::AUX | Class::SAYING;
    token.kind == Kind::Word && !token.capital && (token.is(verbs) || tokens.word(place).ends_with("ed"))
}

/// “Speaking to reporters, …”
pub fn is_participle(tokens: &Tokens, place: usize) -> bool {
    let token: Token = tokens.at(place);
    token.kind == Kind::Word && token.end - token.start > 4 && tokens.word(place).ends_with("ing")
}

/// A word in lower case, longer than four bytes, with this ending.
pub fn is_lower_ending(tokens: &Tokens, place: usize, ending: &str) -> bool {
    let token = tokens.at(place);
    token.kind == Kind::Word && !token.capital && token.end - token.start > 4 && tokens.word(place).ends_with(ending)
}
