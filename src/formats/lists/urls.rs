//! newsboat's list of feeds: an address on each line, tags behind it.

use super::{Outline, Subscription, said};

/// Reads the feeds of the list. Feeds that are made of others by a query, or by a command, are refused by name.
#[must_use]
pub fn read(text: &str) -> Outline {
    let mut outline = Outline::default();
    let lines = (1..).zip(text.lines().map(str::trim));
    for (number, line) in lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        let mut words = words(line).into_iter();
        let Some(url) = words.next() else { continue };
        let mut feed = Subscription::default();
        for word in words {
            // `~Name` is a title, `!` hides the feed.
            match word.strip_prefix('~') {
                Some(title) => feed.title = said(title),
                None => feed.tags.extend(said(&word).filter(|tag| tag != "!" && !feed.tags.contains(tag))),
            }
        }
        outline.take(&url, Some(number), feed);
    }
    outline
}

/// The words of a line; quotation marks hold several together.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quoted = false;
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => quoted = !quoted,
            '\\' if quoted => word.extend(chars.next()),
            c if c.is_whitespace() && !quoted => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
            c => word.push(c),
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}
