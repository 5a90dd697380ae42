//! The quotations of both texts in the merged one, and what became of them.

use super::Version;
use super::align::same;
use super::leaves::{Leaf, Numbers, is_word};
use super::merge::Merged;
use crate::model::{Quote, Span};
use crate::text::fold::folded_words;

/// What became of a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The newer text quotes what the older one did not.
    New,
    /// The older text quoted it, the newer one does not.
    Gone,
    /// Other words, the same speaker.
    Words,
    /// The same words, another speaker.
    Speaker,
    /// Other words and another speaker.
    Both,
}

impl Fate {
    /// It in words.
    #[must_use]
    pub fn told(self) -> &'static str {
        match self {
            Self::New => "newly quoted",
            Self::Gone => "no longer quoted",
            Self::Words => "quoted in other words",
            Self::Speaker => "another speaker",
            Self::Both => "other words, another speaker",
        }
    }
}

/// A quotation that changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    pub fate: Fate,
    /// The quotation as it stands in the merged text.
    pub quote: Quote,
    /// Which of the newer text's quotations it is; `None` where it is gone.
    pub now: Option<usize>,
    /// Who spoke it in the older text, where somebody else does now.
    pub before: Option<String>,
}

/// A quotation of one text, and where it is in the merged one.
struct Placed<'a> {
    quote: &'a Quote,
    /// Its index among those of its text.
    index: usize,
    span: Span,
}

/// Puts the speech of both texts into the merged one and says what changed in it.
pub(super) fn place_quotes(merged: &mut Merged, old: &Version, new: &Version) {
    let was = placed(old, |span| merged.old.of(span));
    let is = placed(new, |span| merged.new.of(span));
    let mut numbers = Numbers::default();
    let (mut all, mut said) = (Vec::with_capacity(is.len()), Vec::new());
    let mut rest = was.into_iter().peekable();
    let gone = |placed: &Placed| Said { fate: Fate::Gone, quote: moved(placed, None), now: None, before: None };
    for now in &is {
        while let Some(earlier) = rest.next_if(|earlier| earlier.span.end <= now.span.start) {
            said.push(gone(&earlier));
        }
        let source = now.quote.source.as_ref().and_then(|source| merged.new.of(source));
        let quote = moved(now, source);
        let mut told = |fate, before| said.push(Said { fate, quote: quote.clone(), now: Some(now.index), before });
        match rest.next_if(|earlier| earlier.span.start < now.span.end) {
            None => told(Fate::New, None),
            Some(earlier) => match compared(&earlier, now, (old, new), &mut numbers) {
                Compared { related: false, .. } => {
                    told(Fate::New, None);
                    said.push(gone(&earlier));
                }
                Compared { words: false, speaker: false, .. } => {}
                Compared { words: true, speaker: false, .. } => told(Fate::Words, None),
                Compared { words, .. } => {
                    let fate = if words { Fate::Both } else { Fate::Speaker };
                    told(fate, earlier.quote.speaker.clone());
                }
            },
        }
        all.push(quote);
    }
    said.extend(rest.map(|earlier| gone(&earlier)));
    // What is gone is shown as speech too, where nothing else stands in its place.
    all.extend(said.iter().filter(|said| said.fate == Fate::Gone).map(|said| said.quote.clone()));
    all.sort_by_key(|quote| (quote.span.start, quote.span.end));
    let mut end = 0;
    all.retain(|quote| {
        quote.span.start >= end && {
            end = quote.span.end;
            true
        }
    });
    said.sort_by_key(|said| said.quote.span.start);
    (merged.difference.quotes, merged.difference.said) = (all, said);
}

fn placed<'a>(version: &Version<'a>, place: impl Fn(&Span) -> Option<Span>) -> Vec<Placed<'a>> {
    let speech = version.quotes.iter().enumerate().filter(|(_, quote)| quote.speech);
    let mut all: Vec<Placed> =
        speech.filter_map(|(index, quote)| Some(Placed { span: place(&quote.span)?, index, quote })).collect();
    all.sort_by_key(|placed| placed.span.start);
    all
}

/// The quotation in the merged text.
fn moved(placed: &Placed, source: Option<Span>) -> Quote {
    Quote { span: placed.span.clone(), cue: None, source, ..placed.quote.clone() }
}

/// How two quotations differ that stand in the same place.
struct Compared {
    /// They are one: the same speaker, or words in common.
    related: bool,
    words: bool,
    speaker: bool,
}

/// Words in common for two quotations to be one: so many of the shorter one's.
const RELATED: usize = 3;

fn compared<'a>(
    was: &Placed<'a>,
    is: &Placed<'a>,
    (old, new): (&Version<'a>, &Version<'a>),
    numbers: &mut Numbers<'a>,
) -> Compared {
    // A comma in place of a full stop changes nothing of what was said.
    let mut words = |version: &Version<'a>, placed: &Placed| {
        let text = version.document.slice(&placed.quote.span);
        let words = numbers.words(&[Leaf { text, block: None }], 0).into_iter();
        let words = words.filter(|word| text.get(word.start as usize..word.end as usize).is_some_and(is_word));
        words.map(|word| word.number).collect::<Vec<u32>>()
    };
    let (a, b) = (words(old, was), words(new, is));
    let name = |placed: &Placed| folded_words(placed.quote.speaker.as_deref().unwrap_or_default());
    let (before, now) = (name(was), name(is));
    let common: usize = same(&a, &b).iter().map(|same| same.len).sum();
    let speaker = before != now;
    let related = (!speaker && !now.is_empty()) || common * RELATED >= a.len().min(b.len());
    Compared { related, words: a != b, speaker }
}
