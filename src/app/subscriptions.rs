//! The feeds listed with how they are, also while they are asked; and what is decided about each.

use super::effect::{Effect, Feeds};
use super::event::Notice;
use super::state::feeds::{self, Outcome, Setting};
use super::state::overlay::{Entry, Overlay, Picker, PickerKind};
use super::state::{Prompt, PromptKind};
use super::{App, picker_rows};
use crate::model::{Feed, FeedId, Subscription};

impl App {
    /// Shows the feeds.
    pub(super) fn show_feeds(&mut self) {
        self.list_feeds(None);
        self.push(Effect::Feeds);
    }

    /// Takes the feeds as they are now; where they are shown, nothing moves.
    pub(super) fn take_feeds(&mut self, feeds: Vec<Feed>) {
        self.state.refresh.feeds = Some(feeds);
        let Some(Overlay::Picker(picker)) = &self.state.overlay else { return };
        match picker.kind {
            PickerKind::Feeds => {
                let at = picker.matching().get(picker.cursor).map(|entry| entry.value);
                let typed = picker.input.clone();
                self.list_feeds(at);
                if let Some(Overlay::Picker(picker)) = &mut self.state.overlay {
                    picker.input = typed;
                    picker.cursor = picker.matching().iter().position(|entry| Some(entry.value) == at).unwrap_or(0);
                    picker.follow(picker_rows(self.state.size));
                }
            }
            PickerKind::Feed(feed) => self.show_feed(feed, picker.cursor),
            _ => {}
        }
    }

    /// Lists the feeds that are known, with the cursor on the one whose entry has the value `at`.
    fn list_feeds(&mut self, at: Option<usize>) {
        let refresh = &self.state.refresh;
        let known = refresh.feeds.as_deref().unwrap_or_default();
        let entries = known.iter().map(|feed| feeds::entry(feed, refresh.outcome(feed.id), &self.state.now));
        let mut picker = Picker::new(PickerKind::Feeds, "Feeds", entries.collect());
        picker.answered = refresh.feeds.is_some();
        picker.cursor = picker.entries.iter().position(|entry| Some(entry.value) == at).unwrap_or(0);
        picker.follow(picker_rows(self.state.size));
        self.state.overlay = Some(Overlay::Picker(picker));
    }

    /// These feeds are being asked.
    pub(super) fn asked(&mut self, feeds: Vec<FeedId>) {
        self.state.refresh.outcomes = feeds.into_iter().map(|feed| (feed, Outcome::Waiting)).collect();
        self.state.refresh.last = None;
        if matches!(&self.state.overlay, Some(Overlay::Picker(picker)) if picker.kind == PickerKind::Feeds) {
            self.push(Effect::Feeds);
        }
    }

    /// One of them has answered or failed: its line says so.
    pub(super) fn told(&mut self, feed: FeedId, title: String, outcome: Outcome) {
        let value = feeds::number(feed);
        self.state.refresh.outcomes.insert(feed, outcome.clone());
        let known = self.state.refresh.feeds.iter().flatten().find(|known| known.id == feed);
        let line = known.map(|feed| feeds::entry(feed, Some(&outcome), &self.state.now));
        if let (Some(Overlay::Picker(picker)), Some(line)) = (&mut self.state.overlay, line)
            && picker.kind == PickerKind::Feeds
            && let Some(entry) = picker.entries.iter_mut().find(|entry| entry.value == value)
        {
            *entry = line;
        }
        self.state.refresh.last = Some((title, outcome));
    }

    /// Shows how a feed is kept, and offers to change it.
    pub(super) fn pick_feed(&mut self, value: usize) {
        let known = self.state.refresh.feeds.iter().flatten().find(|feed| feeds::number(feed.id) == value);
        if let Some(feed) = known.map(|feed| feed.id) {
            self.show_feed(feed, 0);
        }
    }

