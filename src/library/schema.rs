//! The tables of the library's file, and how an older file becomes a newer one.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::error::Result;

/// Marks the file as ours: `PQlb` in ASCII.
pub const APPLICATION: u32 = 0x5051_6c62;

/// The version of the schema: the number of steps below.
#[expect(clippy::cast_possible_truncation, reason = "a handful of steps")]
pub const VERSION: u32 = STEPS.len() as u32;

/// What takes a file from each version to the next; the first one makes a new library. What one makes is never changed.
const STEPS: &[&str] = &[FIRST, SPEAKERS, ALIASES, FEEDS, TWINS, STORIES, OFTEN, SORTED];

const FIRST: &str = "
    -- place: when it was published, in order and unique (src/library/place.rs)
    -- dated: whether the article itself says when it was published; otherwise it is when it was added
    -- key: hash of what makes it the same article when it comes again; content: hash of title and body (src/library/prepared.rs)
    -- words, quotes: of the whole text; quotes counts speech only
    CREATE TABLE article (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        place INTEGER NOT NULL,
        dated INTEGER NOT NULL,
        added INTEGER NOT NULL,
        key INTEGER NOT NULL,
        content INTEGER NOT NULL,
        words INTEGER NOT NULL,
        quotes INTEGER NOT NULL,
        source INTEGER REFERENCES source (id),
        title TEXT NOT NULL,
        url TEXT,
        guid TEXT,
        author TEXT,
        language TEXT
    ) STRICT;
    CREATE INDEX article_place ON article (place);
    CREATE INDEX article_key ON article (key);
    CREATE INDEX article_source ON article (source);

    -- articles: how many have this source, those in the trash too
    CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, articles INTEGER NOT NULL) STRICT;

    -- bytes: document and quotes (src/library/encoding.rs), compressed with zstd, perhaps with a dictionary that the frame names
    CREATE TABLE body (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
    -- id 0 with no bytes: the texts gave no dictionary
    CREATE TABLE dictionary (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
    -- earlier texts: what an article was until `replaced`
    CREATE TABLE revision (
        id INTEGER PRIMARY KEY,
        article INTEGER NOT NULL,
        replaced INTEGER NOT NULL,
        title TEXT NOT NULL,
        bytes BLOB NOT NULL
    ) STRICT;
    CREATE INDEX revision_article ON revision (article);

    -- sets of articles as bits (src/library/bits.rs)
    CREATE TABLE mark (id INTEGER PRIMARY KEY, bits BLOB NOT NULL) STRICT;
    CREATE TABLE bookmark (id INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT;
    CREATE TABLE position (id INTEGER PRIMARY KEY, byte INTEGER NOT NULL) STRICT;
    CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
    CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE tagged (
        article INTEGER NOT NULL, tag INTEGER NOT NULL REFERENCES tag (id), PRIMARY KEY (article, tag)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX tagged_tag ON tagged (tag);

    -- changes of state for undo and redo (src/library/journal.rs)
    CREATE TABLE journal (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        undone INTEGER NOT NULL,
        change BLOB NOT NULL,
        articles BLOB NOT NULL,
        before BLOB NOT NULL
    ) STRICT;

    -- articles that the search index does not know as they are now; renewed: it may hold an older state of the article
    CREATE TABLE dirty (id INTEGER PRIMARY KEY AUTOINCREMENT, article INTEGER NOT NULL, renewed INTEGER NOT NULL) STRICT;
    CREATE TABLE memory (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
";

/// No voices yet: the articles' quotes are detected again in the background, since nobody knows which engine made them
/// (src/library/detecting.rs), and that fills them in. Reading a million bodies here would keep the reader waiting.
const SPEAKERS: &str = "
    -- who is quoted; key: the folded words of the name; quotes, articles: how many, those in the trash too
    CREATE TABLE speaker (
        id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, quotes INTEGER NOT NULL, articles INTEGER NOT NULL
    ) STRICT;
    -- who speaks in which article, as the reader sees it; place: the article's, so that the first and the last are found at once
    CREATE TABLE voice (
        article INTEGER NOT NULL, speaker INTEGER NOT NULL, place INTEGER NOT NULL, quotes INTEGER NOT NULL,
        PRIMARY KEY (article, speaker)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX voice_speaker ON voice (speaker, place);

    -- what the reader said of the quotation that stood at the byte `start`, in these words (src/library/overlay.rs):
    -- who speaks it, NULL for nobody
    CREATE TABLE correction (
        article INTEGER NOT NULL, start INTEGER NOT NULL, words TEXT NOT NULL, speaker TEXT, PRIMARY KEY (article, start, words)
    ) STRICT, WITHOUT ROWID;
    -- that it is kept, since when, and who spoke it then
    CREATE TABLE kept (
        article INTEGER NOT NULL, start INTEGER NOT NULL, words TEXT NOT NULL, at INTEGER NOT NULL, speaker TEXT,
        PRIMARY KEY (article, start, words)
    ) STRICT, WITHOUT ROWID;
    -- what those are called whose detected name has the folded words `key`: in an article, or everywhere (article 0)
    CREATE TABLE renaming (
        key TEXT NOT NULL, article INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (key, article)
    ) STRICT, WITHOUT ROWID;

    -- an article that comes again under another address is known by its title and text
    CREATE INDEX article_content ON article (content);
";

const ALIASES: &str = "
    -- what an article is called besides its key: hash of a name that is one in the whole world (src/library/prepared.rs)
    CREATE TABLE alias (key INTEGER PRIMARY KEY, article INTEGER NOT NULL) STRICT;
";

const FEEDS: &str = "
    -- settings: what the reader decided about it (src/library/feeds.rs); the rest is what was heard of it
    CREATE TABLE feed (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        address TEXT NOT NULL UNIQUE,
        settings BLOB NOT NULL,
        moved TEXT,
        named TEXT,
        site TEXT,
        etag TEXT,
        modified TEXT,
        fetched INTEGER,
        failure TEXT,
        remedy TEXT,
        due INTEGER NOT NULL,
        wait INTEGER NOT NULL,
        gone INTEGER NOT NULL
    ) STRICT;
    -- what each feed had, by a hash of what it calls it; content: hash of what it last said there. It stays when the
    -- article is purged, so that the article does not come back
    CREATE TABLE entry (
        feed INTEGER NOT NULL, entry INTEGER NOT NULL, article INTEGER NOT NULL, content INTEGER NOT NULL,
        PRIMARY KEY (feed, entry)
    ) STRICT, WITHOUT ROWID;
    -- articles whose text is that of their page: a feed does not put its own in place of it
    CREATE TABLE page (id INTEGER PRIMARY KEY) STRICT;
";

const TWINS: &str = "
    -- which of the quotations with these words it was, from 1, and how many there were; 0: nobody counted
    ALTER TABLE correction ADD COLUMN nth INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE correction ADD COLUMN twins INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE kept ADD COLUMN nth INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE kept ADD COLUMN twins INTEGER NOT NULL DEFAULT 0;
";

/// No prints yet: who adds or reads makes them in the background (src/library/comparing.rs).
const STORIES: &str = "
    -- the print of its text (src/text/story.rs); 0: it is too short to have one; NULL: nobody looked yet
    ALTER TABLE article ADD COLUMN print INTEGER;
    -- articles that tell one story in the same words; story: a number that it has among others
    CREATE TABLE story (article INTEGER PRIMARY KEY, story INTEGER NOT NULL) STRICT;
    CREATE INDEX story_story ON story (story);
";

const OFTEN: &str = "
    -- so that the most quoted are found without a look at everybody; most are quoted once or twice
    CREATE INDEX speaker_often ON speaker (quotes) WHERE quotes >= 10;
";

const SORTED: &str = "
    -- in tables of their own, so that many articles can be sorted in at once (src/library/sorting.rs). How far that went is in
    -- `memory`; later articles are in `article` and `voice` alone
    -- hash: the upper half of an article's key, or of its content
    CREATE TABLE known (hash INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (hash, article)) STRICT, WITHOUT ROWID;
    -- the voices by speaker
    CREATE TABLE speaking (
        speaker INTEGER NOT NULL, place INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (speaker, place, article)
    ) STRICT, WITHOUT ROWID;
    -- read from the indexes that they take the place of, where all is in order already
    INSERT OR IGNORE INTO known SELECT hash, id FROM (
        SELECT key >> 32 AS hash, id FROM article INDEXED BY article_key
        UNION ALL SELECT content >> 32, id FROM article INDEXED BY article_content
    ) ORDER BY hash, id;
    INSERT OR IGNORE INTO speaking
        SELECT speaker, place, article FROM voice INDEXED BY voice_speaker ORDER BY speaker, place, article;
    DROP INDEX article_key;
    DROP INDEX article_content;
    DROP INDEX voice_speaker;
    INSERT INTO memory (key, value) SELECT 'library.sorted', seq FROM sqlite_sequence WHERE name = 'article';
";

/// Makes the tables of a new library.
pub fn make(connection: &Connection) -> Result<()> {
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    advance(&transaction)?;
    Ok(transaction.commit()?)
}

/// Brings a file of an older version to this one. `connection` is writing: whoever called this commits, or all is as before.
pub fn advance(connection: &Connection) -> Result<()> {
    advance_by(connection, STEPS)
}

fn advance_by(connection: &Connection, steps: &[&str]) -> Result<()> {
    let found = version(connection)?;
    let wanted = u32::try_from(steps.len()).unwrap_or(u32::MAX);
    for step in steps.iter().skip(found as usize) {
        connection.execute_batch(step)?;
    }
    connection.pragma_update(None, "application_id", APPLICATION)?;
    connection.pragma_update(None, "user_version", wanted.max(found))?;
    Ok(())
}

/// The version that the file says it has.
pub fn version(connection: &Connection) -> Result<u32> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_older_file_takes_only_the_steps_it_lacks() {
        let connection = Connection::open_in_memory().unwrap();
        let steps = ["CREATE TABLE a (x)", "ALTER TABLE a ADD COLUMN y", "INSERT INTO a VALUES (1, 2)"];
        for upto in [1, 3, 3] {
            advance_by(&connection, &steps[..upto]).unwrap();
            assert_eq!(version(&connection).unwrap() as usize, upto);
        }
        let rows: i64 = connection.query_row("SELECT count(*) FROM a", [], |row| row.get(0)).unwrap();
        assert_eq!(rows, 1);
    }
}
