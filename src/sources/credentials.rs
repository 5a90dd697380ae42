//! Passwords and tokens for feeds: in a file of the reader's own that nobody else may read, or told by a command that this
//! file names. They are never part of the library, and nothing here shows one, not even an error.

use std::collections::{BTreeMap, HashMap};
use std::fs::Metadata;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use super::http::{self, Secret};
use crate::error::{Error, Result};

/// How long a command may take to tell a secret.
const PATIENCE: Duration = Duration::from_secs(30);

/// Bytes of a command's output that are looked at.
const LONGEST: u64 = 64 * 1024;

/// An entry of the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// Where it may be sent: the scheme, host and port of this address.
    address: String,
    /// With a name it is a password, with a header the header's value, with neither a bearer's token.
    user: Option<String>,
    header: Option<String>,
    secret: Option<String>,
    command: Option<Vec<String>>,
}

/// What the reader's file of credentials holds, read when it is first asked for.
pub struct Credentials {
    path: PathBuf,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    entries: Option<BTreeMap<String, Entry>>,
    /// Those that were asked for, so that a command runs once, also one that fails.
    secrets: HashMap<String, Result<Secret>>,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Credentials of {}", self.path.display())
    }
}

impl Credentials {
    /// The credentials in the file at `path`, which need not be there.
    #[must_use]
    pub fn new(path: PathBuf) -> Self {
        Self { path, known: Mutex::default() }
    }

    /// The secret that is called `name`. Runs its command where it has one, once.
    ///
    /// # Errors
    /// There is none, the file is broken or not private, or the command fails.
    pub fn secret(&self, name: &str) -> Result<Secret> {
        // One at a time: two programs asking for a password at once would not be understood.
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(secret) = known.secrets.get(name) {
            return secret.clone();
        }
        let entries = match &mut known.entries {
            Some(entries) => entries,
            none => none.insert(read(&self.path)?),
        };
        let entry = entries.get(name).ok_or_else(|| {
            Error::refused(format!("there are no credentials called {name}"))
                .hint(format!("write them into {} (docs/feeds.md says how)", self.path.display()))
        })?;
        let secret = entry.secret(name);
        known.secrets.insert(name.to_owned(), secret.clone());
        secret
    }
}

impl Entry {
    fn secret(&self, name: &str) -> Result<Secret> {
        let wrong = |what: &str| {
            Error::refused(format!("the credentials called {name} {what}")).hint("docs/feeds.md has examples")
        };
        let origin = http::address(&self.address).map_err(|error| wrong(&format!("have no address: {error}")))?;
        let told = match (&self.secret, &self.command) {
            (Some(secret), None) => secret.clone(),
            (None, Some(command)) => told_by(name, command)?,
            _ => return Err(wrong("need either a secret or a command")),
        };
        let (header, value) = match (&self.user, &self.header) {
            (Some(user), None) => {
                ("Authorization".to_owned(), format!("Basic {}", STANDARD.encode(format!("{user}:{told}"))))
            }
            (None, Some(header)) => (header.clone(), told),
            (None, None) => ("Authorization".to_owned(), format!("Bearer {told}")),
            (Some(_), Some(_)) => return Err(wrong("have both a user and a header")),
        };
        if !is_header(&header, &value) {
            return Err(wrong("cannot be sent as a header"));
        }
        Ok(Secret { origin: http::origin(&origin), header, value })
    }
}

