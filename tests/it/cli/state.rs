//! What a reader marks, moves and exports.

use super::*;

#[test]
fn articles_are_marked_by_number_or_query() {
    let world = World::stocked();
    for (args, talk) in [
        (&["bookmark", "1", "2"][..], "2 articles bookmarked\n"),
        (&["bookmark", "1"], "nothing to do: none was without a bookmark\n"),
        (&["unbookmark", "2"], "1 article no longer bookmarked\n"),
        (&["read", "date:2024-03"], "2 articles marked as read\n"),
        (&["unread", "1"], "1 article marked as unread\n"),
        (&["tag", "kept for", "1", "3"], "2 articles tagged\n"),
        (&["tag", "--remove", "kept for", "lang:de"], "1 article untagged\n"),
        (&["trash", "3"], "1 article moved to the trash\n"),
    ] {
        let said = world.run(args);
        assert_eq!((said.talk.as_str(), said.code), (talk, 0), "{args:?}");
    }
    let rows = world.json(&["list", "--json"]);
    assert_eq!(column(&rows, "id"), [2, 1]);
    assert_eq!(column(&rows, "read"), [true, false]);
    assert_eq!(column(&rows, "bookmarked"), [false, true]);
    assert_eq!(rows[1]["bookmarked_at"], "2026-11-22T12:00:00Z");
    assert_eq!(rows[1]["tags"], serde_json::json!(["harbour", "kept for"]));
    // A query for restoring looks into the trash, and nowhere else.
    assert_eq!(world.run(&["restore", "lang:de"]).talk, "1 article taken out of the trash\n");
    assert_eq!(world.run(&["restore", "fish"]).code, 1);
}

#[test]
fn numbers_that_nobody_has_are_told_and_the_others_done() {
    let world = World::stocked();
    let said = world.run(&["read", "1", "77"]);
    assert_eq!(
        said.talk,
        "pullquote: there is no article 77\n  `pullquote list` shows the numbers\n1 article marked as read\n"
    );
    assert_eq!(said.code, 3);
    assert_eq!(world.run(&["read", "77"]).code, 1);
    assert_eq!(world.run(&["trash", ""]).code, 2, "an empty query must not empty the library");
    assert_eq!(world.run(&["trash"]).code, 2);
}

#[test]
fn a_query_with_a_part_without_words_changes_nothing() {
    let world = World::stocked();
    for command in ["bookmark", "unbookmark", "read", "unread", "trash", "restore"] {
        for (query, part) in [
            ("tag:★", "tag:★"),
            ("—", "—"),
            ("fish OR —", "—"),
            ("-tag:★", "tag:★"),
            ("fish title:\"…\"", "title:\"…\""),
        ] {
            let said = world.run(&[command, "--", query]);
            let first = format!("pullquote: there is no word in `{part}`: it finds every article");
            assert_eq!((said.code, said.talk.lines().next()), (2, Some(first.as_str())), "{command} {query}");
            assert_eq!(said.talk.lines().count(), 2, "{}", said.talk);
        }
    }
    assert_eq!(world.run(&["tag", "kept", "tag:★"]).code, 2);
    let rows = world.json(&["list", "--json"]);
    assert_eq!(column(&rows, "read"), [false, false, false]);
    assert_eq!(column(&rows, "bookmarked"), [false, false, false]);
}

#[test]
fn nothing_is_changed_or_exported_by_an_index_that_somebody_else_builds() {
    let world = World::stocked();
    let lock = std::fs::File::open(world.path("data/pullquote/library.db.index/lock")).unwrap();
    lock.lock().unwrap();
    world.write("late.txt", "Late fish.");
    assert_eq!(world.run(&["add", "late.txt"]).talk, "1 added\n");
    let refused = "pullquote: the search index is being built by another pullquote\n  try again when it is done\n";
    for args in [
        &["trash", "fish"][..],
        &["trash", "NOT fish"],
        &["tag", "kept", "fish"],
        &["export", "fish", "--to", "jsonl"],
        &["export", "fish", "--to", "markdown", "-o", "pages"],
    ] {
        let said = world.run(args);
        assert_eq!(said, Said { out: String::new(), talk: refused.into(), code: 1 }, "{args:?}");
    }
    assert!(!exists(&world.path("pages")));
    assert_eq!(world.run(&["bookmark", "is:unread"]).talk, "4 articles bookmarked\n", "this needs no index");
    drop(lock);
    assert_eq!(world.run(&["trash", "fish"]).talk, "2 articles moved to the trash\n");
}

#[test]
fn articles_are_exported_and_come_back() {
    let world = World::stocked();
    assert_eq!(world.run(&["export", "--to", "jsonl", "-o", "out.jsonl"]).talk, "3 articles written to out.jsonl\n");
    assert_eq!(world.out(&["export", "--to", "jsonl"]), world.read("out.jsonl"));
    assert_eq!(world.run(&["add", "out.jsonl"]).talk, "3 already there\n");
    assert_eq!(world.run(&["export", "fish", "--to", "markdown", "-o", "pages"]).talk, "1 article written to pages\n");
    assert!(world.read("pages/2-fish-is-dear.md").contains("“We sell half and earn the same,” said Tomas Arrel"));
    assert_eq!(world.out(&["export", "fish", "--to", "markdown"]), world.read("pages/2-fish-is-dear.md"));
    assert_eq!(world.run(&["export", "absent", "--to", "jsonl"]).code, 1);
}

