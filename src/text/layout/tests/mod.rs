//! Tests of whole pages: drawn as text and compared, and what holds for all of them.

mod blocks;
mod properties;
mod voices;

use super::{Page, Setting};

const SETTING: Setting = Setting { measure: 40, ascii: false, long_quote_rows: 2 };

/// The rows of `page` on rows of their own, bars in a margin of two cells.
fn draw(page: &Page) -> String {
    let rows = page.rows.iter().map(|row| {
        let bar = if row.bar.is_some() { "┃ " } else { "  " };
        let text: String = row.pieces.iter().map(|piece| piece.text.as_str()).collect();
        format!("{bar}{text}").trim_end().to_owned() + "\n"
    });
    format!("\n{}", rows.collect::<String>())
}
