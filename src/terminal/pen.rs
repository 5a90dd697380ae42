//! Cells as bytes for the terminal. Says only what differs from where the terminal's pen is already: a step to the right in place of
//! a place, one colour in place of two. Knows control sequences (ECMA-48, and xterm's colours), nothing of what is drawn.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};

/// Writes cells to `W`, and leaves all else to ratatui’s own backend.
pub(super) struct Pen<W: Write> {
    inner: CrosstermBackend<W>,
    /// The cells of a frame as bytes.
    bytes: Vec<u8>,
}

/// How the terminal writes.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Ink {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

/// How it writes between two frames.
const PLAIN: Ink = Ink { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

/// What begins a modifier and what ends it (SGR). What ends several of them at once has to begin the others again.
const MODIFIERS: [(Modifier, u16, u16); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

const FOREGROUND: u16 = 38;
const BACKGROUND: u16 = 48;

/// Where the terminal writes next.
#[derive(Clone, Copy)]
struct Place {
    row: u16,
    /// `None` behind a cluster that terminals do not agree on how wide it is.
    column: Option<u16>,
    /// Nothing but ASCII was written since a column was named: no terminal can be anywhere else.
    sure: bool,
}

impl<W: Write> Pen<W> {
    pub(super) fn new(out: W) -> Self {
        Self { inner: CrosstermBackend::new(out), bytes: Vec::new() }
    }

    /// How many bytes the cells of the last frame took; none where nothing changed.
    pub(super) fn written(&self) -> usize {
        self.bytes.len()
    }
}

/// Has the cells behind wide ones say that nothing of their own is there. Whatever comes there is then new: a terminal that is
/// given something for one half of a wide cell makes the other half blank, in a style of its choice.
pub(super) fn mark_halves(frame: &mut Buffer) {
    let mut at = 0;
    while let Some(cell) = frame.content.get(at) {
        let cells = if cell.symbol().len() > 1 { usize::from(cell.cell_width()).max(1) } else { 1 };
        for half in at + 1..at + cells {
            if let Some(half) = frame.content.get_mut(half) {
                half.set_symbol("");
            }
        }
        at += cells;
    }
}

impl Place {
    /// Says that the next cell is the one at `x`, `y`; where the terminal is then.
    fn go(from: Option<Self>, (x, y): (u16, u16), out: &mut Vec<u8>) -> Self {
        let there = Self { row: y, column: Some(x), sure: true };
        match from {
            Some(place) if (place.row, place.column) == (y, Some(x)) => return place,
            Some(Self { row, column: Some(column), sure: true }) if row == y && column < x => match x - column {
                1 => out.extend(b"\x1b[C"),
                cells => sequence(&[cells], b'C', out),
            },
            Some(Self { row, .. }) if row == y => sequence(&[x + 1], b'G', out),
            _ => sequence(&[y + 1, x + 1], b'H', out),
        }
        there
    }

    /// Where it is when `symbol` was written at the column `x`.
    fn behind(self, symbol: &str, x: u16) -> Self {
        let mut characters = symbol.chars();
        let cells = characters.next().filter(|_| characters.next().is_none()).and_then(cells_of);
        Self { row: self.row, column: cells.map(|cells| x + cells), sure: self.sure && symbol.len() == 1 }
    }
}

/// The cells of a character, where every terminal takes it for as wide.
fn cells_of(character: char) -> Option<u16> {
    match character {
        // Latin; Greek; Cyrillic; dashes, quotation marks and the ellipsis; lines.
        ' '..='~'
        | '\u{A0}'..='\u{AC}'
        | '\u{AE}'..='\u{2FF}'
        | '\u{388}'..='\u{482}'
        | '\u{2010}'..='\u{2027}'
        | '\u{2500}'..='\u{257F}' => Some(1),
        // Kana, Chinese, Hangul.
        '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' => {
            Some(2)
        }
        _ => None,
    }
}

impl Ink {
    /// Has the terminal write as `to` says.
    fn change(self, to: Self, out: &mut Vec<u8>) {
        if self == to {
            return;
        }
        let mut said = Vec::new();
        for (modifier, _, end) in MODIFIERS {
            if self.modifier.contains(modifier) && !to.modifier.contains(modifier) && !said.contains(&end) {
                said.push(end);
            }
        }
        for (modifier, begin, end) in MODIFIERS {
            if to.modifier.contains(modifier) && (!self.modifier.contains(modifier) || said.contains(&end)) {
                said.push(begin);
            }
        }
        if self.fg != to.fg {
            colour(to.fg, FOREGROUND, &mut said);
        }
        if self.bg != to.bg {
            colour(to.bg, BACKGROUND, &mut said);
        }
        sequence(&said, b'm', out);
    }
}

/// A colour in the terms of SGR.
fn colour(colour: Color, ground: u16, said: &mut Vec<u16>) {
    let one = |number: u8| [ground, 5, u16::from(number)];
    said.extend(match colour {
        // The terminal's own.
        Color::Reset => return said.push(ground + 1),
        Color::Rgb(r, g, b) => return said.extend([ground, 2, r.into(), g.into(), b.into()]),
        Color::Indexed(number) => one(number),
        Color::Black => one(0),
        Color::Red => one(1),
        Color::Green => one(2),
        Color::Yellow => one(3),
        Color::Blue => one(4),
        Color::Magenta => one(5),
        Color::Cyan => one(6),
        Color::Gray => one(7),
        Color::DarkGray => one(8),
        Color::LightRed => one(9),
        Color::LightGreen => one(10),
        Color::LightYellow => one(11),
        Color::LightBlue => one(12),
        Color::LightMagenta => one(13),
        Color::LightCyan => one(14),
        Color::White => one(15),
    });
}

/// Writes a control sequence with its parameters.
fn sequence(parameters: &[u16], end: u8, out: &mut Vec<u8>) {
    out.extend(b"\x1b[");
    for (n, parameter) in parameters.iter().enumerate() {
        if n > 0 {
            out.push(b';');
        }
        decimal(*parameter, out);
    }
    out.push(end);
}

fn decimal(number: u16, out: &mut Vec<u8>) {
    if number > 9 {
        decimal(number / 10, out);
    }
    out.extend(b"0123456789".get(usize::from(number % 10)));
}

impl<W: Write> Backend for Pen<W> {
    type Error = io::Error;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, content: I) -> io::Result<()> {
        self.bytes.clear();
        let (mut place, mut ink) = (None, PLAIN);
        for (x, y, cell) in content {
            let at = Place::go(place, (x, y), &mut self.bytes);
            let its = Ink { fg: cell.fg, bg: cell.bg, modifier: cell.modifier };
            ink.change(its, &mut self.bytes);
            ink = its;
            // Half of a wide cell is written only where terminals do not agree that it is wide.
            let symbol = if cell.symbol().is_empty() { " " } else { cell.symbol() };
            self.bytes.extend(symbol.as_bytes());
            place = Some(at.behind(symbol, x));
        }
        if ink != PLAIN {
            sequence(&[0], b'm', &mut self.bytes);
        }
        self.inner.write_all(&self.bytes)
    }

    fn append_lines(&mut self, lines: u16) -> io::Result<()> {
        self.inner.append_lines(lines)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.inner.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.inner.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.inner.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.inner.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.inner.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.inner.clear_region(region)
    }

    fn size(&self) -> io::Result<Size> {
        self.inner.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.inner.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.inner)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;
    use vt100::Parser;

    use super::*;

    /// What is written where the screen shows `before` and then `after`.
    fn written(before: &Buffer, after: &Buffer) -> Vec<u8> {
        let mut pen = Pen::new(io::sink());
        pen.draw(before.diff(after).into_iter()).unwrap();
        pen.bytes
    }

    #[test]
    fn a_place_is_named_only_where_the_terminal_may_be_elsewhere() {
        let table = [
            // A place, then nothing as long as the cells follow each other.
            ("    ", "boat", "\x1b[1;1Hboat"),
            ("boats at", "Boots by", "\x1b[1;1HB\x1b[Co\x1b[3Cby"),
            // Behind what is not ASCII the column is named.
            ("déjà vu", "dèjà vo", "\x1b[1;2Hè\x1b[7Go"),
            ("        ", "„é日本“x", "\x1b[1;1H„é日本“x"),
            ("    ", "e\u{301}👩\u{200D}🚀a", "\x1b[1;1He\u{301}\x1b[2G👩\u{200D}🚀\x1b[4Ga"),
        ];
        for (before, after, expected) in table {
            let [before, after] = [before, after].map(|text| Buffer::with_lines([text]));
            assert_eq!(String::from_utf8(written(&before, &after)).unwrap(), expected);
        }
    }

    #[test]
    fn of_two_inks_only_the_difference_is_said() {
        let style = Style::new;
        let bold = style().fg(Color::Indexed(75)).add_modifier(Modifier::BOLD);
        let table = [
            (style(), style(), ""),
            (style(), bold, "\x1b[1;38;5;75m"),
            (bold, bold.bg(Color::Rgb(1, 20, 255)), "\x1b[48;2;1;20;255m"),
            (bold, bold.fg(Color::LightRed), "\x1b[38;5;9m"),
            (bold, style(), "\x1b[22;39m"),
            // What ends the one ends the other, which goes on.
            (bold.add_modifier(Modifier::DIM), bold, "\x1b[22;1m"),
        ];
        for (from, to, expected) in table {
            let [from, to] = [from, to].map(|style| {
                let mut cell = Cell::default();
                cell.set_style(style);
                Ink { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
            });
            let mut out = Vec::new();
            from.change(to, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
    }

    #[test]
    fn what_stood_under_half_of_a_wide_cell_is_written_again() {
        let [mut before, mut after] = ["日", "a "].map(|text| Buffer::with_lines([text]));
        after[(0, 0)].set_style(Style::new().add_modifier(Modifier::REVERSED));
        for frame in [&mut before, &mut after] {
            mark_halves(frame);
        }
        assert_eq!(String::from_utf8(written(&before, &after)).unwrap(), "\x1b[1;1H\x1b[7ma\x1b[27m ");
    }

    const COLOURS: [(Color, vt100::Color); 4] = [
        (Color::Reset, vt100::Color::Default),
        (Color::Indexed(200), vt100::Color::Idx(200)),
        (Color::Rgb(1, 20, 255), vt100::Color::Rgb(1, 20, 255)),
        (Color::LightRed, vt100::Color::Idx(9)),
    ];

    /// Three rows of 12 cells: clusters with the numbers of their colours and the bits of their modifiers.
    fn frame() -> impl Strategy<Value = Buffer> {
        let cluster = prop::sample::select(vec!["a", "b", " ", "é", "“", "│", "日", "e\u{301}"]);
        prop::collection::vec((cluster, 0..4_usize, 0..4_usize, 0..128_u16), 36).prop_map(|cells| {
            let mut frame = Buffer::empty(Rect::new(0, 0, 12, 3));
            for (n, (cluster, fg, bg, bits)) in (0..).zip(cells) {
                let style = Style::new().fg(COLOURS[fg].0).bg(COLOURS[bg].0);
                // Blinking, hidden and struck out are not known to the terminal of this test.
                let shown =
                    Modifier::BOLD | Modifier::DIM | Modifier::ITALIC | Modifier::UNDERLINED | Modifier::REVERSED;
                let modifier = Modifier::from_bits_truncate(bits) & shown;
                // It takes the one for the end of the other.
                let both = modifier.contains(Modifier::BOLD | Modifier::DIM);
                let style = style.add_modifier(if both { modifier - Modifier::DIM } else { modifier });
                // A wide one takes the cell behind it, too.
                frame.set_stringn(n % 12, n / 12, cluster, usize::from(12 - n % 12), style);
            }
            mark_halves(&mut frame);
            frame
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

        #[test]
        fn a_terminal_shows_what_was_drawn(frames in prop::collection::vec(frame(), 1..4)) {
            let mut terminal = Parser::new(3.try_into().unwrap(), 12.try_into().unwrap(), 0);
            let mut before = Buffer::empty(frames[0].area);
            for frame in frames {
                terminal.process(&written(&before, &frame));
                for position in frame.area.positions() {
                    let cell = &frame[position];
                    let shown = terminal.screen().cell(position.y, position.x).unwrap();
                    if shown.is_wide_continuation() {
                        continue;
                    }
                    let contents = if shown.has_contents() { shown.contents() } else { " " };
                    prop_assert_eq!(contents, cell.symbol());
                    let colour = |colour| COLOURS.iter().find(|(known, _)| *known == colour).unwrap().1;
                    prop_assert_eq!((shown.fgcolor(), shown.bgcolor()), (colour(cell.fg), colour(cell.bg)));
                    let modifiers = [
                        (shown.bold(), Modifier::BOLD),
                        (shown.dim(), Modifier::DIM),
                        (shown.italic(), Modifier::ITALIC),
                        (shown.underline(), Modifier::UNDERLINED),
                        (shown.inverse(), Modifier::REVERSED),
                    ];
                    for (shown, modifier) in modifiers {
                        prop_assert_eq!(shown, cell.modifier.contains(modifier));
                    }
                }
                before = frame;
            }
        }
    }
}
