//! Two people who take turns, paragraph by paragraph, once both have been named: who speaks where no cue stands.

use super::cues::{Found, Rule};
use super::lexicon::Class;
use super::names::Sex;
use super::phrases::Grammar;
use super::tokens::{Kind, Shape};

/// The speaker of the paragraph before the last, where the quotation at `index` answers the one in the paragraph before.
/// `found` holds what is known of the quotations before it.
pub fn turn(grammar: Grammar, shapes: &[Shape], found: &[Option<Found>], index: usize) -> Option<Found> {
    let (last, asked) = (index.checked_sub(1)?, shapes.get(index.checked_sub(1)?)?);
    let paragraph = |index: usize| shapes.get(index).map(|shape| grammar.tokens.paragraph(shape.token));
    let here = paragraph(index)?;
    if here != paragraph(last)? + 1 {
        return None;
    }
    // The parts of a split quotation stand in one paragraph.
    let before = (0..last).rev().find(|place| paragraph(*place) != paragraph(last))?;
    let (one, other) = (found.get(before).copied()??, found.get(last).copied()??);
    if paragraph(before)? + 2 != here || !are_apart(grammar, one, other) {
        return None;
    }
    let goes_on =
        index + 1 < shapes.len() && paragraph(index + 1) == Some(here + 1) && is_alone(grammar, shapes, index + 1);
    let answers = asked.last == '?' || other.rule == Rule::Turn || goes_on;
    answers.then_some(Found { rule: Rule::Turn, ..one })
}

/// The quotation is all there is in its paragraph.
fn is_alone(grammar: Grammar, shapes: &[Shape], index: usize) -> bool {
    let Some(shape) = shapes.get(index) else { return false };
    let ends = |kind| matches!(kind, Kind::Break | Kind::Edge);
    ends(grammar.tokens.before(shape.token).kind) && ends(grammar.tokens.at(shape.token + 1).kind)
}

/// The two sources cannot be the same person.
fn are_apart(grammar: Grammar, one: Found, other: Found) -> bool {
    let person = |found: Found| grammar.names.run_at(found.source.head).and_then(|run| run.person);
    if let (Some(one), Some(other)) = (person(one), person(other)) {
        return one != other;
    }
    let sex = |found: Found| {
        let head = grammar.tokens.at(found.source.head);
        match grammar.names.run_at(found.source.head) {
            Some(run) => run.sex,
            None if head.is(Class::SHE | Class::WOMAN) => Sex::Woman,
            None if head.is(Class::HE | Class::MAN) => Sex::Man,
            None => Sex::Unknown,
        }
    };
    !sex(one).agrees(sex(other))
}
