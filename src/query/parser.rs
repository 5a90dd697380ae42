//! Tokens to a tree. Conditions side by side bind tighter than `OR`.

use std::ops::Range;

use super::fields::{FieldName, Key as Meaning, Named, named};
use super::lexer::{Key, Kind, Term, Token, tokens};
use super::mistake::Mistake;
use super::values::{self, Wrong};
use super::{Field, Leaf, Node, Query};
use crate::model::Order;
use crate::text::fold;

/// How deep parentheses may nest; bounds every walk over a tree.
const MAX_DEPTH: usize = 32;

/// Words and signs of a query: each costs a look at the index, and a pasted book is no search. A long paragraph has a tenth of it.
const MOST_PIECES: usize = 2000;

/// A finished query as a tree.
pub fn parse(text: &str) -> Result<Query, Mistake> {
    Parser::new(text, false)?.query()
}

/// A query that is being typed: its last word may go on, and what is not finished there – a phrase, a parenthesis,
/// a date, the name of a state, an operator – counts for as much as can be told so far.
pub fn parse_typing(text: &str) -> Result<Query, Mistake> {
    Parser::new(text, true)?.query()
}

struct Parser<'a> {
    text: &'a str,
    tokens: std::iter::Peekable<std::vec::IntoIter<Token>>,
    typing: bool,
    order: Option<Order>,
}

type Part = Result<Option<Node>, Mistake>;

impl<'a> Parser<'a> {
    fn new(text: &'a str, typing: bool) -> Result<Self, Mistake> {
        let tokens = tokens(text);
        refuse_too_many(&tokens)?;
        Ok(Self { text, tokens: tokens.into_iter().peekable(), typing, order: None })
    }

    fn query(mut self) -> Result<Query, Mistake> {
        let root = self.any(0)?;
        match self.tokens.next() {
            None => Ok(Query { root, order: self.order }),
            Some(close) => Err(Mistake::new(&close.span, "this parenthesis was never opened").hint("remove it")),
        }
    }

    /// Alternatives, up to a closing parenthesis or the end.
    fn any(&mut self, depth: usize) -> Part {
        let mut choices = Vec::new();
        let mut last_or = None;
        loop {
            let choice = self.all(depth)?;
            let at_end = self.may_go_on();
            let next_or = self.tokens.next_if(|token| matches!(token.kind, Kind::Or)).map(|token| token.span);
            match (choice, last_or, &next_or) {
                (Some(node), ..) => choices.push(node),
                (None, Some(or), _) if !at_end => return Err(dangling(self.text, &or, "behind")),
                (None, None, Some(or)) => return Err(dangling(self.text, or, "before")),
                (None, ..) => {}
            }
            if next_or.is_none() {
                return Ok(one_or(choices, Node::Any));
            }
            last_or = next_or;
        }
    }

    /// Conditions side by side, up to `OR`, a closing parenthesis or the end.
    fn all(&mut self, depth: usize) -> Part {
        let mut nodes = Vec::new();
        let mut and = None;
        let mut begun = false;
        loop {
            match self.tokens.peek().map(|token| &token.kind) {
                Some(Kind::Open | Kind::Not(_) | Kind::Term(_)) => {
                    nodes.extend(self.operand(depth)?);
                    and = None;
                    begun = true;
                }
                Some(Kind::And) if !begun || and.is_some() => {
                    let span = self.tokens.next().map_or(0..0, |token| token.span);
                    return Err(dangling(self.text, &span, "before"));
                }
                Some(Kind::And) => and = self.tokens.next().map(|token| token.span),
                Some(Kind::Or | Kind::Close) | None => break,
            }
        }
        match and {
            Some(and) if !self.may_go_on() => Err(dangling(self.text, &and, "behind")),
            _ => Ok(one_or(nodes, Node::All)),
        }
    }

