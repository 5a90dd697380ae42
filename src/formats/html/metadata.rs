//! What a page says about its article: JSON-LD before Open Graph, before other `<meta>`, before what it shows.

use dom_query::Document as Tree;
use serde_json::{Map, Value};

use super::{json_ld, shown};
use crate::formats::byline::without_by;
use crate::formats::entities;
use crate::formats::links::Base;
use crate::formats::record::Record;
use crate::formats::{dates, links};
use crate::model::Article;
use crate::text::clean::clean_line;

/// What is known of a page without its text.
pub struct Known {
    pub article: Article,
    pub base: Base,
}

/// Names of `<meta>`, the best first.
const TITLE: [&str; 7] =
    ["og:title", "twitter:title", "citation_title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title"];
#[rustfmt::skip]
const AUTHOR: [&str; 11] = [
    "author", "article:author", "article:author_name", "article_author", "byl", "byline", "citation_author", "dc.creator", "dcterms.creator",
    "parsely-author", "sailthru.author",
];
#[rustfmt::skip]
const DATE: [&str; 22] = [
    "article:published_time", "og:article:published_time", "datepublished", "citation_publication_date", "citation_date", "parsely-pub-date",
    "sailthru.date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "dcterms.date", "pubdate", "publishdate", "publish_date", "pub_date", "article.published",
    "article_date_original", "cxenseparse:recs:publishtime", "ptime", "pdate", "date",
];
const SOURCE: [&str; 5] = ["og:site_name", "citation_journal_title", "dc.publisher", "publisher", "application-name"];
const ADDRESS: [&str; 3] = ["og:url", "twitter:url", "parsely-link"];
const LANGUAGE: [&str; 4] = ["og:locale", "content-language", "dc.language", "language"];

/// Headings of a level that are compared with the title.
const HEADINGS: usize = 50;

/// Code points of a heading that is no name of a site.
const A_TITLE: usize = 12;

/// Reads what is known of the page that was found at `address`.
pub fn read(tree: &Tree, address: Option<&str>) -> Known {
    let metas = metas(tree);
    let meta = |names: &[&str]| {
        names.iter().find_map(|name| {
            let mut found: Vec<&str> = Vec::new();
            for (_, content) in metas.iter().filter(|(known, _)| known == name) {
                if !found.contains(&content.as_str()) {
                    found.push(content);
                }
            }
            let joined = found.join(", ");
            (!joined.is_empty()).then_some(joined)
        })
    };
    let first = |names: &[&str]| {
        names.iter().find_map(|name| metas.iter().find(|(known, _)| known == name).map(|(_, content)| content.clone()))
    };
    let headings = headings(tree);
    let shown = text(tree, "head title").or_else(|| text(tree, "title"));
    let described = json_ld::article(tree).unwrap_or_default();
    let described = Record::new(plain(described, &headings)).article();

    let base = Base::new(address).moved(&attribute(tree, "base[href]", "href").unwrap_or_default());
    let canonical = attribute(tree, "link[rel='canonical']", "href").and_then(|href| base.join(&href));
    let named = first(&ADDRESS).and_then(|href| base.join(&href));
    let url = canonical.or(named).or(described.url).or_else(|| base.join(address.unwrap_or_default()));
    let base = if address.is_none() && base.is_empty() { Base::new(url.as_deref()) } else { base };

    let site = first(&SOURCE).or(described.source);
    // The only one of its level is the title of the page.
    let heading = Some(tree.select("h1").length()).filter(|count| *count == 1).and_then(|_| headings.first().cloned());
    let title = Some(described.title).filter(|title| !title.is_empty()).or_else(|| first(&TITLE));
    let title = title.or_else(|| heading.clone().filter(|_| shown.is_none())).or(shown);
    let title = title.map(|title| without_site(&title, site.as_deref(), &headings));
    let author = described.author.or_else(|| meta(&AUTHOR).filter(|author| links::web(author).is_none()));
    let author = author.map(|author| without_by(&author).to_owned()).filter(|author| !author.is_empty());
    let author = author.or_else(|| shown::author(tree));
    let language = attribute(tree, "html", "lang").or_else(|| first(&LANGUAGE));
    let published = described.published.or_else(|| first(&DATE).and_then(|date| dates::parse(&date)));
    let published = published.or_else(|| shown::date(tree, url.as_deref()));
    Known {
        article: Article {
            title: title.or(heading).unwrap_or_default(),
            source: site.or_else(|| url.as_deref().and_then(links::domain)),
            url,
            author,
            published,
            language: described.language.or_else(|| language.and_then(|name| crate::formats::language::code(&name))),
            ..Article::default()
        },
        base,
    }
}

