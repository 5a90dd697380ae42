//! A query of the reader as a query of the index.
//!
//! A few conditions the index cannot decide by itself: a phrase that ends in a short prefix, words and speaker in one and
//! the same quotation, words as they are written, which it knows folded. Such a part is translated to one that finds too much (or, where it is
//! negated, too little is taken away), and the translation says that hits have to be looked at one by one.

use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, PhrasePrefixQuery, PhraseQuery, Query, TermQuery,
};
use tantivy::schema::IndexRecordOption;
use tantivy::{Searcher, Term};

use super::absent::Absent;
use super::begun::LONGEST_PREFIX;
use super::doubt::Doubt;
use super::fields::Fields;
use super::filtered;
use super::period::Period;
use super::prefix::PrefixQuery;
use crate::error::Result;
use crate::library::filter::{self, Filter};
use crate::library::store::Library;
use crate::query::{Field, Leaf, Node, together};
use crate::text::fold::{folded_words, written_words};

/// How much more a word counts in the title than in the text.
const TITLE: f32 = 2.0;
/// What a word counts that only begins as asked.
const BEGUN: f32 = 0.5;
/// The most words that the last one of a phrase may go on to be before hits are looked at instead: each costs memory.
const MOST_ENDINGS: u32 = 500;

/// A translated query.
pub struct Translation {
    /// What the index looks for; `None` where only the filter decides.
    pub words: Option<Box<dyn Query>>,
    /// What a hit must fulfil besides.
    pub filter: Filter,
    /// Where there are any, hits may be too many: each has to be looked at.
    pub doubts: Vec<Doubt>,
    /// It asks for words one after the other, which takes long to rank.
    pub phrases: bool,
}

/// Translates `root`. With `scored`, better hits score higher.
pub fn translate(
    root: Option<&Node>,
    library: &Library,
    searcher: &Searcher,
    fields: Fields,
    scored: bool,
    now: i64,
) -> Result<Translation> {
    let mut translator = Translator { library, searcher, fields, scored, now, doubts: Vec::new(), phrases: false };
    let mut filters = Vec::new();
    let mut rest = Vec::new();
    // Conditions that all hits must fulfil are tested on the few that are found, not walked through.
    let parts = match root {
        None => &[],
        Some(Node::All(parts)) => parts.as_slice(),
        Some(one) => std::slice::from_ref(one),
    };
    for part in parts {
        match translator.filter(part)? {
            Some(filter) => filters.push(filter),
            None => rest.push(part),
        }
    }
    let mut queries = Vec::with_capacity(rest.len());
    for part in rest {
        queries.push(translator.node(part, true)?);
        if !matches!(part, Node::Leaf(_)) && !translator.doubts.is_empty() {
            translator.doubts.push(Doubt::Whole);
        }
    }
    translator.doubts.extend(together(parts).map(|leaves| Doubt::OneQuote(leaves.into_iter().cloned().collect())));
    let words: Option<Box<dyn Query>> = match queries.len() {
        0 => None,
        _ => Some(Box::new(BooleanQuery::intersection(queries))),
    };
    Ok(Translation { words, filter: Filter::All(filters), doubts: translator.doubts, phrases: translator.phrases })
}

struct Translator<'a> {
    library: &'a Library,
    searcher: &'a Searcher,
    fields: Fields,
    scored: bool,
    now: i64,
    doubts: Vec<Doubt>,
    phrases: bool,
}

