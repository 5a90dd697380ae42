//! One thing fetched over http or https: within limits of time, size and redirects, asked only for what is new, and
//! broken off when the reader wants. No async: whoever calls waits, on a thread of its own.
//!
//! Every redirect is checked here and not left to the library underneath: its scheme, where it may lead
//! (`reach`), whether it is for good, and that no secret goes with it to another host.

mod address;
mod failure;
mod forward;
mod freshness;
mod proxies;
mod reach;

use std::io::Read;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use ureq::http::{HeaderMap, Response, StatusCode, header};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body, Proxy};
use url::Url;

pub use address::{address, goes_along, is_address, origin, shown, without_secrets};
pub use failure::Failure;
pub use reach::Reach;

use crate::error::Error;
use forward::Forward;
use proxies::Proxies;
use reach::{Guard, Homes};

/// What the program calls itself, and where its makers can be found.
const USER_AGENT: &str =
    concat!("pullquote/", env!("CARGO_PKG_VERSION"), " (feed reader; +https://crates.io/crates/pullquote)");

/// What is asked for: feeds first, then pages.
const ACCEPT: &str = "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, \
                      application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.8, */*;q=0.5";

/// Most bytes of an answer's headers; less than what ureq reads at a time, so that it can tell.
const HEADERS: usize = 64 * 1024;

/// Bytes read before the reader's wish to stop is looked at again.
const CHUNK: usize = 64 * 1024;

/// What one request may cost.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// For the whole of it: names, connections, redirects and the last byte.
    pub time: Duration,
    /// Of the body when it is decompressed.
    pub bytes: u64,
    pub redirects: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { time: Duration::from_secs(30), bytes: 32 * 1024 * 1024, redirects: 10 }
    }
}

/// What is wanted.
#[derive(Clone, Debug, Default)]
pub struct Request<'a> {
    pub address: &'a str,
    /// What the last answer was called: what is still called so need not come again.
    pub etag: Option<&'a str>,
    /// When the last answer was changed, as it said itself.
    pub modified: Option<&'a str>,
    /// Names and values, for this host alone.
    pub headers: &'a [(String, String)],
    /// For the origin that it names alone.
    pub secret: Option<&'a Secret>,
    pub reach: Reach,
}

/// A header that nobody else may see.
#[derive(Clone)]
pub struct Secret {
    /// Scheme, host and port that it is for, as `origin` writes them.
    pub origin: String,
    pub header: String,
    pub value: String,
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Secret for {}", self.origin)
    }
}

/// What came back.
#[derive(Debug)]
pub enum Answer {
    Fetched(Box<Fetched>),
    /// It is as it was when the last answer came.
    Unchanged(Validity),
    /// It is no longer there and will not come back (410).
    Gone,
}

/// A body and what its headers tell.
#[derive(Debug, Default)]
pub struct Fetched {
    pub bytes: Vec<u8>,
    /// Where it was found after all redirects.
    pub address: String,
    pub content_type: Option<String>,
    pub validity: Validity,
}

/// By what an answer is known again, and for how long it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validity {
    pub etag: Option<String>,
    pub modified: Option<String>,
    /// Seconds for which nothing new is to be expected.
    pub fresh: Option<u64>,
    /// The address to ask from now on, where all redirects before it were for good (301, 308).
    pub moved: Option<String>,
}

/// Fetches. Keeps connections open between requests; may be used by several threads at once.
#[derive(Debug)]
pub struct Client {
    anywhere: Agent,
    public: Agent,
    homes: Homes,
    proxies: Proxies,
    limits: Limits,
    stop: AtomicBool,
}

