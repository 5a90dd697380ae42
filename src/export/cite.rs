//! A quotation as it is cited: the words, who said them, and where they stand.

use std::fmt::Write as _;

use crate::clock::Now;
use crate::model::{Quote, Stored};

/// The words of `quote` as they stand in the article, and below them speaker, role, title, author, source, date and
/// address, as far as they are known:
///
/// ```text
/// “It is a beginning.”
/// — Ruth Okafor, the board’s chair, in: “Harbour board signs”, Ines Marlow, Northern Courier, 2026-11-22, https://…
/// ```
///
/// A doubtful speaker has a question mark. A date is the day in the zone of `now`; the day of adding is no date.
#[must_use]
pub fn citation(quote: &Quote, stored: &Stored, now: &Now) -> String {
    let article = &stored.article;
    let mut cited = article.document.slice(&quote.span).to_owned();
    cited.push_str("\n— ");
    if let Some(speaker) = &quote.speaker {
        let doubt = if quote.is_doubtful() { " (?)" } else { "" };
        let _ = write!(cited, "{speaker}{doubt}, ");
        if let Some(role) = &quote.role {
            let _ = write!(cited, "{role}, ");
        }
    }
    let date = article.published.map(|published| {
        let now = if published.day_only { &Now::fixed(now.seconds) } else { now };
        now.at(published.seconds).date().to_string()
    });
    let _ = write!(cited, "in: “{}”", stored.summary.title);
    for part in [&article.author, &article.source, &date, &article.url].into_iter().flatten() {
        let _ = write!(cited, ", {part}");
    }
    cited
}

#[cfg(test)]
mod tests {
    use jiff::tz::{Offset, TimeZone};

    use super::*;
    use crate::model::{Article, Document, Published, Summary};

    fn stored(article: Article) -> Stored {
        let summary = Summary {
            id: 1,
            title: article.title.clone(),
            url: article.url.clone(),
            source: article.source.clone(),
            author: article.author.clone(),
            published: article.published.unwrap_or(Published { seconds: 99, day_only: false }),
            words: 8,
            quotes: 1,
            read: false,
            bookmarked: None,
            trashed: false,
            tags: vec![],
        };
        Stored { summary, article, quotes: vec![], kept: vec![], position: None, note: None, added: 99, revisions: 0 }
    }

    fn quote() -> Quote {
        Quote {
            span: 8..28,
            speech: true,
            cue: None,
            source: None,
            speaker: Some("Ruth Okafor".into()),
            role: Some("the board’s chair".into()),
            confidence: 0.9,
        }
    }

    fn article() -> Article {
        Article {
            title: "Harbour board signs".into(),
            url: Some("https://courier.example/1".into()),
            source: Some("Northern Courier".into()),
            author: Some("Ines Marlow".into()),
            // 2026-11-22 at 23:30 UTC.
            published: Some(Published { seconds: 1_795_390_200, day_only: false }),
            document: Document::plain(["Before. “It is\na start.” After."]),
            ..Article::default()
        }
    }

    #[test]
    fn a_citation_says_all_that_is_known() {
        let now = Now::fixed(0);
        assert_eq!(
            citation(&quote(), &stored(article()), &now),
            "“It is\na start.”\n— Ruth Okafor, the board’s chair, in: “Harbour board signs”, Ines Marlow, Northern Courier, \
             2026-11-22, https://courier.example/1"
        );
        let doubtful = Quote { confidence: 0.3, role: None, ..quote() };
        let bare = Article { url: None, author: None, source: None, published: None, ..article() };
        assert_eq!(
            citation(&doubtful, &stored(bare.clone()), &now),
            "“It is\na start.”\n— Ruth Okafor (?), in: “Harbour board signs”"
        );
        let nobody = Quote { speaker: None, ..quote() };
        assert_eq!(citation(&nobody, &stored(bare), &now), "“It is\na start.”\n— in: “Harbour board signs”");
    }

    #[test]
    fn a_time_falls_on_the_reader_s_day_and_a_day_stays_one() {
        for (hours, day_only, expected) in
            [(1, false, "2026-11-23"), (-5, false, "2026-11-22"), (-5, true, "2026-11-22")]
        {
            let seconds = if day_only { 1_795_305_600 } else { 1_795_390_200 };
            let dated = Article { published: Some(Published { seconds, day_only }), ..article() };
            let now = Now { seconds: 0, zone: TimeZone::fixed(Offset::constant(hours)) };
            let cited = citation(&quote(), &stored(dated), &now);
            assert!(cited.contains(expected), "{hours}: {cited}");
        }
    }
}
