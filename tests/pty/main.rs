//! The real program in a real terminal: that it comes up, that it hears what a terminal and a system say, and that it
//! gives the terminal back on every way out.
#![cfg(unix)]

#[cfg(test)]
mod terminal;

use rustix::process::Signal;
use terminal::{DARK, Setup, Terminal};

/// On the first screen of the library that the tests use.
const NEWEST: &str = "The ferry stays in harbour";

#[test]
fn starts_with_articles_and_quits_leaving_everything_as_it_was() {
    let mut terminal = Terminal::start();
    terminal.wait_for(NEWEST);
    terminal.wait("the alternate screen without a cursor", |screen| screen.alternate_screen() && screen.hide_cursor());
    assert_eq!(terminal.heard(|heard| heard.titles.clone()), ["pullquote"]);
    terminal.send("q");
    assert_eq!(terminal.end().exit_code(), 0);
    terminal.assert_given_back();
}

#[test]
fn signals_end_it_with_the_terminal_given_back() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130), (Signal::QUIT, 131)] {
        let mut terminal = Terminal::start();
        terminal.wait_for(NEWEST);
        terminal.signal(signal);
        assert_eq!(terminal.end().exit_code(), code, "{signal:?}");
        terminal.assert_given_back();
    }
}

/// Only builds with debug assertions can be made to fail on purpose.
#[test]
#[cfg(debug_assertions)]
fn a_panic_gives_the_terminal_back_and_its_message_is_seen() {
    let mut terminal =
        Terminal::with(&Setup { environment: &[("PULLQUOTE_FAIL", "after the first frame")], ..Setup::default() });
    assert_eq!(terminal.end().exit_code(), 101);
    terminal.assert_given_back();
    terminal.wait("the message", |screen| screen.contents().contains("failed on purpose"));
}

#[test]
fn what_is_done_to_an_older_library_is_seen_and_can_be_left() {
    for leave in [&b"q"[..], b"\x03"] {
        let mut terminal = Terminal::with(&Setup { is_older_and_used: true, ..Setup::default() });
        terminal.wait_for("Another pullquote uses the library");
        terminal.resize(60, 20);
        terminal.send("j");
        terminal.send(leave);
        assert_eq!(terminal.end().exit_code(), 0);
        terminal.assert_given_back();
        let other = terminal.other.take().unwrap();
        let version: i64 = other.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
        assert_eq!(version, 7);
    }
    let mut terminal = Terminal::with(&Setup { is_older_and_used: true, ..Setup::default() });
    terminal.wait_for("Another pullquote uses the library");
    drop(terminal.other.take());
    terminal.wait_for(NEWEST);
    terminal.send("jq");
    assert_eq!(terminal.end().exit_code(), 0);
    terminal.assert_given_back();
}

#[test]
fn a_resize_is_drawn_at_the_new_size() {
    let mut terminal = Terminal::start();
    terminal.wait_for(NEWEST);
    for (columns, rows) in [(40, 12), (150, 50), (80, 24)] {
        terminal.resize(columns, rows);
        terminal.wait("the list down to the last row", |screen| {
            let bottom = screen.rows(0, columns).nth(usize::from(rows) - 1).unwrap();
            bottom.contains("of 3") && screen.contents().contains(NEWEST)
        });
    }
    terminal.send("q");
    assert_eq!(terminal.end().exit_code(), 0);
}

#[test]
fn the_smallest_terminal_will_do() {
    let mut terminal = Terminal::with(&Setup { columns: 1, rows: 1, ..Setup::default() });
    terminal.wait("the alternate screen", vt100::Screen::alternate_screen);
    terminal.send("j\r?");
    terminal.resize(60, 20);
    terminal.wait("something to read", |screen| screen.contents().trim().len() > 40);
    terminal.resize(1, 1);
    terminal.send("\x03");
    assert_eq!(terminal.end().exit_code(), 0);
    terminal.assert_given_back();
}

#[test]
fn an_article_from_standard_input_is_read_with_the_terminals_keys() {
    let shell = "printf 'A bell rang at noon.\\n\\nNobody in Lower Wick had rung it.' | $READER -; echo left with $?";
    let mut terminal = Terminal::with(&Setup { shell: Some(shell), ..Setup::default() });
    terminal.wait_for("Nobody in Lower Wick");
    terminal.send("q");
    terminal.wait_for("left with 0");
    terminal.end();
    terminal.assert_given_back();
}

