//! A feed as it is written, whichever its format: the values of its fields, not yet understood.

/// Values of one kind that are taken, such as the authors of an entry: each is compared with the others, and no feed means
/// that many.
pub const MOST: usize = 100;

/// A value, and how it is to be read.
#[derive(Clone, Debug, Default)]
pub struct Text {
    pub value: String,
    /// It means itself; otherwise it is HTML, or may be.
    pub plain: bool,
}

/// A file that belongs to an entry.
#[derive(Clone, Debug, Default)]
pub struct Enclosure {
    pub href: String,
    pub kind: String,
    pub title: String,
}

/// An entry.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    pub title: Text,
    /// Links to the entry, the best first.
    pub links: Vec<String>,
    pub id: String,
    pub published: Vec<String>,
    pub updated: Vec<String>,
    pub content: Text,
    pub summary: Text,
    pub fallback: Text,
    pub authors: Vec<String>,
    pub categories: Vec<String>,
    pub enclosures: Vec<Enclosure>,
    pub source: String,
    pub language: String,
    /// What addresses in it are relative to.
    pub base: String,
    /// The feed ended in the middle of it.
    pub cut: bool,
}

/// A feed.
#[derive(Clone, Debug, Default)]
pub struct Feed {
    pub title: Text,
    pub link: String,
    pub language: String,
    pub ttl: String,
    pub hub: String,
    pub base: String,
    pub authors: Vec<String>,
    pub entries: Vec<Entry>,
}

impl Entry {
    /// Takes one more of several values.
    pub fn more<T>(list: &mut Vec<T>, value: T) {
        if list.len() < MOST {
            list.push(value);
        }
    }

    /// Takes `text` where nothing was given before.
    pub fn first(slot: &mut Text, text: Text) {
        if slot.value.trim().is_empty() {
            *slot = text;
        }
    }
}
