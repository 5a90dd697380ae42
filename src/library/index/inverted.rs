//! Articles taken apart for the index, until a segment is written of them (`segment`): which word stands where.
//!
//! The words of a run of articles, as many as fit in the processor's cache, are sorted together and put away as bytes: next to
//! nothing is looked up in main memory, and what waits takes less room than the text. Knows fields by their numbers alone.
//!
//! A run, in the terms of `bytes`:
//!
//! ```text
//! words, sorted by field and spelling, each:   T the field's number as a character, and the word
//!                                              N articles, each:
//! N twice the steps from the article before, and 1 more where the word stands in it once
//! N how often it stands in it, where that is more · N where, each in words from the one before
//! ```

use tantivy::schema::Field;

use super::entry::BETWEEN;
use super::fields::FIELDS;
use super::terms::Terms;
use crate::library::bytes::{Reader, Writer};

/// Words of a run.
const RUN: usize = 1 << 16;

/// Bytes that a word may have: nobody looks for longer ones, and each would cost many times its size.
const LONGEST: usize = 65_530;

/// Articles taken apart.
pub struct Inverted {
    articles: Vec<Taken>,
    runs: Vec<Box<[u8]>>,
    open: Run,
}

/// An article that was taken apart.
pub struct Taken {
    pub id: u64,
    pub place: i64,
    /// How many words each field has.
    pub words: [u32; FIELDS],
}

/// The words of the articles that came last, in the order in which they came.
struct Run {
    most: usize,
    terms: Terms,
    /// The number of each word among the terms, and where in its field it stands.
    words: Vec<(u32, u32)>,
    /// The articles, and where in `words` each ends.
    ends: Vec<(u32, usize)>,
    /// Kept for their room: where the next word of each term goes, and the article and place of each.
    next: Vec<usize>,
    sorted: Vec<(u32, u32)>,
}

impl Inverted {
    pub fn new() -> Self {
        Self::by_runs(RUN)
    }

    /// As `new`, with runs of at most so many words.
    pub(super) fn by_runs(most: usize) -> Self {
        let open = Run {
            most,
            terms: Terms::new(),
            words: Vec::new(),
            ends: Vec::new(),
            next: Vec::new(),
            sorted: Vec::new(),
        };
        Self { articles: Vec::new(), runs: Vec::new(), open }
    }

    /// Takes an article apart: `values` are folded words with `BETWEEN` between them. No phrase goes from one value of a field
    /// to the next.
    pub fn add<'a>(&mut self, id: u64, place: i64, values: impl Iterator<Item = (Field, &'a str)>) {
        let article = u32::try_from(self.articles.len()).unwrap_or(u32::MAX);
        let mut words = [0; FIELDS];
        let mut places = [0; FIELDS];
        for (field, value) in values {
            let Ok(number) = u8::try_from(field.field_id()) else { continue };
            let Some((words, at)) = words.get_mut(usize::from(number)).zip(places.get_mut(usize::from(number))) else {
                continue;
            };
            each_word(value, |word| {
                if word.len() <= LONGEST {
                    self.open.words.push((self.open.terms.count(number, word), *at));
                    *words += 1;
                    if self.open.words.len() >= self.open.most {
                        self.open.ends.push((article, self.open.words.len()));
                        self.put_away();
                    }
                }
                *at += 1;
            });
            *at += 1;
        }
        self.open.ends.push((article, self.open.words.len()));
        self.articles.push(Taken { id, place, words });
    }

    pub fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }

    /// The articles in their order of coming, and what was put away of their words.
    pub fn finish(mut self) -> (Vec<Taken>, Vec<Box<[u8]>>) {
        self.put_away();
        (self.articles, self.runs)
    }

    fn put_away(&mut self) {
        self.runs.push(self.open.close());
    }
}

