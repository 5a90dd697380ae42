//! A title for what has none: the first sentence, shortened at a word.

use unicode_segmentation::UnicodeSegmentation;

use crate::model::{BlockKind, Document};

/// Characters that a made title may have, the `…` included.
const LONGEST: usize = 101;

/// Bytes of a line in which the end of its first sentence is looked for: no title needs more.
const LOOKED_AT: usize = 4 * 1024;

/// Characters behind a full stop in which the word is looked for that tells whether a sentence begins there.
const AHEAD: usize = 64;

/// Words that a full stop follows without ending a sentence; lower case.
#[rustfmt::skip]
const ABBREVIATIONS: [&str; 71] = [
    "mr", "mrs", "ms", "dr", "prof", "rev", "hon", "sen", "rep", "gov", "pres", "gen", "col", "maj", "capt", "lt", "sgt", "cmdr", "adm", "st", "jr", "sr",
    "inc", "co", "corp", "ltd", "bros", "llc", "vs", "v", "no", "nos", "vol", "pp", "ca", "approx", "dept", "est", "fig", "art", "sec", "op", "cit",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mme", "mlle", "hr", "fr", "nr", "bzw", "abs", "str", "evtl", "ggf", "usw",
    "sig", "sra", "dra", "av", "ave",
];

/// The first sentence of the first block that is no standfirst, or of the standfirst where there is nothing else.
pub fn from_document(document: &Document) -> String {
    let has_text = |kind: &BlockKind| !matches!(kind, BlockKind::Rule | BlockKind::Code { .. });
    let blocks = document.blocks();
    let body = blocks.iter().find(|block| has_text(&block.kind) && block.kind != BlockKind::Standfirst);
    let text =
        body.or_else(|| blocks.iter().find(|block| !block.span.is_empty())).map(|block| document.slice(&block.span));
    let line = text.unwrap_or_default().trim_start().lines().next().unwrap_or_default();
    shorten(first_sentence(&beginning(line).replace('\t', " ")))
}

/// The first `LOOKED_AT` bytes of `line`, without a broken character at the end.
fn beginning(line: &str) -> &str {
    line.get(..line.floor_char_boundary(LOOKED_AT)).unwrap_or(line)
}

/// `text` up to its first end of a sentence; all of it where there is none.
fn first_sentence(text: &str) -> &str {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let mut end = at + c.len_utf8();
        if matches!(c, '。' | '！' | '？') {
            return text.get(..end).unwrap_or(text);
        }
        if !matches!(c, '.' | '!' | '?' | '…') || (c == '.' && is_abbreviation(text.get(..at).unwrap_or_default())) {
            continue;
        }
        while let Some((at, c)) =
            chars.next_if(|(_, c)| matches!(c, '.' | '!' | '?' | '…' | '”' | '’' | '"' | '\'' | '»' | ')' | ']' | '“'))
        {
            end = at + c.len_utf8();
        }
        let mut rest = text.get(end..).unwrap_or_default().chars();
        let apart = rest.next().is_none_or(char::is_whitespace);
        let next = rest.take(AHEAD).find(|c| c.is_alphanumeric());
        if apart && !next.is_some_and(char::is_lowercase) {
            return text.get(..end).unwrap_or(text);
        }
    }
    text
}

/// Whether a full stop after `before` belongs to its last word: a title, an initial, a number ("5. September").
fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let mut chars = word.chars();
    match (chars.next(), chars.next(), chars.next()) {
        (Some(_), None, _) => true,
        (Some(a), Some(b), None) if a.is_numeric() && b.is_numeric() => true,
        _ => ABBREVIATIONS.contains(&word.to_lowercase().as_str()),
    }
}

