//! An article's place among all others: one number that sorts like time and says when the article was published.
//!
//! From the top: 40 bits of seconds since 1970 (signed), 23 bits that tell apart the articles of one second (the lowest bits
//! of the article's number, so that what arrived later stands higher), and one bit that says that only the day is
//! known. Two articles of the same second have different places unless eight million others arrived between them.

use crate::model::{Id, Published};

const SECOND: u32 = 24;
/// The seconds that fit: some 17,000 years on both sides of 1970.
const LIMIT: i64 = (1 << 39) - 1;

/// The place of article `id`.
pub fn place(published: Published, id: Id) -> i64 {
    let seconds = published.seconds.clamp(-LIMIT, LIMIT);
    seconds << SECOND | (id & 0x7f_ffff) << 1 | i64::from(published.day_only)
}

/// When the article at `place` was published.
pub fn published(place: i64) -> Published {
    Published { seconds: place >> SECOND, day_only: place & 1 == 1 }
}

/// The lowest place of a second.
pub fn first_of(seconds: i64) -> i64 {
    seconds.clamp(-LIMIT, LIMIT) << SECOND
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_place_sorts_like_time_and_gives_the_time_back(
            seconds in -LIMIT..LIMIT, later in 0..3i64, id in 1..1i64 << 40, day_only: bool,
        ) {
            let at = |seconds, id| place(Published { seconds, day_only }, id);
            prop_assert_eq!(published(at(seconds, id)), Published { seconds, day_only });
            prop_assert!(first_of(seconds) <= at(seconds, id));
            prop_assert!(at(seconds, id) < first_of(seconds + 1));
            prop_assert!(later == 0 || at(seconds, id) < at(seconds + later, 1));
            prop_assert!(at(seconds, id) != at(seconds, id + 1));
        }
    }

    #[test]
    fn times_without_reason_are_kept_in_order() {
        let at = |seconds| place(Published { seconds, day_only: false }, 7);
        assert!(at(i64::MIN) < at(0) && at(0) < at(i64::MAX));
    }
}
