//! An article as `CommonMark` with front matter, such that the Markdown format reads it back.

mod blocks;
mod escape;
mod inlines;

use std::fmt::Write as _;

use jiff::Timestamp;

pub(super) use self::escape::{Place, escape};
use super::json;
use crate::model::{Article, BlockKind, Published};

/// `article` with `tags` as Markdown: what is known of it as YAML, its title as a heading, its text.
///
/// The text comes back to the letter. What Markdown has no sign for – superscripts, subscripts, the look of a
/// standfirst, emphasis inside a word beside a quotation mark – is left out.
#[must_use]
pub fn markdown(article: &Article, tags: &[String]) -> String {
    let document = &article.document;
    let standfirst = document.blocks().first().filter(|b| b.kind == BlockKind::Standfirst && b.within.is_empty());
    let mut out = String::from("---\n");
    let mut field = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            let _ = writeln!(out, "{name}: {value}");
        }
    };
    // A string of JSON is one of YAML.
    let text = |text: &str| json::to_string(&text).ok();
    field("title", text(&article.title));
    field("date", article.published.map(date));
    field("source", article.source.as_deref().and_then(text));
    field("author", article.author.as_deref().and_then(text));
    field("url", article.url.as_deref().and_then(text));
    field("id", article.guid.as_deref().and_then(text));
    field("language", article.language.as_deref().and_then(text));
    field("tags", json::to_string(&tags).ok().filter(|_| !tags.is_empty()));
    field("standfirst", standfirst.and_then(|block| text(document.slice(&block.span))));
    let _ = write!(out, "---\n\n# {}\n", escape(&article.title, Place::Heading));
    blocks::write(document, usize::from(standfirst.is_some()), &mut out);
    out
}

/// `2017-09-05` where only the day is known, else `2017-09-05T10:30:00Z`.
fn date(published: Published) -> String {
    let moment = Timestamp::from_second(published.seconds).unwrap_or(Timestamp::UNIX_EPOCH).to_string();
    match moment.split_once('T') {
        Some((day, _)) if published.day_only => day.to_owned(),
        _ => moment,
    }
}
