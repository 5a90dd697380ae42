//! Addresses that an article may lead to: http and https, nothing else.

use url::Url;

use super::tracking::without_tracking;

/// Bytes of an address beyond which it is taken for something else.
const LINK_LIMIT: usize = 8 * 1024;

/// `text` as a web address in its normal form, or `None` where it is not one.
pub fn web(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() > LINK_LIMIT {
        return None;
    }
    let url = Url::parse(text).ok()?;
    is_web(&url).then(|| url.into())
}

/// What the addresses of a page are relative to.
#[derive(Clone, Debug, Default)]
pub struct Base(Option<Url>);

impl Base {
    /// The base of what was found at `address`; without one, only whole addresses lead anywhere.
    pub fn new(address: Option<&str>) -> Self {
        Self(address.and_then(|address| Url::parse(address.trim()).ok()).filter(is_web))
    }

    /// The base that a page at this one names, which may be relative itself.
    #[must_use]
    pub fn moved(self, href: &str) -> Self {
        let moved = self.resolve(href);
        Self(moved.or(self.0))
    }

    /// `href` as a web address in its normal form, without what tracks its reader; `None` where it leads nowhere else.
    pub fn join(&self, href: &str) -> Option<String> {
        let mut url = self.resolve(href)?;
        if let Some(query) = url.query() {
            let query = without_tracking(query);
            url.set_query(query.as_deref());
        }
        // A highlight that was searched for, and a tracker of French papers.
        if url.fragment().is_some_and(|part| part.starts_with(":~:") || part.starts_with("xtor=")) {
            url.set_fragment(None);
        }
        Some(url.into())
    }

    /// Whether nothing is known that addresses could be relative to.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    fn resolve(&self, href: &str) -> Option<Url> {
        let href = href.trim();
        if href.is_empty() || href.starts_with('#') || href.len() > LINK_LIMIT {
            return None;
        }
        let url = match &self.0 {
            Some(base) => base.join(href).ok()?,
            None => Url::parse(href).ok()?,
        };
        (is_web(&url) && url.as_str().len() <= LINK_LIMIT).then_some(url)
    }
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.host().is_some()
}

/// The host of a web address without `www.`, which serves as the name of a source that has no other.
pub fn domain(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let host = url.host_str()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
}

/// The last part of an address's path, which describes a picture that has no other description.
pub fn file_name(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let name = url.path_segments()?.next_back()?.to_owned();
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_is_linked() {
        let table = [
            (" https://a.example/x ", Some("https://a.example/x")),
            ("HTTP://A.example", Some("http://a.example/")),
            ("https://a.example/\u{1b}]8;;x", Some("https://a.example/%1B]8;;x")),
            ("javascript:alert(1)", None),
            ("file:///etc/passwd", None),
            ("mailto:a@b.example", None),
            ("data:text/html,x", None),
            ("/relative", None),
            ("-flag", None),
            ("http:///", None),
            ("", None),
        ];
        for (text, expected) in table {
            assert_eq!(web(text).as_deref(), expected, "{text}");
        }
        assert_eq!(web(&format!("https://a.example/{}", "x".repeat(LINK_LIMIT))), None);
        assert_eq!(domain("https://www.a.example/b").as_deref(), Some("a.example"));
        assert_eq!(file_name("https://a.example/b/c.png?d").as_deref(), Some("c.png"));
    }
}
