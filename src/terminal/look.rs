//! The theme that is drawn in: the one the settings ask for, on what the terminal can show.

use crate::config::{Depth, Settings, Theme, ThemeChoice};

/// A theme, and what it was made from.
#[derive(Debug)]
pub(super) struct Look {
    dark: bool,
    depth: Depth,
    choice: ThemeChoice,
    theme: Theme,
}

impl Look {
    /// The look of `settings` on a terminal of `depth` with a dark background or a light one.
    pub(super) fn new(settings: &Settings, dark: bool, depth: Depth) -> Self {
        Self { dark, depth, choice: settings.theme, theme: settings.theme_on(dark, depth) }
    }

    /// Changes the theme where the settings now ask for another one.
    pub(super) fn follow(&mut self, settings: &Settings) {
        if self.choice != settings.theme {
            *self = Self::new(settings, self.dark, self.depth);
        }
    }

    pub(super) fn theme(&self) -> &Theme {
        &self.theme
    }
}
