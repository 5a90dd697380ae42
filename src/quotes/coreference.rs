//! Whom “he” and “she” mean: who spoke, or else was the subject, in the nearest earlier sentence.

use std::collections::BTreeMap;

use super::cues::Found;
use super::lexicon::Class;
use super::names::{Run, Sex, Sort};
use super::phrases::{Grammar, Phrase};
use super::tokens::Kind;

/// How many sentences back a pronoun may reach.
const REACH: u32 = 8;

/// How many tokens of a sentence are looked at.
const LONGEST: usize = 200;

/// Whom a pronoun means, and by what.
#[derive(Clone, Copy, Debug)]
pub struct Meant<'g> {
    pub run: &'g Run,
    pub by: Step,
    /// In how many sentences before the pronoun's own.
    pub back: u32,
}

/// What made somebody the one whom a pronoun means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Spoke there.
    Spoke,
    /// Is the first subject there, or else the first who is named.
    Named,
}

/// Who speaks where: the names, and the pronouns as far as they were resolved.
pub struct Speaking<'g, 'a> {
    grammar: Grammar<'g, 'a>,
    by_token: BTreeMap<usize, Meant<'g>>,
    /// In sentences before these stands nobody whom “she” or “he” could mean: the last one looked as far as it may.
    nobody: [u32; 2],
}

impl<'g, 'a> Speaking<'g, 'a> {
    /// Knows everybody who is named as a source.
    pub fn new(grammar: Grammar<'g, 'a>, found: &[Option<Found>]) -> Self {
        let named = found.iter().flatten().filter_map(|found| {
            let run = grammar.names.run_at(found.source.head)?;
            is_person(run).then_some((found.source.head, Meant { run, by: Step::Spoke, back: 0 }))
        });
        Self { grammar, by_token: named.collect(), nobody: [0; 2] }
    }

    /// The run that the pronoun at `place` stands for. Ask for the pronouns in the order of the text: what one means
    /// tells what the next one means.
    pub fn antecedent(&mut self, place: usize) -> Option<Meant<'g>> {
        if let Some(meant) = self.by_token.get(&place) {
            return Some(*meant);
        }
        let tokens = self.grammar.tokens;
        let woman = tokens.at(place).is(Class::SHE) || tokens.word(place).eq_ignore_ascii_case("her");
        let sex = if woman { Sex::Woman } else { Sex::Man };
        let sentence = tokens.at(place).sentence;
        let [she, he] = self.nobody;
        let nobody = Some(if woman { she } else { he }).filter(|number| *number <= sentence);
        let mut sentences = (sentence.saturating_sub(REACH).max(nobody.unwrap_or(0))..=sentence).rev();
        let meant = sentences.find_map(|number| {
            let (begin, end) = tokens.sentence(number);
            let back = sentence - number;
            let end = end.min(place);
            let begin = begin.max(end.saturating_sub(LONGEST));
            let spoke = self.speaker_in(begin, end, sex).or_else(|| self.reported_in(begin, end, sex));
            let spoke = spoke.map(|run| Meant { run, by: Step::Spoke, back });
            spoke
                .or_else(|| self.subject_in(begin, end, sex, back == 0).map(|run| Meant { run, by: Step::Named, back }))
        });
        if let Some(meant) = meant {
            self.by_token.insert(place, meant);
        } else {
            self.nobody = if woman { [sentence, he] } else { [she, sentence] };
        }
        meant
    }

    /// Who spoke last in `begin..end`.
    fn speaker_in(&self, begin: usize, end: usize, sex: Sex) -> Option<&'g Run> {
        let mut speakers = self.by_token.range(begin..end.max(begin)).rev().map(|(_, meant)| meant.run);
        speakers.find(|run| run.sex.agrees(sex))
    }

    /// Who says the sentence `begin..end` without marks: “The mill is lost, Reed said.”
    fn reported_in(&self, begin: usize, end: usize, sex: Sex) -> Option<&'g Run> {
        let tokens = self.grammar.tokens;
        self.named_in(begin, end).next()?;
        let verb = tokens.cues(begin..end).rev().find(|place| tokens.at(*place).small(Class::SAY))?;
        let comma = |place: usize| tokens.before(place).kind == Kind::Comma;
        // “…, said Reed, the clerk”, but not “Brown, the clerk, said Reed left”.
        let ends = |phrase: &Phrase| matches!(tokens.at(phrase.end).kind, Kind::Comma | Kind::Stop);
        let inverted = || self.grammar.phrase(verb + 1, end).filter(|phrase| comma(verb) && ends(phrase));
        let subject = self.grammar.subject(verb, begin).filter(|subject| comma(subject.start)).or_else(inverted)?;
        self.grammar.names.run_at(subject.head).filter(|run| is_person(run) && run.sex.agrees(sex))
    }

    /// The first person in `begin..end` who is a subject, else the first who is not.
    fn subject_in(&self, begin: usize, end: usize, sex: Sex, own: bool) -> Option<&'g Run> {
        let fitting = self.named_in(begin, end).filter(|run| run.sex.agrees(sex) && is_person(run));
        let main = self.main_clause(begin, end);
        let rank = |run: &&Run| (self.is_subject(run), run.first >= main, run.sex == sex, std::cmp::Reverse(run.first));
        let best = fitting.max_by_key(rank)?;
        // “He met Reed.” Whoever he is, it is not Reed: look further back. Nor is he in “In a talk with Reed, he said”.
        let tokens = self.grammar.tokens;
        let class = if sex == Sex::Woman { Class::SHE } else { Class::HE };
        let governed = tokens.before(best.first).small(Class::PREP) && tokens.at(best.end).kind != Kind::Possessive;
        let goes_on =
            !self.is_subject(best) && (own && governed || (begin..best.first).any(|place| tokens.at(place).is(class)));
        (!goes_on).then_some(best)
    }

    /// The names in `begin..end`.
    fn named_in(&self, begin: usize, end: usize) -> impl Iterator<Item = &'g Run> {
        let runs = &self.grammar.names.runs;
        let from = runs.partition_point(|run| run.first < begin);
        runs.get(from..).unwrap_or_default().iter().take_while(move |run| run.first < end)
    }

    /// Where the main clause of the sentence `begin..end` starts: “Asked whether Reed could win, Green left” is about Green.
    fn main_clause(&self, begin: usize, end: usize) -> usize {
        let tokens = self.grammar.tokens;
        let asked = begin + usize::from(tokens.word(begin) == "When");
        let fronted = tokens.word(asked).eq_ignore_ascii_case("asked") && tokens.at(begin).capital;
        let comma = (begin..end).filter(|_| fronted).find(|place| tokens.at(*place).kind == Kind::Comma);
        comma.unwrap_or(begin)
    }

    /// Not hung on a preposition or a verb, and no possessive.
    fn is_subject(&self, run: &Run) -> bool {
        let tokens = self.grammar.tokens;
        let mut start = run.first;
        // “by the club's coach Ada Brown”
        while start > 0
            && tokens.before(start).small(Class::ROLE | Class::TITLE | Class::DETERMINER | Class::WOMAN | Class::MAN)
        {
            start -= 1;
        }
        let before = tokens.before(start);
        !before.is(Class::PREP | Class::SAY | Class::REWORD | Class::VERB)
            && tokens.at(run.end).kind != Kind::Possessive
            // “a Brown supporter”
            && !tokens.at(run.end).small(Class::ROLE)
    }
}

fn is_person(run: &Run) -> bool {
    run.sort == Sort::Person || run.sort == Sort::Unknown && run.person.is_some()
}
