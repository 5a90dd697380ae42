//! The one table of commands: keymap, help, hint line, palette, `:` and `pullquote keys` are made from it.

mod articles;
mod changes;
mod everywhere;
mod feeds;
mod moving;
mod places;
mod quotes;
mod reading;

use super::App;
use super::state::{Focus, State};

/// Where a command's keys count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Context {
    /// In every pane.
    Everywhere,
    /// In the list and in the article.
    Articles,
    List,
    Article,
    /// Where two texts of an article are compared.
    Changes,
    Places,
}

impl Context {
    /// As it is written in the settings: `[keys.list]`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Everywhere => "everywhere",
            Self::Articles => "articles",
            Self::List => "list",
            Self::Article => "article",
            Self::Changes => "changes",
            Self::Places => "places",
        }
    }

    /// As a heading over its keys.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Everywhere => "Everywhere",
            Self::Articles => "On an article, in the list or open",
            Self::List => "In the list",
            Self::Article => "In the article",
            Self::Changes => "Where two texts are compared",
            Self::Places => "In the places",
        }
    }

    /// All contexts, in the order of help.
    pub const ALL: [Self; 6] =
        [Self::Article, Self::Changes, Self::List, Self::Places, Self::Articles, Self::Everywhere];

    /// The contexts that count where the focus is, the nearest one first.
    #[must_use]
    pub fn of(state: &State) -> &'static [Self] {
        match state.focus {
            Focus::Places => Self::SETS[0],
            Focus::List => Self::SETS[1],
            Focus::Article if state.article.difference.is_some() => Self::SETS[2],
            Focus::Article => Self::SETS[3],
        }
    }

    /// The contexts that count together.
    const SETS: [&'static [Self]; 4] = [
        &[Self::Places, Self::Everywhere],
        &[Self::List, Self::Articles, Self::Everywhere],
        &[Self::Changes, Self::Articles, Self::Everywhere],
        &[Self::Article, Self::Articles, Self::Everywhere],
    ];
}

/// Something the reader can ask for.
#[derive(Debug)]
pub struct Command {
    /// As it is typed behind `:` and written in the settings.
    pub name: &'static str,
    /// Default keys, as `config::Keys` reads them.
    pub keys: &'static [&'static str],
    pub context: Context,
    /// What it does, in a line.
    pub help: &'static str,
    /// A word for the hint line, where it stands there when it is ready; else empty.
    pub hint: fn(&State) -> &'static str,
    /// Whether it has something to act on.
    pub ready: fn(&State) -> bool,
    /// What is said when it has not.
    pub lacking: &'static str,
    pub run: fn(&mut App, &Args),
}

/// What a command is given.
#[derive(Clone, Copy, Debug, Default)]
pub struct Args<'a> {
    /// The number typed before the key.
    pub count: Option<usize>,
    /// What was typed behind the name on the command line.
    pub text: &'a str,
}

impl Args<'_> {
    /// The count as a number of steps; one where none was typed.
    #[must_use]
    pub fn steps(&self) -> isize {
        isize::try_from(self.count.unwrap_or(1)).unwrap_or(isize::MAX)
    }
}

/// Every command, in the order of help.
pub fn all() -> impl Iterator<Item = &'static Command> {
    let tables = [
        reading::COMMANDS,
        changes::COMMANDS,
        articles::COMMANDS,
        places::COMMANDS,
        quotes::COMMANDS,
        feeds::COMMANDS,
        moving::COMMANDS,
        everywhere::COMMANDS,
    ];
    tables.into_iter().flatten()
}

/// The command of this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Command> {
    all().find(|command| command.name == name)
}

/// A command that counts in every pane.
const fn everywhere(
    name: &'static str,
    keys: &'static [&'static str],
    help: &'static str,
    run: fn(&mut App, &Args),
) -> Command {
    Command { name, keys, context: Context::Everywhere, help, hint: no_hint, ready: always, lacking: NOTHING, run }
}

/// What most commands lack that are not ready.
const NOTHING: &str = "nothing to act on here";

fn no_hint(_: &State) -> &'static str {
    ""
}

fn always(_: &State) -> bool {
    true
}

fn on_article(state: &State) -> bool {
    state.current().is_some()
}

fn article_open(state: &State) -> bool {
    state.article.stored.is_some() && state.article.difference.is_none()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::config::Keys;

    #[test]
    fn names_are_given_once() {
        let mut names = BTreeSet::new();
        for command in all() {
            assert!(names.insert(command.name), "{} is named twice", command.name);
            assert!(!command.help.is_empty(), "{} has no help", command.name);
        }
    }

    #[test]
    fn default_keys_are_read_and_no_key_hides_another() {
        for contexts in Context::SETS {
            let in_sight: Vec<(Context, &str, Keys)> = all()
                .filter(|command| contexts.contains(&command.context))
                .flat_map(|command| {
                    command.keys.iter().map(|keys| (command.context, command.name, Keys::parse(keys).unwrap()))
                })
                .collect();
            for (context, name, keys) in &in_sight {
                for (other_context, other, others) in &in_sight {
                    let same = name == other && keys == others;
                    // The nearer context wins on purpose; within one, and as the beginning of a sequence, nothing may.
                    let clash = if context == other_context { others.0.starts_with(&keys.0) } else { false };
                    let begins = keys != others && others.0.starts_with(&keys.0);
                    assert!(same || !(clash || begins), "{name} ({keys}) hides {other} ({others})");
                }
            }
        }
    }
}
