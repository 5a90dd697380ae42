//! `speakers` and what one of them said: who is quoted in the library, and by which name.

use super::*;

/// Four quotations in two sources, of a person with two spellings and one more.
fn stocked() -> World {
    let world = World::new();
    let line = |day: u8, source: &str, text: &str| {
        format!(
            "{{\"title\": \"Day {day}\", \"date\": \"2024-03-0{day}\", \"source\": \"{source}\", \"text\": \"{text}\"}}\n"
        )
    };
    let lines = [
        line(1, "Lennbote", "“We build the quay first,” said Ada Brandt. “Then we see what is left,” Brandt said."),
        line(2, "Northern Courier", "“Nobody asked the fishers,” said Tomas Arrel at the harbour."),
        line(3, "Northern Courier", "“The quay will stand by spring,” said Ada K. Brandt on Monday."),
    ];
    world.write("a.jsonl", lines.concat());
    assert_eq!(world.run(&["add", "a.jsonl"]).talk, "3 added\n");
    world
}

#[test]
fn speakers_are_listed_with_counts_dates_and_sources() {
    let world = stocked();
    assert_eq!(
        world.out(&["speakers"]),
        "Ada Brandt\t2\t1\t2024-03-01\t2024-03-01\tLennbote\n\
         Ada K. Brandt\t1\t1\t2024-03-03\t2024-03-03\tNorthern Courier\n\
         Tomas Arrel\t1\t1\t2024-03-02\t2024-03-02\tNorthern Courier\n"
    );
    assert_eq!(world.out(&["speakers", "bra", "--limit", "1"]).lines().count(), 1);
    let rows = world.json(&["speakers", "--json", "tom", "arr"]);
    let expected = serde_json::json!({
        "name": "Tomas Arrel", "quotes": 1, "articles": 1, "first": "2024-03-02", "last": "2024-03-02",
        "sources": [{"name": "Northern Courier", "articles": 1}],
    });
    assert_eq!(rows, [expected]);
    assert_eq!(world.run(&["speakers", "nobody"]), Said { out: String::new(), talk: String::new(), code: 1 });
}

#[test]
fn names_are_given_taken_back_and_told_apart() {
    let world = stocked();
    let rename = |args: &[&str]| world.run(&[&["speakers"], args].concat());
    let names = || -> Vec<String> {
        let rows = world.out(&["speakers"]);
        rows.lines().map(|line| line.split('\t').take(2).collect::<Vec<_>>().join(" ")).collect()
    };
    let said = rename(&["ada k. brandt", "--rename", "Ada Brandt"]);
    assert_eq!(
        (said.talk.as_str(), said.code),
        (
            "ada k. brandt is called Ada Brandt in 1 article\n  `u` in the reader takes this back as the last change\n",
            0
        )
    );
    assert_eq!(names(), ["Ada Brandt 3", "Tomas Arrel 1"]);
    assert_eq!(world.json(&["quotes", "--json", "--speaker", "brandt"]).len(), 2);
    assert_eq!(rename(&["Ada K. Brandt", "--rename", "Ada K. Brandt"]).code, 0);
    assert_eq!(names(), ["Ada Brandt 2", "Ada K. Brandt 1", "Tomas Arrel 1"]);
    let said = rename(&["Ada Brandt", "--rename", "Ada Brandt (Lenn)", "--in", "source:lennbote"]);
    assert_eq!(said.code, 0, "{}", said.talk);
    assert_eq!(names(), ["Ada Brandt (Lenn) 2", "Ada K. Brandt 1", "Tomas Arrel 1"]);
    let said = rename(&["arrel", "--rename", "Tom"]);
    assert_eq!(said.talk, "pullquote: nobody is called arrel\n  write the whole name, perhaps Tomas Arrel\n");
    assert_eq!(said.code, 1);
    for args in [&["--rename", "x"][..], &["a", "--in", "b"], &["a", "--rename", "b", "--json"]] {
        assert_eq!(rename(args).code, 2, "{args:?}");
    }
    assert_eq!(rename(&["Tomas Arrel", "--rename", "…"]).code, 1);
}

#[test]
fn what_somebody_said_is_in_the_order_of_time() {
    let world = stocked();
    let lines = |args: &[&str]| -> Vec<String> {
        let out = world.out(&[&["quotes", "--speaker", "Brandt"], args].concat());
        out.lines().map(|line| line.split('\t').next().unwrap().to_owned()).collect()
    };
    assert_eq!(lines(&[]), ["3", "1", "1"]);
    assert_eq!(lines(&["--sort", "oldest"]), ["1", "1", "3"]);
    assert_eq!(lines(&["sort:oldest"]), ["1", "1", "3"]);
    assert_eq!(lines(&["said:quay", "before:2024-03-02"]), ["1", "1"]);
}

#[test]
fn quotes_of_an_older_engine_are_told_and_detected_again() {
    let world = stocked();
    let connection = rusqlite::Connection::open(world.library()).unwrap();
    connection.execute_batch("DELETE FROM mark WHERE id & 7 = 4").unwrap();
    connection.close().unwrap();
    let rules = format!("quotes    rules {}", pullquote::quotes::VERSION);
    let waiting = format!("{rules}; 3 articles to be detected again: the reader does it, or `reindex`\n");
    assert!(world.out(&["doctor"]).contains(&waiting), "{}", world.out(&["doctor"]));
    let said = world.run(&["speakers"]);
    assert!(said.talk.starts_with("the quotes of 3 articles are to be detected again") && said.code == 0, "{said:?}");
    assert_eq!(world.run(&["reindex"]).talk, "3 articles can be searched\n");
    assert_eq!(world.run(&["speakers"]).talk, "");
    assert!(world.out(&["doctor"]).contains(&format!("{rules}, all detected by them\n")));
}
