//! Metadata under the many names that corpora and front matter give them.

use serde_json::{Map, Value};

use super::byline::without_by;
use super::{dates, language, links};
use crate::model::{Article, Published};
use crate::text::clean::{clean_line, is_blank};

/// Fields as a record of JSON, or front matter, gives them. Names are compared without case, `_` and `-`; where
/// several are known for one thing, the first that has a value counts.
pub struct Record(Vec<(String, Value)>);

const TITLE: [&str; 3] = ["title", "headline", "heading"];
const TEXT: [&str; 11] = [
    "text",
    "body",
    "content",
    "article",
    "articlebody",
    "articletext",
    "bodytext",
    "contenttext",
    "fulltext",
    "maintext",
    "story",
];
/// What serves as the text of a record that has none.
const ABSTRACT: [&str; 4] = ["description", "summary", "abstract", "excerpt"];
const STANDFIRST: [&str; 5] = ["standfirst", "subtitle", "subheadline", "dek", "deck"];
const DATE: [&str; 15] = [
    "date",
    "published",
    "publishdate",
    "publisheddate",
    "publishedat",
    "publicationdate",
    "datepublished",
    "datepublish",
    "pubdate",
    "pubtime",
    "timestamp",
    "datetime",
    "createdat",
    "time",
    "timeadded",
];
const URL: [&str; 6] = ["url", "link", "canonicalurl", "weburl", "permalink", "canonical"];
const SOURCE: [&str; 9] =
    ["source", "publisher", "publication", "domain", "site", "sitename", "sourcedomain", "outlet", "domainname"];
const AUTHOR: [&str; 6] = ["author", "authors", "byline", "creator", "writer", "publishedby"];
const LANGUAGE: [&str; 4] = ["language", "lang", "locale", "inlanguage"];
const GUID: [&str; 3] = ["id", "guid", "uuid"];
const TAGS: [&str; 2] = ["tags", "tag"];
/// Whether it was read where it comes from: yes or no.
const READ: [&str; 4] = ["read", "isread", "archived", "isarchived"];
/// The same as a word.
const STATE: [&str; 1] = ["status"];
/// Whether it was marked to be kept there.
const BOOKMARKED: [&str; 5] = ["bookmarked", "starred", "isstarred", "favorite", "isfavorite"];
/// Only lists of what to read later say when something was put on them.
const LATER: [&str; 1] = ["timeadded"];
/// What kind of text the text is.
const KIND: [&str; 2] = ["mimetype", "contenttype"];
/// What names the thing inside an object that stands for it.
const NAME: [&str; 6] = ["name", "title", "text", "value", "id", "rendered"];
/// Breaks by which a text is known to be HTML, wherever they stand in it.
const BREAKS: [&str; 3] = ["<br>", "<br/>", "<br />"];

impl Record {
    /// A record of these fields.
    pub fn new(fields: Map<String, Value>) -> Self {
        Self(fields.into_iter().map(|(name, value)| (plain_name(&name), value)).collect())
    }

    /// Whether a field of this name says something about an article.
    pub fn knows(name: &str) -> bool {
        #[rustfmt::skip]
        let all: [&[&str]; 15] = [
            &TITLE, &TEXT, &ABSTRACT, &STANDFIRST, &DATE, &URL, &SOURCE, &AUTHOR, &LANGUAGE, &GUID, &TAGS, &READ, &STATE,
            &BOOKMARKED, &KIND,
        ];
        let name = plain_name(name);
        all.iter().copied().flatten().any(|known| *known == name)
    }

    /// Whether it is surely about an article: a title and a text, or, where it is one of `several`, at least the one, with
    /// an address or a summary.
    pub fn is_article(&self, several: bool) -> bool {
        let has = |names: &[&str]| self.first(names, Some).is_some();
        has(&TITLE) && (has(&TEXT) || several && (has(&ABSTRACT) || has(&URL))) || several && has(&TEXT)
    }

    /// An article with all that the record says about it, without its text.
    pub fn article(&self) -> Article {
        let line = |names: &[&str]| {
            self.first(names, |value| Some(clean_line(&joined(value, ", ")))).filter(|s| !s.is_empty())
        };
        Article {
            title: line(&TITLE).unwrap_or_default(),
            url: self.first(&URL, |value| value.as_str().and_then(links::web)),
            guid: line(&GUID),
            source: line(&SOURCE)
                .map(|source| links::web(&source).and_then(|url| links::domain(&url)).unwrap_or(source)),
            author: line(&AUTHOR).map(|author| without_by(&author).to_owned()),
            published: self.first(&DATE, date),
            language: line(&LANGUAGE).and_then(|name| language::code(&name)),
            tags: self.tags(),
            read: self.says(&READ)
                || self.first(&STATE, Value::as_str).is_some_and(|state| state.starts_with("archive")),
            bookmarked: self.says(&BOOKMARKED) || self.first(&LATER, Some).is_some(),
            document: crate::model::Document::default(),
        }
    }

