//! Pictures of articles, for golden files: what is known of it, then a line for each block with its inlines marked.

use std::fmt::Write as _;

use pullquote::model::{Article, BlockKind, Container, Document, InlineKind, Marker};

/// The article as text.
pub fn picture(article: &Article) -> String {
    let mut out = String::new();
    let date = article.published.map(|at| format!("{}{}", at.seconds, if at.day_only { " (day)" } else { "" }));
    let tags = (!article.tags.is_empty()).then(|| article.tags.join(", "));
    for (name, value) in [
        ("title", Some(&article.title)),
        ("url", article.url.as_ref()),
        ("guid", article.guid.as_ref()),
        ("source", article.source.as_ref()),
        ("author", article.author.as_ref()),
        ("date", date.as_ref()),
        ("language", article.language.as_ref()),
        ("tags", tags.as_ref()),
    ] {
        if let Some(value) = value {
            writeln!(out, "{name}: {value}").unwrap();
        }
    }
    for (name, yes) in [("read", article.read), ("bookmarked", article.bookmarked)] {
        if yes {
            writeln!(out, "{name}").unwrap();
        }
    }
    out.push('\n');
    document(&article.document, &mut out);
    out
}

fn document(document: &Document, out: &mut String) {
    for block in document.blocks() {
        let kind = match &block.kind {
            BlockKind::Paragraph => "p".to_owned(),
            BlockKind::Standfirst => "standfirst".to_owned(),
            BlockKind::Heading(level) => format!("h{level}"),
            BlockKind::Code { language } => format!("code {}", language.as_deref().unwrap_or_default()),
            BlockKind::Table { columns } => format!("table {columns:?}"),
            BlockKind::Caption => "caption".to_owned(),
            BlockKind::Rule => "rule".to_owned(),
        };
        for container in &block.within {
            let mark = match container {
                Container::Quotation => "> ".to_owned(),
                Container::Item(Some(Marker::Bullet)) => "* ".to_owned(),
                Container::Item(Some(Marker::Number(number))) => format!("{number}. "),
                Container::Item(None) => ". ".to_owned(),
                Container::Note(label) => format!("[{}] ", label.as_deref().unwrap_or_default()),
            };
            out.push_str(&mark);
        }
        let tight = if block.tight { " tight" } else { "" };
        writeln!(
            out,
            "{}{tight}: {}",
            kind.trim_end(),
            marked(document, block.span.start as usize..block.span.end as usize)
        )
        .unwrap();
    }
}

/// The text of a block with its inlines in braces.
fn marked(document: &Document, range: std::ops::Range<usize>) -> String {
    let mut marks: Vec<(usize, bool, String)> = Vec::new();
    let inside = document.inlines().iter().filter(|i| range.contains(&(i.span.start as usize)));
    for inline in inside {
        let link = |n: u32| document.links()[n as usize].clone();
        let (open, close) = match inline.kind {
            InlineKind::Emphasis => ("{i ".to_owned(), "}".to_owned()),
            InlineKind::Strong => ("{b ".to_owned(), "}".to_owned()),
            InlineKind::Strikethrough => ("{s ".to_owned(), "}".to_owned()),
            InlineKind::Code => ("{code ".to_owned(), "}".to_owned()),
            InlineKind::Superscript => ("{^ ".to_owned(), "}".to_owned()),
            InlineKind::Subscript => ("{_ ".to_owned(), "}".to_owned()),
            InlineKind::NoteRef => ("{note ".to_owned(), "}".to_owned()),
            InlineKind::Link(n) => ("{".to_owned(), format!("}}({})", link(n))),
            InlineKind::Image(n) => ("{image ".to_owned(), format!("}}({})", link(n))),
        };
        marks.push((inline.span.start as usize, true, open));
        marks.push((inline.span.end as usize, false, close));
    }
    let text = document.text();
    let mut out = String::new();
    for (at, c) in text[range.clone()].char_indices().chain([(range.len(), '\0')]) {
        let here = |opens: bool| marks.iter().filter(move |m| m.0 == at + range.start && m.1 == opens);
        here(false).rev().for_each(|mark| out.push_str(&mark.2));
        here(true).for_each(|mark| out.push_str(&mark.2));
        match c {
            '\0' => {}
            '\n' => out.push('⏎'),
            '\t' => out.push_str(" ⇥ "),
            c => out.push(c),
        }
    }
    out
}
