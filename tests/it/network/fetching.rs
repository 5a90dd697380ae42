//! Feeds asked for news: what is stored, what is remembered, and that a bad one is nobody else's trouble.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use pullquote::error::Exit;
use pullquote::library::Library;
use pullquote::model::{Feed, Subscription};
use pullquote::sources::credentials::Credentials;
use pullquote::sources::http::{Client, Limits};
use pullquote::workers::fetcher::{self, Net, Step, Tally, Told};

use super::json_feed;
use crate::support::NOW;
use crate::support::loopback::{Asked, Loopback, Reply};

/// A library, and a way to a server on this machine.
pub struct World {
    folder: tempfile::TempDir,
    client: Client,
    credentials: Credentials,
    pub server: Loopback,
}

impl World {
    pub fn new(answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        Self::within(Limits::default(), answer)
    }

    fn within(limits: Limits, answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let credentials = Credentials::new(folder.path().join("credentials.toml"));
        Self { folder, client: Client::new(limits, false), credentials, server: Loopback::new(answer) }
    }

    pub fn library(&self) -> Library {
        Library::open(&self.folder.path().join("library.db")).unwrap()
    }

    /// The way to the server.
    pub fn net(&self) -> Net<'_> {
        Net { client: &self.client, credentials: &self.credentials }
    }

    /// Subscribes to what is at each path of the server.
    pub fn subscribe(&self, paths: &[&str], subscription: &Subscription) {
        let wanted: Vec<_> = paths.iter().map(|path| (self.server.at(path), subscription.clone())).collect();
        self.library().subscribe(&wanted, NOW).unwrap();
    }

    fn fetch_at(&self, now: i64, only_due: bool) -> (Tally, Vec<(String, Told)>) {
        let mut library = self.library();
        let feeds = fetcher::due(library.feeds().unwrap(), now, only_due);
        let net = Net { client: &self.client, credentials: &self.credentials };
        let mut told = Vec::new();
        let tally = fetcher::fetch(&mut library, feeds, net, now, &mut |step| {
            if let Step::Feed(feed, what) = step {
                told.push((path(feed), what.clone()));
            }
            Ok(())
        });
        told.sort_by(|(a, _), (b, _)| a.cmp(b));
        (tally.unwrap(), told)
    }

    pub fn fetch(&self) -> (Tally, Vec<(String, Told)>) {
        self.fetch_at(NOW, false)
    }

    pub fn feed(&self, path: &str) -> Feed {
        let address = self.server.at(path);
        self.library().feeds().unwrap().into_iter().find(|feed| feed.address == address).unwrap()
    }

    pub fn asked(&self, path: &str) -> usize {
        self.server.asked().iter().filter(|asked| asked.path == path).count()
    }
}

fn path(feed: &Feed) -> String {
    feed.address.splitn(4, '/').nth(3).unwrap_or_default().to_owned()
}

fn news(new: usize) -> Told {
    Told::News { new, updated: 0 }
}

fn feed(entries: &[(&str, &str)]) -> Reply {
    Reply::new("200 OK\nContent-Type: application/feed+json", json_feed("Tide", entries))
}

#[test]
fn what_is_new_is_stored_once_under_the_feeds_title_with_its_tags() {
    let world = World::new(|_| feed(&[("1", "One."), ("2", "Two.")]));
    world.subscribe(&["/a"], &Subscription { tags: vec!["daily".into()], ..Subscription::default() });
    let (tally, told) = world.fetch();
    assert_eq!((told, tally.new.len()), (vec![("a".into(), news(2))], 2));
    let rows = world.library().summaries(&tally.new).unwrap();
    assert!(rows.iter().all(|row| row.source.as_deref() == Some("Tide") && row.tags == ["daily"]), "{rows:?}");
    assert_eq!(world.fetch().1, [("a".into(), news(0))]);
    assert_eq!((world.feed("/a").articles, world.feed("/a").title().to_owned()), (2, "Tide".into()));
}

