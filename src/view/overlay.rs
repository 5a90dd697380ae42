//! What lies over the panes: pickers and details, in a frame in the middle.

use std::borrow::Cow;

use ratatui::layout::Position;

use crate::app::panes::Area;
use crate::app::state::overlay::Details;
use crate::app::state::{Entry, Overlay, Picker, PickerKind, State};
use crate::app::{DOUBT, frame_area, overlay_rows, picker_columns, picker_frame_rows};
use crate::config::Role;
use crate::text::segment::shorten;
use crate::text::wrap::wrap;

use super::paint::{Canvas, width_of};

/// Columns below which keys give way to what they do.
const FEW_COLUMNS: u16 = 50;

/// Draws the overlay; says where the cursor stands when something is typed in it.
pub fn draw(canvas: &mut Canvas, state: &State) -> Option<Position> {
    match &state.overlay {
        Some(Overlay::Picker(picker)) => Some(draw_picker(canvas, state.size, picker)),
        Some(Overlay::Details(details)) => {
            draw_details(canvas, state.size, details);
            None
        }
        Some(Overlay::Links { .. }) | None => None,
    }
}

/// A frame of `rows` rows inside, in the middle of the screen.
fn frame(canvas: &mut Canvas, size: (u16, u16), rows: u16, title: &str) -> Area {
    let area = frame_area(size, rows);
    let (width, height) = (area.width, area.height);
    canvas.clear(area, Role::Overlay);
    let (corners, line, side) =
        if canvas.ascii { (["+", "+", "+", "+"], "-", "|") } else { (["╭", "╮", "╰", "╯"], "─", "│") };
    let across = line.repeat(usize::from(width.saturating_sub(2)));
    for (y, [left, right]) in [(area.y, [corners[0], corners[1]]), (area.bottom() - 1, [corners[2], corners[3]])] {
        canvas.say(area.x, y, width, &format!("{left}{across}{right}"), Role::OverlayBorder);
    }
    for y in area.y + 1..area.bottom() - 1 {
        canvas.say(area.x, y, 1, side, Role::OverlayBorder);
        canvas.say(area.right() - 1, y, 1, side, Role::OverlayBorder);
    }
    canvas.say(area.x + 2, area.y, width.saturating_sub(4), &format!(" {title} "), Role::OverlayTitle);
    Area { x: area.x + 2, y: area.y + 1, width: width.saturating_sub(4), height: height.saturating_sub(2) }
}

