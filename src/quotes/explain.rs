//! Says in words which rules made a quote what it is. Decides nothing: all it knows is what the passes settled.

use super::confidence::{Mention, by_mention, by_rule};
use super::coreference::Step;
use super::cues::{Found, Rule};
use super::lexicon::{Class, sections};
use super::phrase::Verdict;
use super::phrases::Way;
use super::speaker::Reasons;
use super::tokens::{Kind, Tokens};
use crate::model::Quote;

/// A quote and the rules that fired, in the order of the passes.
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    pub quote: Quote,
    pub steps: Vec<RuleFired>,
}

/// One pass and what it found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleFired {
    /// The pass, as its file is called.
    pub pass: &'static str,
    /// What it found, for people; one line.
    pub found: String,
}

/// The quote with its reasons in words.
pub fn explained(tokens: &Tokens, quote: Quote, reasons: &Reasons) -> Explained {
    let mut steps =
        vec![fired("pairing", pairing(tokens, &quote)), fired("phrase", verdict(reasons.verdict).to_owned())];
    if let Some(found) = &reasons.found {
        let (pass, example) = rule(found.rule);
        steps.push(fired(pass, format!("{}: {example}{}", name(found.rule), cue(tokens, found))));
        steps.push(fired("subject", format!("{} ({})", source(tokens, found), way(found.source.way))));
        steps.extend(speaker(tokens, &quote, reasons));
        steps.extend(quote.role.as_ref().map(|role| fired("roles", role.clone())));
        steps.push(fired(
            "confidence",
            confidence(found.rule, reasons.mention, quote.confidence, tokens.lexicon.german),
        ));
    }
    Explained { quote, steps }
}

fn fired(pass: &'static str, found: String) -> RuleFired {
    RuleFired { pass, found }
}

/// The marks, and whether the quotation runs over lines or was never closed.
fn pairing(tokens: &Tokens, quote: &Quote) -> String {
    let text = tokens.slice(quote.span.start, quote.span.end);
    let opening = text.chars().next().unwrap_or_default();
    let closing = text.chars().next_back().filter(|last| !last.is_alphanumeric()).unwrap_or_default();
    let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
    let over = if lines > 1 { format!(", over {lines} paragraphs") } else { String::new() };
    format!("{opening} … {closing}{over}")
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Sourced => "speech: somebody is its source",
        Verdict::Announced => "speech: a colon announces it",
        Verdict::Said => "speech: a verb of saying stands behind it",
        Verdict::Long => "speech: too long for a title or a name",
        Verdict::Sentence => "speech: nothing makes it a phrase",
        Verdict::SoCalled => "phrase: the word before it names something",
        Verdict::Title => "phrase: a title, every word with a capital and no cue beside it",
        Verdict::Adjective => "phrase: it describes the noun behind it",
        Verdict::Short => "phrase: a few words that nothing makes speech",
    }
}

/// The cue in quotation marks, and the sections of the lexicon it stands in.
fn cue(tokens: &Tokens, found: &Found) -> String {
    let Some((start, end)) = found.cue else { return "; no cue".to_owned() };
    let span = tokens.span(start..end);
    let class = (start..end).fold(Class::NONE, |all, place| all | tokens.at(place).class).and(Class::CUE);
    let sections: Vec<_> = sections(class).map(|section| format!("[{section}]")).collect();
    let kind = match (tokens.at(start).kind, sections.is_empty()) {
        (Kind::Word, true) => " (in no section)".to_owned(),
        (Kind::Word, false) => format!(" {} of {}", sections.join(" "), tokens.lexicon.language),
        _ => String::new(),
    };
    format!("; cue ‹{}›{kind}", tokens.slice(span.start, span.end))
}

fn source(tokens: &Tokens, found: &Found) -> String {
    let span = tokens.span(found.source.start..found.source.end);
    format!("⟦{}⟧", tokens.slice(span.start, span.end))
}

