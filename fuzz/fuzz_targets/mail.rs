//! Feeds libFuzzer's bytes to `pullquote_fuzz::mail`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| pullquote_fuzz::mail(bytes));
