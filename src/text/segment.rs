//! Text as a terminal sees it: clusters (what a reader takes for one character) and the cells they fill.
//! Counts cells exactly as ratatui draws them, cluster by cluster, so that sums over a row hold on the screen.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// An extended grapheme cluster (UAX 29) and its place in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cluster<'a> {
    /// The byte it begins at.
    pub at: usize,
    pub text: &'a str,
    /// Cells it fills when drawn; none for lone marks, and more than two for a few clusters of rare scripts.
    pub cells: usize,
}

impl Cluster<'_> {
    /// The byte behind it.
    #[must_use]
    pub fn end(&self) -> usize {
        self.at + self.text.len()
    }

    /// Whether it is white space and nothing else.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self.text.as_bytes() {
            [byte] => matches!(byte, b' ' | b'\t'..=b'\r'),
            _ => self.text.chars().all(char::is_whitespace),
        }
    }
}

/// The clusters of `text`, in order and without gaps.
pub fn clusters(text: &str) -> impl Iterator<Item = Cluster<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let cluster = match rest.as_bytes() {
            [] => return None,
            // Most text: nothing joins two ASCII characters but a carriage return and its line feed.
            [b' '..=b'~', next, ..] if next.is_ascii() => rest.get(..1)?,
            [_] => rest,
            // A cluster never reaches back over its own beginning, so looking at the rest alone finds its end.
            _ => rest.graphemes(true).next()?,
        };
        let cluster = Cluster { at, text: cluster, cells: cluster_cells(cluster) };
        at = cluster.end();
        Some(cluster)
    })
}

/// Cells that `text`, one line, fills when drawn.
#[must_use]
pub fn cells(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { clusters(text).map(|cluster| cluster.cells).sum() }
}

/// `text`, one line, cut to `limit` cells with a `…` in the last one where it was longer.
#[must_use]
pub fn shorten(text: &str, limit: usize) -> Cow<'_, str> {
    shorten_with(text, limit, "…")
}

/// `text` cut to `limit` cells, ending in `mark` where it was longer and the mark fits.
pub(super) fn shorten_with<'a>(text: &'a str, limit: usize, mark: &str) -> Cow<'a, str> {
    // Counting stops at the limit: a title may be a megabyte long.
    let room = limit.saturating_sub(cells(mark));
    let (mut used, mut kept) = (0, 0);
    for cluster in clusters(text) {
        used += cluster.cells;
        if used > limit {
            let kept = text.get(..kept).unwrap_or_default().trim_end();
            let mark = if cells(mark) <= limit { mark } else { "" };
            return Cow::Owned(format!("{kept}{mark}"));
        }
        if used <= room {
            kept = cluster.end();
        }
    }
    Cow::Borrowed(text)
}

/// The last character boundary of `text` at or before byte `at`.
pub(super) fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Cells of one cluster, as ratatui 0.30 counts them: `unicode-width` over the cluster, and one for each halfwidth
/// sound mark, which is one too many, but a row that ratatui takes for longer than it is would lose its end.
fn cluster_cells(cluster: &str) -> usize {
    if cluster.len() == 1 {
        return 1;
    }
    cluster.width() + cluster.chars().filter(|c| matches!(c, '\u{FF9E}' | '\u{FF9F}')).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clusters_are_what_a_reader_takes_for_a_character() {
        let table: &[(&str, &[(&str, usize)])] = &[
            ("ab", &[("a", 1), ("b", 1)]),
            ("e\u{301}a", &[("e\u{301}", 1), ("a", 1)]),
            ("日本", &[("日", 2), ("本", 2)]),
            ("👩\u{200D}🚀!", &[("👩\u{200D}🚀", 2), ("!", 1)]),
            ("🇫🇷🇩🇪", &[("🇫🇷", 2), ("🇩🇪", 2)]),
            ("aﾞ", &[("aﾞ", 3)]),
            ("\u{301}", &[("\u{301}", 0)]),
            ("\r\n", &[("\r\n", 1)]),
            ("", &[]),
        ];
        for (text, expected) in table {
            let found: Vec<_> = clusters(text).map(|cluster| (cluster.text, cluster.cells)).collect();
            assert_eq!(found, *expected, "{text:?}");
        }
    }

    #[test]
    fn shortened_text_fits_and_says_that_it_was_cut() {
        let table = [
            ("Rail strike", 11, "Rail strike"),
            ("Rail strike", 10, "Rail stri…"),
            ("Rail strike", 6, "Rail…"),
            ("Rail strike", 1, "…"),
            ("Rail strike", 0, ""),
            ("日本語", 6, "日本語"),
            ("日本語", 5, "日本…"),
            ("日本語", 4, "日…"),
            ("日本語", 1, "…"),
            ("", 0, ""),
            ("e\u{301}te\u{301}", 2, "e\u{301}…"),
        ];
        for (text, limit, expected) in table {
            assert_eq!(shorten(text, limit), expected, "{text:?} in {limit}");
            assert!(cells(&shorten(text, limit)) <= limit);
        }
        assert_eq!(shorten_with("Rail strike", 8, "..."), "Rail...");
        assert_eq!(shorten_with("Rail strike", 2, "..."), "");
    }
}
