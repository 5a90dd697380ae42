//! The cells to draw on: themed text put at places, always inside the frame.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Position;
use ratatui::style::{Modifier, Style};

use crate::app::panes::Area;
use crate::config::{Color, Face, Role, Theme};
use crate::text::clean;
use crate::text::segment::{cells, shorten};

/// A frame's cells with the theme that colours them.
pub struct Canvas<'a> {
    buffer: &'a mut Buffer,
    theme: &'a Theme,
    pub ascii: bool,
}

impl<'a> Canvas<'a> {
    pub fn new(buffer: &'a mut Buffer, theme: &'a Theme, ascii: bool) -> Self {
        Self { buffer, theme, ascii }
    }

    /// The style of a role.
    pub fn style(&self, role: Role) -> Style {
        style(self.theme.face(role))
    }

    /// `plain` where only ASCII may be drawn, else `fine`.
    pub fn glyph(&self, fine: &'static str, plain: &'static str) -> &'static str {
        if self.ascii { plain } else { fine }
    }

    pub fn fill_all(&mut self, role: Role) {
        let area = self.buffer.area;
        let style = self.style(role);
        self.buffer.set_style(area, style);
    }

    /// Lays a role's style over an area, and blanks it.
    pub fn clear(&mut self, area: Area, role: Role) {
        let style = self.style(role);
        for y in area.y..area.bottom() {
            for x in area.x..area.right() {
                if let Some(cell) = self.buffer.cell_mut(Position { x, y }) {
                    cell.reset();
                    cell.set_style(style);
                }
            }
        }
    }

    /// Lays a role's style over an area; what is written stays.
    pub fn tint(&mut self, area: Area, role: Role) {
        let style = self.style(role);
        let area = ratatui::layout::Rect::new(area.x, area.y, area.width, area.height).intersection(self.buffer.area);
        self.buffer.set_style(area, style);
    }

    /// Writes a line of at most `width` cells; says the column behind it.
    pub fn put(&mut self, x: u16, y: u16, width: u16, line: &str, style: Style) -> u16 {
        let area = self.buffer.area;
        if x >= area.right() || y >= area.bottom() || width == 0 {
            return x;
        }
        let safe = clean::shown(line);
        let end = x.saturating_add(width).min(area.right());
        let was_reversed = self.reversed(x..end, y, style);
        let behind = if safe.is_ascii() {
            self.put_ascii(x..end, y, safe.as_bytes(), style)
        } else {
            self.buffer.set_stringn(x, y, safe.as_ref(), usize::from(width), style).0
        };
        for x in was_reversed.into_iter().filter(|x| *x < behind) {
            if let Some(cell) = self.buffer.cell_mut(Position { x, y }) {
                cell.modifier.remove(Modifier::REVERSED);
            }
        }
        behind
    }

    /// Most text: a cell a character, without looking for clusters.
    fn put_ascii(&mut self, columns: std::ops::Range<u16>, y: u16, line: &[u8], style: Style) -> u16 {
        let mut behind = columns.start;
        for (x, byte) in columns.zip(line.iter().filter(|byte| !byte.is_ascii_control())) {
            if let Some(cell) = self.buffer.cell_mut(Position { x, y }) {
                cell.set_char(char::from(*byte)).set_style(style);
            }
            behind = x + 1;
        }
        behind
    }

    /// The columns that are reversed already and that `style` reverses again: reversed twice is not reversed, so that
    /// a hit stays visible in the selected row.
    fn reversed(&self, columns: std::ops::Range<u16>, y: u16, style: Style) -> Vec<u16> {
        let is_reversed = |x: &u16| {
            let cell = self.buffer.cell(Position { x: *x, y });
            cell.is_some_and(|cell| cell.modifier.contains(Modifier::REVERSED))
        };
        if style.add_modifier.contains(Modifier::REVERSED) { columns.filter(is_reversed).collect() } else { Vec::new() }
    }

    /// Writes a line in a role, cut with an ellipsis where it is longer than `width`.
    pub fn say(&mut self, x: u16, y: u16, width: u16, line: &str, role: Role) -> u16 {
        let line = shorten(line, usize::from(width));
        let style = self.style(role);
        self.put(x, y, width, &line, style)
    }

    /// Writes a line that ends before column `right`; says the column it begins at.
    pub fn say_right(&mut self, right: u16, y: u16, width: u16, line: &str, role: Role) -> u16 {
        let line = shorten(line, usize::from(width));
        let x = right.saturating_sub(width_of(&line));
        let style = self.style(role);
        self.put(x, y, width, &line, style);
        x
    }

    /// Writes a text in words broken over rows, at most `area.height` of them; says how many it takes.
    pub fn say_lines(&mut self, area: Area, text: &str, role: Role) -> u16 {
        let mut y = area.y;
        let mut line = String::new();
        for word in text.split(' ') {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if width_of(&longer) > area.width && !line.is_empty() {
                if y < area.bottom() {
                    self.say(area.x, y, area.width, &line, role);
                }
                y += 1;
                word.clone_into(&mut line);
            } else {
                line = longer;
            }
        }
        if y < area.bottom() {
            self.say(area.x, y, area.width, &line, role);
        }
        y + 1 - area.y
    }

    /// Makes the cells of a row from `x` up to `end` lead to `url` where the terminal knows hyperlinks (OSC 8).
    /// Each cell carries the whole sequence, so that a frame may rewrite any part of a link; `id` ties them together.
    pub fn link(&mut self, x: u16, end: u16, y: u16, url: &str, id: u32) {
        let safe: String = url.chars().filter(char::is_ascii_graphic).collect();
        if self.ascii || safe.len() != url.len() {
            return;
        }
        for x in x..end {
            let Some(cell) = self.buffer.cell_mut(Position { x, y }) else { continue };
            let Some(width) = NonZeroU16::new(width_of(cell.symbol())) else { continue };
            let linked = format!("\u{1b}]8;id=p{id};{safe}\u{1b}\\{}\u{1b}]8;;\u{1b}\\", cell.symbol());
            cell.set_symbol(&linked).set_diff_option(CellDiffOption::ForcedWidth(width));
        }
    }

    /// The line right of a pane, where another one follows.
    pub fn border(&mut self, pane: Area) {
        let x = pane.right();
        if x >= self.buffer.area.right() {
            return;
        }
        let style = self.style(Role::Border);
        let line = self.glyph("│", "|");
        for y in pane.y..pane.bottom() {
            self.put(x, y, 1, line, style);
        }
    }
}

/// Cells a line takes.
pub fn width_of(line: &str) -> u16 {
    u16::try_from(cells(line)).unwrap_or(u16::MAX)
}

/// A face of the theme in the terms of the terminal library.
pub fn style(face: Face) -> Style {
    let mut style = Style::new();
    if let Some(color) = face.fg {
        style = style.fg(paint(color));
    }
    if let Some(color) = face.bg {
        style = style.bg(paint(color));
    }
    let modifiers = [
        (face.bold, Modifier::BOLD),
        (face.italic, Modifier::ITALIC),
        (face.underline, Modifier::UNDERLINED),
        (face.dim, Modifier::DIM),
        (face.reverse, Modifier::REVERSED),
        (face.strikethrough, Modifier::CROSSED_OUT),
    ];
    modifiers.into_iter().filter(|(on, _)| *on).fold(style, |style, (_, modifier)| style.add_modifier(modifier))
}

fn paint(color: Color) -> ratatui::style::Color {
    match color {
        Color::Default => ratatui::style::Color::Reset,
        Color::Ansi16(n) | Color::Indexed(n) => ratatui::style::Color::Indexed(n),
        Color::Rgb(r, g, b) => ratatui::style::Color::Rgb(r, g, b),
    }
}
