//! Untrusted text made safe, by character: nothing that `clean` lets through can command a terminal, turn the
//! direction of a line around or hide text. Escape sequences are never looked for; their characters are dropped.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, char::is_combining_mark, is_nfc_quick};

/// Zero-width characters that may follow each other on one base: the limit of Unicode's stream-safe text (UAX 15).
const MARKS_ON_A_BASE: usize = 30;

/// Tab stops, in characters from the beginning of the line: what Markdown means by a tab.
const TAB_STOP: usize = 4;

/// `text` as it may be stored and shown: NFC, with line feeds as the only control character.
///
/// Carriage returns, form feeds and Unicode's line and paragraph separators become line feeds, tabs blanks up to the
/// next tab stop. Other control characters, bidi controls, tag characters, byte order marks, annotation anchors and
/// soft hyphens (no row is broken at one, and search would see two words) are dropped, and so is what exceeds 30
/// zero-width characters in a row. Cleaning what is clean changes nothing.
#[must_use]
pub fn clean(text: &str) -> String {
    shown(text).into_owned()
}

/// `text` cleaned, as one line: white space folded into single blanks, no-break spaces kept.
#[must_use]
pub fn clean_line(text: &str) -> String {
    let text = shown(text);
    let mut line = String::with_capacity(text.len());
    for word in text.trim().split(|c: char| c.is_whitespace() && !is_no_break(c)).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Whether nothing is left of `text` as a clean line.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_unsafe(c))
}

/// `text` as it may be written to a terminal, a file or a log: the same as `clean`, and free where it is clean.
#[must_use]
pub fn shown(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let safe = drop_unsafe(text);
    let composed = match is_nfc_quick(safe.chars()) {
        IsNormalized::Yes => safe,
        IsNormalized::No | IsNormalized::Maybe => safe.nfc().collect(),
    };
    // After composing, so that cleaning again counts the same characters.
    Cow::Owned(cap_marks(composed))
}

/// Whether every character is one that needs no second look: a line feed, or printable, a cluster of one or two cells
/// by itself, and the same in NFC, whichever of these stands beside it. Text in most languages is plain; the rest takes
/// the slow way and comes out right as well.
pub(super) fn is_plain(text: &str) -> bool {
    let mut rest = text.as_bytes();
    loop {
        // A block at a time without a branch for each byte, which the compiler makes into vector instructions.
        while let Some((block, after)) = rest.split_first_chunk::<16>() {
            if !block.iter().fold(true, |plain, byte| plain & is_plain_ascii(*byte)) {
                break;
            }
            rest = after;
        }
        let ascii = rest.iter().take_while(|byte| is_plain_ascii(**byte)).count();
        rest = rest.get(ascii..).unwrap_or_default();
        let code = match *rest {
            [] => return true,
            [a @ 0xC2..=0xDF, b, ..] => u32::from(a & 0x1F) << 6 | u32::from(b & 0x3F),
            [a @ 0xE0..=0xEF, b, c, ..] => u32::from(a & 0x0F) << 12 | u32::from(b & 0x3F) << 6 | u32::from(c & 0x3F),
            _ => return false,
        };
        if !is_plain_beyond_ascii(code) {
            return false;
        }
        rest = rest.get(if code < 0x800 { 2 } else { 3 }..).unwrap_or_default();
    }
}

fn is_plain_ascii(byte: u8) -> bool {
    byte == b'\n' || (b' '..=b'~').contains(&byte)
}

/// Code points that NFC leaves alone next to any other of these, neither marks nor zero-width nor controls.
fn is_plain_beyond_ascii(code: u32) -> bool {
    matches!(code,
        // Latin; Greek; Cyrillic.
        0x00A0..=0x00AC | 0x00AE..=0x02FF | 0x0388..=0x03CE | 0x0400..=0x0482
        // Dashes, quotation marks, ellipses; the euro and its like; numero, trade mark.
        | 0x2010..=0x2027 | 0x2030..=0x205E | 0x20A0..=0x20BF | 0x2116 | 0x2122
        // Arrows to dingbats but for variation.
        | 0x2190..=0x2328 | 0x2500..=0x2767
        // Chinese, Japanese, Korean.
        | 0x3001..=0x3029 | 0x3041..=0x3096 | 0x30A1..=0x30FF | 0x4E00..=0x9FFF | 0xAC00..=0xD7A3
        | 0xFF01..=0xFF9D)
}

/// Lines and tabs made plain, and every character dropped that commands, hides or turns text around.
fn drop_unsafe(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut column = 0;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                safe.push('\n');
                column = 0;
            }
            '\t' => {
                let blanks = TAB_STOP - column % TAB_STOP;
                safe.extend(std::iter::repeat_n(' ', blanks));
                column += blanks;
            }
            c if is_unsafe(c) => {}
            c => {
                safe.push(c);
                column += 1;
            }
        }
    }
    safe
}

/// Whether `c` has no place in clean text; line feeds are control characters too.
#[must_use]
pub fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}'                                 // soft hyphen
            | '\u{61C}' | '\u{200E}' | '\u{200F}'    // marks of direction
            | '\u{202A}'..='\u{202E}'                // embeddings and overrides
            | '\u{2066}'..='\u{206F}'                // isolates and the deprecated controls
            | '\u{FEFF}'                             // byte order mark
            | '\u{FFF9}'..='\u{FFFB}'                // annotation anchors
            | '\u{FFFE}' | '\u{FFFF}'                // no characters at all
            | '\u{E0000}'..='\u{E007F}') // tags
}

