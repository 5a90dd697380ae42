//! Whose words a stretch of the text is: speech, quoted phrases, and where the text names who speaks.

use super::page::Voice;
use crate::model::{Quote, Span};

/// The voices of `text`: sorted, not overlapping; what stands between is the author's. A quote that does not fit the
/// text or overlaps an earlier one is left out; a speaker named inside a quotation is part of it, and a phrase inside what
/// names the speaker, a paper in marks, is part of that.
pub(super) fn voices(text: &str, quotes: &[Quote]) -> Vec<(Span, Voice)> {
    let fits = |span: &Span| text.get(span.start as usize..span.end as usize).is_some_and(|part| !part.is_empty());
    let mut quoted: Vec<(Span, Voice)> = Vec::with_capacity(quotes.len());
    let mut sources: Vec<(Span, Voice)> = Vec::new();
    for (number, quote) in (0..).zip(quotes) {
        let voice = if quote.speech { Voice::Speech(number) } else { Voice::Phrase(number) };
        if fits(&quote.span) && quoted.last().is_none_or(|(last, _)| last.end <= quote.span.start) {
            quoted.push((quote.span.clone(), voice));
        }
        sources
            .extend(quote.source.iter().filter(|span| fits(span)).map(|span| (span.clone(), Voice::Speaker(number))));
    }
    // The parts of a split quotation name the same place; the first one has it.
    sources.sort_by_key(|(span, _)| span.start);
    let mut named: Vec<(Span, Voice)> = Vec::with_capacity(sources.len());
    let mut inside = Vec::new();
    for (span, voice) in sources {
        let next = quoted.partition_point(|(quote, _)| quote.end <= span.start);
        let phrase = quoted.get(next).is_some_and(|(quote, voice)| {
            matches!(voice, Voice::Phrase(_)) && span.start <= quote.start && quote.end <= span.end
        });
        let is_free = quoted.get(next + usize::from(phrase)).is_none_or(|(quote, _)| span.end <= quote.start)
            && named.last().is_none_or(|(last, _)| last.end <= span.start);
        if is_free {
            inside.extend(phrase.then(|| span.clone()));
            named.push((span, voice));
        }
    }
    quoted.retain(|(quote, _)| {
        let around = inside.partition_point(|span: &Span| span.end < quote.end);
        inside.get(around).is_none_or(|span| quote.start < span.start)
    });
    quoted.extend(named);
    quoted.sort_by_key(|(span, _)| span.start);
    quoted
}
