//! A web server on this machine for tests: it says exactly the bytes it is told to, also lies, and can stall.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Asked {
    pub path: String,
    headers: Vec<(String, String)>,
}

impl Asked {
    /// The value of a header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// What is said to a request, and what happens then.
pub struct Reply {
    after: Duration,
    bytes: Vec<u8>,
    then: Then,
}

enum Then {
    /// The next request may come on the same connection.
    Listen,
    Close,
    /// Nothing more is said, and the connection stays open.
    Stall,
    /// These bytes are said again and again, each time after so long.
    Repeat(Vec<u8>, Duration),
}

impl Reply {
    /// A whole answer. `head` is the status and headers, a line each; the length is added.
    pub fn new(head: &str, body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let mut bytes = format!("HTTP/1.1 {}\r\n", head.replace('\n', "\r\n")).into_bytes();
        bytes.extend_from_slice(format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes());
        bytes.extend_from_slice(body);
        Self { after: Duration::ZERO, bytes, then: Then::Listen }
    }

    /// A body that is well.
    pub fn ok(body: impl AsRef<[u8]>) -> Self {
        Self::new("200 OK", body)
    }

    /// Exactly these bytes, and then the end of the connection.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self { after: Duration::ZERO, bytes: bytes.into(), then: Then::Close }
    }

    /// The same, so much later.
    pub fn after(self, after: Duration) -> Self {
        Self { after, ..self }
    }

    pub fn stalls(self) -> Self {
        Self { then: Then::Stall, ..self }
    }

    pub fn repeats(self, bytes: &[u8], every: Duration) -> Self {
        Self { then: Then::Repeat(bytes.to_owned(), every), ..self }
    }
}

type Answering = dyn Fn(&Asked) -> Reply + Send + Sync;

#[derive(Default)]
struct Ending {
    is_over: Mutex<bool>,
    told: Condvar,
}

impl Ending {
    /// Waits so long, or until the end; whether that came.
    fn comes_within(&self, time: Duration) -> bool {
        let over = self.is_over.lock().expect("a flag");
        *self.told.wait_timeout_while(over, time, |over| !*over).expect("a flag").0
    }
}

/// Runs until it is dropped.
pub struct Loopback {
    port: u16,
    asked: Arc<Mutex<Vec<Asked>>>,
    ending: Arc<Ending>,
    listening: Option<thread::JoinHandle<()>>,
}

impl Loopback {
    /// A server that answers as `answer` says.
    pub fn new(answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let mut server = Self { port, asked: Arc::default(), ending: Arc::default(), listening: None };
        let answer: Arc<Answering> = Arc::new(answer);
        let (asked, ending) = (Arc::clone(&server.asked), Arc::clone(&server.ending));
        server.listening = Some(thread::spawn(move || {
            for connection in listener.incoming().map_while(Result::ok) {
                if *ending.is_over.lock().expect("a flag") {
                    return;
                }
                let (answer, asked, ending) = (Arc::clone(&answer), Arc::clone(&asked), Arc::clone(&ending));
                // A connection that breaks is the client's affair.
                thread::spawn(move || drop(converse(connection, &*answer, &asked, &ending)));
            }
        }));
        server
    }

    /// The address of something on it.
    pub fn at(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The same by the machine's name, which is another host.
    pub fn by_name(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.port)
    }

    /// All that was asked so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("requests").clone()
    }
}

impl Drop for Loopback {
    fn drop(&mut self) {
        *self.ending.is_over.lock().expect("a flag") = true;
        self.ending.told.notify_all();
        // Wakes the listener; whoever comes when this is over finds nobody.
        drop(TcpStream::connect(("127.0.0.1", self.port)));
        if let Some(listening) = self.listening.take() {
            drop(listening.join());
        }
    }
}

fn converse(
    connection: TcpStream,
    answer: &Answering,
    log: &Mutex<Vec<Asked>>,
    ending: &Ending,
) -> std::io::Result<()> {
    let mut writer = connection.try_clone()?;
    let mut reader = BufReader::new(connection);
    while let Some(asked) = request(&mut reader)? {
        log.lock().expect("requests").push(asked.clone());
        let reply = answer(&asked);
        if ending.comes_within(reply.after) {
            return Ok(());
        }
        writer.write_all(&reply.bytes)?;
        match reply.then {
            Then::Listen => {}
            Then::Close => return writer.shutdown(std::net::Shutdown::Both),
            Then::Stall => {
                while !ending.comes_within(Duration::MAX) {}
                return Ok(());
            }
            Then::Repeat(bytes, every) => loop {
                writer.write_all(&bytes)?;
                if ending.comes_within(every) {
                    return Ok(());
                }
            },
        }
    }
    Ok(())
}

/// The next request on a connection; `None` at its end.
fn request(reader: &mut impl BufRead) -> std::io::Result<Option<Asked>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
            return Ok(Some(Asked { path, headers }));
        }
        if let Some((name, value)) = line.split_once(':') {
            headers.push((name.to_lowercase(), value.trim().to_owned()));
        }
    }
}
