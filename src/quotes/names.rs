//! Names outside quotations, and who in the article is meant by a surname. Knows tokens; nothing of quotations' speakers.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::headlines;
use super::keys::Mix;
use super::lexicon::Class;
use super::tokens::{Kind, Tokens};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    Person,
    Group,
    Place,
    /// A title without a name (“the Senator”).
    Role,
    /// One or more words with a capital that the tables do not know.
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    Woman,
    Man,
    Unknown,
}

impl Sex {
    /// Whether both can be the same person's.
    pub fn agrees(self, other: Self) -> bool {
        self == other || self == Self::Unknown || other == Self::Unknown
    }
}

/// Words in a row that may be a name, titles before it included.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    /// First token, titles included.
    pub first: usize,
    /// First token of the name itself.
    pub name: usize,
    /// Behind the last token.
    pub end: usize,
    pub sort: Sort,
    pub sex: Sex,
    /// Index in `Names::people`.
    pub person: Option<usize>,
    /// Others in the article could be meant by it, too.
    pub ambiguous: bool,
}

/// Somebody whom the article names in full.
#[derive(Debug)]
pub struct Person<'a> {
    pub full: &'a str,
    first: &'a str,
    pub sex: Sex,
    /// The first token of the first mention's name.
    pub token: usize,
    /// How often the article names them in full.
    mentions: u32,
}

/// How many people of one surname are told apart; more are no article.
const NAMESAKES: usize = 16;

#[derive(Default)]
pub struct Names<'a> {
    pub runs: Vec<Run>,
    pub people: Vec<Person<'a>>,
    by_surname: HashMap<&'a str, Vec<usize>, BuildHasherDefault<Mix>>,
    /// The first person of each first name.
    by_first: HashMap<&'a str, usize, BuildHasherDefault<Mix>>,
}

impl<'a> Names<'a> {
    pub fn new(tokens: &Tokens<'a>) -> Self {
        let mut names = Self::default();
        names.find_runs(tokens);
        names.collect_people(tokens);
        names.resolve(tokens);
        names
    }

    /// The run that holds the token at `place`.
    pub fn run_at(&self, place: usize) -> Option<&Run> {
        let after = self.runs.partition_point(|run| run.end <= place);
        self.runs.get(after).filter(|run| run.first <= place)
    }

    fn find_runs(&mut self, tokens: &Tokens<'a>) {
        let mut at = 0;
        let mut headline = headlines::is_headline(tokens, 0);
        while let Some(place) = tokens.find(at, |token| token.capital || token.kind == Kind::Break) {
            at = place + 1;
            let token = tokens.at(place);
            if token.kind == Kind::Break {
                headline = headlines::is_headline(tokens, at);
                continue;
            }
            let verb = headline && token.is(Class::SAY | Class::REWORD) && !token.is(Class::FIRST_NAME);
            if !verb && starts_name(tokens, place) {
                at = if headline { headlines::run_end(tokens, place) } else { run_end(tokens, place) };
                self.runs.push(describe(tokens, place, at));
            }
        }
    }

    fn collect_people(&mut self, tokens: &Tokens<'a>) {
        for place in 0..self.runs.len() {
            let Some(&run) = self.runs.get(place) else { break };
            let (start, end) = (run.name, surname_end(tokens, run));
            // “Obamas Einsatz”, “der Oberste Rat”: nouns have a capital in German.
            let nouns = tokens.lexicon.german
                && run.sort == Sort::Unknown
                && (tokens.before(run.first).is(Class::DETERMINER | Class::OBLIQUE)
                    || tokens.word(start).ends_with('s'));
            // “the Aral Sea”: people have no article, but in Italy and Portugal.
            let thing = run.sort == Sort::Unknown
                && !tokens.lexicon.drops_subject
                && tokens.before(run.first).is(Class::ARTICLE);
            if nouns
                || thing
                || end < start + 2
                || end > start + 5
                || matches!(run.sort, Sort::Group | Sort::Place | Sort::Role)
            {
                continue;
            }
            let (mut first, mut surname) = (tokens.word(start), tokens.word(end - 1));
            // “Kang Do-yun”: the family's name stands first.
            if end == start + 2 && !is_first(tokens, start) && joins_syllables(surname) {
                (first, surname) = (surname, first);
            }
            if let Some(person) = self.shouted(first, surname) {
                self.name(place, person);
                continue;
            }
            let known = self.by_surname.entry(surname).or_default();
            let full = tokens.slice(tokens.at(start).start, tokens.at(run.end - 1).end);
            let same = known.iter().rev().take(NAMESAKES).copied().find(|person| {
                self.people.get(*person).is_some_and(|person| person.first == first || person.full.ends_with(full))
            });
            let person = same.unwrap_or_else(|| {
                self.people.push(Person { full, first, sex: run.sex, token: start, mentions: 0 });
                known.push(self.people.len() - 1);
                self.by_first.entry(first).or_insert(self.people.len() - 1);
                self.people.len() - 1
            });
            self.name(place, person);
        }
    }

