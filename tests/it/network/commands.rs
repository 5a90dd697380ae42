//! The network on the command line, with the real program and a server on this machine.

use serde_json::Value;

use super::json_feed;
use crate::cli::{Said, World};
use crate::support::loopback::{Asked, Loopback, Reply};

fn feed(asked: &Asked) -> Reply {
    let id = format!("{}-1", asked.path.trim_start_matches('/'));
    Reply::new(
        "200 OK\nETag: \"1\"",
        json_feed(&format!("Feed {}", asked.path), &[(&id, "“Fish is dear,” said Ada Holm.")]),
    )
}

fn answer(asked: &Asked) -> Reply {
    match asked.path.as_str() {
        "/page" => Reply::new(
            "200 OK\nContent-Type: text/html",
            "<!doctype html><html><head><title>The quay</title>\
             <link rel=alternate type=application/feed+json title=Quay href=/a></head>\
             <body><article><h1>The quay</h1><p>The quay is closed to all traffic since Monday, and nobody \
             knows for how long it will be.</p><p>The harbour board met and went home again.</p></article></body></html>",
        ),
        "/list" => Reply::new(
            "200 OK\nContent-Type: text/x-opml",
            "<?xml version='1.0'?><opml version='2.0'><body><outline text='News'>\
             <outline type='rss' text='One' xmlUrl='http://one.invalid/feed'/>\
             <outline type='rss' text='Bad' xmlUrl='|touch hacked'/>\
             <outline type='rss' text='Router' xmlUrl='http://192.168.0.1/off'/></outline></body></opml>",
        ),
        "/missing" => Reply::new("404 Not Found", ""),
        _ if asked.header("if-none-match").is_some() => Reply::new("304 Not Modified", ""),
        _ => feed(asked),
    }
}

