//! The settings as the program uses them: checked, complete, with defaults where the reader said nothing.

use std::path::{Path, PathBuf};

use super::bindings::Bindings;
use super::chords::Keys;
use super::options::OPTIONS;
use super::problem::Problem;
use super::raw;
use super::theme::{Depth, Ground, Override, Theme};
use crate::model::Order;

/// Everything that can be set. The table of options says what each is for.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    pub theme: ThemeChoice,
    pub color: ColorChoice,
    pub ascii: bool,
    pub mouse: bool,
    /// Cells.
    pub measure: u16,
    /// Cells.
    pub list_width: u16,
    pub places: PlacesChoice,
    /// Rows from which on a quotation counts as long.
    pub long_quote_rows: u16,
    pub mark_read: MarkRead,
    pub sort: Order,
    /// In a query a capital letter or an accent is meant.
    pub exact: bool,
    /// One row for all articles that tell the same story.
    pub fold: bool,
    /// The program and its arguments; the address comes behind them. Empty: the system's.
    pub browser: Vec<String>,
    /// The program and its arguments; empty: asked for each time.
    pub pipe: Vec<String>,
    /// `None`: the standard place.
    pub library: Option<PathBuf>,
    /// Minutes after which feeds that are due are asked by themselves; 0: only when the reader asks.
    pub refresh: u16,
    /// The file of credentials, beside that of the settings; whoever reads these says where that is.
    pub credentials: PathBuf,
    /// Folders in which newsboat may keep its things or a list of feeds may lie, the likeliest first; from there too. What is
    /// found is named at the first start.
    pub elsewhere: Vec<PathBuf>,
    pub bindings: Bindings,
    pub colors: Vec<Override>,
}

/// Which theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThemeChoice {
    /// Dark or light, as the terminal's background is.
    Auto,
    Dark,
    Light,
    Plain,
}

impl ThemeChoice {
    /// In the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Auto, Self::Dark, Self::Light, Self::Plain];

    /// As it is written in the settings.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Plain => "plain",
        }
    }
}

/// Whether there are colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColorChoice {
    /// As the terminal and `NO_COLOR` say.
    Auto,
    Always,
    Never,
}

/// When the pane of places is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlacesChoice {
    /// Where there is room.
    Auto,
    Always,
    Never,
}

/// When an article becomes read by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkRead {
    /// When it is opened.
    Open,
    /// When its end was on the screen.
    End,
    Never,
}

impl Default for Settings {
    /// What the table of options says.
    fn default() -> Self {
        let mut settings = Self {
            theme: ThemeChoice::Auto,
            color: ColorChoice::Auto,
            ascii: false,
            mouse: false,
            measure: 0,
            list_width: 0,
            places: PlacesChoice::Auto,
            long_quote_rows: 0,
            mark_read: MarkRead::Never,
            sort: Order::Newest,
            exact: false,
            fold: true,
            browser: Vec::new(),
            pipe: Vec::new(),
            library: None,
            refresh: 0,
            credentials: PathBuf::new(),
            elsewhere: Vec::new(),
            bindings: Bindings::default(),
            colors: Vec::new(),
        };
        for option in OPTIONS {
            raw::set_default(option, &mut settings);
        }
        settings
    }
}

impl Settings {
    /// The settings that the file `path` with its `text` (`None` where there is no file) and the environment ask for,
    /// and every problem with them. What is good counts, whatever stands beside it; what is not keeps its default.
    ///
    /// `env` gives the variables of the environment; each option may be set by one (`PULLQUOTE_` and its name), which
    /// counts more than the file. `commands` are the contexts and names of the commands that keys may be bound to.
    #[must_use]
    pub fn load(
        path: &Path,
        text: Option<&str>,
        env: &dyn Fn(&str) -> Option<String>,
        commands: &[(&str, &str)],
    ) -> (Self, Vec<Problem>) {
        let mut settings = Self::default();
        let mut problems = Vec::new();
        if let Some(text) = text {
            problems.extend(raw::read(path, text, env, commands, &mut settings));
        }
        problems.extend(raw::read_environment(env, &mut settings));
        (settings, problems)
    }

    /// The keys of the command `name`, which counts in `context`; `own` are those of the command table.
    #[must_use]
    pub fn keys_of(&self, context: &str, name: &str, own: &[&str]) -> Vec<Keys> {
        self.bindings.keys_of(context, name, own)
    }

    /// The theme on a terminal of `depth` whose background is dark or not, where that has to decide.
    #[must_use]
    pub fn theme_on(&self, dark: bool, depth: Depth) -> Theme {
        let ground = match self.theme {
            ThemeChoice::Auto if dark => Ground::Dark,
            ThemeChoice::Auto | ThemeChoice::Light => Ground::Light,
            ThemeChoice::Dark => Ground::Dark,
            ThemeChoice::Plain => Ground::Plain,
        };
        Theme::new(ground, depth, &self.colors)
    }
}
