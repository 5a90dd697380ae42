//! `pullquote add URL`: a feed is subscribed to, a list of feeds too (also one in a file), a page is stored.
//! Files make no request.

use std::path::PathBuf;

use super::context::Context;
use super::feed::{offer, refuse_some, subscribe_to_list, subscribed};
use super::fetch::index;
use super::net::Line;
use crate::error::{Error, Result};
use crate::formats::Format;
use crate::library::{Added, Library};
use crate::model::Subscription;
use crate::sources::http;
use crate::text::counted;
use crate::workers::fetcher::Told;
use crate::workers::listed::{self, List};
use crate::workers::subscribing::{self, Found};

/// What is to become of addresses.
pub struct Addresses {
    pub wanted: Vec<String>,
    /// Files that are lists of feeds.
    pub lists: Vec<PathBuf>,
    /// Instead of the format that the files seem to have.
    pub format: Option<Format>,
    /// Instead of the source that a page names, or the title of a feed.
    pub source: Option<String>,
    pub tags: Vec<String>,
}

/// Hears of each address: what became of it, or which one was refused and why.
pub type Report<'a> = dyn FnMut(&mut Context, std::result::Result<Became, (String, Error)>) -> Result<()> + 'a;

/// What became of an address.
pub struct Became {
    pub address: String,
    pub outcome: &'static str,
    pub id: Option<i64>,
    pub title: Option<String>,
    /// Feeds of a list that were not taken, and are named.
    pub refused: u64,
}

impl Addresses {
    /// Looks at each, and takes it; only looks where there is no library. `told` hears what became of it.
    pub fn take(self, context: &mut Context, library: Option<&mut Library>, told: &mut Report) -> Result<()> {
        let mut library = library;
        for path in &self.lists {
            let name = path.display().to_string();
            let list = listed::read(path, self.format);
            let became = list.and_then(|list| self.take_list(context, library.as_deref_mut(), list, &name));
            told(context, became.map_err(|error| (name, error)))?;
        }
        if self.wanted.is_empty() {
            return Ok(());
        }
        let line = Line::open(context)?;
        for address in &self.wanted {
            let found = subscribing::look(address, &self.decided(), line.net(), context.now.seconds);
            let became =
                found.and_then(|found| self.take_found(context, library.as_deref_mut(), &line, found, address));
            told(context, became.map_err(|error| (http::shown(address), error)))?;
        }
        Ok(())
    }

    /// What is decided for all feeds.
    fn decided(&self) -> Subscription {
        Subscription { title: self.source.clone(), tags: self.tags.clone(), ..Subscription::default() }
    }

    /// Subscribes to the feeds of a list called `name`; only says how many there are where there is no library.
    fn take_list(
        &self,
        context: &mut Context,
        library: Option<&mut Library>,
        list: List,
        name: &str,
    ) -> Result<Became> {
        let (outcome, refused) = if let Some(library) = library {
            let wanted = Subscription { title: None, ..self.decided() };
            ("subscribed", subscribe_to_list(context, library, list, &wanted)?)
        } else {
            let refused = refuse_some(context, &list);
            context.talk.say(&format!("{name}: a list of {}, to be subscribed to", counted(list.feeds.len(), "feed")));
            ("readable", refused)
        };
        Ok(Became { address: name.to_owned(), outcome, id: None, title: None, refused })
    }

    /// Takes what was found at `address`; only says what it is where there is no library.
    fn take_found(
        &self,
        context: &mut Context,
        library: Option<&mut Library>,
        line: &Line,
        found: Found,
        address: &str,
    ) -> Result<Became> {
        let (now, wanted) = (context.now.seconds, self.decided());
        let became = |outcome, id, title| Became { address: http::shown(address), outcome, id, title, refused: 0 };
        let Some(library) = library else {
            let what = match found {
                Found::Feed(..) => "a feed, to be subscribed to",
                Found::List(list) => return self.take_list(context, None, list, &http::shown(address)),
                Found::Page(_) => "a page, to be stored",
            };
            context.talk.say(&format!("{}: {what}", http::shown(address)));
            return Ok(became("readable", None, None));
        };
        if let Some(doubt) = found.doubt() {
            context.talk.say(&format!("{}: {doubt}", http::shown(address)));
        }
        match found {
            Found::Feed(address, fetched) => {
                let (feed, is_new, told) = subscribing::subscribe(library, address, wanted, *fetched, line.net(), now)?;
                subscribed(context, library, &feed, is_new, &told);
                let outcome = if is_new { "subscribed" } else { "known" };
                let updated = matches!(told, Told::News { updated: 1.., .. });
                Ok(became(if updated { "updated" } else { outcome }, None, Some(feed.title().to_owned())))
            }
            Found::List(list) => self.take_list(context, Some(library), list, &http::shown(address)),
            Found::Page(mut page) => {
                page.article.source = self.source.clone().or(page.article.source);
                for tag in &self.tags {
                    if !page.article.tags.contains(tag) {
                        page.article.tags.push(tag.clone());
                    }
                }
                let title = page.article.title.clone();
                let feeds = subscribing::offered(library, std::mem::take(&mut page.feeds))?;
                let (outcome, id) = match subscribing::keep(library, *page, now)? {
                    Added::New(id) => ("new", id),
                    Added::Updated(id) => ("updated", id),
                    Added::Known(id) => ("known", id),
                };
                index(context, library, usize::from(outcome != "known"));
                if !feeds.is_empty() {
                    context.talk.say(&format!("its site has a feed:\n  {}", offer(&feeds)));
                }
                Ok(became(outcome, Some(id), Some(title)))
            }
        }
    }
}
