//! `pullquote list`: the articles of the library, one a line.

use clap::{Args, ValueEnum};

use super::context::Context;
use super::json::{Row, date, day};
use super::output::{Out, Paint};
use super::{Ended, finding};
use crate::error::Result;
use crate::library::Library;
use crate::model::{Id, Order, Summary};
use crate::text::highlight::{cells, shorten};

/// Rows that are read from the library at a time.
const HANDFUL: usize = 500;

/// Cells that a source may take at the end of a line.
const SOURCE: usize = 20;

/// List articles, newest first
#[derive(Args)]
pub struct List {
    /// Only those that this query finds
    query: Vec<String>,
    #[command(flatten)]
    pub listing: Listing,
    /// Say how many there are, and nothing else
    #[arg(long, conflicts_with_all = ["json", "limit"])]
    count: bool,
}

/// How a list is to be.
#[derive(Args, Clone, Copy)]
pub struct Listing {
    /// At most so many
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// The order
    #[arg(long, value_enum, value_name = "ORDER")]
    pub sort: Option<Sort>,
    /// One object a line
    #[arg(long)]
    pub json: bool,
}

/// An order as the command line has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Sort {
    Newest,
    Oldest,
    Relevance,
}

impl From<Sort> for Order {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Newest => Self::Newest,
            Sort::Oldest => Self::Oldest,
            Sort::Relevance => Self::Relevance,
        }
    }
}

impl List {
    pub fn run(self, context: &mut Context) -> Ended {
        let library = context.library()?;
        let query = finding::parsed(context, &self.query.join(" "))?;
        if self.count && query.root.is_none() {
            // Counted without a look at any article.
            context.out.line(&library.counts()?.all.to_string())?;
            return Ok(None);
        }
        let order = self.listing.sort.map(Order::from).or(query.order).unwrap_or(context.settings.sort);
        let ids = finding::in_order(context, &library, &query, order, self.listing.limit)?;
        if self.count {
            context.out.line(&ids.len().to_string())?;
            return Ok(None);
        }
        each_row(context, &library, &ids, |out, row, widest| {
            if self.listing.json { out.json(&Row::new(row)) } else { line(out, row, widest) }
        })?;
        Ok(None)
    }
}

/// Calls `write` for the row of each article, as long as somebody reads; with the digits of the largest number.
pub fn each_row(
    context: &mut Context,
    library: &Library,
    ids: &[Id],
    mut write: impl FnMut(&mut Out, &Summary, usize) -> Result<()>,
) -> Result<()> {
    let widest = ids.iter().max().map_or(1, |id| id.to_string().len());
    for handful in ids.chunks(HANDFUL) {
        for row in library.summaries(handful)? {
            write(&mut context.out, &row, widest)?;
        }
        if context.out.is_closed() {
            break;
        }
    }
    Ok(())
}

/// Writes an article's row: fitted to a terminal, else as fields (number, date, source, title, address) between tabs.
pub fn line(out: &mut Out, row: &Summary, widest: usize) -> Result<()> {
    let day = day(row.published);
    let source = row.source.as_deref().unwrap_or_default();
    let Some(columns) = out.columns() else {
        return out.fields(&[
            &row.id.to_string(),
            &date(row.published),
            source,
            &row.title,
            row.url.as_deref().unwrap_or_default(),
        ]);
    };
    let front = format!("{:>widest$}  {day}  ", row.id);
    let marks = [(!row.read, "•"), (row.bookmarked.is_some(), "★")].map(|(is_so, mark)| if is_so { mark } else { " " });
    let marks = format!("{} ", marks.concat());
    let room = columns.saturating_sub(cells(&front) + cells(&marks));
    // A terminal too narrow for both shows the title alone.
    let source = if room > 3 * SOURCE { shorten(source, SOURCE) } else { "".into() };
    let room = room.saturating_sub(if source.is_empty() { 0 } else { SOURCE + 2 });
    let title = shorten(&row.title, room.max(1));
    let gap = " ".repeat(if source.is_empty() { 0 } else { room - cells(&title) + 2 });
    let weight = if row.read { Paint::Plain } else { Paint::Strong };
    out.painted(&[
        (Paint::Dim, &front),
        (Paint::Plain, &marks),
        (weight, &title),
        (Paint::Plain, &gap),
        (Paint::Dim, &source),
    ])
}
