//! What the commands say in JSON: articles, documents, quotes. Names and units here are a promise to scripts.

use serde::Serialize;
use serde_json::{Value, json};

use crate::model::{Block, BlockKind, Container, Document, InlineKind, Marker, Published, Quote, Stored, Summary};
use crate::text::code_points::CodePoints;

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
            bookmarked_at: summary.bookmarked.map(|seconds| date(Published { seconds, day_only: false })),
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
    text: &'a str,
    document: Value,
    quotations: Vec<Quotation<'a>>,
}

impl<'a> Whole<'a> {
    #[must_use]
    pub fn new(stored: &'a Stored) -> Self {
        let document = &stored.article.document;
        let points = CodePoints::new(document.text());
        Self {
            row: Row::new(&stored.summary),
            language: stored.article.language.as_deref(),
            added: date(Published { seconds: stored.added, day_only: false }),
            note: stored.note.as_deref(),
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
        let Whole { row, language, note, text, document, quotations, .. } = Whole::new(stored);
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