    /// The run at `place` is a mention of `person` in full.
    fn name(&mut self, place: usize, person: usize) {
        if let (Some(run), Some(known)) = (self.runs.get_mut(place), self.people.get_mut(person)) {
            run.person = Some(person);
            known.mentions += 1;
        }
    }

    /// “TOM REED” is Tom Reed, whom the article has named before.
    fn shouted(&self, first: &str, surname: &str) -> Option<usize> {
        let known = self.by_surname.get(quiet(surname)?.as_str())?;
        let same =
            |person: &&usize| self.people.get(**person).is_some_and(|person| person.first.eq_ignore_ascii_case(first));
        known.iter().take(NAMESAKES).find(same).copied()
    }

    /// “T.R.”: the one whom the article names by a name with these initials.
    fn by_initials(&self, word: &str) -> Option<usize> {
        let letters: Vec<char> = word.chars().filter(|c| *c != '.').collect();
        if word.len() != 2 * letters.len() || !(2..4).contains(&letters.len()) {
            return None;
        }
        let fits = |person: &Person| {
            let initials = person.full.split_whitespace().filter_map(|name| name.chars().next());
            initials.eq(letters.iter().copied())
        };
        self.people.iter().take(NAMESAKES).position(fits)
    }

    /// Surnames and first names alone become people.
    fn resolve(&mut self, tokens: &Tokens<'a>) {
        for place in 0..self.runs.len() {
            let Some(&run) = self.runs.get(place) else { break };
            if run.person.is_some() || matches!(run.sort, Sort::Group | Sort::Role) {
                continue;
            }
            let end = surname_end(tokens, run);
            if end != run.name + 1 {
                continue;
            }
            let word = tokens.word(run.name);
            let quiet = quiet(word);
            let nearest = self.nearest(word, run.name, run.sex);
            let nearest = nearest.or_else(|| self.nearest(quiet.as_deref()?, run.name, run.sex));
            let person = nearest.map(|nearest| nearest.0).or_else(|| {
                let first_name = tokens.at(run.name).is(Class::FIRST_NAME);
                let named = first_name.then(|| self.by_first.get(word).copied()).flatten();
                named.or_else(|| self.by_initials(word))
            });
            let known = person.and_then(|person| self.people.get(person));
            let sex = known.map_or_else(|| first_name_sex(tokens, run.name), |person| person.sex);
            if let Some(run) = self.runs.get_mut(place) {
                run.person = person;
                run.ambiguous = nearest.is_some_and(|nearest| nearest.1);
                if person.is_some() {
                    run.sort = Sort::Person;
                }
                run.sex = if run.sex == Sex::Unknown { sex } else { run.sex };
            }
        }
    }

    /// The person of this surname who was named most, among those named before `place` if there are any; and whether
    /// others could be meant.
    fn nearest(&self, surname: &str, place: usize, sex: Sex) -> Option<(usize, bool)> {
        let known = self.by_surname.get(surname)?;
        let person =
            |index: usize| self.people.get(index).filter(|person| person.sex.agrees(sex)).map(|person| (index, person));
        let fitting = || known.iter().rev().take(NAMESAKES).filter_map(|index| person(*index));
        let before = fitting().filter(|(_, person)| person.token <= place);
        let most = before.max_by_key(|(_, person)| (person.mentions, person.token));
        let (index, _) = most.or_else(|| fitting().min_by_key(|(_, person)| person.token))?;
        Some((index, fitting().nth(1).is_some()))
    }
}

/// A word in capitals as it is written elsewhere: “REED”, Reed.
fn quiet(word: &str) -> Option<String> {
    let shouted = word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase() || matches!(byte, b'-' | b'\''));
    shouted.then(|| word.chars().take(1).chain(word.chars().skip(1).map(|c| c.to_ascii_lowercase())).collect())
}

/// “Do-yun”: a given name of two syllables, the second one in lower case.
fn joins_syllables(word: &str) -> bool {
    let mut parts = word.split('-');
    let (head, tail) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let short = (2..6).contains(&head.len()) && (2..6).contains(&tail.len());
    short && parts.next().is_none() && tail.starts_with(char::is_lowercase)
}

