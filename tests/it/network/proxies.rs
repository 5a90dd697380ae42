//! Proxies of the environment, with the real program. The server is both: it hands on what it is asked for, as whatever
//! host that is.

use std::ffi::OsStr;
use std::time::Duration;

use super::json_feed;
use crate::cli::{Said, World};
use crate::support::loopback::{Asked, Loopback, Reply};

fn answer(asked: &Asked) -> Reply {
    let path = asked.path.strip_prefix("http://tide.example").unwrap_or(&asked.path);
    match path {
        "closed.example:443" => Reply::new("403 Forbidden", ""),
        "http://closed.example/feed" => Reply::new("403 Forbidden", "squid says no"),
        "http://club.example/feed" => Reply::new("407 Proxy Authentication Required\nProxy-Authenticate: Basic", ""),
        "club.example:443" => Reply::new("407 Proxy Authentication Required", ""),
        "http://gone.example/feed" => Reply::new("503 Service Unavailable", ""),
        "/away" => Reply::new("302 Found\nLocation: http://other.example/feed", ""),
        "/home" => Reply::new("302 Found\nLocation: http://192.168.0.1/", ""),
        "/secret" => Reply::new("302 Found\nLocation: https://closed.example/", ""),
        "/entry/1" | "http://other.example/entry/1" => {
            Reply::ok("One, at length: there is more to be said about this than fits into a feed.")
        }
        _ => Reply::ok(json_feed("Tide", &[("1", "One, in short.")])),
    }
}

fn run(world: &World, variables: &[(&str, &str)], args: &[&str]) -> Said {
    let variables: Vec<(&str, &OsStr)> = variables.iter().map(|(name, value)| (*name, OsStr::new(value))).collect();
    world.run_with(&variables, args)
}

fn asked(server: &Loopback) -> Vec<String> {
    server.asked().into_iter().map(|asked| asked.path).collect()
}

#[test]
fn what_the_reader_asks_for_goes_through_the_proxy_and_so_does_what_it_leads_to() {
    let (world, proxy) = (World::new(), Loopback::new(answer));
    let variables = [("http_proxy", proxy.at("")), ("HTTPS_PROXY", "http://nowhere.invalid".into())];
    let variables = [(variables[0].0, variables[0].1.as_str()), (variables[1].0, variables[1].1.as_str())];
    // The proxy is on this machine; a redirect, and the page of an entry, are still allowed to use it.
    let said = run(&world, &variables, &["feed", "add", "http://tide.example/away", "--full-text"]);
    assert!(said.talk.contains("subscribed to Tide") && said.code == 0, "{}", said.talk);
    // No tunnel: many proxies dig none to port 80.
    let expected = ["http://tide.example/away", "http://other.example/feed", "http://other.example/entry/1"];
    assert_eq!(asked(&proxy), expected);
    assert_eq!(proxy.asked()[1].header("host"), Some("other.example"));
    assert!(world.out(&["show", "1"]).contains("One, at length"));
}

#[test]
fn nobody_elses_link_leads_through_the_proxy_into_ones_own_network() {
    let (world, proxy) = (World::new(), Loopback::new(answer));
    let said = run(&world, &[("ALL_PROXY", &proxy.at(""))], &["feed", "add", "http://tide.example/home"]);
    assert!(said.talk.contains("your own network") && said.code == 1, "{}", said.talk);
    assert_eq!(asked(&proxy), ["http://tide.example/home"]);
}

#[test]
fn some_hosts_are_reached_without_a_proxy() {
    let (world, server) = (World::new(), Loopback::new(answer));
    let variables = [("HTTP_PROXY", "http://nowhere.invalid:1"), ("NO_PROXY", "a.example, 127.0.0.1")];
    let said = run(&world, &variables, &["feed", "add", &server.at("/feed")]);
    assert!(said.talk.contains("subscribed to Tide"), "{}", said.talk);
    assert_eq!(asked(&server), ["/feed"]);
}

#[test]
fn what_is_secret_goes_through_a_tunnel() {
    let (world, proxy) = (World::new(), Loopback::new(answer));
    let said = run(&world, &[("ALL_PROXY", &proxy.at(""))], &["feed", "add", "http://tide.example/secret"]);
    assert!(said.talk.contains("does not let it through (403)") && said.code == 1, "{}", said.talk);
    assert_eq!(asked(&proxy), ["http://tide.example/secret", "closed.example:443"]);
}

