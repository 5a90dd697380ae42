//! The reader on a terminal: takes it, draws on it, listens to it and gives it back on every way out. Knows the state
//! machine, the view and the workers, and connects them; decides nothing about articles.

mod clipboard;
mod colours;
mod converting;
mod event_loop;
mod input;
mod look;
mod pacer;
mod pen;
mod screen;
mod session;
mod signals;
mod watching;

use std::io::{self, IsTerminal};
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use clipboard::Multiplexer;
use colours::Background;
use converting::Waiting;
use event_loop::{EventLoop, Message};
use input::LateAnswer;
use look::Look;
use pacer::Pacer;
use screen::Screen;
use session::Session;

use crate::app::{App, Effect, Reply};
use crate::clock::Now;
use crate::config::{Depth, Settings, ThemeChoice};
use crate::error::{Error, Result};
use crate::view;
use crate::workers::{Answer, Browser, Converting, Opening, Workers};

/// What the terminal is taken for where it does not say how large it is, as terminals have been for fifty years.
const USUAL_SIZE: (u16, u16) = (80, 24);

/// Opens the reader on the library at `library`, which is made where there is none, and runs until it is left; the exit code.
/// `passing` says that the library is thrown away at the end: nothing needs to be remembered in it.
///
/// # Errors
/// Standard output is no terminal, or one that cannot place text; the library is refused; the terminal fails.
pub fn run(library: &Path, settings: Settings, passing: bool) -> Result<u8> {
    refuse_without_terminal()?;
    // Before the size is asked for: a change in between would never be heard.
    input::open().map_err(|error| no_keys(&error))?;
    let size = size();
    let (sender, inbox) = mpsc::channel();
    // Before anything changes the terminal's modes: a signal in between would leave them so.
    signals::listen(&sender).map_err(|error| no_threads(&error))?;
    let depth = colours::depth(settings.color, environment);
    let due = Converting::is_due(library)?;
    // While the terminal thinks about its background, the library is read.
    let (opening, background) = thread::scope(|scope| {
        let wanted = settings.theme == ThemeChoice::Auto && depth != Depth::None;
        let asked = wanted.then(|| scope.spawn(colours::background));
        let opening = (!due).then(|| Opening::read(library, &settings, size, passing, Now::read));
        (opening, asked.and_then(|asked| asked.join().ok()).unwrap_or(Background::Unknown))
    });
    let opening = opening.transpose()?;
    let look = Look::new(&settings, background != Background::Light, depth);
    let late = LateAnswer::new(background == Background::Late);
    let browser = Browser { program: settings.browser.clone(), variable: environment("BROWSER") };
    let (credentials, minutes) = (settings.credentials.clone(), u64::from(settings.refresh));
    let mut session = Session::enter(settings.mouse)?;
    let mut screen = Screen::on_stdout(size.0, size.1).map_err(|error| cannot_write(&error))?;
    let mut listening = Some(late);
    let opening = if let Some(opening) = opening {
        opening
    } else {
        if let Some(late) = listening.take() {
            input::listen(sender.clone(), late).map_err(|error| no_threads(&error))?;
        }
        let mut waiting = Waiting { session: &mut session, screen: &mut screen, inbox: &inbox, size };
        if let Some(exit) = waiting.convert(library, &sender, look.theme(), settings.ascii)? {
            return Ok(exit);
        }
        let size = waiting.size;
        Opening::read(library, &settings, size, passing, Now::read)?
    };
    let (app, effects) = App::new(settings, opening.start, &Now::read());
    screen.draw(|frame| view::draw(&app, look.theme(), frame)).map_err(|error| cannot_write(&error))?;
    // What follows is not needed for the first frame.
    let answers = sender.clone();
    let answer = move |answer| {
        // Nobody listens any more when the program ends.
        let _ = answers.send(Message::Answer(answer));
    };
    if minutes > 0 {
        remind(sender.clone(), Duration::from_mins(minutes)).map_err(|error| no_threads(&error))?;
    }
    watching::listen(library, sender.clone());
    let mut workers = Workers::start(opening.library, browser, credentials, Now::read, answer)?;
    // Watching begins now, so that nothing is missed from here on.
    for effect in effects.into_iter().chain([Effect::Watch]) {
        workers.give(effect);
    }
    if let Some(late) = listening {
        input::listen(sender, late).map_err(|error| no_threads(&error))?;
    }
    let multiplexer = Multiplexer::of(environment);
    EventLoop {
        app,
        look,
        screen,
        session,
        inbox,
        workers,
        pacer: Pacer::default(),
        multiplexer,
        away: false,
        watched: Now::read().seconds,
        listing: None,
        later: Vec::new(),
    }
    .run()
}

/// Tells each time so long has passed that feeds may be asked again. Runs only where the reader wants it: else nothing
/// wakes up while nothing happens.
fn remind(sender: mpsc::Sender<Message>, every: Duration) -> io::Result<()> {
    let remind = move || {
        loop {
            thread::sleep(every);
            if sender.send(Message::Answer(Answer::Reply(Reply::RefreshDue))).is_err() {
                return;
            }
        }
    };
    thread::Builder::new().name("reminder".into()).spawn(remind).map(drop)
}

fn refuse_without_terminal() -> Result<()> {
    let hint = "`pullquote list` and `pullquote show` print instead";
    if !io::stdout().is_terminal() {
        return Err(Error::refused("the reader needs a terminal, and standard output is none").hint(hint));
    }
    if environment("TERM").is_none_or(|term| term == "dumb") {
        return Err(Error::refused(
            "the reader needs a terminal that can place text, and TERM says that this one cannot",
        )
        .hint(hint));
    }
    Ok(())
}

/// The terminal's size in cells: columns and rows, at least one of each.
fn size() -> (u16, u16) {
    let said = rustix::termios::tcgetwinsize(io::stdout()).ok().map(|size| (size.ws_col, size.ws_row));
    said.filter(|&(columns, rows)| columns > 0 && rows > 0).unwrap_or(USUAL_SIZE)
}

#[expect(clippy::disallowed_methods, reason = "the terminal is an edge, and its environment says what it is")]
fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

fn no_keys(error: &io::Error) -> Error {
    Error::refused(format!("cannot read keys from the terminal: {error}"))
        .hint("start pullquote in a terminal, or use `pullquote list` and `pullquote show`")
}

fn cannot_write(error: &io::Error) -> Error {
    Error::refused(format!("cannot write to the terminal: {error}"))
}

fn no_threads(error: &io::Error) -> Error {
    Error::refused(format!("cannot start the program's threads: {error}"))
}
