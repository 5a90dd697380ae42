//! Whether a quotation is in the library, where first, and who said it.

use super::index::Index;
use super::store::Library;
use crate::clock::Now;
use crate::error::Result;
use crate::model::{Document, Id, Order, Quote, Span, Stored, Summary};
use crate::query::Query;
use crate::text::likeness::{Claim, Likeness, compare};

/// Articles that are compared although they have not all words one behind the other.
const MOST_PARTLY: usize = 60;

/// Articles that have the words of the claim as search sees them, and that are compared.
const MOST_WHOLE: usize = 300;

/// Articles from one telling of progress to the next.
const TOLD_EVERY: u64 = 100;

/// Places that are told at most.
const MOST_FOUND: usize = 50;

/// A place where a quotation stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Sighting {
    pub summary: Summary,
    /// The whole text of the article.
    pub text: String,
    /// The quotation in print that holds the words, or the most of them; `None` where they are the article's own.
    pub quote: Option<Quote>,
    pub likeness: Likeness,
}

/// What the library knows of a quotation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verified {
    /// Word for word: the oldest article first. Where there is none: near ones, the nearest first.
    pub found: Vec<Sighting>,
    /// Every place that may hold it was looked at and is told.
    pub complete: bool,
    /// There was no index: all articles were looked at one by one.
    pub walked: bool,
}

impl Library {
    /// Looks for `claim` in all articles outside the trash. The index names those that may hold it, and their texts decide. Without an
    /// index all texts are read; `progress` is then told how many were, of how many.
    pub fn verify(
        &self,
        index: &mut Index,
        claim: &Claim,
        now: &Now,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Verified> {
        let runs = claim.runs();
        let whole = index.whole(self, &runs, MOST_WHOLE)?;
        let walked = whole.is_none();
        let whole = match whole {
            Some(whole) => whole,
            None => self.list(&Query::default(), Order::Oldest, now)?.unwrap_or_default(),
        };
        let all = whole.len() as u64;
        let most = if walked { usize::MAX } else { MOST_WHOLE };
        let mut complete = whole.len() <= most;
        let mut verbatim: Vec<Sighting> = Vec::new();
        let mut near: Vec<Sighting> = Vec::new();
        let mut look = |id: Id, verbatim: &mut Vec<Sighting>| -> Result<()> {
            match self.sighting(id, claim)? {
                Some(sighting) if sighting.likeness.verbatim => verbatim.push(sighting),
                Some(sighting) => near.push(sighting),
                None => {}
            }
            Ok(())
        };
        for (n, id) in (1..).zip(whole.iter().take(most)) {
            if verbatim.len() > MOST_FOUND {
                complete = false;
                break;
            }
            if walked && n % TOLD_EVERY == 0 {
                progress(n, all);
            }
            look(*id, &mut verbatim)?;
        }
        // These may have it to the word, too: interrupted by who says it.
        if verbatim.len() <= MOST_FOUND && !walked && claim.can_be_near() {
            for id in index.partly(self, &runs, MOST_PARTLY)? {
                if !whole.contains(&id) {
                    look(id, &mut verbatim)?;
                }
            }
        }
        let oldest = |sighting: &Sighting| (sighting.summary.published.seconds, sighting.summary.id);
        let mut found = if verbatim.is_empty() { near } else { verbatim };
        found.sort_by(|a, b| b.likeness.measure.total_cmp(&a.likeness.measure).then_with(|| oldest(a).cmp(&oldest(b))));
        complete &= found.len() <= MOST_FOUND;
        found.truncate(MOST_FOUND);
        Ok(Verified { found, complete, walked })
    }

    fn sighting(&self, id: Id, claim: &Claim) -> Result<Option<Sighting>> {
        let Some((document, quotes)) = self.readable_body(id)? else { return Ok(None) };
        let likeness = compare(claim, document.text(), &passages(&document, &quotes), &interruptions(&quotes));
        let Some(likeness) = likeness else { return Ok(None) };
        // A speaker may have been corrected: the article as a whole knows.
        let Some(Stored { summary, article, quotes, .. }) = self.article(id)? else { return Ok(None) };
        let quote = holder(&quotes, &likeness.span).cloned();
        Ok(Some(Sighting { summary, text: article.document.text().to_owned(), quote, likeness }))
    }
}

/// The paragraphs, those made one that a quotation runs over.
fn passages(document: &Document, quotes: &[Quote]) -> Vec<Span> {
    let mut passages: Vec<Span> = Vec::new();
    for block in document.blocks() {
        let goes_on = |last: &Span| {
            let n = quotes.partition_point(|quote| quote.span.end <= last.end);
            quotes.get(n).is_some_and(|quote| quote.span.start < last.end && quote.span.end > block.span.start)
        };
        match passages.last_mut() {
            Some(last) if goes_on(last) => last.end = block.span.end,
            _ => passages.push(block.span.clone()),
        }
    }
    passages
}

/// What stands between the parts of a divided quotation.
fn interruptions(quotes: &[Quote]) -> Vec<Span> {
    let pairs = quotes.iter().zip(quotes.iter().skip(1));
    let divided = pairs.filter(|(first, second)| {
        first.speech
            && second.speech
            && first.cue.is_some()
            && first.cue == second.cue
            && first.span.end <= second.span.start
    });
    divided.map(|(first, second)| first.span.end..second.span.start).collect()
}

/// The quotation that most of the bytes `span` stand in, its longest part where it is divided. `None` where most of them stand
/// outside, or several people say them.
fn holder<'a>(quotes: &'a [Quote], span: &Span) -> Option<&'a Quote> {
    let shared = |quote: &Quote| quote.span.end.min(span.end).saturating_sub(quote.span.start.max(span.start));
    let touched: Vec<&Quote> = quotes.iter().filter(|quote| quote.speech && shared(quote) > 0).collect();
    let (first, last) = (touched.first()?, touched.last()?);
    let inside = last.span.end.min(span.end).saturating_sub(first.span.start.max(span.start));
    let one = touched.iter().all(|quote| quote.speaker == first.speaker);
    let best = touched.iter().max_by_key(|quote| shared(quote))?;
    (one && u64::from(inside) * 2 > u64::from(span.end - span.start)).then_some(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn speech(span: Span, cue: Option<Span>) -> Quote {
        Quote { span, speech: true, cue, source: None, speaker: None, role: None, confidence: 1.0 }
    }

    #[test]
    fn a_quotation_over_paragraphs_makes_them_one_passage() {
        let document = Document::plain(["a “b", "“c” d", "e"]);
        assert_eq!(passages(&document, &[]), [0..6, 8..17, 19..20]);
        assert_eq!(passages(&document, &[speech(2..15, None)]), [0..17, 19..20]);
    }

    #[test]
    fn only_the_parts_of_one_statement_are_interrupted() {
        let quotes = [
            speech(0..5, Some(6..10)),
            speech(12..20, Some(6..10)),
            speech(25..30, Some(31..33)),
            speech(40..44, None),
        ];
        assert_eq!(interruptions(&quotes).first(), Some(&(5..12)));
        assert_eq!(interruptions(&quotes).len(), 1);
        assert_eq!(holder(&quotes, &(1..5)), Some(&quotes[0]));
        assert_eq!(holder(&quotes, &(1..19)), Some(&quotes[1]));
        assert_eq!(holder(&quotes, &(4..12)), None);
        let mut quotes = quotes;
        quotes[1].speaker = Some("Ida Holt".into());
        assert_eq!(holder(&quotes, &(1..19)), None);
    }
}
