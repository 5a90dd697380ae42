//! What the commands say in JSON: articles, documents, quotes. Names and units here are a promise to scripts.

use serde::Serialize;
use serde_json::{Value, json};

use crate::model::{
    Block, BlockKind, Container, Document, InlineKind, Marker, Published, Quote, Revision, Stored, Summary,
};
use crate::text::code_points::CodePoints;
use crate::text::difference::{Changed, Difference, Fate};

/// `2017-09-05` where only the day is known, else `2017-09-05T10:30:00Z`.
#[must_use]
pub fn date(published: Published) -> String {
    let at = jiff::Timestamp::from_second(published.seconds).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let text = at.to_string();
    if published.day_only { text.split('T').next().unwrap_or_default().to_owned() } else { text }
}

/// The day alone: `2017-09-05`.
#[must_use]
pub fn day(published: Published) -> String {
    date(Published { day_only: true, ..published })
}

/// A moment in seconds since 1970: `2017-09-05T10:30:00Z`.
#[must_use]
pub fn moment(seconds: i64) -> String {
    date(Published { seconds, day_only: false })
}

/// A row of `list --json`.
#[derive(Serialize)]
pub struct Row<'a> {
    pub id: i64,
    pub title: &'a str,
    pub url: Option<&'a str>,
    pub source: Option<&'a str>,
    pub author: Option<&'a str>,
    pub published: String,
    pub words: u32,
    pub quotes: u32,
    pub read: bool,
    pub bookmarked: bool,
    pub bookmarked_at: Option<String>,
    pub trashed: bool,
    pub tags: &'a [String],
}

impl<'a> Row<'a> {
    #[must_use]
    pub fn new(summary: &'a Summary) -> Self {
        Self {
            id: summary.id,
            title: &summary.title,
            url: summary.url.as_deref(),
            source: summary.source.as_deref(),
            author: summary.author.as_deref(),
            published: date(summary.published),
            words: summary.words,
            quotes: summary.quotes,
            read: summary.read,
            bookmarked: summary.bookmarked.is_some(),
            bookmarked_at: summary.bookmarked.map(moment),
            trashed: summary.trashed,
            tags: &summary.tags,
        }
    }
}

/// A hit of `search --json`: the row and the line that shows best why it was found.
#[derive(Serialize)]
pub struct Hit<'a> {
    #[serde(flatten)]
    pub row: Row<'a>,
    pub snippet: &'a str,
}

/// `show --json`: the row, and the article whole.
#[derive(Serialize)]
pub struct Whole<'a> {
    #[serde(flatten)]
    row: Row<'a>,
    language: Option<&'a str>,
    added: String,
    note: Option<&'a str>,
    /// How many earlier texts are kept.
    revisions: usize,
    /// Which of them this is, and when another one took its place.
    revision: Option<u32>,
    replaced: Option<String>,
    text: &'a str,
    document: Value,
    quotations: Vec<Quotation<'a>>,
}

impl<'a> Whole<'a> {
    /// The article as it is now, or as its earlier text `revision` was.
    #[must_use]
    pub fn new(stored: &'a Stored, revision: Option<&Revision>) -> Self {
        let document = &stored.article.document;
        let points = CodePoints::new(document.text());
        Self {
            row: Row::new(&stored.summary),
            language: stored.article.language.as_deref(),
            added: moment(stored.added),
            note: stored.note.as_deref(),
            revisions: stored.revisions.len(),
            revision: revision.map(|revision| revision.number),
            replaced: revision.map(|revision| moment(revision.replaced)),
            text: document.text(),
            document: structure(document, &points),
            quotations: stored.quotes.iter().map(|quote| Quotation::new(quote, &points)).collect(),
        }
    }
}

/// A line of `export --to jsonl`, in the names that `add` reads. Its number in this library is left out: in another one
/// it would mean nothing.
#[derive(Serialize)]
pub struct Exported<'a> {
    guid: Option<&'a str>,
    title: &'a str,
    url: Option<&'a str>,
    source: Option<&'a str>,
    author: Option<&'a str>,
    published: Option<String>,
    language: Option<&'a str>,
    tags: &'a [String],
    read: bool,
    bookmarked_at: Option<String>,
    note: Option<&'a str>,
    text: &'a str,
    document: Value,
    quotations: Vec<Quotation<'a>>,
}

impl<'a> Exported<'a> {
    #[must_use]
    pub fn new(stored: &'a Stored) -> Self {
        let Whole { row, language, note, text, document, quotations, .. } = Whole::new(stored, None);
        Self {
            guid: stored.article.guid.as_deref(),
            title: row.title,
            url: row.url,
            source: row.source,
            author: row.author,
            published: stored.article.published.map(date),
            language,
            tags: row.tags,
            read: row.read,
            bookmarked_at: row.bookmarked_at,
            note,
            text,
            document,
            quotations,
        }
    }
}

/// An article of `quotes --json`.
#[derive(Serialize)]
pub struct Quoted<'a> {
    /// The library's number, a record's own id, or a file's name.
    pub id: Value,
    pub title: &'a str,
    pub text: &'a str,
    pub quotes: Vec<Quotation<'a>>,
}

impl<'a> Quoted<'a> {
    #[must_use]
    pub fn new(id: Value, title: &'a str, document: &'a Document, quotes: &'a [Quote]) -> Self {
        let points = CodePoints::new(document.text());
        let quotes = quotes.iter().map(|quote| Quotation::new(quote, &points)).collect();
        Self { id, title, text: document.text(), quotes }
    }
}

