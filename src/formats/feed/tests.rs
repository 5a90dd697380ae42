//! Feeds in all their formats, and each defect that feeds are known for.

use super::*;

/// "title | author | date | text" of each entry, or why it is refused.
fn entries(xml: &str) -> Vec<String> {
    let Ok(feed) = read(xml.as_bytes(), Some("https://feed.example/a/rss")) else { return vec!["no feed".into()] };
    let shown = |entry: &Result<Article>| match entry {
        Ok(article) => {
            let date = article.published.map_or(String::new(), |at| at.seconds.to_string());
            let text = article.document.text().replace('\n', "/");
            format!("{} | {} | {date} | {text}", article.title, article.author.as_deref().unwrap_or_default())
        }
        Err(error) => error.message.clone(),
    };
    feed.entries.iter().map(shown).collect()
}

/// The same for items of RSS 2.0.
fn items(items: &str) -> Vec<String> {
    entries(&format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>F</title>{items}</channel></rss>"))
}

fn first(xml: &str) -> Article {
    read(xml.as_bytes(), Some("https://feed.example/a/rss")).unwrap().entries.remove(0).unwrap()
}

const GOOD: &str = "<item><title>Good</title><description>Text.</description></item>";
const AS_GOOD: &str = "Good |  |  | Text.";

#[test]
fn every_format_is_read() {
    for (name, xml) in [
        (
            "0.9",
            "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://my.netscape.com/rdf/simple/0.9/'><channel><title>F</title><link>https://f.example/</link></channel><item><title>T</title><link>https://f.example/1</link><description>D</description></item></rdf:RDF>",
        ),
        (
            "0.91",
            "<!DOCTYPE rss PUBLIC '-//N//DTD RSS 0.91//EN' 'x'><rss version='0.91'><channel><title>F</title><link>https://f.example/</link><item><title>T</title><link>https://f.example/1</link><description>D</description></item></channel></rss>",
        ),
        (
            "1.0",
            "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'><channel rdf:about='x'><title>F</title><link>https://f.example/</link></channel><image><title>I</title><link>https://i.example/</link></image><item rdf:about='https://f.example/1'><title>T</title><link>https://f.example/1</link><description>D</description></item></rdf:RDF>",
        ),
        (
            "2.0",
            "<rss version='2.0'><channel><title>F</title><image><url>u</url><title>I</title><link>https://i.example/</link></image><link>https://f.example/</link><item><title>T</title><guid isPermaLink='true'>https://f.example/1</guid><description>D</description></item></channel></rss>",
        ),
        (
            "no version",
            "<rss><channel><title>F</title><link>https://f.example/</link><item><title>T</title><link>https://f.example/1</link><description>D</description></item></channel></rss>",
        ),
        (
            "atom 0.3",
            "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><title>F</title><link rel='alternate' type='text/html' href='https://f.example/'/><entry><title>T</title><link rel='alternate' href='https://f.example/1'/><content type='text/html' mode='escaped'>&lt;p>D</content></entry></feed>",
        ),
        (
            "atom 1.0",
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>F</title><link rel='self' href='https://f.example/feed'/><link href='/'/><entry xml:base='https://f.example/'><title type='html'>&lt;b>T&lt;/b></title><link rel='enclosure' href=''/><link href='1'/><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>D</p></div></content></entry></feed>",
        ),
        (
            "prefixed atom",
            "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:title>F</a:title><a:link href='https://f.example/'/><a:entry><a:title>T</a:title><a:link href='https://f.example/1'/><a:summary>D</a:summary></a:entry></a:feed>",
        ),
        (
            "json",
            "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"F\", \"home_page_url\": \"https://f.example/\", \"items\": [{\"id\": 1, \"url\": \"https://f.example/1\", \"title\": \"T\", \"content_html\": \"<p>D\"}]}",
        ),
    ] {
        let feed = read(xml.as_bytes(), Some("https://f.example/feed")).unwrap();
        assert_eq!((feed.title.as_deref(), feed.link.as_deref()), (Some("F"), Some("https://f.example/")), "{name}");
        let article = feed.entries[0].as_ref().unwrap();
        assert_eq!((article.title.as_str(), article.document.text()), ("T", "D"), "{name}");
        assert_eq!(article.url.as_deref(), Some("https://f.example/1"), "{name}");
        assert_eq!((feed.entries.len(), article.source.as_deref()), (1, Some("F")), "{name}");
    }
}

#[test]
fn a_defect_costs_at_most_its_own_entry() {
    let table: &[(&str, &str)] = &[
        ("<item><title>R&D & more</title><description>a & b</description></item>", "R&D & more |  |  | a & b"),
        ("<item><title>a&nbsp;b &rsquo;s</title><description>&hellip;c</description></item>", "a\u{a0}b ’s |  |  | …c"),
        ("<item><title>A\u{0}B\u{8}&#8;</title><description>\u{b}c</description></item>", "AB |  |  | c"),
        (
            "<item><title>T</title><description><p>One<br>two</p><img src=x alt=i> <b>three</description></item>",
            "T |  |  | One/two//i three",
        ),
        ("<item><title>T</title><description>1 < 2, a <b</description></item>", "T |  |  | 1 < 2, a"),
        ("<item><title>T<description>Lost</description></item>", "TLost |  |  | "),
        (
            "<item><title>T</title><content:encoded>Full</content:encoded><description>Short</description></item>",
            "T |  |  | Full",
        ),
        ("<item><title>T</title><foo:bar><x></foo:bar><description>D</description></item>", "T |  |  | D"),
        ("<item><title>T</title><description>D</description>", "T |  |  | D"),
        ("<item><title>T</title><description><![CDATA[<p>D]]></description></item>", "T |  |  | D"),
        (
            "<item><title>T</title><description>&lt;p>D &amp;lt;b> &amp;amp; E&lt;/p></description></item>",
            "T |  |  | D <b> & E",
        ),
        ("<item><title><![CDATA[A & B]]></title><description>D</description></item>", "A & B |  |  | D"),
        (
            "<item><title>  </title><description>One thing. Another.</description></item>",
            "One thing. |  |  | One thing. Another.",
        ),
        ("<item><link>/only</link></item>", "https://feed.example/only |  |  | "),
        ("<item></item>", "there is no text in it"),
        ("<item><title>T</title><description>One\n\nTwo</description></item>", "T |  |  | One//Two"),
        ("<ITEM><Title>T</TITLE><Description>D</description></item>", "T |  |  | D"),
    ];
    for (item, expected) in table {
        assert_eq!(items(&format!("{GOOD}{item}{GOOD}")), [AS_GOOD, expected, AS_GOOD], "{item}");
    }
}

#[test]
fn what_is_cut_off_is_named_and_the_rest_is_kept() {
    let whole = format!(
        "<rss version='2.0'><channel><title>F</title>{GOOD}<item><title>Cut</title><description><![CDATA[<p>in"
    );
    let cut = "the feed ends in the middle of it";
    assert_eq!(entries(&whole), [AS_GOOD, cut]);
    assert_eq!(entries(whole.split("<![CDATA").next().unwrap()), [AS_GOOD, cut]);
    assert_eq!(entries(&format!("<rss><channel>{GOOD}{GOOD}")), [AS_GOOD, AS_GOOD]);
    assert_eq!(entries("<html><p>No</html>"), ["no feed"]);
    assert_eq!(entries(""), ["no feed"]);
    assert_eq!(
        entries("\n\n  <?xml version='1.0'?>\n<rss><channel><item><title>T</title></item></channel></rss>junk"),
        ["T |  |  | "]
    );
}

#[test]
fn a_stray_byte_costs_a_character() {
    let mut bytes = "<?xml version='1.0' encoding='utf-8'?><rss><channel><item><title>Größe, Öl und Übermut, schön und gut gesagt</title><description>x".as_bytes().to_vec();
    bytes.push(0xE9);
    bytes.extend_from_slice(b"y</description></item></channel></rss>");
    let feed = read(&bytes, None).unwrap();
    let text = feed.entries[0].as_ref().unwrap().document.text().to_owned();
    assert!(text.starts_with('x') && text.ends_with('y') && text.chars().count() == 3, "{text}");
    let latin = b"<?xml version='1.0' encoding='iso-8859-1'?><rss><channel><item><title>Gr\xF6\xDFe</title></item></channel></rss>";
    assert_eq!(read(latin, None).unwrap().entries[0].as_ref().unwrap().title, "Größe");
}

#[test]
fn authors_dates_and_identities_come_in_many_shapes() {
    for (item, expected) in [
        (
            "<author>ada@a.example (Ada Brandt)</author><pubDate>Tue, 05 Sep 2017 10:30:15 GMT</pubDate>",
            "T | Ada Brandt | 1504607415 | ",
        ),
        (
            "<author>Ada Brandt &lt;ada@a.example&gt;</author><dc:date>2017-09-05T10:30:15Z</dc:date>",
            "T | Ada Brandt | 1504607415 | ",
        ),
        (
            "<dc:creator><![CDATA[Ada Brandt]]></dc:creator><dc:creator>Bo Ek</dc:creator><pubDate>5 Sep 17 10:30:15 +0000</pubDate>",
            "T | Ada Brandt, Bo Ek | 1504607415 | ",
        ),
        ("<author>ada@a.example</author><pubDate>soon</pubDate><updated>2017-09-05</updated>", "T |  | 1504569600 | "),
        (
            "<author><name>Ada Brandt</name><email>a@b.example</email></author><pubDate>1504607415</pubDate>",
            "T | Ada Brandt | 1504607415 | ",
        ),
        (
            "<author><email>a@b.example</email></author><updated>2017-09-06</updated><published>2017-09-05</published>",
            "T |  | 1504569600 | ",
        ),
    ] {
        assert_eq!(items(&format!("<item><title>T</title>{item}</item>")), [expected], "{item}");
    }
    let article = first(
        "<rss><channel><item><title>T</title><link>https://count.example/1</link><guid isPermaLink='false'>tag:1</guid><feedburner:origLink>https://real.example/1?utm_source=rss</feedburner:origLink></item></channel></rss>",
    );
    assert_eq!((article.url.as_deref(), article.guid.as_deref()), (Some("https://real.example/1"), Some("tag:1")));
}

#[test]
fn few_categories_are_tags_and_files_are_links() {
    let article = first(
        "<rss><channel><language>de-at</language><item><title>T</title><category>quay</category><category domain='x'>fish</category><category>quay</category>
         <description>D</description><enclosure url='/talk.mp3' type='audio/mpeg' length='1'/><enclosure url='talk.jpg' type='image/jpeg'/>
         <media:group><media:content url='https://feed.example/talk.mp3'/><media:title>M</media:title></media:group></item></channel></rss>",
    );
    assert_eq!((article.tags, article.language.as_deref()), (vec!["quay".to_owned(), "fish".to_owned()], Some("de")));
    assert_eq!(article.document.text(), "D\n\ntalk.mp3\n\ntalk.jpg");
    assert_eq!(article.document.links(), ["https://feed.example/talk.mp3", "https://feed.example/a/talk.jpg"]);
    let many = (0..9).fold(String::new(), |all, n| format!("{all}<category>c{n}</category>"));
    assert_eq!(first(&format!("<rss><channel><item><title>T</title>{many}</item></channel></rss>")).tags, [""; 0]);
}

#[test]
fn a_feed_says_when_and_where_to_ask_again() {
    let xml = "<rss><channel><title>F &amp;amp; G</title><ttl> 60 </ttl><atom:link rel='hub' href='https://hub.example/'/><atom:link rel='self' href='x'/><link>https://f.example</link></channel></rss>";
    let feed = read(xml.as_bytes(), None).unwrap();
    assert_eq!(
        (feed.title.as_deref(), feed.ttl, feed.hub.as_deref()),
        (Some("F & G"), Some(60), Some("https://hub.example/"))
    );
    assert_eq!((feed.link.as_deref(), feed.entries.len()), (Some("https://f.example/"), 0));
}

#[test]
fn entities_of_the_feed_itself_are_not_expanded() {
    let xml = "<!DOCTYPE rss [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss><channel><item><title>&b; &x;</title></item></channel></rss>";
    assert_eq!(entries(xml), ["&b; &x; |  |  | "]);
}

/// Each of these is a day's work in a feed of 32 MiB, where every value is compared with every other or every entry has
/// its own copy.
#[test]
fn a_feed_that_says_too_much_costs_no_more_than_its_length() {
    let many = |one: &dyn Fn(usize) -> String| (0..2_000).map(one).collect::<String>();
    let entry = |inside: String| format!("<rss><channel><item><title>A</title>{inside}</item></channel></rss>");
    for text in [
        entry(many(&|n| format!("<enclosure url='http://a.example/{n}'/>"))),
        entry(many(&|n| format!("<author>Ada {n}</author>"))),
        entry(many(&|n| format!("<category>{n}</category>"))),
        entry(format!("<category>{}</category>", many(&|n| format!("{n},")))),
        entry(many(&|n| format!("<feedburner:origlink>http://a.example/{n}</feedburner:origlink>"))),
        entry(format!("<content>{}x</content>{}", " ".repeat(4_000), many(&|_| "<content>y</content>".to_owned()))),
        format!(
            "<rss><channel><title>{}</title>{}</channel></rss>",
            "long ".repeat(1_000),
            "<item><title>A</title></item>".repeat(50)
        ),
    ] {
        let feed = read(text.as_bytes(), None).unwrap();
        let article = feed.entries[0].as_ref().unwrap();
        assert!(article.document.links().len() <= 100 && article.tags.is_empty());
        assert!(article.author.as_ref().is_none_or(|names| names.split(", ").count() <= 100));
        assert!(article.source.as_ref().is_none_or(|source| source.len() <= 500));
    }
}

#[test]
fn what_closes_itself_swallows_nothing() {
    let xhtml = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>T</title><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>
        <p>Before<a name='x'/> it,<br/>and</p><iframe src='https://film.example/1'/><script src='x.js'/><svg xmlns='http://www.w3.org/2000/svg'><metadata><rdf:RDF><cc:permits r='1'/></rdf:RDF>
        <dc:title>no</dc:title></metadata></svg><p>after.</p></div></content></entry></feed>";
    let article = first(xhtml);
    assert_eq!(article.document.text(), "Before it,\nand\n\nfilm.example\n\nafter.");
}

#[test]
fn base64_is_read_and_scripts_are_no_title() {
    for (entry, expected) in [
        ("<title mode='base64'>RmlzaCAmYW1wOyBxdWF5</title>", "Fish & quay"),
        ("<title type='application/octet-stream'>\n RmlzaCA8aT5kZWFyPC9pPg== \n</title>", "Fish dear"),
        ("<title mode='base64'>no such thing</title>", "no such thing"),
        ("<title>Fish &lt;script>alert(1)&lt;/script>is dear</title>", "Fish is dear"),
        ("<title>Fish <style>p { x }</style>is dear</title>", "Fish is dear"),
    ] {
        assert_eq!(first(&format!("<feed><entry>{entry}</entry></feed>")).title, expected, "{entry}");
    }
}

#[test]
fn the_longer_of_two_descriptions_counts() {
    for (item, expected) in [
        ("<description>Short.</description><itunes:summary>Longer than that.</itunes:summary>", "Longer than that."),
        ("<itunes:subtitle>Sub.</itunes:subtitle><itunes:summary>The summary.</itunes:summary>", "The summary."),
        ("<description>As long</description><itunes:summary>as this</itunes:summary>", "As long"),
        ("<description>Longer still, and longer.</description><content:encoded>All.</content:encoded>", "All."),
    ] {
        let article = first(&format!("<rss><channel><item><title>T</title>{item}</item></channel></rss>"));
        assert_eq!(article.document.text(), expected, "{item}");
    }
}
