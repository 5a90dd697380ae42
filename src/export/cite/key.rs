//! The name by which a bibliography knows an article: the same for the same article in every export of its library.

use super::names::Name;
use crate::text::fold::folded_words;

/// Letters that a title's word has at least to tell anything.
const TELLING: usize = 4;

/// Letters of a word that are kept.
const KEPT: usize = 20;

/// `vane2024fish-17`: family name, year, first telling word of the title, and the article's number, which makes it unique.
/// Lower-case ASCII letters, digits and hyphens alone, beginning with a letter, which every program takes.
pub(super) fn key(names: &[Name], source: Option<&str>, year: Option<i16>, title: &str, id: &str) -> String {
    let author = match names.first() {
        Some(Name::Person { family, .. }) => words(family).next(),
        Some(Name::Whole(whole)) => words(whole).next(),
        None => None,
    };
    let author = author.or_else(|| source.and_then(|source| words(source).next()));
    let author = author.filter(|author| author.starts_with(|c: char| c.is_ascii_lowercase()));
    let telling = words(title).find(|word| word.len() >= TELLING).unwrap_or_default();
    let id = words(id).collect::<Vec<_>>().join("-");
    let year = year.map(|year| year.to_string()).unwrap_or_default();
    format!("{}{year}{telling}-{id}", author.as_deref().unwrap_or("article"))
}

/// The words of `text` in ASCII; what has no such letters is left out.
fn words(text: &str) -> impl Iterator<Item = String> {
    let ascii = |word: String| word.chars().filter(char::is_ascii_alphanumeric).take(KEPT).collect::<String>();
    folded_words(text).into_iter().map(ascii).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::names::names;
    use super::*;

    #[test]
    fn keys_are_plain_and_tell_what_they_name() {
        let table = [
            ("Ruth Vane", Some("Courier"), Some(2024), "Fish is dear", "2", "vane2024fish-2"),
            ("Jan van der Bérg", None, Some(2024), "The Ærø ferry", "9", "berg2024aero-9"),
            ("", Some("Northern Courier"), None, "On it", "9", "northern-9"),
            ("", None, Some(1999), "東京", "9", "article1999-9"),
            ("24 Heures", None, Some(1999), "{evil}, \\key", "more:2", "article1999evil-more-2"),
            ("Skerrin Press Agency", None, Some(2020), "12345 boats", "ü", "skerrin202012345-u"),
        ];
        for (author, source, year, title, id, expected) in table {
            assert_eq!(key(&names(author), source, year, title, id), expected);
        }
    }
}
