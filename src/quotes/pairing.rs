//! Pairs marks into the outermost quotations of a text. Knows marks and lines; reads no words.
//!
//! Linear: every question about the rest of a paragraph is answered by sums made once, from its end to its start.

use std::ops::Range;

use super::marks::{Family, Line, Mark, Shape};

/// An outermost quotation, marks included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    pub range: Range<u32>,
    /// Length in bytes of the mark that opens it.
    pub opening: u32,
    /// Length in bytes of the mark that closes it; 0 where none does.
    pub closing: u32,
}

/// A stray paragraph break is mended only when the closing mark is this near, in bytes.
const STRAY_REACH: u32 = 600;

/// How many quotations inside one another a closing mark is looked for in.
const DEEPEST: usize = 64;

/// No article has more quotations than this with one on every `DENSEST` bytes.
const MOST_DENSE: usize = 1000;

/// Bytes of text for each quotation; a dialogue of short lines has twice as many.
const DENSEST: usize = 24;

/// The outermost quotations of `text`, in order. None where more than a thousand stand so close that no one can be
/// speaking: a table, a program, noise.
#[must_use]
pub fn pair(text: &str, marks: &[Mark], lines: &[Line]) -> Vec<Span> {
    let mut pairing = Pairing { text, marks, lines, line: 0..0, ahead: Vec::new(), open: None, spans: Vec::new() };
    let mut at = 0;
    let mut line = 0;
    while let Some(mark) = marks.get(at) {
        if mark.line != line {
            pairing.end_lines(line, at, mark.line);
            line = mark.line;
        }
        pairing.look_ahead(at);
        while let Some(mark) = marks.get(at).filter(|mark| mark.line == line) {
            at = pairing.take(at, mark);
        }
    }
    pairing.end_lines(line, at, u32::try_from(lines.len()).unwrap_or(u32::MAX));
    let noise = pairing.spans.len() > MOST_DENSE && text.len() < pairing.spans.len() * DENSEST;
    if noise { Vec::new() } else { pairing.spans }
}

/// The quotations and the blocks that are quotations without marks; what stands inside a block is nested.
#[must_use]
pub fn with_blocks(mut spans: Vec<Span>, blocks: &[Range<u32>]) -> Vec<Span> {
    for block in blocks {
        let from = spans.partition_point(|span| span.range.end <= block.start);
        let to = spans.partition_point(|span| span.range.start < block.end);
        let inside = spans.get(from..to).unwrap_or_default();
        if inside.iter().all(|span| block.start <= span.range.start && span.range.end <= block.end) {
            spans.splice(from..to, [Span { range: block.clone(), opening: 0, closing: 0 }]);
        }
    }
    spans
}

/// What the rest of a mark's line holds, the mark itself included.
#[derive(Clone, Copy, Debug, Default)]
struct Ahead {
    /// The single mark that closes a quotation opened just before this mark; `u32::MAX` for none.
    single: u32,
    /// A bit for each family of which more marks close than open: Double, Angle, Corner, `WhiteCorner`, Doubled.
    surplus: u8,
    /// The number of double marks is odd.
    odd: bool,
    /// Some mark from here on could close.
    closes: bool,
}

struct Open {
    /// Index of the mark.
    mark: usize,
    family: Family,
    shape: Shape,
    /// The families of the quotations inside that are still open.
    inner: Vec<(Family, Shape)>,
    /// It ran over a paragraph end: a mark at the start of the line reopens it.
    carried: bool,
}

struct Pairing<'a> {
    text: &'a str,
    marks: &'a [Mark],
    lines: &'a [Line],
    /// The marks of the line at hand.
    line: Range<usize>,
    /// One for each of them.
    ahead: Vec<Ahead>,
    open: Option<Open>,
    spans: Vec<Span>,
}

