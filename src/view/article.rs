//! The article's pane: rows of the page, the quote in focus and the hits lit over them.

use ratatui::style::{Modifier, Style};

use crate::app::panes::{self, Area};
use crate::app::state::{Focus, Overlay, State};
use crate::config::Role;
use crate::model::Span;
use crate::text::layout::{self, Changed, Piece, Row, Voice};

use super::paint::Canvas;

/// Cells between a quotation's bar and the text.
pub(super) const BAR: u16 = 2;

/// Draws the open article, or what to do while none is open.
pub fn draw(canvas: &mut Canvas, pane: Area, state: &State) {
    let column = panes::text_column(pane, state.settings.measure);
    if state.article.stored.is_none() {
        if state.article.missing {
            canvas.say_lines(column, "This article is no longer in the library.", Role::RowMeta);
        } else if state.list.complete && state.list.ids.is_empty() {
            canvas.say_lines(column, "No article is open.", Role::RowMeta);
        }
        return;
    }
    if let Some(difference) = &state.article.difference {
        return super::difference::draw(canvas, column, difference);
    }
    let rows = state.article.sheet.page.rows.iter().skip(state.article.sheet.top).take(usize::from(column.height));
    for (y, row) in (column.y..).zip(rows) {
        draw_row(canvas, column, y, row, state);
    }
    say_empty(canvas, column, state);
    draw_stars(canvas, column, state);
    if let Some(Overlay::Links { labels, typed }) = &state.overlay {
        draw_labels(canvas, column, state, labels, typed);
    }
}

fn draw_row(canvas: &mut Canvas, column: Area, y: u16, row: &Row, state: &State) {
    let in_focus = |quote: u32| {
        // The quote selected in a list of quotes is the one in focus beside it.
        (state.focus == Focus::Article || state.lists_quotes())
            && state.article.focus.is_some_and(|focus| together(state, focus, quote as usize))
    };
    if let Some(quote) = row.bar
        && column.x >= BAR
    {
        let focused = in_focus(quote);
        let bar = canvas.glyph("▎", "|");
        canvas.say(column.x - BAR, y, 1, bar, if focused { Role::Cursor } else { Role::SpeechBar });
    }
    if row.pieces.iter().any(|piece| piece.style.role == layout::Role::Code) {
        // A block of code is one field, however long its lines are.
        canvas.tint(Area { y, height: 1, ..column }, Role::Code);
    }
    let mut x = column.x;
    for piece in &row.pieces {
        let begin = x;
        let style = piece_style(canvas, piece, in_focus);
        for (text, hit) in lit(piece, &state.article.hits, state.article.hit) {
            let style = match hit {
                Some(true) => style.patch(canvas.style(Role::CurrentHit)),
                Some(false) => style.patch(canvas.style(Role::Hit)),
                None => style,
            };
            x = canvas.put(x, y, column.right().saturating_sub(x), text, style);
        }
        let links = state.article.stored.as_ref().map_or(&[][..], |stored| stored.article.document.links());
        if let Some((id, url)) = piece.style.link.and_then(|id| Some((id, links.get(id as usize)?))) {
            canvas.link(begin, x, y, url, id);
        }
    }
}

/// Says what there is to do with an article that has no text, such as a bookmark.
fn say_empty(canvas: &mut Canvas, column: Area, state: &State) {
    let Some(stored) = state.article.stored.as_ref().filter(|stored| stored.article.document.text().is_empty()) else {
        return;
    };
    let what = match stored.summary.url {
        Some(_) => "There is no text of it here yet: x fetches it from its address, o opens that in the browser.",
        None => "There is no text in it.",
    };
    let rows = u16::try_from(state.article.sheet.page.rows.len()).unwrap_or(u16::MAX).saturating_add(1);
    let below = Area { y: column.y.saturating_add(rows), height: column.height.saturating_sub(rows), ..column };
    canvas.say_lines(below, what, Role::RowMeta);
}

/// A star in the margin where a kept quote begins.
fn draw_stars(canvas: &mut Canvas, column: Area, state: &State) {
    let kept = state.article.stored.as_ref().map_or(&[][..], |stored| &stored.kept);
    for span in kept {
        let below = state.article.sheet.page.row_at(span.start).checked_sub(state.article.sheet.top);
        let y = below.and_then(|rows| u16::try_from(rows).ok()).filter(|y| *y < column.height);
        if let (Some(y), Some(x)) = (y, column.x.checked_sub(BAR)) {
            let star = canvas.glyph("★", "*");
            canvas.say(x, column.y + y, 1, star, Role::Star);
        }
    }
}

