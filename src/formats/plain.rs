//! Plain text: a few lines of metadata on top, then paragraphs.

use super::paragraphs::paragraphs;
use super::{dates, links};
use crate::model::{Article, BlockKind, Builder, Document};
use crate::text::clean::clean_line;

/// Reads clean text. On top, in any order: `date YYYY-MM-DD`, with the standfirst behind it, and lines that begin with
/// `date:`, `title:`, `author:`, `source:` or `url:`.
pub fn read(text: &str) -> Article {
    let mut article = Article::default();
    let mut standfirst = String::new();
    let mut rest = text.trim_start();
    while let Some(after) = head_line(rest, &mut article, &mut standfirst) {
        rest = after;
    }
    article.document = document(&standfirst, rest);
    article
}

/// A document of plain text: `standfirst` where it is not empty, then the paragraphs of `body`.
pub fn document(standfirst: &str, body: &str) -> Document {
    let mut builder = Builder::default();
    if !standfirst.is_empty() {
        builder.block(BlockKind::Standfirst, Vec::new(), false);
        builder.text(standfirst);
    }
    for paragraph in paragraphs(body) {
        builder.block(BlockKind::Paragraph, Vec::new(), false);
        builder.text(&paragraph);
    }
    builder.finish()
}

/// Takes the first line of `text` where it is metadata that was not given before, and returns what follows it.
fn head_line<'a>(text: &'a str, article: &mut Article, standfirst: &mut String) -> Option<&'a str> {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    let line = line.trim();
    let end = line.find(|c: char| c == ':' || c.is_whitespace())?;
    let (key, value) = line.split_at_checked(end)?;
    let colon = value.starts_with(':');
    let value = value.trim_start_matches(':').trim();
    let set = |field: &mut Option<String>| {
        let fits = colon && field.is_none() && !value.is_empty();
        if fits {
            *field = Some(clean_line(value));
        }
        fits
    };
    let taken = match key.to_ascii_lowercase().as_str() {
        "date" if article.published.is_none() => {
            let (date, after) = dates::leading(value).or_else(|| {
                let whole = colon.then(|| dates::parse(value)).flatten();
                whole.map(|date| (date, ""))
            })?;
            article.published = Some(date);
            *standfirst = clean_line(after);
            true
        }
        "title" if colon && article.title.is_empty() => {
            article.title = clean_line(value);
            !article.title.is_empty()
        }
        "author" => set(&mut article.author),
        "source" => set(&mut article.source),
        "url" if colon && article.url.is_none() => {
            article.url = links::web(value);
            article.url.is_some()
        }
        _ => false,
    };
    taken.then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Published;

    fn blocks(article: &Article) -> Vec<(&BlockKind, &str)> {
        let document = &article.document;
        document.blocks().iter().map(|block| (&block.kind, document.slice(&block.span))).collect()
    }

    #[test]
    fn a_leading_date_is_followed_by_the_standfirst() {
        let article = read("  date 2017-09-05 The quay will be closed for a year.\n\nThe board met.\n\nIt sat until");
        let day = Published { seconds: 1_504_569_600, day_only: true };
        assert_eq!(article.published, Some(day));
        assert_eq!(
            blocks(&article),
            [
                (&BlockKind::Standfirst, "The quay will be closed for a year."),
                (&BlockKind::Paragraph, "The board met."),
                (&BlockKind::Paragraph, "It sat until"),
            ]
        );
        assert_eq!(article.title, "");
    }

    #[test]
    fn dates_are_written_in_several_ways() {
        for (text, seconds, day_only, standfirst) in [
            ("date: 2017-09-05\nText.", 1_504_569_600, true, None),
            ("DATE:2017-09-05 Lead\nText.", 1_504_569_600, true, Some("Lead")),
            ("date 2017-09-05T10:30:00+02:00 Lead\nText.", 1_504_600_200, false, Some("Lead")),
            ("date: 2017-09-05 10:30 Lead\nText.", 1_504_607_400, false, Some("Lead")),
            ("date: September 5, 2017\nText.", 1_504_569_600, true, None),
        ] {
            let article = read(text);
            assert_eq!(article.published, Some(Published { seconds, day_only }), "{text}");
            let first = blocks(&article).first().copied();
            let lead = first.filter(|(kind, _)| **kind == BlockKind::Standfirst).map(|(_, text)| text);
            assert_eq!(lead, standfirst, "{text}");
            assert!(article.document.text().ends_with("Text."));
        }
    }

    #[test]
    fn metadata_stand_on_top_only() {
        let article = read(
            "\u{20}\nTitle: The  quay\nAUTHOR: Ines Marlow\nsource: Northern Courier\nurl: https://courier.example/1\n\ntitle: in the text.",
        );
        assert_eq!(article.title, "The quay");
        assert_eq!(article.author.as_deref(), Some("Ines Marlow"));
        assert_eq!(article.source.as_deref(), Some("Northern Courier"));
        assert_eq!(article.url.as_deref(), Some("https://courier.example/1"));
        assert_eq!(blocks(&article), [(&BlockKind::Paragraph, "title: in the text.")]);
    }

    #[test]
    fn what_only_looks_like_metadata_is_text() {
        for text in [
            "date nights are over.",
            "Date: soon",
            "url: javascript:alert(1)",
            "author without a colon",
            "title:",
            "date 2017-13-45 is no day",
            "Dateline",
        ] {
            let article = read(text);
            assert_eq!(article.document.text(), text);
            assert_eq!(Article { document: Document::default(), ..article }, Article::default());
        }
    }
}
