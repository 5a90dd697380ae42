//! Long quotations: which ones are, their bars, and who said it below them.

use std::borrow::Cow;

use super::{
    UNPLACED,
    frame::Frame,
    page::{Piece, Role, Row, Setting, Voice},
};
use crate::{
    model::{BlockKind, Document, Quote},
    text::{
        clean::clean_line,
        segment::{cells, shorten_with},
    },
};

/// A block that has been set.
pub(super) struct Placed {
    /// The row behind its last one.
    pub rows_end: usize,
    pub frame: Frame,
}

/// A quotation in one or more parts ("…," he said. "…"): one speaker, one paragraph.
struct Group {
    /// Indices of the quotes, never empty.
    parts: Vec<usize>,
    /// Indices of the blocks that it begins and ends in.
    block: usize,
    last_block: usize,
    is_long: bool,
}

/// The rows that show a quote.
#[derive(Clone, Copy, Default)]
struct Extent {
    first: usize,
    last: usize,
    count: usize,
}

/// `rows` with the long quotations marked and their speakers below the paragraphs that they end in.
pub(super) fn mark_long(
    mut rows: Vec<Row>,
    placed: &[Placed],
    document: &Document,
    quotes: &[Quote],
    setting: Setting,
) -> Vec<Row> {
    let extents = extents(&rows, quotes.len());
    let groups = groups(document, quotes, &extents, setting);
    let mut is_long = vec![false; quotes.len()];
    for group in groups.iter().filter(|group| group.is_long) {
        for part in &group.parts {
            is_long.get_mut(*part).into_iter().for_each(|long| *long = true);
        }
    }
    for row in &mut rows {
        for piece in &mut row.pieces {
            if let Voice::Speech(number) = piece.style.voice
                && is_long.get(number as usize) == Some(&true)
            {
                piece.style.voice = Voice::LongSpeech(number);
                row.bar = row.bar.or(Some(number));
            }
        }
    }
    // The bar goes through the empty rows between the paragraphs of one quotation.
    for (number, (extent, is_long)) in (0..).zip(extents.iter().zip(&is_long)) {
        let within = rows.get_mut(extent.first..extent.last).unwrap_or_default();
        for row in within
            .iter_mut()
            .filter(|row| *is_long && row.bar.is_none() && row.pieces.iter().all(|piece| piece.span.is_none()))
        {
            row.bar = Some(number);
        }
    }
    with_speakers(rows, &groups, placed, document, quotes, setting)
}

fn extents(rows: &[Row], quotes: usize) -> Vec<Extent> {
    let mut extents = vec![Extent::default(); quotes];
    for (at, row) in rows.iter().enumerate() {
        for piece in &row.pieces {
            let Voice::Speech(number) = piece.style.voice else { continue };
            let Some(extent) = extents.get_mut(number as usize) else { continue };
            if extent.count == 0 {
                extent.first = at;
            }
            if extent.count == 0 || extent.last < at {
                extent.last = at;
                extent.count += 1;
            }
        }
    }
    extents
}

/// Groups of a paragraph that a further part is looked for in: an interview's paragraph has two or three voices.
const GROUPS_LOOKED_AT: usize = 8;

/// The speech in running text, split quotations put together.
fn groups(document: &Document, quotes: &[Quote], extents: &[Extent], setting: Setting) -> Vec<Group> {
    let blocks = document.blocks();
    let mut groups: Vec<Group> = Vec::new();
    for (at, (quote, extent)) in quotes.iter().zip(extents).enumerate() {
        let block = blocks.partition_point(|block| block.span.end <= quote.span.start);
        let is_prose = blocks.get(block).is_some_and(|block| {
            matches!(block.kind, BlockKind::Paragraph | BlockKind::Standfirst | BlockKind::Caption)
        });
        if !is_prose || extent.count == 0 {
            continue;
        }
        let last_block = blocks.partition_point(|block| block.span.end < quote.span.end);
        let is_long = is_long(document.slice(&quote.span), extent.count, setting);
        let belongs = |group: &&mut Group| {
            group.last_block == block
                && group.parts.first().and_then(|first| quotes.get(*first)).is_some_and(|first| are_split(first, quote))
        };
        match groups.iter_mut().rev().take(GROUPS_LOOKED_AT).find(belongs) {
            Some(group) => {
                group.parts.push(at);
                group.last_block = last_block;
                group.is_long |= is_long;
            }
            None => groups.push(Group { parts: vec![at], block, last_block, is_long }),
        }
    }
    groups
}

