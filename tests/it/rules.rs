//! The house rules that no compiler checks: who may use whom, how large a file may be, how things are called.
//! A message says what to do instead. Every rule is a function from a file to complaints, so that it can be shown to bite.

mod source;

use std::{
    fs,
    path::{Path, PathBuf},
};

use source::{modules_used, tokens, without_tests};

/// What each part may use besides `FOUNDATION`.
const MAY_USE: &[(&str, &[&str])] = &[
    ("error", &[]),
    ("clock", &[]),
    ("paths", &["error"]),
    ("model", &[]),
    ("text", &[]),
    ("quotes", &[]),
    // Folding and highlighting have to be the same for the query and for what shows its hits.
    ("query", &["text"]),
    ("config", &[]),
    ("sources", &["config"]),
    ("formats", &["text", "quotes"]),
    ("library", &["text", "query"]),
    ("export", &["text", "query"]),
    ("app", &["text", "query", "config", "library"]),
    // Of `query` the view knows the mistake that it shows.
    ("view", &["app", "text", "query", "config"]),
    ("workers", &["sources", "formats", "library", "export", "config", "quotes", "query", "text", "app"]),
    ("terminal", &["app", "view", "workers", "config"]),
    (
        "cli",
        &["text", "quotes", "query", "config", "formats", "sources", "library", "export", "app", "workers", "terminal"],
    ),
];

/// Usable by every part but these themselves.
const FOUNDATION: &[&str] = &["error", "clock", "paths", "model"];

/// Crates that only some parts may know, and why.
const CRATES: &[(&str, &[&str], &str)] = &[
    ("ratatui", &["view", "terminal"], "describe what is seen as plain data and let `view` draw it"),
    ("crossterm", &["terminal"], "speak of chords and events of `app` or `config` instead"),
    ("rusqlite", &["library"], "ask `library` for rows, and add the method there"),
    ("tantivy", &["library"], "ask `library` for hits, and add the method there"),
    ("ureq", &["sources"], "let `sources` fetch the bytes"),
    ("rustls", &["sources"], "let `sources` fetch the bytes"),
];

/// Files that may be longer than `MOST_LINES`, each a table.
const TABLES: &[(&str, &str)] = &[];

const MOST_LINES: usize = 400;

/// Functions whose names a crate demands of those who use it.
const DEMANDED: &[&str] = &["process_token"];

/// Parts of names that say nothing.
const EMPTY_WORDS: &[&str] = &["utils", "util", "helpers", "helper", "common", "manager", "misc"];

/// A text file of the project.
struct File {
    /// From the project's root, with `/`.
    path: String,
    text: String,
}

impl File {
    fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// The top-level module that a file under `src/` belongs to.
    fn module(&self) -> Option<&str> {
        let inside = self.path.strip_prefix("src/")?;
        Some(inside.split_once('/').map_or_else(|| inside.trim_end_matches(".rs"), |(module, _)| module))
    }

    fn is_rust(&self) -> bool {
        Path::new(&self.path).extension().is_some_and(|end| end == "rs")
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The project's own text files: what is under its folders, and what lies beside them.
fn project() -> Vec<File> {
    const FOLDERS: &[&str] = &["src", "tests", "benches", "fuzz", "docs", "assets", ".ci"];
    let mut files = Vec::new();
    let mut waiting: Vec<PathBuf> = FOLDERS.iter().map(|folder| root().join(folder)).collect();
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            let generated = ["target", "corpus", "artifacts"].iter().any(|name| path.ends_with(name));
            if path.is_dir() && !generated {
                waiting.push(path);
            } else {
                files.push(path);
            }
        }
    }
    let beside = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().path());
    files.extend(beside.filter(|path| path.extension().is_some_and(|end| end == "md" || end == "toml")));
    let relative = |path: &Path| path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
    // What is not text (pictures, bytes in odd charsets) has no names in it.
    let mut files: Vec<File> = files
        .iter()
        .filter(|path| path.is_file())
        .filter_map(|path| Some(File::new(&relative(path), &fs::read_to_string(path).ok()?)))
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// Fails with all complaints at once.
#[track_caller]
fn none(complaints: &[String]) {
    assert!(complaints.is_empty(), "{} broken:\n{}", complaints.len(), complaints.join("\n"));
}

