//! Why a request failed, in words that say what to do.

use std::io;

use rustls::CertificateError;
use ureq::{Error as Fault, Proxy};

use super::Limits;
use crate::error::Error;

/// What is said where nothing can be done.
const AT_FAULT: &str = "check the address; the site may be at fault";

/// What is said where it is not the site.
const PROXY_AT_FAULT: &str = "check HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY";

/// What kept an answer from coming.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The host is not there, or there is no network.
    Unreachable(Error),
    /// Somebody may be there, and did not answer in time.
    Silent(Error),
    /// The site asks to be left alone for so many seconds (429, 503).
    Later(Error, Option<u64>),
    Refused(Error),
    /// The reader wanted it to end.
    Stopped,
}

impl Failure {
    /// As it is told to the reader.
    #[must_use]
    pub fn error(&self) -> Error {
        match self {
            Self::Unreachable(error) | Self::Silent(error) | Self::Later(error, _) | Self::Refused(error) => {
                error.clone()
            }
            Self::Stopped => Error::refused("broken off").hint("fetch it again"),
        }
    }

    /// What `fault` means on the way through `proxy`, or on the straight one.
    pub(super) fn of(fault: Fault, limits: &Limits, proxy: Option<&Proxy>) -> Self {
        let refused = |message: String, hint: &str| Self::Refused(Error::refused(message).hint(hint));
        if let Some(failure) = proxy.and_then(|proxy| Self::of_proxy(&fault, proxy)) {
            return failure;
        }
        match fault {
            Fault::HostNotFound => Self::Unreachable(
                Error::refused("the host cannot be found").hint("check the address, and whether you are online"),
            ),
            Fault::Timeout(_) => Self::Silent(
                Error::refused(format!("it did not answer within {} s", limits.time.as_secs_f32()))
                    .hint("the site is slow or down; try again later"),
            ),
            Fault::BodyExceedsLimit(bytes) => {
                let size = if bytes >= 1 << 20 { format!("{} MiB", bytes >> 20) } else { format!("{bytes} bytes") };
                refused(format!("it is larger than {size}"), "nothing that large is read from the network")
            }
            Fault::Io(error) => Self::of_io(&error),
            Fault::Decompress(how, _) => {
                refused(format!("its {how} compression is broken"), "the site is at fault; try again later")
            }
            Fault::Rustls(error) => Self::of_tls(&error),
            Fault::Tls(error) => refused(format!("no secure connection: {error}"), AT_FAULT),
            Fault::InvalidProxyUrl => {
                refused("the proxy that the environment names cannot be read".into(), PROXY_AT_FAULT)
            }
            Fault::LargeResponseHeader(..) => {
                refused("its headers are larger than 64 KiB".into(), "the site is at fault; try again later")
            }
            Fault::Other(error) => match error.downcast::<Error>() {
                Ok(error) => Self::Refused(*error),
                Err(error) => refused(format!("it cannot be fetched: {error}"), "try again later"),
            },
            Fault::BadUri(_) => refused("this is no web address".into(), "check how it is written"),
            // What the fault says may hold bytes of the answer: they are not for the reader.
            _ => refused("what it answers is not HTTP".into(), AT_FAULT),
        }
    }

