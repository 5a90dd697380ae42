//! What parts of pages become, one table a subject.

use super::*;
use crate::model::InlineKind::{Link, Strong};
use crate::model::{Align, BlockKind, Container, Marker};

/// The blocks of a fragment: containers, kind and text, without inlines.
fn blocks(html: &str) -> Vec<String> {
    shown(&fragment(html, &Base::new(Some("https://a.example/b/c")), "The title"))
}

fn shown(document: &Document) -> Vec<String> {
    let line = |block: &crate::model::Block| {
        let within = block.within.iter().map(|container| match container {
            Container::Quotation => "> ".to_owned(),
            Container::Item(Some(Marker::Bullet)) => "* ".to_owned(),
            Container::Item(Some(Marker::Number(number))) => format!("{number}. "),
            Container::Item(None) => ". ".to_owned(),
            Container::Note(label) => format!("[{}] ", label.as_deref().unwrap_or_default()),
        });
        let kind = match &block.kind {
            BlockKind::Paragraph => String::new(),
            BlockKind::Heading(level) => format!("h{level} "),
            BlockKind::Code { language } => format!("code {} ", language.as_deref().unwrap_or_default()),
            BlockKind::Table { columns } => {
                columns.iter().map(|a| ["l", "c", "r"][*a as usize - Align::Left as usize]).collect::<String>() + " "
            }
            BlockKind::Caption => "caption ".to_owned(),
            BlockKind::Rule => "rule".to_owned(),
            BlockKind::Standfirst => "standfirst ".to_owned(),
        };
        format!(
            "{}{kind}{}",
            within.collect::<String>(),
            document.slice(&block.span).replace('\n', "/").replace('\t', "|")
        )
    };
    document.blocks().iter().map(line).collect()
}

fn links(html: &str) -> Vec<String> {
    fragment(html, &Base::new(Some("https://a.example/b/c")), "").links().to_vec()
}

#[track_caller]
fn all(table: &[(&str, &[&str])]) {
    for (html, expected) in table {
        assert_eq!(blocks(html), *expected, "{html}");
    }
}

#[test]
fn white_space_is_folded_as_browsers_fold_it() {
    all(&[
        ("<p> a\n\t b <b> c </b> d</p>", &["a b c d"]),
        ("<p>a<b>b</b>c</p>", &["abc"]),
        ("<p>a <b></b> b</p>", &["a b"]),
        ("a<p>b</p>c<div>d<div>e</div>f</div>", &["a", "b", "c", "d", "e", "f"]),
        ("<p>&nbsp;</p><p> </p><p>20&nbsp;km</p>", &["20\u{a0}km"]),
        ("<p>a&nbsp;<b>b</b> &nbsp;c<i>&nbsp;d</i>&#8239;!</p>", &["a\u{a0}b c\u{a0}d\u{202f}!"]),
        ("<p>a<br>b<br/>\n<br>c<br></p>", &["a/b", "c"]),
        ("<h2>a<br><br>b</h2>", &["h2 a b"]),
        ("<p>a\u{2028}b\u{85}c</p>", &["a b c"]),
        ("<pre>\n  a\n\n\tb  </pre>", &["code    a//    b"]),
    ]);
}

#[test]
fn structure_is_kept() {
    all(&[
        ("<h1>The TITLE!</h1><p>a</p>", &["a"]),
        ("<h1>Another</h1><h6>b</h6>", &["h1 Another", "h6 b"]),
        (
            "<ul><li>a<li>b<ol start=7><li>c<li value=9>d</ol><li><p>e<p>f</ul>",
            &["* a", "* b", ". 7. c", ". 9. d", "* e", ". f"],
        ),
        ("<ol reversed><li>a</li></ol><li>b", &["1. a", "* b"]),
        ("<blockquote>a<blockquote><p>b</blockquote><ul><li>c</ul></blockquote>", &["> a", "> > b", "> * c"]),
        ("<aside class='pull-quote left'>a</aside><div class=Pullquote>b</div>", &["> a", "> b"]),
        ("<dl><dt>a<dd>b<dd>c</dl>", &["a", ". b", ". c"]),
        ("<p>a<hr>b", &["a", "rule", "b"]),
        ("<details><summary>a</summary>b</details>", &["a", "b"]),
        ("<pre><code class='hljs language-rust'>a</code></pre>", &["code rust a"]),
        ("<p class=standfirst>a<p>b", &["standfirst a", "b"]),
        ("<p>He said <q>no</q>.", &["He said “no”."]),
        (
            "<p><script>a</script><style>b</style><noscript>c</noscript><template>d</template><p hidden>e<p style='display: none'>f<p>g",
            &["g"],
        ),
        ("<math alttext='x^2'><mi>x</mi></math> and <math><mi>y</mi></math>", &["x^2 and y"]),
    ]);
}

