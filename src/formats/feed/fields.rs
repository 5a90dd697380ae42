//! What the elements of feeds mean, whichever of their formats they belong to.

use Field::{
    Author, Category, Content, Fallback, Id, Language, Link, Original, Published, Source, Summary, Title, Ttl, Updated,
};

/// What an element says about an entry or the feed itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Title,
    Link,
    /// Where the entry really is, when a link leads there by way of a counter.
    Original,
    Id,
    Published,
    Updated,
    Content,
    Summary,
    /// What serves as a text where there is neither content nor summary.
    Fallback,
    Author,
    Category,
    Language,
    Source,
    /// Minutes for which a feed need not be asked again.
    Ttl,
}

/// Elements by name, in lower case, with the prefix that their namespace commonly has.
#[rustfmt::skip]
const FIELDS: [(&str, Field); 40] = [
    ("title", Title), ("dc:title", Title), ("link", Link), ("feedburner:origlink", Original), ("guid", Id), ("id", Id), ("dc:identifier", Id),
    ("pubdate", Published), ("published", Published), ("dc:date", Published), ("issued", Published), ("dcterms:issued", Published), ("created", Updated),
    ("dcterms:created", Published), ("date", Published), ("updated", Updated), ("modified", Updated), ("dcterms:modified", Updated), ("a10:updated", Updated),
    ("content:encoded", Content), ("content", Content), ("body", Content), ("fulltext", Content), ("description", Summary), ("summary", Summary),
    ("dc:description", Summary), ("abstract", Summary), ("itunes:summary", Fallback), ("media:description", Fallback), ("itunes:subtitle", Fallback),
    ("author", Author), ("dc:creator", Author), ("itunes:author", Author), ("category", Category), ("dc:subject", Category), ("language", Language),
    ("dc:language", Language), ("source", Source), ("dc:source", Source), ("ttl", Ttl),
];

/// Namespaces and the prefix that names them here; nothing for those of the formats themselves.
#[rustfmt::skip]
const NAMESPACES: [(&str, &str); 16] = [
    ("http://www.w3.org/2005/atom", ""), ("http://purl.org/atom/ns#", ""), ("http://purl.org/rss/1.0/", ""), ("http://my.netscape.com/rdf/simple/0.9/", ""),
    ("http://backend.userland.com/rss2", ""), ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf"), ("http://purl.org/rss/1.0/modules/content/", "content"),
    ("http://purl.org/dc/elements/1.1/", "dc"), ("http://purl.org/dc/elements/1.0/", "dc"), ("http://purl.org/dc/terms/", "dcterms"),
    ("http://search.yahoo.com/mrss/", "media"), ("http://search.yahoo.com/mrss", "media"), ("http://www.itunes.com/dtds/podcast-1.0.dtd", "itunes"),
    ("http://rssnamespace.org/feedburner/ext/1.0", "feedburner"), ("http://www.w3.org/1999/xhtml", ""), ("http://blogs.law.harvard.edu/tech/rss", ""),
];

/// What the element called `name` says.
pub fn field(name: &str) -> Option<Field> {
    FIELDS.iter().find(|(known, _)| *known == name).map(|(_, field)| *field)
}

/// The prefix by which elements of a namespace are known here.
pub fn prefix(namespace: &str) -> Option<&'static str> {
    let namespace = namespace.trim().to_ascii_lowercase();
    NAMESPACES.iter().find(|(known, _)| *known == namespace).map(|(_, prefix)| *prefix)
}

/// Elements of a feed that have titles, links and dates of something else in them.
pub fn is_about_else(name: &str) -> bool {
    matches!(
        name,
        "image" | "textinput" | "cloud" | "skiphours" | "skipdays" | "itunes:owner" | "contributor" | "media:credit"
    )
}
