//! The text outside quotations as tokens with their classes, cut into sentences; a quotation is one token.

use std::ops::Range;

use super::lexicon::{Class, Lexicon};
use super::pairing::Span;
use super::sentences;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Word,
    Number,
    Comma,
    /// . ? ! and their like.
    Stop,
    Colon,
    Semicolon,
    Dash,
    Open,
    Close,
    /// The 's behind a name.
    Possessive,
    /// An outermost quotation.
    Quote,
    /// A line break.
    Break,
    Other,
    /// Before the first token and behind the last.
    Edge,
}

#[derive(Clone, Copy, Debug)]
pub struct Token {
    pub start: u32,
    pub end: u32,
    pub kind: Kind,
    pub class: Class,
    /// The first letter is upper case.
    pub capital: bool,
    pub sentence: u32,
}

/// Where a sentence begins, and which paragraph it stands in.
#[derive(Clone, Copy, Debug)]
pub struct Sentence {
    /// Place of its first token.
    pub first: u32,
    pub paragraph: u32,
}

impl Token {
    pub const EDGE: Self =
        Self { start: 0, end: 0, kind: Kind::Edge, class: Class::NONE, capital: false, sentence: u32::MAX };

    pub fn is(&self, class: Class) -> bool {
        self.class.is(class)
    }

    /// A word in lower case of this class.
    pub fn small(&self, class: Class) -> bool {
        !self.capital && self.class.is(class)
    }

    /// A word with a capital that could be part of a name.
    pub fn names(&self) -> bool {
        self.kind == Kind::Word && self.capital && !self.is(Class::FUNCTION)
    }
}

/// What a quotation looks like from inside.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Place of its token.
    pub token: usize,
    /// The last character before the closing mark that is not blank.
    pub last: char,
    /// How many quotations stand before it.
    number: u32,
    /// How many words that may be a cue stand before it.
    cues: u32,
    /// How many words it has; of more than `MOST_WORDS` the rest is not counted.
    pub words: u8,
    /// The first character behind the opening mark that is not blank is upper case.
    pub capital: bool,
    /// Some word has no capital that would have one in the title of a work.
    pub small: bool,
    /// A sentence ends inside it.
    pub sentences: bool,
}

/// No rule tells longer quotations apart by their words.
pub const MOST_WORDS: u8 = 8;

pub struct Tokens<'a> {
    pub text: &'a str,
    pub lexicon: &'static Lexicon,
    list: Vec<Token>,
    /// One for every quotation, in order.
    pub shapes: Vec<Shape>,
    /// A line break ends its sentence: no token needs to know its paragraph.
    sentences: Vec<Sentence>,
    /// The words that may be a cue, in order: nearly every search for one ends here.
    cues: Vec<u32>,
}

impl<'a> Tokens<'a> {
    pub fn new(text: &'a str, spans: &[Span], lexicon: &'static Lexicon) -> Self {
        let mut tokens =
            Self { text, lexicon, list: Vec::new(), shapes: Vec::new(), sentences: Vec::new(), cues: Vec::new() };
        tokens.list.reserve(text.len() / 5);
        let mut at = 0;
        for span in spans {
            tokens.read(at, span.range.start as usize);
            let shape = tokens.shape(span);
            tokens.shapes.push(shape);
            tokens.push(Kind::Quote, span.range.start as usize, span.range.end as usize);
            at = span.range.end as usize;
        }
        tokens.read(at, text.len().min(u32::MAX as usize));
        tokens.sentences = sentences::cut(text, &mut tokens.list, &tokens.shapes);
        tokens
    }

    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// The token at `place`; an edge outside.
    pub fn at(&self, place: usize) -> Token {
        self.list.get(place).copied().unwrap_or(Token::EDGE)
    }

    /// The token before `place`.
    pub fn before(&self, place: usize) -> Token {
        place.checked_sub(1).map_or(Token::EDGE, |place| self.at(place))
    }

