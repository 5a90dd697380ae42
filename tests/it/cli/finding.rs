//! `list`, `search` and `show`: what is found, and the forms in which it is written.

use super::*;

#[test]
fn a_list_is_newest_first_in_fields_or_objects() {
    let world = World::stocked();
    assert_eq!(
        world.out(&["list"]),
        "2\t2024-03-05T08:30:00Z\tNorthern Courier\tFish is dear\thttps://courier.example/fish\n\
         1\t2024-03-04\tSkerrin Tide\tFerry to Oda runs again\thttps://tide.example/ferry\n\
         3\t2024-02-27\tLennbote\tBrücke gesperrt\t\n"
    );
    let rows = world.json(&["list", "--json", "--limit", "1"]);
    assert_eq!(
        rows,
        [serde_json::json!({
            "id": 2, "title": "Fish is dear", "url": "https://courier.example/fish", "source": "Northern Courier",
            "author": "Ruth Vane", "published": "2024-03-05T08:30:00Z", "words": 39, "quotes": 2, "read": false,
            "bookmarked": false, "bookmarked_at": null, "trashed": false, "tags": []
        })]
    );
}

#[test]
fn a_list_takes_queries_orders_and_counts() {
    let world = World::stocked();
    let ids = |args: &[&str]| world.out(args).lines().map(|line| line.chars().next().unwrap()).collect::<String>();
    for (args, expected) in [
        (&["list", "--sort", "oldest"][..], "312"),
        (&["list", "sort:oldest"], "312"),
        (&["list", "sort:oldest", "--sort", "newest"], "213"),
        (&["list", "date:2024-03"], "21"),
        (&["list", "source:courier"], "2"),
        (&["list", "tag:harbour"], "1"),
        (&["list", "ferry", "OR", "fish"], "21"),
        (&["list", "lang:de"], "3"),
        (&["list", "speaker:arrel"], "2"),
        (&["list", "date:1999"], ""),
        (&["list", "-fish"], "13"),
        (&["list", "-lang:de", "--sort", "oldest"], "12"),
        (&["search", "harbour", "-fish", "--limit", "1"], "1\t"),
    ] {
        assert_eq!(ids(args), expected, "{args:?}");
    }
    assert_eq!(world.out(&["list", "--count", "fish"]), "1\n");
    assert_eq!(world.out(&["list", "--count", "absent"]), "0\n");
    assert_eq!(world.out(&["list", "--count"]), "3\n");
}

#[test]
fn a_search_shows_the_best_line_and_ends_with_one_where_nothing_is_found() {
    let world = World::stocked();
    let out = world.out(&["search", "harbour board"]);
    let lines: Vec<_> = out.lines().collect();
    assert_eq!(lines[0], "1\t2024-03-04\tSkerrin Tide\tFerry to Oda runs again\thttps://tide.example/ferry");
    assert!(lines[1].starts_with('\t') && lines[1].contains("the harbour board says"), "{out}");
    assert_eq!(lines.len(), 2);
    let hit = &world.json(&["search", "geduld", "--json"])[0];
    assert_eq!(hit["id"], 3);
    assert!(hit["snippet"].as_str().unwrap().contains("Geduld"));
    assert_eq!(world.run(&["search", "absent"]), Said { out: String::new(), talk: String::new(), code: 1 });
}

#[test]
fn a_mistake_in_a_query_is_shown_where_it_stands() {
    let world = World::stocked();
    let said = world.run(&["search", "ferry titel:fish"]);
    assert_eq!(said.code, 2);
    assert!(
        said.talk.starts_with("pullquote: there is a mistake in the query\nferry titel:fish\n      ^^^^^^"),
        "{}",
        said.talk
    );
}

#[test]
fn an_article_is_shown_in_four_forms() {
    let world = World::stocked();
    let plain = world.out(&["show", "2"]);
    assert!(
        plain.starts_with(
            "Fish is dear\nNorthern Courier · Ruth Vane · 2024-03-05 · 1 min · 2 quotes\n\nFish costs twice"
        ),
        "{plain}"
    );
    let set = world.out(&["show", "2", "--width", "30"]);
    assert!(set.lines().all(|line| line.chars().count() <= 30), "{set}");
    assert!(set.contains("▎ ") && set.contains("— Tomas Arrel"), "{set}");
    world.write("rope.txt", "title: Rope is short\n\nRope is short\n\nNobody knows why.");
    world.run(&["add", "rope.txt"]);
    let twice = world.out(&["show", "4", "--width", "30"]);
    assert_eq!(twice.matches("Rope is short").count(), 1, "{twice}");
    let markdown = world.out(&["show", "2", "--markdown"]);
    assert!(markdown.starts_with("---\ntitle: \"Fish is dear\"\n"), "{markdown}");
    let whole = &world.json(&["show", "2", "--json"])[0];
    let text: Vec<char> = whole["text"].as_str().unwrap().chars().collect();
    let first = &whole["quotations"][0];
    let at = |name: &str| usize::try_from(first[name].as_u64().unwrap()).unwrap();
    assert_eq!(text[at("start")..at("end")].iter().collect::<String>(), "“We sell half and earn the same,”");
    assert_eq!(first["speaker"], "Tomas Arrel");
    let said = world.run(&["show", "99"]);
    assert_eq!(
        (said.code, said.talk.as_str()),
        (1, "pullquote: there is no article 99\n  `pullquote list` shows the numbers\n")
    );
}

#[test]
fn a_new_library_has_the_welcome_articles_until_they_are_removed() {
    let world = World::new();
    assert_eq!(world.out(&["list", "tag:welcome", "--count"]), "3\n");
    assert_eq!(world.run(&["trash", "tag:welcome"]).talk, "3 articles moved to the trash\n");
    assert_eq!(world.out(&["list", "--count"]), "0\n");
}

#[test]
fn one_thing_is_read_and_nothing_kept() {
    let world = World::new();
    world.write("letter.md", "# A letter\n\nDear reader.");
    assert_eq!(world.out(&["letter.md"]), "A letter\n\nDear reader.\n");
    let said = world.fed(&["-"], b"date 2024-01-02 News.\n\nNothing happened.");
    assert_eq!(said.out, "Nothing happened.\n2024-01-02\n\nNews.\n\nNothing happened.\n");
    assert!(!exists(&world.path("data")));
    let said = world.run(&["lsit"]);
    assert_eq!(
        (said.code, said.talk.as_str()),
        (2, "pullquote: lsit: there is no such command or file\n  did you mean `pullquote list`?\n")
    );
    assert_eq!(world.run(&["gone.txt"]).code, 1);
}
