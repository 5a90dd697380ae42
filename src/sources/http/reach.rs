//! How far a request may reach. What the reader typed may lie in their own network: a feed of the house next to that of
//! the paper. What somebody else wrote (a redirect, a link in an article) may not lead from the open net into it:
//! there are printers and routers that obey whoever asks.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use url::{Host, Url};

use crate::error::{Error, Result};

/// Where a request may go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// The reader named the address.
    #[default]
    Anywhere,
    /// Somebody else did: only to addresses that are everybody's.
    Public,
}

/// Which hosts were looked up, and whether all that was found of them lies in a network of one's own. What once was the
/// open net's stays so: whoever runs a name can let it lead elsewhere a moment later.
#[derive(Clone, Debug, Default)]
pub struct Homes(Arc<Mutex<HashMap<String, bool>>>);

impl Homes {
    fn note(&self, host: &str, at_home: bool) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(host.to_owned()).and_modify(|before| *before &= at_home).or_insert(at_home);
    }

    /// Whether what `url` names lies in the reader's own network, as far as it says so itself or was looked up.
    pub fn has(&self, url: &Url) -> Option<bool> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if is_named_private(url) { Some(true) } else { known.get(url.host_str()?).copied() }
    }
}

/// How far the redirect from one address to another may reach: as far as before within the reader's own network, else
/// no further than the open net, be it on the same host.
///
/// # Errors
/// `to` says itself that it lies in a private network, and may not.
pub fn onward(reach: Reach, from: &Url, to: &Url, homes: &Homes) -> Result<Reach> {
    let at_home = homes.has(from) == Some(true);
    let reach = if reach == Reach::Anywhere && at_home { reach } else { Reach::Public };
    within(reach, to)?;
    Ok(reach)
}

/// Nothing, where `reach` lets a request go to `to` as far as the address itself says; a proxy would not ask the guard.
///
/// # Errors
/// It does not.
pub fn within(reach: Reach, to: &Url) -> Result<()> {
    if reach == Reach::Public && is_named_private(to) { Err(refused()) } else { Ok(()) }
}

/// Whether the address itself says that it is private.
fn is_named_private(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => is_private(ip.into()),
        Some(Host::Ipv6(ip)) => is_private(ip.into()),
        Some(Host::Domain(name)) => {
            let mut labels = name.trim_end_matches('.').rsplit('.');
            let (last, others) = (labels.next().unwrap_or_default(), labels.next());
            // A name without a dot is known in one's own network alone; the others are set aside for it (RFC 6761, 6762,
            // 8375), or meant so by routers.
            others.is_none()
                || matches!(last, "localhost" | "local" | "internal" | "lan" | "home")
                || (last, others) == ("arpa", Some("home"))
        }
        None => true,
    }
}

fn refused() -> Error {
    Error::refused("somebody else's link leads into your own network, and is not followed")
        .hint("if you trust it, use the address that it leads to")
}

/// Looks names up, and knows which may be gone to: what is connected to is what was checked.
#[derive(Debug)]
pub struct Guard {
    reach: Reach,
    homes: Homes,
    names: DefaultResolver,
}

impl Guard {
    pub fn new(reach: Reach, homes: Homes) -> Self {
        Self { reach, homes, names: DefaultResolver::default() }
    }
}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> std::result::Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.names.resolve(uri, config, timeout).map_err(|error| match error {
            // The system's words for this differ from machine to machine.
            ureq::Error::Io(_) => ureq::Error::HostNotFound,
            error => error,
        })?;
        // The reader chose the proxy, and it may well run on this machine.
        if config.proxy().is_some_and(|proxy| proxy.uri() == uri) {
            return Ok(found);
        }
        if self.reach == Reach::Public && found.iter().any(|at| is_private(at.ip())) {
            return Err(ureq::Error::Other(Box::new(refused())));
        }
        self.homes.note(uri.host().unwrap_or_default(), are_private(&found));
        Ok(found)
    }
}

/// Whether all that was found of a name lies in a private network.
pub fn are_private(found: &[SocketAddr]) -> bool {
    !found.is_empty() && found.iter().all(|at| is_private(at.ip()))
}

