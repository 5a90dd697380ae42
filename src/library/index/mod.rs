//! The search index: a cache beside the library that finds words quickly.
//!
//! It lives in `<library file>.index`, in a folder whose name the library knows; whatever else is there is a leftover. Nothing
//! in it is true by itself: what changes in the library is written to the `dirty` table in the same transaction, and
//! `catch_up` carries it over. Deleting the folder at any time only costs the work of filling it again.

mod absent;
mod begun;
mod candidates;
mod catch_up;
mod doubt;
mod entry;
mod fields;
mod files;
mod filtered;
mod inverted;
mod inverting;
mod meant;
mod outdated;
mod passages;
mod period;
mod prefix;
mod progress;
mod room;
mod search;
mod segment;
mod terms;
mod titles;
mod translate;
mod writing;

use std::path::{Path, PathBuf};

use tantivy::{IndexReader, ReloadPolicy, Searcher};

use self::fields::Fields;
use super::file::beside;
use super::store::Library;
use crate::error::{Error, Result};

pub use catch_up::CaughtUp;
pub use entry::Words;
pub use search::Found;
pub use writing::Writing;

/// Where the library keeps the name of its index's folder.
pub(super) const NAME: &str = "library.index";

/// Where the library keeps the tokens of the commits that its index may be at.
pub(super) const COMMITS: &str = "library.index.commits";

/// The search index of a library, opened when it is first needed. Drop it when it was not used for a while: that gives
/// its memory back, and opening it again takes milliseconds.
pub struct Index {
    /// Holds the folder with the index, and the lock of whoever writes to it.
    root: PathBuf,
    opened: Option<Opened>,
    /// What of the library searches may find; kept between letters.
    seen: Option<search::Seen>,
}

struct Opened {
    name: String,
    fields: Fields,
    index: tantivy::Index,
    reader: IndexReader,
    /// What the library was when the reader last looked for news.
    seen: (i64, u64),
    /// What the index said of itself then. While another process adds, the library changes ten times a second and the index
    /// every few seconds, and to open its parts anew takes as long as a search.
    said: Vec<u8>,
}

impl Index {
    /// The index of the library at `library_path`. Reads nothing yet.
    #[must_use]
    pub fn open(library_path: &Path) -> Self {
        Self { root: beside(library_path, ".index"), opened: None, seen: None }
    }

    /// Whether there is no index that belongs to the library as it is: `catch_up` then makes one from the beginning, and until
    /// it has done so a search looks at titles only.
    pub fn needs_rebuild(&mut self, library: &Library) -> Result<bool> {
        Ok(self.reach(library)?.is_none())
    }

    /// How many changes of the library the index does not know yet.
    pub fn behind(&self, library: &Library) -> Result<u64> {
        catch_up::behind(library)
    }

    /// The index as it is now; `None` where it has to be built first.
    fn reach(&mut self, library: &Library) -> Result<Option<&Opened>> {
        let now = library.state()?;
        if self.opened.as_ref().is_some_and(|opened| opened.seen == now) {
            return Ok(self.opened.as_ref());
        }
        let Some(name) = library.recall(NAME)? else {
            self.opened = None;
            return Ok(None);
        };
        match &mut self.opened {
            Some(opened) if opened.name == name && self.root.join(&name).is_dir() => {
                // Read before the parts are: what is committed in between is taken once more.
                let said = said(&self.root.join(&name));
                if said.is_empty() || said != opened.said {
                    opened.reader.reload().map_err(failed)?;
                    opened.said = said;
                }
                opened.seen = now;
            }
            _ => {
                let folder = self.root.join(&name);
                let said = said(&folder);
                let index = tantivy::Index::open_in_dir(folder).ok();
                self.opened = index.and_then(|index| Opened::new(name, index, now, said).ok());
                if self.opened.as_ref().is_some_and(|opened| !opened.belongs_to(library).unwrap_or(false)) {
                    self.opened = None;
                }
            }
        }
        Ok(self.opened.as_ref())
    }
}

impl Opened {
    fn new(name: String, index: tantivy::Index, seen: (i64, u64), said: Vec<u8>) -> Result<Self> {
        let fields = Fields::of(&index.schema()).ok_or_else(|| Error::refused("the index is of another version"))?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(failed)?;
        Ok(Self { name, fields, index, reader, seen, said })
    }

    fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// The last commit; `None` where there was none yet.
    fn commit(&self) -> Result<Option<Commit>> {
        let payload = self.index.load_metas().map_err(failed)?.payload;
        let unknown = || Error::refused("the index is of another version");
        payload.map(|payload| Commit::read(&payload).ok_or_else(unknown)).transpose()
    }

    /// Whether the library has the index's last commit. Where it has not, its file was replaced by another copy, which may
    /// have counted other changes by the same numbers.
    fn belongs_to(&self, library: &Library) -> Result<bool> {
        let tokens = library.recall(COMMITS)?.unwrap_or_default();
        Ok(match self.commit()? {
            Some(commit) => tokens.split(' ').any(|token| token == commit.token),
            None => tokens.is_empty(),
        })
    }
}

/// What the index in `folder` says of itself: the parts that it has, and with each commit something else. Empty where that cannot
/// be read.
fn said(folder: &Path) -> Vec<u8> {
    std::fs::read(folder.join("meta.json")).unwrap_or_default()
}

/// What the index keeps with each commit.
struct Commit {
    /// The last change of the library that the index knows.
    known: i64,
    /// Drawn for this commit and kept in the library too.
    token: String,
}

impl Commit {
    fn read(payload: &str) -> Option<Self> {
        let (known, token) = payload.split_once(' ')?;
        Some(Self { known: known.parse().ok()?, token: token.to_owned() })
    }

    fn write(&self) -> String {
        format!("{} {}", self.known, self.token)
    }
}

/// What the index reports. It can always be built anew, so that is the remedy.
#[expect(clippy::needless_pass_by_value, reason = "it stands in `map_err`")]
fn failed(fault: tantivy::TantivyError) -> Error {
    Error::refused(format!("the search index failed: {fault}")).hint("run `pullquote reindex`")
}