#[test]
fn who_asks_is_told_to_the_proxy_alone() {
    let (world, proxy, site) = (World::new(), Loopback::new(answer), Loopback::new(answer));
    let address = proxy.at("").replace("http://", "http://ada:hush%40@");
    let variables = [("HTTP_PROXY", address.as_str()), ("NO_PROXY", "127.0.0.1")];
    for address in [&site.at("/feed"), "http://tide.example/feed", "http://tide.example/other"] {
        assert_eq!(run(&world, &variables, &["feed", "add", address]).code, 0, "{address}");
    }
    assert_eq!(site.asked()[0].header("proxy-authorization"), None);
    assert_eq!(proxy.asked().len(), 2);
    for asked in proxy.asked() {
        assert_eq!(asked.header("proxy-authorization"), Some("Basic YWRhOmh1c2hA"), "{}", asked.path);
    }
}

#[test]
fn a_connection_to_a_proxy_serves_several_requests() {
    let (world, proxy) = (World::new(), Loopback::new(answer));
    let address = proxy.at("").replace("http://", "http://ada:hush@");
    let added = ["feed", "add", "http://tide.example/feed", "--full-text", "--header", "X-Club: 7"];
    assert_eq!(run(&world, &[("http_proxy", &address)], &added).code, 0);
    let [feed, page] = &proxy.asked()[..] else { panic!("{:?}", proxy.asked()) };
    assert_eq!((feed.path.as_str(), page.path.as_str()), ("http://tide.example/feed", "http://tide.example/entry/1"));
    assert_eq!((feed.header("x-club"), page.header("proxy-authorization")), (Some("7"), Some("Basic YWRhOmh1c2g=")));
}

#[test]
fn a_proxy_that_does_not_do_is_named_with_a_remedy_and_not_passed_by() {
    let (world, proxy) = (World::new(), Loopback::new(answer));
    let named = proxy.at("").replace("http://", "");
    let open = &proxy.at("").replace("http://", "http://user:hush@");
    for (variable, address, message, remedy) in [
        (open, "http://closed.example/feed", "this program in (403)", named.as_str()),
        (open, "http://gone.example/feed", "left alone for a while (503)", &named),
        (open, "http://club.example/feed", &format!("the proxy {named} asks for a name"), "HTTP_PROXY=http://"),
        (open, "https://club.example/feed", &format!("the proxy {named} asks for a name"), "HTTP_PROXY=http://"),
        (open, "https://closed.example/feed", &format!("the proxy {named} does not let it through"), "NO_PROXY"),
        (&"http://user:hush@nowhere.invalid:1".into(), "http://a.example/", "nowhere.invalid:1 cannot be", "NO_PROXY"),
        (&"http://user:hush@127.0.0.1:9".into(), "http://a.example/", "127.0.0.1:9 refuses", "whether it runs"),
        (&"gopher://user:hush@a.example".into(), "http://a.example/", "cannot be read", "HTTP_PROXY"),
    ] {
        let said = run(&world, &[("ALL_PROXY", variable)], &["feed", "add", address]);
        assert!(said.code == 1 && said.talk.contains(message), "{variable}: {}", said.talk);
        assert!(said.talk.contains(remedy) && !said.talk.contains("hush"), "{}", said.talk);
    }
    assert_eq!(proxy.asked().len(), 5);
}

#[test]
fn what_a_proxy_hands_on_keeps_to_the_limits() {
    let proxy = Loopback::new(|asked| match asked.path.as_str() {
        "http://packed.example/" => {
            Reply::new("200 OK\nContent-Encoding: gzip", &include_bytes!("../../fixtures/network/words.gz")[..])
        }
        "http://cut.example/" => Reply::raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<rss>"),
        "http://away.example/" => Reply::new("302 Found\nLocation: /", ""),
        _ => Reply::raw("HTTP/1.1 200 OK\r\n\r\n").repeats(&b"x".repeat(65_536), Duration::ZERO),
    });
    let world = World::new();
    for (address, expected) in [
        ("http://packed.example/", "pullquote pullquote"),
        ("http://cut.example/", "the answer was cut off"),
        ("http://away.example/", "it leads on more than 10 times"),
        ("http://endless.example/", "it is larger than 32 MiB"),
    ] {
        let said = run(&world, &[("http_proxy", &proxy.at(""))], &["add", address]);
        assert!(said.talk.contains(expected), "{address}: {}", said.talk);
    }
}
