//! Looking at hits one by one, for what the index cannot decide. Only the text is read, and only the doubtful conditions are tested:
//! everything else is as the index said.

use memchr::memmem::{self, Finder};

use crate::error::Result;
use crate::library::read::Body;
use crate::library::store::Library;
use crate::library::{encoding, overlay};
use crate::model::{Id, Quote};
use crate::query::{Field, Leaf, Query, Subject, matches};
use crate::text::fold;

/// A condition that all hits must fulfil and that the index cannot decide.
#[derive(Clone, Debug)]
pub enum Doubt {
    /// The words stand one after the other in the title or the text: folded, or where they are `exact` as written.
    Phrase { words: Vec<String>, exact: bool, prefix: bool },
    /// One quotation fulfils all of these `said:` and `speaker:`.
    OneQuote(Vec<Leaf>),
    /// The condition stands under `OR` or `-`: the whole query has to be tested.
    Whole,
}

/// Whether the article `id` fulfils `doubts`, parts of `query`, at `now` (seconds since 1970); `None` where its text is
/// damaged, so that nobody can tell.
pub fn dispel(doubts: &[Doubt], library: &Library, query: &Query, id: Id, now: i64) -> Result<Option<bool>> {
    let (title, body) = match library.title_and_body(id)? {
        Body::There { title, body } => (title, body),
        Body::Gone => return Ok(Some(false)),
        Body::Damaged => return Ok(None),
    };
    if doubts.iter().any(|doubt| matches!(doubt, Doubt::Whole)) {
        if encoding::decode(&body).is_none() {
            return Ok(None);
        }
        let stored = library.article(id)?;
        return Ok(Some(stored.is_some_and(|stored| matches(query, &Subject::from(&stored), now))));
    }
    let Some(text) = encoding::text(&body) else { return Ok(None) };
    let mut decoded = None;
    for doubt in doubts {
        let holds = match doubt {
            Doubt::Phrase { words, exact, prefix } => [&title, text].into_iter().any(|text| {
                if *exact { has_written(text, words, *prefix) } else { has_phrase(text, words, false, *prefix) }
            }),
            Doubt::OneQuote(leaves) => {
                if decoded.is_none() {
                    let Some((document, mut quotes)) = encoding::decode(&body) else { return Ok(None) };
                    overlay::lay(&library.connection, id, document.text(), &mut quotes)?;
                    decoded = Some((document, quotes));
                }
                decoded
                    .iter()
                    .flat_map(|(_, quotes)| quotes)
                    .any(|quote| quote.speech && leaves.iter().all(|leaf| fulfils(quote, text, leaf)))
            }
            Doubt::Whole => false,
        };
        if !holds {
            return Ok(Some(false));
        }
    }
    Ok(Some(true))
}

fn fulfils(quote: &Quote, text: &str, leaf: &Leaf) -> bool {
    let Leaf::Words { field, text: wanted, exact, prefix, .. } = leaf else { return false };
    let place = match field {
        Field::Said => text.get(quote.span.start as usize..quote.span.end as usize),
        _ => quote.speaker.as_deref(),
    };
    let wanted = if *exact { fold::written_words(wanted) } else { fold::folded_words(wanted) };
    let whole = leaf.is_whole();
    wanted.is_empty()
        || place.is_some_and(|place| {
            (!whole || fold::folded_words(place).len() == wanted.len()) && has_phrase(place, &wanted, *exact, *prefix)
        })
}

/// Whether `words` stand in `text` one after the other, as they are written. As `has_phrase` says, but most texts have the words in
/// another spelling or have them early, and taking them apart takes many times longer than finding bytes in them.
fn has_written(text: &str, words: &[String], prefix: bool) -> bool {
    if !fold::is_composed(text) {
        return has_phrase(text, words, true, prefix);
    }
    if let [word] = words {
        let finder = Finder::new(word);
        // No word goes on in the next line.
        let mut lines = text.split('\n').filter(|line| finder.find(line.as_bytes()).is_some());
        return lines.any(|line| has_phrase(line, words, true, prefix));
    }
    words.iter().all(|word| memmem::find(text.as_bytes(), word.as_bytes()).is_some())
        && has_phrase(text, words, true, prefix)
}

/// Whether `words` stand in `text` one after the other, folded or as they are written; the last may go on where it is a
/// `prefix`.
fn has_phrase(text: &str, words: &[String], exact: bool, prefix: bool) -> bool {
    let mut found = false;
    // How many words of each beginning of the phrase have been met so far.
    let mut begun: Vec<usize> = Vec::new();
    fold::words(text, |start, end, folded| {
        if found {
            return;
        }
        let written = if exact { Some(fold::written(text.get(start..end).unwrap_or_default())) } else { None };
        let word = written.as_deref().unwrap_or(folded);
        begun.push(0);
        begun.retain_mut(|met| {
            let last = *met + 1 == words.len();
            let fits = words
                .get(*met)
                .is_some_and(|wanted| if prefix && last { word.starts_with(wanted.as_str()) } else { word == *wanted });
            found |= fits && last;
            *met += 1;
            fits && !last
        });
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_found_wherever_it_begins() {
        let table = [
            ("a a b", "a b", false, true),
            ("a b a c", "a c", false, true),
            ("a x b", "a b", false, false),
            ("it’s Sunday", "it s", true, true),
            ("it’s Sunday", "s su", true, true),
            ("it’s Sunday", "s su", false, false),
            ("a b", "a b c", true, false),
            ("Über Straßen", "uber stra", true, true),
        ];
        for (text, phrase, prefix, expected) in table {
            assert_eq!(has_phrase(text, &fold::folded_words(phrase), false, prefix), expected, "{phrase} in {text}");
        }
        assert!(has_phrase("Über Straßen", &["Über".to_owned(), "Stra".to_owned()], true, true));
        assert!(!has_phrase("Über straßen", &["Über".to_owned(), "Stra".to_owned()], true, true));
    }

    #[test]
    fn words_as_they_are_written_are_found_in_bytes_as_word_for_word() {
        let texts = [
            "",
            "Rail strike",
            "rail\nstrike",
            "derail strikes",
            "a Rail, a strike\nRail strike",
            "the strike\n\nof Rail",
            "Zoë",
            "Zoe\u{308}",
            "Zoe\u{308} rail",
            "\u{212a}elvin",
            "Kelvin’s rail",
            "鉄道Rail",
            "x-Rail",
            "Rail\u{301}",
        ];
        let phrases: [&[&str]; 8] = [
            &["Rail"],
            &["rail"],
            &["Rail", "strike"],
            &["Zoë"],
            &["Kelvin"],
            &["Kelvin", "s"],
            &["鉄", "道"],
            &["ra"],
        ];
        for text in texts {
            for phrase in phrases {
                let words: Vec<String> = phrase.iter().map(|word| (*word).to_owned()).collect();
                for prefix in [false, true] {
                    let slow = has_phrase(text, &words, true, prefix);
                    assert_eq!(has_written(text, &words, prefix), slow, "{phrase:?} in {text:?}");
                }
            }
        }
    }
}
