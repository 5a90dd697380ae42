//! Web addresses: checked before anything is sent, and shown without what is secret in them.

use url::Url;

use crate::error::{Error, Result};

/// Bytes of an address beyond which it is taken for something else.
const LONGEST: usize = 8 * 1024;

/// `text` as an address that may be fetched: http or https, a host, no name or password in it, no fragment.
///
/// # Errors
/// It is something else.
pub fn address(text: &str) -> Result<Url> {
    let wrong = || Error::refused("this is no web address").hint("it is written like https://news.example/feed.xml");
    let text = text.trim();
    if text.len() > LONGEST {
        return Err(wrong());
    }
    let url = Url::parse(text).map_err(|_| wrong())?;
    checked(url)
}

/// Whether `text` is meant as a web address, well written or not.
#[must_use]
pub fn is_address(text: &str) -> bool {
    let begins = |with: &str| text.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    begins("http://") || begins("https://")
}

/// Where `location`, said by the answer to `from`, leads.
///
/// # Errors
/// It is no address, or leads out of https: what was asked for in private is not answered in public.
pub fn follow(from: &Url, location: &str) -> Result<Url> {
    let broken = || {
        Error::refused("it leads on to something that is no web address")
            .hint("open it in a browser to see where it ends, and use that address")
    };
    let to = checked(from.join(location).map_err(|_| broken())?).map_err(|_| broken())?;
    if from.scheme() == "https" && to.scheme() == "http" {
        return Err(Error::refused(format!("it leads from https to plain http, at {}", without_secrets(&to)))
            .hint("if that is what you want, use the http address itself"));
    }
    Ok(to)
}

/// Scheme, host and port: where a secret may be sent.
#[must_use]
pub fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

/// Whether what the reader sends along to `from` may go to `to`: it is the same origin, or the same host by https.
#[must_use]
pub fn goes_along(from: &Url, to: &Url) -> bool {
    let safer = from.scheme() == "http" && to.scheme() == "https" && from.port().is_none() && to.port().is_none();
    origin(from) == origin(to) || safer && from.host() == to.host()
}

/// `address` as it may be shown to anybody: without name and password, if somebody wrote them into it.
#[must_use]
pub fn shown(address: &str) -> String {
    match Url::parse(address) {
        Ok(url) => without_secrets(&url),
        // What cannot be parsed may hide a password before an `@` all the same.
        Err(_) => match (address.find("://"), address.rfind('@')) {
            (Some(scheme), Some(at)) if at > scheme => {
                [address.get(..scheme + 3), address.get(at + 1..)].into_iter().flatten().collect()
            }
            _ => address.to_owned(),
        },
    }
}

/// The same for an address that was parsed.
#[must_use]
pub fn without_secrets(url: &Url) -> String {
    let mut url = url.clone();
    if !url.username().is_empty() || url.password().is_some() {
        // An address without a host cannot have them.
        let _ = url.set_username("");
        let _ = url.set_password(None);
    }
    url.into()
}

fn checked(mut url: Url) -> Result<Url> {
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err(Error::refused(format!("{}: is not fetched", url.scheme()))
            .hint("only http and https addresses are: https://news.example/feed.xml"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Error::refused("there is a name or password in the address")
            .hint("write the address without it, and the password into credentials.toml (docs/feeds.md says how)"));
    }
    url.set_fragment(None);
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_without_secrets_are_fetched() {
        for (text, expected) in [
            (" https://News.example/a b#part ", "https://news.example/a%20b"),
            ("http://192.168.1.4:8080/feed", "http://192.168.1.4:8080/feed"),
            ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ] {
            assert_eq!(address(text).unwrap().as_str(), expected);
        }
        for text in [
            "",
            "news.example",
            "file:///etc/passwd",
            "ftp://a.example/x",
            "|sh -c x",
            "exec:id",
            "-flag",
            "http://",
            "https://ada:secret@news.example/",
            "javascript:alert(1)",
        ] {
            assert!(address(text).is_err(), "{text}");
        }
        assert!(address(&format!("https://a.example/{}", "x".repeat(LONGEST))).is_err());
    }

    #[test]
    fn redirects_stay_on_the_web_and_never_leave_https() {
        let from = address("https://a.example/one/two").unwrap();
        let to = |location| follow(&from, location).map(String::from).map_err(|error| error.message);
        assert_eq!(to("three#x"), Ok("https://a.example/one/three".into()));
        assert_eq!(to("//b.example"), Ok("https://b.example/".into()));
        for location in ["http://a.example/", "file:///etc/passwd", "https://x:y@b.example/", "http://[", "data:,x"] {
            assert!(to(location).is_err(), "{location}");
        }
        let plain = address("http://a.example/").unwrap();
        assert_eq!(follow(&plain, "https://b.example/").unwrap().as_str(), "https://b.example/");
    }

    #[test]
    fn what_is_sent_along_stays_with_its_host() {
        for (from, to, expected) in [
            ("http://a.example/x", "http://a.example/y", true),
            ("http://a.example/", "https://a.example/", true),
            ("https://a.example/", "http://a.example/", false),
            ("http://a.example:81/", "https://a.example/", false),
            ("https://a.example/", "https://a.example:444/", false),
            ("https://a.example/", "https://b.a.example/", false),
        ] {
            assert_eq!(goes_along(&address(from).unwrap(), &address(to).unwrap()), expected, "{from} {to}");
        }
    }

    #[test]
    fn no_password_is_shown() {
        for text in ["https://ada:secret@a.example/x", "https://ada:sec@ret@a.example:99999999/x"] {
            let text = shown(text);
            assert!(text.contains("a.example") && !text.contains("sec") && !text.contains("ada"), "{text}");
        }
        assert_eq!(shown("a@b"), "a@b");
    }
}