#[test]
fn tables_hold_data_or_lay_out_a_page() {
    all(&[
        ("<table><tr><th>a<th>b<tr><td>c<td>1", &["lr a|b/c|1"]),
        ("<table><tr><td>a<td>b<tr><td colspan=2>c", &["ll a|b/c"]),
        (
            "<table><caption>t</caption><tr><th align=center>a<th>b<tr><td>c d<br>e<td>12&nbsp;kg",
            &["caption t", "cr a|b/c d e|12\u{a0}kg"],
        ),
        ("<table><tr><td>only<tr><td>one column</table>", &["only", "one column"]),
        ("<table role=presentation><tr><td>a<td>b<tr><td>c<td>d</table>", &["a", "b", "c", "d"]),
        (
            "<table><tr><td><table><tr><td>a<td>b<tr><td>c<td>d</table><td>e<tr><td>f<td>g</table>",
            &["ll a|b/c|d", "e", "f", "g"],
        ),
        ("<table><tr><td><ul><li>a</ul><td>b<tr><td>c<td>d</table>", &["* a", "b", "c", "d"]),
        ("<table><tr><td><td><tr><td><td></table>", &[]),
    ]);
}

#[test]
fn pictures_are_links_that_say_what_they_show() {
    all(&[
        ("<img src=a.png alt='A crane'>", &["caption A crane"]),
        ("<p><a href=/x><img src=a.png></a></p>", &["caption a.png"]),
        ("<p>See <img src=a.png alt=flag> and <img src=b.png alt=''>.", &["See flag and ."]),
        ("<img src=a.png alt=A> text", &["A text"]),
        ("<img src=a.gif width=1 height=1 alt=x><img src=b.gif height=0px alt=y>", &[]),
        ("<figure><img src=a.png alt='Same'><figcaption>Same</figcaption></figure>", &["caption Same"]),
        ("<figure><img src=a.png alt='One'><figcaption>Two</figcaption></figure>", &["caption One", "caption Two"]),
        ("<iframe src='https://films.example/7' title='The film'></iframe>", &["The film"]),
        ("<video poster=p.jpg><source src='//v.example/a.mp4'></video><audio></audio>", &["v.example"]),
    ]);
    for (html, expected) in [
        ("<img src='data:image/gif;base64,AA' data-src=late.png alt=a>", "https://a.example/b/late.png"),
        ("<img srcset='small.png 1x, large.png 2x' alt=a>", "https://a.example/b/small.png"),
        ("<a href='/x?utm_source=y&z=1#p'>a</a>", "https://a.example/x?z=1#p"),
        ("<a href='//other.example'>a</a>", "https://other.example/"),
    ] {
        assert_eq!(links(html), [expected], "{html}");
    }
    for html in [
        "<a href='javascript:x'>a</a>",
        "<a href='#x'>a</a>",
        "<a href='file:///etc/passwd'>a</a>",
        "<a href='/x'></a>",
    ] {
        assert_eq!(links(html), [""; 0], "{html}");
    }
}

#[test]
fn footnotes_are_told_from_other_links() {
    all(&[
        (
            "<p>a<sup><a href='#fn1'>[1]</a></sup> b<a class=footnote-ref href='#fn2'>2</a></p><ol><li id=fn1>One \
             <a href='#r1'>↩</a><li id=fn2><p>Two<p>More</ol>",
            &["a1 b2", "[1] One", "[2] Two", "[] More"],
        ),
        ("<p><a href='#top'>1</a></p><div id=top>a</div>", &["1", "a"]),
        ("<p id=x>a<sup><a href='#x'>1</a></sup></p>", &["a1"]),
    ]);
}

#[test]
fn inlines_go_on_in_the_next_block_and_never_stand_alone() {
    let document = fragment("<b><a href='https://x.example'>a<p>b</p></a></b><i> </i>", &Base::default(), "");
    let spans: Vec<_> = document.inlines().iter().map(|inline| (document.slice(&inline.span), inline.kind)).collect();
    assert_eq!(spans, [("a", Strong), ("a", Link(0)), ("b", Strong), ("b", Link(0))]);
}

