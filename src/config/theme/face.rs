//! How something is drawn: colours and attributes, as they are written in the theme table and in `[colors]`.

use super::color::{Color, Depth};
use crate::config::problem::meant;

/// Colours and attributes; a colour that is `None` is that of what lies below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Face {
    pub fg: Option<Color>,
    pub bg: Option<Color>,
    pub bold: bool,
    pub italic: bool,
    pub underline: bool,
    pub dim: bool,
    pub reverse: bool,
    pub strikethrough: bool,
}

const ATTRIBUTES: [&str; 6] = ["bold", "italic", "underline", "dim", "reverse", "strikethrough"];

impl Face {
    /// Reads words such as `bold #e6c07b on black`: attributes, a colour, and `on` before the background.
    /// An error says which word is wrong and what was meant.
    pub(crate) fn parse(text: &str) -> Result<Self, (String, String)> {
        let mut face = Self::default();
        let mut words = text.split_whitespace();
        while let Some(word) = words.next() {
            match word {
                "bold" => face.bold = true,
                "italic" => face.italic = true,
                "underline" => face.underline = true,
                "dim" => face.dim = true,
                "reverse" => face.reverse = true,
                "strikethrough" => face.strikethrough = true,
                "on" => face.bg = Some(color(words.next().unwrap_or_default())?),
                word => face.fg = Some(color(word)?),
            }
        }
        Ok(face)
    }

    /// The same on a terminal of `depth`.
    #[must_use]
    pub fn at(self, depth: Depth) -> Self {
        let at = |color: Option<Color>| color.and_then(|color| color.at(depth));
        Self { fg: at(self.fg), bg: at(self.bg), ..self }
    }

    /// This face laid over `below`: its colours where it has some, the attributes of both; what is reversed twice is
    /// not reversed, so that a hit stays visible in a selected row.
    #[must_use]
    pub fn over(self, below: Self) -> Self {
        Self {
            fg: self.fg.or(below.fg),
            bg: self.bg.or(below.bg),
            bold: self.bold || below.bold,
            italic: self.italic || below.italic,
            underline: self.underline || below.underline,
            dim: self.dim || below.dim,
            reverse: self.reverse != below.reverse,
            strikethrough: self.strikethrough || below.strikethrough,
        }
    }
}

fn color(word: &str) -> Result<Color, (String, String)> {
    Color::parse(word).ok_or_else(|| {
        if word.is_empty() {
            return ("no colour stands behind on".to_owned(), "for example on black".to_owned());
        }
        let hint = if word.starts_with('#') {
            "a colour has six hexadecimal digits, such as #e6c07b".to_owned()
        } else {
            let names = ATTRIBUTES.into_iter().chain(Color::names());
            format!("{}; or a colour such as #e6c07b, bright-red or 214", meant(word, names))
        };
        (format!("{word} is no colour and no attribute"), hint)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faces_are_read() {
        let face = Face::parse("bold  underline #e6c07b on bright-black").unwrap();
        let expected = Face {
            fg: Some(Color::Rgb(0xe6, 0xc0, 0x7b)),
            bg: Some(Color::Ansi16(8)),
            bold: true,
            underline: true,
            ..Face::default()
        };
        assert_eq!(face, expected);
        assert_eq!(Face::parse(""), Ok(Face::default()));
        let (message, hint) = Face::parse("blod red").unwrap_err();
        assert_eq!(message, "blod is no colour and no attribute");
        assert!(hint.starts_with("did you mean bold?"), "{hint}");
        for text in ["#12", "on", "red on", "on on"] {
            assert!(Face::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_face_lies_over_another() {
        let below = Face::parse("dim reverse red on blue").unwrap();
        let above = Face::parse("bold reverse green").unwrap();
        assert_eq!(above.over(below), Face::parse("dim bold green on blue").unwrap());
        assert_eq!(Face::default().over(below), below);
    }
}