fn way(way: Way) -> &'static str {
    match way {
        Way::Beside => "beside the cue",
        Way::Pronoun => "the pronoun before the verb",
        Way::Clause => "the first phrase of the verb's clause",
        Way::Joined => "the verb is joined to an earlier one",
        Way::Relative => "the verb's clause is about it",
        Way::Aside => "an aside stands between it and the verb",
        Way::Sentence => "the subject of the sentence",
        Way::Behind => "behind the verb",
        Way::Owner => "the owner of the words",
    }
}

/// How the name was found.
fn speaker(tokens: &Tokens, quote: &Quote, reasons: &Reasons) -> Option<RuleFired> {
    let name = quote.speaker.as_deref();
    let written = quote.source.as_ref().map(|source| tokens.slice(source.start, source.end));
    Some(match (reasons.meant, name) {
        (Some((step, back)), Some(name)) => {
            let place = match back {
                0 => "earlier in the sentence".to_owned(),
                1 => "in the sentence before".to_owned(),
                back => format!("{back} sentences before"),
            };
            let did = if step == Step::Spoke { "spoke" } else { "is named" };
            fired("coreference", format!("{} is {name}, who {did} {place}", written?))
        }
        (None, Some(name)) if written != Some(name) && reasons.mention == Mention::Named => {
            fired("names", format!("{} is {name}, whom the article names in full", written?))
        }
        (None, Some(name)) => fired("names", format!("{name}, as written")),
        (_, None) => fired("coreference", "nobody who is named can be meant".to_owned()),
    })
}

fn confidence(rule: Rule, mention: Mention, product: f32, german: bool) -> String {
    let of_mention = match mention {
        Mention::Named => "a name in full",
        Mention::Namesake => "several have this surname",
        Mention::Single => "one word that no full name explains",
        Mention::Resolved => "a pronoun, resolved",
        Mention::Described => "a description",
        Mention::Unnamed => "nobody named",
    };
    format!("{:.2} ({}) × {:.2} ({of_mention}) = {product:.2}", by_rule(rule, german), name(rule), by_mention(mention))
}

/// A rule's name in lower case.
fn name(rule: Rule) -> String {
    let mut words = String::new();
    for c in format!("{rule:?}").chars() {
        if c.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
    }
    words
}

/// The pass that holds a rule, and what the rule looks like.
fn rule(rule: Rule) -> (&'static str, &'static str) {
    match rule {
        Rule::After => ("cues", "“…,” NAME said"),
        Rule::Inverted => ("cues", "“…,” said NAME"),
        Rule::According => ("cues", "according to NAME"),
        Rule::AfterBare => ("cues", "“…,” NAME and a verb"),
        Rule::AfterApart => ("cues", "“…” at the end of the sentence, NAME said"),
        Rule::Before => ("cues_before", "NAME said, “…”"),
        Rule::BeforeApart => ("cues_before", "NAME said that it was “…”"),
        Rule::Saying => ("cues_before", "NAME …, saying “…”"),
        Rule::Noun => ("cues_before", "NAME's promise of “…”"),
        Rule::Think => ("cues_before", "NAME believes in “…”"),
        Rule::Lead => ("cues_before", "NAME does something: “…”"),
        Rule::Label => ("cues_before", "NAME: “…”"),
        Rule::Continued => ("attribution", "the same speaker goes on in the paragraph"),
        Rule::Shared => ("attribution", "a later part of the sentence has the cue"),
        Rule::EarlierSentence => ("attribution", "the sentence before names who speaks"),
        Rule::Indirect => ("attribution", "the mood of the sentence goes on with who spoke before"),
        Rule::Turn => ("dialogue", "two speakers take turns by paragraphs"),
        Rule::Implied => ("attribution", "the verb alone tells that the last speaker goes on"),
        Rule::Paragraph => ("attribution", "a paragraph that is only a quotation goes on"),
        Rule::Subject => ("attribution", "NAME lives through “…”"),
        Rule::Signature => ("attribution", "“…” – NAME"),
    }
}
