//! Colours, and what becomes of them where a terminal has fewer.

/// A colour as a terminal is told it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// The terminal's own.
    Default,
    /// One of the sixteen that the terminal's palette names; 8 and more are bright.
    Ansi16(u8),
    /// One of the 256 of xterm.
    Indexed(u8),
    Rgb(u8, u8, u8),
}

/// How many colours a terminal has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// None: attributes alone tell things apart.
    None,
    Ansi16,
    Indexed256,
    True,
}

type Rgb = (u8, u8, u8);

const NAMES: [&str; 8] = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

/// What xterm shows for the sixteen named colours; a terminal's palette may differ.
const XTERM: [Rgb; 16] = [
    (0, 0, 0),
    (205, 0, 0),
    (0, 205, 0),
    (205, 205, 0),
    (0, 0, 238),
    (205, 0, 205),
    (0, 205, 205),
    (229, 229, 229),
    (127, 127, 127),
    (255, 0, 0),
    (0, 255, 0),
    (255, 255, 0),
    (92, 92, 255),
    (255, 0, 255),
    (0, 255, 255),
    (255, 255, 255),
];

/// Where the colours of a cube of six to a side begin, and where the greys do.
const CUBE: u8 = 16;
const GREYS: u8 = 232;

impl Color {
    /// Reads `#e6c07b`, `yellow`, `bright-yellow`, `default`, or a number of xterm's 256.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if let Some(digits) = text.strip_prefix('#') {
            let value =
                u32::from_str_radix(digits, 16).ok().filter(|_| digits.len() == 6 && !digits.starts_with('+'))?;
            let [_, red, green, blue] = value.to_be_bytes();
            return Some(Self::Rgb(red, green, blue));
        }
        if text == "default" {
            return Some(Self::Default);
        }
        let (name, bright) = text.strip_prefix("bright-").map_or((text, 0), |name| (name, 8));
        let named = NAMES.iter().zip(0..).find(|(known, _)| **known == name);
        named.map(|(_, n)| Self::Ansi16(n + bright)).or_else(|| text.parse().ok().map(Self::Indexed))
    }

    /// The names that `parse` knows, to find what was meant by another.
    pub(super) fn names() -> impl Iterator<Item = &'static str> + Clone {
        NAMES.into_iter().chain(["default"])
    }

    /// The nearest colour that a terminal of `depth` has.
    #[must_use]
    pub fn at(self, depth: Depth) -> Option<Self> {
        match (depth, self) {
            (Depth::None, _) => None,
            (Depth::Ansi16, Self::Indexed(n)) if n < CUBE => Some(Self::Ansi16(n)),
            (Depth::Ansi16, Self::Indexed(_) | Self::Rgb(..)) => {
                self.rgb().map(|rgb| Self::Ansi16(nearest(rgb, XTERM.into_iter().zip(0..))))
            }
            (Depth::Indexed256, Self::Rgb(red, green, blue)) => {
                let all = (CUBE..=u8::MAX).filter_map(|n| Some((Self::Indexed(n).rgb()?, n)));
                Some(Self::Indexed(nearest((red, green, blue), all)))
            }
            _ => Some(self),
        }
    }

    /// Red, green and blue as xterm shows them; `None` for the terminal's own.
    pub(super) fn rgb(self) -> Option<Rgb> {
        match self {
            Self::Default => None,
            Self::Rgb(red, green, blue) => Some((red, green, blue)),
            Self::Indexed(n @ GREYS..) => Some(((n - GREYS) * 10 + 8, (n - GREYS) * 10 + 8, (n - GREYS) * 10 + 8)),
            Self::Indexed(n @ CUBE..) => {
                let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
                let n = n - CUBE;
                Some((level(n / 36), level(n / 6 % 6), level(n % 6)))
            }
            Self::Ansi16(n) | Self::Indexed(n) => XTERM.get(usize::from(n)).copied(),
        }
    }
}

fn nearest(wanted: Rgb, colors: impl Iterator<Item = (Rgb, u8)>) -> u8 {
    let part = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
    let distance = |(red, green, blue): Rgb| part(red, wanted.0) + part(green, wanted.1) + part(blue, wanted.2);
    colors.min_by_key(|(rgb, _)| distance(*rgb)).map_or(0, |(_, n)| n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read() {
        let table = [
            ("#e6c07b", Some(Color::Rgb(0xe6, 0xc0, 0x7b))),
            ("#FFF", None),
            ("#+12345", None),
            ("yellow", Some(Color::Ansi16(3))),
            ("bright-yellow", Some(Color::Ansi16(11))),
            ("default", Some(Color::Default)),
            ("214", Some(Color::Indexed(214))),
            ("256", None),
            ("yelow", None),
            ("", None),
        ];
        for (text, expected) in table {
            assert_eq!(Color::parse(text), expected, "{text}");
        }
    }

    #[test]
    fn fewer_colours_take_the_nearest() {
        let table = [
            (Color::Rgb(255, 0, 0), Depth::Indexed256, Some(Color::Indexed(196))),
            (Color::Rgb(0x16, 0x18, 0x1d), Depth::Indexed256, Some(Color::Indexed(234))),
            (Color::Rgb(95, 135, 175), Depth::Indexed256, Some(Color::Indexed(67))),
            (Color::Rgb(250, 10, 10), Depth::Ansi16, Some(Color::Ansi16(9))),
            (Color::Indexed(3), Depth::Ansi16, Some(Color::Ansi16(3))),
            (Color::Indexed(231), Depth::Ansi16, Some(Color::Ansi16(15))),
            (Color::Indexed(214), Depth::Indexed256, Some(Color::Indexed(214))),
            (Color::Default, Depth::Ansi16, Some(Color::Default)),
            (Color::Rgb(1, 2, 3), Depth::True, Some(Color::Rgb(1, 2, 3))),
            (Color::Rgb(1, 2, 3), Depth::None, None),
        ];
        for (color, depth, expected) in table {
            assert_eq!(color.at(depth), expected, "{color:?} at {depth:?}");
        }
        for n in CUBE..=u8::MAX {
            let (red, green, blue) = Color::Indexed(n).rgb().unwrap();
            let found = Color::Rgb(red, green, blue).at(Depth::Indexed256).unwrap();
            assert_eq!(found.rgb(), Some((red, green, blue)), "{n}");
        }
    }
}
