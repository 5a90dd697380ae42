//! `quotes`: who said what, from files and from the library.

use super::*;

const SPEECH: &str = "“We sell half and earn the same,” said Tomas Arrel. “Nobody is happy with that.”";

#[test]
fn files_are_read_and_not_stored() {
    let world = World::new();
    world.write("fish.txt", SPEECH);
    world.write("more.jsonl", format!("{{\"id\": 7, \"text\": \"“é” {SPEECH}\"}}\n{{\"text\": \"Nobody speaks.\"}}\n"));
    let rows = world.json(&["quotes", "--json", "fish.txt", "more.jsonl"]);
    assert_eq!(column(&rows, "id"), ["fish", "7", "more:2"]);
    assert_eq!(rows[0]["text"], SPEECH);
    for row in &rows {
        let text: Vec<char> = row["text"].as_str().unwrap().chars().collect();
        for quote in row["quotes"].as_array().unwrap() {
            let at = |name: &str| usize::try_from(quote[name].as_u64().unwrap()).unwrap();
            assert_eq!((text[at("start")], text[at("end") - 1]), ('“', '”'), "{quote}");
        }
    }
    let quote = &rows[0]["quotes"][0];
    assert_eq!((&quote["speaker"], &quote["speech"]), (&"Tomas Arrel".into(), &true.into()));
    let fields = ["start", "end", "speech", "cue", "source", "speaker", "role", "confidence"];
    assert_eq!(quote.as_object().unwrap().keys().collect::<Vec<_>>().len(), fields.len());
    assert!(fields.iter().all(|field| quote.get(field).is_some()));
    assert_eq!(quote["source"], serde_json::json!([39, 50]));
    assert_eq!(rows[2]["quotes"], serde_json::json!([]));
    assert!(!exists(&world.path("data")));
}

#[test]
fn the_library_is_asked_by_query_and_speaker() {
    let world = World::stocked();
    assert_eq!(
        world.out(&["quotes", "source:courier"]),
        "2\tTomas Arrel\t“We sell half and earn the same,”\n2\tTomas Arrel\t“Nobody is happy with that.”\n"
    );
    let rows = world.json(&["quotes", "--json"]);
    assert_eq!(column(&rows, "id"), [2, 1, 3]);
    let german = world.json(&["quotes", "--json", "--speaker", "brückner"]);
    assert_eq!(column(&german, "id"), [3]);
    assert_eq!(
        world.run(&["quotes", "--speaker", "nobody"]),
        Said { out: String::new(), talk: String::new(), code: 1 }
    );
}

#[test]
fn quotations_are_written_as_tables_and_to_paste() {
    let world = World::stocked();
    assert_eq!(
        world.out(&["quotes", "--markdown", "source:courier"]),
        "> “We sell half and earn the same,”\n>\n> — Tomas Arrel, *Fish is dear*, Northern Courier, 2024-03-05\n\n\
         > “Nobody is happy with that.”\n>\n> — Tomas Arrel, *Fish is dear*, Northern Courier, 2024-03-05\n\n"
    );
    let csv = world.out(&["quotes", "--csv", "source:courier"]);
    let lines: Vec<_> = csv.lines().collect();
    assert_eq!(lines[0], "id,title,start,end,speech,speaker,confidence,quote");
    assert!(lines[1].starts_with("2,Fish is dear,40,73,true,Tomas Arrel,0."), "{csv}");
    assert!(lines[1].ends_with(",\"“We sell half and earn the same,”\""), "{csv}");
    assert_eq!(world.run(&["quotes", "--csv", "--json"]).code, 2);
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_written() {
    let world = World::new();
    world.write("a.txt", SPEECH);
    world.write("b.html", "<p>");
    let said = world.run(&["quotes", "a.txt", "b.html"]);
    assert_eq!((said.code, said.out.lines().count()), (3, 2));
    assert!(said.talk.starts_with("pullquote: b.html: not yet"));
    let said = world.fed(&["quotes", "--json", "-"], SPEECH.as_bytes());
    assert!(said.out.starts_with("{\"id\":\"-\","), "{}", said.out);
}
