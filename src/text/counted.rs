//! A number with what it counts, as it is said: one of a thing, several of them.

use std::fmt::Display;

/// `1 article`, `3 articles`: `one` is what a single one is called, and takes an `s` for several.
pub fn counted<N: Copy + Display + PartialEq + From<u8>>(number: N, one: &str) -> String {
    let several = if number == N::from(1) { "" } else { "s" };
    format!("{number} {one}{several}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_not_called_several() {
        assert_eq!([0_u64, 1, 2].map(|number| counted(number, "feed")), ["0 feeds", "1 feed", "2 feeds"]);
    }
}
