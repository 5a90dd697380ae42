//! An article's body and its quotes as bytes, and back.
//!
//! Version 1, in the terms of `bytes` (N number, S signed, T text); spans are S, from where the one before it ended, and
//! N, the length in bytes:
//!
//! ```text
//! byte 1 (version) · T text
//! N blocks, each:   span · byte kind + 64 where it stands in containers + 128 where it is tight ·
//!                   what the kind needs: heading byte level; code T language, empty for none; table N columns, a byte each
//!                   where it stands in containers: N of them, each a byte, then number or label (see `container`)
//! N inlines, each:  S start from the start of the one before · N length · byte kind · link and image: N
//! N links, each:    T
//! N quotes, each:   span · byte: 1 speech, 2 cue, 4 source, 8 speaker, 16 role · cue and source: S start from the quote's,
//!                   N length · speaker and role: T · N confidence in thousandths
//! ```

use super::bytes::{Reader, Writer};
use crate::model::{Align, Block, BlockKind, Container, Document, Inline, InlineKind, Marker, Quote, Span};

const VERSION: u8 = 1;
const WITHIN: u8 = 64;
const TIGHT: u8 = 128;
/// Rooms that are kept ready for a list before its items are read: what a broken length may cost.
const READY: usize = 1024;

/// `document` and `quotes` as bytes.
pub fn encode(document: &Document, quotes: &[Quote]) -> Vec<u8> {
    let mut out = Writer::default();
    out.byte(VERSION);
    out.text(document.text());
    out.number(document.blocks().len() as u64);
    let mut end = 0;
    for block in document.blocks() {
        write_span(&mut out, end, &block.span);
        end = block.span.end;
        write_block(&mut out, block);
    }
    out.number(document.inlines().len() as u64);
    let mut start = 0;
    for inline in document.inlines() {
        write_span(&mut out, start, &inline.span);
        start = inline.span.start;
        write_inline(&mut out, inline.kind);
    }
    out.number(document.links().len() as u64);
    for link in document.links() {
        out.text(link);
    }
    out.number(quotes.len() as u64);
    let mut end = 0;
    for quote in quotes {
        write_span(&mut out, end, &quote.span);
        end = quote.span.end;
        write_quote(&mut out, quote);
    }
    out.finish()
}

/// The document and quotes that `encode` made bytes of; `None` for anything else.
pub fn decode(bytes: &[u8]) -> Option<(Document, Vec<Quote>)> {
    let mut from = Reader::new(bytes);
    if from.byte()? != VERSION {
        return None;
    }
    let text = from.text()?.to_owned();
    let mut end = 0;
    let blocks = read_all(&mut from, |from| {
        let span = read_span(from, end)?;
        end = span.end;
        read_block(from, span)
    })?;
    let mut start = 0;
    let inlines = read_all(&mut from, |from| {
        let span = read_span(from, start)?;
        start = span.start;
        Some(Inline { span, kind: read_inline(from)? })
    })?;
    let links = read_all(&mut from, |from| from.text().map(str::to_owned))?;
    let mut end = 0;
    let quotes = read_all(&mut from, |from| {
        let span = read_span(from, end)?;
        end = span.end;
        read_quote(from, span)
    })?;
    let document = Document::from_parts(text, blocks, inlines, links)?;
    from.is_done().then_some((document, quotes))
}

/// Only the text of what `encode` made.
pub fn text(bytes: &[u8]) -> Option<&str> {
    let mut from = Reader::new(bytes);
    (from.byte()? == VERSION).then(|| from.text()).flatten()
}

fn read_all<'a, T>(from: &mut Reader<'a>, mut item: impl FnMut(&mut Reader<'a>) -> Option<T>) -> Option<Vec<T>> {
    let count = usize::try_from(from.number()?).ok()?;
    let mut all = Vec::with_capacity(count.min(READY));
    for _ in 0..count {
        all.push(item(from)?);
    }
    Some(all)
}

fn write_span(out: &mut Writer, base: u32, span: &Span) {
    out.signed(i64::from(span.start) - i64::from(base));
    out.number(u64::from(span.end.saturating_sub(span.start)));
}

fn read_span(from: &mut Reader, base: u32) -> Option<Span> {
    let start = u32::try_from(i64::from(base).checked_add(from.signed()?)?).ok()?;
    Some(start..start.checked_add(from.small()?)?)
}

fn write_block(out: &mut Writer, block: &Block) {
    let kind = match block.kind {
        BlockKind::Paragraph => 0,
        BlockKind::Standfirst => 1,
        BlockKind::Heading(_) => 2,
        BlockKind::Code { .. } => 3,
        BlockKind::Table { .. } => 4,
        BlockKind::Caption => 5,
        BlockKind::Rule => 6,
    };
    let within = if block.within.is_empty() { 0 } else { WITHIN };
    let tight = if block.tight { TIGHT } else { 0 };
    out.byte(kind | within | tight);
    match &block.kind {
        BlockKind::Heading(level) => out.byte(*level),
        BlockKind::Code { language } => out.text(language.as_deref().unwrap_or_default()),
        BlockKind::Table { columns } => {
            out.number(columns.len() as u64);
            for column in columns {
                out.byte(match column {
                    Align::Left => 0,
                    Align::Centre => 1,
                    Align::Right => 2,
                });
            }
        }
        _ => {}
    }
    if !block.within.is_empty() {
        out.number(block.within.len() as u64);
        for container in &block.within {
            write_container(out, container);
        }
    }
}

