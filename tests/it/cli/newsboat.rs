//! What newsboat and lists of bookmarks bring: the feeds, the articles, what was read. Nothing is fetched, and nothing is run.

use std::path::Path;

use rusqlite::Connection;

use super::*;

/// The tables as newsboat 2.21 makes them.
const TABLES: &str = "
    CREATE TABLE rss_feed (  rssurl VARCHAR(1024) PRIMARY KEY NOT NULL,  url VARCHAR(1024) NOT NULL,
      title VARCHAR(1024) NOT NULL , lastmodified INTEGER(11) NOT NULL DEFAULT 0, is_rtl INTEGER(1) NOT NULL DEFAULT 0,
      etag VARCHAR(128) NOT NULL DEFAULT '');
    CREATE TABLE rss_item (  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,  guid VARCHAR(64) NOT NULL,
      title VARCHAR(1024) NOT NULL,  author VARCHAR(1024) NOT NULL,  url VARCHAR(1024) NOT NULL,
      feedurl VARCHAR(1024) NOT NULL,  pubDate INTEGER NOT NULL,  content VARCHAR(65535) NOT NULL,
      unread INTEGER(1) NOT NULL , enclosure_url VARCHAR(1024), enclosure_type VARCHAR(1024),
      enqueued INTEGER(1) NOT NULL DEFAULT 0, flags VARCHAR(52), deleted INTEGER(1) NOT NULL DEFAULT 0,
      base VARCHAR(128) NOT NULL DEFAULT '');
    CREATE TABLE metadata (  db_schema_version_major INTEGER NOT NULL,  db_schema_version_minor INTEGER NOT NULL );
    INSERT INTO metadata VALUES(2,11);";

const ARTICLES: &str = "
    INSERT INTO rss_feed (rssurl, url, title) VALUES
      ('https://quay.invalid/feed', 'https://quay.invalid/', 'Quay &amp; Tide'), ('exec:touch hacked', '', 'Own');
    INSERT INTO rss_item (guid, title, author, url, feedurl, pubDate, content, unread, enclosure_url, flags, deleted) VALUES
      ('q-1', 'Fish is dear', 'Ada Brandt', 'https://quay.invalid/1', 'https://quay.invalid/feed', 1504607415,
       '<p>“Fish is dear,” said Ruth Okafor. <a href=/2>More</a></p>', 0, '', 's', 0),
      ('q-2', 'The pier', '', 'https://quay.invalid/2', 'https://quay.invalid/feed', 1504693815, 'Words of it.', 1, NULL, NULL, 0),
      ('q-3', 'Gone', '', 'https://quay.invalid/3', 'https://quay.invalid/feed', 1504693815, 'Deleted.', 1, '', '', 1),
      ('', 'Made here', '', '', 'exec:touch hacked', 1504780215, x'4f776e20ff', 0, '', '', 0);";

const URLS: &str = "# mine\n\nhttps://quay.invalid/feed news \"two words\" \"~My Quay\"\n\"query:New:unread = \\\"yes\\\"\"\n\
                    exec:touch hacked\nfilter:touch hacked:https://b.invalid/\nfile:///etc/passwd\nhttps://b.invalid/feed\n";

/// A folder of newsboat's, with what else lies in one.
fn newsboat(world: &World) {
    world.write(".newsboat/urls", URLS);
    world.write(".newsboat/config", "browser \"touch hacked\"\n");
    world.write(".newsboat/history.search", "secret\n");
    let cache = Connection::open(world.path(".newsboat/cache.db")).unwrap();
    cache.execute_batch(TABLES).unwrap();
    cache.execute_batch(ARTICLES).unwrap();
}

fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap()
}

