//! What the file and the environment say, checked piece by piece: good pieces go into the settings, the others become
//! problems, all of them at once.

use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::bindings::Binding;
use super::chords::Keys;
use super::options::{ConfigOption, Kind, OPTIONS};
use super::problem::{Place, Problem, meant};
use super::settings::Settings;
use super::theme::{Face, Ground, Override, ROLES};

type Env<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The tables of the file beside its options.
const TABLES: [&str; 2] = ["keys", "colors"];

const GROUNDS: [(&str, Ground); 3] = [("dark", Ground::Dark), ("light", Ground::Light), ("plain", Ground::Plain)];

/// What is written for a key that does nothing.
const UNBOUND: &str = "none";

/// A message and a hint, not yet at a place.
type Fault = (String, String);

/// Puts an option's default into `settings`.
pub(super) fn set_default(option: &ConfigOption, settings: &mut Settings) {
    // A test proves that every default is taken.
    if let Ok(value) = DeValue::parse(option.default) {
        let _ = set(option, value.get_ref(), Path::new(""), &|_| None, settings);
    }
}

/// Reads the file `path` with its `text` into `settings`.
pub(super) fn read(
    path: &Path,
    text: &str,
    env: Env,
    commands: &[(&str, &str)],
    settings: &mut Settings,
) -> Vec<Problem> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut file = File { path, text, env, commands, problems: Vec::new() };
    for error in errors {
        let span = error.span().unwrap_or(text.len()..text.len());
        file.add(
            &span,
            (error.message().replace('\n', ", "), "see https://toml.io for how the file is written".to_owned()),
        );
    }
    // What the parser made up to go on behind an error is no fault of the reader's.
    let syntax = file.problems.len();
    file.options(table.get_ref(), settings);
    let mut problems = file.problems;
    let on_broken_line = {
        let lines: Vec<usize> = problems.iter().take(syntax).filter_map(line).collect();
        move |problem: &Problem| line(problem).is_some_and(|line| lines.contains(&line))
    };
    let found = problems.split_off(syntax);
    problems.extend(found.into_iter().filter(|problem| !on_broken_line(problem)));
    problems.sort_by_key(line);
    problems
}

fn line(problem: &Problem) -> Option<usize> {
    match problem.place {
        Place::File { line, .. } => Some(line),
        Place::Variable(_) => None,
    }
}

/// Reads the variables of the environment into `settings`; an empty one says nothing.
pub(super) fn read_environment(env: Env, settings: &mut Settings) -> Vec<Problem> {
    let mut problems = Vec::new();
    for option in OPTIONS {
        let variable = option.variable();
        let Some(value) = env(&variable).filter(|value| !value.is_empty()) else { continue };
        let text = |value: &str| DeValue::String(value.to_owned().into());
        let value = match &option.kind {
            Kind::Flag(_) | Kind::Number(..) => DeValue::parse(&value).map_or(text(&value), |mut value| {
                value.get_mut().make_owned();
                value.into_inner()
            }),
            Kind::Program(_) => {
                DeValue::Array(value.split_whitespace().map(|word| Spanned::new(0..0, text(word))).collect())
            }
            Kind::Choice(_) | Kind::File(_) => text(&value),
        };
        if let Err((message, hint)) = set(option, &value, Path::new(""), env, settings) {
            problems.push(Problem { place: Place::Variable(variable), message, hint });
        }
    }
    problems
}

struct File<'a> {
    path: &'a Path,
    text: &'a str,
    env: Env<'a>,
    commands: &'a [(&'a str, &'a str)],
    problems: Vec<Problem>,
}

