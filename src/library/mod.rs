//! What is kept: articles, their quotes and state, and the search index beside them.
//!
//! `Library` is one SQLite file and the only truth; `Index` is a cache in the folder next to it that can be deleted at
//! any time. Knows the model, text folding and the query's tree. SQL and index types never leave this module; it shows
//! nothing, fetches nothing and reads no clock.
#![warn(clippy::string_slice, clippy::indexing_slicing)]

mod add;
mod attending;
mod backup;
mod bits;
mod bytes;
mod change;
mod check;
mod comparing;
mod conversion;
mod correction;
mod detecting;
mod encoding;
mod entries;
mod fault;
mod feeds;
mod file;
mod filter;
mod index;
mod journal;
mod kept;
mod known;
mod lists;
mod memory;
mod newsboat;
mod origins;
mod overlay;
mod packing;
mod place;
mod prepared;
mod quoted;
mod read;
mod renaming;
mod revision;
mod schema;
mod sorting;
mod speakers;
mod store;
mod stories;
mod tags;
mod trash;
mod verify;
mod voices;

pub use add::Added;
pub use attending::{Attending, attend, is_attended};
pub use entries::News;
pub use feeds::Subscribed;
pub use index::{CaughtUp, Found, Index, Words, Writing};
pub use journal::Undone;
pub use lists::Folded;
pub use newsboat::Newsboat;
pub use prepared::Prepared;
pub use store::Library;
pub use verify::{Sighting, Verified};