impl Client {
    /// A client with `limits`. `proxies` says whether the environment's (`HTTPS_PROXY`, `NO_PROXY`, …) are used.
    #[must_use]
    pub fn new(limits: Limits, proxies: bool) -> Self {
        let homes = Homes::default();
        let agent = |reach| {
            let config = Agent::config_builder()
                .http_status_as_error(false)
                .max_redirects(0)
                .max_redirects_will_error(false)
                .max_response_header_size(HEADERS)
                .user_agent(USER_AGENT)
                .accept(ACCEPT)
                // Each request has its own.
                .proxy(None)
                // The machine's own authorities: a company's count, and SSL_CERT_FILE is heard.
                .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build());
            Agent::with_parts(config.build(), Forward::default(), Guard::new(reach, homes.clone()))
        };
        Self {
            anywhere: agent(Reach::Anywhere),
            public: agent(Reach::Public),
            proxies: if proxies { Proxies::of_environment() } else { Proxies::default() },
            homes,
            limits,
            stop: AtomicBool::new(false),
        }
    }

    /// How far a link to `to` may reach that stands in what came from `from`: into the reader's own network only where
    /// `from` lies there, and only to the same host. Others have written much of what a machine at home passes on.
    #[must_use]
    pub fn reach_of_link(&self, from: &str, to: &str) -> Reach {
        let (Ok(from), Ok(to)) = (address(from), address(to)) else { return Reach::Public };
        if from.host() == to.host() && self.is_at_home(&from) { Reach::Anywhere } else { Reach::Public }
    }

    /// Whether a link to `to` that stands in what came from `from` may be followed, as far as the address itself says.
    ///
    /// # Errors
    /// It may not.
    pub fn may_follow(&self, from: &str, to: &str) -> Result<(), Error> {
        reach::within(self.reach_of_link(from, to), &address(to)?)
    }

    fn is_at_home(&self, url: &Url) -> bool {
        self.homes.has(url).unwrap_or_else(|| {
            // A proxy would not tell.
            !self.proxies.any() && url.socket_addrs(|| None).is_ok_and(|found| reach::are_private(&found))
        })
    }

    /// Breaks off whatever is under way, also what waits for an answer. The client is of no use afterwards.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::SeqCst);
        self.anywhere.clone().shutdown();
        self.public.clone().shutdown();
    }

    /// Whether `stop` was called.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }

    /// Asks for what `request` says. `now` (seconds since 1970) is what dates in the answer are held against.
    ///
    /// # Errors
    /// Everything but a body, 304 and 410.
    #[expect(clippy::disallowed_methods, reason = "one limit of time for all that a request takes needs a clock")]
    pub fn get(&self, request: &Request, now: i64) -> Result<Answer, Failure> {
        let end = Instant::now() + self.limits.time;
        let first = address(request.address).map_err(Failure::Refused)?;
        reach::within(request.reach, &first).map_err(Failure::Refused)?;
        let mut hop = Hop { address: first, proxy: None, reach: request.reach, for_good: true, moved: None };
        for _ in 0..=self.limits.redirects {
            let left = end.saturating_duration_since(Instant::now());
            hop.proxy = self.proxies.way_to(&hop.address).map_err(|error| self.failed(error, None))?;
            let response = self.ask(request, &hop, left).map_err(|error| self.failed(error, hop.proxy.as_ref()))?;
            match response.status() {
                StatusCode::MOVED_PERMANENTLY
                | StatusCode::FOUND
                | StatusCode::SEE_OTHER
                | StatusCode::TEMPORARY_REDIRECT
                | StatusCode::PERMANENT_REDIRECT => {
                    hop = hop.follow(&response, &self.homes).map_err(Failure::Refused)?;
                }
                status => return self.answered(status, response, hop, now),
            }
        }
        let redirects = self.limits.redirects;
        Err(Failure::Refused(
            Error::refused(format!("it leads on more than {redirects} times"))
                .hint("open it in a browser to see where it ends, and use that address"),
        ))
    }

    fn ask(&self, request: &Request, hop: &Hop, left: Duration) -> Result<Response<Body>, ureq::Error> {
        let agent = if hop.reach == Reach::Anywhere { &self.anywhere } else { &self.public };
        let mut asked = agent.get(hop.address.as_str());
        for (name, value) in [(header::IF_NONE_MATCH, request.etag), (header::IF_MODIFIED_SINCE, request.modified)] {
            if let Some(value) = value {
                asked = asked.header(name, value);
            }
        }
        let here = origin(&hop.address);
        if address(request.address).is_ok_and(|first| goes_along(&first, &hop.address)) {
            for (name, value) in request.headers {
                asked = asked.header(name, value);
            }
        }
        if let Some(secret) = request.secret.filter(|secret| secret.origin == here) {
            asked = asked.header(&secret.header, &secret.value);
        }
        // A limit of nothing at all would mean none.
        let left = left.max(Duration::from_millis(1));
        asked.config().proxy(hop.proxy.clone()).timeout_global(Some(left)).build().call()
    }

    fn answered(&self, status: StatusCode, response: Response<Body>, hop: Hop, now: i64) -> Result<Answer, Failure> {
        let validity = hop.validity(response.headers(), now);
        let forwarding = hop.forwarding();
        if let Some(proxy) = forwarding.filter(|_| status == StatusCode::PROXY_AUTHENTICATION_REQUIRED) {
            return Err(Failure::unknown_to(proxy));
        }
        let perhaps_handed_on = |failure: Failure| match forwarding {
            Some(proxy) => failure.handed_on_by(proxy),
            None => failure,
        };
        match status {
            StatusCode::NOT_MODIFIED => Ok(Answer::Unchanged(validity)),
            StatusCode::GONE => Ok(Answer::Gone),
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
                let wait = text(response.headers(), &header::RETRY_AFTER);
                let wait = wait.as_deref().and_then(|wait| freshness::retry_after(wait, now));
                Err(perhaps_handed_on(Failure::later(status.as_u16(), wait)))
            }
            status if status.is_success() => {
                let content_type = text(response.headers(), &header::CONTENT_TYPE);
                let bytes = self.body(response, hop.proxy.as_ref())?;
                Ok(Answer::Fetched(Box::new(Fetched { bytes, address: hop.address.into(), content_type, validity })))
            }
            status @ (StatusCode::FORBIDDEN | StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT) => {
                Err(perhaps_handed_on(Failure::status(status.as_u16())))
            }
            status => Err(Failure::status(status.as_u16())),
        }
    }

    /// The body, decompressed as it is read and never longer than the limit.
    fn body(&self, mut response: Response<Body>, proxy: Option<&Proxy>) -> Result<Vec<u8>, Failure> {
        // What ureq decompresses it no longer names.
        if let Some(encoding) = text(response.headers(), &header::CONTENT_ENCODING).filter(|name| name != "identity") {
            return Err(Failure::Refused(
                Error::refused(format!("it is compressed as {}, which was not asked for", shown(&encoding)))
                    .hint("the site is at fault; try again later"),
            ));
        }
        let mut reader = response.body_mut().with_config().limit(self.limits.bytes).reader();
        let mut bytes = Vec::new();
        loop {
            let read = reader.by_ref().take(CHUNK as u64).read_to_end(&mut bytes);
            // Looked at afterwards: a connection that was shut down may look like one that said all it had to say.
            if self.is_stopped() {
                return Err(Failure::Stopped);
            }
            match read {
                Ok(0) => return Ok(bytes),
                Ok(_) => {}
                Err(error) => return Err(self.failed(error.into(), proxy)),
            }
        }
    }

    fn failed(&self, error: ureq::Error, proxy: Option<&Proxy>) -> Failure {
        // Connections that were shut down tell of all sorts of faults.
        if self.is_stopped() { Failure::Stopped } else { Failure::of(error, &self.limits, proxy) }
    }
}

