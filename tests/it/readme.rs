//! What the documents print from tables is what the tables say.

use std::fmt::Write;
use std::{fs, path::Path};

use pullquote::app::commands::{self, Context};
use pullquote::app::keymap::Keymap;
use pullquote::config::Settings;
use pullquote::query::{FIELDS, parse};

const BEGIN: &str = "<!-- keys -->\n";
const END: &str = "<!-- /keys -->";

/// Every command with its default keys, in the order of help.
fn table() -> String {
    let keymap = Keymap::new(&Settings::default());
    let mut table = String::new();
    for context in Context::ALL {
        writeln!(table, "### {}\n\n| keys | command | |\n|---|---|---|", context.title()).unwrap();
        for command in commands::all().filter(|command| command.context == context) {
            let keys: Vec<_> =
                keymap.keys_of(command).iter().map(|keys| format!("`{keys}`").replace('|', "\\|")).collect();
            writeln!(table, "| {} | `{}` | {} |", keys.join(" "), command.name, command.help).unwrap();
        }
        table.push('\n');
    }
    table
}

#[test]
fn the_keys_are_those_of_the_commands() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(path).unwrap();
    let (before, rest) = readme.split_once(BEGIN).expect("README.md has its mark for the keys");
    let (_, after) = rest.split_once(END).expect("README.md has the mark behind the keys");
    let right = format!("{before}{BEGIN}\n{}{END}{after}", table());
    if readme != right {
        let made = Path::new(env!("CARGO_TARGET_TMPDIR")).join("README.md");
        fs::write(&made, right).unwrap();
        panic!("README.md is behind the table of commands: put {} in its place", made.display());
    }
}

#[test]
fn the_fields_of_queries_are_those_of_the_language() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/search.md");
    let page = fs::read_to_string(path).unwrap();
    let mut table = String::from("| field | for example | finds |\n|---|---|---|\n");
    for field in FIELDS {
        let example = format!("{}:{}", field.name, field.example);
        assert!(parse(&example).is_ok(), "{example}");
        writeln!(table, "| `{}:` | `{example}` | {} |", field.name, field.help).unwrap();
    }
    let own: Vec<&str> = page.lines().filter(|line| line.starts_with('|')).collect();
    assert_eq!(own.join("\n") + "\n", table, "docs/search.md is behind the table of fields");
}
