//! (filled by its slice)

pub mod ingest;