fn draw_picker(canvas: &mut Canvas, size: (u16, u16), picker: &Picker) -> Position {
    let matching = picker.matching();
    let empty = if matching.is_empty() && picker.answered { say_why_empty(picker) } else { "" };
    let room = picker_columns(size);
    let rows = picker.tallest.max(wrap(empty, &[], usize::from(room)).len());
    let inner = frame(canvas, size, picker_frame_rows(size, rows), &picker.title);
    let x = canvas.say(inner.x, inner.y, inner.width, "> ", Role::Prompt);
    let room = inner.right().saturating_sub(x);
    let scroll = picker.input.visual_scroll(usize::from(room.saturating_sub(1).max(1)));
    let typed = picker.input.value();
    if typed.is_empty() {
        let keys = match picker.kind {
            PickerKind::Failing => "type to narrow; Esc closes",
            PickerKind::Feed(_) => "type to narrow; Enter changes, Esc goes back",
            _ => "type to narrow; Enter picks, Esc closes",
        };
        // Half a hint is none.
        let shorter = [keys, keys.split(", ").next().unwrap_or(keys), "type to narrow"];
        let hint = shorter.into_iter().find(|hint| width_of(hint) <= room).unwrap_or_default();
        canvas.say(x, inner.y, room, hint, Role::OverlayDim);
    } else {
        canvas.say(x, inner.y, room, typed, Role::OverlayTitle);
    }
    if let Some(legend) = picker.legend.iter().find(|legend| width_of(legend) <= inner.width) {
        canvas.say(inner.x, inner.y + 1, inner.width, legend, Role::OverlayDim);
    }
    let cursor = u16::try_from(picker.input.visual_cursor().max(scroll) - scroll).unwrap_or(0);
    let list = Area { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner };
    let left = left_width(picker, inner.width);
    for (y, (index, entry)) in (list.y..list.bottom()).zip(matching.iter().enumerate().skip(picker.top)) {
        let (first, second) = match picker.kind {
            PickerKind::Quotes => (Role::OverlaySpeaker, Role::OverlaySpeech),
            PickerKind::Speakers => (Role::OverlaySpeaker, Role::OverlayDim),
            PickerKind::Failing | PickerKind::Feeds | PickerKind::Feed(_) => (Role::OverlaySpeaker, Role::OverlayText),
            PickerKind::Places => (Role::OverlayText, Role::OverlayDim),
            PickerKind::Help | PickerKind::Palette => (Role::HelpKey, Role::OverlayText),
        };
        canvas.say(list.x, y, left, &narrowed(&entry.left, left), first);
        let x = list.x + left + 2;
        canvas.say(x, y, list.right().saturating_sub(x), &entry.right, second);
        if index == picker.cursor {
            canvas.tint(Area { x: list.x - 1, y, width: list.width + 2, height: 1 }, Role::Selected);
            canvas.say(list.x - 1, y, 1, canvas.glyph("▎", "|"), Role::Cursor);
        }
    }
    canvas.say_lines(list, empty, Role::OverlayDim);
    Position { x: x.saturating_add(cursor).min(inner.right().saturating_sub(1)), y: inner.y }
}

/// What stands on the left of an entry on `width` cells: a doubt outlives the end of a name.
fn narrowed(left: &str, width: u16) -> Cow<'_, str> {
    match left.strip_suffix(DOUBT) {
        Some(name) if width_of(left) > width => {
            Cow::Owned(format!("{}{DOUBT}", shorten(name, usize::from(width.saturating_sub(width_of(DOUBT))))))
        }
        _ => Cow::Borrowed(left),
    }
}

/// What stands where there are no entries.
fn say_why_empty(picker: &Picker) -> &'static str {
    match (picker.kind, picker.input.value().is_empty()) {
        (PickerKind::Feeds, true) => "no feeds yet; a subscribes to one",
        (PickerKind::Speakers, true) => "nobody is quoted yet; a stores a file or folder",
        _ => "nothing matches",
    }
}

/// The left column is as wide as its widest entry, up to a third; names of speakers give way only to their figures.
fn left_width(picker: &Picker, width: u16) -> u16 {
    let widest = |part: fn(&Entry) -> &str| picker.entries.iter().map(|entry| width_of(part(entry))).max().unwrap_or(0);
    let most = match picker.kind {
        PickerKind::Speakers | PickerKind::Places => width.saturating_sub(widest(|entry| &entry.right) + 2),
        // Keys are short where there is little room: what they do says more.
        PickerKind::Help if width < FEW_COLUMNS => width / 4,
        _ => width / 3,
    };
    widest(|entry| &entry.left).min(most)
}

fn draw_details(canvas: &mut Canvas, size: (u16, u16), details: &Details) {
    let width = picker_columns(size);
    let lines = details.lines(width);
    let count = u16::try_from(lines.len()).unwrap_or(u16::MAX).min(overlay_rows(size));
    let inner = frame(canvas, size, count, "Details");
    let left = details.left(width);
    for (y, (name, value)) in (inner.y..inner.bottom()).zip(lines.iter().skip(details.top)) {
        canvas.say(inner.x, y, left, name, Role::OverlayDim);
        let x = inner.x + left + 2;
        canvas.say(x, y, inner.right().saturating_sub(x), value, Role::OverlayText);
    }
    if lines.len() > details.top + usize::from(inner.height) {
        let more = canvas.glyph(" ↓ more ", " more ");
        canvas.say_right(inner.right(), inner.bottom(), inner.width, more, Role::OverlayDim);
    }
}
