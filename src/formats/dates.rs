//! The many ways in which a date is written, as seconds since 1970. What is ambiguous (3/4/2017) is no date.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

use super::months::MONTHS;
use crate::model::Published;

/// Words that a written date may have.
const MOST_WORDS: usize = 12;

/// Zones that are written as letters, in hours from UTC.
const ZONES: [(&str, i8); 17] = [
    ("z", 0),
    ("utc", 0),
    ("gmt", 0),
    ("bst", 1),
    ("cet", 1),
    ("cest", 2),
    ("eet", 2),
    ("eest", 3),
    ("msk", 3),
    ("est", -5),
    ("edt", -4),
    ("cst", -6),
    ("cdt", -5),
    ("mst", -7),
    ("mdt", -6),
    ("pst", -8),
    ("pdt", -7),
];

/// `text` as a date: ISO 8601, RFC 2822, written out in seven languages, or as a number of seconds or milliseconds.
/// A time without a zone is taken as UTC.
#[must_use]
pub fn parse(text: &str) -> Option<Published> {
    let text = text.trim();
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits(text);
    }
    if let Some((day, rest)) = iso_day(text) {
        let words: Vec<&str> = rest.split_whitespace().collect();
        let (time, zone) = clock(&words).unwrap_or_default();
        return published(day, time, zone);
    }
    written(text)
}

/// A date in ISO 8601 that `text` begins with, perhaps with a time, and what follows it.
pub fn leading(text: &str) -> Option<(Published, &str)> {
    let word = |text: &str| text.find(char::is_whitespace).unwrap_or(text.len());
    let (first, rest) = text.split_at_checked(word(text))?;
    let (day, tail) = iso_day(first)?;
    if !tail.is_empty() {
        let (time, zone) = clock(&[tail])?;
        return Some((published(day, time, zone)?, rest.trim_start()));
    }
    let rest = rest.trim_start();
    let (second, after) = rest.split_at_checked(word(rest))?;
    match clock(&[second]) {
        Some((time, zone)) if second.contains(':') => Some((published(day, time, zone)?, after.trim_start())),
        _ => Some((published(day, None, None)?, rest)),
    }
}

/// A number as a date: seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their size.
/// Anything before 1973 is more likely something else.
#[must_use]
pub fn from_number(number: i64) -> Option<Published> {
    let seconds = match number {
        100_000_000..100_000_000_000 => number,
        100_000_000_000..100_000_000_000_000 => number / 1_000,
        100_000_000_000_000..100_000_000_000_000_000 => number / 1_000_000,
        100_000_000_000_000_000.. => number / 1_000_000_000,
        _ => return None,
    };
    Some(Published { seconds, day_only: false })
}

/// A date of digits alone: `20170905`, `20170905103000`, or a number of seconds.
fn digits(text: &str) -> Option<Published> {
    if !matches!(text.len(), 8 | 14) {
        return from_number(text.parse().ok()?);
    }
    let part = |from: usize, to: usize| text.get(from..to).and_then(|part| part.parse().ok());
    let day = Date::new(text.get(0..4)?.parse().ok()?, part(4, 6)?, part(6, 8)?).ok()?;
    let time =
        if text.len() == 14 { Some(Time::new(part(8, 10)?, part(10, 12)?, part(12, 14)?, 0).ok()?) } else { None };
    published(day, time, None)
}

fn published(day: Date, time: Option<Time>, zone: Option<i32>) -> Option<Published> {
    let offset = Offset::from_seconds(zone.unwrap_or(0)).ok()?;
    let at = DateTime::from_parts(day, time.unwrap_or(Time::midnight()));
    let seconds = offset.to_timestamp(at).ok()?.as_second();
    Some(Published { seconds, day_only: time.is_none() })
}

/// A day in the order year, month, day that `text` begins with, and what follows it without the `T`.
fn iso_day(text: &str) -> Option<(Date, &str)> {
    let (year, rest) = number(text, 4, 4)?;
    let mark = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (month, rest) = number(rest.strip_prefix(mark)?, 1, 2)?;
    let (day, rest) = number(rest.strip_prefix(mark)?, 1, 2)?;
    let rest = match rest.chars().next() {
        None => rest,
        Some('T' | 't' | ',' | '_') => rest.get(1..)?,
        Some(c) if c.is_whitespace() => rest,
        Some(_) => return None,
    };
    let date = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some((date, rest))
}

/// A time and a zone (seconds from UTC) in `words`, each where it is given; `None` where there is anything else.
fn clock(words: &[&str]) -> Option<(Option<Time>, Option<i32>)> {
    let (mut found, mut offset) = (None, None);
    for word in words {
        let word = word.to_ascii_lowercase();
        let word = word.trim_end_matches(']').split('[').next().unwrap_or_default();
        if let Some(afternoon) = half_of_day(word) {
            found = Some(shift(found?, afternoon)?);
        } else if found.is_none()
            && let Some((time, rest)) = time(word)
        {
            found = Some(time);
            if let Some(afternoon) = half_of_day(rest) {
                found = Some(shift(time, afternoon)?);
            } else if !rest.is_empty() {
                offset = Some(zone(rest)?);
            }
        } else {
            offset = Some(zone(word)?);
        }
    }
    Some((found, offset))
}

