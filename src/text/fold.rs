//! Words as search sees them: case and accents folded. The index, the slow matcher and the highlights all use this.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark, is_nfc};

/// Calls `each(start, end, word)` for every word of `text`, in order: byte offsets and the folded word.
///
/// A word is a run of letters and digits; a character of a writing without blanks between words (Chinese, Japanese,
/// Korean, Thai, Lao, Burmese, Khmer) is a word of its own. Folding is compatibility decomposition, marks dropped,
/// lower case; characters of writing without blanks keep their marks, which there make another letter.
pub fn words(text: &str, mut each: impl FnMut(usize, usize, &str)) {
    let mut word = String::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        // Most words are ASCII from end to end: no character of theirs needs a look at Unicode's tables.
        let run = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let next = rest.as_bytes().get(run).copied();
        if let (Some(plain), None | Some(..=0x7F)) = (rest.get(..run), next) {
            if plain.bytes().any(|byte| byte.is_ascii_uppercase()) {
                word.clear();
                word.push_str(plain);
                word.make_ascii_lowercase();
                each(at, at + run, &word);
            } else if run > 0 {
                each(at, at + run, plain);
            }
            // The character behind is no part of a word.
            at += run + 1;
        } else {
            word.clear();
            let (skipped, length) = fold_word(rest, &mut word);
            if !word.is_empty() {
                each(at + skipped, at + skipped + length, &word);
            }
            at += skipped + length;
        }
    }
}

/// Folds the first word of `text` into `word`. Says how many bytes stand before it, and how many it has itself;
/// together they are never zero.
fn fold_word(text: &str, word: &mut String) -> (usize, usize) {
    let mut begun = None;
    for (at, c) in text.char_indices() {
        let behind = at + c.len_utf8();
        match begun {
            None if is_unspaced(c) => {
                word.extend(std::iter::once(c).nfkc().filter(|c| !is_combining_mark(*c)));
                return (at, behind - at);
            }
            None if c.is_alphanumeric() => begun = Some(at),
            // Back to the quick way, unless a word begins right here.
            None if text.as_bytes().get(behind).is_none_or(u8::is_ascii) => return (behind, 0),
            None => continue,
            Some(start) if is_unspaced(c) || !(c.is_alphanumeric() || is_combining_mark(c)) => {
                return (start, at - start);
            }
            Some(_) => {}
        }
        push_folded(word, c);
    }
    match begun {
        Some(start) => (start, text.len() - start),
        None => (text.len(), 0),
    }
}

/// The folded words of `text`, in order.
#[must_use]
pub fn folded_words(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    words(text, |_, _, word| all.push(word.to_owned()));
    all
}

/// A word of a text as it is written: composed, nothing else.
#[must_use]
pub fn written(word: &str) -> Cow<'_, str> {
    if is_nfc(word) { Cow::Borrowed(word) } else { Cow::Owned(word.nfc().collect()) }
}

/// Whether every word of `text` stands there in the very bytes that `written` makes of it.
#[must_use]
pub fn is_composed(text: &str) -> bool {
    text.is_ascii() || is_nfc(text)
}

/// The same words as `folded_words`, as they are written.
#[must_use]
pub fn written_words(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    words(text, |start, end, _| all.push(written(text.get(start..end).unwrap_or_default()).into_owned()));
    all
}

/// Whether folding leaves the words of `text` as they are written: no capital letter, no accent. The last letter of a Greek
/// word is another one there and no sign of either.
#[must_use]
pub fn is_plain(text: &str) -> bool {
    let mut plain = true;
    words(text, |start, end, folded| {
        let own = written(text.get(start..end).unwrap_or_default());
        plain &= own.chars().map(|c| if c == 'ς' { 'σ' } else { c }).eq(folded.chars());
    });
    plain
}

fn push_folded(word: &mut String, c: char) {
    if c.is_ascii() {
        word.push(c.to_ascii_lowercase());
        return;
    }
    // Lower case may bring a mark of its own (İ), and a decomposition brackets and blanks (⑴).
    let folded = std::iter::once(c)
        .nfkd()
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric() && !is_combining_mark(*c));
    for c in folded {
        match c {
            'ß' => word.push_str("ss"),
            'æ' => word.push_str("ae"),
            'œ' => word.push_str("oe"),
            'þ' => word.push_str("th"),
            'ø' => word.push('o'),
            'đ' | 'ð' => word.push('d'),
            'ħ' => word.push('h'),
            'ł' => word.push('l'),
            'ı' => word.push('i'),
            'ς' => word.push('σ'),
            c => word.push(c),
        }
    }
}

