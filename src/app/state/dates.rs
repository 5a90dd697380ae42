//! Days and times as the screen names them.

use jiff::civil::Date;

use crate::clock::Now;
use crate::model::Published;

/// The day an article belongs to, in the reader's zone; a day without a time stays that day in every zone.
#[must_use]
pub fn day(published: Published, now: &Now) -> Date {
    if published.day_only {
        return Now::fixed(published.seconds).at(published.seconds).date();
    }
    now.at(published.seconds).date()
}

/// `Today`, `Yesterday`, `Friday 20 November`, and the year where it is another one.
#[must_use]
pub fn heading(published: Published, now: &Now) -> String {
    let date = day(published, now);
    let today = now.at(now.seconds).date();
    if date == today {
        "Today".to_owned()
    } else if today.yesterday().is_ok_and(|yesterday| date == yesterday) {
        "Yesterday".to_owned()
    } else if date.year() == today.year() {
        date.strftime("%A %-d %B").to_string()
    } else {
        date.strftime("%A %-d %B %Y").to_string()
    }
}

/// `09:14`; empty where only the day is known.
#[must_use]
pub fn time(published: Published, now: &Now) -> String {
    if published.day_only { String::new() } else { now.at(published.seconds).strftime("%H:%M").to_string() }
}

/// `22 Nov 2026`.
#[must_use]
pub fn date(published: Published, now: &Now) -> String {
    day(published, now).strftime("%-d %b %Y").to_string()
}

/// `22 Nov 2026, 09:14` for a moment in seconds since 1970.
#[must_use]
pub fn moment(seconds: i64, now: &Now) -> String {
    now.at(seconds).strftime("%-d %b %Y, %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;

    const NOON: i64 = 1_795_348_800; // 2026-11-22 12:00 UTC

    #[test]
    fn days_are_named_from_today() {
        let now = Now::fixed(NOON);
        let at = |seconds| heading(Published { seconds, day_only: false }, &now);
        assert_eq!(at(NOON), "Today");
        assert_eq!(at(NOON - 86_400), "Yesterday");
        assert_eq!(at(NOON - 2 * 86_400), "Friday 20 November");
        assert_eq!(at(1_504_569_600), "Tuesday 5 September 2017");
    }

    #[test]
    fn a_day_without_a_time_is_the_same_in_every_zone() {
        let zone = TimeZone::fixed(jiff::tz::Offset::constant(-10));
        let now = Now { seconds: NOON, zone };
        let midnight = 1_504_569_600; // 2017-09-05
        assert_eq!(date(Published { seconds: midnight, day_only: true }, &now), "5 Sep 2017");
        assert_eq!(date(Published { seconds: midnight, day_only: false }, &now), "4 Sep 2017");
        assert_eq!(time(Published { seconds: midnight, day_only: true }, &now), "");
    }
}
