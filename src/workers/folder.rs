//! Articles written into a folder as Markdown, a file for each. A file appears when it is whole.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use crate::error::{Error, Result, reason};
use crate::export::markdown;
use crate::library::Library;
use crate::model::{Id, Stored};
use crate::text::fold::folded_words;

/// Characters of a title that a file's name keeps.
const NAME: usize = 60;

/// The path that a reader typed: `~` is the home folder.
pub(super) fn at_home(name: &str) -> PathBuf {
    let below = if name == "~" { Some("") } else { name.strip_prefix("~/") };
    match below.and_then(|below| Some((directories::UserDirs::new()?, below))) {
        Some((user, below)) => user.home_dir().join(below),
        None => Path::new(name).to_owned(),
    }
}

/// Writes the articles `ids` into `folder`, which is made where there is none, and in place of earlier files of theirs;
/// how many there still were.
///
/// # Errors
/// The library's, and the disk's, with the name of the file.
pub fn write_folder(folder: &Path, library: &Library, ids: &[Id]) -> Result<usize> {
    std::fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    let mut written = 0;
    for id in ids {
        let Some(stored) = library.article(*id)? else { continue };
        let path = folder.join(file_name(&stored));
        let text = markdown(&stored.article, &stored.summary.tags);
        let mut draft = draft(folder).map_err(|error| failed(folder, &error))?;
        draft.write_all(text.as_bytes()).map_err(|error| failed(&path, &error))?;
        draft.persist(&path).map_err(|error| failed(&path, &error.error))?;
        written += 1;
    }
    Ok(written)
}

/// A file to be in `folder`, when it is whole. Others may read it as far as the umask lets them, like any file.
pub fn draft(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

fn failed(path: &Path, error: &io::Error) -> Error {
    Error::refused(format!("{} cannot be written: {}", path.display(), reason(error)))
        .hint("name a folder that you may write to")
}

/// `12-harbour-board-signs.md`: the number keeps names apart, the words are for people.
fn file_name(stored: &Stored) -> String {
    let mut name = stored.summary.id.to_string();
    for word in folded_words(&stored.summary.title) {
        if name.chars().count() + word.chars().count() >= NAME {
            break;
        }
        name.push('-');
        name.push_str(&word);
    }
    name + ".md"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workers::fixture::Fixture;

    #[test]
    fn each_article_is_a_file_named_for_people_and_writing_again_changes_nothing() {
        let fixture = Fixture::new();
        let library = Library::open_existing(&fixture.path()).unwrap();
        let folder = fixture.folder.path().join("out").join("deep");
        for _ in 0..2 {
            assert_eq!(write_folder(&folder, &library, &[1, 2, 99]).unwrap(), 2);
            let mut names: Vec<_> = std::fs::read_dir(&folder)
                .unwrap()
                .map(|file| file.unwrap().file_name().into_string().unwrap())
                .collect();
            names.sort();
            let [first, second] = names.as_slice() else { panic!("{names:?}") };
            assert!(first.starts_with("1-") && second.starts_with("2-"), "{names:?}");
            assert!(std::fs::read_to_string(folder.join(first)).unwrap().contains("harbour master"));
        }
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_named() {
        let fixture = Fixture::new();
        let library = Library::open_existing(&fixture.path()).unwrap();
        let error = write_folder(&fixture.path().join("below a file"), &library, &[1]).unwrap_err();
        assert!(error.message.contains("below a file"), "{}", error.message);
    }
}
