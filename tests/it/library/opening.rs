//! Files that are opened, made, or refused untouched.

use std::fs;
use std::path::Path;

use pullquote::library::{Library, Prepared};
use pullquote::model::Change;

use super::saying::{add_spoken, correct, spoken};
use super::{NOW, Place, add, article, titles};

/// A library with one article, closed.
fn made(place: &Place) -> Vec<u8> {
    add(&mut place.open(), article("kept", &["text"]));
    fs::read(place.file()).unwrap()
}

#[test]
fn a_new_library_is_made_with_its_folders_and_opened_again() {
    let place = Place::new();
    let file = place.0.path().join("deep/er/library.db");
    assert!(Library::open_existing(&file).unwrap_err().message.contains("there is no library"));
    let mut library = Library::open(&file).unwrap();
    assert!(library.is_empty().unwrap());
    add(&mut library, article("kept", &["text"]));
    drop(library);
    let library = Library::open_existing(&file).unwrap();
    assert!(!library.is_empty().unwrap());
    assert_eq!(titles(&library), ["kept"]);
    drop(library);
    // Nothing is left over from making it.
    let names: Vec<_> = fs::read_dir(file.parent().unwrap()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["library.db"]);
}

#[test]
fn what_is_not_a_whole_library_of_ours_is_refused_untouched() {
    let place = Place::new();
    let whole = made(&place);
    let with = |at: usize, value: u32| {
        let mut bytes = whole.clone();
        bytes[at..at + 4].copy_from_slice(&value.to_be_bytes());
        bytes
    };
    let table: &[(&str, Vec<u8>, &str)] = &[
        ("empty", Vec::new(), "is empty"),
        ("garbage", b"once upon a time".repeat(100), "is not a library"),
        ("short", whole[..50].to_vec(), "is not a library"),
        ("cut off in its first page", whole[..5000].to_vec(), "is cut off"),
        ("cut off in its last page", whole[..whole.len() - 1].to_vec(), "is cut off"),
        ("foreign", with(68, 0), "is a database of another program"),
        ("newer", with(60, 99), "was written by a newer pullquote"),
    ];
    for (name, bytes, message) in table {
        let place = Place::new();
        fs::write(place.file(), bytes).unwrap();
        for open in [Library::open, Library::open_existing] {
            let error = open(&place.file()).unwrap_err();
            assert!(error.message.contains(message), "{name}: {}", error.message);
            let hint = error.hint.unwrap();
            assert!(!hint.contains("move it") || hint.contains("-wal and -shm"), "{name}: {hint}");
        }
        assert_eq!(fs::read(place.file()).unwrap(), *bytes, "{name}");
        assert_eq!(fs::read_dir(place.0.path()).unwrap().count(), 1, "{name}: something was left beside it");
    }
}

#[test]
fn no_library_is_made_where_the_log_of_another_one_lies() {
    let place = Place::new();
    let log = place.0.path().join("library.db-wal");
    fs::write(&log, "articles").unwrap();
    let error = Library::open(&place.file()).unwrap_err();
    assert!(error.message.contains("library.db-wal"), "{}", error.message);
    assert!(error.hint.is_some_and(|hint| hint.contains("-wal") && hint.contains("-shm")));
    assert_eq!(fs::read(&log).unwrap(), b"articles");
    assert_eq!(fs::read_dir(place.0.path()).unwrap().count(), 1);
    // An empty one holds nothing.
    fs::write(&log, "").unwrap();
    Library::open(&place.file()).unwrap();
}

#[test]
fn a_folder_is_refused() {
    let place = Place::new();
    assert!(Library::open(place.0.path()).unwrap_err().message.contains("is not a file"));
}

#[test]
fn a_file_broken_inside_is_an_error_with_a_remedy_and_no_panic() {
    let place = Place::new();
    let whole = made(&place);
    read_all(&place.file()).unwrap();
    let mut damaged = 0;
    for start in (100..whole.len()).step_by(1021) {
        let mut bytes = whole.clone();
        let end = (start + 400).min(bytes.len());
        bytes[start..end].fill(0xa5);
        let place = Place::new();
        fs::write(place.file(), &bytes).unwrap();
        // Most of a small library's file is empty room, where nothing is lost.
        if let Err(error) = read_all(&place.file()) {
            assert!(error.hint.is_some(), "{}", error.message);
            damaged += usize::from(error.message.contains("the library is damaged"));
        }
    }
    assert!(damaged > 5, "{damaged}");
}

fn read_all(file: &Path) -> pullquote::error::Result<()> {
    let library = Library::open(file)?;
    library.newest(10)?;
    library.counts()?;
    library.sources()?;
    library.article(1)?;
    library.revisions(1)?;
    Ok(())
}

