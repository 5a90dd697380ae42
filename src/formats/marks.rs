//! Characters that sit on the one before them: at the edge of an inline nothing holds them together with it.

use unicode_normalization::char::is_combining_mark;

/// Whether `c` joins the character before it, or hides behind it.
pub fn joins_what_is_before(c: char) -> bool {
    is_combining_mark(c)
        || matches!(c,
            '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{2065}' | '\u{FE00}'..='\u{FE0F}' | '\u{180B}'..='\u{180F}'
            // Vowels and final consonants of Hangul, which compose with what they follow; fillers.
            | '\u{1160}'..='\u{11FF}' | '\u{115F}' | '\u{3164}' | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFF8}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
            | '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0080}'..='\u{E0FFF}')
}
