//! Character references that are left in text which was escaped twice.

use html5ever::data::NAMED_ENTITIES;

/// Characters that the name of a reference may have.
const LONGEST: usize = 32;

/// `text` with its character references put in place; what is none stays.
pub fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let (text, after) = reference(after).unwrap_or_else(|| ("&".to_owned(), after));
        out.push_str(&text);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// What the reference whose `&` stands before `text` means, and what follows it.
pub fn reference(text: &str) -> Option<(String, &str)> {
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let (name, after) = (text.get(..end)?, text.get(end + 1..)?);
    let Some(number) = name.strip_prefix('#') else {
        let (first, second) = NAMED_ENTITIES.get(text.get(..=end)?)?;
        let code = [*first, *second].into_iter().filter(|code| *code != 0);
        return Some((code.filter_map(char::from_u32).collect(), after));
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    Some((windows(code)?.to_string(), after))
}

/// The character that `code` stands for; 128 to 159 mean what they mean in windows-1252, as browsers have it.
fn windows(code: u32) -> Option<char> {
    match u8::try_from(code) {
        Ok(byte @ 0x80..=0x9F) => encoding_rs::WINDOWS_1252.decode(&[byte]).0.chars().next(),
        _ => char::from_u32(code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_mean_what_browsers_take_them_for() {
        for (text, expected) in [
            ("a &amp; b &#8217;s &#x201C;q&#x201d;", "a & b ’s “q”"),
            ("&nbsp;&rsquo;&hellip;", "\u{a0}’…"),
            ("&#150;&#x92;", "–’"),
            ("AT&T & R&D; &nothing; &#xD800; &#99999999;", "AT&T & R&D; &nothing; &#xD800; &#99999999;"),
            ("&", "&"),
            ("&;&#;&#x;", "&;&#;&#x;"),
        ] {
            assert_eq!(decoded(text), expected, "{text}");
        }
    }
}
