//! Which keys run which command: the defaults of the command table, changed by the reader's settings.

use crate::config::{Chord, Keys, Settings};

use super::commands::{self, Command, Context};

/// Key sequences and their commands.
#[derive(Clone, Debug, Default)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

#[derive(Clone, Debug)]
struct Binding {
    context: Context,
    keys: Keys,
    command: &'static Command,
}

/// What the chords typed so far mean.
#[derive(Clone, Copy, Debug)]
pub enum Meaning {
    Command(&'static Command),
    /// More chords may follow.
    Begun,
    Nothing,
}

impl Keymap {
    /// The keys that `settings` ask for.
    #[must_use]
    pub fn new(settings: &Settings) -> Self {
        let mut map = Self::default();
        for command in commands::all() {
            for keys in settings.bindings.keys_of(command.context.name(), command.name, command.keys) {
                map.bindings.push(Binding { context: command.context, keys, command });
            }
        }
        map
    }

    /// What `chords` mean in a place where `contexts` count, the nearest one first.
    #[must_use]
    pub fn meaning(&self, contexts: &[Context], chords: &[Chord]) -> Meaning {
        let mut begun = false;
        for context in contexts {
            for binding in self.bindings.iter().filter(|binding| binding.context == *context) {
                if binding.keys.0 == chords {
                    return Meaning::Command(binding.command);
                }
                begun |= binding.keys.0.starts_with(chords);
            }
        }
        if begun { Meaning::Begun } else { Meaning::Nothing }
    }

    /// The keys of a command, as people write them.
    #[must_use]
    pub fn keys_of(&self, command: &Command) -> Vec<String> {
        // By name, not by address: the table may stand in the program more than once.
        let its = self.bindings.iter().filter(|binding| binding.command.name == command.name);
        its.map(|binding| binding.keys.to_string()).collect()
    }
}
