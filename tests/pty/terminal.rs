//! A terminal for tests: the real program in a pseudo-terminal, a screen that it draws on, and answers to what programs ask
//! a terminal. Waits for what is seen, never for time; a limit only keeps a failed test from hanging.

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, mpsc};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use pullquote::library::{Library, Prepared};
use pullquote::model::{Article, Document, Published};
use pullquote::quotes;
use tempfile::TempDir;
use vt100::{MouseProtocolMode, Parser, Screen};

/// How long anything may take before the test fails; long, because machines are busy.
const LIMIT: Duration = Duration::from_mins(1);

/// What a terminal answers when it is asked for its background (OSC 11).
pub const DARK: &[u8] = b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\";

/// What the program told the terminal besides what is to be seen.
#[derive(Default)]
pub struct Heard {
    pub titles: Vec<String>,
    /// What was copied, in base64.
    pub copied: Vec<String>,
    /// Answers that the terminal still owes.
    answers: Vec<u8>,
    /// It does not answer to a question for its background.
    mute: bool,
}

impl vt100::Callbacks for Heard {
    fn set_window_title(&mut self, _: &mut Screen, title: &[u8]) {
        self.titles.push(String::from_utf8_lossy(title).into_owned());
    }

    fn copy_to_clipboard(&mut self, _: &mut Screen, _: &[u8], text: &[u8]) {
        self.copied.push(String::from_utf8_lossy(text).into_owned());
    }

    fn unhandled_csi(
        &mut self,
        screen: &mut Screen,
        private: Option<u8>,
        _: Option<u8>,
        parameters: &[&[u16]],
        end: char,
    ) {
        match (private, parameters, end) {
            (None, _, 'c') if !self.mute => self.answers.extend(b"\x1b[?62;22c"),
            (None, [[6]], 'n') => {
                let (row, column) = screen.cursor_position();
                self.answers.extend(format!("\x1b[{};{}R", row + 1, column + 1).as_bytes());
            }
            _ => {}
        }
    }

    fn unhandled_osc(&mut self, _: &mut Screen, parameters: &[&[u8]]) {
        if !self.mute && parameters.starts_with(&[b"11", b"?"]) {
            self.answers.extend(DARK);
        }
    }
}

/// What the terminal shows, and whether the program can still write on it.
struct Seen {
    parser: Parser<Heard>,
    /// Every byte that came, for what a screen does not tell.
    bytes: Vec<u8>,
    ended: bool,
    /// The terminal is to be closed at the next output.
    closing: bool,
}

type Shared = Arc<(Mutex<Seen>, Condvar)>;

/// How the terminal is set up and what is started in it.
pub struct Setup {
    pub columns: u16,
    pub rows: u16,
    /// A line for `sh` instead of the program alone; the program is in `$READER`.
    pub shell: Option<&'static str>,
    pub mute: bool,
    /// The library is of an earlier version, and another program writes to it until `Terminal::other` is gone.
    pub is_older_and_used: bool,
    pub environment: &'static [(&'static str, &'static str)],
}

impl Default for Setup {
    fn default() -> Self {
        Self { columns: 100, rows: 30, shell: None, mute: false, is_older_and_used: false, environment: &[] }
    }
}

/// A terminal with a program in it, sealed from the user's home and clock.
pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    keyboard: Arc<Mutex<Box<dyn Write + Send>>>,
    process: Process,
    seen: Shared,
    listening: JoinHandle<()>,
    /// What else uses the library.
    pub other: Option<rusqlite::Connection>,
    /// Removed with everything in it at the end.
    _home: TempDir,
    before: String,
}

impl Terminal {
    /// The reader on a library of three articles, on a usual terminal.
    pub fn start() -> Self {
        Self::with(&Setup::default())
    }

