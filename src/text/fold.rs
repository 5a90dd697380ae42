//! Words as search sees them: case and accents folded. The index, the slow matcher and the highlights all use this.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Calls `each(start, end, word)` for every word of `text`, in order: byte offsets and the folded word.
///
/// A word is a run of letters and digits; a character of Chinese, Japanese or Korean writing without blanks is a
/// word of its own. Folding is compatibility decomposition, marks dropped, lower case.
pub fn words(text: &str, mut each: impl FnMut(usize, usize, &str)) {
    let mut word = String::new();
    let mut begun = None;
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                begun.get_or_insert(at);
                word.push(c.to_ascii_lowercase());
                end = at + 1;
                continue;
            }
        } else if is_unspaced(c) {
            flush(&mut word, &mut begun, end, &mut each);
            begun = Some(at);
            push_folded(&mut word, c);
            flush(&mut word, &mut begun, at + c.len_utf8(), &mut each);
            continue;
        } else if c.is_alphanumeric() || (is_combining_mark(c) && begun.is_some()) {
            begun.get_or_insert(at);
            push_folded(&mut word, c);
            end = at + c.len_utf8();
            continue;
        }
        flush(&mut word, &mut begun, end, &mut each);
    }
    flush(&mut word, &mut begun, end, &mut each);
}

/// The folded words of `text`, in order.
#[must_use]
pub fn folded_words(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    words(text, |_, _, word| all.push(word.to_owned()));
    all
}

fn flush(word: &mut String, begun: &mut Option<usize>, end: usize, each: &mut impl FnMut(usize, usize, &str)) {
    if let Some(start) = begun.take()
        && !word.is_empty()
    {
        each(start, end, word);
    }
    word.clear();
}

fn push_folded(word: &mut String, c: char) {
    let plain = std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    // Lower case may bring a mark of its own (İ), and some letters have no decomposition.
    for c in plain.filter(|c| !is_combining_mark(*c)) {
        match c {
            'ß' => word.push_str("ss"),
            'æ' => word.push_str("ae"),
            'œ' => word.push_str("oe"),
            'ø' => word.push('o'),
            'đ' | 'ð' => word.push('d'),
            'ł' => word.push('l'),
            'ı' => word.push('i'),
            'ς' => word.push('σ'),
            c => word.push(c),
        }
    }
}

/// Writing that sets no blanks between words: kana, ideographs, and Hangul so that parts of a compound are found.
fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c),
        0x3040..=0x30FF | 0x31F0..=0x31FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xAC00..=0xD7AF
        | 0xF900..=0xFAFF | 0xFF66..=0xFF9F | 0x20000..=0x3FFFF)
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a range that does not fit fails the test")]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(String, String)> {
        let mut all = Vec::new();
        words(text, |start, end, word| all.push((text[start..end].to_owned(), word.to_owned())));
        all
    }

    #[test]
    fn words_are_folded_and_keep_their_place() {
        let table: &[(&str, &[(&str, &str)])] = &[
            ("Rail strike!", &[("Rail", "rail"), ("strike", "strike")]),
            ("Zürich’s Straße", &[("Zürich", "zurich"), ("s", "s"), ("Straße", "strasse")]),
            ("e\u{301}tat", &[("e\u{301}tat", "etat")]),
            ("東京 2020", &[("東", "東"), ("京", "京"), ("2020", "2020")]),
            ("İstanbul ŁÓDŹ", &[("İstanbul", "istanbul"), ("ŁÓDŹ", "lodz")]),
            ("ﬁsh", &[("ﬁsh", "fish")]),
            ("— … “”", &[]),
            ("", &[]),
        ];
        for (text, expected) in table {
            let found = cut(text);
            let found: Vec<_> = found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
            assert_eq!(found, *expected, "{text}");
        }
    }
}
