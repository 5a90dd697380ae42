//! One request: what comes back, what is sent along, and what becomes of lies and stalls.

use std::time::Duration;

use pullquote::sources::http::{Answer, Client, Failure, Fetched, Limits, Reach, Request, Secret, Validity};

use crate::support::NOW;
use crate::support::loopback::{Asked, Loopback, Reply};

type Script = fn(&Asked, Duration) -> Reply;

/// Long enough for a machine under load, short enough to wait for.
const PATIENCE: Duration = Duration::from_millis(400);

fn client(limits: Limits) -> Client {
    Client::new(limits, false)
}

fn get(address: &str) -> Result<Answer, Failure> {
    client(Limits::default()).get(&Request { address, ..Request::default() }, NOW)
}

#[track_caller]
fn fetched(answer: Result<Answer, Failure>) -> Fetched {
    match answer {
        Ok(Answer::Fetched(fetched)) => *fetched,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn refused(answer: Result<Answer, Failure>) -> String {
    match answer {
        Err(Failure::Refused(error)) => {
            assert!(error.hint.is_some(), "{error:?}");
            error.message
        }
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn silent(answer: Result<Answer, Failure>) -> String {
    match answer {
        Err(Failure::Silent(error)) => error.message,
        other => panic!("{other:?}"),
    }
}

/// What `reply` makes of a request.
fn told(reply: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Result<Answer, Failure> {
    get(&Loopback::new(reply).at("/"))
}

#[test]
fn a_body_comes_with_what_its_headers_tell() {
    let server = Loopback::new(|_| {
        Reply::new(
            "200 OK\nETag: W/\"a\"\nLast-Modified: Sun, 22 Nov 2026 11:00:00 GMT\nCache-Control: max-age=60\n\
             Content-Type: text/xml; charset=iso-8859-1",
            b"caf\xe9",
        )
    });
    let page = fetched(get(&server.at("/feed?a=b#part")));
    assert_eq!((page.bytes.as_slice(), page.address.as_str()), (&b"caf\xe9"[..], server.at("/feed?a=b").as_str()));
    assert_eq!(page.content_type.as_deref(), Some("text/xml; charset=iso-8859-1"));
    let validity = Validity {
        etag: Some("W/\"a\"".into()),
        modified: Some("Sun, 22 Nov 2026 11:00:00 GMT".into()),
        fresh: Some(60),
        moved: None,
    };
    assert_eq!(page.validity, validity);
    let asked = &server.asked()[0];
    assert_eq!(asked.path, "/feed?a=b");
    assert_eq!(asked.header("accept-encoding"), Some("gzip, br"));
    let agent = asked.header("user-agent").unwrap();
    assert!(agent.starts_with("pullquote/") && agent.contains("+https://"), "{agent}");
}

#[test]
fn what_is_known_need_not_come_again() {
    let server = Loopback::new(|asked| {
        let known = asked.header("if-none-match") == Some("\"a\"") && asked.header("if-modified-since") == Some("then");
        if known { Reply::new("304 Not Modified\nCache-Control: max-age=9", "") } else { Reply::ok("new") }
    });
    let address = &server.at("/");
    let known = Request { address, etag: Some("\"a\""), modified: Some("then"), ..Request::default() };
    let client = client(Limits::default());
    let Ok(Answer::Unchanged(validity)) = client.get(&known, NOW) else { panic!("asked for the whole") };
    assert_eq!(validity.fresh, Some(9));
    assert_eq!(fetched(client.get(&Request { etag: Some("\"b\""), ..known }, NOW)).bytes, b"new");
}

#[test]
fn an_unchanged_answer_with_a_body_does_no_harm_to_the_next() {
    let server = Loopback::new(|asked| match asked.path.as_str() {
        "/1" => Reply::new("304 Not Modified", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlies"),
        _ => Reply::ok("truth"),
    });
    let client = client(Limits::default());
    let first = client.get(&Request { address: &server.at("/1"), ..Request::default() }, NOW);
    assert!(matches!(first, Ok(Answer::Unchanged(_))), "{first:?}");
    for _ in 0..3 {
        let next = client.get(&Request { address: &server.at("/2"), ..Request::default() }, NOW);
        assert_eq!(fetched(next).bytes, b"truth");
    }
}

#[test]
fn redirects_are_followed_and_those_for_good_are_told() {
    let server = Loopback::new(|asked| match asked.path.as_str() {
        "/old" => Reply::new("301 Moved\nLocation: /newer", "gone there"),
        "/newer" => Reply::new("308 Moved\nLocation: new?x#y", ""),
        "/new?x" => Reply::new("302 Found\nLocation: /today", ""),
        "/today" => Reply::new("301 Moved\nLocation: /end", ""),
        "/loop" => Reply::new("302 Found\nLocation: /loop", ""),
        "/nowhere" => Reply::new("302 Found", ""),
        "/letters" => Reply::new("302 Found\nLocation: /caf\u{e9}?d=\u{fc}", ""),
        "/odd" => Reply::new("302 Found\nLocation: gopher://a.example/", ""),
        "/file" => Reply::new("301 Moved\nLocation: file:///etc/passwd", ""),
        _ => Reply::ok("end"),
    });
    let page = fetched(get(&server.at("/old")));
    assert_eq!((page.address, page.validity.moved), (server.at("/end"), Some(server.at("/new?x"))));
    assert_eq!(refused(get(&server.at("/loop"))), "it leads on more than 10 times");
    assert_eq!(server.asked().iter().filter(|asked| asked.path == "/loop").count(), 11);
    assert_eq!(fetched(get(&server.at("/letters"))).address, server.at("/caf%C3%A9?d=%C3%BC"));
    assert_eq!(refused(get(&server.at("/nowhere"))), "it leads on, and does not say where");
    assert_eq!(refused(get(&server.at("/odd"))), "it leads on to something that is no web address");
    assert_eq!(refused(get(&server.at("/file"))), "it leads on to something that is no web address");
}

#[test]
fn headers_and_secrets_go_to_their_own_host_alone() {
    let server = Loopback::new(|asked| match asked.path.as_str() {
        "/here" => Reply::new("302 Found\nLocation: /still", ""),
        "/still" => {
            let port = asked.header("host").unwrap().rsplit_once(':').unwrap().1.to_owned();
            Reply::new(&format!("302 Found\nLocation: http://localhost:{port}/there"), "")
        }
        _ => Reply::ok("end"),
    });
    let origin = server.at("");
    let secret = Secret { origin, header: "Authorization".into(), value: "Basic c2VjcmV0".into() };
    assert!(!format!("{secret:?}").contains("c2VjcmV0"));
    let headers = [("X-Club".to_owned(), "7".to_owned())];
    let request =
        Request { address: &server.at("/here"), headers: &headers, secret: Some(&secret), ..Request::default() };
    fetched(client(Limits::default()).get(&request, NOW));
    let sent: Vec<_> = server
        .asked()
        .iter()
        .map(|asked| (asked.path.clone(), asked.header("authorization").is_some(), asked.header("x-club").is_some()))
        .collect();
    let expected = [("/here", true, true), ("/still", true, true), ("/there", false, false)];
    assert_eq!(sent, expected.map(|(path, secret, header)| (path.to_owned(), secret, header)));
}

#[test]
fn what_somebody_else_wrote_does_not_reach_into_ones_own_network() {
    let server = Loopback::new(|_| Reply::ok("the router's settings"));
    let client = client(Limits::default());
    for address in [server.at("/"), server.by_name("/")] {
        let request = Request { address: &address, reach: Reach::Public, ..Request::default() };
        assert!(refused(client.get(&request, NOW)).contains("your own network"), "{address}");
    }
    assert_eq!(server.asked().len(), 0);
}

#[test]
fn what_is_compressed_is_read_and_a_bomb_is_not() {
    // "pullquote " 400 times.
    let plain = "pullquote ".repeat(400);
    for (encoding, bytes) in [
        ("gzip", &include_bytes!("../../fixtures/network/words.gz")[..]),
        ("br", &include_bytes!("../../fixtures/network/words.br")[..]),
    ] {
        let head = format!("200 OK\nContent-Encoding: {encoding}");
        let server = Loopback::new(move |_| Reply::new(&head, bytes));
        assert_eq!(fetched(get(&server.at("/"))).bytes, plain.as_bytes(), "{encoding}");
        let small = client(Limits { bytes: 3_999, ..Limits::default() });
        let bomb = small.get(&Request { address: &server.at("/"), ..Request::default() }, NOW);
        assert_eq!(refused(bomb), "it is larger than 3999 bytes", "{encoding}");
    }
    let broken = told(|_| Reply::new("200 OK\nContent-Encoding: gzip", "not gzip at all"));
    assert_eq!(refused(broken), "its gzip compression is broken");
    let odd = told(|_| Reply::new("200 OK\nContent-Encoding: zstd", "x"));
    assert_eq!(refused(odd), "it is compressed as zstd, which was not asked for");
}

#[test]
fn lies_about_the_length_are_found_out() {
    let cut = told(|_| Reply::raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<rss>"));
    assert_eq!(refused(cut), "the answer was cut off");
    let chunk = told(|_| Reply::raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n"));
    assert_eq!(refused(chunk), "the answer was cut off");
    let short = told(|_| Reply::raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab and more"));
    assert_eq!(fetched(short).bytes, b"ab");
    let unsaid = told(|_| Reply::raw("HTTP/1.1 200 OK\r\n\r\nall of it"));
    assert_eq!(fetched(unsaid).bytes, b"all of it");
    let huge = told(|_| Reply::raw("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\nx"));
    refused(huge);
}

#[test]
fn garbage_is_no_answer_and_says_nothing_of_itself() {
    for garbage in [
        "",
        "\r\n\r\n",
        "SSH-2.0-OpenSSH_9.9\r\n",
        "HTTP/1.1 banana\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon here\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX: \u{0}\u{1b}]0;x\u{7}\r\n\r\n",
        "<html>no head</html>",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n",
    ] {
        let message = refused(told(move |_| Reply::raw(garbage)));
        assert!(message.chars().all(|c| !c.is_control()), "{garbage:?}: {message:?}");
    }
    let long = format!("HTTP/1.1 200 OK\r\nX: {}\r\n\r\n", "x".repeat(300 * 1024));
    assert_eq!(refused(told(move |_| Reply::raw(long.clone()))), "its headers are larger than 64 KiB");
    let many = format!("HTTP/1.1 200 OK\r\n{}\r\n", "X: y\r\n".repeat(9_000));
    refused(told(move |_| Reply::raw(many.clone())));
}

#[test]
fn stalls_and_endless_answers_end_with_the_limits() {
    let limits = Limits { time: PATIENCE, bytes: 100_000, ..Limits::default() };
    let head = "HTTP/1.1 200 OK\r\n\r\n";
    let every = Duration::from_millis(5);
    let slow: [(&str, Script); 4] = [
        ("says nothing", |_, _| Reply::raw("").stalls()),
        ("stops in its headers", |_, _| Reply::raw("HTTP/1.1 200 OK\r\nX:").stalls()),
        ("drips headers", |_, every| Reply::raw("HTTP/1.1 200 OK\r\n").repeats(b"X: y\r\n", every)),
        ("drips", |_, every| Reply::raw("HTTP/1.1 200 OK\r\n\r\n").repeats(b"x", every)),
    ];
    for (what, reply) in slow {
        let server = Loopback::new(move |asked| reply(asked, every));
        let answer = client(limits).get(&Request { address: &server.at("/"), ..Request::default() }, NOW);
        assert_eq!(silent(answer), "it did not answer within 0.4 s", "{what}");
    }
    let server = Loopback::new(move |_| Reply::raw(head).repeats(&[b'x'; 4096], Duration::ZERO));
    let endless = Limits { time: Duration::from_mins(1), ..limits };
    let answer = client(endless).get(&Request { address: &server.at("/"), ..Request::default() }, NOW);
    assert_eq!(refused(answer), "it is larger than 100000 bytes");
}

#[test]
fn one_limit_of_time_holds_for_all_redirects_together() {
    // Each step alone is well within the limit, the ten of them are not.
    let server = Loopback::new(|_| Reply::new("302 Found\nLocation: /", "").after(PATIENCE / 4));
    let limits = Limits { time: PATIENCE, ..Limits::default() };
    let answer = client(limits).get(&Request { address: &server.at("/"), ..Request::default() }, NOW);
    assert_eq!(silent(answer), "it did not answer within 0.4 s");
}

#[test]
fn statuses_say_what_to_do() {
    for (head, expected) in [
        ("404 Not Found", "it is not there (404)"),
        ("401 Unauthorized", "it asks for a name and password (401)"),
        ("500 Broken", "the site is in trouble (500)"),
        ("418 Teapot", "it refuses the request (418)"),
        ("300 Choices", "the site answers what a feed or page never does (300)"),
    ] {
        assert_eq!(refused(told(move |_| Reply::new(head, "x"))), expected);
    }
    assert!(matches!(told(|_| Reply::new("410 Gone", "")), Ok(Answer::Gone)));
    for (head, wait) in [
        ("429 Slow down\nRetry-After: 120", Some(120)),
        ("503 Resting\nRetry-After: Sun, 22 Nov 2026 12:10:00 GMT", Some(600)),
        ("503 Resting", None),
        ("429 Slow down\nRetry-After: soon", None),
    ] {
        let answer = told(move |_| Reply::new(head, ""));
        assert!(matches!(&answer, Err(Failure::Later(_, said)) if *said == wait), "{head}: {answer:?}");
    }
}

#[test]
fn what_cannot_be_reached_is_told_apart() {
    let address = Loopback::new(|_| Reply::ok("")).at("/");
    assert_eq!(refused(get(&address)), "the connection is refused");
    let unknown = get("http://no-such-host.invalid/");
    assert!(matches!(unknown, Err(Failure::Unreachable(_))), "{unknown:?}");
    assert_eq!(refused(get("ftp://a.example/")), "ftp: is not fetched");
}

#[test]
fn the_reader_can_break_off_a_stall_at_once() {
    let server = Loopback::new(|_| Reply::raw("HTTP/1.1 200 OK\r\n\r\nso far").stalls());
    let client = client(Limits { time: Duration::from_mins(1), ..Limits::default() });
    let address = server.at("/");
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| client.get(&Request { address: &address, ..Request::default() }, NOW));
        while server.asked().is_empty() {
            std::thread::yield_now();
        }
        client.stop();
        assert!(matches!(waiting.join().unwrap(), Err(Failure::Stopped)));
    });
    let after = client.get(&Request { address: &address, ..Request::default() }, NOW);
    assert!(matches!(after, Err(Failure::Stopped)), "{after:?}");
}
