//! A text as words to be compared: marks of quotation, case, blanks, and the shapes of apostrophes and dashes are gone; brackets and
//! ellipses are known for what editors mean by them.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::text::fold::is_unspaced;

/// Bytes inside brackets that may be part of a word (`[T]he`, `play[ed]`).
const IN_WORD: usize = 24;

/// A word, number or symbol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Its bytes in the text.
    pub span: Range<usize>,
    /// As it is compared: lower case, straight apostrophes, no brackets.
    pub key: String,
    /// Bytes of `key` before an ending in brackets (`play[ed]`: 4); such an ending may stand for any other.
    pub stem: Option<usize>,
    /// It stands in square brackets: not the speaker's own.
    pub bracketed: bool,
    /// Words were left out before it.
    pub gap: bool,
    /// The marks before it, but for those of quotation: `,` or `. (`; dashes as `-`.
    pub marks: String,
}

/// The words of `text`, in order.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut reader = Reader { text, at: 0, all: Vec::new(), marks: String::new(), gap: false, bracket_end: 0 };
    while reader.at < text.len() {
        reader.step();
    }
    reader.all
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    all: Vec<Token>,
    marks: String,
    gap: bool,
    /// The byte of the closing bracket that the words before it stand in.
    bracket_end: usize,
}

impl Reader<'_> {
    fn step(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let Some(c) = rest.chars().next() else {
            self.at = self.text.len();
            return;
        };
        if c == ' ' {
            self.at += 1;
            return;
        }
        let dots = ellipsis(rest);
        if dots > 0 {
            self.gap = true;
            self.marks.push('…');
            self.at += dots;
        } else if c == '[' {
            self.bracket(rest);
        } else if c.is_ascii_alphanumeric() || is_unspaced(c) || c.is_alphanumeric() || self.is_sign(c, rest) {
            self.word(rest);
        } else {
            self.at += c.len_utf8();
            match mark(c) {
                Mark::None => {}
                Mark::Dash if self.marks.ends_with('-') => {}
                Mark::Dash => self.marks.push('-'),
                Mark::Point(point) => self.marks.push(point),
                Mark::Symbol => self.push(self.at - c.len_utf8()..self.at, c.to_string(), None),
            }
        }
    }

    /// `[T]he` is a word, `[…]` an ellipsis, and everything else in brackets the words of an editor.
    fn bracket(&mut self, rest: &str) {
        let inner = rest.get(1..).and_then(|rest| rest.split_once(']')).map_or("", |(inner, _)| inner);
        if word_bracket(rest)
            .is_some_and(|end| rest.get(end..).is_some_and(|behind| behind.starts_with(char::is_alphanumeric)))
        {
            self.word(rest);
        } else if !inner.is_empty() && ellipsis(inner.trim()) == inner.trim().len() {
            self.gap = true;
            self.at += inner.len() + 2;
        } else {
            if rest.contains(']') {
                self.bracket_end = self.bracket_end.max(self.at + 1 + inner.len());
            }
            self.at += 1;
        }
    }

    /// A minus that belongs to a number: something that is no part of a word stands before it, a digit behind it.
    fn is_sign(&self, c: char, rest: &str) -> bool {
        let mut around = rest.chars();
        let behind = around.nth(1);
        matches!(c, '-' | '−')
            && behind.is_some_and(|c| c.is_ascii_digit())
            && self.text.get(..self.at).and_then(|before| before.chars().next_back()).is_none_or(char::is_whitespace)
    }

    /// Reads the word that `rest` begins with.
    fn word(&mut self, rest: &str) {
        let mut stem = None;
        // Most words are ASCII from end to end.
        let mut length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let mut key = rest.get(..length).unwrap_or_default().to_ascii_lowercase();
        while let Some(c) = rest.get(length..).and_then(|rest| rest.chars().next()) {
            if c == ' ' {
                break;
            }
            let here = rest.get(length..).unwrap_or_default();
            let behind = here.get(c.len_utf8()..).and_then(|rest| rest.chars().next());
            let goes_on = behind.is_some_and(char::is_alphanumeric);
            let digits = key.ends_with(|c: char| c.is_ascii_digit()) && behind.is_some_and(|c| c.is_ascii_digit());
            if is_unspaced(c) {
                if length == 0 {
                    key.extend(c.to_lowercase());
                    length = c.len_utf8();
                }
                break;
            } else if c.is_ascii_alphanumeric() {
                key.push(c.to_ascii_lowercase());
            } else if c.is_alphanumeric() {
                key.extend(c.to_lowercase());
            } else if is_combining_mark(c) {
                key.push(c);
            } else if length == 0 && matches!(c, '-' | '−') {
                key.push('-');
            } else if is_apostrophe(c) && length > 0 && goes_on {
                key.push('\'');
            } else if matches!(c, '.' | ',') && digits {
                key.push(c);
            } else if let Some(end) = word_bracket(here) {
                let inner = here.get(1..end - 1).unwrap_or_default();
                let last = !here.get(end..).is_some_and(|behind| behind.starts_with(char::is_alphanumeric));
                if last {
                    stem = Some(key.len()).filter(|stem| *stem > 0);
                }
                key.extend(inner.chars().flat_map(char::to_lowercase));
                length += end;
                continue;
            } else {
                break;
            }
            length += c.len_utf8();
        }
        let length = length.max(rest.chars().next().map_or(1, char::len_utf8));
        let span = self.at..self.at + length;
        self.at = span.end;
        self.push(span, key, stem);
    }

    fn push(&mut self, span: Range<usize>, key: String, stem: Option<usize>) {
        let bracketed = span.start < self.bracket_end;
        let marks = std::mem::take(&mut self.marks);
        let gap = std::mem::take(&mut self.gap);
        self.all.push(Token { span, key, stem, bracketed, gap, marks });
    }
}

