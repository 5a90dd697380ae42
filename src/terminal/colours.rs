//! What the terminal can show: how many colours, and whether its background is light or dark. Asked once, before the
//! terminal is taken; nothing here is needed to read.

use std::io::IsTerminal;
use std::time::Duration;

use terminal_colorsaurus::{Error, QueryOptions, background_color};

use crate::config::{ColorChoice, Depth};

/// How long the terminal may take to say its background; over a slow line the theme for a dark one is taken.
const PATIENCE: Duration = Duration::from_millis(200);

/// The lightness, from 0 to 1, above which a background is light.
const MIDDLE: f32 = 0.5;

/// How many colours may be used; `var` gives a variable of the environment, which decides where `choice` leaves it open.
/// `NO_COLOR` as on no-color.org: set and not empty, whatever its value.
pub(super) fn depth(choice: ColorChoice, var: impl Fn(&str) -> Option<String>) -> Depth {
    let filled = |name| var(name).filter(|value| !value.is_empty());
    if choice == ColorChoice::Never || (choice == ColorChoice::Auto && filled("NO_COLOR").is_some()) {
        return Depth::None;
    }
    if matches!(filled("COLORTERM").as_deref(), Some("truecolor" | "24bit")) {
        return Depth::True;
    }
    // Terminals that can do it and say so by name only, which is what is left of the environment over ssh.
    let term = filled("TERM").unwrap_or_default();
    let names = ["direct", "kitty", "alacritty", "foot", "ghostty", "wezterm", "contour"];
    if names.iter().any(|name| term.contains(name)) {
        Depth::True
    } else if term.contains("256") {
        Depth::Indexed256
    } else {
        Depth::Ansi16
    }
}

/// What the terminal answered when asked for its background.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Background {
    Light,
    Dark,
    Unknown,
    /// It did not answer in time: the answer may still come, among the keys.
    Late,
}

/// Asks the terminal for its background. Reads from it: no other thread may.
pub(super) fn background() -> Background {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Background::Unknown;
    }
    let mut options = QueryOptions::default();
    options.timeout = PATIENCE;
    match background_color(options) {
        Ok(colour) if colour.perceived_lightness() > MIDDLE => Background::Light,
        Ok(_) => Background::Dark,
        Err(Error::Timeout(_)) => Background::Late,
        Err(_) => Background::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_says_how_many_colours() {
        let table: [(&[(&str, &str)], Depth); 9] = [
            (&[("TERM", "xterm-256color")], Depth::Indexed256),
            (&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")], Depth::True),
            (&[("TERM", "tmux-256color"), ("COLORTERM", "24bit")], Depth::True),
            (&[("TERM", "xterm-kitty")], Depth::True),
            (&[("TERM", "xterm-direct")], Depth::True),
            (&[("TERM", "linux")], Depth::Ansi16),
            (&[], Depth::Ansi16),
            (&[("TERM", "xterm-kitty"), ("NO_COLOR", "0")], Depth::None),
            (&[("TERM", "xterm"), ("NO_COLOR", "")], Depth::Ansi16),
        ];
        for (environment, expected) in table {
            let var = |name: &str| {
                let found = environment.iter().find(|(key, _)| *key == name);
                found.map(|(_, value)| (*value).to_owned())
            };
            assert_eq!(depth(ColorChoice::Auto, var), expected, "{environment:?}");
            assert_eq!(depth(ColorChoice::Never, var), Depth::None, "{environment:?}");
            assert_ne!(depth(ColorChoice::Always, var), Depth::None, "{environment:?}");
        }
    }
}
