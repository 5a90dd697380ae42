//! Two texts in one: the rows of the difference, with what changed and the signs in the margin.

use crate::app::panes::Area;
use crate::app::state::DifferencePane;
use crate::config::Role;
use crate::text::difference::Sign;

use super::article::{BAR, piece_style};
use super::paint::Canvas;

/// Draws a difference in the column of the article's text.
pub fn draw(canvas: &mut Canvas, column: Area, difference: &DifferencePane) {
    let sheet = &difference.sheet;
    let rows = sheet.page.rows.iter().enumerate().skip(sheet.top).take(usize::from(column.height));
    let at_hand = difference.row_at_hand();
    for (y, (number, row)) in (column.y..).zip(rows) {
        let mut x = column.x;
        for piece in &row.pieces {
            let style = piece_style(canvas, piece, |_| false);
            x = canvas.put(x, y, column.right().saturating_sub(x), &piece.text, style);
        }
        let sign = match difference.sign(number) {
            Sign::None => continue,
            Sign::Added => "+",
            Sign::Removed => canvas.glyph("−", "-"),
            Sign::Both => canvas.glyph("±", "~"),
            Sign::Quote => canvas.glyph("”", "\""),
        };
        if let Some(x) = column.x.checked_sub(BAR) {
            let role = if at_hand == Some(number) { Role::Cursor } else { Role::ChangeSign };
            canvas.say(x, y, 1, sign, role);
        }
    }
}
