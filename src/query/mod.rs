//! The query language: what a reader types to search and filter, as a tree that prints itself again.
//! Pure. `matches` is the slow, obviously right meaning that the index is tested against.

mod ast;
mod completion;
mod fields;
mod lexer;
mod matcher;
mod mistake;
mod needles;
mod parser;
mod print;
mod slips;
mod values;

#[cfg(test)]
mod tests;

pub use ast::{Date, Field, Is, Leaf, Node, Query};
pub use completion::{Completion, completion, names_wanted};
pub use fields::{FIELDS, FieldName};
pub use matcher::{Subject, matches, together};
pub use mistake::Mistake;
pub use needles::needles;
pub use parser::{parse, parse_typing};
pub use slips::slips;
