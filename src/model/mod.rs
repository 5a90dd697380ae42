//! Plain data that the other parts speak about: articles, documents, quotes, speakers, summaries. Depends on nothing.

mod article;
mod bits;
mod change;
mod conversion;
mod document;
mod feed;
mod quote;
mod speaker;
mod summary;

pub use article::{Article, Published};
pub use bits::Bits;
pub use change::Change;
pub use conversion::Conversion;
pub use document::{Align, Block, BlockKind, Builder, Container, Document, Inline, InlineKind, Marker, Span};
pub use feed::{CachedEntry, Failing, Feed, FeedId, Heard, Known, Resubscription, Subscription};
pub use quote::Quote;
pub use speaker::{Quoted, Speaker};
pub use summary::{Counts, Id, Order, Revision, Stored, Summary};