    /// The text, paragraphs set apart by blank lines, and whether it is HTML; as it is written, not clean.
    pub fn text(&self) -> Option<(String, bool)> {
        let text = |value: &Value| Some(joined(value, "\n\n")).filter(|text| !is_blank(text));
        let text = self.first(&TEXT, text).or_else(|| self.first(&ABSTRACT, text))?;
        let named = self.first(&KIND, Value::as_str).is_some_and(|kind| kind.contains("html"));
        let html = text.contains('<') && (named || is_markup(&text));
        Some((text, html))
    }

    /// The standfirst as one clean line, empty where there is none.
    pub fn standfirst(&self) -> String {
        self.first(&STANDFIRST, |value| Some(clean_line(&joined(value, " ")))).unwrap_or_default()
    }

    fn tags(&self) -> Vec<String> {
        let mut tags = Vec::new();
        let mut add = |text: &str| {
            let tag = clean_line(text);
            if !tag.is_empty() && !tags.contains(&tag) {
                tags.push(tag);
            }
        };
        match self.first(&TAGS, Some) {
            Some(Value::String(text)) => text.split([',', '|']).for_each(&mut add),
            Some(Value::Array(items)) => items.iter().for_each(|item| add(&joined(item, " "))),
            _ => {}
        }
        tags
    }

    /// Whether a field of these names says yes.
    fn says(&self, names: &[&str]) -> bool {
        self.first(names, Some).is_some_and(|value| match value {
            Value::Bool(yes) => *yes,
            Value::Number(number) => number.as_i64() == Some(1),
            Value::String(text) => matches!(text.as_str(), "1" | "true" | "yes"),
            _ => false,
        })
    }

    /// What `read` makes of the first field of `names` that it makes something of.
    fn first<'a, T>(&'a self, names: &[&str], read: impl Fn(&'a Value) -> Option<T>) -> Option<T> {
        names.iter().find_map(|name| {
            let mut fields = self.0.iter().filter(|(known, value)| known == name && !is_empty(value));
            fields.find_map(|(_, value)| read(value))
        })
    }
}

/// Whether a text is HTML though nobody says so: it begins with a tag that is closed, or has paragraphs or breaks in it.
fn is_markup(text: &str) -> bool {
    let begins =
        text.trim_start().strip_prefix('<').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
    let paragraphs = text.contains("<p") && text.contains("</p>");
    begins && text.contains("</") || paragraphs || BREAKS.iter().any(|tag| text.contains(tag))
}

fn plain_name(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

/// A value as text: a string, the items of a list with `between` between them, the name inside an object.
fn joined(value: &Value, between: &str) -> String {
    match value {
        Value::Array(items) => {
            let parts: Vec<String> = items.iter().map(one).filter(|part| !part.trim().is_empty()).collect();
            parts.join(between)
        }
        value => one(value),
    }
}

fn one(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Object(fields) => {
            let name = |name: &&str| fields.get(*name).and_then(Value::as_str);
            NAME.iter().find_map(name).unwrap_or_default().to_owned()
        }
        _ => String::new(),
    }
}

