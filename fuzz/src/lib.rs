//! What is fuzzed: one function for each door through which foreign bytes come. Each takes any bytes at all and panics
//! where a promise of the program is broken. The targets of libFuzzer and the test over the seeds both call these.

pub mod seeds;

use std::path::Path;

use pullquote::{
    config::{Depth, Keys, Settings},
    formats::{self, Format},
    model::{Article, CachedEntry, Document, Quote, Span},
    query::{parse, parse_typing},
    text::{
        clean::{clean as cleaned, shown},
        difference::{self, Changed, Difference, Marks, Version},
        highlight,
        layout::{Page, Role, Setting, lay_out},
        likeness::{Claim, compare},
        segment::cells,
    },
};

/// Every target by name; the files in `fuzz_targets/` are called the same.
pub const TARGETS: &[(&str, fn(&[u8]))] = &[
    ("charset", charset),
    ("chords", chords),
    ("clean", clean),
    ("config", config),
    ("dates", dates),
    ("detect", detect),
    ("difference", difference),
    ("feed", feed),
    ("highlight", highlight),
    ("html", html),
    ("jsonl", jsonl),
    ("layout", layout),
    ("likeness", likeness),
    ("lists", lists),
    ("mail", mail),
    ("markdown", markdown),
    ("plain", plain),
    ("query", query),
    ("quotes", quotes),
    ("rows", rows),
];

/// Bytes decode to text or are refused.
pub fn charset(bytes: &[u8]) {
    let _ = formats::is_utf16(bytes);
    let _ = formats::decode(bytes);
}

/// Keys that are read print as keys that mean the same.
pub fn chords(bytes: &[u8]) {
    if let Ok(keys) = Keys::parse(&text(bytes)) {
        assert_eq!(Keys::parse(&keys.to_string()).as_ref(), Ok(&keys));
    }
}

/// A configuration is taken as far as it is good, and each problem can be shown where it stands.
pub fn config(bytes: &[u8]) {
    let text = text(bytes);
    let (settings, problems) =
        Settings::load(Path::new("config.toml"), Some(&text), &|_| None, &[("everywhere", "quit"), ("list", "open")]);
    for problem in problems {
        assert!(!problem.message.is_empty() && !problem.shown().is_empty() && !problem.to_string().is_empty());
    }
    let _ = settings.theme_on(true, Depth::True);
}

/// Cleaning leaves nothing that could command a terminal, and nothing more to clean.
pub fn clean(bytes: &[u8]) {
    let once = cleaned(&text(bytes));
    assert!(!once.chars().any(|c| c.is_control() && c != '\n'));
    assert_eq!(cleaned(&once), once);
    assert_eq!(shown(&once), once);
}

/// Dates are read or not.
pub fn dates(bytes: &[u8]) {
    let _ = formats::parse_date(&text(bytes));
}

/// A format is found or refused with a reason; the first line is the name.
pub fn detect(bytes: &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let (name, head) = bytes.split_at(end);
    if let Err(error) = formats::detect(&text(name), head) {
        assert!(!error.message.is_empty());
    }
}

/// Of two texts set in one each is there whole, letter for letter: without what was added the old one, without what was removed
/// the new one. The first half of the bytes is the old one, the last byte the measure.
pub fn difference(bytes: &[u8]) {
    let Some((measure, rest)) = bytes.split_last() else { return };
    let (old, new) = rest.split_at(rest.len() / 2);
    let [Ok(old), Ok(new)] = [old, new].map(|half| formats::read(half, Format::Markdown)) else { return };
    let found = [&old, &new].map(|article| pullquote::quotes::detect(article.document.text(), None));
    let version = |article, quotes| {
        let Article { document, .. }: &Article = article;
        Version { title: "", document, quotes }
    };
    let (before, after) = (version(&old, &found[0]), version(&new, &found[1]));
    let difference = Difference::between(&before, &after, Marks::None);
    let text = difference.document.text();
    assert_spans(text, &difference.changes.iter().map(|change| change.span.clone()).collect::<Vec<_>>());
    assert_spans(text, &difference.places);
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let without = |kind: Changed| {
        let mut text = text.to_owned();
        for change in difference.changes.iter().rev().filter(|change| change.kind == kind) {
            text.replace_range(change.span.start as usize..change.span.end as usize, "");
        }
        letters(&text)
    };
    assert_eq!(without(Changed::Added), letters(old.document.text()));
    assert_eq!(without(Changed::Removed), letters(new.document.text()));
    let _ = Difference::between(&before, &after, Marks::Written).summary();
    let setting = Setting { measure: u16::from(*measure).max(2), ascii: measure % 2 == 0, long_quote_rows: 2 };
    for folded in [false, true] {
        let page = difference::lay_out(&difference, &[], setting, folded);
        assert_eq!(page.page.rows.len(), page.signs.len());
    }
}

