//! What is exported as Markdown comes back as the same article.

use proptest::prelude::*;
use pullquote::export::markdown;
use pullquote::formats::{Format, read};
use pullquote::model::{Align, Article, BlockKind, Builder, Container, Document, InlineKind, Marker, Published};

fn back(article: &Article) -> Article {
    let text = markdown(article, &article.tags);
    read(text.as_bytes(), Format::Markdown).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// A document as Markdown has it, written by hand.
fn read_body(body: &str) -> Article {
    let text = format!("---\ntitle: T\nlanguage: en\n---\n\n{body}");
    read(text.as_bytes(), Format::Markdown).unwrap()
}

#[test]
fn metadata_come_back() {
    let article = Article {
        title: "“Fish & chips”: a #1 *dish* {no}".into(),
        url: Some("https://courier.example/fish?a=1&b=2".into()),
        guid: Some("tag:courier,2017:9".into()),
        source: Some("Northern Courier: Food".into()),
        author: Some("Zoë \"Zo\" Lund".into()),
        published: Some(Published { seconds: 1_504_569_600, day_only: true }),
        language: Some("en".into()),
        tags: vec!["food".into(), "no".into(), "a, b".into()],
        document: Document::plain(["One.", "Two."]),
        ..Article::default()
    };
    assert_eq!(back(&article), article);
    let timed = Article { published: Some(Published { seconds: 1_504_621_800, day_only: false }), ..article };
    assert_eq!(back(&timed), timed);
    assert!(markdown(&timed, &[]).contains("\ndate: 2017-09-05T14:30:00Z\n"));
}

#[test]
fn structure_comes_back() {
    let bodies = [
        "One\\\ntwo.\n\nThree.",
        "## A *b*\n\ntext\n\n# A great one\n\n# T",
        "A **b *c* d** ~~e~~ `f` ``g`h`` ` `` `.",
        "***all*** **_b_ c** *a **b*** in*side*word",
        "> One\n>\n> > Two\n> > ```rust\n> > fn a() {\n> >\n> > }\n> > ```\n>\n> Three",
        "Text\n\n- a\n- b\n  - c\n  - d\n- e\n\nText",
        "3. a\n\n   more\n\n4. b\n\n1) c\n2) d",
        "- > q\n- - x\n- ## h",
        "- a\n\n  ```\n  b\n  ```\n- c",
        "| A | B |\n|:-:|--:|\n| *c* | d \\| `e \\| f` |\n| | [g](https://a.example/h) |",
        "[a *b*](https://a.example/x_(y)?q=1&amp;copy;) ![c](https://a.example/p.png) Stop![d](https://a.example/z)",
        "![A *pier*](https://a.example/p.png)\n\n![A pier](p.png)",
        "A[^n]. B[^m].\n\n[^n]: Why.\n\n    More.\n\n[^m]: > Quoted.",
        "a\n\n***\n\nb",
        "1\\. no list\n\n\\# no heading\n\n\\- no item \\[x\\] \\<b> &amp;amp; \\&amp; AT&T 5 \\* 3 a\\_b",
        "- [ ] to be done\n- [x] done",
        "````\n```\ninner\n```\n````\n\n~~~\n\n  first\n~~~",
    ];
    for body in bodies {
        let article = read_body(body);
        assert_eq!(back(&article), article, "{}", markdown(&article, &[]));
    }
}

#[test]
fn the_welcome_articles_come_back() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/welcome");
    let mut met = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "md") {
            let article = read(&std::fs::read(&path).unwrap(), Format::Markdown).unwrap();
            assert_eq!(back(&article), article, "{}\n{}", path.display(), markdown(&article, &article.tags));
            met += 1;
        }
    }
    assert!(met > 0);
}