/// Bytes of `[T]` at the beginning of `here`, where these may be part of a word.
fn word_bracket(here: &str) -> Option<usize> {
    let inner = here.strip_prefix('[')?;
    let end = inner.bytes().take(IN_WORD).position(|byte| byte == b']')?;
    let inner = inner.get(..end)?;
    (end > 0 && inner.chars().all(|c| c.is_alphanumeric() && !is_unspaced(c))).then_some(end + 2)
}

/// Bytes of an ellipsis at the beginning of `text`: `…`, or three dots or more, perhaps with blanks between.
fn ellipsis(text: &str) -> usize {
    let mut dots = 0;
    let mut end = 0;
    let mut blank = false;
    for (at, c) in text.char_indices() {
        match c {
            '…' | '⋯' => dots += 3,
            '.' => dots += 1,
            ' ' | '\u{a0}' | '\u{202f}' if dots > 0 && !blank => {
                blank = true;
                continue;
            }
            _ => break,
        }
        blank = false;
        end = at + c.len_utf8();
    }
    if dots >= 3 { end } else { 0 }
}

enum Mark {
    /// Says nothing: quotation marks, blanks, emphasis.
    None,
    Dash,
    /// What is compared apart from the words.
    Point(char),
    /// Says as much as a word: `%`, `€`, `+`.
    Symbol,
}

fn mark(c: char) -> Mark {
    match c {
        '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹘' | '－' => Mark::Dash,
        '.' | '。' | '．' => Mark::Point('.'),
        ',' | '，' | '、' => Mark::Point(','),
        ';' | '；' => Mark::Point(';'),
        ':' | '：' => Mark::Point(':'),
        '!' | '！' => Mark::Point('!'),
        '?' | '？' => Mark::Point('?'),
        '(' | ')' | '/' | '¿' | '¡' | '・' | '·' | '•' => Mark::Point(c),
        '"' | '\'' | '`' | '´' | '“' | '”' | '„' | '‟' | '‘' | '’' | '‚' | '‛' | '«' | '»' | '‹' | '›' | '「'
        | '」' | '『' | '』' | '〝' | '〞' | '〟' | '＂' | '＇' | 'ʼ' | '′' | '″' | '*' | '_' | '~' | '^' | '|'
        | '\\' | '[' | ']' | '{' | '}' | '#' | '@' => Mark::None,
        c if c.is_whitespace() || c.is_control() || is_combining_mark(c) => Mark::None,
        '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' => Mark::None,
        _ => Mark::Symbol,
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '‛' | '´' | '`' | '＇')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keys with what is known about them: `<marks>key`, `(…)` for words left out before, `[key]` for an editor's.
    fn drawn(text: &str) -> String {
        let draw = |token: &Token| {
            let marks = if token.marks.is_empty() { String::new() } else { format!("<{}>", token.marks) };
            let gap = if token.gap { "(…)" } else { "" };
            let stem = token.stem.map(|stem| format!("|{stem}")).unwrap_or_default();
            let key = if token.bracketed { format!("[{}]", token.key) } else { token.key.clone() };
            format!("{gap}{marks}{key}{stem}")
        };
        tokens(text).iter().map(draw).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_are_bare_and_editors_signs_are_known() {
        let table = [
            ("“It’s OURS,” he said", "it's ours <,>he said"),
            ("co-op – or — not -- so", "co <->op <->or <->not <->so"),
            ("[T]he end", "the end"),
            ("play[ed] and [un]likely", "played|4 and unlikely"),
            ("he [the mayor] left", "he [the] [mayor] left"),
            ("a [sic] b", "a [sic] b"),
            ("a … b ... c . . . d", "a (…)<…>b (…)<…>c (…)<…>d"),
            ("a […] b [...] c (…) d", "a (…)b (…)c (…)<(…)>d"),
            ("a. b.. c", "a <.>b <..>c"),
            ("3.5 1,000 -4 5% $6 7-8", "3.5 1,000 -4 5 % $ 6 7 <->8"),
            ("東京 ok", "東 京 ok"),
            ("Ω👍é e\u{301}", "ω 👍 é e\u{301}"),
            ("[open", "open"),
            ("a ] b", "a b"),
            ("", ""),
            ("…", ""),
        ];
        for (text, expected) in table {
            assert_eq!(drawn(text), expected, "{text}");
        }
    }
}
