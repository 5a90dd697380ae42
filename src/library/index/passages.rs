//! Articles that may hold a given passage: those that have it word for word, and those that share the most of it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, EnableScoring, Occur, Query as IndexQuery};
use tantivy::{DocSet, Searcher, SegmentReader, TERMINATED, Term};

use super::filtered::Articles;
use super::period::Period;
use super::translate::exactly;
use super::{Index, Opened, failed};
use crate::error::Result;
use crate::library::filter::Filter;
use crate::library::store::Library;
use crate::model::Id;
use crate::query::Query;

/// Pairs of words that are looked for at most: the rarest ones tell enough.
const MOST_PAIRS: usize = 24;

/// Pairs that are looked for however common they are.
const FEWEST_PAIRS: usize = 2;

/// Articles with the rarer word of a pair, of all pairs together, beyond which no further pair is looked for: what bounds the time.
const MOST_LOOKED_AT: u64 = 40_000;

/// Articles in the first stretch of time that is looked through for a passage of common words.
const STRETCH: u64 = 8_192;

/// How many times as many the second stretch has; the third one has all others.
const LONGER: u64 = 8;

/// Two words that stand one behind the other.
struct Pair<'a> {
    words: &'a [String],
    /// How many articles have the rarer one, of how many.
    articles: u64,
    all: u64,
}

impl Index {
    /// The articles outside the trash that have all `runs` of folded words, each word for word as search sees words: all of them or
    /// more than `enough` of the oldest, oldest first. `None` where there is no index yet. What was changed since the last
    /// `catch_up` may be found as it was before.
    pub fn whole(&mut self, library: &Library, runs: &[Vec<String>], enough: usize) -> Result<Option<Vec<Id>>> {
        if self.reach(library)?.is_none() {
            return Ok(None);
        }
        let visible = self.visible(library, &Query::default())?;
        self.opened.as_ref().map(|opened| opened.whole(library, runs, &visible, enough)).transpose()
    }

    /// Of the articles outside the trash the `most` that share the most with `runs`, the likeliest first.
    pub fn partly(&mut self, library: &Library, runs: &[Vec<String>], most: usize) -> Result<Vec<Id>> {
        if self.reach(library)?.is_none() {
            return Ok(Vec::new());
        }
        let visible = self.visible(library, &Query::default())?;
        let Some(opened) = &self.opened else { return Ok(Vec::new()) };
        let pairs = opened.pairs(runs)?;
        let Some(rarest) = pairs.iter().map(|pair| pair.articles).min() else { return Ok(Vec::new()) };
        let all: f32 = pairs.iter().map(Pair::weight).sum();
        // Of two that are as likely the older one counts: where the oldest articles have enough that share all pairs, these are it.
        let oldest = if rarest > STRETCH { library.place_behind(i64::MIN, STRETCH)? } else { None };
        if let Some(to) = oldest {
            let likeliest = opened.likeliest(&pairs, Some(to), &visible, most)?;
            if likeliest.len() >= most && likeliest.iter().all(|(score, _)| *score >= all) {
                return Ok(likeliest.into_iter().map(|(_, id)| id).collect());
            }
        }
        let likeliest = opened.likeliest(&pairs, None, &visible, most)?;
        Ok(likeliest.into_iter().map(|(_, id)| id).collect())
    }
}

/// What `look` finds in each segment. They are looked at side by side, since a command has nothing else to do.
fn everywhere<T: Send>(
    searcher: &Searcher,
    look: impl Fn(&SegmentReader) -> tantivy::Result<T> + Sync,
) -> Result<Vec<T>> {
    let segments = searcher.segment_readers();
    let next = AtomicUsize::new(0);
    let work = || {
        let mine = std::iter::from_fn(|| segments.get(next.fetch_add(1, Ordering::Relaxed)));
        mine.map(&look).collect::<tantivy::Result<Vec<T>>>()
    };
    let found = thread::scope(|scope| {
        let threads = thread::available_parallelism().map_or(1, NonZero::get).min(segments.len());
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut found = vec![work()];
        found.extend(others.into_iter().map(|other| other.join().unwrap_or_else(|panic| resume_unwind(panic))));
        found
    });
    let found = found.into_iter().collect::<tantivy::Result<Vec<_>>>().map_err(failed)?;
    Ok(found.into_iter().flatten().collect())
}