#[test]
fn a_standfirst_comes_back_as_one() {
    let mut builder = Builder::default();
    builder.block(BlockKind::Standfirst, vec![], false);
    builder.text("After eleven weeks: “a beginning”.");
    builder.block(BlockKind::Paragraph, vec![], false);
    builder.text("Text.");
    let article =
        Article { title: "T".into(), language: Some("en".into()), document: builder.finish(), ..Article::default() };
    assert_eq!(back(&article), article);
}

/// Text full of signs, as a block of clean text is: no blanks at its ends or beside its line feeds.
fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "Zoë",
        "東",
        " ",
        " ",
        "*",
        "**",
        "_",
        "~~",
        "`",
        "``",
        "[",
        "]",
        "(",
        ")",
        "<",
        ">",
        "&",
        "&amp;",
        "#",
        "-",
        "+",
        "=",
        "1.",
        "2)",
        "|",
        "\\",
        "!",
        "![",
        "{",
        "}",
        ":",
        "\n",
        "“",
        "”",
        ".",
        "[^n]",
        "---",
        "http://a.example",
        "<b>",
        "x",
    ]);
    prop::collection::vec(piece, 1..12).prop_filter_map("has words", |pieces| {
        let text = pieces.concat();
        let lines: Vec<_> = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        let text = lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
        (!text.is_empty()).then_some(text)
    })
}

#[derive(Clone, Debug)]
enum Part {
    Text(String),
    Inline(InlineKind, String),
}

fn part() -> impl Strategy<Value = Part> {
    let kinds = prop::sample::select(vec![
        InlineKind::Emphasis,
        InlineKind::Strong,
        InlineKind::Strikethrough,
        InlineKind::Code,
        InlineKind::Link(0),
    ]);
    prop_oneof![text().prop_map(Part::Text), (kinds, text()).prop_map(|(kind, text)| Part::Inline(kind, text))]
}

fn block() -> impl Strategy<Value = (BlockKind, Vec<Container>, Vec<Part>)> {
    let kind = prop_oneof![
        4 => Just(BlockKind::Paragraph),
        1 => (2..=6u8).prop_map(BlockKind::Heading),
        1 => prop::sample::select(vec![None, Some("rust".to_owned()), Some("c#".to_owned())]).prop_map(|language| BlockKind::Code { language }),
        1 => Just(BlockKind::Table { columns: vec![Align::Left] }),
    ];
    let container = prop_oneof![
        Just(Container::Quotation),
        Just(Container::Item(Some(Marker::Bullet))),
        (0..99u64).prop_map(|n| Container::Item(Some(Marker::Number(n)))),
    ];
    (kind, prop::collection::vec(container, 0..3), prop::collection::vec(part(), 1..4))
}

fn document(blocks: Vec<(BlockKind, Vec<Container>, Vec<Part>)>) -> Document {
    let mut builder = Builder::default();
    let link = builder.link("https://a.example/(x)_*?a=b&c;".to_owned());
    for (kind, within, parts) in blocks {
        let plain = matches!(kind, BlockKind::Code { .. });
        builder.block(kind, within, false);
        for part in parts {
            match part {
                Part::Inline(kind, text) if !plain => {
                    builder.open(if matches!(kind, InlineKind::Link(_)) { InlineKind::Link(link) } else { kind });
                    builder.text(&text);
                    builder.close();
                }
                Part::Text(text) | Part::Inline(_, text) => builder.text(&text),
            }
        }
    }
    builder.finish()
}

/// Text with all white space alike: breaks are blanks where Markdown has one line only.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_sign_is_lost_and_none_appears(blocks in prop::collection::vec(block(), 1..4)) {
        let article = Article {
            title: "T".into(),
            language: Some("en".into()),
            document: document(blocks),
            ..Article::default()
        };
        let text = markdown(&article, &[]);
        let again = back(&article);
        let kinds = |article: &Article| article.document.blocks().iter().map(|b| b.kind.clone()).collect::<Vec<_>>();
        prop_assert_eq!(words(again.document.text()), words(article.document.text()), "{}", text);
        prop_assert_eq!(kinds(&again), kinds(&article), "{}", text);
    }
}
