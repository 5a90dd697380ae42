//! Tests of the quote engine: a table of examples for each pass, pictures of whole texts, properties of any text.

#![expect(clippy::string_slice, reason = "a test may panic")]

mod explained;
mod golden;
mod pairing;
mod passes;
mod properties;
