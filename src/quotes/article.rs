//! The quotations of a whole article: what is code is nobody's speech, whatever marks stand in it, and a quotation set
//! as a block needs no marks where a colon announces it or a name signs it.

use super::explain::{self, Explained};
use super::passes;
use crate::model::{Article, Block, BlockKind, Container, Document, InlineKind, Quote, Span};

/// The quotations of `article`; offsets are bytes of its document's text.
#[must_use]
pub fn detect_in(article: &Article) -> Vec<Quote> {
    readable(article, |text, blocks, language| passes(text, blocks, language, |_, quote, _| quote))
}

/// The quotations of `article` that `detect_in` gives, each with the rules that fired.
#[must_use]
pub fn explain_in(article: &Article) -> Vec<Explained> {
    readable(article, |text, blocks, language| passes(text, blocks, language, explain::explained))
}

/// Gives `read` the article's text without its code, its block quotations, and its language.
fn readable<T>(article: &Article, read: impl Fn(&str, &[Span], Option<&str>) -> T) -> T {
    let document = &article.document;
    let blocks = document.blocks().iter().filter(|block| matches!(block.kind, BlockKind::Code { .. }));
    let inlines = document.inlines().iter().filter(|inline| inline.kind == InlineKind::Code);
    let code: Vec<&Span> = blocks.map(|block| &block.span).chain(inlines.map(|inline| &inline.span)).collect();
    let (blocks, language) = (block_quotations(document), article.language.as_deref());
    if code.is_empty() {
        read(document.text(), &blocks, language)
    } else {
        read(&without(document.text(), code), &blocks, language)
    }
}

/// The quotations set as blocks that have no marks of their own and whose source stands beside them.
fn block_quotations(document: &Document) -> Vec<Span> {
    let text = document.text();
    let quoted = |block: &&Block| {
        block.within.first() == Some(&Container::Quotation) && block.kind == BlockKind::Paragraph
    };
    let mut spans: Vec<Span> = Vec::new();
    for block in document.blocks().iter().filter(quoted) {
        let between = spans.last().and_then(|last| text.get(last.end as usize..block.span.start as usize));
        match spans.last_mut() {
            Some(last) if between.is_some_and(|between| between.trim().is_empty()) => last.end = block.span.end,
            _ => spans.push(block.span.clone()),
        }
    }
    spans.retain_mut(|span| {
        let before = text.get(..span.start as usize).unwrap_or_default().trim_end();
        let inner = document.slice(span).trim_end();
        let last = inner.rfind('\n').map_or(0, |line| line + 1);
        let signature = inner.get(last..).unwrap_or_default().starts_with(['—', '–', '-']);
        let words = if signature { inner.get(..last).unwrap_or_default().trim_end() } else { inner };
        span.end = span.start + u32::try_from(words.len()).unwrap_or_default();
        let marked = words.starts_with(|c: char| !c.is_alphanumeric() && !matches!(c, '[' | '(' | '…' | '.'));
        (signature || before.ends_with(':')) && !marked && !words.is_empty()
    });
    spans
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
    fn a_block_is_a_quotation_where_its_source_stands_beside_it() {
        let table = [
            ("Anna Holm said:", &["We open at nine.", "Nobody waits."][..], Some("Anna Holm")),
            ("Anna Holm came.", &["We open at nine.", "— Ben Reed"], Some("Ben Reed")),
            ("Anna Holm came.", &["We open at nine."], None),
            ("Anna Holm said:", &["“We open at nine.”"], Some("Anna Holm")),
        ];
        for (lead, paragraphs, speaker) in table {
            let mut builder = Builder::default();
            builder.block(BlockKind::Paragraph, Vec::new(), false);
            builder.text(lead);
            for paragraph in paragraphs {
                builder.block(BlockKind::Paragraph, vec![Container::Quotation], false);
                builder.text(paragraph);
            }
            let article = Article { document: builder.finish(), ..Article::default() };
            let found = detect_in(&article);
            let speakers: Vec<_> = found.iter().map(|quote| quote.speaker.as_deref()).collect();
            assert_eq!(speakers, speaker.map(Some).into_iter().collect::<Vec<_>>(), "{lead} {paragraphs:?}");
        }
    }

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
