//! Tests of the quote engine: a table of examples for each pass, pictures of whole texts, properties of any text.

mod golden;
mod pairing;
mod passes;
mod properties;
