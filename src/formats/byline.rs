//! A byline: who wrote it, behind the word that says so.

/// What stands before whoever wrote it, in English. No name begins so.
const BY: [&str; 2] = ["by", "written by"];

/// The same in other languages, of which some begin names too: Di Maria, Von Arx, Par Lind.
const ALSO: [&str; 7] = ["von", "par", "por", "di", "door", "av", "af"];

/// `byline` without the word for "by" at its start. One that may be part of a name goes only where a whole name follows, a
/// first one and another; and any before a colon.
pub fn without_by(byline: &str) -> &str {
    let behind = |word: &str| {
        let (begins, rest) = byline.split_at_checked(word.len())?;
        (begins.to_lowercase() == word).then_some(rest)
    };
    let colon = |word: &&str| behind(word)?.strip_prefix(':');
    let blank = |word: &&str| behind(word)?.strip_prefix(' ');
    let whole = |word: &&str| {
        let rest = blank(word)?;
        let first = rest.split(' ').next().unwrap_or_default();
        let is_name = first.starts_with(char::is_uppercase) && !first.ends_with(',') && rest.trim().contains(' ');
        is_name.then_some(rest)
    };
    let english = BY.iter().find_map(|word| blank(word).or_else(|| colon(word)));
    let found = english.or_else(|| ALSO.iter().find_map(|word| whole(word).or_else(|| colon(word))));
    found.map_or(byline, str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_before_a_name_goes_and_a_name_stays_whole() {
        for (byline, expected) in [
            ("By Ines Marlow", "Ines Marlow"),
            ("BY: Ines Marlow", "Ines Marlow"),
            ("Written by Marlow", "Marlow"),
            ("Von Ines Marlow und Tom Fenn", "Ines Marlow und Tom Fenn"),
            ("von: Marlow", "Marlow"),
            ("Par Inès Marlow", "Inès Marlow"),
            ("Por Inés Marlow", "Inés Marlow"),
            ("di Ines Marlow", "Ines Marlow"),
            ("Door Ines van Marlow", "Ines van Marlow"),
            ("Av Ines Marlow", "Ines Marlow"),
            ("Ines von Marlow", "Ines von Marlow"),
            ("von der Marlow Ines", "von der Marlow Ines"),
            ("Von Marlow, Ines", "Von Marlow, Ines"),
            ("Di Marlow", "Di Marlow"),
            ("Par Lind", "Par Lind"),
            ("Byron Marlow", "Byron Marlow"),
            ("Diane Marlow Fenn", "Diane Marlow Fenn"),
            ("By ", ""),
            ("", ""),
        ] {
            assert_eq!(without_by(byline), expected, "{byline}");
        }
    }
}