/// Each entry of a feed becomes a sound article, or is refused with a reason.
pub fn feed(bytes: &[u8]) {
    match formats::feed::read(bytes, Some("https://example.org/feed")) {
        Ok(feed) => feed.entries.iter().flatten().for_each(assert_article),
        Err(error) => assert!(!error.message.is_empty()),
    }
}

/// Hits and snippets lie in their text; the first line is what is looked for.
pub fn highlight(bytes: &[u8]) {
    let all = text(bytes);
    let (wanted, text) = all.split_once('\n').unwrap_or((&all, &all));
    for prefix in [false, true] {
        let hits = highlight::hits(text, &[highlight::Needle::new(wanted, prefix)]);
        assert_spans(text, &hits);
        let (snippet, marks) = highlight::snippet(text, &hits, 80);
        assert!(marks.iter().all(|mark| snippet.get(mark.clone()).is_some()));
    }
}

/// A page becomes a sound article.
pub fn html(bytes: &[u8]) {
    read(bytes, Format::Html);
}

/// A record becomes a sound article.
pub fn jsonl(bytes: &[u8]) {
    read(bytes, Format::JsonLines);
}

/// A table becomes sound articles, a row each; the first line names its columns. And so does an entry of a cache, whose parts
/// are the lines.
pub fn rows(bytes: &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let (head, rest) = bytes.split_at(end);
    if let Ok(head) = formats::table_head(head) {
        for row in rest.split(|byte| *byte == b'\n') {
            match formats::read_row(&head, row) {
                Ok(article) => assert_article(&article),
                Err(error) => assert!(!error.message.is_empty()),
            }
        }
    }
    let text = text(bytes);
    let mut lines = text.split('\n').map(str::to_owned);
    let mut line = || lines.next().unwrap_or_default();
    let (title, url, guid, author, base, href, flags) = (line(), line(), line(), line(), line(), line(), line());
    let (source, content) = (line(), Some(lines.collect::<Vec<_>>().join("\n")));
    let enclosure = (href, "audio/mpeg".to_owned());
    let entry =
        CachedEntry { title, url, guid, author, base, enclosure, flags, source, content, ..CachedEntry::default() };
    if let Ok(article) = formats::feed::cached(&entry) {
        assert_article(&article);
    }
}

/// Lists of feeds and of pages lead to the web only.
pub fn lists(bytes: &[u8]) {
    let text = text(bytes);
    let feeds =
        [formats::lists::opml(&text), formats::lists::urls(&text)].into_iter().flat_map(|outline| outline.feeds);
    let pages = formats::lists::bookmarks(&text).into_iter().filter_map(|bookmark| bookmark.url);
    for url in feeds.map(|feed| feed.url).chain(pages) {
        assert!(url.starts_with("http://") || url.starts_with("https://"), "{url:?}");
    }
}

/// A message becomes a sound article.
pub fn mail(bytes: &[u8]) {
    read(bytes, Format::Mail);
}

/// A file of Markdown, front matter and all, becomes a sound article.
pub fn markdown(bytes: &[u8]) {
    read(bytes, Format::Markdown);
}

/// A plain text becomes a sound article.
pub fn plain(bytes: &[u8]) {
    read(bytes, Format::Plain);
}

/// What was typed is understood, or the mistake lies in it; what is understood prints as something that means the same.
pub fn query(bytes: &[u8]) {
    let text = text(bytes);
    match parse(&text) {
        Ok(query) => {
            let printed = query.to_string();
            assert_eq!(parse(&printed).as_ref(), Ok(&query), "{text:?} printed as {printed:?}");
        }
        Err(mistake) => {
            assert!(text.get(mistake.span.clone()).is_some());
            let _ = mistake.shown(&text);
        }
    }
    let _ = parse_typing(&text);
}

/// Quotations lie in the text, in order, apart from each other, and so do their cues and sources.
pub fn quotes(bytes: &[u8]) {
    let text = text(bytes);
    for language in [None, Some("fr")] {
        let quotes = pullquote::quotes::detect(&text, language);
        assert_quotes(&text, &quotes);
        let explained = pullquote::quotes::explain(&text, language);
        assert!(explained.iter().all(|explained| !explained.steps.is_empty()));
        assert!(explained.into_iter().map(|explained| explained.quote).eq(quotes));
    }
}

