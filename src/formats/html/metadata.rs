//! What a page says about its article: JSON-LD before Open Graph, before other `<meta>`, before what it shows.

use dom_query::Document as Tree;
use serde_json::{Map, Value};

use super::json_ld;
use crate::formats::entities;
use crate::formats::links::Base;
use crate::formats::record::Record;
use crate::formats::{dates, links};
use crate::model::{Article, Published};
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
const AUTHOR: [&str; 9] = [
    "author", "article:author", "article:author_name", "byl", "citation_author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author",
];
#[rustfmt::skip]
const DATE: [&str; 17] = [
    "article:published_time", "og:article:published_time", "datepublished", "citation_publication_date", "citation_date", "parsely-pub-date",
    "sailthru.date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "dcterms.date", "pubdate", "publishdate", "publish_date", "article.published",
    "date",
];
const SOURCE: [&str; 5] = ["og:site_name", "citation_journal_title", "dc.publisher", "publisher", "application-name"];
const ADDRESS: [&str; 3] = ["og:url", "twitter:url", "parsely-link"];
const LANGUAGE: [&str; 4] = ["og:locale", "content-language", "dc.language", "language"];

/// Reads what is known of the page that was found at `address`.
pub fn read(tree: &Tree, address: Option<&str>) -> Known {
    let metas = metas(tree);
    let meta = |names: &[&str]| {
        names.iter().find_map(|name| {
            let found = metas.iter().filter(|(known, _)| known == name).map(|(_, content)| content.as_str());
            let joined = found.collect::<Vec<_>>().join(", ");
            (!joined.is_empty()).then_some(joined)
        })
    };
    let first = |names: &[&str]| {
        names.iter().find_map(|name| metas.iter().find(|(known, _)| known == name).map(|(_, content)| content.clone()))
    };
    let described = json_ld::article(tree).unwrap_or_default();
    let described = Record::new(plain(described)).article();

    let base = Base::new(address).moved(&attribute(tree, "base[href]", "href").unwrap_or_default());
    let canonical = attribute(tree, "link[rel='canonical']", "href").and_then(|href| base.join(&href));
    let named = first(&ADDRESS).and_then(|href| base.join(&href));
    let url = canonical.or(named).or(described.url).or_else(|| base.join(address.unwrap_or_default()));
    let base = if address.is_none() && base.is_empty() { Base::new(url.as_deref()) } else { base };

    let site = first(&SOURCE).or(described.source);
    let heading = only_heading(tree);
    let shown = text(tree, "head title").or_else(|| text(tree, "title"));
    let title = Some(described.title).filter(|title| !title.is_empty()).or_else(|| first(&TITLE));
    let title = title.map(|title| without_site(&title, site.as_deref(), heading.as_deref()));
    let title = title.or_else(|| heading.clone().filter(|_| shown.is_none()));
    let title = title.or_else(|| shown.map(|title| without_site(&title, site.as_deref(), heading.as_deref())));
    let author = described.author.or_else(|| meta(&AUTHOR).filter(|author| links::web(author).is_none()));
    let author = author.or_else(|| byline(tree)).map(|author| without_by(&author)).filter(|author| !author.is_empty());
    let language = attribute(tree, "html", "lang").or_else(|| first(&LANGUAGE));
    let published =
        described.published.or_else(|| first(&DATE).and_then(|date| dates::parse(&date))).or_else(|| shown_date(tree));
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
            metas.extend(name.split_ascii_whitespace().map(|name| (name.to_ascii_lowercase(), content.clone())));
        }
    }
    metas
}

/// The fields of JSON-LD that mean the same as in other records.
fn plain(mut fields: Map<String, Value>) -> Map<String, Value> {
    const KEPT: [&str; 6] = ["headline", "author", "datePublished", "publisher", "inLanguage", "url"];
    if !fields.contains_key("headline")
        && let Some(name) = fields.remove("name")
    {
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

/// The one heading of level 1 that the page has, if it has one.
fn only_heading(tree: &Tree) -> Option<String> {
    let headings = tree.select("h1");
    let mut texts = headings.iter().map(|heading| clean_line(&heading.text())).filter(|text| !text.is_empty());
    let first = texts.next()?;
    texts.next().is_none().then_some(first)
}

/// `title` without the name of the site before or behind it.
fn without_site(title: &str, site: Option<&str>, heading: Option<&str>) -> String {
    const BETWEEN: [&str; 9] = [" | ", " - ", " – ", " — ", " · ", " • ", " :: ", " » ", " / "];
    if heading.is_some_and(|heading| heading == title) {
        return title.to_owned();
    }
    for between in BETWEEN {
        let behind = title.rsplit_once(between);
        let before = title.split_once(between).map(|(name, rest)| (rest, name));
        for (rest, name) in [behind, before].into_iter().flatten() {
            let is_site = site.is_some_and(|site| site.eq_ignore_ascii_case(name.trim()));
            let is_heading = heading.is_some_and(|heading| heading == rest.trim());
            if !rest.trim().is_empty() && (is_site || is_heading) {
                return rest.trim().to_owned();
            }
        }
    }
    title.to_owned()
}

/// The author that the page shows.
fn byline(tree: &Tree) -> Option<String> {
    /// Code points; what is longer is a sentence about the author.
    const LONGEST_BYLINE: usize = 100;
    const SHOWN: [&str; 5] =
        ["[itemprop='author'] [itemprop='name']", "[itemprop='author']", "a[rel='author']", ".byline", ".author"];
    SHOWN.iter().find_map(|selector| text(tree, selector).filter(|name| name.chars().count() <= LONGEST_BYLINE))
}

fn without_by(author: &str) -> String {
    let by = author.split_at_checked(3).filter(|(by, _)| by.eq_ignore_ascii_case("by "));
    by.map_or(author, |(_, rest)| rest).trim().to_owned()
}

/// The date that the page shows.
fn shown_date(tree: &Tree) -> Option<Published> {
    const SHOWN: [&str; 6] = [
        "[itemprop='datePublished'][content]",
        "[itemprop='datePublished'][datetime]",
        "time[pubdate]",
        "article time[datetime]",
        "main time[datetime]",
        "time[datetime]",
    ];
    SHOWN.iter().find_map(|selector| {
        let found = tree.select_single(selector);
        let value = found.attr("content").or_else(|| found.attr("datetime"))?;
        dates::parse(&clean_line(&value))
    })
}
