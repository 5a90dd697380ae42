//! Programs that are run for the reader: the browser, and commands that an article's text is piped into. Always an argument
//! list, never a shell; nothing of an article but a checked address becomes an argument. The child has no part in our
//! terminal: a process group of its own, and no standard streams but pipes of ours.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::thread;

use url::Url;

use crate::error::{Error, Result};

/// Bytes of a program's first line of output that are shown.
const LINE: u64 = 400;

/// Opens `address` in the first browser that takes it, and returns when the program that was started has ended; a browser
/// may take until it is closed. `browser` is as in the variable `BROWSER`: commands set apart by colons, `%s` for the address.
///
/// # Errors
/// Addresses that are not http or https are refused. No browser could be started, or each one failed.
pub fn browse(address: &str, browser: Option<&str>) -> Result<()> {
    let address = checked(address)?;
    let mut commands: Vec<Command> =
        browser.unwrap_or_default().split(':').filter_map(|one| named(one, &address)).collect();
    commands.extend(open::commands(address.as_str()));
    let mut last = None;
    for mut command in commands {
        match alone(&mut command).status() {
            Ok(status) if status.success() => return Ok(()),
            Ok(status) => last = Some(format!("{} failed ({status})", command.get_program().to_string_lossy())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => last = Some(format!("{}: {error}", command.get_program().to_string_lossy())),
        }
    }
    let message = last.unwrap_or_else(|| "no browser was found".into());
    Err(Error::refused(message).hint("name yours in the settings (browser) or in the variable BROWSER"))
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

/// The command that `browser` names, with `address` in it or behind it; `None` where it names none.
fn named(browser: &str, address: &Url) -> Option<Command> {
    let mut words = browser.split_whitespace();
    let mut command = Command::new(words.next()?);
    let mut given = false;
    for word in words {
        given |= word.contains("%s");
        command.arg(word.replace("%s", address.as_str()));
    }
    if !given {
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
    let failed = |error: &dyn std::fmt::Display| {
        Error::refused(format!("{program}: {error}")).hint("a program and its arguments; no shell reads the line")
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
    if status.success() { Ok(String::from_utf8_lossy(&line).trim().to_owned()) } else { Err(failed(&status)) }
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
        let table: [(&str, &[&str]); 3] = [
            ("lynx", &["lynx", "https://harbour.example/a;b"]),
            (" firefox --new-tab %s ", &["firefox", "--new-tab", "https://harbour.example/a;b"]),
            ("surf $(id) %s;ls", &["surf", "$(id)", "https://harbour.example/a;b;ls"]),
        ];
        for (browser, expected) in table {
            assert_eq!(words(&named(browser, &address).unwrap()), expected);
        }
        assert!(named("  ", &address).is_none());
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
        assert!(piped("", "no-such-program-here").unwrap_err().message.starts_with("no-such-program-here: "));
        assert!(piped("", "false").unwrap_err().message.starts_with("false: "));
        assert_eq!(piped("", "").unwrap_err().message, "no command is named");
    }
}
