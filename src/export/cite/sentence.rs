//! The sentence around a quotation, so that a citation shows what it was part of.

use crate::model::{Document, Quote, Span};

/// Characters of a paragraph that are looked at on either side: no sentence that people read is longer.
const REACH: usize = 1_000;

/// Words that a full stop follows without ending a sentence; lower case.
const ABBREVIATED: &[&str] = &[
    "al", "bzw", "capt", "co", "col", "corp", "dr", "etc", "fig", "gen", "gov", "hon", "inc", "jr", "lt", "ltd", "mr",
    "mrs", "ms", "mt", "no", "nr", "prof", "rep", "rev", "sen", "sgt", "sr", "st", "vs",
];

/// The text from where the sentence begins in which `quote` begins to where the one ends in which it ends. Who says it and
/// by what word counts as part of it where both stand in the same paragraph. A sentence never crosses a paragraph's end.
pub(super) fn around<'a>(document: &'a Document, quote: &Quote) -> &'a str {
    let text = document.text();
    let first = block_at(document, quote.span.start);
    let last = block_at(document, quote.span.end);
    let parts = [Some(&quote.span), quote.cue.as_ref(), quote.source.as_ref()];
    let near = || parts.into_iter().flatten().filter(|span| span.start >= first.start && span.end <= last.end);
    let start = near().map(|span| span.start).min().unwrap_or(quote.span.start);
    let end = near().map(|span| span.end).max().unwrap_or(quote.span.end);
    let before = text.get(first.start as usize..start as usize).unwrap_or_default();
    let behind = text.get(end as usize..last.end as usize).unwrap_or_default();
    let from = start as usize - (before.len() - last_beginning(before));
    // Where the last part ends with the end of a sentence, nothing behind belongs to it.
    let inner = text.get(from..end as usize).unwrap_or_default();
    let to = end as usize + if goes_on(inner, behind) { first_end(behind) } else { 0 };
    text.get(from..to).unwrap_or_default().trim()
}

/// The block that holds the byte `at`, or as much of the text as there is around it.
fn block_at(document: &Document, at: u32) -> Span {
    let blocks = document.blocks();
    let n = blocks.partition_point(|block| block.span.end < at);
    blocks.get(n).filter(|block| block.span.start <= at).map_or(at..at, |block| block.span.clone())
}

/// The byte of `before` at which its last sentence, the one that goes on, begins.
fn last_beginning(before: &str) -> usize {
    let looked_at = before.char_indices().rev().take(REACH).last().map_or(0, |(at, _)| at);
    let mut beginning = looked_at;
    for (at, c) in before.char_indices().skip_while(|(at, _)| *at < looked_at) {
        let behind = at + c.len_utf8();
        let rest = before.get(behind..).unwrap_or_default();
        if is_end(before.get(..at).unwrap_or_default(), c, rest, true) {
            beginning = behind + closers(rest);
        }
    }
    beginning
}

/// The byte of `behind` at which the sentence ends that it goes on with.
fn first_end(behind: &str) -> usize {
    for (at, c) in behind.char_indices().take(REACH) {
        let after = at + c.len_utf8();
        let rest = behind.get(after..).unwrap_or_default();
        if is_end(behind.get(..at).unwrap_or_default(), c, rest, false) {
            return after + closers(rest);
        }
    }
    behind.char_indices().nth(REACH).map_or(behind.len(), |(at, _)| at)
}

/// Whether the sentence that `inner` is the end of so far goes on in `behind`.
fn goes_on(inner: &str, behind: &str) -> bool {
    let open = inner.trim_end_matches(is_closer);
    !open.ends_with(is_mark) || !begins_sentence(behind)
}

/// Whether `mark`, between `before` and `rest`, ends a sentence. Where the text breaks off behind it, that is `at_end`.
fn is_end(before: &str, mark: char, rest: &str, at_end: bool) -> bool {
    if mark == '\n' || matches!(mark, '。' | '！' | '？') {
        return true;
    }
    if !is_mark(mark) {
        return false;
    }
    let after = rest.get(closers(rest)..).unwrap_or_default();
    if after.trim_start().is_empty() {
        return !at_end || after.len() > after.trim_start().len() || rest.is_empty();
    }
    begins_sentence(after) && !(mark == '.' && is_abbreviated(before))
}

/// Whether a blank and then something that may begin a sentence comes first.
fn begins_sentence(after: &str) -> bool {
    let trimmed = after.trim_start();
    let first = trimmed.chars().find(|c| !is_opener(*c));
    trimmed.is_empty() || trimmed.len() < after.len() && first.is_none_or(|c| !c.is_lowercase())
}

fn is_abbreviated(before: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    initial || ABBREVIATED.contains(&word.to_lowercase().as_str())
}

fn is_mark(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…')
}

fn closers(text: &str) -> usize {
    text.len() - text.trim_start_matches(is_closer).len()
}

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '’' | '‘' | '»' | '«' | '›' | '‹' | ')' | ']' | '」' | '』')
}

fn is_opener(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '„' | '‘' | '‚' | '«' | '»' | '‹' | '›' | '(' | '[' | '「' | '『' | '–' | '—')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sentence around the part of `text` that stands between `{` and `}`; `[` and `]` are around the source.
    fn around_marked(text: &str) -> String {
        let at = |mark: char| {
            let (before, _) = text.split_once(mark)?;
            u32::try_from(before.replace(['{', '}', '⟦', '⟧'], "").len()).ok()
        };
        let plain = text.replace(['{', '}', '⟦', '⟧'], "");
        let document = Document::plain(plain.split("\n\n"));
        let quote = Quote {
            span: at('{').unwrap()..at('}').unwrap(),
            speech: true,
            cue: None,
            source: at('⟦').zip(at('⟧')).map(|(start, end)| start..end),
            speaker: None,
            role: None,
            confidence: 1.0,
        };
        around(&document, &quote).to_owned()
    }

    #[test]
    fn a_sentence_is_found_around_its_quotation() {
        let table = [
            ("One. {“It is,”} said Ada. Two.", "“It is,” said Ada."),
            ("One. {“It is.”} Two.", "“It is.”"),
            ("{“Is it?”} asked Ada. Two.", "“Is it?” asked Ada."),
            ("{“Is it?”} ⟦Ada⟧ asked. Two.", "“Is it?” Ada asked."),
            ("One. Ada called it {“a start”} and left. Two.", "Ada called it “a start” and left."),
            ("One! She said: {“A. And B. And C.”} Two.", "She said: “A. And B. And C.”"),
            (
                "Dr. Ada Brown of Acme Inc. said {“no”} to J. R. Vane. Two.",
                "Dr. Ada Brown of Acme Inc. said “no” to J. R. Vane.",
            ),
            ("One.\n\nTwo said {“a b\n\n“c d”} then. Three.\n\nFour.", "Two said “a b\n\n“c d” then."),
            ("It cost 3.5 million, {“too much”}, he said", "It cost 3.5 million, “too much”, he said"),
            ("He said so. (“And {“it”} is.”) Two.", "(“And “it” is.”)"),
            ("他来了。他说：{“好。”}他走了。", "他说：“好。”他走了。"),
            ("{“All.”}", "“All.”"),
            ("⟦Ada⟧ spoke. {“It is.”} Two.", "Ada spoke. “It is.”"),
        ];
        for (text, expected) in table {
            assert_eq!(around_marked(text), expected, "{text}");
        }
    }
}
