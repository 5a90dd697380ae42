//! Feeds libFuzzer's bytes to `pullquote_fuzz::difference`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| pullquote_fuzz::difference(bytes));
