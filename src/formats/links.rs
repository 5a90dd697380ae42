//! Addresses that an article may lead to: http and https, nothing else.

use url::Url;

/// Bytes of an address beyond which it is taken for something else.
const LINK_LIMIT: usize = 8 * 1024;

/// `text` as a web address in its normal form, or `None` where it is not one.
pub fn web(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() > LINK_LIMIT {
        return None;
    }
    let url = Url::parse(text).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.host().is_some()).then(|| url.into())
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
