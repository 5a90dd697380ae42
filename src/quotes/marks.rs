//! Finds the quotation marks of a text and says which of them can open and which can close. Pairs nothing.
//!
//! One walk over the bytes. What is left out here is no mark for any later pass: inches and feet, apostrophes inside
//! words, shortened words ('em, '90s), the attributes of stray markup.

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
    /// Byte offsets of the mark.
    pub start: u32,
    pub end: u32,
    pub family: Family,
    pub shape: Shape,
    /// Its neighbours allow it to open.
    pub can_open: bool,
    /// Its neighbours allow it to close.
    pub can_close: bool,
    /// Only blanks stand before it in its line.
    pub leads: bool,
    /// The line it stands in, counted from 0 over the lines that are not blank.
    pub line: u32,
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
    let mut marks = Vec::new();
    let mut lines = Vec::new();
    let mut offset = 0_usize;
    let mut in_tag = false;
    for piece in text.split('\n') {
        let from = offset;
        offset += piece.len() + 1;
        let begin = from + (piece.len() - piece.trim_start().len());
        let end = from + piece.trim_end().len();
        if begin >= end {
            continue;
        }
        let (Ok(start), Ok(end)) = (u32::try_from(begin), u32::try_from(end)) else { break };
        let number = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        lines.push(Line { start, end });
        marks_of_line(piece, from, begin, number, &mut in_tag, &mut marks);
        in_tag = false;
    }
    (marks, lines)
}

/// Appends the marks of one line, which begins at `from` in the text and with ink at `begin`.
fn marks_of_line(piece: &str, from: usize, begin: usize, line: u32, in_tag: &mut bool, marks: &mut Vec<Mark>) {
    let bytes = piece.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if !STARTS_A_MARK.get(usize::from(byte)).is_some_and(|is| *is) {
            at += 1;
            continue;
        }
        if byte == b'<' {
            *in_tag = opens_tag(bytes, at);
        } else if byte == b'>' {
            *in_tag = false;
        }
        let Some((family, shape, length)) = glyph(bytes, at) else {
            at += 1;
            continue;
        };
        let before = char_before(piece, at);
        let after = char_after(piece, at + length);
        if !*in_tag && is_a_mark(bytes, at, family, shape, before, after) {
            let (can_open, can_close) = match family {
                Family::Angle if shape == Shape::Left && after.is_whitespace() && is_elided(piece, at) => (true, false),
                _ => directions(family, shape, before, after),
            };
            if let (Ok(start), Ok(end)) = (u32::try_from(from + at), u32::try_from(from + at + length)) {
                let leads = from + at <= begin;
                marks.push(Mark { start, end, family, shape, can_open, can_close, leads, line });
            }
        }
        at += length;
    }
}

/// Bytes at which a mark or a tag may start: the five ASCII ones, and the first bytes of those beyond ASCII.
static STARTS_A_MARK: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        #[expect(clippy::indexing_slicing, reason = "the loop ends before the table does")]
        {
            table[byte] = matches!(byte, 0x22 | 0x27 | 0x3C | 0x3E | 0x60 | 0xC2 | 0xE2 | 0xE3 | 0xEF);
        }
        byte += 1;
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
    rest.first().is_some_and(u8::is_ascii_alphabetic)
        && rest.iter().position(|b| matches!(b, b'<' | b'>')).is_some_and(|end| rest.get(end) == Some(&b'>'))
        && rest.contains(&b'=')
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
fn is_elided(piece: &str, at: usize) -> bool {
    let head = piece.get(..at).unwrap_or_default();
    let Some(word) = head.strip_suffix(['\'', '’']) else { return false };
    let mut letters = word.chars().rev();
    let short = matches!(letters.next(), Some('d' | 'l' | 'n' | 's' | 'D' | 'L'));
    short && letters.next().is_none_or(char::is_whitespace) || word.ends_with("qu") || word.ends_with("Qu")
}

fn char_before(piece: &str, at: usize) -> char {
    piece.get(..at).and_then(|head| head.chars().next_back()).unwrap_or('\n')
}

fn char_after(piece: &str, at: usize) -> char {
    piece.get(at..).and_then(|tail| tail.chars().next()).unwrap_or('\n')
}