#[test]
fn metadata_come_from_the_best_place() {
    let read = |head: &str| {
        read(&format!("<html><head>{head}</head><body><h1>Heading</h1><p>Text."), Some("https://www.p.example/x"))
    };
    let title = |head: &str| read(head).title;
    assert_eq!(title("<title>Heading | The Paper</title>"), "Heading");
    assert_eq!(title("<title>Something - Else</title>"), "Something - Else");
    assert_eq!(
        title("<title>x</title><meta property=og:title content='A &amp;quot;b&amp;quot; &#8217;'>"),
        "A \"b\" ’"
    );
    assert_eq!(title("<title>x | Paper</title><meta property=og:site_name content=Paper>"), "x");
    assert_eq!(title(""), "Heading");
    let headed = |title: &str, body: &str| super::read(&format!("<title>{title}</title>{body}"), None).title;
    for (full, body, expected) in [
        ("A harbour for the town_News_Northern", "<h1>A harbour for the town</h1>", "A harbour for the town"),
        (
            "Northern | A harbour for the town",
            "<h1>Northern</h1><h2>A harbour for the town</h2>",
            "A harbour for the town",
        ),
        ("A harbour - the debate", "<h1>The debate</h1>", "A harbour - the debate"),
        ("A harbour for the town: the debate", "<h1>A harbour for the town</h1>", "A harbour for the town: the debate"),
        ("N1 - A harbour for all", "<h1>N1</h1>", "N1 - A harbour for all"),
    ] {
        assert_eq!(headed(full, body), expected);
    }
    let described = "<script type='application/ld+json'>{\"@type\": \"Article\", \"name\": \"Heading\", \"headline\": \"town in the north\"}</script>";
    assert_eq!(title(described), "Heading");
    let twice =
        "<meta name=author content=Bob><meta property=author content=Bob><meta property='x:y dc:creator' content=Ada>";
    assert_eq!(read(twice).author.as_deref(), Some("Bob"));
    assert_eq!(read("<meta property='x:y dc:creator' content=Ada>").author.as_deref(), Some("Ada"));
    assert_eq!(read("<meta name=pub_date content=20170905>").published.map(|at| at.seconds), Some(1_504_569_600));
    let article = read(
        "<script type='application/ld+json'>[{\"@type\": [\"Thing\", \"NewsArticle\"], \"headline\": \"H\nI\", \"author\": {\"name\": \"Ada\"},
          \"datePublished\": \"2017-09-05\", \"mainEntityOfPage\": {\"@type\": \"WebPage\"}}]</script><meta name=author content=Bob>",
    );
    assert_eq!((article.title.as_str(), article.author.as_deref()), ("H I", Some("Ada")));
    assert_eq!(article.published.map(|at| at.seconds), Some(1_504_569_600));
    let article = read(
        "<meta name=author content='By Bob'><meta name=Date content='5 Sep 2017'><base href='/deep/'><link rel=canonical href='y?fbclid=1'>",
    );
    assert_eq!(
        (article.author.as_deref(), article.url.as_deref()),
        (Some("Bob"), Some("https://www.p.example/deep/y"))
    );
    assert_eq!((article.source.as_deref(), article.published.map(|at| at.day_only)), (Some("p.example"), Some(true)));
    assert_eq!(read("<script type='application/ld+json'>{{{</script>").title, "Heading");
    assert_eq!(read("<link rel=canonical href='javascript:x'>").url.as_deref(), Some("https://www.p.example/x"));
}

/// Pages made to cost time or memory; each took minutes or gigabytes without the guard.
#[test]
fn pages_made_to_do_harm_are_read_quickly() {
    let times = |text: &str, n: usize| text.repeat(n);
    let attributes = (0..40_000).fold("<a".to_owned(), |tag, n| format!("{tag} a{n}"));
    for html in [
        times("<div>", 100_000) + "deep",
        times("<blockquote>", 600) + &times("<p>x", 20_000),
        (0..2_000).fold(String::new(), |all, n| format!("{all}<b id={n}>")) + &times("<p>x", 2_000),
        attributes.clone() + ">x</a> and after",
        format!("<a b=\"{attributes}\" c>x</a> and after"),
        times("<table><tr><td>", 3_000),
        times("<b><table></b>", 5_000),
        times("<a href=x>", 20_000),
        times("<img src=a alt=b>", 20_000),
        times("<svg><title>", 5_000),
        times("<q>", 50_000) + "x",
        times("</p>", 50_000),
    ] {
        let document = fragment(&html, &Base::default(), "");
        assert!(document.blocks().iter().all(|block| block.within.len() <= 512));
        if html.ends_with("after") {
            assert!(document.text().ends_with("and after"), "{}", document.text());
        }
    }
}
