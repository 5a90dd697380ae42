//! Text for the terminal's clipboard as an OSC 52 sequence, which works over ssh; wrapped where a multiplexer stands between.

use crossterm::Command;
use crossterm::clipboard::CopyToClipboard;

/// Bytes of text that terminals still take: 100,000 bytes of sequence, less its head, in base64.
/// The limit of hterm and of many that followed it.
pub(super) const LIMIT: usize = 74_991;

/// Bytes of a sequence that GNU screen passes on in one string.
const SCREEN_PART: usize = 256;

/// What stands between us and the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Multiplexer {
    None,
    Tmux,
    Screen,
}

impl Multiplexer {
    /// What the environment says; `var` gives a variable's value. tmux inside screen is seen as tmux.
    pub(super) fn of(var: impl Fn(&str) -> Option<String>) -> Self {
        if var("TMUX").is_some() {
            Self::Tmux
        } else if var("STY").is_some() {
            Self::Screen
        } else {
            Self::None
        }
    }
}

/// The bytes that put `text` on the clipboard; `None` where it is longer than `LIMIT`.
pub(super) fn sequence(text: &str, multiplexer: Multiplexer) -> Option<Vec<u8>> {
    if text.len() > LIMIT {
        return None;
    }
    let mut plain = String::new();
    CopyToClipboard::to_clipboard_from(text).write_ansi(&mut plain).ok()?;
    Some(match multiplexer {
        Multiplexer::None => plain.into_bytes(),
        // Plain for `set-clipboard`, wrapped for `allow-passthrough`: which of them is on cannot be seen from here.
        Multiplexer::Tmux => format!("{plain}\x1bPtmux;{}\x1b\\", plain.replace('\x1b', "\x1b\x1b")).into_bytes(),
        Multiplexer::Screen => {
            let bytes = plain.replace("\x1b\\", "\x07").into_bytes();
            bytes.chunks(SCREEN_PART).flat_map(|part| [b"\x1bP", part, b"\x1b\\"].concat()).collect()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(text: &str, multiplexer: Multiplexer) -> String {
        sequence(text, multiplexer).unwrap().escape_ascii().to_string()
    }

    #[test]
    fn text_is_encoded_so_that_none_of_its_bytes_can_command() {
        assert_eq!(sent("\x1b[2J", Multiplexer::None), r"\x1b]52;c;G1sySg==\x1b\\");
    }

    #[test]
    fn multiplexers_pass_it_on() {
        assert_eq!(
            sent("tide", Multiplexer::Tmux),
            r"\x1b]52;c;dGlkZQ==\x1b\\\x1bPtmux;\x1b\x1b]52;c;dGlkZQ==\x1b\x1b\\\x1b\\"
        );
        assert_eq!(sent("tide", Multiplexer::Screen), r"\x1bP\x1b]52;c;dGlkZQ==\x07\x1b\\");
    }

    #[test]
    fn screen_gets_short_strings_that_make_the_whole() {
        let bytes = sequence(&"a".repeat(1000), Multiplexer::Screen).unwrap();
        let strings = bytes.split(|&b| b == b'\\').filter(|part| !part.is_empty());
        let mut whole = Vec::new();
        for string in strings {
            assert!(string.len() <= SCREEN_PART + 3);
            whole.extend_from_slice(string.strip_prefix(b"\x1bP").unwrap().strip_suffix(b"\x1b").unwrap());
        }
        let mut plain = sequence(&"a".repeat(1000), Multiplexer::None).unwrap();
        plain.truncate(plain.len() - 2);
        plain.push(b'\x07');
        assert_eq!(whole, plain);
    }

    #[test]
    fn too_much_text_is_refused_and_the_limit_itself_is_not() {
        assert_eq!(sequence(&"a".repeat(LIMIT + 1), Multiplexer::None), None);
        let bytes = sequence(&"a".repeat(LIMIT), Multiplexer::None).unwrap();
        assert!(bytes.len() <= 100_000, "{}", bytes.len());
    }

    #[test]
    fn the_environment_names_the_multiplexer() {
        let with = |name: &'static str| Multiplexer::of(move |var| (var == name).then(String::new));
        assert_eq!(
            [with("TMUX"), with("STY"), with("HOME")],
            [Multiplexer::Tmux, Multiplexer::Screen, Multiplexer::None]
        );
    }
}