fn date(value: &Value) -> Option<Published> {
    match value {
        Value::String(text) => dates::parse(text),
        #[expect(clippy::cast_possible_truncation, reason = "a fraction of a second is cut off; the cast saturates")]
        Value::Number(number) => {
            number.as_i64().or_else(|| number.as_f64().map(|n| n as i64)).and_then(dates::from_number)
        }
        // MongoDB exports `{"$date": …}`.
        Value::Object(fields) => match fields.get("$date") {
            Some(Value::String(text)) => dates::parse(text),
            Some(Value::Number(number)) => number.as_i64().and_then(dates::from_number),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(json: &str) -> Record {
        Record::new(serde_json::from_str(json).unwrap())
    }

    #[test]
    fn fields_are_known_by_many_names() {
        for json in [
            r#"{"title": "T", "url": "https://a.example/1", "source": "S", "author": "A", "date": "2017-09-05", "lang": "en", "id": "g"}"#,
            r#"{"headline": "T", "link": "https://a.example/1", "publisher": "S", "authors": ["A"], "publish_date": "2017-09-05", "language": "en-US", "guid": "g"}"#,
            r#"{"Headline": "T", "title": "", "permalink": "https://a.example/1", "source": {"id": null, "name": "S"}, "byline": "By A", "publishedAt": 1504569600, "inLanguage": "eng", "uuid": "g"}"#,
            r#"{"title": "T", "URL": "https://a.example/1", "domain": "S", "author": {"name": "A"}, "date": "soon", "pub_date": {"$date": 1504569600000}, "lang": "English", "id": "g"}"#,
        ] {
            let mut article = record(json).article();
            if let Some(published) = &mut article.published {
                assert_eq!(published.seconds, 1_504_569_600, "{json}");
                published.day_only = true;
            }
            let expected = Article {
                title: "T".into(),
                url: Some("https://a.example/1".into()),
                guid: Some("g".into()),
                source: Some("S".into()),
                author: Some("A".into()),
                published: Some(Published { seconds: 1_504_569_600, day_only: true }),
                language: Some("en".into()),
                ..Article::default()
            };
            assert_eq!(article, expected, "{json}");
        }
    }

    #[test]
    fn values_come_in_many_shapes() {
        let read = record(
            r#"{"id": 17, "authors": [{"name": "Ines Marlow"}, "Tomas Arrel", null], "source": "https://www.a.example/", "link": "ftp://a.example",
                "tags": ["quay", " quay ", {"name": "fish"}, 3], "body": ["One.", "", "Two."], "title": "A\nB\u001b[31m", "dek": "So\nit is"}"#,
        );
        let article = read.article();
        assert_eq!(article.guid.as_deref(), Some("17"));
        assert_eq!(article.author.as_deref(), Some("Ines Marlow, Tomas Arrel"));
        assert_eq!(article.source.as_deref(), Some("a.example"));
        assert_eq!(article.url, None);
        assert_eq!(article.tags, ["quay", "fish", "3"]);
        assert!(article.title.starts_with("A B") && !article.title.contains('\u{1b}'));
        assert_eq!(read.text(), Some(("One.\n\nTwo.".to_owned(), false)));
        assert_eq!(read.standfirst(), "So it is");
        assert_eq!(record(r#"{"tags": "quay, fish", "summary": "Short."}"#).text(), Some(("Short.".to_owned(), false)));
        assert_eq!(record(r#"{"tags": "quay, fish,"}"#).article().tags, ["quay", "fish"]);
        assert_eq!(record(r#"{"tags": "quay|fish"}"#).article().tags, ["quay", "fish"]);
    }

    #[test]
    fn what_was_read_or_marked_elsewhere_is_known() {
        for (json, read, bookmarked) in [
            (r#"{"is_archived": 1, "is_starred": 0}"#, true, false),
            (r#"{"is_archived": false, "is_starred": true}"#, false, true),
            (r#"{"read": "1", "favorite": "0"}"#, true, false),
            (r#"{"status": "archive", "time_added": "1504607415"}"#, true, true),
            (r#"{"status": "unread", "time_added": "1504607415"}"#, false, true),
            (r#"{"status": "published", "read": "nobody", "starred": 7}"#, false, false),
        ] {
            let article = record(json).article();
            assert_eq!((article.read, article.bookmarked), (read, bookmarked), "{json}");
        }
    }

    #[test]
    fn html_is_told_from_text() {
        for (json, html) in [
            (r#"{"text": "a < b and c > d"}"#, false),
            (r#"{"text": "<b>Bold</b> words"}"#, true),
            (r#"{"text": "Words<br />and more"}"#, true),
            (r#"{"text": "<sigh> it was </p>"}"#, true),
            (r#"{"text": "It was </p> in it"}"#, false),
            (r#"{"text": "<sigh> it was"}"#, false),
            (r#"{"content": {"rendered": "<p>a</p>"}}"#, true),
            (r#"{"content": "a <i>b</i>", "mimetype": "text/html"}"#, true),
        ] {
            assert_eq!(record(json).text().unwrap().1, html, "{json}");
        }
    }

    #[test]
    fn articles_are_told_from_settings() {
        for (json, alone, several) in [
            (r#"{"title": "T", "text": "x"}"#, true, true),
            (r#"{"title": "T", "description": "x"}"#, false, true),
            (r#"{"title": "T", "url": "https://a.example"}"#, false, true),
            (r#"{"text": "x"}"#, false, true),
            (r#"{"name": "n", "description": "x"}"#, false, false),
        ] {
            assert_eq!((record(json).is_article(false), record(json).is_article(true)), (alone, several), "{json}");
        }
    }
}
