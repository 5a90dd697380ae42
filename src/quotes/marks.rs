//! Finds the quotation marks of a text and says which of them can open and which can close. Pairs nothing.
//!
//! One walk over the bytes. What is left out here is no mark for any later pass: inches and feet, apostrophes inside
//! words, shortened words ('em, '90s), the attributes of stray markup.

use std::ops::Range;

/// Marks of one family can pair with each other; a family inside another is nested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// “ ” „ ‟ " ＂ 〝 〞 〟.
    Double,
    /// Two grave accents, and two apostrophes. The apostrophes never open: on both sides they are as often a typing habit as a mark.
    Doubled,
    /// « »
    Angle,
    /// 「 」
    Corner,
    /// 『 』
    WhiteCorner,
    /// ‘ ’ ‚ ' ‹ ›: never outermost where an apostrophe would do.
    Single,
}

/// What the shape of a mark says, before its neighbours are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Opens (“ „ « 「), unless its neighbours say otherwise.
    Left,
    /// Closes (” » 」), unless its neighbours say otherwise.
    Right,
    /// Says nothing (").
    Straight,
    /// „ and ‚: these only open, and what closes them may look like an opening mark (“ ‘).
    Low,
}

/// One quotation mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Byte offset of the mark.
    pub start: u32,
    /// The line it stands in, counted from 0 over the lines that are not blank.
    pub line: u32,
    /// In bytes.
    pub length: u8,
    pub family: Family,
    pub shape: Shape,
    /// Its neighbours allow it to open.
    pub can_open: bool,
    /// Its neighbours allow it to close.
    pub can_close: bool,
    /// Only blanks stand before it in its line.
    pub leads: bool,
}

impl Mark {
    /// The byte offset behind the mark.
    pub fn end(&self) -> u32 {
        self.start + u32::from(self.length)
    }
}

/// A line of text that is not blank: the paragraphs of a plain text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    pub start: u32,
    /// Behind the last character that is not blank.
    pub end: u32,
}

/// The marks and the lines of `text`, in order. At most the first 4 GiB are looked at.
#[must_use]
pub fn find(text: &str) -> (Vec<Mark>, Vec<Line>) {
    let bytes = text.as_bytes();
    let (mut marks, mut lines) = (Vec::new(), Vec::new());
    let mut ink = begin_of_ink(text, 0);
    let mut in_tag = false;
    let mut at = 0;
    loop {
        let place = at + plain(bytes.get(at..).unwrap_or_default());
        at = place + 1;
        match bytes.get(place) {
            Some(b'\n') | None => {
                let line = text.get(ink..place).unwrap_or_default().trim_end();
                let (Ok(start), Ok(end)) = (u32::try_from(ink), u32::try_from(ink + line.len())) else { break };
                if start < end {
                    lines.push(Line { start, end });
                }
                if place == bytes.len() {
                    break;
                }
                (ink, in_tag) = (begin_of_ink(text, at), false);
            }
            Some(b'<') => in_tag = opens_tag(bytes, place),
            Some(b'>') => in_tag = false,
            Some(_) => {
                let Some((family, shape, length)) = glyph(bytes, place) else { continue };
                at = place + length;
                let ways = if in_tag { None } else { ways(text, place..at, family, shape) };
                if let Some((can_open, can_close)) = ways {
                    let (Ok(start), Ok(line)) = (u32::try_from(place), u32::try_from(lines.len())) else { break };
                    let length = u8::try_from(length).unwrap_or_default();
                    marks.push(Mark { start, line, length, family, shape, can_open, can_close, leads: place == ink });
                }
            }
        }
    }
    (marks, lines)
}

/// Where the ink of the line begins that begins at `at`; its end where it has none.
fn begin_of_ink(text: &str, at: usize) -> usize {
    let line = text.get(at..).unwrap_or_default();
    at + line.find(|c: char| c == '\n' || !c.is_whitespace()).unwrap_or(line.len())
}
/// How many bytes stand before the first one at which a mark, a tag or the next line may start.
fn plain(bytes: &[u8]) -> usize {
    let special = |byte: &u8| SPECIAL.get(usize::from(*byte)).is_some_and(|is| *is);
    bytes.iter().position(special).unwrap_or(bytes.len())
}