/// `text` as one line of at most `LONGEST` characters: cut at a word, with `…` in place of the rest.
fn shorten(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= LONGEST {
        return text;
    }
    let mut fits = 0;
    let mut chars = 0;
    for (at, cluster) in text.grapheme_indices(true) {
        chars += cluster.chars().count();
        if chars >= LONGEST {
            break;
        }
        fits = at + cluster.len();
    }
    let head = text.get(..fits).unwrap_or_default();
    // The word that goes on behind the cut is left out, unless it is all there is, as in writing without blanks.
    let whole = text.get(fits..).is_some_and(|rest| rest.starts_with(' '));
    let word = if whole { Some(fits) } else { head.rfind(' ') };
    let cut = word.and_then(|at| head.get(..at)).filter(|cut| cut.chars().count() > LONGEST / 2).unwrap_or(head);
    let cut = cut.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | ':' | '–' | '—' | '-' | '(' | '“' | '„' | '.')
    });
    format!("{cut}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_they_do() {
        let table = [
            ("The quay is closed. Nobody knows why.", "The quay is closed."),
            ("Dr. Vane of St. Oda's met Mr. J. Arrel. They talked.", "Dr. Vane of St. Oda's met Mr. J. Arrel."),
            ("The U.S. Navy left. It rained.", "The U.S. Navy left."),
            ("Prices rose 2.5 percent. Wages did not.", "Prices rose 2.5 percent."),
            ("“Is it over?” asked Marlow. Yes.", "“Is it over?” asked Marlow."),
            ("“It is over.” So said Marlow.", "“It is over.”"),
            ("Am 5. September beginnt es. Dann nicht.", "Am 5. September beginnt es."),
            ("Really?! Yes.", "Really?!"),
            ("Wait… what? No.", "Wait… what?"),
            ("港口关闭了。没有人知道为什么。", "港口关闭了。"),
            ("No end at all", "No end at all"),
            ("", ""),
        ];
        for (text, expected) in table {
            assert_eq!(first_sentence(text), expected);
        }
    }

    #[test]
    fn long_sentences_are_cut_at_a_word() {
        let long = "one ".repeat(60);
        let cut = shorten(&long);
        assert_eq!(cut, format!("{}…", "one ".repeat(25).trim_end()));
        assert_eq!(shorten("short  one\u{a0}"), "short one");
        assert_eq!(shorten(&"長".repeat(300)).chars().count(), LONGEST);
        assert_eq!(
            shorten(&format!("{}, and more words that do not fit", "x".repeat(98))),
            format!("{}…", "x".repeat(98))
        );
        let marks = format!("a{}", "\u{301}".repeat(500));
        assert!(shorten(&marks).chars().count() <= LONGEST);
    }

    #[test]
    fn only_the_beginning_of_a_line_is_looked_at() {
        assert_eq!(beginning(&". ".repeat(1_000_000)).len(), LOOKED_AT);
        assert_eq!(beginning(&"長".repeat(LOOKED_AT)).len(), LOOKED_AT - 1);
        assert_eq!(beginning("short"), "short");
        let mut builder = crate::model::Builder::default();
        builder.block(BlockKind::Paragraph, Vec::new(), false);
        builder.text(&". ".repeat(1_000_000));
        assert_eq!(from_document(&builder.finish()), ".");
        let far = format!("One. {}two", "- ".repeat(AHEAD));
        assert_eq!(first_sentence(&far), "One.", "what is that far away does not go on");
    }

    #[test]
    fn the_body_is_asked_before_the_standfirst() {
        let mut builder = crate::model::Builder::default();
        builder.block(BlockKind::Standfirst, Vec::new(), false);
        builder.text("What it is about.");
        assert_eq!(
            from_document(&{
                let mut builder = crate::model::Builder::default();
                builder.block(BlockKind::Standfirst, Vec::new(), false);
                builder.text("What it is about.");
                builder.finish()
            }),
            "What it is about."
        );
        builder.block(BlockKind::Paragraph, Vec::new(), false);
        builder.text("A first line\nand a second. More.");
        assert_eq!(from_document(&builder.finish()), "A first line");
        assert_eq!(from_document(&Document::default()), "");
    }
}
