//! What the index finds, newest first, one by one: no more is read than is taken. A segment whose articles are all older than what
//! is taken is not asked at all: most were added in the order of time, and then one of many has the first hits.

use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

use tantivy::query::{AllQuery, EnableScoring, Query, Scorer, Weight};
use tantivy::{Searcher, SegmentReader, TERMINATED};

use super::failed;
use super::filtered::Articles;
use crate::error::Result;
use crate::library::filter::Filter;
use crate::model::Id;

/// Documents between two looks at whether to stop.
pub const LOOK: u32 = 1024;

/// The hits of all segments, merged by place.
pub struct Candidates<'a> {
    weight: Box<dyn Weight>,
    streams: Vec<Stream<'a>>,
    /// The streams that have not ended, by what no hit of theirs to come is above.
    next: BinaryHeap<((i64, Id), usize)>,
    stop: &'a dyn Fn() -> bool,
    /// Documents walked since the last look at `stop`.
    walked: u32,
    pub stopped: bool,
}

/// The hits of one segment, in the order of place, as the documents themselves are.
struct Stream<'a> {
    segment: &'a SegmentReader,
    articles: Articles,
    /// Made when its hits may be next: for some queries that alone means to look up many words.
    scorer: Option<Box<dyn Scorer>>,
    /// The next hit.
    head: Option<(i64, Id)>,
    /// Where there is no head: a place that no hit is above; `None` at the end.
    bound: Option<i64>,
}

impl<'a> Candidates<'a> {
    pub fn new(searcher: &'a Searcher, query: Option<&dyn Query>, stop: &'a dyn Fn() -> bool) -> Result<Self> {
        let query = query.unwrap_or(&AllQuery);
        let weight = query.weight(EnableScoring::disabled_from_searcher(searcher)).map_err(failed)?;
        let mut streams = Vec::new();
        for segment in searcher.segment_readers() {
            let articles = Articles::of(segment).map_err(failed)?;
            let bound = (segment.max_doc() > 0).then(|| articles.place(0));
            streams.push(Stream { segment, articles, scorer: None, head: None, bound });
        }
        let next = streams.iter().enumerate().filter_map(|(n, stream)| Some((stream.at_most()?, n))).collect();
        Ok(Self { weight, streams, next, stop, walked: 0, stopped: false })
    }

    /// The next hit for which `filter` holds; `None` at the end and when it was stopped.
    pub fn next(&mut self, filter: &Filter) -> Result<Option<Id>> {
        let Self { weight, streams, next, stop, walked, stopped } = self;
        let mut is_over = || {
            *walked += 1;
            if *walked >= LOOK {
                *walked = 0;
                *stopped |= stop();
            }
            *stopped
        };
        while let Some(mut newest) = next.peek_mut() {
            let Some(stream) = streams.get_mut(newest.1) else { break };
            let found = stream.head.take();
            if found.is_none() && !stream.find(weight.as_ref(), filter, &mut is_over).map_err(failed)? {
                break;
            }
            match stream.at_most() {
                Some(at_most) => newest.0 = at_most,
                None => drop(PeekMut::pop(newest)),
            }
            if let Some((_, id)) = found {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }

    /// How many documents it has gone by: those above the last hit, and a few.
    pub fn passed(&self) -> u64 {
        let docs = self.streams.iter().filter_map(|stream| {
            let doc = stream.scorer.as_ref()?.doc();
            Some(doc.min(stream.segment.max_doc()))
        });
        docs.map(u64::from).sum()
    }
}

impl Stream<'_> {
    /// What no hit to come is above.
    fn at_most(&self) -> Option<(i64, Id)> {
        self.head.or(self.bound.map(|place| (place, Id::MAX)))
    }

    /// Goes to the next hit, if there is one; false where `is_over` says so before.
    fn find(
        &mut self,
        weight: &dyn Weight,
        filter: &Filter,
        is_over: &mut dyn FnMut() -> bool,
    ) -> tantivy::Result<bool> {
        let scorer = match &mut self.scorer {
            Some(scorer) => scorer,
            none => none.insert(weight.scorer(self.segment, 1.0)?),
        };
        let alive = self.segment.alive_bitset();
        while self.head.is_none() && scorer.doc() != TERMINATED {
            if is_over() {
                return Ok(false);
            }
            let doc = scorer.doc();
            let (id, place) = (self.articles.id(doc), self.articles.place(doc));
            if alive.is_none_or(|alive| alive.is_alive(doc)) && filter.holds(id, place) {
                self.head = Some((place, id));
            }
            scorer.advance();
        }
        self.bound = (scorer.doc() != TERMINATED).then(|| self.articles.place(scorer.doc()));
        Ok(true)
    }
}
