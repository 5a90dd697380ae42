//! Articles that may hold a given passage: those that have it word for word, and those that share the most of it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, EnableScoring, Query as IndexQuery};
use tantivy::{Searcher, Term};

use super::candidates::Candidates;
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

/// Articles that may hold a passage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holders {
    /// Those that have all its runs word for word as search sees words, oldest first. Of very many the oldest.
    pub whole: Vec<Id>,
    /// Of the others the likeliest ones first.
    pub partly: Vec<Id>,
}

/// Two words that stand one behind the other, and how many articles have the rarer one.
struct Pair<'a> {
    words: &'a [String],
    articles: u64,
}

impl Index {
    /// The articles outside the trash that may hold a passage of these `runs` of folded words: those that have it word for
    /// word, all of them or more than `enough` of the oldest, and the `most` likeliest others. `None` where there is no index
    /// yet. What was changed since the last `catch_up` may be found as it was before.
    pub fn holders(
        &mut self,
        library: &Library,
        runs: &[Vec<String>],
        enough: usize,
        most: usize,
    ) -> Result<Option<Holders>> {
        if self.reach(library)?.is_none() {
            return Ok(None);
        }
        let visible = self.visible(library, &Query::default())?;
        let Some(opened) = &self.opened else { return Ok(None) };
        let searcher = opened.searcher();
        let whole = opened.whole(library, runs, &visible, enough)?;
        let pairs = if most > 0 { opened.pairs(runs)? } else { None };
        let mut best = BinaryHeap::<Reverse<(u64, i64, Id)>>::new();
        if let Some(query) = pairs {
            let weight = query.weight(EnableScoring::disabled_from_searcher(&searcher)).map_err(failed)?;
            for segment in searcher.segment_readers() {
                let articles = Articles::of(segment).map_err(failed)?;
                let alive = segment.alive_bitset();
                let mut take = |doc, score: f32| {
                    let (id, place) = (articles.id(doc), articles.place(doc));
                    // Of two that are as likely the older one: it is where the passage comes from.
                    let rank = Reverse((f64::from(score).to_bits(), -place, id));
                    let better = best.len() < most || best.peek().is_some_and(|worst| rank.0 > worst.0);
                    if better && alive.is_none_or(|alive| alive.is_alive(doc)) && visible.holds(id, place) {
                        best.push(rank);
                        if best.len() > most {
                            best.pop();
                        }
                    }
                };
                weight.for_each(segment, &mut take).map_err(failed)?;
            }
        }
        let mut partly: Vec<_> = best.into_iter().map(|Reverse(rank)| rank).collect();
        partly.sort_unstable_by(|a, b| b.cmp(a));
        let partly = partly.into_iter().map(|(_, _, id)| id).filter(|id| !whole.contains(id)).collect();
        Ok(Some(Holders { whole, partly }))
    }
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
            let mut candidates = Candidates::new(&searcher, Some(&query), &|| false)?;
            let found: Vec<Id> = std::iter::from_fn(|| candidates.next(visible)).collect();
            whole.extend(found.into_iter().rev());
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

    /// A query that scores articles by the pairs of words they share with `runs`, the rarer the more. One word changed in four
    /// breaks at most half of the pairs, so that looking for a few more than half of them misses nothing near.
    fn pairs(&self, runs: &[Vec<String>]) -> Result<Option<Box<dyn IndexQuery>>> {
        let searcher = self.searcher();
        let rarity = |word: &String| self.articles(&searcher, word);
        let mut pairs: Vec<Pair> = Vec::new();
        let mut count = 0;
        for run in runs {
            let articles: Vec<u64> = run.iter().map(rarity).collect::<Result<_>>()?;
            count += run.len().saturating_sub(1);
            for (words, articles) in run.windows(2).zip(articles.windows(2)) {
                let articles = articles.iter().copied().min().unwrap_or(0);
                if articles > 0 && !pairs.iter().any(|pair| pair.words == words) {
                    pairs.push(Pair { words, articles });
                }
            }
        }
        pairs.sort_by_key(|pair| pair.articles);
        pairs.truncate((count / 2 + 1).clamp(FEWEST_PAIRS, MOST_PAIRS));
        let all = searcher.num_docs();
        let mut looked_at = 0;
        let mut parts: Vec<Box<dyn IndexQuery>> = Vec::new();
        for pair in pairs {
            looked_at += pair.articles;
            if looked_at > MOST_LOOKED_AT && parts.len() >= FEWEST_PAIRS {
                break;
            }
            // The usual inverse frequency, as whole steps: a sum of them does not depend on the order of adding.
            let weight = (all / pair.articles.max(1)).max(1).ilog2() + 1;
            let weight = f32::from(u16::try_from(weight).unwrap_or(u16::MAX));
            let constant = ConstScoreQuery::new(exactly(self.fields.any, pair.words), 1.0);
            parts.push(Box::new(BoostQuery::new(Box::new(constant), weight)));
        }
        Ok((!parts.is_empty()).then(|| Box::new(BooleanQuery::union(parts)) as Box<dyn IndexQuery>))
    }
}
