//! The text cut into runs of one style, and what is set between them: numbers of links, marks of notes.

use std::ops::Range;

use unicode_segmentation::GraphemeCursor;

use super::{
    frame::LEAST_MEASURE,
    page::{Role, Style, Voice},
    voices::voices,
};
use crate::{
    model::{Document, InlineKind, Quote},
    text::{
        segment::{cells, floor},
        wrap::Added,
    },
};

/// The measure from which on links are numbered: below it numbers would crowd out the words.
const NUMBERED_MEASURE: usize = 24;

/// Bytes around a place that decide whether it is inside a cluster: more than any cluster that a reader would see.
const CLUSTER_REACH: usize = 256;

/// The whole text as runs, in order and without gaps.
pub(super) struct Runs {
    runs: Vec<Run>,
    marks: Vec<Mark>,
}

/// A stretch of the text in one style.
pub(super) struct Run {
    /// The byte behind it; it begins where the one before ends.
    end: usize,
    pub style: Style,
    pub position: Position,
}

/// Where characters stand on the line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Position {
    #[default]
    Normal,
    Raised,
    Lowered,
}

/// Something set between two characters of the text, that the text does not have.
pub(super) struct Mark {
    pub at: usize,
    pub text: String,
    pub style: Style,
}

/// What is open at a place of the text.
#[derive(Default)]
struct Open {
    emphasis: u32,
    strong: u32,
    strikethrough: u32,
    code: u32,
    raised: u32,
    lowered: u32,
    links: Vec<u32>,
    voice: Voice,
}

/// A change of what is open.
#[derive(Clone, Copy)]
enum Event {
    Begin(InlineKind),
    End(InlineKind),
    Voice(Voice),
    /// Something is set here.
    Mark,
}

impl Runs {
    pub(super) fn new(document: &Document, quotes: &[Quote], measure: usize, ascii: bool) -> Self {
        let text = document.text();
        let mut events: Vec<(usize, Event)> = Vec::new();
        let mut marks: Vec<Mark> = Vec::new();
        for (span, voice) in voices(text, quotes) {
            events.push((in_whole_clusters(text, span.start as usize), Event::Voice(voice)));
            events.push((in_whole_clusters(text, span.end as usize), Event::Voice(Voice::Author)));
        }
        for inline in document.inlines() {
            let (start, end) = (inline.span.start as usize, inline.span.end as usize);
            let shown = document.slice(&inline.span);
            events.push((in_whole_clusters(text, start), Event::Begin(inline.kind)));
            events.push((in_whole_clusters(text, end), Event::End(inline.kind)));
            let ornament = Style { role: Role::Ornament, ..Style::default() };
            match inline.kind {
                InlineKind::Link(n) | InlineKind::Image(n) if measure >= NUMBERED_MEASURE => {
                    let at = in_whole_clusters(text, start + shown.trim_end().len());
                    let style = Style { link: Some(n), ..ornament };
                    marks.push(Mark { at, text: format!("[{}]", u64::from(n) + 1), style });
                }
                // Figures that cannot be raised would run into the word before them.
                InlineKind::NoteRef | InlineKind::Superscript
                    if measure >= LEAST_MEASURE
                        && if is_figures(shown) { ascii } else { inline.kind == InlineKind::NoteRef } =>
                {
                    marks.push(Mark { at: in_whole_clusters(text, start), text: "^".to_owned(), style: ornament });
                }
                _ => {}
            }
        }
        events.extend(marks.iter().map(|mark| (mark.at, Event::Mark)));
        events.sort_by_key(|(at, _)| *at);
        marks.sort_by_key(|mark| mark.at);
        Self { runs: runs_between(&events, text.len(), ascii), marks }
    }

    /// The runs in `part` of the text, cut to it.
    pub(super) fn within(&self, part: Range<usize>) -> impl Iterator<Item = (Range<usize>, &Run)> {
        let first = self.runs.partition_point(|run| run.end <= part.start);
        let mut at = part.start;
        self.runs.get(first..).unwrap_or_default().iter().map_while(move |run| {
            let span = at..run.end.min(part.end);
            at = span.end;
            (!span.is_empty()).then_some((span, run))
        })
    }