/// A line break, and the first bytes of tags and marks.
static SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = u8::MAX;
    while byte > 0 {
        #[expect(clippy::indexing_slicing, reason = "a byte is within 256 places")]
        {
            table[byte as usize] =
                matches!(byte, b'\n' | b'"' | b'\'' | b'<' | b'>' | b'`' | 0xC2 | 0xE2 | 0xE3 | 0xEF);
        }
        byte -= 1;
    }
    table
};

/// The mark that starts at byte `at`, and its length in bytes.
fn glyph(bytes: &[u8], at: usize) -> Option<(Family, Shape, usize)> {
    use Family::{Angle, Corner, Double, Doubled, Single, WhiteCorner};
    use Shape::{Left, Low, Right, Straight};
    let rest = bytes.get(at..)?;
    Some(match rest {
        [b'"', ..] => (Double, Straight, 1),
        [b'\'', b'\'', ..] => (Doubled, Right, 2),
        [b'`', b'`', ..] => (Doubled, Left, 2),
        [b'\'', ..] => (Single, Straight, 1),
        [0xC2, 0xAB, ..] => (Angle, Left, 2),
        [0xC2, 0xBB, ..] => (Angle, Right, 2),
        [0xE2, 0x80, third, ..] => match third {
            0x98 | 0x9B | 0xB9 => (Single, Left, 3),
            0x99 | 0xBA => (Single, Right, 3),
            0x9A => (Single, Low, 3),
            0x9C | 0x9F => (Double, Left, 3),
            0x9D => (Double, Right, 3),
            0x9E => (Double, Low, 3),
            _ => return None,
        },
        [0xE3, 0x80, third, ..] => match third {
            0x8C => (Corner, Left, 3),
            0x8D => (Corner, Right, 3),
            0x8E => (WhiteCorner, Left, 3),
            0x8F => (WhiteCorner, Right, 3),
            0x9D => (Double, Left, 3),
            0x9E | 0x9F => (Double, Right, 3),
            _ => return None,
        },
        [0xEF, 0xBC, 0x82, ..] => (Double, Straight, 3),
        _ => return None,
    })
}

/// Whether what stands at `at` can open and whether it can close, by its neighbours; none where it is no mark.
fn ways(text: &str, at: Range<usize>, family: Family, shape: Shape) -> Option<(bool, bool)> {
    let (before, after) = (char_before(text, at.start), char_after(text, at.end));
    if !is_a_mark(text.as_bytes(), at.start, family, shape, before, after) {
        return None;
    }
    let elided = family == Family::Angle && shape == Shape::Left && after.is_whitespace() && is_elided(text, at.start);
    Some(if elided { (true, false) } else { directions(family, shape, before, after) })
}

/// Where no mark but an inch, a foot, an apostrophe or a doubled letter is meant.
fn is_a_mark(bytes: &[u8], at: usize, family: Family, shape: Shape, before: char, after: char) -> bool {
    match family {
        Family::Double if shape == Shape::Straight => !is_inches(bytes, at, before, after),
        Family::Single => {
            let inside_a_word = before.is_alphanumeric() && after.is_alphanumeric();
            let feet = before.is_ascii_digit() && (after.is_ascii_digit() || after == ' ' && shape == Shape::Straight);
            let shortened = opening_neighbours(before, after) && shortens_a_word(bytes, at);
            !inside_a_word && !feet && !shortened
        }
        _ => true,
    }
}

/// 6'2" and 5' 10": digits, a foot mark and digits before the mark.
fn is_inches(bytes: &[u8], at: usize, before: char, after: char) -> bool {
    if !before.is_ascii_digit() || after.is_alphanumeric() {
        return false;
    }
    let head = bytes.get(at.saturating_sub(8)..at).unwrap_or_default();
    let mut back = head.iter().rev().skip_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b'/' | b' '));
    match back.next() {
        Some(b'\'') => back.next().is_some_and(u8::is_ascii_digit),
        // ’ ends in 0x99, ′ in 0xB2.
        Some(0x99 | 0xB2) => back.nth(1).is_some() && back.next().is_some_and(u8::is_ascii_digit),
        _ => false,
    }
}

