//! One quotation in every form, and what each form does with signs of its own.

use jiff::tz::{Offset, TimeZone};
use proptest::prelude::*;

use super::*;
use crate::model::{Document, Summary};
use crate::text::clean::is_unsafe;

fn stored(article: Article) -> Stored {
    let summary = Summary {
        id: 1,
        title: article.title.clone(),
        url: article.url.clone(),
        source: article.source.clone(),
        author: article.author.clone(),
        published: article.published.unwrap_or(Published { seconds: 99, day_only: false }),
        words: 8,
        quotes: 1,
        read: false,
        bookmarked: None,
        trashed: false,
        tags: vec![],
    };
    Stored { summary, article, quotes: vec![], kept: vec![], position: None, note: None, added: 99, revisions: vec![] }
}

fn quote() -> Quote {
    Quote {
        span: 8..28,
        speech: true,
        cue: None,
        source: None,
        speaker: Some("Ruth Okafor".into()),
        role: Some("the board’s chair".into()),
        confidence: 0.9,
    }
}

fn article() -> Article {
    Article {
        title: "Harbour board signs".into(),
        url: Some("https://courier.example/1".into()),
        source: Some("Northern Courier".into()),
        author: Some("Ines Marlow".into()),
        // 2026-11-22 at 23:30 UTC.
        published: Some(Published { seconds: 1_795_390_200, day_only: false }),
        document: Document::plain(["Before. “It is\na start.” After."]),
        ..Article::default()
    }
}

#[test]
fn a_citation_says_all_that_is_known() {
    let now = Now::fixed(0);
    let cited = |quote: &Quote, article: &Article| citation(quote, &stored(article.clone()), &now);
    assert_eq!(
        cited(&quote(), &article()),
        "“It is\na start.”\n— Ruth Okafor, the board’s chair, in: “Harbour board signs”, Ines Marlow, Northern Courier, \
         2026-11-22, https://courier.example/1 (accessed 1970-01-01)"
    );
    let doubtful = Quote { confidence: 0.3, role: None, ..quote() };
    let bare = Article { url: None, author: None, source: None, published: None, ..article() };
    assert_eq!(cited(&doubtful, &bare), "“It is\na start.”\n— Ruth Okafor (?), in: “Harbour board signs”");
    let nobody = Quote { speaker: None, ..quote() };
    assert_eq!(cited(&nobody, &bare), "“It is\na start.”\n— in: “Harbour board signs”");
}

#[test]
fn a_time_falls_on_the_reader_s_day_and_a_day_stays_one() {
    for (hours, day_only, expected) in [(1, false, "2026-11-23"), (-5, false, "2026-11-22"), (-5, true, "2026-11-22")] {
        let seconds = if day_only { 1_795_305_600 } else { 1_795_390_200 };
        let dated = Article { published: Some(Published { seconds, day_only }), ..article() };
        let now = Now { seconds: 0, zone: TimeZone::fixed(Offset::constant(hours)) };
        let cited = citation(&quote(), &stored(dated), &now);
        assert!(cited.contains(expected), "{hours}: {cited}");
    }
}

/// What stands for `article` and its quotation `quote` in `form`.
fn written(form: Form, article: &Article, quote: Option<&Quote>) -> String {
    let reference = Reference::new("1", article, quote, Some(99), &Now::fixed(0));
    Bibliography::new(form).entry(&reference).unwrap()
}

/// The line of an entry that begins with `start`, without it.
fn field(entry: &str, start: &str) -> String {
    let line = entry.lines().map(str::trim_start).find_map(|line| line.strip_prefix(start));
    line.unwrap_or_else(|| panic!("no {start} in {entry}")).to_owned()
}

#[test]
fn bibtex_reads_what_tex_would_take_for_commands() {
    let table = [
        ("A & B: 50% of $1, #2, a_b", r"A \& B: 50\% of \$1, \#2, a\_b"),
        ("{open", r"{\textbraceleft}open"),
        ("close}", r"close{\textbraceright}"),
        (r"\input{x}", r"{\textbackslash}input{\textbraceleft}x{\textbraceright}"),
        ("a ~ b ^ c", r"a {\textasciitilde} b {\textasciicircum} c"),
        (
            "so-called \"x\" <y> | z",
            r"so-called {\textquotedbl}x{\textquotedbl} {\textless}y{\textgreater} {\textbar} z",
        ),
        ("Œuvre “naïve” 東京", "Œuvre “naïve” 東京"),
        ("one\n two", "one two"),
    ];
    for (title, expected) in table {
        let entry = written(Form::Bibtex, &Article { title: title.into(), ..article() }, None);
        assert_eq!(field(&entry, "title = "), format!("{{{{{expected}}}}},"));
        let (open, close) = (entry.matches('{').count(), entry.matches('}').count());
        assert_eq!(open, close, "{entry}");
    }
}