/// Whether `name` and `value` can be a header: a token (RFC 9110, 5.6.2), and text without control characters.
#[must_use]
pub fn is_header(name: &str, value: &str) -> bool {
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(token) && value.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

fn read(path: &Path) -> Result<BTreeMap<String, Entry>> {
    let failed = |error: &io::Error| match error.kind() {
        io::ErrorKind::NotFound => Error::refused(format!("there is no {}", path.display()))
            .hint("write the feed's name and password into it (docs/feeds.md says how)"),
        _ => Error::refused(format!("{}: {}", path.display(), super::files::unreadable(error))),
    };
    let mut file = std::fs::File::open(path).map_err(|error| failed(&error))?;
    if !is_private(&file.metadata().map_err(|error| failed(&error))?) {
        return Err(Error::refused(format!("{} can be read or changed by others", path.display()))
            .hint(format!("chmod 600 {}", path.display())));
    }
    let mut text = String::new();
    file.read_to_string(&mut text).map_err(|error| failed(&error))?;
    toml::from_str(&text).map_err(|error| {
        // Not the error itself: it quotes the line, and the line may hold the secret.
        let line =
            error.span().and_then(|span| text.get(..span.start)).map_or(1, |text| text.matches('\n').count() + 1);
        Error::refused(format!("{}:{line}: it is not as docs/feeds.md says", path.display()))
            .hint("each entry has an address, a secret or a command, and perhaps a user or a header")
    })
}

#[cfg(unix)]
fn is_private(metadata: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    // Nothing for the group and nothing for others.
    metadata.mode().is_multiple_of(0o100)
}

#[cfg(not(unix))]
fn is_private(_: &Metadata) -> bool {
    true
}

/// The first line of what `command`, a program and its arguments, puts out.
fn told_by(name: &str, command: &[String]) -> Result<String> {
    let failed = |what: &str| {
        Error::refused(format!("the command of the credentials called {name} {what}"))
            .hint("run it yourself to see why; no shell reads it")
    };
    let (program, arguments) = command.split_first().ok_or_else(|| failed("is empty"))?;
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| failed(&format!("cannot be run: {error}")))?;
    let output = child.stdout.take();
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        let mut text = String::new();
        let read = output.map_or(Ok(0), |output| output.take(LONGEST).read_to_string(&mut text));
        // Nobody listens where it took too long.
        let _ = tell.send(read.map(|_| text));
    });
    let told = told.recv_timeout(PATIENCE);
    if matches!(told, Err(RecvTimeoutError::Timeout)) {
        // It may have ended this moment.
        let _ = child.kill();
    }
    let status = child.wait().map_err(|error| failed(&error.to_string()))?;
    match told {
        Ok(Ok(text)) if status.success() => {
            let line = text.lines().next().unwrap_or_default();
            if line.is_empty() { Err(failed("puts out nothing")) } else { Ok(line.to_owned()) }
        }
        Ok(Ok(_)) => Err(failed(&format!("failed: {status}"))),
        Ok(Err(_)) => Err(failed("puts out something that is no text")),
        Err(_) => Err(failed("did not end within 30 s")),
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn credentials(text: &str, mode: u32) -> (tempfile::TempDir, Credentials) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("credentials.toml");
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        (folder, Credentials::new(path))
    }

    const FILE: &str = r#"
        [tide]
        address = "https://feeds.tide.example:444/some/where"
        user = "ada"
        secret = "hush hush"
        [club]
        address = "http://club.example"
        header = "X-Token"
        command = ["printf", "%s\n", "hush", "and more"]
        [plain]
        address = "http://plain.example"
        secret = "hush"
        [both]
        address = "http://both.example"
        secret = "hush"
        command = ["printf", "hush"]
        [none]
        address = "http://none.example"
        command = ["false"]
        [split]
        address = "http://split.example"
        secret = "hush\nX: y"
    "#;

    #[test]
    fn secrets_are_for_their_origin_and_said_by_the_file_or_a_command() {
        let (_folder, known) = credentials(FILE, 0o600);
        for (name, origin, header, value) in [
            ("tide", "https://feeds.tide.example:444", "Authorization", "Basic YWRhOmh1c2ggaHVzaA=="),
            ("club", "http://club.example", "X-Token", "hush"),
            ("plain", "http://plain.example", "Authorization", "Bearer hush"),
        ] {
            let secret = known.secret(name).unwrap();
            assert_eq!(
                (secret.origin.as_str(), secret.header.as_str(), secret.value.as_str()),
                (origin, header, value)
            );
        }
    }

    #[test]
    fn what_is_wrong_is_said_without_the_secret() {
        let (_folder, known) = credentials(FILE, 0o600);
        for name in ["both", "none", "split", "nobody"] {
            let error = known.secret(name).unwrap_err();
            assert!(error.hint.is_some() && error.message.contains(name), "{error:?}");
            assert!(!format!("{error:?}").contains("hush"), "{error:?}");
        }
        let (_folder, open) = credentials(FILE, 0o640);
        let error = open.secret("tide").unwrap_err();
        assert!(error.message.contains("by others") && error.hint.unwrap().starts_with("chmod 600 "));
        for broken in
            ["[tide]\naddress = 7\nsecret = \"hush\"", "[tide]\nsecret = hush", "hush", "[a]\nsecert = \"hush\""]
        {
            let (_folder, broken) = credentials(broken, 0o600);
            let error = broken.secret("tide").unwrap_err();
            assert!(!format!("{error:?}").contains("hush"), "{error:?}");
        }
        assert!(Credentials::new(PathBuf::from("nowhere.toml")).secret("tide").is_err());
        assert!(!format!("{known:?}").contains("hush"));
    }

    #[test]
    fn a_header_is_one_line() {
        for (name, value, expected) in
            [("X-A", "b c", true), ("", "b", false), ("X A", "b", false), ("X", "a\r\nY: b", false), ("X:", "b", false)]
        {
            assert_eq!(is_header(name, value), expected, "{name:?} {value:?}");
        }
    }
}