fn read_block(from: &mut Reader, span: Span) -> Option<Block> {
    let byte = from.byte()?;
    let kind = match byte & !(WITHIN | TIGHT) {
        0 => BlockKind::Paragraph,
        1 => BlockKind::Standfirst,
        2 => BlockKind::Heading(from.byte()?),
        3 => {
            let language = from.text()?;
            BlockKind::Code { language: (!language.is_empty()).then(|| language.to_owned()) }
        }
        4 => BlockKind::Table { columns: read_all(from, read_align)? },
        5 => BlockKind::Caption,
        6 => BlockKind::Rule,
        _ => return None,
    };
    let within = if byte & WITHIN == 0 { Vec::new() } else { read_all(from, read_container)? };
    Some(Block { span, kind, within, tight: byte & TIGHT != 0 })
}

fn read_align(from: &mut Reader) -> Option<Align> {
    match from.byte()? {
        0 => Some(Align::Left),
        1 => Some(Align::Centre),
        2 => Some(Align::Right),
        _ => None,
    }
}

fn write_container(out: &mut Writer, container: &Container) {
    match container {
        Container::Quotation => out.byte(0),
        Container::Item(None) => out.byte(1),
        Container::Item(Some(Marker::Bullet)) => out.byte(2),
        Container::Item(Some(Marker::Number(n))) => {
            out.byte(3);
            out.number(*n);
        }
        Container::Note(None) => out.byte(4),
        Container::Note(Some(label)) => {
            out.byte(5);
            out.text(label);
        }
    }
}

fn read_container(from: &mut Reader) -> Option<Container> {
    Some(match from.byte()? {
        0 => Container::Quotation,
        1 => Container::Item(None),
        2 => Container::Item(Some(Marker::Bullet)),
        3 => Container::Item(Some(Marker::Number(from.number()?))),
        4 => Container::Note(None),
        5 => Container::Note(Some(from.text()?.to_owned())),
        _ => return None,
    })
}

fn write_inline(out: &mut Writer, kind: InlineKind) {
    let (byte, link) = match kind {
        InlineKind::Emphasis => (0, None),
        InlineKind::Strong => (1, None),
        InlineKind::Strikethrough => (2, None),
        InlineKind::Code => (3, None),
        InlineKind::Superscript => (4, None),
        InlineKind::Subscript => (5, None),
        InlineKind::NoteRef => (6, None),
        InlineKind::Link(n) => (7, Some(n)),
        InlineKind::Image(n) => (8, Some(n)),
    };
    out.byte(byte);
    if let Some(n) = link {
        out.number(u64::from(n));
    }
}

