//! The real program in a sealed world: a home of its own, a fixed clock, nothing of the environment it was started in.

mod adding;
mod book;
#[cfg(unix)]
mod breaking;
mod finding;
mod newsboat;
mod quoting;
mod revising;
mod saying;
mod speaking;
mod state;
mod verifying;

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::support::NOW;

/// A folder that is a whole machine to the program.
pub struct World {
    folder: tempfile::TempDir,
}

/// What a command wrote, and how it ended.
#[derive(Debug, PartialEq, Eq)]
pub struct Said {
    pub out: String,
    pub talk: String,
    pub code: i32,
}

impl World {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A world whose library holds three articles: 1 on ferries, 2 on fish with quotations, 3 in German.
    fn stocked() -> Self {
        let world = Self::new();
        world.write("articles.jsonl", include_str!("../../fixtures/articles.jsonl"));
        assert_eq!(world.run(&["add", "articles.jsonl"]).talk, "3 added\n");
        world
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    fn command(&self, args: &[impl AsRef<OsStr>]) -> Command {
        let mut command = self.program(env!("CARGO_BIN_EXE_pullquote"));
        command.args(args);
        command
    }

    /// Any program, sealed in.
    fn program(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(self.folder.path())
            .env_clear()
            .env("HOME", self.folder.path())
            .env("XDG_DATA_HOME", self.path("data"))
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("PULLQUOTE_NOW", NOW.to_string())
            .stdin(Stdio::null());
        command
    }

    pub fn run(&self, args: &[impl AsRef<OsStr>]) -> Said {
        Said::of(&self.command(args).output().unwrap())
    }

    /// Runs with something in the environment.
    pub fn run_with(&self, variables: &[(&str, &OsStr)], args: &[&str]) -> Said {
        Said::of(&self.command(args).envs(variables.iter().copied()).output().unwrap())
    }

    /// Runs with `input` on standard input.
    fn fed(&self, args: &[&str], input: &[u8]) -> Said {
        let mut command = self.command(args);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        Said::of(&child.wait_with_output().unwrap())
    }

    /// What a command that must succeed wrote.
    #[track_caller]
    pub fn out(&self, args: &[&str]) -> String {
        let said = self.run(args);
        assert_eq!((said.code, said.talk.as_str()), (0, ""), "{args:?}");
        said.out
    }

    /// The lines of JSON that a command wrote.
    #[track_caller]
    pub fn json(&self, args: &[&str]) -> Vec<Value> {
        self.out(args).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    pub fn library(&self) -> PathBuf {
        self.path("data/pullquote/library.db")
    }
}

impl Said {
    fn of(output: &Output) -> Self {
        Self {
            out: String::from_utf8(output.stdout.clone()).unwrap(),
            talk: String::from_utf8(output.stderr.clone()).unwrap(),
            code: output.status.code().unwrap_or(-1),
        }
    }
}

/// The value of a field in each object.
fn column<'a>(rows: &'a [Value], name: &str) -> Vec<&'a Value> {
    rows.iter().map(|row| &row[name]).collect()
}

fn exists(path: &Path) -> bool {
    path.exists()
}