/// What each version of the schema has that the one before had not.
const STEPS: [&str; 7] = [
    "DROP TABLE speaker; DROP TABLE voice; DROP TABLE correction; DROP TABLE kept; DROP TABLE renaming;
     DROP INDEX article_content; DELETE FROM mark WHERE id & 7 = 4; DELETE FROM memory WHERE key = 'quotes.engine';",
    "DROP TABLE alias;",
    "DROP TABLE feed; DROP TABLE entry; DROP TABLE page;",
    "ALTER TABLE correction DROP COLUMN nth; ALTER TABLE correction DROP COLUMN twins;
     ALTER TABLE kept DROP COLUMN nth; ALTER TABLE kept DROP COLUMN twins;",
    "ALTER TABLE article DROP COLUMN print; DROP TABLE story; DELETE FROM mark WHERE id & 7 = 5;",
    "DROP INDEX speaker_often",
    "DROP TABLE known; DROP TABLE speaking; DELETE FROM memory WHERE key = 'library.sorted';
     CREATE INDEX article_key ON article (key); CREATE INDEX article_content ON article (content);
     CREATE INDEX voice_speaker ON voice (speaker, place);",
];

/// Makes the library in `file` what that `version` would have made of it.
pub(super) fn make_older(file: &Path, version: usize) {
    let connection = rusqlite::Connection::open(file).unwrap();
    for step in STEPS[version - 1..].iter().rev() {
        connection.execute_batch(step).unwrap();
    }
    connection.pragma_update(None, "user_version", i64::try_from(version).unwrap()).unwrap();
    connection.close().unwrap();
}

#[test]
fn a_library_of_an_earlier_version_keeps_everything() {
    for version in 1..=STEPS.len() {
        let place = Place::new();
        let mut library = place.open();
        for title in ["a", "b"] {
            add_spoken(&mut library, title, &[("Ada", "“Go.”"), ("Bo", "“Stay.”")]);
        }
        let untouched = [1, 2].map(|id| library.article(id).unwrap().unwrap());
        let changes = [
            (1, Change::Bookmarked(true)),
            (1, Change::Note("mind".to_owned())),
            (2, Change::Tag("sea".to_owned(), true)),
            (1, Change::Read(true)),
            (2, Change::Trashed(true)),
        ];
        for (id, change) in &changes {
            assert_eq!(library.change(&[*id], change, NOW).unwrap(), 1);
        }
        let mut done = changes.len();
        if version > 1 {
            correct(&mut library, 1, "“Stay.”", Some("Cleo"));
            let span = untouched[0].quotes[0].span.clone();
            library.change(&[1], &Change::Keep { span, keep: true }, NOW).unwrap();
            library.rename_speaker("Ada", "Ada Brandt", None, NOW).unwrap();
            done += 3;
        }
        let touched = [1, 2].map(|id| library.article(id).unwrap().unwrap());
        drop(library);
        make_older(&place.file(), version);

        let mut library = place.open();
        assert!(place.0.path().join(format!("library.db.version-{version}")).exists());
        let now = [1, 2].map(|id| library.article(id).unwrap().unwrap());
        assert_eq!(now, touched, "{version}");
        if version == 1 {
            assert_eq!(library.detected_before(1).unwrap(), 2);
            let engine =
                |article: &pullquote::model::Article| spoken(&article.title, &[("Ada", "“Go.”"), ("Bo", "“Stay.”")]).1;
            assert_eq!(library.detect_again(1, &engine, 9, &|| false).unwrap(), 0);
        }
        let speakers: Vec<_> = library.speakers("", 9).unwrap().into_iter().map(|speaker| speaker.name).collect();
        assert_eq!(speakers, if version == 1 { ["Ada", "Bo"] } else { ["Ada Brandt", "Cleo"] });
        assert_eq!(library.check().unwrap(), Vec::<String>::new(), "{version}");
        for _ in 0..done {
            assert!(library.undo().unwrap().is_some(), "{version}");
        }
        assert_eq!(library.undo().unwrap(), None);
        assert_eq!([1, 2].map(|id| library.article(id).unwrap().unwrap()), untouched, "{version}");
        // It takes new ones, and knows those that it has.
        let (known, quotes) = spoken("a", &[("Ada", "“Go.”"), ("Bo", "“Stay.”")]);
        assert_eq!(library.add(&[Prepared::new(known, &quotes)], NOW).unwrap(), [pullquote::library::Added::Known(1)]);
        assert_eq!(library.check().unwrap(), Vec::<String>::new(), "{version}");
    }
}
