//! A tree as a query again: `parse(&query.to_string())` is the same tree.

use std::fmt::{self, Display, Formatter};

use super::fields::{FIELDS, Key};
use super::values::{ORDERS, PARTS, STATES, print_age};
use super::{Date, Field, Leaf, Node, Query};

impl Display for Query {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        if let Some(root) = &self.root {
            print(root, f)?;
        }
        let Some((name, _)) = ORDERS.iter().find(|(_, order)| Some(*order) == self.order) else { return Ok(()) };
        let blank = if self.root.is_some() { " " } else { "" };
        write!(f, "{blank}sort:{name}")
    }
}

fn print(node: &Node, f: &mut Formatter) -> fmt::Result {
    match node {
        Node::Leaf(leaf) => write!(f, "{leaf}"),
        Node::All(nodes) => join(nodes, " ", f, |node| matches!(node, Node::All(_) | Node::Any(_))),
        Node::Any(nodes) => join(nodes, " OR ", f, |node| matches!(node, Node::Any(_))),
        Node::Not(node) => {
            f.write_str(if begins_with_dash(node) { "NOT " } else { "-" })?;
            enclose(node, f, matches!(**node, Node::All(_) | Node::Any(_)))
        }
    }
}

fn join(nodes: &[Node], between: &str, f: &mut Formatter, enclosed: fn(&Node) -> bool) -> fmt::Result {
    for (n, node) in nodes.iter().enumerate() {
        if n > 0 {
            f.write_str(between)?;
        }
        enclose(node, f, enclosed(node))?;
    }
    Ok(())
}

fn enclose(node: &Node, f: &mut Formatter, enclosed: bool) -> fmt::Result {
    if !enclosed {
        return print(node, f);
    }
    f.write_str("(")?;
    print(node, f)?;
    f.write_str(")")
}

/// A word of dashes would run into the dash that negates it.
fn begins_with_dash(node: &Node) -> bool {
    match node {
        Node::Leaf(Leaf::Words { field: Field::Any, text, quoted: false, exact: false, .. }) => text.starts_with('-'),
        _ => false,
    }
}

impl Display for Leaf {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        match self {
            Self::Words { field, text, quoted, exact, prefix } => {
                if let Some(name) = FIELDS.iter().find(|name| name.key == Key::Words(*field)) {
                    write!(f, "{}:", name.name)?;
                }
                f.write_str(if *exact { "=" } else { "" })?;
                if *quoted {
                    write!(f, "\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))?;
                } else {
                    f.write_str(text)?;
                }
                f.write_str(if *prefix { "*" } else { "" })
            }
            Self::Is(_) => write!(f, "is:{}", name_of(self, STATES)),
            Self::HasQuote | Self::HasNote => write!(f, "has:{}", name_of(self, PARTS)),
            Self::Dated { from: Some(from), to: Some(to) } if from == to => write!(f, "date:{from}"),
            Self::Dated { from, to } => {
                f.write_str("date:")?;
                from.map_or(Ok(()), |from| write!(f, "{from}"))?;
                f.write_str("..")?;
                to.map_or(Ok(()), |to| write!(f, "{to}"))
            }
            Self::Newer(seconds) => write!(f, "newer:{}", print_age(*seconds)),
        }
    }
}

fn name_of(leaf: &Leaf, table: &[(&'static str, Leaf)]) -> &'static str {
    table.iter().find(|(_, named)| named == leaf).map_or("", |(name, _)| name)
}

impl Display for Date {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(f, "-{part:02}")?;
        }
        Ok(())
    }
}