/// Whether a quotation is shown in so many rows that it counts as long, and not only because a row ends in a few words.
fn is_long(words: &str, rows: usize, setting: Setting) -> bool {
    let fewest = usize::from(setting.long_quote_rows);
    let least = fewest.saturating_sub(1) * usize::from(setting.measure) / 2;
    rows > fewest || rows == fewest && cells(words) >= least
}

/// Whether two quotations of one paragraph are what one speaker said.
fn are_split(a: &Quote, b: &Quote) -> bool {
    (a.speaker.is_some() && a.speaker == b.speaker) || (a.cue.is_some() && a.cue == b.cue)
}

/// `rows` with the speakers of long quotations, each below the paragraph that its quotation ends in.
fn with_speakers(
    rows: Vec<Row>,
    groups: &[Group],
    placed: &[Placed],
    document: &Document,
    quotes: &[Quote],
    setting: Setting,
) -> Vec<Row> {
    let speaker =
        |group: &Group| group.parts.iter().filter_map(|at| quotes.get(*at)).find(|quote| quote.speaker.is_some());
    let mut below: Vec<(usize, Row)> = Vec::new();
    for (at, group) in groups.iter().enumerate().filter(|(_, group)| group.is_long) {
        let (Some(quote), Some(block)) = (speaker(group), placed.get(group.last_block)) else { continue };
        // A speaker who goes on in the next paragraph is named once, at the end.
        let goes_on = groups.get(at + 1).is_some_and(|next| {
            next.is_long
                && next.block == group.last_block + 1
                && speaker(next).is_some_and(|next| next.speaker == quote.speaker)
                && begins_block(document, next, quotes)
        });
        if !goes_on {
            below.push((block.rows_end, attribution(quote, &block.frame, setting)));
        }
    }
    below.sort_by_key(|(at, _)| *at);
    let mut all = Vec::with_capacity(rows.len() + below.len());
    let mut below = below.into_iter().peekable();
    for (at, row) in rows.into_iter().enumerate() {
        while let Some((_, speaker)) = below.next_if(|(before, _)| *before <= at) {
            all.push(speaker);
        }
        all.push(row);
    }
    all.extend(below.map(|(_, speaker)| speaker));
    all
}

fn begins_block(document: &Document, group: &Group, quotes: &[Quote]) -> bool {
    let block = document.blocks().get(group.block);
    let quote = group.parts.first().and_then(|first| quotes.get(*first));
    block.zip(quote).is_some_and(|(block, quote)| block.span.start == quote.span.start)
}

/// Cells that a role needs to be worth naming when it has to be cut.
const LEAST_ROLE: usize = 8;

/// `role` cut to `limit` cells behind a whole word, where that leaves anything.
fn cut_at_word<'a>(role: &'a str, limit: usize, cut: &str) -> Cow<'a, str> {
    let short = shorten_with(role, limit, cut);
    if short == role {
        return short;
    }
    let kept = short.strip_suffix(cut).unwrap_or(&short);
    // Where the cut fell between words, the last one is whole.
    let whole = role.get(kept.len()..).is_some_and(|rest| rest.starts_with(' '));
    match kept.rfind(' ').filter(|_| !whole) {
        Some(blank) => format!("{}{cut}", kept.get(..blank).unwrap_or_default().trim_end_matches([' ', ','])).into(),
        None => short,
    }
}

/// The row that names who said `quote`, flush right.
fn attribution(quote: &Quote, frame: &Frame, setting: Setting) -> Row {
    let measure = usize::from(setting.measure).saturating_sub(frame.cells);
    let (dash, cut) = if setting.ascii { ("-- ", "...") } else { ("— ", "…") };
    let (doubt, set) = if quote.is_doubtful() { (" (?)", Role::Doubtful) } else { ("", Role::Attribution) };
    let name = clean_line(&quote.named().unwrap_or_default());
    let role = clean_line(quote.described().unwrap_or_default());
    let room = measure.saturating_sub(cells(dash) + cells(doubt));
    let behind = room.saturating_sub(cells(&name) + 2);
    let role = if behind >= cells(&role).min(LEAST_ROLE) { cut_at_word(&role, behind, cut) } else { "".into() };
    let who = if role.is_empty() { name } else { format!("{name}, {role}") };
    let line = format!("{dash}{}{doubt}", shorten_with(&who, room, cut));
    let line = shorten_with(&line, measure, "");
    let mut pieces = Vec::new();
    frame.push(false, &mut pieces);
    pieces.push(Piece::added(" ".repeat(measure - cells(&line)), Role::Ornament));
    pieces.push(Piece::added(line, set));
    Row { pieces, bar: None, start: UNPLACED }
}
