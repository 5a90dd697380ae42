//! A list of quotes: what was said, and by whom, under the article that it stands in.

use crate::app::panes::Area;
use crate::app::speaker;
use crate::app::state::quoted::{MARGIN, Placed, Row, TEXT};
use crate::app::state::{Focus, State, dates};
use crate::config::Role;
use crate::model::Quoted;
use crate::text::segment::shorten;

use super::paint::{Canvas, width_of};

/// Draws the quotes in sight.
pub fn draw(canvas: &mut Canvas, area: Area, state: &State) {
    for placed in state.list.quote_plan(area.height) {
        match state.list.quote_at(placed.at) {
            Some(row) => draw_quote(canvas, area, state, placed, row),
            None => {
                canvas.say(
                    area.x + TEXT,
                    area.y + placed.y,
                    area.width.saturating_sub(TEXT + MARGIN),
                    "…",
                    Role::RowMeta,
                );
            }
        }
    }
}

fn draw_quote(canvas: &mut Canvas, area: Area, state: &State, placed: Placed, row: &Row) {
    let y = area.y + placed.y;
    if placed.headed {
        draw_heading(canvas, area, y - 1, state, &row.quoted);
    }
    let room = area.width.saturating_sub(TEXT + MARGIN);
    let height = area.height - placed.y;
    let words = u16::try_from(row.lines.len()).unwrap_or(u16::MAX).min(height);
    for (y, line) in (y..y + words).zip(&row.lines) {
        canvas.say(area.x + TEXT, y, room, line, Role::RowSpeech);
    }
    if row.quoted.kept.is_some() {
        canvas.say(area.x + 2, y, 1, canvas.glyph("★", "*"), Role::Star);
    }
    if words < height {
        draw_speaker(canvas, area.x + TEXT, y + words, room, &row.quoted);
    }
    if placed.at == state.list.at() {
        let focused = state.focus == Focus::List;
        let rows = Area { y, height: (words + 1).min(height), ..area };
        canvas.tint(rows, if focused { Role::Selected } else { Role::SelectedInactive });
        let bar = canvas.glyph("▌", ">");
        for y in rows.y..rows.bottom() {
            canvas.say(area.x, y, 1, bar, if focused { Role::Cursor } else { Role::Border });
        }
    }
    // Above the ground of the selected one, so that its hits are lit, too.
    for (y, line) in (y..y + words).zip(&row.lines) {
        super::list::draw_hits(canvas, (area.x + TEXT, y), line, &state.list.quotes.needles);
    }
}

/// The day, then more quietly where the article comes from and what it is called.
fn draw_heading(canvas: &mut Canvas, area: Area, y: u16, state: &State, quoted: &Quoted) {
    let middle = canvas.glyph(" · ", " - ");
    let right = area.right().saturating_sub(MARGIN);
    let day = dates::date(quoted.published, &state.now);
    let x = canvas.say(area.x + 2, y, right.saturating_sub(area.x + 2), &day, Role::Day);
    let source = quoted.source.as_ref().map(|source| format!("{middle}{source}")).unwrap_or_default();
    canvas.say(x, y, right.saturating_sub(x), &format!("{source}{middle}{}", quoted.title), Role::RowMeta);
}

/// The speaker, and what the text says they are.
fn draw_speaker(canvas: &mut Canvas, x: u16, y: u16, width: u16, quoted: &Quoted) {
    let quote = &quoted.quote;
    if quote.speaker.is_none() {
        canvas.say(x, y, width, "nobody is named", Role::RowMeta);
        return;
    }
    let dash = canvas.glyph("— ", "-- ");
    let name = format!("{dash}{}", speaker(quote));
    let role = if quote.is_doubtful() { Role::Doubtful } else { Role::Attribution };
    let behind = canvas.say(x, y, width, &name, role);
    let gone = quoted.index.is_none().then_some("no longer in the article");
    if let Some(what) = gone.or(quote.described()) {
        let left = width.saturating_sub(behind - x + 2);
        if width_of(what).min(left) > 3 {
            canvas.say(behind, y, left + 2, &format!(", {}", shorten(what, usize::from(left))), Role::RowMeta);
        }
    }
}