    /// What is set into `row`, and before it where nothing of its line is before it.
    pub(super) fn marks_within(&self, row: &Range<usize>, begins_line: bool) -> &[Mark] {
        let first = self.marks.partition_point(|mark| mark.at < row.start + usize::from(!begins_line));
        let last = self.marks.partition_point(|mark| mark.at <= row.end);
        self.marks.get(first..last).unwrap_or_default()
    }

    /// The cells of what is set into `part`, at places counted from its beginning.
    pub(super) fn added_within(&self, part: &Range<usize>) -> Vec<Added> {
        let marks = self.marks_within(part, true).iter();
        marks.map(|mark| Added { at: mark.at - part.start, cells: cells(&mark.text) }).collect()
    }
}

fn runs_between(events: &[(usize, Event)], end: usize, ascii: bool) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::with_capacity(events.len() + 1);
    let mut open = Open::default();
    let mut begin = 0;
    for (at, event) in events {
        if *at > begin {
            runs.push(open.run(*at, ascii));
            begin = *at;
        }
        open.apply(*event);
    }
    if end > begin {
        runs.push(open.run(end, ascii));
    }
    runs
}

impl Open {
    fn apply(&mut self, event: Event) {
        let (kind, begins) = match event {
            Event::Begin(kind) => (kind, true),
            Event::End(kind) => (kind, false),
            Event::Mark => return,
            Event::Voice(voice) => {
                self.voice = voice;
                return;
            }
        };
        let count = match kind {
            InlineKind::Emphasis => &mut self.emphasis,
            InlineKind::Strong => &mut self.strong,
            InlineKind::Strikethrough => &mut self.strikethrough,
            InlineKind::Code => &mut self.code,
            InlineKind::Superscript | InlineKind::NoteRef => &mut self.raised,
            InlineKind::Subscript => &mut self.lowered,
            InlineKind::Link(n) | InlineKind::Image(n) => {
                if begins {
                    self.links.push(n);
                } else if let Some(at) = self.links.iter().rposition(|link| *link == n) {
                    self.links.remove(at);
                }
                return;
            }
        };
        *count = if begins { *count + 1 } else { count.saturating_sub(1) };
    }

    fn run(&self, end: usize, ascii: bool) -> Run {
        let style = Style {
            role: Role::Body,
            voice: self.voice,
            emphasis: self.emphasis > 0,
            strong: self.strong > 0,
            strikethrough: self.strikethrough > 0,
            code: self.code > 0,
            link: self.links.last().copied(),
            ..Style::default()
        };
        let position = match (ascii, self.raised, self.lowered) {
            (false, 1.., _) => Position::Raised,
            (false, 0, 1..) => Position::Lowered,
            _ => Position::Normal,
        };
        Run { end, style, position }
    }
}

impl Position {
    /// `text` raised or lowered, where there is a character for each of its own.
    pub(super) fn shift(self, text: &str) -> Option<String> {
        let places = match self {
            Self::Normal => return None,
            Self::Raised => "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ",
            Self::Lowered => "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙᵢ",
        };
        text.chars().map(|c| "0123456789+-=()ni".find(c).and_then(|at| places.chars().nth(at))).collect()
    }
}

/// A note's label as its references show it.
pub(super) fn raised_label(label: &str, ascii: bool) -> String {
    let raised = if ascii { None } else { Position::Raised.shift(label) };
    raised.unwrap_or_else(|| format!("^{label}"))
}

fn is_figures(label: &str) -> bool {
    label.bytes().all(|byte| byte.is_ascii_digit())
}

/// `at`, or the end of the cluster that it is inside of.
fn in_whole_clusters(text: &str, at: usize) -> usize {
    let (from, to) = (floor(text, at.saturating_sub(CLUSTER_REACH)), floor(text, at + CLUSTER_REACH));
    let (Some(near), Some(after)) = (text.get(from..to), text.get(at..to)) else { return at };
    let is_simple = |byte: Option<u8>| byte.is_none_or(|byte| matches!(byte, b' '..=b'~'));
    if is_simple(text.get(from..at).and_then(|before| before.bytes().last())) && is_simple(after.bytes().next()) {
        return at;
    }
    let mut cursor = GraphemeCursor::new(at - from, near.len(), true);
    match cursor.is_boundary(near, 0) {
        Ok(false) => cursor.next_boundary(near, 0).ok().flatten().map_or(to, |end| from + end),
        _ => at,
    }
}