fn check(files: &[File], rule: impl Fn(&File) -> Vec<String>) -> Vec<String> {
    files.iter().flat_map(rule).collect()
}

fn uses_only_what_it_may(file: &File) -> Vec<String> {
    let Some(module) = file.module().filter(|module| !matches!(*module, "lib" | "main")) else {
        return Vec::new();
    };
    let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == module) else {
        return vec![format!(
            "{}: `{module}` is a new top-level module: say in ARCHITECTURE.md what it knows and never does, and in \
             MAY_USE (tests/it/rules.rs) what it may use",
            file.path
        )];
    };
    let known = |name: &str| MAY_USE.iter().any(|(module, _)| *module == name);
    let foundation = if FOUNDATION.contains(&module) { &[] } else { FOUNDATION };
    let mut forbidden: Vec<String> = modules_used(&without_tests(&tokens(&file.text)))
        .into_iter()
        .filter(|used| known(used) && used != module)
        .filter(|used| !allowed.contains(&used.as_str()) && !foundation.contains(&used.as_str()))
        .collect();
    forbidden.sort();
    forbidden.dedup();
    let complain = |used: &String| {
        format!(
            "{}: `{module}` may not use `{used}`: pass in what it needs as data of `model`, or move the code to a part \
             that may use both",
            file.path
        )
    };
    forbidden.iter().map(complain).collect()
}

fn knows_only_its_crates(file: &File) -> Vec<String> {
    let Some(module) = file.module() else { return Vec::new() };
    let tokens = without_tests(&tokens(&file.text));
    CRATES
        .iter()
        .filter(|(name, homes, _)| !homes.contains(&module) && tokens.iter().any(|token| token == name))
        .map(|(name, homes, instead)| format!("{}: `{name}` is for {} alone: {instead}", file.path, homes.join(", ")))
        .collect()
}

fn is_short(file: &File) -> Vec<String> {
    let lines = file.text.lines().count();
    let table = TABLES.iter().any(|(path, _)| *path == file.path);
    match (lines > MOST_LINES, table) {
        (true, false) => vec![format!(
            "{}: {lines} lines: a file tells one idea in at most {MOST_LINES}: find the second idea in it and give it a \
             file; a table that cannot be cut is named in TABLES (tests/it/rules.rs) with its reason",
            file.path
        )],
        (false, true) => vec![format!("{}: no longer over {MOST_LINES} lines: take it out of TABLES", file.path)],
        _ => Vec::new(),
    }
}

fn opens_with_its_purpose(file: &File) -> Vec<String> {
    let header = file.text.lines().next().is_some_and(|line| line.starts_with("//! ") && line.len() > "//! ".len());
    if header {
        return Vec::new();
    }
    vec![format!("{}: begins without `//!`: say in its first line what the file is for", file.path)]
}

fn has_content(file: &File) -> Vec<String> {
    if !tokens(&file.text).is_empty() {
        return Vec::new();
    }
    vec![format!("{}: holds no code: create a file when a slice needs it, never before", file.path)]
}

fn is_called_what_it_is(file: &File) -> Vec<String> {
    let mut complaints = Vec::new();
    let words = |name: &str| name.to_lowercase().split(['/', '_', '-', '.']).map(str::to_owned).collect::<Vec<_>>();
    if words(&file.path).iter().any(|word| EMPTY_WORDS.contains(&word.as_str())) {
        complaints.push(format!("{}: the file's name says nothing: name the one idea that it tells", file.path));
    }
    for pair in tokens(&file.text).windows(2) {
        let [keyword, name] = pair else { continue };
        let bad = match keyword.as_str() {
            "mod" => words(name).iter().any(|word| EMPTY_WORDS.contains(&word.as_str())),
            "fn" => (name.starts_with("process_") || name.starts_with("do_")) && !DEMANDED.contains(&name.as_str()),
            "struct" | "enum" | "trait" | "type" => {
                ["Manager", "Helper", "Util", "Utils", "Handler", "Info"].iter().any(|end| name.ends_with(end))
            }
            _ => false,
        };
        if bad {
            complaints.push(format!(
                "{}: `{keyword} {name}`: say what it is or does; the words of the project are in ARCHITECTURE.md",
                file.path
            ));
        }
    }
    complaints
}