/// An earlier text of `show --revisions --json`.
#[derive(Serialize)]
pub struct Earlier<'a> {
    pub number: u32,
    pub replaced: String,
    pub words: u32,
    pub title: &'a str,
}

/// `show --diff --json`: two texts in one; offsets count code points of it.
#[derive(Serialize)]
pub struct Differing<'a> {
    id: i64,
    from: u32,
    to: Option<u32>,
    words_added: usize,
    words_removed: usize,
    text: &'a str,
    changes: Vec<Changing<'a>>,
    quotations: Vec<Value>,
}

#[derive(Serialize)]
struct Changing<'a> {
    kind: &'static str,
    start: usize,
    end: usize,
    text: &'a str,
}

impl<'a> Differing<'a> {
    #[must_use]
    pub fn new(id: i64, from: u32, to: Option<u32>, difference: &'a Difference) -> Self {
        let text = difference.document.text();
        let points = CodePoints::new(text);
        let changes = difference.changes.iter().map(|change| {
            let [start, end] = points.span(&change.span);
            let kind = if change.kind == Changed::Added { "added" } else { "removed" };
            Changing { kind, start, end, text: difference.document.slice(&change.span) }
        });
        let quotations = difference.said.iter().map(|said| {
            let [start, end] = points.span(&said.quote.span);
            let fate = match said.fate {
                Fate::New => "added",
                Fate::Gone => "removed",
                Fate::Words => "words",
                Fate::Speaker => "speaker",
                Fate::Both => "words and speaker",
            };
            json!({"changed": fate, "start": start, "end": end, "speaker": said.quote.speaker, "before": said.before})
        });
        Self {
            id,
            from,
            to,
            words_added: difference.added,
            words_removed: difference.removed,
            text,
            changes: changes.collect(),
            quotations: quotations.collect(),
        }
    }
}

/// A quotation; offsets count code points of the text.
#[derive(Serialize)]
pub struct Quotation<'a> {
    start: usize,
    end: usize,
    speech: bool,
    cue: Option<[usize; 2]>,
    source: Option<[usize; 2]>,
    speaker: Option<&'a str>,
    role: Option<&'a str>,
    confidence: f64,
}

impl<'a> Quotation<'a> {
    fn new(quote: &'a Quote, points: &CodePoints) -> Self {
        let [start, end] = points.span(&quote.span);
        Self {
            start,
            end,
            speech: quote.speech,
            cue: quote.cue.as_ref().map(|span| points.span(span)),
            source: quote.source.as_ref().map(|span| points.span(span)),
            speaker: quote.speaker.as_deref(),
            role: quote.role.as_deref(),
            // Two places: more would only show how a computer counts.
            confidence: (f64::from(quote.confidence) * 100.0).round() / 100.0,
        }
    }
}

/// The blocks, inlines and links of a document.
fn structure(document: &Document, points: &CodePoints) -> Value {
    let blocks: Vec<Value> = document.blocks().iter().map(|block| self::block(block, points)).collect();
    let inlines: Vec<Value> = document
        .inlines()
        .iter()
        .map(|inline| {
            let [start, end] = points.span(&inline.span);
            let (kind, link) = match inline.kind {
                InlineKind::Emphasis => ("emphasis", None),
                InlineKind::Strong => ("strong", None),
                InlineKind::Strikethrough => ("strikethrough", None),
                InlineKind::Code => ("code", None),
                InlineKind::Superscript => ("superscript", None),
                InlineKind::Subscript => ("subscript", None),
                InlineKind::Link(n) => ("link", Some(n)),
                InlineKind::Image(n) => ("image", Some(n)),
                InlineKind::NoteRef => ("note_ref", None),
            };
            let mut inline = json!({"kind": kind, "start": start, "end": end});
            if let (Some(link), Some(fields)) = (link, inline.as_object_mut()) {
                fields.insert("link".into(), link.into());
            }
            inline
        })
        .collect();
    json!({"blocks": blocks, "inlines": inlines, "links": document.links()})
}

fn block(block: &Block, points: &CodePoints) -> Value {
    let [start, end] = points.span(&block.span);
    let within: Vec<Value> = block
        .within
        .iter()
        .map(|container| match container {
            Container::Quotation => json!({"kind": "quotation"}),
            Container::Item(Some(Marker::Number(n))) => json!({"kind": "item", "number": n}),
            Container::Item(Some(Marker::Bullet)) => json!({"kind": "item", "bullet": true}),
            Container::Item(None) => json!({"kind": "item"}),
            Container::Note(Some(label)) => json!({"kind": "note", "label": label}),
            Container::Note(None) => json!({"kind": "note"}),
        })
        .collect();
    let mut value = match &block.kind {
        BlockKind::Paragraph => json!({"kind": "paragraph"}),
        BlockKind::Standfirst => json!({"kind": "standfirst"}),
        BlockKind::Heading(level) => json!({"kind": "heading", "level": level}),
        BlockKind::Code { language } => json!({"kind": "code", "language": language}),
        BlockKind::Table { columns } => {
            let columns: Vec<String> = columns.iter().map(|column| format!("{column:?}").to_lowercase()).collect();
            json!({"kind": "table", "columns": columns})
        }
        BlockKind::Caption => json!({"kind": "caption"}),
        BlockKind::Rule => json!({"kind": "rule"}),
    };
    if let Some(fields) = value.as_object_mut() {
        fields.insert("start".into(), start.into());
        fields.insert("end".into(), end.into());
        fields.insert("within".into(), within.into());
        fields.insert("tight".into(), block.tight.into());
    }
    value
}
