//! Finding articles: newest first as the index yields them, best first by their scores.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use tantivy::query::{EnableScoring, Query as IndexQuery};
use tantivy::{Score, Searcher};

use super::candidates::{Candidates, LOOK};
use super::doubt::dispel;
use super::filtered::Articles;
use super::progress::Progress;
use super::titles::titles;
use super::translate::{Translation, translate};
use super::{Index, failed};
use crate::clock::Now;
use crate::error::Result;
use crate::library::bits::{Bits, Mark};
use crate::library::filter::Filter;
use crate::library::lists::FIRST;
use crate::library::store::Library;
use crate::model::{Id, Order};
use crate::query::Query;

/// Hits from which on to rank them all takes longer than the frame of a letter waits.
const MANY: u64 = 20_000;

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// In the order asked.
    pub ids: Vec<Id>,
    /// These are all; otherwise there may be more: the limit was reached, the search was stopped, the index does not know
    /// every change yet, or it is not ready and only titles were looked at.
    pub complete: bool,
    /// Texts that were read, to see what the index could not decide.
    pub texts: usize,
    /// Articles that were left out because their texts are damaged.
    pub damaged: Vec<Id>,
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
        self.search_telling(library, query, order, now, limit, stop, &mut |_| ())
    }

    /// As `search`; where it takes longer, `tell` hears the first hits before all are known. Best first, these may stand in
    /// another order at the end.
    #[expect(clippy::too_many_arguments, reason = "what is asked, by whom, and who hears of it")]
    pub fn search_telling(
        &mut self,
        library: &Library,
        query: &Query,
        order: Order,
        now: &Now,
        limit: Option<usize>,
        stop: &dyn Fn() -> bool,
        tell: &mut dyn FnMut(&[Id]),
    ) -> Result<Found> {
        let limit = limit.unwrap_or(usize::MAX);
        let mut progress = Progress::new(limit, tell);
        // Asked before the index is looked at: what is carried over in between does no harm.
        let knows_all = is_up_to_date(library)?;
        if self.reach(library)?.is_none() {
            titles(library, query, order, now, stop, &mut progress)?;
            progress.found.complete = false;
            return Ok(progress.found);
        }
        let visible = self.visible(library, query)?;
        let Some(opened) = &self.opened else { return Ok(progress.found) };
        let searcher = opened.searcher();
        let scored = order == Order::Relevance;
        let root = query.root.as_ref();
        let mut translation = translate(root, library, &searcher, opened.fields, scored, now.seconds)?;
        translation.filter = Filter::All(vec![visible, translation.filter]);
        let search = Search { library, query, now, searcher: &searcher, translation, stop };
        match order {
            Order::Relevance if search.translation.words.is_some() => search.best(&mut progress),
            Order::Newest | Order::Relevance => search.newest(&mut progress).map(drop),
            Order::Oldest => search.oldest(&mut progress),
        }?;
        progress.found.complete &= knows_all;
        Ok(progress.found)
    }

    /// What the library holds and the query may see: the index may still know what was purged. Kept until the library
    /// changes: a letter should not cost a look at a million bits.
    pub(super) fn visible(&mut self, library: &Library, query: &Query) -> Result<Filter> {
        let now = library.state()?;
        let seen = match self.seen.take() {
            Some(seen) if seen.at == now => seen,
            _ => {
                let present = Arc::new(Bits::load(&library.connection, Mark::Present)?);
                let trashed = Bits::load(&library.connection, Mark::Trashed)?;
                let outside = Arc::new(present.without(&trashed));
                Seen { at: now, present, outside }
            }
        };
        let bits = if query.reaches_trash() { &seen.present } else { &seen.outside };
        let visible = Filter::In(Arc::clone(bits));
        self.seen = Some(seen);
        Ok(visible)
    }
}

/// The articles that searches may find, as the library was.
pub struct Seen {
    at: (i64, u64),
    present: Arc<Bits>,
    /// Without those in the trash.
    outside: Arc<Bits>,
}

/// Whether no change of the library waits for the index.
fn is_up_to_date(library: &Library) -> Result<bool> {
    let mut statement = library.connection.prepare_cached("SELECT NOT EXISTS (SELECT 1 FROM dirty)")?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

struct Search<'a> {
    library: &'a Library,
    query: &'a Query,
    now: &'a Now,
    searcher: &'a Searcher,
    translation: Translation,
    stop: &'a dyn Fn() -> bool,
}