/// Names and contents of all `<meta>` that have both, clean, names in lower case.
fn metas(tree: &Tree) -> Vec<(String, String)> {
    let mut metas = Vec::new();
    for node in tree.select("meta[content]").nodes() {
        let content = line(&node.attr("content").unwrap_or_default());
        let names = ["property", "name", "itemprop", "http-equiv"].iter().filter_map(|name| node.attr(name));
        for name in names.filter(|_| !content.is_empty()) {
            metas.extend(name.split_ascii_whitespace().map(|name| (dotted(name), content.clone())));
        }
    }
    metas
}

/// A name of `<meta>` in lower case; those of the Dublin Core with a dot, as they are written most often.
fn dotted(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    for (prefix, usual) in [("dc:", "dc."), ("dcterms:", "dcterms."), ("dcterm:", "dcterms.")] {
        if let Some(rest) = name.strip_prefix(prefix) {
            return format!("{usual}{rest}");
        }
    }
    name
}

/// The fields of JSON-LD that mean the same as in other records.
fn plain(mut fields: Map<String, Value>, headings: &[String]) -> Map<String, Value> {
    const KEPT: [&str; 6] = ["headline", "author", "datePublished", "publisher", "inLanguage", "url"];
    // Encyclopedias say in the headline what the thing is.
    let shown =
        |name: &str| fields.get(name).and_then(Value::as_str).is_some_and(|text| headings.contains(&line(text)));
    let is_named = !fields.contains_key("headline") || shown("name") && !shown("headline");
    if is_named && let Some(name) = fields.remove("name") {
        fields.insert("headline".to_owned(), name);
    }
    fields
        .into_iter()
        .filter(|(name, _)| KEPT.contains(&name.as_str()))
        .map(|(name, value)| (name, decoded(value)))
        .collect()
}

/// Strings of JSON-LD are often escaped twice.
fn decoded(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(line(&text)),
        value => value,
    }
}

fn line(text: &str) -> String {
    clean_line(&entities::decoded(text))
}

fn attribute(tree: &Tree, selector: &str, name: &str) -> Option<String> {
    let found = tree.select_single(selector).attr(name)?;
    Some(found.trim().to_owned()).filter(|value| !value.is_empty())
}

fn text(tree: &Tree, selector: &str) -> Option<String> {
    Some(clean_line(&tree.select_single(selector).text())).filter(|text| !text.is_empty())
}

/// The headings of the two highest levels, those of the first level before the others.
fn headings(tree: &Tree) -> Vec<String> {
    let texts = |level: &str| {
        let found = tree.select(level);
        let texts = found.iter().take(HEADINGS).map(|heading| clean_line(&heading.text()));
        texts.filter(|text| !text.is_empty()).collect::<Vec<_>>()
    };
    let mut headings = texts("h1");
    headings.extend(texts("h2"));
    headings
}

/// `title` without the name of the site before or behind it.
fn without_site(title: &str, site: Option<&str>, headings: &[String]) -> String {
    const BETWEEN: [&str; 9] = [" | ", " - ", " – ", " — ", " · ", " • ", " :: ", " » ", " / "];
    if headings.iter().any(|heading| heading == title) {
        return title.to_owned();
    }
    for between in BETWEEN {
        let behind = title.rsplit_once(between);
        let before = title.split_once(between).map(|(name, rest)| (rest, name));
        for (rest, name) in [behind, before].into_iter().flatten() {
            let is_site = site.is_some_and(|site| site.eq_ignore_ascii_case(name.trim()));
            if !rest.trim().is_empty() && is_site {
                return rest.trim().to_owned();
            }
        }
    }
    let shown = headings.iter().filter(|heading| is_set_apart(heading, title));
    shown.max_by_key(|heading| heading.len()).map_or(title, String::as_str).to_owned()
}

/// Whether `title` is `heading` with something before or behind it, and the heading is more than a name.
fn is_set_apart(heading: &str, title: &str) -> bool {
    let divides = |c: char| matches!(c, '|' | '｜' | '-' | '–' | '—' | '·' | '•' | '»' | '_' | '/' | '[' | ':' | '：');
    let behind = title.strip_prefix(heading).is_some_and(|rest| {
        // What follows a colon at once belongs to the title.
        rest.trim_start().starts_with(divides) && !rest.starts_with([':', '：'])
    });
    let before =
        title.strip_suffix(heading).is_some_and(|rest| rest.ends_with(' ') && rest.trim_end().ends_with(divides));
    let length = heading.chars().count();
    (behind || before) && (length >= A_TITLE || length * 3 > title.chars().count())
}
