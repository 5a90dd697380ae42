//! Plain http through a proxy: the proxy is asked for the whole address (RFC 9112, 3.2.2), as every other program does.
//! ureq asks it for a tunnel, which many proxies dig to port 443 alone. All else is ureq's affair.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, DefaultConnector, NextTimeout, RustlsConnector, TcpConnector, Transport,
};
use ureq::{Error, Proxy, ProxyProtocol};

/// What ends the head of a request.
const END: &[u8] = b"\r\n\r\n";

/// Whether `proxy` is asked for the address itself: it speaks HTTP, and what is asked for is not secret.
pub fn forwards(proxy: &Proxy, is_tls: bool) -> bool {
    !is_tls && matches!(proxy.protocol(), ProxyProtocol::Http | ProxyProtocol::Https)
}

/// Connects: to the proxy for plain http, else as ureq does.
#[derive(Debug, Default)]
pub struct Forward {
    others: DefaultConnector,
    tcp: TcpConnector,
    tls: RustlsConnector,
}

impl Connector for Forward {
    type Out = Box<dyn Transport>;

    fn connect(&self, details: &ConnectionDetails, chained: Option<()>) -> Result<Option<Self::Out>, Error> {
        let proxy = details.config.proxy().filter(|proxy| forwards(proxy, details.needs_tls()));
        let (Some(proxy), Some(authority)) = (proxy, details.uri.authority()) else {
            return self.others.connect(details, chained);
        };
        let there = ConnectionDetails {
            uri: proxy.uri(),
            addrs: details.resolver.resolve(proxy.uri(), details.config, details.timeout)?,
            config: details.config,
            request_level: details.request_level,
            resolver: details.resolver,
            now: details.now,
            timeout: details.timeout,
            current_time: details.current_time.clone(),
            run_connector: details.run_connector.clone(),
            register_shutdown: details.register_shutdown.clone(),
        };
        let reached = self.tcp.connect(&there, chained)?;
        let reached = self.tls.connect(&there, reached)?;
        Ok(reached.map(|proxied| -> Self::Out {
            Box::new(Forwarded {
                proxied: Box::new(proxied),
                origin: format!("http://{authority}"),
                credentials: credentials(proxy),
                begins: true,
            })
        }))
    }
}

/// The line that tells the proxy who asks; nothing where its address names nobody.
fn credentials(proxy: &Proxy) -> String {
    if proxy.username().is_none() && proxy.password().is_none() {
        return String::new();
    }
    let (user, password) = (proxy.username().unwrap_or_default(), proxy.password().unwrap_or_default());
    format!("Proxy-Authorization: Basic {}\r\n", STANDARD.encode(format!("{user}:{password}")))
}

/// A connection to a proxy, which hands on what is asked for.
struct Forwarded {
    proxied: Box<dyn Transport>,
    /// Scheme, host and port of what is asked for.
    origin: String,
    credentials: String,
    /// The next bytes are the first of a request.
    begins: bool,
}

impl fmt::Debug for Forwarded {
    // Without the credentials.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Forwarded to {}", self.origin)
    }
}

impl Transport for Forwarded {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.proxied.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        let head = self.proxied.buffers().output().get(..amount).unwrap_or_default().to_vec();
        let begins = std::mem::replace(&mut self.begins, head.ends_with(END));
        let head = if begins { whole(&head, &self.origin, &self.credentials) } else { head };
        // It has become longer, and may no longer fit in at once.
        let room = self.proxied.buffers().output().len().max(1);
        for part in head.chunks(room) {
            if let Some(output) = self.proxied.buffers().output().get_mut(..part.len()) {
                output.copy_from_slice(part);
            }
            self.proxied.transmit_output(part.len(), timeout)?;
        }
        Ok(())
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.proxied.await_input(timeout)
    }

    fn is_open(&mut self) -> bool {
        self.proxied.is_open()
    }
}

/// The head of a request with `origin` before its path, and `credentials` below its first line.
fn whole(head: &[u8], origin: &str, credentials: &str) -> Vec<u8> {
    let path = memchr::memchr(b' ', head).map_or(0, |at| at + 1);
    let headers = memchr::memmem::find(head, b"\r\n").map_or(head.len(), |at| at + 2);
    let part = |range: std::ops::Range<usize>| head.get(range).unwrap_or_default();
    [part(0..path), origin.as_bytes(), part(path..headers), credentials.as_bytes(), part(headers..head.len())].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_hears_the_whole_address_and_who_asks() {
        let head = b"GET /feed?a=b HTTP/1.1\r\nhost: a.example:81\r\n\r\n";
        let told = |credentials| String::from_utf8(whole(head, "http://a.example:81", credentials)).unwrap();
        assert_eq!(told(""), "GET http://a.example:81/feed?a=b HTTP/1.1\r\nhost: a.example:81\r\n\r\n");
        let proxy = Proxy::new("http://ada:hush%40@proxy.example:3128").unwrap();
        assert_eq!(
            told(&credentials(&proxy)),
            "GET http://a.example:81/feed?a=b HTTP/1.1\r\nProxy-Authorization: Basic YWRhOmh1c2hA\r\nhost: \
             a.example:81\r\n\r\n"
        );
        assert_eq!(credentials(&Proxy::new("proxy.example:3128").unwrap()), "");
    }
}