/// `text` without what exceeds the limit of zero-width characters in a row.
fn cap_marks(mut text: String) -> String {
    let mut run = 0;
    text.retain(|c| {
        run = if is_zero_width(c) { run + 1 } else { 0 };
        run <= MARKS_ON_A_BASE
    });
    text
}

fn is_zero_width(c: char) -> bool {
    is_combining_mark(c)
        || matches!(c,
            '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{2065}' | '\u{FE00}'..='\u{FE0F}'
            | '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFF8}' | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{1D173}'..='\u{1D17A}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0080}'..='\u{E0FFF}')
}

fn is_no_break(c: char) -> bool {
    matches!(c, '\u{A0}' | '\u{2007}' | '\u{202F}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_commands_hides_or_turns_is_gone_and_the_rest_stays() {
        let table = [
            ("Plain text.\nTwo lines.", "Plain text.\nTwo lines."),
            ("“Quoted” – naïve, 東京, Ελλάδα", "“Quoted” – naïve, 東京, Ελλάδα"),
            ("\u{1B}[31mred\u{1B}]0;title\u{7}", "[31mred]0;title"),
            ("a\u{9B}31m\u{7F}\u{0}b", "a31mb"),
            ("one\r\ntwo\rthree\u{2028}four\u{2029}five\u{85}six\u{C}seven", "one\ntwo\nthree\nfour\nfive\nsix\nseven"),
            ("a\tb\n\tc\nabcd\te", "a   b\n    c\nabcd    e"),
            ("user\u{202E}gpj.exe\u{202C}\u{2066}\u{200F}", "usergpj.exe"),
            ("\u{FEFF}tag\u{E0041}\u{E007F}ged", "tagged"),
            ("co\u{AD}operation", "cooperation"),
            ("e\u{301}tat, n\u{303}", "état, ñ"),
            ("👩\u{200D}👩\u{200D}👧 ❤\u{FE0F}", "👩\u{200D}👩\u{200D}👧 ❤\u{FE0F}"),
            ("", ""),
        ];
        for (text, expected) in table {
            assert_eq!(clean(text), expected, "{text:?}");
        }
    }

    #[test]
    fn zero_width_characters_are_capped_on_each_base() {
        let zalgo = format!("a{}b{}", "\u{335}".repeat(500), "\u{200B}".repeat(31));
        assert_eq!(clean(&zalgo), format!("a{}b{}", "\u{335}".repeat(30), "\u{200B}".repeat(30)));
    }

    #[test]
    fn a_line_is_one_line_and_keeps_its_no_break_spaces() {
        let table = [
            (" Two\n\n lines\t here ", "Two lines here"),
            ("20\u{A0}km  away", "20\u{A0}km away"),
            ("\u{A0}\u{2003}x\u{3000}y", "x y"),
            ("\n \t", ""),
        ];
        for (text, expected) in table {
            assert_eq!(clean_line(text), expected, "{text:?}");
        }
    }

    #[test]
    fn plain_text_is_not_copied() {
        assert!(matches!(shown("“It is a beginning,” she said – für 20 €.\nÀ bientôt."), Cow::Borrowed(_)));
        assert!(matches!(shown("bell\u{7}"), Cow::Owned(_)));
    }

    #[test]
    fn what_is_blank_leaves_no_line() {
        for (text, blank) in
            [("", true), (" \t\r\n\u{a0}\u{feff}\u{1b}", true), ("\u{301}", false), (" \u{200b}", false)]
        {
            assert_eq!((is_blank(text), clean_line(text).is_empty()), (blank, blank), "{text:?}");
        }
    }

    #[test]
    fn every_plain_character_is_clean_alone_and_before_any_mark() {
        for c in ('\0'..=char::MAX).filter(|c| is_plain(&c.to_string())) {
            let text = c.to_string();
            assert!(!is_unsafe(c) || c == '\n', "{c:?}");
            assert!(!is_zero_width(c), "{c:?}");
            assert_eq!(is_nfc_quick(text.chars()), IsNormalized::Yes, "{c:?}");
        }
    }

    fn wild() -> impl Strategy<Value = String> {
        prop::collection::vec(
            prop_oneof![
                any::<char>(),
                prop::char::range('\0', '\u{2FF}'),
                prop::char::range('\u{300}', '\u{36F}'),
                prop::char::range('\u{1100}', '\u{11FF}'),
                prop::char::range('\u{2000}', '\u{206F}'),
                prop::char::range('\u{E0000}', '\u{E01FF}'),
            ],
            0..80,
        )
        .prop_map(String::from_iter)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

        #[test]
        fn clean_text_is_safe_and_stays_as_it_is(text in wild(), again in 1..40usize) {
            let once = clean(&text.repeat(again));
            prop_assert!(once.chars().all(|c| c == '\n' || !is_unsafe(c)));
            prop_assert_eq!(&clean(&once), &once);
            let line = clean_line(&text);
            prop_assert!(!line.contains(['\n', '\t']) && !line.contains("  "));
            prop_assert_eq!(&clean_line(&line), &line);
            prop_assert_eq!(is_blank(&text), line.is_empty());
        }
    }
}
