//! What is kept, and that it stays kept.

mod adding;
mod changing;
mod detecting;
mod feeding;
mod finding;
mod indexing;
mod looking;
mod meaning;
mod opening;
mod saying;
mod sorting;
mod speaking;
mod telling;

use std::path::PathBuf;

use pullquote::library::{Added, Library, Prepared};
use pullquote::model::{Article, Document, Id, Published, Quote};
use tempfile::TempDir;

/// A moment in 2026.
const NOW: i64 = 1_780_000_000;

/// A folder with a library in it; it goes when this goes.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("library.db")
    }

    fn open(&self) -> Library {
        Library::open(&self.file()).unwrap()
    }
}

/// An article of paragraphs with an address made of its title.
fn article(title: &str, paragraphs: &[&str]) -> Article {
    Article {
        title: title.to_owned(),
        url: Some(format!("https://courier.example/{}", title.replace(' ', "-"))),
        document: Document::plain(paragraphs.iter().copied()),
        ..Article::default()
    }
}

/// The same article, published at `seconds`.
fn dated(article: Article, seconds: i64) -> Article {
    Article { published: Some(Published { seconds, day_only: false }), ..article }
}

fn speech(start: u32, end: u32, speaker: Option<&str>) -> Quote {
    let speaker = speaker.map(str::to_owned);
    Quote { span: start..end, speech: true, cue: None, source: None, speaker, role: None, confidence: 0.8 }
}

fn add(library: &mut Library, article: Article) -> Added {
    add_with(library, article, &[])
}

fn add_with(library: &mut Library, article: Article, quotes: &[Quote]) -> Added {
    library.add(&[Prepared::new(article, quotes)], NOW).unwrap()[0]
}

fn id(added: Added) -> Id {
    let (Added::New(id) | Added::Known(id) | Added::Updated(id)) = added;
    id
}

fn titles(library: &Library) -> Vec<String> {
    library.newest(100).unwrap().into_iter().map(|summary| summary.title).collect()
}
