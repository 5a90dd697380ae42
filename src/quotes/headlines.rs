//! Headlines: lines in which nearly every word has a capital, so that a capital tells no name; and first lines that a
//! name and a colon open.

use super::cues::{Found, Rule};
use super::lexicon::Class;
use super::phrases::{Grammar, Phrase, Way};
use super::tokens::{Kind, Shape, Tokens};

/// How many tokens of a line are looked at to see whether it is a headline.
const HEADLINE: usize = 30;

/// A line in which nearly every word has a capital: there a run of them is no name.
pub fn is_headline(tokens: &Tokens, start: usize) -> bool {
    let (mut capitals, mut small) = (0, 0);
    for place in start..start + HEADLINE {
        let token = tokens.at(place);
        if matches!(token.kind, Kind::Break | Kind::Edge) {
            break;
        }
        if token.kind == Kind::Word {
            if token.capital {
                capitals += 1;
            } else if token.is(Class::SAY) {
                return false;
            } else if !token.is(Class::SMALL_TITLE | Class::FUNCTION) {
                small += 1;
                if small * 4 >= HEADLINE {
                    return false;
                }
            }
        }
    }
    capitals > 4 && small * 4 < capitals
}

/// In a headline a name is a known first name and the word behind it, or one word.
pub fn run_end(tokens: &Tokens, start: usize) -> usize {
    let two =
        tokens.at(start).is(Class::FIRST_NAME) && tokens.at(start + 1).names() && !tokens.at(start + 1).is(Class::SAY);
    start + if two { 2 } else { 1 }
}

/// Every word has a capital there, verbs too: only a person whom the article names can be told from them.
pub fn misleads(grammar: Grammar, shape: &Shape, source: Phrase) -> bool {
    let tokens = grammar.tokens;
    !tokens.lexicon.german && is_headline(tokens, tokens.sentence_start(shape.token)) && !grammar.is_named(source)
}

/// “Brown: The mill is ‘a heap of wood’”: the text's first line is all Brown's where a name alone opens it.
pub fn label(grammar: Grammar, shape: &Shape) -> Option<Found> {
    let tokens = grammar.tokens;
    let run = grammar.names.run_at(0).filter(|run| run.first == 0 && run.person.is_some())?;
    let labelled = tokens.paragraph(shape.token) == 0 && tokens.at(run.end).kind == Kind::Colon;
    labelled.then(|| Found::new(run.end, Phrase::new(0, run.end, run.end - 1, Way::Beside), Rule::Label))
}
