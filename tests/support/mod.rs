//! The real program without a terminal, a thread or a clock: keys in, frames out.

pub mod articles;
pub mod loopback;

use std::collections::VecDeque;
use std::fmt::Write as _;

use pullquote::app::{App, Effect, Event, Mouse, MouseKind, Reply};
use pullquote::clock::Now;
use pullquote::config::{Code, Color, Depth, Face, Ground, Keys, Override, ROLES, Role, Settings, Theme};
use pullquote::formats::{self, Format};
use pullquote::library::{Library, Prepared};
use pullquote::workers::{Inline, Opening};
use pullquote::{quotes, view};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

/// 2026-11-22 12:00 UTC: the day of every test.
pub const NOW: i64 = 1_795_348_800;

fn clock() -> Now {
    Now::fixed(NOW)
}

/// The reader on a library of its own.
pub struct Harness {
    app: App,
    workers: Inline,
    /// All effects so far, in order.
    pub effects: Vec<Effect>,
    folder: tempfile::TempDir,
}

impl Harness {
    /// A reader of `columns` by `rows` on a library of `articles`, each Markdown with front matter.
    pub fn new(columns: u16, rows: u16, articles: &[&str]) -> Self {
        Self::with(columns, rows, articles, Settings::default())
    }

    pub fn with(columns: u16, rows: u16, articles: &[&str], settings: Settings) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("library.db");
        let mut library = Library::open(&path).expect("a library");
        let prepared: Vec<Prepared> = articles.iter().map(|text| prepare(text)).collect();
        library.add(&prepared, NOW).expect("stored");
        drop(library);
        Self::open(columns, rows, folder, settings)
    }

    fn open(columns: u16, rows: u16, folder: tempfile::TempDir, settings: Settings) -> Self {
        let path = folder.path().join("library.db");
        let opening = Opening::read(&path, &settings, (columns, rows), false, clock).expect("opened");
        let (app, effects) = App::new(settings, opening.start, &clock());
        let mut harness = Self { app, workers: Inline::new(&path, clock), effects: Vec::new(), folder };
        harness.perform(effects);
        harness
    }

    /// Leaves the reader as a quit does, and opens it again on the same library.
    pub fn restart(mut self, columns: u16, rows: u16) -> Self {
        let farewell = self.app.farewell();
        self.perform(farewell);
        let Self { app, workers, folder, .. } = self;
        drop((app, workers));
        Self::open(columns, rows, folder, Settings::default())
    }

    /// The library's file.
    pub fn library(&self) -> std::path::PathBuf {
        self.folder.path().join("library.db")
    }

    /// Strikes keys, set apart by blanks, written as in the settings: `j j enter )`.
    #[must_use]
    pub fn keys(mut self, keys: &str) -> Self {
        for keys in keys.split(' ').filter(|keys| !keys.is_empty()) {
            for chord in Keys::parse(keys).expect("keys that can be read").0 {
                self.event(Event::Key(chord));
            }
        }
        self
    }

    /// Types text, letter by letter.
    #[must_use]
    pub fn types(mut self, text: &str) -> Self {
        for c in text.chars() {
            let mut chord = Keys::parse("x").expect("a key").0.remove(0);
            chord.code = Code::Char(c);
            self.event(Event::Key(chord));
        }
        self
    }

    /// Lets something happen, and all that follows from it.
    pub fn event(&mut self, event: Event) {
        let effects = self.app.handle(event, &clock());
        self.perform(effects);
    }

    pub fn click(&mut self, column: u16, row: u16) {
        for what in [MouseKind::Press, MouseKind::Release] {
            self.event(Event::Mouse(Mouse { column, row, what }));
        }
    }

    /// Lets something happen, of which nothing follows yet: what would, for `perform`.
    pub fn only(&mut self, event: Event) -> Vec<Effect> {
        self.app.handle(event, &clock())
    }

    /// Has effects performed, and all that follows from them.
    pub fn perform(&mut self, effects: Vec<Effect>) {
        let mut waiting: VecDeque<Effect> = effects.into();
        while let Some(effect) = waiting.pop_front() {
            self.effects.push(effect.clone());
            let mut replies = Vec::new();
            self.workers.perform(effect, &mut |reply| replies.push(reply));
            for reply in replies {
                waiting.extend(self.app.handle(Event::Reply(reply), &clock()));
            }
        }
    }

    /// Another process stores an article.
    pub fn meanwhile(&mut self, article: &str) {
        let mut library = Library::open(&self.folder.path().join("library.db")).expect("a library");
        library.add(&[prepare(article)], NOW).expect("stored");
        // The index is brought up to date after whatever the librarian does.
        self.perform(vec![Effect::Watch]);
        self.event(Event::Reply(Reply::LibraryChanged));
    }

    pub fn app(&self) -> &App {
        &self.app
    }

    /// The frame as text.
    pub fn frame(&self) -> String {
        let theme = Theme::new(Ground::Dark, Depth::True, &[]);
        let buffer = self.draw(&theme);
        let mut text = String::new();
        for y in 0..buffer.area.height {
            let row: String = (0..buffer.area.width).map(|x| symbol(&buffer, x, y)).collect();
            text.push_str(row.trim_end());
            text.push('\n');
        }
        text
    }

    /// The roles of the frame: per row what is drawn in each role, the running text's own left out.
    pub fn roles(&self) -> String {
        let numbered = ROLES.iter().zip(0_u8..).map(|(row, n)| {
            let color = Some(Color::Indexed(n));
            let face = if is_ground(row.role) {
                Face { bg: color, ..Face::default() }
            } else {
                Face { fg: color, ..Face::default() }
            };
            Override { ground: None, role: row.role, face }
        });
        let overrides: Vec<Override> = numbered.collect();
        let theme = Theme::new(Ground::Dark, Depth::True, &overrides);
        let buffer = self.draw(&theme);
        let name = |color| match color {
            ratatui::style::Color::Indexed(n) => ROLES.get(usize::from(n)).map(|row| row.name),
            _ => None,
        };
        let mut text = String::new();
        for y in 0..buffer.area.height {
            let mut runs: Vec<(String, String)> = Vec::new();
            for x in 0..buffer.area.width {
                let cell = &buffer[(x, y)];
                let parts = [name(cell.bg).filter(|ground| *ground != "text"), name(cell.fg)];
                let role = parts.into_iter().flatten().collect::<Vec<_>>().join("/");
                match runs.last_mut() {
                    Some((last, run)) if *last == role => run.push_str(&symbol(&buffer, x, y)),
                    _ => runs.push((role, symbol(&buffer, x, y))),
                }
            }
            let runs = runs.iter().filter(|(role, run)| !role.is_empty() && !run.trim().is_empty());
            let runs: Vec<String> = runs.map(|(role, run)| format!("{role} ⟨{}⟩", run.trim_end())).collect();
            if !runs.is_empty() {
                writeln!(text, "{y:>2} {}", runs.join(" ")).expect("written");
            }
        }
        text
    }

    fn draw(&self, theme: &Theme) -> Buffer {
        let (columns, rows) = self.app.state().size;
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).expect("a terminal");
        terminal.draw(|frame| view::draw(&self.app, theme, frame)).expect("drawn");
        terminal.backend().buffer().clone()
    }
}

