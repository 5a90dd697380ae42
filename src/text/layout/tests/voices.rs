//! Pictures of quotations: whose words each cell is, bars, and who said it.

use super::{SETTING, draw};
use crate::{
    model::{Document, Quote, Span},
    text::{
        layout::{Page, Role, Setting, Voice, lay_out},
        segment::cells,
    },
};

/// Whose words each cell of the rows is: `s` speech, `L` long speech, `p` phrase, `n` where the text
/// names the speaker, `@` where the page does.
fn draw_voices(page: &Page) -> String {
    let rows = page.rows.iter().map(|row| {
        let voices = row.pieces.iter().map(|piece| {
            let letter = match piece.style.voice {
                Voice::Author if matches!(piece.style.role, Role::Attribution | Role::Doubtful) => "@",
                Voice::Author => ".",
                Voice::Speech(_) => "s",
                Voice::LongSpeech(_) => "L",
                Voice::Phrase(_) => "p",
                Voice::Speaker(_) => "n",
            };
            letter.repeat(cells(&piece.text))
        });
        voices.collect::<String>() + "\n"
    });
    format!("\n{}", rows.collect::<String>())
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
    assert_eq!(draw(&page), picture);
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
    assert_eq!(draw_voices(&page), voices);
}

#[test]
fn a_quotation_goes_on_over_paragraphs() {
    let document = Document::plain([
        "“This statement goes on for long, and nobody will forget it.",
        "“And this is its second part,” said Okafor.",
        "“It was short,” said Arrel.",
    ]);
    let text = document.text();
    let okafor = Some(("Ruth Okafor", "chair of the harbour board of the northern ports"));
    let mut quotes = vec![
        quote(
            text,
            "“This statement goes on for long, and nobody will forget it.\n\n“And this is its second part,”",
            Some("Okafor"),
            okafor,
        ),
        quote(text, "“It was short,”", Some("Arrel"), Some(("Arrel", ""))),
    ];
    quotes[0].confidence = 0.3;
    assert_eq!(
        draw(&lay_out(&[], &document, &quotes, SETTING)),
        "
┃ “This statement goes on for long, and
┃ nobody will forget it.
┃
┃ “And this is its second part,”
  said Okafor.
  — Ruth Okafor, chair of the harbour… (?)

  “It was short,” said Arrel.
"
    );
    let narrow = Setting { measure: 14, ascii: true, long_quote_rows: 3 };
    assert_eq!(
        draw(&lay_out(&[], &document, &quotes, narrow)),
        "
┃ “This
┃ statement
┃ goes on for
┃ long, and
┃ nobody will
┃ forget it.
┃
┃ “And this is
┃ its second
┃ part,” said
  Okafor.
  -- Ruth... (?)

  “It was
  short,” said
  Arrel.
"
    );
}

#[test]
fn a_speaker_who_goes_on_is_named_once() {
    let paragraphs = [
        "“The first answer takes more than one row of this page,” she said.",
        "“The second answer takes more than one row as well, and ends it.”",
        "“A third answer, by another, takes more than one row as well.”",
    ];
    let document = Document::plain(paragraphs);
    let speakers = ["Ruth Okafor", "Ruth Okafor", "Tomas Arrel"];
    let quotes: Vec<Quote> = paragraphs
        .iter()
        .zip(speakers)
        .map(|(said, speaker)| quote(document.text(), said.trim_end_matches(" she said."), None, Some((speaker, ""))))
        .collect();
    assert_eq!(
        draw(&lay_out(&[], &document, &quotes, SETTING)),
        "
┃ “The first answer takes more than one
┃ row of this page,” she said.

┃ “The second answer takes more than one
┃ row as well, and ends it.”
                             — Ruth Okafor

┃ “A third answer, by another, takes more
┃ than one row as well.”
                             — Tomas Arrel
"
    );
}

#[test]
fn a_few_words_that_a_row_ends_in_are_no_long_quotation() {
    let document = Document::plain(["An average of ten per cent reported “no opinion” when they were asked whether."]);
    let quotes = [quote(document.text(), "“no opinion”", None, Some(("Ruth Okafor", "")))];
    assert_eq!(
        draw(&lay_out(&[], &document, &quotes, Setting { measure: 39, ..SETTING })),
        "
  An average of ten per cent reported “no
  opinion” when they were asked whether.
"
    );
}

#[test]
fn a_role_is_cut_behind_a_word_and_a_form_of_address_stands_before_the_name() {
    let said = "“The first answer takes more than one row of this page,”";
    let document = Document::plain([said]);
    let attribution = |role: &str| {
        let quotes = [quote(document.text(), said, None, Some(("Ruth Okafor", role)))];
        draw(&lay_out(&[], &document, &quotes, SETTING)).lines().last().unwrap().trim().to_owned()
    };
    assert_eq!(attribution("co-founder of the Northern Campaign"), "— Ruth Okafor, co-founder of the…");
    assert_eq!(attribution("director of University of Skerrin"), "— Ruth Okafor, director of University…");
    assert_eq!(attribution("superintendentoftheharbourboard"), "— Ruth Okafor, superintendentoftheharbo…");
    assert_eq!(attribution("Sen."), "— Sen. Ruth Okafor");
}

#[test]
fn a_headline_is_left_out_with_who_says_it() {
    let paragraphs = ["“A headline that takes more than one row of this page”", "The mill stands still."];
    let document = Document::plain(paragraphs);
    let quotes = [quote(document.text(), paragraphs[0], None, Some(("Ruth Okafor", "")))];
    let mut page = lay_out(&[(Role::Title, "The mill")], &document, &quotes, SETTING);
    page.leave_out(&span(document.text(), paragraphs[0]));
    assert_eq!(
        draw(&page),
        "
  The mill

  The mill stands still.
"
    );
}

#[test]
fn a_paper_in_marks_that_speaks_is_lit_as_a_speaker() {
    let document = Document::plain(["“The mill has stood empty,” wrote the “Courier” on Friday."]);
    let text = document.text();
    let quotes = vec![
        quote(text, "“The mill has stood empty,”", Some("the “Courier”"), Some(("Courier", ""))),
        quote(text, "“Courier”", None, None),
    ];
    let page = lay_out(&[], &document, &quotes, SETTING);
    assert_eq!(
        draw_voices(&page),
        "
sssssssssssssssssssssssssss.......nnn
nnnnnnnnn...........
"
    );
}