    fn show_feed(&mut self, feed: FeedId, cursor: usize) {
        let Some(feed) = self.feed(feed) else { return self.list_feeds(None) };
        let mut entries: Vec<Entry> = (0..)
            .zip(Setting::ALL)
            .map(|(value, setting)| Entry {
                left: setting.label().to_owned(),
                right: setting.value(feed),
                value,
                also: String::new(),
            })
            .collect();
        // To be read, not to be chosen.
        let names: Vec<&str> = feed.subscription.headers.iter().map(|(name, _)| name.as_str()).collect();
        let failing = feed.failure.as_ref().map(|failing| failing.message.clone()).unwrap_or_default();
        let remedy = feed.failure.as_ref().and_then(|failing| failing.hint.clone()).unwrap_or_default();
        let told = [
            ("address", feed.address.clone()),
            ("moved to", feed.moved.clone().unwrap_or_default()),
            ("headers", names.join(" ")),
            ("failed", failing),
            ("", remedy),
        ];
        let told = told.into_iter().filter(|(_, value)| !value.is_empty()).map(|(left, right)| Entry {
            left: left.to_owned(),
            right,
            value: Setting::ALL.len(),
            also: String::new(),
        });
        entries.extend(told);
        let mut picker = Picker::new(PickerKind::Feed(feed.id), feed.title(), entries);
        picker.cursor = cursor;
        picker.follow(picker_rows(self.state.size));
        self.state.overlay = Some(Overlay::Picker(picker));
    }

    /// Back from one feed to all of them.
    pub(super) fn leave_feed(&mut self, feed: FeedId) {
        self.list_feeds(Some(feeds::number(feed)));
    }

    /// Changes what an entry of a feed's settings names, or asks how.
    pub(super) fn pick_setting(&mut self, feed: FeedId, value: usize) {
        let Some(setting) = Setting::ALL.get(value).copied() else { return self.show_feed(feed, value) };
        let Some(kept) = self.feed(feed).map(|feed| feed.subscription.clone()) else { return };
        match setting {
            Setting::Ask => {
                self.leave_feed(feed);
                self.refresh(Feeds::One(feed));
            }
            Setting::FullText | Setting::Remove => self.decide(feed, setting, ""),
            _ => {
                let prompt = Prompt::new(PromptKind::Setting(setting), &setting.text(&kept));
                self.state.prompt = Some(Prompt { feed: Some(feed), ..prompt });
            }
        }
    }

    /// Decides something about a feed as `text` says, and shows how it is kept now.
    pub(super) fn decide(&mut self, feed: FeedId, setting: Setting, text: &str) {
        let Some(known) = self.state.refresh.feeds.iter_mut().flatten().find(|known| known.id == feed) else { return };
        let mut to: Subscription = known.subscription.clone();
        if let Err(wrong) = setting.decide(text, &mut to) {
            self.show_setting(feed, setting);
            return self.notify(Notice::failed(wrong));
        }
        if to != known.subscription {
            known.subscription = to.clone();
            let title = known.title().to_owned();
            self.notify(Notice::said(match setting {
                Setting::Remove => format!("{title} is not asked any more; u takes it back"),
                _ => format!("{title}: {} changed; u takes it back", setting.label()),
            }));
            self.push(Effect::Resubscribe { feed, to });
        }
        if setting == Setting::Remove {
            self.state.refresh.feeds.iter_mut().for_each(|feeds| feeds.retain(|known| known.id != feed));
            return self.list_feeds(None);
        }
        self.show_setting(feed, setting);
    }

    /// Shows how a feed is kept, with the cursor on one setting.
    pub(super) fn show_setting(&mut self, feed: FeedId, setting: Setting) {
        let at = Setting::ALL.iter().position(|known| *known == setting).unwrap_or(0);
        self.show_feed(feed, at);
    }

    fn feed(&self, feed: FeedId) -> Option<&Feed> {
        self.state.refresh.feeds.iter().flatten().find(|known| known.id == feed)
    }
}
