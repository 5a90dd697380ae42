//! `add` when it is cut short: killed, beside another one, on a disk that takes no more. What it said is stored is there.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::process::Child;

use pullquote::clock::Now;
use pullquote::library::{CaughtUp, Index, Library};
use pullquote::model::{Id, Order};
use pullquote::query::{Subject, matches, parse};

use super::*;

/// Records with words to find them by, and titles so long that what is said of them is seen soon.
fn records(name: &str, numbers: std::ops::Range<usize>) -> String {
    let record = |n: usize| {
        let title = format!("{name} {n} {}", "tide ".repeat(40));
        let text = format!("“The quay is closed,” said Orla Finch on day {n} of {name}. Group {}.", n % 7);
        format!("{{\"title\": \"{title}\", \"text\": \"{text}\"}}\n")
    };
    numbers.map(record).collect()
}

/// Adds what is written to its standard input, which stays open.
fn adding(world: &World) -> Child {
    let mut command = world.command(&["add", "-", "--json", "--format", "jsonl"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// The numbers in the first `limit` whole lines that say that an article was stored.
fn acknowledged(output: impl std::io::Read, limit: usize) -> Vec<Id> {
    let lines = BufReader::new(output).lines().map_while(Result::ok).take(limit);
    lines.filter_map(|line| serde_json::from_str::<Value>(&line).ok()?["id"].as_i64()).collect()
}

/// The library as it is opened after all that, with an index that finds what the slow matcher finds.
#[track_caller]
fn sound(world: &World) -> BTreeSet<Id> {
    let library = Library::open_existing(&world.library()).unwrap();
    assert_eq!(library.check().unwrap(), Vec::<String>::new());
    let mut index = Index::open(library.path());
    assert_eq!(index.catch_up(&library, &|| false, &mut |_, _| ()).unwrap(), CaughtUp::Done);
    let now = Now::fixed(NOW);
    let all = library.list(&parse("").unwrap(), Order::Newest, &now).unwrap().unwrap();
    let stored: Vec<_> = all.iter().map(|id| library.article(*id).unwrap().unwrap()).collect();
    for query in ["group 3", "said:quay speaker:finch", "\"day 17 of\"", "title:first", "second -\"group 5\""] {
        let query = parse(query).unwrap();
        let found = index.search(&library, &query, Order::Newest, &now, None, &|| false).unwrap();
        let slow = stored.iter().filter(|stored| matches(&query, &Subject::from(*stored), NOW));
        assert!(found.complete);
        assert_eq!(BTreeSet::from_iter(found.ids), slow.map(|stored| stored.summary.id).collect(), "{query:?}");
    }
    all.into_iter().collect()
}

#[test]
fn what_was_said_to_be_stored_is_there_after_a_kill() {
    let world = World::new();
    let mut child = adding(&world);
    let mut input = child.stdin.take().unwrap();
    let fed = std::thread::spawn(move || {
        // It is killed while it reads; standard input stays open until then.
        let _ = input.write_all(records("first", 0..1500).as_bytes());
        input
    });
    let said = acknowledged(child.stdout.take().unwrap(), 700);
    child.kill().unwrap();
    child.wait().unwrap();
    drop(fed.join().unwrap());
    assert_eq!(said.len(), 700);
    let there = sound(&world);
    assert!(said.iter().all(|id| there.contains(id)));
    // The rest comes with the next try, and nothing twice.
    world.write("all.jsonl", records("first", 0..1500));
    assert_eq!(world.run(&["add", "all.jsonl"]).code, 0);
    assert_eq!(sound(&world).len(), 1500);
}

#[test]
fn one_adds_beside_another_that_writes_the_index() {
    let world = World::new();
    let mut child = adding(&world);
    let mut input = child.stdin.take().unwrap();
    input.write_all(records("first", 0..1200).as_bytes()).unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    // From the first batch on it holds the index's lock.
    output.read_line(&mut String::new()).unwrap();
    world.write("second.jsonl", records("second", 0..300));
    assert_eq!(world.run(&["add", "second.jsonl"]), Said { out: String::new(), talk: "300 added\n".into(), code: 0 });
    drop(input);
    assert_eq!(acknowledged(output, usize::MAX).len() + 1, 1200);
    assert_eq!(child.wait().unwrap().code(), Some(0));
    // Whoever had the lock has told the index of the other's articles too.
    let library = Library::open_existing(&world.library()).unwrap();
    assert_eq!(Index::open(library.path()).behind(&library).unwrap(), 0);
    assert_eq!(sound(&world).len(), 1500);
}

#[test]
fn ctrl_c_while_it_indexes_leaves_what_is_stored_and_says_what_is_left() {
    let world = World::new();
    world.write("some.jsonl", records("first", 0..150));
    // It waits for somebody at the other end of its lock before it indexes.
    let index = world.path("data/pullquote/library.db.index");
    std::fs::create_dir_all(&index).unwrap();
    let lock = index.join("lock");
    assert!(Command::new("mkfifo").arg(&lock).status().unwrap().success());
    let mut child = world.command(&["add", "some.jsonl"]).stderr(Stdio::piped()).spawn().unwrap();
    let mut talk = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
    assert_eq!(talk.next().as_deref(), Some("150 added"));
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    drop(std::fs::File::open(&lock).unwrap());
    let said = "the index is 150 articles behind: the reader, a search or the next add brings it up to date";
    assert_eq!(talk.collect::<Vec<_>>(), [said]);
    assert_eq!(child.wait().unwrap().code(), Some(130));
    std::fs::remove_file(&lock).unwrap();
    assert_eq!(sound(&world).len(), 150);
}

#[test]
fn a_disk_that_takes_no_more_is_an_error_and_what_was_stored_stays() {
    let world = World::new();
    world.write("all.jsonl", records("first", 0..1500));
    // A file beyond the limit cannot grow, as on a full disk; without the signal the program hears of it.
    let limited = "trap '' XFSZ; ulimit -f 800; exec \"$@\"";
    let said = Said::of(
        &world
            .program("/bin/sh")
            .args(["-c", limited, "sh", env!("CARGO_BIN_EXE_pullquote"), "add", "--json", "all.jsonl"])
            .output()
            .unwrap(),
    );
    assert_eq!(said.code, 1, "{}", said.talk);
    assert!(said.talk.contains("the disk "), "{}", said.talk);
    let stored = acknowledged(said.out.as_bytes(), usize::MAX);
    assert!(!stored.is_empty() && stored.len() < 1500, "{}", stored.len());
    assert_eq!(sound(&world), stored.into_iter().collect());
    assert_eq!(world.run(&["add", "all.jsonl"]).code, 0);
    assert_eq!(sound(&world).len(), 1500);
}