impl Search<'_> {
    /// Says how many hits there may be in all, if the older articles have as many as the newer ones.
    fn newest(&self, progress: &mut Progress) -> Result<u64> {
        let mut candidates = Candidates::new(self.searcher, self.translation.words.as_deref(), self.stop)?;
        let mut hits = 0;
        while let Some(id) = candidates.next(&self.translation.filter)? {
            hits += 1;
            if !self.take(id, progress)? {
                return Ok(hits * self.searcher.num_docs() / candidates.passed().max(1));
            }
        }
        progress.found.complete &= !candidates.stopped;
        Ok(hits)
    }

    fn oldest(&self, progress: &mut Progress) -> Result<()> {
        let mut tell = |_: &[Id]| ();
        let mut all = Progress::new(usize::MAX, &mut tell);
        self.newest(&mut all)?;
        let Found { ids, complete, texts, damaged } = all.found;
        progress.found = Found { ids: Vec::new(), complete, texts, damaged };
        for id in ids.into_iter().rev() {
            if !progress.push(id) {
                break;
            }
        }
        Ok(())
    }

    fn best(&self, progress: &mut Progress) -> Result<()> {
        let Some(words) = &self.translation.words else { return self.newest(progress).map(drop) };
        let sure = self.translation.doubts.is_empty();
        if progress.limit() > FIRST && (sure || self.translation.phrases) {
            // To rank common words takes longer than a reader should look at what was there before.
            let mut tell = |_: &[Id]| ();
            let mut newest = Progress::new(FIRST, &mut tell);
            let all = self.newest(&mut newest)?;
            if self.translation.phrases || all > MANY {
                progress.tell_for_now(&newest.found.ids);
            }
        }
        let limit = progress.limit();
        if sure && limit > FIRST && !(self.stop)() {
            progress.tell_for_now(&self.rank(words.as_ref(), FIRST)?.0);
        }
        // One more than asked says whether there are more; where hits have to be looked at, any number may fall away.
        let most = if sure { limit.saturating_add(1) } else { usize::MAX };
        let (ranked, stopped) =
            if most == usize::MAX { self.rank_all(words.as_ref())? } else { self.rank(words.as_ref(), most)? };
        progress.found.complete &= !stopped;
        for id in ranked {
            if !self.take(id, progress)? {
                break;
            }
        }
        Ok(())
    }

    /// Takes what the index found, where it is what the query means; false when there is nothing more to take.
    fn take(&self, id: Id, progress: &mut Progress) -> Result<bool> {
        let doubts = &self.translation.doubts;
        if doubts.is_empty() {
            return Ok(progress.push(id));
        }
        if (self.stop)() {
            progress.found.complete = false;
            return Ok(false);
        }
        let looked = dispel(doubts, self.library, self.query, id, self.now.seconds)?;
        if looked.is_none() {
            progress.found.damaged.push(id);
        }
        let goes_on = looked != Some(true) || progress.push(id);
        progress.read_text();
        Ok(goes_on)
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

    /// All hits of the index, as `rank`: eight bytes a hit, sorted by segment and then merged.
    fn rank_all(&self, words: &dyn IndexQuery) -> Result<(Vec<Id>, bool)> {
        let weight = words.weight(EnableScoring::enabled_from_searcher(self.searcher)).map_err(failed)?;
        let mut walked = 0;
        let mut stopped = false;
        // Of each segment its articles and its hits, the best last: the score's bits, which for what is not negative are in the
        // order of the scores, and the document counted from the end, since the newest is the first.
        let mut segments: Vec<(Articles, Vec<u64>)> = Vec::new();
        for segment in self.searcher.segment_readers() {
            let articles = Articles::of(segment).map_err(failed)?;
            let alive = segment.alive_bitset();
            let mut hits = Vec::new();
            weight
                .for_each_pruning(Score::NEG_INFINITY, segment, &mut |doc, score| {
                    walked += 1;
                    if walked % LOOK == 0 {
                        stopped |= (self.stop)();
                    }
                    if stopped {
                        return Score::INFINITY;
                    }
                    let holds = || self.translation.filter.holds(articles.id(doc), articles.place(doc));
                    if alive.is_none_or(|alive| alive.is_alive(doc)) && holds() {
                        hits.push(u64::from(score.max(0.0).to_bits()) << 32 | u64::from(u32::MAX - doc));
                    }
                    Score::NEG_INFINITY
                })
                .map_err(failed)?;
            hits.sort_unstable();
            segments.push((articles, hits));
        }
        let mut ranked = Vec::with_capacity(segments.iter().map(|(_, hits)| hits.len()).sum());
        let next = |n: usize, segments: &mut [(Articles, Vec<u64>)]| {
            let (articles, hits) = segments.get_mut(n)?;
            let hit = hits.pop()?;
            let doc = u32::MAX - u32::try_from(hit & u64::from(u32::MAX)).ok()?;
            Some((hit >> 32, articles.place(doc), articles.id(doc), n))
        };
        let mut best: BinaryHeap<_> = (0..segments.len()).filter_map(|n| next(n, &mut segments)).collect();
        while let Some((_, _, id, n)) = best.pop() {
            ranked.push(id);
            best.extend(next(n, &mut segments));
        }
        Ok((ranked, stopped))
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
