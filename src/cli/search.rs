//! `pullquote search`: the articles that fit a query best, with the words that show it.

use clap::Args;

use super::context::Context;
use super::json::{Hit, Row};
use super::list::{Listing, line};
use super::output::Paint;
use super::{Ended, finding};
use crate::error::{Error, Exit, Result};
use crate::library::{Index, Library};
use crate::model::{Order, Summary};
use crate::query;
use crate::text::highlight::{Needle, hits, snippet};

/// Hits that a terminal gets where no limit is given: the best are on top, and should stay in sight.
const ON_TERMINAL: usize = 50;

/// Cells of a snippet that need not fit anything.
const SNIPPET: usize = 200;

/// Search articles, best first
#[derive(Args)]
pub struct Search {
    /// What to look for: words, "phrases", -not, OR, =Exact, title: said: speaker: date: and more
    #[arg(required = true)]
    query: Vec<String>,
    #[command(flatten)]
    listing: Listing,
}

impl Search {
    pub fn run(self, context: &mut Context) -> Ended {
        let library = context.library()?;
        let mut query = finding::parsed(context, &self.query.join(" "))?;
        let order = self.listing.sort.map(Order::from).or(query.order).unwrap_or(Order::Relevance);
        let usual = context.out.columns().filter(|_| !self.listing.json).map(|_| ON_TERMINAL);
        let limit = self.listing.limit.or(usual);
        let mut ids = finding::in_order(context, &library, &query, order, limit)?;
        if ids.is_empty()
            && let Some(meant) = Index::open(library.path()).meant(&library, &query)?
        {
            let found = finding::in_order(context, &library, &meant, order, limit)?;
            // A script gets what it asked for and nothing else.
            if context.out.columns().is_some() && !found.is_empty() {
                context.talk.say(&format!("nothing is found for {query}; this is for {meant}"));
                (query, ids) = (meant, found);
            } else if !found.is_empty() {
                context.talk.say(&format!("nothing is found; did you mean {meant}?"));
            }
        }
        let needles = query::needles(&query);
        super::list::each_row(context, &library, &ids, |out, row, widest| {
            let cells = out.columns().map_or(SNIPPET, |columns| columns.saturating_sub(widest + 2));
            let (text, lit) = best_line(&library, row, &needles, cells)?;
            if self.listing.json {
                return out.json(&Hit { row: Row::new(row), snippet: &text });
            }
            line(out, row, widest)?;
            let indent = " ".repeat(widest + 2);
            let mut parts = vec![(Paint::Plain, indent.as_str())];
            let mut at = 0;
            for hit in &lit {
                parts.push((Paint::Plain, text.get(at..hit.start).unwrap_or_default()));
                parts.push((Paint::Hit, text.get(hit.clone()).unwrap_or_default()));
                at = hit.end;
            }
            parts.push((Paint::Plain, text.get(at..).unwrap_or_default()));
            if out.columns().is_some() { out.painted(&parts) } else { out.fields(&["", &text]) }
        })?;
        if ids.is_empty() {
            return Ok(Some(Exit::Refused));
        }
        if usual.is_some() && self.listing.limit.is_none() && ids.len() == ON_TERMINAL {
            context.talk.say(&format!("the best {ON_TERMINAL}; --limit N shows more"));
        }
        Ok(None)
    }
}

/// The line of an article that shows best why it was found, and where the hits are in it.
fn best_line(
    library: &Library,
    row: &Summary,
    needles: &[Needle],
    cells: usize,
) -> Result<(String, Vec<std::ops::Range<usize>>)> {
    let stored = library.article(row.id)?.ok_or_else(|| Error::refused(format!("article {} went away", row.id)))?;
    let text = stored.article.document.text();
    Ok(snippet(text, &hits(text, needles), cells))
}
