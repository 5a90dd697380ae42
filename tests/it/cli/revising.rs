//! Earlier texts of an article: listed, shown, compared.

use super::*;

/// A world with one article that was changed twice.
fn changed() -> World {
    let world = World::new();
    let text = |title: &str, words: &str| {
        format!("---\ntitle: {title}\nsource: Evening Lantern\nurl: https://lantern.example/mill\n---\n\n{words}\n")
    };
    let texts = [
        text(
            "Mill looks for a buyer",
            "It is old.\n\n“We will sell in May,” said Agnes Morl, the foreman.\n\nNobody came.",
        ),
        text(
            "Mill looks for a buyer",
            "It is old.\n\n“We will sell in June,” said Agnes Morl, the foreman.\n\nNobody came.",
        ),
        text("Mill stays", "It is old.\n\n“We will never sell,” said Agnes Morl, the foreman.\n\nNobody came."),
    ];
    for text in texts {
        world.write("mill.md", text);
        world.run(&["add", "mill.md"]);
    }
    world
}

#[test]
fn earlier_texts_are_listed_with_when_they_were_replaced() {
    let world = changed();
    let moment = "2026-11-22T12:00:00Z";
    let expected = format!("1\t{moment}\t15\tMill looks for a buyer\n2\t{moment}\t15\tMill looks for a buyer\n");
    assert_eq!(world.out(&["show", "1", "--revisions"]), expected);
    let rows = world.json(&["show", "1", "--revisions", "--json"]);
    assert_eq!((rows.len(), &rows[1]["number"], &rows[1]["replaced"]), (2, &Value::from(2), &Value::from(moment)));
    world.write("new.md", "# New\n\nA text.");
    world.run(&["add", "new.md"]);
    let said = world.run(&["show", "2", "--revisions"]);
    assert_eq!((said.code, said.out.as_str()), (0, ""));
    assert!(said.talk.contains("as it came"), "{}", said.talk);
}

#[test]
fn an_earlier_text_is_shown_in_every_form() {
    let world = changed();
    let page = world.out(&["show", "1", "--revision", "1", "--width", "50"]);
    assert!(page.contains("sell in May") && page.contains("text 1, until 22 Nov 2026, 12:00"), "{page}");
    assert!(world.out(&["show", "1", "--revision", "2"]).contains("sell in June"));
    assert!(world.out(&["show", "1", "--revision", "2", "--markdown"]).contains("sell in June"));
    assert!(world.out(&["show", "1", "--revision", "2", "--html"]).contains("sell in June"));
    let whole = world.json(&["show", "1", "--revision", "2", "--json"]).remove(0);
    assert_eq!(whole["title"], "Mill looks for a buyer");
    assert_eq!((&whole["revision"], &whole["revisions"]), (&Value::from(2), &Value::from(2)));
    assert_eq!(whole["quotations"][0]["speaker"], "Agnes Morl");
    assert_eq!(world.json(&["show", "1", "--json"]).remove(0)["revision"], Value::Null);
    let said = world.run(&["show", "1", "--revision", "3"]);
    assert_eq!(said.code, 1);
    assert!(said.talk.contains("has no earlier text 3") && said.talk.contains("from 1 to 2"), "{}", said.talk);
}

#[test]
fn what_was_changed_is_written_word_by_word() {
    let world = changed();
    let expected = "\
text 2, until 22 Nov 2026, 12:00 → the text of now
2 words added, 6 removed · quotes: 1 changed

Mill [-looks for a buyer-] {+stays+}

“We will {+never+} sell [-in June-],” said Agnes Morl, the foreman.
";
    assert_eq!(world.out(&["show", "1", "--diff"]), expected);
    let first = world.out(&["show", "1", "--diff", "1..2"]);
    assert!(first.contains("sell in [-May-] {+June+}") && !first.contains("stays"), "{first}");
    let page = world.out(&["show", "1", "--diff", "1", "--width", "46"]);
    assert!(page.contains("~ “We will {+never+} sell [-in May-],” said"), "{page}");
    assert!(page.contains("— Agnes Morl: quoted in other words"), "{page}");
    let painted = world.out(&["--color", "always", "show", "1", "--diff", "--width", "60"]);
    assert!(painted.contains("\x1b[9;31min June\x1b[0m") && painted.contains("\x1b[4;32mnever\x1b[0m"), "{painted}");
    assert!(!painted.contains("[-"), "{painted}");
    let said = world.json(&["show", "1", "--diff", "2", "--json"]).remove(0);
    assert_eq!((&said["from"], &said["to"]), (&Value::from(2), &Value::Null));
    assert_eq!(said["changes"][0]["text"], "looks for a buyer");
    assert_eq!(said["quotations"][0]["changed"], "words");
}

#[test]
fn a_number_that_is_none_is_refused_with_what_to_do() {
    let world = changed();
    let said = world.run(&["show", "1", "--diff", "x"]);
    assert!(said.code == 2 && said.talk.contains("show --revisions"), "{said:?}");
    assert_eq!(world.run(&["show", "1", "--diff", "7"]).code, 1);
    assert_eq!(world.run(&["show", "1", "--diff", "--markdown"]).code, 2);
}