#[test]
fn an_export_replaces_nothing_unasked() {
    let world = World::stocked();
    world.write("out.jsonl", "kept");
    world.write("pages/mine.md", "kept");
    for (form, path, state) in [("jsonl", "out.jsonl", "is there already"), ("markdown", "pages", "is not empty")] {
        let said = world.run(&["export", "fish", "--to", form, "-o", path]);
        let first = format!("pullquote: {path} {state}");
        assert_eq!((said.code, said.talk.lines().next()), (1, Some(first.as_str())));
        assert_eq!(world.run(&["export", "fish", "--to", form, "-o", path, "--force"]).code, 0);
    }
    assert_ne!(world.read("out.jsonl"), "kept");
    assert_eq!(world.read("pages/mine.md"), "kept");
    assert!(exists(&world.path("pages/2-fish-is-dear.md")));
}

#[test]
fn articles_are_exported_for_bibliographies_and_browsers() {
    let world = World::stocked();
    let bibtex = world.out(&["export", "--to", "bibtex"]);
    assert_eq!(bibtex.lines().filter(|line| line.starts_with('@')).count(), 3, "{bibtex}");
    let csl: Value = serde_json::from_str(&world.out(&["export", "--to", "csl"])).unwrap();
    assert_eq!(column(csl.as_array().unwrap(), "container-title"), ["Northern Courier", "Skerrin Tide", "Lennbote"]);
    assert_eq!(world.out(&["export", "--to", "ris"]).matches("\nER  - \n").count(), 3);
    let page = world.out(&["export", "--to", "html"]);
    assert_eq!((page.matches("<article ").count(), page.matches("<html").count()), (3, 1));
    assert!(page.contains("title=\"Tomas Arrel\">“We sell half and earn the same,”</span> said"), "{page}");
    assert_eq!(world.run(&["export", "--to", "html", "-o", "page.html"]).talk, "3 articles written to page.html\n");
    assert_eq!(world.read("page.html"), page);
    assert!(world.out(&["show", "2", "--html"]).contains("<h1>Fish is dear</h1>"));
    let said = world.run(&["export", "--to", "opml"]);
    assert!(said.code == 1 && said.talk.contains("no feeds to list"), "{}", said.talk);
}

#[test]
fn an_export_of_nothing_leaves_the_earlier_one() {
    let world = World::stocked();
    world.write("out.jsonl", "kept");
    for form in ["jsonl", "markdown"] {
        let said = world.run(&["export", "absent", "--to", form, "-o", "out.jsonl", "--force"]);
        assert_eq!((said.code, said.talk.as_str()), (1, "pullquote: no article is found\n"), "{form}");
    }
    assert_eq!(world.read("out.jsonl"), "kept");
}

#[test]
fn an_export_does_not_replace_the_library() {
    let world = World::stocked();
    let before = std::fs::read(world.library()).unwrap();
    for own in ["library.db", "library.db-wal", "library.db-shm", "library.db.index", "library.db.index/new.jsonl"] {
        let path = format!("data/../data/pullquote/{own}");
        for form in ["jsonl", "markdown"] {
            let said = world.run(&["export", "--to", form, "-o", &path]);
            let first = format!("pullquote: {path} belongs to the library");
            assert_eq!((said.code, said.talk.lines().next()), (1, Some(first.as_str())));
        }
    }
    assert_eq!(std::fs::read(world.library()).unwrap(), before);
    assert_eq!(world.run(&["export", "--to", "jsonl", "-o", "data/pullquote/library.jsonl"]).code, 0);
}

#[cfg(unix)]
#[test]
fn an_exported_file_has_the_mode_of_any_new_file() {
    use std::os::unix::fs::MetadataExt;

    let world = World::stocked();
    world.write("usual", "");
    assert_eq!(world.run(&["export", "--to", "jsonl", "-o", "out.jsonl"]).code, 0);
    let mode = |name| std::fs::metadata(world.path(name)).unwrap().mode();
    assert_eq!(mode("out.jsonl"), mode("usual"));
    assert_eq!(world.run(&["export", "fish", "--to", "markdown", "-o", "pages"]).code, 0);
    assert_eq!(mode("pages/2-fish-is-dear.md"), mode("usual"));
}

#[test]
fn a_backup_is_a_library() {
    let world = World::stocked();
    assert_eq!(world.run(&["backup", "copy.db"]).code, 0);
    assert_eq!(world.run(&["backup", "copy.db"]).code, 1, "what is there is not overwritten");
    assert_eq!(world.out(&["--library", "copy.db", "list", "--count"]), "3\n");
    assert_eq!(world.run(&["reindex"]).talk, "3 articles can be searched\n");
}

#[cfg(unix)]
#[test]
fn a_link_is_opened_by_the_browser_that_is_named() {
    use std::os::unix::fs::PermissionsExt;

    let world = World::stocked();
    world.write("browser", "#!/bin/sh\nprintf '%s\\n' \"$@\" > seen\n");
    std::fs::set_permissions(world.path("browser"), PermissionsExt::from_mode(0o755)).unwrap();
    let opened = world.command(&["open", "2"]).env("BROWSER", world.path("browser")).output().unwrap();
    assert_eq!(Said::of(&opened), Said { out: String::new(), talk: String::new(), code: 0 });
    assert_eq!(world.read("seen"), "https://courier.example/fish\n");
    let said = world.run(&["open", "3"]);
    assert_eq!((said.code, said.talk.lines().next()), (1, Some("pullquote: article 3 has no link")));
}
