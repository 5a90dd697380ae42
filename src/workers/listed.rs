//! Lists of feeds: OPML, newsboat's `urls`, the feeds of its cache. What they name is subscribed to and not fetched here.

use std::io::Read;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::formats::lists::{self, Outline, Refused};
use crate::formats::{self, DOCUMENT_LIMIT, Format};
use crate::library::{Library, Newsboat, Subscribed};
use crate::model::Subscription;
use crate::sources::files::unreadable;
use crate::sources::http;
use crate::text::counted;

/// Names of a folder that is newsboat's own, whatever else lies in it.
const NEWSBOATS: [&str; 3] = [".newsboat", "newsboat", ".newsbeuter"];

/// The feeds that a list names, with what it decides about them; and what in it is not taken, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    pub feeds: Vec<(String, Subscription)>,
    pub refused: Vec<(String, Error)>,
}

impl List {
    /// The feeds of `outline`, which stands in what is called `name`.
    #[must_use]
    pub fn of(outline: Outline, name: &str) -> Self {
        let mut list = Self::default();
        for feed in outline.feeds {
            let (title, folder, tags) = (feed.title, feed.folders.join("/"), feed.tags);
            match http::address(&feed.url) {
                Ok(url) => {
                    list.feeds.push((url.into(), Subscription { title, folder, tags, ..Subscription::default() }));
                }
                Err(error) => list.refused.push((http::shown(&feed.url), error)),
            }
        }
        for refused in outline.refused {
            let address = http::shown(&refused.address);
            let shown = refused.line.map_or_else(|| address.clone(), |line| format!("{name}:{line}: {address}"));
            list.refused.push((shown, reason(&refused)));
        }
        list
    }

    /// Subscribes to all of it; `wanted` counts where the list says nothing, its folder and tags besides the list's. How many
    /// are new, and how many were there.
    ///
    /// # Errors
    /// There is nothing in it to subscribe to. The library's.
    pub fn subscribe(self, library: &mut Library, wanted: &Subscription, now: i64) -> Result<(usize, usize)> {
        if self.feeds.is_empty() {
            let some = !self.refused.is_empty();
            let what = if some { "no feed of the list could be taken" } else { "there is no feed in the list" };
            return Err(Error::refused(what));
        }
        let decided = |said: Subscription| Subscription {
            title: said.title.or_else(|| wanted.title.clone()),
            folder: [wanted.folder.as_str(), said.folder.as_str()]
                .iter()
                .filter(|part| !part.is_empty())
                .copied()
                .collect::<Vec<_>>()
                .join("/"),
            tags: wanted.tags.iter().chain(&said.tags).cloned().collect(),
            ..wanted.clone()
        };
        let feeds: Vec<_> = self.feeds.into_iter().map(|(address, said)| (address, decided(said))).collect();
        let all = library.subscribe(&feeds, now)?;
        let new = all.iter().filter(|one| matches!(one, Subscribed::New(_))).count();
        Ok((new, all.len() - new))
    }
}

/// What became of a list, in a line for the reader.
pub(super) fn said_of_list(new: usize, known: usize, refused: usize) -> String {
    let said = format!("{} subscribed to, {known} already; R asks for articles", counted(new, "feed"));
    if refused == 0 { said } else { format!("{said}; {refused} refused") }
}

/// Why nothing is subscribed to there. What a list names is never run and never opened.
fn reason(refused: &Refused) -> Error {
    let begins = |with: &str| refused.address.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    if begins("query:") {
        return Error::refused("a search of newsboat’s is no feed")
            .hint("search here with `/`, and `*` keeps the search among the places");
    }
    if begins("exec:") || begins("filter:") || begins("|") {
        return Error::refused("commands are never run")
            .hint("subscribe to the address that it fetches, if it has one");
    }
    if begins("file:") {
        return Error::refused("a file is not subscribed to").hint("`pullquote add FILE` stores what is in it");
    }
    Error::refused("only http and https addresses are fetched")
        .hint("an address is written like https://news.example/feed.xml")
}

/// What of `things` are lists of feeds, and what has articles in it. newsboat's cache is both; its folder stands for the list
/// and the cache in it, of which the list says what is subscribed to. `format` is what they are, instead of what they seem.
#[must_use]
pub fn sorted(things: Vec<PathBuf>, format: Option<Format>) -> (Vec<PathBuf>, Vec<PathBuf>) {
    let (mut all_lists, mut inputs) = (Vec::new(), Vec::new());
    for thing in things {
        let mut lists = Vec::new();
        for file in newsboats(&thing).unwrap_or_else(|| vec![thing]) {
            match kind(&file, format) {
                Some(Format::Opml | Format::Urls) => lists.push(file),
                Some(Format::Newsboat) => {
                    if lists.is_empty() {
                        lists.push(file.clone());
                    }
                    inputs.push(file);
                }
                _ => inputs.push(file),
            }
        }
        all_lists.append(&mut lists);
    }
    (all_lists, inputs)
}

/// The list and the cache in a folder of newsboat's; `None` where it is another folder. newsboat's settings and the history of
/// what was typed are nobody's articles.
fn newsboats(folder: &Path) -> Option<Vec<PathBuf>> {
    let mut files = ["urls", "cache.db"].map(|name| folder.join(name));
    let [_, cache] = &mut files;
    // By the customs of XDG the list is configuration and the cache is data.
    if let Some(config) = folder.parent().filter(|_| !cache.is_file() && folder.ends_with(".config/newsboat"))
        && let Some(home) = config.parent()
    {
        *cache = home.join(".local/share/newsboat/cache.db");
    }
    let there = files.iter().filter(|file| file.is_file()).count();
    let named = folder.file_name().is_some_and(|name| NEWSBOATS.iter().any(|newsboats| name == *newsboats));
    (there == files.len() || named && there > 0).then(|| files.into_iter().filter(|file| file.is_file()).collect())
}

