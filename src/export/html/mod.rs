//! Articles as one page of HTML that holds all it needs, loads nothing and runs nothing. What is written is well-formed XML
//! too.

mod blocks;
mod inlines;

use std::fmt::Write as _;

use crate::clock::Now;
use crate::model::Stored;
use crate::text::clean::shown;

/// What the page looks like: a column to read, speech in a colour of its own, also in the dark.
pub(super) const STYLE: &str = include_str!("style.css");

/// What stands behind the last article.
pub const TAIL: &str = "</body>\n</html>\n";

/// What stands before the first article of a page called `title`.
#[must_use]
pub fn head(title: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n",
        escape(title)
    )
}

/// An article with its title and what is known of it on top. Speech is marked and carries its speaker, a doubtful one
/// with a question mark.
#[must_use]
pub fn article(stored: &Stored, now: &Now) -> String {
    let article = &stored.article;
    let id = stored.summary.id;
    let language = article.language.as_ref().map(|tag| format!(" lang=\"{}\"", escape(tag))).unwrap_or_default();
    let mut out = format!("<article id=\"article-{id}\"{language}>\n<header>\n<h1>{}</h1>\n", escape(&article.title));
    let mut byline: Vec<String> =
        [&article.source, &article.author].into_iter().flatten().map(|name| escape(name)).collect();
    if let Some(published) = article.published {
        let utc = Now::fixed(now.seconds);
        let day = if published.day_only { &utc } else { now }.at(published.seconds).date();
        byline.push(format!("<time datetime=\"{day}\">{day}</time>"));
    }
    if let Some(url) = &article.url {
        let url = escape(url);
        byline.push(format!("<a href=\"{url}\">{url}</a>"));
    }
    if !byline.is_empty() {
        let _ = writeln!(out, "<p class=\"byline\">{}</p>", byline.join(" · "));
    }
    out.push_str("</header>\n");
    blocks::write(&article.document, &stored.quotes, id, &mut out);
    out.push_str("</article>\n");
    out
}

/// `text` without anything that is a sign of HTML, for text and for attributes; safe to show.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in shown(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // No character of XML.
            '\u{FFFE}' | '\u{FFFF}' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests;