fn is_ground(role: Role) -> bool {
    matches!(role, Role::Text | Role::Selected | Role::SelectedInactive | Role::Bar | Role::Overlay)
}

/// What `draw` draws on a screen of that size, as text.
pub fn drawn(columns: u16, rows: u16, draw: impl Fn(&mut ratatui::Frame, &Theme)) -> String {
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).expect("a terminal");
    let theme = Settings::default().theme_on(true, Depth::True);
    terminal.draw(|frame| draw(frame, &theme)).expect("drawn");
    let buffer = terminal.backend().buffer();
    let row = |y| (0..columns).map(|x| symbol(buffer, x, y)).collect::<String>().trim_end().to_owned();
    (0..rows).map(row).collect::<Vec<_>>().join("\n")
}

/// A cell's symbol, without the hyperlink around it.
fn symbol(buffer: &Buffer, x: u16, y: u16) -> String {
    let symbol = buffer[(x, y)].symbol();
    let shown = symbol.strip_prefix("\u{1b}]8;").and_then(|rest| rest.split("\u{1b}\\").nth(1));
    let shown = shown.map_or(symbol, |shown| shown.trim_end_matches("\u{1b}]8;;"));
    // What keeps words together looks like any blank.
    shown.replace('\u{a0}', " ")
}

/// An article as it is stored.
pub fn prepare(markdown: &str) -> Prepared {
    let article = formats::read(markdown.as_bytes(), Format::Markdown).expect("an article");
    let found = quotes::detect_in(&article);
    Prepared::new(article, &found).detected_by(quotes::VERSION)
}
