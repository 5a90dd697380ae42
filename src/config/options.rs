//! The one table of options: defaults, checks, `PULLQUOTE_*`, the example configuration and the docs are made from it.

use std::ops::RangeInclusive;
use std::path::PathBuf;

use super::bindings::Preset;
use super::settings::{ColorChoice, MarkRead, PlacesChoice, Settings, ThemeChoice};
use crate::model::Order;

const MINUTES_A_WEEK: u16 = 7 * 24 * 60;

/// Something that can be set.
#[derive(Clone, Debug)]
pub struct ConfigOption {
    pub name: &'static str,
    /// As it is written in the file.
    pub default: &'static str,
    /// What it does, in a sentence.
    pub help: &'static str,
    pub(super) kind: Kind,
}

/// What may be set, and where it goes.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    Flag(fn(&mut Settings) -> &mut bool),
    Number(RangeInclusive<u16>, fn(&mut Settings) -> &mut u16),
    Choice(&'static [Choice]),
    /// A program and its arguments.
    Program(fn(&mut Settings) -> &mut Vec<String>),
    /// A file; nothing is the standard place.
    File(fn(&mut Settings) -> &mut Option<PathBuf>),
}

/// A word that may be chosen, and what it sets.
type Choice = (&'static str, fn(&mut Settings));

/// Every option, in the order of the example configuration.
pub const OPTIONS: &[ConfigOption] = &[
    ConfigOption {
        name: "theme",
        default: "\"auto\"",
        help: "The colours; auto goes by the terminal's background, plain has attributes only.",
        kind: Kind::Choice(&[
            (ThemeChoice::Auto.name(), |settings| settings.theme = ThemeChoice::Auto),
            (ThemeChoice::Dark.name(), |settings| settings.theme = ThemeChoice::Dark),
            (ThemeChoice::Light.name(), |settings| settings.theme = ThemeChoice::Light),
            (ThemeChoice::Plain.name(), |settings| settings.theme = ThemeChoice::Plain),
        ]),
    },
    ConfigOption {
        name: "color",
        default: "\"auto\"",
        help: "Whether there are colours at all; auto goes by the terminal and NO_COLOR.",
        kind: Kind::Choice(&[
            ("auto", |settings| settings.color = ColorChoice::Auto),
            ("always", |settings| settings.color = ColorChoice::Always),
            ("never", |settings| settings.color = ColorChoice::Never),
        ]),
    },
    ConfigOption {
        name: "ascii",
        default: "false",
        help: "Draw lines, bullets and marks with ASCII only; texts stay as they are.",
        kind: Kind::Flag(|settings| &mut settings.ascii),
    },
    ConfigOption {
        name: "mouse",
        default: "true",
        help: "Click, wheel and drag; false leaves the mouse to the terminal.",
        kind: Kind::Flag(|settings| &mut settings.mouse),
    },
    ConfigOption {
        name: "measure",
        default: "66",
        help: "The width of an article's text, in columns.",
        kind: Kind::Number(20..=160, |settings| &mut settings.measure),
    },
    ConfigOption {
        name: "list_width",
        default: "43",
        help: "The width of the list beside an article, in columns.",
        kind: Kind::Number(20..=160, |settings| &mut settings.list_width),
    },
    ConfigOption {
        name: "places",
        default: "\"auto\"",
        help: "The pane of places (sources, tags and so on); auto shows it where there is room.",
        kind: Kind::Choice(&[
            ("auto", |settings| settings.places = PlacesChoice::Auto),
            ("always", |settings| settings.places = PlacesChoice::Always),
            ("never", |settings| settings.places = PlacesChoice::Never),
        ]),
    },
    ConfigOption {
        name: "long_quote_rows",
        default: "2",
        help: "Rows from which on a quotation gets a bar and its speaker below it; a few words that a row breaks get none.",
        kind: Kind::Number(1..=1000, |settings| &mut settings.long_quote_rows),
    },
    ConfigOption {
        name: "mark_read",
        default: "\"open\"",
        help: "When an article becomes read by itself: when it is opened, at its end, or never.",
        kind: Kind::Choice(&[
            ("open", |settings| settings.mark_read = MarkRead::Open),
            ("end", |settings| settings.mark_read = MarkRead::End),
            ("never", |settings| settings.mark_read = MarkRead::Never),
        ]),
    },
    ConfigOption {
        name: "sort",
        default: "\"newest\"",
        help: "The order of lists where nothing is searched.",
        kind: Kind::Choice(&[
            ("newest", |settings| settings.sort = Order::Newest),
            ("oldest", |settings| settings.sort = Order::Oldest),
        ]),
    },
    ConfigOption {
        name: "exact",
        default: "false",
        help: "Search words with a capital letter or an accent as they are written; =word always does.",
        kind: Kind::Flag(|settings| &mut settings.exact),
    },
    ConfigOption {
        name: "fold",
        default: "true",
        help: "One row for the same story from several sources; + shows the others.",
        kind: Kind::Flag(|settings| &mut settings.fold),
    },
    ConfigOption {
        name: "keymap",
        default: "\"default\"",
        help: "The keys to begin with; none binds only what [keys] says.",
        kind: Kind::Choice(&[
            ("default", |settings| settings.bindings.preset = Preset::Default),
            ("newsboat", |settings| settings.bindings.preset = Preset::Newsboat),
            ("none", |settings| settings.bindings.preset = Preset::None),
        ]),
    },
    ConfigOption {
        name: "browser",
        default: "[]",
        help: "The program that opens links, with its arguments, where $BROWSER names none; else the system's.",
        kind: Kind::Program(|settings| &mut settings.browser),
    },
    ConfigOption {
        name: "pipe",
        default: "[]",
        help: "The program that the pipe command offers for an article's text, with its arguments.",
        kind: Kind::Program(|settings| &mut settings.pipe),
    },
    ConfigOption {
        name: "refresh",
        default: "0",
        help: "Minutes after which the reader asks the feeds that are due; 0 asks only when you do.",
        kind: Kind::Number(0..=MINUTES_A_WEEK, |settings| &mut settings.refresh),
    },
    ConfigOption {
        name: "library",
        default: "\"\"",
        help: "The file of the library; a relative one lies beside this file.",
        kind: Kind::File(|settings| &mut settings.library),
    },
];

impl ConfigOption {
    /// The variable of the environment that sets it.
    #[must_use]
    pub fn variable(&self) -> String {
        format!("PULLQUOTE_{}", self.name.to_ascii_uppercase())
    }

    /// What may be written: `"auto", "dark"`, `20 to 160`.
    #[must_use]
    pub fn values(&self) -> String {
        match &self.kind {
            Kind::Flag(_) => "true or false".to_owned(),
            Kind::Number(range, _) => format!("{} to {}", range.start(), range.end()),
            Kind::Choice(choices) => {
                choices.iter().map(|(name, _)| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
            }
            Kind::Program(_) => "a list of words, such as [\"program\", \"--option\"]".to_owned(),
            Kind::File(_) => "a path; \"\" is the standard place".to_owned(),
        }
    }
}
