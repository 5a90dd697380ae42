//! Feeds libFuzzer's bytes to `pullquote_fuzz::rows`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| pullquote_fuzz::rows(bytes));