impl Pairing<'_> {
    /// Sums up, for every mark of the line whose first mark is at `first`, what follows in the line.
    fn look_ahead(&mut self, first: usize) {
        let marks = self.marks.get(first..).unwrap_or_default();
        let line = marks.first().map(|mark| mark.line);
        let marks = marks.iter().take_while(|mark| Some(mark.line) == line).count();
        self.line = first..first + marks;
        self.ahead.clear();
        self.ahead.resize(marks, Ahead::default());
        let marks = self.marks.get(self.line.clone()).unwrap_or_default();
        let mut ahead = Ahead { single: u32::MAX, ..Ahead::default() };
        // Closing marks less opening ones, by family.
        let mut surplus = [0_i32; 5];
        // The nearest single mark that surely closes, and the farthest that may.
        let (mut sure, mut possible) = (None, None);
        for ((at, mark), slot_of) in self.line.clone().zip(marks).zip(&mut self.ahead).rev() {
            let index = u32::try_from(at).ok();
            ahead.closes |= mark.can_close;
            let family = slot(mark.family);
            if let Some((slot, surplus)) = family.and_then(|slot| Some((slot, surplus.get_mut(slot)?))) {
                let opened = Some((mark.family, Shape::Straight));
                *surplus += if opens(mark, opened) { -1 } else { 1 };
                ahead.surplus = ahead.surplus & !(1 << slot) | u8::from(*surplus > 0) << slot;
                ahead.odd = !ahead.odd;
            } else if mark.can_open && !mark.can_close && mark.shape != Shape::Right {
                // The next quotation opens: what closes behind it is not for an earlier one.
                (sure, possible) = (None, None);
            } else if mark.can_close {
                if may_be_apostrophe(self.text, mark) {
                    possible = possible.or(index);
                } else {
                    sure = index;
                    possible = None;
                }
            }
            ahead.single = sure.or(possible).unwrap_or(u32::MAX);
            *slot_of = ahead;
        }
    }

    /// Takes the mark at `at`; returns the index of the next mark to take.
    fn take(&mut self, at: usize, mark: &Mark) -> usize {
        if mark.family == Family::Single {
            return self.take_single(at, mark);
        }
        let Some(open) = &mut self.open else {
            if opens(mark, None) {
                self.open = Some(Open::new(at, mark));
            }
            return at + 1;
        };
        if open.family == Family::Single {
            return at + 1;
        }
        if open.carried && mark.leads && mark.family == open.family {
            open.carried = false;
            return at + 1;
        }
        let inside = open.inner.last().copied().unwrap_or((open.family, open.shape));
        if opens(mark, Some(inside)) {
            let ahead = self.ahead.get(at - self.line.start);
            let closed =
                slot(open.family).is_some_and(|slot| ahead.is_some_and(|ahead| ahead.surplus >> slot & 1 == 1));
            // Another mark opens before the first one closed: nested if enough closing marks follow, else the first
            // one was never closed.
            if closed {
                open.inner.push((mark.family, mark.shape));
            } else {
                self.end_unclosed(mark.start);
                self.open = Some(Open::new(at, mark));
            }
        } else if let Some(above) = open.inner.iter().rev().take(DEEPEST).position(|inner| inner.0 == mark.family) {
            open.inner.truncate(open.inner.len() - above - 1);
        } else if mark.family == open.family {
            self.close(mark);
        }
        at + 1
    }

    fn take_single(&mut self, at: usize, mark: &Mark) -> usize {
        match &mut self.open {
            Some(open) if open.family == Family::Single => {
                if open.carried && mark.leads && mark.can_open {
                    open.carried = false;
                    return match self.single_end(at) {
                        Some(end) => self.close_single(end),
                        None => at + 1,
                    };
                }
                at + 1
            }
            None if mark.can_open && mark.shape != Shape::Right => match self.single_end(at) {
                Some(end) => {
                    self.open = Some(Open::new(at, mark));
                    self.close_single(end)
                }
                None if mark.shape == Shape::Left && self.next_line_reopens(at, mark) => {
                    self.open = Some(Open::new(at, mark));
                    at + 1
                }
                None => at + 1,
            },
            _ => at + 1,
        }
    }

    /// The mark that closes the single mark at `at`, if the double marks between them are paired.
    fn single_end(&self, at: usize) -> Option<usize> {
        let end = self.ahead(at + 1)?.single as usize;
        (self.ahead(at)?.odd == self.ahead(end)?.odd).then_some(end)
    }

    /// What follows the mark at `at` of the line at hand.
    fn ahead(&self, at: usize) -> Option<&Ahead> {
        self.ahead.get(at - self.line.start)
    }

    /// No mark closes in this line, and the next one begins with the same mark.
    fn next_line_reopens(&self, at: usize, mark: &Mark) -> bool {
        let Some(ahead) = self.ahead(at) else { return false };
        let next = self.marks.get(self.line.end);
        let reopens =
            |next: &Mark| next.line == mark.line + 1 && next.leads && next.can_open && next.shape == mark.shape;
        next.is_some_and(reopens) && !ahead.closes
    }

    fn close_single(&mut self, end: usize) -> usize {
        if let Some(mark) = self.marks.get(end) {
            self.close(mark);
        }
        end + 1
    }

    fn close(&mut self, mark: &Mark) {
        if let Some(open) = self.open.take()
            && let Some(first) = self.marks.get(open.mark)
            && !self.text.get(first.end() as usize..mark.start as usize).unwrap_or_default().trim_start().is_empty()
        {
            self.spans.push(Span {
                range: first.start..mark.end(),
                opening: first.length.into(),
                closing: mark.length.into(),
            });
        }
    }

    /// Ends the open quotation before `end`, blanks left out.
    fn end_unclosed(&mut self, end: u32) {
        let Some(open) = self.open.take() else { return };
        let Some(first) = self.marks.get(open.mark) else { return };
        let inner = self.text.get(first.end() as usize..end as usize).unwrap_or_default().trim_end();
        if open.family != Family::Single && !inner.trim_start().is_empty() {
            let length = u32::try_from(inner.len()).unwrap_or_default();
            self.spans.push(Span {
                range: first.start..first.end() + length,
                opening: first.length.into(),
                closing: 0,
            });
        }
    }

    /// The lines from `line` to before `next` end; `at` is the first mark of line `next`.
    fn end_lines(&mut self, line: u32, at: usize, next: u32) {
        let Some(open) = &mut self.open else { return };
        let mut last = line;
        while last + 1 < next && is_broken(self.text, self.lines, last) {
            last += 1;
        }
        let follows = (last + 1 == next).then(|| self.marks.get(at)).flatten();
        let begin = self.lines.get(next as usize).map_or(0, |line| line.start);
        let continues = follows.is_some_and(|mark| {
            let own = mark.family == open.family;
            let reopens = own && mark.leads && (opens(mark, None) || open.family == Family::Angle);
            let closes = own && !opens(mark, Some((open.family, open.shape))) && mark.start - begin < STRAY_REACH;
            open.carried = reopens;
            reopens || closes || is_broken(self.text, self.lines, last)
        });
        if continues {
            open.inner.clear();
        } else {
            let end = self.lines.get(last as usize).map_or(0, |line| line.end);
            self.end_unclosed(end);
        }
    }
}

