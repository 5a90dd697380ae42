//! How the program speaks: flags, environment and settings, help, keys, errors, pipes that end.

use std::io::{BufRead, BufReader};

use super::*;

#[test]
fn flags_beat_the_environment_which_beats_the_settings() {
    let world = World::stocked();
    world.write("config/pullquote/config.toml", "library = \"other.db\"\n");
    assert_eq!(world.out(&["list", "--count"]), "3\n", "the other library is new and has the welcome articles");
    assert!(exists(&world.path("config/pullquote/other.db")));
    let count = |command: &mut Command| Said::of(&command.output().unwrap()).out;
    world.run(&["trash", "tag:welcome"]);
    let kept = world.library();
    assert_eq!(count(world.command(&["list", "--count"]).env("PULLQUOTE_LIBRARY", &kept)), "3\n");
    assert_eq!(count(&mut world.command(&["list", "--count"])), "0\n");
    let flag = ["--library".as_ref(), kept.as_os_str(), "list".as_ref(), "--count".as_ref()];
    assert_eq!(count(world.command(&flag).env("PULLQUOTE_LIBRARY", "third.db")), "3\n");
    assert!(!exists(&world.path("third.db")));
}

#[test]
fn colour_comes_by_flag_and_goes_by_default() {
    let world = World::stocked();
    let set = world.out(&["--color", "always", "show", "2", "--width", "60"]);
    assert!(set.contains("\x1b[33m“We sell half"), "{set:?}");
    assert!(!world.out(&["show", "2", "--width", "60"]).contains('\x1b'));
}

#[test]
fn the_configuration_is_found_shown_and_checked() {
    let world = World::new();
    let path = world.path("config/pullquote/config.toml");
    assert_eq!(world.out(&["config", "path"]), format!("{}\n", path.display()));
    assert!(world.out(&["config", "example"]).contains("# measure = 66"));
    assert_eq!(world.run(&["config", "check"]).code, 0);
    world.write("config/pullquote/config.toml", "measure = 72\nthem = \"dark\"\n");
    let said = world.run(&["config", "check"]);
    assert_eq!(said.code, 2);
    assert!(said.out.contains("them") && said.out.contains("theme"), "{}", said.out);
    // Other commands say it in a line and go on.
    let said = world.run(&["keys"]);
    assert_eq!((said.code, said.talk.lines().count()), (0, 1));
    assert!(said.talk.contains("config.toml:2:1"), "{}", said.talk);
    let edited = world.command(&["config", "edit"]).env("EDITOR", "true").output().unwrap();
    assert_eq!(Said::of(&edited).code, 2);
}

#[test]
fn help_keys_manual_and_completions_are_there() {
    let world = World::new();
    let help = world.out(&["--help"]);
    for command in ["add", "list", "search", "quotes", "export", "completions"] {
        assert!(help.contains(&format!("\n  {command} ")), "{command}: {help}");
    }
    assert!(world.out(&["--version"]).starts_with("pullquote "));
    let keys = world.out(&["keys"]);
    assert!(keys.contains("next-quote") && keys.contains("Everywhere\n"), "{keys}");
    assert!(world.out(&["man"]).contains(".SH QUOTES"));
    assert!(world.out(&["completions", "bash"]).contains("_pullquote"));
    assert_eq!(world.run(&["list", "--nonsense"]).code, 2);
    assert!(!exists(&world.path("data")), "none of these needs a library");
}

#[test]
fn the_doctor_says_what_is_wrong() {
    let world = World::stocked();
    let said = world.run(&["doctor"]);
    assert_eq!(said.code, 0, "{}", said.out);
    assert!(said.out.contains("3 articles") && said.out.ends_with("all is well\n"), "{}", said.out);
    world.write("broken.db", "no library at all");
    let said = world.run(&["--library", "broken.db", "doctor"]);
    assert_eq!(said.code, 1);
    assert!(said.out.contains("is not a library"), "{}", said.out);
}

#[test]
fn a_foreign_file_is_refused_and_stays_as_it_is() {
    let world = World::new();
    world.write("notes.txt", "My notes.");
    let said = world.run(&["--library", "notes.txt", "list"]);
    assert_eq!((said.code, said.talk.lines().next()), (1, Some("pullquote: notes.txt is not a library")));
    assert_eq!(world.read("notes.txt"), "My notes.");
}

#[test]
fn messages_go_to_the_log_too() {
    let world = World::stocked();
    world.run(&["--log", "log.txt", "read", "1"]);
    world.run(&["--log", "log.txt", "show", "99"]);
    assert_eq!(
        world.read("log.txt"),
        "1 article marked as read\npullquote: there is no article 99\n  `pullquote list` shows the numbers\n"
    );
}

#[test]
fn a_pipe_that_ends_early_is_no_failure() {
    let world = World::new();
    let record = format!("{{\"text\": \"{}\"}}\n", "“A long line of many words,” said Tomas Arrel. ".repeat(200));
    world.write("many.jsonl", record.repeat(300));
    let mut command = world.command(&["quotes", "--json", "many.jsonl"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(first.starts_with("{\"id\":\"many:1\""));
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}