#[test]
fn a_folder_of_newsboats_brings_its_feeds_and_articles() {
    let world = World::new();
    newsboat(&world);
    let before = bytes(&world.path(".newsboat/cache.db"));
    let said = world.run(&["add", ".newsboat"]);
    let refused = [
        ".newsboat/urls:4: query:New:unread = \"yes\": a search of newsboat’s is no feed",
        ".newsboat/urls:5: exec:touch: commands are never run",
        ".newsboat/urls:6: filter:touch: commands are never run",
        ".newsboat/urls:7: file:///etc/passwd: a file is not subscribed to",
    ];
    for line in refused {
        assert!(said.talk.contains(&format!("pullquote: {line}\n")), "{}", said.talk);
    }
    assert!(
        said.talk.contains("2 feeds subscribed to, 0 already") && said.talk.ends_with("3 added\n"),
        "{}",
        said.talk
    );
    assert_eq!(said.code, 3);
    let rows = world.json(&["list", "--sort", "oldest", "--json"]);
    assert_eq!(column(&rows, "title"), ["Fish is dear", "The pier", "Made here"]);
    // What its feed is called here counts, as it will for what is fetched.
    assert_eq!(column(&rows, "source"), ["My Quay", "My Quay", "Own"]);
    assert_eq!(column(&rows, "read"), [true, false, true]);
    assert_eq!(column(&rows, "bookmarked"), [true, false, false]);
    assert_eq!(rows[0]["tags"], serde_json::json!(["flag-s", "news", "two words"]));
    assert_eq!((&rows[0]["author"], &rows[0]["quotes"]), (&"Ada Brandt".into(), &1.into()));
    assert_eq!(world.json(&["feed", "list", "--json"]).len(), 2);
    assert!(!exists(&world.path("hacked")) && !exists(&world.path(".newsboat/cache.db-journal")));
    assert_eq!(bytes(&world.path(".newsboat/cache.db")), before);

    // Again: nothing, and what the reader did meanwhile stays.
    world.run(&["unread", "1"]);
    world.run(&["unbookmark", "1"]);
    let said = world.run(&["add", ".newsboat"]);
    assert!(said.talk.contains("0 feeds subscribed to, 2 already"), "{}", said.talk);
    assert!(said.talk.ends_with("3 already there\n"), "{}", said.talk);
    assert_eq!(world.out(&["list", "is:unread", "--count"]), "2\n");
    assert_eq!(world.out(&["list", "is:bookmarked", "--count"]), "0\n");
}

#[test]
fn the_list_and_the_cache_can_be_named_alone() {
    let world = World::new();
    newsboat(&world);
    let said = world.run(&["add", ".newsboat/cache.db", "--dry-run"]);
    assert!(said.talk.contains("a list of 1 feed, to be subscribed to") && said.talk.ends_with("3 can be added\n"));
    assert!(!exists(&world.library()));
    let said = world.run(&["add", ".newsboat/cache.db"]);
    assert!(said.talk.contains("exec:touch hacked: commands are never run"), "{}", said.talk);
    let feed = &world.json(&["feed", "list", "--json"])[0];
    assert_eq!((&feed["title"], &feed["address"]), (&"Quay & Tide".into(), &"https://quay.invalid/feed".into()));
    let said = world.run(&["add", ".newsboat/urls"]);
    assert!(said.talk.contains("1 feed subscribed to, 1 already"), "{}", said.talk);
    assert_eq!(world.out(&["list", "--count"]), "3\n");
    assert!(world.run(&[".newsboat/cache.db"]).out.contains("Fish is dear"));
}

#[test]
fn a_cache_that_is_none_or_damaged_is_refused_and_stays() {
    let world = World::new();
    let cache = |name: &str, sql: &str| {
        let path = world.path(name);
        Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        path
    };
    cache("other.db", "CREATE TABLE a (b);");
    cache("evil.db", "CREATE TABLE rss_feed (rssurl, title); CREATE VIEW rss_item AS SELECT 1 AS id;");
    let few = "CREATE TABLE rss_feed (rssurl, title); CREATE TABLE rss_item (id INTEGER PRIMARY KEY, guid, title);";
    cache("few.db", few);
    let whole = cache("cut.db", &format!("{TABLES}{ARTICLES}"));
    let half = bytes(&whole);
    world.write("cut.db", &half[..half.len() / 2]);
    for (name, reason) in [
        ("other.db", "a database is not read"),
        ("evil.db", "it is no cache that newsboat wrote"),
        ("few.db", "it is no cache that newsboat wrote"),
        ("cut.db", "the cache is damaged: "),
    ] {
        let before = bytes(&world.path(name));
        let said = world.run(&["add", name]);
        assert!(said.talk.contains(&format!("{name}: {reason}")), "{name}: {}", said.talk);
        assert_eq!((said.code, bytes(&world.path(name))), (1, before), "{name}");
    }
}

