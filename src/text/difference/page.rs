//! A difference set as a page: as the article is, with a sign beside every row that changed, a line below every paragraph whose
//! quotations did, and what did not change folded away but for a few rows around.

use std::ops::Range;

use super::{Changed, Difference, Fate, Said};
use crate::model::BlockKind;
use crate::text::clean::clean_line;
use crate::text::counted;
use crate::text::layout::{self, Piece, Role, Row, Setting};
use crate::text::segment::{cells, shorten_with};

/// Rows around a change that stay in sight.
const AROUND: usize = 3;

/// A paragraph that changed is shown whole up to so many rows.
const WHOLE: usize = 12;

/// Rows without a change that are not worth folding.
const FEW: usize = 2;

/// A difference laid out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    pub page: layout::Page,
    /// What stands in the margin of each row.
    pub signs: Vec<Sign>,
    /// Whether anything is folded, or could be.
    pub folds: bool,
}

/// What a row says in the margin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sign {
    #[default]
    None,
    Added,
    Removed,
    /// Something was removed and something added.
    Both,
    /// What became of a quotation.
    Quote,
}

/// A row on its way to the page.
struct Line {
    row: Row,
    sign: Sign,
    /// The block that it shows; `None` for the front.
    block: Option<usize>,
    /// It has to stay in sight.
    wanted: bool,
}

impl Line {
    fn is_blank(&self) -> bool {
        self.row.pieces.is_empty()
    }
}

/// Sets `front` and `difference`; what did not change is `folded`, or not.
#[must_use]
pub fn lay_out(difference: &Difference, front: &[(Role, &str)], setting: Setting, folded: bool) -> Page {
    // The bars of long quotations would stand where the signs do.
    let bare = Setting { long_quote_rows: u16::MAX, ..setting };
    let laid = layout::lay_out(front, &difference.document, &difference.quotes, bare);
    let mut lines = lines(difference, laid.rows, front.len());
    tell_quotes(difference, &mut lines, setting);
    choose(difference, &mut lines);
    let folds = hidden(&lines).next().is_some();
    if folded {
        lines = fold(lines, setting);
    }
    let (rows, signs) = lines.into_iter().map(|line| (line.row, line.sign)).unzip();
    Page { page: layout::Page { rows }, signs, folds }
}

/// The rows with their signs, cut where changes begin and end.
fn lines(difference: &Difference, rows: Vec<Row>, front: usize) -> Vec<Line> {
    let blocks = difference.document.blocks();
    let first = blocks.first().map_or(0, |block| block.span.start);
    let mut in_front = front > 0;
    let mut lines = Vec::with_capacity(rows.len());
    for mut row in rows {
        let shown = row.pieces.iter().find_map(|piece| piece.span.clone());
        in_front &= shown.is_none();
        row.pieces = row.pieces.into_iter().flat_map(|piece| cut(difference, piece)).collect();
        let has = |kind| row.pieces.iter().any(|piece| piece.style.changed == kind);
        let sign = match (has(Changed::Removed), has(Changed::Added)) {
            (false, false) => Sign::None,
            (true, false) => Sign::Removed,
            (false, true) => Sign::Added,
            (true, true) => Sign::Both,
        };
        let at = shown.map_or(row.start, |span| span.start).max(first);
        let block = blocks.partition_point(|block| block.span.end <= at);
        let block = (!in_front && !row.pieces.is_empty()).then_some(block.min(blocks.len().saturating_sub(1)));
        lines.push(Line { row, sign, block, wanted: in_front });
    }
    lines
}

/// A piece in parts of one kind each.
fn cut(difference: &Difference, piece: Piece) -> Vec<Piece> {
    let Some(span) = piece.span.clone() else { return vec![piece] };
    let first = difference.changes.partition_point(|change| change.span.end <= span.start);
    let inside = difference.changes.iter().skip(first).take_while(|change| change.span.start < span.end);
    let mut ends: Vec<u32> = inside.flat_map(|change| [change.span.start, change.span.end]).collect();
    ends.retain(|end| span.start < *end && *end < span.end);
    ends.push(span.end);
    // What stands for something else is not cut.
    if difference.document.slice(&span) != piece.text {
        ends.drain(..ends.len() - 1);
    }
    let mut start = span.start;
    let parts = ends.into_iter().map(|end| {
        let bytes = (start - span.start) as usize..(end - span.start) as usize;
        let text = piece.text.get(bytes).unwrap_or(&piece.text).to_owned();
        let mut part = Piece { text, span: Some(start..end), style: piece.style };
        part.style.changed = difference.change_at(start).unwrap_or_default();
        start = end;
        part
    });
    parts.collect()
}

