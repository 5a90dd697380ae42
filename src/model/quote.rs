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
}
