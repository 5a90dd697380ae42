//! Pictures of blocks and inlines: headings, lists, tables, code, links, notes.

use super::{SETTING, draw};
use crate::{
    model::{Align, BlockKind, Builder, Container, Document, InlineKind, Marker},
    text::layout::{Setting, lay_out},
};

/// The rows of `document` alone.
fn picture(document: &Document, setting: Setting) -> String {
    draw(&lay_out(&[], document, &[], setting))
}

fn paragraph(builder: &mut Builder, within: Vec<Container>, tight: bool, text: &str) {
    builder.block(BlockKind::Paragraph, within, tight);
    builder.text(text);
}

fn inline(builder: &mut Builder, kind: InlineKind, text: &str) {
    builder.open(kind);
    builder.text(text);
    builder.close();
}

#[test]
fn headings_stand_apart_and_lists_hang() {
    use Container::{Item, Quotation};
    let mut builder = Builder::default();
    paragraph(&mut builder, vec![], false, "Before.");
    builder.block(BlockKind::Heading(2), vec![], false);
    builder.text("What the agreement says about cranes");
    paragraph(&mut builder, vec![Item(Some(Marker::Bullet))], false, "Night work is paid at one and a half times.");
    paragraph(&mut builder, vec![Item(None), Item(Some(Marker::Bullet))], true, "Cranes stop at 22 m/s.");
    paragraph(&mut builder, vec![Item(Some(Marker::Bullet))], true, "A joint committee meets.");
    paragraph(&mut builder, vec![Item(None)], false, "Its minutes are public.");
    for number in 9..=10 {
        paragraph(&mut builder, vec![Item(Some(Marker::Number(number)))], number > 9, "A numbered thing that goes on.");
    }
    paragraph(&mut builder, vec![Quotation], false, "A harbour is a promise that the land makes to the sea.");
    paragraph(&mut builder, vec![Quotation, Item(Some(Marker::Bullet))], false, "It is kept.");
    builder.block(BlockKind::Rule, vec![], false);
    paragraph(&mut builder, vec![], false, "After.");
    let document = builder.finish();
    assert_eq!(
        picture(&document, Setting { measure: 26, ..SETTING }),
        "
  Before.


  What the agreement says
  about cranes

  • Night work is paid at
    one and a half times.
    ◦ Cranes stop at 22 m/s.
  • A joint committee meets.

    Its minutes are public.

   9. A numbered thing that
      goes on.
  10. A numbered thing that
      goes on.

  │ A harbour is a promise
  │ that the land makes to
  │ the sea.
  │
  │ • It is kept.

  ──────────────────────────

  After.
"
    );
    assert_eq!(
        picture(&document, Setting { measure: 26, ascii: true, ..SETTING }),
        "
  Before.


  What the agreement says
  about cranes

  * Night work is paid at
    one and a half times.
    - Cranes stop at 22 m/s.
  * A joint committee meets.

    Its minutes are public.

   9. A numbered thing that
      goes on.
  10. A numbered thing that
      goes on.

  | A harbour is a promise
  | that the land makes to
  | the sea.
  |
  | * It is kept.

  --------------------------

  After.
"
    );
}

#[test]
fn links_are_numbered_and_notes_raised() {
    let mut builder = Builder::default();
    let link = builder.link("https://harbour.example/deal/2026/agreement.html".to_owned());
    builder.text("They signed ");
    inline(&mut builder, InlineKind::Link(link), "an agreement ");
    builder.text("on Friday.");
    inline(&mut builder, InlineKind::NoteRef, "1");
    builder.text(" H");
    inline(&mut builder, InlineKind::Subscript, "2");
    builder.text("O, 10");
    inline(&mut builder, InlineKind::Superscript, "3");
    builder.text(", 4");
    inline(&mut builder, InlineKind::Superscript, "th");
    builder.text(".");
    inline(&mut builder, InlineKind::NoteRef, "port");
    paragraph(&mut builder, vec![Container::Note(Some("1".to_owned()))], false, "The last one ran for four years.");
    paragraph(&mut builder, vec![Container::Note(Some("port".to_owned()))], true, "A small one.");
    let document = builder.finish();
    assert_eq!(
        picture(&document, Setting { measure: 30, ..SETTING }),
        "
  They signed an agreement[1] on
  Friday.¹ H₂O, 10³, 4th.^port

  ────────────
  ¹ The last one ran for
    four years.
  ^port A small one.

  ────────────
  [1] https://harbour.example/
      deal/2026/agreement.html
"
    );
    assert_eq!(
        picture(&document, Setting { measure: 30, ascii: true, ..SETTING }),
        "
  They signed an agreement[1] on
  Friday.^1 H2O, 10^3, 4th.^port

  ------------
  ^1 The last one ran for
     four years.
  ^port A small one.

  ------------
  [1] https://harbour.example/
      deal/2026/agreement.html
"
    );
    assert_eq!(
        picture(&document, Setting { measure: 16, ..SETTING }),
        "
  They signed an
  agreement on
  Friday.¹ H₂O,
  10³, 4th.^port

  ────────────
  ¹ The last one
    ran for four
    years.
  A small one.

  ────────────
  [1] https://
      harbour.
      example/
      deal/2026/
      agreement.
      html
"
    );
}

#[test]
fn tables_are_fitted_or_listed() {
    let mut builder = Builder::default();
    builder.block(BlockKind::Table { columns: vec![Align::Left, Align::Right, Align::Centre] }, vec![], false);
    builder.text("Port\tCranes\tNight\nNorth harbour\t12\tyes\nThe old timber quay\t3\tno");
    let document = builder.finish();
    assert_eq!(
        picture(&document, SETTING),
        "
  Port                 Cranes  Night
  ───────────────────  ──────  ─────
  North harbour            12   yes
  The old timber quay       3   no
"
    );
    assert_eq!(
        picture(&document, Setting { measure: 25, ..SETTING }),
        "
  Port        Cranes  Night
  ──────────  ──────  ─────
  North           12   yes
  harbour

  The old          3   no
  timber
  quay
"
    );
    assert_eq!(
        picture(&document, Setting { measure: 18, ascii: true, ..SETTING }),
        "
  Port:
    North harbour
  Cranes: 12
  Night: yes

  Port:
    The old timber
    quay
  Cranes: 3
  Night: no
"
    );
}

#[test]
fn code_is_kept_as_it_is() {
    let mut builder = Builder::default();
    builder.block(BlockKind::Code { language: None }, vec![], false);
    builder.text("if wind > 22 {\n    stop(crane);  // every crane\n}");
    let document = builder.finish();
    assert_eq!(
        picture(&document, Setting { measure: 20, ..SETTING }),
        "
  if wind > 22 {
      stop(crane);  //
  ↳  every crane
  }
"
    );
}

#[test]
fn a_wide_character_in_one_cell_has_a_mark_for_it() {
    let page = lay_out(&[], &Document::plain(["a東"]), &[], Setting { measure: 1, ..SETTING });
    assert_eq!(draw(&page), "\n  a\n  ▯\n");
    assert_eq!(page.rows[1].pieces[0].span, Some(1..4));
}
