//! Finding articles: newest first as the index yields them, best first by their scores.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::query::{EnableScoring, Query as IndexQuery};
use tantivy::{Score, Searcher};

use super::candidates::{Candidates, LOOK};
use super::catch_up::behind;
use super::doubt::dispel;
use super::filtered::Articles;
use super::translate::{Translation, translate};
use super::{Index, failed};
use crate::clock::Now;
use crate::error::Result;
use crate::library::bits::{Bits, Mark};
use crate::library::filter::Filter;
use crate::library::store::Library;
use crate::model::{Id, Order};
use crate::query::{Query, Subject, matches};

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// In the order asked.
    pub ids: Vec<Id>,
    /// These are all; otherwise there may be more: the limit was reached, the search was stopped, the index does not know
    /// every change yet, or it is not ready and only titles were looked at.
    pub complete: bool,
}

impl Index {
    /// The articles that `query` finds, in `order`, at most `limit` of them. Ends early when `stop` says so. What was changed
    /// since the last `catch_up` may be found as it was before.
    pub fn search(
        &mut self,
        library: &Library,
        query: &Query,
        order: Order,
        now: &Now,
        limit: Option<usize>,
        stop: &dyn Fn() -> bool,
    ) -> Result<Found> {
        let limit = limit.unwrap_or(usize::MAX);
        // Asked before the index is looked at: what is carried over in between does no harm.
        let knows_all = behind(library)? == 0;
        let Some(opened) = self.reach(library)? else { return titles(library, query, order, now, limit, stop) };
        let searcher = opened.searcher();
        let scored = order == Order::Relevance;
        let root = query.root.as_ref();
        let mut translation = translate(root, library, &searcher, opened.fields, scored, now.seconds)?;
        translation.filter = Filter::All(vec![visible(library, query)?, translation.filter]);
        let search = Search { library, query, now, searcher: &searcher, translation, limit, stop };
        let mut found = match order {
            Order::Relevance if search.translation.words.is_some() => search.best(),
            Order::Newest | Order::Relevance => search.newest(),
            Order::Oldest => search.oldest(),
        }?;
        found.complete &= knows_all;
        Ok(found)
    }
}

/// What the library holds and the query may see: the index may still know what was purged.
pub(super) fn visible(library: &Library, query: &Query) -> Result<Filter> {
    let present = Bits::load(&library.connection, Mark::Present)?;
    Ok(Filter::In(present.without(&library.hidden(query)?).into()))
}

struct Search<'a> {
    library: &'a Library,
    query: &'a Query,
    now: &'a Now,
    searcher: &'a Searcher,
    translation: Translation,
    limit: usize,
    stop: &'a dyn Fn() -> bool,
}

impl Search<'_> {
    fn newest(&self) -> Result<Found> {
        let mut candidates = Candidates::new(self.searcher, self.translation.words.as_deref(), self.stop)?;
        let mut ids = Vec::new();
        while let Some(id) = candidates.next(&self.translation.filter) {
            let hit = self.is_hit(id)?;
            if hit && ids.len() < self.limit {
                ids.push(id);
            } else if hit || (self.stop)() {
                return Ok(Found { ids, complete: false });
            }
        }
        Ok(Found { ids, complete: !candidates.stopped })
    }

    fn oldest(mut self) -> Result<Found> {
        let limit = std::mem::replace(&mut self.limit, usize::MAX);
        let mut found = self.newest()?;
        found.ids.reverse();
        found.complete &= found.ids.len() <= limit;
        found.ids.truncate(limit);
        Ok(found)
    }

    fn best(&self) -> Result<Found> {
        let Some(words) = &self.translation.words else { return self.newest() };
        // One more than asked says whether there are more; where hits have to be looked at, any number may fall away.
        let most = if self.translation.doubts.is_empty() { self.limit.saturating_add(1) } else { usize::MAX };
        let (ranked, stopped) = self.rank(words.as_ref(), most)?;
        let mut found = Found { ids: Vec::new(), complete: !stopped };
        for id in ranked {
            let hit = self.is_hit(id)?;
            if hit && found.ids.len() < self.limit {
                found.ids.push(id);
            } else if hit || (self.stop)() {
                found.complete = false;
                break;
            }
        }
        Ok(found)
    }

    /// The `most` best hits of the index, the newer one first where two are alike; and whether it was stopped.
    fn rank(&self, words: &dyn IndexQuery, most: usize) -> Result<(Vec<Id>, bool)> {
        let weight = words.weight(EnableScoring::enabled_from_searcher(self.searcher)).map_err(failed)?;
        let mut best = BinaryHeap::<Reverse<(Rank, i64, Id)>>::new();
        let mut walked = 0;
        let mut stopped = false;
        for segment in self.searcher.segment_readers() {
            let articles = Articles::of(segment).map_err(failed)?;
            let alive = segment.alive_bitset();
            let floor = |best: &BinaryHeap<Reverse<(Rank, i64, Id)>>| match best.peek() {
                // A hit as good as the worst one so far may be newer: only what is below it is passed over.
                Some(Reverse((worst, ..))) if best.len() >= most => worst.0.next_down(),
                _ => Score::NEG_INFINITY,
            };
            let mut threshold = floor(&best);
            weight
                .for_each_pruning(threshold, segment, &mut |doc, score| {
                    walked += 1;
                    if walked % LOOK == 0 {
                        stopped |= (self.stop)();
                    }
                    let (id, place) = (articles.id(doc), articles.place(doc));
                    let alive = alive.is_none_or(|alive| alive.is_alive(doc));
                    if stopped {
                        threshold = Score::INFINITY;
                    } else if alive && self.translation.filter.holds(id, place) {
                        best.push(Reverse((Rank(score), place, id)));
                        if best.len() > most {
                            best.pop();
                        }
                        threshold = floor(&best);
                    }
                    threshold
                })
                .map_err(failed)?;
        }
        let ranked = best.into_sorted_vec().into_iter().map(|Reverse((.., id))| id);
        Ok((ranked.collect(), stopped))
    }

    /// Whether what the index found is what the query means.
    fn is_hit(&self, id: Id) -> Result<bool> {
        let doubts = &self.translation.doubts;
        Ok(doubts.is_empty() || dispel(doubts, self.library, self.query, id, self.now.seconds)?)
    }
}

/// A score in its total order.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Rank(Score);

impl Eq for Rank {}

impl PartialOrd for Rank {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rank {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// What can be found without an index: the query's words in titles.
fn titles(
    library: &Library,
    query: &Query,
    order: Order,
    now: &Now,
    limit: usize,
    stop: &dyn Fn() -> bool,
) -> Result<Found> {
    if let Some(mut ids) = library.list(query, order, now)? {
        let complete = ids.len() <= limit;
        ids.truncate(limit);
        return Ok(Found { ids, complete });
    }
    let all = library.list(&Query::default(), order, now)?.unwrap_or_default();
    let mut ids = Vec::new();
    for handful in all.chunks(LOOK as usize) {
        for summary in library.summaries(handful)? {
            let subject = Subject {
                title: &summary.title,
                text: "",
                source: summary.source.as_deref(),
                author: summary.author.as_deref(),
                url: summary.url.as_deref(),
                language: None,
                tags: &summary.tags,
                published: summary.published,
                read: summary.read,
                bookmarked: summary.bookmarked.is_some(),
                trashed: summary.trashed,
                note: None,
                quotes: &[],
            };
            if ids.len() < limit && matches(query, &subject, now.seconds) {
                ids.push(summary.id);
            }
        }
        if ids.len() >= limit || stop() {
            break;
        }
    }
    Ok(Found { ids, complete: false })
}
