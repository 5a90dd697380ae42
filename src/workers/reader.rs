//! The worker that reads rows, articles, the words of each that match best, counts and places from the library for the
//! screen. Changes nothing.

use std::sync::Arc;

use super::Clock;
use super::comparing;
use super::desk::Worker;
use super::newest::Newest;
use super::quoted;
use super::shelf::Shelf;
use crate::app::state::refresh::FailingFeed;
use crate::app::{Effect, Reply, Snippet, Voice};
use crate::error::Result;
use crate::export::citation;
use crate::library::Library;
use crate::model::{Failing, Id};
use crate::query::{self, Query};
use crate::text::difference::Marks;
use crate::text::highlight;

/// Speakers that stand among the places: a glance, the list of all is one key away.
const SPEAKERS_AMONG_PLACES: usize = 8;

/// Reads from a connection of its own, so that it never waits for a writer.
pub(super) struct Reader {
    shelf: Shelf,
    newest: Arc<Newest>,
    clock: Clock,
}

impl Reader {
    pub(super) fn new(shelf: Shelf, newest: Arc<Newest>, clock: Clock) -> Self {
        Self { shelf, newest, clock }
    }

    fn read(&mut self, effect: Effect) -> Result<Option<Reply>> {
        let library = self.shelf.library()?;
        Ok(match effect {
            Effect::Summaries(asked) => {
                let rows = library.summaries(&asked)?;
                Some(Reply::Summaries { asked, rows })
            }
            Effect::Open { ticket, id } => Some(Reply::Opened { ticket, stored: library.article(id)?.map(Box::new) }),
            Effect::Compare { ticket, pair } => {
                let found = comparing::compare(library, pair.id, pair.from, pair.to, Marks::None)?;
                Some(Reply::Compared { ticket, pair, difference: found.map(Box::new) })
            }
            Effect::Fates { id, since } => {
                Some(Reply::Fates { id, since, fates: comparing::fates(library, id, since)? })
            }
            Effect::ReadAhead { ticket, ids, rows: asked } => {
                // What cannot be read says so when it is opened.
                let read = ids.into_iter().filter_map(|id| library.article(id).ok().flatten()).collect();
                let rows = library.summaries(&asked)?;
                Some(Reply::ReadAhead { ticket, read, asked, rows })
            }
            Effect::Feeds => Some(Reply::Feeds(library.feeds()?)),
            Effect::Counts => Some(Reply::Counts(library.counts()?)),
            Effect::Places => {
                let speakers = library.speakers("", SPEAKERS_AMONG_PLACES)?;
                let speakers = speakers.into_iter().map(|speaker| (speaker.name, speaker.quotes)).collect();
                let failing = library.failing()?.into_iter().map(|(title, Failing { message, hint })| FailingFeed {
                    title,
                    message,
                    hint: hint.unwrap_or_default(),
                });
                let (sources, tags, failing) = (library.sources()?, library.tags()?, failing.collect());
                Some(Reply::Places { sources, tags, speakers, failing })
            }
            Effect::Speakers { ticket, matching, limit } => {
                Some(Reply::Speakers { ticket, speakers: library.speakers(&matching, limit)? })
            }
            Effect::Voice(asked) => {
                let speaker = library.speaker(&asked)?;
                let sources = if speaker.is_some() { library.speaker_sources(&asked)? } else { Vec::new() };
                Some(Reply::Voice(speaker.map(|speaker| Box::new(Voice { asked, speaker, sources }))))
            }
            Effect::ListKept { ticket, query, order } => {
                let ids = quoted::with_kept(library, &query, order, (self.clock)().seconds)?;
                Some(Reply::Listed { ticket, ids, under: Vec::new(), complete: true, meant: None })
            }
            Effect::Quoted { ticket, voices, query, ids } => {
                let quoted = quoted::quoted(library, &voices, &query, &ids, (self.clock)().seconds)?;
                Some(Reply::Quoted { ticket, asked: ids, quoted })
            }
            Effect::Cite { id, span } => {
                let stored = library.article(id)?;
                let quote = stored
                    .as_ref()
                    .and_then(|stored| Some((stored.quotes.iter().find(|quote| quote.span == span)?, stored)));
                quote.map(|(quote, stored)| Reply::Cited(citation(quote, stored, &(self.clock)())))
            }
            Effect::Snippets { ticket, query, ids, cells } => {
                let newest = Arc::clone(&self.newest);
                let stop = || newest.has_newer_snippets(ticket);
                let snippets = snippets(self.shelf.library()?, &query, &ids, cells, &stop)?;
                Some(Reply::Snippets { ticket, snippets })
            }
            _ => None,
        })
    }
}

