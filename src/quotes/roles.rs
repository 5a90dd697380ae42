//! What the text says a speaker is: “Ada Brown, chief of sales at Acme,” and “the clerk Ada Brown”. As printed.

use std::ops::Range;

use super::lexicon::Class;
use super::names::{Run, Sort};
use super::phrases::{Grammar, Phrase};
use super::tokens::Kind;

/// A role and a name that stand side by side: “the club's coach, Ada Brown,”. `source` is the role.
pub fn name_beside<'g>(grammar: Grammar<'g, '_>, source: Phrase) -> Option<&'g Run> {
    let tokens = grammar.tokens;
    let noun = tokens.lexicon.german && tokens.at(source.start).is(Class::DETERMINER);
    if tokens.at(source.end).kind != Kind::Comma || !noun && !grammar.holds(source, Class::ROLE | Class::TITLE) {
        return None;
    }
    let run = grammar.names.run_at(source.end + 1)?;
    let next = tokens.at(run.end);
    let alone = !matches!(next.kind, Kind::Word | Kind::Possessive) || next.small(Class::SAY);
    let full = run.first == source.end + 1 && run.end - run.name >= 2;
    (full && alone && !matches!(run.sort, Sort::Role | Sort::Group | Sort::Place)).then_some(run)
}

/// The role at this mention: the aside behind the name, else the words before it in its own phrase.
pub fn role_at(grammar: Grammar, run: &Run) -> Option<Range<u32>> {
    aside(grammar, run).or_else(|| before_name(grammar, run))
}

/// “Ada Brown, chief of sales at Acme, …”
fn aside(grammar: Grammar, run: &Run) -> Option<Range<u32>> {
    let tokens = grammar.tokens;
    if tokens.at(run.end).kind != Kind::Comma {
        return None;
    }
    // “Ada Brown, 52, chief of sales”
    let age = tokens.at(run.end + 1).kind == Kind::Number && tokens.at(run.end + 2).kind == Kind::Comma;
    let start = run.end + if age { 3 } else { 1 };
    let phrase = grammar.phrase(start, tokens.sentence_end(run.end))?;
    // “Brown, whose group …”: somebody else.
    let role = grammar.holds(phrase, Class::ROLE | Class::TITLE | Class::MAN | Class::WOMAN)
        && !tokens.word(start).eq_ignore_ascii_case("whose");
    let person = grammar.names.run_at(phrase.head).is_some_and(|run| run.sort == Sort::Person);
    (role && !person).then(|| {
        let whole = grammar.extended(phrase);
        grammar.tokens.span(whole.start..whole.end)
    })
}

/// “the Springfield clerk Ada Brown”, “Sen. Ada Brown”
fn before_name(grammar: Grammar, run: &Run) -> Option<Range<u32>> {
    let tokens = grammar.tokens;
    let mut start = run.name;
    let mut role = false;
    while start > 0 {
        let before = tokens.before(start);
        // “Secretary of State Ada Brown”
        if before.small(Class::HANGS)
            && start > 1
            && tokens.before(start - 1).is(Class::TITLE | Class::ROLE)
            && start < run.name
        {
            start -= 1;
            continue;
        }
        let verb = Class::SAY | Class::REWORD | Class::THINK | Class::VERB | Class::SAYING | Class::ADVERB;
        let inside = before.kind == Kind::Word
            && !before.is(Class::FUNCTION)
            && (before.capital || !before.is(verb) && !tokens.word(start - 1).ends_with("ed"));
        if !inside {
            break;
        }
        role |= before.is(Class::ROLE | Class::TITLE) && !before.is(Class::HONORIFIC);
        start -= 1;
    }
    role.then(|| grammar.tokens.span(start..run.name))
}
