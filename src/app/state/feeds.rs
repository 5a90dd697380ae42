//! The feeds as the reader sees them: how each is, and what can be decided about it.

use super::dates;
use super::overlay::Entry;
use crate::clock::Now;
use crate::model::{Feed, FeedId, Subscription};
use crate::text::counted;

/// What became of a feed in the refresh that is under way, or was last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It has not answered yet.
    Waiting,
    /// So many articles came from it, and so many have another text now.
    News { new: usize, updated: usize },
    /// Why not.
    Failed(String),
}

impl Outcome {
    /// In a few words.
    #[must_use]
    pub fn line(&self) -> String {
        match self {
            Self::Waiting => "waiting …".to_owned(),
            Self::News { new: 0, updated: 0 } => "nothing new".to_owned(),
            Self::News { new, updated: 0 } => format!("{new} new"),
            Self::News { new: 0, updated } => format!("{updated} changed"),
            Self::News { new, updated } => format!("{new} new, {updated} changed"),
            Self::Failed(message) => format!("! {message}"),
        }
    }
}

/// A feed in the list of feeds.
#[must_use]
pub fn entry(feed: &Feed, outcome: Option<&Outcome>, now: &Now) -> Entry {
    let Subscription { folder, tags, .. } = &feed.subscription;
    let articles = counted(feed.articles, "article");
    let state = match (outcome, &feed.failure, feed.fetched) {
        (Some(outcome), ..) => outcome.line(),
        _ if feed.gone => "! it is gone for good".to_owned(),
        (None, Some(failing), _) => format!("! {}", failing.message),
        (None, None, Some(at)) => format!("{articles}, asked {}", dates::moment(at, now)),
        (None, None, None) => "never asked".to_owned(),
    };
    Entry {
        left: feed.title().to_owned(),
        right: if folder.is_empty() { state } else { format!("{state}  in {folder}") },
        value: number(feed.id),
        also: format!("{folder} {} {}", tags.join(" "), feed.address),
    }
}

/// A feed's number as an entry has it.
#[must_use]
pub fn number(feed: FeedId) -> usize {
    usize::try_from(feed).unwrap_or(usize::MAX)
}

/// Something that is decided about a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    Title,
    Folder,
    Tags,
    Interval,
    FullText,
    Keep,
    Credentials,
    /// Asks it for news.
    Ask,
    /// Subscribes no longer.
    Remove,
}

impl Setting {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 9] = [
        Self::Title,
        Self::Folder,
        Self::Tags,
        Self::Interval,
        Self::FullText,
        Self::Keep,
        Self::Credentials,
        Self::Ask,
        Self::Remove,
    ];

    /// What it is called.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Folder => "folder",
            Self::Tags => "tags",
            Self::Interval => "interval",
            Self::FullText => "full text",
            Self::Keep => "keep",
            Self::Credentials => "credentials",
            Self::Ask => "ask now",
            Self::Remove => "remove",
        }
    }

    /// How it is for a feed, in words.
    #[must_use]
    pub fn value(self, feed: &Feed) -> String {
        let kept = &feed.subscription;
        let or = |text: &str, none: &str| if text.is_empty() { none.to_owned() } else { text.to_owned() };
        match self {
            Self::Title => match &kept.title {
                Some(title) => title.clone(),
                None => format!("as it calls itself: {}", feed.title()),
            },
            Self::Folder => or(&kept.folder, "none"),
            Self::Tags => or(&kept.tags.join(" "), "none"),
            Self::Interval if kept.interval == 0 => "as often as you refresh, unless it says when".to_owned(),
            Self::Interval => format!("not again within {}", counted(kept.interval, "minute")),
            Self::FullText if kept.full_text => "yes: each new article is taken from its page".to_owned(),
            Self::FullText => "no: articles are as the feed has them".to_owned(),
            Self::Keep => match kept.keep {
                Some(number) => format!("the newest {number}; older ones go to the trash"),
                None => "all articles".to_owned(),
            },
            Self::Credentials => or(kept.credentials.as_deref().unwrap_or_default(), "none"),
            Self::Ask => "for news, due or not".to_owned(),
            Self::Remove => "subscribe no longer; its articles stay".to_owned(),
        }
    }

    /// What is edited of it.
    #[must_use]
    pub fn text(self, kept: &Subscription) -> String {
        let number = |number: u32| if number == 0 { String::new() } else { number.to_string() };
        match self {
            Self::Title => kept.title.clone().unwrap_or_default(),
            Self::Folder => kept.folder.clone(),
            Self::Tags => kept.tags.join(" "),
            Self::Interval => number(kept.interval),
            Self::Keep => number(kept.keep.unwrap_or(0)),
            Self::Credentials => kept.credentials.clone().unwrap_or_default(),
            Self::FullText | Self::Ask | Self::Remove => String::new(),
        }
    }

    /// What stands before what is edited.
    #[must_use]
    pub fn prompt(self) -> &'static str {
        match self {
            Self::Title => "title ",
            Self::Folder => "folder ",
            Self::Tags => "tags for its articles ",
            Self::Interval => "minutes ",
            Self::Keep => "keep the newest ",
            Self::Credentials => "credentials ",
            Self::FullText | Self::Ask | Self::Remove => "",
        }
    }

    /// What may be written, shown while nothing is.
    #[must_use]
    pub fn example(self) -> &'static str {
        match self {
            Self::Title => "left empty, as it calls itself",
            Self::Folder => "News/Local; left empty, none",
            Self::Tags => "one two; left empty, none",
            Self::Interval => "a number; left empty, as it wishes",
            Self::Keep => "a number; left empty, all",
            Self::Credentials => "a name in credentials.toml; left empty, none",
            Self::FullText | Self::Ask | Self::Remove => "",
        }
    }

    /// Decides it as `text`, which is clean, says.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn decide(self, text: &str, to: &mut Subscription) -> Result<(), &'static str> {
        let number = || if text.is_empty() { Ok(0) } else { text.parse().map_err(|_| "a number is wanted here") };
        let named = Some(text.to_owned()).filter(|text| !text.is_empty());
        match self {
            Self::Title => to.title = named,
            Self::Folder => to.folder = Subscription::folder(text),
            Self::Tags => to.tags = text.split(' ').filter(|tag| !tag.is_empty()).map(str::to_owned).collect(),
            Self::Interval => to.interval = number()?,
            Self::Keep => to.keep = Some(number()?).filter(|number| *number > 0),
            Self::Credentials => to.credentials = named,
            Self::FullText => to.full_text = !to.full_text,
            Self::Remove => to.subscribed = false,
            Self::Ask => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_edited_is_what_was_decided() {
        for (setting, text, expected) in [
            (Setting::Title, "Tide Watch", Ok("Tide Watch")),
            (Setting::Folder, " News / /Local/", Ok("News/Local")),
            (Setting::Tags, "one two", Ok("one two")),
            (Setting::Interval, "60", Ok("60")),
            (Setting::Interval, "", Ok("")),
            (Setting::Interval, "soon", Err("a number is wanted here")),
            (Setting::Keep, "0", Ok("")),
            (Setting::Keep, "-3", Err("a number is wanted here")),
            (Setting::Credentials, "tide", Ok("tide")),
        ] {
            let mut to = Subscription::default();
            let decided = setting.decide(text, &mut to).map(|()| setting.text(&to));
            assert_eq!(decided.as_deref().map_err(|error| *error), expected, "{setting:?} {text}");
        }
    }
}