/// Sets a line below each block in which quotations changed, for each speaker and fate one.
fn tell_quotes(difference: &Difference, lines: &mut Vec<Line>, setting: Setting) {
    let blocks = difference.document.blocks();
    let mut told: Vec<(usize, String, bool)> = Vec::new();
    for said in &difference.said {
        let block = blocks.partition_point(|block| block.span.end < said.quote.span.end);
        let what = what(said, setting);
        if !told.iter().rev().take_while(|(at, ..)| *at == block).any(|(_, other, _)| *other == what) {
            told.push((block, what, said.quote.is_doubtful()));
        }
        // Nothing but the speaker may have changed: the row has to stay in sight all the same.
        for line in lines.iter_mut().filter(|line| line.row.shows(said.quote.span.start)) {
            line.wanted = true;
        }
    }
    told.sort_by_key(|(block, ..)| *block);
    let mut all = Vec::with_capacity(lines.len() + told.len());
    let mut told = told.into_iter().peekable();
    let mut rest = std::mem::take(lines).into_iter().peekable();
    while let Some(line) = rest.next() {
        let (block, start) = (line.block, line.row.start);
        all.push(line);
        // Behind the last row of the block.
        if block.is_some() && rest.peek().is_none_or(|next| next.block != block) {
            while let Some((at, what, doubtful)) = told.next_if(|(at, ..)| Some(*at) <= block) {
                let role = if doubtful { Role::Doubtful } else { Role::Attribution };
                let room = usize::from(setting.measure);
                let text = shorten_with(&what, room, if setting.ascii { "..." } else { "…" });
                let blanks = " ".repeat(room.saturating_sub(cells(&text)));
                let pieces = vec![Piece::added(blanks, Role::Ornament), Piece::added(text, role)];
                let row = Row { pieces, bar: None, start };
                all.push(Line { row, sign: Sign::Quote, block: Some(at), wanted: true });
            }
        }
    }
    *lines = all;
}

/// What became of a quotation, in a line.
fn what(said: &Said, setting: Setting) -> String {
    let nobody = "nobody named";
    let name = |name: Option<&str>| name.map_or_else(|| nobody.to_owned(), clean_line);
    let doubt = if said.quote.is_doubtful() { " (?)" } else { "" };
    let who = format!("{}{doubt}", name(said.quote.speaker.as_deref()));
    let before = name(said.before.as_deref());
    let (dash, arrow) = if setting.ascii { ("--", "->") } else { ("—", "→") };
    let told = said.fate.told();
    match said.fate {
        Fate::New | Fate::Gone | Fate::Words => format!("{dash} {who}: {told}"),
        Fate::Speaker | Fate::Both => format!("{dash} {told}: {before} {arrow} {who}"),
    }
}

/// Chooses the rows that stay in sight: what changed, what stands next to it, the heading above it, and the title.
fn choose(difference: &Difference, lines: &mut [Line]) {
    let blocks = difference.document.blocks();
    let is_change = |line: &Line| line.sign != Sign::None || line.wanted && line.block.is_some();
    let mut sizes = vec![Size::default(); blocks.len()];
    for line in lines.iter() {
        if let Some(size) = line.block.and_then(|block| sizes.get_mut(block)) {
            size.rows += 1;
            size.changed |= is_change(line);
        }
    }
    let changes: Vec<(bool, bool)> = lines.iter().map(|line| (line.is_blank(), is_change(line))).collect();
    let ahead = distances(changes.iter().rev());
    let away: Vec<usize> =
        distances(changes.iter()).into_iter().zip(ahead.into_iter().rev()).map(|(a, b)| a.min(b)).collect();
    let headings = headings(difference, &sizes);
    // How many rows of its block stand above a row.
    let (mut above, mut last) = (0, None);
    for (line, away) in lines.iter_mut().zip(away) {
        let Some(block) = line.block else { continue };
        above = if last.replace(block) == Some(block) { above + 1 } else { 0 };
        let size = |at: Option<usize>| at.and_then(|at| sizes.get(at)).copied().unwrap_or_default();
        let own = size(Some(block));
        let short = own.rows <= AROUND + 1;
        line.wanted |= if own.changed {
            own.rows <= WHOLE || away <= AROUND
        } else {
            size(block.checked_sub(1)).changed && (short || above < AROUND)
                || size(block.checked_add(1)).changed && (short || above + AROUND >= own.rows)
        };
        line.wanted |= block == 0 || headings.get(block).copied().unwrap_or_default();
    }
}