fn silences_nothing(file: &File) -> Vec<String> {
    let tokens = tokens(&file.text);
    let mut complaints = Vec::new();
    if tokens.windows(3).any(|three| three == ["[", "allow", "("]) {
        complaints.push(format!(
            "{}: a lint is allowed: mend the code, or write #[expect(the_lint, reason = \"…\")] on the smallest item",
            file.path
        ));
    }
    if tokens.windows(2).any(|two| two == ["[", "ignore"]) {
        complaints.push(format!("{}: a test is ignored: make it pass, or remove it", file.path));
    }
    complaints
}

fn leaves_nothing_undone(file: &File) -> Vec<String> {
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("X", "XX")];
    let found = |line: &str| marks.iter().any(|mark| line.split(|c: char| !c.is_alphanumeric()).any(|w| w == *mark));
    let complain = |(n, _)| format!("{}:{}: left to be done: do it, or write it down as an issue", file.path, n + 1);
    file.text.lines().enumerate().filter(|(_, line)| found(line)).map(complain).collect()
}

fn names_no_machine(file: &File) -> Vec<String> {
    // Put together here, so that this file does not name them.
    let homes: Vec<String> = ["home", "Users", "root", "work"].iter().map(|folder| format!("/{folder}/")).collect();
    let starts_path = |line: &str, at: usize| {
        line[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || "\"'`(=:<".contains(c))
    };
    let found = |line: &str| homes.iter().any(|home| line.match_indices(home).any(|(at, _)| starts_path(line, at)));
    let complain = |(n, _)| {
        format!("{}:{}: a path of one machine: take it from the environment, or use an invented one", file.path, n + 1)
    };
    file.text.lines().enumerate().filter(|(_, line)| found(line)).map(complain).collect()
}

fn sources() -> Vec<File> {
    project().into_iter().filter(|file| file.is_rust() && file.path.starts_with("src/")).collect()
}

fn rust_files() -> Vec<File> {
    project().into_iter().filter(File::is_rust).collect()
}

#[test]
fn the_parts_use_only_what_they_may() {
    none(&check(&sources(), uses_only_what_it_may));
}

#[test]
fn large_crates_stay_behind_their_doors() {
    none(&check(&sources(), knows_only_its_crates));
}

#[test]
fn files_are_short() {
    none(&check(&rust_files(), is_short));
}

#[test]
fn tables_that_may_be_long_exist() {
    let missing = TABLES.iter().filter(|(path, _)| !root().join(path).is_file());
    none(&missing.map(|(path, _)| format!("{path}: is gone: take it out of TABLES")).collect::<Vec<_>>());
}

#[test]
fn files_say_what_they_are_for() {
    none(&check(&rust_files(), opens_with_its_purpose));
}

#[test]
fn no_file_is_empty() {
    none(&check(&sources(), has_content));
}

#[test]
fn names_say_something() {
    none(&check(&rust_files(), is_called_what_it_is));
}

#[test]
fn no_lint_and_no_test_is_silenced() {
    none(&check(&rust_files(), silences_nothing));
}

#[test]
fn nothing_is_left_undone() {
    none(&check(&rust_files(), leaves_nothing_undone));
}

#[test]
fn no_path_of_a_machine_is_written_down() {
    none(&check(&project(), names_no_machine));
}

#[test]
fn the_architecture_names_every_part() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let missing = MAY_USE.iter().filter(|(module, _)| !text.contains(&format!("`{module}`")));
    none(&missing.map(|(module, _)| format!("ARCHITECTURE.md: says nothing about `{module}`")).collect::<Vec<_>>());
}

