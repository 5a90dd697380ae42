//! `add`: what becomes of what is given, and how it is told.

use super::*;

#[test]
fn a_folder_is_stored_once_and_what_is_refused_is_named() {
    let world = World::new();
    world.write(
        "in/a.txt",
        " date 2017-09-05 A quay closes.\n\nThe quay is closed to all\n\ntraffic. Nobody knows why.",
    );
    world.write("in/deep/b.md", "---\ntitle: Fish\ndate: 2018-01-02\n---\nDear.");
    world.write(
        "in/c.jsonl",
        "{\"title\": \"One\", \"text\": \"1.\"}\nnot json\n{\"title\": \"Three\", \"text\": \"3.\"}\n",
    );
    world.write("in/d.html", "<title>Page</title><p>Of the web.");
    world.write("in/e.bin", b"\0\x01\x02\0");
    world.write("in/.hidden.txt", "Hidden.");
    let said = world.run(&["add", "in"]);
    assert_eq!(
        said.talk,
        "pullquote: in/c.jsonl:2: the line is not JSON: expected ident, at byte 2\n  \
         JSON lines have one whole record on each line\n\
         pullquote: in/e.bin: not text\n  \
         pullquote reads plain text, Markdown and JSON lines\n\
         5 added, 2 refused\n"
    );
    assert_eq!((said.code, said.out.as_str()), (3, ""));
    let titles = ["The quay is closed to all traffic.", "One", "Three", "Page", "Fish"];
    let mut rows = world.json(&["list", "--json"]);
    rows.sort_by_key(|row| row["id"].as_i64());
    assert_eq!(column(&rows, "title"), titles);
    assert_eq!(rows[0]["published"], "2017-09-05");

    let again = world.run(&["add", "in"]);
    assert!(again.talk.ends_with("5 already there, 2 refused\n"), "{}", again.talk);
    assert_eq!(world.out(&["list", "--count"]), "5\n");
}

#[test]
fn a_charset_that_nobody_knows_is_guessed_and_that_is_said() {
    let world = World::new();
    world.write("a.html", b"<meta charset=x-tide><title>Quay</title><p>Die Stra\xdfe am Hafen ist gesperrt.");
    let entry = |n| format!("<item><title>Entry {n}</title><description>Die Stra\u{df}e.</description></item>");
    let feed = format!("<?xml version='1.0' encoding='x-sea'?><rss><channel>{}{}</channel></rss>", entry(1), entry(2));
    world.write("b.rss", encoding_rs::WINDOWS_1252.encode(&feed).0);
    world.write("c.html", b"<meta charset=x-tide><title>Pier</title><p>Strasse.");
    let said = world.run(&["add", "a.html", "b.rss", "c.html"]);
    assert_eq!(
        said.talk,
        "a.html: declared charset \"x-tide\" is not known; read as windows-1252\n\
         b.rss: declared charset \"x-sea\" is not known; read as windows-1252\n4 added\n"
    );
    assert!(said.code == 0 && world.out(&["show", "1"]).contains("Die Straße am Hafen"));
}

#[test]
fn the_standfirst_and_a_mended_paragraph_are_blocks_of_their_own() {
    let world = World::new();
    world.write("a.txt", " date 2017-09-05 A quay closes.\n\nThe quay is closed to all\n\ntraffic. Nobody knows why.");
    world.run(&["add", "a.txt"]);
    let shown = &world.json(&["show", "1", "--json"])[0];
    assert_eq!(shown["text"], "A quay closes.\n\nThe quay is closed to all traffic. Nobody knows why.");
    assert_eq!(column(shown["document"]["blocks"].as_array().unwrap(), "kind"), ["standfirst", "paragraph"]);
}

#[test]
fn a_changed_article_is_updated_and_keeps_its_state() {
    let world = World::new();
    let record = |text: &str| format!("{{\"url\": \"https://a.example/1\", \"title\": \"T\", \"text\": \"{text}\"}}");
    world.write("a.jsonl", record("Old."));
    world.run(&["add", "a.jsonl"]);
    world.run(&["bookmark", "1"]);
    world.write("a.jsonl", record("New."));
    assert_eq!(world.run(&["add", "a.jsonl"]).talk, "1 updated\n");
    let shown = &world.json(&["show", "1", "--json"])[0];
    assert_eq!((&shown["text"], &shown["bookmarked"]), (&"New.".into(), &true.into()));
}

#[test]
fn standard_input_flags_and_a_dry_run() {
    let world = World::new();
    let said =
        world.fed(&["add", "-", "--source", "Tide", "--tag", "a", "--tag", "b b", "--dry-run"], b"Words of a text.");
    assert_eq!((said.talk.as_str(), said.code), ("1 can be added\n", 0));
    assert!(!exists(&world.library()));
    let said =
        world.fed(&["add", "-", "--source", "Tide", "--tag", "a", "--tag", "b b", "--json"], b"Words of a text.");
    assert_eq!(
        said.out,
        "{\"name\":\"-\",\"outcome\":\"new\",\"id\":1,\"title\":\"Words of a text.\",\"reason\":null}\n"
    );
    let row = &world.json(&["list", "--json"])[0];
    assert_eq!(row["source"], "Tide");
    assert_eq!(row["tags"], serde_json::json!(["a", "b b"]));
}