/// Words that begin with an apostrophe, and decades.
const SHORTENED: &[&str] =
    &["em", "tis", "twas", "til", "till", "cause", "bout", "round", "n", "cuz", "kay", "nuff", "neath"];

fn shortens_a_word(bytes: &[u8], at: usize) -> bool {
    let length = if bytes.get(at).is_some_and(u8::is_ascii) { 1 } else { 3 };
    let word = bytes.get(at + length..).unwrap_or_default();
    let letters = word.iter().take(7).take_while(|b| b.is_ascii_alphanumeric()).count();
    let word = word.get(..letters).unwrap_or_default();
    let decade = matches!(word, [tens, ones, rest @ ..] if tens.is_ascii_digit() && ones.is_ascii_digit() && matches!(rest, [] | [b's']));
    decade || SHORTENED.iter().any(|short| short.as_bytes().eq_ignore_ascii_case(word))
}

/// `<tweet author="…">`: a tag of at most 200 bytes on one line.
fn opens_tag(bytes: &[u8], at: usize) -> bool {
    let rest = bytes.get(at + 1..bytes.len().min(at + 200)).unwrap_or_default();
    let line = rest.split(|byte| *byte == b'\n').next().unwrap_or_default();
    line.first().is_some_and(u8::is_ascii_alphabetic)
        && line.iter().position(|b| matches!(b, b'<' | b'>')).is_some_and(|end| line.get(end) == Some(&b'>'))
        && line.contains(&b'=')
}

fn opening_neighbours(before: char, after: char) -> bool {
    !after.is_whitespace()
        && (before.is_whitespace()
            || matches!(
                before,
                '(' | '['
                    | '{'
                    | '—'
                    | '–'
                    | '-'
                    | '/'
                    | '‘'
                    | '\''
                    | '…'
                    | '“'
                    | '"'
                    | '„'
                    | '>'
                    | '«'
                    | '»'
                    | '*'
                    | '_'
                    | '¿'
                    | '¡'
            ))
}

fn closing_neighbours(before: char, after: char) -> bool {
    !before.is_whitespace()
        && (after.is_whitespace()
            || matches!(
                after,
                '.' | ','
                    | ';'
                    | ':'
                    | '!'
                    | '?'
                    | ')'
                    | ']'
                    | '}'
                    | '—'
                    | '–'
                    | '-'
                    | '/'
                    | '’'
                    | '\''
                    | '…'
                    | '<'
                    | '”'
                    | '"'
                    | '“'
                    | '»'
                    | '«'
                    | '*'
                    | '_'
            ))
}

/// Whether a mark can open and whether it can close.
fn directions(family: Family, shape: Shape, before: char, after: char) -> (bool, bool) {
    match family {
        Family::Corner | Family::WhiteCorner | Family::Doubled => (shape == Shape::Left, shape == Shape::Right),
        // « mot »: the blank stands inside, so only the shape can tell.
        Family::Angle if before.is_whitespace() && after.is_whitespace() => {
            (shape == Shape::Left, shape == Shape::Right)
        }
        _ => (opening_neighbours(before, after), closing_neighbours(before, after)),
    }
}

/// d'« accord », qu’« ici »: an apostrophe joins the word before to the quotation.
fn is_elided(text: &str, at: usize) -> bool {
    let head = text.get(..at).unwrap_or_default();
    let Some(word) = head.strip_suffix(['\'', '’']) else { return false };
    let mut letters = word.chars().rev();
    let short = matches!(letters.next(), Some('d' | 'l' | 'n' | 's' | 'D' | 'L'));
    short && letters.next().is_none_or(char::is_whitespace) || word.ends_with("qu") || word.ends_with("Qu")
}

fn char_before(text: &str, at: usize) -> char {
    text.get(..at).and_then(|head| head.chars().next_back()).unwrap_or('\n')
}

fn char_after(text: &str, at: usize) -> char {
    text.get(at..).and_then(|tail| tail.chars().next()).unwrap_or('\n')
}
