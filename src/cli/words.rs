//! Words on the command line that begin with a hyphen: `-football` belongs to a query, although flags look like that too.

use std::ffi::OsString;

use clap::{Arg, Command};

/// `args` such that every word of a query or text is taken for one: where some begin with a hyphen, flags come first, then `--`, then
/// the words. Two hyphens begin a flag, and so does one before letters that are all flags, or before a single letter.
pub fn told_apart(args: Vec<OsString>, command: &Command) -> Vec<OsString> {
    // Most command lines have none.
    let doubtful = |arg: &OsString| {
        arg.to_str().is_some_and(|arg| arg.len() > 2 && arg.starts_with('-') && !arg.starts_with("--"))
    };
    if !args.iter().any(doubtful) {
        return args;
    }
    // Only then do the subcommands know the flags of all.
    let mut command = command.clone();
    command.build();
    let Some(at) = subcommand(&args, &command) else { return args };
    let Some(sub) = args.get(at).and_then(|name| command.find_subcommand(name)).filter(|sub| takes_words(sub)) else {
        return args;
    };
    let (mut flags, mut words, mut hyphened) = (Vec::new(), Vec::new(), false);
    let mut rest = args.iter().skip(at + 1);
    while let Some(arg) = rest.next() {
        if arg == "--" {
            words.extend(rest.by_ref().cloned());
            continue;
        }
        match reading(arg, sub) {
            Reading::Word => {
                hyphened |= doubtful(arg);
                words.push(arg.clone());
            }
            Reading::Flag { with_next } => {
                flags.push(arg.clone());
                flags.extend(rest.by_ref().take(usize::from(with_next)).cloned());
            }
        }
    }
    if !hyphened {
        return args;
    }
    let mut apart: Vec<OsString> = args.iter().take(at + 1).cloned().collect();
    apart.append(&mut flags);
    apart.push("--".into());
    apart.append(&mut words);
    apart
}

enum Reading {
    Word,
    /// A flag; its value is the next argument.
    Flag {
        with_next: bool,
    },
}

fn reading(arg: &OsString, command: &Command) -> Reading {
    let Some(text) = arg.to_str() else { return Reading::Word };
    if let Some(long) = text.strip_prefix("--") {
        let known = command.get_arguments().find(|arg| arg.get_long() == Some(long));
        return Reading::Flag { with_next: known.is_some_and(takes_value) };
    }
    let Some(letters) = text.strip_prefix('-').filter(|letters| !letters.is_empty()) else { return Reading::Word };
    for (at, letter) in letters.char_indices() {
        let known = command.get_arguments().find(|arg| arg.get_short() == Some(letter));
        match known {
            // Whatever follows it is its value.
            Some(arg) if takes_value(arg) => {
                return Reading::Flag { with_next: at + letter.len_utf8() == letters.len() };
            }
            Some(_) => {}
            None if letters.chars().nth(1).is_none() => return Reading::Flag { with_next: false },
            None => return Reading::Word,
        }
    }
    Reading::Flag { with_next: false }
}

/// The place of the subcommand's name among `args`.
fn subcommand(args: &[OsString], command: &Command) -> Option<usize> {
    let mut at = 1;
    loop {
        match reading(args.get(at)?, command) {
            Reading::Word => return Some(at),
            Reading::Flag { with_next } => at += 1 + usize::from(with_next),
        }
    }
}

fn takes_words(command: &Command) -> bool {
    let names = command.get_positionals().filter_map(Arg::get_value_names).flatten();
    names.into_iter().any(|name| name.contains("QUERY") || name.contains("TEXT"))
}

fn takes_value(arg: &Arg) -> bool {
    arg.get_action().takes_values()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_hyphens_are_told_from_flags() {
        let table = [
            ("list fish --json", "list fish --json"),
            ("list -fish", "list -- -fish"),
            ("list --json -fish --limit 3 ferry", "list --json --limit 3 -- -fish ferry"),
            ("-q search ferry -title:fish", "-q search -- ferry -title:fish"),
            ("--library l.db list -fish -q", "--library l.db list -q -- -fish"),
            ("list -qv", "list -qv"),
            ("export -fish -o out --to ris", "export -o out --to ris -- -fish"),
            ("export -oout --to ris", "export -oout --to ris"),
            ("list -x", "list -x"),
            ("list --nonsense -fish", "list --nonsense -- -fish"),
            ("list -- -fish --json", "list -- -fish --json"),
            ("quotes - -fish", "quotes -- - -fish"),
            ("add -fish", "add -fish"),
            ("show -fish", "show -fish"),
            ("-fish", "-fish"),
            ("tag kept -fish", "tag -- kept -fish"),
        ];
        let command = crate::cli::command();
        for (line, expected) in table {
            let args = std::iter::once("pullquote").chain(line.split(' ')).map(OsString::from).collect();
            let apart: Vec<_> = told_apart(args, &command).into_iter().map(|arg| arg.into_string().unwrap()).collect();
            assert_eq!(apart[1..].join(" "), expected);
        }
    }
}
