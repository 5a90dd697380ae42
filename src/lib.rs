//! The module map of pullquote; ARCHITECTURE.md says what each part knows and may use.

pub mod app;
pub mod cli;
pub mod clock;
pub mod config;
pub mod error;
pub mod export;
pub mod formats;
pub mod library;
pub mod model;
pub mod paths;
pub mod query;
pub mod quotes;
pub mod sources;
pub mod terminal;
pub mod text;
pub mod view;
pub mod workers;
