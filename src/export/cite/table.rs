//! Quotations as comma-separated values, by RFC 4180 but for lines that end with a line feed.

use super::Reference;
use crate::text::code_points::CodePoints;

/// The names of the columns.
pub(super) const HEAD: &str =
    "id,title,start,end,speech,speaker,confidence,quote,doubtful,role,sentence,author,source,date,url,accessed\n";

/// A line a quotation; one with the columns of the article filled where the article itself is cited.
pub(super) fn entry(reference: &Reference) -> String {
    let article = reference.article;
    let points = CodePoints::new(article.document.text());
    let known = |part: &Option<String>| part.clone().unwrap_or_default();
    let day = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string()).unwrap_or_default();
    let line = |quoted: [String; 9]| {
        let [start, end, speech, speaker, confidence, words, doubtful, role, sentence] = quoted;
        let fields = [
            reference.id.clone(),
            article.title.clone(),
            start,
            end,
            speech,
            speaker,
            confidence,
            words,
            doubtful,
            role,
            sentence,
            known(&article.author),
            known(&article.source),
            day(reference.published),
            known(&article.url),
            day(reference.accessed),
        ];
        fields.map(|field| cell(&field)).join(",") + "\n"
    };
    if reference.quotations.is_empty() {
        return line(Default::default());
    }
    let quoted = reference.quotations.iter().map(|quotation| {
        let quote = quotation.quote;
        let [start, end] = points.span(&quote.span);
        line([
            start.to_string(),
            end.to_string(),
            quote.speech.to_string(),
            known(&quote.speaker),
            format!("{:.2}", quote.confidence),
            quotation.words.to_owned(),
            (quote.speaker.is_some() && quote.is_doubtful()).to_string(),
            known(&quote.role),
            quotation.sentence.to_owned(),
        ])
    });
    quoted.collect()
}

/// A field. One that a spreadsheet would take for a formula gets an apostrophe in front, as OWASP advises
/// (“CSV Injection”).
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}
