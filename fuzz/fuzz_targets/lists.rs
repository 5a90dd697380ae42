//! Feeds libFuzzer's bytes to `pullquote_fuzz::lists`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| pullquote_fuzz::lists(bytes));
