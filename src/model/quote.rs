//! A quotation and who said it.

use super::Span;

/// A quotation in an article's text. Offsets are bytes in the text it was detected in.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// From the opening mark to behind the closing one; a quotation over several paragraphs is one span.
    pub span: Span,
    /// Somebody's words, as opposed to a quoted phrase: a title, a scare quote, a name.
    pub speech: bool,
    /// The words that say that somebody speaks ("said", "according to").
    pub cue: Option<Span>,
    /// Where the text names the speaker ("he", "Brown").
    pub source: Option<Span>,
    /// The speaker's full name as worked out from the article, or the source as it is written.
    pub speaker: Option<String>,
    /// What the text says the speaker is, as printed ("chief of sales at Acme").
    pub role: Option<String>,
    /// How likely the speaker is right, 0 to 1.
    pub confidence: f32,
}

impl Quote {
    /// Below this a speaker is shown as doubtful.
    pub const DOUBTFUL: f32 = 0.6;

    /// Whether the speaker is shown with a question mark.
    #[must_use]
    pub fn is_doubtful(&self) -> bool {
        self.confidence < Self::DOUBTFUL
    }

    /// The speaker as they are named below their words: behind the form of address that the text has for them ("Sen.").
    #[must_use]
    pub fn named(&self) -> Option<String> {
        let name = self.speaker.as_deref()?;
        let address = self.role.as_deref().filter(|role| is_address(role));
        Some(address.map_or_else(|| name.to_owned(), |address| format!("{address} {name}")))
    }

    /// What stands behind that name: the role, where it is no form of address.
    #[must_use]
    pub fn described(&self) -> Option<&str> {
        self.role.as_deref().filter(|role| !is_address(role))
    }
}

/// Whether a role is nothing but an abbreviated form of address: "Sen.", "Lt. Gov.".
fn is_address(role: &str) -> bool {
    !role.is_empty() && role.split_whitespace().all(|word| word.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_of_address_stands_before_the_name_and_a_role_behind_it() {
        let table = [
            ("Sen.", "Sen. Ada Brown", None),
            ("Lt. Gov.", "Lt. Gov. Ada Brown", None),
            ("chief of sales at Acme Inc.", "Ada Brown", Some("chief of sales at Acme Inc.")),
            ("Mayor", "Ada Brown", Some("Mayor")),
        ];
        for (role, named, described) in table {
            let quote = Quote {
                span: 0..1,
                speech: true,
                cue: None,
                source: None,
                speaker: Some("Ada Brown".to_owned()),
                role: Some(role.to_owned()),
                confidence: 0.9,
            };
            assert_eq!((quote.named().as_deref(), quote.described()), (Some(named), described));
            assert_eq!(Quote { speaker: None, ..quote }.named(), None);
        }
    }
}
