//! The example configuration, made from the tables: every option with its default, every role with its colours.

use std::fmt::Write as _;

use super::options::OPTIONS;
use super::theme::ROLES;

/// The text of `config.example.toml`; all of it is commented out.
#[must_use]
pub fn example() -> String {
    let mut text = String::from(
        "# pullquote: every option with its default. Nothing here needs to be set.\n\
         # `pullquote config path` says where the file belongs, `pullquote config check` whether it is right.\n\
         # Each option can also be set by a variable of the environment: PULLQUOTE_MEASURE=72 pullquote\n",
    );
    for option in OPTIONS {
        let _ = write!(text, "\n# {}\n# {}\n# {} = {}\n", option.help, option.values(), option.name, option.default);
    }
    text.push_str(
        "\n# Keys and the commands they run; `pullquote keys` lists the commands. \"none\" takes a key away. Keys are\n\
         # characters, ctrl-d, alt-x, f1 to f12, enter, esc, tab, shift-tab, backspace, space, up, down, left, right, home,\n\
         # end, pageup, pagedown, delete, insert, and several of them one after the other: \"g g\".\n\
         # [keys]\n\
         # \"x\" = \"trash\"\n\
         \n\
         # Keys for the commands of one place only: everywhere, articles, list, article.\n\
         # [keys.list]\n\
         # \"A\" = \"none\"\n\
         \n\
         # What things look like: bold, italic, underline, dim, reverse, strikethrough, a colour, and \"on\" with the colour\n\
         # behind it. Colours are #e6c07b, yellow, bright-yellow, 214 or default. A line takes the place of the whole face.\n\
         # [colors] counts in every theme, [colors.dark], [colors.light] and [colors.plain] in one.\n\
         # Below are the dark theme's.\n\
         # [colors.dark]\n",
    );
    for row in ROLES {
        let _ = writeln!(text, "# {} = \"{}\"  # {}", row.name, row.dark, row.help);
    }
    text
}
