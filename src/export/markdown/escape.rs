//! Text in which Markdown finds no signs.

/// Where text stands, as far as it matters for what is a sign there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::export) enum Place {
    Paragraph,
    /// On one line, where `#` and `{` may end it.
    Heading,
    /// In a cell of a table, on one line.
    Cell,
}

/// `text` at the beginning of a block.
pub(in crate::export) fn escape(text: &str, place: Place) -> String {
    let mut out = String::new();
    push_escaped(text, place, &mut out);
    out
}

/// Adds `text` to a block that begins with `out`. A line feed becomes a line break.
pub(super) fn push_escaped(text: &str, place: Place, out: &mut String) {
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let behind = rest.get(c.len_utf8()..).unwrap_or_default();
        let line_start = out.is_empty() || out.ends_with('\n');
        if c == '\n' {
            out.push_str(if place == Place::Paragraph { "\\\n" } else { "<br>" });
        } else if line_start && c.is_ascii_digit() {
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let (number, after) = rest.split_at(digits);
            out.push_str(number);
            // Else it would be the item of a list.
            if after.starts_with(['.', ')']) {
                out.push('\\');
            }
            rest = after;
            if let Some(mark) = after.chars().next().filter(|c| matches!(c, '.' | ')')) {
                out.push(mark);
                rest = after.get(1..).unwrap_or_default();
            }
            continue;
        } else if !(line_start && c == ' ') {
            // Blanks that begin a line would make code of it, and would be lost anyway.
            if is_sign(c, behind, place, line_start, out) {
                out.push('\\');
            }
            out.push(c);
        }
        rest = behind;
    }
}

fn is_sign(c: char, behind: &str, place: Place, line_start: bool, out: &str) -> bool {
    match c {
        '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '~' | '|' => true,
        '#' => line_start || place == Place::Heading,
        '{' | '}' => place == Place::Heading,
        '>' | '+' | '-' | '=' => line_start,
        // Behind the sign of a footnote it would make its text of the line.
        ':' => out.ends_with(']'),
        '&' => {
            let name = behind.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
            name.starts_with(';') && name.len() < behind.len()
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_escaped_where_they_are_signs() {
        let table = [
            ("a * b_c [d] <e>", Place::Paragraph, r"a \* b\_c \[d\] \<e>"),
            ("# a # b", Place::Paragraph, r"\# a # b"),
            ("a # {b}", Place::Heading, r"a \# \{b\}"),
            ("2017. A year\n12) x", Place::Paragraph, "2017\\. A year\\\n12\\) x"),
            ("in 2017. A", Place::Paragraph, "in 2017. A"),
            ("- a\n+ b\n> c\n=== -", Place::Paragraph, "\\- a\\\n\\+ b\\\n\\> c\\\n\\=== -"),
            ("AT&T &amp; &#7; & b;", Place::Paragraph, r"AT&T \&amp; \&#7; & b;"),
            ("a | b\nc", Place::Cell, r"a \| b<br>c"),
            ("    x", Place::Paragraph, "x"),
            (r"a\b", Place::Paragraph, r"a\\b"),
        ];
        for (text, place, expected) in table {
            assert_eq!(escape(text, place), expected, "{text}");
        }
    }
}