/// Whether line `number` ends without an end mark and the next one goes on in lower case: one paragraph, broken by
/// accident.
fn is_broken(text: &str, lines: &[Line], number: u32) -> bool {
    let line = |number: u32| {
        let line = lines.get(number as usize)?;
        text.get(line.start as usize..line.end as usize)
    };
    let (Some(this), Some(next)) = (line(number), line(number + 1)) else { return false };
    this.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | ';' | '-' | '–' | '—'))
        && next.starts_with(char::is_lowercase)
}

impl Open {
    fn new(at: usize, mark: &Mark) -> Self {
        Self { mark: at, family: mark.family, shape: mark.shape, inner: Vec::new(), carried: false }
    }
}

fn slot(family: Family) -> Option<usize> {
    match family {
        Family::Double => Some(0),
        Family::Angle => Some(1),
        Family::Corner => Some(2),
        Family::WhiteCorner => Some(3),
        Family::Doubled => Some(4),
        Family::Single => None,
    }
}

/// Whether a mark opens a quotation; `inside` is the innermost open one.
fn opens(mark: &Mark, inside: Option<(Family, Shape)>) -> bool {
    let same = inside.filter(|inside| inside.0 == mark.family);
    let by_neighbours = |otherwise| if mark.can_open == mark.can_close { otherwise } else { mark.can_open };
    match (mark.shape, same) {
        // »…«: opened by a right mark, closed by a left one.
        (Shape::Left, Some((Family::Angle, Shape::Right))) | (Shape::Right, Some(_)) => false,
        (Shape::Low, _) => true,
        // „…“: what looks like an opening mark closes. ”…” and »…«: what looks like a closing one opens.
        (Shape::Left, Some((_, Shape::Low))) | (Shape::Right, None) => mark.can_open && !mark.can_close,
        (Shape::Left, Some(_)) => !mark.can_close || mark.can_open,
        (Shape::Left, None) => mark.can_open || !mark.can_close || mark.family != Family::Angle,
        (Shape::Straight, same) => by_neighbours(same.is_none()),
    }
}

/// A plural's apostrophe (“the workers’ rights”) or a dropped letter (“goin’ home”) would look the same.
fn may_be_apostrophe(text: &str, mark: &Mark) -> bool {
    let head = text.get(..mark.start as usize).unwrap_or_default();
    let tail = text.get(mark.end() as usize..).unwrap_or_default();
    let mut tail = tail.chars();
    let goes_on = tail.next() == Some(' ') && tail.next().is_some_and(char::is_lowercase);
    goes_on && (head.ends_with('s') || head.ends_with("in") || head.ends_with('z'))
}
