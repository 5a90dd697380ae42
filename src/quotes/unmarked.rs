//! Speech whose bounds no mark tells: lines that a dash opens (“– Vi väntar, säger Anna Ek.”), and cues that stand inside
//! French guillemets (« Nous attendons, dit-elle, la marée. »). Only where a verb of saying and its subject stand behind.

use std::ops::Range;

use super::lexicon::{Class, Lexicon};
use super::marks::Line;
use super::pairing::Span;

const DASHES: [char; 3] = ['–', '—', '―'];
/// How far behind a mark its cue and the subject are looked for, in code points.
const REACH: usize = 60;

/// Whether a dash opens the line.
pub fn is_dashed(text: &str, line: Line) -> bool {
    text.get(line.start as usize..line.end as usize).is_some_and(|line| line.starts_with(DASHES))
}

/// The quotations that have marks, those in guillemets cut at their cues, and the lines that a dash opens.
pub fn with_unmarked(text: &str, lines: &[Line], mut spans: Vec<Span>, lexicon: &Lexicon) -> Vec<Span> {
    if lexicon.language == "fr" {
        spans = spans.into_iter().flat_map(|span| cut(text, span, lexicon)).flatten().collect();
    }
    let dashed = lines.iter().filter(|line| lexicon.dashes && is_dashed(text, **line));
    let spoken: Vec<Range<u32>> = dashed.filter_map(|line| spoken(text, *line, lexicon)).collect();
    super::pairing::with_blocks(spans, &spoken)
}

/// What is said in a line that a dash opens.
fn spoken(text: &str, line: Line, lexicon: &Lexicon) -> Option<Range<u32>> {
    let whole = text.get(line.start as usize..line.end as usize)?;
    let words = whole.strip_prefix(DASHES)?.trim_start();
    let begin = line.end - u32::try_from(words.len()).ok()?;
    let (said, _) = cue(words, lexicon)?;
    Some(begin..begin + u32::try_from(said).ok()?)
}

/// The quotation, in two parts where a cue stands inside it.
fn cut(text: &str, span: Span, lexicon: &Lexicon) -> [Option<Span>; 2] {
    let parts = || {
        let from = span.range.start + span.opening;
        let words = text.get(from as usize..(span.range.end - span.closing) as usize)?;
        let (said, behind) = cue(words, lexicon)?;
        let rest = behind + clause_end(words.get(behind..)?)?;
        let at = |offset: usize| u32::try_from(offset).ok().map(|offset| from + offset);
        let first = Span { range: span.range.start..at(said)?, opening: span.opening, closing: 0 };
        let left = words.get(rest..)?.trim_start();
        let goes_on = left.contains(char::is_alphanumeric);
        let second = Span { range: at(words.len() - left.len())?..span.range.end, opening: 0, closing: span.closing };
        Some([Some(first), goes_on.then_some(second)])
    };
    let angled = text.get(span.range.start as usize..).is_some_and(|text| text.starts_with('«'));
    if !angled || span.closing == 0 {
        return [Some(span), None];
    }
    parts().unwrap_or_else(|| [Some(span.clone()), None])
}

/// Where the words end that the first cue of `words` is about, and where the cue begins.
fn cue(words: &str, lexicon: &Lexicon) -> Option<(usize, usize)> {
    let marks = words.char_indices().filter(|(_, c)| matches!(c, ',' | '?' | '!' | '…') || DASHES.contains(c));
    marks.map(|(at, mark)| (at, mark, at + mark.len_utf8())).find_map(|(at, mark, end)| {
        let said = if matches!(mark, '?' | '!' | '…') { end } else { words.get(..at)?.trim_end().len() };
        let blanks = words.get(end..)?.chars().take(3).take_while(|c| c.is_whitespace() || DASHES.contains(c));
        let behind = end + blanks.map(char::len_utf8).sum::<usize>();
        (said > 0 && is_cue(words.get(behind..)?, lexicon)).then_some((said, behind))
    })
}

/// “säger Anna”, “a dit Morel”, “dit-elle”, “dijo”: a verb of saying, and who says it unless the verb tells.
fn is_cue(words: &str, lexicon: &Lexicon) -> bool {
    if !words.starts_with(char::is_lowercase) {
        return false;
    }
    let reach = words.char_indices().nth(REACH).map_or(words.len(), |(end, _)| end);
    let near = words.get(..reach).unwrap_or_default();
    let mut near = near.split_whitespace().map(|word| (word, word.trim_matches(|c: char| !c.is_alphanumeric())));
    let modifies = |class: Class| class.is(Class::AUX) && !class.is(Class::SAY | Class::PRONOUN);
    let Some((_, verb)) = near.find(|(_, word)| !modifies(lexicon.class(word))) else { return false };
    let class = lexicon.class(verb);
    if !class.is(Class::SAY) || !verb.starts_with(char::is_lowercase) {
        return false;
    }
    let someone = Class::PRONOUN | Class::DETERMINER | Class::ROLE | Class::TITLE | Class::MAN | Class::WOMAN;
    let subject = |word: &str| word.starts_with(char::is_uppercase) || lexicon.class(word).is(someone);
    class.is(Class::PRONOUN) || lexicon.drops_subject || near.next().is_some_and(|(_, word)| subject(word))
}

/// Behind the mark that ends the cue at the head of `words`; the full stop of “M.” ends nothing.
fn clause_end(words: &str) -> Option<usize> {
    let mut letters = 0;
    for (at, c) in words.char_indices().take(2 * REACH) {
        match c {
            ',' | ';' | ':' => return Some(at + 1),
            '.' if letters > 1 => return Some(at + 1),
            _ if c.is_alphanumeric() => letters += 1,
            _ => letters = 0,
        }
    }
    (words.len() < REACH).then_some(words.len())
}

#[cfg(test)]
mod tests {
    use crate::quotes::detect;

    #[test]
    fn dashes_and_cues_inside_guillemets_tell_who_speaks() {
        let table = [
            ("sv", "Anna Ek kom.\n– Vi väntar, säger Anna Ek. Det regnade.", &[("Vi väntar", Some("Anna Ek"))][..]),
            ("sv", "– Vad då? undrar Anna Ek.", &[("Vad då?", Some("Anna Ek"))]),
            ("sv", "– Bröd, smör och ost.", &[]),
            ("es", "—Esperamos —dijo Ana Soto.", &[("Esperamos", Some("Ana Soto"))]),
            ("pl", "– Czekamy – powiedziała Anna Kos.", &[("Czekamy", Some("Anna Kos"))]),
            ("fr", "— Nous attendons, dit Jean Morel.", &[("Nous attendons", Some("Jean Morel"))]),
            ("en", "– We wait, says Ada Brown.", &[]),
            (
                "fr",
                "Claire Dubois est venue. « Nous attendons, dit-elle, la marée. »",
                &[("« Nous attendons", Some("Claire Dubois")), ("la marée. »", Some("Claire Dubois"))],
            ),
            ("fr", "« Le pont tient, affirme M. Morel. »", &[("« Le pont tient", Some("Morel"))]),
            ("fr", "« Le pont tient, et il tiendra. »", &[("« Le pont tient, et il tiendra. »", None)]),
        ];
        for (language, text, expected) in table {
            let quotes = detect(text, Some(language));
            let found: Vec<_> = quotes
                .iter()
                .map(|quote| {
                    let words = text.get(quote.span.start as usize..quote.span.end as usize);
                    (words.unwrap_or_default(), quote.speaker.as_deref())
                })
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
