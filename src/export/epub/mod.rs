//! Articles as a book (EPUB 3.3, W3C): a chapter an article, in the order given. Gives pieces of bytes away and keeps only what
//! the book says of itself at its end.

mod zip;

use std::fmt::Write as _;

use self::zip::Archive;
use super::html::{STYLE, article, escape};
use crate::clock::Now;
use crate::model::Stored;

const CONTAINER: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"#;

/// What every page begins with, up to its title.
const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<head>
<meta charset="utf-8"/>
<link rel="stylesheet" href="style.css"/>
"#;

/// A book being written.
#[derive(Debug)]
pub struct Epub {
    archive: Archive,
    title: String,
    now: Now,
    /// The language of the first article that has one.
    language: Option<String>,
    manifest: String,
    spine: String,
    contents: String,
}

impl Epub {
    /// A book called `title`, made at `now`, and its beginning; `None` as for `article`.
    #[must_use]
    pub fn begin(title: &str, now: &Now) -> Option<(Self, Vec<u8>)> {
        let mut archive = Archive::default();
        // What the file is has to be seen at its beginning.
        let mut bytes = archive.file("mimetype", b"application/epub+zip")?;
        bytes.extend(archive.file("META-INF/container.xml", CONTAINER.as_bytes())?);
        bytes.extend(archive.file("EPUB/style.css", STYLE.as_bytes())?);
        let (manifest, spine, contents) = (String::new(), String::new(), String::new());
        let book =
            Self { archive, title: title.to_owned(), now: now.clone(), language: None, manifest, spine, contents };
        Some((book, bytes))
    }

    /// The next chapter; `None` where a book can hold no more: 65,000 articles, 4 GiB.
    pub fn article(&mut self, stored: &Stored) -> Option<Vec<u8>> {
        let id = stored.summary.id;
        let title = Some(escape(&stored.article.title)).filter(|title| !title.trim().is_empty());
        let title = title.unwrap_or_else(|| format!("Article {id}"));
        if self.language.is_none() {
            self.language = stored.article.language.clone().filter(|tag| is_language(tag));
        }
        let _ = writeln!(
            self.manifest,
            "<item id=\"article-{id}\" href=\"article-{id}.xhtml\" media-type=\"application/xhtml+xml\"/>"
        );
        let _ = writeln!(self.spine, "<itemref idref=\"article-{id}\"/>");
        let _ = writeln!(self.contents, "<li><a href=\"article-{id}.xhtml\">{title}</a></li>");
        let text = article(stored, &self.now);
        let page = format!("{HEAD}<title>{title}</title>\n</head>\n<body>\n{text}</body>\n</html>\n");
        self.archive.file(&format!("EPUB/article-{id}.xhtml"), page.as_bytes())
    }

    /// The end: what the book says of itself.
    #[must_use]
    pub fn end(mut self) -> Option<Vec<u8>> {
        let title = escape(&self.title);
        let contents = format!(
            "{HEAD}<title>{title}</title>\n</head>\n<body>\n<nav epub:type=\"toc\">\n<h1>{title}</h1>\n<ol>\n{}</ol>\n</nav>\n\
             </body>\n</html>\n",
            self.contents
        );
        let moment = Now::fixed(self.now.seconds).at(self.now.seconds).strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let language = self.language.as_deref().unwrap_or("und");
        let package = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"id\">\n\
             <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n\
             <dc:identifier id=\"id\">pullquote {moment}</dc:identifier>\n\
             <dc:title>{title}</dc:title>\n<dc:language>{language}</dc:language>\n\
             <meta property=\"dcterms:modified\">{moment}</meta>\n</metadata>\n<manifest>\n\
             <item id=\"contents\" href=\"contents.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>\n\
             <item id=\"style\" href=\"style.css\" media-type=\"text/css\"/>\n{}</manifest>\n<spine>\n{}</spine>\n</package>\n",
            self.manifest, self.spine
        );
        let mut bytes = self.archive.file("EPUB/contents.xhtml", contents.as_bytes())?;
        bytes.extend(self.archive.file("EPUB/package.opf", package.as_bytes())?);
        bytes.extend(self.archive.end()?);
        Some(bytes)
    }
}

/// Whether `tag` looks like one of BCP 47.
fn is_language(tag: &str) -> bool {
    let is_part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    tag.split('-').all(is_part)
}
