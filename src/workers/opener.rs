//! Programs that are run for the reader: the browser, and commands that an article's text is piped into. Always an argument
//! list, never a shell; nothing of an article but a checked address becomes an argument. The child has no part in our
//! terminal: a process group of its own, and no standard streams but pipes of ours.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::thread;

use url::Url;

use crate::error::{Error, Result, reason};

/// Bytes of a program's first line of output that are shown.
const LINE: u64 = 400;

/// Which browser the reader wants.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Browser {
    /// A program and its arguments, as in the settings; empty where they name none.
    pub program: Vec<String>,
    /// The variable `BROWSER`: commands set apart by colons, `%s` for the address.
    pub variable: Option<String>,
}

impl Browser {
    /// Opens `address` in the first browser that takes it: the variable's, the settings', the system's. Returns when the
    /// program that was started has ended; a browser may take until it is closed.
    ///
    /// # Errors
    /// Addresses that are not http or https are refused. No browser could be started, or each one failed.
    pub fn open(&self, address: &str) -> Result<()> {
        let address = checked(address)?;
        let mut failure = None;
        for mut command in self.commands(&address) {
            let name = command.get_program().to_string_lossy().into_owned();
            match alone(&mut command).status() {
                Ok(status) if status.success() => return Ok(()),
                Ok(status) => failure = Some(format!("{name} failed ({status})")),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => failure = Some(format!("{name} cannot be started: {}", reason(&error))),
            }
        }
        let message = failure.unwrap_or_else(|| "no browser was found".into());
        Err(Error::refused(message).hint("name yours in the settings (browser) or in the variable BROWSER"))
    }

    fn commands(&self, address: &Url) -> Vec<Command> {
        let variable = self.variable.as_deref().unwrap_or_default().split(':');
        let named = variable.map(|line| line.split_whitespace().collect::<Vec<_>>());
        let set = self.program.iter().map(String::as_str).collect();
        let mut commands: Vec<Command> = named.chain([set]).filter_map(|words| with_address(&words, address)).collect();
        commands.extend(open::commands(address.as_str()));
        commands
    }
}

/// The address as it may be given to a program: its first character can only be that of `http`.
fn checked(address: &str) -> Result<Url> {
    let refused = || {
        Error::refused(format!("not an address for a browser: {address}"))
            .hint("only http and https addresses are opened")
    };
    let url = Url::parse(address).map_err(|_| refused())?;
    if matches!(url.scheme(), "http" | "https") { Ok(url) } else { Err(refused()) }
}

/// The command with `address` in place of `%s`, or behind it; `None` where there is none.
fn with_address(words: &[&str], address: &Url) -> Option<Command> {
    let (program, arguments) = words.split_first()?;
    let mut command = Command::new(program);
    command.args(arguments.iter().map(|word| word.replace("%s", address.as_str())));
    if !arguments.iter().any(|word| word.contains("%s")) {
        command.arg(address.as_str());
    }
    Some(command)
}

/// The command cut off from our terminal.
fn alone(command: &mut Command) -> &mut Command {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0)
}

/// Runs `command`, a program and its arguments, with `text` as its input, and says the first line that it puts out.
///
/// # Errors
/// The program could not be started, or failed.
pub fn pipe(text: &str, command: &[String]) -> Result<String> {
    let mut words = command.iter().filter(|word| !word.is_empty());
    let program = words.next().ok_or_else(|| Error::refused("no command is named").hint("for example: wc -w"))?;
    let failed = |error: &io::Error| {
        let message = match error.kind() {
            io::ErrorKind::NotFound => format!("no program is called {program}"),
            _ => format!("{program} cannot be run: {}", reason(error)),
        };
        Error::refused(message).hint("name a program and its arguments; no shell reads the line")
    };
    let mut child = alone(Command::new(program).args(words))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| failed(&error))?;
    let (input, output) = (child.stdin.take(), child.stdout.take());
    let mut line = Vec::new();
    thread::scope(|scope| {
        // Both at once: a program that writes before it has read all would wait for us, and we for it.
        scope.spawn(move || {
            // A program that does not read to the end ("head") has what it wants.
            let _ = input.map(|mut input| input.write_all(text.as_bytes()));
        });
        if let Some(output) = output {
            let mut output = BufReader::new(output);
            let _ = output.by_ref().take(LINE).read_until(b'\n', &mut line);
            let _ = io::copy(&mut output, &mut io::sink());
        }
    });
    let status = child.wait().map_err(|error| failed(&error))?;
    if status.success() {
        Ok(String::from_utf8_lossy(&line).trim().to_owned())
    } else {
        Err(Error::refused(format!("{program} failed ({status})")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_reach_a_program() {
        for address in [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "-version",
            "--new-window",
            "/bin/sh",
            "",
            "mailto:a@b.example",
        ] {
            assert!(checked(address).is_err(), "{address}");
        }
        for address in ["http://harbour.example/a?b=c#d", "https://harbour.example/%20x"] {
            assert_eq!(checked(address).unwrap().as_str(), address);
        }
        assert!(
            checked("https://harbour.example/a b\";$(id)")
                .unwrap()
                .as_str()
                .starts_with("https://harbour.example/a%20b")
        );
    }

    fn words(command: &Command) -> Vec<String> {
        let words = std::iter::once(command.get_program()).chain(command.get_args());
        words.map(|word| word.to_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn the_browser_is_a_program_and_arguments() {
        let address = Url::parse("https://harbour.example/a;b").unwrap();
        let browser = Browser {
            program: vec!["my browser".into(), "--new tab".into()],
            variable: Some("lynx: firefox --new-tab %s::surf $(id) %s;ls".into()),
        };
        let expected: [&[&str]; 4] = [
            &["lynx", "https://harbour.example/a;b"],
            &["firefox", "--new-tab", "https://harbour.example/a;b"],
            &["surf", "$(id)", "https://harbour.example/a;b;ls"],
            &["my browser", "--new tab", "https://harbour.example/a;b"],
        ];
        let commands: Vec<_> = browser.commands(&address).iter().map(words).collect();
        assert!(commands.len() > expected.len(), "the system's come last");
        for (command, expected) in commands.iter().zip(expected) {
            assert_eq!(command, expected);
        }
    }

    fn piped(text: &str, line: &str) -> Result<String> {
        let command: Vec<String> = line.split(' ').map(str::to_owned).collect();
        pipe(text, &command)
    }

    #[test]
    fn a_command_gets_the_text_and_its_first_line_comes_back() {
        assert_eq!(piped("one two three", "wc -w").unwrap(), "3");
        assert_eq!(piped("first\nsecond\n", "cat").unwrap(), "first");
        assert_eq!(piped("text", "true").unwrap(), "");
    }

    #[test]
    fn a_command_that_reads_or_writes_much_does_not_block() {
        let much = "tide and harbour\n".repeat(100_000);
        assert_eq!(piped(&much, "head -n 1").unwrap(), "tide and harbour");
        assert_eq!(piped(&much, "cat").unwrap(), "tide and harbour");
    }

    #[test]
    fn no_shell_reads_the_command() {
        assert_eq!(piped("", "echo $HOME;ls").unwrap(), "$HOME;ls");
    }

    #[test]
    fn failures_name_the_program() {
        let said = |line| piped("", line).unwrap_err().message;
        assert_eq!(said("no-such-program-here"), "no program is called no-such-program-here");
        assert_eq!(said("false"), "false failed (exit status: 1)");
        assert_eq!(said("/"), "/ cannot be run: permission denied");
        assert_eq!(piped("", "").unwrap_err().message, "no command is named");
    }
}