#[test]
fn bibtex_keeps_organisations_whole_and_addresses_as_they_are() {
    let table = [
        ("Ruth Vane and Jan van der Berg", "{Vane, Ruth and van der Berg, Jan},"),
        ("Skerrin Press & Sons Agency", r"{{Skerrin Press \& Sons Agency}},"),
        ("Tom Ash, Jr.", "{Ash, Jr., Tom},"),
    ];
    for (author, expected) in table {
        let entry = written(Form::Bibtex, &Article { author: Some(author.into()), ..article() }, None);
        assert_eq!(field(&entry, "author = "), expected);
    }
    let url = Some("https://a.example/x_y?q={1}&r=5%25#z".to_owned());
    let entry = written(Form::Bibtex, &Article { url, ..article() }, None);
    assert_eq!(field(&entry, "url = "), "{https://a.example/x_y?q=%7B1%7D&r=5%25#z},");
}

#[test]
fn a_cell_holds_its_text_and_is_no_formula() {
    let table = [
        ("plain", "plain"),
        ("a, b", "\"a, b\""),
        ("a \"b\"", "\"a \"\"b\"\"\""),
        ("a\nb", "\"a\nb\""),
        ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
        ("+1", "'+1"),
        ("-1, 2", "\"'-1, 2\""),
        ("@sum", "'@sum"),
        ("＝1", "'＝1"),
        ("1-1", "1-1"),
    ];
    for (title, expected) in table {
        let line = written(Form::Csv, &Article { title: title.into(), author: None, ..article() }, None);
        assert!(line.starts_with(&format!("1,{expected},,,")), "{line}");
    }
}

#[test]
fn a_value_of_ris_stays_on_its_line() {
    let title = "One\nER  - \r\nTY  - JOUR".into();
    let entry = written(Form::Ris, &Article { title, author: Some("The * Desk".into()), ..article() }, Some(&quote()));
    assert_eq!(field(&entry, "TI  - "), "One ER - TY - JOUR");
    assert_eq!(field(&entry, "AU  - "), "The Desk");
    assert_eq!(field(&entry, "DA  - "), "2026/11/22/");
    assert!(entry.starts_with("TY  - NEWS\nID  - ") && entry.ends_with("\nER  - \n\n"), "{entry}");
    for line in entry.trim_end().lines() {
        let tag = line.split_once("  - ").or(line.split_once("  -")).unwrap().0;
        assert!(tag.len() == 2 && tag.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit()), "{line}");
    }
}

#[test]
fn markdown_shows_words_and_no_signs() {
    let text = "Before. “A *star*\n# and [x](y)” After.";
    let article = Article { title: "a *b* [c]".into(), document: Document::plain([text]), ..article() };
    let end = u32::try_from(text.find(" After").unwrap()).unwrap();
    let entry = written(Form::Markdown, &article, Some(&Quote { span: 8..end, ..quote() }));
    let lines: Vec<_> = entry.lines().collect();
    assert_eq!(lines[..3], [r"> “A \*star\*\", r"> \# and \[x\](y)”", ">"]);
    assert!(
        lines[3].starts_with(r"> — Ruth Okafor, the board’s chair, in: [*a \*b\* \[c\]*](https://courier.example/1)")
    );
}

#[test]
fn what_is_not_known_is_left_out() {
    let bare = Article { title: "T".into(), document: Document::plain(["T"]), ..Article::default() };
    let reference = Reference::new("x", &bare, None, None, &Now::fixed(0));
    let entry = |form| Bibliography::new(form).entry(&reference).unwrap();
    assert_eq!(entry(Form::Csl), "\n{\"id\":\"article-x\",\"type\":\"document\",\"title\":\"T\"}");
    assert_eq!(entry(Form::Bibtex), "@misc{article-x,\n  title = {{T}}\n}\n\n");
    assert_eq!(entry(Form::Ris), "TY  - GEN\nID  - article-x\nTI  - T\nER  - \n\n");
    assert_eq!(entry(Form::Plain), "“T”\n\n");
}

#[test]
fn keys_are_unique_in_a_bibliography() {
    let article = article();
    let mut bibliography = Bibliography::new(Form::Ris);
    let mut key = || {
        let reference = Reference::new("fish", &article, None, None, &Now::fixed(0));
        field(&bibliography.entry(&reference).unwrap(), "ID  - ")
    };
    assert_eq!(
        [key(), key(), key()],
        ["marlow2026harbour-fish", "marlow2026harbour-fish-2", "marlow2026harbour-fish-3"]
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn any_text_is_written_in_every_form(title in any::<String>(), author in any::<String>(), text in any::<String>()) {
        let document = Document::plain([text.as_str()]);
        let span = 0..u32::try_from(text.len()).unwrap();
        let quote = Quote { span, ..quote() };
        let article = Article { title, author: Some(author), document, ..article() };
        for form in [Form::Markdown, Form::Plain, Form::Bibtex, Form::Csl, Form::Ris, Form::Csv, Form::Jsonl] {
            let entry = written(form, &article, Some(&quote));
            prop_assert!(!entry.chars().any(|c| is_unsafe(c) && c != '\n'), "{entry:?}");
            if form == Form::Bibtex {
                prop_assert_eq!(entry.matches('{').count(), entry.matches('}').count());
            }
        }
    }
}
