//! What stands behind `is:`, `has:`, `sort:`, `newer:` and the fields of dates, read and printed.

use super::fields::nearest;
use super::{Date, Is, Leaf};
use crate::model::Order;

/// A date with an open side, as two of them make a range.
type Side = Option<Date>;

pub(super) const STATES: &[(&str, Leaf)] = &[
    ("unread", Leaf::Is(Is::Unread)),
    ("read", Leaf::Is(Is::Read)),
    ("bookmarked", Leaf::Is(Is::Bookmarked)),
    ("trashed", Leaf::Is(Is::Trashed)),
];

pub(super) const PARTS: &[(&str, Leaf)] = &[("quote", Leaf::HasQuote), ("note", Leaf::HasNote)];

pub(super) const ORDERS: &[(&str, Order)] =
    &[("newest", Order::Newest), ("oldest", Order::Oldest), ("relevance", Order::Relevance)];

/// Hours of the units that `newer:` knows, longest first.
const UNITS: &[(char, i64)] = &[('y', 365 * 24), ('m', 30 * 24), ('w', 7 * 24), ('d', 24), ('h', 1)];
const SECONDS_AN_HOUR: i64 = 3600;
/// Digits of an age: a hundred thousand years and no overflow.
const DIGITS_OF_AGE: usize = 5;

/// What is wrong with a value, and what to write instead.
pub(super) struct Wrong(pub String, pub String);

/// The entry of `table` called `value`, in any case.
pub(super) fn choice<T: Clone>(value: &str, table: &[(&str, T)]) -> Result<T, Wrong> {
    let value = value.to_ascii_lowercase();
    if let Some((_, found)) = table.iter().find(|(name, _)| *name == value) {
        return Ok(found.clone());
    }
    let names = || table.iter().map(|(name, _)| *name);
    let hint = nearest(&value, names()).map_or_else(
        || format!("one of {}", names().collect::<Vec<_>>().join(", ")),
        |meant| format!("did you mean {meant}?"),
    );
    Err(Wrong("there is no such thing".to_owned(), hint))
}

/// Seconds of an age such as `7d`.
pub(super) fn age(value: &str) -> Result<i64, Wrong> {
    let wrong = || Wrong("this is no age".to_owned(), "a number and h, d, w, m or y, such as 7d".to_owned());
    let (count, unit) = value.char_indices().next_back().map(|(at, unit)| (value.get(..at), unit)).ok_or_else(wrong)?;
    let count = count.filter(|count| count.len() <= DIGITS_OF_AGE).and_then(number::<i64>).ok_or_else(wrong)?;
    let (_, hours) = UNITS.iter().find(|(name, _)| *name == unit.to_ascii_lowercase()).ok_or_else(wrong)?;
    Ok(count * hours * SECONDS_AN_HOUR)
}

/// `seconds` as `age` reads it, in the longest unit that is exact.
pub(super) fn print_age(seconds: i64) -> String {
    let hours = seconds / SECONDS_AN_HOUR;
    let fits = |unit: &&(char, i64)| hours % unit.1 == 0 && (hours / unit.1).to_string().len() <= DIGITS_OF_AGE;
    let (unit, length) = UNITS.iter().find(fits).copied().unwrap_or(('h', 1));
    format!("{}{unit}", hours / length)
}

/// The days of `2017-09`, `2016..2018`, `2017..` or `..2017`.
pub(super) fn dates(value: &str) -> Result<(Side, Side), Wrong> {
    let Some((from, to)) = value.split_once("..") else {
        let only = date(value)?;
        return Ok((Some(only), Some(only)));
    };
    let side = |text: &str| if text.is_empty() { Ok(None) } else { date(text).map(Some) };
    let (from, to) = (side(from)?, side(to)?);
    match (from, to) {
        (None, None) => Err(no_date()),
        (Some(from), Some(to)) if from.first_day() > to.last_day() => {
            Err(Wrong("this ends before it begins".to_owned(), format!("did you mean {to}..{from}?")))
        }
        sides => Ok(sides),
    }
}

/// A year, month or day, and the last period of its kind before it.
pub(super) fn date_and_before(value: &str) -> Result<(Date, Date), Wrong> {
    let date = date(value)?;
    let before = date.before().ok_or_else(no_date)?;
    Ok((date, before))
}

fn date(text: &str) -> Result<Date, Wrong> {
    let mut parts = text.split('-');
    let mut part = |digits: usize| parts.next().map(|part| (part.len() == digits).then_some(part).and_then(number));
    let (year, month, day) = (part(4), part(2), part(2));
    let read = match (year, month, day, parts.next()) {
        (Some(Some(year)), None, None, None) => Some(Date { year, month: None, day: None }),
        (Some(Some(year)), Some(Some(month)), None, None) => {
            i8::try_from(month).ok().map(|month| Date { year, month: Some(month), day: None })
        }
        (Some(Some(year)), Some(Some(month)), Some(Some(day)), None) => {
            let (month, day) = (i8::try_from(month).ok(), i8::try_from(day).ok());
            Some(Date { year, month, day }).filter(|date| date.month.is_some() && date.day.is_some())
        }
        _ => None,
    };
    let read = read.ok_or_else(no_date)?;
    if read.is_real() { Ok(read) } else { Err(Wrong("there is no such day".to_owned(), form())) }
}

fn no_date() -> Wrong {
    Wrong("this is no date".to_owned(), form())
}

fn form() -> String {
    "a date is written 2017, 2017-09 or 2017-09-05".to_owned()
}

fn number<T: std::str::FromStr>(text: &str) -> Option<T> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// What may be typed behind an unfinished date to make it one: enough to try every way to go on.
const DATE_ENDS: &[&str] = &["0", "1", "9", "01", "00", "99", "000", "999", ".", ".2017", "2017"];

/// Whether more letters can make something of `value` that `read` takes.
pub(super) fn may_go_on<T>(value: &str, ends: &[&str], read: impl Fn(&str) -> Result<T, Wrong>) -> bool {
    ends.iter().any(|end| read(&format!("{value}{end}")).is_ok())
}

/// The longest beginning of a date being typed that is a date; `None` where nothing can be told yet.
/// An error where it can never become one.
pub(super) fn begun_dates<T>(value: &str, read: impl Fn(&str) -> Result<T, Wrong> + Copy) -> Result<Option<T>, Wrong> {
    let wrong = match read(value) {
        Ok(found) => return Ok(Some(found)),
        Err(wrong) => wrong,
    };
    if !value.is_empty() && !may_go_on(value, DATE_ENDS, read) {
        return Err(wrong);
    }
    Ok(value.char_indices().rev().find_map(|(end, _)| read(value.get(..end)?).ok()))
}