impl File<'_> {
    fn add(&mut self, span: &Range<usize>, (message, hint): Fault) {
        self.problems.push(Problem { place: Place::in_file(self.path, self.text, span), message, hint });
    }

    fn options(&mut self, table: &DeTable, settings: &mut Settings) {
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            match (name, OPTIONS.iter().find(|option| option.name == name)) {
                (_, Some(option)) => {
                    let folder = self.path.parent().unwrap_or(Path::new(""));
                    if let Err(fault) = set(option, value.get_ref(), folder, self.env, settings) {
                        self.add(&value.span(), fault);
                    }
                }
                ("keys", None) => self.table(value, settings, Self::binding),
                ("colors", None) => self.table(value, settings, Self::color),
                (_, None) => {
                    let names = OPTIONS.iter().map(|option| option.name).chain(TABLES);
                    self.add(&key.span(), (format!("there is no option called {name}"), meant(name, names)));
                }
            }
        }
    }

    /// Calls `each` for the entries of the table `value`, and of the tables in it with their names.
    fn table(
        &mut self,
        value: &Spanned<DeValue>,
        settings: &mut Settings,
        each: fn(&mut Self, Option<&Name>, &Name, &Spanned<DeValue>, &mut Settings),
    ) {
        let Some(table) = value.get_ref().as_table() else {
            return self.add(&value.span(), not_a("table", value.get_ref()));
        };
        for (key, value) in table {
            match value.get_ref().as_table() {
                Some(inner) => {
                    for (inner_key, value) in inner {
                        each(self, Some(key), inner_key, value, settings);
                    }
                }
                None => each(self, None, key, value, settings),
            }
        }
    }

    fn binding(&mut self, context: Option<&Name>, key: &Name, value: &Spanned<DeValue>, settings: &mut Settings) {
        let contexts = || self.commands.iter().map(|(context, _)| *context);
        if let Some(context) = context
            && !contexts().any(|known| known == context.get_ref())
        {
            let fault = (
                format!("there is no place called {}", context.get_ref()),
                meant(context.get_ref(), distinct(contexts())),
            );
            return self.add(&context.span(), fault);
        }
        let keys = match Keys::parse(key.get_ref()) {
            Ok(keys) => keys,
            Err(bad) => return self.add(&key.span(), (bad.message, bad.hint)),
        };
        let Some(command) = value.get_ref().as_str() else {
            return self.add(&value.span(), not_a("command's name", value.get_ref()));
        };
        let context = context.map(|context| context.get_ref().to_string());
        if command != UNBOUND
            && let Err(fault) = self.known(command, context.as_deref())
        {
            return self.add(&value.span(), fault);
        }
        let command = Some(command.to_owned()).filter(|command| command != UNBOUND);
        settings.bindings.bound.push(Binding { context, keys, command });
    }

    /// Whether `command` is one, and counts in `context`.
    fn known(&self, command: &str, context: Option<&str>) -> Result<(), Fault> {
        let mut places = self.commands.iter().filter(|(_, name)| *name == command).map(|(place, _)| *place);
        match (places.next(), context) {
            (None, _) => {
                let names = self.commands.iter().map(|(_, name)| *name).chain([UNBOUND]);
                let hint = super::problem::nearest(command, names)
                    .map_or("pullquote keys lists the commands".to_owned(), |name| format!("did you mean {name}?"));
                Err((format!("there is no command called {command}"), hint))
            }
            (Some(place), Some(context)) if place != context && !places.any(|place| place == context) => {
                let message = format!("{command} is no command of {context}");
                Err((message, format!("bind it under [keys.{place}] or [keys]")))
            }
            _ => Ok(()),
        }
    }

    fn color(&mut self, ground: Option<&Name>, key: &Name, value: &Spanned<DeValue>, settings: &mut Settings) {
        let grounds = GROUNDS.iter().map(|(name, _)| *name);
        let on =
            ground.map(|ground| GROUNDS.iter().find(|(name, _)| name == ground.get_ref()).map(|(_, ground)| *ground));
        if let (Some(None), Some(ground)) = (on, ground) {
            let fault = (format!("there is no theme called {}", ground.get_ref()), meant(ground.get_ref(), grounds));
            return self.add(&ground.span(), fault);
        }
        let name = key.get_ref().as_ref();
        let Some(row) = ROLES.iter().find(|row| row.name == name) else {
            let fault = (format!("there is no role called {name}"), meant(name, ROLES.iter().map(|row| row.name)));
            return self.add(&key.span(), fault);
        };
        let Some(face) = value.get_ref().as_str() else {
            return self.add(&value.span(), not_a("text such as \"bold #e6c07b\"", value.get_ref()));
        };
        match Face::parse(face) {
            Ok(face) => settings.colors.push(Override { ground: on.flatten(), role: row.role, face }),
            Err(fault) => self.add(&value.span(), fault),
        }
    }
}

type Name<'a> = Spanned<toml::de::DeString<'a>>;

/// Sets an option; what is wrong with `value` otherwise. Relative paths lie in `folder`.
fn set(option: &ConfigOption, value: &DeValue, folder: &Path, env: Env, settings: &mut Settings) -> Result<(), Fault> {
    match &option.kind {
        Kind::Flag(place) => *place(settings) = value.as_bool().ok_or_else(|| wrong(option, value))?,
        Kind::Number(range, place) => {
            let digits = value.as_integer().ok_or_else(|| wrong(option, value))?;
            let number = u16::from_str_radix(digits.as_str(), digits.radix()).ok().filter(|n| range.contains(n));
            *place(settings) = number.ok_or_else(|| wrong(option, value))?;
        }
        Kind::Choice(choices) => {
            let name = value.as_str().ok_or_else(|| wrong(option, value))?;
            let (_, choose) = choices.iter().find(|(known, _)| *known == name).ok_or_else(|| {
                (format!("{} cannot be {name}", option.name), meant(name, choices.iter().map(|(name, _)| *name)))
            })?;
            choose(settings);
        }
        Kind::Program(place) => {
            let words = value.as_array().ok_or_else(|| wrong(option, value))?;
            let words = words.iter().map(|word| word.get_ref().as_str().map(str::to_owned));
            *place(settings) = words.collect::<Option<_>>().ok_or_else(|| wrong(option, value))?;
        }
        Kind::File(place) => {
            let path = value.as_str().ok_or_else(|| wrong(option, value))?;
            *place(settings) = (!path.is_empty()).then(|| at_home(path, env).unwrap_or_else(|| folder.join(path)));
        }
    }
    Ok(())
}

/// The path behind `~/` in the home folder.
fn at_home(path: &str, env: Env) -> Option<PathBuf> {
    Some(Path::new(&env("HOME")?).join(path.strip_prefix("~/")?))
}

fn wrong(option: &ConfigOption, value: &DeValue) -> Fault {
    let message = match (&option.kind, value.as_integer()) {
        (Kind::Number(..), Some(number)) => format!("{} cannot be {}", option.name, number.as_str()),
        _ => format!("{} cannot be {}", option.name, article(value)),
    };
    (message, option.values())
}

fn not_a(wanted: &str, value: &DeValue) -> Fault {
    (format!("this is {}", article(value)), format!("write a {wanted}"))
}

fn article(value: &DeValue) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a point",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut distinct: Vec<&str> = names.collect();
    distinct.sort_unstable();
    distinct.dedup();
    distinct
}