/// The first of `folders` that has something of newsboat's in it, or the first list of feeds in one. Only looks at the names
/// of files.
pub(super) fn first_among(folders: &[PathBuf]) -> Option<PathBuf> {
    folders.iter().find_map(|folder| match newsboats(folder) {
        Some(_) => Some(folder.clone()),
        None => lists_in(folder).min(),
    })
}

/// The files of OPML in `folder`; none where it cannot be read.
fn lists_in(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let files = folder.read_dir().into_iter().flatten().flatten().map(|file| file.path());
    files.filter(|path| path.extension().is_some_and(|end| end.eq_ignore_ascii_case("opml")) && path.is_file())
}

/// What the file at `path` is; `None` where it is no file, or one that is refused.
fn kind(path: &Path, format: Option<Format>) -> Option<Format> {
    if !path.is_file() {
        return None;
    }
    format.or_else(|| formats::detect(&path.to_string_lossy(), &head(path, formats::HEAD as u64).ok()?).ok())
}

/// Reads the list at `path`.
///
/// # Errors
/// It cannot be read, is too large, no text, or no list.
pub fn read(path: &Path, format: Option<Format>) -> Result<List> {
    let format = kind(path, format);
    let outline = if format == Some(Format::Newsboat) {
        let mut outline = Outline::default();
        for (address, title) in Newsboat::open(path, DOCUMENT_LIMIT)?.feeds()? {
            outline.add(&address, &title);
        }
        outline
    } else {
        let bytes = head(path, DOCUMENT_LIMIT as u64 + 1)?;
        if bytes.len() > DOCUMENT_LIMIT {
            return Err(formats::too_large());
        }
        let text = formats::decode(&bytes)?;
        if format == Some(Format::Urls) { lists::urls(&text) } else { lists::opml(&text) }
    };
    Ok(List::of(outline, &path.display().to_string()))
}

/// The first bytes of a file.
fn head(path: &Path, bytes: u64) -> Result<Vec<u8>> {
    let mut head = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(bytes).read_to_end(&mut head));
    read.map_err(|error| unreadable(&error))?;
    Ok(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_told_from_what_has_articles() {
        let folder = tempfile::tempdir().unwrap();
        let put = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, bytes).unwrap();
            path
        };
        let cache = b"SQLite format 3\0 rss_feed rss_item";
        let files = [
            put("a.opml", b"<opml>"),
            put("urls", b"https://a.example/"),
            put("b.txt", b"Words."),
            put("any.db", cache),
            folder.path().join("none"),
        ];
        let (lists, inputs) = sorted(files.to_vec(), None);
        assert_eq!(lists, [files[0].clone(), files[1].clone(), files[3].clone()]);
        assert_eq!(inputs, files[2..]);
        assert_eq!(sorted(vec![files[2].clone()], Some(Format::Urls)).0, [files[2].clone()]);

        // A folder of newsboat's own: nothing but the list and the cache.
        for name in [".newsboat", "kept"] {
            let home = folder.path().join(name);
            let (urls, db) = (put(&format!("{name}/urls"), b"#"), put(&format!("{name}/cache.db"), cache));
            put(&format!("{name}/config"), b"color list");
            assert_eq!(sorted(vec![home], None), (vec![urls], vec![db]));
        }
        // By the customs of XDG.
        let list = put("ada/.config/newsboat/urls", b"#");
        let home = list.parent().unwrap().to_owned();
        assert_eq!(sorted(vec![home.clone()], None), (vec![list.clone()], vec![]));
        let db = put("ada/.local/share/newsboat/cache.db", cache);
        assert_eq!(sorted(vec![home.clone()], None), (vec![list], vec![db]));
        let none = folder.path().join("ada/.newsboat");
        assert_eq!(first_among(&[none.clone(), home.clone()]), Some(home));
        assert_eq!(first_among(std::slice::from_ref(&none)), None);
        let list = put("ada/Feeds.OPML", b"<opml>");
        put("ada/More.opml", b"<opml>");
        assert_eq!(first_among(&[none, list.parent().unwrap().to_owned()]), Some(list));

        let home = folder.path().join("x/newsboat");
        let urls = put("x/newsboat/urls", b"#");
        assert_eq!(sorted(vec![home.clone()], None), (vec![urls.clone()], vec![]));
        std::fs::remove_file(urls).unwrap();
        assert_eq!(sorted(vec![home.clone()], None), (vec![], vec![home]));
    }

    #[test]
    fn what_is_no_address_is_named_with_its_line() {
        let text = "https://a.example/f\n\n\"query:Unread:unread = \\\"yes\\\"\"\nexec:ls\nfile:///etc/passwd\n\
                    https://ada:hush@b.example/f\ngopher://c.example/";
        let list = List::of(lists::urls(text), "urls");
        assert_eq!(list.feeds.len(), 1);
        let said: Vec<_> = list.refused.iter().map(|(name, error)| format!("{name}: {error}")).collect();
        assert_eq!(
            said,
            [
                "https://b.example/f: there is a name or password in the address",
                "urls:3: query:Unread:unread = \"yes\": a search of newsboat’s is no feed",
                "urls:4: exec:ls: commands are never run",
                "urls:5: file:///etc/passwd: a file is not subscribed to",
                "urls:7: gopher://c.example/: only http and https addresses are fetched",
            ]
        );
    }
}
