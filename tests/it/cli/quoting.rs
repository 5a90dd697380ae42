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
    assert_eq!(
        world.out(&["quotes", "source:courier", "--limit", "1"]),
        "2\tTomas Arrel\t“We sell half and earn the same,”\n"
    );
    let rows = world.json(&["quotes", "--json"]);
    assert_eq!(column(&rows, "id"), [2, 1, 3]);
    let first = world.json(&["quotes", "--json", "--limit", "3"]);
    assert_eq!(first.iter().map(|row| row["quotes"].as_array().unwrap().len()).sum::<usize>(), 3);
    let german = world.json(&["quotes", "--json", "--speaker", "brückner"]);
    assert_eq!(column(&german, "id"), [3]);
    assert_eq!(
        world.run(&["quotes", "--speaker", "nobody"]),
        Said { out: String::new(), talk: "no quotation is found\n".into(), code: 1 }
    );
}

#[test]
fn quotations_are_written_as_tables_and_to_paste() {
    let world = World::stocked();
    let origin =
        "[*Fish is dear*](https://courier.example/fish), Ruth Vane, Northern Courier, 2024-03-05 (accessed 2026-11-22)";
    let role = "who leads the union of fishers";
    assert_eq!(
        world.out(&["quotes", "--markdown", "source:courier"]),
        format!(
            "> “We sell half and earn the same,”\n>\n> — Tomas Arrel, in: {origin}\n>\n\
             > In the article: “We sell half and earn the same,” said Tomas Arrel, {role}.\n\n\
             > “Nobody is happy with that.”\n>\n> — Tomas Arrel, in: {origin}\n>\n\
             > In the article: “We sell half and earn the same,” said Tomas Arrel, {role}. “Nobody is happy with that.”\n\n"
        )
    );
    assert_eq!(world.out(&["quotes", "--to", "markdown", "fish"]), world.out(&["quotes", "--markdown", "fish"]));
    let csv = world.out(&["quotes", "--csv", "source:courier"]);
    let lines: Vec<_> = csv.lines().collect();
    assert!(lines[0].starts_with("id,title,start,end,speech,speaker,confidence,quote,doubtful,role,sentence,"));
    assert!(lines[1].starts_with("2,Fish is dear,40,73,true,Tomas Arrel,0."), "{csv}");
    assert!(lines[1].contains(",\"“We sell half and earn the same,”\",false,"), "{csv}");
    assert!(
        lines[1].ends_with(",Ruth Vane,Northern Courier,2024-03-05,https://courier.example/fish,2026-11-22"),
        "{csv}"
    );
    assert_eq!(world.out(&["quotes", "--to", "csv", "source:courier"]), csv);
    assert_eq!(world.run(&["quotes", "--csv", "--json"]).code, 2);
    assert_eq!(world.run(&["quotes", "--to", "csv", "--json"]).code, 2);
}

#[test]
fn quotations_go_into_bibliographies() {
    let world = World::stocked();
    let bibtex = world.out(&["quotes", "fish", "--to", "bibtex"]);
    assert!(bibtex.starts_with("@article{vane2024fish-2,\n  author = {Vane, Ruth},\n"), "{bibtex}");
    assert_eq!(bibtex.matches("    “Nobody is happy with that.” — Tomas Arrel").count(), 1, "{bibtex}");
    let items: Value = serde_json::from_str(&world.out(&["quotes", "--to", "csl"])).unwrap();
    assert_eq!(column(items.as_array().unwrap(), "id"), ["vane2024fish-2", "lennbote2024brucke-3"]);
    assert_eq!(items[0]["accessed"], serde_json::json!({"date-parts": [[2026, 11, 22]]}));
    let ris = world.out(&["quotes", "fish", "--to", "ris"]);
    assert_eq!(ris.lines().filter(|line| line.starts_with("N1  - “")).count(), 2, "{ris}");
    let lines = world.json(&["quotes", "source:courier", "--to", "jsonl"]);
    assert_eq!(lines.len(), 3, "phrases too");
    assert_eq!(lines[0]["quote"], "“We sell half and earn the same,”");
    assert!(
        world.out(&["quotes", "fish", "--to", "plain"]).starts_with("“We sell half and earn the same,”\n— Tomas Arrel")
    );
    world.write("note.txt", SPEECH);
    let csl: Value = serde_json::from_str(&world.out(&["quotes", "note.txt", "--to", "csl"])).unwrap();
    assert_eq!((csl[0]["id"].as_str().unwrap(), csl[0].get("accessed")), ("articlesell-note", None));
}

#[test]
fn a_file_that_is_not_there_is_no_query() {
    let world = World::stocked();
    for name in ["gone.txt", "./gone", "pages/gone.MD"] {
        let said = world.run(&["quotes", name]);
        let first = format!("pullquote: {name}: there is no such file or folder");
        assert_eq!((said.code, said.talk.lines().next()), (1, Some(first.as_str())));
    }
    assert_eq!(world.run(&["quotes", "url:courier.example/fish.txt"]).code, 1);
    assert_eq!(world.run(&["quotes", "url:courier.example/fish"]).code, 0);
}

#[test]
fn a_text_without_speech_is_told() {
    let world = World::new();
    world.write("phrases.txt", "The so-called “fish peace” is over.");
    let talk = "no speech is found, only quoted phrases; --json shows these too\n".to_owned();
    assert_eq!(world.run(&["quotes", "phrases.txt"]), Said { out: String::new(), talk, code: 1 });
    assert_eq!(world.run(&["quotes", "--json", "phrases.txt"]).code, 0);
    world.write("none.txt", "Nobody speaks.");
    assert_eq!(world.run(&["quotes", "none.txt"]).talk, "no quotation is found\n");
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_written() {
    let world = World::new();
    world.write("a.txt", SPEECH);
    world.write("b.pdf", "%PDF-1.7\n%âãÏÓ");
    let said = world.run(&["quotes", "a.txt", "b.pdf"]);
    assert_eq!((said.code, said.out.lines().count()), (3, 2));
    assert!(said.talk.starts_with("pullquote: b.pdf: "), "{}", said.talk);
    let said = world.fed(&["quotes", "--json", "-"], SPEECH.as_bytes());
    assert!(said.out.starts_with("{\"id\":\"-\","), "{}", said.out);
}
