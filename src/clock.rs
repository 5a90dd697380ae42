//! The only place that reads the wall clock and the time zone; everything else is told the time.

use jiff::{Timestamp, Zoned, tz::TimeZone};

/// A moment as the program's edge saw it: seconds since 1970-01-01 UTC, and the zone dates are shown in.
#[derive(Clone, Debug)]
pub struct Now {
    pub seconds: i64,
    pub zone: TimeZone,
}

impl Now {
    /// What the machine's clock and zone say. `PULLQUOTE_NOW` (seconds since 1970) fixes the clock for tests, in UTC.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the one place that may read clock and environment")]
    pub fn read() -> Self {
        let fixed = std::env::var("PULLQUOTE_NOW").ok().and_then(|text| text.parse().ok());
        match fixed {
            Some(seconds) => Self { seconds, zone: TimeZone::UTC },
            None => Self { seconds: Timestamp::now().as_second(), zone: TimeZone::system() },
        }
    }

    /// A fixed moment in UTC.
    #[must_use]
    pub fn fixed(seconds: i64) -> Self {
        Self { seconds, zone: TimeZone::UTC }
    }

    /// `seconds` since 1970 in the zone that dates are shown in.
    #[must_use]
    pub fn at(&self, seconds: i64) -> Zoned {
        Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(self.zone.clone())
    }
}