impl Translator<'_> {
    /// The filter that `node` is; `None` where the index knows it better.
    fn filter(&self, node: &Node) -> Result<Option<Filter>> {
        match node {
            // Words of a source's name: there may be many such articles, and the index has them in order.
            Node::Leaf(leaf @ Leaf::Words { field: Field::Source, text, exact: false, .. })
                if !leaf.is_whole() && !folded_words(text).is_empty() =>
            {
                Ok(None)
            }
            Node::Leaf(Leaf::Dated { .. } | Leaf::Newer(_)) => Ok(None),
            _ => filter::filter(&self.library.connection, node, self.now),
        }
    }

    /// `enough` says what an undecidable condition becomes: something that finds all of its hits and more, or only some.
    fn node(&mut self, node: &Node, enough: bool) -> Result<Box<dyn Query>> {
        if let Some(filter) = self.filter(node)? {
            return Ok(filtered::query(filter));
        }
        match node {
            Node::Leaf(leaf @ Leaf::Words { field, text, exact: true, prefix, .. }) => {
                let doubt = match field {
                    Field::Any => Doubt::Phrase { words: written_words(text), exact: true, prefix: *prefix },
                    Field::Said | Field::Speaker => Doubt::OneQuote(vec![leaf.clone()]),
                    _ => Doubt::Whole,
                };
                self.doubt(doubt, enough, |this| Ok(vec![this.words(*field, &folded_words(text), *prefix, true)?]))
            }
            Node::Leaf(Leaf::Words { field, text, prefix, .. }) => {
                self.words(*field, &folded_words(text), *prefix, enough)
            }
            Node::Leaf(_) => Ok(match filter::filter(&self.library.connection, node, self.now)? {
                Some(Filter::Between(from, to)) => Box::new(Period { from, to }),
                // Every other leaf is a filter and was one above.
                _ => Box::new(EmptyQuery),
            }),
            Node::Not(node) => Ok(Box::new(Absent(self.node(node, !enough)?))),
            Node::Any(nodes) => {
                let nodes: Result<Vec<_>> = nodes.iter().map(|node| self.node(node, enough)).collect();
                Ok(Box::new(BooleanQuery::union(nodes?)))
            }
            Node::All(nodes) => {
                if together(nodes).is_some() {
                    self.doubts.push(Doubt::Whole);
                    if !enough {
                        return Ok(Box::new(EmptyQuery));
                    }
                }
                let nodes: Result<Vec<_>> = nodes.iter().map(|node| self.node(node, enough)).collect();
                Ok(Box::new(BooleanQuery::intersection(nodes?)))
            }
        }
    }

    fn words(&mut self, field: Field, words: &[String], prefix: bool, enough: bool) -> Result<Box<dyn Query>> {
        let at = place_of(self.fields, field);
        let found = self.words_in(at, words, prefix, enough)?;
        if !self.scored || field != Field::Any {
            return Ok(found);
        }
        // What stands in the title stands in `any` too: these add to the score and to nothing else.
        let mut parts = vec![found];
        if prefix {
            parts.push(exactly(self.fields.any, words));
        }
        let begun = words.len() == 1 && words.iter().any(|word| word.chars().count() > LONGEST_PREFIX);
        if prefix && begun {
            let letters = words.concat();
            let title = PrefixQuery { field: self.fields.title, letters };
            parts.push(Box::new(ConstScoreQuery::new(Box::new(title), TITLE * BEGUN)));
        }
        parts.push(Box::new(BoostQuery::new(exactly(self.fields.title, words), TITLE)));
        Ok(Box::new(BooleanQuery::union(parts)))
    }

    fn words_in(
        &mut self,
        field: tantivy::schema::Field,
        words: &[String],
        prefix: bool,
        enough: bool,
    ) -> Result<Box<dyn Query>> {
        let Some((last, first)) = words.split_last() else { return Ok(Box::new(AllQuery)) };
        self.phrases |= !first.is_empty();
        if !first.is_empty() && field == self.fields.language {
            // No positions there.
            return self.doubt(Doubt::Whole, enough, |this| {
                let mut parts: Vec<Box<dyn Query>> =
                    first.iter().map(|word| exactly(field, std::slice::from_ref(word))).collect();
                parts.push(this.begun(field, last, prefix));
                Ok(parts)
            });
        }
        if !prefix || first.is_empty() {
            return Ok(if prefix { self.begun(field, last, true) } else { exactly(field, words) });
        }
        let endings = PrefixQuery { field, letters: last.clone() };
        let mut most = 0;
        for segment in self.searcher.segment_readers() {
            most = most.max(endings.count(segment, MOST_ENDINGS + 1).map_err(super::failed)?);
        }
        if most <= MOST_ENDINGS {
            let terms = words.iter().map(|word| Term::from_field_text(field, word)).collect();
            let mut phrase = PhrasePrefixQuery::new(terms);
            phrase.set_max_expansions(most.max(1));
            return Ok(Box::new(phrase));
        }
        let doubt = match field {
            field if field == self.fields.any => Doubt::Phrase { words: words.to_vec(), exact: false, prefix },
            field if field == self.fields.said => Doubt::OneQuote(vec![said(words, prefix)]),
            _ => Doubt::Whole,
        };
        self.doubt(doubt, enough, |this| Ok(vec![exactly(field, first), this.begun(field, last, true)]))
    }

    /// A word, or one that begins with it.
    fn begun(&self, field: tantivy::schema::Field, word: &str, prefix: bool) -> Box<dyn Query> {
        if !prefix {
            return exactly(field, &[word.to_owned()]);
        }
        let begun: Box<dyn Query> = if field == self.fields.any && word.chars().count() <= LONGEST_PREFIX {
            let term = Term::from_field_text(self.fields.begun, word);
            Box::new(TermQuery::new(term, IndexRecordOption::Basic))
        } else {
            Box::new(PrefixQuery { field, letters: word.to_owned() })
        };
        Box::new(ConstScoreQuery::new(begun, BEGUN))
    }

    /// Something that the index cannot decide: all of `parts` together find its hits and more.
    fn doubt(
        &mut self,
        doubt: Doubt,
        enough: bool,
        parts: impl FnOnce(&mut Self) -> Result<Vec<Box<dyn Query>>>,
    ) -> Result<Box<dyn Query>> {
        self.doubts.push(doubt);
        if enough { Ok(Box::new(BooleanQuery::intersection(parts(self)?))) } else { Ok(Box::new(EmptyQuery)) }
    }
}

/// Where the index has the words of `field`.
pub fn place_of(fields: Fields, field: Field) -> tantivy::schema::Field {
    match field {
        Field::Title => fields.title,
        Field::Source => fields.source,
        Field::Author => fields.author,
        Field::Url => fields.url,
        Field::Lang => fields.language,
        Field::Said => fields.said,
        Field::Speaker => fields.speaker,
        // A tag is a filter.
        Field::Any | Field::Tag => fields.any,
    }
}

/// The words one after the other and whole.
pub(super) fn exactly(field: tantivy::schema::Field, words: &[String]) -> Box<dyn Query> {
    let mut terms: Vec<Term> = words.iter().map(|word| Term::from_field_text(field, word)).collect();
    match terms.pop() {
        Some(only) if terms.is_empty() => Box::new(TermQuery::new(only, IndexRecordOption::WithFreqs)),
        Some(last) => {
            terms.push(last);
            Box::new(PhraseQuery::new(terms))
        }
        None => Box::new(AllQuery),
    }
}

fn said(words: &[String], prefix: bool) -> Leaf {
    Leaf::Words { field: Field::Said, text: words.join(" "), quoted: false, exact: false, prefix }
}
