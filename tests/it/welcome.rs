//! The welcome articles are read as they were meant: they are the tutorial, so what they show has to work.

use pullquote::formats::{Format, read};
use pullquote::model::{Article, BlockKind, Container, InlineKind, Quote};
use pullquote::quotes;

const READING: &str = include_str!("../../assets/welcome/1-how-to-read-here.md");
const SETTING: &str = include_str!("../../assets/welcome/2-how-a-page-is-set.md");
const KEEPING: &str = include_str!("../../assets/welcome/3-how-to-keep-things.md");

fn article(text: &str) -> Article {
    read(text.as_bytes(), Format::Markdown).unwrap()
}

fn detected(article: &Article) -> Vec<Quote> {
    quotes::detect(article.document.text(), article.language.as_deref())
}

/// The quotation that begins with `words`, its mark left out.
fn beginning<'a>(article: &Article, quotes: &'a [Quote], words: &str) -> &'a Quote {
    let begins =
        |quote: &&Quote| article.document.slice(&quote.span).chars().skip(1).collect::<String>().starts_with(words);
    quotes.iter().find(begins).unwrap_or_else(|| panic!("no quotation begins with {words:?}"))
}

#[test]
fn they_carry_what_the_list_shows() {
    let articles = [READING, SETTING, KEEPING].map(article);
    for article in &articles {
        assert!(article.title.starts_with("How "), "{}", article.title);
        assert!(article.author.is_some());
        assert_eq!(article.source.as_deref(), Some("pullquote"));
        assert_eq!(article.language.as_deref(), Some("en"));
        assert_eq!(article.tags, ["welcome"], "the last lesson removes them by this tag");
        assert_eq!(article.document.blocks().first().map(|block| &block.kind), Some(&BlockKind::Standfirst));
    }
    let days = articles.map(|article| article.published.unwrap().seconds);
    assert!(days.is_sorted_by(|newer, older| newer > older), "the first lesson is the first in the list");
}

#[test]
fn the_first_is_quoted_in_every_way_and_each_voice_has_its_name() {
    let article = article(READING);
    let quotes = detected(&article);
    let table: &[(&str, &str)] = &[
        ("We do not teach", "Margaret Oyelaran"),
        ("We teach them to hear", "Margaret Oyelaran"),
        ("Do not scroll", "Margaret Oyelaran"),
        ("I must have set", "Tobias Fenn"),
        ("and I could not", "Tobias Fenn"),
        ("I read them a sentence", "Tobias Fenn"),
        ("rather less than", "Priya Nandakumar"),
        ("I can’t say", "Priya Nandakumar"),
        ("My grandmother raised", "Priya Nandakumar"),
        ("I came for the fish", "Alan Dray"),
        ("In Oberweiden", "Hanna Brückner"),
        ("Das ändert sich", "Hanna Brückner"),
        (" On suit une voix", "Luc Bertaud"),
        ("The first winter", "Margaret Oyelaran"),
        ("I was thanked", "Tobias Fenn"),
        ("Somebody always knows", "Margaret Oyelaran"),
        ("The lady with", "Alan Dray"),
    ];
    for (words, speaker) in table {
        let quote = beginning(&article, &quotes, words);
        assert!(quote.speech, "{words}");
        assert_eq!(quote.speaker.as_deref(), Some(*speaker), "{words}");
    }
    for words in ["Grey Lead", "eraser party", "programme"] {
        assert!(!beginning(&article, &quotes, words).speech, "{words}");
    }
    let three = beginning(&article, &quotes, "The first winter");
    assert_eq!(article.document.slice(&three.span).matches("\n\n").count(), 2, "three paragraphs are one quotation");
}

#[test]
fn the_second_uses_everything_that_a_document_may_hold() {
    let document = article(SETTING).document;
    let blocks = document.blocks();
    let kinds = |wanted: &dyn Fn(&BlockKind) -> bool| blocks.iter().any(|block| wanted(&block.kind));
    for level in 2..=6 {
        assert!(kinds(&|kind| *kind == BlockKind::Heading(level)), "heading {level}");
    }
    assert!(kinds(&|kind| matches!(kind, BlockKind::Code { language: Some(_) })));
    assert!(kinds(&|kind| matches!(kind, BlockKind::Table { columns } if columns.len() == 4)));
    assert!(kinds(&|kind| *kind == BlockKind::Caption));
    assert!(kinds(&|kind| *kind == BlockKind::Rule));
    let within = |wanted: &dyn Fn(&[Container]) -> bool| blocks.iter().any(|block| wanted(&block.within));
    assert!(within(&|around| matches!(around, [Container::Item(_), Container::Item(_), Container::Item(Some(_))])));
    assert!(within(&|around| matches!(around, [Container::Quotation, Container::Quotation])));
    assert!(within(&|around| matches!(around, [Container::Note(Some(_))])));
    assert!(within(&|around| matches!(around, [Container::Note(None)])));
    let inlines = |wanted: &dyn Fn(InlineKind) -> bool| document.inlines().iter().any(|inline| wanted(inline.kind));
    for kind in [InlineKind::Emphasis, InlineKind::Strong, InlineKind::Strikethrough, InlineKind::Code] {
        assert!(inlines(&|found| found == kind), "{kind:?}");
    }
    assert!(inlines(&|kind| matches!(kind, InlineKind::Link(_))));
    assert!(inlines(&|kind| matches!(kind, InlineKind::Image(_))));
    assert!(inlines(&|kind| kind == InlineKind::NoteRef));
}