fn half_of_day(word: &str) -> Option<bool> {
    match word {
        "am" | "a.m." => Some(false),
        "pm" | "p.m." => Some(true),
        _ => None,
    }
}

fn shift(time: Time, afternoon: bool) -> Option<Time> {
    let hour = time.hour() % 12 + if afternoon { 12 } else { 0 };
    if time.hour() > 12 { Some(time) } else { Time::new(hour, time.minute(), time.second(), 0).ok() }
}

/// `10:30`, `10:30:15`, `10:30:15.123`, `103015`; and what follows.
fn time(word: &str) -> Option<(Time, &str)> {
    let (hour, rest) = number(word, 1, 2)?;
    let (minute, rest) = number(rest.strip_prefix(':').unwrap_or(rest), 2, 2)?;
    let (second, rest) = number(rest.strip_prefix(':').unwrap_or(rest), 2, 2).unwrap_or((0, rest));
    let rest = rest.strip_prefix(['.', ',']).map_or(rest, |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    // A leap second is the one before it.
    let parts = [hour, minute, second.min(59)].map(|part| i8::try_from(part).unwrap_or(i8::MAX));
    let [hour, minute, second] = parts;
    Some((Time::new(hour, minute, second, 0).ok()?, rest))
}

/// `Z`, `EST`, `+02:00`, `+0200`, `+02`, `GMT+2`; in seconds from UTC.
fn zone(word: &str) -> Option<i32> {
    let word = word.trim_matches(['(', ')', '.']);
    if let Some((_, hours)) = ZONES.iter().find(|(name, _)| *name == word) {
        return Some(i32::from(*hours) * 3600);
    }
    let word = word.strip_prefix("gmt").or_else(|| word.strip_prefix("utc")).unwrap_or(word);
    let sign = if word.starts_with(['-', '−']) { -1 } else { 1 };
    let word = word.strip_prefix(['+', '-', '−'])?;
    let (hours, rest) = number(word, 1, 2)?;
    let (minutes, rest) = number(rest.strip_prefix(':').unwrap_or(rest), 2, 2).unwrap_or((0, rest));
    let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
    (rest.is_empty() && hours <= 15 && minutes < 60).then_some(sign * seconds)
}

/// A date of words in any order: "Tue, 05 Sep 2017 10:30:00 GMT", "5. September 2017", "Sept. 5th, 2017 at 10:30 am".
fn written(text: &str) -> Option<Published> {
    let text = text.to_lowercase();
    let (mut day, mut month, mut year) = (None, None, None);
    let mut rest = Vec::new();
    for (n, word) in text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).enumerate() {
        if n == MOST_WORDS {
            return None;
        }
        if let Some(date) = day_month_year(word) {
            (day, month, year) = (Some(date.day()), Some(date.month()), Some(date.year()));
        } else if month.is_none()
            && let Some((_, number)) = MONTHS.iter().find(|(name, _)| *name == word.trim_end_matches('.'))
        {
            month = Some(*number);
        } else if year.is_none()
            && let Some((number, "")) = number(word, 4, 4)
        {
            year = i16::try_from(number).ok();
        } else if day.is_none()
            && let Some((number, "" | "." | "st" | "nd" | "rd" | "th" | "er" | "º" | "°")) = number(word, 1, 2)
        {
            day = i8::try_from(number).ok();
        } else if year.is_none()
            && let Some((number, "")) = number(word, 2, 2)
            && month.is_some()
        {
            // Two digits, as RFC 822 had them; later standards draw the line here.
            year = i16::try_from(if number < 50 { 2000 + number } else { 1900 + number }).ok();
        } else if word.starts_with(|c: char| c.is_ascii_digit() || c == '+' || c == '-')
            || half_of_day(word).is_some()
            || ZONES.iter().any(|(name, _)| *name == word)
        {
            rest.push(word);
        }
    }
    let date = Date::new(year?, month?, day?).ok()?;
    let (time, zone) = clock(&rest)?;
    published(date, time, zone)
}

/// `05.09.2017` as in Europe; `9/25/2017` or `25/9/2017` where only one order makes a date.
fn day_month_year(word: &str) -> Option<Date> {
    let (first, rest) = number(word, 1, 2)?;
    let mark = rest.chars().next().filter(|c| matches!(c, '.' | '/' | '-'))?;
    let (second, rest) = number(rest.strip_prefix(mark)?, 1, 2)?;
    let (year, rest) = number(rest.strip_prefix(mark)?, 4, 4)?;
    let (day, month) = match mark {
        '.' => (first, second),
        _ if first > 12 => (first, second),
        _ if second > 12 || first == second => (second, first),
        _ => return None,
    };
    let date = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    rest.is_empty().then_some(date)
}

