//! Files, folders and standard input: found, opened, and nothing more.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result, reason};

/// What a reader named to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file, or a folder with everything in it.
    Path(PathBuf),
    StandardInput,
}

/// A file, or standard input, ready to be read.
pub struct Opened {
    /// As messages name it.
    pub name: String,
    /// Its name without folders and extension; `-` for standard input.
    pub stem: String,
    /// Where it is, for what cannot be read from beginning to end; `None` for standard input.
    pub path: Option<PathBuf>,
    /// In bytes, where the system knows it beforehand.
    pub size: Option<u64>,
    pub reader: Box<dyn Read + Send>,
}

impl Input {
    /// `-` is standard input, anything else a path. Addresses are for `http`, and are refused here.
    pub fn named(name: &Path) -> Result<Self> {
        if name == Path::new("-") {
            return Ok(Self::StandardInput);
        }
        let address = name.to_str().and_then(|name| name.split_once("://"));
        if address.is_some_and(|(scheme, _)| scheme.bytes().all(|byte| byte.is_ascii_alphanumeric())) && !name.exists()
        {
            return Err(Error::refused(format!("{}: only http and https addresses are fetched", name.display()))
                .hint("an address is written like https://news.example/feed.xml"));
        }
        Ok(Self::Path(name.to_owned()))
    }

    /// The files of this input in order: itself, or all that a folder holds, by name; hidden ones left out. Links to
    /// folders are not followed, so that no folder is met twice, nor is anything opened that is not a file.
    #[must_use]
    pub fn files(&self) -> Files {
        match self {
            Self::StandardInput => Files { waiting: vec![Found::StandardInput] },
            Self::Path(path) if path.is_dir() => Files { waiting: vec![Found::Folder(path.clone())] },
            Self::Path(path) => Files { waiting: vec![Found::File(path.clone())] },
        }
    }
}

/// What was found and is still to be looked into.
enum Found {
    StandardInput,
    File(PathBuf),
    Folder(PathBuf),
}

/// Opens one file after the other.
pub struct Files {
    /// The next one last.
    waiting: Vec<Found>,
}

impl Iterator for Files {
    /// An opened file; or a name and why it could not be read.
    type Item = std::result::Result<Opened, (String, Error)>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.waiting.pop()? {
                Found::StandardInput => {
                    let (name, stem) = ("-".to_owned(), "-".to_owned());
                    return Some(Ok(Opened { name, stem, path: None, size: None, reader: Box::new(io::stdin()) }));
                }
                Found::File(path) => return Some(open(&path).map_err(|error| (path.display().to_string(), error))),
                Found::Folder(path) => match entries(&path) {
                    Ok(entries) => self.waiting.extend(entries.into_iter().rev()),
                    Err(error) => return Some(Err((path.display().to_string(), unreadable(&error)))),
                },
            }
        }
    }
}

/// What a folder holds, by name.
fn entries(folder: &Path) -> io::Result<Vec<Found>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        paths.push((entry.path(), entry.file_type()?));
    }
    paths.sort_by(|(a, _), (b, _)| a.cmp(b));
    let found = paths.into_iter().filter_map(|(path, kind)| {
        if kind.is_dir() {
            Some(Found::Folder(path))
        } else if kind.is_file() || kind.is_symlink() && path.is_file() {
            Some(Found::File(path))
        } else {
            None
        }
    });
    Ok(found.collect())
}

fn open(path: &Path) -> Result<Opened> {
    let file = File::open(path).map_err(|error| unreadable(&error))?;
    let size = file.metadata().ok().filter(fs::Metadata::is_file).map(|metadata| metadata.len());
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Opened { name: path.display().to_string(), stem, path: Some(path.to_owned()), size, reader: Box::new(file) })
}

/// A failure of the system to read, in words.
#[must_use]
pub fn unreadable(error: &io::Error) -> Error {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "it may not be read by you".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => format!("it cannot be read: {}", reason(error)),
    };
    Error::refused(reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(input: &Input, root: &Path) -> Vec<String> {
        let root = format!("{}/", root.display());
        let name = |item: <Files as Iterator>::Item| match item {
            Ok(Opened { name, stem, .. }) => format!("{} {stem}", name.replace(&root, "")),
            Err((name, error)) => format!("{}: {error}", name.replace(&root, "")),
        };
        input.files().map(name).collect()
    }

    #[test]
    fn a_folder_is_walked_in_order_without_what_is_hidden() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for path in ["b/2.txt", "b/10.md", "a.txt", ".hidden/x.txt", ".x", "c.tar.gz"] {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "text").unwrap();
        }
        assert_eq!(
            names(&Input::Path(root.to_owned()), root),
            ["a.txt a", "b/10.md 10", "b/2.txt 2", "c.tar.gz c.tar"]
        );
        assert_eq!(names(&Input::Path(root.join(".x")), root), [".x .x"]);
        assert_eq!(names(&Input::Path(root.join("none")), root), ["none: there is no such file or folder"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_lead_to_files_but_not_in_circles() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::write(root.join("a.txt"), "text").unwrap();
        std::os::unix::fs::symlink(root, root.join("circle")).unwrap();
        std::os::unix::fs::symlink(root.join("a.txt"), root.join("again.txt")).unwrap();
        std::os::unix::fs::symlink(root.join("gone"), root.join("dangling")).unwrap();
        assert_eq!(names(&Input::Path(root.to_owned()), root), ["a.txt a", "again.txt again"]);
        // Named itself, a link to a folder is walked.
        assert_eq!(Input::Path(root.join("circle")).files().count(), 2);
    }

    #[test]
    fn names_are_paths_standard_input_or_addresses() {
        assert_eq!(Input::named(Path::new("-")).unwrap(), Input::StandardInput);
        assert_eq!(Input::named(Path::new("a/b")).unwrap(), Input::Path("a/b".into()));
        let error = Input::named(Path::new("ftp://a.example/x")).unwrap_err();
        assert!(error.message.contains("only http"), "{error}");
    }
}
