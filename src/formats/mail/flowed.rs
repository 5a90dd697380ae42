//! The plain text of a message: lines that were broken on the way are put together again (RFC 3676), and what is quoted
//! from earlier messages stands in block quotations.

use crate::formats::paragraphs::paragraphs;
use crate::model::{BlockKind, Builder, Container, Document};
use crate::text::clean::clean;

/// Quotations in each other that are shown; deeper ones stand with the last.
const DEPTH: usize = 16;

/// A document of `text`, and of `attached` as its last line.
pub fn document(text: &str, flowed: bool, delsp: bool, attached: Option<&str>) -> Document {
    let mut builder = Builder::default();
    let text = clean(text);
    let lines = if flowed { unflowed(&text, delsp) } else { text.lines().map(unquoted).collect() };
    let mut lines = lines.into_iter().peekable();
    while let Some((depth, line)) = lines.next() {
        if line == "-- " || line == "--" {
            // What follows is a signature.
            builder.block(BlockKind::Rule, Vec::new(), false);
            continue;
        }
        let mut run = line;
        while let Some((_, next)) = lines.next_if(|(next, line)| *next == depth && line != "-- " && line != "--") {
            run.push('\n');
            run.push_str(&next);
        }
        let blocks: Vec<String> = if flowed {
            run.split("\n\n").map(|block| block.trim_matches('\n').to_owned()).collect()
        } else {
            paragraphs(&run)
        };
        for block in blocks.iter().filter(|block| !block.trim().is_empty()) {
            builder.block(BlockKind::Paragraph, vec![Container::Quotation; depth.min(DEPTH)], false);
            builder.text(block);
        }
    }
    if let Some(attached) = attached {
        builder.block(BlockKind::Paragraph, Vec::new(), false);
        builder.text(attached);
    }
    builder.finish()
}

/// How deep a line is quoted, and the line without its marks.
fn unquoted(line: &str) -> (usize, String) {
    let (mut depth, mut rest) = (0, line);
    loop {
        // "> > text" is as common as ">> text".
        let inner = rest.strip_prefix(' ').filter(|_| depth > 0).unwrap_or(rest);
        match inner.strip_prefix('>') {
            Some(after) => {
                depth += 1;
                rest = after;
            }
            None => return (depth, if depth > 0 { inner.to_owned() } else { rest.to_owned() }),
        }
    }
}

/// The lines of `format=flowed` text: one that ends with a blank goes on in the next one of the same depth.
fn unflowed(text: &str, delsp: bool) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        let depth = line.bytes().take_while(|byte| *byte == b'>').count();
        let rest = line.get(depth..).unwrap_or_default();
        // A blank was put before what would have been taken for a mark.
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        let soft = rest.ends_with(' ') && rest != "-- ";
        let kept = if soft && delsp { rest.strip_suffix(' ').unwrap_or(rest) } else { rest };
        match lines.last_mut() {
            Some((above, text)) if open && *above == depth && rest != "-- " => text.push_str(kept),
            _ => lines.push((depth, kept.to_owned())),
        }
        open = soft;
    }
    for (_, line) in &mut lines {
        if line != "-- " {
            line.truncate(line.trim_end().len());
        }
    }
    lines
}
