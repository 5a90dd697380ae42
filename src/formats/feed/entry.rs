//! An entry of a feed becomes an article.

use super::raw::{Enclosure, Entry, Feed, Text};
use crate::error::{Error, Result};
use crate::formats::html::{escaped, fragment, line};
use crate::formats::links::{self, Base};
use crate::formats::{dates, language};
use crate::model::Article;
use crate::text::clean::clean_line;

/// Categories that an entry may have to be tagged with them: more are keywords for machines, and would fill the
/// reader's own list of tags.
const TAGS: usize = 5;

/// Characters of a feed's title that are kept.
const TITLE: usize = 500;

/// The article that `entry` of `feed` is, which is called `named`; `base` is what its addresses are relative to.
pub fn article(entry: &Entry, feed: &Feed, named: Option<&str>, base: &Base) -> Result<Article> {
    if entry.cut {
        return Err(Error::refused("the feed ends in the middle of it").hint("fetch the feed again"));
    }
    let base = base.clone().moved(&entry.base);
    let title = shown(&entry.title);
    let url = entry.links.iter().find_map(|link| base.join(link));
    // What an entry links to is relative to the entry, unless the feed says otherwise.
    let base = if entry.base.is_empty() && feed.base.is_empty() {
        base.moved(url.as_deref().unwrap_or_default())
    } else {
        base
    };
    let length = |text: &&Text| text.value.trim().len();
    // Podcasts have the longer text in one place or the other.
    let short = [&entry.fallback, &entry.summary].into_iter().max_by_key(length);
    let text = [Some(&entry.content), short].into_iter().flatten().find(|text| length(text) > 0);
    let mut html = text.map(markup).unwrap_or_default();
    for enclosure in &entry.enclosures {
        html.push_str(&linked(enclosure, &html, &base));
    }
    let source = Some(clean_line(&entry.source)).filter(|source| !source.is_empty());
    let source = source.or_else(|| named.map(str::to_owned));
    let dates = entry.published.iter().chain(&entry.updated);
    let mut article = Article {
        url,
        guid: Some(clean_line(&entry.id)).filter(|id| !id.is_empty()),
        source,
        author: author(&entry.authors).or_else(|| author(&feed.authors)),
        published: dates.into_iter().find_map(|date| dates::parse(&clean_line(date))),
        language: language::code(&entry.language).or_else(|| language::code(&feed.language)),
        tags: tags(&entry.categories),
        document: fragment(&html, &base, &title),
        title,
        ..Article::default()
    };
    if article.title.is_empty() && article.document.text().is_empty() {
        article.title = article.url.clone().map(|url| clean_line(&url)).unwrap_or_default();
    }
    Ok(article)
}

/// The feed's title, which is the source of its entries. One that is no title is cut: each of its entries has it.
pub fn named(feed: &Feed) -> Option<String> {
    let title = shown(&feed.title).chars().take(TITLE).collect::<String>();
    Some(title).filter(|title| !title.is_empty()).or_else(|| links::domain(&feed.link))
}

fn shown(text: &Text) -> String {
    if text.plain { clean_line(&text.value) } else { line(&text.value) }
}

/// A text as HTML; one without a tag in it keeps its blank lines as paragraphs.
fn markup(text: &Text) -> String {
    let tagged =
        text.value.split('<').skip(1).any(|tag| tag.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/'));
    if !text.plain && tagged {
        return text.value.clone();
    }
    let value = if text.plain { escaped(&text.value) } else { text.value.replace('<', "&lt;") };
    format!("<p>{}</p>", value.replace("\r\n", "\n").replace("\n\n", "</p><p>"))
}

/// A link to a file that belongs to the entry, unless its text shows it already.
fn linked(enclosure: &Enclosure, html: &str, base: &Base) -> String {
    let Some(url) = base.join(&enclosure.href) else { return String::new() };
    if html.contains(enclosure.href.trim()) {
        return String::new();
    }
    let name = [enclosure.title.clone(), links::file_name(&url).unwrap_or_default(), url.clone()];
    let name = name.into_iter().find(|name| !name.trim().is_empty()).unwrap_or_default();
    if enclosure.kind.starts_with("image") {
        // One that only illustrates the entry in a list.
        let shown = html.contains("<img");
        return if shown {
            String::new()
        } else {
            format!("<figure><img src=\"{}\" alt=\"{}\"></figure>", escaped(&url), escaped(&enclosure.title))
        };
    }
    format!("<p><a href=\"{}\">{}</a></p>", escaped(&url), escaped(&name))
}

/// Names without addresses of mail, each once.
fn author(authors: &[String]) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for author in authors {
        let name = match author.split_once("<name>").and_then(|(_, rest)| rest.split_once("</name>")) {
            Some((name, _)) => name.to_owned(),
            None if author.contains("<email>") || author.contains("<uri>") => continue,
            None => author.clone(),
        };
        let name = without_mail(&line(&name));
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    (!names.is_empty()).then(|| names.join(", "))
}

/// "Ada Brandt" of "ada@a.example (Ada Brandt)" and of "Ada Brandt &lt;ada@a.example>".
fn without_mail(name: &str) -> String {
    if !name.contains('@') {
        return name.to_owned();
    }
    let words = name.split_whitespace().filter(|word| !word.contains('@'));
    let name = words.collect::<Vec<_>>().join(" ");
    name.trim_matches(['(', ')', '<', '>', '"', ',', ' ']).to_owned()
}

fn tags(categories: &[String]) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in categories.iter().flat_map(|list| list.split(',')).map(line).filter(|tag| !tag.is_empty()) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
        if tags.len() > TAGS {
            return Vec::new();
        }
    }
    tags
}
