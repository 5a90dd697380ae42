//! A quotation as plain text: the words, who said them, and where they stand.

use std::fmt::Write as _;

use super::{Quotation, Reference};
use crate::clock::Now;
use crate::model::{Quote, Stored};

/// The words of `quote` as they stand in the article, and below them speaker, role, title, author, source, date, address
/// and date of access, as far as they are known:
///
/// ```text
/// “It is a beginning.”
/// — Ruth Okafor, the board’s chair, in: “Harbour board signs”, Ines Marlow, Northern Courier, 2026-11-22, https://…
/// (accessed 2026-11-23)
/// ```
///
/// A doubtful speaker has a question mark. A date is the day in the zone of `now`; the day of adding is the date of access, and
/// stands only behind an address.
#[must_use]
pub fn citation(quote: &Quote, stored: &Stored, now: &Now) -> String {
    let reference = Reference::stored(stored, [quote], now);
    reference.quotations.first().map(|quotation| cited(quotation, &reference)).unwrap_or_default()
}

/// Every quotation with its citation and, where it is a part of one, its sentence; the article alone where none is cited.
/// A blank line behind each.
pub(super) fn entry(reference: &Reference) -> String {
    if reference.quotations.is_empty() {
        return format!("{}\n\n", origin(reference));
    }
    let mut out = String::new();
    for quotation in &reference.quotations {
        let _ = writeln!(out, "{}", cited(quotation, reference));
        if let Some(context) = quotation.context() {
            let _ = writeln!(out, "  in the article: {}", super::one_line(context));
        }
        out.push('\n');
    }
    out
}

fn cited(quotation: &Quotation, reference: &Reference) -> String {
    let mut cited = format!("{}\n— ", quotation.words);
    if let Some(speaker) = quotation.speaker() {
        let _ = write!(cited, "{speaker}, ");
        if let Some(role) = quotation.quote.described() {
            let _ = write!(cited, "{role}, ");
        }
    }
    let _ = write!(cited, "in: {}", origin(reference));
    cited
}

/// `“Harbour board signs”, Ines Marlow, Northern Courier, 2026-11-22, https://… (accessed 2026-11-23)`.
fn origin(reference: &Reference) -> String {
    let article = reference.article;
    let mut origin = format!("“{}”", article.title);
    let date = reference.published.map(|date| date.to_string());
    for part in [&article.author, &article.source, &date, &article.url].into_iter().flatten() {
        let _ = write!(origin, ", {part}");
    }
    if let Some(accessed) = reference.accessed.filter(|_| article.url.is_some()) {
        let _ = write!(origin, " (accessed {accessed})");
    }
    origin
}