    pub fn word(&self, place: usize) -> &'a str {
        let token = self.at(place);
        self.slice(token.start, token.end)
    }

    pub fn slice(&self, start: u32, end: u32) -> &'a str {
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// The first place from `place` on whose token is such a one.
    pub fn find(&self, place: usize, such: impl Fn(&Token) -> bool) -> Option<usize> {
        self.list.get(place..)?.iter().position(such).map(|more| place + more)
    }

    /// Bytes of a stretch of tokens.
    pub fn span(&self, places: Range<usize>) -> Range<u32> {
        self.at(places.start).start..self.at(places.end.saturating_sub(1)).end
    }

    /// The place of the first token of the sentence around `place`.
    pub fn sentence_start(&self, place: usize) -> usize {
        self.sentence(self.at(place).sentence).0
    }

    /// The place behind the last token of the sentence around `place`.
    pub fn sentence_end(&self, place: usize) -> usize {
        self.sentence(self.at(place).sentence).1
    }

    /// The places of `places` at which a cue may stand, in order.
    pub fn cues(&self, places: Range<usize>) -> impl DoubleEndedIterator<Item = usize> {
        let from = self.cues.partition_point(|cue| (*cue as usize) < places.start);
        let cues = self.cues.get(from..).unwrap_or_default();
        let to = cues.partition_point(|cue| (*cue as usize) < places.end);
        cues.iter().take(to).map(|cue| *cue as usize)
    }

    /// The places before a quotation, down to `start`, at which a cue may stand: the nearest one first.
    pub fn cues_before(&self, shape: &Shape, start: usize) -> impl Iterator<Item = usize> {
        let cues = self.cues.get(..shape.cues as usize).unwrap_or_default().iter().rev();
        cues.map(|cue| *cue as usize).take_while(move |cue| *cue >= start)
    }

    /// The first place behind a quotation at which a cue may stand.
    pub fn cue_behind(&self, shape: &Shape) -> Option<usize> {
        self.cues.get(shape.cues as usize).map(|cue| *cue as usize)
    }

    /// The place of the quotation that stands `parts` quotations before this one.
    pub fn quote_before(&self, shape: &Shape, parts: usize) -> Option<usize> {
        self.shapes.get((shape.number as usize).checked_sub(parts)?).map(|shape| shape.token)
    }

    /// First place of a sentence, and the place behind its last.
    pub fn sentence(&self, number: u32) -> (usize, usize) {
        let first =
            |number: usize| self.sentences.get(number).map_or(self.list.len(), |sentence| sentence.first as usize);
        (first(number as usize), first(number as usize + 1))
    }

    /// The paragraph of the token at `place`, counted from 0; `u32::MAX` outside the text.
    pub fn paragraph(&self, place: usize) -> u32 {
        self.sentences.get(self.at(place).sentence as usize).map_or(u32::MAX, |sentence| sentence.paragraph)
    }

    /// Appends a token that is no word.
    pub fn push(&mut self, kind: Kind, start: usize, end: usize) {
        self.append(kind, start, end, Class::NONE, false);
    }

    /// Appends a word.
    pub fn push_word(&mut self, start: usize, end: usize, class: Class, capital: bool) {
        let ends_ed = || end - start > 2 && self.text.as_bytes().get(end - 2..end) == Some(b"ed");
        if class.is(Class::CUE | Class::VERB) || !capital && ends_ed() {
            self.cues.push(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        }
        self.append(Kind::Word, start, end, class, capital);
    }

    fn append(&mut self, kind: Kind, start: usize, end: usize, class: Class, capital: bool) {
        let (start, end) = (u32::try_from(start).unwrap_or(u32::MAX), u32::try_from(end).unwrap_or(u32::MAX));
        self.list.push(Token { start, end, kind, class, capital, sentence: 0 });
    }

    fn shape(&self, span: &Span) -> Shape {
        let inner = self.text.get((span.range.start + span.opening) as usize..(span.range.end - span.closing) as usize);
        let inner = inner.unwrap_or_default().trim();
        let mut shape = Shape {
            token: self.list.len(),
            last: inner.trim_end_matches(['’', '\'', '”', '"', '“']).chars().next_back().unwrap_or(' '),
            number: u32::try_from(self.shapes.len()).unwrap_or(u32::MAX),
            cues: u32::try_from(self.cues.len()).unwrap_or(u32::MAX),
            words: 0,
            capital: inner.starts_with(char::is_uppercase),
            small: false,
            sentences: false,
        };
        let mut ended = false;
        for word in inner.split_ascii_whitespace() {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            let Some(first) = bare.chars().next() else { continue };
            shape.words += 1;
            if shape.words > MOST_WORDS {
                break;
            }
            shape.sentences |= ended;
            ended = word.ends_with(['.', '?', '!']) && bare.len() > 3;
            shape.small = shape.small
                || !first.is_uppercase()
                    && !first.is_numeric()
                    && (shape.words == 1 || !self.lexicon.class(bare).is(Class::SMALL_TITLE));
        }
        shape
    }
}