/// A character of a writing that sets no blanks between words, or of Hangul, so that parts of a compound are found.
pub(super) fn is_unspaced(c: char) -> bool {
    match u32::from(c) {
        // All of them are letters, which Unicode’s tables need not be asked for the most of Chinese.
        0x4E00..=0x9FFF => true,
        0x0E00..=0x0EFF
        | 0x1000..=0x109F
        | 0x1780..=0x17FF
        | 0x3040..=0x30FF
        | 0x31F0..=0x31FF
        | 0x3400..=0x4DBF
        | 0xAC00..=0xD7AF
        | 0xF900..=0xFAFF
        | 0xFF66..=0xFF9F
        | 0x20000..=0x3FFFF => c.is_alphanumeric(),
        _ => false,
    }
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a range that does not fit fails the test")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut(text: &str) -> Vec<(String, String)> {
        let mut all = Vec::new();
        words(text, |start, end, word| all.push((text[start..end].to_owned(), word.to_owned())));
        all
    }

    /// The same words, found character by character.
    fn slow(text: &str) -> Vec<(String, String)> {
        let mut all: Vec<(String, String)> = Vec::new();
        let mut goes_on = false;
        for c in text.chars() {
            let unspaced = is_unspaced(c);
            let in_word = c.is_alphanumeric() || (goes_on && is_combining_mark(c));
            if in_word && (unspaced || !goes_on) {
                all.push((String::new(), String::new()));
            }
            if in_word && let Some((own, folded)) = all.last_mut() {
                own.push(c);
                if unspaced {
                    folded.extend(std::iter::once(c).nfkc().filter(|c| !is_combining_mark(*c)));
                } else {
                    push_folded(folded, c);
                }
            }
            goes_on = in_word && !unspaced;
        }
        all.retain(|(_, folded)| !folded.is_empty());
        all
    }

    #[test]
    fn all_of_the_most_common_chinese_characters_are_letters() {
        assert!(('\u{4E00}'..='\u{9FFF}').all(|c| c.is_alphanumeric() && is_unspaced(c)));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

        #[test]
        fn the_quick_way_finds_what_the_slow_one_does(text in "([a-zA-Z0-9 .,’é\u{301}ßİ東ガｶﾞ한ท⑴½]|\\PC){0,60}") {
            prop_assert_eq!(cut(&text), slow(&text));
        }
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
            ("MiXed caseÉ", &[("MiXed", "mixed"), ("caseÉ", "casee")]),
            ("“quoted”—word’s", &[("quoted", "quoted"), ("word", "word"), ("s", "s")]),
            ("x\u{301}y é", &[("x\u{301}y", "xy"), ("é", "e")]),
            ("\u{301}a", &[("a", "a")]),
            ("カガ・ｶ", &[("カ", "カ"), ("ガ", "ガ"), ("ｶ", "カ")]),
            ("한국어v2", &[("한", "한"), ("국", "국"), ("어", "어"), ("v2", "v2")]),
            ("a東b", &[("a", "a"), ("東", "東"), ("b", "b")]),
            ("⑴ x²", &[("⑴", "1"), ("x²", "x2")]),
            ("ไทย", &[("ไ", "ไ"), ("ท", "ท"), ("ย", "ย")]),
            ("— … “”", &[]),
            ("", &[]),
        ];
        for (text, expected) in table {
            let found = cut(text);
            let found: Vec<_> = found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
            assert_eq!(found, *expected, "{text}");
        }
    }

    #[test]
    fn words_as_written_are_composed_and_a_capital_or_accent_is_no_plain_word() {
        assert_eq!(written_words("Le Cafe\u{301}, 東京’s"), ["Le", "Café", "東", "京", "s"]);
        for (text, plain) in [
            ("rail strike’s 3", true),
            ("λογος 東京", true),
            ("", true),
            ("Rail", false),
            ("café", false),
            ("cafe\u{301}", false),
            ("straße", false),
        ] {
            assert_eq!(is_plain(text), plain, "{text}");
        }
    }
}
