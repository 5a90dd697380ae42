//! Speech in transcripts and interviews, whose lines begin with who speaks (“REED: We will not pay.”, “Q:”, “A:”) and have
//! no marks. Only where lines so begun follow one another and their labels return: a list of “Name:”, “Age:” is none.

use std::ops::Range;

use super::lexicon::{Class, Lexicon};
use super::marks::Line;

/// A line that begins with a label and a colon.
#[derive(Clone, Copy, Debug)]
pub struct Labelled<'a> {
    label: &'a str,
    words: &'a str,
    /// Where the words begin and end in the text.
    start: u32,
    end: u32,
    /// The line, counted from 0.
    line: usize,
}

/// No label is longer, in bytes.
const LONGEST_LABEL: usize = 40;
/// No label has more words: “Dr. Ada M. Brown”.
const MOST_WORDS: usize = 4;
/// Fewer labelled lines are no transcript.
const FEWEST_LINES: usize = 4;
/// How many lines a label may stand behind the one before it: one paragraph may go on without a label.
const APART: usize = 2;
/// More voices than these are no conversation.
const MOST_VOICES: usize = 8;

/// The lines that begin with a label, if they are enough for a transcript.
pub fn labelled<'a>(text: &'a str, lines: &[Line]) -> Vec<Labelled<'a>> {
    let found: Vec<_> = lines.iter().enumerate().filter_map(|(number, line)| read(text, *line, number)).collect();
    if found.len() < FEWEST_LINES { Vec::new() } else { found }
}

/// What is said in the lines that belong to a transcript.
pub fn spoken(labelled: &[Labelled], lexicon: &Lexicon) -> Vec<Range<u32>> {
    let runs = labelled.chunk_by(|earlier, later| later.line - earlier.line <= APART);
    let mut spoken = Vec::new();
    for run in runs {
        let Some(voices) = voices(run, lexicon) else { continue };
        // What has marks of its own is left to them.
        let said =
            run.iter().filter(|line| voices.contains(&line.label) && line.words.starts_with(char::is_alphanumeric));
        spoken.extend(said.map(|line| line.start..line.end));
    }
    spoken
}

fn read(text: &str, line: Line, number: usize) -> Option<Labelled<'_>> {
    let whole = text.get(line.start as usize..line.end as usize)?;
    let colon = whole.bytes().take(LONGEST_LABEL).position(|byte| byte == b':')?;
    let (label, rest) = (whole.get(..colon)?, whole.get(colon + 1..)?);
    let words = rest.trim_start();
    let apart = words.len() < rest.len() && !words.is_empty();
    let named = |word: &str| {
        word.starts_with(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'))
    };
    let mut parts = label.split(' ');
    let short = parts.by_ref().take(MOST_WORDS).all(named) && parts.next().is_none();
    let start = line.end - u32::try_from(words.len()).ok()?;
    (apart && short).then_some(Labelled { label, words, start, end: line.end, line: number })
}

/// The labels of a run of lines that return, if it is a conversation: the voices change from line to line, they speak in
/// sentences, and one of the labels can only be somebody.
fn voices<'a>(run: &[Labelled<'a>], lexicon: &Lexicon) -> Option<Vec<&'a str>> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for line in run {
        if counts.len() > MOST_VOICES {
            return None;
        }
        match counts.iter_mut().find(|voice| voice.0 == line.label) {
            Some(voice) => voice.1 += 1,
            None => counts.push((line.label, 1)),
        }
    }
    let turns =
        run.windows(2).filter(|pair| pair.first().map(|line| line.label) != pair.last().map(|line| line.label)).count();
    let sentences =
        run.iter().filter(|line| line.words.ends_with(['.', '?', '!', '…', '”', '"', ')', '—', '–', '-'])).count();
    let converses =
        run.len() >= FEWEST_LINES.max(2 * counts.len()) && 2 * turns >= run.len() && 4 * sentences >= 3 * run.len();
    let returning: Vec<&str> = counts.into_iter().filter(|voice| voice.1 > 1).map(|voice| voice.0).collect();
    let somebody = returning.iter().any(|label| is_somebody(label, lexicon));
    (converses && somebody && returning.len() > 1).then_some(returning)
}

/// “REED”, “Ada Brown”, “Mr. Reed”, “Moderator”; “Q” and “A” alone name nobody, and nobody's words are no quotation.
fn is_somebody(label: &str, lexicon: &Lexicon) -> bool {
    let class = label.split([' ', '.']).next().map_or(Class::NONE, |word| lexicon.class(word));
    let shouted = label.len() > 2 && !label.contains(char::is_lowercase);
    shouted || class.is(Class::FIRST_NAME | Class::TITLE | Class::ROLE)
}

#[cfg(test)]
mod tests {
    use crate::quotes::detect;

    #[test]
    fn labelled_lines_are_speech_where_voices_take_turns() {
        let table = [
            (
                "Tom Reed and Ada Brown met.\nREED: We will not pay.\nBROWN: Then leave.\nREED: Never, my friend.\nBROWN: We will see.",
                &["Tom Reed", "Ada Brown", "Tom Reed", "Ada Brown"][..],
            ),
            (
                "Q: Who owns it?\n\nADA BROWN: Nobody does.\n\nQ: Who pays?\n\nADA BROWN: The town pays.",
                &["-", "ADA BROWN", "-", "ADA BROWN"],
            ),
            ("Q: Who owns it?\n\nA: Nobody does.\n\nQ: Who pays?\n\nA: The town pays.", &[]),
            (
                "Ada Brown: Who owns the mill?\nVale: We do.\nAda Brown: Since when?\nIt rained.\nVale: Since May.\n",
                &["Ada Brown", "Vale", "Ada Brown", "Vale"],
            ),
            ("REED: We will not pay.\nBROWN: Then leave.", &[]),
            ("DATE: May 3\nPLACE: The mill\nDATE: May 4\nPLACE: The barn", &[]),
            ("Name: Ada Brown.\nAge: She is nine.\nTown: It is Salem.\nRiver: It has one.", &[]),
            ("Pros: It is cheap.\nCons: It is slow.\nPros: It is blue.\nCons: It is red.", &[]),
        ];
        for (text, speakers) in table {
            let quotes = detect(text, Some("en"));
            let found: Vec<_> = quotes.iter().map(|quote| quote.speaker.as_deref().unwrap_or("-")).collect();
            assert_eq!(found, speakers, "{text}");
        }
    }

    #[test]
    fn the_words_are_the_line_without_its_label() {
        let text = "REED: I said “no” twice.\nBROWN: “No.”\nREED: Yes.\nBROWN: So be it!";
        let quotes = detect(text, Some("en"));
        let words: Vec<_> = quotes
            .iter()
            .map(|quote| text.get(quote.span.start as usize..quote.span.end as usize).unwrap_or_default())
            .collect();
        assert_eq!(words, ["I said “no” twice.", "“No.”", "Yes.", "So be it!"]);
    }
}