fn starts_name(tokens: &Tokens, at: usize) -> bool {
    let token = tokens.at(at);
    if token.kind != Kind::Word || !token.capital {
        return false;
    }
    if token.is(Class::FUNCTION) {
        // Will Smith, but not “In June Brown …”
        let month = token.is(Class::DAY) && at == tokens.sentence_start(at);
        let next = tokens.at(at + 1);
        return token.is(Class::FIRST_NAME)
            && !month
            && (next.names() || next.small(Class::PARTICLE | Class::SAY | Class::REWORD));
    }
    let begins = at == tokens.sentence_start(at);
    if !begins || token.is(Class::FIRST_NAME) {
        return true;
    }
    // The first word of a sentence has a capital whatever it is.
    let word = tokens.word(at);
    let common =
        token.is(Class::ADVERB | Class::SAYING | Class::SAY | Class::SOME) || word.len() > 4 && word.ends_with("ly");
    let participle = word.len() > 5 && (word.ends_with("ing") || word.ends_with("ed")) && !tokens.at(at + 1).names();
    !common && !participle
}

fn run_end(tokens: &Tokens, start: usize) -> usize {
    let mut end = start + 1;
    loop {
        let token = tokens.at(end);
        // Tom Will: what a first name stands before is a name, whatever else it can be.
        let surname =
            token.capital && token.is(Class::FIRST_NAME) && !token.is(Class::DAY) && is_first(tokens, end - 1);
        if token.names() || surname || token.capital && token.is(Class::PARTICLE) {
            end += 1;
        } else if token.small(Class::PARTICLE) && (!tokens.lexicon.german || is_first(tokens, end - 1)) {
            // A particle counts only between two words of a name; in German it may be an article.
            let next = tokens.at(end + 1);
            if next.names() {
                end += 2;
            } else if next.small(Class::PARTICLE) && tokens.at(end + 2).names() {
                end += 3;
            } else {
                return end;
            }
        } else {
            return end;
        }
    }
}

fn describe(tokens: &Tokens, first: usize, end: usize) -> Run {
    let mut sex = Sex::Unknown;
    let mut name = first;
    // Everything up to the last title is no part of the name: “Ohio Gov. Ada Brown”, “Foreign Minister Jan Kok”.
    for place in first..end {
        let token = tokens.at(place);
        let glued = token.is(Class::TITLE) && !(token.is(Class::FIRST_NAME) && place + 1 < end);
        if glued && !(place + 1 < end && is_suffix(tokens.word(place + 1))) {
            sex = title_sex(tokens, place).unwrap_or(sex);
            name = place + 1;
        }
    }
    let titled = name > first;
    if name >= end {
        return Run { first, name: first, end, sort: Sort::Role, sex, person: None, ambiguous: false };
    }
    // Words glued on before a first name: “Springfield reporter Bill Green”, “House Republican Tom Reed”.
    if !is_first(tokens, name)
        && let Some(start) = (name + 1..end.saturating_sub(1)).find(|place| is_first(tokens, *place))
        && (start > name + 1 || is_glued(tokens, name))
        && !tokens.at(start - 1).is(Class::PARTICLE)
    {
        name = start;
    }
    let last = tokens.at(end - 1);
    let starts_first = is_first(tokens, name);
    let length = end - name;
    let sort = if last.is(Class::GROUP) && !(starts_first && length == 2) {
        Sort::Group
    } else if starts_first && (length > 1 || titled) {
        Sort::Person
    } else if last.is(Class::PLACE) && !titled {
        Sort::Place
    } else if titled || starts_first {
        Sort::Person
    } else {
        Sort::Unknown
    };
    if sort == Sort::Group {
        // “State Department”: what looks like a title belongs to the name.
        name = first;
    }
    // A first name alone may be a surname: it tells no sex yet.
    if sex == Sex::Unknown && starts_first && length > 1 {
        sex = first_name_sex(tokens, name);
    }
    Run { first, name, end, sort, sex, person: None, ambiguous: false }
}

/// A word that stands before a name without being part of it.
fn is_glued(tokens: &Tokens, place: usize) -> bool {
    let classes = Class::GROUP | Class::PLACE | Class::TITLE | Class::ROLE;
    tokens.at(place).is(classes) || tokens.word(place).ends_with("-based")
}

fn is_suffix(word: &str) -> bool {
    matches!(word.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III" | "IV")
}

fn is_first(tokens: &Tokens, place: usize) -> bool {
    tokens.at(place).is(Class::FIRST_NAME)
}

fn first_name_sex(tokens: &Tokens, place: usize) -> Sex {
    let token = tokens.at(place);
    match (token.is(Class::FEMALE), token.is(Class::MALE)) {
        (true, false) => Sex::Woman,
        (false, true) => Sex::Man,
        _ => Sex::Unknown,
    }
}

fn title_sex(tokens: &Tokens, place: usize) -> Option<Sex> {
    let token = tokens.at(place);
    if token.is(Class::MADAM) {
        Some(Sex::Woman)
    } else if token.is(Class::MISTER) {
        Some(Sex::Man)
    } else {
        None
    }
}

/// Behind the surname: Jr., Sr. and the like left out.
fn surname_end(tokens: &Tokens, run: Run) -> usize {
    if is_suffix(tokens.word(run.end - 1)) && run.end > run.name + 1 { run.end - 1 } else { run.end }
}