fn read_inline(from: &mut Reader) -> Option<InlineKind> {
    Some(match from.byte()? {
        0 => InlineKind::Emphasis,
        1 => InlineKind::Strong,
        2 => InlineKind::Strikethrough,
        3 => InlineKind::Code,
        4 => InlineKind::Superscript,
        5 => InlineKind::Subscript,
        6 => InlineKind::NoteRef,
        7 => InlineKind::Link(from.small()?),
        8 => InlineKind::Image(from.small()?),
        _ => return None,
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a confidence is clamped to 0..=1 first, and what is no number becomes 0"
)]
fn write_quote(out: &mut Writer, quote: &Quote) {
    let flags =
        [quote.speech, quote.cue.is_some(), quote.source.is_some(), quote.speaker.is_some(), quote.role.is_some()];
    out.byte(flags.iter().rev().fold(0, |byte, flag| byte << 1 | u8::from(*flag)));
    for span in [&quote.cue, &quote.source].into_iter().flatten() {
        write_span(out, quote.span.start, span);
    }
    for text in [&quote.speaker, &quote.role].into_iter().flatten() {
        out.text(text);
    }
    out.number((quote.confidence.clamp(0.0, 1.0) * 1000.0).round() as u64);
}

fn read_quote(from: &mut Reader, span: Span) -> Option<Quote> {
    let flags = from.byte()?;
    let start = span.start;
    let cue = if flags & 2 == 0 { None } else { Some(read_span(from, start)?) };
    let source = if flags & 4 == 0 { None } else { Some(read_span(from, start)?) };
    let speaker = if flags & 8 == 0 { None } else { Some(from.text()?.to_owned()) };
    let role = if flags & 16 == 0 { None } else { Some(from.text()?.to_owned()) };
    let thousandths = u16::try_from(from.number()?).ok().filter(|n| *n <= 1000)?;
    let confidence = f32::from(thousandths) / 1000.0;
    Some(Quote { span, speech: flags & 1 != 0, cue, source, speaker, role, confidence })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::Builder;

    fn any_container() -> impl Strategy<Value = Container> {
        prop_oneof![
            Just(Container::Quotation),
            Just(Container::Item(None)),
            Just(Container::Item(Some(Marker::Bullet))),
            any::<u64>().prop_map(|n| Container::Item(Some(Marker::Number(n)))),
            prop::option::of("[a-z]{0,3}").prop_map(Container::Note),
        ]
    }

    fn any_kind() -> impl Strategy<Value = BlockKind> {
        prop_oneof![
            Just(BlockKind::Paragraph),
            Just(BlockKind::Standfirst),
            (1..7_u8).prop_map(BlockKind::Heading),
            prop::option::of("[a-z]{1,4}").prop_map(|language| BlockKind::Code { language }),
            prop::collection::vec(prop_oneof![Just(Align::Left), Just(Align::Centre), Just(Align::Right)], 0..4)
                .prop_map(|columns| BlockKind::Table { columns }),
            Just(BlockKind::Caption),
            Just(BlockKind::Rule),
        ]
    }

    fn any_inline() -> impl Strategy<Value = InlineKind> {
        prop_oneof![
            Just(InlineKind::Emphasis),
            Just(InlineKind::Strong),
            Just(InlineKind::Strikethrough),
            Just(InlineKind::Code),
            Just(InlineKind::Superscript),
            Just(InlineKind::Subscript),
            Just(InlineKind::NoteRef),
            (0..2_u32).prop_map(InlineKind::Link),
            (0..2_u32).prop_map(InlineKind::Image),
        ]
    }

    prop_compose! {
        /// Blocks of text, each with a stretch of it set in some way.
        fn any_document()(
            blocks in prop::collection::vec(
                ("[a-zäß東 \n]{1,20}", any_kind(), prop::collection::vec(any_container(), 0..3), any::<bool>(),
                 prop::option::of(any_inline())),
                0..6,
            ),
        ) -> Document {
            let mut builder = Builder::default();
            builder.link("https://courier.example/a".to_owned());
            builder.link("https://courier.example/b".to_owned());
            for (text, kind, within, tight, inline) in blocks {
                builder.block(kind, within, tight);
                builder.text("x");
                if let Some(kind) = inline {
                    builder.open(kind);
                }
                builder.text(&text);
            }
            builder.finish()
        }
    }

    prop_compose! {
        fn any_quote()(
            start in any::<u16>(), length in any::<u16>(), speech: bool, thousandths in 0..=1000_u16,
            cue in prop::option::of((any::<u16>(), any::<u8>())),
            source in prop::option::of((any::<u16>(), any::<u8>())),
            speaker in prop::option::of("[A-Za-zé ]{0,9}"),
            role in prop::option::of("[a-z ]{0,9}"),
        ) -> Quote {
            let span = |(start, length): (u16, u8)| u32::from(start)..u32::from(start) + u32::from(length);
            Quote {
                span: u32::from(start)..u32::from(start) + u32::from(length),
                speech,
                cue: cue.map(span),
                source: source.map(span),
                speaker,
                role,
                confidence: f32::from(thousandths) / 1000.0,
            }
        }
    }

    proptest! {
        #[test]
        fn a_body_is_read_as_it_was_written(
            document in any_document(), quotes in prop::collection::vec(any_quote(), 0..4),
        ) {
            let bytes = encode(&document, &quotes);
            prop_assert_eq!(text(&bytes), Some(document.text()));
            prop_assert_eq!(decode(&bytes), Some((document, quotes)));
        }

        #[test]
        fn broken_bytes_are_refused_or_read_and_never_panic(
            document in any_document(), quotes in prop::collection::vec(any_quote(), 0..4),
            at in any::<prop::sample::Index>(), byte: u8,
        ) {
            let mut bytes = encode(&document, &quotes);
            let at = at.index(bytes.len());
            prop_assert_eq!(decode(&bytes[..at]), None);
            bytes[at] = byte;
            // What comes out may be anything that fits together.
            let _ = decode(&bytes);
        }
    }

    #[test]
    fn the_encoding_stays_as_it_is() {
        let document = Document::plain(["Boats.", "“Go,” said Bo."]);
        let quote = Quote {
            span: 8..17,
            speech: true,
            cue: Some(18..22),
            source: None,
            speaker: Some("Bo".to_owned()),
            role: None,
            confidence: 0.85,
        };
        let expected = b"\x01\x1aBoats.\n\n\xe2\x80\x9cGo,\xe2\x80\x9d said Bo.\
            \x02\x00\x06\x00\x04\x12\x00\x00\x00\x01\x10\x09\x0b\x14\x04\x02Bo\xd2\x06";
        assert_eq!(encode(&document, std::slice::from_ref(&quote)), expected);
        assert_eq!(decode(expected), Some((document, vec![quote])));
    }
}
