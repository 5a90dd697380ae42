//! What can be asked of feeds.

use super::{Command, everywhere, on_article};
use crate::app::effect::Feeds;

pub(super) const COMMANDS: &[Command] = &[
    Command {
        ready: |state| !state.passing,
        ..everywhere("refresh", &["r"], "ask this source for news", |app, _| app.refresh_source())
    },
    Command {
        ready: |state| !state.passing,
        ..everywhere("refresh-all", &["R"], "ask all feeds for news", |app, _| app.refresh(Feeds::All))
    },
    Command {
        ready: |state| !state.passing,
        ..everywhere("feeds", &["g f"], "feeds: how they are and how each is kept", |app, _| app.show_feeds())
    },
    Command {
        ready: |state| !state.refresh.failing.is_empty(),
        lacking: "no feed failed",
        ..everywhere("failed-feeds", &["g e"], "the feeds that failed, and what to do", |app, _| app.show_failing())
    },
    Command {
        ready: |state| !state.passing && on_article(state),
        ..everywhere("full-text", &["x"], "fetch the whole text from the article's page", |app, _| {
            app.fetch_full_text();
        })
    },
];