/// Whether two quotes are one statement: the same, or the parts of one that its cue divides.
fn together(state: &State, focus: usize, quote: usize) -> bool {
    let cue = |quote: usize| state.article.quotes().get(quote).and_then(|quote| quote.cue.as_ref());
    focus == quote || cue(focus).is_some_and(|its| cue(quote) == Some(its))
}

/// The parts of a piece that are hits (and whether it is the current one) and those that are not.
fn lit<'a>(piece: &'a Piece, hits: &[Span], current: Option<usize>) -> Vec<(&'a str, Option<bool>)> {
    let whole = vec![(piece.text.as_str(), None)];
    let Some(span) = &piece.span else { return whole };
    let first = hits.partition_point(|hit| hit.end <= span.start);
    let inside = hits.iter().enumerate().skip(first).take_while(|(_, hit)| hit.start < span.end);
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, hit) in inside {
        let start = (hit.start.max(span.start) - span.start) as usize;
        let end = (hit.end.min(span.end) - span.start) as usize;
        let (Some(before), Some(inner)) = (piece.text.get(from..start), piece.text.get(start..end)) else {
            return whole;
        };
        parts.push((before, None));
        parts.push((inner, Some(current == Some(at))));
        from = end;
    }
    parts.push((piece.text.get(from..).unwrap_or_default(), None));
    parts
}

/// A piece's style: what it is part of, then how it is set, then whose words it is, then the focus.
pub(super) fn piece_style(canvas: &Canvas, piece: &Piece, in_focus: impl Fn(u32) -> bool) -> Style {
    let set = piece.style;
    let mut style = canvas.style(match set.role {
        layout::Role::Body => Role::Text,
        layout::Role::Title => Role::Title,
        layout::Role::Byline => Role::Byline,
        layout::Role::Standfirst => Role::Standfirst,
        layout::Role::Heading(_) | layout::Role::TableHead => Role::Heading,
        layout::Role::Quotation => Role::Quotation,
        layout::Role::Caption | layout::Role::Footnote => Role::Caption,
        layout::Role::Code => Role::Code,
        layout::Role::Ornament => Role::Ornament,
        layout::Role::Attribution => Role::Attribution,
        layout::Role::Doubtful => Role::Doubtful,
    });
    if set.code {
        style = style.patch(canvas.style(Role::Code));
    }
    if set.link.is_some() {
        style = style.patch(canvas.style(Role::Link));
    }
    let flags =
        [(set.emphasis, Modifier::ITALIC), (set.strong, Modifier::BOLD), (set.strikethrough, Modifier::CROSSED_OUT)];
    for (_, modifier) in flags.into_iter().filter(|(on, _)| *on) {
        style = style.add_modifier(modifier);
    }
    match set.changed {
        Changed::No => {}
        Changed::Added => return style.patch(canvas.style(Role::Added)),
        Changed::Removed => return style.patch(canvas.style(Role::Removed)),
    }
    let (voice, quote) = match set.voice {
        Voice::Author => return style,
        Voice::Speech(quote) => (Role::Speech, Some(quote)),
        Voice::LongSpeech(quote) => (Role::LongSpeech, Some(quote)),
        Voice::Phrase(_) => (Role::Phrase, None),
        Voice::Speaker(_) => (Role::Speaker, None),
    };
    style = style.patch(canvas.style(voice));
    if quote.is_some_and(in_focus) {
        style = style.patch(canvas.style(Role::Focus));
    }
    style
}

/// Letters over the first piece of each link in sight.
fn draw_labels(canvas: &mut Canvas, column: Area, state: &State, labels: &[(String, u32)], typed: &str) {
    let rows = state.article.sheet.page.rows.iter().skip(state.article.sheet.top).take(usize::from(column.height));
    let mut seen = std::collections::BTreeSet::new();
    for (y, row) in (column.y..).zip(rows) {
        let mut x = column.x;
        for piece in &row.pieces {
            if let Some(link) = piece.style.link
                && let Some((label, _)) = labels.iter().find(|(label, its)| *its == link && label.starts_with(typed))
                && seen.insert(link)
            {
                canvas.say(x, y, column.right().saturating_sub(x), label, Role::LinkLabel);
            }
            x = x.saturating_add(super::paint::width_of(&piece.text));
        }
    }
}
