//! Offsets as scripts count them: Unicode code points instead of bytes.

use crate::model::Span;

/// Bytes between places whose count is kept.
const STEP: usize = 512;

/// The code points of a text, counted.
pub struct CodePoints<'a> {
    text: &'a [u8],
    /// Code points before each multiple of `STEP` bytes.
    before: Vec<usize>,
}

impl<'a> CodePoints<'a> {
    /// Counts those of `text`.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let text = text.as_bytes();
        let mut count = 0;
        let counted = text.chunks(STEP).map(|chunk| {
            let before = count;
            count += begins(chunk);
            before
        });
        let before = counted.collect();
        Self { text, before }
    }

    /// How many stand before `byte`.
    #[must_use]
    pub fn at(&self, byte: u32) -> usize {
        let byte = (byte as usize).min(self.text.len());
        let kept = (byte / STEP).min(self.before.len().saturating_sub(1));
        let rest = self.text.get(kept * STEP..byte).unwrap_or_default();
        self.before.get(kept).copied().unwrap_or(0) + begins(rest)
    }

    /// A span of bytes as a pair of counts.
    #[must_use]
    pub fn span(&self, span: &Span) -> [usize; 2] {
        [self.at(span.start), self.at(span.end)]
    }
}

/// Bytes that begin a code point.
fn begins(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_those_of_the_slow_way() {
        for text in [String::new(), "plain".into(), "“é日🙂a” ".repeat(300), "a".repeat(STEP), "é".repeat(STEP / 2 + 1)]
        {
            let points = CodePoints::new(&text);
            for (byte, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let byte32 = u32::try_from(byte).unwrap();
                assert_eq!(points.at(byte32), text.split_at(byte).0.chars().count(), "byte {byte} of {}", text.len());
            }
            assert_eq!(points.at(u32::MAX), text.chars().count());
        }
    }
}
