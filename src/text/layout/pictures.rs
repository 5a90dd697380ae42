//! Pages drawn as text and compared: what typography there is to see.

use super::{Page, Role, Setting, Voice, lay_out};
use crate::{
    model::{Document, Quote, Span},
    text::segment::cells,
};

const SETTING: Setting = Setting { measure: 40, ascii: false, long_quote_rows: 2 };

/// The rows of `page`, bars in a margin of two cells.
fn draw(page: &Page) -> String {
    let rows = page.rows.iter().map(|row| {
        let bar = if row.bar.is_some() { "┃ " } else { "  " };
        let text: String = row.pieces.iter().map(|piece| piece.text.as_str()).collect();
        format!("{bar}{text}").trim_end().to_owned() + "\n"
    });
    rows.collect()
}

/// Whose words each cell of the rows is: `s` speech, `L` long speech, `p` phrase, `n` where the speaker is named.
fn draw_voices(page: &Page) -> String {
    let rows = page.rows.iter().map(|row| {
        let voices = row.pieces.iter().map(|piece| {
            let letter = match piece.style.voice {
                Voice::Author => {
                    if piece.style.role == Role::Attribution {
                        "@"
                    } else {
                        "."
                    }
                }
                Voice::Speech(_) => "s",
                Voice::LongSpeech(_) => "L",
                Voice::Phrase(_) => "p",
                Voice::Speaker(_) => "n",
            };
            letter.repeat(cells(&piece.text))
        });
        voices.collect::<String>() + "\n"
    });
    rows.collect()
}

fn span(text: &str, part: &str) -> Span {
    let start = text.find(part).unwrap_or_else(|| panic!("{part:?} is not in the text"));
    u32::try_from(start).unwrap()..u32::try_from(start + part.len()).unwrap()
}

fn quote(text: &str, quoted: &str, source: Option<&str>, speaker: Option<(&str, &str)>) -> Quote {
    Quote {
        span: span(text, quoted),
        speech: source.is_some() || speaker.is_some(),
        cue: None,
        source: source.map(|source| span(text, source)),
        speaker: speaker.map(|(name, _)| name.to_owned()),
        role: speaker.map(|(_, role)| role.to_owned()).filter(|role| !role.is_empty()),
        confidence: 0.9,
    }
}

fn harbour() -> (Document, Vec<Quote>) {
    let document = Document::plain([
        "The harbour board and the dockers’ union signed a pay agreement on Friday that both had called “impossible” in \
         September.",
        "“We came for a number and we leave with a calendar,” said Tomas Arrel, who leads the union. “Every crane driver \
         will know in January what the next winter pays.”",
        "The board’s chair, Ruth Okafor, was cooler. “It is a beginning,” she said.",
    ]);
    let text = document.text();
    let arrel = Some(("Tomas Arrel", "leader of the union"));
    let quotes = vec![
        quote(text, "“impossible”", None, None),
        quote(text, "“We came for a number and we leave with a calendar,”", Some("Tomas Arrel"), arrel),
        quote(text, "“Every crane driver will know in January what the next winter pays.”", Some("Tomas Arrel"), arrel),
        quote(text, "“It is a beginning,”", Some("Ruth Okafor"), Some(("Ruth Okafor", ""))),
    ];
    (document, quotes)
}

#[test]
fn an_article_with_its_voices() {
    let (document, quotes) = harbour();
    let front =
        [(Role::Title, "Harbour board and dockers sign a four-year pay deal"), (Role::Byline, "Northern Courier")];
    let page = lay_out(&front, &document, &quotes, SETTING);
    let picture = "
  Harbour board and dockers sign a
  four-year pay deal
  Northern Courier

  The harbour board and the dockers’
  union signed a pay agreement on Friday
  that both had called “impossible” in
  September.

┃ “We came for a number and we leave with
┃ a calendar,” said Tomas Arrel, who leads
┃ the union. “Every crane driver will know
┃ in January what the next winter pays.”
        — Tomas Arrel, leader of the union

  The board’s chair, Ruth Okafor, was
  cooler. “It is a beginning,” she said.
";
    assert_eq!(format!("\n{}", draw(&page)), picture);
    let voices = "
................................
..................
................

..................................
......................................
.....................pppppppppppp...
..........

LLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLL
LLLLLLLLLLLL......nnnnnnnnnnn...........
...........LLLLLLLLLLLLLLLLLLLLLLLLLLLLL
LLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLL
......@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@

...................nnnnnnnnnnn.....
........ssssssssssssssssssss..........
";
    assert_eq!(format!("\n{}", draw_voices(&page)), voices);
}
