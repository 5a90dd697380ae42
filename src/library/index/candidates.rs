//! What the index finds, newest first, one by one: no more is read than is taken.

use tantivy::fastfield::AliveBitSet;
use tantivy::query::{AllQuery, EnableScoring, Query, Scorer};
use tantivy::{Searcher, TERMINATED};

use super::failed;
use super::filtered::Articles;
use crate::error::Result;
use crate::library::filter::Filter;
use crate::model::Id;

/// Documents between two looks at whether to stop.
pub const LOOK: u32 = 1024;

/// The hits of all segments, merged by place.
pub struct Candidates<'a> {
    streams: Vec<Stream<'a>>,
    stop: &'a dyn Fn() -> bool,
    /// Documents walked since the last look at `stop`.
    walked: u32,
    pub stopped: bool,
}

/// The hits of one segment, in the order of place, as the documents themselves are.
struct Stream<'a> {
    scorer: Box<dyn Scorer>,
    articles: Articles,
    alive: Option<&'a AliveBitSet>,
    head: Option<(i64, Id)>,
}

impl<'a> Candidates<'a> {
    pub fn new(searcher: &'a Searcher, query: Option<&dyn Query>, stop: &'a dyn Fn() -> bool) -> Result<Self> {
        let query = query.unwrap_or(&AllQuery);
        let weight = query.weight(EnableScoring::disabled_from_searcher(searcher)).map_err(failed)?;
        let mut streams = Vec::new();
        for segment in searcher.segment_readers() {
            let scorer = weight.scorer(segment, 1.0).map_err(failed)?;
            let articles = Articles::of(segment).map_err(failed)?;
            streams.push(Stream { scorer, articles, alive: segment.alive_bitset(), head: None });
        }
        Ok(Self { streams, stop, walked: 0, stopped: false })
    }

    /// The next hit for which `filter` holds; `None` at the end and when it was stopped.
    pub fn next(&mut self, filter: &Filter) -> Option<Id> {
        for stream in &mut self.streams {
            while stream.head.is_none() && stream.scorer.doc() != TERMINATED {
                self.walked += 1;
                if self.walked >= LOOK {
                    self.walked = 0;
                    self.stopped |= (self.stop)();
                }
                if self.stopped {
                    return None;
                }
                let doc = stream.scorer.doc();
                let (id, place) = (stream.articles.id(doc), stream.articles.place(doc));
                if stream.alive.is_none_or(|alive| alive.is_alive(doc)) && filter.holds(id, place) {
                    stream.head = Some((place, id));
                }
                stream.scorer.advance();
            }
        }
        let newest = self.streams.iter_mut().max_by_key(|stream| stream.head)?;
        newest.head.take().map(|(_, id)| id)
    }
}
