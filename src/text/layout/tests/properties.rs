//! What holds for every page, whatever the document, the quotes and the measure.

use proptest::prelude::*;

use crate::{
    model::{Align, BlockKind, Builder, Container, Document, InlineKind, Marker, Quote, Span},
    text::{
        layout::{Page, Role, Setting, lay_out},
        segment::clusters,
    },
};

fn words() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        6 => "[a-z]{1,9}[.,]? ",
        2 => "“[a-z ]{1,60}” ",
        1 => "[0-9.]{1,4} (km|million) ",
        1 => "https://[a-z]{1,9}/[a-z./?-]{0,40} ",
        1 => "[日本語ｶﾞ한글ไทย]{1,9}",
        1 => "(👩\u{200D}🚀|🇫🇷|é|e\u{301}|\u{200B}|\u{A0}|\u{600}|क्ष|\u{1F3FB}|\u{7}|\u{AD}){1,4}",
        1 => any::<char>().prop_map(String::from),
        1 => Just("\n".to_owned()),
        1 => Just("\t".to_owned()),
    ];
    prop::collection::vec(part, 1..12).prop_map(|parts| parts.concat())
}

fn kind() -> impl Strategy<Value = BlockKind> {
    prop_oneof![
        6 => Just(BlockKind::Paragraph),
        1 => Just(BlockKind::Standfirst),
        1 => (1..=6u8).prop_map(BlockKind::Heading),
        1 => Just(BlockKind::Code { language: None }),
        2 => prop::collection::vec(prop_oneof![Just(Align::Left), Just(Align::Centre), Just(Align::Right)], 0..4)
            .prop_map(|columns| BlockKind::Table { columns }),
        1 => Just(BlockKind::Caption),
        1 => Just(BlockKind::Rule),
    ]
}

fn container() -> impl Strategy<Value = Container> {
    prop_oneof![
        Just(Container::Quotation),
        Just(Container::Item(None)),
        Just(Container::Item(Some(Marker::Bullet))),
        any::<u64>().prop_map(|number| Container::Item(Some(Marker::Number(number)))),
        Just(Container::Note(None)),
        "[0-9a-z日]{1,12}".prop_map(|label| Container::Note(Some(label))),
    ]
}

fn inline() -> impl Strategy<Value = Option<InlineKind>> {
    prop_oneof![
        4 => Just(None),
        1 => Just(Some(InlineKind::Emphasis)),
        1 => Just(Some(InlineKind::Strong)),
        1 => Just(Some(InlineKind::Code)),
        1 => Just(Some(InlineKind::Superscript)),
        1 => Just(Some(InlineKind::Subscript)),
        1 => Just(Some(InlineKind::NoteRef)),
        2 => (0..40u32).prop_map(|link| Some(InlineKind::Link(link))),
        1 => (0..40u32).prop_map(|link| Some(InlineKind::Image(link))),
    ]
}

fn document() -> impl Strategy<Value = Document> {
    let block = (
        kind(),
        prop::collection::vec(container(), 0..5),
        any::<bool>(),
        prop::collection::vec((inline(), words()), 1..5),
    );
    prop::collection::vec(block, 0..8).prop_map(|blocks| {
        let mut builder = Builder::default();
        for (kind, within, tight, parts) in blocks {
            let is_rule = kind == BlockKind::Rule;
            builder.block(kind, within, tight);
            for (inline, words) in parts.iter().filter(|_| !is_rule) {
                let inline = inline.map(|kind| match kind {
                    InlineKind::Link(n) => InlineKind::Link(builder.link(format!("https://example.org/{n}/日本"))),
                    InlineKind::Image(n) => InlineKind::Image(builder.link(format!("https://example.org/{n}.png"))),
                    kind => kind,
                });
                if let Some(kind) = inline {
                    builder.open(kind);
                }
                builder.text(words);
                if inline.is_some() {
                    builder.close();
                }
            }
        }
        builder.finish()
    })
}

/// Quotes anywhere in `document`, in order or not, overlapping or not, some not even on characters.
fn quotes() -> impl Strategy<Value = Vec<Quote>> {
    let span = (0..400u32, 0..200u32).prop_map(|(start, length)| start..start + length);
    let quote = (span.clone(), any::<bool>(), prop::option::of(span), prop::option::of("[A-Zé日 ]{0,30}"), 0..=1u8);
    let quotes = prop::collection::vec(quote, 0..8);
    quotes.prop_map(|quotes| {
        let quotes = quotes.into_iter().map(|(span, speech, source, speaker, confidence)| Quote {
            span,
            speech,
            cue: source.clone(),
            source,
            role: speaker.clone(),
            speaker,
            confidence: f32::from(confidence),
        });
        quotes.collect()
    })
}

/// Cells of each row as ratatui draws it: piece by piece, cluster by cluster, control characters left out.
fn row_cells(page: &Page) -> impl Iterator<Item = usize> {
    page.rows.iter().map(|row| {
        let drawn = row.pieces.iter().flat_map(|piece| clusters(&piece.text));
        drawn.filter(|cluster| !cluster.text.contains(char::is_control)).map(|cluster| cluster.cells).sum()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn every_page_is_sound(
        document in document(),
        quotes in quotes(),
        measure in 1..=120u16,
        ascii in any::<bool>(),
        long_quote_rows in 0..4u16,
    ) {
        let setting = Setting { measure, ascii, long_quote_rows };
        let front = [(Role::Title, "Hafen 東京 e\u{301}"), (Role::Byline, "Kurier · 3 min")];
        let page = lay_out(&front, &document, &quotes, setting);
        let text = document.text();
        for (row, cells) in page.rows.iter().zip(row_cells(&page)) {
            prop_assert!(cells <= usize::from(measure), "{cells} cells in {measure}: {row:?}");
            prop_assert!(row.pieces.iter().all(|piece| !piece.text.is_empty() && !piece.text.contains('\n')));
        }
        prop_assert!(page.rows.is_sorted_by_key(|row| row.start));
        prop_assert!(page.rows.iter().all(|row| row.start as usize <= text.len()));

        // Every character stands in one piece, and only white space in none.
        let mut spans: Vec<&Span> = page.rows.iter().flat_map(|row| &row.pieces).filter_map(|p| p.span.as_ref()).collect();
        spans.sort_by_key(|span| span.start);
        let mut shown = 0;
        for span in spans {
            prop_assert!(shown <= span.start, "twice: {span:?}");
            prop_assert!(document.slice(&(shown..span.start)).trim().is_empty(), "lost before {span:?}");
            shown = span.end;
        }
        prop_assert!(document.slice(&(shown..u32::try_from(text.len()).unwrap())).trim().is_empty());
        for piece in page.rows.iter().flat_map(|row| &row.pieces) {
            let Some(span) = &piece.span else { continue };
            let own = document.slice(span);
            let is_replaced = own.chars().count() == piece.text.chars().count() || clusters(own).count() == 1;
            prop_assert!(piece.text == own || is_replaced, "{own:?} as {piece:?}");
        }

        // Anchors: every place is found again, whatever the page looks like.
        for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            let row = page.row_at(u32::try_from(at).unwrap());
            prop_assert!(page.rows[row].shows(u32::try_from(at).unwrap()), "{c:?} at {at} is not in row {row}");
        }
        for (at, row) in page.rows.iter().enumerate() {
            let top = page.top_row(row.start);
            prop_assert!(top <= at && page.rows[top].start == row.start);
        }
    }
}
