//! `pullquote quotes --explain`: each quotation with the rules that fired, in the order of the passes. Stored corrections
//! are left out: what is explained is what the rules say today.

use super::output::Paint;
use crate::model::{Article, Quote};
use crate::quotes::{Explained, explain_in};

/// A painted line.
pub type Parts = Vec<(Paint, String)>;

/// The lines for the quotations of `article` that `wants` takes, `most` at most, and how many these are.
pub fn explain(article: &Article, most: usize, wants: impl Fn(&Quote) -> bool) -> (Vec<Parts>, usize) {
    let mut lines = vec![vec![(Paint::Strong, article.title.clone())]];
    let explained: Vec<Explained> =
        explain_in(article).into_iter().filter(|explained| wants(&explained.quote)).take(most).collect();
    for Explained { quote, steps } in &explained {
        let words = article.document.slice(&quote.span).split_whitespace().collect::<Vec<_>>().join(" ");
        let paint = if quote.speech { Paint::Speech } else { Paint::Dim };
        lines.push(Vec::new());
        lines.push(vec![(Paint::Plain, "  ".to_owned()), (paint, words)]);
        for step in steps {
            lines.push(vec![(Paint::Dim, format!("    {:<12} ", step.pass)), (Paint::Plain, step.found.clone())]);
        }
    }
    lines.push(Vec::new());
    let count = explained.len();
    (if count == 0 { Vec::new() } else { lines }, count)
}
