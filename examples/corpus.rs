//! A library to measure with: invented articles as JSON lines, the same each time, the oldest first.
//! `cargo run --release --example corpus 100000 > corpus.jsonl`, then `pullquote --library l.db add corpus.jsonl`.

#[path = "../benches/invented/article.rs"]
mod article;

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use serde_json::json;

fn main() -> ExitCode {
    let Some(count) = std::env::args().nth(1).and_then(|count| count.parse().ok()) else {
        let _ = writeln!(io::stderr(), "how many articles?");
        return ExitCode::from(2);
    };
    match write(count, &mut BufWriter::new(io::stdout().lock())) {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever read has enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

fn write(count: u64, out: &mut impl Write) -> io::Result<()> {
    for n in (0..count).rev() {
        let article = article::article(n);
        let date = article.published.and_then(|at| jiff::Timestamp::from_second(at.seconds).ok());
        let line = json!({
            "title": article.title,
            "text": article.document.text(),
            "date": date.map(|date| date.to_string()),
            "source": article.source,
            "author": article.author,
            "url": article.url,
        });
        writeln!(out, "{line}")?;
    }
    out.flush()
}
