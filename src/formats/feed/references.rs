//! Ampersands that stand for themselves, as feeds have them in titles and links.

use std::borrow::Cow;

use memchr::memmem;

/// Letters that the name of a character reference may have.
const LONGEST: usize = 32;

/// `xml` with `&amp;` for each ampersand that begins no character reference. In XML one ends with `;`, in HTML it need
/// not: without this `?a=1&section=2` would become `?a=1§ion=2`. What stands in CDATA stays.
pub fn whole(xml: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let (mut kept, mut from) = (0, 0);
    while let Some(at) = memchr::memchr2(b'&', b'<', xml.as_bytes().get(from..).unwrap_or_default()) {
        let at = from + at;
        let rest = xml.get(at..).unwrap_or_default();
        from = at + 1;
        if rest.starts_with("<![CDATA[") {
            from = memmem::find(rest.as_bytes(), b"]]>").map_or(xml.len(), |end| at + end);
        } else if rest.starts_with('&') && !is_reference(rest) {
            out.push_str(xml.get(kept..at).unwrap_or_default());
            out.push_str("&amp;");
            kept = at + 1;
        }
    }
    if kept == 0 {
        return Cow::Borrowed(xml);
    }
    out.push_str(xml.get(kept..).unwrap_or_default());
    Cow::Owned(out)
}

fn is_reference(text: &str) -> bool {
    let name = text.get(1..).unwrap_or_default();
    let end = name.bytes().take(LONGEST).position(|byte| !byte.is_ascii_alphanumeric() && byte != b'#');
    end.is_some_and(|end| end > 0 && name.as_bytes().get(end) == Some(&b';'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_bare_ampersands_change() {
        for (text, expected) in [
            ("<a>R&D &amp; b &#38; &nbsp;</a>", "<a>R&amp;D &amp; b &#38; &nbsp;</a>"),
            ("<link>?a=1&section=2&b</link>", "<link>?a=1&amp;section=2&amp;b</link>"),
            ("<![CDATA[a & b]]> & c", "<![CDATA[a & b]]> &amp; c"),
            ("<![CDATA[never & ends", "<![CDATA[never & ends"),
            ("&", "&amp;"),
            ("&;é&é", "&amp;;é&amp;é"),
            ("none", "none"),
        ] {
            assert_eq!(whole(text), expected, "{text}");
        }
    }
}