    /// A condition or a group, with what negates it.
    fn operand(&mut self, depth: usize) -> Part {
        let mut not: Option<Range<usize>> = None;
        let mut negated = false;
        while let Some(Kind::Not(times)) = self.tokens.peek().map(|token| &token.kind) {
            negated ^= times % 2 == 1;
            not = self.tokens.next().map(|token| token.span);
        }
        let node = match self.tokens.next_if(|token| matches!(token.kind, Kind::Open | Kind::Term(_))) {
            Some(Token { kind: Kind::Term(term), span }) => self.term(term, &span, not.is_some() || depth > 0)?,
            Some(open) => self.group(&open.span, depth + 1)?,
            None if self.may_go_on() => None,
            None => return Err(dangling(self.text, &not.unwrap_or(0..0), "behind")),
        };
        Ok(node.map(|node| if negated { Node::Not(Box::new(node)) } else { node }))
    }

    /// What stands in parentheses, behind the opening one.
    fn group(&mut self, open: &Range<usize>, depth: usize) -> Part {
        if depth > MAX_DEPTH {
            let message = format!("more than {MAX_DEPTH} parentheses in each other");
            return Err(Mistake::new(open, message).hint("write the query flatter"));
        }
        let inner = self.any(depth)?;
        match self.tokens.next() {
            Some(close) if inner.is_none() => {
                Err(Mistake::new(&(open.start..close.span.end), "nothing stands in these parentheses"))
            }
            Some(_) => Ok(inner),
            None if self.typing => Ok(inner),
            None => Err(Mistake::new(open, "this parenthesis is not closed").hint("close it with )")),
        }
    }

    /// A single condition; `None` where it says nothing yet, or asks for an order.
    fn term(&mut self, term: Term, span: &Range<usize>, inside: bool) -> Part {
        let unfinished = self.typing && span.end == self.text.len() && (!term.quoted || term.unclosed);
        if term.unclosed && !unfinished {
            let mark = term.value.start..term.value.start + self.mark_at(term.value.start);
            return Err(Mistake::new(&mark, "this quotation mark is not closed").hint("close the phrase with \""));
        }
        let bracketed = |what: &str| {
            let message = format!("{what} takes a word or a phrase, no parentheses");
            Err(Mistake::new(&term.value, message).hint(format!("repeat {what} before each word")))
        };
        let parenthesis = term.text.starts_with('(') && !term.quoted;
        let field = match term.key {
            Key::None if term.exact && parenthesis => return bracketed("="),
            Key::None if term.exact && !term.quoted => match words_field(&term.text) {
                Some((field, value)) => {
                    let mistake = Mistake::new(&term.value, format!("the = stands behind {}:", field.name));
                    return Err(mistake.hint(format!("did you mean {}:={value}?", field.name)));
                }
                None => return Ok(Some(words(Field::Any, term, unfinished))),
            },
            Key::None => return Ok(Some(words(Field::Any, term, unfinished))),
            Key::Misspelt(span, meant) => {
                let name = self.text.get(span.clone()).unwrap_or_default();
                return Err(Mistake::new(&span, format!("there is no field {name}"))
                    .hint(format!("did you mean {meant}:? for the words themselves write \"{name}\"")));
            }
            Key::Field(field) => field,
        };
        let example = || format!("for example {}:{}", field.name, field.example);
        if term.text.is_empty() && !term.quoted {
            let missing = || Mistake::new(span, format!("nothing stands behind {}:", field.name)).hint(example());
            return if unfinished { Ok(None) } else { Err(missing()) };
        }
        if parenthesis {
            return bracketed(&format!("{}:", field.name));
        }
        let value = term.text.as_str();
        let placed = |wrong: Wrong| Mistake::new(&term.value, wrong.0).hint(wrong.1);
        let leaf = match field.key {
            Meaning::Words(field) => return Ok(Some(words(field, term, unfinished))),
            Meaning::Is => begun_choice(value, values::STATES, unfinished),
            Meaning::Has => begun_choice(value, values::PARTS, unfinished),
            Meaning::Date => {
                begun_dates(value, unfinished, |value| values::dates(value).map(|(from, to)| Leaf::Dated { from, to }))
            }
            Meaning::After => begun_dates(value, unfinished, |value| {
                values::date_and_before(value).map(|(from, _)| Leaf::Dated { from: Some(from), to: None })
            }),
            Meaning::Before => begun_dates(value, unfinished, |value| {
                values::date_and_before(value).map(|(_, to)| Leaf::Dated { from: None, to: Some(to) })
            }),
            Meaning::Newer => match values::age(value) {
                Err(_) if unfinished && values::may_go_on(value, &["d"], values::age) => Ok(None),
                age => age.map(|seconds| Some(Leaf::Newer(seconds))),
            },
            Meaning::Sort => {
                let order = begun_choice(value, values::ORDERS, unfinished).map_err(placed)?;
                if inside {
                    let mistake = Mistake::new(span, "sort: orders the whole query");
                    return Err(mistake.hint("write it outside parentheses, without NOT"));
                }
                self.order = order.or(self.order);
                return Ok(None);
            }
        };
        Ok(leaf.map_err(placed)?.map(Node::Leaf))
    }

