//! What a key costs from the chord to the bytes of its frame, without threads and without a terminal: the state machine, the
//! workers on the spot, laying out, drawing. `cargo bench --bench frame`; `PULLQUOTE_BENCH_LIBRARY` names a library to read
//! in (nothing in it is changed but where reading stopped), else 2,000 invented articles are.
#![expect(clippy::unwrap_used, reason = "a bench that cannot set itself up must stop")]

mod invented;

use std::path::{Path, PathBuf};

use criterion::{Criterion, criterion_group, criterion_main};
use pullquote::app::{App, Effect, Event};
use pullquote::clock::Now;
use pullquote::config::{Depth, Ground, Keys, Settings, Theme};
use pullquote::library::Library;
use pullquote::view;
use pullquote::workers::{Inline, Opening};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};

const SIZE: (u16, u16) = (120, 40);

fn clock() -> Now {
    Now::fixed(invented::NOW)
}

/// The reader with nothing between it and its workers.
struct Reading {
    app: App,
    workers: Inline,
    terminal: Terminal<CrosstermBackend<std::io::Sink>>,
    theme: Theme,
}

impl Reading {
    fn open(path: &Path) -> Self {
        let settings = Settings::default();
        let theme = Theme::new(Ground::Dark, Depth::True, &[]);
        let opening = Opening::read(path, &settings, SIZE, false, clock).unwrap();
        let (app, effects) = App::new(settings, opening.start, &clock());
        let viewport = Viewport::Fixed(Rect::new(0, 0, SIZE.0, SIZE.1));
        let terminal =
            Terminal::with_options(CrosstermBackend::new(std::io::sink()), TerminalOptions { viewport }).unwrap();
        let mut reading = Self { app, workers: Inline::new(path, clock), terminal, theme };
        reading.perform(effects);
        reading.draw();
        reading
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        let mut waiting = std::collections::VecDeque::from(effects);
        while let Some(effect) = waiting.pop_front() {
            let mut replies = Vec::new();
            self.workers.perform(effect, &mut |reply| replies.push(reply));
            for reply in replies {
                waiting.extend(self.app.handle(Event::Reply(reply), &clock()));
            }
        }
    }

    fn draw(&mut self) {
        let (app, theme) = (&self.app, &self.theme);
        self.terminal.draw(|frame| view::draw(app, theme, frame)).unwrap();
    }

    fn press(&mut self, keys: &str) {
        for chord in Keys::parse(keys).unwrap().0 {
            let effects = self.app.handle(Event::Key(chord), &clock());
            self.perform(effects);
        }
        self.draw();
    }
}

fn frame(criterion: &mut Criterion) {
    #[expect(clippy::disallowed_methods, reason = "a bench is told its library by its environment")]
    let told = std::env::var_os("PULLQUOTE_BENCH_LIBRARY").map(PathBuf::from);
    let folder = tempfile::tempdir().unwrap();
    let path = told.unwrap_or_else(|| {
        let path = folder.path().join("library.db");
        invented::fill(&mut Library::open(&path).unwrap(), 2_000);
        path
    });
    let mut reading = Reading::open(&path);
    criterion.bench_function("j in the list", |bencher| bencher.iter(|| reading.press("j")));
    criterion.bench_function("page of the list", |bencher| bencher.iter(|| reading.press("ctrl-f")));
    reading.press("g g");
    reading.press("enter");
    criterion.bench_function("j in the article", |bencher| {
        bencher.iter(|| {
            reading.press("j");
            reading.press("k");
        });
    });
    criterion.bench_function("a frame that changes nothing", |bencher| bencher.iter(|| reading.draw()));
}

criterion_group! { name = benches; config = Criterion::default().sample_size(50); targets = frame }
criterion_main!(benches);
