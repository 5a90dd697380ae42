//! Where bytes come from. No parsing: what the bytes mean is for `formats` to say.

pub mod credentials;
pub mod files;
pub mod http;
