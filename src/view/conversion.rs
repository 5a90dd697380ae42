//! What stands on the screen while a library of an earlier version is brought to its new form.

use std::path::Path;

use ratatui::Frame;

use super::paint::Canvas;
use crate::app::panes::Area;
use crate::config::{Role, Theme};
use crate::model::Conversion;

/// Cells of a line to read, and of the bar.
const WIDE: u16 = 60;

/// Rows of all that is said.
const HIGH: u16 = 8;

/// Cells between the edge and what is written in the bar below.
const INDENT: u16 = 2;

/// Draws what is being done; nothing is known of it yet where that is `None`. Any size will do.
pub fn draw_conversion(conversion: Option<&Conversion>, theme: &Theme, ascii: bool, frame: &mut Frame) {
    let (columns, rows) = (frame.area().width, frame.area().height);
    let mut canvas = Canvas::new(frame.buffer_mut(), theme, ascii);
    canvas.fill_all(Role::Text);
    let width = WIDE.min(columns.saturating_sub(4)).max(1);
    let x = columns.saturating_sub(width) / 2;
    let mut y = rows.saturating_sub(HIGH) / 2;
    let mut say = |canvas: &mut Canvas, text: &str, role: Role, gap: u16| {
        let area = Area { x, y, width, height: rows.saturating_sub(y + 1) };
        y += canvas.say_lines(area, text, role) + gap;
        y
    };
    let title = match conversion {
        Some(Conversion::Waiting) => "Another pullquote uses the library",
        _ => "Bringing the library to its new form",
    };
    say(&mut canvas, title, Role::Title, 1);
    match conversion {
        None => {}
        Some(Conversion::Waiting) => {
            let why = "It has to be brought to its new form, which needs it alone. This waits until the other one is done; close \
                       it where it is only open.";
            say(&mut canvas, why, Role::Text, 0);
        }
        Some(Conversion::Copying { kept, done, of }) => {
            let (done, of) = (*done, (*of).max(1));
            let at = say(&mut canvas, &format!("1 of 2: copying it, {} %", done * 100 / of), Role::Text, 0);
            let full = u16::try_from(u64::from(width) * done / of).unwrap_or(width).min(width);
            let (solid, thin) = (canvas.glyph("━", "#"), canvas.glyph("─", "."));
            if at + 1 < rows {
                canvas.say(x, at, full, &solid.repeat(usize::from(full)), Role::BarStrong);
                canvas.say(x + full, at, width - full, &thin.repeat(usize::from(width - full)), Role::Border);
            }
            say(&mut canvas, "", Role::Text, 1);
            say(&mut canvas, &keeps(kept), Role::Dim, 0);
        }
        Some(Conversion::Converting { kept }) => {
            say(&mut canvas, "2 of 2: sorting what it has, a few seconds", Role::Text, 2);
            say(&mut canvas, &keeps(kept), Role::Dim, 0);
        }
    }
    let bar = Area { x: 0, y: rows.saturating_sub(1), width: columns, height: 1 };
    canvas.clear(bar, Role::Bar);
    let behind = canvas.say(INDENT, bar.y, columns.saturating_sub(INDENT), "q", Role::BarKey);
    canvas.say(behind + 1, bar.y, columns.saturating_sub(behind + 1), "quits and leaves it as it was", Role::Bar);
}

fn keeps(kept: &Path) -> String {
    let name = kept.file_name().unwrap_or(kept.as_os_str());
    format!("This happens once, after an update. As it was it is kept beside it, as {}.", name.display())
}
