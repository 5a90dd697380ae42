//! Proxies as the environment names them: one for http, one for https, one for what has none of its own, and the hosts
//! that are reached without. The customs are those of other programs; there is no standard.

use std::net::IpAddr;

use ureq::Proxy;
use url::{Host, Url};

/// The way to the net that the environment prescribes.
#[derive(Debug, Default)]
pub struct Proxies {
    http: Option<String>,
    https: Option<String>,
    /// Hosts with all that is under them, in lower case; `*` is every host.
    without: Vec<String>,
}

impl Proxies {
    /// The proxies of this process's environment.
    #[expect(clippy::disallowed_methods, reason = "proxies are found nowhere else")]
    pub fn of_environment() -> Self {
        Self::of(|name| std::env::var(name).ok())
    }

    /// The proxies that `variable` names. Names are written in small or large letters; empty ones say nothing.
    pub fn of(variable: impl Fn(&str) -> Option<String>) -> Self {
        let named = |name: &str| {
            let either = [name.to_owned(), name.to_ascii_uppercase()];
            either.iter().find_map(|name| variable(name).filter(|value| !value.trim().is_empty()))
        };
        let without = named("no_proxy").unwrap_or_default().to_lowercase();
        let bare = |entry: &str| entry.trim_start_matches("*.").trim_start_matches('.').to_owned();
        let all = named("all_proxy");
        Self {
            http: named("http_proxy").or_else(|| all.clone()),
            https: named("https_proxy").or(all),
            without: without.split([',', ' ']).map(bare).filter(|entry| !entry.is_empty()).collect(),
        }
    }

    /// Whether any proxy is named.
    pub fn any(&self) -> bool {
        self.http.is_some() || self.https.is_some()
    }

    /// The proxy through which `url` is asked for.
    ///
    /// # Errors
    /// There is one, and it cannot be read: going past it would tell the net what the reader hides.
    pub fn way_to(&self, url: &Url) -> Result<Option<Proxy>, ureq::Error> {
        let proxy = if url.scheme() == "https" { &self.https } else { &self.http };
        proxy.as_deref().filter(|_| !self.is_without(url)).map(|proxy| Proxy::new(proxy.trim())).transpose()
    }

    fn is_without(&self, url: &Url) -> bool {
        let host = match url.host() {
            // In a list of hosts nobody writes the brackets of an address.
            Some(Host::Ipv6(ip)) => ip.to_string(),
            Some(host) => host.to_string(),
            None => return false,
        };
        let covers = |entry: &String| {
            entry == "*"
                || is_in(&host, entry)
                || host.strip_suffix(entry.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        self.without.iter().any(covers)
    }
}

/// Whether an address is in a network that is written as `10.0.0.0/8`.
fn is_in(host: &str, network: &str) -> bool {
    let Some((start, length)) = network.split_once('/') else { return false };
    let Ok(length) = length.parse::<u32>() else { return false };
    // Shifted by all its bits, nothing of an address is left that could differ.
    match (host.parse(), start.parse()) {
        (Ok(IpAddr::V4(host)), Ok(IpAddr::V4(start))) => {
            let rest = 32_u32.checked_sub(length);
            rest.is_some_and(|rest| (host.to_bits() ^ start.to_bits()).checked_shr(rest).unwrap_or(0) == 0)
        }
        (Ok(IpAddr::V6(host)), Ok(IpAddr::V6(start))) => {
            let rest = 128_u32.checked_sub(length);
            rest.is_some_and(|rest| (host.to_bits() ^ start.to_bits()).checked_shr(rest).unwrap_or(0) == 0)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(variables: &[(&str, &str)], url: &str) -> Option<String> {
        let variable = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        let proxy = Proxies::of(variable).way_to(&Url::parse(url).unwrap()).unwrap();
        proxy.map(|proxy| proxy.uri().to_string())
    }

    #[test]
    fn each_scheme_has_its_proxy_and_some_hosts_have_none() {
        let both =
            [("http_proxy", "http://a.example:1"), ("HTTPS_PROXY", "b.example:2"), ("all_proxy", "socks5://c:3")];
        assert_eq!(way(&both, "http://news.example/"), Some("http://a.example:1/".into()));
        assert_eq!(way(&both, "https://news.example/"), Some("http://b.example:2/".into()));
        assert_eq!(way(&both[2..], "https://news.example/"), Some("socks5://c:3/".into()));
        assert_eq!(way(&both[..1], "https://news.example/"), None);
        assert_eq!(way(&[("https_proxy", ""), ("HTTPS_PROXY", "b:2")], "https://a/"), Some("http://b:2/".into()));
        for (without, url, expected) in [
            ("news.example", "http://news.example/", true),
            ("other.example, News.example", "http://news.example:81/", true),
            (".news.example", "http://feeds.news.example/", true),
            ("*.news.example", "http://news.example/", true),
            ("ws.example", "http://news.example/", false),
            ("10.0.0.1 ::1", "http://[::1]/", true),
            ("*", "http://news.example/", true),
            ("10.0.0.0/8", "http://10.1.2.3/", true),
            ("10.0.0.0/8 192.168.4.0/22", "http://192.168.7.1/", true),
            ("192.168.4.0/22", "http://192.168.8.1/", false),
            ("0.0.0.0/0", "http://192.168.8.1/", true),
            ("10.0.0.0/33 10.0.0.0/ /8 10/8", "http://10.0.0.1/", false),
            ("fd00::/8", "http://[fd12::1]/", true),
            ("fd00::/8", "http://10.0.0.1/", false),
            ("10.0.0.0/8", "http://ten.example/", false),
            ("", "http://news.example/", false),
        ] {
            let way = way(&[("ALL_PROXY", "http://a.example"), ("NO_PROXY", without)], url);
            assert_eq!(way.is_none(), expected, "{without} {url}");
        }
    }

    #[test]
    fn a_proxy_that_cannot_be_read_is_not_passed_by() {
        let broken = Proxies::of(|name| (name == "http_proxy").then(|| "gopher://a.example".to_owned()));
        assert!(broken.way_to(&Url::parse("http://news.example/").unwrap()).is_err());
    }
}
