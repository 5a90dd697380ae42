//! Elements drawn around small documents.

use super::*;
use crate::model::{BlockKind, Builder, Container, Document, InlineKind, Marker, Quote};

fn written(document: &Document, quotes: &[Quote]) -> String {
    let mut out = String::new();
    blocks::write(document, quotes, 7, &mut out);
    out
}

fn speech(span: std::ops::Range<u32>, source: Option<std::ops::Range<u32>>) -> Quote {
    let speaker = source.as_ref().map(|_| "Ada <Brown>".to_owned());
    Quote { span, speech: true, cue: None, source, speaker, role: None, confidence: 0.5 }
}

#[test]
fn text_is_escaped_and_speech_carries_its_speaker() {
    let document = Document::plain(["“a < b & c” said Ada", "“d\ne”"]);
    let end = u32::try_from(document.text().len()).unwrap();
    let quotes = [speech(0..15, Some(21..24)), speech(26..end, None)];
    assert_eq!(
        written(&document, &quotes),
        "<p><span class=\"speech\" title=\"Ada &lt;Brown&gt; (?)\">“a &lt; b &amp; c”</span> said \
         <span class=\"speaker\">Ada</span></p>\n<p><span class=\"speech\">“d<br/>\ne”</span></p>\n"
    );
}

#[test]
fn what_overlaps_is_closed_and_begun_again() {
    let mut builder = Builder::default();
    builder.block(BlockKind::Paragraph, vec![], false);
    builder.text("ab");
    builder.open(InlineKind::Emphasis);
    builder.text("cd");
    builder.close();
    builder.text("ef");
    let document = builder.finish();
    let table = [
        (1..3, "a<S>b<em>c</em></S><em>d</em>ef"),
        (3..5, "ab<em>c<S>d</S></em><S>e</S>f"),
        (2..4, "ab<S><em>cd</em></S>ef"),
        (1..5, "a<S>b<em>cd</em>e</S>f"),
        (0..6, "<S>ab<em>cd</em>ef</S>"),
    ];
    for (span, expected) in table {
        let html = written(&document, &[speech(span, None)]);
        let html = html.replace("<span class=\"speech\">", "<S>").replace("</span>", "</S>");
        assert_eq!(html, format!("<p>{expected}</p>\n"));
    }
}

#[test]
fn speech_over_paragraphs_is_an_element_in_each() {
    let document = Document::plain(["x “a", "“b” y"]);
    let html = written(&document, &[speech(2..15, None)]);
    assert_eq!(html, "<p>x <span class=\"speech\">“a</span></p>\n<p><span class=\"speech\">“b”</span> y</p>\n");
}

#[test]
fn lists_quotations_and_notes_open_and_close() {
    let item = |marker| Container::Item(Some(marker));
    let number = |n| item(Marker::Number(n));
    let mut builder = Builder::default();
    for (text, within) in [
        ("a", vec![item(Marker::Bullet)]),
        ("b", vec![item(Marker::Bullet)]),
        ("c", vec![Container::Item(None), number(3)]),
        ("d", vec![Container::Item(None), number(4)]),
        ("e", vec![Container::Item(None), number(9)]),
        ("f", vec![Container::Quotation]),
        ("g", vec![Container::Quotation, item(Marker::Bullet)]),
        ("h", vec![Container::Note(Some("1".into()))]),
        ("i", vec![Container::Note(None)]),
        ("j", vec![]),
    ] {
        builder.block(BlockKind::Paragraph, within, false);
        builder.text(text);
    }
    let html = written(&builder.finish(), &[]).replace('\n', "");
    assert_eq!(
        html,
        "<ul><li><p>a</p></li><li><p>b</p><ol start=\"3\"><li><p>c</p></li><li><p>d</p></li><li value=\"9\"><p>e</p></li></ol>\
         </li></ul><blockquote><p>f</p><ul><li><p>g</p></li></ul></blockquote>\
         <aside class=\"note\" id=\"note-7-1\"><p>h</p><p>i</p></aside><p>j</p>"
    );
}

#[test]
fn tables_code_and_links_are_set() {
    let mut builder = Builder::default();
    builder.block(
        BlockKind::Table { columns: vec![crate::model::Align::Left, crate::model::Align::Right] },
        vec![],
        false,
    );
    builder.text("a\tb\nc\t");
    builder.open(InlineKind::Strong);
    builder.text("d");
    builder.close();
    builder.block(BlockKind::Code { language: Some("x\"y".into()) }, vec![], false);
    builder.text("if a < b {\n}");
    builder.block(BlockKind::Paragraph, vec![], false);
    let n = builder.link("https://a.example/?b=\"&c".into());
    builder.open(InlineKind::Link(n));
    builder.text("link");
    builder.close();
    let html = written(&builder.finish(), &[]);
    assert_eq!(
        html,
        "<table>\n<tr><th>a</th><th class=\"right\">b</th></tr>\n<tr><td>c</td><td class=\"right\"><strong>d</strong></td></tr>\n\
         </table>\n<pre><code class=\"language-x&quot;y\">if a &lt; b {\n}</code></pre>\n\
         <p><a href=\"https://a.example/?b=&quot;&amp;c\">link</a></p>\n"
    );
}