#[test]
fn what_is_older_than_wanted_is_left_out() {
    let world = World::new();
    world.write("articles.jsonl", include_str!("../../fixtures/articles.jsonl"));
    let said = world.run(&["add", "articles.jsonl", "--since", "2024-03-01", "-v"]);
    assert_eq!(said.talk, "1 Ferry to Oda runs again\n2 Fish is dear\n2 added, 1 left out as too old\n");
}

#[test]
fn the_format_can_be_said() {
    let world = World::new();
    world.write("page.html", "# Title\n\nText.");
    world.write(
        "records",
        "{\"text\":\"One.\"}\n{\"text\":\"Two.\"}".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>(),
    );
    assert_eq!(
        world.run(&["add", "page.html", "--format", "markdown", "-q"]),
        Said { out: String::new(), talk: String::new(), code: 0 }
    );
    assert_eq!(world.run(&["add", "records", "--format", "jsonl"]).talk, "2 added\n");
    let mut titles: Vec<_> = world.json(&["list", "--json"]).iter().map(|row| row["title"].to_string()).collect();
    titles.sort();
    assert_eq!(titles, ["\"One.\"", "\"Title\"", "\"Two.\""]);
    assert_eq!(world.run(&["add", "page.html", "--format", "pdf"]).code, 2);
}

#[test]
fn nothing_that_could_be_taken_ends_with_one() {
    let world = World::new();
    for (name, reason) in [
        ("none.txt", "none.txt: there is no such file or folder"),
        ("gopher://a.example/feed", "gopher://a.example/feed: only http and https addresses are fetched"),
    ] {
        let said = world.run(&["add", name]);
        assert_eq!((said.code, said.talk.lines().next()), (1, Some(format!("pullquote: {reason}").as_str())));
    }
    world.write("good.txt", "Words.");
    assert_eq!(world.run(&["add", "none.txt", "good.txt"]).code, 3);
}

#[test]
fn hostile_names_and_texts_stay_harmless() {
    let world = World::new();
    world.write("a\u{1b}]0;x\u{7}.html", "<p>");
    world.write("b.jsonl", "{\"title\": \"T\\u001b[31m\\u202e\", \"text\": \"x\\u009b31m\", \"source\": \"S\\u0007\"}");
    let said = world.run(&["add", "."]);
    assert!(!said.talk.contains(['\u{1b}', '\u{7}']), "{:?}", said.talk);
    for args in [&["list"][..], &["list", "--json"], &["show", "1"], &["show", "1", "--json"], &["search", "31m"]] {
        let out = world.run(args).out;
        assert!(out.contains("31m"), "{out}");
        assert!(!out.contains(['\u{1b}', '\u{9b}', '\u{202e}', '\u{7}']), "{out:?}");
    }
}

#[cfg(unix)]
#[test]
fn an_interruption_keeps_what_was_stored() {
    use std::io::{BufRead, BufReader};

    let world = World::new();
    let mut child = world
        .command(&["add", "-", "--json", "--format", "jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    for n in 0..700 {
        // Long titles, so that what is said of a batch fills the buffer and is seen at once.
        writeln!(input, "{{\"title\": \"{n} {}\", \"text\": \"Words.\"}}", "tide ".repeat(120)).unwrap();
    }
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    output.read_line(&mut line).unwrap();
    assert!(line.contains("\"outcome\":\"new\",\"id\":1,"), "{line}");
    // Standard input stays open: the program would wait for more for ever.
    let kill = format!("kill -INT {}", child.id());
    assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
    let rest = std::io::read_to_string(output).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let stored = 1 + rest.lines().count();
    assert!(stored >= 200, "{stored}");
    assert_eq!(world.out(&["list", "--count"]), format!("{stored}\n"));
    drop(input);
}

#[test]
fn what_is_refused_unread_is_told_in_json_too() {
    let world = World::new();
    world.write("a.txt", "Fish.");
    let said = world.run(&["add", "--json", "gopher://a.example/page", "a.txt"]);
    let rows: Vec<Value> = said.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(said.code, 3);
    assert_eq!(column(&rows, "outcome"), ["refused", "new"]);
    assert_eq!(rows[0]["name"], "gopher://a.example/page");
    let reason = rows[0]["reason"].as_str().unwrap();
    assert!(reason.contains("only http and https"), "{reason}");
}

#[test]
fn articles_are_stored_though_the_index_cannot_be_written() {
    let world = World::new();
    world.write("data/pullquote/library.db.index", "in the way");
    world.write("a.txt", "Fish.");
    let said = world.run(&["add", "a.txt"]);
    let warning = "1 added\npullquote: the articles are stored, but cannot be searched yet: ";
    assert!(said.talk.starts_with(warning), "{}", said.talk);
    assert_eq!(said.code, 0);
    assert_eq!(world.out(&["list", "--count"]), "1\n");
}
