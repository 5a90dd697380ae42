//! Untrusted text made safe, by character: nothing that `clean` lets through can command a terminal.

/// `text` as it may be stored and shown.
#[must_use]
pub fn clean(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || *c == '\n').collect()
}

/// `text` cleaned, as one line.
#[must_use]
pub fn clean_line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}