impl Run {
    fn close(&mut self) -> Box<[u8]> {
        let terms = self.terms.sorted();
        self.next.clear();
        self.next.resize(terms.len(), 0);
        let mut all = 0;
        for (number, count) in &terms {
            if let Some(next) = self.next.get_mut(*number as usize) {
                *next = all;
            }
            all += *count as usize;
        }
        self.sorted.clear();
        self.sorted.resize(all, (0, 0));
        let mut words = self.words.iter();
        let mut start = 0;
        for (article, end) in self.ends.drain(..) {
            for (number, place) in words.by_ref().take(end - start) {
                let Some(next) = self.next.get_mut(*number as usize) else { continue };
                if let Some(sorted) = self.sorted.get_mut(*next) {
                    *sorted = (article, *place);
                }
                *next += 1;
            }
            start = end;
        }
        let mut out = Writer::default();
        let mut rest = self.sorted.as_slice();
        for (number, count) in terms {
            let (places, after) = rest.split_at_checked(count as usize).unwrap_or((rest, &[]));
            out.bytes(self.terms.get(number).unwrap_or_default());
            write_places(&mut out, places);
            rest = after;
        }
        self.words.clear();
        self.terms.clear();
        out.finish().into_boxed_slice()
    }
}

fn each_word(value: &str, mut each: impl FnMut(&str)) {
    let mut rest = Some(value).filter(|value| !value.is_empty());
    while let Some(text) = rest {
        // Words are short: a plain walk finds their end sooner than a search that is made for long texts.
        let end = text.bytes().position(|byte| byte == BETWEEN as u8).unwrap_or(text.len());
        each(text.get(..end).unwrap_or_default());
        rest = text.get(end + 1..);
    }
}

/// Writes articles and places of one word, in order.
fn write_places(out: &mut Writer, places: &[(u32, u32)]) {
    let articles = || places.chunk_by(|a, b| a.0 == b.0);
    out.number(articles().count() as u64);
    let mut before = 0;
    for places in articles() {
        let article = places.first().map_or(before, |(article, _)| *article);
        let steps = u64::from(article - before) * 2;
        if let [_] = places {
            out.number(steps + 1);
        } else {
            out.number(steps);
            out.number(places.len() as u64);
        }
        let mut last = 0;
        for (_, place) in places {
            out.number(u64::from(place - last));
            last = *place;
        }
        before = article;
    }
}

/// A walk through the words of a run.
pub struct Walk<'a>(Reader<'a>);

impl<'a> Walk<'a> {
    pub fn new(run: &'a [u8]) -> Self {
        Self(Reader::new(run))
    }

    /// The next word, its field before it; what is told of it has to be read before the next one.
    pub fn word(&mut self) -> Option<&'a [u8]> {
        self.0.bytes()
    }

    /// Puts the articles and places of the word behind those of earlier runs.
    pub fn places(&mut self, all: &mut Places) -> Option<()> {
        let mut article = 0;
        for _ in 0..self.0.small()? {
            let steps = self.0.small()?;
            article += steps / 2;
            let count = if steps % 2 == 1 { 1 } else { self.0.small()? };
            let start = all.steps.len();
            for _ in 0..count {
                all.steps.push(self.0.small()?);
            }
            match all.articles.last_mut().filter(|last| last.article == article) {
                // It began in the run before.
                Some(last) => {
                    let before = all.steps.get(last.start..start).unwrap_or_default().iter().sum::<u32>();
                    if let Some(first) = all.steps.get_mut(start) {
                        *first -= before;
                    }
                    last.count += count;
                }
                None => all.articles.push(Standing { article, start, count }),
            }
        }
        Some(())
    }
}

/// Where a word stands, in all articles.
#[derive(Default)]
pub struct Places {
    pub articles: Vec<Standing>,
    /// In words, the first from the beginning of the field and each further one from the one before.
    pub steps: Vec<u32>,
}

/// The places of a word in one article: so many of the `steps` from `start` on.
pub struct Standing {
    pub article: u32,
    pub start: usize,
    pub count: u32,
}

impl Places {
    pub fn clear(&mut self) {
        self.articles.clear();
        self.steps.clear();
    }
}
