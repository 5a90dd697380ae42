//! Documents drawn as pictures, one line a block: containers, kind, text with its inlines in braces.

use super::*;

/// A block as `quotation > item 1. > paragraph tight: text {strong:…}`.
fn picture(text: &str) -> String {
    let document = read(text, "", "").document;
    let mut out = String::new();
    for block in document.blocks() {
        for container in &block.within {
            let container = match container {
                Container::Quotation => "quotation".to_owned(),
                Container::Item(None) => "item".to_owned(),
                Container::Item(Some(Marker::Bullet)) => "item •".to_owned(),
                Container::Item(Some(Marker::Number(n))) => format!("item {n}."),
                Container::Note(None) => "note".to_owned(),
                Container::Note(Some(label)) => format!("note [{label}]"),
            };
            out.push_str(&container);
            out.push_str(" > ");
        }
        let kind = match &block.kind {
            BlockKind::Paragraph => "paragraph".to_owned(),
            BlockKind::Standfirst => "standfirst".to_owned(),
            BlockKind::Heading(level) => format!("heading {level}"),
            BlockKind::Code { language } => format!("code {}", language.as_deref().unwrap_or("-")),
            BlockKind::Table { columns } => format!("table {columns:?}"),
            BlockKind::Caption => "caption".to_owned(),
            BlockKind::Rule => "rule".to_owned(),
        };
        out.push_str(&kind);
        out.push_str(if block.tight { " tight: " } else { ": " });
        let mut at = block.span.start;
        let inside = |span: &crate::model::Span| block.span.start <= span.start && span.end <= block.span.end;
        let mut ends: Vec<u32> = Vec::new();
        for inline in document.inlines().iter().filter(|inline| inside(&inline.span)) {
            while ends.last().is_some_and(|end| *end <= inline.span.start) {
                let end = ends.pop().unwrap();
                out.push_str(document.slice(&(at..end)));
                out.push('}');
                at = end;
            }
            out.push_str(document.slice(&(at..inline.span.start)));
            at = inline.span.start;
            let kind = match inline.kind {
                InlineKind::Link(n) => format!("{{link {}:", document.links()[n as usize]),
                InlineKind::Image(n) => format!("{{image {}:", document.links()[n as usize]),
                kind => format!("{{{kind:?}:").to_lowercase(),
            };
            out.push_str(&kind);
            ends.push(inline.span.end);
        }
        while let Some(end) = ends.pop() {
            out.push_str(document.slice(&(at..end)));
            out.push('}');
            at = end;
        }
        out.push_str(document.slice(&(at..block.span.end)));
        out.push('\n');
    }
    out.replace('\t', "→")
}

#[test]
fn blocks_and_inlines() {
    let table = [
        ("One\ntwo.\n\nThree  \nfour.", "paragraph: One two.\nparagraph: Three\nfour.\n"),
        ("## A *b*\n\ntext", "heading 2: A {emphasis:b}\nparagraph: text\n"),
        ("A **b *c* d** ~~e~~ `f`", "paragraph: A {strong:b {emphasis:c} d} {strikethrough:e} {code:f}\n"),
        ("> One\n>\n> > Two", "quotation > paragraph: One\nquotation > quotation > paragraph: Two\n"),
        ("```rust ignore\nfn a() {\n\n}\n```", "code rust: fn a() {\n\n}\n"),
        ("    let a;\n", "code -: let a;\n"),
        ("a\n\n---\n\nb", "paragraph: a\nrule: \nparagraph: b\n"),
        ("a<br>b<span>c</span>", "paragraph: a\nbc\n"),
        ("*e*\u{301}x *\u{fe0f}\u{20e3}", "paragraph: {emphasis:e}x *\u{fe0f}\u{20e3}\n"),
        ("<div>\n<b>bold</b> <!-- no > -->\n<style>p{}</style></div>\n", "paragraph: bold\n"),
        ("- [x] done\n- [ ] open", "item • > paragraph: [x] done\nitem • > paragraph tight: [ ] open\n"),
        ("| A | B |\n|:-:|--:|\n| *c* | d<br>e |\n|  | f |", "table [Centre, Right]: A→B\n{emphasis:c}→d e\n→f\n"),
    ];
    for (text, expected) in table {
        assert_eq!(picture(text), expected, "{text}");
    }
}

