//! A feed: a subscription, what the reader decided about it, and what was last heard of it.

/// A feed's number; stable for ever.
pub type FeedId = i64;

/// What a reader decides about a feed; each change of it can be undone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subscription {
    /// It is asked for news. A feed that no longer is keeps its articles.
    pub subscribed: bool,
    /// Instead of the title that the feed gives itself.
    pub title: Option<String>,
    /// Parts set apart by `/`; empty at the top.
    pub folder: String,
    /// For each article that comes.
    pub tags: Vec<String>,
    /// Minutes that it is left alone at least; 0 as the feed wishes.
    pub interval: u32,
    /// Each new article is replaced by the page that it leads to.
    pub full_text: bool,
    /// Articles beyond so many go to the trash, the oldest first; `None`: all are kept.
    pub keep: Option<u32>,
    /// Names and values of headers that are sent along.
    pub headers: Vec<(String, String)>,
    /// The entry of the reader's credentials that belongs to it.
    pub credentials: Option<String>,
}

impl Subscription {
    /// A folder as it is kept: parts set apart by `/`, none of them empty.
    #[must_use]
    pub fn folder(text: &str) -> String {
        text.split('/').map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
    }
}

/// A feed as the library keeps it. Moments are seconds since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    pub id: FeedId,
    /// As it was subscribed to.
    pub address: String,
    /// Where it has moved for good.
    pub moved: Option<String>,
    pub subscription: Subscription,
    /// What it calls itself.
    pub named: Option<String>,
    /// The page that it belongs to.
    pub site: Option<String>,
    pub etag: Option<String>,
    pub modified: Option<String>,
    /// When it last answered.
    pub fetched: Option<i64>,
    /// Why it did not answer since then.
    pub failure: Option<Failing>,
    /// When it is asked next, unless the reader wants it at once.
    pub due: i64,
    /// Before then it is not asked at all, as it wished.
    pub wait: i64,
    /// It said that it is gone for good, and is not asked any more.
    pub gone: bool,
    /// Articles that came from it and are still there.
    pub articles: u32,
}

impl Feed {
    /// As the reader calls it, or it itself, or its address.
    #[must_use]
    pub fn title(&self) -> &str {
        let title = self.subscription.title.as_deref().or(self.named.as_deref());
        title.filter(|title| !title.is_empty()).unwrap_or(&self.address)
    }

    /// Where it is asked.
    #[must_use]
    pub fn place(&self) -> &str {
        self.moved.as_deref().unwrap_or(&self.address)
    }
}

/// Why a feed did not answer, and what to do about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failing {
    pub message: String,
    pub hint: Option<String>,
}

/// What was heard of a feed that was asked. Moments are seconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// It answered; `known` says what it is now where that is new.
    Answered { known: Option<Known>, due: i64 },
    /// It is gone for good.
    Gone,
    /// It did not answer, and is not to be asked before `wait`.
    Failed { failing: Failing, wait: i64 },
}

/// What a feed says about itself, and by what its answer is known again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    pub named: Option<String>,
    pub site: Option<String>,
    pub moved: Option<String>,
    pub etag: Option<String>,
    pub modified: Option<String>,
}

/// One feed's subscription before and after a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resubscription {
    pub feed: FeedId,
    pub from: Subscription,
    pub to: Subscription,
}

/// An entry as another reader's cache has it. Nothing in it is clean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CachedEntry {
    /// Its number in the cache.
    pub number: i64,
    /// The address of the feed that it came from, or whatever that reader has in its place.
    pub feed: String,
    /// The title of that feed.
    pub source: String,
    /// Text or HTML.
    pub title: String,
    pub url: String,
    pub guid: String,
    pub author: String,
    /// In seconds since 1970; 0 where nobody knows.
    pub published: i64,
    /// `None` where it is larger than a document may be.
    pub content: Option<String>,
    /// The content is text and no HTML.
    pub plain: bool,
    /// What addresses in the content are relative to.
    pub base: String,
    /// A file that belongs to it, and the type of that.
    pub enclosure: (String, String),
    pub read: bool,
    /// Letters by which its reader marked it.
    pub flags: String,
}