#[test]
fn every_dependency_is_used_and_explained() {
    let manifest: toml::Table = toml::from_str(&fs::read_to_string(root().join("Cargo.toml")).unwrap()).unwrap();
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let used: Vec<String> = sources().iter().flat_map(|file| tokens(&file.text)).collect();
    let mut complaints = Vec::new();
    for name in manifest["dependencies"].as_table().unwrap().keys() {
        if !used.contains(&name.replace('-', "_")) {
            complaints.push(format!("Cargo.toml: nothing in src/ uses {name}: take it out"));
        }
        if !text.split(|c: char| !(c.is_alphanumeric() || "-_".contains(c))).any(|word| word == name) {
            complaints.push(format!("ARCHITECTURE.md: does not say what {name} is for"));
        }
    }
    none(&complaints);
}

/// Each rule complains about a file that breaks it, and leaves its neighbour alone.
#[test]
fn the_rules_bite() {
    type Rule = fn(&File) -> Vec<String>;
    let long = "fn f() {}\n".repeat(MOST_LINES + 1);
    let undone = format!("// {}: later", concat!("TO", "DO"));
    let elsewhere = format!("open(\"/{}/ada/x\")", "home");
    let table: &[(Rule, &str, &str, bool)] = &[
        (uses_only_what_it_may, "src/model/a.rs", "use crate::error::Error;", true),
        (uses_only_what_it_may, "src/text/a.rs", "use crate::model::Id;", false),
        (uses_only_what_it_may, "src/text/a.rs", "use crate::{error::Error, library::Library};", true),
        (uses_only_what_it_may, "src/view/a.rs", "fn f(x: crate::workers::X) {}", true),
        (uses_only_what_it_may, "src/view/a.rs", "// crate::workers is not used", false),
        (uses_only_what_it_may, "src/cli/a.rs", "use crate::view::draw;", true),
        (uses_only_what_it_may, "src/new/a.rs", "fn f() {}", true),
        (uses_only_what_it_may, "src/error.rs", "use std::fmt;", false),
        (knows_only_its_crates, "src/app/a.rs", "use ratatui::layout::Rect;", true),
        (knows_only_its_crates, "src/view/a.rs", "use ratatui::layout::Rect;", false),
        (knows_only_its_crates, "src/view/a.rs", "use ratatui::crossterm::event;", true),
        (knows_only_its_crates, "src/cli/a.rs", "fn f(c: &rusqlite::Connection) {}", true),
        (is_short, "src/a.rs", &long, true),
        (is_short, "src/a.rs", "fn f() {}", false),
        (opens_with_its_purpose, "src/a.rs", "fn f() {}", true),
        (opens_with_its_purpose, "src/a.rs", "//! ", true),
        (opens_with_its_purpose, "src/a.rs", "//! What it is for.", false),
        (has_content, "src/a.rs", "//! Only a header.", true),
        (has_content, "src/a.rs", "mod b;", false),
        (is_called_what_it_is, "src/text/utils.rs", "", true),
        (is_called_what_it_is, "src/a.rs", "mod test_helpers {}", true),
        (is_called_what_it_is, "src/a.rs", "struct FeedManager;", true),
        (is_called_what_it_is, "src/a.rs", "fn process_feed() {}", true),
        (is_called_what_it_is, "src/a.rs", "struct Feed; fn document() {}", false),
        (silences_nothing, "src/a.rs", "#![allow(dead_code)]", true),
        (silences_nothing, "src/a.rs", "#[ignore = \"slow\"] fn f() {}", true),
        (silences_nothing, "src/a.rs", "fn f() { self.allow(x) }", false),
        (leaves_nothing_undone, "src/a.rs", &undone, true),
        (leaves_nothing_undone, "src/a.rs", "// done", false),
        (names_no_machine, "docs/a.md", &elsewhere, true),
        (names_no_machine, "docs/a.md", "https://example.org/home/a", false),
    ];
    for (rule, path, text, bites) in table {
        let complaints = rule(&File::new(path, text));
        assert_eq!(!complaints.is_empty(), *bites, "{path}: {text:.60}\n{complaints:?}");
    }
}
