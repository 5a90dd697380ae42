//! Proxies of the environment, with the real program. The server is both: asked to connect, it says yes and goes on as
//! whatever host was asked for.

use std::ffi::OsStr;

use super::json_feed;
use crate::cli::{Said, World};
use crate::support::loopback::{Asked, Loopback, Reply};

fn answer(asked: &Asked) -> Reply {
    match asked.path.as_str() {
        "closed.example:80" => Reply::new("403 Forbidden", ""),
        host if host.ends_with(":80") => Reply::new("200 Connected", ""),
        "/away" => Reply::new("302 Found\nLocation: http://other.example/feed", ""),
        "/home" => Reply::new("302 Found\nLocation: http://192.168.0.1/", ""),
        "/entry/1" => Reply::ok("One, at length: there is more to be said about this than fits into a feed."),
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
    let expected = ["tide.example:80", "/away", "other.example:80", "/feed", "/entry/1"];
    assert_eq!(asked(&proxy), expected);
    assert!(world.out(&["show", "1"]).contains("One, at length"));
}

#[test]
fn nobody_elses_link_leads_through_the_proxy_into_ones_own_network() {
    let (world, proxy) = (World::new(), Loopback::new(answer));
    let said = run(&world, &[("ALL_PROXY", &proxy.at(""))], &["feed", "add", "http://tide.example/home"]);
    assert!(said.talk.contains("your own network") && said.code == 1, "{}", said.talk);
    assert_eq!(asked(&proxy), ["tide.example:80", "/home"]);
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
fn a_proxy_that_does_not_do_is_told_and_not_passed_by() {
    let (world, proxy) = (World::new(), Loopback::new(answer));
    for (variable, address) in [
        (proxy.at(""), "http://closed.example/feed".to_owned()),
        ("http://user:hush@nowhere.invalid".into(), proxy.at("/feed")),
        ("gopher://user:hush@a.example".into(), proxy.at("/feed")),
    ] {
        let said = run(&world, &[("HTTP_PROXY", &variable)], &["feed", "add", &address]);
        assert!(said.code == 1 && said.talk.contains("proxy"), "{variable}: {}", said.talk);
        assert!(!said.talk.contains("hush"), "{}", said.talk);
    }
    assert_eq!(asked(&proxy), ["closed.example:80"]);
}