    pub fn with(setup: &Setup) -> Self {
        let home = tempfile::tempdir().unwrap();
        let data = home.path().join("data");
        let library = data.join("pullquote").join("library.db");
        store_articles(&library);
        let other = setup.is_older_and_used.then(|| use_as_older(&library));
        let size = PtySize { rows: setup.rows, cols: setup.columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let reader = env!("CARGO_BIN_EXE_pullquote");
        let mut command = CommandBuilder::new(if setup.shell.is_some() { "/bin/sh" } else { reader });
        if let Some(line) = setup.shell {
            command.args(["-c", line]);
        }
        command.env_clear();
        command.env("PATH", "/usr/local/bin:/usr/bin:/bin");
        command.env("READER", reader);
        command.env("TERM", "xterm-256color");
        command.env("HOME", home.path());
        for (variable, folder) in
            [("XDG_DATA_HOME", "data"), ("XDG_CONFIG_HOME", "config"), ("XDG_STATE_HOME", "state")]
        {
            command.env(variable, home.path().join(folder));
        }
        command.env("PULLQUOTE_NOW", "1790000000");
        for (name, value) in setup.environment {
            command.env(name, value);
        }
        let before = modes(&*pair.master);
        let process = Process(pair.slave.spawn_command(command).unwrap());
        // Else the end of the program would not be the end of its output.
        drop(pair.slave);
        let keyboard = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        let heard = Heard { mute: setup.mute, ..Heard::default() };
        let parser = Parser::new_with_callbacks(cells(setup.rows), cells(setup.columns), 0, heard);
        let seen = Seen { parser, bytes: Vec::new(), ended: false, closing: false };
        let seen: Shared = Arc::new((Mutex::new(seen), Condvar::new()));
        let listening = listen(pair.master.try_clone_reader().unwrap(), Arc::clone(&seen), Arc::clone(&keyboard));
        Self { master: pair.master, keyboard, process, seen, listening, other, _home: home, before }
    }

    /// Types on the keyboard, byte by byte what a terminal would send.
    pub fn send(&self, bytes: impl AsRef<[u8]>) {
        self.keyboard.lock().unwrap().write_all(bytes.as_ref()).unwrap();
    }

    pub fn resize(&self, columns: u16, rows: u16) {
        self.seen.0.lock().unwrap().parser.set_size(cells(rows), cells(columns));
        self.master.resize(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }).unwrap();
    }

    /// Sends a signal to the process that was started.
    pub fn signal(&self, signal: rustix::process::Signal) {
        let pid = self.process.0.process_id().and_then(|pid| rustix::process::Pid::from_raw(pid.try_into().unwrap()));
        rustix::process::kill_process(pid.unwrap(), signal).unwrap();
    }

    /// Waits until the screen is as `wanted` says; fails with a picture of it where it never is.
    #[track_caller]
    pub fn wait(&self, what: &str, wanted: impl Fn(&Screen) -> bool) {
        let (seen, news) = &*self.seen;
        let (seen, timeout) = news
            .wait_timeout_while(seen.lock().unwrap(), LIMIT, |seen| !wanted(seen.parser.screen()) && !seen.ended)
            .unwrap();
        let shown = wanted(seen.parser.screen());
        let why = if timeout.timed_out() { "never came" } else { "had not come when the program ended" };
        let picture = seen.parser.screen().contents();
        drop(seen);
        assert!(shown, "{what} {why}:\n{picture}");
    }

    /// Waits until `text` is on the screen.
    #[track_caller]
    pub fn wait_for(&self, text: &str) {
        self.wait(text, |screen| screen.contents().contains(text));
    }

    /// What the program told the terminal so far.
    pub fn heard<T>(&self, tell: impl Fn(&Heard) -> T) -> T {
        tell(self.seen.0.lock().unwrap().parser.callbacks())
    }

    /// Whether the terminal's modes are as they were before the program.
    #[track_caller]
    pub fn assert_given_back(&self) {
        let seen = self.seen.0.lock().unwrap();
        let screen = seen.parser.screen();
        let left = [
            (screen.alternate_screen(), "the alternate screen"),
            (screen.hide_cursor(), "a hidden cursor"),
            (screen.bracketed_paste(), "bracketed paste"),
            (screen.mouse_protocol_mode() != MouseProtocolMode::None, "the mouse"),
        ];
        let left: Vec<_> = left.iter().filter(|(left, _)| *left).map(|(_, what)| what).collect();
        let tail = seen.bytes.get(seen.bytes.len().saturating_sub(200)..).unwrap_or_default().escape_ascii();
        assert!(left.is_empty(), "left behind: {left:?} after {tail}");
        assert_eq!(modes(&*self.master), self.before, "the line's settings");
    }