    fn of_io(error: &io::Error) -> Self {
        use io::ErrorKind as Kind;
        let unreachable =
            |message: &str| Self::Unreachable(Error::refused(message).hint("check whether you are online"));
        let refused = |message: &str| {
            Self::Refused(Error::refused(message).hint("the site is slow, down or at fault; try again later"))
        };
        match error.kind() {
            Kind::ConnectionRefused => Self::Refused(
                Error::refused("the connection is refused").hint("check the address; the site may be down"),
            ),
            Kind::NetworkUnreachable | Kind::HostUnreachable | Kind::NetworkDown | Kind::AddrNotAvailable => {
                unreachable("the network cannot be reached")
            }
            Kind::TimedOut | Kind::WouldBlock => Self::Silent(
                Error::refused("it did not answer in time").hint("the site is slow or down; try again later"),
            ),
            Kind::UnexpectedEof | Kind::ConnectionReset | Kind::ConnectionAborted | Kind::BrokenPipe => {
                refused("the answer was cut off")
            }
            // What TLS finds wrong comes as data that is none.
            Kind::InvalidData => match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
                Some(error) => Self::of_tls(error),
                None => Self::Refused(Error::refused(format!("no secure connection: {error}")).hint(AT_FAULT)),
            },
            _ => refused("the connection failed"),
        }
    }

    fn of_tls(error: &rustls::Error) -> Self {
        use CertificateError as Wrong;
        let refused = |message: &str, hint: &str| Self::Refused(Error::refused(message).hint(hint));
        let wrong = match error {
            rustls::Error::InvalidCertificate(wrong) => wrong,
            // An answer in plain http, as a rule.
            rustls::Error::InvalidMessage(_) => {
                return refused(
                    "what answers there does not speak https",
                    "check the address; perhaps it begins with http://",
                );
            }
            error => return refused(&format!("no secure connection: {error}"), AT_FAULT),
        };
        match wrong {
            Wrong::Expired | Wrong::ExpiredContext { .. } => refused(
                "its certificate has expired",
                "check this machine's clock; if that is right, the site is at fault",
            ),
            Wrong::NotValidYet | Wrong::NotValidYetContext { .. } => {
                refused("its certificate does not hold yet", "check this machine's clock")
            }
            Wrong::NotValidForName | Wrong::NotValidForNameContext { .. } => refused(
                "its certificate is for another host",
                "check the address; a network that wants a login does this too",
            ),
            Wrong::Revoked => refused("its certificate was withdrawn", AT_FAULT),
            Wrong::UnknownIssuer => refused(
                "nobody trusted vouches for its certificate",
                "if it is your own, SSL_CERT_FILE names a file of authorities that count instead of the machine's",
            ),
            other => refused(&format!("its certificate cannot be trusted: {other}"), AT_FAULT),
        }
    }

    /// What `fault` means where it is the proxy's.
    fn of_proxy(fault: &Fault, proxy: &Proxy) -> Option<Self> {
        let named = format!("the proxy {}:{}", proxy.host(), proxy.port());
        match fault {
            // The site is looked up by the proxy, as a rule.
            Fault::HostNotFound if !proxy.resolve_target() => {
                Some(Self::Unreachable(Error::refused(format!("{named} cannot be found")).hint(PROXY_AT_FAULT)))
            }
            Fault::Io(error) if error.kind() == io::ErrorKind::ConnectionRefused => Some(Self::Refused(
                Error::refused(format!("{named} refuses the connection"))
                    .hint(format!("see whether it runs; {PROXY_AT_FAULT}")),
            )),
            Fault::ConnectProxyFailed(said) => Some(match said.rsplit('/').next().and_then(|said| said.parse().ok()) {
                Some(407) => Self::unknown_to(proxy),
                Some(status @ 100_u16..) => Self::Refused(
                    Error::refused(format!("{named} does not let it through ({status})")).hint(PROXY_AT_FAULT),
                ),
                _ => Self::Refused(Error::refused(format!("{named} does not answer")).hint(PROXY_AT_FAULT)),
            }),
            _ => None,
        }
    }

    /// `proxy` wants to know who asks, or does not believe it.
    pub(super) fn unknown_to(proxy: &Proxy) -> Self {
        let message = format!("the proxy {}:{} asks for a name and password (407)", proxy.host(), proxy.port());
        Self::Refused(
            Error::refused(message).hint("write them into its address: HTTP_PROXY=http://NAME:PASSWORD@HOST:PORT"),
        )
    }

    /// The same, where it may be `proxy` that says so and not the site.
    pub(super) fn handed_on_by(self, proxy: &Proxy) -> Self {
        let also = |mut error: Error| {
            let hint = error.hint.take().unwrap_or_default();
            let (host, port) = (proxy.host(), proxy.port());
            error.hint(format!("{hint}; perhaps it is the proxy {host}:{port} that says so: NO_PROXY goes without it"))
        };
        match self {
            Self::Later(error, wait) => Self::Later(also(error), wait),
            Self::Refused(error) => Self::Refused(also(error)),
            other => other,
        }
    }

    /// A status that is no answer.
    pub(super) fn status(status: u16) -> Self {
        let (what, hint) = match status {
            401 | 407 => (
                "it asks for a name and password (401)",
                "write them into credentials.toml, and give the feed their name with `--credentials` (docs/feeds.md)",
            ),
            403 => ("it does not let this program in (403)", "open it in a browser to see whether it still exists"),
            404 => {
                ("it is not there (404)", "check the address; `pullquote feed check` looks for the feed of its site")
            }
            400..=499 => ("it refuses the request", "open it in a browser to see whether it still exists"),
            500..=599 => ("the site is in trouble", "try again later"),
            _ => ("the site answers what a feed or page never does", "open it in a browser"),
        };
        let named = if what.ends_with(')') { what.to_owned() } else { format!("{what} ({status})") };
        Self::Refused(Error::refused(named).hint(hint))
    }

    /// Too many requests, or a site that rests.
    pub(super) fn later(status: u16, wait: Option<u64>) -> Self {
        let error = Error::refused(format!("the site asks to be left alone for a while ({status})"));
        Self::Later(error.hint("it is asked again when that time is over"), wait)
    }
}
