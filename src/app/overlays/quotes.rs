//! The quotes of the open article as they are listed: whose, the words, and before them whether they are kept and what became
//! of them since the text before.

use super::super::state::overlay::Entry;
use super::super::state::{State, dates};
use crate::text::clean::clean_line;
use crate::text::difference::Fate;
use crate::text::segment::cells;

/// The speech of the open article, and what the signs before the words mean.
pub(super) fn entries(state: &State) -> (Vec<Entry>, Vec<String>) {
    let Some(stored) = &state.article.stored else { return Default::default() };
    let ascii = state.settings.ascii;
    let star = if ascii { "*" } else { "★" };
    let speech = || stored.quotes.iter().enumerate().filter(|(_, quote)| quote.speech);
    let signs = |at: usize| {
        let kept = stored.quotes.get(at).is_some_and(|quote| stored.kept.contains(&quote.span));
        let fate = state.article.fate(at).map(|fate| sign(fate, ascii));
        Some(star).filter(|_| kept).into_iter().chain(fate).collect::<String>()
    };
    // The words of all begin in one column.
    let widest = speech().map(|(at, _)| cells(&signs(at))).max().unwrap_or(0);
    let entry = |(value, quote): (usize, &crate::model::Quote)| {
        let mut right = signs(value);
        if widest > 0 {
            right.push_str(&" ".repeat(widest + 1 - cells(&right)));
        }
        right.push_str(&clean_line(stored.article.document.slice(&quote.span)));
        let also = state.article.fate(value).map(|fate| format!("changed: {}", fate.told())).unwrap_or_default();
        Entry { left: super::super::speaker(quote), right, value, also }
    };
    (speech().map(entry).collect(), legend(state))
}

/// What a quotation that changed is marked with.
fn sign(fate: Fate, ascii: bool) -> &'static str {
    match (fate, ascii) {
        (Fate::New, _) => "+",
        (Fate::Gone, false) => "−",
        (Fate::Gone, true) => "-",
        (Fate::Words, false) => "±",
        (Fate::Words, true) => "~",
        (Fate::Speaker, false) => "→",
        (Fate::Speaker, true) => ">",
        (Fate::Both, false) => "±→",
        (Fate::Both, true) => "~>",
    }
}

/// What the signs of quotations that changed mean, each time in fewer words; nothing where none changed.
fn legend(state: &State) -> Vec<String> {
    let article = &state.article;
    let has = |wanted: &[Fate]| article.fates.iter().any(|(_, fate)| wanted.contains(fate));
    let signs = [
        (Fate::New, has(&[Fate::New]), "new", "new"),
        (Fate::Words, has(&[Fate::Words, Fate::Both]), "other words", "words"),
        (Fate::Speaker, has(&[Fate::Speaker, Fate::Both]), "another speaker", "speaker"),
    ];
    let shown = || signs.iter().filter(|(_, shown, ..)| *shown);
    if shown().next().is_none() {
        return Vec::new();
    }
    let sign = |fate: &Fate| sign(*fate, state.settings.ascii);
    let long: Vec<String> = shown().map(|(fate, _, long, _)| format!("{} {long}", sign(fate))).collect();
    let short: Vec<String> = shown().map(|(fate, _, _, short)| format!("{} {short}", sign(fate))).collect();
    let mut revisions = article.stored.iter().flat_map(|stored| &stored.revisions);
    let before = revisions.find(|revision| Some(revision.number) == article.fates_since);
    let since = before.map(|before| format!("since {}:  ", dates::moment(before.replaced, &state.now)));
    let long = long.join("  ");
    vec![format!("{}{long}", since.unwrap_or_default()), long, short.join("  ")]
}