#[test]
fn bookmarks_are_kept_as_links_until_their_text_is_wanted() {
    let world = World::new();
    world.write("seen.jsonl", "{\"title\": \"A pier\", \"url\": \"https://a.invalid/1\", \"text\": \"All of it.\"}");
    world.run(&["add", "seen.jsonl"]);
    world.write(
        "bookmarks.html",
        "<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p><DT><H3>Sea</H3><DL><p><DT><A HREF='https://a.invalid/1' ADD_DATE='1504607415'>Pier</A>\
         <DT><A HREF='https://a.invalid/2' ADD_DATE='1504607415' TAGS='x'>Nets</A></DL></DL>",
    );
    // The text of what is there already is not lost to a link.
    assert_eq!(world.run(&["add", "bookmarks.html"]).talk, "1 added, 1 updated\n");
    assert_eq!(world.run(&["add", "bookmarks.html"]).talk, "2 already there\n");
    assert_eq!(world.json(&["show", "1", "--json"])[0]["text"], "All of it.");
    let row = &world.json(&["list", "is:bookmarked", "--json"])[0];
    assert_eq!((&row["title"], &row["url"], &row["words"]), (&"Nets".into(), &"https://a.invalid/2".into(), &0.into()));
    assert_eq!(row["tags"], serde_json::json!(["Sea", "x"]));
    assert!(row["published"].as_str().unwrap().starts_with("2017-09-05"), "{row}");
}

#[test]
fn arrays_of_records_and_tables_are_read() {
    let world = World::new();
    world.write(
        "wallabag.json",
        "[\n {\"is_archived\": 1, \"is_starred\": 1, \"tags\": [\"quay\"], \"id\": 7, \"title\": \"Nets\", \"url\": \"https://a.invalid/1\",\n\
         \"content\": \"<p>Dear <b>fish</b>.</p>\", \"created_at\": \"2020-02-03T10:00:00+0000\", \"published_at\": null, \"mimetype\": \"text/html\"},\n\
         {\"is_archived\": 0, \"title\": \"Boats\", \"content\": \"Plain.\"}]",
    );
    world.write(
        "pocket.csv",
        "title,url,time_added,tags,status\n\"Pier, old\",https://a.invalid/2,1504607415,x|y,archive\n",
    );
    world.write("package.json", "{\n \"name\": \"x\",\n \"description\": \"y\"\n}");
    world.write("prices.csv", "fish,price\ncod,3\n");
    let said = world.run(&["add", "wallabag.json", "pocket.csv", "package.json", "prices.csv"]);
    assert!(said.talk.ends_with("3 added, 2 refused\n"), "{}", said.talk);
    assert!(said.talk.contains("package.json: JSON that has no articles in it is not read"), "{}", said.talk);
    assert!(said.talk.contains("prices.csv: a table without columns for title"), "{}", said.talk);
    let mut rows = world.json(&["list", "--json"]);
    rows.sort_by_key(|row| row["id"].as_i64());
    assert_eq!(column(&rows, "title"), ["Nets", "Boats", "Pier, old"]);
    assert_eq!(column(&rows, "read"), [true, false, true]);
    assert_eq!(column(&rows, "bookmarked"), [true, false, true]);
    assert_eq!(world.json(&["show", "1", "--json"])[0]["text"], "Dear fish.");
}