#[test]
fn only_what_changed_is_sent_again() {
    let world = World::new(|asked| match asked.header("if-none-match") {
        Some("\"1\"") => Reply::new("304 Not Modified", ""),
        _ => Reply::new("200 OK\nETag: \"1\"\nLast-Modified: then", json_feed("Tide", &[("1", "One.")])),
    });
    world.subscribe(&["/a"], &Subscription::default());
    world.fetch();
    assert_eq!(world.fetch().1, [("a".into(), news(0))]);
    assert_eq!(world.server.asked()[1].header("if-modified-since"), Some("then"));
    assert_eq!(world.feed("/a").etag.as_deref(), Some("\"1\""), "it is still known by that");
    assert_eq!(world.feed("/a").title(), "Tide");
}

#[test]
fn a_bad_feed_is_told_with_its_remedy_and_changes_nothing_for_the_others() {
    let limits = Limits { time: Duration::from_millis(400), bytes: 100_000, ..Limits::default() };
    let world = World::within(limits, |asked| match asked.path.as_str() {
        "/good1" | "/good2" => feed(&[(&asked.path, "Good.")]),
        "/missing" => Reply::new("404 Not Found", ""),
        "/broken" => Reply::ok("{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": ["),
        "/cut" => Reply::raw("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"items\""),
        "/endless" => Reply::raw("HTTP/1.1 200 OK\r\n\r\n").repeats(&[b' '; 4096], Duration::ZERO),
        "/slow" => Reply::raw("HTTP/1.1 200 OK\r\n\r\n").stalls(),
        _ => Reply::raw("garbage"),
    });
    let paths = ["/missing", "/broken", "/cut", "/good1", "/endless", "/slow", "/garbage", "/good2"];
    world.subscribe(&paths, &Subscription::default());
    let (tally, told) = world.fetch();
    assert_eq!((tally.asked, tally.failed, tally.new.len(), tally.offline), (8, 6, 2, false));
    for (path, what) in told {
        match what {
            Told::News { new: 1, .. } => assert!(path.starts_with("good"), "{path}"),
            Told::Failed(error) => {
                assert!(!path.starts_with("good") && error.hint.is_some(), "{path} {error:?}");
                assert_eq!(world.feed(&format!("/{path}")).failure.unwrap().message, error.message);
            }
            other => panic!("{path} {other:?}"),
        }
    }
}

#[test]
fn where_it_moved_for_good_is_remembered_and_where_it_is_for_now_is_not() {
    let world = World::new(|asked| match asked.path.as_str() {
        "/old" => Reply::new("301 Moved\nLocation: /new", ""),
        "/here" => Reply::new("302 Found\nLocation: /new2", ""),
        "/trap" => Reply::new("301 Moved\nLocation: /login", ""),
        "/login" => Reply::ok("<html><p>Please log in to this network.</p></html>"),
        path => feed(&[(path, "One.")]),
    });
    world.subscribe(&["/old", "/here", "/trap"], &Subscription::default());
    let (_, told) = world.fetch();
    assert_eq!(told[0], ("here".into(), news(1)));
    assert_eq!(told[1], ("old".into(), Told::Moved { to: world.server.at("/new"), new: 1, updated: 0 }));
    // A page that asks for a login is no feed, wherever it says that the feed has gone.
    assert!(matches!(&told[2], (_, Told::Failed(_))), "{:?}", told[2]);
    assert_eq!((world.feed("/here").moved, world.feed("/trap").moved), (None, None));
    world.fetch();
    assert_eq!((world.asked("/old"), world.asked("/new"), world.asked("/here"), world.asked("/trap")), (1, 2, 2, 2));
}

#[test]
fn a_host_that_leaves_two_waiting_is_given_up_and_those_that_failed_come_last() {
    let limits = Limits { time: Duration::from_millis(400), ..Limits::default() };
    let world = World::within(limits, |asked| match asked.path.as_str() {
        "/z" => feed(&[("1", "One.")]),
        _ => Reply::raw("HTTP/1.1 200 OK\r\n\r\n").stalls(),
    });
    let paths: Vec<String> = (0..20).map(|n| format!("/{n:02}")).collect();
    let mut paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    world.subscribe(&paths, &Subscription::default());
    let (tally, told) = world.fetch();
    assert_eq!((tally.failed, told.len(), tally.offline), (20, 20, false));
    assert!(world.server.asked().len() < 5, "{:?}", world.server.asked());
    // What is new, and the host's, has its turn before those that failed.
    paths.push("/z");
    world.subscribe(&["/z"], &Subscription::default());
    assert_eq!(world.fetch().1.last(), Some(&("z".into(), news(1))));
}

#[test]
fn headers_do_not_go_where_a_feed_has_moved_to() {
    let world = World::new(|asked| match asked.path.as_str() {
        "/old" => {
            let port = asked.header("host").unwrap().rsplit_once(':').unwrap().1;
            Reply::new(&format!("301 Moved\nLocation: http://localhost:{port}/new"), "")
        }
        path => feed(&[(path, "One.")]),
    });
    let club = Subscription { headers: vec![("X-Club".into(), "7".into())], ..Subscription::default() };
    world.subscribe(&["/old"], &club);
    world.fetch();
    assert_eq!(world.fetch().1, [("old".into(), news(0))]);
    let sent: Vec<_> = world.server.asked().into_iter().map(|asked| asked.header("x-club").is_some()).collect();
    assert_eq!(sent, [true, false, false]);
}

#[test]
fn what_is_gone_is_told_once_and_not_asked_again() {
    let world = World::new(|_| Reply::new("410 Gone", ""));
    world.subscribe(&["/a"], &Subscription::default());
    assert_eq!(world.fetch().1, [("a".into(), Told::Gone)]);
    assert_eq!(world.fetch().1, []);
    assert_eq!(world.asked("/a"), 1);
}

#[test]
fn a_site_that_asks_to_be_left_alone_is() {
    let asked = AtomicUsize::new(0);
    let world = World::new(move |_| match asked.fetch_add(1, Ordering::SeqCst) {
        0 => Reply::new("503 Resting\nRetry-After: 120", ""),
        _ => feed(&[("1", "One.")]),
    });
    world.subscribe(&["/a"], &Subscription::default());
    let (tally, _) = world.fetch();
    assert_eq!((tally.failed, world.feed("/a").wait), (1, NOW + 120));
    // Not even when the reader names it.
    assert_eq!(world.fetch_at(NOW + 119, false).1, []);
    assert_eq!(world.fetch_at(NOW + 120, false).1, [("a".into(), news(1))]);
    assert_eq!((world.feed("/a").wait, world.feed("/a").failure), (0, None));
}

#[test]
fn what_says_that_nothing_is_new_yet_is_due_later() {
    let world = World::new(|asked| match asked.path.as_str() {
        "/fresh" => Reply::new("200 OK\nCache-Control: max-age=600", json_feed("Fresh", &[("1", "One.")])),
        path => feed(&[(path, "Two.")]),
    });
    world.subscribe(&["/fresh", "/plain"], &Subscription::default());
    world.subscribe(&["/slow"], &Subscription { interval: 30, ..Subscription::default() });
    world.fetch();
    let due = |now| world.fetch_at(now, true).1.into_iter().map(|(path, _)| path).collect::<Vec<_>>();
    assert_eq!(due(NOW + 599), ["plain"]);
    assert_eq!(due(NOW + 600), ["fresh", "plain"]);
    assert_eq!(due(NOW + 1800), ["fresh", "plain", "slow"]);
}

#[test]
fn offline_is_said_once_and_is_no_feeds_fault() {
    let world = World::new(|_| Reply::ok(""));
    let wanted = ["http://one.invalid/feed", "http://two.invalid/feed"];
    let wanted = wanted.map(|address| (address.to_owned(), Subscription::default()));
    world.library().subscribe(&wanted, NOW).unwrap();
    let (tally, told) = world.fetch();
    assert_eq!((tally.offline, told), (true, vec![]));
    assert!(world.library().feeds().unwrap().iter().all(|feed| feed.failure.is_none()));
    // Of one alone it is told: its host may well be gone.
    let mut library = world.library();
    let one: Vec<_> = library.feeds().unwrap().into_iter().take(1).collect();
    let tally = fetcher::fetch(&mut library, one, world.net(), NOW, &mut |_| Ok(())).unwrap();
    assert_eq!((tally.offline, tally.failed), (false, 1));
    // With one that answers it is theirs.
    world.subscribe(&["/a"], &Subscription::default());
    let (tally, told) = world.fetch();
    assert_eq!((tally.offline, tally.failed, told.len()), (false, 3, 3), "{told:?}");
}

#[test]
fn the_whole_text_comes_from_the_page_and_the_feeds_stays_as_a_revision() {
    let world = World::new(|asked| match asked.path.as_str() {
        "/a" => feed(&[("1", "One, in short."), ("2", "Two, which is said here at some length already.")]),
        "/entry/1" => Reply::ok("One, at length: there is more to be said about this than fits into a feed."),
        _ => Reply::ok("Log in."),
    });
    world.subscribe(&["/a"], &Subscription { full_text: true, ..Subscription::default() });
    world.fetch();
    let library = world.library();
    let text = |id| library.article(id).unwrap().unwrap().article.document.text().to_owned();
    assert!(text(1).starts_with("One, at length"), "{}", text(1));
    assert_eq!(text(2), "Two, which is said here at some length already.", "a wall is no page");
    assert_eq!(library.revisions(1).unwrap()[0].2.text(), "One, in short.");
    world.fetch();
    assert!(text(1).starts_with("One, at length"), "the feed does not put its own back");
    assert_eq!(world.asked("/entry/1"), 1);
}

#[test]
fn pages_that_were_not_waited_for_come_the_next_time_and_those_refused_do_not() {
    let world = World::new(|asked| match asked.path.as_str() {
        "/a" => feed(&[("1", "One, in short."), ("2", "Two, in short."), ("3", "Three, in short.")]),
        "/entry/2" => Reply::new("404 Not Found", ""),
        path => Reply::ok(format!("{path}, told at length: there is more to be said about this.")),
    });
    world.subscribe(&["/a"], &Subscription { full_text: true, ..Subscription::default() });
    let mut library = world.library();
    let feeds = library.feeds().unwrap();
    let client = Client::new(Limits::default(), false);
    let net = Net { client: &client, credentials: &world.credentials };
    // The reader ends it when the feed has told, before any page is asked for.
    let ended = fetcher::fetch(&mut library, feeds, net, NOW, &mut |step| {
        if matches!(step, Step::Feed(..)) {
            client.stop();
        }
        Ok(())
    });
    assert_eq!(ended.unwrap_err().exit, Exit::Interrupted);
    let pages = |world: &World| ["/entry/1", "/entry/2", "/entry/3"].map(|path| world.asked(path));
    assert_eq!(pages(&world), [0, 0, 0]);
    world.fetch();
    assert_eq!(pages(&world), [1, 1, 1]);
    let library = world.library();
    let text = |id| library.article(id).unwrap().unwrap().article.document.text().to_owned();
    assert_eq!([text(1), text(2), text(3)].map(|text| text.contains("at length")), [true, false, true]);
    assert_eq!((text(2).as_str(), library.revisions(2).unwrap().len()), ("Two, in short.", 0));
    world.fetch();
    assert_eq!(pages(&world), [1, 1, 1]);
}

#[test]
fn credentials_are_sent_and_never_told() {
    let world = World::new(|asked| match asked.header("authorization") {
        Some("Bearer hush") => feed(&[("1", "One.")]),
        _ => Reply::new("401 Unauthorized", ""),
    });
    let secret = Subscription { credentials: Some("club".into()), ..Subscription::default() };
    world.subscribe(&["/a"], &secret);
    let (_, told) = world.fetch();
    assert!(matches!(&told[0].1, Told::Failed(error) if error.message.contains("credentials.toml")), "{told:?}");
    assert_eq!(world.asked("/a"), 0, "without the secret it is not asked");
    let path = world.folder.path().join("credentials.toml");
    std::fs::write(&path, format!("[club]\naddress = \"{}\"\nsecret = \"hush\"", world.server.at(""))).unwrap();
    #[cfg(unix)]
    std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    assert_eq!(world.fetch().1, [("a".into(), news(1))]);
    let library = std::fs::read(world.folder.path().join("library.db")).unwrap();
    assert!(!library.windows(4).any(|bytes| bytes == b"hush"));
}

#[test]
fn the_reader_can_end_it_and_keeps_what_came() {
    let world = World::new(|asked| match asked.path.as_str() {
        "/a" => feed(&[("1", "One.")]),
        _ => Reply::raw("HTTP/1.1 200 OK\r\n\r\n").stalls(),
    });
    world.subscribe(&["/a", "/stalls"], &Subscription::default());
    let mut library = world.library();
    let feeds = library.feeds().unwrap();
    let net = Net { client: &world.client, credentials: &world.credentials };
    let told = Mutex::new(Vec::new());
    let ended = fetcher::fetch(&mut library, feeds, net, NOW, &mut |step| {
        let Step::Feed(feed, _) = step else { return Ok(()) };
        told.lock().unwrap().push(path(feed));
        world.client.stop();
        Ok(())
    });
    assert_eq!(ended.unwrap_err().exit, Exit::Interrupted);
    assert_eq!(told.into_inner().unwrap(), ["a"]);
    assert_eq!(library.counts().unwrap().all, 1);
}

#[test]
fn what_has_come_is_told_before_the_slowest_has_answered() {
    let released = Arc::new(AtomicBool::new(false));
    let waits = Arc::clone(&released);
    let world = World::new(move |asked| {
        while asked.path == "/slow" && !waits.load(Ordering::SeqCst) {
            std::thread::yield_now();
        }
        feed(&[(&asked.path, "One.")])
    });
    world.subscribe(&["/a", "/slow"], &Subscription::default());
    let mut library = world.library();
    let (feeds, mut steps) = (library.feeds().unwrap(), Vec::new());
    let tally = fetcher::fetch(&mut library, feeds, world.net(), NOW, &mut |step| {
        if let Step::Feed(feed, _) = step {
            steps.push(path(feed));
        } else if !steps.is_empty() {
            released.store(true, Ordering::SeqCst);
        }
        Ok(())
    });
    assert_eq!((tally.unwrap().new.len(), steps), (2, vec!["a".to_owned(), "slow".to_owned()]));
}

#[test]
fn many_feeds_of_many_entries_all_come() {
    let world = World::new(|asked| {
        let entries: Vec<_> = (0..20).map(|n| (format!("{}/{n}", asked.path), format!("Text {n}."))).collect();
        let entries: Vec<_> = entries.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
        feed(&entries)
    });
    let paths: Vec<String> = (0..60).map(|n| format!("/{n}")).collect();
    world.subscribe(&paths.iter().map(String::as_str).collect::<Vec<_>>(), &Subscription::default());
    let (tally, told) = world.fetch();
    assert_eq!((tally.new.len(), told.len()), (1200, 60));
    assert!(told.iter().all(|(_, told)| *told == news(20)));
    assert_eq!(world.fetch().0.new.len(), 0);
}