#[test]
fn a_click_selects_the_article_under_it() {
    let mut terminal = Terminal::start();
    terminal.wait_for("1 of 3");
    let row = terminal.contents().lines().position(|line| line.contains("Bakers count their loaves")).unwrap() + 1;
    terminal.send(format!("\x1b[<0;10;{row}M\x1b[<0;10;{row}m"));
    terminal.wait_for("3 of 3");
    terminal.send("\x03");
    assert_eq!(terminal.end().exit_code(), 0);
}

#[test]
fn a_quote_is_copied_to_the_terminals_clipboard() {
    let mut terminal = Terminal::start();
    terminal.wait_for(NEWEST);
    terminal.wait_for("We wait for the tide");
    terminal.send("\r)y");
    terminal.wait_for("copied");
    // “We wait for the tide,” as far as it fills groups of three bytes.
    let copied = terminal.heard(|heard| heard.copied.clone());
    assert!(
        matches!(copied.as_slice(), [text] if text.starts_with("4oCcV2Ugd2FpdCBmb3IgdGhlIHRpZGUs4oCd")),
        "{copied:?}"
    );
    terminal.send("\x03");
    assert_eq!(terminal.end().exit_code(), 0);
}

/// A shell with job control: what the reader does when it is stopped, the shell's next command sees.
const JOBS: &str = "set -m; $READER; echo parked; read go; fg; echo left with $?";

#[test]
fn ctrl_z_suspends_and_fg_resumes() {
    let mut terminal = Terminal::with(&Setup { shell: Some(JOBS), ..Setup::default() });
    terminal.wait_for(NEWEST);
    terminal.send("\x1a");
    terminal.wait_for("parked");
    terminal.assert_given_back();
    terminal.send("\n");
    terminal.wait("the reader again", |screen| screen.alternate_screen() && screen.contents().contains(NEWEST));
    terminal.send("\x1a");
    terminal.wait("the shell again", |screen| !screen.alternate_screen());
    terminal.wait_for("left with");
    terminal.assert_given_back();
    terminal.end();
}

#[test]
fn without_a_shell_to_come_back_to_ctrl_z_says_so() {
    let mut terminal = Terminal::start();
    terminal.wait_for(NEWEST);
    terminal.send("\x1a");
    terminal.wait_for("no shell");
    terminal.send("q");
    assert_eq!(terminal.end().exit_code(), 0);
}

#[test]
fn a_closed_terminal_ends_it() {
    let terminal = Terminal::start();
    terminal.wait_for(NEWEST);
    terminal.close("?");
}

#[test]
fn a_closed_terminal_ends_it_where_no_signal_says_so() {
    let terminal = Terminal::with(&Setup { shell: Some("trap '' HUP; $READER; exit $?"), ..Setup::default() });
    terminal.wait_for(NEWEST);
    assert_ne!(terminal.close("?").exit_code(), 0);
}

#[test]
fn pasted_control_sequences_do_nothing() {
    let mut terminal = Terminal::start();
    terminal.wait_for(NEWEST);
    terminal.send("/");
    terminal.wait("a prompt", |screen| !screen.hide_cursor());
    let before = terminal.bytes().len();
    terminal.send("\x1b[200~ferry\x1b]0;taken over\x07\x1b[31m\u{9b}Z\x0e\x1b[201~");
    terminal.wait_for("taken over");
    let after = terminal.bytes().split_off(before);
    for foreign in [&b"\x1b]"[..], b"\x07", b"\x0e", b"\xc2\x9b"] {
        assert!(!after.windows(foreign.len()).any(|bytes| bytes == foreign), "{}", after.escape_ascii());
    }
    assert_eq!(terminal.heard(|heard| heard.titles.clone()), ["pullquote"]);
    terminal.send("\x03");
    terminal.end();
}

#[test]
fn an_answer_of_the_terminal_that_comes_late_is_not_taken_for_keys() {
    let mut terminal = Terminal::with(&Setup { mute: true, ..Setup::default() });
    terminal.wait_for(NEWEST);
    terminal.send(DARK);
    terminal.send("?");
    terminal.wait("the keys", |screen| {
        !screen.contents().contains("rgb") && screen.contents().contains("Keys in the list")
    });
    terminal.send("\x03");
    assert_eq!(terminal.end().exit_code(), 0);
}

#[test]
fn a_terminal_that_cannot_place_text_is_refused() {
    let mut terminal = Terminal::with(&Setup { environment: &[("TERM", "dumb")], ..Setup::default() });
    assert_ne!(terminal.end().exit_code(), 0);
    assert!(terminal.contents().contains("TERM"), "{}", terminal.contents());
    assert!(!terminal.bytes().contains(&0x1b), "it got a control sequence");
}
