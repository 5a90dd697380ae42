//! The quotations of a whole article: what is code is nobody's speech, whatever marks stand in it.

use super::explain::Explained;
use super::{detect, explain};
use crate::model::{Article, BlockKind, InlineKind, Quote, Span};

/// The quotations of `article`; offsets are bytes of its document's text.
#[must_use]
pub fn detect_in(article: &Article) -> Vec<Quote> {
    readable(article, detect)
}

/// The quotations of `article` that `detect_in` gives, each with the rules that fired.
#[must_use]
pub fn explain_in(article: &Article) -> Vec<Explained> {
    readable(article, explain)
}

/// Gives `read` the article's text without its code, and its language.
fn readable<T>(article: &Article, read: impl Fn(&str, Option<&str>) -> T) -> T {
    let document = &article.document;
    let blocks = document.blocks().iter().filter(|block| matches!(block.kind, BlockKind::Code { .. }));
    let inlines = document.inlines().iter().filter(|inline| inline.kind == InlineKind::Code);
    let code: Vec<&Span> = blocks.map(|block| &block.span).chain(inlines.map(|inline| &inline.span)).collect();
    let language = article.language.as_deref();
    if code.is_empty() { read(document.text(), language) } else { read(&without(document.text(), code), language) }
}

/// `text` with blanks for `spans`, byte for byte, so that every offset stays what it was.
fn without(text: &str, mut spans: Vec<&Span>) -> String {
    spans.sort_by_key(|span| span.start);
    let mut left = String::with_capacity(text.len());
    for span in spans {
        let (start, end) = (span.start as usize, span.end as usize);
        left.push_str(text.get(left.len()..start).unwrap_or_default());
        let hidden = text.get(left.len()..end).unwrap_or_default().len();
        left.extend(std::iter::repeat_n(' ', hidden));
    }
    left.push_str(text.get(left.len()..).unwrap_or_default());
    left
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Builder;

    #[test]
    fn marks_in_code_are_no_quotations() {
        let mut builder = Builder::default();
        builder.text("“Run ");
        builder.open(InlineKind::Code);
        builder.text("say “ü”");
        builder.close();
        builder.text(" twice,” said Anna Holm.");
        builder.block(BlockKind::Code { language: None }, Vec::new(), false);
        builder.text("echo \"hello there\"");
        let article = Article { document: builder.finish(), ..Article::default() };
        let found = detect_in(&article);
        let words: Vec<&str> = found.iter().map(|quote| article.document.slice(&quote.span)).collect();
        assert_eq!(words, ["“Run say “ü” twice,”"]);
        assert_eq!(found[0].speaker.as_deref(), Some("Anna Holm"));
    }
}
