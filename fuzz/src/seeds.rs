//! Bytes to begin with: whole articles, and the small things that parsers stumble over.

/// What every target is tried on.
pub const SEEDS: &[&[u8]] = &[
    include_bytes!("../../assets/welcome/1-how-to-read-here.md"),
    include_bytes!("../../assets/welcome/2-how-a-page-is-set.md"),
    include_bytes!("../../assets/welcome/3-how-to-keep-things.md"),
    b"",
    b"\n",
    b"date 2017-09-05 The harbour board met.\n\n\xE2\x80\x9CNo,\xE2\x80\x9D said Ruth Okafor, its chair, and the\n\nmeeting was over.",
    b"title: A\nurl: https://example.org/a\n\nText.",
    b"+++\ntitle = \"A\"\ndate = 2017-09-05\n+++\n# B\n\n- c\n  - d\n\n1. e\n\n> f\n\n```rust\ng\n```\n\n|h|i|\n|-|:-:|\n|j|k|\n",
    b"---\ntitle: [a\n---\n",
    b"{\"title\": \"A\", \"text\": \"\\u201cB,\\u201d said C.\\u001b[31m \\ud800\", \"date\": 1504569600, \"url\": \"javascript:x\"}",
    b"{\"text\": \"a\"}\n{\"text\": \"b\"}",
    include_bytes!("../../tests/fixtures/formats/article.html"),
    include_bytes!("../../tests/fixtures/formats/bare.htm"),
    b"<?xml version='1.0'?><rss version='2.0'><channel><title>F</title><link>https://f.example</link><item><title>R&D</title><description>&lt;p>A <br>b</description><pubDate>Tue, 05 Sep 17 10:30:15 GMT</pubDate><enclosure url='/a.mp3'/></item><item><title><![CDATA[x",
    b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title type='html'>a</title><link href='/1'/><content type='xhtml'><div><p>b</p></div></content><author><name>c</name></author></entry></feed>",
    b"{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [{\"id\": 1, \"content_html\": \"<p>a\", \"tags\": [\"b\"]}]}",
    include_bytes!("../../tests/fixtures/formats/broken.rss"),
    include_bytes!("../../tests/fixtures/formats/harbour.atom"),
    b"title;url;time_added;tags;status\n\"A; \"\"b\"\"\";https://c.example;1504607415;d|e;archive\n",
    b"[{\"title\": \"A\", \"content\": \"<p>b<br>c</p>\", \"is_archived\": 1, \"mimetype\": \"text/html\"}]",
    b"From: =?utf-8?q?A?= <a@b.example>\r\nSubject: c\r\nContent-Type: text/plain; format=flowed\r\n\r\n> d \r\n> e\r\n-- \r\nf\r\n",
    b"From: a\nSubject: b\nContent-Type: multipart/alternative; boundary=c\n\n--c\nContent-Type: text/html\n\n<table><tr><td>d\n--c--\n",
    b"<opml><body><outline text='a'><outline xmlUrl='https://b.example/feed'/><outline xmlUrl='exec:c'/></outline>",
    b"https://a.example/feed \"two words\" \"~title\"\n\"query:x:y\"\n",
    b"<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p><DT><H3>a</H3><DL><p><DT><A HREF='https://b.example' TAGS='c,d' ADD_DATE='1504607415'>e</A></DL>",
    b"<p>a<b>b<p>c<table><td>d<td><a href='https://e.example#1'>1</a><img src=f alt=g><blockquote><li><pre>\n h</pre><q>i",
    // Escape sequences, C1 controls, bidi controls, tags, a byte order mark.
    b"\x1b]8;;http://example.org\x07a\x1b[2J\xC2\x9B31m \xE2\x80\xAEb\xE2\x81\xA6 \xF3\xA0\x81\x81 \xEF\xBB\xBF",
    // Marks without end on one letter, a family joined by nothing that is seen, a flag, wide and narrow kana.
    "a\u{300}\u{301}\u{302}\u{300}\u{301}\u{302} 👨‍👩‍👧‍👦 🇳🇴 東京 ｱｲｳ e\u{301} ﬁ İ ß".as_bytes(),
    "“a ‘b “c” d’ e” „f“ «g» ‹h› 「i」 \"j\" 'k' ’90s 6' 2\" rock ’n’ roll".as_bytes(),
    "“One.\n\n“Two.\n\n“Three,” she said.\n\n“Never closed".as_bytes(),
    // UTF-16 with its mark, and Windows-1252.
    b"\xFF\xFEA\x00\n\x00B\x00",
    b"Stra\xDFe \x84M\xFCller\x93",
    // Queries.
    b"rail strike -football (cats OR dogs) title:\"a b\" is:unread date:2016..2018 newer:7d sort:oldest",
    b"said:\"joint catalogue\" speaker:brown OR -(",
    b"tag:",
    b"2017-09-05T10:20:30+02:00",
    b"Tue, 5 Sep 2017 10:20:30 GMT",
    // Quotations as they are claimed, and texts.
    "“[T]he boat … was [never] late: 3.5%, they said [sic] -- play[ed] …\nThe old boat was, they said, late by 3.5 %. [They] play.".as_bytes(),
    b"a [...] b . . . c [d [e] f\na b [not] c d e f",
    // Two texts of an article, one half each.
    "The quay is closed. “No,” she said.\n\n- a\n- b\n\n|h|i|\n|-|-|\n|j|k|\n\n1234567890\n\nThe old quay is open. “No,” he said.\n\n- a\n- c\n\n|h|i|\n|-|-|\n|j|l|".as_bytes(),
    // Keys and settings.
    b"ctrl-x g g <space> Q shift-tab alt-ctrl-del",
    include_bytes!("../../config.example.toml"),
    b"theme = \"drak\"\nmeasure = 9999\n[keys.list]\nopen = [\"g o\", 3]\nno-such = \"ctrl-i\"\n[colors]\nspeech = \"#zz\"\n",
];