    /// Waits for the end of the program and of its output.
    #[track_caller]
    pub fn end(&mut self) -> ExitStatus {
        let (seen, news) = &*self.seen;
        let (seen, timeout) = news.wait_timeout_while(seen.lock().unwrap(), LIMIT, |seen| !seen.ended).unwrap();
        let picture = seen.parser.screen().contents();
        drop(seen);
        assert!(!timeout.timed_out(), "it did not end:\n{picture}");
        self.process.0.wait().unwrap()
    }

    /// Takes the terminal away while the program runs, and waits for its end. `key` must change the screen: whoever
    /// listens to the terminal lets go of it then.
    #[track_caller]
    pub fn close(self, key: &str) -> ExitStatus {
        self.seen.0.lock().unwrap().closing = true;
        self.send(key);
        self.listening.join().unwrap();
        drop((self.master, self.keyboard));
        let mut process = self.process;
        let (sender, ended) = mpsc::channel();
        thread::spawn(move || sender.send(process.0.wait().unwrap()));
        ended.recv_timeout(LIMIT).expect("it did not end when its terminal was closed")
    }

    /// Everything that was written on the terminal.
    pub fn bytes(&self) -> Vec<u8> {
        self.seen.0.lock().unwrap().bytes.clone()
    }

    /// What is on the screen.
    pub fn contents(&self) -> String {
        self.seen.0.lock().unwrap().parser.screen().contents()
    }
}

/// What runs in the terminal; a test that failed must not leave it behind.
struct Process(Box<dyn Child + Send + Sync>);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
    }
}

fn cells(number: u16) -> NonZero<u16> {
    NonZero::new(number).unwrap()
}

fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

fn listen(
    mut output: Box<dyn Read + Send>,
    seen: Shared,
    keyboard: Arc<Mutex<Box<dyn Write + Send>>>,
) -> JoinHandle<()> {
    thread::spawn(move || {
        let mut chunk = [0; 8_192];
        loop {
            let read = output.read(&mut chunk).unwrap_or(0);
            let mut now = seen.0.lock().unwrap();
            now.bytes.extend_from_slice(&chunk[..read]);
            now.parser.process(&chunk[..read]);
            now.ended = read == 0;
            let answers = std::mem::take(&mut now.parser.callbacks_mut().answers);
            let done = now.ended || now.closing;
            drop(now);
            seen.1.notify_all();
            if done {
                return;
            }
            let _ = keyboard.lock().unwrap().write_all(&answers);
        }
    })
}

/// Three invented articles.
fn store_articles(path: &Path) {
    let articles = [
        ("The ferry stays in harbour", "“We wait for the tide,” said Ada Brandt, the harbour master."),
        ("A lantern for every street", "The council of Lower Wick bought forty lanterns."),
        ("Bakers count their loaves", "Nobody knows how many there were, and nobody asked."),
    ];
    let articles = articles.iter().zip(0..).map(|((title, text), number)| {
        let published = Some(Published { seconds: 1_789_000_000 - number * 3_600, day_only: false });
        let article =
            Article { title: (*title).to_owned(), published, document: Document::plain([*text]), ..Article::default() };
        let quotes = quotes::detect(text, Some("en"));
        Prepared::new(article, &quotes).detected_by(pullquote::quotes::VERSION)
    });
    let articles: Vec<_> = articles.collect();
    Library::open(path).unwrap().add(&articles, 1_789_000_000).unwrap();
}

/// Makes the library one of the version before, and begins to write to it.
fn use_as_older(path: &Path) -> rusqlite::Connection {
    let connection = rusqlite::Connection::open(path).unwrap();
    let older = "PRAGMA user_version = 7; DROP TABLE known; DROP TABLE speaking;
                 DELETE FROM memory WHERE key = 'library.sorted';
                 CREATE INDEX article_key ON article (key); CREATE INDEX article_content ON article (content);
                 CREATE INDEX voice_speaker ON voice (speaker, place);";
    connection.execute_batch(older).unwrap();
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    connection.execute_batch("BEGIN IMMEDIATE").unwrap();
    connection
}
