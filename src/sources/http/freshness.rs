//! How long a site wants to be left alone: `Cache-Control`, `Expires` (RFC 9111) and `Retry-After` (RFC 9110).

use jiff::fmt::rfc2822::DateTimeParser;

/// Longest time that a site's word is taken for: a day for what is fresh, a week for what is overloaded. A slip of the
/// pen in a header must not silence a feed for years.
const LONGEST_FRESH: u64 = 24 * 3600;
const LONGEST_WAIT: u64 = 7 * 24 * 3600;

/// Seconds for which an answer stays as it is, as its headers say; `None` where they do not.
#[must_use]
pub fn fresh_for(control: Option<&str>, age: Option<&str>, expires: Option<&str>, now: i64) -> Option<u64> {
    let mut longest = None;
    for directive in control.into_iter().flat_map(|control| control.split(',')) {
        let (name, value) = directive.split_once('=').unwrap_or((directive, ""));
        match name.trim().to_ascii_lowercase().as_str() {
            "no-cache" | "no-store" => return Some(0),
            "max-age" if longest.is_none() => longest = number(value.trim().trim_matches('"')),
            _ => {}
        }
    }
    let fresh = match longest {
        Some(longest) => longest.saturating_sub(age.and_then(number).unwrap_or(0)),
        // A date that is none has passed (RFC 9111, 5.3).
        None => expires.map(|date| seconds_until(date, now).unwrap_or(0))?,
    };
    Some(fresh.min(LONGEST_FRESH))
}

/// Seconds to wait, as a number or until a date.
#[must_use]
pub fn retry_after(value: &str, now: i64) -> Option<u64> {
    number(value).or_else(|| seconds_until(value, now)).map(|wait| wait.min(LONGEST_WAIT))
}

/// Digits alone; more than fit are as many as do.
fn number(text: &str) -> Option<u64> {
    let text = text.trim();
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().unwrap_or(u64::MAX))
}

fn seconds_until(date: &str, now: i64) -> Option<u64> {
    let date = DateTimeParser::new().relaxed_weekday(true).parse_timestamp(date.trim()).ok()?;
    Some(u64::try_from(date.as_second().saturating_sub(now)).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sun, 22 Nov 2026 12:00:00 GMT.
    const NOW: i64 = 1_795_348_800;

    #[test]
    fn freshness_is_what_the_headers_say() {
        for (control, age, expires, expected) in [
            (None, None, None, None),
            (Some("max-age=600"), None, None, Some(600)),
            (Some("public, Max-Age=\"600\", max-age=9"), Some("100"), None, Some(500)),
            (Some("max-age=60"), Some("100"), None, Some(0)),
            (Some("max-age=60, no-cache"), None, None, Some(0)),
            (Some("private"), None, Some("Sun, 22 Nov 2026 12:10:00 GMT"), Some(600)),
            (Some("max-age=5"), None, Some("Sun, 22 Nov 2026 12:10:00 GMT"), Some(5)),
            (None, None, Some("0"), Some(0)),
            (None, None, Some("Sun, 22 Nov 2020 12:10:00 GMT"), Some(0)),
            (Some("max-age=99999999999999999999999"), None, None, Some(LONGEST_FRESH)),
            (Some("max-age=-1"), None, None, None),
            (Some(",=,==;max-age"), None, None, None),
        ] {
            assert_eq!(fresh_for(control, age, expires, NOW), expected, "{control:?} {age:?} {expires:?}");
        }
    }

    #[test]
    fn a_wait_is_a_number_or_a_date() {
        for (value, expected) in [
            ("120", Some(120)),
            (" 0 ", Some(0)),
            ("Sun, 22 Nov 2026 12:02:00 GMT", Some(120)),
            // The wrong day of the week is forgiven.
            ("Mon, 22 Nov 2026 12:02:00 GMT", Some(120)),
            ("Sun, 22 Nov 2020 12:02:00 GMT", Some(0)),
            ("999999999999", Some(LONGEST_WAIT)),
            ("soon", None),
            ("-5", None),
            ("", None),
        ] {
            assert_eq!(retry_after(value, NOW), expected, "{value}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_header_panics(text in "\\PC{0,80}", now in proptest::num::i64::ANY) {
            let _ = fresh_for(Some(&text), Some(&text), Some(&text), now);
            let _ = retry_after(&text, now);
        }
    }
}
