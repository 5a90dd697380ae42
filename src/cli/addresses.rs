//! `pullquote add URL`: a feed is subscribed to, a list of feeds too (also one in a file), a page is stored.

use super::context::Context;
use super::feed::{offer, subscribe_to_list, subscribed};
use super::fetch::index;
use super::net::Line;
use crate::error::{Error, Result};
use crate::library::{Added, Library};
use crate::model::Subscription;
use crate::sources::files::unreadable;
use crate::sources::http;
use crate::workers::fetcher::Told;
use crate::workers::subscribing::{self, Found};

/// What is to become of addresses.
pub struct Addresses {
    pub wanted: Vec<String>,
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
}

impl Addresses {
    /// Looks at each, and takes it; only looks where there is no library. `told` hears what became of it.
    pub fn take(self, context: &mut Context, library: Option<&mut Library>, told: &mut Report) -> Result<()> {
        if self.wanted.is_empty() {
            return Ok(());
        }
        let line = Line::open(context)?;
        let mut library = library;
        for address in &self.wanted {
            let became = self.take_one(context, library.as_deref_mut(), &line, address);
            let became = became.map_err(|error| (http::shown(address), error));
            told(context, became)?;
        }
        Ok(())
    }

    fn take_one(
        &self,
        context: &mut Context,
        library: Option<&mut Library>,
        line: &Line,
        address: &str,
    ) -> Result<Became> {
        let now = context.now.seconds;
        let wanted = Subscription { title: self.source.clone(), tags: self.tags.clone(), ..Subscription::default() };
        let found = if http::is_address(address) {
            subscribing::look(address, &wanted, line.net(), now)?
        } else {
            let bytes = std::fs::read(address).map_err(|error| unreadable(&error))?;
            Found::List(subscribing::list(bytes)?)
        };
        let became = |outcome, id, title| Became { address: http::shown(address), outcome, id, title };
        let Some(library) = library else {
            let what = match found {
                Found::Feed(..) => "a feed, to be subscribed to",
                Found::List(_) => "a list of feeds, to be subscribed to",
                Found::Page(_) => "a page, to be stored",
            };
            context.talk.say(&format!("{}: {what}", http::shown(address)));
            return Ok(became("readable", None, None));
        };
        match found {
            Found::Feed(address, fetched) => {
                let (feed, is_new, told) = subscribing::subscribe(library, address, wanted, *fetched, line.net(), now)?;
                subscribed(context, library, &feed, is_new, &told);
                let outcome = if is_new { "subscribed" } else { "known" };
                let updated = matches!(told, Told::News { updated: 1.., .. });
                Ok(became(if updated { "updated" } else { outcome }, None, Some(feed.title().to_owned())))
            }
            Found::List(list) => {
                subscribe_to_list(context, library, &list, &Subscription { title: None, ..wanted })?;
                Ok(became("subscribed", None, None))
            }
            Found::Page(mut page) => {
                page.article.source = self.source.clone().or(page.article.source);
                for tag in &self.tags {
                    if !page.article.tags.contains(tag) {
                        page.article.tags.push(tag.clone());
                    }
                }
                let (title, feeds) = (page.article.title.clone(), std::mem::take(&mut page.feeds));
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
