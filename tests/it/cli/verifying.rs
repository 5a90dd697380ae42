//! `verify`: is a quotation in the library.

use super::*;

#[test]
fn a_quotation_is_found_to_the_word_nearly_or_not() {
    let world = World::stocked();
    let origin = "2\t2024-03-05T08:30:00Z\tNorthern Courier\tFish is dear\tTomas Arrel";
    let said = |out: &str, talk: &str, code| Said { out: out.into(), talk: talk.into(), code };
    assert_eq!(
        world.run(&["verify", "\"we sell half and earn the same\""]),
        said(&format!("verbatim\t1.00\t{origin}\tWe sell half and earn the same\n"), "", 0)
    );
    assert_eq!(
        world.run(&["verify", "We", "sell", "most", "and", "earn", "the", "same"]),
        said(&format!("nearly\t0.86\t{origin}\tWe sell [-most-]{{+half+}} and earn the same\n"), "", 3)
    );
    assert_eq!(world.run(&["verify", "We buy boats from strangers"]), said("", "it is not in the library\n", 1));
    // The two parts of what was said, as one.
    assert_eq!(world.run(&["verify", "We sell half and earn the same. … Nobody is happy with that."]).code, 0);
    assert_eq!(world.run(&["verify", "Nobody is [un]happy with that"]).code, 3);
    assert_eq!(world.fed(&["verify", "-"], "„Wir bitten um Geduld“".as_bytes()).code, 0);
    // Not somebody's words, but the article's.
    assert!(
        world.run(&["verify", "the ferry to oda has run again"]).out.ends_with("\t\tThe ferry to Oda has run again\n")
    );
    for text in ["", "…", "[a]"] {
        assert_eq!(world.run(&["verify", text]).talk, "pullquote: there are no words to look for\n");
    }
    assert_eq!(world.run(&["verify"]).code, 2);
}

#[test]
fn the_oldest_place_comes_first_and_scripts_get_all() {
    let world = World::stocked();
    world.write("older.txt", "date 2020-01-02 An old page.\n\n“We sell half,” said Ida Holt, “and earn the same.”");
    world.write("gone.txt", "date 2019-01-02 A page.\n\n“We sell half and earn the same.”");
    assert_eq!(world.run(&["add", "older.txt", "gone.txt"]).code, 0);
    assert_eq!(world.run(&["trash", "date:2019"]).code, 0);
    let said = world.json(&["verify", "--json", "We sell half and earn the same"]);
    let found = said[0]["found"].as_array().unwrap();
    assert_eq!(said[0]["verdict"], "verbatim");
    assert_eq!(column(found, "id"), [4, 2]);
    assert_eq!(column(found, "speaker"), ["Ida Holt", "Tomas Arrel"]);
    assert_eq!(column(found, "measure"), [1.0, 1.0]);
    assert_eq!((&found[1]["start"], &found[1]["end"]), (&41.into(), &71.into()));
    let near = world.run(&["verify", "--json", "We sold half and earn the same"]);
    let near: Value = serde_json::from_str(&near.out).unwrap();
    let parts = near["found"][0]["parts"].as_array().unwrap();
    assert_eq!(column(parts, "kind")[..3], ["same", "changed", "same"]);
    let absent = world.run(&["verify", "--json", "nothing like it anywhere"]);
    assert_eq!(absent.out, "{\"verdict\":\"absent\",\"complete\":true,\"found\":[]}\n");
}

#[test]
fn without_an_index_all_articles_are_read_and_that_is_said() {
    let world = World::stocked();
    std::fs::remove_dir_all(world.path("data/pullquote/library.db.index")).unwrap();
    std::fs::create_dir(world.path("data/pullquote/library.db.index")).unwrap();
    let lock = std::fs::File::create(world.path("data/pullquote/library.db.index/lock")).unwrap();
    lock.lock().unwrap();
    let said = world.run(&["verify", "We sell half and earn the same"]);
    assert_eq!(
        (said.code, said.talk.as_str()),
        (0, "another pullquote is building the index; all articles were read instead\n")
    );
    drop(lock);
    assert_eq!(world.run(&["verify", "We sell half and earn the same"]), Said { talk: String::new(), ..said });
}