/// How many rows a block has, and whether anything in it changed.
#[derive(Clone, Copy, Default)]
struct Size {
    rows: usize,
    changed: bool,
}

/// Which blocks are headings with something that changed below them.
fn headings(difference: &Difference, sizes: &[Size]) -> Vec<bool> {
    let mut found = vec![false; sizes.len()];
    let mut heading = None;
    for (at, (block, size)) in difference.document.blocks().iter().zip(sizes).enumerate() {
        if matches!(block.kind, BlockKind::Heading(_)) {
            heading = Some(at);
        } else if let Some(kept) = heading.take_if(|_| size.changed).and_then(|at| found.get_mut(at)) {
            *kept = true;
        }
    }
    found
}

/// For each row, blank or not and changed or not, how many rows with text it is behind the last change.
fn distances<'a>(lines: impl Iterator<Item = &'a (bool, bool)>) -> Vec<usize> {
    let mut away = usize::MAX;
    let each = lines.map(|(blank, changed)| {
        away = if *changed { 0 } else { away.saturating_add(usize::from(!blank)) };
        away
    });
    each.collect()
}

/// The stretches that can be folded: from a row to before another one.
fn hidden(lines: &[Line]) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + lines.get(at..)?.iter().position(|line| !line.wanted && !line.is_blank())?;
            let rest = lines.get(start..)?;
            let length = rest.iter().position(|line| line.wanted).unwrap_or(rest.len());
            at = start + length;
            let blanks = rest.get(..length)?.iter().rev().take_while(|line| line.is_blank()).count();
            let rows = rest.get(..length)?.iter().filter(|line| !line.is_blank()).count();
            if rows > FEW {
                return Some(start..at - blanks);
            }
        }
    })
}

/// A row in place of each stretch that can be folded.
fn fold(lines: Vec<Line>, setting: Setting) -> Vec<Line> {
    let folds: Vec<_> = hidden(&lines).map(|rows| (folded_text(whole_blocks(&lines, &rows), setting), rows)).collect();
    let mut folds = folds.into_iter().peekable();
    let mut all: Vec<Line> = Vec::with_capacity(lines.len());
    for (at, line) in lines.into_iter().enumerate() {
        while folds.next_if(|(_, rows)| rows.end <= at).is_some() {}
        match folds.peek() {
            Some((text, rows)) if rows.start == at => {
                let pieces = vec![Piece::added(text.as_str(), Role::Ornament)];
                let row = Row { pieces, bar: None, start: line.row.start };
                all.push(Line { row, sign: Sign::None, block: None, wanted: true });
            }
            Some((_, rows)) if rows.contains(&at) => {}
            _ => all.push(line),
        }
    }
    all
}

/// How many blocks have all their rows among `rows`.
fn whole_blocks(lines: &[Line], rows: &Range<usize>) -> usize {
    let block = |at: Option<usize>| lines.get(at?).and_then(|line| line.block);
    let (first, last) = (block(Some(rows.start)), block(rows.end.checked_sub(1)));
    let above = block(rows.start.checked_sub(1)).is_some_and(|above| Some(above) == first);
    let below = block(Some(rows.end)).is_some_and(|below| Some(below) == last);
    let all = last.zip(first).map_or(0, |(last, first)| last + 1 - first);
    let cut = if first == last { usize::from(above || below) } else { usize::from(above) + usize::from(below) };
    all.saturating_sub(cut)
}

fn folded_text(blocks: usize, setting: Setting) -> String {
    let dots = if setting.ascii { "..." } else { "⋯" };
    let text = match blocks {
        0 => dots.to_owned(),
        n => format!("{dots} {} unchanged", counted(n, "paragraph")),
    };
    shorten_with(&text, usize::from(setting.measure), "").into_owned()
}
