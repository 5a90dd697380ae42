//! Who is meant: the full name behind a surname, and the person behind “he” and “she”.

use super::lexicon::Class;
use super::names::{Names, Run, Sex, Sort};
use super::tokens::{Kind, Tokens};

/// How many sentences back a pronoun may reach.
const REACH: u32 = 8;

/// The run that the pronoun at `place` stands for. `last` is the run that spoke last, with the place of its cue.
pub fn antecedent<'n>(tokens: &Tokens, names: &'n Names, place: usize) -> Option<&'n Run> {
    let sex = if tokens.at(place).is(Class::SHE) || tokens.word(place).eq_ignore_ascii_case("her") {
        Sex::Woman
    } else {
        Sex::Man
    };
    let sentence = tokens.at(place).sentence;
    for number in (sentence.saturating_sub(REACH)..=sentence).rev() {
        let (begin, end) = tokens.sentence(number);
        let end = end.min(place);
        let from = names.runs.partition_point(|run| run.first < begin);
        let inside = names.runs.get(from..).unwrap_or_default().iter().take_while(|run| run.first < end);
        let fitting = inside.filter(|run| run.sex.agrees(sex) && is_person(run));
        let best = fitting.max_by_key(|run| (is_subject(tokens, run), run.sex == sex, std::cmp::Reverse(run.first)));
        if best.is_some() {
            return best;
        }
    }
    None
}

fn is_person(run: &Run) -> bool {
    run.sort == Sort::Person || run.sort == Sort::Unknown && run.person.is_some()
}

/// Not hung on a preposition, and no possessive.
fn is_subject(tokens: &Tokens, run: &Run) -> bool {
    let before = tokens.before(run.first);
    let after = tokens.at(run.end);
    !before.is(Class::PREP | Class::SAY | Class::REWORD | Class::VERB) && after.kind != Kind::Possessive
}
