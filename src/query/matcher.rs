//! What a query means: the slow, obviously right way to see whether it finds an article. The index must find the same.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Field, Is, Leaf, Node, Query};
use crate::model::{Published, Quote, Stored};
use crate::text::fold::{folded_words, written_words};

/// What a query looks at in an article.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    pub title: &'a str,
    /// `Document::text()`; the quotes' spans are bytes of it.
    pub text: &'a str,
    pub source: Option<&'a str>,
    pub author: Option<&'a str>,
    pub url: Option<&'a str>,
    pub language: Option<&'a str>,
    pub tags: &'a [String],
    pub published: Published,
    pub read: bool,
    pub bookmarked: bool,
    pub trashed: bool,
    pub note: Option<&'a str>,
    pub quotes: &'a [Quote],
}

impl<'a> From<&'a Stored> for Subject<'a> {
    fn from(stored: &'a Stored) -> Self {
        let Stored { summary, article, quotes, note, .. } = stored;
        Self {
            title: &summary.title,
            text: article.document.text(),
            source: summary.source.as_deref(),
            author: summary.author.as_deref(),
            url: summary.url.as_deref(),
            language: article.language.as_deref(),
            tags: &summary.tags,
            published: summary.published,
            read: summary.read,
            bookmarked: summary.bookmarked.is_some(),
            trashed: summary.trashed,
            note: note.as_deref(),
            quotes,
        }
    }
}

/// Whether `query` finds `subject` at `now` (seconds since 1970).
///
/// - What is trashed is found only by a query that [`Query::reaches_trash`].
/// - Words: the folded words one after the other, over the ends of sentences and paragraphs, never from the title into
///   the text. With `prefix` the last one may go on. Text without a word in it finds everything, also in a field that
///   the article does not have.
/// - Words that are `exact` are compared as they are written, composed; all others folded.
/// - A tag, and a source or speaker in quotation marks, is a whole name: all of its words and no others.
/// - `said:` and `speaker:` look at quotations that are speech. Where an `All` has both kinds directly among its
///   conditions, one quotation must fulfil all of these; a negated one, or one in parentheses, is on its own.
/// - Days are days in UTC, for articles with a time as for those with only a day.
#[must_use]
pub fn matches(query: &Query, subject: &Subject, now: i64) -> bool {
    (!subject.trashed || query.reaches_trash()) && query.root.as_ref().is_none_or(|root| holds(root, subject, now))
}

fn holds(node: &Node, subject: &Subject, now: i64) -> bool {
    match node {
        Node::Leaf(leaf) => leaf_holds(leaf, subject, now),
        Node::Not(node) => !holds(node, subject, now),
        Node::Any(nodes) => nodes.iter().any(|node| holds(node, subject, now)),
        Node::All(nodes) => {
            nodes.iter().all(|node| holds(node, subject, now))
                && together(nodes).is_none_or(|leaves| {
                    subject.quotes.iter().any(|quote| leaves.iter().all(|leaf| quote_holds(leaf, quote, subject)))
                })
        }
    }
}

/// The conditions of an `All` that one and the same quotation must fulfil: every `said:` and `speaker:` with a word in it
/// directly among `nodes`, where there are both kinds.
#[must_use]
pub fn together(nodes: &[Node]) -> Option<Vec<&Leaf>> {
    let of = |wanted: Field| {
        nodes.iter().filter_map(move |node| match node {
            Node::Leaf(leaf @ Leaf::Words { field, text, .. }) => {
                (*field == wanted && !folded_words(text).is_empty()).then_some(leaf)
            }
            _ => None,
        })
    };
    let both = of(Field::Said).next().is_some() && of(Field::Speaker).next().is_some();
    both.then(|| of(Field::Said).chain(of(Field::Speaker)).collect())
}

fn leaf_holds(leaf: &Leaf, subject: &Subject, now: i64) -> bool {
    match leaf {
        Leaf::Words { field: Field::Said | Field::Speaker, text, .. } => {
            folded_words(text).is_empty() || subject.quotes.iter().any(|quote| quote_holds(leaf, quote, subject))
        }
        Leaf::Words { field, text, .. } => {
            let within = |text: Option<&str>| text.is_some_and(|text| leaf.is_in(text));
            let called = |name: &str| leaf.is_in(name);
            folded_words(text).is_empty()
                || match field {
                    Field::Any => within(Some(subject.title)) || within(Some(subject.text)),
                    Field::Title => within(Some(subject.title)),
                    Field::Source => subject.source.is_some_and(called),
                    Field::Author => within(subject.author),
                    Field::Url => within(subject.url),
                    Field::Lang => within(subject.language),
                    Field::Tag => subject.tags.iter().any(|tag| called(tag)),
                    Field::Said | Field::Speaker => false,
                }
        }
        Leaf::Is(Is::Read) => subject.read,
        Leaf::Is(Is::Unread) => !subject.read,
        Leaf::Is(Is::Bookmarked) => subject.bookmarked,
        Leaf::Is(Is::Trashed) => subject.trashed,
        Leaf::HasQuote => subject.quotes.iter().any(|quote| quote.speech),
        Leaf::HasNote => subject.note.is_some_and(|note| !note.is_empty()),
        Leaf::Dated { from, to } => {
            let day = day_in_utc(subject.published.seconds);
            from.is_none_or(|from| day >= from.first_day()) && to.is_none_or(|to| day <= to.last_day())
        }
        Leaf::Newer(seconds) => subject.published.seconds >= now.saturating_sub(*seconds),
    }
}

/// Whether `quote` alone fulfils a `said:` or `speaker:`.
fn quote_holds(leaf: &Leaf, quote: &Quote, subject: &Subject) -> bool {
    let Leaf::Words { field, text, .. } = leaf else { return false };
    let place = match field {
        Field::Said => subject.text.get(quote.span.start as usize..quote.span.end as usize),
        _ => quote.speaker.as_deref(),
    };
    quote.speech && (folded_words(text).is_empty() || place.is_some_and(|place| leaf.is_in(place)))
}

impl Leaf {
    /// Whether `text` has the words one after the other, and where a whole name is meant no others. False where it is no
    /// condition of words.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        let Self::Words { text: wanted, exact, prefix, .. } = self else { return false };
        let words_of = if *exact { written_words } else { folded_words };
        let (words, wanted) = (words_of(text), words_of(wanted));
        if self.is_whole() {
            return words.len() == wanted.len() && starts_with(&words, &wanted, *prefix);
        }
        (0..words.len()).any(|at| words.get(at..).is_some_and(|words| starts_with(words, &wanted, *prefix)))
    }
}

fn starts_with(words: &[String], wanted: &[String], prefix: bool) -> bool {
    let Some((last, first)) = wanted.split_last() else { return true };
    words.starts_with(first)
        && words
            .get(first.len())
            .is_some_and(|word| if prefix { word.starts_with(last.as_str()) } else { word == last })
}

fn day_in_utc(seconds: i64) -> (i16, i8, i8) {
    // A time that no calendar knows lies at the end of time on its side.
    let far = if seconds < 0 { Timestamp::MIN } else { Timestamp::MAX };
    let day = Timestamp::from_second(seconds).unwrap_or(far).to_zoned(TimeZone::UTC).date();
    (day.year(), day.month(), day.day())
}