    /// Whether the query ends here and may be typed on.
    fn may_go_on(&mut self) -> bool {
        self.typing && self.tokens.peek().is_none()
    }

    /// Bytes of the character at `at`.
    fn mark_at(&self, at: usize) -> usize {
        self.text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
    }
}

/// Refuses more than anybody asks for.
fn refuse_too_many(tokens: &[Token]) -> Result<(), Mistake> {
    let mut pieces = 0;
    for token in tokens {
        let mut words = 0;
        if let Kind::Term(term) = &token.kind {
            fold::words(&term.text, |_, _, _| words += 1);
        }
        pieces += words.max(1);
        if pieces > MOST_PIECES {
            let message = format!("these are more than {MOST_PIECES} words");
            return Err(Mistake::new(&token.span, message).hint("look for fewer at once"));
        }
    }
    Ok(())
}

fn words(field: Field, term: Term, unfinished: bool) -> Node {
    // The last word goes on only if nothing follows it: not behind a blank in an open phrase, or a full stop.
    let mut end = 0;
    fold::words(&term.text, |_, word_end, _| end = word_end);
    let open = unfinished && end > 0 && end == term.text.len();
    let (quoted, exact) = (term.quoted, term.exact);
    Node::Leaf(Leaf::Words { field, prefix: term.star || open, text: term.text, quoted, exact })
}

/// The field of words and what stands behind its colon, where `text` begins with one.
fn words_field(text: &str) -> Option<(&'static FieldName, &str)> {
    let (name, value) = text.split_once(':')?;
    match named(name) {
        Named::Field(field) if matches!(field.key, Meaning::Words(_)) => Some((field, value)),
        _ => None,
    }
}

fn one_or(mut nodes: Vec<Node>, several: fn(Vec<Node>) -> Node) -> Option<Node> {
    if nodes.len() > 1 { Some(several(nodes)) } else { nodes.pop() }
}

/// Nothing stands `side` (before, behind) an operator of `text`.
fn dangling(text: &str, operator: &Range<usize>, side: &str) -> Mistake {
    let hint = |sign| match sign {
        "|" => "words stand on both sides of it: cats|dogs",
        _ => "to search for the word itself, write it small",
    };
    let sign = text.get(operator.clone()).unwrap_or_default();
    Mistake::new(operator, format!("nothing stands {side} {sign}")).hint(hint(sign))
}

fn begun_choice<T: Clone>(value: &str, table: &[(&str, T)], unfinished: bool) -> Result<Option<T>, Wrong> {
    let begun = |(name, _): &(&str, T)| name.starts_with(&value.to_ascii_lowercase());
    match values::choice(value, table) {
        Err(_) if unfinished && table.iter().any(begun) => Ok(None),
        found => found.map(Some),
    }
}

fn begun_dates(
    value: &str,
    unfinished: bool,
    read: impl Fn(&str) -> Result<Leaf, Wrong> + Copy,
) -> Result<Option<Leaf>, Wrong> {
    if unfinished { values::begun_dates(value, read) } else { read(value).map(Some) }
}