/// Whether `ip` is one of those that are not everybody's (IANA's special-purpose registries).
fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_private_v4(ip),
        IpAddr::V6(ip) => {
            let parts = ip.segments();
            let embedded = |high: u16, low: u16| is_private_v4(Ipv4Addr::from(u32::from(high) << 16 | u32::from(low)));
            match parts {
                // Loopback and unspecified, and NAT64 of one's own network.
                [0, 0, 0, 0, 0, 0, 0, 0 | 1] | [0x64, 0xff9b, 1, ..] => true,
                // IPv4 in IPv6 in any form; NAT64 and 6to4 carry one too.
                [0, 0, 0, 0, 0, 0 | 0xffff, high, low]
                | [0, 0, 0, 0, 0xffff, 0, high, low]
                | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
                | [0x2002, high, low, ..] => embedded(high, low),
                // Unique local, link local, site local, multicast.
                [first, ..] => matches!(first & 0xfe00, 0xfc00 | 0xfe00) || first & 0xff00 == 0xff00,
            }
        }
    }
}

fn is_private_v4(ip: Ipv4Addr) -> bool {
    match ip.octets() {
        [0 | 10 | 127, ..] | [169, 254, ..] | [192, 168, ..] | [192, 0, 0, _] => true,
        // Carriers' own, and laboratories.
        [100, second, ..] => second & 0xc0 == 64,
        [172, second, ..] => second & 0xf0 == 16,
        [198, second, ..] => second & 0xfe == 18,
        // Multicast, reserved, broadcast.
        [first, ..] => first >= 224,
    }
}

#[cfg(test)]
mod tests {
    use super::Reach::{Anywhere, Public};
    use super::*;

    #[test]
    fn what_is_not_everybodys_is_private() {
        for ip in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "ff02::1",
            "::ffff:10.0.0.1",
            "::10.0.0.1",
            "64:ff9b::a00:1",
            "2002:a00:1::1",
            "fec0::1",
            "64:ff9b:1::1",
            "::ffff:0:10.0.0.1",
        ] {
            assert!(is_private(ip.parse().unwrap()), "{ip}");
        }
        for ip in ["1.1.1.1", "172.32.0.1", "100.128.0.1", "9.255.255.255", "2606:4700::1111", "::ffff:1.1.1.1"] {
            assert!(!is_private(ip.parse().unwrap()), "{ip}");
        }
    }

    #[test]
    fn a_redirect_does_not_lead_from_the_open_net_into_ones_own() {
        let homes = Homes::default();
        for (host, at_home) in [("nas.example", true), ("news.example", false), ("turned.example", false)] {
            homes.note(host, at_home);
        }
        // A name that leads elsewhere the second time.
        homes.note("turned.example", true);
        let onward = |reach, from: &str, to: &str| {
            onward(reach, &Url::parse(from).unwrap(), &Url::parse(to).unwrap(), &homes).ok()
        };
        for (reach, from, to, expected) in [
            (Anywhere, "http://news.example/", "http://news.example/feed", Some(Public)),
            (Anywhere, "http://news.example/", "http://other.example/", Some(Public)),
            (Anywhere, "http://news.example/", "http://192.168.0.1/", None),
            (Anywhere, "http://news.example/", "http://localhost/", None),
            (Anywhere, "http://news.example/", "http://printer/", None),
            (Anywhere, "http://news.example/", "http://router.home.arpa./", None),
            (Anywhere, "http://unseen.example/", "http://nas.internal/", None),
            (Anywhere, "http://turned.example/", "http://192.168.0.1/", None),
            (Anywhere, "http://nas.example/", "http://192.168.0.1/", Some(Anywhere)),
            (Anywhere, "http://127.0.0.1/", "http://127.0.0.2/", Some(Anywhere)),
            (Public, "http://nas.example/", "http://192.168.0.1/", None),
            (Public, "http://news.example/", "http://nas.example/", Some(Public)),
        ] {
            assert_eq!(onward(reach, from, to), expected, "{reach:?} {from} {to}");
        }
    }
}
