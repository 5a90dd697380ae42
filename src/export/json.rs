//! JSON that is safe to show: what could command a terminal or turn its text around is written as an escape, so that
//! nothing is lost and nothing gets through.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

use crate::text::clean::is_unsafe;

/// `value` as JSON in one line. An error where the value has no form in JSON, such as a map whose keys are no strings.
pub fn to_string(value: &impl Serialize) -> serde_json::Result<String> {
    let mut bytes = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut bytes, Safe))?;
    // What is written is made of `str` and ASCII alone.
    Ok(String::from_utf8(bytes).unwrap_or_default())
}

/// Escapes what `serde_json` lets through: it escapes the controls of ASCII only, and not all of them.
struct Safe;

impl Formatter for Safe {
    fn write_string_fragment<W: Write + ?Sized>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| is_unsafe(*c) || is_separator(*c)) {
            let (before, behind) = rest.split_at(at);
            CompactFormatter.write_string_fragment(writer, before)?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = behind.get(c.len_utf8()..).unwrap_or_default();
        }
        CompactFormatter.write_string_fragment(writer, rest)
    }
}

/// Line and paragraph separators: JSON allows them, but some readers end a line there.
fn is_separator(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn what_could_do_harm_is_escaped() {
        let table = [
            ("plain “text” 東京", r#""plain “text” 東京""#),
            ("a\n\"b\"\t\\", r#""a\n\"b\"\t\\""#),
            ("\u{1b}[31m", r#""\u001b[31m""#),
            ("\u{7f}\u{9b}", r#""\u007f\u009b""#),
            ("a\u{202e}b\u{2066}", r#""a\u202eb\u2066""#),
            ("\u{2028}\u{feff}", r#""\u2028\ufeff""#),
            ("\u{e0041}x", r#""\udb40\udc41x""#),
        ];
        for (text, expected) in table {
            assert_eq!(to_string(&text).unwrap(), expected, "{text:?}");
        }
        let value = json!({"key\u{9b}": ["\u{202e}", 1, null, true, 0.5]});
        assert_eq!(to_string(&value).unwrap(), r#"{"key\u009b":["\u202e",1,null,true,0.5]}"#);
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in any::<String>()) {
            let json = to_string(&text).unwrap();
            prop_assert!(!json.chars().any(is_unsafe));
            prop_assert_eq!(serde_json::from_str::<Value>(&json).unwrap(), Value::from(text));
        }
    }
}