/// The best line of each article, at most `cells` wide; an empty one for those that are no longer there.
fn snippets(library: &Library, query: &Query, ids: &[Id], cells: u16, stop: &dyn Fn() -> bool) -> Result<Vec<Snippet>> {
    let needles = query::needles(query);
    let mut snippets = Vec::with_capacity(ids.len());
    for id in ids {
        if stop() {
            break;
        }
        let text = library.text(*id)?.unwrap_or_default();
        let (text, hits) = highlight::snippet(&text, &highlight::hits(&text, &needles), usize::from(cells));
        snippets.push(Snippet { id: *id, text, hits });
    }
    Ok(snippets)
}

impl Worker for Reader {
    type Order = Effect;

    fn perform(&mut self, effect: Effect, reply: &mut dyn FnMut(Reply)) {
        if self.newest.replaced(&effect) {
            return;
        }
        let opening = if let Effect::Open { ticket, .. } = effect { Some(ticket) } else { None };
        match self.read(effect) {
            Ok(Some(answer)) => reply(answer),
            Ok(None) => {}
            Err(error) => {
                // Or it would be waited for, for ever.
                if let Some(ticket) = opening {
                    reply(Reply::Opened { ticket, stored: None });
                }
                reply(Reply::Notice(error.into()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Change, Counts};
    use crate::workers::fixture::Fixture;

    #[test]
    fn rows_articles_and_counts_are_read() {
        let mut fixture = Fixture::new();
        let replies = fixture.perform(Effect::Summaries(vec![2, 99]));
        let [Reply::Summaries { asked, rows }] = replies.as_slice() else { panic!("{replies:?}") };
        assert_eq!((asked.as_slice(), rows.len()), ([2, 99].as_slice(), 1));
        let replies = fixture.perform(Effect::Open { ticket: 4, id: 1 });
        let [Reply::Opened { ticket: 4, stored: Some(stored) }] = replies.as_slice() else { panic!("{replies:?}") };
        assert!(stored.article.document.text().contains("harbour master"));
        let gone = fixture.perform(Effect::Open { ticket: 5, id: 99 });
        assert_eq!(gone, [Reply::Opened { ticket: 5, stored: None }]);
        fixture.perform(Effect::Change { ids: [1].into(), change: Change::Read(true) });
        let counts = Counts { all: 3, unread: 2, bookmarked: 0, trashed: 0, kept: 0 };
        assert_eq!(fixture.perform(Effect::Counts), [Reply::Counts(counts)]);
    }

    #[test]
    fn a_quote_is_cited_with_its_speaker_and_one_that_is_not_there_is_not() {
        let mut fixture = Fixture::new();
        let replies = fixture.perform(Effect::Open { ticket: 1, id: 1 });
        let [Reply::Opened { stored: Some(stored), .. }] = replies.as_slice() else { panic!("{replies:?}") };
        let span = stored.quotes[0].span.clone();
        let replies = fixture.perform(Effect::Cite { id: 1, span: span.clone() });
        let [Reply::Cited(text)] = replies.as_slice() else { panic!("{replies:?}") };
        assert!(text.starts_with("“We wait for the tide,”") && text.contains("Ada Brandt"), "{text}");
        assert_eq!(fixture.perform(Effect::Cite { id: 2, span }), []);
    }

    #[test]
    fn snippets_show_the_hits_and_every_article_gets_one() {
        let mut fixture = Fixture::new();
        let query = query::parse("tide").unwrap();
        let replies = fixture.perform(Effect::Snippets { ticket: 5, query, ids: vec![1, 99], cells: 30 });
        let [Reply::Snippets { ticket: 5, snippets }] = replies.as_slice() else { panic!("{replies:?}") };
        let [found, gone] = snippets.as_slice() else { panic!("{snippets:?}") };
        let hits: Vec<&str> = found.hits.iter().map(|hit| &found.text[hit.clone()]).collect();
        assert_eq!((found.id, hits), (1, vec!["tide"]));
        assert_eq!((gone.id, gone.text.as_str()), (99, ""));
    }
}
