//! The query language: what a reader types to search and filter, as a tree that prints itself again.
//! Pure. `matches` is the slow, obviously right meaning that the index is tested against.

mod ast;

pub use ast::{Date, Field, Is, Leaf, Node, Query};
