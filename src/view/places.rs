//! The places' pane.

use crate::app::panes::Area;
use crate::app::state::places::Line;
use crate::app::state::{Focus, Place, State};
use crate::config::Role;

use super::bars::grouped;
use super::paint::{Canvas, width_of};

/// Draws the places with their counts; the one that the list shows stands out.
pub fn draw(canvas: &mut Canvas, pane: Area, state: &State) {
    let lines = state.places.lines(state.counts);
    let rows = pane.y + 1..pane.bottom();
    for (y, (index, line)) in rows.zip(lines.iter().enumerate().skip(state.places.top)) {
        match line {
            Line::Blank => {}
            Line::Heading(heading) => {
                canvas.say(pane.x + 2, y, pane.width.saturating_sub(4), heading, Role::Day);
            }
            Line::Place { place, name, count } => {
                let count = count.map(grouped).unwrap_or_default();
                let right = pane.right().saturating_sub(2);
                canvas.say_right(right, y, pane.width, &count, Role::RowMeta);
                let room = right.saturating_sub(pane.x + 2).saturating_sub(width_of(&count) + 1);
                let here = *place == state.listing.place && state.listing.search.is_none();
                let role = if here { Role::RowTitleUnread } else { Role::RowTitle };
                canvas.say(pane.x + 2, y, room, name, role);
                if matches!(place, Place::Source(title) if state.refresh.fails(title)) {
                    canvas.say(pane.x + 1, y, 1, "!", Role::NoticeError);
                }
                if index == state.places.cursor && state.focus == Focus::Places {
                    canvas.tint(Area { y, height: 1, ..pane }, Role::Selected);
                    let bar = canvas.glyph("▌", ">");
                    canvas.say(pane.x, y, 1, bar, Role::Cursor);
                }
            }
        }
    }
}
