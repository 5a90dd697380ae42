//! Cuts the tokens of a text into sentences and paragraphs: which full stops end one, and which belong to an abbreviation.

use super::lexicon::Class;
use super::tokens::{Kind, Sentence, Shape, Token};

/// Numbers the sentences of `list`, and gives them in order.
pub fn cut(text: &str, list: &mut [Token], shapes: &[Shape]) -> Vec<Sentence> {
    let mut sentences = vec![Sentence { first: 0, paragraph: 0 }];
    let (mut sentence, mut paragraph) = (0, 0);
    let mut quotes = shapes.iter();
    for place in 0..list.len() {
        if let Some(token) = list.get_mut(place) {
            token.sentence = sentence;
        }
        let (token, next) = (at(list, place), at(list, place + 1));
        let ends = match token.kind {
            Kind::Break => {
                paragraph += 1;
                true
            }
            Kind::Stop => (next.kind != Kind::Word || next.capital) && !matches!(next.kind, Kind::Comma | Kind::Close),
            Kind::Word => abbreviation_ends(text, token, next),
            Kind::Quote => match quotes.next().map_or(' ', |shape| shape.last) {
                '.' | '…' => next.names() || next.capital || matches!(next.kind, Kind::Quote | Kind::Number),
                '?' | '!' => (next.capital || next.kind == Kind::Quote) && !said_soon(list, place + 1),
                _ => false,
            },
            _ => false,
        };
        if ends {
            sentence += 1;
            sentences.push(Sentence { first: u32::try_from(place + 1).unwrap_or(u32::MAX), paragraph });
        }
    }
    sentences
}

fn at(list: &[Token], place: usize) -> Token {
    list.get(place).copied().unwrap_or(Token::EDGE)
}

/// “… in the U.S. He left”: an abbreviation's full stop that ends the sentence too.
fn abbreviation_ends(text: &str, token: Token, next: Token) -> bool {
    token.end - token.start > 2
        && text.get(token.start as usize..token.end as usize).is_some_and(|word| word.ends_with('.'))
        && !token.is(Class::TITLE)
        && next.kind == Kind::Word
        && next.capital
        && next.is(Class::FUNCTION)
        && !next.is(Class::FIRST_NAME | Class::DAY)
}

/// “Really?” Brown said: a verb of saying within a few words.
fn said_soon(list: &[Token], place: usize) -> bool {
    (place..place + 8)
        .map(|place| at(list, place))
        .take_while(|token| matches!(token.kind, Kind::Word | Kind::Possessive))
        .any(|token| token.is(Class::SAY))
}