/// One step on the way to an answer.
struct Hop {
    address: Url,
    /// What it is asked for through.
    proxy: Option<Proxy>,
    reach: Reach,
    /// All redirects so far are for good.
    for_good: bool,
    /// Where they led.
    moved: Option<String>,
}

impl Hop {
    /// Where a redirect leads.
    fn follow(self, response: &Response<Body>, homes: &Homes) -> Result<Self, Error> {
        // Not `text`: many write letters there that ought to be escaped, in UTF-8.
        let location =
            response.headers().get(header::LOCATION).and_then(|value| std::str::from_utf8(value.as_bytes()).ok());
        let location = location.map(str::trim).filter(|location| !location.is_empty());
        let location = location.ok_or_else(|| {
            Error::refused("it leads on, and does not say where").hint("open it in a browser and use what it shows")
        })?;
        let address = address::follow(&self.address, location)?;
        let reach = reach::onward(self.reach, &self.address, &address, homes)?;
        let permanent = matches!(response.status(), StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT);
        let for_good = self.for_good && permanent;
        let moved = if for_good { Some(address.as_str().to_owned()) } else { self.moved };
        Ok(Self { address, proxy: None, reach, for_good, moved })
    }

    /// The proxy that reads what is asked for and what is answered, and may answer in the site's place.
    fn forwarding(&self) -> Option<&Proxy> {
        self.proxy.as_ref().filter(|proxy| forward::forwards(proxy, self.address.scheme() == "https"))
    }

    fn validity(&self, headers: &HeaderMap, now: i64) -> Validity {
        Validity {
            etag: text(headers, &header::ETAG),
            modified: text(headers, &header::LAST_MODIFIED),
            fresh: freshness::fresh_for(
                text(headers, &header::CACHE_CONTROL).as_deref(),
                text(headers, &header::AGE).as_deref(),
                text(headers, &header::EXPIRES).as_deref(),
                now,
            ),
            moved: self.moved.clone(),
        }
    }
}

/// A header that is plain text.
fn text(headers: &HeaderMap, name: &header::HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}
