//! Which keys the reader wants for which commands: a preset, changed by the bindings of the file.

use super::chords::Keys;

/// The reader's keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bindings {
    pub preset: Preset,
    /// In the order of the file.
    pub bound: Vec<Binding>,
}

/// The keys to begin with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Preset {
    /// Those of the command table.
    #[default]
    Default,
    /// Those that readers of newsboat know.
    Newsboat,
    None,
}

/// What keys do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Only for the commands of this context; `None`: for all.
    pub context: Option<String>,
    pub keys: Keys,
    /// The command's name; `None`: nothing.
    pub command: Option<String>,
}

/// Keys of newsboat, by the command that comes nearest. Commands that are not named keep their own keys, unless one of
/// these hides them.
const NEWSBOAT: &[(&str, &[&str])] = &[
    ("read", &["N"]),
    ("next-hit", &["n"]),
    ("previous-hit", &["p"]),
    ("next-found", &["n"]),
    ("previous-found", &["p"]),
    ("tag", &["ctrl-e"]),
    ("bookmark", &["b", "ctrl-b"]),
    ("export", &["s"]),
    ("follow", &["u"]),
    ("undo", &["ctrl-u"]),
    ("sort", &["g"]),
    ("top", &["home"]),
    ("unread", &["l"]),
    ("right", &["right"]),
    ("zoom", &["Z"]),
    ("page-down", &["pagedown"]),
    ("page-up", &["pageup"]),
    ("half-page-up", &[]),
];

impl Bindings {
    /// The keys of the command `name`, which counts in `context`; `own` are those of the command table.
    #[must_use]
    pub fn keys_of(&self, context: &str, name: &str, own: &[&str]) -> Vec<Keys> {
        let read = |keys: &[&str]| keys.iter().filter_map(|keys| Keys::parse(keys).ok()).collect::<Vec<_>>();
        let newsboat = NEWSBOAT.iter().find(|(command, _)| *command == name).map(|(_, keys)| read(keys));
        let mut found = match (self.preset, newsboat) {
            (Preset::None, _) => Vec::new(),
            (Preset::Newsboat, Some(keys)) => keys,
            (Preset::Newsboat, None) => {
                let taken = NEWSBOAT.iter().flat_map(|(_, keys)| read(keys)).collect::<Vec<_>>();
                read(own).into_iter().filter(|keys| !taken.iter().any(|taken| taken.hides(keys))).collect()
            }
            (Preset::Default, _) => read(own),
        };
        for binding in self.bound.iter().filter(|binding| binding.context.as_deref().is_none_or(|c| c == context)) {
            // The binding's keys, and any that could no longer be struck beside them, are taken away first.
            found.retain(|keys| !keys.hides(&binding.keys));
            if binding.command.as_deref() == Some(name) {
                found.push(binding.keys.clone());
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMANDS: &[(&str, &str, &[&str])] = &[
        ("everywhere", "down", &["j", "down"]),
        ("everywhere", "top", &["g g"]),
        ("everywhere", "unread", &["g u"]),
        ("list", "search", &["/"]),
        ("article", "find", &["/"]),
        ("article", "follow", &["f"]),
    ];

    fn keymap(bindings: &Bindings) -> String {
        let lines = COMMANDS.iter().map(|(context, name, own)| {
            let keys: Vec<_> = bindings.keys_of(context, name, own).iter().map(ToString::to_string).collect();
            format!("{name}={}", keys.join(","))
        });
        lines.collect::<Vec<_>>().join(" ")
    }

    /// Context, keys, command.
    type Bound<'a> = (Option<&'a str>, &'a str, Option<&'a str>);

    fn bound(bound: &[Bound]) -> Bindings {
        let bound = bound.iter().map(|(context, keys, command)| Binding {
            context: context.map(str::to_owned),
            keys: Keys::parse(keys).unwrap(),
            command: command.map(str::to_owned),
        });
        Bindings { preset: Preset::Default, bound: bound.collect() }
    }

    #[test]
    fn the_file_changes_the_preset() {
        let table: &[(&[Bound], &str)] = &[
            (&[], "down=j,down top=gg unread=gu search=/ find=/ follow=f"),
            (&[(None, "x", Some("down"))], "down=j,down,x top=gg unread=gu search=/ find=/ follow=f"),
            (&[(None, "j", None)], "down=down top=gg unread=gu search=/ find=/ follow=f"),
            (&[(None, "f", Some("down"))], "down=j,down,f top=gg unread=gu search=/ find=/ follow="),
            (&[(Some("list"), "/", None)], "down=j,down top=gg unread=gu search= find=/ follow=f"),
            (&[(None, "/", None)], "down=j,down top=gg unread=gu search= find= follow=f"),
            (&[(None, "g", Some("top"))], "down=j,down top=g unread= search=/ find=/ follow=f"),
            (&[(None, "f x", Some("top"))], "down=j,down top=gg,fx unread=gu search=/ find=/ follow="),
            (&[(None, "x", Some("top")), (None, "x", None)], "down=j,down top=gg unread=gu search=/ find=/ follow=f"),
        ];
        for (bindings, expected) in table {
            assert_eq!(keymap(&bound(bindings)), *expected, "{bindings:?}");
        }
    }

    #[test]
    fn presets_begin_otherwise() {
        let mut bindings = bound(&[(None, "x", Some("down"))]);
        bindings.preset = Preset::None;
        assert_eq!(keymap(&bindings), "down=x top= unread= search= find= follow=");
        bindings.preset = Preset::Newsboat;
        assert_eq!(keymap(&bindings), "down=j,down,x top=home unread=l search=/ find=/ follow=u");
    }

    #[test]
    fn every_key_of_a_preset_can_be_read_and_is_bound_once() {
        for (name, keys) in NEWSBOAT {
            for keys in *keys {
                assert!(Keys::parse(keys).is_ok(), "{name}: {keys}");
            }
        }
    }
}