/// An article is set in rows that are never too wide and lose no character; the last byte is the measure, two at least,
/// since a wide character does not fit into one cell.
pub fn layout(bytes: &[u8]) {
    let Some((measure, rest)) = bytes.split_last() else { return };
    let Ok(article) = formats::read(rest, Format::Markdown) else { return };
    let quotes = pullquote::quotes::detect(article.document.text(), article.language.as_deref());
    let setting = Setting { measure: u16::from(*measure).max(2), ascii: measure % 2 == 0, long_quote_rows: 2 };
    let page = lay_out(&[(Role::Title, &article.title)], &article.document, &quotes, setting);
    assert_page(&page, &article.document, setting.measure);
}

/// A quotation is found in the text it stands in, and compared with any other; the first line is the quotation.
pub fn likeness(bytes: &[u8]) {
    let all = text(bytes);
    let (claimed, text) = all.split_once('\n').unwrap_or((&all, &all));
    let Ok(claim) = Claim::new(claimed) else { return };
    assert!(compare(&claim, claimed, &[], &[]).is_some_and(|likeness| likeness.verbatim));
    let whole = 0..u32::try_from(text.len()).unwrap();
    if let Some(likeness) = compare(&claim, text, &[whole], &[]) {
        assert_spans(text, &[likeness.span]);
        assert!(!likeness.parts.is_empty());
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn read(bytes: &[u8], format: Format) {
    match formats::read(bytes, format) {
        Ok(article) => assert_article(&article),
        Err(error) => assert!(!error.message.is_empty()),
    }
}

fn assert_article(article: &Article) {
    let Article { title, url, source, author, tags, document, .. } = article;
    assert!(!title.is_empty());
    let lines = [Some(title), url.as_ref(), source.as_ref(), author.as_ref()].into_iter().flatten().chain(tags);
    for line in lines {
        assert_eq!(cleaned(line), *line);
        assert!(!line.contains('\n'), "{line:?}");
    }
    // The cells of a table are set apart by tabs, which cleaning would widen.
    let text = document.text().replace('\t', " ");
    assert_eq!(cleaned(&text), text);
    assert!(document.links().iter().all(|link| link.starts_with("http://") || link.starts_with("https://")));
    let (blocks, inlines, links) = (document.blocks().to_vec(), document.inlines().to_vec(), document.links().to_vec());
    let again = Document::from_parts(document.text().to_owned(), blocks, inlines, links);
    assert_eq!(again.as_ref(), Some(document));
    assert_quotes(document.text(), &pullquote::quotes::detect(document.text(), article.language.as_deref()));
}

fn assert_quotes(text: &str, quotes: &[Quote]) {
    assert_spans(text, &quotes.iter().map(|quote| quote.span.clone()).collect::<Vec<_>>());
    for quote in quotes {
        for span in quote.cue.iter().chain(&quote.source) {
            assert_spans(text, std::slice::from_ref(span));
        }
        assert!((0.0..=1.0).contains(&quote.confidence));
    }
}

/// The spans are on the borders of characters, not empty, sorted, and do not overlap.
fn assert_spans(text: &str, spans: &[Span]) {
    for span in spans {
        let part = text.get(span.start as usize..span.end as usize);
        assert!(part.is_some_and(|part| !part.is_empty()), "{span:?} of {text:?}");
    }
    assert!(spans.is_sorted_by(|a, b| a.end <= b.start), "{spans:?}");
}

fn assert_page(page: &Page, document: &Document, measure: u16) {
    let text = document.text();
    let mut seen = vec![false; text.len()];
    for row in &page.rows {
        let width: usize = row.pieces.iter().map(|piece| cells(&piece.text)).sum();
        assert!(width <= usize::from(measure), "{width} cells in {measure}: {row:?}");
        for piece in &row.pieces {
            let Some(span) = &piece.span else { continue };
            // The cells of a table are set apart by tabs, which a terminal must not get.
            assert_eq!(document.slice(span).replace('\t', " "), piece.text);
            seen[span.start as usize..span.end as usize].fill(true);
        }
    }
    let lost = text.char_indices().find(|(at, c)| !c.is_whitespace() && !seen[*at]);
    assert_eq!(lost, None, "lost at measure {measure} in {text:?}");
}
