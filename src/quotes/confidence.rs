//! How likely a speaker is right: the share that each rule reaches on annotated news, and what the mention takes off it.

use super::cues::Rule;

/// How the text names the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mention {
    /// A name that the article gives in full.
    Named,
    /// A surname that several people of the article have.
    Namesake,
    /// One word with a capital that no full name explains.
    Single,
    /// “he”, “her”, and somebody was found whom it can mean.
    Resolved,
    /// “a spokesman”, “the campaign”.
    Described,
    /// “they”, “I”: nobody is named.
    Unnamed,
}

/// The likelihood, 0 to 1. From 0.9 up, at least 95 of 100 named speakers of the training articles are right.
pub fn confidence(rule: Rule, mention: Mention, german: bool) -> f32 {
    by_rule(rule, german) * by_mention(mention)
}

/// The share that the rule reaches. In German it is less where the cue is not beside the quotation: what the verb has
/// left at the end of its clause (“teilt … nicht”) goes unread.
pub fn by_rule(rule: Rule, german: bool) -> f32 {
    match rule {
        Rule::AfterApart | Rule::Continued if german => 0.72,
        Rule::Inverted => 0.99,
        Rule::After | Rule::AfterApart | Rule::Continued => 0.98,
        Rule::Label | Rule::Signature => 0.96,
        Rule::BeforeApart => 0.94,
        Rule::Before => 0.93,
        Rule::Saying => 0.88,
        Rule::According | Rule::Paragraph => 0.85,
        Rule::Think => 0.8,
        Rule::Lead | Rule::AfterBare => 0.72,
        Rule::Indirect | Rule::Turn | Rule::Implied => 0.7,
        Rule::EarlierSentence => 0.68,
        Rule::Shared => 0.5,
        Rule::Noun => 0.4,
        Rule::Subject => 0.55,
    }
}

/// What the mention leaves of it.
pub fn by_mention(mention: Mention) -> f32 {
    match mention {
        Mention::Named => 1.0,
        Mention::Resolved => 0.9,
        Mention::Namesake => 0.88,
        Mention::Described => 0.82,
        Mention::Unnamed => 0.8,
        Mention::Single => 0.7,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Quote;

    #[test]
    fn only_names_are_sure_and_guesses_are_doubtful() {
        assert!(confidence(Rule::After, Mention::Named, false) >= 0.9);
        assert!(confidence(Rule::After, Mention::Resolved, false) < 0.9);
        assert!(confidence(Rule::EarlierSentence, Mention::Described, false) < Quote::DOUBTFUL);
        assert!(confidence(Rule::Noun, Mention::Named, false) < Quote::DOUBTFUL);
    }
}
