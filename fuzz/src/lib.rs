//! What is fuzzed: one function for each door through which foreign bytes come. Each takes any bytes at all and panics
//! where a promise of the program is broken. The targets of libFuzzer and the test over the seeds both call these.

use pullquote::{quotes, text::clean::clean as cleaned};

/// Every target by name; the files in `fuzz_targets/` are called the same.
pub const TARGETS: &[(&str, fn(&[u8]))] = &[("clean", clean), ("quotes", quotes)];

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Cleaning leaves nothing that could command a terminal, and nothing more to clean.
pub fn clean(bytes: &[u8]) {
    let once = cleaned(&text(bytes));
    assert!(!once.chars().any(|c| c.is_control() && c != '\n'));
    assert_eq!(cleaned(&once), once);
}

/// Quotations lie in the text, in order, apart from each other.
pub fn quotes(bytes: &[u8]) {
    let text = text(bytes);
    let found = quotes::detect(&text, None);
    assert!(found.iter().all(|quote| text.get(quote.span.start as usize..quote.span.end as usize).is_some()));
    assert!(found.is_sorted_by(|a, b| a.span.end <= b.span.start));
}