impl Opened {
    /// The articles for which `visible` holds that have all `runs` word for word, oldest first. Where all words are common
    /// nearly every article may have them, and only the oldest are of use: time is then looked through stretch by
    /// stretch, until there are more than `enough`.
    fn whole(&self, library: &Library, runs: &[Vec<String>], visible: &Filter, enough: usize) -> Result<Vec<Id>> {
        let searcher = self.searcher();
        let rarest = runs.iter().flatten().map(|word| self.articles(&searcher, word)).collect::<Result<Vec<_>>>()?;
        let Some(rarest) = rarest.into_iter().min() else { return Ok(Vec::new()) };
        let stretches: &[Option<u64>] =
            if rarest > STRETCH { &[Some(STRETCH), Some(STRETCH * LONGER), None] } else { &[None] };
        let mut whole = Vec::new();
        let mut from = i64::MIN;
        for stretch in stretches {
            let to = stretch.map(|articles| library.place_behind(from, articles)).transpose()?.flatten();
            let to = to.unwrap_or(i64::MAX);
            let mut parts: Vec<Box<dyn IndexQuery>> = runs.iter().map(|run| exactly(self.fields.any, run)).collect();
            if (from, to) != (i64::MIN, i64::MAX) {
                parts.push(Box::new(Period { from, to }));
            }
            let query = BooleanQuery::intersection(parts);
            let weight = query.weight(EnableScoring::disabled_from_searcher(&searcher)).map_err(failed)?;
            let found = everywhere(&searcher, |segment| {
                let mut found = Vec::new();
                let (articles, alive) = (Articles::of(segment)?, segment.alive_bitset());
                let mut documents = weight.scorer(segment, 1.0)?;
                while documents.doc() != TERMINATED {
                    let (doc, id, place) =
                        (documents.doc(), articles.id(documents.doc()), articles.place(documents.doc()));
                    if alive.is_none_or(|alive| alive.is_alive(doc)) && visible.holds(id, place) {
                        found.push((place, id));
                    }
                    documents.advance();
                }
                Ok(found)
            })?;
            let mut found: Vec<(i64, Id)> = found.into_iter().flatten().collect();
            found.sort_unstable();
            whole.extend(found.into_iter().map(|(_, id)| id));
            if to == i64::MAX || whole.len() > enough {
                break;
            }
            from = to;
        }
        Ok(whole)
    }

    /// How many articles have `word`.
    fn articles(&self, searcher: &Searcher, word: &str) -> Result<u64> {
        searcher.doc_freq(&Term::from_field_text(self.fields.any, word)).map_err(failed)
    }

    /// The `most` articles that score best by the `pairs` they have, best first and of two alike the older one; where there is a
    /// place `to`, only those before it.
    fn likeliest(&self, pairs: &[Pair], to: Option<i64>, visible: &Filter, most: usize) -> Result<Vec<(f32, Id)>> {
        let mut parts: Vec<(Occur, Box<dyn IndexQuery>)> = Vec::new();
        for pair in pairs {
            let constant = ConstScoreQuery::new(exactly(self.fields.any, pair.words), 1.0);
            parts.push((Occur::Should, Box::new(BoostQuery::new(Box::new(constant), pair.weight()))));
        }
        parts.extend(to.map(|to| (Occur::Must, Box::new(Period { from: i64::MIN, to }) as Box<dyn IndexQuery>)));
        let searcher = self.searcher();
        let weight = BooleanQuery::new(parts);
        let weight = weight.weight(EnableScoring::disabled_from_searcher(&searcher)).map_err(failed)?;
        let best = everywhere(&searcher, |segment| {
            let mut best = BinaryHeap::<Reverse<(u32, i64, Id)>>::new();
            let (articles, alive) = (Articles::of(segment)?, segment.alive_bitset());
            weight.for_each(segment, &mut |doc, score: f32| {
                let (id, place) = (articles.id(doc), articles.place(doc));
                // Scores are not negative: their bits are in the order of their values.
                let rank = Reverse((score.to_bits(), -place, id));
                let better = score > 0.0 && (best.len() < most || best.peek().is_some_and(|worst| rank.0 > worst.0));
                if better && alive.is_none_or(|alive| alive.is_alive(doc)) && visible.holds(id, place) {
                    best.push(rank);
                    if best.len() > most {
                        best.pop();
                    }
                }
            })?;
            Ok(best.into_vec())
        })?;
        let mut best: Vec<_> = best.into_iter().flatten().collect();
        best.sort_unstable();
        Ok(best.into_iter().take(most).map(|Reverse((score, _, id))| (f32::from_bits(score), id)).collect())
    }

    /// The pairs of words of `runs` that tell the most: the rarest. One word changed in four breaks at most half of the pairs, so
    /// that looking for a few more than half of them misses nothing near.
    fn pairs<'a>(&self, runs: &'a [Vec<String>]) -> Result<Vec<Pair<'a>>> {
        let searcher = self.searcher();
        let rarity = |word: &String| self.articles(&searcher, word);
        let all = searcher.num_docs();
        let mut pairs: Vec<Pair> = Vec::new();
        let mut count = 0;
        for run in runs {
            let articles: Vec<u64> = run.iter().map(rarity).collect::<Result<_>>()?;
            count += run.len().saturating_sub(1);
            for (words, articles) in run.windows(2).zip(articles.windows(2)) {
                let articles = articles.iter().copied().min().unwrap_or(0);
                if articles > 0 && !pairs.iter().any(|pair| pair.words == words) {
                    pairs.push(Pair { words, articles, all });
                }
            }
        }
        pairs.sort_by_key(|pair| pair.articles);
        pairs.truncate((count / 2 + 1).clamp(FEWEST_PAIRS, MOST_PAIRS));
        let mut looked_at = 0;
        let affordable = pairs.iter().enumerate().take_while(|(n, pair)| {
            looked_at += pair.articles;
            looked_at <= MOST_LOOKED_AT || *n < FEWEST_PAIRS
        });
        let affordable = affordable.count();
        pairs.truncate(affordable);
        Ok(pairs)
    }
}

impl Pair<'_> {
    /// What an article that has it scores: the usual inverse frequency, as whole steps, since a sum of them does not depend on
    /// the order of adding.
    fn weight(&self) -> f32 {
        let steps = (self.all / self.articles.max(1)).max(1).ilog2() + 1;
        f32::from(u16::try_from(steps).unwrap_or(u16::MAX))
    }
}
