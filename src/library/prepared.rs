//! An article made ready to store, without the library: work for as many threads as there are.

use super::encoding;
use super::index::Words;
use super::voices::{Spoken, spoken};
use crate::model::{Article, Document, Quote};
use crate::text::story::Story;

/// An article ready to store: body encoded, words folded and counted, hashes computed.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// Without its document, which is in `body`.
    pub(super) article: Article,
    pub(super) body: Vec<u8>,
    /// Hash of what makes it the same article when it comes again.
    pub(super) key: i64,
    /// Hash of a name of it that is one in the whole world, where it has one besides its address.
    pub(super) alias: Option<i64>,
    /// Hash of what its feed calls it.
    pub(super) entry: i64,
    /// Hash of title, text and structure.
    pub(super) content: i64,
    pub(super) words: Words,
    /// The print of its text.
    pub(super) print: u64,
    /// Quotations that are speech.
    pub(super) speeches: u32,
    /// Who speaks in it, as detected.
    pub(super) spoken: Vec<Spoken>,
    /// The version of the engine that detected its quotes; 0 where nobody said.
    pub(super) engine: u32,
}

impl Prepared {
    /// Prepares `article` with the quotes that were detected in `article.document.text()`.
    #[must_use]
    pub fn new(mut article: Article, quotes: &[Quote]) -> Self {
        let document = std::mem::take(&mut article.document);
        let words = Words::new(&article, &document, quotes);
        let speeches = quotes.iter().filter(|quote| quote.speech).count();
        let content = hash(&[article.title.as_bytes(), &encoding::encode(&document, &[])]);
        Self {
            key: key(&article, &document),
            alias: alias(&article),
            entry: entry(&article),
            content,
            body: encoding::encode(&document, quotes),
            print: Story::of(words.text()).print(),
            words,
            speeches: u32::try_from(speeches).unwrap_or(u32::MAX),
            spoken: spoken(quotes),
            engine: 0,
            article,
        }
    }

    /// Only its words, for the index.
    #[must_use]
    pub fn into_words(self) -> Words {
        self.words
    }

    /// Says which version of the engine detected the quotes: an older one's are detected again in the background.
    #[must_use]
    pub fn detected_by(self, engine: u32) -> Self {
        Self { engine, ..self }
    }

    /// Where it can be read on the web.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.article.url.as_deref()
    }
}

/// The same address is the same article; without one, what its source calls it; without a source too, that name and the
/// title; without any, its words. A bare number needs the title in any case, since many collections, also of one source,
/// count their records from 1; and the address of a whole site is that of all its articles.
fn key(article: &Article, document: &Document) -> i64 {
    let [url, guid] = [&article.url, &article.guid].map(|name| name.as_deref().filter(|name| !is_site(name)));
    let title = article.title.as_bytes();
    match (url, guid, &article.source) {
        (Some(url), ..) => hash(&[b"url", url.as_bytes()]),
        (None, Some(guid), Some(source)) if is_number(guid) => {
            hash(&[b"record", source.as_bytes(), guid.as_bytes(), title])
        }
        (None, Some(guid), Some(source)) => hash(&[b"guid", source.as_bytes(), guid.as_bytes()]),
        (None, Some(guid), None) => hash(&[b"record", guid.as_bytes(), title]),
        (None, None, _) => hash(&[b"text", title, document.text().as_bytes()]),
    }
}

/// What a feed calls an entry: its id, else its address, else its title.
fn entry(article: &Article) -> i64 {
    let name = article.guid.as_deref().or(article.url.as_deref()).unwrap_or(&article.title);
    hash(&[name.as_bytes()])
}

/// A guid that is made to be one in the whole world names its article under another address too.
fn alias(article: &Article) -> Option<i64> {
    let guid = article.guid.as_deref().filter(|guid| !is_site(guid) && article.url.as_deref() != Some(guid))?;
    let is_uri = guid.contains("://") || ["tag:", "urn:"].iter().any(|scheme| guid.starts_with(scheme));
    is_uri.then(|| hash(&[b"guid", guid.as_bytes()]))
}

/// A bare number: many collections count their records from 1.
pub(super) fn is_number(guid: &str) -> bool {
    guid.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether `address` names a host and nothing on it.
fn is_site(address: &str) -> bool {
    let Some((scheme, rest)) = address.split_once("://") else { return false };
    let web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let empty = |rest: &str| rest.bytes().all(|byte| b"/?#".contains(&byte));
    web && rest.find(['/', '?', '#']).and_then(|end| rest.get(end..)).is_none_or(empty)
}

/// FNV-1a with 64 bits (Fowler, Noll, Vo), each part closed by its length so that parts cannot run into each other.
fn hash(parts: &[&[u8]]) -> i64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut take = |bytes: &[u8]| {
        for byte in bytes {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
        }
    };
    for part in parts {
        take(part);
        take(&(part.len() as u64).to_le_bytes());
    }
    hash.cast_signed()
}
