//! Quotations as Markdown's block quotations, to paste.

use std::fmt::Write as _;

use super::Reference;
use crate::export::markdown::{Place, escape};

/// Every quotation as a block with its speaker and article below it; the article alone as the item of a list.
pub(super) fn entry(reference: &Reference) -> String {
    if reference.quotations.is_empty() {
        return format!("- {}\n", origin(reference));
    }
    let mut out = String::new();
    for quotation in &reference.quotations {
        for paragraph in quotation.words.split("\n\n") {
            for line in escape(paragraph, Place::Paragraph).lines() {
                let _ = writeln!(out, "> {line}");
            }
            out.push_str(">\n");
        }
        out.push_str("> — ");
        let role = quotation.quote.described().map(str::to_owned);
        for part in [quotation.speaker(), role].into_iter().flatten() {
            let _ = write!(out, "{}, ", line(&part));
        }
        let _ = writeln!(out, "in: {}", origin(reference));
        if let Some(context) = quotation.context() {
            let _ = writeln!(out, ">\n> In the article: {}", line(context));
        }
        out.push('\n');
    }
    out
}

/// Title, linked where there is an address, author, source, date and date of access.
fn origin(reference: &Reference) -> String {
    let article = reference.article;
    let title = format!("*{}*", line(&article.title));
    let mut origin = match &article.url {
        // What could end the target early is written as a browser would send it.
        Some(url) => format!("[{title}]({})", url.replace('(', "%28").replace(')', "%29").replace('\\', "%5C")),
        None => title,
    };
    let date = reference.published.map(|date| date.to_string());
    for part in [&article.author, &article.source, &date].into_iter().flatten() {
        let _ = write!(origin, ", {}", line(part));
    }
    if let Some(accessed) = reference.accessed.filter(|_| article.url.is_some()) {
        let _ = write!(origin, " (accessed {accessed})");
    }
    origin
}

/// `text` in one line, with nothing in it that is a sign, also not behind other text.
fn line(text: &str) -> String {
    escape(&super::one_line(text), Place::Heading)
}
