//! Plain text cut into paragraphs: by blank lines; what was wrapped at a width or broken by accident is put together, and
//! runs of blanks are one, except where lines stand below each other.

/// Widths, in characters, of text that was wrapped by a program: its longest line is no wider than this …
const WRAPPED_AT_MOST: usize = 100;
/// … and no narrower than this, or it is verse or a list.
const WRAPPED_AT_LEAST: usize = 50;

/// The paragraphs of clean `text`, in order, none empty. A line break inside one was meant.
pub fn paragraphs(text: &str) -> Vec<String> {
    let longest = text.lines().map(|line| line.trim().chars().count()).max().unwrap_or(0);
    let wrapped = (WRAPPED_AT_LEAST..=WRAPPED_AT_MOST).contains(&longest);
    // Long lines and no blank one: every line is a paragraph.
    let line_by_line = longest > WRAPPED_AT_MOST && !text.trim().lines().any(|line| line.trim().is_empty());

    let mut found: Vec<String> = Vec::new();
    let mut apart = true;
    let mut last_line = 0;
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() {
            apart = true;
            continue;
        }
        let width = line.chars().count();
        match found.last_mut() {
            Some(paragraph) if apart => {
                if is_broken(paragraph, line) {
                    paragraph.push(' ');
                    paragraph.push_str(line);
                } else {
                    found.push(line.to_owned());
                }
            }
            Some(paragraph) => {
                let word = line.split(' ').next().unwrap_or_default().chars().count();
                let soft = wrapped && last_line + 1 + word > longest;
                paragraph.push(if soft { ' ' } else { '\n' });
                paragraph.push_str(line);
            }
            None => found.push(line.to_owned()),
        }
        last_line = width;
        // Where nothing was wrapped, a line that long and ended is a paragraph, blank lines elsewhere or not.
        apart = line_by_line || longest > WRAPPED_AT_MOST && width >= WRAPPED_AT_LEAST && is_ended(line);
    }
    let may_have_runs = |text: &str| text.contains("  ") || text.contains('\u{a0}');
    for paragraph in found.iter_mut().filter(|paragraph| may_have_runs(paragraph) && !paragraph.contains('\n')) {
        // In lines below each other they may set columns.
        *paragraph = with_single_blanks(paragraph);
    }
    found
}

/// `text` with one blank for each run of them, those that do not break among them.
fn with_single_blanks(text: &str) -> String {
    let is_blank = |c: char| matches!(c, ' ' | '\u{a0}');
    let mut single = String::with_capacity(text.len());
    for c in text.chars() {
        if is_blank(c) && single.ends_with(is_blank) {
            single.pop();
            single.push(' ');
        } else {
            single.push(c);
        }
    }
    single
}

/// Whether a paragraph and the beginning of the next are one that was broken by accident: the first has no end mark,
/// the second begins in lower case.
fn is_broken(paragraph: &str, next: &str) -> bool {
    !is_ended(paragraph) && next.chars().next().is_some_and(char::is_lowercase)
}

/// Whether a text ends in an end mark, perhaps with marks of quotation or brackets behind it.
fn is_ended(text: &str) -> bool {
    let closing = |c: char| {
        matches!(c, '"' | '\'' | '”' | '’' | '»' | '«' | '“' | '‘' | ')' | ']' | '›' | '‹' | '」' | '』' | '*' | '_')
    };
    let inside = text.trim_end_matches(|c: char| closing(c) || c.is_whitespace());
    inside.ends_with(['.', '!', '?', '…', ':', ';', '。', '！', '？', '：', '；', '؟', '۔', '।', '|'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_cut_wrapped_and_mended() {
        let table: &[(&str, &[&str])] = &[
            ("One.\n\nTwo.\n \t\n\n\nThree.\n", &["One.", "Two.", "Three."]),
            // Broken by accident.
            ("It goes on across\n\nnearly every dock.", &["It goes on across nearly every dock."]),
            ("“We will,”\n\nsaid Arrel.", &["“We will,” said Arrel."]),
            ("It ends.\n\nnot a sentence", &["It ends.", "not a sentence"]),
            ("“It ends.”\n\niPods", &["“It ends.”", "iPods"]),
            ("To bring:\n\nbread", &["To bring:", "bread"]),
            ("A heading\n\nThe text.", &["A heading", "The text."]),
            // A list and a verse keep their lines.
            ("bread\nmilk\ntea", &["bread\nmilk\ntea"]),
            ("  Indented.\n\n  Too.", &["Indented.", "Too."]),
            // What was taken out of a sentence leaves blanks behind; columns are meant.
            ("Home to   the board.\n\nTwo  weeks.", &["Home to the board.", "Two weeks."]),
            ("It ends.\u{a0} It goes on for 3\u{a0}km.", &["It ends. It goes on for 3\u{a0}km."]),
            ("tea    2\nbread  3", &["tea    2\nbread  3"]),
            ("", &[]),
            ("\n\n", &[]),
        ];
        for (text, expected) in table {
            assert_eq!(paragraphs(text), *expected, "{text:?}");
        }
    }

    #[test]
    fn wrapped_lines_flow_again_and_short_ones_stay() {
        let text = "The harbour board met on Monday to talk about the price of fish\n\
                    and about the state of the quay, which nobody had looked at for\n\
                    years.\n\
                    Signed\n\
                    The board";
        assert_eq!(
            paragraphs(text),
            ["The harbour board met on Monday to talk about the price of fish and about the state of the quay, which \
              nobody had looked at for years.\nSigned\nThe board"]
        );
    }

    #[test]
    fn long_lines_without_blank_ones_are_paragraphs() {
        let line = format!("{}.", "Word ".repeat(30).trim_end());
        assert_eq!(paragraphs(&format!("{line}\n{line}\nShort.")), [line.as_str(), line.as_str(), "Short."]);
        assert_eq!(paragraphs(&format!("{line}\n{line}\n\nShort.")), [line.as_str(), line.as_str(), "Short."]);
        // A line break inside a paragraph was meant where the line is short, or not at its end.
        let open = line.trim_end_matches('.');
        for meant in [format!("{line}\n\nOne.\nTwo."), format!("Head.\n\n{open}\n{line}")] {
            assert_eq!(paragraphs(&meant).len(), 2, "{meant}");
        }
    }
}
