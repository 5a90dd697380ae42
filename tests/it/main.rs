//! The integration tests, one binary so that they link once.

#[path = "../support/mod.rs"]
mod support;

mod flows;
mod frames;
mod library;
mod markdown;
mod readme;
mod rules;
mod welcome;