#[test]
fn lists_know_their_markers_and_their_tightness() {
    let table = [
        (
            "Text\n\n- a\n- b\n  - c\n  - d\n- e",
            "paragraph: Text\nitem • > paragraph: a\nitem • > paragraph tight: b\nitem > item • > paragraph tight: c\n\
             item > item • > paragraph tight: d\nitem • > paragraph tight: e\n",
        ),
        ("3. a\n\n   more\n\n4. b", "item 3. > paragraph: a\nitem > paragraph: more\nitem 4. > paragraph: b\n"),
        ("- > q\n- - x", "item • > quotation > paragraph: q\nitem • > item • > paragraph tight: x\n"),
        ("1. a\n   ```\n   b\n   ```", "item 1. > paragraph: a\nitem > code -: b\n"),
    ];
    for (text, expected) in table {
        assert_eq!(picture(text), expected, "{text}");
    }
}

#[test]
fn links_lead_to_the_web_or_nowhere() {
    let table = [
        (
            "[a](https://a.example/x \"t\") <http://b.example>",
            "paragraph: {link https://a.example/x:a} {link http://b.example/:http://b.example}\n",
        ),
        ("[a](javascript:x) [b](/c) <d@e.example>", "paragraph: a b d@e.example\n"),
        ("[a][r]\n\n[r]: https://a.example", "paragraph: {link https://a.example/:a}\n"),
        ("![A *pier*](https://a.example/p.png)", "caption: {image https://a.example/p.png:A {emphasis:pier}}\n"),
        ("![](https://a.example/p.png) by me", "paragraph: {image https://a.example/p.png:p.png} by me\n"),
        ("![](https://a.example/p.png \"A pier\")", "caption: {image https://a.example/p.png:A pier}\n"),
        ("![A pier](p.png)", "caption: A pier\n"),
        (
            "A[^n].\n\n[^n]: Why.\n\n    More.",
            "paragraph: A{noteref:n}.\nnote [n] > paragraph: Why.\nnote > paragraph: More.\n",
        ),
    ];
    for (text, expected) in table {
        assert_eq!(picture(text), expected, "{text}");
    }
}

#[test]
fn the_first_great_heading_is_the_title() {
    for (text, given, title, body) in [
        ("# A `b`\n\nText", "", Some("A b"), "Text"),
        ("Text\n\n# A\n\n# B", "", Some("A"), "Text\n\nB"),
        ("# A\n\nText", "A", Some("A"), "Text"),
        ("# A\n\nText", "Other", None, "A\n\nText"),
        ("> # A", "", None, "A"),
        ("## A", "", None, "A"),
        ("#\n\n# B", "", Some("B"), ""),
    ] {
        let read = read(text, "", given);
        assert_eq!(read.title.as_deref(), title, "{text}");
        assert_eq!(read.document.text(), body, "{text}");
    }
}

#[test]
fn character_references_cannot_smuggle_anything_in() {
    let body = read("a&#27;]0;b &#x202e;c `&#7;` [x](https://a.example/&#10;y)", "", "");
    assert!(!body.document.text().contains(['\u{1b}', '\u{7}']));
    assert!(body.document.links().iter().all(|link| link.is_ascii() && !link.contains(char::is_control)));
}

#[test]
fn what_is_too_deep_is_set_flat() {
    let deep = format!("{}deep\n\nafter", "> ".repeat(NESTING_LIMIT * 3));
    let document = read(&deep, "", "").document;
    let depths: Vec<usize> = document.blocks().iter().map(|block| block.within.len()).collect();
    assert_eq!(depths, [NESTING_LIMIT, 0]);
    let stars = format!("{}a{}", "*".repeat(4000), "*".repeat(4000));
    assert!(read(&stars, "", "").document.inlines().len() <= NESTING_LIMIT);
}