/// A number of `least` to `most` digits that `text` begins with, and what follows it.
fn number(text: &str, least: usize, most: usize) -> Option<(u32, &str)> {
    let length = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at_checked(length)?;
    (length >= least).then_some((digits.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "2017-09-05" for a day, "2017-09-05T10:30:00Z" for a moment.
    fn shown(date: Option<Published>) -> String {
        let Some(date) = date else { return "-".to_owned() };
        let at = jiff::Timestamp::from_second(date.seconds).unwrap().to_string();
        if date.day_only { at.chars().take(10).collect() } else { at }
    }

    #[test]
    fn dates_are_understood() {
        for (text, expected) in [
            ("2017-09-05", "2017-09-05"),
            ("2017/9/5", "2017-09-05"),
            ("2017.09.05", "2017-09-05"),
            ("20170905", "2017-09-05"),
            ("20170905103015", "2017-09-05T10:30:15Z"),
            ("2017-09-05T10:30:15Z", "2017-09-05T10:30:15Z"),
            ("2017-09-05t10:30:15.123456z", "2017-09-05T10:30:15Z"),
            ("2017-09-05T10:30:15+02:00", "2017-09-05T08:30:15Z"),
            ("2017-09-05T10:30:15.5-0530", "2017-09-05T16:00:15Z"),
            ("2017-09-05T10:30+02:00[Europe/Berlin]", "2017-09-05T08:30:00Z"),
            ("2017-09-05 10:30", "2017-09-05T10:30:00Z"),
            ("2017-09-05 10:30:15 +0200", "2017-09-05T08:30:15Z"),
            ("2017-09-05 10:30:15 UTC", "2017-09-05T10:30:15Z"),
            ("2017-09-05T103015Z", "2017-09-05T10:30:15Z"),
            ("2017-09-05T23:59:60Z", "2017-09-05T23:59:59Z"),
            ("2017-09-05 (updated)", "2017-09-05"),
            ("Tue, 05 Sep 2017 10:30:15 GMT", "2017-09-05T10:30:15Z"),
            ("Tue, 5 Sep 2017 10:30:15 -0400", "2017-09-05T14:30:15Z"),
            ("Tue, 05 Sep 17 10:30:15 GMT", "2017-09-05T10:30:15Z"),
            ("05 Sep 97 10:30 EDT", "1997-09-05T14:30:00Z"),
            ("5 Sep 2017 10:30 EST", "2017-09-05T15:30:00Z"),
            ("Tue Sep  5 10:30:15 2017", "2017-09-05T10:30:15Z"),
            ("Tue Sep 05 10:30:15 +0000 2017", "2017-09-05T10:30:15Z"),
            ("September 5, 2017", "2017-09-05"),
            ("Sept. 5th, 2017 at 10:30 pm", "2017-09-05T22:30:00Z"),
            ("Published on Sep 5, 2017 12:05 AM", "2017-09-05T00:05:00Z"),
            ("5. September 2017", "2017-09-05"),
            ("1er août 2017", "2017-08-01"),
            ("5 de septiembre de 2017", "2017-09-05"),
            ("05.09.2017", "2017-09-05"),
            ("05.09.2017, 10:30", "2017-09-05T10:30:00Z"),
            ("9/25/2017", "2017-09-25"),
            ("25/9/2017", "2017-09-25"),
            ("1504607415", "2017-09-05T10:30:15Z"),
            ("1504607415123", "2017-09-05T10:30:15Z"),
            ("1969-07-20", "1969-07-20"),
        ] {
            assert_eq!(shown(parse(text)), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "-",
            "soon",
            "2017",
            "2017-09",
            "2017-13-05",
            "2017-02-30",
            "9/5/2017",
            "September 2017",
            "31 June 2017",
            "99999999",
            "0",
            "12345",
            "99999999999999999999",
            "10:30",
            "2017-09-051",
            "+",
            "é",
            "2017-09-05é",
        ] {
            assert_eq!(shown(parse(text)), "-", "{text}");
        }
        assert_eq!(from_number(0), None);
        assert_eq!(from_number(-1), None);
        assert_eq!(shown(from_number(1_504_607_415_000_000)), "2017-09-05T10:30:15Z");
    }

    #[test]
    fn a_leading_date_leaves_the_rest() {
        for (text, date, rest) in [
            ("2017-09-05 Ten ships", "2017-09-05", "Ten ships"),
            ("2017-09-05 10 ships", "2017-09-05", "10 ships"),
            ("2017-09-05 10:30 ships", "2017-09-05T10:30:00Z", "ships"),
            ("2017-09-05T10:30Z ships", "2017-09-05T10:30:00Z", "ships"),
            ("2017-09-05", "2017-09-05", ""),
        ] {
            let (found, after) = leading(text).unwrap();
            assert_eq!((shown(Some(found)).as_str(), after), (date, rest), "{text}");
        }
        assert_eq!(leading("September 5, 2017"), None);
        assert_eq!(leading("2017-09-05x"), None);
    }
}