fn run(world: &World, args: &[&str]) -> Said {
    world.run(args)
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_feed_is_subscribed_to_listed_changed_and_removed() {
    let (world, server) = (World::new(), Loopback::new(answer));
    let address = server.at("/a");
    let said = run(&world, &["add", &address]);
    assert_eq!((said.talk, said.code), (format!("subscribed to Feed /a ({address}): 1 new\n"), 0));
    assert_eq!(run(&world, &["add", &address]).talk, format!("already subscribed to Feed /a ({address}): 0 new\n"));
    let said = run(&world, &["feed", "add", &address, "--folder", "Sea"]);
    assert!(said.talk.ends_with("it stays as it is kept; `pullquote feed set 1` changes that\n"), "{}", said.talk);
    assert_eq!(run(&world, &["feed", "rename", "1", "Tide"]).talk, "1 feed changed\n");
    let said =
        run(&world, &["feed", "set", "tide", "--folder", "News/Local", "--keep", "9", "--header", "X-Club: 7 secret"]);
    assert_eq!((said.talk.as_str(), said.code), ("1 feed changed\n", 0));
    assert_eq!(world.out(&["feed", "list"]), format!("1\tTide\t{address}\tNews/Local\t1\t2026-11-22\t\n"));
    let row = &lines(&world.out(&["feed", "list", "--json"]))[0];
    assert_eq!((&row["title"], &row["keep"], &row["articles"]), (&"Tide".into(), &9.into(), &1.into()));
    assert!(!row.to_string().contains("secret"), "{row}");
    assert_eq!(world.out(&["search", "said:fish", "--json"]).lines().count(), 1);

    let said = run(&world, &["feed", "remove", "tide"]);
    assert_eq!(said.talk, "1 feed removed; the articles stay, and `u` in the reader takes it back\n");
    assert_eq!((run(&world, &["feed", "list"]).out.as_str(), world.out(&["list", "--count"]).as_str()), ("", "1\n"));
}

#[test]
fn secrets_have_no_place_on_the_command_line() {
    let world = World::new();
    let said = run(&world, &["feed", "add", "https://ada:hush@a.example/feed"]);
    assert_eq!(said.code, 1);
    assert!(said.talk.starts_with("pullquote: https://a.example/feed: there is a name or password in the address"));
    assert!(!said.talk.contains("hush"), "{}", said.talk);
    let said = run(&world, &["feed", "add", "https://a.example/", "--header", "Authorization: hush"]);
    assert_eq!(said.code, 2);
}

#[test]
fn a_page_is_stored_and_its_feed_is_told_or_subscribed_to() {
    let (world, server) = (World::new(), Loopback::new(answer));
    let said = run(&world, &["add", &server.at("/page"), "--tag", "quay"]);
    assert_eq!(said.code, 0, "{}", said.talk);
    assert!(said.talk.contains("new: The quay\n"), "{}", said.talk);
    assert!(said.talk.contains(&format!("pullquote feed add {}", server.at("/a"))), "{}", said.talk);
    let row = &world.json(&["list", "--json"])[0];
    assert_eq!((&row["url"], &row["tags"]), (&server.at("/page").into(), &serde_json::json!(["quay"])));
    let said = run(&world, &["feed", "add", &server.at("/page")]);
    assert!(said.talk.contains(&format!("subscribed to Feed /a ({})", server.at("/a"))), "{}", said.talk);
    // Whoever has the feed is not offered it again.
    assert_eq!(run(&world, &["add", &server.at("/page")]).talk, "known: The quay\n");
}

#[test]
fn a_list_of_feeds_is_taken_but_for_what_is_no_address() {
    let (world, server) = (World::new(), Loopback::new(answer));
    let said = run(&world, &["add", &server.at("/list")]);
    assert!(said.talk.contains("http://192.168.0.1/off: somebody else's link leads into your own network"));
    assert!(said.talk.contains("|touch hacked: ") && said.talk.contains("1 feed subscribed to"), "{}", said.talk);
    let row = &lines(&world.out(&["feed", "list", "--json"]))[0];
    assert_eq!((&row["title"], &row["folder"]), (&"One".into(), &"News".into()));
    assert!(!world.path("hacked").exists());
    // What is written out is taken again, also from a file.
    let said = run(&world, &["export", "--to", "opml", "-o", "mine.opml"]);
    assert_eq!(said.talk, "1 feed written to mine.opml\n");
    let said = run(&world, &["add", "mine.opml"]);
    assert!(said.code == 0 && said.talk.contains("0 feeds subscribed to, 1 already"), "{}", said.talk);
}

#[test]
fn fetch_asks_all_or_some_and_ends_with_what_happened() {
    let (world, server) = (World::new(), Loopback::new(answer));
    let said = run(&world, &["fetch"]);
    assert_eq!(
        (said.talk.as_str(), said.code),
        ("there are no feeds; `pullquote feed add URL` subscribes to one\n", 0)
    );
    run(&world, &["feed", "add", &server.at("/a"), &server.at("/b")]);
    assert_eq!(run(&world, &["fetch"]).talk, "2 feeds asked, 0 new\n");
    assert_eq!(run(&world, &["fetch", "Feed /b"]).talk, "1 feed asked, 0 new\n");
    let rows = lines(&world.out(&["fetch", "--json"]));
    assert_eq!((rows.len(), &rows[0]["outcome"]), (2, &"answered".into()));
    assert_eq!(run(&world, &["fetch", "nobody"]).code, 1);
    drop(server);
    let said = run(&world, &["fetch"]);
    assert_eq!(said.code, 1);
    assert_eq!(said.talk.matches("the connection is refused").count(), 2, "{}", said.talk);
}

#[test]
fn what_failed_is_named_with_what_to_do() {
    let (world, server) = (World::new(), Loopback::new(answer));
    let said = run(&world, &["add", &server.at("/missing"), &server.at("/a"), "--json"]);
    assert_eq!(said.code, 3);
    let outcomes: Vec<_> = lines(&said.out).iter().map(|row| row["outcome"].clone()).collect();
    assert_eq!(outcomes, ["refused", "subscribed"]);
    assert!(said.talk.contains("it is not there (404)\n  check the address"), "{}", said.talk);
    assert_eq!(world.out(&["feed", "check"]), "Feed /a: well, 1 entry\n");
}

#[test]
fn an_address_is_read_and_nothing_is_kept() {
    let (world, server) = (World::new(), Loopback::new(answer));
    let out = world.out(&[&server.at("/page")]);
    assert!(out.contains("The quay is closed to all traffic"), "{out}");
    assert!(world.out(&[&server.at("/a")]).contains("“Fish is dear,” said Ada Holm."));
    assert!(!world.library().exists());
    assert_eq!(run(&world, &[&server.at("/missing")]).code, 1);
    assert_eq!(run(&world, &["gopher://a.example/"]).code, 1);
}

#[test]
fn a_charset_that_the_server_invents_is_guessed_and_that_is_said() {
    let (world, server) = (
        World::new(),
        Loopback::new(|_| {
            Reply::new(
                "200 OK\nContent-Type: text/html; charset=x-tide",
                b"<!doctype html><title>Quay</title><p>Die Stra\xdfe am Hafen.",
            )
        }),
    );
    let said = run(&world, &["add", &server.at("/page")]);
    let doubt = "declared charset \"x-tide\" is not known; read as windows-1252";
    assert_eq!(said.talk, format!("{}: {doubt}\nnew: Quay\n", server.at("/page")));
}

#[test]
fn who_wants_to_be_left_alone_is_not_checked_either() {
    let (world, server) = (
        World::new(),
        Loopback::new(|asked| {
            if asked.header("if-none-match").is_some() {
                Reply::new("429 Too Many Requests\nRetry-After: 600", "")
            } else {
                feed(asked)
            }
        }),
    );
    run(&world, &["feed", "add", &server.at("/a")]);
    assert_eq!(run(&world, &["fetch", "--all"]).code, 1);
    let before = server.asked().len();
    let said = run(&world, &["feed", "check"]);
    assert!(said.talk.contains("left alone for a while (429)") && said.code == 1, "{}", said.talk);
    let said = run(&world, &["fetch", "1"]);
    let expected = "Feed /a: it asks to be left alone until 22 Nov 2026, 12:10\n0 feeds asked, 0 new, 1 not due\n";
    assert_eq!(said.talk, expected);
    assert_eq!(server.asked().len(), before);
}
