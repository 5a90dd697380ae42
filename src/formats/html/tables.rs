//! Tables: which hold data, and how their columns are set. A page laid out by a table is read cell by cell.

use dom_query::NodeRef;

use super::element::{Meaning, meaning};
use crate::model::Align;

/// Columns of a table that is shown as one.
const COLUMN_LIMIT: usize = 40;

/// Characters in a cell beyond which it holds text, not data, unless the table says what it is.
const LONG_CELL: usize = 200;

/// How the columns of a table of data are set; `None` where it lays out a page, or has only one column.
pub fn columns(table: &NodeRef) -> Option<Vec<Align>> {
    if table.attr("role").is_some_and(|role| matches!(&*role, "presentation" | "none")) {
        return None;
    }
    let mut columns: Vec<Column> = Vec::new();
    let (mut rows, mut wide, mut cells, mut headed, mut long, mut said) = (0, 0, 0, false, false, false);
    for node in table.descendants_it() {
        if node.is_text() {
            said |= !node.text().trim().is_empty();
            continue;
        }
        let Some(name) = node.node_name() else { continue };
        match meaning(&name) {
            Meaning::Row => {
                rows += 1;
                cells = 0;
            }
            Meaning::Cell => {
                headed |= &*name == "th";
                cells += span(&node);
                wide = wide.max(cells);
                if cells <= COLUMN_LIMIT && span(&node) == 1 {
                    columns.resize(columns.len().max(cells), Column::default());
                    if let Some(column) = columns.get_mut(cells - 1) {
                        column.see(&node, rows == 1);
                    }
                }
                long |= node.normalized_char_count() > LONG_CELL;
            }
            // What has blocks in its cells is laid out by them.
            Meaning::Table
            | Meaning::Heading(_)
            | Meaning::Quotation
            | Meaning::List
            | Meaning::Rule
            | Meaning::Verbatim
            | Meaning::Embed => return None,
            _ => {}
        }
    }
    let data = said && wide > 1 && wide <= COLUMN_LIMIT && rows > 1 && (headed || !long);
    data.then(|| columns.iter().map(Column::align).collect())
}

/// What the cells of a column have in common.
#[derive(Clone, Default)]
struct Column {
    said: Option<Align>,
    numbers: usize,
    others: usize,
}

impl Column {
    fn see(&mut self, cell: &NodeRef, head: bool) {
        self.said = self.said.or_else(|| align(cell));
        let text = cell.text();
        let text = text.trim();
        if head || text.is_empty() {
            return;
        }
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        // A unit may follow a number.
        if digits > 0 && letters <= 3 && letters <= digits { self.numbers += 1 } else { self.others += 1 }
    }

    fn align(&self) -> Align {
        let numbers = self.numbers > 0 && self.others == 0;
        self.said.unwrap_or(if numbers { Align::Right } else { Align::Left })
    }
}

/// Columns that a cell is wide.
pub fn span(cell: &NodeRef) -> usize {
    let span = cell.attr("colspan").and_then(|span| span.trim().parse().ok()).unwrap_or(1);
    span.clamp(1, COLUMN_LIMIT)
}

fn align(cell: &NodeRef) -> Option<Align> {
    let style = cell.attr("style").unwrap_or_default().replace(' ', "");
    let named = cell.attr("align");
    let named = named.as_deref().or_else(|| style.split_once("text-align:")?.1.split(';').next());
    match named?.trim().to_ascii_lowercase().as_str() {
        "right" | "end" => Some(Align::Right),
        "center" => Some(Align::Centre),
        "left" | "start" => Some(Align::Left),
        _ => None,
    }
}
