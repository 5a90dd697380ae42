//! Tests of the parts together, through the crate's public interface.

mod library;
